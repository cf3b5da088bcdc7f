"""The drawing of the scene graph on screen: painted where it is looked at, panned, zoomed, folded and walked."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop import theme
from desktop.graph.board_painter import Drawn, paint_board
from desktop.graph.camera import HEAD_PX, LEAST, MOST, Camera
from desktop.graph.edge_painter import Pin
from desktop.graph.layout import EMPTY, Layout, Place, Slots, lay_out
from desktop.graph.net import COLUMNS, GraphNet, Sort
from desktop.graph.node_painter import fold_rect
from desktop.graph.walk import Walk, column_start
from desktop.list_keys import DRAWING
from desktop.snapshot import FilmSnapshot
from desktop.translating import tr
from desktop.views.own_keys import is_own, takes_own

_ZOOM_STEP = 1.25
_DRAG_FROM = 4
_STEP_PX = 48
_WALK = {
    Qt.Key.Key_Left: ("across", -1), Qt.Key.Key_Right: ("across", 1), Qt.Key.Key_Up: ("down", -1),
    Qt.Key.Key_Down: ("down", 1), Qt.Key.Key_Home: ("end", -1), Qt.Key.Key_End: ("end", 1),
    Qt.Key.Key_PageUp: ("page", -1), Qt.Key.Key_PageDown: ("page", 1),
}  # fmt: skip
_ROWS_A_PAGE = 8
_READABLE = 0.8


class GraphBoard(QAbstractScrollArea):
    """Shows one scene graph. Says what was chosen; the stage chooses.

    Signals:
        node_chosen: by mouse or key; its id.
        node_opened: a shot is to be gone to; its id.
        find_wanted: the field to find things in is wanted.
        step_wanted: the next match (1), or the one before (-1).
        changed: what is folded, or how close it is, is another.
    """

    node_chosen = Signal(str)
    node_opened = Signal(str)
    find_wanted = Signal()
    step_wanted = Signal(int)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Scene graph, drawn"))
        # A bar that came with the second screenful would take its width from the first.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setObjectName("stage")
        self.net: GraphNet | None = None
        self.layout_now: Layout = EMPTY
        self.camera = Camera()
        self.unfolded: set[str] = set()
        self.chosen = ""
        self.found: Collection[str] = ()
        self._film: FilmSnapshot | None = None
        self._slots = Slots()
        self._walk = Walk()
        self._pins: tuple[Pin, ...] = ()
        self._is_placed = False
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(_STEP_PX)
            bar.valueChanged.connect(self._take_scroll)

    def show_film(self, film: FilmSnapshot, net: GraphNet) -> None:
        """Show a newer reading; what was seen stays where it was on screen."""
        self._film = film
        if net is not self.net:
            self.net = net
            self._lay_out()
        self.viewport().update()

    def show_chosen(self, node: str) -> None:
        """Choose a node, unfold what it is folded into, and bring it into view."""
        self.chosen = node
        if self.net is not None and self.net.sort(node) is not None:
            folded = [each for each in self.net.parents(node) if each not in self.unfolded]
            if folded:
                self.unfolded.update(folded)
                self._lay_out()
            self.bring_into_view(node)
            self.setAccessibleDescription(self.net.words(node))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()

    def show_found(self, nodes: Collection[str]) -> None:
        """Mark what was found."""
        self.found = frozenset(nodes)
        self.viewport().update()

    @Slot()
    def fold_all(self) -> None:
        """Fold everything."""
        self.unfolded.clear()
        self._lay_out()

    @Slot()
    def unfold_all(self) -> None:
        """Unfold every scene, character, setting and prop; what holds in a shot stays folded."""
        if self.net is not None:
            self.unfolded.update(node for column in COLUMNS for node in self.net.columns[column])
            self._lay_out()

    def fold(self, node: str) -> None:
        """Fold a node, or unfold it."""
        if self.net is None or not self.net.has_children(node):
            return
        if node in self.unfolded:
            self.unfolded.discard(node)
        else:
            self.unfolded.add(node)
        self._lay_out(node)

    @Slot()
    def fit(self) -> None:
        """Show all of it."""
        self._take_room()
        self._zoom_to(self.camera.fits(), QPointF(self.viewport().width() / 2, HEAD_PX))

    @Slot()
    def fit_across(self) -> None:
        """Show its whole width, at the height where the view is."""
        self._take_room()
        self._zoom_to(self.camera.fits_across(), QPointF(self.viewport().width() / 2, HEAD_PX))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer by a factor above 1, wider by one below; what is under `at` stays there."""
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        self._zoom_to(self.camera.scale * factor, at or middle)

    def bring_into_view(self, node: str) -> None:
        """Scroll as little as need be, and to the middle where it was out of view."""
        place = self.layout_now.places.get(node)
        if place is None:
            return
        rect, room = self.camera.rect(place), self.viewport().rect()
        if rect.top() < HEAD_PX + 4 or rect.bottom() > room.height() - 4:
            middle = (room.height() + HEAD_PX) / 2 - rect.height() / 2
            self.verticalScrollBar().setValue(round(self.camera.y + rect.top() - middle))
        if rect.left() < 0 or rect.right() > room.width():
            over = rect.right() - room.width() + 12 if rect.right() > room.width() else rect.left() - 12
            self.horizontalScrollBar().setValue(round(self.camera.x + over))

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Where edges of the chosen node leave the view, as last painted."""
        return self._pins

    def place_at(self, point: QPointF) -> Place | None:
        """What is under a point of the viewport."""
        if point.y() < HEAD_PX:
            return None
        inside = self.camera.point(point)
        return self.layout_now.at(inside.x(), inside.y())

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def event(self, event: QEvent) -> bool:
        return takes_own(event, DRAWING) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not is_own(event, DRAWING):
            event.ignore()
            return
        key = Qt.Key(event.key())
        if key in _WALK:
            self._step(*_WALK[key], along=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key is Qt.Key.Key_Space:
            self.fold(self.chosen)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.chosen)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_ZOOM_STEP)
        elif key is Qt.Key.Key_Minus:
            self.zoom_by(1 / _ZOOM_STEP)
        elif key is Qt.Key.Key_0:
            self.fit()
        elif key is Qt.Key.Key_Asterisk:
            self.unfold_all()
        elif key is Qt.Key.Key_F3:
            self.step_wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            self.find_wanted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()
        self._begin()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        moved = (point - self._pressed_at).manhattanLength() if self._pressed_at is not None else 0
        if self._pressed_at is not None and self._dragged_from is None and moved > _DRAG_FROM:
            self._dragged_from = self._pressed_at
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged_from is not None:
            by = point - self._dragged_from
            self._dragged_from = point
            self.horizontalScrollBar().setValue(self.camera.x - round(by.x()))
            self.verticalScrollBar().setValue(self.camera.y - round(by.y()))
            return
        self._show_hovered(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, dragged = self._pressed_at, self._dragged_from
        self._pressed_at = self._dragged_from = None
        self.viewport().unsetCursor()
        if pressed is None or dragged is not None or event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        pin = next((pin for pin in self._pins if pin.rect.contains(point)), None)
        place = self.place_at(point)
        if pin is not None:
            self.node_chosen.emit(pin.node)
        elif place is not None and self._is_on_arrow(place, point):
            self.fold(place.node)
        else:
            self.node_chosen.emit(place.node if place else "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None and not self._is_on_arrow(place, event.position()):
            self._open(place.node)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.STAGE)
        if self.net is not None and self._film is not None:
            self._pins = paint_board(
                painter, self.viewport().rect(), Drawn(
                    net=self.net, film=self._film, layout=self.layout_now, camera=self.camera, chosen=self.chosen,
                    unfolded=self.unfolded, found=self.found,
                )
            )  # fmt: skip
        if self.hasFocus():
            painter.setPen(QPen(theme.FOCUS, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _lay_out(self, anchor: str = "") -> None:
        """Give every node its place anew; one that is seen before and after stays where it was on screen."""
        if self.net is None:
            return
        before, seen = self.layout_now, self.camera.seen
        kept = anchor or self._anchor(before)
        offset = before.places[kept].top - seen.top() if kept in before.places else None
        self.layout_now = lay_out(self.net, self.unfolded, self._slots)
        self._take_room()
        after = self.layout_now.places.get(kept)
        if after is not None and offset is not None:
            self.verticalScrollBar().setValue(self.camera.y + round((after.top - self.camera.seen.top() - offset)
                                                                    * self.camera.scale))  # fmt: skip
        self._begin()
        self.changed.emit()
        self.viewport().update()

    def _begin(self) -> None:
        """Once it has a size: as wide as there is room, but never too small to read."""
        if self.net is not None and not self._is_placed and self.isVisible():
            self._is_placed = True
            self._zoom_to(max(_READABLE, self.camera.fits_across()), QPointF(0, HEAD_PX))

    def _anchor(self, before: Layout) -> str:
        """What is to stay where it is: the chosen node if it is in view, else the scene at the top of the view."""
        seen = self.camera.seen
        chosen = before.places.get(self.chosen)
        if chosen is not None and seen.top() <= chosen.top <= seen.bottom():
            return self.chosen
        roots = [place for place in before.within(Sort.SCENE, seen.top(), seen.bottom()) if not place.depth]
        return roots[0].node if roots and seen.top() > 0 else ""

    def _take_room(self) -> None:
        """Let the scroll bars say how far there is to scroll."""
        self.camera.take(self.layout_now, self.viewport().size())
        for bar, most, page in (
            (self.horizontalScrollBar(), self.camera.most_x, self.viewport().width()),
            (self.verticalScrollBar(), self.camera.most_y, self.viewport().height()),
        ):
            bar.setRange(0, most)
            bar.setPageStep(page)
        self._take_scroll()

    @Slot()
    def _take_scroll(self) -> None:
        self.camera.x, self.camera.y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.viewport().update()

    def _zoom_to(self, scale: float, at: QPointF) -> None:
        point = self.camera.point(at)
        self.camera.scale = max(LEAST, min(MOST, scale))
        self._take_room()
        x, y = self.camera.scroll_for(point, at)
        self.horizontalScrollBar().setValue(x)
        self.verticalScrollBar().setValue(y)
        self.changed.emit()
        self.viewport().update()

    def _step(self, way: str, by: int, *, along: bool) -> None:
        net, layout = self.net, self.layout_now
        if net is None:
            return
        place = layout.places.get(self.chosen)
        if place is None:
            found = column_start(layout, Sort.SCENE, last=False)
        elif way == "across":
            found = self._walk.across(net, layout, self.chosen, by)
        elif way == "end":
            found = column_start(layout, place.column, last=by > 0)
        elif along and way == "down":
            found = self._walk.along(net, layout, self.chosen, by)
        else:
            below = layout.next_to(place, by * (_ROWS_A_PAGE if way == "page" else 1))
            at_end = column_start(layout, place.column, last=by > 0) if way == "page" else None
            found = below.node if below else at_end
        if found:
            self.node_chosen.emit(found)

    def _open(self, node: str) -> None:
        if self.net is not None and self.net.sort(node) is Sort.SHOT:
            self.node_opened.emit(node)
        else:
            self.fold(node)

    def _show_hovered(self, point: QPointF) -> None:
        place = self.place_at(point)
        pin = any(pin.rect.contains(point) for pin in self._pins)
        if place is not None or pin:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()
        words = self.net.words(place.node) if place is not None and self.net is not None else ""
        if words != self.viewport().toolTip():
            self.viewport().setToolTip(words)

    def _is_on_arrow(self, place: Place, point: QPointF) -> bool:
        folds = self.net is not None and self.net.has_children(place.node)
        return folds and fold_rect(self.camera.rect(place), self.camera.scale, depth=place.depth).contains(point)
