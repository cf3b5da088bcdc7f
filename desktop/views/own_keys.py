"""Lets a view have keys for itself that do something else elsewhere on the desk."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

WALKING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Return, Qt.Key.Key_Enter,
)  # fmt: skip
"""What walks a list or table."""


def takes_key(event: QEvent, keys: Collection[Qt.Key]) -> bool:
    """Whether an event asks if a key is a view's own, and it is; then it is accepted.

    To be asked first in a widget's `event`.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    own = Qt.Key(event.key()) in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if own:
        event.accept()
    return own
