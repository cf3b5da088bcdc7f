"""The notes of the film: listed and filtered, the chosen one as a thread, and a line to write one or to reply."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop import theme
from desktop.list_keys import NOTES
from desktop.note_place import NotePlace
from desktop.note_words import note_kind, note_place, place_words
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.translating import marked, tr
from desktop.views.note_rows import NOTE, NoteDelegate, NotesModel
from desktop.views.own_keys import takes_own
from desktop.views.parts import ElidedLabel, KeyButton, ReadingArea, label, quiet_button
from desktop.wording import ago
from storage.author import name_of
from storage.domain.notes import Note, NoteId, place_among
from storage.note_commands import LONGEST_TEXT

_MOVING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# What two rows of the list, its filters, the buttons and the line need.
_REST_PX = 256
_LEAST_THREAD_PX = 48
_FILTERS = (
    ("open", marked("Open"), marked("Notes that are open")),
    ("resolved", marked("Resolved"), marked("Notes that are resolved")),
    ("mine", marked("Mine"), marked("Only notes that you began")),
    ("here", marked("This shot"), marked("Only notes on the shot on screen")),
)


class NotesList(QListView):
    """A list that keeps the keys that move in it.

    Signals:
        wanted: with a note's id: it was clicked, moved to or entered.
    """

    wanted = Signal(object)

    def event(self, event: QEvent) -> bool:
        return takes_own(event, NOTES) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        if event.key() in (*_ENTER, *_MOVING):
            self._want(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The thread below takes more room or less; what it is about stays in sight.
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._want(self.indexAt(event.position().toPoint()))

    def _want(self, index: QModelIndex) -> None:
        note = index.data(NOTE)
        if isinstance(note, Note):
            self.wanted.emit(note.id)


class WritingLine(QLineEdit):
    """A line for a note or a reply. Enter sends it, Esc leaves it.

    Signals:
        left: without sending.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            ends = event.key() in (*_ENTER, Qt.Key.Key_Escape)
            if ends or (event.text() and event.text().isprintable()):
                event.accept()
                return True
        return super().event(event)


