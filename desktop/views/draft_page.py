"""The page of a new draft: what it changes scene by scene, what stays approved, and take it in or leave it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.graph.draft import (
    DraftAnswer,
    plain_rows,
    scene_survival_words,
    scenes_words,
    survival_words,
    texts_side_by_side,
)
from desktop.list_keys import NEW_DRAFT
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.translating import marked, plural, tr
from desktop.views.draft_models import DraftDelegate, DraftModel, DraftRow
from desktop.views.own_keys import takes_key, takes_own
from desktop.views.parts import KeyButton, PressableButton, label, quiet_button
from desktop.wording import cost_words
from storage.domain.draft_merge import Fate

_ABOUT = marked(
    "A new draft is read and compared with the last one, scene by scene. Your own work stays where the draft leaves it"
    " alone, and what was drawn stays approved where nothing that it rests on has changed. Nothing is changed before"
    " you take it in."
)
_MANY_SCENES = 12


class _List(QListView):
    """A list that keeps the keys that walk it."""

    def event(self, event: QEvent) -> bool:
        return takes_own(event, NEW_DRAFT) or super().event(event)


class DraftPage(QWidget):
    """A new draft of the open film's screenplay.

    Signals:
        choose_wanted: a file is to be chosen.
        read_wanted: a screenplay is to be read as a new draft.
        film_wanted: it is to become a film of its own.
        cancel_wanted: the reading is to be ended.
        take_wanted: what was read is to be taken in.
        left: it is not; whoever came here may go back.

    Args:
        stage: has the film.
    """

    choose_wanted = Signal()
    read_wanted = Signal(Path)
    film_wanted = Signal(Path)
    cancel_wanted = Signal()
    take_wanted = Signal()
    left = Signal()

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._name = ""
        self._asked_about = Path()
        self._answer: DraftAnswer | None = None
        self._is_counted = True
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = QStackedWidget()
        self._word = self._make_word()
        self._result = self._make_result()
        self._pages.addWidget(self._word)
        self._pages.addWidget(self._result)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._pages)
        stage.film_changed.connect(self._count_again)
        self.show_nothing()

    @Slot()
    def show_nothing(self) -> None:
        """Say what a new draft is, and offer to choose one."""
        self._say(
            tr("A new draft of the screenplay"),
            f"{tr(_ABOUT)} {tr('Choose one, or drop it on the window.')}",
            self.choose,
        )

    def ask(self, screenplay: Path) -> None:
        """Ask what a screenplay is: a new draft of this film, or a new film."""
        self._asked_about = screenplay
        film = self._stage.film
        title = f"“{film.title}”" if film is not None and film.title else tr("this film")
        self._say(
            tr("What is {name}?", name=screenplay.name),
            tr(
                "It can be a new draft of {title}, which stays open, or become a film of its own beside the file.",
                title=title,
            ),
            self.is_draft, self.is_film, self.leave,
        )  # fmt: skip
        self.is_draft.setFocus()

    def show_reading(self, name: str) -> None:
        """Say that a draft is being read."""
        self._name = name
        self._say(
            tr("Reading {name}…", name=name),
            tr("It is compared with the last draft and with your own work."),
            self.cancel,
        )
        self.cancel.setFocus()

    @Slot(str, str)
    def show_failure(self, sentence: str, action: str) -> None:
        """Say why there is no draft."""
        self._say(sentence, action, self.choose, self.leave)
        self.choose.setFocus()

    @Slot(object)
    def show_answer(self, answer: DraftAnswer) -> None:
        """Show what the draft would make of the film, and what it would cost."""
        film = self._stage.film
        if film is None:
            return
        self._answer = answer
        differs = any(row.fate is not Fate.KEPT for row in answer.scenes)
        hides = differs and len(answer.scenes) > _MANY_SCENES
        self.only_changes.setChecked(hides)
        self._count_approvals(film, answer)
        self.only_changes.setText(plural("Hide {n} kept scene", "Hide {n} kept scenes", self.scenes.num_kept))
        self.only_changes.setVisible(bool(self.scenes.num_kept) and differs)
        self.title.setText(f"{self._name}: {scenes_words(answer.scenes)}")
        number = len(answer.contradictions)
        self.contradictions.setText("\n".join(f"≠ {sentence}" for sentence in answer.contradictions[:3]))
        if number > 3:
            self.contradictions.setText(
                tr(
                    "{text}\n… and {n} more, as their tooltip says",
                    text=self.contradictions.text(),
                    n=f"{number - 3:,}",
                )
            )
        self.contradictions.setToolTip("\n".join(answer.contradictions))
        self.contradictions.setVisible(bool(number))
        self.take.setEnabled(True)
        self._pages.setCurrentWidget(self._result)
        first = next((n for n, row in enumerate(self.scenes.rows) if row.scene.fate is not Fate.KEPT), 0)
        self.list.setCurrentIndex(self.scenes.index(first))
        self.list.setFocus()
        self._show_scene()

    def _count_approvals(self, film: FilmSnapshot, answer: DraftAnswer) -> None:
        """Say which approvals stay; of a long film only once all of it was read."""
        self._is_counted = not film.num_unread
        rows = [
            DraftRow(
                scene=row,
                survives=scene_survival_words(film, answer.cost, row.scene_id) if self._is_counted else "",
            )
            for row in answer.scenes
        ]
        self.scenes.show_rows(rows, only_changes=self.only_changes.isChecked())
        stays = survival_words(film, answer.cost) if self._is_counted else tr("Counting what stays approved…")
        self.survival.setText(f"{stays} {cost_words(answer.cost)}")

    @Slot()
    def _count_again(self) -> None:
        film, answer = self._stage.film, self._answer
        if film is not None and answer is not None and not self._is_counted and not film.num_unread:
            row = self.list.currentIndex().row()
            self._count_approvals(film, answer)
            self.list.setCurrentIndex(self.scenes.index(max(0, row)))

    def show_taking(self) -> None:
        """Say that it is being taken in."""
        self.take.setEnabled(False)
        self._say(tr("Taking in {name}…", name=self._name), tr("It is one decision: Ctrl+Z takes it back."))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_take(event):
            event.accept()
            return True
        return takes_key(event, (Qt.Key.Key_Escape,)) or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._answer is not None:
            # Rich text holds the colours that it was written in.
            self._show_scene()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_out()
        elif _is_take(event) and self._pages.currentWidget() is self._result:
            self.take.click()
        else:
            super().keyPressEvent(event)

    def _make_word(self) -> QWidget:
        page = QWidget()
        self.heading = label("")
        self.heading.setFont(theme.font(theme.LARGE_PT, strong=True))
        self.heading.setWordWrap(True)
        self.about = label("", "soft")
        self.about.setWordWrap(True)
        self.choose = PressableButton("Choose a new draft…")
        self.is_draft = PressableButton("A new draft of this film")
        self.is_film = PressableButton("A new film")
        self.leave = KeyButton("Leave it", "Esc")
        self.cancel = KeyButton("Cancel", "Esc")
        self.choose.clicked.connect(self.choose_wanted)
        self.is_draft.clicked.connect(lambda: self.read_wanted.emit(self._asked_about))
        self.is_film.clicked.connect(self._make_film)
        self.leave.clicked.connect(self._step_out)
        self.cancel.clicked.connect(self._step_out)
        buttons = QHBoxLayout()
        for button in (self.choose, self.is_draft, self.is_film, self.leave, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(10)
        for widget in (self.heading, self.about):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addLayout(buttons)
        card = QWidget()
        card.setMaximumWidth(560)
        card.setLayout(column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 8)
        across.addStretch(1)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)
        return page

    def _make_result(self) -> QWidget:
        page = QWidget()
        self.title = label("")
        self.title.setFont(theme.font(strong=True))
        self.title.setWordWrap(True)
        self.only_changes = quiet_button("Hide kept scenes", "Show only scenes that differ", checkable=True)
        self.scenes = DraftModel()
        self.list = _List()
        self.list.setModel(self.scenes)
        self.list.setItemDelegate(DraftDelegate(self.list))
        self.list.setAccessibleName(tr("Scenes of both drafts"))
        self.list.setMinimumWidth(200)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(tr("Old and new text"))
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.viewport().setAutoFillBackground(False)
        self.survival = label("", "soft")
        self.survival.setWordWrap(True)
        self.contradictions = label("", "problem")
        self.contradictions.setWordWrap(True)
        self.take = KeyButton("Take it in", "Ctrl+Enter")
        self.take.setObjectName("needs")
        self.refuse = KeyButton("Leave it", "Esc")
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 6)
        head.addWidget(self.title, 1)
        head.addWidget(self.only_changes)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.list)
        halves.addWidget(self.text)
        halves.setSizes([260, 560])
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(2)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.contradictions)
        told.addWidget(self.survival)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(8)
        foot.addLayout(told, 1)
        foot.addWidget(self.take, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.refuse, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(halves, 1)
        column.addLayout(foot)
        self.only_changes.toggled.connect(self._hide_kept)
        self.list.selectionModel().currentChanged.connect(self._show_scene)
        self.take.clicked.connect(self.take_wanted)
        self.refuse.clicked.connect(self._step_out)
        return page

    def _say(self, heading: str, about: str, *buttons: QWidget) -> None:
        self.heading.setText(heading)
        self.about.setText(about)
        for button in (self.choose, self.is_draft, self.is_film, self.leave, self.cancel):
            button.setVisible(button in buttons)
        self._pages.setCurrentWidget(self._word)

    @Slot(bool)
    def _hide_kept(self, hidden: bool) -> None:
        index = self.list.currentIndex()
        chosen = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        self.scenes.show_only_changes(hidden)
        row = self.scenes.rows.index(chosen) if chosen in self.scenes.rows else 0
        self.list.setCurrentIndex(self.scenes.index(row))

    @Slot(QModelIndex)
    def _show_scene(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            self.text.clear()
            return
        row: DraftRow = index.data(Qt.ItemDataRole.UserRole)
        self.text.setHtml(texts_side_by_side(row.scene))
        self.text.setAccessibleName(tr("Old and new text of scene {number}", number=row.scene.number))
        self.text.setAccessibleDescription("\n".join(plain_rows(row.scene)) or tr("Nothing differs."))

    @Slot()
    def _make_film(self) -> None:
        self.show_nothing()
        self.film_wanted.emit(self._asked_about)

    @Slot()
    def _step_out(self) -> None:
        """Leave what is asked, read or shown; a draft that is being taken in is not interrupted."""
        if self._pages.currentWidget() is self._word and not (self.leave.isVisible() or self.cancel.isVisible()):
            return
        self.cancel_wanted.emit()
        self._answer = None
        self.show_nothing()
        self.left.emit()


def _is_take(event: QEvent) -> bool:
    """Whether a key is Ctrl+Enter."""
    if not isinstance(event, QKeyEvent) or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
