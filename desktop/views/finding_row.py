"""Findings as rows: what was expected, what was seen, how sure, on which words; and a line for what is folded away."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.swatches import attribute_of, swatch_of
from desktop.translating import marked, plural, tr
from desktop.views.parts import PressableButton, draw_swatch, elided
from desktop.wording import finding_label
from storage.domain.decisions import Verb
from storage.domain.findings import Finding, Verdict

CANNOT_BE_SEEN = marked("cannot be seen")
_LINE = 22
_SMALL_LINE = 17
_PAD = 9
_SHORT = 28
_CROP_WIDTH = 96
_CROP_HEIGHT = 58
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FindingRow(QWidget):
    """Paints a finding; a click chooses it, the mouse over it lights its region. The chosen one shows everything.

    Args:
        finding: what the critic says.
        spoken: what the director said of it: false alarm, missed drift or nothing.
        quote: the words of the script; empty where there are none.
        place: where these words stand, and the frames in which it drifts.
    """

    chosen = Signal(str)
    hovered = Signal(str)

    def __init__(
        self, finding: Finding, *, spoken: Verb | None, quote: str, place: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        self._spoken = spoken
        self._quote = quote
        self._place = place
        self._crop: QImage | None = None
        self._is_chosen = False
        self._is_lit = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{finding_label(finding)}: {tr(self.word)}")
        self.setToolTip(self._tooltip())
        self._fit()

    @property
    def word(self) -> str:
        """What counts in the end, the director's word included: "drift", "you say: drift"; untranslated."""
        if self._spoken is Verb.FALSE_ALARM and self.finding.verdict is Verdict.DRIFT:
            return marked("false alarm")
        if self._spoken is Verb.MISSED_DRIFT:
            return marked("you say: drift")
        if self.finding.verdict is Verdict.UNSEEN:
            return marked("should be seen") if self.finding.must else CANNOT_BE_SEEN
        return str(self.finding.verdict)

    @property
    def is_drift(self) -> bool:
        """Whether it counts as drift, after the director's word."""
        if self._spoken is Verb.MISSED_DRIFT:
            return True
        return self.finding.verdict is Verdict.DRIFT and self._spoken is not Verb.FALSE_ALARM

    @property
    def is_tall(self) -> bool:
        return self._is_chosen or self.is_drift or self.finding.verdict is Verdict.DRIFT

    def show_chosen(self, chosen: bool) -> None:
        """Mark it as the one that keys speak of, and show all of it."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            self._fit()
            self.update()

    @property
    def lacks_crop(self) -> bool:
        """Whether there is room for what the critic looked at, and it is still to come."""
        return self.is_tall and self.finding.region is not None and self._crop is None

    @property
    def is_lit(self) -> bool:
        return self._is_lit

    def show_lit(self, lit: bool) -> None:
        """Light it while its region, or the row itself, is under the mouse."""
        if lit != self._is_lit:
            self._is_lit = lit
            self.update()

    def show_crop(self, crop: QImage) -> None:
        """Show what the critic looked at."""
        self._crop = crop
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # Its parts stand where they are painted, in every language.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.fillRect(self.rect(), theme.faded(theme.RED, 22) if self.is_drift else theme.faded(theme.TEXT, 8))
        if self._is_chosen:
            painter.fillRect(self.rect(), theme.faded(theme.TEXT, 14))
        if self._is_lit:
            painter.fillRect(self.rect(), theme.faded(theme.TEXT, 22))
        painter.fillRect(QRect(0, 0, 5 if self._is_lit else 3, self.height()), self._colour())
        rect = self.rect().adjusted(12, 0, -10, 0)
        if self.is_tall:
            self._paint_tall(painter, rect.adjusted(0, _PAD, 0, -_PAD))
        else:
            self._paint_line(painter, rect)
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
    def _is_overruled(self) -> bool:
        return self.word in ("false alarm", "you say: drift")

    @property
    def _critic_words(self) -> str:
        if self.finding.verdict is Verdict.UNSEEN:
            return tr("not seen, should be") if self.finding.must else tr(CANNOT_BE_SEEN)
        return f"{tr(self.finding.verdict)} · {self.finding.confidence * 100:.0f} %"

    @property
    def _your_words(self) -> str:
        return tr("you: false alarm") if self._spoken is Verb.FALSE_ALARM else tr("you: drift")

    def _colour(self) -> QColor:
        if self.is_drift:
            return theme.RED
        if self.finding.verdict is Verdict.UNSEEN:
            return theme.AMBER if self.finding.must else theme.QUEUED
        return theme.GREEN

    def _tooltip(self) -> str:
        finding = self.finding
        parts = [finding_label(finding), tr("the critic: {says}", says=self._critic_words)]
        if self._is_overruled:
            parts.append(self._your_words)
        if finding.verdict is Verdict.UNSEEN and finding.must:
            parts.append(tr("The plan says that this can be seen, so the take is not clean."))
        if finding.expected:
            parts.append(tr("expected: {what}", what=tr(finding.expected)))
        if finding.observed:
            parts.append(tr("seen: {what}", what=tr(finding.observed)))
        if not finding.must:
            parts.append(tr("should, not must"))
        more = (finding.message, self._quote, self._place, tr("check: {check}", check=finding.check))
        return "\n".join([*parts, *filter(None, more)])

    def _fit(self) -> None:
        tall = 2 * _PAD + _LINE + self._body_height() + self._message_height(self.width() - 22)
        self.setFixedHeight(tall if self.is_tall else _SHORT)

    def _body_height(self) -> int:
        text = (_SMALL_LINE if self._quote else 0) + (_SMALL_LINE if self._place else 0)
        return _LINE + max(text, self._crop_height())

    def _crop_height(self) -> int:
        region = self.finding.region
        if region is None:
            return 0
        # Pictures are about 16:9; a crop of another shape is fitted into this room.
        ratio = (region.bottom - region.top) * 9 / max(0.01, (region.right - region.left) * 16)
        return round(min(_CROP_HEIGHT, max(_LINE, _CROP_WIDTH * ratio))) + 2

    def _message_height(self, width: int) -> int:
        if not self.finding.message:
            return 0
        metrics = QFontMetrics(theme.font(theme.SMALL_PT))
        return metrics.boundingRect(QRect(0, 0, max(40, width), 400), _WRAP, self.finding.message).height() + 4

    def _paint_verdict(self, painter: QPainter, rect: QRect) -> int:
        """Paint at the right what the critic says, struck out where the director says otherwise; returns its width."""
        painter.setFont(theme.font())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if not self._is_overruled:
            quiet = self.finding.verdict is Verdict.UNSEEN and not self.finding.must
            painter.setPen(self._colour() if not quiet and self.word != "ok" else theme.FAINT if quiet else theme.SOFT)
            painter.drawText(rect, flags, self._critic_words)
            return painter.fontMetrics().horizontalAdvance(self._critic_words)
        said = self._your_words
        painter.setPen(theme.RED if self.is_drift else theme.TEXT)
        painter.drawText(rect, flags, said)
        width = painter.fontMetrics().horizontalAdvance(said) + 8
        struck = theme.font(theme.SMALL_PT)
        struck.setStrikeOut(True)
        painter.setFont(struck)
        painter.setPen(theme.FAINT)
        painter.drawText(rect.adjusted(0, 0, -width, 0), flags, self._critic_words)
        return width + painter.fontMetrics().horizontalAdvance(self._critic_words)

    def _paint_line(self, painter: QPainter, rect: QRect) -> None:
        room = self._paint_verdict(painter, rect)
        painter.setFont(theme.font())
        left = rect.adjusted(0, 0, -room - 10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.SOFT)
        name = elided(painter, finding_label(self.finding), left.width())
        painter.drawText(left, middle, name)
        x = left.left() + painter.fontMetrics().horizontalAdvance(name) + 8
        colour = swatch_of(attribute_of(self.finding.key), self.finding.expected)
        if colour and x + 16 < left.right():
            draw_swatch(painter, QRect(x, rect.center().y() - 5, 11, 11), colour, round_shape=True)
            x += 17
        painter.setPen(theme.SOFT if self.finding.verdict is Verdict.UNSEEN else theme.TEXT)
        rest = QRect(x, left.top(), max(0, left.right() - x), left.height())
        painter.drawText(rest, middle, elided(painter, tr(self.finding.expected), rest.width()))

    def _paint_tall(self, painter: QPainter, rect: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        first = QRect(rect.left(), rect.top(), rect.width(), _LINE)
        room = self._paint_verdict(painter, first)
        painter.setFont(theme.font(strong=True))
        painter.setPen(theme.TEXT)
        painter.drawText(first, middle, elided(painter, finding_label(self.finding), first.width() - room - 10))
        y = rect.top() + _LINE
        painter.setFont(theme.font())
        self._paint_change(painter, QRect(rect.left(), y, rect.width(), _LINE))
        y += _LINE
        height = min(_CROP_HEIGHT, self._body_height() - _LINE) - 2
        crop = QRect(rect.right() - _CROP_WIDTH + 1, y + 1, _CROP_WIDTH, height)
        width = rect.width() - self._paint_crop(painter, crop)
        for words, font in (
            (self._quote, theme.font(theme.SMALL_PT, italic=True)),
            (self._place, theme.font(theme.SMALL_PT)),
        ):
            if words:
                painter.setFont(font)
                painter.setPen(theme.SOFT)
                painter.drawText(QRect(rect.left(), y, width, _SMALL_LINE), middle, elided(painter, words, width))
                y += _SMALL_LINE
        if self.finding.message:
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.SOFT)
            top = rect.top() + _LINE + self._body_height() + 2
            painter.drawText(
                QRect(rect.left(), top, rect.width(), rect.bottom() - top + 4), _WRAP, self.finding.message
            )

    def _paint_change(self, painter: QPainter, line: QRect) -> None:
        finding = self.finding
        attribute = attribute_of(finding.key)
        seen = finding.observed if finding.verdict is Verdict.DRIFT or finding.observed != finding.expected else ""
        x = line.left()
        half = max(30, (line.width() - 60) // 2) if seen else line.width()
        for index, words in enumerate((finding.expected, seen)):
            if not words:
                continue
            if index and x > line.left():
                painter.setPen(theme.FAINT)
                painter.drawText(QRect(x, line.top(), 20, line.height()), Qt.AlignmentFlag.AlignCenter, "→")
                x += 22
            colour = swatch_of(attribute, words)
            if colour:
                draw_swatch(painter, QRect(x, line.center().y() - 6, 13, 13), colour, round_shape=True)
                x += 19
            painter.setPen(theme.TEXT)
            shown = elided(painter, tr(words), min(half, line.right() - x))
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
        target = QRectF(place.right() - width, place.top(), width, height)
        painter.drawImage(target, self._crop)
        return round(width) + 10


class UnseenFold(PressableButton):
    """One line for all that cannot be seen in a shot; open, the rows below it are there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("quiet")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say how many there are, and which."""
        names = ", ".join(finding_label(finding) for finding in findings)
        self._words = plural(
            "{n} cannot be seen in this shot: {names}", "{n} cannot be seen in this shot: {names}", len(findings),
            names=names,
        )  # fmt: skip
        self.setAccessibleName(self._words)
        told = (f"{finding_label(each)} {tr(each.expected)}" for each in findings)
        why = (f": {each.message}" if each.message else "" for each in findings)
        self.setToolTip("\n".join(map("".join, zip(told, why, strict=True))))
        self.setVisible(bool(findings))
        self.update()

    @property
    def words(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(200, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            painter.fillRect(self.rect(), theme.faded(theme.TEXT, 12))
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.FAINT)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(-8, 0, -8, 0), middle | Qt.AlignmentFlag.AlignRight, "U")
        painter.setPen(theme.SOFT)
        words = f"{'▾' if self.isChecked() else '▸'} {self._words}"
        painter.drawText(self.rect().adjusted(2, 0, -28, 0), middle, elided(painter, words, self.width() - 32))
        painter.end()

    _words = ""
