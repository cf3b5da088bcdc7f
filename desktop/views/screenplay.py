"""The screenplay's text, with the lines lit that something rests on, and the shots beside it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop import theme
from desktop.claims import Claims
from desktop.fault_words import fault_words
from desktop.faults import MARK
from desktop.list_keys import SCREENPLAY
from desktop.script_rows import PAGE_COLUMNS, Script, Style
from desktop.translating import tr
from desktop.views.own_keys import takes_own
from storage.domain.open_ends import OpenEnd

_GUTTER_COLUMNS = 9
_FAINT, _STRONG, _HERE = 20, 74, 26
_AT_THE_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NO_CLAIMS = Claims(by_line={}, claimed=frozenset(), proposed=frozenset(), shots={})


class Screenplay(QPlainTextEdit):
    """A page to read. Only what is in sight is painted, so that a feature is as quick as a scene.

    Signals:
        line_chosen: somebody went to a line, from 1, by mouse or key.
        next_wanted: the next claim on that line.
    """

    line_chosen = Signal(int)
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._script = Script(rows=(), row_of={})
        self._claims = _NO_CLAIMS
        self._faults: Mapping[int, Sequence[OpenEnd]] = {}
        self._marked: tuple[int, ...] = ()
        self._colour = theme.AMBER
        self._lit: tuple[int, ...] = ()
        self._lit_of: Script | None = None
        self.line = 0
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        self.setFont(page_font())
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Screenplay"))

    def show_script(self, script: Script) -> None:
        """Show another screenplay."""
        self._script = script
        self.line = 0
        gutter = " " * _GUTTER_COLUMNS
        self.setPlainText("\n".join(gutter + row.text if row.text else "" for row in script.rows))
        self._write_rows()
        self._fit()

    def show_claims(self, claims: Claims, faults: Mapping[int, Sequence[OpenEnd]] = MappingProxyType({})) -> None:
        """Light the lines that something rests on.

        Args:
            faults: what is marked as wrong, by line.
        """
        if claims is self._claims and faults is self._faults and self._lit_of is self._script:
            return
        self._claims, self._faults, self._lit_of = claims, faults, self._script
        lit = {*claims.by_line, *faults}
        self._lit = tuple(sorted(line for line in lit if line in self._script.row_of))
        self.viewport().update()

    def mark(self, lines: tuple[int, ...], *, is_proposed: bool) -> None:
        """Light some lines more: those that the chosen item rests on."""
        self._marked = lines
        self._colour = theme.VIOLET if is_proposed else theme.AMBER
        self.viewport().update()

    @property
    def marked(self) -> tuple[int, ...]:
        """The lines that are lit more than others."""
        return self._marked

    def go_to(self, line: int) -> None:
        """Bring a line into the middle unless it is in sight; it is the one that the keys go on from."""
        self.line = line
        row = self._script.row_of.get(line)
        if row is None:
            return
        first = self.firstVisibleBlock().blockNumber()
        in_sight = max(1, round(self.viewport().height() / self.fontMetrics().height()) - 2)
        if not first <= row < first + in_sight:
            self.verticalScrollBar().setValue(max(0, row - in_sight // 3))
        self.viewport().update()

    def step(self, by: int) -> bool:
        """Go to the next line that something rests on, or the one before; False where there is none."""
        place = bisect_right(self._lit, self.line) if by > 0 else bisect_left(self._lit, self.line) - 1
        if not 0 <= place < len(self._lit):
            return False
        self.go_to(self._lit[place])
        self.line_chosen.emit(self.line)
        return True

    def point_of(self, line: int) -> QPoint:
        """Where the text of a line is, in the viewport."""
        block = self.document().findBlockByNumber(self._script.row_of[line])
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        return QPoint(round(place.left() + self._column * (_GUTTER_COLUMNS + 2)), round(place.center().y()))

    def event(self, event: QEvent) -> bool:
        return takes_own(event, SCREENPLAY) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Down:
                self.step(1)
            case Qt.Key.Key_Up:
                self.step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.next_wanted.emit()
            case Qt.Key.Key_PageDown:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        line = self._line_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and line and not self.textCursor().hasSelection():
            self.line = line
            self.line_chosen.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        line = self._line_at(event.position().toPoint())
        is_lit = line in self._claims.by_line or line in self._faults
        self.viewport().setToolTip("\n".join(f"{MARK} {fault_words(end)}" for end in self._faults.get(line, ())))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_lit else Qt.CursorShape.IBeamCursor)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._script.rows:
            self._write_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        block = self.firstVisibleBlock()
        bottom = event.rect().bottom()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > bottom:
                break
            self._paint_light(painter, block, place)
            block = block.next()
        painter.end()
        super().paintEvent(event)

    @property
    def _column(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance("0")

    def _write_rows(self) -> None:
        """Write headings, and what is no part of the film, in their own colours."""
        heading, aside = QTextCharFormat(), QTextCharFormat()
        heading.setForeground(theme.TEXT)
        heading.setFontWeight(QFont.Weight.Bold)
        aside.setForeground(theme.FAINT)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, row in enumerate(self._script.rows):
            if row.style in (Style.HEADING, Style.ASIDE) and row.text:
                block = self.document().findBlockByNumber(number)
                cursor.setPosition(block.position())
                cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(heading if row.style is Style.HEADING else aside)
        cursor.endEditBlock()

    def _fit(self) -> None:
        """Keep the page in the middle of a wide window."""
        page = self._column * (_GUTTER_COLUMNS + PAGE_COLUMNS + 2)
        bar = self.verticalScrollBar().sizeHint().width()
        self.setViewportMargins(max(0, round((self.width() - bar - page) / 2)), 0, 0, 0)

    def _line_at(self, point: QPoint) -> int:
        number = self.cursorForPosition(point).blockNumber()
        return self._script.rows[number].line if number < len(self._script.rows) else 0

    def _paint_light(self, painter: QPainter, block: QTextBlock, place: QRectF) -> None:
        number = block.blockNumber()
        line = self._script.rows[number].line if number < len(self._script.rows) else 0
        if not line:
            return
        gutter = self._column * (_GUTTER_COLUMNS - 1)
        lit = QRectF(gutter, place.top(), self._column * (PAGE_COLUMNS + 2), place.height())
        if line in self._marked:
            self._light(painter, lit, self._colour, _STRONG)
        elif line in self._claims.claimed:
            self._light(painter, lit, theme.VIOLET if line in self._claims.proposed else theme.AMBER, _FAINT)
        if line in self._faults:
            painter.fillRect(QRectF(lit.left(), lit.top(), 3, lit.height()), theme.RED)
            if number == self._script.row_of.get(line):
                painter.setFont(theme.font(strong=True))
                painter.setPen(theme.RED)
                painter.drawText(lit.adjusted(0, 0, -self._column / 2, 0), _AT_THE_END, MARK)
        if line == self.line:
            painter.fillRect(lit, theme.faded(theme.TEXT, _HERE))
        labels = self._claims.shots.get(line, ())
        if labels and number == self._script.row_of.get(line):
            told = labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.FAINT)
            room = QRectF(0, place.top(), gutter - self._column, place.height())
            words = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    @staticmethod
    def _light(painter: QPainter, place: QRectF, colour: QColor, strength: int) -> None:
        painter.fillRect(place, theme.faded(colour, strength))
        # A bar beside the words, so that what is lit is not told by colour alone.
        painter.fillRect(QRectF(place.left(), place.top(), 2, place.height()), theme.faded(colour, strength * 3))


def page_font() -> QFont:
    """The letters of a screenplay: all equally wide, with fallbacks for other scripts."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made = QFont()
    made.setFamilies(["Courier Prime", "Courier", "DejaVu Sans Mono", fixed.family(), "Inter", "DejaVu Sans"])
    made.setStyleHint(QFont.StyleHint.TypeWriter)
    made.setFixedPitch(True)
    made.setPointSizeF(theme.TEXT_PT)
    return made
