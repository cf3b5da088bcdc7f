"""Makes two of one character, setting, prop, scene, shot or constraint.

What was there keeps its id, name and numbers; the places that are chosen go to the new one, with what is said there.
What is said of the whole film is said of both.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storage.domain.graph_merge import Renaming, present_instead, show_instead
from storage.domain.graph_words import listed, name_in
from storage.domain.scene_graph import (
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
    SettingId,
    Shot,
    ShotId,
)
from storage.domain.told import Counted, Told, marked
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import (
    BY_DIRECTOR,
    EverUsed,
    GraphEdit,
    WorkingGraph,
    fresh_constraint_id,
    fresh_id,
    fresh_label,
    fresh_number,
    kind_of,
)
from storage.errors import WrongUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Scenes with all of their shots, and single shots."""

    scene_ids: Collection[SceneId] = ()
    shot_ids: Collection[ShotId] = ()

    def has(self, shot: Shot) -> bool:
        return shot.scene_id in self.scene_ids or shot.id in self.shot_ids

    def holds(self, scope: Scope, shots: Mapping[Any, Shot]) -> bool:
        """Whether a scope narrower than the film lies in them."""
        if scope.shot_id:
            return scope.shot_id in shots and self.has(shots[scope.shot_id])
        return scope.scene_id in self.scene_ids


def split(graph: SceneGraph, item_id: str, name: str, places: Places, ever: EverUsed) -> GraphEdit:
    """Let some scenes and shots show a new character, setting or prop; or give a constraint its own say there.

    Args:
        name: of what is new; of no use for a constraint.
        places: where the new one is; for a setting whole scenes.

    Raises:
        WrongUse: there is no such thing, it is not in these places, they are all it has, or the name is taken.
    """
    kind = kind_of(graph, item_id)
    _check_places(graph, places)
    if kind == "constraints":
        return _constraint(graph, graph.constraints[ConstraintId(item_id)], places)
    name = name.strip()
    if kind not in _SPLIT:
        raise WrongUse(
            Told("There is no {item_id}.", item_id=item_id),
            "Name a character, setting, prop, scene, shot or constraint.",
        )
    if not name:
        raise WrongUse("The new one needs a name.", "Give it one.")
    of_kind: Mapping[str, Any] = getattr(graph, kind)
    if any(name.casefold() in _spellings(each) for each in of_kind.values()):
        raise WrongUse(
            Told("There is a {kind} {name} already.", kind=Told(kind[:-1]), name=name),
            "Give it another name, or merge them.",
        )
    old = of_kind[item_id]
    work = WorkingGraph(graph)
    new_id = fresh_id(kind[:-1], name, ever.ids, of_kind)
    _SPLIT[kind](work, old, new_id, name, places)
    old_name = name_in(graph, item_id)
    label = Told("split {name} from {old}, in {places}", name=name, old=old_name, places=_places_words(graph, places))
    return work.edited(label, made=new_id)


