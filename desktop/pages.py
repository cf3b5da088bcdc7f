"""The pages of the window: the ways in or the desk, and over them one page at a time."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.views.page import Page


class Pages(QStackedWidget):
    """Shows home, or a page in its place. Pages are made when they are first looked at.

    Args:
        home: what is there while no page is.
        makers: name → what makes that page.
    """

    def __init__(self, home: QWidget, makers: Mapping[str, Callable[[], Page]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._makers = makers
        self._made: dict[str, Page] = {}
        self._came_from: QWidget | None = None
        self.addWidget(home)

    @property
    def shown(self) -> str:
        """Name of the page that is shown; empty at home."""
        return next((name for name, page in self._made.items() if page is self.currentWidget()), "")

    def is_made(self, name: str) -> bool:
        """Whether a page has been looked at."""
        return name in self._made

    def page(self, name: str) -> Page:
        """A page, made where it was not yet."""
        if name not in self._made:
            page = self._makers[name]()
            page.closed.connect(self.go_home)
            self.addWidget(page)
            self._made[name] = page
        return self._made[name]

    def open(self, name: str) -> None:
        """Show a page; where it is shown already, go back."""
        if self.shown == name:
            self.go_home()
            return
        if not self.shown:
            self._came_from = QApplication.focusWidget()
        page = self.page(name)
        self.setCurrentWidget(page)
        page.take_focus()

    @Slot()
    def go_home(self) -> None:
        """Show what is there while no page is, and give the keys back to what had them."""
        came_from, self._came_from = self._came_from, None
        self.setCurrentWidget(self._home)
        if came_from is not None and self._home.isAncestorOf(came_from) and came_from.isVisible():
            came_from.setFocus()
        else:
            self._home.setFocus()

    def set_home(self, home: QWidget) -> None:
        """Put something else there, and show it."""
        if self.indexOf(home) < 0:
            self.addWidget(home)
        self._home = home
        self._came_from = None
        self.setCurrentWidget(home)
