"""A page over the whole window with a heading and a way back: settings, keys, checkpoints, the guide."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.translating import tr
from desktop.views.parts import KeyButton, label


class Page(QWidget):
    """What all pages have; the rest goes into `body`.

    Args:
        title: of the page.
        about: one sentence below it.

    Signals:
        closed: the way back was taken.
    """

    closed = Signal()

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr(title))
        self.title = label(title)
        self.title.setFont(theme.font(theme.LARGE_PT + 2, strong=True))
        self.about = label(about, "soft")
        self.about.setWordWrap(True)
        self.back = KeyButton("Back", "Esc")
        self.back.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence("Escape"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self.title)
        words.addWidget(self.about)
        head.addLayout(words, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column = QVBoxLayout()
        column.addLayout(head)
        column.addSpacing(12)
        column.addLayout(self.body, 1)
        middle = QWidget()
        middle.setMaximumWidth(940)
        middle.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.addStretch(1)
        layout.addWidget(middle, 20)
        layout.addStretch(1)

    def take_focus(self) -> None:
        """Give the keys to what one would use first."""
        self.back.setFocus()