def split_scene(graph: SceneGraph, first_shot: ShotId, ever: EverUsed) -> GraphEdit:
    """End a scene before one of its shots; a new scene in the same setting goes on from there.

    Raises:
        WrongUse: there is no such shot, or it is the first of its scene.
    """
    if first_shot not in graph.shots:
        raise WrongUse(
            Told("There is no shot {first_shot}.", first_shot=first_shot), "Name one that `matchcut status` lists."
        )
    work = WorkingGraph(graph)
    scene = graph.scenes[graph.shots[first_shot].scene_id]
    shots = work.shots_of(scene.id)
    at = next(index for index, shot in enumerate(shots) if shot.id == first_shot)
    if not at:
        raise WrongUse(Told("{label} is the first shot of its scene.", label=shots[0].label), "Name a later one.")
    numbers = ever.numbers | {each.number for each in graph.scenes.values()}
    number = fresh_number(scene.number, numbers)
    new = replace(scene, id=SceneId(fresh_id("scene", number, ever.ids, graph.scenes)), number=number)
    lines = [shot.evidence.first_line for shot in shots[at:] if shot.evidence.first_line]
    if lines and scene.first_line < min(lines) <= scene.last_line:
        new = replace(new, first_line=min(lines))
        work.put(replace(scene, last_line=min(lines) - 1))
    going = {shot.id for shot in shots[at:]}
    for order, shot in enumerate(shots[at:]):
        work.put(replace(shot, scene_id=new.id, order=order))
    order = work.scenes_in_order()
    place = next(index for index, each in enumerate(order) if each.id == scene.id) + 1
    work.put_scenes_in_order([*order[:place], new, *order[place:]])
    if new.id not in work.items("scenes"):
        work.put(new)
    _copy_constraints(work, Renaming(entities={scene.id: new.id}, scenes={scene.id: new.id}))
    labels = listed([shot.label for shot in shots if shot.id in going])
    what = Told("split sc {number}: {shots} become sc {new}", number=scene.number, shots=labels, new=number)
    return work.edited(what, made=new.id)


def split_shot(graph: SceneGraph, shot_id: ShotId, at_frame: int, ever: EverUsed) -> GraphEdit:
    """Cut a shot in two; the second gets a new label and its own take. Dialogue goes where it is heard.

    Args:
        at_frame: of the shot, from 1 to its last: where the second begins, in frames of the film.

    Raises:
        WrongUse: there is no such shot, or it does not have that frame inside it.
    """
    old = graph.shots.get(shot_id)
    if old is None:
        raise WrongUse(Told("There is no shot {shot_id}.", shot_id=shot_id), "Name one that `matchcut status` lists.")
    if not 0 < at_frame < old.duration_frames:
        raise WrongUse(
            Told("{label} has no frame {at_frame} inside it.", label=old.label, at_frame=at_frame),
            Told("Name one from 1 to {last}.", last=old.duration_frames - 1),
        )
    work = WorkingGraph(graph)
    scene = graph.scenes[old.scene_id]
    label = fresh_label(scene.number, ever.labels | {shot.label for shot in graph.shots.values()})
    first, second = _shared_lines(old.lines, at_frame / old.duration_frames)
    new = replace(
        old,
        id=ShotId(fresh_id("shot", label, ever.ids, graph.shots)),
        label=label,
        lines=second,
        duration_frames=old.duration_frames - at_frame,
    )
    work.put(replace(old, lines=first, duration_frames=at_frame))
    shots = work.shots_of(scene.id)
    place = next(index for index, each in enumerate(shots) if each.id == shot_id) + 1
    work.put(new)
    work.put_in_order([*shots[:place], new, *shots[place:]])
    _copy_constraints(work, Renaming(entities={old.id: new.id}, shots={old.id: new.id}))
    return work.edited(
        Told("split {shot} at frame {frame}: {label} is new", shot=old.label, frame=at_frame, label=label),
        made=new.id,
        shot_id=old.id,
    )


def _check_places(graph: SceneGraph, places: Places) -> None:
    unknown = [each for each in places.scene_ids if each not in graph.scenes]
    unknown += [each for each in places.shot_ids if each not in graph.shots]
    if unknown:
        raise WrongUse(Told("There is no {unknown}.", unknown=unknown[0]), "Name scenes and shots of the film.")
    if not places.scene_ids and not places.shot_ids:
        raise WrongUse("Nowhere is chosen for the new one.", "Name scenes or shots.")


def _spellings(entity: Character | Setting | Prop) -> tuple[str, ...]:
    names = entity.names if isinstance(entity, Character) else (entity.name,)
    return tuple(name.casefold() for name in names)


def _places_words(graph: SceneGraph, places: Places) -> str:
    names = [name_in(graph, each) for each in sorted(places.scene_ids, key=lambda each: graph.scenes[each].order)]
    return listed([*names, *sorted(name_in(graph, each) for each in places.shot_ids)])


