"""The left column: the outline of the scene graph, what a claim rests on, and the edit that is being typed."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.shaping.add_forms import add_form
from desktop.shaping.edit_forms import edit_form
from desktop.shaping.join_forms import delete_form, merge_form, split_form
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.translating import plural, tr
from desktop.views.edit_panel import EditPanel, MakeForm
from desktop.views.graph_items import GraphItemModel, Kind, Row
from desktop.views.graph_rows import GraphDelegate, GraphTreeView
from desktop.views.parts import ElidedLabel, KeyButton, label
from desktop.views.popup import popup_menu
from desktop.views.search_line import SearchLine
from desktop.wording import evidence_words
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam

_OPENED_AT_MOST = 60
_MANY_SHOTS, _OPENS_AFTER_MS = 1000, 30
_KIND_OF_GROUP = {"CHARACTERS": "character", "SETTINGS": "setting", "PROPS": "prop", "SCENES": "scene"}


class GraphTree(QWidget):
    """The left column.

    Args:
        stage: follows the item and the shot that are chosen here, and the other way round.
    """

    settle_wanted = Signal(list)
    open_ends_wanted = Signal()

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._following = False
        self._is_open = False
        self._wanted = ""
        self._opened: list[str] = []
        self._menu_actions: Sequence[QAction | None] = ()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.items = GraphItemModel(self)
        self.search = SearchLine("Find in the scene graph")
        self.tree = GraphTreeView()
        self.tree.setModel(self.items)
        self.tree.setItemDelegate(GraphDelegate(self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(False)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.setAccessibleName(tr("Scene graph"))
        self.empty = label("Reading the screenplay…", "faint")
        self.empty.setContentsMargins(14, 14, 14, 0)
        self.empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.quote = label("", "soft")
        self.quote.setWordWrap(True)
        self.quote.setFont(theme.font(italic=True))
        self.source = ElidedLabel()
        self.source.setObjectName("faint")
        self.source.setFont(theme.font(theme.SMALL_PT))
        self.edit = KeyButton("Edit", "F2", action="edit_item")
        self.add = KeyButton("Add", "Ins", action="add_item")
        self.merge = KeyButton("Merge", "^M", action="merge_items")
        self.split = KeyButton("Split", "^D", action="split_item")
        self.delete = KeyButton("Delete", "Del", action="delete_item")
        self.settle = KeyButton("Settle", "S", action="settle")
        self.open_ends = KeyButton("Open ends", "⇧O", action="open_ends")
        self.panel = EditPanel()
        self._lay_out()
        self._connect()
        self._show_current(QModelIndex())

    @Slot()
    def show_film(self) -> None:
        """Show the stage's reading; what was open stays open, and what was chosen, or what stood beside it."""
        film = self._stage.film
        if film is None:
            return
        first = self.items.rowCount() == 0
        anew = self.items.revision != film.revision
        expanded = self._expanded() if anew else []
        wanted = [self._wanted, *self._nearby()] if anew else []
        if self.items.show_film(film):
            # The scenes of a long film are many rows to lay out: that is done in a turn of its own.
            self._is_open = not first or len(film.shots) < _MANY_SHOTS
            if not self._is_open:
                QTimer.singleShot(_OPENS_AFTER_MS, self._open_first)
            elif first:
                self._open_first_rows()
            self._open(expanded)
            index = next((each for each in map(self.items.index_of, filter(None, wanted)) if each.isValid()), None)
            self._wanted = ""
            if index is not None:
                self._go_to(index)
            self._tell_found()
        self.panel.show_film(film)
        self.empty.setText(tr("Reading the screenplay…") if film.view is None else tr("The scene graph is empty."))
        self.empty.setVisible(film.view is None or (not film.view.scenes and self.items.rowCount() == 0))
        self._show_buttons(film)

    @Slot()
    def show_shot(self) -> None:
        """Follow the stage to its shot."""
        shot_id = self._stage.spot.shot_id
        if shot_id and self._is_open and not self.tree.hasFocus():
            index = self.items.index_of(shot_id)
            if index.isValid() and self.tree.currentIndex() != index:
                self._go_to(index)

    @Slot()
    def _open_first(self) -> None:
        self._is_open = True
        self._open_first_rows()
        self.show_shot()

    @Slot()
    def show_item(self) -> None:
        """Follow the stage to the item that another view has chosen."""
        row = self._current_row()
        if row is None or row.id != self._stage.item_id:
            self._go_to(self.items.index_of(self._stage.item_id))
        if self._stage.film is not None:
            self._show_buttons(self._stage.film)
        self._follow_in_panel()

    def choose_after(self, item_id: str) -> None:
        """Choose an item as soon as a reading of the film has it."""
        self._wanted = item_id

    def show_actions(self, actions: Sequence[QAction | None]) -> None:
        """Offer these verbs, with their keys, in the menu of a row; None draws a line."""
        self._menu_actions = actions

    @Slot()
    def edit_current(self) -> None:
        """Edit what is chosen; where nothing is, give the tree the arrow keys."""
        item_id = self._stage.item_id
        if item_id:
            self.ask(lambda film: edit_form(film, item_id))
        if self.panel.form is None:
            self.tree.setFocus()

    @Slot()
    def add_here(self) -> None:
        """Add something to what is chosen, or beside it."""
        row = self._current_row()
        kind = _KIND_OF_GROUP.get(row.id, "") if row is not None and row.kind is Kind.GROUP else ""
        item_id = self._stage.item_id
        self.ask(lambda film: add_form(film, item_id, kind))

    @Slot()
    def merge_current(self) -> None:
        """Make what is chosen one with another."""
        item_id = self._stage.item_id
        self.ask(lambda film: merge_form(film, item_id))

    @Slot()
    def split_current(self) -> None:
        """Make two of what is chosen."""
        item_id = self._stage.item_id
        self.ask(lambda film: split_form(film, item_id))

    @Slot()
    def delete_current(self) -> None:
        """Delete what is chosen, once it is confirmed."""
        item_id = self._stage.item_id
        self.ask(lambda film: delete_form(film, item_id))

    def ask(self, make_form: MakeForm) -> None:
        """Open the panel for an edit."""
        if self._stage.film is not None:
            self.panel.open(make_form, self._stage.film)
            self._show_foot()

    @Slot()
    def settle_current(self) -> None:
        """Make what is proposed here the director's own."""
        ids = self._proposed_here()
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

    def _lay_out(self) -> None:
        self._foot = QWidget()
        grid = QGridLayout()
        grid.setSpacing(5)
        for number, button in enumerate((self.edit, self.add, self.delete, self.merge, self.split, self.settle)):
            grid.addWidget(button, number // 3, number % 3)
        grid.addWidget(self.open_ends, 2, 0, 1, 3)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(12, 6, 12, 10)
        foot.setSpacing(4)
        foot.addWidget(self.quote)
        foot.addWidget(self.source)
        foot.addLayout(grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.search)
        layout.addWidget(self.empty)
        beside = QHBoxLayout()
        beside.setContentsMargins(4, 0, 0, 0)
        beside.addWidget(self.tree)
        layout.addLayout(beside, 1)
        layout.addWidget(self.panel)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        self.tree.selectionModel().currentChanged.connect(self._show_current)
        self.tree.activated.connect(self._activate)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.search.words_changed.connect(self._search)
        self.search.step_wanted.connect(self._step_found)
        self.search.left.connect(self.tree.setFocus)
        for button, slot in (
            (self.edit, self.edit_current),
            (self.add, self.add_here),
            (self.merge, self.merge_current),
            (self.split, self.split_current),
            (self.delete, self.delete_current),
            (self.settle, self.settle_current),
        ):
            button.clicked.connect(slot)
        self.open_ends.clicked.connect(self.open_ends_wanted)
        self.panel.closed.connect(self._leave_panel)
        self._stage.film_changed.connect(self.show_film)
        self._stage.settled.connect(self.show_shot)
        self._stage.item_chosen.connect(self.show_item)

    @Slot()
    def _leave_panel(self) -> None:
        self._show_foot()
        self.tree.setFocus()

    def _show_foot(self) -> None:
        self._foot.setVisible(self.panel.form is None)

    def _follow_in_panel(self) -> None:
        """An edit in which nothing was typed yet is about what is chosen."""
        form, film, item_id = self.panel.form, self._stage.film, self._stage.item_id
        if form is None or film is None or not item_id or form.item_id == item_id or not self.panel.is_untouched:
            return
        if form.follows:
            self.panel.open(lambda film: edit_form(film, item_id), film, take_keys=False)

    @Slot(str)
    def _search(self, words: str) -> None:
        if words and not self._opened:
            self._opened = self._expanded()
        self.items.search(words)
        if words:
            found = self.items.found.ids if self.items.found else ()
            for number in range(self.items.rowCount()):
                self.tree.expand(self.items.index(number, 0))
            for item_id in found[:_OPENED_AT_MOST]:
                index = self.items.index_of(item_id).parent()
                while index.isValid():
                    self.tree.expand(index)
                    index = index.parent()
        else:
            self._open(self._opened)
            self._opened = []
        self.tree.scrollToTop()
        self._go_to(self.items.index_of(self._stage.item_id))
        self._tell_found()

    def _tell_found(self) -> None:
        found = self.items.found
        self.search.tell("" if found is None else plural("{n} found", "{n} found", len(found.ids)))

    @Slot()
    def _step_found(self) -> None:
        """Go to the next that was found; from the last to the first."""
        ids = self.items.found.ids if self.items.found else ()
        if ids:
            here = ids.index(self._stage.item_id) if self._stage.item_id in ids else -1
            self._go_to(self.items.index_of(ids[(here + 1) % len(ids)]))

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        index = self.tree.indexAt(place)
        if index.isValid():
            self.tree.setCurrentIndex(index)
        popup_menu(self, self._menu_actions, self.tree.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        """Enter or a double click: go to a shot, edit a constraint, open or close the rest."""
        row = self.items.row_at(index)
        if row.shot_id:
            self._stage.show_shot(row.shot_id)
        elif row.kind is Kind.CONSTRAINT:
            self.edit_current()
        else:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _current_row(self) -> Row | None:
        index = self.tree.currentIndex()
        return self.items.row_at(index) if index.isValid() else None

    def _nearby(self) -> list[str]:
        """What is chosen, then what stands beside it, then above."""
        row = self._current_row()
        ids: list[str] = [row.id] if row is not None else [self._stage.item_id]
        while row is not None and row.parent is not None:
            beside = row.parent.children
            ids += [each.id for each in (*beside[row.number + 1 :], *beside[: row.number][::-1])]
            row = row.parent
            if row.kind is not Kind.GROUP:
                ids.append(row.id)
        return ids

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

    def _open(self, row_ids: Sequence[str]) -> None:
        for row_id in row_ids:
            self.tree.expand(self.items.index_of(row_id))

    def _open_first_rows(self) -> None:
        for number in range(self.items.rowCount()):
            group = self.items.index(number, 0)
            self.tree.expand(group)
            title = self.items.row_at(group).id
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
        self.source.show_text(f"{row.text} · {evidence_words(evidence)}" if row and evidence else "")
        self.source.setVisible(bool(evidence))
        if row is not None and row.kind is not Kind.GROUP:
            self._stage.choose_item(row.id)
        # At the script seam the screenplay stays beside the outline: Enter goes to the shot.
        if row and row.shot_id and not self._following and self._stage.spot.seam is not Seam.SCRIPT:
            self._stage.show_shot(row.shot_id)
        if self._stage.film is not None:
            self._show_buttons(self._stage.film)

    def _proposed_here(self) -> list[ConstraintId]:
        """What is proposed in what is chosen, or of it."""
        film, item_id = self._stage.film, self._stage.item_id
        if film is None or film.view is None:
            return []
        constraint = film.view.graph.constraints.get(ConstraintId(item_id))
        about = [constraint] if constraint else film.view.constraints_of(item_id)
        return [each.id for each in about if each.is_proposed]

    def _show_buttons(self, film: FilmSnapshot) -> None:
        is_chosen = bool(self._stage.item_id) and film.view is not None
        for button in (self.edit, self.merge, self.split, self.delete):
            button.setEnabled(is_chosen)
        self.add.setEnabled(film.view is not None)
        self.settle.setEnabled(bool(self._proposed_here()))
        number = len(film.open_ends())
        self.open_ends.setEnabled(film.view is not None)
        self.open_ends.setText(tr("Open ends {n}", n=f"{number:,}") if number else tr("Nothing is open"))
