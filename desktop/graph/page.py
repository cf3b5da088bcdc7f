"""The page of the drawing: a bar to find, fold and zoom with, the drawing, and what is said of the chosen node."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.fault_words import marked_words
from desktop.faults import MARK
from desktop.graph.board import GraphBoard
from desktop.graph.facts import facts
from desktop.graph.net import net_of
from desktop.stage import Stage
from desktop.translating import plural, tr
from desktop.views.parts import ReadingArea, label, quiet_button
from desktop.views.popup import popup_menu
from storage.domain.scene_graph import ShotId

_FIND_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3)


class FindField(QLineEdit):
    """Where to type what to find.

    Signals:
        step_wanted: the next match (1), or the one before (-1).
        left: the keys are to go to what was found.
    """

    step_wanted = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _FIND_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _FIND_KEYS:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            self.step_wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)


class GraphPage(QWidget):
    """The scene graph as a drawing.

    Signals:
        told: something to say in the status strip.

    Args:
        stage: what is chosen here is chosen there, and the other way round.
    """

    told = Signal(str)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.board = GraphBoard()
        self.field = FindField()
        self.field.setPlaceholderText(tr("Find in the graph  /"))
        self.field.setAccessibleName(tr("Find in the scene graph"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(190)
        self.field.setMaximumWidth(230)
        self.number = label("", "soft")
        self.number.setFont(theme.figures(theme.SMALL_PT))
        self.facts = label("", "soft")
        self.facts.setWordWrap(True)
        self.facts.setAccessibleName(tr("What is chosen"))
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._matches: list[str] = []
        self._lay_out()
        self.field.textChanged.connect(self._find)
        self.field.step_wanted.connect(self.step)
        self.field.left.connect(self.board.setFocus)
        self.board.node_chosen.connect(stage.choose_item)
        self.board.node_opened.connect(self._open_shot)
        self.board.find_wanted.connect(self._take_keys)
        self.board.step_wanted.connect(self.step)
        self.board.changed.connect(self._show_zoom)
        stage.film_changed.connect(self.show_film)
        stage.item_chosen.connect(self.show_item)

    @Slot()
    def show_film(self) -> None:
        """Show the stage's reading, where somebody looks."""
        film = self._stage.film
        if film is None or film.view is None or not self.isVisible():
            return
        self.board.show_film(film, net_of(film.view))
        self._show_facts()
        if self.field.text():
            self._look_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_film()
        self.show_item()

    @Slot()
    def show_item(self) -> None:
        """Follow the stage to what is chosen, where somebody looks."""
        if not self.isVisible():
            return
        self.board.show_chosen(self._stage.item_id)
        self._show_facts()
        self._count()

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next match (1), or the one before (-1); from the last to the first."""
        if not self._matches:
            self.told.emit(
                tr("Nothing is found in the scene graph.") if self.field.text() else tr("Type what to find first.")
            )
            return
        here = self._stage.item_id
        index = self._matches.index(here) + by if here in self._matches else (0 if by > 0 else -1)
        self._stage.choose_item(self._matches[index % len(self._matches)])

    def _lay_out(self) -> None:
        before = quiet_button("↑", "Match before: Shift+Enter, Shift+F3")
        after = quiet_button("↓", "Next match: Enter, F3")
        fold = quiet_button("Fold all", "Fold everything")
        unfold = quiet_button("Unfold all", "Unfold every scene and whoever is in it: *")
        closer = quiet_button("+", "Closer: +, Ctrl and the wheel")
        wider = quiet_button("−", "Wider: −")
        self.zoom = quiet_button("100 %", "100 %")
        across = quiet_button("Width", "Fit the width")
        whole = quiet_button("Fit", "Fit all of it: 0")
        for button, slot in (
            (before, lambda: self.step(-1)),
            (after, lambda: self.step(1)),
            (fold, self.board.fold_all),
            (unfold, self.board.unfold_all),
            (closer, lambda: self.board.zoom_by(1.25)),
            (wider, lambda: self.board.zoom_by(0.8)),
            (self.zoom, lambda: self.board.zoom_by(1 / self.board.camera.scale)),
            (across, self.board.fit_across),
            (whole, self.board.fit),
        ):
            button.clicked.connect(slot)
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 6, 20, 4)
        bar.setSpacing(2)
        for widget in (self.field, before, after):
            bar.addWidget(widget)
        bar.addSpacing(6)
        bar.addWidget(self.number)
        bar.addStretch(1)
        for widget in (fold, unfold, wider, self.zoom, closer, across, whole):
            bar.addWidget(widget)
        self.more = quiet_button("More", "Fold, zoom and fit")
        self.more.clicked.connect(self._show_more)
        bar.addWidget(self.more)
        self._verbs = (fold, unfold, wider, self.zoom, closer, across, whole)
        self._more_actions = [QAction(button.accessibleName(), self) for button in self._verbs]
        for action, button in zip(self._more_actions, self._verbs, strict=True):
            action.triggered.connect(button.click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.board, 1)
        self.facts.setContentsMargins(11, 6, 11, 0)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._told = ReadingArea(tr("What is chosen"))
        self._told.column.addWidget(self.facts)
        layout.addWidget(self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= self._wide_px
        for button in self._verbs:
            button.setVisible(is_wide)
        self.more.setVisible(not is_wide)
        self._fit_facts()

    @property
    def _wide_px(self) -> int:
        """From which width on there is room for every button."""
        buttons = sum(button.sizeHint().width() + 2 for button in self._verbs)
        return self.field.minimumWidth() + buttons + 200

    def _fit_facts(self) -> None:
        """As high as its words, but never so high that the drawing is squeezed: then it scrolls."""
        words = self.facts.heightForWidth(max(120, self.width() - 26))
        self._told.setFixedHeight(max(44, min(words + 10, self.height() // 4)))

    @Slot()
    def _show_more(self) -> None:
        popup_menu(self, self._more_actions, self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot(str)
    def _find(self, text: str) -> None:
        self._look_up()
        if self._matches and self._stage.item_id not in self._matches:
            self._stage.choose_item(self._matches[0])

    def _look_up(self) -> None:
        net = self.board.net
        self._matches = list(net.find(self.field.text())) if net is not None else []
        self.board.show_found(self._matches)
        self._count()

    def _count(self) -> None:
        if not self.field.text():
            self.number.setText("")
        elif not self._matches:
            self.number.setText(tr("nothing found"))
        elif self._stage.item_id in self._matches:
            self.number.setText(
                tr(
                    "{place} of {n}",
                    place=f"{self._matches.index(self._stage.item_id) + 1:,}",
                    n=f"{len(self._matches):,}",
                )
            )
        else:
            self.number.setText(plural("{n} match", "{n} matches", len(self._matches)))

    def _show_facts(self) -> None:
        net, film = self.board.net, self._stage.film
        if net is None or film is None:
            return
        told = facts(net, self.board.chosen, film.faults())
        if not told:
            told = tr(
                "Choose something to see what it is tied to: click it, or ↑ ↓ in its column and ← → along its edges."
            )
            number = marked_words(film.open_ends())
            if number:
                told = f"{tr('{what}, marked {mark}.', what=number, mark=MARK)} {told}"
        self.facts.setText(told)
        self._fit_facts()
        self.facts.setAccessibleName(told)

    @Slot()
    def _show_zoom(self) -> None:
        self.zoom.setText(f"{self.board.camera.scale * 100:.0f} %")

    @Slot()
    def _take_keys(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    @Slot(str)
    def _open_shot(self, shot_id: str) -> None:
        self._stage.show_shot(ShotId(shot_id))
