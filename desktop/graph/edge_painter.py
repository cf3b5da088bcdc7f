"""Paints the edges of the drawing: faint ones of everything in view, strong ones of what is chosen, and pins for those
of its ends that are out of view.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop import theme
from desktop.graph.camera import HEAD_PX, Camera
from desktop.graph.layout import ROOT_GAP, Layout, Place
from desktop.graph.net import COLUMNS, Edge, GraphNet, Tie
from desktop.swatches import swatch_of
from desktop.translating import tr
from desktop.views.parts import elided

_MOST_NAMED = 5
_PIN_PX = 22
_ROUGH_BELOW = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Ends of strong edges that are out of view, told where the view ends.

    Attributes:
        node: where a click on it leads: to the nearest.
        ends: all that it stands for, out of view on this side in this column.
        up: they are above.
    """

    node: str
    ends: frozenset[str]
    words: str
    rect: QRectF
    up: bool


def paint_faint(
    painter: QPainter, net: GraphNet, layout: Layout, camera: Camera, shown: Iterable[Place], names: Collection[str]
) -> None:
    """Paint the edges of the scenes and shots in view; of one whose other end is out of view, only where it begins.

    Args:
        shown: the places in view; names: their nodes.
    """
    rough = camera.scale < _ROUGH_BELOW
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not rough)
    lines: list[QLineF] = []
    path, dotted = QPainterPath(), QPainterPath()
    for place in shown:
        if place.column is not COLUMNS[1]:
            continue
        for edge in net.edges.get(place.node, ()):
            far = layout.places.get(edge.far_end(place.node))
            if far is None or edge.tie is Tie.CONTRADICTS:
                continue
            start, stop = _ends(camera, place, far)
            if rough:
                lines.append(QLineF(start, stop))
            elif far.node in names:
                dots = edge.tie in (Tie.IS_HEARD, Tie.HOLDS)
                _add_curve(dotted if dots else path, start, stop, _passage(layout, camera, place, far))
            else:
                _add_stub(path, start, stop)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.faded(theme.FAINT, 50 if rough else 110), 1))
    if lines:
        painter.drawLines(lines)
    painter.drawPath(path)
    painter.setPen(QPen(theme.faded(theme.FAINT, 110), 1, Qt.PenStyle.DotLine))
    painter.drawPath(dotted)


