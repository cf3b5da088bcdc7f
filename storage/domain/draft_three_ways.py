"""Merges three scene graphs under the same ids: the last draft as read, the graph as it is, the new draft as read.

What only the director changed stays; what only the screenplay changed is taken over; where both changed the same thing
the new draft's word is taken, and it is listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from storage.domain.graph_removal import forget, leave_out_character, leave_out_prop
from storage.domain.graph_words import claim_words, name_in
from storage.domain.scene_graph import Constraint, ConstraintId, Origin, SceneGraph, Shot
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import KINDS, MIRRORED, GraphEdit, WorkingGraph, fresh_constraint_id

_LISTS = ("names", "presences", "prop_ids")
_OF_A_SHOT = frozenset((*MIRRORED.values(), Attribute.PEOPLE))


class ThreeWays:
    """The last draft, the graph as it is, and the new draft, all under the same ids."""

    def __init__(self, last: SceneGraph, now: SceneGraph, new: SceneGraph) -> None:
        self._last = last
        self._now = now
        self._new = new
        self.contradictions: list[str] = []

    def merged(self, label: str) -> GraphEdit:
        """The graph that a merge makes; lists in `contradictions` what both had changed."""
        work = WorkingGraph(self._now)
        for kind in KINDS:
            last, now, new = (getattr(graph, kind) for graph in (self._last, self._now, self._new))
            for item_id in dict.fromkeys((*now, *new)):
                self._settle(work, kind, item_id, last.get(item_id), now.get(item_id), new.get(item_id))
        self._put_in_order(work)
        self._leave_nothing_dangling(work)
        self._mirror(work)
        edit = work.edited(label)
        if self._last.title != self._new.title and self._now.title == self._last.title:
            return replace(edit, after=replace(edit.after, title=self._new.title))
        return edit

    def _settle(self, work: WorkingGraph, kind: str, item_id: str, last: Any, now: Any, new: Any) -> None:
        if last is None:
            if now is None:
                work.put(new)
        elif now is None:
            if not _same(last, new) or (kind == "shots" and new.scene_id not in self._now.scenes):
                self._bring_back(work, kind, last, new)
        elif new is None:
            self._cut(work, kind, item_id, last, now)
        elif kind == "constraints":
            self._settle_constraint(work, last, now, new)
        else:
            work.put(self._field_by_field(last, now, new))

    def _bring_back(self, work: WorkingGraph, kind: str, last: Any, new: Any) -> None:
        """What the director deleted and the new draft has changed; a shot whose scene is gone waits for its scene."""
        if kind == "shots" and _same(last, new) and new.scene_id not in work.items("scenes"):
            return
        if kind == "constraints" and new.is_proposed:
            return
        work.put(new)
        if not _same(last, new):
            name = claim_words(self._new, new) if kind == "constraints" else name_in(self._new, new.id)
            self.contradictions.append(f"{name}: you had deleted it; the new draft has it otherwise, so it is back.")

    def _cut(self, work: WorkingGraph, kind: str, item_id: str, last: Any, now: Any) -> None:
        if kind == "constraints":
            if now.value == last.value and now.evidence.origin is last.evidence.origin:
                work.remove(kind, [item_id])
            return
        if kind in ("scenes", "shots"):
            work.remove(kind, [item_id])
            if not _same(last, now):
                name = name_in(self._now, item_id)
                self.contradictions.append(f"{name}: you had changed it; the new draft has cut it.")
        elif _same(last, now) and not self._is_used_by_director(item_id):
            work.remove(kind, [item_id])

    def _is_used_by_director(self, item_id: str) -> bool:
        """Whether a scene or shot that the screenplay knows nothing of, or knows otherwise, names a thing."""
        shots = [shot for each, shot in self._now.shots.items() if not _same(self._last.shots.get(each), shot)]
        scenes = [scene for each, scene in self._now.scenes.items() if not _same(self._last.scenes.get(each), scene)]
        return any(
            item_id == shot.prop_id or any(item_id == each.character_id for each in (*shot.people, *shot.lines))
            for shot in shots
        ) or any(
            item_id == scene.setting_id
            or item_id in scene.prop_ids
            or any(item_id == each.character_id for each in scene.presences)
            for scene in scenes
        )

    def _settle_constraint(self, work: WorkingGraph, last: Constraint, now: Constraint, new: Constraint) -> None:
        of_shot = new.entity_id in self._new.shots and new.attribute in _OF_A_SHOT
        is_touched = now.value != last.value
        if new.value == last.value or new.value == now.value or (new.is_proposed and (is_touched or not of_shot)):
            # Nothing new is said; or only another proposal is made, for which nothing is drawn again.
            value = now.value
        elif is_touched and not of_shot:
            other = replace(new, id=ConstraintId(fresh_constraint_id(new, work.items("constraints"))))
            work.put(other)
            self.contradictions.append(
                f"{claim_words(self._now, now)}: you say {now.value}, line {new.evidence.first_line} of the new draft"
                f" says {new.value}."
            )
            return
        else:
            value = new.value
        evidence = new.evidence
        if now.evidence.origin is Origin.DIRECTOR:
            evidence = replace(evidence, origin=Origin.DIRECTOR)
        elif value != new.value:
            evidence = now.evidence
        strength = new.strength if now.strength == last.strength else now.strength
        scope = new.scope if now.scope == last.scope else now.scope
        work.put(replace(now, value=value, evidence=evidence, strength=strength, scope=scope))

    def _field_by_field(self, last: Any, now: Any, new: Any) -> Any:
        values: dict[str, Any] = {}
        for field in fields(new):
            name = field.name
            was, mine, theirs = (getattr(item, name) for item in (last, now, new))
            if name == "evidence":
                is_mine = mine.origin is Origin.DIRECTOR and was.origin is not Origin.DIRECTOR
                values[name] = replace(theirs, origin=Origin.DIRECTOR) if is_mine else theirs
            elif mine == was or name == "order":
                values[name] = theirs
            elif theirs in (was, mine):
                values[name] = mine
            elif name in _LISTS:
                values[name] = _both_lists(was, mine, theirs)
            else:
                values[name] = theirs
                self.contradictions.append(
                    f"{name_in(self._now, now.id)}: you had changed its {name.replace('_', ' ')};"
                    " the new draft has it otherwise."
                )
        return replace(now, **values)

    def _put_in_order(self, work: WorkingGraph) -> None:
        scenes = work.items("scenes")
        order = _woven(_ids_in_order(self._new.scenes), _ids_in_order(self._now.scenes))
        work.put_scenes_in_order([scenes[each] for each in order if each in scenes])
        all_shots = shots_by_scene(work.items("shots"))
        of_each = [shots_by_scene(graph.shots) for graph in (self._last, self._now, self._new)]
        for scene_id in list(work.items("scenes")):
            shots: dict[str, Shot] = {shot.id: shot for shot in all_shots.get(scene_id, [])}
            last, now, new = ([shot.id for shot in by_scene.get(scene_id, [])] for by_scene in of_each)
            known = [each for each in last if each in now]
            was_moved = known != [each for each in now if each in last]
            woven = _woven(now, new) if was_moved else _woven(new, now)
            inside = [shots[each] for each in woven if each in shots]
            work.put_in_order([*inside, *(shot for each, shot in shots.items() if each not in woven)])

    def _leave_nothing_dangling(self, work: WorkingGraph) -> None:
        scenes, characters = work.items("scenes"), work.items("characters")
        work.remove("shots", [s.id for s in list(work.items("shots").values()) if s.scene_id not in scenes])
        named = {each.character_id for scene in scenes.values() for each in scene.presences}
        named |= {each.character_id for shot in work.items("shots").values() for each in (*shot.people, *shot.lines)}
        for gone in named - set(characters):
            leave_out_character(work, gone)
        props = {each for scene in work.items("scenes").values() for each in scene.prop_ids}
        props |= {shot.prop_id for shot in work.items("shots").values() if shot.prop_id}
        for gone in props - set(work.items("props")):
            leave_out_prop(work, gone)
        for scene in list(work.items("scenes").values()):
            if scene.setting_id is not None and scene.setting_id not in work.items("settings"):
                work.put(replace(scene, setting_id=None))
        there: set[str] = {each for kind in KINDS[:-1] for each in work.items(kind)}
        named_by: set[str | None] = set()
        for each in work.items("constraints").values():
            named_by |= {each.entity_id, each.scope.scene_id, each.scope.shot_id}
        forget(work, {each for each in named_by if each is not None} - there)

    def _mirror(self, work: WorkingGraph) -> None:
        """Let the constraints on shots say what the shots' plans say."""
        field_of = {attribute: name for name, attribute in MIRRORED.items()}
        for each in list(work.items("constraints").values()):
            shot: Shot | None = work.items("shots").get(each.entity_id)
            if shot is None or each.attribute not in _OF_A_SHOT:
                continue
            if each.attribute is Attribute.PEOPLE:
                value = str(len(shot.people)) if each.value.isdecimal() else each.value
            else:
                value = str(getattr(shot, field_of[each.attribute]))
            if each.value != value:
                work.put(replace(each, value=value))


