"""Merges a new draft of the screenplay into a scene graph that a director has worked on.

Three graphs are compared: the last draft as it was read, the graph as it is now, the new draft as it was read. What
only the director changed stays; what only the screenplay changed is taken over; where both changed the same thing the
new draft's word is taken, and it is listed. What is found again keeps its id, number and label, so that takes and
approvals stay with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from storage.domain.draft_three_ways import ThreeWays, shots_by_scene
from storage.domain.graph_merge import merged
from storage.domain.scene_graph import Constraint, ConstraintId, Scene, SceneGraph, SceneId, Scope, Shot, ShotId
from storage.domain.scene_matching import DraftedScene, drafted_scenes, match_scenes, match_shots
from storage.domain.working_graph import EverUsed, GraphEdit, fresh_constraint_id, fresh_id, fresh_label, fresh_number


class Fate(StrEnum):
    """What a new draft does with a scene."""

    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneRow:
    """One scene of either draft, both side by side.

    Attributes:
        scene_id: in the merged graph, or of the scene that is cut.
        number: of the scene; a new scene's is new.
        heading_before, heading: empty where the draft has no such scene.
        lines_before, lines: what the screenplay says, heading excluded.
    """

    fate: Fate
    scene_id: SceneId
    number: str
    heading_before: str = ""
    heading: str = ""
    lines_before: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMerge:
    """What merging a new draft would make.

    Attributes:
        edit: of the scene graph.
        drafted: the new draft by itself, under the film's ids: what the next draft is compared with.
        scenes: in the order of the new draft; what is cut where it was.
        contradictions: where the director and the new draft both changed the same, one sentence each.
    """

    edit: GraphEdit
    drafted: SceneGraph
    scenes: tuple[SceneRow, ...]
    contradictions: tuple[str, ...]


def merge_draft(
    last: SceneGraph,
    now: SceneGraph,
    new: SceneGraph,
    *,
    last_lines: Sequence[str],
    new_lines: Sequence[str],
    ever: EverUsed,
    merges: Sequence[tuple[str, str]] = (),
    name: str,
) -> DraftMerge:
    """Merge a new draft.

    Args:
        last: the last draft, as it was read; now: the scene graph; new: the new draft, under ids of its own.
        last_lines, new_lines: of both screenplays, line 1 first.
        merges: what the director made one, in order: the id that is gone, the id that is kept.
        name: of the new draft, for the label.
    """
    before, after = drafted_scenes(last, last_lines), drafted_scenes(new, new_lines)
    same_scenes = match_scenes(before, after)
    drafted = _under_known_ids(last, new, same_scenes, ever)
    ids = {scene.id: found for scene, found in zip(_in_order(new), _in_order(drafted), strict=True)}
    rows = _rows(before, after, same_scenes, ids)
    for gone, kept in merges:
        last, drafted = (_merged_where_it_is(graph, kept, gone) for graph in (last, drafted))
    three = ThreeWays(last, now, drafted)
    edit = three.merged(f"merge {name}")
    return DraftMerge(edit=edit, drafted=drafted, scenes=rows, contradictions=tuple(three.contradictions))


def _in_order(graph: SceneGraph) -> list[Scene]:
    return sorted(graph.scenes.values(), key=lambda scene: scene.order)


def _merged_where_it_is(graph: SceneGraph, kept: str, gone: str) -> SceneGraph:
    for part in (graph.characters, graph.settings, graph.props):
        if kept in part and gone in part:
            return merged(graph, kept, gone).after
    return graph


def _rows(
    before: Sequence[DraftedScene],
    after: Sequence[DraftedScene],
    same: Mapping[SceneId, SceneId],
    found: Mapping[SceneId, Scene],
) -> tuple[SceneRow, ...]:
    old = {each.scene.id: each for each in before}
    rows: list[SceneRow] = []
    for each in after:
        was = old.get(same.get(each.scene.id, SceneId("")))
        fate = Fate.NEW if was is None else Fate.KEPT if was.content == each.content else Fate.CHANGED
        rows.append(
            SceneRow(
                fate=fate,
                scene_id=found[each.scene.id].id,
                number=found[each.scene.id].number,
                heading_before=was.scene.heading if was else "",
                heading=each.scene.heading,
                lines_before=was.lines if was else (),
                lines=each.lines,
            )
        )
    matched = set(same.values())
    for place, each in enumerate(before):
        if each.scene.id in matched:
            continue
        earlier = {other.scene.id for other in before[:place]}
        at = max((index + 1 for index, row in enumerate(rows) if row.scene_id in earlier), default=0)
        cut = SceneRow(
            fate=Fate.CUT,
            scene_id=each.scene.id,
            number=each.scene.number,
            heading_before=each.scene.heading,
            lines_before=each.lines,
        )
        rows.insert(at, cut)
    return tuple(rows)


def _under_known_ids(
    last: SceneGraph, new: SceneGraph, same_scenes: Mapping[SceneId, SceneId], ever: EverUsed
) -> SceneGraph:
    """The new draft, with the ids, numbers and labels of what is found again, and unused ones for the rest."""
    ids: set[str] = set(ever.ids) | set(last.scenes) | set(last.shots)
    numbers = set(ever.numbers) | {scene.number for scene in last.scenes.values()}
    labels = set(ever.labels) | {shot.label for shot in last.shots.values()}
    scenes: dict[SceneId, Scene] = {}
    shots: dict[ShotId, Shot] = {}
    shots_before, shots_after = shots_by_scene(last.shots), shots_by_scene(new.shots)
    number = ""
    for scene in _in_order(new):
        known = last.scenes.get(same_scenes.get(scene.id, SceneId("")))
        if known is not None:
            found = replace(scene, id=known.id, number=known.number)
        else:
            free = scene.number if scene.number not in numbers else fresh_number(number or scene.number, numbers)
            found = replace(scene, id=SceneId(fresh_id("scene", free, ids)), number=free)
        number = found.number
        numbers.add(number)
        ids.add(found.id)
        scenes[scene.id] = found
        old_shots, new_shots = shots_before.get(found.id, []), shots_after.get(scene.id, [])
        same_shots = match_shots(old_shots, new_shots)
        for shot in new_shots:
            old = last.shots.get(same_shots.get(shot.id, ShotId("")))
            label = old.label if old else fresh_label(number, labels)
            shot_id = old.id if old else ShotId(fresh_id("shot", label, ids))
            labels.add(label)
            ids.add(shot_id)
            shots[shot.id] = replace(shot, id=shot_id, label=label, scene_id=found.id)
    return replace(
        new,
        scenes={scene.id: scene for scene in scenes.values()},
        shots={shot.id: shot for shot in shots.values()},
        constraints=_constraints_under_known_ids(last, new, scenes, shots),
    )


def _constraints_under_known_ids(
    last: SceneGraph, new: SceneGraph, scenes: Mapping[SceneId, Scene], shots: Mapping[ShotId, Shot]
) -> dict[ConstraintId, Constraint]:
    known: dict[tuple[str, Scope], list[ConstraintId]] = {}
    for each in last.constraints.values():
        known.setdefault((each.key, each.scope), []).append(each.id)
    renamed: dict[str, str] = {old: scene.id for old, scene in scenes.items()}
    renamed |= {old: shot.id for old, shot in shots.items()}
    found: dict[ConstraintId, Constraint] = {}
    for each in new.constraints.values():
        scope = Scope(
            scene_id=scenes[each.scope.scene_id].id if each.scope.scene_id else None,
            shot_id=shots[each.scope.shot_id].id if each.scope.shot_id else None,
        )
        renewed = replace(each, entity_id=renamed.get(each.entity_id, each.entity_id), scope=scope)
        ids = known.get((renewed.key, scope))
        constraint_id = ids.pop(0) if ids else ConstraintId(fresh_constraint_id(renewed, {**found, **last.constraints}))
        found[constraint_id] = replace(renewed, id=constraint_id)
    return found
