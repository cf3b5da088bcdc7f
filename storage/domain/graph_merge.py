"""Makes one of two characters, settings, props, scenes, shots or constraints.

What is kept keeps its id, name and numbers, and where the two contradict each other, its constraints. Where the
other was seen, it is seen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from storage.domain.graph_words import claim_words, name_in
from storage.domain.scene_graph import (
    Billing,
    Character,
    CharacterId,
    Constraint,
    ConstraintId,
    Line,
    Presence,
    Prop,
    PropId,
    Scene,
    SceneGraph,
    SceneId,
    Scope,
    Setting,
    Shot,
    ShotId,
    ShotPerson,
)
from storage.domain.told import Told
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import GraphEdit, WorkingGraph, fresh_constraint_id, kind_of
from storage.errors import WrongUse

_LARGEST_FIRST = (Billing.LEAD, Billing.SUPPORTING, Billing.BIT, Billing.GROUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """What constraints speak of under another name: ids of entities and places, and names of things held."""

    entities: Mapping[str, str] = field(default_factory=dict[str, str])
    scenes: Mapping[str, SceneId] = field(default_factory=dict[str, SceneId])
    shots: Mapping[str, ShotId] = field(default_factory=dict[str, ShotId])
    held: Mapping[str, str] = field(default_factory=dict[str, str])

    def of(self, constraint: Constraint) -> Constraint:
        """The constraint as it reads then, under its own id."""
        scope = constraint.scope
        part = constraint.part
        if constraint.attribute is Attribute.HELD_PROP:
            part = self.held.get(part.casefold(), part)
        return replace(
            constraint,
            entity_id=self.entities.get(constraint.entity_id, constraint.entity_id),
            part=part,
            scope=Scope(
                scene_id=self.scenes.get(scope.scene_id, scope.scene_id) if scope.scene_id else None,
                shot_id=self.shots.get(scope.shot_id, scope.shot_id) if scope.shot_id else None,
            ),
        )


def merged(graph: SceneGraph, kept_id: str, gone_id: str) -> GraphEdit:
    """Make one of two.

    Args:
        kept_id: what stays; gone_id: what becomes part of it. Both of one kind; of constraints both about one thing,
            of scenes and shots one right after the other.

    Raises:
        WrongUse: they are not two things of one kind in this graph, or cannot be one.
    """
    kind = kind_of(graph, kept_id)
    if not kind or kind != kind_of(graph, gone_id) or kept_id == gone_id:
        raise WrongUse(
            Told("{one} and {other} cannot be one.", one=name_in(graph, kept_id), other=name_in(graph, gone_id)),
            "Name two characters, settings, props, scenes, shots or constraints.",
        )
    if kind == "constraints":
        return _one_constraint(
            graph, graph.constraints[ConstraintId(kept_id)], graph.constraints[ConstraintId(gone_id)]
        )
    work = WorkingGraph(graph)
    kept_name, gone_name = name_in(graph, kept_id), name_in(graph, gone_id)
    parts: Mapping[str, Any] = getattr(graph, kind)
    renaming = _MERGE[kind](work, parts[kept_id], parts[gone_id])
    dropped = rename_constraints(work, renaming)
    work.remove(kind, [gone_id])
    details = {"merged": [gone_id, kept_id]}
    return work.edited(
        Told("merge {gone} into {kept}", gone=gone_name, kept=kept_name), dropped=dropped, details=details
    )


def rename_constraints(work: WorkingGraph, renaming: Renaming) -> tuple[str, ...]:
    """Let constraints speak of other things; of two that then say different things of one, the one that did already
    stays.

    Returns:
        what is dropped, one sentence each.
    """
    constraints = list(work.items("constraints").values())
    renamed = [(each, renaming.of(each)) for each in constraints]
    said = {(new.key, new.scope): old for old, new in renamed if new == old}
    dropped: list[str] = []
    for old, new in renamed:
        if new == old:
            continue
        work.remove("constraints", [old.id])
        other = said.get((new.key, new.scope))
        if other is None:
            said[new.key, new.scope] = new
            new_id = ConstraintId(fresh_constraint_id(new, work.items("constraints")))
            work.put(replace(new, id=new_id))
        elif other.value != new.value:
            dropped.append(
                Told(
                    "{claim} was {value}; {kept} of {name} holds.",
                    claim=claim_words(work.before, old),
                    value=Told(old.value),
                    kept=Told(other.value),
                    name=name_in(work.before, other.entity_id),
                )
            )
    return tuple(dropped)


def show_instead(work: WorkingGraph, shots: Iterable[Shot], gone: CharacterId, kept: CharacterId) -> None:
    """Let shots show and hear one character in place of another; once, where they had both."""
    for shot in shots:
        lines = tuple(_said_by(line, gone, kept) for line in shot.lines)
        people = shot.people
        if any(person.character_id == gone for person in people):
            people = _without_twins([_seen_as(person, gone, kept) for person in people])
        if (people, lines) != (shot.people, shot.lines):
            work.change_shot(replace(shot, people=people, lines=lines))


def _said_by(line: Line, gone: CharacterId, kept: CharacterId) -> Line:
    return replace(line, character_id=kept) if line.character_id == gone else line


def _seen_as(person: ShotPerson, gone: CharacterId, kept: CharacterId) -> ShotPerson:
    return replace(person, character_id=kept) if person.character_id == gone else person


def _without_twins(people: list[ShotPerson]) -> tuple[ShotPerson, ...]:
    found: dict[CharacterId, ShotPerson] = {}
    for person in people:
        twin = found.get(person.character_id)
        found[person.character_id] = person if twin is None else _both(twin, person)
    return tuple(found.values())


def _both(one: ShotPerson, other: ShotPerson) -> ShotPerson:
    turned_away = one.turned_away and other.turned_away
    return replace(one, action=one.action or other.action, turned_away=turned_away)


def present_instead(presences: Iterable[Presence], gone: CharacterId, kept: CharacterId) -> tuple[Presence, ...]:
    """Who is in a scene, with one character in place of another; seen if either was."""
    seen: dict[CharacterId, bool] = {}
    for presence in presences:
        who = kept if presence.character_id == gone else presence.character_id
        seen[who] = seen.get(who, False) or presence.on_screen
    return tuple(Presence(character_id=who, on_screen=on_screen) for who, on_screen in seen.items())


def _characters(work: WorkingGraph, kept: Character, gone: Character) -> Renaming:
    names = tuple(dict.fromkeys((*kept.names, *gone.names)))
    billing = min(kept.billing, gone.billing, key=_LARGEST_FIRST.index)
    work.put(replace(kept, names=names, billing=billing))
    for scene in list(work.items("scenes").values()):
        presences = present_instead(scene.presences, gone.id, kept.id)
        if presences != scene.presences:
            work.put(replace(scene, presences=presences))
    show_instead(work, list(work.items("shots").values()), gone.id, kept.id)
    return Renaming(entities={gone.id: kept.id})


def _settings(work: WorkingGraph, kept: Setting, gone: Setting) -> Renaming:
    scenes: list[Scene] = list(work.items("scenes").values())
    word = next((_word_of(work, scene) for scene in scenes if scene.setting_id == kept.id), "") or kept.name.lower()
    for scene in scenes:
        if scene.setting_id == gone.id:
            work.put(replace(scene, setting_id=kept.id))
            for constraint in work.constraints_about(scene.id):
                if constraint.attribute is Attribute.SETTING and constraint.value != word:
                    work.put(replace(constraint, value=word))
    return Renaming(entities={gone.id: kept.id})


def _word_of(work: WorkingGraph, scene: Scene) -> str:
    """The word that a scene's own constraint has for its place."""
    about = work.constraints_about(scene.id)
    return next((each.value for each in about if each.attribute is Attribute.SETTING), "")


