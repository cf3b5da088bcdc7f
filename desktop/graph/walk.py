"""How the keys walk through the drawing: up and down a column, across along edges, and on along the same edges."""

from collections.abc import Sequence

from desktop.graph.layout import Layout, Place
from desktop.graph.net import COLUMNS, GraphNet, Sort


class Walk:
    """Remembers where a walk came from, so that it finds back and can go on to the next end of the same edges."""

    def __init__(self) -> None:
        self._before: list[str] = []
        self._pivot = self._at = ""

    def across(self, net: GraphNet, layout: Layout, node: str, by: int) -> str | None:
        """The node that an edge leads to at the left (-1) or right (1); where none does, what stands beside.

        Of many the one that the walk came from, else the nearest in height.
        """
        place = layout.places.get(node)
        if place is None:
            return None
        ends = neighbours(net, layout, place, by)
        if not ends:
            return self._beside(layout, place, by)
        if node != self._at:
            # Whoever went elsewhere meanwhile is on another walk.
            self._before = []
        back = self._before[-1] if self._before else ""
        nearest = min(ends, key=lambda each: abs(each.middle - place.middle)).node
        found = back if any(each.node == back for each in ends) else nearest
        self._before = self._before[:-1] if found == back else [*self._before, node]
        self._pivot, self._at = node, found
        return found

    def along(self, net: GraphNet, layout: Layout, node: str, by: int) -> str | None:
        """The end above (-1) or below (1) of another edge of the node that the walk last came from."""
        here, pivot = layout.places.get(node), layout.places.get(self._pivot)
        if here is None or pivot is None or here.column is pivot.column:
            return None
        side = 1 if COLUMNS.index(here.column) > COLUMNS.index(pivot.column) else -1
        ends = [each for each in neighbours(net, layout, pivot, side) if each.column is here.column]
        ends.sort(key=lambda each: each.top)
        further = [each for each in ends if (each.top - here.top) * by > 0]
        return (further[0] if by > 0 else further[-1]).node if further else None

    def _beside(self, layout: Layout, place: Place, by: int) -> str | None:
        index = COLUMNS.index(place.column) + by
        while 0 <= index < len(COLUMNS):
            found = layout.beside(place, COLUMNS[index])
            if found is not None:
                return found.node
            index += by
        return None


def neighbours(net: GraphNet, layout: Layout, place: Place, by: int) -> Sequence[Place]:
    """Where the edges of a node lead at one of its sides; where none do, those of what it stands under."""
    here = COLUMNS.index(place.column)
    for node in (place.node, *net.parents(place.node)):
        found: dict[str, Place] = {}
        for edge in net.edges.get(node, ()):
            far = shown_place(net, layout, edge.far_end(node))
            if far is not None and (COLUMNS.index(far.column) - here) * by > 0:
                found[far.node] = far
        if found:
            return list(found.values())
    return ()


def shown_place(net: GraphNet, layout: Layout, node: str) -> Place | None:
    """Where a node stands, or what it is folded into."""
    for each in (node, *net.parents(node)):
        if each in layout.places:
            return layout.places[each]
    return None


def column_start(layout: Layout, column: Sort, *, last: bool) -> str | None:
    """The first or last node of a column."""
    places = layout.columns[column]
    return places[-1 if last else 0].node if places else None