def _same(one: Any, other: Any) -> bool:
    """Whether two items plan the same, on whatever lines and at whatever place they are."""
    if one is None or other is None:
        return one is other
    left_out = ("evidence", "order", "first_line", "last_line")
    return all(getattr(one, f.name) == getattr(other, f.name) for f in fields(one) if f.name not in left_out)


def _both_lists(was: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    """What both added, without what either took away."""
    kept = [each for each in theirs if each in mine or each not in was]
    return tuple(dict.fromkeys((*kept, *(each for each in mine if each not in was))))


def shots_by_scene(shots: Mapping[Any, Shot]) -> dict[str, list[Shot]]:
    """The shots of each scene, in order."""
    found: dict[str, list[Shot]] = {}
    for shot in sorted(shots.values(), key=lambda shot: shot.order):
        found.setdefault(shot.scene_id, []).append(shot)
    return found


def _ids_in_order(items: Mapping[Any, Any]) -> list[str]:
    return [item.id for item in sorted(items.values(), key=lambda item: item.order)]


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The first in its order; what only the second has stands after what it stood after there."""
    woven = list(first)
    for place, each in enumerate(second):
        if each not in woven:
            before = next((other for other in reversed(second[:place]) if other in woven), None)
            woven.insert(woven.index(before) + 1 if before is not None else 0, each)
    return woven
