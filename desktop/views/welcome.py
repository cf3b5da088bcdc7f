"""What the window shows before a film is open: the ways in, and why one did not open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.views.parts import KeyButton, label


class Welcome(QWidget):
    """Offers to open a film or a screenplay."""

    film_wanted = Signal()
    screenplay_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("Matchcut")
        self.title.setFont(theme.font(20, strong=True))
        about = label("A screenplay becomes an approved cut. You decide at every seam.", "soft")
        self.problem = label("", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.action = label("", "soft")
        self.action.setWordWrap(True)
        self.action.hide()
        self.open_film = KeyButton("Open a film", "Ctrl+O", action="open_film")
        self.open_screenplay = KeyButton("Open a screenplay", "Ctrl+Shift+O", action="open_screenplay")
        self.open_film.clicked.connect(self.film_wanted)
        self.open_screenplay.clicked.connect(self.screenplay_wanted)
        column = QVBoxLayout()
        column.setSpacing(6)
        for widget in (self.title, about):
            column.addWidget(widget)
        column.addSpacing(18)
        column.addWidget(self.problem)
        column.addWidget(self.action)
        column.addSpacing(6)
        for button, words in (
            (self.open_film, "A folder whose name ends in .matchcut. Or drop it on this window."),
            (
                self.open_screenplay,
                "Fountain or Final Draft. The film is made beside it. In a terminal: matchcut new FILM.matchcut SCRIPT",
            ),
        ):
            button.setMinimumHeight(36)
            column.addWidget(button)
            hint = label(words, "faint")
            hint.setWordWrap(True)
            column.addWidget(hint)
            column.addSpacing(10)
        card = QFrame()
        card.setFixedWidth(460)
        card.setLayout(column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_problem(self, sentence: str, action: str) -> None:
        """Say why a film did not open, and what to do."""
        self.problem.setText(sentence)
        self.action.setText(action)
        self.problem.setVisible(bool(sentence))
        self.action.setVisible(bool(action))
