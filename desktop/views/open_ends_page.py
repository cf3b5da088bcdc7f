"""What is open in the scene graph: contradictions, drift, gaps, what is proposed, with a way to each."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.claims import lines_behind
from desktop.fault_words import marked_words
from desktop.list_keys import OPEN_ENDS
from desktop.shaping.remedy_forms import remedy_words
from desktop.stage import Stage
from desktop.translating import marked, plural, tr
from desktop.views.own_keys import takes_own
from desktop.views.parts import KeyButton, elided, label
from desktop.wording import value_words
from storage.domain.findings import Remedy
from storage.domain.open_ends import OpenEnd, Sort
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam

_HEAD_PX, _ROW_PX = 30, 42
_MOST_KEPT = 3
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLOURS = {
    Sort.CONTRADICTION: theme.RED, Sort.DRIFT: theme.RED, Sort.GAP: theme.AMBER, Sort.PROPOSED: theme.VIOLET,
}  # fmt: skip
_TITLES = {
    Sort.CONTRADICTION: marked("CONTRADICTIONS"),
    Sort.DRIFT: marked("DRIFT FROM THE SCREENPLAY"),
    Sort.GAP: marked("GAPS"),
    Sort.PROPOSED: marked("PROPOSED"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    sort: Sort
    number: int


class OpenEndsModel(QAbstractListModel):
    """The open ends of a scene graph, under a head for each sort."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[_Head | OpenEnd] = []

    def show_ends(self, ends: tuple[OpenEnd, ...]) -> None:
        """Show these."""
        numbers = Counter(end.sort for end in ends)
        rows: list[_Head | OpenEnd] = []
        for sort, number in numbers.items():
            rows.append(_Head(sort=sort, number=number))
            rows += [end for end in ends if end.sort is sort]
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def end_at(self, index: _Index) -> OpenEnd | None:
        """What stands there; None for a head or nothing."""
        row = self.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, OpenEnd) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.end_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(100, _HEAD_PX if isinstance(row, _Head) else _ROW_PX)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if isinstance(row, _Head):
                return f"{tr(_TITLES[row.sort])} {row.number}"
            return f"{tr(row.sentence)} {tr(row.way)}"
        return None


class _Painter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, OpenEndsModel)
        row = model.rows[index.row()]
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if isinstance(row, _Head):
            painter.setFont(theme.font(theme.SMALL_PT, strong=True))
            painter.setPen(theme.SOFT)
            place = rect.adjusted(4, 8, -12, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, tr(_TITLES[row.sort]))
            painter.setPen(theme.FAINT)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{row.number:,}")
        else:
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            self._paint_end(painter, rect.adjusted(0, 1, 0, -1), row, is_chosen=is_chosen)
        painter.restore()

    def _paint_end(self, painter: QPainter, rect: QRect, end: OpenEnd, *, is_chosen: bool) -> None:
        painter.fillRect(rect, theme.SELECTED if is_chosen else theme.PANEL)
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), _COLOURS[end.sort])
        proposed = end.sort is Sort.PROPOSED
        inside = rect.adjusted(14, 3, -12, -3)
        half = inside.height() // 2
        painter.setFont(theme.font(italic=proposed))
        painter.setPen(theme.VIOLET if proposed else theme.TEXT)
        upper = QRect(inside.left(), inside.top(), inside.width(), half)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, elided(painter, tr(end.sentence), inside.width()))
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.SOFT)
        lower = QRect(inside.left(), inside.top() + half, inside.width(), half)
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, elided(painter, tr(end.way), inside.width()))


