"""The page of the revisions: what was done, by whom, when; any two side by side; and one of them brought back."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.graph.revisions import Comparison, Revision
from desktop.list_keys import REVISIONS
from desktop.shaping.wishes import CostOfEdit, GraphWish, wish_to
from desktop.stage import Stage
from desktop.translating import plural, tr
from desktop.views.ask_strip import AskStrip
from desktop.views.own_keys import WALKING, takes_key, takes_own
from desktop.views.parts import PressableButton, label
from desktop.views.revision_models import ComparisonDelegate, ComparisonModel, RevisionDelegate, RevisionModel
from desktop.wording import cost_words
from storage.graph_commands import GraphCommands

_WIDE_PX = 640


class _List(QListView):
    """A list that keeps the keys that walk it."""

    def event(self, event: QEvent) -> bool:
        return takes_own(event, REVISIONS) or super().event(event)


class _Choice(QComboBox):
    """A choice that keeps the keys that walk it."""

    def event(self, event: QEvent) -> bool:
        return takes_key(event, (*WALKING, Qt.Key.Key_Space)) or super().event(event)


class _Table(QTreeView):
    """A table that keeps the keys that walk it."""

    entered_row = Signal()

    def event(self, event: QEvent) -> bool:
        return takes_own(event, REVISIONS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)


class RevisionsPage(QWidget):
    """Revisions of the scene graph.

    Signals:
        wanted: the list of revisions is to be read.
        compare_wanted: two revisions are, the earlier first.
        cost_wanted: with a `GraphWish` to bring a revision back; answer with `show_cost` or `show_refusal`.
        restore_wanted: it is to be brought back, with the `CostOfEdit`.

    Args:
        stage: what is different is chosen there.
    """

    wanted = Signal()
    compare_wanted = Signal(int, int)
    cost_wanted = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._read_of = 0
        self._asked: tuple[int, int] = (0, 0)
        self._wish: GraphWish | None = None
        self._known: CostOfEdit | None = None
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.revisions = RevisionModel()
        self.list = _List()
        self.list.setModel(self.revisions)
        self.list.setItemDelegate(RevisionDelegate(self.list))
        self.list.setAccessibleName(tr("Revisions of the scene graph"))
        self.list.setMinimumWidth(170)
        self.title = label("")
        self.against = _Choice()
        self.against.setAccessibleName(tr("Compare with"))
        self.against.setMinimumWidth(120)
        self.restore = PressableButton("Restore…")
        self.comparison = ComparisonModel()
        self.table = _Table()
        self.table.setModel(self.comparison)
        self.table.setAccessibleName(tr("What is different"))
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setItemDelegate(ComparisonDelegate(self.table))
        header = self.table.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sentence = label("", "soft")
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumHeight(40)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.ask = AskStrip(tr("Restore it"))
        self._lay_out()
        self._connect()
        self._show_choice()

    @Slot()
    def show_film(self) -> None:
        """Read the list again where the scene graph is another one and somebody looks."""
        film = self._stage.film
        if film is not None and film.revision != self._read_of and self.isVisible():
            self._read_of = film.revision
            self._wish = self._known = None
            self.ask.hide()
            self.wanted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_film()

    @Slot(object)
    def show_revisions(self, revisions: tuple[Revision, ...]) -> None:
        """Show the revisions; who looked at the newest looks at the newest."""
        chosen = self._chosen()
        newest = self.revisions.revisions[0].number if self.revisions.revisions else 0
        self.revisions.show_revisions(revisions)
        row = 0 if chosen is None or chosen.number == newest else max(0, self.revisions.row_of(chosen.number))
        self.list.setCurrentIndex(self.revisions.index(row))
        if not revisions:
            self._show_choice()

    @Slot(object)
    def show_comparison(self, comparison: Comparison) -> None:
        """Show two revisions side by side, unless others were asked for meanwhile."""
        if (comparison.before, comparison.after) != self._asked:
            return
        self.comparison.show_comparison(comparison)
        number = len(comparison.rows)
        told: list[str] = []
        if number:
            told.append(
                plural(
                    "{n} thing is different: choose one to read it.",
                    "{n} things are different: choose one to read it.",
                    number,
                )
            )
        if comparison.other_evidence:
            told.append(
                plural(
                    "{n} thing rests on other lines of the screenplay.",
                    "{n} things rest on other lines of the screenplay.",
                    comparison.other_evidence,
                )
            )
        self._show_sentence(" ".join(told) or tr("Nothing is different."))

    @Slot(object)
    def show_cost(self, edit: CostOfEdit) -> None:
        """Say what bringing a revision back would turn stale, and ask."""
        chosen = self._chosen()
        if edit.wish != self._wish or chosen is None:
            return
        self._known = edit
        self.ask.ask(
            tr("Restore revision {number}: {label}", number=chosen.number, label=chosen.label), cost_words(edit.cost)
        )

    @Slot(object, str, str)
    def show_refusal(self, wish: GraphWish, sentence: str, action: str) -> None:
        """Say why a revision cannot be brought back."""
        if wish == self._wish:
            self._show_sentence(f"{sentence} {action}")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 16, 4)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.against)
        head.addStretch(1)
        head.addWidget(self.restore)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.sentence.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.sentence)
        column.addWidget(self.ask)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.list)
        halves.addWidget(right)
        halves.setSizes([240, 560])
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(halves)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._show_choice)
        self.against.activated.connect(self._compare)
        self.table.selectionModel().currentChanged.connect(self._show_row)
        self.table.entered_row.connect(self._choose_row)
        self.table.clicked.connect(self._choose_row)
        self.restore.clicked.connect(self._ask_cost)
        self.ask.confirmed.connect(self._restore)
        self.ask.cancelled.connect(self.list.setFocus)
        self._stage.film_changed.connect(self.show_film)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_restore()

    def _name_restore(self) -> None:
        chosen = self._chosen()
        words = tr("Restore revision {number}…", number=chosen.number) if chosen else tr("Restore…")
        self.restore.setText(words if self.width() >= _WIDE_PX else tr("Restore…"))
        self.restore.setToolTip(words)

    def _chosen(self) -> Revision | None:
        index = self.list.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    @Slot()
    def _show_choice(self) -> None:
        """Compare the chosen revision with the one before it, until another is asked for."""
        chosen = self._chosen()
        self._wish = self._known = None
        self.ask.hide()
        self.against.clear()
        others = [each for each in self.revisions.revisions if chosen is not None and each.number != chosen.number]
        for each in others:
            self.against.addItem(tr("revision {number} · {label}", number=each.number, label=each.label), each.number)
        before = next(
            (row for row, each in enumerate(others) if chosen and each.number < chosen.number), len(others) - 1
        )
        self.against.setCurrentIndex(before)
        self.against.setVisible(bool(others))
        self.title.setText(
            tr("Revision {number} against", number=chosen.number) if others and chosen else tr("The first revision")
        )
        newest = self.revisions.revisions[0].number if self.revisions.revisions else 0
        self.restore.setEnabled(chosen is not None and chosen.number != newest)
        self._name_restore()
        if others:
            self._compare()
        else:
            self.comparison.show_comparison(None)
            nothing = (
                tr("There is no scene graph yet.") if chosen is None else tr("There is nothing to compare it with yet.")
            )
            self._show_sentence(nothing)

    @Slot()
    def _compare(self) -> None:
        chosen, other = self._chosen(), self.against.currentData()
        if chosen is not None and other is not None:
            self._asked = (min(chosen.number, other), max(chosen.number, other))
            self.comparison.show_comparison(None)
            self._show_sentence(tr("Comparing…"))
            self.compare_wanted.emit(*self._asked)

    @Slot(QModelIndex)
    def _show_row(self, index: QModelIndex) -> None:
        row = self.comparison.row_at(index.row()) if index.isValid() else None
        if row is not None:
            self._show_sentence(tr(row.sentence))

    @Slot()
    def _choose_row(self) -> None:
        row = self.comparison.row_at(self.table.currentIndex().row())
        if row is not None and row.item_id:
            self._stage.choose_item(row.item_id)

    @Slot()
    def _ask_cost(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._show_sentence(tr("Working out what it would cost…"))
            self._wish = wish_to(GraphCommands.restore, chosen.number)
            self.cost_wanted.emit(self._wish)

    @Slot()
    def _restore(self) -> None:
        if self._known is not None:
            self.list.setFocus()
            self.restore_wanted.emit(self._known)

    def _show_sentence(self, words: str) -> None:
        self.sentence.setText(words)
        self.sentence.setAccessibleName(words)
