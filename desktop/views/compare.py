"""Paints two pictures against each other: flick, wipe, side by side, difference, onion skin."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log2

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from desktop import theme
from desktop.comparing import Mode
from desktop.translating import tr
from desktop.views.parts import elided

_TAG_HEIGHT = 20
_HANDLE = 11.0
_SCALE_WIDTH = 190
SIDE_GAP = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareView:
    """How a canvas shows its picture (A) and another (B).

    Attributes:
        name, other_name: what A and B are called ("take 2").
        wipe, onion: 0 to 1. gain: how often a difference is multiplied.
        shows_other: in a flick, B is on screen.
    """

    mode: Mode
    name: str
    other_name: str
    wipe: float = 0.5
    onion: float = 0.5
    gain: int = 1
    shows_other: bool = False


def draw_picture(painter: QPainter, image: QImage, rect: QRectF) -> None:
    """Draw a picture; its pixels stay crisp where they are much larger than the screen's."""
    ratio = painter.device().devicePixelRatioF()
    crisp = rect.width() * ratio > 2.5 * image.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
    painter.drawImage(rect, image)


def paint_flick(painter: QPainter, image: QImage, other: QImage, rect: QRectF, view: CompareView) -> None:
    draw_picture(painter, other if view.shows_other else image, rect)


def paint_onion(painter: QPainter, image: QImage, other: QImage, rect: QRectF, view: CompareView) -> None:
    """B over A, as opaque as the slider says."""
    draw_picture(painter, image, rect)
    painter.setOpacity(view.onion)
    draw_picture(painter, other, rect)
    painter.setOpacity(1.0)


def paint_wipe(painter: QPainter, image: QImage, other: QImage, rect: QRectF, view: CompareView) -> None:
    """A to the left of the line, B to the right."""
    draw_picture(painter, image, rect)
    x = wipe_x(rect, view.wipe)
    painter.save()
    painter.setClipRect(QRectF(x, rect.top(), rect.right() - x, rect.height()), Qt.ClipOperation.IntersectClip)
    draw_picture(painter, other, rect)
    painter.restore()


def paint_wipe_line(painter: QPainter, rect: QRectF, seen: QRectF, wipe: float) -> None:
    """The line of a wipe, with a handle to take it by."""
    x = wipe_x(rect, wipe)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.faded(theme.STAGE, 190), 3))
    painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
    painter.setPen(QPen(theme.TEXT, 1.2))
    painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
    middle = QPointF(x, seen.center().y())
    painter.setBrush(theme.faded(theme.STAGE, 200))
    painter.drawEllipse(middle, _HANDLE, _HANDLE)
    painter.setPen(QPen(theme.TEXT, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for side in (-1, 1):
        tip = QPointF(middle.x() + side * 6.5, middle.y())
        painter.drawPolyline([tip + QPointF(-side * 3, -3), tip, tip + QPointF(-side * 3, 3)])


def paint_difference(painter: QPainter, image: QImage, other: QImage, rect: QRectF, view: CompareView) -> None:
    """The distance of each colour of A from B's, multiplied."""
    seen = rect.intersected(QRectF(painter.clipBoundingRect()) if painter.hasClipping() else rect)
    ratio = painter.device().devicePixelRatioF()
    buffer = QImage(
        max(1, round(seen.width() * ratio)), max(1, round(seen.height() * ratio)), QImage.Format.Format_RGB32
    )
    buffer.setDevicePixelRatio(ratio)
    buffer.fill(Qt.GlobalColor.black)
    inside = QPainter(buffer)
    placed = rect.translated(-seen.topLeft())
    draw_picture(inside, image, placed)
    inside.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    draw_picture(inside, other, placed)
    inside.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    for _ in range(round(log2(view.gain))):
        inside.drawImage(QPointF(0, 0), buffer.copy())
    inside.end()
    painter.drawImage(seen.topLeft(), buffer)


def paint_difference_scale(painter: QPainter, seen: QRectF, gain: int, *, same: bool) -> None:
    """What the brightness of a difference means, in levels of 255."""
    words = tr("No difference: the two are the same.") if same else tr("difference × {gain}", gain=gain)
    painter.setFont(theme.font(theme.SMALL_PT))
    width = min(seen.width() - 16, max(_SCALE_WIDTH, painter.fontMetrics().horizontalAdvance(words) + 20))
    box = QRectF(seen.left() + 8, seen.bottom() - 56, width, 48)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.faded(theme.PANEL, 230))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.TEXT)
    line = QRectF(box.left() + 10, box.top() + 4, box.width() - 20, 16)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided(painter, words, int(line.width())))
    bar = QRectF(line.left(), box.top() + 22, line.width(), 7)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    gradient.setColorAt(0, QColor("black"))
    gradient.setColorAt(1, QColor("white"))
    painter.fillRect(bar, gradient)
    painter.setPen(theme.SOFT)
    below = QRectF(bar.left(), bar.bottom() + 1, bar.width(), 15)
    painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, "0")
    level = -(-255 // gain)
    most = tr("{level} of 255 or more", level=level) if gain > 1 else tr("{level} of 255", level=level)
    painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, most)


def paint_names(painter: QPainter, view: CompareView, left: QRectF, right: QRectF) -> None:
    """Say which picture is which: A at the left, B at the right, only the one shown in a flick."""
    painter.setFont(theme.font(theme.SMALL_PT, strong=True))
    shows_a = view.mode is not Mode.FLICK or not view.shows_other
    shows_b = view.mode is not Mode.FLICK or view.shows_other
    half = int(min(left.width(), right.width()) / (1 if view.mode is Mode.SIDE else 2)) - 12
    if shows_a:
        _paint_name(painter, tr("A  {name}", name=view.name), left.topLeft() + QPointF(6, 6), half, at_right=False)
    if shows_b:
        at_right = view.mode is not Mode.SIDE
        corner = right.topRight() + QPointF(-6, 6) if at_right else right.topLeft() + QPointF(6, 6)
        _paint_name(painter, tr("B  {name}", name=view.other_name), corner, half, at_right=at_right)


def wipe_x(rect: QRectF, wipe: float) -> float:
    """Where the line of a wipe is."""
    return rect.left() + rect.width() * wipe


def _paint_name(painter: QPainter, words: str, corner: QPointF, most: int, *, at_right: bool) -> None:
    words = elided(painter, words, most)
    width = painter.fontMetrics().horizontalAdvance(words) + 14
    box = QRectF(corner.x() - (width if at_right else 0), corner.y(), width, _TAG_HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.faded(theme.STAGE, 205))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(theme.TEXT)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


Painter = Callable[[QPainter, QImage, QImage, QRectF, CompareView], None]
ON_EACH_OTHER: dict[Mode, Painter] = {
    Mode.FLICK: paint_flick,
    Mode.WIPE: paint_wipe,
    Mode.DIFFERENCE: paint_difference,
    Mode.ONION: paint_onion,
}
