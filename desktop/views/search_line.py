"""A line to search by: what is typed is looked for after a rest, Enter goes to what was found, Esc clears."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.translating import tr
from desktop.views.parts import label

_REST_MS = 150
_OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Line(QLineEdit):
    left = Signal()
    down = Signal()

    def event(self, event: QEvent) -> bool:
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class SearchLine(QWidget):
    """Looks for words.

    Signals:
        words_changed: look for these now; empty for nothing.
        step_wanted: go to the next that was found.
        left: the keys go back to what is searched.

    Args:
        words: where nothing is typed.
    """

    words_changed = Signal(str)
    step_wanted = Signal()
    left = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.setPlaceholderText(tr(words))
        self.line.setAccessibleName(tr(words))
        self.line.setClearButtonEnabled(True)
        self.told = label("", "faint")
        self.told.setFont(theme.figures(theme.SMALL_PT))
        self._sent = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._send)
        self.line.textChanged.connect(self._rest.start)
        self.line.returnPressed.connect(self._step)
        self.line.left.connect(self._leave)
        self.line.down.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 4)
        layout.setSpacing(6)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.told)
        self.setFocusProxy(self.line)

    @Slot()
    def take_keys(self) -> None:
        """Let the director type."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def clear(self) -> None:
        """Look for nothing."""
        self.line.clear()
        self._send()

    def tell(self, words: str) -> None:
        """Say how much was found."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    @Slot()
    def _send(self) -> None:
        self._rest.stop()
        words = self.line.text().strip()
        if words != self._sent:
            self._sent = words
            self.words_changed.emit(words)

    @Slot()
    def _step(self) -> None:
        self._send()
        self.step_wanted.emit()

    @Slot()
    def _leave(self) -> None:
        self.clear()
        self.left.emit()
