"""The left column: the scene graph as a tree, the words a claim rests on, and what an edit would cost."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.operations import CostOfEdit
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.views.graph_items import GraphItemModel, Kind, Row, evidence_words
from desktop.views.parts import KeyButton, draw_swatch, elided, label
from desktop.wording import cost_words
from storage.domain.scene_graph import ConstraintId
from storage.domain.staleness import constraint_label
from storage.domain.vocabulary import STANDARD_VALUES

_ROW = 24
_Index = QModelIndex | QPersistentModelIndex
_OWN_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return)


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

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        row: Row = index.internalPointer()
        editor = QLineEdit(parent)
        if row.constraint is not None:
            completer = QCompleter(list(STANDARD_VALUES.get(row.constraint.attribute, ())), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            editor.setCompleter(completer)
        editor.setStyleSheet("padding: 0 4px;")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            row: Row = index.internalPointer()
            editor.setText(row.constraint.value if row.constraint else row.value)
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        editor.setGeometry(rect.adjusted(rect.width() * 2 // 5, 0, -6, 0))

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
        if row.note:
            painter.setFont(theme.font(theme.SMALL_PT, italic=row.is_proposed))
            note = elided(painter, row.note, rect.width() // 3)
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
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and Qt.Key(event.key()) in _OWN_KEYS:
                event.accept()
                return True
        return super().event(event)


class CostStrip(QWidget):
    """What an edit turns stale, before it is made. Enter makes it, Esc lets it be; nothing else waits."""

    confirmed = Signal(str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("panel")
        self._edit: CostOfEdit | None = None
        self.words = label("")
        self.words.setWordWrap(True)
        self.words.setFont(theme.font(strong=True))
        self.cost = label("", "soft")
        self.cost.setWordWrap(True)
        self.confirm = KeyButton("Make this edit", "Enter")
        self.confirm.setObjectName("needs")
        self.cancel = KeyButton("Leave it", "Esc")
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self._cancel)
        for key, slot in (("Return", self._confirm), ("Enter", self._confirm), ("Escape", self._cancel)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.addWidget(self.words)
        layout.addWidget(self.cost)
        layout.addLayout(buttons)
        self.hide()

    def show_cost(self, edit: CostOfEdit, subject: str, old: str) -> None:
        """Say what an edit would cost and ask for it."""
        self._edit = edit
        self.words.setText(f"{subject}: {old} → {edit.value}")
        self.cost.setText(cost_words(edit.cost))
        self.show()
        self.confirm.setFocus()

    @Slot()
    def _confirm(self) -> None:
        if self._edit is not None:
            edit, self._edit = self._edit, None
            self.hide()
            self.confirmed.emit(edit.constraint_id, edit.value)

    @Slot()
    def _cancel(self) -> None:
        self._edit = None
        self.hide()
        self.cancelled.emit()


class GraphTree(QWidget):
    """The left column.

    Args:
        stage: follows the shot that is chosen here, and the other way round.
    """

    cost_wanted = Signal(str, str)
    edit_confirmed = Signal(str, str)
    settle_wanted = Signal(list)
    evidence_chosen = Signal(object)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._following = False
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.items = GraphItemModel(self)
        self.tree = GraphTreeView()
        self.tree.setModel(self.items)
        self.tree.setItemDelegate(GraphDelegate(self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(False)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.tree.setAccessibleName("Scene graph")
        self.tree.selectionModel().currentChanged.connect(self._show_current)
        self.items.value_edited.connect(self.cost_wanted)
        self.empty = label("Reading the screenplay…", "faint")
        self.empty.setContentsMargins(14, 14, 14, 0)
        self.quote = label("", "soft")
        self.quote.setWordWrap(True)
        self.quote.setFont(theme.font(italic=True))
        self.source = label("", "faint")
        self.source.setFont(theme.font(theme.SMALL_PT))
        self.edit = KeyButton("Edit", "F2", action="edit_constraint")
        self.settle = KeyButton("Settle", "S", action="settle")
        self.settle_all = KeyButton("Settle all", "⇧S", action="settle_all")
        self.edit.clicked.connect(self.edit_current)
        self.settle.clicked.connect(self.settle_current)
        self.settle_all.clicked.connect(self.settle_everything)
        self.cost = CostStrip()
        self.cost.confirmed.connect(self.edit_confirmed)
        self.cost.cancelled.connect(self.tree.setFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.edit, self.settle, self.settle_all):
            buttons.addWidget(button)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 6, 14, 10)
        foot.setSpacing(4)
        foot.addWidget(self.quote)
        foot.addWidget(self.source)
        foot.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(0)
        self.empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(self.empty)
        beside = QHBoxLayout()
        beside.setContentsMargins(4, 0, 0, 0)
        beside.addWidget(self.tree)
        layout.addLayout(beside, 1)
        layout.addWidget(self.cost)
        layout.addLayout(foot)
        stage.film_changed.connect(self.show_film)
        stage.settled.connect(self.show_shot)
        stage.item_chosen.connect(self.show_item)
        self._show_current(QModelIndex())

    @Slot()
    def show_film(self) -> None:
        """Show the stage's reading; what was open stays open."""
        film = self._stage.film
        if film is None:
            return
        first = self.items.rowCount() == 0
        expanded = self._expanded() if self.items.revision != film.revision else []
        current = self._current_row()
        if self.items.show_film(film):
            if first:
                self._open_first_rows()
            for row_id in expanded:
                self.tree.expand(self.items.index_of(row_id))
            if current is not None:
                self._go_to(self.items.index_of(current.id))
        self.empty.setText("Reading the screenplay…" if film.view is None else "The scene graph is empty.")
        self.empty.setVisible(self.items.rowCount() == 0)
        self._show_buttons(film)

    @Slot()
    def show_shot(self) -> None:
        """Follow the stage to its shot."""
        shot_id = self._stage.spot.shot_id
        if shot_id and not self.tree.hasFocus():
            index = self.items.index_of(shot_id)
            if index.isValid() and self.tree.currentIndex() != index:
                self._go_to(index)

    @Slot()
    def show_item(self) -> None:
        """Follow the stage to the item that another view has chosen."""
        row = self._current_row()
        if row is None or row.id != self._stage.item_id:
            self._go_to(self.items.index_of(self._stage.item_id))

    @Slot(object)
    def show_cost(self, edit: CostOfEdit) -> None:
        """Say what an edit would turn stale."""
        film = self._stage.film
        if film is None or film.view is None:
            return
        constraint = film.view.graph.constraints.get(edit.constraint_id)
        if constraint is not None:
            self.cost.show_cost(edit, constraint_label(film.view, constraint), constraint.value)

    @Slot()
    def edit_current(self) -> None:
        """Edit the value of the chosen constraint in place; where none is chosen, give the tree the arrow keys."""
        self.tree.setFocus()
        row = self._current_row()
        if row is not None and row.kind is Kind.CONSTRAINT:
            self.tree.edit(self.tree.currentIndex())

    @Slot()
    def settle_current(self) -> None:
        """Make what is proposed here the director's own."""
        row = self._current_row()
        if row is not None:
            ids = [item.constraint.id for item in (row, *row.children) if item.constraint and item.is_proposed]
            if ids:
                self.settle_wanted.emit(ids)

    @Slot()
    def settle_everything(self) -> None:
        """Make everything that is proposed the director's own."""
        film = self._stage.film
        ids = [constraint.id for constraint in film.proposed()] if film else []
        if ids:
            self.settle_wanted.emit(ids)

    def choose_constraint(self, constraint_id: ConstraintId) -> None:
        """Go to a constraint."""
        self._go_to(self.items.index_of(constraint_id))

    def _current_row(self) -> Row | None:
        index = self.tree.currentIndex()
        return self.items.row_at(index) if index.isValid() else None

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self._following = True
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
            self._following = False

    def _expanded(self) -> list[str]:
        found: list[str] = []

        def look(parent: QModelIndex) -> None:
            for number in range(self.items.rowCount(parent)):
                index = self.items.index(number, 0, parent)
                if self.tree.isExpanded(index):
                    found.append(self.items.row_at(index).id)
                    look(index)

        look(QModelIndex())
        return found

    def _open_first_rows(self) -> None:
        for number in range(self.items.rowCount()):
            group = self.items.index(number, 0)
            self.tree.expand(group)
            title = self.items.row_at(group).text
            most = {"CHARACTERS": 2, "SCENES": 3}.get(title, 0)
            for child in range(min(most, self.items.rowCount(group))):
                self.tree.expand(self.items.index(child, 0, group))

    @Slot(QModelIndex)
    def _show_current(self, index: QModelIndex) -> None:
        row = self.items.row_at(index) if index.isValid() else None
        evidence = row.evidence if row else None
        words = " ".join(evidence.quote.split()) if evidence else ""
        self.quote.setText(f"“{words[:220]}{'…' if len(words) > 220 else ''}”" if words else "")
        self.quote.setVisible(bool(words))
        self.source.setText(f"{row.text} · {evidence_words(evidence)}" if row and evidence else "")
        self.source.setVisible(bool(evidence))
        self.evidence_chosen.emit(evidence)
        if row is not None and row.kind is not Kind.GROUP:
            self._stage.choose_item(row.id)
        if row and row.kind is Kind.SHOT and row.shot_id and not self._following:
            self._stage.show_shot(row.shot_id)
        if self._stage.film is not None:
            self._show_buttons(self._stage.film)

    def _show_buttons(self, film: FilmSnapshot) -> None:
        row = self._current_row()
        here = row is not None and any(item.is_proposed for item in (row, *row.children))
        self.edit.setEnabled(row is not None and row.kind is Kind.CONSTRAINT)
        self.settle.setEnabled(here)
        proposed = len(film.proposed())
        self.settle_all.setEnabled(bool(proposed))
        self.settle_all.setText(f"Settle all {proposed:,}" if proposed else "Settle all")
