"""Ways to the seams of the shot on screen, each with its state and key."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.standing_light import Light
from desktop.views.parts import PressableButton
from storage.domain.takes import Seam

SEAMS = (Seam.SCRIPT, Seam.KEYFRAME, Seam.CLIP, Seam.CUT)
_DOT = 7


class SeamTab(PressableButton):
    """A way to one seam, with its state as a dot of colour and its key."""

    def __init__(self, seam: Seam, key: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{seam}", parent)
        self.seam = seam
        self._key = key
        self._light = Light.NOTHING
        self.setObjectName("quiet")
        self.setCheckable(True)

    def show_light(self, light: Light) -> None:
        """Show the state of this seam."""
        if light is self._light and self.toolTip():
            return
        self._light = light
        self.setToolTip(f"{self.seam}: {light}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(f"{self.seam}{self._key}") + 46, 28)

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
        painter.drawText(self.rect().adjusted(23, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(self.seam))
        painter.setPen(theme.FAINT)
        painter.setFont(theme.font(theme.SMALL_PT))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -9, 0), flags, self._key)
        if self.hasFocus():
            painter.setPen(theme.FOCUS)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)
        painter.end()
