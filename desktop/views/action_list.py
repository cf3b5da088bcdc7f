"""A list of actions with their keys: the rows of the palette and of the page of keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.views.parts import elided

_Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 30
_PAD_PX = 12
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One action as a list shows it.

    Attributes:
        name: of the action.
        words: what it does.
        keys: as a list tells them; empty for none.
        mark: a word before the keys ("recent", "changed").
        enabled: whether it can be done now.
    """

    name: str
    words: str
    keys: str
    mark: str = ""
    enabled: bool = True


class ActionListModel(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ActionRow] = ()

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(part for part in (row.words, row.keys, row.mark) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEnabled if self.rows[index.row()].enabled else plain


class ActionList(QListView):
    """Shows actions; the keys of the field above it move the choice.

    Args:
        name: what a screen reader calls the list.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ActionListModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    @property
    def chosen(self) -> ActionRow | None:
        """The row that is chosen."""
        index = self.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: Sequence[ActionRow], chosen: str = "") -> None:
        """Show other rows.

        Args:
            chosen: name of the action to choose; the first where it is not among them.
        """
        self.rows.show_rows(rows)
        places = [place for place, row in enumerate(rows) if row.name == chosen]
        self.setCurrentIndex(self.rows.index(places[0] if places else 0, 0))

    def step(self, by: int) -> None:
        """Choose a row further on, or back."""
        wanted = max(0, min(self.rows.rowCount() - 1, self.currentIndex().row() + by))
        self.setCurrentIndex(self.rows.index(wanted, 0))


class FindField(QLineEdit):
    """A field above a list: arrows go to the list, Enter does what is chosen, Escape closes.

    Signals:
        stepped: the choice is to move by so many rows.
        done, left: Enter, and Escape, were pressed.
    """

    stepped = Signal(int)
    done = Signal()
    left = Signal()

    def event(self, event) -> bool:
        if event.type() == event.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_ours(event):
            super().keyPressEvent(event)
        elif event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            self.done.emit()

    def _is_ours(self, event: QKeyEvent) -> bool:
        keys = (*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        return event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, ActionListModel)
        row = model.rows[index.row()]
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.SELECTED)
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.FOCUS)
        inner = rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.SOFT if row.enabled else theme.FAINT)
        told = elided(painter, "   ".join(part for part in (row.mark, row.keys) if part), inner.width() // 2)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, told)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(told) - _PAD_PX
        painter.setFont(theme.font())
        painter.setPen(theme.TEXT if row.enabled else theme.FAINT)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, elided(painter, row.words, room))
        painter.restore()
