"""Strips of the timeline that were painted once, so that scrolling and playing only put them on the screen again."""

from collections import OrderedDict
from collections.abc import Iterable
from math import ceil

from PySide6.QtGui import QPainter, QPixmap

from desktop import theme
from desktop.pictures import PictureKey
from desktop.timeline.scale import Scale
from desktop.timeline.shot_line import ShotLine
from desktop.timeline.shot_painter import ShotPainter

# A multiple of the patterns' period (8) and of a column's width (3).
TILE_PX = 264
_MOST_TILES = 48


class Tiles:
    """Painted strips by their number, from the beginning of the content; the oldest are let go."""

    def __init__(self, painter: ShotPainter, line: ShotLine, scale: Scale) -> None:
        self._painter = painter
        self._line = line
        self._scale = scale
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._missing: dict[int, set[PictureKey]] = {}
        self._look: tuple[float, int, float, int] | None = None

    def get(self, number: int, device_scale: float) -> QPixmap:
        """A strip, painted now where it is not kept.

        Args:
            device_scale: device pixels for each pixel.
        """
        look = (self._scale.px_a_frame, self._painter.rows.height_px, device_scale, theme.painted_in())
        if look != self._look:
            self.clear()
            self._look = look
        tile = self._kept.get(number)
        if tile is None:
            tile = self._paint(number, device_scale)
            self._kept[number] = tile
            while len(self._kept) > _MOST_TILES:
                self._forget(next(iter(self._kept)))
        else:
            self._kept.move_to_end(number)
            # Wishes for pictures are let go when too many come: what is on screen is asked for again.
            for key in self._missing.get(number, ()):
                self._painter.get_picture(key)
        return tile

    def clear(self) -> None:
        """Let every strip go."""
        self._kept.clear()
        self._missing.clear()

    def forget_shots(self, places: Iterable[int]) -> None:
        """Let the strips go that show some shots, by their indexes in the line."""
        for place in places:
            first = self._scale.content_x(self._line.starts[place]) // TILE_PX
            last = self._scale.content_x(self._line.stop(place)) // TILE_PX
            for number in range(first - 1, last + 1):
                self._forget(number)

    def take_picture(self, key: PictureKey) -> bool:
        """Let the strips go that waited for a picture; says whether any did."""
        waited = [number for number, keys in self._missing.items() if key in keys]
        for number in waited:
            self._forget(number)
        return bool(waited)

    def _forget(self, number: int) -> None:
        self._kept.pop(number, None)
        self._missing.pop(number, None)

    def _paint(self, number: int, device_scale: float) -> QPixmap:
        tile = QPixmap(round(TILE_PX * device_scale), ceil(self._painter.rows.height_px * device_scale))
        tile.setDevicePixelRatio(device_scale)
        painter = QPainter(tile)
        self._painter.paint(painter, number * TILE_PX, TILE_PX)
        painter.end()
        if self._painter.awaited:
            self._missing[number] = set(self._painter.awaited)
        return tile
