"""One edit of the scene graph, from its first letter to its confirmation: what is typed, what it would cost."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.shaping.forms import Form
from desktop.shaping.wishes import CostOfEdit, GraphWish
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, tr
from desktop.views.form_fields import ChoiceBox, SuggestingLine, line_of, put_in, value_in
from desktop.views.parts import KeyButton, label
from desktop.wording import cost_words
from storage.errors import WrongUse

MakeForm = Callable[[FilmSnapshot], Form | None]

_REST_MS = 450
_MOST_DROPPED = 3
_ASKING = marked("Working out what turns stale…")


class EditPanel(QWidget):
    """Fields to fill in, and below what the edit would turn stale. Enter makes it, Esc lets it be; nothing waits.

    Only what its cost is shown of can be made: Enter before that asks for it and goes to the button.

    Signals:
        cost_wanted: with a `GraphWish`; answer with `show_cost` or `show_refusal`.
        confirmed: with a `CostOfEdit`, to be made; answer with `show_made` or `show_refusal`.
        refused: a sentence and what to do, for the person who pressed Enter.
        closed: it is gone.
    """

    cost_wanted = Signal(object)
    confirmed = Signal(object)
    refused = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("panel")
        self._make_form: MakeForm | None = None
        self._form: Form | None = None
        self._asked: GraphWish | None = None
        self._known: CostOfEdit | None = None
        self._entered = False
        self._making = False
        self._revision = -1
        self.fields: dict[str, QWidget] = {}
        self.variant = ChoiceBox(())
        self.variant.setAccessibleName(tr("What to add"))
        self.variant.currentIndexChanged.connect(self._become)
        self.title = label("")
        self.title.setWordWrap(True)
        self.title.setFont(theme.font(strong=True))
        self.words = label("")
        self.words.setWordWrap(True)
        self.dropped = label("", "soft")
        self.dropped.setWordWrap(True)
        self.cost = label("", "soft")
        self.cost.setWordWrap(True)
        self.confirm = KeyButton("Make this edit", "Enter")
        self.confirm.setObjectName("needs")
        self.cancel = KeyButton("Leave it", "Esc")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.close_panel)
        for key, slot in (("Return", self._enter), ("Enter", self._enter), ("Escape", self._leave)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._lay_out()
        self.hide()

    @property
    def form(self) -> Form | None:
        """What is filled in; None while the panel is closed."""
        return self._form

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed yet."""
        return self._form is None or self._values() == dict(self._form.values)

    def open(self, make_form: MakeForm, film: FilmSnapshot, *, take_keys: bool = True) -> None:
        """Ask for an edit, in place of what was asked for before.

        Args:
            make_form: gives its form for any reading of the film; None where that has nothing to edit any longer.
            take_keys: whether the first field gets the focus.
        """
        form = make_form(film)
        if form is None:
            return
        self._make_form = make_form
        self._revision = film.revision
        self._forget()
        self._show_form(form)
        self.show()
        if take_keys:
            self.take_keys()
        if not form.fields:
            self._entered = take_keys
        self._ask()

    def take_keys(self) -> None:
        """Give the focus to the first field; of something new to the first that is empty."""
        widgets = list(self.fields.values())
        is_edit = self._form is not None and self._form.follows
        empty = None if is_edit else next((widget for widget in widgets if not value_in(widget)), None)
        first = empty or (widgets[0] if widgets else self.cancel)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()

    @Slot()
    def close_panel(self) -> None:
        """Leave the edit."""
        if self._form is not None:
            self._form = self._make_form = None
            self._forget()
            self.hide()
            self.closed.emit()

    def show_film(self, film: FilmSnapshot) -> None:
        """Take a newer reading: what was typed stays, what it costs is asked again."""
        if self._make_form is None or self._form is None or film.revision == self._revision or self._making:
            return
        self._revision = film.revision
        form = self._make_form(film)
        if form is not None and self._form.become is not None and form.become is not None:
            form = form.become(self._form.variant)
        if form is None:
            self.close_panel()
            return
        typed = {name: value for name, value in self._values().items() if value != self._form.values.get(name)}
        self._forget()
        self._show_form(form)
        for name, value in typed.items():
            if name in self.fields:
                put_in(self.fields[name], value)
        self._ask()

    @Slot(object)
    def show_cost(self, edit: CostOfEdit) -> None:
        """Say what an edit would turn stale."""
        if edit.wish != self._asked:
            return
        self._asked = None
        if edit.wish != self._wish():
            self._ask()
            return
        self._known = edit
        is_said = tr(edit.plan.label).casefold() == self.title.text().casefold()
        self.words.setText("" if is_said else tr(edit.plan.label))
        more = len(edit.plan.dropped) - _MOST_DROPPED
        told = [*map(tr, edit.plan.dropped[:_MOST_DROPPED]), *([tr("And {n} more.", n=more)] if more > 0 else [])]
        self.dropped.setText(" ".join(told))
        self.cost.setText(cost_words(edit.cost))
        self._show_state()
        if self._entered:
            self._entered = False
            self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, str, str)
    def show_refusal(self, wish: GraphWish, sentence: str, action: str) -> None:
        """Say why an edit cannot be made; what was typed stays."""
        if wish in (self._asked, self._known.wish if self._known and self._making else None):
            self._entered = self._entered or self._making
            self._asked, self._making = None, False
            self._refuse(sentence, action)

    @Slot(str, str)
    def show_failure(self, sentence: str, _action: str) -> None:
        """Something went wrong that is told elsewhere; what was typed can be tried again."""
        if self._form is not None and (self._asked is not None or self._making):
            self._forget()
            self.cost.setText(sentence)
            self._show_state()

    @Slot()
    def show_made(self) -> None:
        """The edit was made."""
        if self._making:
            self._making = False
            self.close_panel()

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.variant, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(self._grid)
        for words in (self.words, self.dropped, self.cost):
            layout.addWidget(words)
        layout.addLayout(buttons)

    def _show_form(self, form: Form) -> None:
        self._form = form
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for row, field in enumerate(form.fields):
            words = label(field.words, "soft")
            widget = line_of(field, self._values)
            if field.places:
                self._grid.addWidget(words, row * 2, 0, Qt.AlignmentFlag.AlignTop)
            else:
                self._grid.addWidget(words, row * 2, 0)
            self._grid.addWidget(widget, row * 2, 1)
            if isinstance(widget, SuggestingLine):
                self._grid.addWidget(widget.list, row * 2 + 1, 1)
            self.fields[field.name] = widget
            changed = widget.currentTextChanged if isinstance(widget, QComboBox) else widget.textEdited  # pyright: ignore
            changed.connect(self._take_change)
        self.variant.blockSignals(True)
        self.variant.offer(form.variants, form.variant)
        self.variant.blockSignals(False)
        self.variant.setVisible(bool(form.variants))
        self.title.setText(form.title)
        self.confirm.setText(form.verb)
        self.confirm.setAccessibleName(form.verb)
        chain = [self.variant, *self.fields.values(), self.confirm, self.cancel]
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)
        self._show_state()

    @Slot()
    def _become(self) -> None:
        variant = self.variant.value
        if self._form is not None and self._form.become is not None and variant != self._form.variant:
            form = self._form.become(variant)
            self._forget()
            self._show_form(form)
            self._ask()

    def _values(self) -> dict[str, str]:
        return {name: value_in(widget) for name, widget in self.fields.items()}

    def _wish(self) -> GraphWish | None:
        """What is filled in; None where that is nothing yet, or cannot be read."""
        try:
            return self._form.wish(self._values()) if self._form else None
        except WrongUse:
            return None

    @Slot()
    def _take_change(self) -> None:
        self._entered = False
        if self._known is not None and self._known.wish != self._wish():
            self._known = None
        if self._known is None:
            self._clear_words()
        self._show_state()
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        """Ask what it costs, unless that is known or another question is open."""
        self._rest.stop()
        if self._form is None or self._making or self._asked is not None:
            return
        try:
            wish = self._form.wish(self._values())
        except WrongUse as error:
            self._refuse(tr(error.sentence), tr(error.action))
            return
        if wish is None:
            if self._entered:
                self._refuse(tr("Nothing is changed yet."), tr("Type something, or press Esc to leave it."))
            return
        if self._known is None or self._known.wish != wish:
            self._asked = wish
            self._clear_words()
            self.cost.setText(tr(_ASKING))
            self.cost_wanted.emit(wish)
        self._show_state()

    @Slot()
    def _leave(self) -> None:
        if not self._leave_offer(take=False):
            self.close_panel()

    def _leave_offer(self, *, take: bool) -> bool:
        return any([line.leave_offer(take=take) for line in self.findChildren(SuggestingLine)])

    @Slot()
    def _enter(self) -> None:
        if self._form is None or self._making or self._leave_offer(take=True):
            return
        if self._known is not None and self._known.wish == self._wish():
            self._confirm()
            return
        self._entered = True
        self._ask()

    @Slot()
    def _confirm(self) -> None:
        if self._known is not None and not self._making and self._known.wish == self._wish():
            self._making = True
            self._show_state()
            self.confirmed.emit(self._known)

    def _refuse(self, sentence: str, action: str) -> None:
        self._known = None
        self._clear_words()
        told = f"{sentence} {action}".strip()
        if self._entered:
            self._entered = False
            self.refused.emit(sentence, action)
        self.cost.setText(told)
        self._show_state()

    def _forget(self) -> None:
        self._rest.stop()
        self._asked = self._known = None
        self._entered = self._making = False
        self._clear_words()

    def _clear_words(self) -> None:
        for words in (self.words, self.dropped, self.cost):
            words.clear()

    def _show_state(self) -> None:
        for words in (self.words, self.dropped, self.cost):
            words.setVisible(bool(words.text()))
        self.confirm.setEnabled(self._known is not None and not self._making)
