"""What rests on one line of the screenplay, as a small list to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from desktop.faults import NO_FAULTS, Faults
from desktop.shaping.names import spoken
from desktop.swatches import swatch_of
from desktop.translating import marked, tr
from desktop.views.graph_items import Kind, Row
from desktop.views.graph_rows import GraphDelegate
from desktop.views.parts import ElidedLabel
from desktop.wording import value_words
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Character, ConstraintId, Prop, Setting

_MOST_ROWS = 5
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class _Claims(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def index(self, row: int, column: int | None = 0, parent: _Index = _NOWHERE) -> QModelIndex:
        return self.createIndex(row, column or 0, self.rows[row]) if 0 <= row < len(self.rows) else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row: Row = index.internalPointer()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return " ".join(filter(None, (row.text, row.value, row.note)))
        return None


class ClaimList(QWidget):
    """A line of the screenplay and what rests on it.

    Signals:
        item_wanted: this one is chosen.
    """

    item_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel()
        self.words.setObjectName("soft")
        self._model = _Claims(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(GraphDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("What rests on this line"))
        self.list.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 2)
        layout.setSpacing(4)
        layout.addWidget(self.words)
        layout.addWidget(self.list)
        self.hide()

    def show_claims(
        self, words: str, view: GraphView, item_ids: Sequence[str], chosen: str, faults: Faults = NO_FAULTS
    ) -> None:
        """Show what rests on a line; nothing where there is nothing to say.

        Args:
            words: about the line.
            chosen: the one that is chosen now.
            faults: what is marked of them.
        """
        self.words.show_text(words)
        self._model.show_rows([_row(view, item_id, faults) for item_id in item_ids])
        self.list.setVisible(bool(item_ids))
        self.list.setFixedHeight(min(len(item_ids), _MOST_ROWS) * 24 + 4)
        if chosen in item_ids:
            index = self._model.index(list(item_ids).index(chosen))
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        self.setVisible(bool(words))

    @property
    def item_ids(self) -> list[str]:
        """What is listed."""
        return [row.id for row in self._model.rows]

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.item_wanted.emit(self._model.rows[index.row()].id)


def _row(view: GraphView, item_id: str, faults: Faults) -> Row:
    constraint = view.graph.constraints.get(ConstraintId(item_id))
    if constraint is not None:
        return Row(
            id=item_id,
            kind=Kind.CONSTRAINT,
            text=f"  {spoken(view, item_id)}",
            value=value_words(constraint),
            swatch=swatch_of(constraint.attribute, constraint.value),
            note=tr("proposed") if constraint.is_proposed else "",
            constraint=constraint,
            fault=faults.by_item.get(item_id),
        )
    graph = view.graph
    parts: tuple[tuple[str, dict[str, Character | Setting | Prop]], ...] = (
        (marked("character"), graph.characters), (marked("setting"), graph.settings), (marked("prop"), graph.props),
    )  # fmt: skip  # pyright: ignore[reportAssignmentType]
    noun = next((noun for noun, items in parts if item_id in items), "")
    return Row(id=item_id, kind=Kind.ENTITY, text=f"  {spoken(view, item_id)}", note=tr(noun))
