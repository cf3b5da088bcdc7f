"""Paints strokes over a picture, at whatever size it is shown."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop import theme
from storage.domain.strokes import LETTERS, LINE, RGB, Colour, Stroke, Tool, arrow_head

_CASING_ALPHA = 120
_CASING_PX = 1.4
_LEAST_PX = 1.4
_LEAST_LETTERS_PX = 9.0
_DASH_PX, _GAP_PX = 9.0, 6.0
_HEAD, _LEAST_HEAD_PX = 3.5, 10.0


def colour_of(colour: Colour) -> QColor:
    """A colour to draw with."""
    return QColor(*RGB[colour])


def line_px(stroke: Stroke, picture: QRectF) -> float:
    """How broad its lines are on the screen."""
    return max(_LEAST_PX, LINE[stroke.width] * picture.height())


def place_in(picture: QRectF, point: tuple[float, float]) -> QPointF:
    """Where a point of a picture is on the screen."""
    return QPointF(picture.left() + point[0] * picture.width(), picture.top() + point[1] * picture.height())


def stroke_rect(stroke: Stroke, picture: QRectF) -> QRectF:
    """What a stroke covers on the screen, with its lines, heads and letters."""
    if stroke.tool is Tool.TEXT:
        return _words_rect(stroke, picture).adjusted(-2, -2, 2, 2)
    box = QPolygonF([place_in(picture, point) for point in stroke.points]).boundingRect()
    wide = line_px(stroke, picture)
    more = wide + 2 * _CASING_PX + (max(_LEAST_HEAD_PX, wide * _HEAD) if stroke.tool is Tool.ARROW else 0)
    return box.adjusted(-more, -more, more, more)


def paint_stroke(painter: QPainter, stroke: Stroke, picture: QRectF, *, earlier: bool = False) -> None:
    """Paint one stroke.

    Args:
        earlier: it is of an earlier take: its lines are broken.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if stroke.tool is Tool.TEXT:
        _paint_words(painter, stroke, picture)
        return
    lines = _lines(stroke, [place_in(picture, point) for point in stroke.points], line_px(stroke, picture))
    wide = line_px(stroke, picture)
    casing = theme.faded(colour_of(_against(stroke.colour)), _CASING_ALPHA)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((casing, wide + 2 * _CASING_PX), (colour_of(stroke.colour), wide)):
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if earlier:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([_DASH_PX / width, _GAP_PX / width])
        painter.setPen(pen)
        for line in lines:
            if len(line) == 1:
                painter.drawPoint(line[0])
            else:
                painter.drawPolyline(line)


def letters_px(stroke: Stroke, picture: QRectF) -> float:
    """How high its letters' line is on the screen."""
    return max(_LEAST_LETTERS_PX, LETTERS[stroke.width] * picture.height())


def _against(colour: Colour) -> Colour:
    return Colour.WHITE if colour is Colour.BLACK else Colour.BLACK


def _lines(stroke: Stroke, points: list[QPointF], wide: float) -> list[list[QPointF]]:
    if stroke.tool is Tool.BOX:
        rect = QRectF(points[0], points[1]).normalized()
        return [[rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft(), rect.topLeft()]]
    if stroke.tool is Tool.ARROW:
        tail, head = points
        ends = arrow_head((tail.x(), tail.y()), (head.x(), head.y()), max(_LEAST_HEAD_PX, wide * _HEAD))
        return [points, [QPointF(*ends[0]), head, QPointF(*ends[1])]]
    return [points]


def _words_font(stroke: Stroke, picture: QRectF):
    font = theme.font(strong=True)
    font.setPixelSize(round(letters_px(stroke, picture)))
    return font


def _words_rect(stroke: Stroke, picture: QRectF) -> QRectF:
    size = letters_px(stroke, picture)
    at = place_in(picture, stroke.points[0])
    wide = QFontMetricsF(_words_font(stroke, picture)).horizontalAdvance(stroke.words) + size * 0.7
    return QRectF(at.x(), at.y() - size * 0.75, wide, size * 1.5)


def _paint_words(painter: QPainter, stroke: Stroke, picture: QRectF) -> None:
    rect = _words_rect(stroke, picture)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.faded(colour_of(_against(stroke.colour)), 160))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setFont(_words_font(stroke, picture))
    painter.setPen(colour_of(stroke.colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, stroke.words)
