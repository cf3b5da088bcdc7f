"""All takes of a shot at a seam as thumbnails, each with its number, its stars and what the critic said."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.pictures import Pictures, poster_key
from desktop.translating import marked, plural, tr
from desktop.views.parts import STAR_STEP, draw_stars, elided, paint_covering
from storage.domain.mending import mending_words
from storage.domain.takes import Means, Take, TakeId

_WIDTH = 88
_HEIGHT = 50
_WORD = 18
_GAP = 7
_STAR = 9
_TAGS = {
    Means.INPAINT: marked("inpainted"),
    Means.IMAGE_TO_IMAGE: marked("drawn over"),
    Means.LATER_FRAMES: marked("later frames"),
    Means.NEW_SEED: marked("new seed"),
}
_MOST_ROWS = 4


class TakeOrder(StrEnum):
    """What takes are sorted by."""

    NUMBER = "number"
    STARS = "stars"
    FEWEST_DRIFTS = "fewest drifts"
    NEWEST = "newest"

    @property
    def next(self) -> "TakeOrder":
        orders = list(TakeOrder)
        return orders[(orders.index(self) + 1) % len(orders)]


def sorted_takes(
    takes: Sequence[Take], order: TakeOrder, *, stars: Mapping[TakeId, int], drifts: Mapping[TakeId, int]
) -> tuple[Take, ...]:
    """Takes in an order; those that are equal in it by number.

    Args:
        stars: of the takes that have any.
        drifts: of the takes that the critic has looked at; the others come last by fewest drifts.
    """
    if order is TakeOrder.NEWEST:
        return tuple(sorted(takes, key=lambda take: -take.number))
    if order is TakeOrder.STARS:
        return tuple(sorted(takes, key=lambda take: (-stars.get(take.id, 0), take.number)))
    if order is TakeOrder.FEWEST_DRIFTS:
        return tuple(sorted(takes, key=lambda take: (drifts.get(take.id, len(drifts) + 1_000), take.number)))
    return tuple(sorted(takes, key=lambda take: take.number))


class TakeStrip(QWidget):
    """Paints the takes in rows; a click puts one on screen.

    Args:
        pictures: where thumbnails come from.
    """

    take_wanted = Signal(int)
    order_changed = Signal(str)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.order = TakeOrder.NUMBER
        self._takes: tuple[Take, ...] = ()
        self._words: Mapping[TakeId, str] = {}
        self._stars: Mapping[TakeId, int] = {}
        self._drifts: Mapping[TakeId, int] = {}
        self._shown: TakeId | None = None
        self._circled: TakeId | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Takes"))
        pictures.picture_ready.connect(self.update)

    def show_takes(
        self,
        takes: Sequence[Take],
        words: Mapping[TakeId, str],
        *,
        shown: TakeId | None,
        circled: TakeId | None,
        stars: Mapping[TakeId, int],
        drifts: Mapping[TakeId, int],
    ) -> None:
        """Show these takes in the order that is chosen.

        Where there is no room for all, those that come first in it, but by number the newest.

        Args:
            words: what is said under each.
            drifts: how many each has, of those that the critic has looked at.
        """
        self._words, self._shown, self._circled = words, shown, circled
        self._stars, self._drifts = stars, drifts
        self._takes = sorted_takes(takes, self.order, stars=stars, drifts=drifts)
        self._fit()
        self.update()

    def sort_by(self, order: TakeOrder) -> None:
        """Sort by something else."""
        self.order = order
        self._takes = sorted_takes(self._takes, order, stars=self._stars, drifts=self._drifts)
        self.order_changed.emit(str(order))
        self.update()

    def sort_next(self) -> None:
        """Sort by the next thing that one can sort by."""
        self.sort_by(self.order.next)

    def step(self, by: int) -> None:
        """Ask for the take before or after the one on screen, as they are sorted."""
        ids = [take.id for take in self._takes]
        if self._shown is not None and self._shown in ids:
            self.take_wanted.emit(ids[max(0, min(len(ids) - 1, ids.index(self._shown) + by))])

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
            self._paint_picture(painter, take, rect)
            self._paint_marks(painter, take, rect)
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
                QToolTip.showText(event.globalPos(), self.tooltip(take), self)
            return True
        return super().event(event)

    def place_of(self, take_id: TakeId) -> QRect | None:
        """Where a take's picture is; None where there is no room for it."""
        return next((rect for take, rect in self._places() if take.id == take_id), None)

    def _paint_picture(self, painter: QPainter, take: Take, rect: QRect) -> None:
        painter.fillRect(rect, theme.RAISED)
        image = self._pictures.get(poster_key(take, 160))
        if image is None or image.isNull():
            return
        paint_covering(painter, image, rect)

    def _paint_marks(self, painter: QPainter, take: Take, rect: QRect) -> None:
        stars = self._stars.get(take.id, 0)
        if stars:
            width = round((stars - 1) * STAR_STEP * _STAR + _STAR) + 8
            painter.fillRect(
                QRect(rect.left(), rect.bottom() - _STAR - 5, width, _STAR + 6), theme.faded(theme.STAGE, 200)
            )
            draw_stars(painter, rect.left() + 4, rect.bottom() - _STAR / 2 - 2, _STAR, stars, stars)
        if take.mending:
            self._paint_tag(painter, tr(_TAGS[take.mending.means]), rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if take.id == self._shown:
            painter.setPen(QPen(theme.TEXT, 2))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if take.id == self._circled:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.GREEN, 2))
            painter.drawEllipse(QRect(rect.right() - 15, rect.top() + 4, 11, 11))

    def _paint_tag(self, painter: QPainter, words: str, rect: QRect) -> None:
        painter.setFont(theme.font(theme.SMALL_PT - 1))
        metrics = painter.fontMetrics()
        tag = QRect(rect.left(), rect.top(), metrics.horizontalAdvance(words) + 8, metrics.height() + 2)
        painter.fillRect(tag, theme.faded(theme.STAGE, 200))
        painter.setPen(theme.TEXT)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)

    def tooltip(self, take: Take) -> str:
        """What a take is, in lines."""
        stars = self._stars.get(take.id, 0)
        lines = [
            tr("take {number}", number=self._caption(take)),
            tr("attempt {attempt}, from revision {revision}", attempt=take.attempt, revision=take.graph_revision),
        ]
        if take.mending:
            answered = next((each.number for each in self._takes if each.id == take.mending.of), None)
            how = tr(mending_words(take.mending))
            lines.append(tr("{how}, after take {number}", how=how, number=answered))
        if self._drifts.get(take.id):
            lines.append(plural("{n} drifting", "{n} drifting", self._drifts[take.id]))
        if stars:
            lines.append(tr("{n} of 5 stars", n=stars))
        if take.planted:
            lines.append(tr("planted, never counted"))
        return "\n".join(lines)

    def _caption(self, take: Take) -> str:
        word = self._words.get(take.id, "")
        return f"{take.number} · {tr('circled' if take.id == self._circled else word)}"

    def _take_at(self, point: QPoint) -> Take | None:
        return next((take for take, rect in self._places() if rect.adjusted(0, 0, 0, _WORD).contains(point)), None)

    def _columns(self) -> int:
        return max(1, (self.width() + _GAP) // (_WIDTH + _GAP))

    def _places(self) -> list[tuple[Take, QRect]]:
        columns = self._columns()
        room = columns * _MOST_ROWS
        # By number the newest are at the end, and they are the ones to look at.
        shown = self._takes[-room:] if self.order is TakeOrder.NUMBER else self._takes[:room]
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
