"""One finding as a row: what was expected, what was seen, how sure, the words it rests on, and the crop."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.swatches import attribute_of, swatch_of
from desktop.views.parts import draw_swatch, elided
from storage.domain.findings import Finding, Verdict

_LINE = 22
_PAD = 10
_CROP_WIDTH = 80
_CROP_HEIGHT = 34


class FindingRow(QWidget):
    """Paints a finding; a click chooses it, the mouse over it lights its region.

    Args:
        finding: what the critic says.
        word: what counts in the end, the director's word included ("drift", "false alarm", "you missed").
        is_drift: whether it counts as drift.
        quote: the words of the script and their line; empty where there are none.
    """

    chosen = Signal(str)
    hovered = Signal(str)

    def __init__(
        self, finding: Finding, *, word: str, is_drift: bool, quote: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        self.word = word
        self.is_drift = is_drift
        self._quote = quote
        self._crop: QImage | None = None
        self._is_chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{finding.label}: {word}")
        self.setToolTip(self._tooltip())

    def show_chosen(self, chosen: bool) -> None:
        """Mark it as the one that keys speak of."""
        self._is_chosen = chosen
        self.update()

    def show_crop(self, crop: QImage) -> None:
        """Show what the critic looked at."""
        self._crop = crop
        self.update()

    @property
    def is_tall(self) -> bool:
        return self.finding.verdict is Verdict.DRIFT or self.is_drift

    def sizeHint(self) -> QSize:
        if not self.is_tall:
            return QSize(200, 28)
        lines = 1 + bool(self._quote) + bool(self._message)
        return QSize(200, lines * _LINE + _CROP_HEIGHT + 2 * _PAD - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._colour()
        tint = theme.faded(theme.RED, 22) if self.is_drift else theme.faded(theme.TEXT, 8)
        painter.fillRect(self.rect(), tint)
        if self._is_chosen:
            painter.fillRect(self.rect(), theme.faded(theme.TEXT, 16))
        painter.fillRect(QRect(0, 0, 3, self.height()), colour)
        if self.is_tall:
            self._paint_tall(painter)
        else:
            self._paint_line(painter)
        if self._is_chosen:
            painter.setPen(QPen(theme.FOCUS, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.finding.key)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(self.finding.key)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit("")

    @property
    def _message(self) -> str:
        return self.finding.message

    def _colour(self):
        if self.is_drift:
            return theme.RED
        return theme.GREEN if self.finding.verdict is not Verdict.UNSEEN else theme.QUEUED

    def _verdict_words(self) -> str:
        if self.finding.verdict is Verdict.UNSEEN and self.word == "unseen":
            return "cannot be seen"
        return f"{self.word} · {self.finding.confidence * 100:.0f} %"

    def _tooltip(self) -> str:
        parts = [self.finding.label, f"{self.word}, {self.finding.confidence * 100:.0f} % sure"]
        if self.finding.expected:
            parts.append(f"expected: {self.finding.expected}")
        if self.finding.observed:
            parts.append(f"seen: {self.finding.observed}")
        if not self.finding.must:
            parts.append("should, not must")
        return "\n".join([*parts, *filter(None, (self._message, self._quote, f"check: {self.finding.check}"))])

    def _paint_line(self, painter: QPainter) -> None:
        rect = self.rect().adjusted(12, 0, -10, 0)
        painter.setFont(theme.font())
        right = self._verdict_words()
        room = painter.fontMetrics().horizontalAdvance(right)
        quiet = self.finding.verdict is Verdict.UNSEEN
        painter.setPen(theme.FAINT if quiet else theme.SOFT)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
        painter.setPen(theme.SOFT if quiet else theme.TEXT)
        words = f"{self.finding.label}  {self.finding.expected}".strip()
        left = rect.adjusted(0, 0, -room - 10, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, elided(painter, words, left.width()))

    def _paint_tall(self, painter: QPainter) -> None:
        rect = self.rect().adjusted(12, _PAD, -10, -_PAD)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font())
        right = self._verdict_words()
        room = painter.fontMetrics().horizontalAdvance(right)
        painter.setPen(theme.RED if self.is_drift else theme.SOFT)
        first = QRect(rect.left(), rect.top(), rect.width(), _LINE)
        painter.drawText(first, middle | Qt.AlignmentFlag.AlignRight, right)
        painter.setFont(theme.font(strong=True))
        painter.setPen(theme.TEXT)
        painter.drawText(first, middle, elided(painter, self.finding.label, first.width() - room - 10))
        y = rect.top() + _LINE
        crop_room = self._paint_crop(painter, QRect(rect.right() - _CROP_WIDTH + 1, y, _CROP_WIDTH, _CROP_HEIGHT))
        painter.setFont(theme.font())
        self._paint_change(painter, QRect(rect.left(), y, rect.width() - crop_room, _CROP_HEIGHT))
        y += _CROP_HEIGHT + 2
        painter.setFont(theme.font(theme.SMALL_PT))
        for words in filter(None, (self._message, self._quote)):
            painter.setPen(theme.SOFT)
            line = QRect(rect.left(), y, rect.width(), _LINE)
            painter.drawText(line, middle, elided(painter, words, line.width()))
            y += _LINE

    def _paint_change(self, painter: QPainter, line: QRect) -> None:
        attribute = attribute_of(self.finding.key)
        x = line.left()
        half = max(30, (line.width() - 50) // 2)
        for index, words in enumerate((self.finding.expected, self.finding.observed)):
            if not words:
                continue
            if index and x > line.left():
                painter.setPen(theme.FAINT)
                painter.drawText(QRect(x, line.top(), 24, line.height()), Qt.AlignmentFlag.AlignCenter, "→")
                x += 26
            colour = swatch_of(attribute, words)
            if colour:
                draw_swatch(painter, QRect(x, line.center().y() - 6, 13, 13), colour, round_shape=True)
                x += 19
            painter.setPen(theme.TEXT)
            shown = elided(painter, words, min(half, line.right() - x))
            painter.drawText(
                QRect(x, line.top(), line.right() - x, line.height()), Qt.AlignmentFlag.AlignVCenter, shown
            )
            x += painter.fontMetrics().horizontalAdvance(shown) + 6

    def _paint_crop(self, painter: QPainter, place: QRect) -> int:
        if self._crop is None or self._crop.isNull():
            return 0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = min(place.width() / self._crop.width(), place.height() / self._crop.height())
        width, height = self._crop.width() * scale, self._crop.height() * scale
        target = QRectF(place.right() - width, place.center().y() - height / 2, width, height)
        painter.drawImage(target, self._crop)
        return round(width) + 10
