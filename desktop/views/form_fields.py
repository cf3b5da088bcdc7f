"""Widgets to fill in one field each: text with what could be typed, one of some choices, scenes and shots to tick."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.shaping.forms import Field, Place
from desktop.translating import tr
from desktop.views.own_keys import takes_all_but

_MOST_SUGGESTED = 200
_ROWS = 6
_TICKED_PX = 196
_LEAST_TICKS = 5
_TICK_PX = 21
_LEAVES = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class SuggestingLine(QLineEdit):
    """A line of text; while one types, what holds the typed letters is listed in `list`, for others to lay out below.

    Args:
        suggest: everything that could be typed now.
        many: several values with commas; what is listed is about the one at the caret.
    """

    def __init__(
        self, suggest: Callable[[], Sequence[str]] | None = None, *, many: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._many = many
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setObjectName("suggestions")
        self.list.setAccessibleName(tr("What could be typed"))
        self.list.hide()
        self.list.itemClicked.connect(lambda item: self._take(item.text()))
        if suggest is not None:
            self.textEdited.connect(self._offer)

    def leave_offer(self, *, take: bool) -> bool:
        """Close the list; says whether it was open.

        Args:
            take: put the word that is marked in.
        """
        if not self.list.isVisible():
            return False
        item = self.list.currentItem()
        self.list.hide()
        if take and item is not None:
            self._take(item.text())
        return True

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            self.leave_offer(take=True)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._suggest is not None and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.list.hide()

    def _step(self, by: int) -> None:
        if not self.list.isVisible():
            self._show_words("")
        else:
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + by)))

    @Slot()
    def _offer(self) -> None:
        prefix = self._part()[2]
        if prefix:
            self._show_words(prefix)
        else:
            self.list.hide()

    def _show_words(self, prefix: str) -> None:
        folded = prefix.casefold()
        words = [each for each in (self._suggest() if self._suggest else ()) if folded in each.casefold()]
        # Those that begin so come first.
        words.sort(key=lambda each: not each.casefold().startswith(folded))
        self.list.clear()
        self.list.addItems(words[:_MOST_SUGGESTED])
        row_px = self.fontMetrics().height() + 5
        self.list.setFixedHeight(min(len(words), _ROWS) * row_px + 2)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(words) and not (prefix and folded in map(str.casefold, words)))

    def _part(self) -> tuple[str, str, str]:
        """What stands before the value at the caret, after it, and itself."""
        if not self._many:
            return "", "", self.text().strip()
        before, after = self.text()[: self.cursorPosition()], self.text()[self.cursorPosition() :]
        head, comma, part = before.rpartition(",")
        return f"{head}{comma} " if comma else "", after, part.strip()

    def _take(self, word: str) -> None:
        head, after, _ = self._part()
        self.setText(f"{head}{word}{after}")
        self.setCursorPosition(len(head) + len(word))
        self.list.hide()
        self.textEdited.emit(self.text())
        self.list.hide()


class ChoiceBox(QComboBox):
    """One of some choices, shown in the user's language. While it has the focus, letters and arrows choose in it."""

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer(choices)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def offer(self, choices: Sequence[str], chosen: str = "") -> None:
        """Offer other choices, with one of them chosen; the first where none is."""
        self.clear()
        for choice in choices:
            self.addItem(tr(choice), choice)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    @property
    def value(self) -> str:
        """What is chosen, untranslated."""
        return str(self.currentData() or "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # The style sheet's frame leaves the arrow out.
        painter = QPainter(self)
        painter.setPen(theme.SOFT if self.isEnabled() else theme.FAINT)
        right = self.rect().adjusted(0, 0, -9, -2)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "▾")
        painter.end()

    def event(self, event: QEvent) -> bool:
        return takes_all_but(event, _LEAVES) or super().event(event)


class TickTree(QTreeWidget):
    """Scenes and their shots with ticks. Space ticks."""

    def event(self, event: QEvent) -> bool:
        return takes_all_but(event, _LEAVES) or super().event(event)


