"""The page of keys: what each does, found by word or key, and other keys for it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.fuzzy import score
from desktop.keymap import Keymap, long_key, told_keys
from desktop.list_keys import LIST_KEYS
from desktop.translating import tr
from desktop.views.action_list import ActionList, ActionRow, FindField
from desktop.views.page import Page
from desktop.views.parts import ElidedLabel, PressableButton, label

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class RecordButton(PressableButton):
    """Waits for a key after it was pressed; Escape, or going elsewhere, calls it off.

    Signals:
        recorded: carries the key, as tables write it ("Ctrl+Shift+K").
    """

    recorded = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._plain = text
        self.setCheckable(True)
        self.toggled.connect(self._show_waiting)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self.isChecked():
            event.accept()
            return True
        # Tab would go on to the next widget before a key press is told of.
        if event.type() == QEvent.Type.KeyPress and self.isChecked() and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.isChecked():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.setChecked(False)
        elif event.key() not in _MODIFIERS and not event.isAutoRepeat():
            self.setChecked(False)
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
            self.recorded.emit(pressed.toString(QKeySequence.SequenceFormat.PortableText))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setChecked(False)
        super().focusOutEvent(event)

    @Slot(bool)
    def _show_waiting(self, waiting: bool) -> None:
        self.setText(tr("Press the key…  Esc: none") if waiting else self._plain)


class ShortcutsPage(Page):
    """Lists every action with its keys, and changes them.

    Args:
        keymap: the keys.
    """

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys"), tr("Every action of the desk. Choose one to give it another key."), parent)
        self._keymap = keymap
        self._wanted_key = ""
        self._beside = False
        self.field = FindField()
        self.field.setPlaceholderText(tr("Find by word, or by key: wipe, Shift+A"))
        self.field.setAccessibleName(tr("Find a key"))
        self.list = ActionList(tr("Actions and their keys"))
        self.chosen = ElidedLabel()
        self.conflict = label("", "problem")
        self.conflict.setWordWrap(True)
        self.record = RecordButton("Record a key")
        self.another = RecordButton("Record one more")
        self.clear = PressableButton("No key")
        self.reset = PressableButton("As it came")
        self.reset_all = PressableButton("All as they came")
        self.take = PressableButton("Give it to this one")
        self.leave = PressableButton("Leave it there")
        keys = QHBoxLayout()
        keys.addWidget(self.chosen, 1)
        for button in (self.record, self.another, self.clear, self.reset, self.reset_all):
            keys.addWidget(button)
        self._trouble = QWidget()
        trouble = QHBoxLayout(self._trouble)
        trouble.setContentsMargins(0, 0, 0, 0)
        trouble.addWidget(self.conflict, 1)
        trouble.addWidget(self.take)
        trouble.addWidget(self.leave)
        self._trouble.hide()
        for widget in (self.field, self.list):
            self.body.addWidget(widget)
        self.body.addWidget(self._trouble)
        self.body.addLayout(keys)
        self.field.textChanged.connect(lambda _: self.show_keys())
        self.field.stepped.connect(self.list.step)
        self.field.done.connect(self._begin)
        self.field.left.connect(self.closed)
        self.list.activated.connect(self._begin)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        self.record.recorded.connect(lambda key: self._want(key, beside=False))
        self.another.recorded.connect(lambda key: self._want(key, beside=True))
        self.clear.clicked.connect(self._clear)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(keymap.reset_all)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self._settle)
        keymap.changed.connect(self.show_keys)
        self.show_keys()

    def take_focus(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    @Slot()
    def show_keys(self) -> None:
        """Show what answers to the field, the best first; everything in the order of the tables where it is empty."""
        self._settle()
        before = self.list.chosen
        wanted = self.field.text().strip()
        ranked: list[tuple[int, int, ActionRow]] = []
        for place, entry in enumerate(self._keymap.entries):
            keys = self._keymap.told(entry.name)
            points = max(score(wanted, entry.told), self._key_score(wanted, entry.name)) if wanted else 1
            if points:
                mark = "changed" if self._keymap.is_changed(entry.name) else ""
                row = ActionRow(name=entry.name, words=entry.told, keys=keys or tr("no key"), mark=mark)
                ranked.append((-points, place, row))
        ranked += self._own_keys(wanted, len(ranked))
        rows = [row for _, _, row in sorted(ranked, key=lambda item: item[:2])]
        self.list.show_rows(rows, before.name if before else "")
        self._show_chosen()

    def _own_keys(self, wanted: str, after: int) -> list[tuple[int, int, ActionRow]]:
        """What views keep for themselves, to be read: it cannot be changed."""
        found: list[tuple[int, int, ActionRow]] = []
        for place, table in LIST_KEYS.items():
            for own in table:
                words = f"{tr(place)}: {tr(own.words)}"
                points = max(score(wanted, words), _score_of(wanted, own.keys)) if wanted else 1
                if points:
                    row = ActionRow(name=f"own/{words}", words=words, keys=told_keys(own.keys), mark=tr("fixed"))
                    found.append((-points, after + len(found), row))
        return found

    def _key_score(self, wanted: str, name: str) -> int:
        return _score_of(wanted, self._keymap.keys(name))

    @property
    def _chosen_action(self) -> ActionRow | None:
        """The row that is chosen, where its keys can be changed."""
        row = self.list.chosen
        return row if row is not None and not row.name.startswith("own/") else None

    @Slot()
    def _show_chosen(self) -> None:
        self._settle()
        told, row = self.list.chosen, self._chosen_action
        self.chosen.show_text(told.words if told else tr("Nothing is called that."))
        for button in (self.record, self.another, self.clear):
            button.setEnabled(row is not None)
        self.reset.setEnabled(row is not None and self._keymap.is_changed(row.name))
        self.reset_all.setEnabled(any(self._keymap.is_changed(entry.name) for entry in self._keymap.entries))

    @Slot()
    def _begin(self) -> None:
        if self._chosen_action is not None:
            self.record.setFocus()
            self.record.setChecked(True)

    def _want(self, key: str, *, beside: bool) -> None:
        row = self._chosen_action
        if row is None or not key:
            return
        holder = self._keymap.holder(key, other_than=row.name)
        if holder is None:
            self._keymap.give(row.name, key, beside=beside)
            return
        self._wanted_key, self._beside = key, beside
        self.conflict.setText(tr("{key} has something to do already: “{what}”.", key=long_key(key), what=holder.told))
        self._trouble.show()
        self.take.show()
        self.take.setFocus()

    @Slot()
    def _take(self) -> None:
        row = self._chosen_action
        if row is not None:
            self._keymap.give(row.name, self._wanted_key, beside=self._beside)
        self.list.setFocus()

    @Slot()
    def _clear(self) -> None:
        row = self._chosen_action
        if row is not None:
            self._keymap.take_away(row.name)

    @Slot()
    def _reset(self) -> None:
        row = self._chosen_action
        if row is None:
            return
        holder = self._keymap.reset(row.name)
        if holder is not None:
            self.conflict.setText(
                tr("Its key is in use: “{what}” has it. Give that another key first.", what=holder.told)
            )
            self.take.hide()
            self._trouble.show()

    @Slot()
    def _settle(self) -> None:
        self._trouble.hide()


def _score_of(wanted: str, keys: Sequence[str]) -> int:
    """A key that was typed is what is meant; its beginning may be."""
    told = [long_key(key).casefold() for key in keys]
    if wanted.casefold() in told:
        return 10_000
    return 10 if any(wanted.casefold() in key for key in told) and "+" in wanted else 0
