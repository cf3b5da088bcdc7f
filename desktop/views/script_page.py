"""The screenplay as a page, with the lines lit that a claim rests on."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.keymap import key_of
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.views.parts import label
from desktop.wording import counted, length
from storage.domain.scene_graph import Evidence


class ScriptPage(QWidget):
    """What the scene graph holds, over the screenplay that it was read from.

    Args:
        stage: what is on screen.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.summary = label("")
        self.summary.setWordWrap(True)
        self.summary.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.what_now = label("", "soft")
        self.what_now.setWordWrap(True)
        self.page = QPlainTextEdit()
        self.page.setReadOnly(True)
        self.page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.page.setFont(theme.font(theme.TEXT_PT))
        self.page.setAccessibleName("Screenplay")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 8)
        layout.setSpacing(4)
        layout.addWidget(self.summary)
        layout.addWidget(self.what_now)
        layout.addSpacing(10)
        layout.addWidget(self.page, 1)
        stage.film_changed.connect(self.show_film)

    @Slot(str)
    def show_script(self, text: str) -> None:
        """Show the text of the screenplay."""
        self.page.setPlainText(text or "This screenplay is a Final Draft file; its text is not shown here.")

    @Slot()
    def show_film(self) -> None:
        """Say what the scene graph holds."""
        film = self._stage.film
        if film is None or film.view is None:
            return
        graph = film.view.graph
        seconds = float(film.num_frames / film.frame_rate)
        self.summary.setText(
            " · ".join(
                (
                    counted(len(graph.scenes), "scene"),
                    counted(len(graph.shots), "shot"),
                    counted(len(graph.characters), "character"),
                    counted(len(graph.settings), "setting"),
                    f"{length(seconds)} long",
                )
            )
        )
        proposed = len(film.proposed())
        open_words = (
            f"The script leaves {counted(proposed, 'thing')} open. What is proposed is in violet: settle or edit it."
            if proposed
            else "Nothing is left open."
        )
        if film.script is Light.APPROVED:
            self.what_now.setText(f"The scene graph is approved. {open_words}")
        else:
            approve = key_of(self, "approve", "A")
            self.what_now.setText(f"{open_words} Nothing is drawn before you approve the scene graph: {approve}.")

    def show_evidence(self, evidence: Evidence | None) -> None:
        """Light the lines that a claim rests on, and bring them into view."""
        if evidence is None or not evidence.first_line:
            self.page.setExtraSelections([])
            return
        document = self.page.document()
        selections: list[QTextEdit.ExtraSelection] = []
        for number in range(evidence.first_line, max(evidence.first_line, evidence.last_line) + 1):
            block = document.findBlockByNumber(number - 1)
            if not block.isValid():
                continue
            lit = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setBackground(theme.faded(theme.AMBER, 46))
            shape.setForeground(theme.TEXT)
            shape.setProperty(QTextFormat.Property.FullWidthSelection, True)
            lit.format = shape  # pyright: ignore[reportAttributeAccessIssue]
            lit.cursor = QTextCursor(block)  # pyright: ignore[reportAttributeAccessIssue]
            selections.append(lit)
        self.page.setExtraSelections(selections)
        if selections:
            self.page.setTextCursor(QTextCursor(document.findBlockByNumber(evidence.first_line - 1)))
            self.page.centerCursor()
