"""Regions of findings, drawn over a picture with what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.views.parts import elided
from storage.domain.findings import Region

_TAG_HEIGHT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A region to be drawn, with what it says."""

    key: str
    region: Region
    words: str
    colour: QColor
    strong: bool


def region_rect(region: Region, picture: QRectF) -> QRectF:
    """Where a region of a picture is, given where the picture is."""
    return QRectF(
        QPointF(picture.left() + region.left * picture.width(), picture.top() + region.top * picture.height()),
        QPointF(picture.left() + region.right * picture.width(), picture.top() + region.bottom * picture.height()),
    )


def mark_at(marks: Sequence[Mark], picture: QRectF, point: QPointF) -> Mark | None:
    """The smallest mark under a point."""
    under = [mark for mark in marks if region_rect(mark.region, picture).contains(point)]
    return min(under, key=lambda mark: region_rect(mark.region, picture).width(), default=None)


def paint_marks(painter: QPainter, marks: Sequence[Mark], picture: QRectF, room: QRectF) -> None:
    """Draw marks over a picture, the strong ones last.

    Args:
        room: what can be seen of the picture; tags stay inside.
    """
    tags: list[QRectF] = []
    some_strong = any(mark.strong for mark in marks)
    for mark in sorted(marks, key=lambda mark: mark.strong):
        painter.setOpacity(1.0 if mark.strong or not some_strong else 0.55)
        _paint_mark(painter, mark, region_rect(mark.region, picture), picture.intersected(room), tags)
    painter.setOpacity(1.0)


def paint_tag(painter: QPainter, words: str, tag: QRectF, colour: QColor) -> None:
    """Draw words on a small patch of colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(tag, 2, 2)
    painter.setPen(theme.STAGE)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)


def _paint_mark(painter: QPainter, mark: Mark, rect: QRectF, seen: QRectF, tags: list[QRectF]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.faded(theme.STAGE, 160), 4 if mark.strong else 3))
    painter.drawRoundedRect(rect, 2, 2)
    painter.setPen(QPen(mark.colour, 2 if mark.strong else 1.2))
    painter.drawRoundedRect(rect, 2, 2)
    if not mark.words or seen.isEmpty():
        return
    painter.setFont(theme.font(theme.SMALL_PT, strong=True))
    words = elided(painter, mark.words, int(seen.width() - 10))
    width = painter.fontMetrics().horizontalAdvance(words) + 10
    left = min(max(rect.left() - 1, seen.left()), seen.right() - width)
    top = rect.top() - _TAG_HEIGHT - 2
    if top < seen.top():
        top = max(seen.top(), min(rect.bottom() + 2, seen.bottom() - _TAG_HEIGHT))
    tag = QRectF(left, top, width, _TAG_HEIGHT)
    # Findings on the same region stand one above the other.
    while any(tag.intersects(other) for other in tags) and tag.top() > 0:
        tag.translate(0, -_TAG_HEIGHT - 1)
    tags.append(tag)
    paint_tag(painter, words, tag, mark.colour)
