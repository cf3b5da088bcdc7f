"""Menus that open at a point and hold nothing up."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def popup_menu(parent: QWidget, actions: Iterable[QAction | None], at: QPoint) -> None:
    """Open a menu at a point of the screen; None draws a line. Nothing waits for it."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
    menu.popup(at)
