"""Where the drawing lies in its window: how close, and how far it is scrolled."""

from PySide6.QtCore import QPointF, QRectF, QSize

from desktop.graph.layout import Layout, Place

HEAD_PX = 30
"""Room at the top, where the names of the columns stay."""
_EDGE_PX = 20
LEAST, MOST = 0.001, 2.5


class Camera:
    """Turns places into pixels of the viewport, and back.

    From where the whole width is seen on, what goes further away only gets flatter: a long film becomes a map of rows
    rather than a thread.

    Attributes:
        scale: 1.0 at 100 %; of heights.
        x, y: how far it is scrolled, in pixels.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self.x = 0
        self.y = 0
        self._room = QSize(1, 1)
        self._width = self._height = 0.0

    def take(self, layout: Layout, room: QSize) -> None:
        """Look at a drawing in a viewport of this size."""
        self._room = room
        self._width, self._height = layout.width, layout.height

    @property
    def across(self) -> float:
        """The scale of widths."""
        return max(self.scale, self.fits_across())

    @property
    def most_x(self) -> int:
        """How far it can be scrolled to the right, in pixels."""
        return max(0, round(self._width * self.across + 2 * _EDGE_PX - self._room.width()))

    @property
    def most_y(self) -> int:
        """How far it can be scrolled down, in pixels."""
        return max(0, round(self._height * self.scale + HEAD_PX + _EDGE_PX - self._room.height()))

    @property
    def origin(self) -> QPointF:
        """Where the drawing's top left corner is, in the viewport."""
        spare = self._room.width() - self._width * self.across
        left = spare / 2 if spare > 2 * _EDGE_PX else _EDGE_PX - self.x
        return QPointF(left, HEAD_PX - self.y)

    @property
    def seen(self) -> QRectF:
        """The part of the drawing that is in the viewport."""
        start = self.point(QPointF(0, 0))
        return QRectF(start.x(), start.y(), self._room.width() / self.across, self._room.height() / self.scale)

    def point(self, at: QPointF) -> QPointF:
        """The point of the drawing under a point of the viewport."""
        away = at - self.origin
        return QPointF(away.x() / self.across, away.y() / self.scale)

    def rect(self, place: Place) -> QRectF:
        """Where a place is, in the viewport."""
        origin = self.origin
        return QRectF(
            origin.x() + place.left * self.across, origin.y() + place.top * self.scale,
            place.width * self.across, place.height * self.scale,
        )  # fmt: skip

    def fits(self) -> float:
        """The scale at which all of it is seen."""
        down = (self._room.height() - HEAD_PX - _EDGE_PX) / max(1.0, self._height)
        return max(LEAST, min(1.0, self.fits_across(), down))

    def fits_across(self) -> float:
        """The scale at which its whole width is seen."""
        return max(LEAST, min(1.0, (self._room.width() - 2 * _EDGE_PX) / max(1.0, self._width)))

    def scroll_for(self, point: QPointF, at: QPointF) -> tuple[int, int]:
        """How far to scroll so that a point of the drawing comes to lie under a point of the viewport."""
        return (
            round(_EDGE_PX + point.x() * self.across - at.x()),
            round(HEAD_PX + point.y() * self.scale - at.y()),
        )
