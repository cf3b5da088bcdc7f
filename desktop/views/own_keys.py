"""Lets a view have keys for itself that do something else elsewhere on the desk."""

from collections.abc import Callable, Collection
from functools import lru_cache

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.list_keys import OwnKey

WALKING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Return, Qt.Key.Key_Enter,
)  # fmt: skip
"""What walks a list or table."""


def takes_key(event: QEvent, keys: Collection[Qt.Key]) -> bool:
    """Whether an event asks if a key is a view's own, and it is; then it is accepted.

    To be asked first in a widget's `event`.
    """
    return _takes(event, lambda key: key in keys)


def takes_own(event: QEvent, table: tuple[OwnKey, ...]) -> bool:
    """The same for the keys of a table, each with its modifiers."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent) or not is_own(event, table):
        return False
    event.accept()
    return True


def is_own(event: QKeyEvent, table: tuple[OwnKey, ...]) -> bool:
    """Whether a key is one of a table, with its modifiers."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return (event.key(), modifiers.value) in _combinations(table)


@lru_cache
def _combinations(table: tuple[OwnKey, ...]) -> frozenset[tuple[int, int]]:
    pressed = [QKeySequence(key)[0] for own in table for key in own.keys]  # pyright: ignore[reportIndexIssue]
    return frozenset((each.key(), each.keyboardModifiers().value) for each in pressed)


def takes_all_but(event: QEvent, keys: Collection[Qt.Key]) -> bool:
    """The same for a view whose own are all keys but some."""
    return _takes(event, lambda key: key not in keys)


def _takes(event: QEvent, is_own: Callable[[Qt.Key], bool]) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    own = is_own(Qt.Key(event.key())) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if own:
        event.accept()
    return own
