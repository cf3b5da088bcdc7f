"""The director's verbs as buttons with their keys, and the line for a note to go with a request for changes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.translating import marked, tr
from desktop.views.choices import Choice
from desktop.views.parts import KeyButton, label
from desktop.wording import finding_label
from storage.domain.findings import Finding

_WHOLE_TAKE = marked("the take as a whole")
_SPACING_PX, _LOW_SPACING_PX = 6, 3
_LOW_STYLE = "QPushButton { padding: 3px 9px; }"


class NoteLine(QWidget):
    """Asks for a note and for the constraint that it is about; nothing else waits for it.

    Signals:
        sent: the note, and the constraint's key or nothing.
        closed: it was put away, sent or not.
    """

    sent = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = QLineEdit()
        self.note.setAccessibleName(tr("Note for the request"))
        self.note.setPlaceholderText(tr("What should change?"))
        self.note.returnPressed.connect(self._send)
        self.about = Choice()
        self.about.setAccessibleName(tr("What the request is about"))
        self.about.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setMinimumContentsLength(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label("about", "soft"))
        row.addWidget(self.about, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.note)
        layout.addLayout(row)
        hint = label("Enter sends it · Esc does not", "faint")
        hint.setFont(theme.font(theme.SMALL_PT))
        layout.addWidget(hint)
        for key, slot in (("Escape", self.close_note), ("Return", self._send), ("Enter", self._send)):
            shortcut = QShortcut(QKeySequence(key), self if key == "Escape" else self.about)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.hide()

    def open_note(self, findings: Sequence[Finding], key: str) -> None:
        """Ask. One can choose among the findings on constraints; `key` is the one that is chosen at first."""
        self.about.clear()
        self.about.addItem(tr(_WHOLE_TAKE), "")
        for finding in findings:
            if finding.constraint_id is not None:
                self.about.addItem(f"{finding_label(finding)}: {tr(finding.expected)}", finding.key)
        self.about.setCurrentIndex(max(0, self.about.findData(key)) if key else 0)
        self.show()
        self.note.setFocus()

    @Slot()
    def close_note(self) -> None:
        """Put the note away."""
        self.note.clear()
        self.hide()
        self.closed.emit()

    @Slot()
    def _send(self) -> None:
        note, key = self.note.text().strip(), self.about.currentData() or ""
        self.close_note()
        self.sent.emit(note, key)


class Verbs(QWidget):
    """The buttons. What each may do now is for others to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.approve = KeyButton("Approve", "A", action="approve")
        self.approve.setObjectName("approve")
        self.request = KeyButton("Request changes", "R", action="request_changes")
        self.false_alarm = KeyButton("False alarm", "F", action="false_alarm")
        self.missed = KeyButton("You missed this", "M", action="missed_drift")
        self.lock = KeyButton("Lock", "Ctrl+L", action="lock")
        self.approve_clean = KeyButton("Approve clean", "⇧A", action="approve_clean")
        self.undo = KeyButton("Undo", "Ctrl+Z", action="undo")
        self.redo = KeyButton("Redo", "⇧Ctrl+Z", action="redo")
        self._is_low = False
        layout = self._grid = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING_PX)
        rows = (
            (self.approve, self.request),
            (self.false_alarm, self.missed),
            (self.lock, self.approve_clean),
            (self.undo, self.redo),
        )
        for index, row in enumerate(rows):
            for column, button in enumerate(row):
                layout.addWidget(button, index, column)
                layout.setColumnStretch(column, 1)

    def show_low(self, is_low: bool) -> None:
        """Take less height, where a short window needs it for what is above."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._grid.setSpacing(_LOW_SPACING_PX if is_low else _SPACING_PX)
            self.setStyleSheet(_LOW_STYLE if is_low else "")
