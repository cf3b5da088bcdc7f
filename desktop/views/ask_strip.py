"""Says what something would cost, and asks for it: Enter does it, Esc lets it be; nothing else waits."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.views.own_keys import takes_key
from desktop.views.parts import KeyButton, label


class AskStrip(QWidget):
    """A question under what it is about.

    Signals:
        confirmed, cancelled: the answer.

    Args:
        confirm: what the button says that does it.
    """

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, confirm: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label("")
        self.words.setWordWrap(True)
        self.words.setFont(theme.font(strong=True))
        self.cost = label("", "soft")
        self.cost.setWordWrap(True)
        self.confirm = KeyButton(confirm, "Enter")
        self.confirm.setObjectName("needs")
        self.cancel = KeyButton("Leave it", "Esc")
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self._cancel)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.words)
        told.addWidget(self.cost)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.setSpacing(8)
        layout.addLayout(told, 1)
        layout.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignBottom)
        self.hide()

    def ask(self, words: str, cost: str, verb: str = "") -> None:
        """Ask, and take the keys.

        Args:
            verb: on the button that does it; empty for what it says already.
        """
        if verb:
            self.confirm.setText(verb)
            self.confirm.setAccessibleName(verb)
        self.words.setText(words)
        self.cost.setText(cost)
        self.confirm.setAccessibleDescription(f"{words} {cost}")
        self.show()
        self.confirm.setFocus()

    def event(self, event: QEvent) -> bool:
        return takes_key(event, (Qt.Key.Key_Escape,)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()

    @Slot()
    def _cancel(self) -> None:
        self.hide()
        self.cancelled.emit()
