"""Paints what is seen of the drawn scene graph: edges, nodes, pins and the names of the columns."""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desktop import theme
from desktop.graph.camera import HEAD_PX, Camera
from desktop.graph.edge_painter import Pin, paint_faint, paint_pins, paint_strong, pins_of
from desktop.graph.layout import CHILD_HEIGHT, Layout, Place
from desktop.graph.look import colour_of, look_of
from desktop.graph.net import COLUMNS, GraphNet, Sort
from desktop.graph.node_painter import NAME_PX, NodePainter
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, tr

_TITLES = {
    Sort.CHARACTER: marked("CHARACTERS"),
    Sort.SCENE: marked("SCENES"),
    Sort.SETTING: marked("SETTINGS"),
    Sort.PROP: marked("PROPS"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """What there is to paint. Attributes: chosen: a node's id; found: ids of what was searched for."""

    net: GraphNet
    film: FilmSnapshot
    layout: Layout
    camera: Camera
    chosen: str
    unfolded: Set[str]
    found: Collection[str]


def paint_board(painter: QPainter, view: QRect, drawn: Drawn) -> tuple[Pin, ...]:
    """Paint what is in view; returns where edges of the chosen node leave it."""
    net, layout, camera, chosen = drawn.net, drawn.layout, drawn.camera, drawn.chosen
    seen = camera.seen
    shown = [place for column in COLUMNS for place in _worth_painting(drawn, column, seen.top(), seen.bottom())]
    pins = tuple(pins_of(net, layout, camera, chosen, view.height()))
    paint_faint(painter, net, layout, camera, shown, {place.node for place in shown})
    _paint_nodes(painter, drawn, shown)
    paint_strong(painter, net, layout, camera, chosen, pins)
    paint_pins(painter, pins)
    _paint_heads(painter, view, drawn)
    return pins


def _paint_nodes(painter: QPainter, drawn: Drawn, shown: Sequence[Place]) -> None:
    net, film, camera, chosen = drawn.net, drawn.film, drawn.camera, drawn.chosen
    lit = {edge.far_end(chosen) for edge in net.edges.get(chosen, ())}
    near = {chosen, *lit, *net.parents(chosen), *net.children(chosen)}
    node_painter = NodePainter(painter, camera.scale)
    for place in shown:
        node, rect = place.node, camera.rect(place)
        is_dim = bool(lit) and node not in near
        if rect.height() < NAME_PX:
            node_painter.paint_tiny(
                rect, colour_of(net, film, node), is_chosen=node == chosen, is_lit=node in lit, is_dim=is_dim
            )
            continue
        node_painter.paint(
            rect, place, look_of(net, film, node, chosen),
            folds=net.has_children(node), is_open=node in drawn.unfolded, is_chosen=node == chosen,
            is_found=node in drawn.found, is_lit=node in lit, is_dim=is_dim,
        )  # fmt: skip


def _worth_painting(drawn: Drawn, column: Sort, top: float, bottom: float) -> Sequence[Place]:
    """A column's places in a range of heights; of those that share a row of pixels the first and the chosen."""
    places = drawn.layout.within(column, top, bottom)
    scale = drawn.camera.scale
    if CHILD_HEIGHT * scale >= 1:
        return places
    row, kept = -1, list[Place]()
    for place in places:
        at = int(place.top * scale)
        if at != row or place.node == drawn.chosen:
            kept.append(place)
            row = at
    return kept


def _paint_heads(painter: QPainter, view: QRect, drawn: Drawn) -> None:
    """The names of the columns, which stay where the view is."""
    painter.fillRect(0, 0, view.width(), HEAD_PX - 4, theme.STAGE)
    origin = drawn.camera.origin.x()
    for column in COLUMNS:
        number = len(drawn.net.columns[column])
        if number and column in drawn.layout.lefts:
            painter.setFont(theme.font(theme.SMALL_PT, strong=True))
            painter.setPen(theme.SOFT)
            left = round(origin + drawn.layout.lefts[column] * drawn.camera.across)
            title = tr(_TITLES[column])
            painter.drawText(left + 2, HEAD_PX - 12, title)
            width = painter.fontMetrics().horizontalAdvance(title)
            painter.setFont(theme.figures(theme.SMALL_PT))
            painter.setPen(theme.FAINT)
            painter.drawText(left + width + 10, HEAD_PX - 12, f"{number:,}")