class OpenEndsList(QListView):
    """A list that keeps the keys that walk it, and those of what can be done with a row, while it has the focus.

    Signals:
        offer_wanted: the edit that is offered first.
    """

    offer_wanted = Signal()

    def event(self, event: QEvent) -> bool:
        return takes_own(event, OPEN_ENDS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.offer_wanted.emit()
        else:
            super().keyPressEvent(event)


class OpenEndsPage(QWidget):
    """Lists what is open; choosing one chooses what it is about in all views.

    Signals:
        item_opened: go to this item: it is to be edited.
        settle_wanted: with the ids of proposed constraints.
        keep_wanted: of two constraints that contradict each other, the one to keep and the other.
        remedy_wanted: with the edit that is offered, to be costed and made.
        line_wanted: the line of the screenplay that it is about is to be shown.

    Args:
        stage: what is chosen.
    """

    item_opened = Signal(str)
    settle_wanted = Signal(list)
    keep_wanted = Signal(str, str)
    remedy_wanted = Signal(object)
    line_wanted = Signal()

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._shown: tuple[OpenEnd, ...] | None = None
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.summary = label("")
        self.summary.setWordWrap(True)
        self.summary.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.model = OpenEndsModel(self)
        self.list = OpenEndsList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(tr("Open ends"))
        self.list.setObjectName("ends")
        self.go = KeyButton("Go to it", "Enter")
        self.settle = KeyButton("Settle", "S", action="settle")
        self.settle_all = KeyButton("Settle all", "⇧S", action="settle_all")
        self.line = KeyButton("Its line", "^J", action="item_line")
        self._offers = QHBoxLayout()
        self._offers.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.go, self.line, self.settle, self.settle_all):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 20, 8)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._offers)
        layout.addLayout(buttons)
        self.line.clicked.connect(self.line_wanted)
        self.list.offer_wanted.connect(self._take_offer)
        self.go.clicked.connect(self._open_chosen)
        self.settle.clicked.connect(self._settle_chosen)
        self.settle_all.clicked.connect(self._settle_everything)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._open_chosen)
        stage.film_changed.connect(self.show_film)

    @property
    def chosen(self) -> OpenEnd | None:
        """The one that the buttons are about."""
        return self.model.end_at(self.list.currentIndex())

    @Slot()
    def show_film(self) -> None:
        """Show what is open now; the place in the list stays, so that one is settled after the other."""
        film = self._stage.film
        ends = film.open_ends() if film else ()
        if film is None or film.view is None or ends is self._shown or not self.isVisible():
            return
        self._shown = ends
        number = self.list.currentIndex().row()
        self.model.show_ends(ends)
        self.summary.setText(summary_words(ends, is_read=film.script_findings is not None))
        if self.model.rows and number >= 0:
            places = [place for place, row in enumerate(self.model.rows) if isinstance(row, OpenEnd)]
            nearest = next((place for place in places if place >= number), places[-1])
            self.list.setCurrentIndex(self.model.index(nearest))
        self._show_buttons()

    def take_keys(self) -> None:
        """Give the keys to the list, on its first row where none is chosen."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.chosen is None and len(self.model.rows) > 1:
            self.list.setCurrentIndex(self.model.index(1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_film()

    @Slot()
    def _choose(self) -> None:
        end = self.chosen
        if end is not None and self.isVisible():
            self._stage.choose_item(self._item_of(end))
            if end.finding_key and self._stage.spot.seam is Seam.SCRIPT:
                self._stage.choose_finding(end.finding_key)
        self._show_buttons()

    @Slot()
    def _open_chosen(self) -> None:
        if self.chosen is not None and self._item_of(self.chosen):
            self.item_opened.emit(self._item_of(self.chosen))

    @Slot()
    def _take_offer(self) -> None:
        item = self._offers.itemAt(0)
        widget = item.widget() if item is not None else None
        if isinstance(widget, QPushButton):
            widget.click()

    @Slot()
    def _settle_chosen(self) -> None:
        end = self.chosen
        if end is not None and end.sort is Sort.PROPOSED:
            self.settle_wanted.emit(list(end.constraint_ids))

    @Slot()
    def _settle_everything(self) -> None:
        film = self._stage.film
        if film is not None and film.proposed():
            self.settle_wanted.emit([constraint.id for constraint in film.proposed()])

    def _item_of(self, end: OpenEnd) -> str:
        if end.sort is Sort.DRIFT:
            return end.subject
        alone = len(end.constraint_ids) == 1 or end.sort is Sort.CONTRADICTION
        return end.constraint_ids[0] if end.constraint_ids and alone else end.subject

    @property
    def chosen_line(self) -> int:
        """The line of the screenplay that what is chosen here speaks of; 0 where none does."""
        end, view = self.chosen, self._stage.film.view if self._stage.film else None
        if end is None or view is None:
            return 0
        return end.line or next(iter(lines_behind(view, self._item_of(end))), 0)

    def _show_buttons(self) -> None:
        end, film = self.chosen, self._stage.film
        self.go.setEnabled(end is not None and bool(self._item_of(end)))
        line = self.chosen_line
        self.line.setEnabled(bool(line))
        self.line.setText(tr("Line {line}", line=f"{line:,}") if line else tr("Its line"))
        self.settle.setEnabled(end is not None and end.sort is Sort.PROPOSED)
        proposed = len(film.proposed()) if film else 0
        self.settle_all.setEnabled(bool(proposed))
        self.settle_all.setText(plural("Settle all {n}", "Settle all {n}", proposed) if proposed else tr("Settle all"))
        while (item := self._offers.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if end is None or film is None or film.view is None:
            return
        if end.sort is Sort.CONTRADICTION:
            ids = end.constraint_ids[:_MOST_KEPT]
            for kept in ids:
                self._offers.addWidget(self._keep_button(kept, next(each for each in ids if each != kept)))
        elif end.remedy is not None:
            self._offers.addWidget(self._remedy_button(end.remedy, tr(end.way)))
        self._offers.addStretch(1)

    def _keep_button(self, kept: str, gone: str) -> QPushButton:
        assert self._stage.film is not None and self._stage.film.view is not None
        constraint = self._stage.film.view.graph.constraints[ConstraintId(kept)]
        line = constraint.evidence.first_line
        keep = tr("Keep {value}", value=value_words(constraint))
        words = f"{keep} · {tr('line {line}', line=line)}" if line else keep
        button = self._offer(words, tr("Merge the other into this one"))
        button.setAccessibleName(keep)
        button.clicked.connect(lambda: self.keep_wanted.emit(kept, gone))
        return button

    def _remedy_button(self, remedy: Remedy, way: str) -> QPushButton:
        button = self._offer(remedy_words(remedy), way)
        button.clicked.connect(lambda: self.remedy_wanted.emit(remedy))
        return button

    def _offer(self, words: str, tip: str) -> KeyButton:
        """A button of the row over the others; Space takes the first."""
        button = KeyButton(words, "" if self._offers.count() else "Space")
        button.setToolTip(tip)
        return button


def summary_words(ends: tuple[OpenEnd, ...], *, is_read: bool = True) -> str:
    """How much is open: "2 contradictions · 3 drifts · 5 gaps · 12 proposed".

    Args:
        is_read: the critic has held this revision against the screenplay.
    """
    proposed = sum(len(end.constraint_ids) for end in ends if end.sort is Sort.PROPOSED)
    gaps = sum(end.sort is Sort.GAP for end in ends)
    parts = [
        marked_words(ends),
        plural("{n} gap", "{n} gaps", gaps) if gaps else "",
        plural("{n} proposed", "{n} proposed", proposed) if proposed else "",
    ]
    told = " · ".join(filter(None, parts)) or tr("Nothing is open.")
    return told if is_read else f"{told} · {tr('The critic has yet to read it.')}"
