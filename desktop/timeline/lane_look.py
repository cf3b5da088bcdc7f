"""How each state looks in a lane: a colour and a pattern of its own, so that no state is told by colour alone."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from desktop import theme
from desktop.standing_light import Light
from desktop.timeline.rows import LANE_PITCH_PX, LANE_PX

PERIOD_PX = 8
_DARK = QColor(0, 0, 0, 185)


def lane_texture(light: Light, scale: float) -> QPixmap:
    """One period of a state's pattern; at a device's scale (1.5 at 150 %)."""
    return _texture(light, scale, theme.painted_in())


@lru_cache(maxsize=64)
def _texture(light: Light, scale: float, _painted_in: int) -> QPixmap:
    texture = QPixmap(round(PERIOD_PX * scale), round(LANE_PITCH_PX * scale))
    texture.setDevicePixelRatio(scale)
    texture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(texture)
    _draw_pattern(painter, light, theme.LIGHTS[light])
    painter.end()
    return texture


def fill_lane(painter: QPainter, light: Light, rects: list[QRect]) -> None:
    """Paint stretches of one state. All must lie in one lane; their pattern runs on from one to the next."""
    if not rects:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(lane_texture(light, painter.device().devicePixelRatioF())))
    painter.setBrushOrigin(0, rects[0].top())
    painter.drawRects(rects)


def draw_light(painter: QPainter, x: int, middle: int, light: Light, width: int = 18) -> None:
    """A sample of a state's pattern, as the lanes show it."""
    top = middle - LANE_PX // 2
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(lane_texture(light, painter.device().devicePixelRatioF())))
    painter.setBrushOrigin(x, top)
    painter.drawRect(QRect(x, top, width, LANE_PX))
    painter.restore()


def _draw_pattern(painter: QPainter, light: Light, colour: QColor) -> None:
    width, height = PERIOD_PX, LANE_PX
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, light in (Light.DRIFT, Light.IN_WORK, Light.SET_ASIDE))
    match light:
        case Light.APPROVED:
            painter.fillRect(0, 0, width, height, colour)
        case Light.NEEDS_YOU:
            # Hollow: still to be filled by a decision.
            painter.fillRect(0, 0, width, height, theme.faded(colour, 70))
            painter.fillRect(0, 0, width, 2, colour)
            painter.fillRect(0, height - 2, width, 2, colour)
        case Light.DRIFT:
            painter.fillRect(0, 0, width, height, colour)
            painter.setPen(QPen(_DARK, 2))
            for shift in (-PERIOD_PX, 0, PERIOD_PX):
                painter.drawLine(QPointF(shift + 0.5, height + 1.0), QPointF(shift + height + 2.5, -1.0))
        case Light.SET_ASIDE:
            painter.fillRect(0, 0, width, height, theme.faded(colour, 60))
            painter.setPen(QPen(colour, 1.4))
            painter.drawLine(QPointF(1.5, 0.5), QPointF(6.5, height - 0.5))
            painter.drawLine(QPointF(6.5, 0.5), QPointF(1.5, height - 0.5))
        case Light.IN_WORK:
            painter.fillRect(0, 0, width, height, theme.faded(colour, 70))
            painter.setPen(QPen(colour, 1.8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([QPointF(2, 0.2), QPointF(5.2, height / 2), QPointF(2, height - 0.2)]))
        case Light.STALE:
            painter.fillRect(0, 0, width, height, theme.faded(colour, 60))
            painter.fillRect(0, 0, 4, 3, colour)
            painter.fillRect(4, 3, 4, 3, colour)
        case Light.QUEUED:
            painter.fillRect(0, 2, 3, 2, theme.FAINT)
            painter.fillRect(4, 2, 3, 2, theme.FAINT)
        case Light.NOTHING:
            painter.fillRect(0, height // 2 - 1, width, 1, theme.QUEUED)
