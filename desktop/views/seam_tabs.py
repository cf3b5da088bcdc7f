"""Ways to the seams of the shot on screen, each with its state and key."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.standing_light import Light
from desktop.translating import tr
from desktop.views.parts import PressableButton
from storage.domain.takes import Seam

SEAMS = (Seam.SCRIPT, Seam.KEYFRAME, Seam.CLIP, Seam.CUT)
_DOT = 7


class SeamTab(PressableButton):
    """A way to one seam, with its state as a dot of colour and its key."""

    def __init__(self, seam: Seam, key: str, parent: QWidget | None = None) -> None:
        super().__init__(tr(seam), parent, action=f"{seam}_seam", key=key)
        self.seam = seam
        self._light = Light.NOTHING
        self._is_compact = False
        self.setObjectName("quiet")
        self.setCheckable(True)

    def show_light(self, light: Light) -> None:
        """Show the state of this seam."""
        if light is self._light and self.toolTip():
            return
        self._light = light
        self.setToolTip(f"{tr(self.seam)}: {tr(light)}")
        self.update()

    def show_compact(self, is_compact: bool) -> None:
        """Leave the key out, where there is little room; the tooltip has it."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.updateGeometry()
            self.update()

    @property
    def full_width(self) -> int:
        """How wide the tab is with its key, in pixels."""
        return self._width_of(f"{tr(self.seam)}{self._key}") + 46

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(tr(self.seam)) + 29 if self._is_compact else self.full_width, 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.SELECTED if self.isChecked() else theme.RAISED)
            painter.drawRoundedRect(self.rect(), 5, 5)
        painter.setBrush(theme.LIGHTS[self._light])
        painter.drawEllipse(QRect(10, (self.height() - _DOT) // 2, _DOT, _DOT))
        painter.setPen(theme.TEXT if self.isChecked() else theme.SOFT)
        painter.setFont(self.font())
        painter.drawText(self.rect().adjusted(23, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, tr(self.seam))
        painter.setPen(theme.FAINT)
        painter.setFont(theme.font(theme.SMALL_PT))
        if not self._is_compact:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect().adjusted(0, 0, -9, 0), flags, self._key)
        if self.hasFocus():
            painter.setPen(theme.FOCUS)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)
        painter.end()

    def _width_of(self, words: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(words)