def _props(work: WorkingGraph, kept: Prop, gone: Prop) -> Renaming:
    def instead(prop_id: PropId) -> PropId:
        return kept.id if prop_id == gone.id else prop_id

    for scene in list(work.items("scenes").values()):
        if gone.id in scene.prop_ids:
            work.put(replace(scene, prop_ids=tuple(dict.fromkeys(map(instead, scene.prop_ids)))))
    for shot in list(work.items("shots").values()):
        if shot.prop_id == gone.id:
            work.change_shot(replace(shot, prop_id=kept.id))
    return Renaming(entities={gone.id: kept.id}, held={gone.name.casefold(): kept.name})


def _scenes(work: WorkingGraph, kept: Scene, gone: Scene) -> Renaming:
    order = [scene.id for scene in work.scenes_in_order()]
    if abs(order.index(kept.id) - order.index(gone.id)) != 1:
        raise WrongUse("Only scenes that follow one another can be one.", "Move them together first, or choose others.")
    first, second = sorted((kept, gone), key=lambda scene: scene.order)
    shots = [*work.shots_of(first.id), *work.shots_of(second.id)]
    for place, shot in enumerate(shots):
        if (shot.scene_id, shot.order) != (kept.id, place):
            work.put(replace(shot, scene_id=kept.id, order=place))
    seen = {each.character_id: each.on_screen for each in gone.presences}
    seen |= {each.character_id: each.on_screen or seen.get(each.character_id, False) for each in kept.presences}
    work.put(
        replace(
            kept,
            presences=tuple(Presence(character_id=who, on_screen=on_screen) for who, on_screen in seen.items()),
            prop_ids=tuple(dict.fromkeys((*kept.prop_ids, *gone.prop_ids))),
            first_line=_first_line(kept.first_line, gone.first_line),
            last_line=max(kept.last_line, gone.last_line),
        )
    )
    work.remove("scenes", [gone.id])
    work.put_scenes_in_order(work.scenes_in_order())
    return Renaming(entities={gone.id: kept.id}, scenes={gone.id: kept.id})


