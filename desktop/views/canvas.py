"""The picture on screen, at any zoom, alone or against another, with the regions of findings over it."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.comparing import Mode
from desktop.keymap import in_words
from desktop.translating import tr
from desktop.views import compare
from desktop.views.compare import CompareView
from desktop.views.marks import Mark, mark_at, paint_marks, region_rect
from desktop.views.parts import elided
from desktop.views.safe_areas import paint_safe_areas
from desktop.views.zoom import Zoom
from storage.domain.findings import Region

_EDGE = 18
_INSET_WIDTH = 168
_GRAB = 8.0
_DRAG_FROM = 4
_ZOOM_STEP = 1.25


class Canvas(QWidget):
    """Paints one image; the brightest thing in the window.

    Signals:
        mark_hovered, mark_clicked: with the key of the finding; empty for none.
        wipe_dragged: the line of a wipe was moved, 0 to 1.
        zoomed: the picture is at another zoom.
    """

    mark_hovered = Signal(str)
    mark_clicked = Signal(str)
    wipe_dragged = Signal(float)
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setMouseTracking(True)
        self.setMinimumSize(240, 140)
        self.setAccessibleName(tr("Picture"))
        self.image: QImage | None = None
        self.other: QImage | None = None
        self.marks: tuple[Mark, ...] = ()
        self.comparison: CompareView | None = None
        self.shows_safe_areas = False
        self._zoom = Zoom()
        self._kept_free = QRect()
        self._words = ""
        self._hint = ""
        self._note = ""
        self._inset: QImage | None = None
        self._inset_words = ""
        self._hovered = ""
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._drags_wipe = False

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or none."""
        if image is not self.image:
            self.image = image
            self.update()

    def show_other(self, image: QImage | None, comparison: CompareView | None) -> None:
        """Show another picture against this one, or none."""
        if image is not self.other or comparison != self.comparison:
            self.other, self.comparison = image, comparison
            self.update()

    def show_words(self, words: str, hint: str = "") -> None:
        """Say why there is no picture."""
        words, hint = tr(words), in_words(self, tr(hint))
        if (words, hint) != (self._words, self._hint):
            self._words, self._hint = words, hint
            self.update()

    def show_note(self, note: str) -> None:
        """Say something short under the picture; empty for nothing."""
        if note != self._note:
            self._note = note
            self.update()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Draw these regions over the picture."""
        if marks != self.marks:
            self.marks = marks
            self.update()

    def show_inset(self, image: QImage | None, words: str = "") -> None:
        """Show what is being drawn: small in a corner, or large where there is no picture yet."""
        if image is not self._inset or words != self._inset_words:
            self._inset, self._inset_words = image, words
            self.update()

    def show_safe_areas(self, shown: bool) -> None:
        """Draw the areas that every screen shows, or do not."""
        self.shows_safe_areas = shown
        self.update()

    def keep_free(self, rect: QRect) -> None:
        """Fit the picture beside this part of the right edge, where something else lies."""
        if rect != self._kept_free:
            self._kept_free = rect
            self.update()
            self.zoomed.emit()

    def fit(self) -> None:
        """Show the whole picture, as large as there is room."""
        self._zoom.fit()
        self._show_zoomed()

    def zoom_to_pixels(self, at: QPointF | None = None) -> None:
        """Show each pixel of the picture on one of the screen."""
        size = self._size()
        if size is not None:
            room = self._room_at(at)
            self._zoom.zoom_to(size.width() / self.devicePixelRatioF(), at or room.center(), size, room)
            self._show_zoomed()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer or wider, around a point of the screen."""
        size = self._size()
        if size is not None:
            room = self._room_at(at)
            self._zoom.zoom_by(factor, at or room.center(), size, room)
            self._show_zoomed()

    def pan_by(self, x: float, y: float) -> None:
        """Move the picture by so many pixels of the screen."""
        size = self._size()
        if size is not None:
            self._zoom.pan(QPointF(x, y), size, self._rooms()[0])
            self.update()

    @property
    def words(self) -> str:
        return self._words

    @property
    def note(self) -> str:
        return self._note

    @property
    def inset(self) -> QImage | None:
        return self._inset

    @property
    def is_fitted(self) -> bool:
        return self._zoom.is_fitted

    @property
    def percent(self) -> int | None:
        """How large a pixel of the picture is, in percent of one of the screen; None without a picture."""
        size = self._size()
        return round(self.picture_rect().width() * self.devicePixelRatioF() / size.width() * 100) if size else None

    def picture_rect(self) -> QRectF:
        """Where the picture is; part of it may lie outside."""
        size = self._size()
        room = self._rooms()[0]
        return self._zoom.rect(size, room) if size else room

    @property
    def room(self) -> QRectF:
        """Where the picture may be seen: the left half where two lie side by side."""
        return self._rooms()[0] if self._side_by_side else QRectF(self.rect())

    @property
    def beside(self) -> tuple[QRectF, QRectF] | None:
        """Where the other picture is and where it may be seen, while both lie side by side."""
        other, room = self._other, self._rooms()[1]
        return (self._zoom.rect(QSizeF(other.size()), room), room) if self._side_by_side and other else None

    def region_rect(self, region: Region) -> QRectF:
        """Where a region of the picture is."""
        return region_rect(region, self.picture_rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.SURROUND)
        if self.image is not None and not self.image.isNull():
            self._paint_pictures(painter, self.image)
            self._paint_inset(painter)
            if self._note:
                self._paint_caption(painter, self._note, theme.SOFT)
        elif self._inset is not None and not self._inset.isNull():
            size = QSizeF(self._inset.size())
            compare.draw_picture(painter, self._inset, Zoom().rect(size, self._whole_room()))
            self._paint_caption(painter, self._inset_words, theme.BLUE)
        else:
            self._paint_words(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.zoomed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._drags_wipe:
            picture = self.picture_rect()
            self.wipe_dragged.emit(max(0.0, min(1.0, (point.x() - picture.left()) / picture.width())))
            return
        if self._dragged_from is not None:
            self.pan_by(point.x() - self._dragged_from.x(), point.y() - self._dragged_from.y())
            self._dragged_from = point
            return
        if self._pressed_at is not None and (point - self._pressed_at).manhattanLength() > _DRAG_FROM:
            self._dragged_from, self._pressed_at = point, None
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        self._show_cursor(point)
        mark = self._mark_at(point)
        self._hover(mark.key if mark else "")

    def leaveEvent(self, event: QEvent) -> None:
        self._hover("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is Qt.MouseButton.LeftButton and self._is_on_wipe(event.position()):
            self._drags_wipe = True
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, dragged = self._pressed_at, self._drags_wipe or self._dragged_from is not None
        self._pressed_at = self._dragged_from = None
        self._drags_wipe = False
        self._show_cursor(event.position())
        mark = self._mark_at(event.position())
        if pressed is not None and not dragged and mark is not None and event.button() is Qt.MouseButton.LeftButton:
            self.mark_clicked.emit(mark.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._mark_at(event.position()) is not None:
            return
        if self.is_fitted:
            self.zoom_to_pixels(event.position())
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._size() is not None and event.angleDelta().y():
            self.zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()

    def _size(self) -> QSizeF | None:
        return QSizeF(self.image.size()) if self.image is not None and not self.image.isNull() else None

    def _whole_room(self) -> QRectF:
        return QRectF(self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))

    def _rooms(self) -> tuple[QRectF, QRectF]:
        """The room for A, and for B where they lie side by side."""
        room = self._whole_room()
        size = self._size()
        if not self._kept_free.isEmpty() and size is not None:
            covered = self._side_by_side or Zoom().rect(size, room).intersects(QRectF(self._kept_free))
            if covered and self._kept_free.left() > self.width() / 3:
                room.setRight(self._kept_free.left() - _EDGE / 2)
        if not self._side_by_side:
            return room, room
        half = (room.width() - compare.SIDE_GAP) / 2
        left = QRectF(room.left(), room.top(), half, room.height())
        return left, left.translated(half + compare.SIDE_GAP, 0)

    def _room_at(self, at: QPointF | None) -> QRectF:
        left, right = self._rooms()
        return right if at is not None and self._side_by_side and right.contains(at) else left

    @property
    def _side_by_side(self) -> bool:
        return self.comparison is not None and self.comparison.mode is Mode.SIDE and self._other is not None

    @property
    def _other(self) -> QImage | None:
        return self.other if self.other is not None and not self.other.isNull() else None

    def _hover(self, key: str) -> None:
        if key != self._hovered:
            self._hovered = key
            self.mark_hovered.emit(key)

    def _show_zoomed(self) -> None:
        self.update()
        self.zoomed.emit()

    def _is_on_wipe(self, point: QPointF) -> bool:
        if self._other is None or self.comparison is None or self.comparison.mode is not Mode.WIPE:
            return False
        picture = self.picture_rect()
        return (
            abs(point.x() - compare.wipe_x(picture, self.comparison.wipe)) < _GRAB
            and picture.top() <= point.y() <= picture.bottom()
        )

    def _show_cursor(self, point: QPointF) -> None:
        mark = self._mark_at(point)
        if self._is_on_wipe(point):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif mark is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif not self.is_fitted and self._size() is not None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _mark_at(self, point: QPointF) -> Mark | None:
        if not self._rooms()[0].adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).contains(point):
            return None
        return mark_at(self.marks, self.picture_rect(), point)

    def _paint_pictures(self, painter: QPainter, image: QImage) -> None:
        picture = self.picture_rect()
        other, view = self._other, self.comparison
        room = QRectF(self.rect()) if not self._side_by_side else self._rooms()[0]
        seen = picture.intersected(room)
        if other is None or view is None:
            compare.draw_picture(painter, image, picture)
        elif view.mode is Mode.SIDE:
            self._paint_side_by_side(painter, image, other)
        else:
            painter.setClipRect(seen)
            compare.ON_EACH_OTHER[view.mode](painter, image, other, picture, view)
            painter.setClipping(False)
        if self.shows_safe_areas:
            paint_safe_areas(painter, picture)
        shows_a = not (view is not None and other is not None and view.mode is Mode.FLICK and view.shows_other)
        if shows_a:
            painter.setClipRect(room)
            paint_marks(painter, self.marks, picture, room)
            painter.setClipping(False)
        if other is not None and view is not None:
            if view.mode is Mode.WIPE:
                compare.paint_wipe_line(painter, picture, seen, view.wipe)
            if view.mode is Mode.DIFFERENCE:
                compare.paint_difference_scale(painter, seen, view.gain, same=image == other)
            beside = self._zoom.rect(QSizeF(other.size()), self._rooms()[1]).intersected(self._rooms()[1])
            compare.paint_names(painter, view, seen, beside if view.mode is Mode.SIDE else seen)

    def _paint_side_by_side(self, painter: QPainter, image: QImage, other: QImage) -> None:
        for one, room in zip((image, other), self._rooms(), strict=True):
            painter.setClipRect(room)
            compare.draw_picture(painter, one, self._zoom.rect(QSizeF(one.size()), room))
        painter.setClipping(False)

    def _paint_inset(self, painter: QPainter) -> None:
        if self._inset is None or self._inset.isNull():
            return
        height = round(self._inset.height() * _INSET_WIDTH / self._inset.width())
        rect = QRect(10, self.height() - height - 30, _INSET_WIDTH, height)
        painter.fillRect(rect.adjusted(-2, -2, 2, 20), theme.PANEL)
        painter.drawImage(rect, self._inset)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.BLUE)
        words = elided(painter, self._inset_words, _INSET_WIDTH - 6)
        painter.drawText(
            QRect(rect.left() + 3, rect.bottom() + 1, _INSET_WIDTH - 6, 19), Qt.AlignmentFlag.AlignVCenter, words
        )

    def _paint_caption(self, painter: QPainter, words: str, colour) -> None:
        painter.setFont(theme.font())
        room = self.rect().adjusted(24, 0, -24, 0)
        words = elided(painter, words, room.width())
        width = painter.fontMetrics().horizontalAdvance(words) + 20
        box = QRectF(room.center().x() - width / 2, self.height() - 30, width, 24)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faded(theme.PANEL, 225))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(theme.font(theme.TEXT_PT + 2))
        painter.setPen(theme.SURROUND_TEXT)
        middle = self.rect().adjusted(30, 0, -30, -16)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(middle, flags, self._words)
        if self._hint:
            painter.setFont(theme.font())
            painter.setPen(theme.SURROUND_TEXT)
            painter.drawText(middle.adjusted(0, 54, 0, 54), flags, self._hint)
