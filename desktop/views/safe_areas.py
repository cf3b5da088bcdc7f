"""The areas of a picture that every screen shows, as lines over it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop import theme
from desktop.translating import marked, tr

_SAFE_AREAS = ((0.93, marked("action 93 %")), (0.90, marked("title 90 %")))


def paint_safe_areas(painter: QPainter, picture: QRectF) -> None:
    """Draw both areas and the middle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(theme.font(theme.SMALL_PT))
    for share, told in _SAFE_AREAS:
        words = tr(told)
        across, down = picture.width() * (1 - share) / 2, picture.height() * (1 - share) / 2
        area = picture.adjusted(across, down, -across, -down)
        painter.setPen(QPen(theme.faded(theme.STAGE, 150), 3))
        painter.drawRect(area)
        painter.setPen(
            QPen(theme.faded(theme.TEXT, 190), 1, Qt.PenStyle.SolidLine if share > 0.91 else Qt.PenStyle.DashLine)
        )
        painter.drawRect(area)
        # The lines lie close together; each name stands on its own, action at the top and title at the foot.
        width = painter.fontMetrics().horizontalAdvance(words) + 10
        left, y = (area.left() + 24, area.top()) if share > 0.91 else (area.right() - 24 - width, area.bottom())
        place = QRectF(left, y - 8, width, 16)
        painter.fillRect(place, theme.faded(theme.STAGE, 230))
        painter.setPen(theme.TEXT)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
    painter.setPen(QPen(theme.faded(theme.TEXT, 150), 1))
    middle = picture.center()
    painter.drawLine(middle - QPointF(7, 0), middle + QPointF(7, 0))
    painter.drawLine(middle - QPointF(0, 7), middle + QPointF(0, 7))
