"""Names that a person may type for things of the scene graph, and what they mean."""

from collections.abc import Iterable, Mapping

from desktop.shaping.forms import Place
from desktop.translating import marked, tr
from desktop.wording import claim_name, value_words
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint, Scene, SceneId, Scope, Shot, ShotId
from storage.domain.working_graph import kind_of
from storage.errors import WrongUse

FILM = marked("film")
_NOT_CALLED = {
    "characters": marked('No character is called "{name}".'),
    "settings": marked('No setting is called "{name}".'),
    "props": marked('No prop is called "{name}".'),
    "scenes": marked('No scene is called "{name}".'),
    "shots": marked('No shot is called "{name}".'),
    "constraints": marked('No constraint is called "{name}".'),
    "anything": marked('No thing of the film is called "{name}".'),
    "shots of the scene": marked('No shot of this scene is called "{name}".'),
    "later shots": marked('No later shot of this scene is called "{name}".'),
    "places": marked('No scene or shot is called "{name}".'),
    "places offered": marked('No scene or shot of this is called "{name}".'),
}


def spoken(view: GraphView, item_id: str) -> str:
    """What something is called in full: "MARA", "scene 14", "shot 14C", "MARA: coat in sc 14"."""
    graph = view.graph
    kind = kind_of(graph, item_id)
    item = getattr(graph, kind)[item_id] if kind else None
    if isinstance(item, Constraint):
        return claim_name(graph, item)
    if isinstance(item, Scene):
        return tr("scene {number}", number=item.number)
    if isinstance(item, Shot):
        return tr("shot {label}", label=item.label)
    return item.name if item is not None else item_id


def ids_by_name(view: GraphView, kind: str, ids: Iterable[str] | None = None) -> Mapping[str, str]:
    """What things of one kind are called, as one would type it, and their ids.

    Args:
        kind: one of `KINDS`.
        ids: only these; None for all.
    """
    items: Mapping[str, object] = getattr(view.graph, kind)
    wanted = items if ids is None else [each for each in ids if each in items]
    found: dict[str, str] = {}
    for item_id in wanted:
        item = items[item_id]
        name = item.number if isinstance(item, Scene) else item.label if isinstance(item, Shot) else ""
        if isinstance(item, Constraint):
            evidence = item.evidence
            where = tr("line {line}", line=evidence.first_line) if evidence.first_line else tr(evidence.origin)
            name = f"{value_words(item)} ({where})"
        name = name or item.name  # pyright: ignore[reportAttributeAccessIssue]
        found[name if name not in found else f"{name} ({item_id})"] = item_id
    return found


def meant(known: Mapping[str, str], name: str, kind: str) -> str:
    """The id that a name means, whatever its case.

    Args:
        kind: of what is meant, for who typed something else.

    Raises:
        WrongUse: it means nothing.
    """
    wanted = name.strip().casefold()
    told = (tr("scene {number}", number=""), tr("sc {number}", number=""), tr("shot {label}", label=""))
    for prefix in map(str.casefold, told):
        if wanted.removeprefix(prefix) != wanted and all(wanted != each.casefold() for each in known):
            wanted = wanted.removeprefix(prefix).strip()
    found = next((item_id for each, item_id in known.items() if each.casefold() == wanted), None)
    if found is None:
        raise WrongUse(tr(_NOT_CALLED[kind], name=name.strip()), tr("Choose one of those that come up while you type."))
    return found


def place_names(view: GraphView) -> Mapping[str, str]:
    """Where a constraint can hold, as one types it, and as storage calls it: the film, then scenes, then shots."""
    scenes = {tr("sc {number}", number=scene.number): f"sc {scene.number}" for scene in view.scenes}
    return {tr(FILM): FILM, **scenes, **{shot.label: shot.label for shot in view.shots}}


def scope_meant(view: GraphView, name: str) -> Scope:
    """Where a constraint is to hold, from words such as "film", "sc 14", "14C".

    Raises:
        WrongUse: no scene or shot is called so.
    """
    wanted = name.strip().casefold()
    if wanted in ("", FILM, tr(FILM).casefold()):
        return Scope()
    shots = {shot.label.casefold(): shot.id for shot in view.shots}
    if wanted in shots:
        return Scope(shot_id=shots[wanted])
    scenes = ids_by_name(view, "scenes")
    return Scope(scene_id=SceneId(meant(scenes, name, "places")))


def offered_places(view: GraphView, item_id: str, *, whole_scenes: bool = False) -> tuple[Place, ...]:
    """The scenes and shots in which a character, setting or prop is, or in which a constraint could hold.

    Args:
        whole_scenes: scenes only.
    """
    constraint = view.graph.constraints.get(item_id)  # pyright: ignore[reportArgumentType]
    about = constraint.entity_id if constraint else item_id
    within = constraint.scope.scene_id if constraint else None
    labels = {shot.label for shot in view.shots}
    found: list[Place] = []
    for scene in view.scenes:
        if within is not None and scene.id != within:
            continue
        shots = [shot for shot in view.shots_of(scene.id) if _is_in(about, scene, shot)]
        if not shots and not _is_in_scene(about, scene):
            continue
        inside = (
            () if whole_scenes else tuple(Place(id=s.id, name=s.label, told=f"{s.label}  {tr(s.size)}") for s in shots)
        )
        name = tr("sc {number}", number=scene.number) if scene.number in labels else scene.number
        if within is None:
            told = f"{scene.number}  {scene.heading}"
            found.append(Place(id=scene.id, name=name, told=told, is_scene=True, inside=inside))
        else:
            found.extend(inside)
    return tuple(found)


def places_meant(offered: Iterable[Place], names: str) -> tuple[tuple[SceneId, ...], tuple[ShotId, ...]]:
    """The scenes and shots that names with commas mean.

    Raises:
        WrongUse: one of them is not among those offered.
    """
    scenes: dict[str, str] = {}
    shots: dict[str, str] = {}
    for place in offered:
        (scenes if place.is_scene else shots)[place.name] = place.id
        shots |= {inner.name: inner.id for inner in place.inside}
    scene_ids: list[SceneId] = []
    shot_ids: list[ShotId] = []
    for name in filter(None, (each.strip() for each in names.split(","))):
        wanted = name.casefold()
        shot = next((item_id for each, item_id in shots.items() if each.casefold() == wanted), None)
        if shot is not None:
            shot_ids.append(ShotId(shot))
        else:
            scene_ids.append(SceneId(meant(scenes, name, "places offered")))
    return tuple(scene_ids), tuple(shot_ids)


def _is_in(item_id: str, scene: Scene, shot: Shot) -> bool:
    return (
        item_id in (scene.setting_id, scene.id, shot.id, shot.prop_id)
        or any(person.character_id == item_id for person in shot.people)
        or any(line.character_id == item_id for line in shot.lines)
    )


def _is_in_scene(item_id: str, scene: Scene) -> bool:
    present = any(presence.character_id == item_id for presence in scene.presences)
    return present or item_id in (scene.setting_id, scene.id) or item_id in scene.prop_ids