def _character(work: WorkingGraph, old: Character, new_id: str, name: str, places: Places) -> None:
    new = CharacterId(new_id)
    shots = list(work.items("shots").values())
    chosen = [shot for shot in shots if places.has(shot) and _shows(shot, old.id)]
    in_scenes = [scene for scene in work.items("scenes").values() if scene.id in places.scene_ids]
    is_there = [scene for scene in in_scenes if any(each.character_id == old.id for each in scene.presences)]
    if not chosen and not is_there:
        raise WrongUse(Told("{name} is not there.", name=old.name), "Name scenes or shots that this character is in.")
    rest = [shot for shot in shots if _shows(shot, old.id) and not places.has(shot)]
    elsewhere = [
        scene
        for scene in work.items("scenes").values()
        if scene.id not in places.scene_ids and any(each.character_id == old.id for each in scene.presences)
    ]
    if not rest and not elsewhere:
        raise WrongUse(Told("{name} is nowhere else.", name=old.name), "Rename instead, or leave a scene.")
    work.put(replace(old, id=new, names=(name,), evidence=BY_DIRECTOR))
    for scene in is_there:
        work.put(replace(scene, presences=present_instead(scene.presences, old.id, new)))
    show_instead(work, chosen, old.id, new)
    for shot in chosen:
        scene: Scene = work.items("scenes")[shot.scene_id]
        if all(each.character_id != new for each in scene.presences):
            on_screen = any(person.character_id == old.id for person in shot.people)
            work.put(replace(scene, presences=(*scene.presences, Presence(character_id=new, on_screen=on_screen))))
    _share_constraints(work, old.id, new, places)


def _shows(shot: Shot, character_id: CharacterId) -> bool:
    """Whether a shot shows or hears somebody."""
    said = any(line.character_id == character_id for line in shot.lines)
    return said or any(person.character_id == character_id for person in shot.people)


def _setting(work: WorkingGraph, old: Setting, new_id: str, name: str, places: Places) -> None:
    if places.shot_ids:
        raise WrongUse("A scene has one setting.", "Name whole scenes, or split the scene first.")
    here = [scene for scene in work.items("scenes").values() if scene.setting_id == old.id]
    chosen = [scene for scene in here if scene.id in places.scene_ids]
    if not chosen or len(chosen) == len(here):
        words = marked("{name} is in none of these scenes.")
        if chosen:
            words = marked("{name} is in no other of these scenes.")
        raise WrongUse(
            Told(words, name=old.name),
            "Name some of the scenes that are set there.",
        )
    work.put(replace(old, id=SettingId(new_id), name=name, evidence=BY_DIRECTOR))
    for scene in chosen:
        # What was drawn of the place is drawn until somebody says otherwise.
        say_setting(work, scene, old.name.lower())
        work.put(replace(scene, setting_id=SettingId(new_id)))
    _share_constraints(work, old.id, new_id, places)


def say_setting(work: WorkingGraph, scene: Scene, word: str) -> None:
    """Let a scene itself say what place is drawn, where it does not yet."""
    if all(each.attribute is not Attribute.SETTING for each in work.constraints_about(scene.id)):
        put_constraint(work, scene.id, Attribute.SETTING, word, Scope(scene_id=scene.id))


def put_constraint(
    work: WorkingGraph, entity_id: str, attribute: Attribute, value: str, scope: Scope, part: str = ""
) -> Constraint:
    """State something in the director's name."""
    stated = Constraint(
        id=ConstraintId(""),
        entity_id=entity_id,
        attribute=attribute,
        part=part,
        value=value,
        scope=scope,
        evidence=BY_DIRECTOR,
    )
    stated = replace(stated, id=ConstraintId(fresh_constraint_id(stated, work.items("constraints"))))
    work.put(stated)
    return stated


