"""The right-hand column: what is known of the take on screen, or the notes of the film."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.parts import quiet_button


class SidePanel(QWidget):
    """Two pages and a tab for each.

    Args:
        take_page, notes_page: what is shown.
    """

    def __init__(self, take_page: QWidget, notes_page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._take_page, self._notes_page = take_page, notes_page
        self.take_tab = quiet_button("Take", "What the critic found in the take on screen", checkable=True)
        self.notes_tab = quiet_button("Notes", "The notes of the film", checkable=True, action="notes")
        self.export = quiet_button("Export", "Write all notes as a PDF with pictures, or as CSV", action="notes_export")
        self._pages = QStackedWidget()
        for page in (take_page, notes_page):
            self._pages.addWidget(page)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(8, 4, 8, 0)
        tabs.setSpacing(2)
        tabs.addWidget(self.take_tab)
        tabs.addWidget(self.notes_tab)
        tabs.addStretch(1)
        tabs.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(tabs)
        layout.addWidget(self._pages, 1)
        self.take_tab.clicked.connect(self.show_take)
        self.notes_tab.clicked.connect(self.show_notes)
        self.show_take()

    @property
    def shows_notes(self) -> bool:
        return self._pages.currentWidget() is self._notes_page

    @Slot()
    def show_take(self) -> None:
        """Show the page of the take."""
        self._show(self._take_page)

    @Slot()
    def show_notes(self) -> None:
        """Show the page of the notes."""
        self._show(self._notes_page)

    @Slot()
    def toggle(self) -> None:
        """Show the other page."""
        self._show(self._take_page if self.shows_notes else self._notes_page)

    def show_count(self, words: str) -> None:
        """Name the tab of the notes, with how many are open."""
        self.notes_tab.setText(words)

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.take_tab.setChecked(page is self._take_page)
        self.notes_tab.setChecked(page is self._notes_page)
        self.export.setVisible(page is self._notes_page)
