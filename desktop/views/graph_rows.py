"""How rows of the scene graph are painted, and the tree that keeps its keys."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desktop import theme
from desktop.faults import MARK
from desktop.list_keys import OUTLINE
from desktop.standing_light import Light
from desktop.views.graph_items import Kind, Row
from desktop.views.own_keys import takes_own
from desktop.views.parts import draw_swatch, elided

_ROW = 24
_Index = QModelIndex | QPersistentModelIndex


class GraphDelegate(QStyledItemDelegate):
    """Paints a row: its name at the left, swatch, value and evidence at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        tall = index.internalPointer().kind is Kind.GROUP
        return QSize(100, _ROW + (8 if tall else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.internalPointer()
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.SELECTED)
        if row.kind is Kind.GROUP:
            self._paint_group(painter, rect.adjusted(10, 8, -10, 0), row)
        else:
            right = self._paint_right(painter, rect.adjusted(0, 0, -10, 0), row)
            painter.setFont(theme.font(italic=row.is_proposed))
            painter.setPen(self._colour(row))
            room = right - rect.left() - 8
            painter.drawText(
                QRect(rect.left(), rect.top(), room, rect.height()),
                Qt.AlignmentFlag.AlignVCenter,
                elided(painter, row.text, room),
            )
        painter.restore()

    def _colour(self, row: Row):
        if row.is_proposed:
            return theme.VIOLET
        return theme.SOFT if row.kind is Kind.CONSTRAINT else theme.TEXT

    def _paint_group(self, painter: QPainter, rect: QRect, row: Row) -> None:
        painter.setFont(theme.font(theme.SMALL_PT, strong=True))
        painter.setPen(theme.SOFT)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, row.text)
        painter.setPen(theme.FAINT)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.value)

    def _paint_right(self, painter: QPainter, rect: QRect, row: Row) -> int:
        """Paint what stands at the right; returns where it begins."""
        x = rect.right()
        middle = Qt.AlignmentFlag.AlignVCenter
        if row.fault is not None:
            painter.setFont(theme.font(strong=True))
            painter.setPen(theme.RED)
            width = painter.fontMetrics().horizontalAdvance(MARK)
            painter.drawText(QRect(x - width, rect.top(), width + 1, rect.height()), middle, MARK)
            x -= width + 6
        if row.note:
            painter.setFont(theme.font(theme.SMALL_PT, italic=row.is_proposed))
            note = elided(painter, row.note, rect.width() * 2 // 5)
            width = painter.fontMetrics().horizontalAdvance(note)
            colour = theme.LIGHTS[row.light] if row.light is not Light.NOTHING else theme.FAINT
            painter.setPen(theme.VIOLET if row.is_proposed else colour)
            painter.drawText(QRect(x - width, rect.top(), width + 1, rect.height()), middle, note)
            x -= width + 6
        if row.kind is Kind.CONSTRAINT and row.value:
            painter.setFont(theme.font(italic=row.is_proposed))
            value = elided(painter, row.value, max(30, rect.width() * 2 // 5))
            width = painter.fontMetrics().horizontalAdvance(value)
            painter.setPen(theme.VIOLET if row.is_proposed else theme.TEXT)
            painter.drawText(QRect(x - width, rect.top(), width + 1, rect.height()), middle, value)
            x -= width + 6
            if row.swatch:
                draw_swatch(painter, QRect(x - 11, rect.center().y() - 5, 11, 11), row.swatch)
                x -= 17
        return x


class GraphTreeView(QTreeView):
    """A tree that keeps the arrow keys for itself while it has the focus, and marks whole rows."""

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, theme.SELECTED)
        super().drawBranches(painter, rect, index)

    def event(self, event: QEvent) -> bool:
        return takes_own(event, OUTLINE) or super().event(event)
