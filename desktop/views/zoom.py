"""Where a picture lies in the room it has: fitted, or at a zoom around a point."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

_LEAST = 0.1
_MOST = 32.0


class Zoom:
    """Keeps what is looked at from one picture to the next, so that takes are flicked in place.

    The width is kept rather than the scale: takes of other sizes lie on each other.
    """

    def __init__(self) -> None:
        self._width: float | None = None
        self._centre = QPointF(0.5, 0.5)

    @property
    def is_fitted(self) -> bool:
        return self._width is None

    def fit(self) -> None:
        """As large as the room holds."""
        self._width = None
        self._centre = QPointF(0.5, 0.5)

    def rect(self, size: QSizeF, room: QRectF) -> QRectF:
        """Where a picture lies.

        Args:
            size: of the picture, > 0; only its shape matters.
        """
        width = self._fitted_width(size, room) if self._width is None else self._width
        height = width * size.height() / size.width()
        left = room.center().x() - self._centre.x() * width
        top = room.center().y() - self._centre.y() * height
        return QRectF(
            _held(left, width, room.left(), room.right()), _held(top, height, room.top(), room.bottom()), width, height
        )

    def zoom_to(self, width: float, at: QPointF, size: QSizeF, room: QRectF) -> None:
        """Show the picture so wide; the point under `at` stays where it is.

        Args:
            width: of the picture in logical pixels of the screen; held within a tenth and 32 times the fitted one.
        """
        before = self.rect(size, room)
        fitted = self._fitted_width(size, room)
        self._width = max(_LEAST * fitted, min(_MOST * fitted, width))
        grown = self._width / before.width()
        left = at.x() - (at.x() - before.left()) * grown
        top = at.y() - (at.y() - before.top()) * grown
        height = before.height() * grown
        self._centre = QPointF((room.center().x() - left) / self._width, (room.center().y() - top) / height)
        self._hold(size, room)

    def zoom_by(self, factor: float, at: QPointF, size: QSizeF, room: QRectF) -> None:
        """Closer by a factor above 1, wider by one below."""
        self.zoom_to(self.rect(size, room).width() * factor, at, size, room)

    def pan(self, by: QPointF, size: QSizeF, room: QRectF) -> None:
        """Move the picture by so many logical pixels, as far as it reaches beyond the room."""
        shown = self.rect(size, room)
        self._centre -= QPointF(by.x() / shown.width(), by.y() / shown.height())
        self._hold(size, room)

    def _fitted_width(self, size: QSizeF, room: QRectF) -> float:
        return max(1.0, size.width() * min(room.width() / size.width(), room.height() / size.height()))

    def _hold(self, size: QSizeF, room: QRectF) -> None:
        shown = self.rect(size, room)
        self._centre = QPointF(
            (room.center().x() - shown.left()) / shown.width(), (room.center().y() - shown.top()) / shown.height()
        )


def _held(start: float, length: float, low: float, high: float) -> float:
    """A start so that what is shorter than its room is centred, and what is longer covers it."""
    if length <= high - low:
        return (low + high - length) / 2
    return max(high - length, min(low, start))
