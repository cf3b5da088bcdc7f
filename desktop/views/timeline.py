"""The timeline: scenes as bands, shots at their true length, four lanes of state; paints only what can be seen."""

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop import theme
from desktop.pictures import Pictures, poster_key
from desktop.snapshot import FilmSnapshot, ShotCard, Spot
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.views.parts import elided
from storage.domain.takes import Seam

_MARGIN = 14
_SCENE_HEIGHT = 22
_LANE_HEIGHT = 4
_LANE_GAP = 3
_LABEL_HEIGHT = 18
_THUMB_HEIGHT = 62
_NARROW_PX = 3
_START_PX_A_SHOT = 96
_MOST_PX_A_FRAME = 40.0
_LANES = (Seam.SCRIPT, Seam.KEYFRAME, Seam.CLIP, Seam.CUT)
_URGENCY = (
    Light.DRIFT, Light.SET_ASIDE, Light.NEEDS_YOU, Light.IN_WORK, Light.STALE, Light.QUEUED, Light.APPROVED,
    Light.NOTHING,
)  # fmt: skip
_RANK = {light: rank for rank, light in enumerate(_URGENCY)}


class Timeline(QAbstractScrollArea):
    """Shots in film order, left to right; a click goes to a shot, Ctrl with the wheel zooms.

    Args:
        stage: what is on screen; its playhead is drawn.
        pictures: where thumbnails come from.
    """

    def __init__(self, stage: Stage, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pictures = pictures
        self._film: FilmSnapshot | None = None
        self._starts: list[int] = []
        self._px_a_frame = 0.0
        self._fits_film = False
        self.num_painted = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Timeline")
        self.viewport().setMouseTracking(True)
        stage.film_changed.connect(self.show_film)
        stage.moved.connect(self.show_selection)
        stage.frame_moved.connect(self.viewport().update)
        stage.detail_changed.connect(self.viewport().update)
        pictures.picture_ready.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        return QSize(800, self._content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._content_height())

    @Slot()
    def show_film(self) -> None:
        """Show the stage's reading of the film."""
        film = self._stage.film
        had_shots = bool(self._starts)
        self._film = film
        self._starts = [card.start_frame for card in film.shots] if film else []
        if film and film.shots and not had_shots:
            average = film.num_frames / len(film.shots)
            room = self.viewport().width() - 2 * _MARGIN
            self._px_a_frame = max(room / film.num_frames, _START_PX_A_SHOT / average)
            self._px_a_frame = min(self._px_a_frame, _MOST_PX_A_FRAME, 220 / average)
        self._fit_scroll_bar()
        if not had_shots:
            self.show_selection()
        self.viewport().update()

    @Slot()
    def show_selection(self) -> None:
        """Bring the shot on screen into view."""
        card = self._film.card(self._stage.spot.shot_id) if self._film else None
        if card:
            left, right = self._x(card.start_frame), self._x(card.stop_frame)
            bar = self.horizontalScrollBar()
            if left < _MARGIN:
                bar.setValue(bar.value() + left - 3 * _MARGIN)
            elif right > self.viewport().width() - _MARGIN:
                bar.setValue(bar.value() + min(right - self.viewport().width() + 3 * _MARGIN, left - _MARGIN))
        self.viewport().update()

    def zoom(self, factor: float, around_px: int | None = None) -> None:
        """Show more or less of the film at once; the frame under `around_px` stays where it is."""
        if self._film is None or not self._film.num_frames:
            return
        around = self.viewport().width() // 2 if around_px is None else around_px
        frame = self._frame(around)
        least = (self.viewport().width() - 2 * _MARGIN) / self._film.num_frames
        least = min(least, 8.0)
        self._px_a_frame = max(least, min(_MOST_PX_A_FRAME, self._px_a_frame * factor))
        self._fits_film = self._px_a_frame == least
        self._fit_scroll_bar()
        self.horizontalScrollBar().setValue(round(frame * self._px_a_frame) + _MARGIN - around)
        self.viewport().update()

    def show_whole_film(self) -> None:
        """Zoom out until the whole film fits."""
        self.zoom(0.0)

    def shot_at(self, position: QPoint) -> ShotCard | None:
        """The shot under a point of the viewport."""
        if self._film is None or not self._starts or position.x() < self._x(0):
            return None
        index = bisect_right(self._starts, self._frame(position.x())) - 1
        card = self._film.shots[max(0, index)]
        return card if position.x() < self._x(card.stop_frame) else None

    def rect_of(self, card: ShotCard) -> QRect:
        """Where a shot's thumbnail is, in the viewport."""
        left, right = self._x(card.start_frame), self._x(card.stop_frame)
        return QRect(left, _SCENE_HEIGHT, max(1, right - left - (2 if right - left > 6 else 0)), self._thumb_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.PANEL)
        self.num_painted = 0
        if self._film is None or not self._film.shots:
            painter.setPen(theme.FAINT)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._why_empty())
            painter.end()
            return
        first = max(0, bisect_right(self._starts, self._frame(event.rect().left())) - 1)
        last = max(first + 1, bisect_right(self._starts, self._frame(event.rect().right()) + 1))
        index = first
        while index < last:
            card = self._film.shots[index]
            width = self._x(card.stop_frame) - self._x(card.start_frame)
            if width >= _NARROW_PX:
                self._paint_shot(painter, card)
                index += 1
            else:
                after = max(index + 1, bisect_right(self._starts, self._frame(self._x(card.start_frame) + _NARROW_PX)))
                self._paint_crowd(painter, self._film.shots[index:after])
                index = after
            self.num_painted += 1
        self._paint_scenes(painter, self._film.shots[first:last], event.rect().right())
        self._paint_playhead(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits_film:
            self.show_whole_film()
        self._fit_scroll_bar()

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 if delta > 0 else 0.8, round(event.position().x()))
        else:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - delta)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        card = self.shot_at(event.position().toPoint())
        if card is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        lane = self._lane_at(event.position().toPoint().y())
        if lane is not None:
            shot_id = card.shot.id if lane in (Seam.KEYFRAME, Seam.CLIP) else None
            self._stage.show_spot(Spot(seam=lane, shot_id=shot_id))
        elif card.shot.id != self._stage.spot.shot_id:
            self._stage.show_shot(card.shot.id)

    def viewportEvent(self, event) -> bool:
        if isinstance(event, QHelpEvent):
            card = self.shot_at(event.pos())
            if card:
                QToolTip.showText(event.globalPos(), self._tooltip(card), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _tooltip(self, card: ShotCard) -> str:
        lanes = "\n".join(f"{seam}: {light}" for seam, light in zip(_LANES, card.lanes, strict=True))
        flags = f"\n{card.num_flags} drift" if card.num_flags else ""
        return f"{card.shot.label} · {card.shot.size} · {card.shot.duration_frames} frames\n{lanes}{flags}"

    def _why_empty(self) -> str:
        if self._film is None:
            return ""
        return "No shots planned." if self._film.revision else "Shots appear here when the screenplay has been read."

    def _thumb_height(self) -> int:
        lanes = len(_LANES) * (_LANE_HEIGHT + _LANE_GAP)
        return max(24, min(150, self.viewport().height() - _SCENE_HEIGHT - lanes - _LABEL_HEIGHT - 10))

    def _content_height(self) -> int:
        lanes = len(_LANES) * (_LANE_HEIGHT + _LANE_GAP)
        return _SCENE_HEIGHT + _THUMB_HEIGHT + lanes + _LABEL_HEIGHT + 20

    def _lanes_top(self) -> int:
        return _SCENE_HEIGHT + self._thumb_height() + 5

    def _lane_at(self, y: int) -> Seam | None:
        index = (y - self._lanes_top() + _LANE_GAP // 2) // (_LANE_HEIGHT + _LANE_GAP)
        return _LANES[index] if 0 <= index < len(_LANES) and y >= self._lanes_top() - 1 else None

    def _x(self, frame: int) -> int:
        return round(frame * self._px_a_frame) + _MARGIN - self.horizontalScrollBar().value()

    def _frame(self, x: int) -> int:
        return int((x - _MARGIN + self.horizontalScrollBar().value()) / self._px_a_frame) if self._px_a_frame else 0

    def _fit_scroll_bar(self) -> None:
        frames = self._film.num_frames if self._film else 0
        width = ceil(frames * self._px_a_frame) + 2 * _MARGIN
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, width - self.viewport().width()))
        bar.setPageStep(self.viewport().width())
        bar.setSingleStep(40)

    def _paint_shot(self, painter: QPainter, card: ShotCard) -> None:
        rect = self.rect_of(card)
        selected = card.shot.id == self._stage.spot.shot_id
        painter.fillRect(rect, theme.RAISED)
        if card.poster and rect.width() > 8:
            image = self._pictures.get(poster_key(card.poster, 160))
            if image is not None and not image.isNull():
                painter.save()
                painter.setClipRect(rect)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.setOpacity(1.0 if card.planned else 0.35)
                width = round(image.width() * rect.height() / image.height())
                # A shot longer than its picture repeats it, one shorter shows its middle.
                left = rect.left() if width < rect.width() else rect.center().x() - width // 2
                while left < rect.right():
                    painter.drawImage(QRect(left, rect.top(), width, rect.height()), image)
                    left += width
                painter.restore()
        elif rect.width() > 40:
            painter.setPen(theme.FAINT)
            painter.setFont(theme.font(theme.SMALL_PT))
            words = card.shot.size if card.planned else "not planned"
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, elided(painter, words, rect.width() - 8))
        self._paint_lanes(painter, rect.left(), rect.width(), card.lanes)
        if rect.width() > 22:
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.TEXT if selected else theme.SOFT)
            top = self._lanes_top() + len(_LANES) * (_LANE_HEIGHT + _LANE_GAP)
            painter.drawText(
                QRect(rect.left(), top, rect.width(), _LABEL_HEIGHT),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                elided(painter, card.shot.label, rect.width()),
            )
        if card.num_flags:
            self._paint_flag(painter, rect, card.num_flags)
        if selected:
            painter.setPen(QPen(theme.TEXT, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, 0))

    def _paint_flag(self, painter: QPainter, rect: QRect, number: int) -> None:
        if rect.width() < 20:
            painter.fillRect(QRect(rect.left(), rect.top() - 4, max(2, rect.width()), 3), theme.RED)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        badge = QRect(rect.right() - 19, rect.top() + 4, 16, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.RED)
        painter.drawRoundedRect(badge, 7, 7)
        painter.setPen(theme.STAGE)
        painter.setFont(theme.font(7.5, strong=True))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.restore()

    def _paint_crowd(self, painter: QPainter, cards: tuple[ShotCard, ...]) -> None:
        """Shots too narrow to tell apart: the most urgent of their states stands for them."""
        left = self._x(cards[0].start_frame)
        width = max(1, self._x(cards[-1].stop_frame) - left)
        painter.fillRect(QRect(left, _SCENE_HEIGHT, width, self._thumb_height()), theme.RAISED)
        lights = [min((card.lanes[lane] for card in cards), key=_RANK.__getitem__) for lane in range(len(_LANES))]
        self._paint_lanes(painter, left, width, lights)
        if any(card.num_flags for card in cards):
            painter.fillRect(QRect(left, _SCENE_HEIGHT - 4, width, 3), theme.RED)

    def _paint_lanes(self, painter: QPainter, left: int, width: int, lights: Sequence[Light]) -> None:
        top = self._lanes_top()
        for light in lights:
            painter.fillRect(QRect(left, top, width, _LANE_HEIGHT), theme.LIGHTS[light])
            top += _LANE_HEIGHT + _LANE_GAP

    def _paint_scenes(self, painter: QPainter, cards: tuple[ShotCard, ...], right_edge: int) -> None:
        assert self._film is not None
        if self._film.view is None:
            return
        starts: dict[str, ShotCard] = {}
        for card in cards:
            starts.setdefault(card.scene.id, card)
        items = list(starts.values())
        drawn_to = ticked_at = -100
        for index, card in enumerate(items):
            first = self._film.card(self._film.view.shots_of(card.scene.id)[0].id) or card
            scene_left = self._x(first.start_frame)
            left = max(_MARGIN, scene_left, drawn_to)
            right = self._x(items[index + 1].start_frame) - 10 if index + 1 < len(items) else right_edge
            if scene_left >= drawn_to and scene_left - ticked_at >= 8:
                ticked_at = scene_left
                painter.fillRect(QRect(scene_left - 1, 4, 1, _SCENE_HEIGHT - 4), theme.QUEUED)
            painter.setFont(theme.font(theme.SMALL_PT, strong=True))
            painter.setPen(theme.TEXT)
            number_width = painter.fontMetrics().horizontalAdvance(card.scene.number) + 5
            if right - left < number_width + 6:
                continue
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRect(left + 4, 0, right - left - 4, _SCENE_HEIGHT), middle, card.scene.number)
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.SOFT)
            room = right - left - number_width - 4
            if room > 30:
                heading = elided(painter, card.scene.heading, room)
                painter.drawText(QRect(left + 4 + number_width, 0, room, _SCENE_HEIGHT), middle, heading)
            drawn_to = left + 20

    def _paint_playhead(self, painter: QPainter) -> None:
        if self._stage.spot.seam is Seam.SCRIPT:
            return
        x = self._x(self._stage.film_frame)
        painter.fillRect(QRect(x, 0, 1, self.viewport().height()), theme.TEXT)
