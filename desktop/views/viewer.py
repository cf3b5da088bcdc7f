"""The viewer: the take on screen, alone or against another, its regions, looks and transport."""

from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.comparing import Comparison, Mode, take_name
from desktop.note_place import NotePlace, place_at
from desktop.pencil import Pencil
from desktop.pictures import PictureKey, Pictures
from desktop.playback import FrameKey, Frames, frame_key, media_of
from desktop.player import Player
from desktop.snapshot import Spot
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.canvas import Canvas
from desktop.views.compare import CompareView
from desktop.views.compare_bar import CompareBar, ViewBar
from desktop.views.contact_sheet import ContactSheet
from desktop.views.drawing_bar import DrawingBar
from desktop.views.emptiness import why_empty
from desktop.views.finding_marks import finding_marks
from desktop.views.looks_overlay import Displayed, LooksOverlay
from desktop.views.notes_overlay import NotesOverlay
from desktop.views.script_desk import ScriptDesk
from desktop.views.script_page import ScriptPage
from desktop.views.transport import Transport
from desktop.views.viewer_header import ViewerHeader
from storage.domain.findings import Finding
from storage.domain.takes import Seam, Take

_PAN_PX = 60


class Viewer(QWidget):
    """Shows the take on the stage.

    Signals:
        finding_hovered: a region or strip is under the mouse; empty for none.
        painted: another frame or take is painted.

    Args:
        stage: what is on screen.
        pictures: where stills come from.
        frames: where frames of clips come from.
        pencil: what draws on the picture.
    """

    finding_hovered = Signal(str)
    painted = Signal()

    def __init__(
        self, stage: Stage, pictures: Pictures, frames: Frames, pencil: Pencil, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self.pencil = pencil
        self._pictures = pictures
        self._frames = frames
        self._hovered = ""
        self._displayed: tuple[Take, int] | None = None
        self._previews: dict[Spot, tuple[QImage, str]] = {}
        self.comparison = Comparison(stage, self)
        self.player = Player(stage, frames, pictures, self.comparison.frame_beside, self)
        self.header = ViewerHeader(stage)
        self.bar = ViewBar()
        self.compare_bar = CompareBar(stage, self.comparison)
        self.drawing_bar = DrawingBar(pencil)
        self.canvas = Canvas()
        self.notes = NotesOverlay(stage, self.canvas, pencil, self.note_place, self.comparison.frame_beside)
        self.looks = LooksOverlay(stage, pictures, self.canvas, self._shown)
        self.sheet = ContactSheet(stage, pictures)
        self.script_page = ScriptPage(stage)
        self.script_desk = ScriptDesk()
        self.script_desk.add_page("page", tr("Screenplay"), self.script_page)
        self.transport = Transport(stage, self.player)
        self._pages = QStackedWidget()
        for page in (self.canvas, self.script_desk, self.sheet):
            self._pages.addWidget(page)
        self._lay_out()
        self._connect()

    @property
    def regions(self) -> QPushButton:
        """The button that shows regions of drift, or hides them."""
        return self.bar.regions

    def note_place(self) -> NotePlace | None:
        """Where a note would be made now: on what is painted, else what is about to be; None where no take is."""
        take = self._stage.take
        if take is None or self._pages.currentWidget() is not self.canvas:
            return None
        return place_at(self.player, *(self._displayed or (take, self._stage.frame_index)))

    @Slot()
    def show_film(self) -> None:
        """Show a newer reading: states of the seams, and what there is to say where there is no picture."""
        self.header.show_film()
        self._show_marks()
        self._show_words()
        self._show_preview()
        self.looks.place()

    @Slot()
    def show_take(self) -> None:
        """Show the take on the stage."""
        script = (
            self._stage.spot.seam is Seam.SCRIPT and self._stage.film is not None and self._stage.film.view is not None
        )
        if script or self._pages.currentWidget() is not self.sheet:
            self._show_page(self.script_desk if script else self.canvas)
        self._hovered = ""
        self._displayed = None
        self._show_picture()
        if self._displayed is None:
            self.canvas.show_image(None)
            self.transport.show_displayed(-1)
        self.show_film()
        self._fetch_neighbours()

    @Slot(str)
    def show_hovered(self, key: str) -> None:
        """Draw the region of the finding under the mouse, and light its strip."""
        self._hovered = key
        self.transport.bar.show_hovered(key)
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

    @Slot()
    def toggle_sheet(self) -> None:
        """Show all takes of the shot in a grid, or go back to the picture."""
        if self._pages.currentWidget() is self.sheet:
            self._close_sheet()
        elif self._stage.spot.seam is not Seam.SCRIPT:
            self.player.pause()
            self._show_page(self.sheet)
            self.sheet.setFocus()

    def pan(self, across: int, down: int) -> None:
        """Look further to the left or right, up or down, by steps."""
        self.canvas.pan_by(-across * _PAN_PX, -down * _PAN_PX)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.bar)
        layout.addWidget(self.compare_bar)
        layout.addWidget(self.drawing_bar)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.transport)
        self._escape = QShortcut(QKeySequence("Escape"), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _connect(self) -> None:
        stage, canvas = self._stage, self.canvas
        self._escape.activated.connect(self._step_out)
        canvas.mark_hovered.connect(self.finding_hovered)
        canvas.mark_clicked.connect(stage.choose_finding)
        canvas.wipe_dragged.connect(self.comparison.show_amount)
        canvas.zoomed.connect(self._show_zoom)
        self.pencil.changed.connect(self._show_drawing)
        self.drawing_bar.earlier_toggled.connect(self.notes.show_earlier)
        self.drawing_bar.earlier_toggled.connect(self._show_drawing)
        self.bar.compare_wanted.connect(self.comparison.toggle)
        self.bar.sheet_wanted.connect(self.toggle_sheet)
        self.bar.regions.toggled.connect(self._show_marks)
        self.bar.safe_areas_toggled.connect(canvas.show_safe_areas)
        self.bar.fit_wanted.connect(canvas.fit)
        self.bar.pixels_wanted.connect(lambda: canvas.zoom_to_pixels())
        self.transport.bar.finding_hovered.connect(self.finding_hovered)
        self.comparison.changed.connect(self._show_comparison)
        self.player.changed.connect(self._show_words)
        self.sheet.take_wanted.connect(self._choose_take)
        self.sheet.partner_wanted.connect(self._choose_partner)
        self.sheet.closed.connect(self._close_sheet)
        stage.here_changed.connect(self.show_film)
        stage.findings_changed.connect(self.show_film)
        stage.moved.connect(self.show_take)
        stage.frame_moved.connect(self._show_picture)
        stage.finding_chosen.connect(self._show_chosen_finding)
        self._pictures.picture_ready.connect(self._show_ready_picture)
        self._frames.frame_ready.connect(self._show_ready_frame)
        self._frames.clip_unreadable.connect(self._show_unreadable)

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        script = page is self.script_desk
        self.transport.setVisible(not script)
        self.bar.setVisible(not script)
        self.compare_bar.setVisible(not script and self.comparison.is_on)
        self.bar.sheet.setChecked(page is self.sheet)
        self._show_drawing()

    @Slot()
    def _show_drawing(self) -> None:
        """The tools are there while one is in hand, or while earlier notes are seen."""
        pencil, seen = self.pencil, self._pages.currentWidget() is self.canvas
        self.bar.draw.setChecked(pencil.tool is not None)
        self.drawing_bar.setVisible(seen and (pencil.tool is not None or self.drawing_bar.earlier.isChecked()))
        if not seen:
            pencil.take(None)

    @Slot()
    def _show_picture(self) -> None:
        """Paint the frame of the stage, and the other take's with it; what is not there yet leaves all as it is."""
        take, index = self._stage.take, self._stage.frame_index
        if take is None:
            self.canvas.show_image(None)
            self.canvas.show_other(None, None)
        else:
            image = self._image_of(take, index)
            beside = self.comparison.frame_beside(take, index)
            other = self._image_of(*beside) if beside else None
            if image is not None and (other is not None or beside is None):
                self._displayed = (take, index)
                self.canvas.show_image(image)
                self.canvas.show_other(other, self._compare_view() if beside else None)
                self.transport.show_displayed(index)
                if image.isNull():
                    self._show_unreadable(media_of(take))
            elif image is not None and self._displayed is None:
                self._displayed = (take, index)
                self.canvas.show_image(image)
                self.canvas.show_other(None, None)
                self.transport.show_displayed(index)
        self._show_marks()
        self._show_words()
        self._show_zoom()
        self.notes.show_notes()
        self.painted.emit()

    def _image_of(self, take: Take, frame_index: int) -> QImage | None:
        if take.num_frames > 1:
            return self._frames.peek(take, frame_index)
        return self._pictures.get(PictureKey(media=media_of(take)))

    def _compare_view(self) -> CompareView | None:
        comparison, take = self.comparison, self._stage.take
        if comparison.partner is None or take is None:
            return None
        return CompareView(
            mode=comparison.mode,
            name=take_name(take, self._stage.spot),
            other_name=take_name(comparison.partner, self._stage.spot),
            wipe=comparison.wipe,
            onion=comparison.onion,
            gain=comparison.gain,
            shows_other=comparison.shows_partner,
        )

    @Slot()
    def _show_comparison(self) -> None:
        self.bar.compare.setChecked(self.comparison.is_on)
        self.compare_bar.setVisible(self.comparison.is_on and self._pages.currentWidget() is not self.script_desk)
        self.player.look_ahead()
        self._show_picture()

    def _fetch_neighbours(self) -> None:
        """Have the stills that one key away ready, so that takes are flicked and not waited for."""
        takes = self._stage.takes
        if self._stage.take not in takes:
            return
        index = takes.index(self._stage.take)
        for take in takes[max(0, index - 1) : index + 2]:
            if take.num_frames == 1:
                self._pictures.get(PictureKey(media=media_of(take)))

    @Slot(object)
    def _show_ready_picture(self, key: PictureKey) -> None:
        shown = (self._stage.take, self.comparison.partner)
        if any(take and take.num_frames == 1 and key == PictureKey(media=media_of(take)) for take in shown):
            self._show_picture()

    @Slot(object)
    def _show_ready_frame(self, key: FrameKey) -> None:
        take, index = self._stage.take, self._stage.frame_index
        if take is None:
            return
        beside = self.comparison.frame_beside(take, index)
        if key == frame_key(take, index) or (beside is not None and key == frame_key(*beside)):
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
        if chosen and chosen.frame_range and not self.player.is_playing:
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
        index = self._displayed[1] if self._displayed and self._displayed[0] == take else self._stage.frame_index
        marks = finding_marks(
            self._stage.findings,
            drifts=film.take_drifts(take),
            picked=(self._stage.finding_key, self._hovered),
            frame_index=index,
            shows_drifts=self.bar.regions.isChecked(),
        )
        if self.comparison.is_on and self.comparison.mode is Mode.DIFFERENCE:
            marks = tuple(replace(mark, words="") for mark in marks)
        self.canvas.show_marks(marks)

    @Slot()
    def _show_words(self) -> None:
        note = ""
        if self.comparison.is_on and self.comparison.partner is None and self._stage.take is not None:
            note = tr("Nothing to compare with: this shot has one take.")
            if self._stage.spot.seam is Seam.CUT:
                note = tr("Nothing to compare with: there is one cut.")
        self.canvas.show_note(note)
        if self._stage.take is not None and not self._is_unreadable():
            self.canvas.show_words("")
        elif self._stage.take is None:
            self.canvas.show_words(*why_empty(self._stage.film, self._stage.spot, playing=self.player.is_playing))

    def _is_unreadable(self) -> bool:
        take = self._stage.take
        image = self._image_of(take, self._stage.frame_index) if take is not None else None
        return image is not None and image.isNull()

    def _show_preview(self) -> None:
        image, words = self._previews.get(self._stage.spot, (None, ""))
        self.canvas.show_inset(image, words)

    @Slot()
    def _show_zoom(self) -> None:
        self.bar.show_zoom(self.canvas.percent, fitted=self.canvas.is_fitted)
        self.looks.place()

    def _shown(self) -> Displayed | None:
        image = self._image_of(*self._displayed) if self._displayed else None
        return (*self._displayed, image) if self._displayed and image is not None and not image.isNull() else None

    @Slot(object)
    def _choose_take(self, take: Take) -> None:
        self._close_sheet()
        if take.seam is not self._stage.spot.seam:
            self._stage.show_seam(take.seam)
        self._stage.show_take(take.id)

    @Slot(object)
    def _choose_partner(self, take: Take) -> None:
        self._close_sheet()
        self.comparison.choose_partner(take.id)

    @Slot()
    def _close_sheet(self) -> None:
        if self._pages.currentWidget() is self.sheet:
            self._show_page(self.canvas)
            self.canvas.setFocus()

    @Slot()
    def _step_out(self) -> None:
        """Put away what was brought up last: an enlarged look, a tool, the sheet, a comparison, a zoom."""
        if self.looks.close_look() or self.notes.put_away():
            return
        if self._pages.currentWidget() is self.sheet:
            self._close_sheet()
        elif self.comparison.is_on:
            self.comparison.toggle()
        else:
            self.canvas.fit()
