"""The picture on screen, fitted, with the regions of findings drawn over it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.views.parts import elided
from storage.domain.findings import Region

_EDGE = 18
_TAG_HEIGHT = 18
_INSET_WIDTH = 168


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A region to be drawn, with what it says."""

    key: str
    region: Region
    words: str
    colour: QColor
    strong: bool


class Canvas(QWidget):
    """Paints one image as large as fits; the brightest thing in the window."""

    mark_hovered = Signal(str)
    mark_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setMouseTracking(True)
        self.setMinimumSize(240, 140)
        self.setAccessibleName("Picture")
        self.image: QImage | None = None
        self.marks: tuple[Mark, ...] = ()
        self._words = ""
        self._hint = ""
        self._inset: QImage | None = None
        self._inset_words = ""
        self._hovered = ""

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or none."""
        self.image = image
        self.update()

    def show_words(self, words: str, hint: str = "") -> None:
        """Say why there is no picture."""
        self._words, self._hint = words, hint
        self.update()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Draw these regions over the picture."""
        self.marks = marks
        self.update()

    def show_inset(self, image: QImage | None, words: str = "") -> None:
        """Show what is being drawn: small in a corner, or large where there is no picture yet."""
        self._inset, self._inset_words = image, words
        self.update()

    @property
    def words(self) -> str:
        return self._words

    @property
    def inset(self) -> QImage | None:
        return self._inset

    def picture_rect(self) -> QRectF:
        """Where the picture is."""
        return self._fitted(self.image)

    def region_rect(self, region: Region) -> QRectF:
        """Where a region of the picture is."""
        picture = self.picture_rect()
        return QRectF(
            QPointF(picture.left() + region.left * picture.width(), picture.top() + region.top * picture.height()),
            QPointF(picture.left() + region.right * picture.width(), picture.top() + region.bottom * picture.height()),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.STAGE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image is not None and not self.image.isNull():
            painter.drawImage(self.picture_rect(), self.image)
            tags: list[QRectF] = []
            for mark in sorted(self.marks, key=lambda mark: mark.strong):
                self._paint_mark(painter, mark, tags)
            self._paint_inset(painter)
        elif self._inset is not None and not self._inset.isNull():
            painter.drawImage(self._fitted(self._inset), self._inset)
            self._paint_caption(painter, self._inset_words)
        else:
            self._paint_words(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position())
        key = mark.key if mark else ""
        if key != self._hovered:
            self._hovered = key
            self.mark_hovered.emit(key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position())
        if mark is not None:
            self.mark_clicked.emit(mark.key)

    def _fitted(self, image: QImage | None) -> QRectF:
        room = QRectF(self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
        if image is None or image.isNull():
            return room
        scale = min(room.width() / image.width(), room.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def _mark_at(self, point: QPointF) -> Mark | None:
        under = [mark for mark in self.marks if self.region_rect(mark.region).contains(point)]
        return min(under, key=lambda mark: self.region_rect(mark.region).width(), default=None)

    def _paint_mark(self, painter: QPainter, mark: Mark, tags: list[QRectF]) -> None:
        rect = self.region_rect(mark.region)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.faded(theme.STAGE, 160), 4 if mark.strong else 3))
        painter.drawRoundedRect(rect, 2, 2)
        painter.setPen(QPen(mark.colour, 2 if mark.strong else 1.2))
        painter.drawRoundedRect(rect, 2, 2)
        if not mark.words:
            return
        painter.setFont(theme.font(theme.SMALL_PT, strong=True))
        picture = self.picture_rect()
        room = int(picture.width() - 10)
        words = elided(painter, mark.words, room)
        width = painter.fontMetrics().horizontalAdvance(words) + 10
        left = min(max(rect.left() - 1, picture.left()), picture.right() - width)
        top = rect.top() - _TAG_HEIGHT - 2
        if top < picture.top():
            top = min(rect.bottom() + 2, picture.bottom() - _TAG_HEIGHT)
        tag = QRectF(left, top, width, _TAG_HEIGHT)
        # Findings on the same region stand one above the other.
        while any(tag.intersects(other) for other in tags) and tag.top() > 0:
            tag.translate(0, -_TAG_HEIGHT - 1)
        tags.append(tag)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark.colour)
        painter.drawRoundedRect(tag, 2, 2)
        painter.setPen(theme.STAGE)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_inset(self, painter: QPainter) -> None:
        if self._inset is None or self._inset.isNull():
            return
        height = round(self._inset.height() * _INSET_WIDTH / self._inset.width())
        rect = QRect(self.width() - _INSET_WIDTH - 10, 10, _INSET_WIDTH, height)
        painter.fillRect(rect.adjusted(-2, -2, 2, 20), theme.PANEL)
        painter.drawImage(rect, self._inset)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.BLUE)
        words = elided(painter, self._inset_words, _INSET_WIDTH - 6)
        painter.drawText(
            QRect(rect.left() + 3, rect.bottom() + 1, _INSET_WIDTH - 6, 19), Qt.AlignmentFlag.AlignVCenter, words
        )

    def _paint_caption(self, painter: QPainter, words: str) -> None:
        painter.setFont(theme.font())
        painter.setPen(theme.BLUE)
        painter.drawText(self.rect().adjusted(24, 0, -24, -1), Qt.AlignmentFlag.AlignBottom, words)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(theme.font(theme.TEXT_PT + 2))
        painter.setPen(theme.SOFT)
        middle = self.rect().adjusted(30, 0, -30, -16)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(middle, flags, self._words)
        if self._hint:
            painter.setFont(theme.font())
            painter.setPen(theme.FAINT)
            painter.drawText(middle.adjusted(0, 54, 0, 54), flags, self._hint)
