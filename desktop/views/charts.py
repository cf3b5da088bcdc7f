"""Bars and intervals whose values one can read by hovering, by arrow keys and by ear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.translating import tr
from storage.domain.pass_rate import PassRate

_BAR_WIDTH = 0.52
_WORDS_PX = 20
SECONDS = " s"
_AXIS_PX = 26
_TICK_PX = 18
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar; parts are stacked. `hatched` tells it from the others without its colour."""

    value: float
    colour: QColor
    hatched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar.

    Attributes:
        name: under it.
        words: over it.
        told: what hovering and arrow keys tell.
        interval: low and high end of a whisker; None for none.
    """

    name: str
    parts: tuple[Part, ...]
    words: str
    told: str
    interval: tuple[float, float] | None = None

    @property
    def height(self) -> float:
        return sum(part.value for part in self.parts)


class BarChart(pyqtgraph.PlotWidget):
    """Paints bars side by side; nothing in it scrolls or zooms. Left and right go from bar to bar.

    Signals:
        told: what is to be known of the bar under the mouse, or else the keys; empty where there is none.

    Args:
        name: what the chart is about, for those who hear it.
    """

    told = Signal(str)

    def __init__(self, name: str, *, top: float | None = None, unit: str = "", parent: QWidget | None = None) -> None:
        self._is_ready = False
        super().__init__(parent=parent, background=theme.PANEL.name(), enableMenu=False)
        self._top = top
        self._bars: tuple[Bar, ...] = ()
        self._lit: int | None = None
        self._chosen: int | None = None
        # pyqtgraph's plots take their methods from their view at run time.
        self._plot: Any = self.getPlotItem()
        plot = self._plot
        # It makes menus even where none is to be shown, and nobody owns them.
        self.destroyed.connect(plot.ctrlMenu.deleteLater)
        plot.scene().contextMenu.pop().setParent(None)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.showGrid(y=True, alpha=0.12)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(QPen(theme.LINE))
            axis.setTextPen(QPen(theme.SOFT))
            axis.setStyle(tickFont=theme.figures(theme.SMALL_PT), tickLength=0, hideOverlappingLabels=False)
        plot.getAxis("left").setWidth(34)
        self._unit = unit
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(84)
        self._is_ready = True

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars in place of the others."""
        self._bars = tuple(bars)
        if self._chosen is not None and self._chosen >= len(self._bars):
            self._chosen = None
        if self._lit is not None:
            self._lit = self._lit if self._lit < len(self._bars) else None
        self._tell()
        self._draw()

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def place_of(self, index: int) -> QPointF:
        """The middle of a bar, in pixels of the widget."""
        view = self._plot.getViewBox()
        return QPointF(self.mapFromScene(view.mapViewToScene(QPointF(index, self._bars[index].height / 2))))

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        view = self._plot.getViewBox()
        at = view.mapSceneToView(self.mapToScene(ev.position().toPoint()))
        index = round(at.x())
        inside = 0 <= index < len(self._bars) and abs(at.x() - index) <= _BAR_WIDTH / 2 + 0.1 and at.y() >= 0
        self._light(index if inside else None)

    def leaveEvent(self, ev: QEvent) -> None:
        self._light(self._chosen if self.hasFocus() else None)

    def event(self, ev: QEvent) -> bool:
        if ev.type() == QEvent.Type.ShortcutOverride and isinstance(ev, QKeyEvent) and self._wanted(ev) is not None:
            ev.accept()
            return True
        return super().event(ev)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        wanted = self._wanted(ev)
        if wanted is None:
            ev.ignore()
        else:
            self._choose(wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _TABBED and self._bars:
            self._choose(self._chosen or 0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light(None)
        self.viewport().update()

    def paintEvent(self, ev: QPaintEvent) -> None:
        super().paintEvent(ev)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(theme.FOCUS)
            painter.drawRoundedRect(self.viewport().rect().adjusted(0, 0, -1, -1), 5, 5)
            painter.end()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        super().resizeEvent(ev)
        # The view calls this from its own constructor.
        if self._is_ready:
            self._draw()

    def _wanted(self, event: QKeyEvent) -> int | None:
        """The bar that a key goes to; None where it is no key of a chart."""
        key, last = Qt.Key(event.key()), len(self._bars) - 1
        if last < 0 or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if key in _ENDS:
            return _ENDS[key] % (last + 1)
        if key not in _STEPS:
            return None
        if self._chosen is None:
            return 0 if _STEPS[key] > 0 else last
        return max(0, min(last, self._chosen + _STEPS[key]))

    def _choose(self, index: int) -> None:
        self._chosen = index
        self._light(index)

    def _light(self, index: int | None) -> None:
        if index != self._lit:
            self._lit = index
            self._draw()
            self._tell()

    def _tell(self) -> None:
        told = self._bars[self._lit].told if self._lit is not None else ""
        self.setAccessibleDescription(told or ". ".join(bar.told for bar in self._bars))
        self.told.emit(told)

    def _draw(self) -> None:
        plot = self._plot
        plot.clear()
        highest = max((max(bar.height, bar.interval[1] if bar.interval else 0) for bar in self._bars), default=0)
        top = self._top or max(1.0, highest)
        for index, bar in enumerate(self._bars):
            base = 0.0
            for part in bar.parts:
                if part.value:
                    plot.addItem(self._bar_item(index, base, part))
                base += part.value
            words = pyqtgraph.TextItem(bar.words, color=theme.TEXT, anchor=(0.5, 1.0))
            words.setFont(theme.figures(theme.SMALL_PT))
            words.setPos(index, max(bar.height, bar.interval[1] if bar.interval else 0))
            plot.addItem(words, ignoreBounds=True)
        self._draw_intervals()
        plot.getAxis("bottom").setTicks([[(index, bar.name) for index, bar in enumerate(self._bars)]])
        scale, unit = _scale(top, self._unit)
        step = scale * _step(top / scale, max(1, (self.height() - _AXIS_PX - _WORDS_PX) // _TICK_PX))
        ticks = [(value, f"{value / scale:g}{unit}") for value in _steps(top, step)]
        plot.getAxis("left").setTicks([ticks])
        plot.setXRange(-0.6, max(len(self._bars), 1) - 0.4, padding=0)
        # Room for the words over the highest bar, whatever the chart's height.
        share = _WORDS_PX / max(self.height() - _AXIS_PX, 2 * _WORDS_PX)
        plot.setYRange(0, top / (1 - share), padding=0)

    def _bar_item(self, index: int, base: float, part: Part) -> pyqtgraph.BarGraphItem:
        colour = part.colour.lighter(120) if index == self._lit else part.colour
        brush = QBrush(colour, Qt.BrushStyle.BDiagPattern) if part.hatched else QBrush(colour)
        return pyqtgraph.BarGraphItem(
            x=[index], y0=[base], height=[part.value], width=_BAR_WIDTH, brush=brush, pen=QPen(colour, 0)
        )

    def _draw_intervals(self) -> None:
        for index, bar in enumerate(self._bars):
            if bar.interval is None:
                continue
            ends = numpy.array(bar.interval)
            pen = pyqtgraph.mkPen(theme.TEXT if index == self._lit else theme.SOFT, width=1.4)
            whisker = pyqtgraph.ErrorBarItem(
                x=numpy.array([index]), y=ends.mean(keepdims=True), height=numpy.ptp(ends, keepdims=True), beam=0.12,
                pen=pen,
            )  # fmt: skip
            self._plot.addItem(whisker)


class IntervalLine(QWidget):
    """Paints a share on a line from 0 to 100 %, with its interval; tooltip and description tell the values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = PassRate(passed=0, counted=0)
        self.setAccessibleName(tr("Pass rate from end to end"))
        self.setFixedHeight(34)

    def show_rate(self, rate: PassRate) -> None:
        """Show another share."""
        self._rate = rate
        low, high = rate.interval or (0.0, 1.0)
        told = (
            tr(
                "{passed} of {counted} passed. From so many, the true share lies with 95 % confidence "
                "between {low} and {high} % (Wilson).",
                passed=rate.passed,
                counted=rate.counted,
                low=f"{low * 100:.1f}",
                high=f"{high * 100:.1f}",
            )
            if rate.interval is not None
            else ""
        )
        self.setToolTip(told)
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, width, middle = 14, self.width() - 34, 11
        painter.fillRect(QRectF(left, middle - 1, width, 2), theme.LINE)
        painter.setFont(theme.figures(theme.SMALL_PT))
        painter.setPen(theme.FAINT)
        for share in (0, 25, 50, 75, 100):
            at = QRectF(left + width * share / 100 - 20, middle + 7, 40, 14)
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, f"{share}")
        if self._rate.share is not None and self._rate.interval is not None:
            low, high = self._rate.interval
            painter.fillRect(
                QRectF(left + width * low, middle - 4, width * (high - low), 8), theme.faded(theme.GREEN, 110)
            )
            painter.setPen(QPen(theme.PANEL, 2))
            painter.setBrush(theme.GREEN)
            painter.drawEllipse(QPointF(left + width * self._rate.share, middle), 6.5, 6.5)
        painter.end()


def _scale(top: float, unit: str) -> tuple[float, str]:
    """What an axis counts in, so that its numbers stay short: seconds as minutes or hours, counts as thousands."""
    if unit == SECONDS and top >= 120:
        return (3600.0, " " + tr("h")) if top >= 7200 else (60.0, " " + tr("min"))
    if unit == SECONDS:
        return 1.0, " " + tr("s")
    return (1000.0, "k") if not unit and top >= 4000 else (1.0, unit)


def _step(top: float, most: int) -> float:
    """A round distance between ticks that makes so many of them at most, and no more than four."""
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000):
        if top / step <= min(4, most):
            return step
    return top / min(4, most)


def _steps(top: float, step: float) -> list[float]:
    return [index * step for index in range(int(top / step) + 1)]
