"""Small pictures on buttons, drawn so that they are sharp at every scale."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from desktop import theme

_SHAPES = {
    "back": (((12, 3), (12, 13), (5, 8)), ((5, 3), (5, 13), (3, 13), (3, 3))),
    "reverse": (((12, 2), (12, 14), (2, 8)),),
    "play": (((4, 2), (4, 14), (14, 8)),),
    "pause": (((3, 2), (3, 14), (6, 14), (6, 2)), ((10, 2), (10, 14), (13, 14), (13, 2))),
    "ahead": (((4, 3), (4, 13), (11, 8)), ((11, 3), (11, 13), (13, 13), (13, 3))),
    "pen": (((2, 14), (3, 10), (6, 13)), ((4, 9), (11, 2), (14, 5), (7, 12))),
    "arrow": (((14, 2), (13, 9), (7, 3)), ((9.2, 5.2), (10.8, 6.8), (3.6, 14), (2, 12.4))),
    "box": (
        ((2, 3), (14, 3), (14, 5), (2, 5)),
        ((2, 11), (14, 11), (14, 13), (2, 13)),
        ((2, 3), (4, 3), (4, 13), (2, 13)),
        ((12, 3), (14, 3), (14, 13), (12, 13)),
    ),
    "text": (((3, 2), (13, 2), (13, 5), (3, 5)), ((6.8, 2), (9.2, 2), (9.2, 14), (6.8, 14))),
    "loop": (((13.5, 5.5), (8.5, 5.5), (11, 9.5)), ((2.5, 10.5), (7.5, 10.5), (5, 6.5))),
}
_ARCS = {"loop": (((3, 3, 10, 10), 10, 155), ((3, 3, 10, 10), 190, 155))}
_PIXELS = 16
_OVERSAMPLED = 4


def icon(name: str, colour: QColor = theme.TEXT) -> QIcon:
    """A shape of 16 by 16: "back", "reverse", "play", "pause", "ahead", "loop", "pen", "arrow", "box" or "text"."""
    pixmap = QPixmap(_PIXELS * _OVERSAMPLED, _PIXELS * _OVERSAMPLED)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_OVERSAMPLED, _OVERSAMPLED)
    for place, start, span in _ARCS.get(name, ()):
        painter.setPen(QPen(colour, 1.6))
        painter.drawArc(QRectF(*place), start * 16, span * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for shape in _SHAPES[name]:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))
    painter.end()
    return QIcon(pixmap)
