"""All takes of a shot at a seam as thumbnails, each with its number and what the critic said."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.pictures import Pictures, poster_key
from desktop.views.parts import elided
from storage.domain.takes import Take, TakeId

_WIDTH = 88
_HEIGHT = 50
_WORD = 18
_GAP = 7
_MOST_ROWS = 4


class TakeStrip(QWidget):
    """Paints the takes in rows; a click puts one on screen.

    Args:
        pictures: where thumbnails come from.
    """

    take_wanted = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._takes: tuple[Take, ...] = ()
        self._words: dict[TakeId, str] = {}
        self._shown: TakeId | None = None
        self._circled: TakeId | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Takes")
        pictures.picture_ready.connect(self.update)

    def show_takes(
        self, takes: tuple[Take, ...], words: dict[TakeId, str], *, shown: TakeId | None, circled: TakeId | None
    ) -> None:
        """Show these takes, the newest kept where there is no room for all."""
        self._takes, self._words, self._shown, self._circled = takes, words, shown, circled
        self._fit()
        self.update()

    @property
    def captions(self) -> list[str]:
        return [self._caption(take) for take in self._takes]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for take, rect in self._places():
            painter.fillRect(rect, theme.RAISED)
            image = self._pictures.get(poster_key(take, 160))
            if image is not None and not image.isNull():
                scale = max(rect.width() / image.width(), rect.height() / image.height())
                width, height = round(image.width() * scale), round(image.height() * scale)
                painter.save()
                painter.setClipRect(rect)
                painter.drawImage(
                    QRect(rect.center().x() - width // 2, rect.center().y() - height // 2, width, height), image
                )
                painter.restore()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if take.id == self._shown:
                painter.setPen(QPen(theme.TEXT, 2))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
            if take.id == self._circled:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(theme.GREEN, 2))
                painter.drawEllipse(QRect(rect.right() - 15, rect.top() + 4, 11, 11))
            painter.setFont(theme.font(theme.SMALL_PT))
            word = self._words.get(take.id, "")
            painter.setPen(theme.RED if word == "drift" else theme.TEXT if take.id == self._shown else theme.SOFT)
            caption = elided(painter, self._caption(take), rect.width())
            below = QRect(rect.left(), rect.bottom() + 1, rect.width(), _WORD)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, caption)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        take = self._take_at(event.position().toPoint())
        if take is not None:
            self.take_wanted.emit(take.id)

    def event(self, event) -> bool:
        if isinstance(event, QHelpEvent):
            take = self._take_at(event.pos())
            if take is not None:
                planted = "\nplanted, never counted" if take.planted else ""
                QToolTip.showText(
                    event.globalPos(), f"take {self._caption(take)}\nattempt {take.attempt}{planted}", self
                )
            return True
        return super().event(event)

    def _caption(self, take: Take) -> str:
        word = self._words.get(take.id, "")
        return f"{take.number} · {'circled' if take.id == self._circled else word}"

    def _take_at(self, point: QPoint) -> Take | None:
        return next((take for take, rect in self._places() if rect.adjusted(0, 0, 0, _WORD).contains(point)), None)

    def _columns(self) -> int:
        return max(1, (self.width() + _GAP) // (_WIDTH + _GAP))

    def _places(self) -> list[tuple[Take, QRect]]:
        columns = self._columns()
        shown = self._takes[-columns * _MOST_ROWS :]
        return [
            (
                take,
                QRect(index % columns * (_WIDTH + _GAP), index // columns * (_HEIGHT + _WORD + _GAP), _WIDTH, _HEIGHT),
            )
            for index, take in enumerate(shown)
        ]

    def _fit(self) -> None:
        rows = min(_MOST_ROWS, -(-len(self._takes) // self._columns()))
        self.setFixedHeight(rows * (_HEIGHT + _WORD + _GAP))
