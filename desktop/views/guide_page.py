"""The guide inside the desk: two pages with pictures, every key, every command; read from disk, no network."""

from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QTextBrowser

from desktop.guide import PAGES, page_text
from desktop.keymap import Keymap
from desktop.translating import tr
from desktop.views.page import Page
from desktop.views.parts import PressableButton


class GuidePage(Page):
    """Shows one part of the guide at a time, with the keys as this user has them.

    Args:
        keymap: the keys.
    """

    def __init__(self, keymap: Keymap, parent=None) -> None:
        super().__init__("Guide", "How a film is made, and every key and command.", parent)
        self._keymap = keymap
        self._folder = Path(str(files("resources"))) / "guide"
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Guide"))
        self.text.setOpenLinks(False)
        self.text.setSearchPaths([str(self._folder)])
        self.text.anchorClicked.connect(self._follow)
        self._tabs = QButtonGroup(self)
        self._tabs.setExclusive(True)
        row = QHBoxLayout()
        for place, (name, words) in enumerate(PAGES.items()):
            tab = PressableButton(words)
            tab.setObjectName("quiet")
            tab.setCheckable(True)
            tab.setChecked(place == 0)
            tab.clicked.connect(lambda _=False, name=name: self.show_part(name))
            self._tabs.addButton(tab, place)
            row.addWidget(tab)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.text, 1)
        self._shown = next(iter(PAGES))
        keymap.changed.connect(lambda: self.show_part(self._shown))
        self.show_part(self._shown)

    def take_focus(self) -> None:
        self.text.setFocus()

    def show_part(self, name: str) -> None:
        """Show a part of the guide, by its name in `PAGES`."""
        self._shown = name
        self._tabs.button(list(PAGES).index(name)).setChecked(True)
        document = self.text.document()
        document.setBaseUrl(QUrl.fromLocalFile(f"{self._folder}/"))
        document.setMarkdown(page_text(name, self._keymap), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self.text.verticalScrollBar().setValue(0)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        QDesktopServices.openUrl(url)
