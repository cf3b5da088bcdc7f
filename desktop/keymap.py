"""The keys of this user: those of the tables, and what was changed; actions and badges follow them."""

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.actions import KeyAction, actions_in
from desktop.kept import Kept
from desktop.translating import tr

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_SHIFTED = re.compile(r"Shift\+[^A-Za-z0-9]")
PROPERTY = "keymap"
_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


class Keymap(QObject):
    """Knows which keys do what, and lets the user change it.

    Args:
        tables: everything that has a key, also what is not in the window yet.
        settings: of this user; None keeps changes while the window is open.
    """

    changed = Signal()

    def __init__(
        self,
        tables: Iterable[tuple[KeyAction, ...]],
        settings: QSettings | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._entries = {entry.name: entry for table in tables for entry in table}
        self._kept: Kept[dict[str, tuple[str, ...]]] = Kept(settings, "keys/changed", dict[str, tuple[str, ...]], {})
        self._changed = self._kept.read()
        self._bound: list[QWidget] = []

    @property
    def entries(self) -> tuple[KeyAction, ...]:
        """Everything that can have a key, in the order of the tables."""
        return tuple(self._entries.values())

    def bind(self, root: QWidget) -> None:
        """Give the actions in a widget the user's keys, now and whenever these change."""
        if root not in self._bound:
            self._bound.append(root)
            root.destroyed.connect(lambda: self._let_go(root))
        for entry, action in actions_in(root):
            self._entries.setdefault(entry.name, entry)
            action.setShortcuts([QKeySequence(key) for key in self.keys(entry.name)])

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of an action; none where it is not known."""
        entry = self._entries.get(name)
        return self._changed.get(name, entry.keys if entry else ())

    def is_changed(self, name: str) -> bool:
        """Whether the user has changed the keys of an action."""
        return name in self._changed

    def shown(self, name: str) -> str:
        """The first key of an action as a badge shows it: "⇧A"; empty where it has none."""
        keys = self.keys(name)
        return short_key(keys[0]) if keys else ""

    def told(self, name: str) -> str:
        """All keys of an action as a list shows them: "Ctrl+Shift+Z or Ctrl+Y"."""
        return told_keys(self.keys(name))

    def in_words(self, sentence: str) -> str:
        """A sentence with the user's keys in place of names in braces: "Press {next_for_me}." → "Press N."."""
        return _PLACE.sub(lambda found: self._shown_or(found[1], found[0]), sentence)

    def holder(self, key: str, other_than: str = "") -> KeyAction | None:
        """Which action has a key."""
        wanted = QKeySequence(key)
        for name, entry in self._entries.items():
            if name != other_than and any(QKeySequence(each) == wanted for each in self.keys(name)):
                return entry
        return None

    def give(self, name: str, key: str, *, beside: bool = False) -> None:
        """Let a key do something, and nothing else any more.

        Args:
            beside: the action keeps the keys that it has.
        """
        holder = self.holder(key, other_than=name)
        if holder is not None:
            rest = [each for each in self.keys(holder.name) if QKeySequence(each) != QKeySequence(key)]
            self._change(holder.name, tuple(rest))
        has = [each for each in self.keys(name) if QKeySequence(each) != QKeySequence(key)] if beside else []
        self._change(name, (*has, key))
        self._keep()

    def take_away(self, name: str) -> None:
        """Leave an action without a key; the palette still finds it."""
        self._change(name, ())
        self._keep()

    def reset(self, name: str) -> KeyAction | None:
        """Give an action the keys that it came with.

        Returns:
            The action that has one of them now, where there is one; then nothing was changed.
        """
        for key in self._entries[name].keys:
            holder = self.holder(key, other_than=name)
            if holder is not None:
                return holder
        self._changed.pop(name, None)
        self._keep()
        return None

    def reset_all(self) -> None:
        """Give every action the keys that it came with."""
        self._changed.clear()
        self._keep()

    def _shown_or(self, name: str, text: str) -> str:
        if name not in self._entries:
            return text
        keys = self.keys(name)
        return long_key(keys[0]) if keys else f"“{self._entries[name].told}”"

    def _change(self, name: str, keys: tuple[str, ...]) -> None:
        if keys == self._entries[name].keys:
            self._changed.pop(name, None)
        else:
            self._changed[name] = keys

    def _keep(self) -> None:
        self._kept.write(self._changed)
        for root in self._bound:
            self.bind(root)
        self.changed.emit()

    def _let_go(self, root: QWidget) -> None:
        self._bound = [each for each in self._bound if each is not root]


def told_keys(keys: Sequence[str]) -> str:
    """Some keys as a list shows them: "Ctrl+Shift+Z or Ctrl+Y"."""
    # A keyboard needs Shift for some signs and tells of it; nobody would say it.
    plain = [key for key in keys if not (_SHIFTED.fullmatch(key) and any(len(each) == 1 for each in keys))]
    return f" {tr('or')} ".join(dict.fromkeys(long_key(key) for key in plain))


def long_key(key: str) -> str:
    """A key in a list: "Ctrl+Shift+Z", "←"."""
    *modifiers, last = key.rsplit("+", 1) if not key.endswith("+") else (key[:-2], "+")
    return "+".join([*(part for part in modifiers if part), _SIGNS.get(last, last)])


def short_key(key: str) -> str:
    """A key on a badge: "⇧A"."""
    told = long_key(key)
    return f"⇧{told.replace('Shift+', '')}" if "Shift+" in told else told


def keymap_of(widget: QWidget) -> Keymap | None:
    """The keys that hold where a widget is: its window's; None outside a window that has any."""
    window = widget.window()
    found = window.property(PROPERTY) if window is not None else None
    return found if isinstance(found, Keymap) else None


def key_of(widget: QWidget, action: str, default: str) -> str:
    """The key of an action as a badge in a widget shows it.

    Args:
        action: its name in a table; empty where the key is fixed.
        default: what is shown where no window says otherwise.
    """
    keymap = keymap_of(widget) if action else None
    return keymap.shown(action) if keymap is not None else default


def in_words(widget: QWidget, sentence: str) -> str:
    """A sentence with the keys that hold where a widget is in place of names of actions in braces."""
    keymap = keymap_of(widget)
    return keymap.in_words(sentence) if keymap is not None else sentence