class PlacesField(QWidget):
    """Scenes and shots, typed or ticked: the line has the names of what is ticked.

    Args:
        places: what can be chosen.
    """

    textEdited = Signal(str)
    returnPressed = Signal()

    def __init__(self, places: Sequence[Place], hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = [name for place in places for name in (place.name, *(inner.name for inner in place.inside))]
        self.line = SuggestingLine(lambda: names, many=True)
        self.line.setPlaceholderText(hint)
        self.tree = TickTree()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setUniformRowHeights(True)
        self.tree.setObjectName("ticked")
        self.tree.setAccessibleName(tr("Scenes and shots"))
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._rows: dict[str, QTreeWidgetItem] = {}
        self.tree.addTopLevelItems([self._row(place) for place in places])
        rows = sum(1 + len(place.inside) for place in places)
        is_short = rows * _TICK_PX <= _TICKED_PX
        shown = rows if is_short else max(_LEAST_TICKS, len(places))
        self.tree.setFixedHeight(min(_TICKED_PX, shown * _TICK_PX + 8))
        if is_short:
            self.tree.expandAll()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self.line.list)
        layout.addWidget(self.tree)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._tick_typed)
        self.line.returnPressed.connect(self.returnPressed)
        self.tree.itemChanged.connect(self._type_ticked)

    def text(self) -> str:
        return self.line.text()

    def setText(self, text: str) -> None:
        self.line.setText(text)
        self._show_ticks()

    def _row(self, place: Place) -> QTreeWidgetItem:
        row = QTreeWidgetItem([place.told])
        row.setData(0, Qt.ItemDataRole.UserRole, place.name)
        row.setToolTip(0, place.told)
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        row.setCheckState(0, Qt.CheckState.Unchecked)
        row.addChildren([self._row(inner) for inner in place.inside])
        self._rows[place.name.casefold()] = row
        return row

    @Slot(str)
    def _tick_typed(self, text: str) -> None:
        self._show_ticks()
        self.textEdited.emit(text)

    def _show_ticks(self) -> None:
        wanted = {name.strip().casefold() for name in self.line.text().split(",")}
        with QSignalBlocker(self.tree):
            for name, row in self._rows.items():
                above = row.parent()
                whole = above is not None and above.checkState(0) is Qt.CheckState.Checked
                row.setCheckState(0, Qt.CheckState.Checked if whole or name in wanted else Qt.CheckState.Unchecked)
            self._show_parts()
        self.tree.viewport().update()

    def _show_parts(self) -> None:
        """Mark scenes of which some shots are ticked."""
        for row in self._rows.values():
            if row.checkState(0) is not Qt.CheckState.Checked:
                some = any(inner.checkState(0) is Qt.CheckState.Checked for inner in _inside(row))
                row.setCheckState(0, Qt.CheckState.PartiallyChecked if some else Qt.CheckState.Unchecked)

    @Slot(QTreeWidgetItem, int)
    def _type_ticked(self, changed: QTreeWidgetItem, _: int) -> None:
        state = changed.checkState(0)
        with QSignalBlocker(self.tree):
            for inner in _inside(changed):
                inner.setCheckState(0, state)
            above = changed.parent()
            if above is not None and state is not Qt.CheckState.Checked:
                above.setCheckState(0, Qt.CheckState.Unchecked)
            self._show_parts()
        names = [
            row.data(0, Qt.ItemDataRole.UserRole)
            for row in self._rows.values()
            if row.checkState(0) is Qt.CheckState.Checked
            and not ((above := row.parent()) and above.checkState(0) is Qt.CheckState.Checked)
        ]
        self.line.setText(", ".join(names))
        self.tree.viewport().update()
        self.textEdited.emit(self.line.text())


def _inside(row: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for child in map(row.child, range(row.childCount())) if child is not None]


def line_of(field: Field, values: Callable[[], dict[str, str]]) -> QWidget:
    """The widget for a field, with its first value.

    Args:
        values: what stands in all fields of its form now.
    """
    if field.choices:
        box = ChoiceBox(())
        box.offer(field.choices, field.value)
        made: QWidget = box
    elif field.places:
        made = PlacesField(field.places, field.hint)
        made.line.setAccessibleName(field.words)
    else:
        suggest = field.suggest
        line = SuggestingLine(None if suggest is None else lambda: suggest(values()), many=field.many)
        line.setPlaceholderText(field.hint)
        line.setText(field.value)
        made = line
    made.setAccessibleName(field.words)
    made.setFont(theme.font())
    return made


def value_in(widget: QWidget) -> str:
    """What stands in a field's widget."""
    if isinstance(widget, ChoiceBox):
        return widget.value
    assert isinstance(widget, QLineEdit | PlacesField)
    return widget.text()


def put_in(widget: QWidget, value: str) -> None:
    """Let another value stand in a field's widget."""
    if isinstance(widget, ChoiceBox):
        widget.setCurrentIndex(widget.findData(value))
    elif isinstance(widget, QLineEdit | PlacesField):
        widget.setText(value)
