"""Chips of the timeline's head: a state with its pattern and its count, a person or place that was chosen."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.standing_light import Light
from desktop.timeline.lane_look import draw_light
from desktop.timeline.shot_filter import Facet
from desktop.translating import marked, tr
from desktop.views.parts import PressableButton

FACET_LIGHTS = {
    Facet.NEEDS_ME: Light.NEEDS_YOU,
    Facet.DRIFT: Light.DRIFT,
    Facet.STALE: Light.STALE,
    Facet.IN_WORK: Light.IN_WORK,
    Facet.APPROVED: Light.APPROVED,
}
_TOLD = {
    Facet.NEEDS_ME: marked("Shots that wait for you, at any seam"),
    Facet.DRIFT: marked("Shots in which something drifts"),
    Facet.STALE: marked("Shots with a take that no longer matches the plan"),
    Facet.IN_WORK: marked("Shots that the worker is at, or that stand in the queue"),
    Facet.APPROVED: marked("Shots whose keyframe and clip are approved"),
}
_SWATCH_PX = 16
_PAD_PX = 9
_GAP_PX = 5


class FacetChip(PressableButton):
    """A state to filter by; it shows the pattern that the lanes have for it, so that it is their legend too."""

    def __init__(self, facet: Facet, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, action=f"filter_{list(Facet).index(facet) + 1}")
        self.facet = facet
        self._count = -1
        self._is_compact = False
        self.setObjectName("chip")
        self.setCheckable(True)
        self.setFont(theme.font(theme.SMALL_PT))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        """Show how many shots of the film have this state."""
        if count == self._count:
            return
        self._count = count
        self.setAccessibleName(f"{tr(self.facet)}: {count}")
        self.setToolTip(f"{tr(_TOLD[self.facet])}: {count}. {tr('Chosen chips of this kind add up.')}")
        self.updateGeometry()
        self.update()

    def show_compact(self, is_compact: bool) -> None:
        """Leave the word out, where there is little room."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.updateGeometry()
            self.update()

    @property
    def full_width(self) -> int:
        """How wide the chip is with its word, in pixels."""
        return self._width_of(f"{tr(self.facet)} {self._count:,}")

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._words), 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        draw_light(painter, _PAD_PX, self.height() // 2, FACET_LIGHTS[self.facet], _SWATCH_PX)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.TEXT if self.isChecked() else theme.SOFT if self._count else theme.FAINT)
        left = _PAD_PX + _SWATCH_PX + _GAP_PX
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()

    def _width_of(self, words: str) -> int:
        return 2 * _PAD_PX + _SWATCH_PX + _GAP_PX + QFontMetrics(theme.font(theme.SMALL_PT)).horizontalAdvance(words)

    @property
    def _words(self) -> str:
        return f"{self._count:,}" if self._is_compact else f"{tr(self.facet)} {self._count:,}"


class ChosenChip(PressableButton):
    """A person or place that is filtered by; a click takes it out.

    Signals:
        dropped: carries its id.
    """

    dropped = Signal(str)

    def __init__(self, entity_id: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._entity_id = entity_id
        self.setObjectName("chosen")
        self.setFont(theme.font(theme.SMALL_PT))
        shown = QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideRight, 110)
        self.setText(f"{shown} ✕")
        self.setToolTip(tr("{name}: click to take it out", name=name))
        self.setAccessibleName(tr("{name}, take it out", name=name))
        self.clicked.connect(lambda: self.dropped.emit(self._entity_id))
