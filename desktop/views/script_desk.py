"""The middle of the desk at the script seam: the views of the scene graph, one at a time, under their tabs."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.translating import tr
from desktop.views.parts import quiet_button


class ScriptDesk(QWidget):
    """Views of one scene graph; what is chosen in one is chosen in all, by the stage.

    Signals:
        page_shown: another page is shown, by its name.
        room_wanted: the panels of the desk are to give way, or to come back.
    """

    page_shown = Signal(str)
    room_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._pages = QStackedWidget()
        self._tabs = QButtonGroup(self)
        self._tabs.setExclusive(True)
        self._tabs.idClicked.connect(self._show_number)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(16, 8, 16, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self.panels = quiet_button(
            "Panels", "The panels beside and under it, or all the room for it", checkable=True, action="room"
        )
        self.panels.setChecked(True)
        self.panels.clicked.connect(self.room_wanted)
        self._row.addWidget(self.panels)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._row)
        layout.addWidget(self._pages, 1)

    def minimumSizeHint(self) -> QSize:
        # A window at 200 % is narrow: the pages give way, not the window.
        return QSize(0, super().minimumSizeHint().height())

    def add_page(self, name: str, words: str, page: QWidget) -> None:
        """Add a page behind the others.

        Args:
            name: of the page, for `show_page`.
            words: on its tab.
        """
        tab = QPushButton(tr(words))
        tab.setObjectName("quiet")
        tab.setCheckable(True)
        tab.setChecked(not self._names)
        self._tabs.addButton(tab, len(self._names))
        self._row.insertWidget(len(self._names), tab)
        self._names.append(name)
        self._pages.addWidget(page)

    @property
    def tabs(self) -> list[QPushButton]:
        """A tab for each page."""
        return [self._tabs.button(number) for number in range(len(self._names))]  # pyright: ignore[reportReturnType]

    def show_room(self, *, is_given: bool) -> None:
        """Say whether the panels of the desk give way."""
        self.panels.setChecked(not is_given)

    def name_page(self, name: str, words: str) -> None:
        """Put other words on a page's tab.

        Raises:
            ValueError: no page has this name.
        """
        self._tabs.button(self._names.index(name)).setText(words)

    @property
    def page_name(self) -> str:
        """Of the page that is shown."""
        return self._names[self._pages.currentIndex()]

    def show_page(self, name: str) -> None:
        """Show a page.

        Raises:
            ValueError: no page has this name.
        """
        self._show_number(self._names.index(name))

    @Slot(int)
    def _show_number(self, number: int) -> None:
        self._tabs.button(number).setChecked(True)
        self._pages.setCurrentIndex(number)
        self.page_shown.emit(self._names[number])
