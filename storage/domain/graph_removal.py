"""Takes characters, settings, props, scenes, shots and constraints out of a scene graph, and what hangs on them."""

from collections.abc import Iterable
from dataclasses import replace

from storage.domain.graph_words import claim_words, listed, name_in
from storage.domain.scene_graph import CharacterId, ConstraintId, PropId, Scene, SceneGraph, SceneId, Shot, ShotId
from storage.domain.told import Counted, Told
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import GraphEdit, WorkingGraph, kind_of
from storage.errors import WrongUse


def removed(graph: SceneGraph, item_id: str) -> GraphEdit:
    """Delete one thing. Takes of a shot that is gone stay in the film, and its label is not used again.

    Raises:
        WrongUse: there is no such thing, or a film without it would have no scene, a scene no shot.
    """
    kind = kind_of(graph, item_id)
    if not kind:
        raise WrongUse(
            Told("There is no {item_id}.", item_id=item_id), "Name something that `matchcut status --graph` lists."
        )
    work = WorkingGraph(graph)
    if kind == "constraints":
        constraint = graph.constraints[ConstraintId(item_id)]
        work.remove(kind, [item_id])
        return work.edited(
            Told("delete {claim} {value}", claim=claim_words(graph, constraint), value=Told(constraint.value))
        )
    name = name_in(graph, item_id)
    dropped = {
        "characters": _character,
        "settings": _setting,
        "props": _prop,
        "scenes": _scene,
        "shots": _shot,
    }[kind](work, item_id)
    work.remove(kind, [item_id])
    gone = len(work.before.constraints) - len(work.items("constraints"))
    if gone:
        dropped.append(
            Counted(
                "{n} constraint about {name} goes with it.",
                "{n} constraints about {name} go with it.",
                gone,
                name=name,
            )
        )
    shot_id = ShotId(item_id) if kind == "shots" else None
    return work.edited(Told("delete {name}", name=name), dropped=tuple(dropped), shot_id=shot_id)


def forget(work: WorkingGraph, ids: Iterable[str]) -> None:
    """Remove the constraints that are about some things or hold only in them."""
    gone = set(ids)
    work.remove(
        "constraints",
        [
            each.id
            for each in work.items("constraints").values()
            if each.entity_id in gone or each.scope.scene_id in gone or each.scope.shot_id in gone
        ],
    )


def leave_out_character(work: WorkingGraph, character_id: str) -> list[Shot]:
    """Take somebody out of all scenes and shots; returns the shots in which this one was seen or heard."""
    gone = CharacterId(character_id)
    for scene in list(work.items("scenes").values()):
        presences = tuple(each for each in scene.presences if each.character_id != gone)
        if presences != scene.presences:
            work.put(replace(scene, presences=presences))
    touched: list[Shot] = []
    for shot in list(work.items("shots").values()):
        people = tuple(each for each in shot.people if each.character_id != gone)
        lines = tuple(each for each in shot.lines if each.character_id != gone)
        if (people, lines) != (shot.people, shot.lines):
            work.change_shot(replace(shot, people=people, lines=lines))
            touched.append(shot)
    return touched


def leave_out_prop(work: WorkingGraph, prop_id: str) -> list[Shot]:
    """Take a thing out of all scenes and shots; returns the inserts that showed it."""
    for scene in list(work.items("scenes").values()):
        if prop_id in scene.prop_ids:
            work.put(replace(scene, prop_ids=tuple(each for each in scene.prop_ids if each != prop_id)))
    shots: list[Shot] = [shot for shot in work.items("shots").values() if shot.prop_id == prop_id]
    for shot in shots:
        work.change_shot(replace(shot, prop_id=None))
    return shots


def _character(work: WorkingGraph, item_id: str) -> list[str]:
    touched = leave_out_character(work, item_id)
    forget(work, [item_id])
    said = sum(len(shot.lines) - len(work.items("shots")[shot.id].lines) for shot in touched)
    name = name_in(work.before, item_id)
    dropped: list[str] = []
    if touched:
        shots = listed([shot.label for shot in touched])
        dropped.append(Told("{name} is taken out of {shots}.", name=name, shots=shots))
    if said:
        dropped.append(Counted("{n} line of dialogue is not heard.", "{n} lines of dialogue are not heard.", said))
    return dropped


def _setting(work: WorkingGraph, item_id: str) -> list[str]:
    scenes: list[Scene] = [scene for scene in work.scenes_in_order() if scene.setting_id == item_id]
    for scene in scenes:
        work.put(replace(scene, setting_id=None))
        about = work.constraints_about(scene.id)
        work.remove("constraints", [each.id for each in about if each.attribute is Attribute.SETTING])
    forget(work, [item_id])
    if not scenes:
        return []
    names = listed([Told("sc {number}", number=scene.number) for scene in scenes])
    return [Counted("{scenes} has no setting.", "{scenes} have no setting.", len(scenes), scenes=names)]


def _prop(work: WorkingGraph, item_id: str) -> list[str]:
    prop = work.before.props[PropId(item_id)]
    shots = leave_out_prop(work, item_id)
    held = [
        each.id
        for each in work.items("constraints").values()
        if each.attribute is Attribute.HELD_PROP and each.part.casefold() == prop.name.casefold()
    ]
    work.remove("constraints", held)
    forget(work, [item_id])
    return [Told("{shots} showed it.", shots=listed([shot.label for shot in shots]))] if shots else []


def _scene(work: WorkingGraph, item_id: str) -> list[str]:
    if len(work.before.scenes) == 1:
        raise WrongUse("It is the film's only scene.", "Add another first.")
    shots = work.shots_of(SceneId(item_id))
    forget(work, [item_id, *(shot.id for shot in shots)])
    work.remove("shots", [shot.id for shot in shots])
    work.remove("scenes", [item_id])
    work.put_scenes_in_order(work.scenes_in_order())
    if not shots:
        return []
    labels = listed([shot.label for shot in shots])
    return [Counted("{shots} goes with it.", "{shots} go with it.", len(shots), shots=labels)]


def _shot(work: WorkingGraph, item_id: str) -> list[str]:
    shot = work.before.shots[ShotId(item_id)]
    rest = [each for each in work.shots_of(shot.scene_id) if each.id != item_id]
    if not rest:
        number = work.before.scenes[shot.scene_id].number
        raise WrongUse(
            Told("Scene {number} would be left without a shot.", number=number), "Leave one there, or delete the scene."
        )
    forget(work, [item_id])
    work.put_in_order(rest)
    lines = len(shot.lines)
    if not lines:
        return []
    return [Counted("{n} line of dialogue is not heard.", "{n} lines of dialogue are not heard.", lines)]
