"""Paints one node of the drawing, at any zoom."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop import theme
from desktop.faults import MARK
from desktop.graph.layout import Place
from desktop.graph.look import Look
from desktop.standing_light import Light
from desktop.views.parts import draw_swatch, elided

# Below this height in pixels a name could not be read; below the second nothing but the node itself can.
_FULL_PX, NAME_PX = 17.0, 7.0
_FOLD = 15.0
_LEAST_NOTE = 26.0


class NodePainter:
    """Paints nodes.

    Args:
        scale: of the drawing.
    """

    def __init__(self, painter: QPainter, scale: float) -> None:
        self._painter = painter
        self._scale = scale

    def paint(
        self, rect: QRectF, place: Place, look: Look, *, folds: bool, is_open: bool, is_chosen: bool, is_found: bool,
        is_lit: bool, is_dim: bool,
    ) -> None:  # fmt: skip
        """Paint a node.

        Args:
            rect: where, in pixels of the viewport.
            folds: something can be unfolded under it; is_open: it is.
            is_lit: an edge of the chosen node leads here; is_dim: one is chosen, and none does.
        """
        painter = self._painter
        painter.save()
        if is_dim:
            painter.setOpacity(0.62)
        self._paint_box(rect, place, look, is_chosen=is_chosen, is_found=is_found, is_lit=is_lit)
        if rect.height() >= _FULL_PX or (place.depth and rect.height() >= 12):
            painter.translate(rect.topLeft())
            painter.scale(self._scale, self._scale)
            inside = QRectF(0, 0, rect.width() / self._scale, place.height)
            if folds:
                _paint_arrow(painter, QPointF(10, 15 if not place.depth else place.height / 2), is_open=is_open)
            if place.depth:
                self._paint_child(inside, place, look, folds=folds)
            else:
                self._paint_root(inside, look)
        elif rect.height() >= NAME_PX and not place.depth:
            painter.setFont(theme.font(max(5.5, rect.height() * 0.55)))
            painter.setPen(theme.TEXT)
            room = rect.adjusted(5, 0, -4, 0)
            words = f"{MARK} {look.title}" if look.fault else look.title
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(painter, words, int(room.width())))
        painter.restore()

    def paint_tiny(self, rect: QRectF, colour: QColor, *, is_chosen: bool, is_lit: bool, is_dim: bool) -> None:
        """Paint a node of which nothing could be read."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setOpacity(0.55 if is_dim else 1.0)
        marked = theme.TEXT if is_chosen else theme.SOFT if is_lit else colour
        self._painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), max(1.0, rect.height())), marked)
        self._painter.setOpacity(1.0)

    def _paint_box(
        self, rect: QRectF, place: Place, look: Look, *, is_chosen: bool, is_found: bool, is_lit: bool
    ) -> None:
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.LINE, 1)
        if look.is_proposed:
            pen = QPen(theme.VIOLET, 1.2, Qt.PenStyle.DashLine)
        elif look.fault:
            pen = QPen(theme.RED, 1.2)
        if is_lit and not look.is_proposed and not look.fault:
            pen = QPen(theme.SOFT, 1.2)
        painter.setPen(pen)
        painter.setBrush(theme.PANEL if place.depth else theme.RAISED)
        radius = min(5.0, rect.height() / 4)
        box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, radius, radius)
        if look.light is not Light.NOTHING:
            painter.fillRect(QRectF(box.left(), box.top() + 2, max(2.0, 3 * self._scale), box.height() - 4),
                             theme.LIGHTS[look.light])  # fmt: skip
        if is_found:
            painter.setPen(QPen(theme.AMBER, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
        if is_chosen:
            painter.setPen(QPen(theme.TEXT, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_root(self, inside: QRectF, look: Look) -> None:
        painter = self._painter
        top = QRectF(20, 3, inside.width() - 28, 18)
        under = QRectF(20, 20, inside.width() - 28, 16)
        right = self._paint_marks(top, look)
        painter.setFont(theme.font(strong=True))
        painter.setPen(theme.TEXT)
        self._write(top.adjusted(0, 0, right - top.right() - 6, 0), look.title)
        painter.setFont(theme.font(theme.SMALL_PT))
        right = under.right()
        if look.proposed:
            right = self._write_right(under, right, look.proposed, theme.VIOLET, italic=True)
        if look.note:
            right = self._write_right(under, right, look.note, theme.FAINT)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.SOFT)
        self._write(under.adjusted(0, 0, right - under.right() - 4, 0), look.second)

    def _paint_marks(self, top: QRectF, look: Look) -> float:
        right = top.right()
        if look.fault:
            right = self._write_right(top, right, f"{MARK} {look.fault}", theme.RED)
        if look.state:
            right = self._write_right(top, right, look.state, theme.LIGHTS[look.light])
        return right

    def _paint_child(self, inside: QRectF, place: Place, look: Look, *, folds: bool) -> None:
        painter = self._painter
        room = inside.adjusted(20 if folds else 9, 0, -7, 0)
        right = room.right()
        if look.fault:
            right = self._write_right(room, right, MARK, theme.RED)
        if look.state:
            right = self._write_right(room, right, look.state, theme.LIGHTS[look.light])
        colour = theme.VIOLET if look.is_proposed else theme.SOFT if look.value else theme.TEXT
        painter.setFont(theme.font(italic=look.is_proposed))
        painter.setPen(colour)
        left = room.left() + self._write(QRectF(room.left(), 0, right - room.left(), room.height()), look.title)
        if look.value:
            left += 7
            if look.swatch:
                draw_swatch(painter, QRectF(left, room.center().y() - 5, 10, 10).toRect(), look.swatch)
                left += 15
            painter.setPen(theme.VIOLET if look.is_proposed else theme.TEXT)
            left += self._write(QRectF(left, 0, right - left, room.height()), look.value)
        if look.note and right - left > _LEAST_NOTE:
            # What comes last gives way first; that something is proposed is also told by its edge and its slant.
            colour = theme.VIOLET if look.is_proposed else theme.FAINT
            self._write_right(room, right, look.note, colour, italic=look.is_proposed, most=right - left - 8)

    def _write(self, room: QRectF, words: str) -> float:
        """Write at the left of a room; returns how wide it came out."""
        shown = elided(self._painter, words, int(room.width()))
        self._painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        return self._painter.fontMetrics().horizontalAdvance(shown)

    def _write_right(
        self, room: QRectF, right: float, words: str, colour: QColor, *, italic: bool = False, most: float = 0
    ) -> float:
        """Write at the right of a room; returns where it begins, less a gap."""
        painter = self._painter
        painter.setFont(theme.font(theme.SMALL_PT, italic=italic))
        painter.setPen(colour)
        shown = elided(painter, words, int(most or room.width() * 0.6))
        width = painter.fontMetrics().horizontalAdvance(shown)
        painter.drawText(
            QRectF(right - width, room.top(), width + 2, room.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
        return right - width - 8


def fold_rect(rect: QRectF, scale: float, *, depth: int) -> QRectF:
    """Where the arrow of a node is, in pixels of the viewport."""
    size = (_FOLD + 5) * scale
    return QRectF(rect.left(), rect.top() + (4 * scale if not depth else 0), size, 22 * scale)


def _paint_arrow(painter: QPainter, middle: QPointF, *, is_open: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.SOFT)
    corners = ((-4, -2), (4, -2), (0, 3.5)) if is_open else ((-2, -4), (-2, 4), (3.5, 0))
    painter.drawPolygon(QPolygonF([middle + QPointF(*corner) for corner in corners]))
