"""The whole film as one bar: where the trouble is, which part the timeline shows; drag it to go elsewhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from itertools import compress
from math import ceil
from operator import or_

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.standing_light import Light
from desktop.timeline.scale import MARGIN_PX, Scale
from desktop.timeline.shot_line import FLAGGED, NOTED, RANKED, ShotLine, worst_of
from desktop.translating import tr

HEIGHT_PX = 18
_COLUMN_PX = 2
_FILL = {Light.DRIFT: 12, Light.SET_ASIDE: 12, Light.NEEDS_YOU: 9, Light.IN_WORK: 7, Light.STALE: 7}
_REST_PX = 4
_MOST_PX = 13
_MANY_SHOTS = 1000


class OverviewBar(QWidget):
    """Paints the film once, then what changes of it, and moves a window over it. Trouble stands higher than the rest.

    Signals:
        scroll_wanted: carries the frame of the line that is to be in the middle.
        zoom_wanted: carries the first and the last frame of the line that are to be shown.
        wheeled: carries the wheel's delta.
    """

    scroll_wanted = Signal(float)
    zoom_wanted = Signal(float, float)
    wheeled = Signal(int)

    def __init__(self, line: ShotLine, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._scale = scale
        self._painted: QPixmap | None = None
        self._outdated: set[int] = set()
        self._starts: Sequence[int] | None = None
        self._matches: bytes | None = None
        self._grip = ""
        self._grip_offset = 0.0
        self.playhead_frame = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("The whole film"))
        self.setToolTip(tr("The whole film. Drag the window to scroll, its ends to zoom."))

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, HEIGHT_PX)

    def show_film(self, matches: bytes | None, changed: Collection[int] | None = None) -> None:
        """Show the line as it is now.

        Args:
            matches: for each shot of the line whether it matches the filter; None where none is set.
            changed: the shots whose states may differ since the last time, as indexes in the line; None for all.
        """
        same = self._starts is self._line.starts and self._matches == matches
        self._starts, self._matches = self._line.starts, matches
        if changed is None or not same or len(changed) > _MANY_SHOTS:
            self._painted = None
        else:
            for place in changed:
                first, last = self._x(self._line.starts[place]), self._x(self._line.stop(place))
                self._outdated.update(range(self._column(first) - 1, self._column(last) + 2))
        self.update()

    def window_rect(self) -> QRect:
        """Where the part that the timeline shows lies on the bar."""
        left = self._x(max(0.0, self._scale.frame(MARGIN_PX)))
        right = self._x(min(float(self._line.num_frames), self._scale.frame(self._scale.width_px - MARGIN_PX)))
        if right - left < 8:
            left, right = (left + right) // 2 - 4, (left + right) // 2 + 4
        return QRect(left, 0, right - left, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._line.num_frames:
            painter.fillRect(self.rect(), theme.GROUND)
            painter.end()
            return
        painter.drawPixmap(0, 0, self._paint_film())
        window = self.window_rect()
        outside = theme.faded(theme.GROUND, 130)
        painter.fillRect(QRect(0, 0, window.left(), self.height()), outside)
        painter.fillRect(QRect(window.right() + 1, 0, self.width() - window.right(), self.height()), outside)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.SOFT, 1))
        painter.drawRoundedRect(window.adjusted(0, 0, -1, -1), 3, 3)
        x = self._x(self._line.line_frame(self.playhead_frame))
        painter.fillRect(QRect(x, 0, 1, self.height()), theme.TEXT)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._painted = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._painted = None
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        self._grip = self._grip_at(x)
        middle = self.window_rect().center().x()
        self._grip_offset = x - middle if self._grip == "window" else 0.0
        if self._grip == "outside":
            self._grip = "window"
            self.scroll_wanted.emit(self._frame(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._grip == "window":
            self.scroll_wanted.emit(self._frame(x - self._grip_offset))
        elif self._grip:
            self._draw_end(x)
        else:
            ends = self._grip_at(x) in ("left", "right")
            self.setCursor(Qt.CursorShape.SizeHorCursor if ends else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheeled.emit(event.angleDelta().y() or event.angleDelta().x())
        event.accept()

    def _draw_end(self, x: float) -> None:
        window = self.window_rect()
        first, last = self._frame(window.left()), self._frame(window.right() + 1)
        frame = max(0.0, min(self._frame(x), float(self._line.num_frames)))
        if self._grip == "left" and frame < last:
            self.zoom_wanted.emit(frame, last)
        elif self._grip == "right" and frame > first:
            self.zoom_wanted.emit(first, frame)

    def _grip_at(self, x: float) -> str:
        window = self.window_rect()
        reach = 4 if window.width() > 24 else 1
        if abs(x - window.left()) <= reach:
            return "left"
        if abs(x - window.right()) <= reach:
            return "right"
        return "window" if window.left() < x < window.right() else "outside"

    def _x(self, frame: float) -> int:
        return MARGIN_PX + round(frame * (self.width() - 2 * MARGIN_PX) / max(1, self._line.num_frames))

    def _frame(self, x: float) -> float:
        return (x - MARGIN_PX) * self._line.num_frames / max(1, self.width() - 2 * MARGIN_PX)

    def _column(self, x: int) -> int:
        return (x - MARGIN_PX) // _COLUMN_PX

    def _paint_film(self) -> QPixmap:
        columns = range(ceil((self.width() - 2 * MARGIN_PX) / _COLUMN_PX))
        painted = self._painted
        if painted is None:
            scale = self.devicePixelRatioF()
            painted = self._painted = QPixmap(ceil(self.width() * scale), ceil(self.height() * scale))
            painted.setDevicePixelRatio(scale)
            painted.fill(theme.GROUND)
            self._outdated.update(columns)
        outdated = sorted(self._outdated.intersection(columns))
        self._outdated.clear()
        if outdated:
            painter = QPainter(painted)
            self._paint_columns(painter, [MARGIN_PX + column * _COLUMN_PX for column in outdated])
            painter.end()
        return painted

    def _paint_columns(self, painter: QPainter, lefts: Iterable[int]) -> None:
        matches = self._matches
        bottom = self.height() - 2
        ground: list[QRect] = []
        columns: dict[Light, list[QRect]] = defaultdict(list)
        flags: list[QRect] = []
        notes: list[QRect] = []
        faint: list[QRect] = []
        for left in lefts:
            ground.append(QRect(left, 0, _COLUMN_PX, self.height()))
            places = self._line.between(self._frame(left), self._frame(left + _COLUMN_PX))
            states, ranks = self._line.states[places.start : places.stop], self._line.ranks[places.start : places.stop]
            if matches is not None:
                shown = matches[places.start : places.stop]
                states, ranks = list(compress(states, shown)), bytes(compress(ranks, shown))
            if not states:
                faint.append(QRect(left, bottom - _REST_PX, _COLUMN_PX, _REST_PX))
                continue
            together = reduce(or_, states)
            floor = bottom
            for light, high in _heights(ranks, worst_of(together)):
                columns[light].append(QRect(left, floor - high, _COLUMN_PX, high))
                floor -= high
            if together & FLAGGED:
                flags.append(QRect(left, 1, _COLUMN_PX, 2))
            if together & NOTED:
                notes.append(QRect(left, self.height() - 2, _COLUMN_PX, 2))
        painter.setPen(Qt.PenStyle.NoPen)
        of_states = ((_colour(light), rects) for light, rects in columns.items())
        marks = ((theme.RED, flags), (theme.NOTE, notes), (theme.UNDECIDED, faint))
        for colour, rects in ((theme.GROUND, ground), *of_states, *marks):
            if rects:
                painter.setBrush(colour)
                painter.drawRects(rects)


def _heights(ranks: bytes | bytearray, worst: Light) -> list[tuple[Light, int]]:
    """How high each state stands in a column, from the bottom: by its share where the column holds several."""
    if len(set(ranks)) < 2:
        return [(worst, _FILL.get(worst, _REST_PX))]
    counts = [(light, ranks.count(rank)) for rank, light in reversed(list(enumerate(RANKED)))]
    return [(light, max(1, round(count * _MOST_PX / len(ranks)))) for light, count in counts if count]


def _colour(light: Light) -> QColor:
    """What is done or not begun stays back, so that what waits is seen."""
    return theme.faded(theme.LIGHTS[light], 120) if light in (Light.APPROVED, Light.NOTHING) else theme.LIGHTS[light]
