"""The revisions as rows of a list, and two of them as rows of a table."""

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.graph.revisions import Comparison, Revision, SideBySide
from desktop.translating import tr
from desktop.views.parts import elided
from desktop.views.two_lines import TwoLineDelegate
from desktop.wording import ago
from storage.domain.graph_difference import Kind

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
SIGNS = {Kind.NEW: "+", Kind.GONE: "−", Kind.CHANGED: "~"}
_COLOURS = {Kind.NEW: "GREEN", Kind.GONE: "RED", Kind.CHANGED: "AMBER"}


class RevisionModel(QAbstractListModel):
    """The revisions, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.revisions: tuple[Revision, ...] = ()

    def show_revisions(self, revisions: tuple[Revision, ...]) -> None:
        """Show other revisions."""
        self.beginResetModel()
        self.revisions = revisions
        self.endResetModel()

    def row_of(self, number: int) -> int:
        """The row of a revision; -1 where there is none."""
        return next((row for row, each in enumerate(self.revisions) if each.number == number), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.revisions)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        each = self.revisions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return each.label
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return tr(
                "Revision {number}: {label}\n{author}, {ago}",
                number=each.number,
                label=each.label,
                author=each.author,
                ago=ago(each.made_at),
            )
        return each if role == Qt.ItemDataRole.UserRole else None


class RevisionDelegate(TwoLineDelegate):
    """Paints a revision in two lines: its number and what was done; who did it and when."""

    def paint_lines(self, painter: QPainter, room: QRect, index: _Index) -> None:
        each: Revision = index.data(Qt.ItemDataRole.UserRole)
        painter.setFont(theme.figures())
        painter.setPen(theme.SOFT)
        number = f"{each.number}"
        painter.drawText(room, Qt.AlignmentFlag.AlignTop, number)
        indent = max(26, painter.fontMetrics().horizontalAdvance(number) + 10)
        painter.setFont(theme.font())
        painter.setPen(theme.TEXT)
        upper = room.adjusted(indent, 0, 0, 0)
        painter.drawText(upper, Qt.AlignmentFlag.AlignTop, elided(painter, each.label, upper.width()))
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.FAINT)
        who = elided(painter, f"{each.author} · {ago(each.made_at)}", upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignBottom, who)


class ComparisonDelegate(QStyledItemDelegate):
    """Gives the rows of a comparison air."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(60, QFontMetrics(theme.font()).height() + 10)


class ComparisonModel(QAbstractTableModel):
    """What is different between two revisions: what it is about, what it was, what it is."""

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show another comparison, or none."""
        self.beginResetModel()
        self._comparison = comparison
        self.endResetModel()

    def row_at(self, row: int) -> SideBySide | None:
        """What is different in a row; None where there is no such row."""
        rows = self._rows
        return rows[row] if 0 <= row < len(rows) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if self._comparison is None or section == 0:
            return tr("What")
        number = self._comparison.before if section == 1 else self._comparison.after
        return tr("Revision {number}", number=number)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (f"{SIGNS[row.kind]}  {row.name}", row.before or "—", row.after or "—")[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(row.sentence)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(row.kind)}: {tr(row.sentence)}"
        if role == Qt.ItemDataRole.ForegroundRole:
            if column == 0:
                return getattr(theme, _COLOURS[row.kind])
            return theme.TEXT if (row.before, row.after)[column - 1] else theme.FAINT
        return None

    @property
    def _rows(self) -> tuple[SideBySide, ...]:
        return self._comparison.rows if self._comparison else ()
