"""Which lines of the screenplay a scene graph rests on: what each claims, and what rests on each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import ConstraintId, Evidence, SceneId, ShotId

_MEMO = "claims"
_MOST_LINES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All lines that something rests on.

    Attributes:
        by_line: the ids of what rests on a line: what is said of people, things and places first, then scenes,
            shots, and how these are framed.
        claimed: lines that say something of people, things or places; proposed: of these, where all of it is only
            proposed.
        shots: what shots begin on a line, by their labels.
    """

    by_line: Mapping[int, tuple[str, ...]]
    claimed: frozenset[int]
    proposed: frozenset[int]
    shots: Mapping[int, tuple[str, ...]]


def claims_of(view: GraphView) -> Claims:
    """What a scene graph claims, by line; worked out once."""
    known = view.memo.get(_MEMO)
    if known is None:
        known = view.memo[_MEMO] = _claims(view)
    return known


def _claims(view: GraphView) -> Claims:
    graph = view.graph
    by_line: dict[int, list[str]] = defaultdict(list)
    settled: set[int] = set()
    claimed: set[int] = set()
    later: list[tuple[int, str]] = []
    for constraint in graph.constraints.values():
        lines = tuple(_lines(constraint.evidence))
        if constraint.entity_id in graph.shots:
            later.extend((line, constraint.id) for line in lines)
            continue
        for line in lines:
            by_line[line].append(constraint.id)
        claimed.update(lines)
        if not constraint.is_proposed:
            settled.update(lines)
    for item in (*graph.characters.values(), *graph.settings.values(), *graph.props.values()):
        for line in _lines(item.evidence):
            by_line[line].append(item.id)
            claimed.add(line)
            settled.add(line)
    for scene in view.scenes:
        if scene.first_line:
            by_line[scene.first_line].append(scene.id)
    shots: dict[int, list[str]] = defaultdict(list)
    for shot in view.shots:
        for line in _lines(shot.evidence):
            by_line[line].append(shot.id)
        if shot.evidence.first_line:
            shots[shot.evidence.first_line].append(shot.label)
    for line, item_id in later:
        by_line[line].append(item_id)
    return Claims(
        by_line={line: tuple(ids) for line, ids in by_line.items()},
        claimed=frozenset(claimed),
        proposed=frozenset(claimed - settled),
        shots={line: tuple(labels) for line, labels in shots.items()},
    )


def lines_behind(view: GraphView, item_id: str) -> tuple[int, ...]:
    """The lines that one item rests on, the first that is to be read first; of a person, thing or place all that is
    said of it.
    """
    graph = view.graph
    constraint = graph.constraints.get(ConstraintId(item_id))
    if constraint is not None:
        return tuple(_lines(constraint.evidence))
    scene = graph.scenes.get(SceneId(item_id))
    if scene is not None:
        return (scene.first_line,) if scene.first_line else ()
    shot = graph.shots.get(ShotId(item_id))
    if shot is not None:
        return tuple(_lines(shot.evidence))
    items: Mapping[str, object] = {**graph.characters, **graph.settings, **graph.props}
    item = items.get(item_id)
    if item is None:
        return ()
    lines = dict.fromkeys(_lines(item.evidence))  # pyright: ignore[reportAttributeAccessIssue]
    for about in view.constraints_of(item_id):
        lines.update(dict.fromkeys(_lines(about.evidence)))
    return tuple(lines)


def _lines(evidence: Evidence) -> Iterator[int]:
    """No screenplay has a claim that rests on hundreds of lines: a damaged one is not to hold everything up."""
    if evidence.first_line:
        last = max(evidence.first_line, min(evidence.last_line, evidence.first_line + _MOST_LINES))
        yield from range(evidence.first_line, last + 1)