def _first_line(one: int, other: int) -> int:
    """0 says that no line of the screenplay is meant."""
    return min(filter(None, (one, other)), default=0)


def _shots(work: WorkingGraph, kept: Shot, gone: Shot) -> Renaming:
    order = [shot.id for shot in work.shots_of(kept.scene_id)]
    if kept.scene_id != gone.scene_id or abs(order.index(kept.id) - order.index(gone.id)) != 1:
        raise WrongUse("Only shots that follow one another in a scene can be one.", "Move them together first.")
    first, second = sorted((kept, gone), key=lambda shot: shot.order)
    work.change_shot(
        replace(
            kept,
            people=_without_twins([*first.people, *second.people]),
            prop_id=kept.prop_id or gone.prop_id,
            action=" ".join(filter(None, (first.action, second.action))),
            lines=(*first.lines, *second.lines),
            duration_frames=first.duration_frames + second.duration_frames,
        )
    )
    # How the other picture was taken and how many it showed is of no use to this one.
    about = [each.id for each in work.constraints_about(gone.id)]
    work.remove("constraints", about)
    work.remove("shots", [gone.id])
    work.put_in_order(work.shots_of(kept.scene_id))
    return Renaming(shots={gone.id: kept.id})


def _one_constraint(graph: SceneGraph, kept: Constraint, gone: Constraint) -> GraphEdit:
    if kept.key != gone.key:
        raise WrongUse("These constraints speak of different things.", "Name two about the same.")
    work = WorkingGraph(graph)
    work.remove("constraints", [gone.id])
    wider = min(kept.scope, gone.scope, key=lambda scope: scope.rank)
    scope = kept.scope if kept.scope.rank == gone.scope.rank else wider
    work.put(replace(kept, scope=scope))
    dropped = (
        ()
        if kept.value == gone.value
        else (
            Told(
                "{claim} was {value}; {kept} holds.",
                claim=claim_words(graph, gone),
                value=Told(gone.value),
                kept=Told(kept.value),
            ),
        )
    )
    return work.edited(
        Told(
            "merge into {claim} {value}", claim=claim_words(graph, replace(kept, scope=scope)), value=Told(kept.value)
        ),
        dropped=dropped,
    )


_MERGE: Mapping[str, Any] = {
    "characters": _characters,
    "settings": _settings,
    "props": _props,
    "scenes": _scenes,
    "shots": _shots,
}
