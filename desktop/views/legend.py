"""What the colours mean, in one line."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.standing_light import Light

_SHOWN = (Light.APPROVED, Light.NEEDS_YOU, Light.DRIFT, Light.IN_WORK, Light.STALE)
_PATCH = 9
_GAP = 16


class Legend(QWidget):
    """Paints each state's colour with its word."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(theme.SMALL_PT))
        width = sum(metrics.horizontalAdvance(str(light)) + _PATCH + 6 + _GAP for light in _SHOWN)
        return QSize(width, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL_PT))
        x = _GAP
        for light in _SHOWN:
            painter.fillRect(QRect(x, (self.height() - _PATCH) // 2, _PATCH, _PATCH), theme.LIGHTS[light])
            x += _PATCH + 6
            width = painter.fontMetrics().horizontalAdvance(str(light))
            painter.setPen(theme.SOFT)
            painter.drawText(QRect(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, str(light))
            x += width + _GAP
        painter.end()
