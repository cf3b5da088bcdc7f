"""What of a scene graph is marked as wrong, wherever it is shown: contradictions and drift, by item and by line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storage.domain.graph_view import GraphView
from storage.domain.open_ends import OpenEnd, Sort
from storage.domain.scene_graph import ConstraintId, ShotId

MARK = "≠"
_MARKED = (Sort.CONTRADICTION, Sort.DRIFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """The open ends that are marked where they are.

    Attributes:
        by_item: by the ids of what each is about, and of all that this stands under; of several the first.
        by_line: by the lines of the screenplay that each is about.
    """

    by_item: Mapping[str, OpenEnd]
    by_line: Mapping[int, tuple[OpenEnd, ...]]


NO_FAULTS = Faults(by_item={}, by_line={})


def faults_of(view: GraphView, ends: Iterable[OpenEnd]) -> Faults:
    """What of some open ends is marked, and where."""
    by_item: dict[str, OpenEnd] = {}
    by_line: dict[int, dict[str, OpenEnd]] = defaultdict(dict)
    for end in ends:
        if end.sort not in _MARKED:
            continue
        for item_id in _items(view, end):
            by_item.setdefault(item_id, end)
        for line in _lines(view, end):
            by_line[line].setdefault(end.sentence, end)
    return Faults(by_item=by_item, by_line={line: tuple(each.values()) for line, each in by_line.items()})


def _items(view: GraphView, end: OpenEnd) -> Iterator[str]:
    named = dict.fromkeys((end.subject, *end.constraint_ids, end.remedy.item_id if end.remedy else ""))
    for item_id in filter(None, named):
        above: str | None = item_id
        while above is not None:
            yield above
            above = _parent(view, above)


def _parent(view: GraphView, item_id: str) -> str | None:
    constraint = view.graph.constraints.get(ConstraintId(item_id))
    if constraint is not None:
        return constraint.entity_id
    shot = view.graph.shots.get(ShotId(item_id))
    return shot.scene_id if shot is not None else None


def _lines(view: GraphView, end: OpenEnd) -> Iterator[int]:
    if end.line:
        yield end.line
    for constraint_id in end.constraint_ids:
        first = view.graph.constraints[ConstraintId(constraint_id)].evidence.first_line
        if first:
            yield first
