"""The notes as the desk has them: what keys and buttons do to them, and where what is chosen comes up."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.actions import KeyAction
from desktop.note_place import NotePlace
from desktop.note_words import place_words, take_of
from desktop.notes_export import NotesExport
from desktop.operations import Change, Operations
from desktop.snapshot import FilmSnapshot, Spot
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.inspector import Inspector
from desktop.views.notes_panel import NotesPanel, count_words
from desktop.views.parts import StatusStrip
from desktop.views.side_panel import SidePanel
from desktop.views.viewer import Viewer
from storage.domain.notes import NoteId
from storage.domain.strokes import Stroke, Tool
from storage.project import safe_name

NOTE_ACTIONS = (
    KeyAction(name="notes", words="Notes of the film, or the take's page again", keys=("Alt+N",)),
    KeyAction(name="note_write", words="Write a note on this frame, or from in to out", keys=("Shift+N",)),
    KeyAction(name="note_pen", words="Draw on the picture: pen, or put it away", keys=("Shift+D",)),
    KeyAction(name="note_arrow", words="Draw on the picture: arrow", keys=("Shift+W",)),
    KeyAction(name="note_box", words="Draw on the picture: box", keys=("Shift+B",)),
    KeyAction(name="note_text", words="Draw on the picture: words", keys=("Shift+X",)),
    KeyAction(name="note_clear", words="Clear what is drawn on this frame", keys=("Shift+Del", "Shift+Backspace")),
    KeyAction(name="note_earlier", words="Notes on earlier takes over this one, or not", keys=("Shift+E",)),
    KeyAction(name="note_before", words="Note before", keys=("Alt+Up",), repeats=True),
    KeyAction(name="note_after", words="Note after", keys=("Alt+Down",), repeats=True),
    KeyAction(name="note_reply", words="Reply to the chosen note", keys=("Ctrl+E",)),
    KeyAction(name="notes_export", words="Write all notes as a PDF with pictures, or as CSV", keys=("Ctrl+Shift+E",)),
    KeyAction(name="note_resolve", words="Resolve the chosen note, or open it again", keys=("Ctrl+R",)),
)


class NotesDesk(QObject):
    """Stands between the notes and everything that shows or changes them.

    Args:
        stage: what is on screen, and which note is chosen.
        operations: on whose thread notes are written.
        viewer: on whose picture they are drawn.
        inspector: shares the right-hand column with the list of notes.
        strip: says what cannot be done.
        export: writes the notes to files.
    """

    def __init__(
        self,
        stage: Stage,
        operations: Operations,
        viewer: Viewer,
        inspector: Inspector,
        strip: StatusStrip,
        export: NotesExport,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._operations = operations
        self._viewer = viewer
        self._strip = strip
        self.export = export
        self._shown: FilmSnapshot | None = None
        self.panel = NotesPanel(stage, operations.author)
        self.side = SidePanel(inspector, self.panel)
        overlay, bar, panel = viewer.notes, viewer.drawing_bar, self.panel
        overlay.drawn.connect(self._draw)
        overlay.pressed.connect(viewer.player.pause)
        bar.clear_wanted.connect(self.clear)
        viewer.bar.draw.clicked.connect(lambda: self.take_tool(Tool.PEN))
        viewer.transport.bar.note_clicked.connect(self.show_note)
        panel.note_wanted.connect(self.show_note)
        panel.written.connect(self._write)
        panel.replied.connect(self._reply)
        panel.resolve_wanted.connect(self._resolve)
        panel.reopen_wanted.connect(self._reopen)
        panel.withdraw_wanted.connect(self._withdraw)
        panel.left.connect(viewer.canvas.setFocus)
        inspector.note_opened.connect(self.side.show_take)
        self.side.export.clicked.connect(self.choose_file)
        export.begun.connect(lambda path: strip.show_done(tr("Writing {name} …", name=path.name)))
        export.written.connect(lambda path: strip.show_done(tr("The notes are in {path}.", path=path)))
        export.failed.connect(strip.show_problem)
        operations.changed.connect(self._show_change)
        operations.failed.connect(overlay.forget_sent)
        stage.film_changed.connect(self._show_film)
        for signal in (viewer.painted, stage.moved, viewer.player.changed):
            signal.connect(self._show_place)

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What the keys of `NOTE_ACTIONS` do."""
        return {
            "notes": self._toggle_panel,
            "note_write": self.write,
            **{f"note_{tool}": lambda *, tool=tool: self.take_tool(tool) for tool in Tool},
            "note_clear": self.clear,
            "note_earlier": self._viewer.drawing_bar.earlier.toggle,
            "note_before": lambda: self.step(-1),
            "note_after": lambda: self.step(1),
            "note_reply": self.answer,
            "notes_export": self.choose_file,
            "note_resolve": self.resolve_chosen,
        }

    def take_tool(self, tool: Tool) -> None:
        """Take a tool in hand, or put it away."""
        if self._viewer.note_place() is None and self._viewer.pencil.tool is None:
            self._say_no_take()
        else:
            self._viewer.pencil.toggle(tool)

    @Slot()
    def clear(self) -> None:
        """Clear what is drawn on the frame on screen."""
        place = self._viewer.note_place()
        if place is None:
            self._say_no_take()
        else:
            self._operations.on_notes(lambda notes: notes.clear(place.take.id, place.frame_index))

    @Slot()
    def write(self) -> None:
        """Ask for the words of a note on what is on screen."""
        place = self._viewer.note_place()
        if place is None:
            self._say_no_take()
            return
        self._viewer.player.pause()
        self.side.show_notes()
        self.panel.write(place)

    @Slot()
    def answer(self) -> None:
        """Ask for a reply to the chosen note."""
        if self._stage.note_id is None:
            self._say_no_note()
            return
        self.side.show_notes()
        self.panel.answer()

    @Slot()
    def resolve_chosen(self) -> None:
        """Resolve the chosen note, or open it again."""
        film = self._stage.film
        note = film.note(self._stage.note_id) if film else None
        if note is None:
            self._say_no_note()
        elif note.is_resolved:
            self._reopen(note.id)
        else:
            self._resolve(note.id)

    def step(self, by: int) -> None:
        """Go to the note before or after the chosen one, among those that the list shows."""
        wanted = self.panel.step(by)
        if wanted is None:
            self._strip.show_done("There is no such note.")
        else:
            self.show_note(wanted)

    @Slot()
    def choose_file(self) -> None:
        """Ask where the notes are to be written. The window stays alive meanwhile."""
        film = self._stage.film
        if film is None or not film.notes:
            self._strip.show_problem("There is no note to be written.", "Write one with {note_write}.")
            return
        suggested = self.export.suggested(safe_name(film.title))
        suggested.parent.mkdir(exist_ok=True)
        dialog = QFileDialog(self.side, tr("Write all notes"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("PDF with pictures (*.pdf)"), tr("Comma-separated values (*.csv)")])
        dialog.setDirectory(str(suggested.parent))
        dialog.selectFile(suggested.name)
        dialog.setModal(False)
        dialog.fileSelected.connect(lambda path: self.export.write(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot(object)
    def show_note(self, note_id: NoteId) -> None:
        """Choose a note, and bring its take and frame on screen."""
        film = self._stage.film
        note = film.note(note_id) if film else None
        if film is None or note is None:
            return
        take = take_of(film, note)
        self._stage.choose_note(note_id)
        if take is None:
            self._strip.show_problem("The shot of this note is gone from the film.", "Bring it back with {undo}.")
            return
        self._viewer.player.pause()
        spot = Spot(seam=note.seam, shot_id=note.shot_id)
        if spot != self._stage.spot:
            self._stage.show_spot(spot)
        if self._stage.take != take:
            self._stage.show_take(take.id)
        self._stage.show_frame(note.first_frame)

    @Slot(object, object)
    def _draw(self, place: NotePlace, stroke: Stroke) -> None:
        self._operations.on_notes(lambda notes: notes.draw(place.take.id, [stroke], place.frames))

    @Slot(object, str)
    def _write(self, place: NotePlace, text: str) -> None:
        self._operations.on_notes(lambda notes: notes.add(place.take.id, text, place.frames))

    @Slot(object, str)
    def _reply(self, note_id: NoteId, text: str) -> None:
        self._operations.on_notes(lambda notes: notes.reply(note_id, text))

    @Slot(object)
    def _resolve(self, note_id: NoteId) -> None:
        self._operations.on_notes(lambda notes: notes.resolve(note_id))

    @Slot(object)
    def _reopen(self, note_id: NoteId) -> None:
        self._operations.on_notes(lambda notes: notes.reopen(note_id))

    @Slot(object)
    def _withdraw(self, note_id: NoteId) -> None:
        self._operations.on_notes(lambda notes: notes.withdraw(note_id))

    @Slot(object)
    def _show_change(self, change: Change) -> None:
        if change.decision is not None:
            self._viewer.notes.note_written(change.decision.seq, change.decision.verb)

    @Slot()
    def _show_film(self) -> None:
        film = self._stage.film
        if film is not None and (self._shown is None or film.notes is not self._shown.notes):
            self.side.show_count(count_words(film))
        self._shown = film
        self._viewer.notes.show_notes()

    @Slot()
    def _show_place(self) -> None:
        """Say where a note would go."""
        place, film = self._viewer.note_place(), self._stage.film
        self.panel.show_place(place)
        words = place_words(film, place) if film is not None and place is not None else ""
        self._viewer.drawing_bar.show_place(words)

    @Slot()
    def _toggle_panel(self) -> None:
        self.side.toggle()
        if self.side.shows_notes:
            self.panel.list.setFocus()
        else:
            self._viewer.canvas.setFocus()

    def _say_no_take(self) -> None:
        self._strip.show_problem("There is no take on screen.", "Press {next_for_me} for the next that needs you.")

    def _say_no_note(self) -> None:
        self._strip.show_problem("No note is chosen.", "Choose one with {note_after}.")