def _prop(work: WorkingGraph, old: Prop, new_id: str, name: str, places: Places) -> None:
    new = PropId(new_id)
    scenes = [s for s in work.items("scenes").values() if s.id in places.scene_ids and old.id in s.prop_ids]
    chosen = [shot for shot in work.items("shots").values() if places.has(shot) and shot.prop_id == old.id]
    held = [
        each
        for each in work.items("constraints").values()
        if each.attribute is Attribute.HELD_PROP
        and each.part.casefold() == old.name.casefold()
        and places.holds(each.scope, work.items("shots"))
    ]
    if not scenes and not chosen and not held:
        raise WrongUse(Told("{name} is not there.", name=old.name), "Name scenes or shots that this prop is in.")
    work.put(replace(old, id=new, name=name, evidence=BY_DIRECTOR))
    for scene in scenes:
        prop_ids = tuple(new if each == old.id else each for each in scene.prop_ids)
        work.put(replace(scene, prop_ids=prop_ids))
    for shot in chosen:
        work.change_shot(replace(shot, prop_id=new))
        scene: Scene = work.items("scenes")[shot.scene_id]
        if new not in scene.prop_ids:
            work.put(replace(scene, prop_ids=(*scene.prop_ids, new)))
    for constraint in held:
        work.remove("constraints", [constraint.id])
        moved = replace(constraint, part=name)
        work.put(replace(moved, id=ConstraintId(fresh_constraint_id(moved, work.items("constraints")))))
    _share_constraints(work, old.id, new_id, places)


def _share_constraints(work: WorkingGraph, old_id: str, new_id: str, places: Places) -> None:
    """What is said of the chosen places goes to the new one; what is said of the film is said of both."""
    shots = work.items("shots")
    for constraint in work.constraints_about(old_id):
        if constraint.scope.rank and not places.holds(constraint.scope, shots):
            continue
        if constraint.scope.rank:
            work.remove("constraints", [constraint.id])
        shared = replace(constraint, entity_id=new_id)
        work.put(replace(shared, id=ConstraintId(fresh_constraint_id(shared, work.items("constraints")))))


def _copy_constraints(work: WorkingGraph, renaming: Renaming) -> None:
    """Say of a new scene or shot what is said of the old one."""
    for constraint in list(work.items("constraints").values()):
        copied = renaming.of(constraint)
        if copied != constraint:
            work.put(replace(copied, id=ConstraintId(fresh_constraint_id(copied, work.items("constraints")))))


def _shared_lines(lines: Sequence[Line], share: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of the first part and of the second: a line is heard where its middle falls."""
    lengths = [len(line.text.split()) or 1 for line in lines]
    before, first = 0.0, 0
    for length in lengths:
        if (before + length / 2) / sum(lengths) > share:
            break
        before += length
        first += 1
    return tuple(lines[:first]), tuple(lines[first:])


def _constraint(graph: SceneGraph, old: Constraint, places: Places) -> GraphEdit:
    work = WorkingGraph(graph)
    scopes = [Scope(scene_id=scene_id) for scene_id in places.scene_ids]
    scopes += [Scope(shot_id=shot_id) for shot_id in places.shot_ids]
    made = ""
    for scope in scopes:
        if scope.rank <= old.scope.rank:
            raise WrongUse("A constraint is split into narrower places.", "Name scenes or shots inside where it holds.")
        if any(each.key == old.key and each.scope == scope for each in graph.constraints.values()):
            continue
        made = put_constraint(work, old.entity_id, old.attribute, old.value, scope, old.part).id
        work.put(replace(work.items("constraints")[made], strength=old.strength))
    if not made:
        raise WrongUse("It has its own say there already.", "Edit that one.")
    what = Told("{who}: {what}", who=name_in(graph, old.entity_id), what=Told(old.part or str(old.attribute)))
    label = Counted("split {what} in {n} place", "split {what} in {n} places", len(scopes), what=what)
    return work.edited(label, made=made)


_SPLIT: Mapping[str, Any] = {"characters": _character, "settings": _setting, "props": _prop}
