"""Finds takes and constraints by the names that people write: "2C/keyframe/1", "MARA/coat@2"."""

from storage.domain.graph_view import GraphView
from storage.domain.graph_words import name_in
from storage.domain.scene_graph import Constraint, Shot
from storage.domain.takes import Seam, Take
from storage.domain.told import Told
from storage.domain.working_graph import kind_of
from storage.errors import WrongUse
from storage.film_state import FilmState


def find_shot(view: GraphView, label: str) -> Shot:
    """A shot by its label, whatever its case.

    Raises:
        WrongUse: there is none.
    """
    for shot in view.shots:
        if shot.label.casefold() == label.casefold():
            return shot
    raise WrongUse(Told("There is no shot {label}.", label=label), "Name one that `matchcut status` lists.")


def find_take(state: FilmState, name: str) -> Take:
    """A take by "2C/keyframe/1" or "cut/1"; without a number, the one that the seam is about now.

    Raises:
        WrongUse: there is none, or the name cannot be read.
    """
    parts = name.split("/")
    seam_name, rest = (parts[0], parts[1:]) if parts[0].lower() == Seam.CUT else ("".join(parts[1:2]), parts[2:])
    if seam_name.lower() not in (Seam.KEYFRAME, Seam.CLIP, Seam.CUT) or state.view is None:
        raise WrongUse(Told('"{name}" names no take.', name=name), "Write it as 2C/keyframe, 2C/clip/1 or cut.")
    seam = Seam(seam_name.lower())
    shot = None if seam is Seam.CUT else find_shot(state.view, parts[0])
    takes = state.takes_of(seam, shot.id if shot else None)
    if rest:
        found = next((take for take in takes if str(take.number) == rest[0]), None)
    else:
        standing = state.standing_at(seam, shot.id if shot else None)
        found = (standing.take if standing else None) or (takes[-1] if takes else None)
    if found is None:
        raise WrongUse(Told("There is no take {name}.", name=name), "Name one that `matchcut status` lists.")
    return found


def name_of_take(view: GraphView, take: Take) -> str:
    """What `find_take` finds again."""
    if take.shot_id is None:
        return f"cut/{take.number}"
    shot = view.graph.shots.get(take.shot_id)
    return f"{shot.label if shot else take.shot_id}/{take.seam}/{take.number}"


def name_of_constraint(view: GraphView, constraint: Constraint) -> str:
    """What `find_constraint` finds again: "MARA/coat@2"; the narrower scope follows the @."""
    graph = view.graph
    scope = constraint.scope
    place = ""
    if scope.shot_id and scope.shot_id != constraint.entity_id and scope.shot_id in graph.shots:
        place = f"@{graph.shots[scope.shot_id].label}"
    elif scope.scene_id and scope.scene_id != constraint.entity_id and scope.scene_id in graph.scenes:
        place = f"@{graph.scenes[scope.scene_id].number}"
    return f"{_owner(view, constraint)}/{constraint.part or constraint.attribute}{place}"


def find_constraint(view: GraphView, name: str) -> Constraint:
    """A constraint by its name, its id or its key, whatever the case.

    Raises:
        WrongUse: there is none, or more than one.
    """
    wanted = name.casefold()
    constraints = view.graph.constraints.values()
    found = [c for c in constraints if c.id.casefold() == wanted]
    found = found or [c for c in constraints if name_of_constraint(view, c).casefold() == wanted]
    found = found or [c for c in constraints if name_of_constraint(view, c).casefold().partition("@")[0] == wanted]
    found = found or [c for c in constraints if c.key.casefold() == wanted]
    if not found:
        raise WrongUse(
            Told('There is no constraint "{name}".', name=name), "Name one that `matchcut status --graph` lists."
        )
    if len(found) > 1:
        names = ", ".join(dict.fromkeys(name_of_constraint(view, c) for c in found[:4]))
        if len({name_of_constraint(view, c) for c in found}) == 1:
            # Two that contradict each other have one name.
            names = ", ".join(f"{c.value}: {c.id}" for c in found[:4])
        raise WrongUse(
            Told('"{name}" is {number} constraints ({names}, …).', name=name, number=len(found), names=names),
            "Name one of them.",
        )
    return found[0]


def find_item(view: GraphView, name: str) -> str:
    """The id of whatever a name means: a character, setting, prop, scene number, shot label, constraint, or an id.

    "scene 2A" and "shot 2A" are told apart by the word before.

    Raises:
        WrongUse: nothing is called so, or more than one thing.
    """
    graph, wanted = view.graph, name.strip().casefold()
    kind, _, rest = wanted.replace(":", " ").partition(" ")
    if kind == "shot" and rest:
        wanted_kinds, wanted_name = ("shots",), rest
    elif kind in ("scene", "sc") and rest:
        wanted_kinds, wanted_name = ("scenes",), rest
    else:
        wanted_kinds, wanted_name = ("characters", "settings", "props", "scenes", "shots"), wanted
    if kind_of(graph, name):
        return name
    spelled = {
        "characters": {each.id: each.names for each in graph.characters.values()},
        "settings": {each.id: (each.name,) for each in graph.settings.values()},
        "props": {each.id: (each.name,) for each in graph.props.values()},
        "scenes": {each.id: (each.number,) for each in graph.scenes.values()},
        "shots": {each.id: (each.label,) for each in graph.shots.values()},
    }
    found = [
        (of, str(item_id))
        for of in wanted_kinds
        for item_id, names in spelled[of].items()
        if wanted_name in map(str.casefold, names)
    ]
    if not found and "/" in name:
        return find_constraint(view, name).id
    if not found:
        raise WrongUse(
            Told('Nothing is called "{name}".', name=name),
            "Name a character, setting, prop, scene, shot or constraint of the film.",
        )
    if len(found) > 1:
        kinds = " and ".join(of[:-1] for of, _ in found[:4])
        ways = [f"{of[:-1]} {name}" if of in ("scenes", "shots") else item_id for of, item_id in found[:4]]
        raise WrongUse(
            Told('"{name}" is a {kinds}.', name=name, kinds=kinds), Told("Write “{ways}”.", ways="” or “".join(ways))
        )
    return found[0][1]


def _owner(view: GraphView, constraint: Constraint) -> str:
    return name_in(view.graph, constraint.entity_id).removeprefix("sc ")
