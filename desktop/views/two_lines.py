"""Rows of a list that have two lines: what each has in common, whatever is written in it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme

_Index = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(QStyledItemDelegate):
    """Paints what is chosen and what has the keys; `paint_lines` of a subclass writes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, 2 * QFontMetrics(theme.font()).height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.SELECTED)
        self.paint_lines(painter, rect.adjusted(14, 5, -10, -5), index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.FOCUS)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def paint_lines(self, painter: QPainter, room: QRect, index: _Index) -> None:
        """Write a row's two lines into its room."""