class NotesPanel(QWidget):
    """Shows and filters; what is to be done to notes is wanted of others.

    Signals:
        note_wanted: a note is to be shown with its take and frame; its id.
        written: where, and the words of a new note.
        replied: a note's id, and the words.
        resolve_wanted, reopen_wanted, withdraw_wanted: a note's id.
        left: the keys go back to the picture.

    Args:
        stage: whose film it is, and which note is chosen.
        author: who sits here, as the ledger writes it.
    """

    note_wanted = Signal(object)
    written = Signal(object, str)
    replied = Signal(object, str)
    resolve_wanted = Signal(object)
    reopen_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    left = Signal()

    def __init__(self, stage: Stage, author: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._author = author
        self._sorted: tuple[Note, ...] = ()
        self._read: tuple[object, object] = (None, None)
        self._place: NotePlace | None = None
        self._replies_to: NoteId | None = None
        self.model = NotesModel(self)
        self.list = NotesList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(NoteDelegate(lambda: self.model.film, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Notes"))
        self.list.wanted.connect(self.note_wanted)
        self.filters = {name: quiet_button(word, told, checkable=True) for name, word, told in _FILTERS}
        self.filters["open"].setChecked(True)
        for button in self.filters.values():
            button.toggled.connect(self.show_list)
        self.empty = label("", "faint")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.thread_area = ReadingArea(tr("The note and its replies"))
        self._said: list[QLabel] = []
        self.resolve = KeyButton("Resolve", "Ctrl+R", action="note_resolve")
        self.reply = KeyButton("Reply", "Ctrl+E", action="note_reply")
        self.withdraw = quiet_button("Withdraw", "Take this note back; undo brings it again")
        self.where = ElidedLabel()
        self.where.setObjectName("soft")
        self.where.setFont(theme.font(theme.SMALL_PT))
        self.line = WritingLine()
        self.line.setMaxLength(LONGEST_TEXT)
        self._lay_out()
        self._connect()
        self._show_thread()

    @property
    def said(self) -> list[str]:
        """What the thread says, from the top."""
        return [each.text() for each in self._said]

    @property
    def replies_to(self) -> NoteId | None:
        """The note that the line answers; None where it writes a new one."""
        return self._replies_to

    @Slot()
    def show_list(self) -> None:
        """Show the notes that the filters let through, in the order of the film."""
        film = self._stage.film
        if film is None:
            return
        if self._read != (film.notes, film.index_of):
            self._read = (film.notes, film.index_of)
            self._sorted = tuple(place_among([note for notes in film.notes.values() for note in notes], film.index_of))
        self.model.show_notes(film, [note for note in self._sorted if self._passes(note)])
        self.empty.setText(_why_empty(bool(self._sorted)))
        self.empty.setVisible(not self.model.notes)
        self.list.setVisible(bool(self.model.notes))
        self.show_chosen()

    @Slot()
    def show_chosen(self) -> None:
        """Show the chosen note in the list and as a thread."""
        row = self.model.row_of(self._stage.note_id)
        if row is None:
            self.list.setCurrentIndex(QModelIndex())
        elif self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.model.index(row))
            self.list.scrollTo(self.model.index(row))
        self._show_thread()

    def show_place(self, place: NotePlace | None) -> None:
        """Say where a note would go; while one is being written it stays where it was begun."""
        if not self.line.hasFocus() and self._replies_to is None:
            self._place = place
            self._show_line()

    def write(self, place: NotePlace) -> None:
        """Take the keys for a new note."""
        self._place, self._replies_to = place, None
        self._show_line()
        self.line.setFocus()

    def answer(self) -> None:
        """Take the keys for a reply to the chosen note."""
        if self._note is not None:
            self._replies_to = self._note.id
            self._show_line()
            self.line.setFocus()

    def step(self, by: int) -> NoteId | None:
        """The note before or after the chosen one in the list, or after the shot where one is now; None for none."""
        self._catch_up()
        notes = self.model.notes
        if not notes:
            return None
        row = self.model.row_of(self._stage.note_id)
        if row is None or notes[row].shot_id != self._stage.spot.shot_id:
            row = self._row_near(by)
        else:
            row += by
        return notes[max(0, min(len(notes) - 1, row))].id

    @property
    def _note(self) -> Note | None:
        film = self._stage.film
        return film.note(self._stage.note_id) if film else None

    def _row_near(self, by: int) -> int:
        """The first note from the shot on screen on; the last one up to it where one goes back."""
        film, notes = self._stage.film, self.model.notes
        order = film.index_of if film else {}
        ranks = [order.get(note.shot_id, len(order)) if note.shot_id else len(order) for note in notes]
        here = order.get(self._stage.spot.shot_id, len(order)) if self._stage.spot.shot_id else 0
        if by > 0:
            return next((row for row, rank in enumerate(ranks) if rank >= here), len(notes) - 1)
        return next((row for row in reversed(range(len(notes))) if ranks[row] <= here), 0)

    def _passes(self, note: Note) -> bool:
        wanted = self.filters
        shows_resolved = wanted["resolved"].isChecked()
        if shows_resolved != wanted["open"].isChecked() and note.is_resolved is not shows_resolved:
            return False
        if wanted["mine"].isChecked() and note.author != self._author:
            return False
        return not wanted["here"].isChecked() or note.shot_id == self._stage.spot.shot_id

    def _show_thread(self) -> None:
        note, film = self._note, self._stage.film
        self.thread_area.setVisible(note is not None)
        for button in (self.resolve, self.reply, self.withdraw):
            button.setEnabled(note is not None)
            button.setVisible(note is not None)
        if note is None or film is None:
            return
        self.withdraw.setEnabled(not note.is_decision)
        self.withdraw.setToolTip(
            tr("What a decision says goes with the decision") if note.is_decision else tr("Take this note back")
        )
        self.resolve.setText(tr("Open again") if note.is_resolved else tr("Resolve"))
        # A name stands last: one that runs from right to left would turn round what follows it.
        place = note_kind(note) or note_place(film, note)
        told = [(f"{place} · {ago(note.created_at)} · {name_of(note.author)}", "soft")]
        told.append((note.written or tr("Drawn on the picture."), "" if note.written else "faint"))
        for reply in note.replies:
            told += [
                (f"{tr('reply')} · {ago(reply.created_at)} · {name_of(reply.author)}", "soft"),
                (reply.text, ""),
            ]
        if note.is_resolved:
            told.append(
                (
                    f"✓ {tr('resolved')} · {ago(note.resolved_at)} · {name_of(note.resolved_by)}",
                    "soft",
                )
            )
        if [words for words, _ in told] == self.said:
            return
        for old in self._said:
            old.hide()
            old.deleteLater()
        self._said = []
        for words, kind in told:
            made = label(words, kind)
            made.setWordWrap(True)
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if kind == "soft":
                made.setFont(theme.font(theme.SMALL_PT))
            self.thread_area.column.insertWidget(len(self._said), made)
            # What is not shown yet counts for nothing in how high the thread is.
            made.show()
            self._said.append(made)
        self._fit_thread()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_thread()

    def _fit_thread(self) -> None:
        """Leave the list what the thread does not need."""
        column = self.thread_area.column
        needed = column.totalHeightForWidth(self.width() - 2)
        most = min(self.height() * 2 // 5, self.height() - _REST_PX)
        self.thread_area.setFixedHeight(max(_LEAST_THREAD_PX, min(needed + 6, most)))

    def _show_line(self) -> None:
        film, replied = self._stage.film, None
        if film is not None and self._replies_to is not None:
            replied = film.note(self._replies_to)
        if replied is not None:
            self.where.show_text(tr("Reply to {author}", author=name_of(replied.author)))
            self.line.setPlaceholderText(tr("Write a reply, then Enter"))
        elif film is not None and self._place is not None:
            self.where.show_text(tr("Note on {place}", place=place_words(film, self._place)))
            self.line.setPlaceholderText(tr("Write a note, then Enter"))
        else:
            self.where.show_text(tr("There is no take on screen"))
            self.line.setPlaceholderText("")
        self.line.setAccessibleName(self.where.whole_text)
        self.line.setEnabled(replied is not None or self._place is not None)

    @Slot()
    def _send(self) -> None:
        words, place, replied = self.line.text().strip(), self._place, self._replies_to
        if not words:
            return
        self.line.clear()
        self._replies_to = None
        if replied is not None:
            self.replied.emit(replied, words)
        elif place is not None:
            self.written.emit(place, words)
        self.left.emit()

    @Slot()
    def _leave(self) -> None:
        self.line.clear()
        self._replies_to = None
        self._show_line()
        self.left.emit()

    @Slot()
    def _resolve(self) -> None:
        note = self._note
        if note is not None:
            (self.reopen_wanted if note.is_resolved else self.resolve_wanted).emit(note.id)

    @Slot()
    def _withdraw(self) -> None:
        if self._note is not None:
            self.withdraw_wanted.emit(self._note.id)

    def _connect(self) -> None:
        stage = self._stage
        stage.film_changed.connect(self._show_film)
        stage.moved.connect(self._show_moved)
        stage.note_chosen.connect(self.show_chosen)
        self.line.returnPressed.connect(self._send)
        self.line.left.connect(self._leave)
        self.resolve.clicked.connect(self._resolve)
        self.reply.clicked.connect(self.answer)
        self.withdraw.clicked.connect(self._withdraw)

    @Slot()
    def _show_film(self) -> None:
        # A long list is laid out when somebody looks at it or steps through it.
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        film = self._stage.film
        if film is not None and self._read != (film.notes, film.index_of):
            self.show_list()

    @Slot()
    def _show_moved(self) -> None:
        if self.filters["here"].isChecked():
            self.show_list()

    def _lay_out(self) -> None:
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        chips = QHBoxLayout()
        chips.setContentsMargins(8, 0, 8, 0)
        chips.setSpacing(2)
        for button in self.filters.values():
            chips.addWidget(button)
        chips.addStretch(1)
        verbs = QHBoxLayout()
        verbs.setContentsMargins(14, 0, 14, 0)
        for button in (self.resolve, self.reply):
            verbs.addWidget(button, 1)
        verbs.addWidget(self.withdraw)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 4, 14, 0)
        foot.setSpacing(3)
        foot.addWidget(self.where)
        foot.addWidget(self.line)
        self.thread_area.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 12)
        layout.setSpacing(6)
        layout.addLayout(chips)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.thread_area)
        layout.addLayout(verbs)
        layout.addLayout(foot)


def _why_empty(has_notes: bool) -> str:
    return tr("No note is like that.") if has_notes else tr("Nobody has written or drawn a note yet.")


def count_words(film: FilmSnapshot) -> str:
    """How many notes are open, for a tab: "Notes 3"."""
    number = sum(not note.is_resolved for notes in film.notes.values() for note in notes)
    return f"{tr('Notes')} {number:,}" if number else tr("Notes")
