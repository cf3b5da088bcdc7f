"""Short lists to choose from that keep their own keys, though the desk has them for something else."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


class Choice(QComboBox):
    """A list of a few things, one of which is chosen."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            opens = event.key() == Qt.Key.Key_Space
            if opens or event.key() in _MOVING or event.text().isalnum():
                event.accept()
                return True
        return super().event(event)
