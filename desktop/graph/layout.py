"""Where each node of the scene graph stands: scenes in a column in film order, people at their left, places and things
at their right, each unfolded downwards. Plain Python; what was given a place keeps it.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.graph.net import COLUMNS, GraphNet, Sort

ROOT_HEIGHT, CHILD_HEIGHT = 40, 24
ROOT_GAP, _CHILD_GAP = 8, 3
_INDENT = 16
_GUTTER = 76
_BETWEEN_PLACES_AND_PROPS = 26
_WIDTHS = {Sort.CHARACTER: 172, Sort.SCENE: 308, Sort.SETTING: 172, Sort.PROP: 140}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a node stands, in logical pixels at 100 %.

    Attributes:
        column: the one it stands in, whatever it is.
        depth: how many nodes it stands under.
    """

    node: str
    column: Sort
    depth: int
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Every node that is not folded away.

    Attributes:
        columns: from top to bottom.
        lefts: where each column begins.
    """

    places: Mapping[str, Place]
    columns: Mapping[Sort, Sequence[Place]]
    lefts: Mapping[Sort, float]
    width: float
    height: float

    def within(self, column: Sort, top: float, bottom: float) -> Sequence[Place]:
        """The places of a column that reach into a range of heights. Takes O(log n)."""
        places = self.columns[column]
        first = bisect_left(places, top, key=lambda place: place.bottom)
        stop = bisect_left(places, bottom, key=lambda place: place.top)
        return places[first:stop]

    def at(self, x: float, y: float) -> Place | None:
        """The place that holds a point."""
        for column in COLUMNS:
            for place in self.within(column, y, y + 0.01):
                if place.left <= x < place.right and place.top <= y < place.bottom:
                    return place
        return None

    def beside(self, place: Place, column: Sort) -> Place | None:
        """The place of another column that is the nearest in height."""
        places = self.columns[column]
        index = bisect_left(places, place.middle, key=lambda each: each.middle)
        near = places[max(0, index - 1) : index + 1]
        return min(near, key=lambda each: abs(each.middle - place.middle)) if near else None

    def next_to(self, place: Place, by: int) -> Place | None:
        """The place above (-1) or below (1) in the same column."""
        places = self.columns[place.column]
        index = bisect_left(places, place.top, key=lambda each: each.top) + by
        return places[index] if 0 <= index < len(places) else None


EMPTY = Layout(places={}, columns={column: () for column in COLUMNS}, lefts={}, width=0, height=0)


class Slots:
    """Which row of its column each character, setting and prop has. What comes later stands behind what was there; what
    goes leaves its row empty, so that nothing else moves and an undo finds it where it was.
    """

    def __init__(self) -> None:
        self._order: dict[Sort, list[str]] = {column: [] for column in COLUMNS}

    def rows(self, net: GraphNet, column: Sort) -> Sequence[str]:
        """The nodes of a column from top to bottom, with those that are gone for a time among them."""
        if column is Sort.SCENE:
            return net.columns[column]
        order = self._order[column]
        known = set(order)
        order += [node for node in net.columns[column] if node not in known]
        return order


def lay_out(net: GraphNet, unfolded: Collection[str], slots: Slots) -> Layout:
    """Give every node a place that is not folded away. No two overlap; the same input gives the same places."""
    places: dict[str, Place] = {}
    columns: dict[Sort, list[Place]] = {}
    lefts: dict[Sort, float] = {}
    left = width = height = 0.0
    for column in COLUMNS:
        lefts[column] = left
        top = 0.0
        here = columns[column] = []
        there = set(net.columns[column])
        for root in slots.rows(net, column):
            if root not in there:
                top += ROOT_HEIGHT + ROOT_GAP
                continue
            for node, depth in _unfolded(net, root, unfolded, 0):
                tall = CHILD_HEIGHT if depth else ROOT_HEIGHT
                top -= ROOT_GAP - _CHILD_GAP if depth == 1 and here[-1].depth == 0 else 0
                place = Place(
                    node=node, column=column, depth=depth, left=left + depth * _INDENT, top=top,
                    width=_WIDTHS[column] - depth * _INDENT, height=tall,
                )  # fmt: skip
                places[node] = place
                here.append(place)
                top += tall + (_CHILD_GAP if depth else ROOT_GAP)
            top += ROOT_GAP - _CHILD_GAP if here[-1].depth else 0
        if here:
            height = max(height, here[-1].bottom)
            width = left + _WIDTHS[column]
        left += _WIDTHS[column] + (_BETWEEN_PLACES_AND_PROPS if column is Sort.SETTING else _GUTTER)
    return Layout(places=places, columns=columns, lefts=lefts, width=width, height=height)


def _unfolded(net: GraphNet, node: str, unfolded: Collection[str], depth: int) -> Iterator[tuple[str, int]]:
    yield node, depth
    if node in unfolded:
        for child in net.children(node):
            yield from _unfolded(net, child, unfolded, depth + 1)
