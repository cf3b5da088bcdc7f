"""The page of settings: what holds in every film, and what belongs to the film that is open."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.film_settings import FilmSettings, FilmSettingsLink
from desktop.looks import Look
from desktop.player import SPEEDS
from desktop.preferences import SCALES, Preferences
from desktop.translating import marked, tr
from desktop.views.page import Page
from desktop.views.parts import PressableButton, label
from desktop.views.scrolled import scrolled

_LOOKS = {
    Look.DARK: marked("Dark"),
    Look.GREY: marked("Neutral grey, to judge colour in"),
    Look.LIGHT: marked("Light"),
}
_MOST_ATTEMPTS = 99


class _Choice(QComboBox):
    """A choice that the wheel scrolls past instead of changing it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SettingsPage(Page):
    """Everything that can be set, each with what it means.

    Args:
        preferences: what holds in every film.
        shown_scale: the scale that this window was started with, in per cent.

    Signals:
        look_wanted: carries the look, to be shown at once.
        director_named: another name was given.
        checkpoints_wanted: the way to the checkpoints was taken.
    """

    look_wanted = Signal(object)
    director_named = Signal()
    checkpoints_wanted = Signal()

    def __init__(self, preferences: Preferences, shown_scale: int, parent: QWidget | None = None) -> None:
        super().__init__(tr("Settings"), tr("What you change here holds at once, and is kept."), parent)
        self._preferences = preferences
        self._shown_scale = shown_scale
        self._link: FilmSettingsLink | None = None
        self._rows = 0
        self._grid = QGridLayout()
        self._grid.setColumnMinimumWidth(1, 250)
        self._grid.setColumnStretch(2, 1)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(9)
        self._make_user_part()
        self._make_film_part()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.body.addWidget(scrolled(inside), 1)
        self.problem = label("", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.show_film(None)

    def take_focus(self) -> None:
        self.look.setFocus()

    def show_look(self, look: Look) -> None:
        """Show which look is shown."""
        self.look.setCurrentIndex(list(_LOOKS).index(look))

    def show_film(self, link: FilmSettingsLink | None) -> None:
        """Show the settings of a film too, once they have been read; None where no film is open."""
        self._link = link
        for widget in self._of_film:
            widget.setVisible(link is not None)
        self.no_film.setVisible(link is None)
        if link is not None:
            link.known.connect(self.show_settings)
            link.refused.connect(self.show_problem)
            link.read()

    @Slot(object)
    def show_settings(self, settings: FilmSettings) -> None:
        """Show what is set for the film."""
        for field, text in (
            (self.price, settings.price),
            (self.currency, settings.currency),
            (self.questions, settings.questions),
            (self.most_missed, settings.most_missed),
            (self.confidence, settings.confidence),
        ):
            field.setText(text)
            field.setModified(False)
        self.attempts.blockSignals(True)
        self.attempts.setValue(settings.attempts)
        self.attempts.blockSignals(False)
        self.checkpoint.setText(settings.checkpoint or tr("pocket, which ships with Matchcut"))

    @Slot(str, str)
    def show_problem(self, sentence: str, action: str) -> None:
        """Say why a value was not taken; the one that holds is shown again."""
        self.problem.setText(f"{sentence} {action}")
        self.problem.show()

    def _make_user_part(self) -> None:
        kept = self._preferences
        self._head("ON THIS DESK")
        self.look = _choice([tr(words) for words in _LOOKS.values()])
        self.show_look(kept.look.read())
        self.look.activated.connect(lambda place: self.look_wanted.emit(list(_LOOKS)[place]))
        self._row("Theme", self.look, "The grey one has no tint and a mid grey around the picture.")
        self.scale = _choice([f"{percent} %" for percent in SCALES])
        self.scale.setCurrentIndex(SCALES.index(kept.scale.read()) if kept.scale.read() in SCALES else 0)
        self.scale.activated.connect(self._set_scale)
        self.scale_words = self._row("Size of everything", self.scale, "")
        self._tell_scale()
        self.director = QLineEdit(kept.director.read())
        self.director.setPlaceholderText(kept.author().partition(":")[2])
        self.director.editingFinished.connect(self._name_director)
        self._row("Your name", self.director, "Stands under what you decide and note. Empty: the account's name.")
        self.opens_last = self._box("Open the last film when Matchcut starts", kept.opens_last.read())
        self.opens_last.toggled.connect(kept.opens_last.write)
        self._head("PLAYING")
        self.speed = _choice([_speed_words(speed) for speed in SPEEDS])
        self.speed.setCurrentIndex(SPEEDS.index(kept.speed.read()) if kept.speed.read() in SPEEDS else 0)
        self.speed.activated.connect(lambda place: kept.speed.write(SPEEDS[place]))
        self._row("Speed", self.speed, "With which a film that you open plays.")
        self.loops = self._box("Loop the take", kept.loops.read())
        self.loops.toggled.connect(kept.loops.write)
        self.safe_areas = self._box("Show safe areas", kept.safe_areas.read())
        self.safe_areas.toggled.connect(kept.safe_areas.write)

    def _make_film_part(self) -> None:
        self._head("THIS FILM")
        self.no_film = label("Open a film to see what is set for it.", "soft")
        self._grid.addWidget(self.no_film, self._rows, 0, 1, 3)
        self._rows += 1
        first = self._grid.count()
        self.price, self.currency = QLineEdit(), QLineEdit()
        self._row("Price of a generator call", self.price, "One keyframe or clip, drawn or tried again: 0.04")
        self._row("Currency", self.currency, "Its short name: EUR")
        self.attempts = QSpinBox()
        self.attempts.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.attempts.setRange(0, _MOST_ATTEMPTS)
        self._row("Attempts", self.attempts, "How often the critic sends a take back before it asks you.")
        self.questions = QLineEdit()
        self._row("Blind questions, %", self.questions, "Of the findings, so many in a hundred; they teach the critic.")
        self.most_missed = QLineEdit()
        self._row("Drift missed at most, %", self.most_missed, "What the critic is to promise.")
        self.confidence = QLineEdit()
        self._row("With a confidence of, %", self.confidence, "How sure that promise is to be.")
        self.checkpoint = PressableButton("")
        self._row("Checkpoint", self.checkpoint, "What draws this film. Choose another here.")
        items = [self._grid.itemAt(place) for place in range(first, self._grid.count())]
        self._of_film = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        for field in (self.price, self.currency):
            field.editingFinished.connect(self._set_price)
        for field in (self.most_missed, self.confidence):
            field.editingFinished.connect(self._set_promise)
        self.questions.editingFinished.connect(self._set_questions)
        self.attempts.valueChanged.connect(self._set_attempts)
        self.checkpoint.clicked.connect(self.checkpoints_wanted)

    def _head(self, words: str) -> None:
        head = label(words, "heading")
        head.setContentsMargins(0, 12 if self._rows else 0, 0, 2)
        self._grid.addWidget(head, self._rows, 0, 1, 3)
        self._rows += 1

    def _row(self, name: str, widget: QWidget, words: str):
        widget.setAccessibleName(tr(name))
        widget.setAccessibleDescription(tr(words))
        told = label(words, "faint")
        told.setWordWrap(True)
        head = label(name)
        head.setBuddy(widget)
        for column, each in enumerate((head, widget, told)):
            self._grid.addWidget(each, self._rows, column, Qt.AlignmentFlag.AlignVCenter)
        self._rows += 1
        return told

    def _box(self, words: str, checked: bool) -> QCheckBox:
        box = QCheckBox(tr(words))
        box.setChecked(checked)
        self._grid.addWidget(box, self._rows, 1, 1, 2)
        self._rows += 1
        return box

    def _tell_scale(self) -> None:
        chosen = SCALES[self.scale.currentIndex()]
        if chosen == self._shown_scale:
            self.scale_words.setText(tr("Letters, buttons and pictures together."))
        else:
            self.scale_words.setText(tr("{percent} % holds from the next start of Matchcut.", percent=chosen))

    @Slot(int)
    def _set_scale(self, place: int) -> None:
        self._preferences.scale.write(SCALES[place])
        self._tell_scale()

    @Slot()
    def _name_director(self) -> None:
        name = self.director.text().strip()
        if name != self._preferences.director.read():
            self._preferences.director.write(name)
            self.director_named.emit()

    @Slot()
    def _set_price(self) -> None:
        if self._link is not None and _taken((self.price, self.currency)):
            self.problem.hide()
            self._link.set_price(self.price.text(), self.currency.text())

    @Slot()
    def _set_promise(self) -> None:
        if self._link is not None and _taken((self.most_missed, self.confidence)):
            self.problem.hide()
            self._link.set_promise(self.most_missed.text(), self.confidence.text())

    @Slot()
    def _set_questions(self) -> None:
        if self._link is not None and _taken((self.questions,)):
            self.problem.hide()
            self._link.set_questions(self.questions.text())

    @Slot(int)
    def _set_attempts(self, attempts: int) -> None:
        if self._link is not None:
            self._link.set_attempts(attempts)

    def event(self, event: QEvent) -> bool:
        # What was typed counts, also where one leaves by Escape or a key of the window.
        if event.type() == QEvent.Type.Hide and (focused := self.focusWidget()) is not None:
            focused.clearFocus()
        return super().event(event)


def _choice(words: Sequence[str]) -> QComboBox:
    made = _Choice()
    made.addItems(list(words))
    return made


def _taken(fields: Sequence[QLineEdit]) -> bool:
    """Whether somebody wrote into one of these since it was taken the last time."""
    changed = any(field.isModified() for field in fields)
    for field in fields:
        field.setModified(False)
    return changed


def _speed_words(speed: float) -> str:
    return f"{speed:g}×"