def paint_strong(
    painter: QPainter, net: GraphNet, layout: Layout, camera: Camera, node: str, pins: Sequence[Pin]
) -> None:
    """Paint the edges of one node; those whose other end is out of view lead to its pin, where it has one."""
    place = layout.places.get(node)
    if place is None:
        return
    pinned = {end: pin for pin in pins for end in pin.ends}
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for edge in net.edges.get(node, ()):
        far = layout.places.get(edge.far_end(node))
        if far is None:
            continue
        start, stop = _ends(camera, place, far)
        pin = pinned.get(far.node)
        if pin is not None:
            stop = QPointF(stop.x(), pin.rect.center().y())
        colour = theme.RED if edge.tie is Tie.CONTRADICTS else theme.SOFT
        style = Qt.PenStyle.SolidLine
        if edge.tie in (Tie.IS_HEARD, Tie.HOLDS):
            style = Qt.PenStyle.DotLine
        if net.sort(edge.one) and edge.one in net.graph.constraints and net.constraint(edge.one).is_proposed:
            colour, style = theme.VIOLET, Qt.PenStyle.DashLine
        path = QPainterPath()
        if far.column is place.column:
            _add_bow(path, camera, place, far)
        else:
            _add_curve(path, start, stop, _passage(layout, camera, place, far))
        painter.setPen(QPen(colour, 2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if edge.tie is Tie.CONTRADICTS:
            _paint_unequal(painter, camera.rect(place), camera.rect(far))
        if pin is None:
            _paint_worn(painter, net, edge, stop, outward=-1 if far.node == edge.other else 1)


def pins_of(net: GraphNet, layout: Layout, camera: Camera, node: str, height_px: int) -> Sequence[Pin]:
    """Pins for the ends of a node's edges that are above or below the view, one for each column and side."""
    here = layout.places.get(node)
    if here is None:
        return ()
    view = camera.seen
    out: dict[tuple[object, bool], list[Place]] = {}
    for edge in net.edges.get(node, ()):
        far = layout.places.get(edge.far_end(node))
        if far is None or far.column is here.column:
            continue
        if far.bottom < view.top() + HEAD_PX / camera.scale:
            out.setdefault((far.column, True), []).append(far)
        elif far.top > view.bottom():
            out.setdefault((far.column, False), []).append(far)
    pins: list[Pin] = []
    for (_, up), places in out.items():
        places.sort(key=lambda each: abs(each.middle - here.middle))
        named = sorted(places[:_MOST_NAMED], key=lambda each: each.top)
        words = ", ".join(_short_name(net, each.node) for each in named)
        if len(places) > len(named):
            words = tr("{some} and {n} more", some=words, n=f"{len(places) - len(named):,}")
        column = camera.rect(places[0])
        top = HEAD_PX if up else height_px - 3 - _PIN_PX
        pins.append(
            Pin(
                node=places[0].node, words=f"{'↑' if up else '↓'}  {words}", up=up,
                ends=frozenset(each.node for each in places),
                rect=QRectF(column.left(), top, column.width(), _PIN_PX),
            )
        )  # fmt: skip
    return pins


def _short_name(net: GraphNet, node: str) -> str:
    return net.scene(node).number if node in net.graph.scenes else net.title(node)


def paint_pins(painter: QPainter, pins: Iterable[Pin]) -> None:
    """Paint where the edges of the chosen node leave the view."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(theme.SMALL_PT))
    for pin in pins:
        painter.setPen(QPen(theme.SOFT, 1))
        painter.setBrush(theme.RAISED)
        painter.drawRoundedRect(pin.rect.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.setPen(theme.TEXT)
        room = pin.rect.adjusted(10, 0, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(painter, pin.words, int(room.width())))


def _ends(camera: Camera, place: Place, far: Place) -> tuple[QPointF, QPointF]:
    """Where an edge begins at one node and ends at the other: at the sides that look at each other."""
    one, other = camera.rect(place), camera.rect(far)
    if COLUMNS.index(far.column) < COLUMNS.index(place.column):
        return QPointF(one.left(), one.center().y()), QPointF(other.right(), other.center().y())
    return QPointF(one.right(), one.center().y()), QPointF(other.left(), other.center().y())


def _passage(layout: Layout, camera: Camera, place: Place, far: Place) -> QRectF | None:
    """Where an edge passes between the nodes of a column that lies between its ends; None where none does."""
    one, other = COLUMNS.index(place.column), COLUMNS.index(far.column)
    if abs(one - other) < 2:
        return None
    column = COLUMNS[(one + other) // 2]
    wanted = (place.middle + far.middle) / 2
    near = layout.within(column, wanted - ROOT_GAP, wanted + ROOT_GAP)
    if not near:
        return None
    rect = camera.rect(near[0])
    gap = ROOT_GAP / 2 * camera.scale
    return QRectF(rect.left(), rect.top() - gap, rect.width(), 0)


def _add_curve(path: QPainterPath, start: QPointF, stop: QPointF, passage: QRectF | None = None) -> None:
    path.moveTo(start)
    if passage is not None:
        ahead = start.x() < stop.x()
        near, beyond = passage.left(), passage.right()
        _curve_to(path, start, QPointF(near if ahead else beyond, passage.top()))
        start = QPointF(beyond if ahead else near, passage.top())
        path.lineTo(start)
    _curve_to(path, start, stop)


def _curve_to(path: QPainterPath, start: QPointF, stop: QPointF) -> None:
    middle = (start.x() + stop.x()) / 2
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, stop.y()), stop)


def _add_stub(path: QPainterPath, start: QPointF, stop: QPointF) -> None:
    across = (stop.x() - start.x()) * 0.16
    down = abs(across) * (1 if stop.y() > start.y() else -1)
    path.moveTo(start)
    path.quadTo(QPointF(start.x() + across, start.y()), QPointF(start.x() + across, start.y() + down))


def _add_bow(path: QPainterPath, camera: Camera, place: Place, far: Place) -> None:
    """Between two nodes of one column: at their left, beside both."""
    one, other = camera.rect(place), camera.rect(far)
    out = min(one.left(), other.left()) - 14 * camera.scale
    path.moveTo(QPointF(one.left(), one.center().y()))
    path.cubicTo(
        QPointF(out, one.center().y()), QPointF(out, other.center().y()), QPointF(other.left(), other.center().y())
    )


def _paint_unequal(painter: QPainter, one: QRectF, other: QRectF) -> None:
    painter.setFont(theme.font(theme.TEXT_PT, strong=True))
    painter.setPen(theme.RED)
    middle = QPointF(min(one.left(), other.left()) - 15, (one.center().y() + other.center().y()) / 2)
    painter.drawText(QRectF(middle.x() - 8, middle.y() - 9, 16, 18), Qt.AlignmentFlag.AlignCenter, "≠")


def _paint_worn(painter: QPainter, net: GraphNet, edge: Edge, at: QPointF, *, outward: int) -> None:
    """Show the colours of what somebody wears in a scene where the edge ends; the words stand beside."""
    if edge.tie is not Tie.IS_IN or edge.other not in net.graph.scenes or edge.one not in net.graph.characters:
        return
    colours = [swatch_of(each.attribute, each.value) for each in net.worn_in(edge.one, edge.other)]
    painter.setPen(QPen(theme.faded(theme.TEXT, 90), 1))
    for index, colour in enumerate(colour for colour in colours if colour):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(at.x() + outward * (6 + 11 * index), at.y()), 4.5, 4.5)
