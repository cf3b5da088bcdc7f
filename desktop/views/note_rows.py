"""The notes of a film as rows: an item model over as many as there are, and how one is painted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.note_words import note_facts, note_place, note_sentence
from desktop.snapshot import FilmSnapshot
from desktop.translating import tr
from desktop.views.parts import elided
from desktop.wording import ago
from storage.author import name_of
from storage.domain.notes import Note, NoteId

_Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 58
_PAD = 12
NOTE = Qt.ItemDataRole.UserRole


class NotesModel(QAbstractListModel):
    """Some notes of a film, in the order in which they were given."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.film: FilmSnapshot | None = None
        self.notes: tuple[Note, ...] = ()

    def show_notes(self, film: FilmSnapshot, notes: Sequence[Note]) -> None:
        """Show these notes. Where they are the same threads as before, only what they say may differ."""
        shown = tuple(notes)
        same = [note.id for note in shown] == [note.id for note in self.notes]
        if same:
            before = self.notes
            self.film, self.notes = film, shown
            for row, (old, new) in enumerate(zip(before, shown, strict=True)):
                if old is not new and old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.film, self.notes = film, shown
        self.endResetModel()

    def row_of(self, note_id: NoteId | None) -> int | None:
        """Where a note is; None where it is not shown."""
        return next((row for row, note in enumerate(self.notes) if note.id == note_id), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.notes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.film is None:
            return None
        note = self.notes[index.row()]
        if role == NOTE:
            return note
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return note_sentence(self.film, note)
        return None


class NoteDelegate(QStyledItemDelegate):
    """Paints a note in three lines: where and when, what was said, what else there is.

    Args:
        film: gives the film that is shown.
    """

    def __init__(self, film: Callable[[], FilmSnapshot | None], parent=None) -> None:
        super().__init__(parent)
        self._film = film

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        note, film = index.data(NOTE), self._film()
        if film is None or not isinstance(note, Note):
            return
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.SELECTED)
        painter.fillRect(QRect(rect.left(), rect.top() + 4, 3, _ROW_PX - 8), _edge(note))
        inside = rect.adjusted(_PAD, 6, -_PAD, -5)
        third = inside.height() // 3
        lines = [QRect(inside.left(), inside.top() + line * third, inside.width(), third) for line in range(3)]
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.SOFT)
        when = f"{'✓ ' + tr('resolved') + ' · ' if note.is_resolved else ''}{ago(note.created_at)}"
        taken = painter.fontMetrics().horizontalAdvance(when) + 8
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(lines[0], middle | Qt.AlignmentFlag.AlignRight, when)
        painter.drawText(lines[0], middle, elided(painter, note_place(film, note), lines[0].width() - taken))
        painter.setFont(theme.font(italic=not note.written))
        painter.setPen(theme.FAINT if note.is_resolved else theme.TEXT)
        said = " ".join(note.written.split()) or tr("drawing")
        painter.drawText(lines[1], middle, elided(painter, said, lines[1].width()))
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.FAINT)
        facts = " · ".join(filter(None, (name_of(note.author), note_facts(note))))
        painter.drawText(lines[2], middle, elided(painter, facts, lines[2].width()))
        painter.setPen(theme.LINE)
        painter.drawLine(rect.left() + _PAD, rect.bottom(), rect.right() - _PAD, rect.bottom())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.FOCUS)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()


def _edge(note: Note):
    """Open notes have a coloured edge, decisions their own; resolved ones have none to speak of."""
    if note.is_resolved:
        return theme.QUEUED
    return theme.AMBER if note.is_decision else theme.NOTE
