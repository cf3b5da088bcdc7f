"""The looks of who is in the shot, pinned at the edge of the picture."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from desktop import theme
from desktop.pictures import PictureKey, Pictures
from desktop.pinned_looks import PinnedLook, is_circled, pinned_looks
from desktop.snapshot import Media
from desktop.stage import Stage
from desktop.translating import plural, tr
from desktop.views.parts import elided, paint_covering
from storage.domain.looks import Look

_WIDTH = 92
_PICTURE = 84
_NAME = 18
_GHOST = 44
_GAP = 8
_PAD = 4


class LooksStrip(QWidget):
    """Small cards from top to bottom; those without a look offer to keep one of the take on screen.

    Signals:
        enlarge_wanted: a look was clicked.
        promote_wanted: an entity without a look was clicked.

    Args:
        stage: whose shot it is.
        pictures: where the crops come from.
    """

    enlarge_wanted = Signal(object)
    promote_wanted = Signal(str)

    def __init__(self, stage: Stage, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pictures = pictures
        self.cards: tuple[PinnedLook, ...] = ()
        self._hovered = -1
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Looks"))
        pictures.picture_ready.connect(self._show_ready)
        self.hide()

    @Slot()
    def show_looks(self) -> bool:
        """Show the looks of the shot on the stage; says whether there are any cards."""
        film = self._stage.film
        cards = pinned_looks(film, self._stage.spot.shot_id) if film else ()
        can_promote = is_circled(self._stage)
        shown = tuple(card for card in cards if card.looks or can_promote)
        if shown != self.cards:
            self.cards = shown
            rows = [rect.bottom() for _, rect in self._places()]
            self.resize(_WIDTH, (rows[-1] + _PAD + 1) if rows else 0)
            self.update()
        return bool(self.cards)

    @property
    def captions(self) -> list[str]:
        return [_caption(card) for card in self.cards]

    def card_rect(self, entity_id: str) -> QRect:
        """Where the card of an entity is; empty where it has none."""
        return next((rect for card, rect in self._places() if card.entity_id == entity_id), QRect())

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, (card, rect) in enumerate(self._places()):
            look = card.newest
            if look is None:
                self._paint_ghost(painter, card, rect, strong=index == self._hovered)
            else:
                self._paint_look(painter, card, look, rect, strong=index == self._hovered)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        card = self._card_at(event.position().toPoint())
        if card is None:
            event.ignore()
        elif card.newest is not None:
            self.enlarge_wanted.emit(card.newest)
        else:
            self.promote_wanted.emit(card.entity_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        card = self._card_at(event.position().toPoint())
        self._hover(self.cards.index(card) if card else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def event(self, event) -> bool:
        if isinstance(event, QHelpEvent):
            card = self._card_at(event.pos())
            if card is not None:
                QToolTip.showText(event.globalPos(), _told(card), self)
            return True
        return super().event(event)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.setCursor(Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    @Slot(object)
    def _show_ready(self, key: PictureKey) -> None:
        if any(card.newest and card.newest.media == key.media.digest for card in self.cards):
            self.update()

    def _card_at(self, point: QPoint) -> PinnedLook | None:
        return next((card for card, rect in self._places() if rect.contains(point)), None)

    def _places(self) -> list[tuple[PinnedLook, QRect]]:
        places: list[tuple[PinnedLook, QRect]] = []
        top = _PAD
        for card in self.cards:
            height = _PICTURE + _NAME if card.looks else _GHOST
            places.append((card, QRect(_PAD, top, _PICTURE, height)))
            top += height + _GAP
        return places

    def _paint_look(self, painter: QPainter, card: PinnedLook, look: Look, rect: QRect, *, strong: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faded(theme.STAGE, 215))
        painter.drawRoundedRect(rect.adjusted(-_PAD, -_PAD, _PAD, _PAD - 1), 5, 5)
        place = QRect(rect.left(), rect.top(), _PICTURE, _PICTURE)
        image = self._pictures.get(PictureKey(media=Media(digest=look.media, suffix=".png"), height_px=2 * _PICTURE))
        painter.fillRect(place, theme.RAISED)
        if image is not None and not image.isNull():
            paint_covering(painter, image, place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.TEXT if strong else theme.LINE, 1.5 if strong else 1))
        painter.drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.TEXT if strong else theme.SOFT)
        below = QRect(rect.left(), place.bottom() + 1, rect.width(), _NAME)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, elided(painter, _caption(card), below.width()))

    def _paint_ghost(self, painter: QPainter, card: PinnedLook, rect: QRect, *, strong: bool) -> None:
        painter.setBrush(theme.faded(theme.STAGE, 215))
        painter.setPen(QPen(theme.FOCUS if strong else theme.QUEUED, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.SOFT)
        inside = rect.adjusted(2, 4, -2, -4)
        painter.drawText(
            inside,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            elided(painter, card.name, inside.width()),
        )
        painter.setPen(theme.TEXT if strong else theme.FAINT)
        painter.drawText(inside, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, tr("keep a look"))


def _caption(card: PinnedLook) -> str:
    return (
        tr("{name}, look {number}", name=card.name, number=card.newest.number)
        if card.newest
        else tr("{name}: keep a look", name=card.name)
    )


def _told(card: PinnedLook) -> str:
    if card.newest is None:
        return f"{tr('{name} has no look yet.', name=card.name)}\n{tr('Click to keep one of this approved take')}"
    more = [plural("{n} look", "{n} looks", len(card.looks))] if len(card.looks) > 1 else []
    return "\n".join((_caption(card), *more, tr("Click to enlarge")))
