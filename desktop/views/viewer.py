"""The viewer: the take on screen, its regions, and which seam of the shot one looks at."""

from dataclasses import replace

from PySide6.QtCore import QByteArray, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.pictures import PictureKey, Pictures
from desktop.playback import FrameKey, Frames, media_of
from desktop.snapshot import Spot
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.views.canvas import Canvas, Mark
from desktop.views.parts import ElidedLabel, label
from desktop.views.script_page import ScriptPage
from desktop.views.transport import Player
from storage.domain.findings import Finding, Verdict
from storage.domain.standing import State
from storage.domain.takes import Seam, Take

_SEAMS = (Seam.SCRIPT, Seam.KEYFRAME, Seam.CLIP, Seam.CUT)
_DOT = 7
_MOST_TAGS = 2


class SeamTab(QPushButton):
    """A way to one seam, with its state as a dot of colour and its key."""

    def __init__(self, seam: Seam, key: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{seam}", parent)
        self.seam = seam
        self._key = key
        self._light = Light.NOTHING
        self.setObjectName("quiet")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_light(self, light: Light) -> None:
        """Show the state of this seam."""
        self._light = light
        self.setToolTip(f"{self.seam}: {light}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(f"{self.seam}{self._key}") + 46, 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.SELECTED if self.isChecked() else theme.RAISED)
            painter.drawRoundedRect(self.rect(), 5, 5)
        painter.setBrush(theme.LIGHTS[self._light])
        painter.drawEllipse(QRect(10, (self.height() - _DOT) // 2, _DOT, _DOT))
        painter.setPen(theme.TEXT if self.isChecked() else theme.SOFT)
        painter.setFont(self.font())
        painter.drawText(self.rect().adjusted(23, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(self.seam))
        painter.setPen(theme.FAINT)
        painter.setFont(theme.font(theme.SMALL_PT))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -9, 0), flags, self._key)
        if self.hasFocus():
            painter.setPen(theme.FOCUS)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)
        painter.end()


class Viewer(QWidget):
    """Shows the take on the stage.

    Args:
        stage: what is on screen.
        pictures: where stills come from.
        frames: where frames of clips come from.
    """

    finding_hovered = Signal(str)

    def __init__(self, stage: Stage, pictures: Pictures, frames: Frames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pictures = pictures
        self._frames = frames
        self._hovered = ""
        self._previews: dict[Spot, tuple[QImage, str]] = {}
        self.title = label("")
        self.title.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.subtitle = ElidedLabel()
        self.subtitle.setObjectName("soft")
        self.tabs = {seam: SeamTab(seam, str(index + 1)) for index, seam in enumerate(_SEAMS)}
        self.regions = QPushButton("Regions  D")
        self.regions.setObjectName("quiet")
        self.regions.setCheckable(True)
        self.regions.setChecked(True)
        self.regions.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.regions.setMinimumWidth(self.regions.sizeHint().width())
        self.regions.toggled.connect(self._show_marks)
        self.canvas = Canvas()
        self.canvas.mark_hovered.connect(self.finding_hovered)
        self.canvas.mark_clicked.connect(stage.choose_finding)
        self.script_page = ScriptPage(stage)
        self.player = Player(stage, self._has_frame)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.canvas)
        self._pages.addWidget(self.script_page)
        header = QWidget()
        header.setObjectName("bar")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header.setFixedHeight(40)
        bar = QHBoxLayout(header)
        bar.setContentsMargins(14, 0, 10, 0)
        bar.setSpacing(6)
        bar.addWidget(self.title)
        bar.addSpacing(6)
        bar.addWidget(self.subtitle, 1)
        for seam, tab in self.tabs.items():
            tab.clicked.connect(lambda _=False, seam=seam: stage.show_seam(seam))
            bar.addWidget(tab)
        bar.addSpacing(4)
        bar.addWidget(self.regions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(header)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.player)
        stage.film_changed.connect(self.show_film)
        stage.moved.connect(self.show_take)
        stage.frame_moved.connect(self._show_picture)
        stage.finding_chosen.connect(self._show_chosen_finding)
        pictures.picture_ready.connect(self._show_ready_picture)
        frames.frame_ready.connect(self._show_ready_frame)
        frames.clip_unreadable.connect(self._show_unreadable)

    @Slot()
    def show_film(self) -> None:
        """Show a newer reading: states of the seams, and what there is to say where there is no picture."""
        film = self._stage.film
        if film is None:
            return
        card = film.card(self._stage.spot.shot_id)
        self.tabs[Seam.SCRIPT].show_light(film.script)
        self.tabs[Seam.CUT].show_light(film.cut.light)
        for seam in (Seam.KEYFRAME, Seam.CLIP):
            self.tabs[seam].show_light(card.at(seam).light if card else Light.NOTHING)
            self.tabs[seam].setEnabled(bool(film.shots))
        self._show_titles()
        self._show_marks()
        self._show_words()
        self._show_preview()

    @Slot()
    def show_take(self) -> None:
        """Show the take on the stage."""
        seam = self._stage.spot.seam
        for tab in self.tabs.values():
            tab.setChecked(tab.seam is seam)
        script = seam is Seam.SCRIPT and self._stage.film is not None and self._stage.film.view is not None
        self._pages.setCurrentWidget(self.script_page if script else self.canvas)
        self.player.setVisible(seam is not Seam.SCRIPT)
        self.regions.setVisible(seam is not Seam.SCRIPT)
        self._hovered = ""
        self.canvas.show_image(None)
        self.show_film()
        self._show_picture()

    @Slot(str)
    def show_hovered(self, key: str) -> None:
        """Draw the region of the finding under the mouse."""
        self._hovered = key
        self._show_marks()

    def show_progress(self, spot: Spot, words: str, preview: str) -> None:
        """Show the denoising of a take that is being made, if it is the place on screen.

        Args:
            preview: base64 of a PNG or JPEG; empty for none.
        """
        image = QImage.fromData(QByteArray.fromBase64(QByteArray(preview.encode()))) if preview else QImage()
        held = self._previews.get(spot)
        if image.isNull() and held:
            image = held[0]
        self._previews[spot] = (image, words)
        self._show_preview()
        self._show_words()

    def forget_progress(self, spot: Spot) -> None:
        """A take is no longer being made."""
        self._previews.pop(spot, None)
        self._show_preview()
        self._show_words()

    def forget_all_progress(self) -> None:
        """The worker is gone, and with it what it was drawing."""
        self._previews.clear()
        self._show_preview()

    def _has_frame(self, take: Take, frame_index: int) -> bool:
        return self._frames.get(take, frame_index) is not None

    def _show_titles(self) -> None:
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        if film is None:
            return
        card = film.card(spot.shot_id)
        self.title.setText(card.shot.label if card else "Scene graph" if spot.seam is Seam.SCRIPT else "The cut")
        parts = [card.shot.size, str(spot.seam)] if card else []
        if take is not None:
            parts.append(f"take {take.number} of {len(self._stage.takes)}")
            newer = [other for other in self._stage.takes if other.number > take.number]
            circled = film.seam_card(spot)
            if newer and not (circled and circled.standing.circled == take):
                parts.append(f"take {newer[-1].number} is newer  ]")
        elif spot.seam is Seam.SCRIPT:
            parts.append(f"revision {film.revision}" if film.revision else "")
        if take is not None and take.planted:
            parts.append("planted")
        if card and card.shot.action:
            parts.append(card.shot.action)
        self.subtitle.show_text(" · ".join(part for part in parts if part))

    @Slot()
    def _show_picture(self) -> None:
        take = self._stage.take
        if take is None:
            self.canvas.show_image(None)
        else:
            image = self._image_of(take)
            if image is not None:
                self.canvas.show_image(image)
                if image.isNull():
                    self._show_unreadable(media_of(take))
        self._show_marks()
        self._show_words()

    def _image_of(self, take: Take) -> QImage | None:
        if take.num_frames > 1:
            return self._frames.get(take, self._stage.frame_index)
        return self._pictures.get(PictureKey(media=media_of(take)))

    @Slot(object)
    def _show_ready_picture(self, key: PictureKey) -> None:
        take = self._stage.take
        if take is not None and take.num_frames == 1 and key == PictureKey(media=media_of(take)):
            self._show_picture()

    @Slot(object)
    def _show_ready_frame(self, key: FrameKey) -> None:
        take = self._stage.take
        if take is not None and key == FrameKey(media=media_of(take), frame_index=self._stage.frame_index):
            self._show_picture()

    @Slot(object)
    def _show_unreadable(self, media: object) -> None:
        take = self._stage.take
        if take is not None and media == media_of(take):
            self.canvas.show_image(None)
            self.canvas.show_words("This take's file cannot be read.", "Run: matchcut verify.")

    @Slot()
    def _show_chosen_finding(self) -> None:
        chosen = self._finding(self._stage.finding_key)
        if chosen and chosen.frame_range:
            inside = chosen.frame_range.start <= self._stage.frame_index < chosen.frame_range.stop
            if not inside:
                self._stage.show_frame(chosen.frame_range.start)
        self._show_marks()

    def _finding(self, key: str) -> Finding | None:
        return next((finding for finding in self._stage.findings if finding.key == key), None)

    @Slot()
    def _show_marks(self) -> None:
        film, take = self._stage.film, self._stage.take
        if film is None or take is None:
            self.canvas.show_marks(())
            return
        drifts = film.take_drifts(take)
        picked = (self._stage.finding_key, self._hovered)
        marks: list[Mark] = []
        for finding in self._stage.findings:
            if finding.region is None:
                continue
            if finding.frame_range and not (
                finding.frame_range.start <= self._stage.frame_index < finding.frame_range.stop
            ):
                continue
            shown = self.regions.isChecked() and (finding.key in drifts or finding.verdict is Verdict.DRIFT)
            if not shown and finding.key not in picked:
                continue
            marks.append(
                Mark(
                    key=finding.key,
                    region=finding.region,
                    words=mark_words(finding, is_drift=finding.key in drifts),
                    colour=theme.RED if finding.key in drifts else theme.SOFT,
                    strong=finding.key in picked,
                )
            )
        if len(marks) > _MOST_TAGS and any(mark.strong for mark in marks):
            marks = [mark if mark.strong else replace(mark, words="") for mark in marks]
        self.canvas.show_marks(tuple(marks))

    def _show_words(self) -> None:
        film, spot = self._stage.film, self._stage.spot
        if film is None:
            self.canvas.show_words("Opening the film…")
            return
        if self._stage.take is not None:
            self.canvas.show_words("")
            return
        if film.view is None:
            self.canvas.show_words("Reading the screenplay…", "The scene graph comes up here when it is drafted.")
            return
        card = film.seam_card(spot)
        state = card.standing.state if card else State.BLOCKED
        shot = film.card(spot.shot_id)
        if shot is not None and not shot.planned:
            self.canvas.show_words("Left out of this production.", "Choose scenes and shots with: matchcut produce.")
        elif state is State.BLOCKED and film.script is not Light.APPROVED:
            self.canvas.show_words(
                "Nothing is drawn until the scene graph is approved.", "Press 1 to see it, A there to approve."
            )
        elif state is State.BLOCKED:
            waits = "every clip is approved" if spot.seam is Seam.CUT else "the keyframe is approved"
            self.canvas.show_words(f"The {spot.seam} is made when {waits}.")
        elif state is State.SET_ASIDE:
            message = card.standing.job.message if card and card.standing.job else ""
            self.canvas.show_words(message or "This was cancelled.", "Retry it in the queue.")
        elif state is State.IN_WORK:
            self.canvas.show_words(f"The {spot.seam} is in work.")
        else:
            self.canvas.show_words(f"The {spot.seam} waits for the worker.")

    def _show_preview(self) -> None:
        image, words = self._previews.get(self._stage.spot, (None, ""))
        self.canvas.show_inset(image, words)


def mark_words(finding: Finding, *, is_drift: bool) -> str:
    """What a region's tag says: "eyes: blue, should be brown"."""
    name = finding.label.rpartition(": ")[2] or finding.label
    if is_drift and finding.observed and finding.expected:
        return f"{name}: {finding.observed}, should be {finding.expected}"
    if is_drift and finding.message:
        return finding.message
    if is_drift:
        return f"{name}: not {finding.expected}" if finding.expected else name
    return f"{name}: {finding.observed or finding.expected}"
