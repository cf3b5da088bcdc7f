"""Adds characters, settings, props, scenes, shots and constraints to a scene graph, in the director's name."""

from collections.abc import Sequence, Set
from dataclasses import replace

from storage.domain.graph_split import put_constraint
from storage.domain.graph_words import claim_words
from storage.domain.scene_graph import (
    Billing,
    Character,
    CharacterId,
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
    ShotPerson,
)
from storage.domain.told import Told, marked, together
from storage.domain.vocabulary import ANGLES, MOVEMENTS, PARTED_ATTRIBUTES, SHOT_SIZES, TIMES_OF_DAY, Attribute
from storage.domain.working_graph import (
    BY_DIRECTOR,
    EverUsed,
    GraphEdit,
    WorkingGraph,
    fresh_id,
    fresh_label,
    fresh_number,
    kind_of,
)
from storage.errors import WrongUse


def add_character(graph: SceneGraph, name: str, ever: EverUsed, *, billing: Billing = Billing.SUPPORTING) -> GraphEdit:
    """Raises: WrongUse: the name is empty or taken."""
    name = _free_name(name, [spelling for each in graph.characters.values() for spelling in each.names])
    made = CharacterId(fresh_id("character", name, ever.ids, graph.characters))
    work = WorkingGraph(graph)
    work.put(Character(id=made, names=(name,), billing=billing, evidence=BY_DIRECTOR))
    return work.edited(Told("add {name}", name=name), made=made)


def add_setting(graph: SceneGraph, name: str, ever: EverUsed, *, interior: bool = True) -> GraphEdit:
    """Raises: WrongUse: the name is empty or taken."""
    name = _free_name(name, [each.name for each in graph.settings.values() if each.interior == interior])
    side = "int" if interior else "ext"
    made = SettingId(fresh_id("setting", f"{side} {name}", ever.ids, graph.settings))
    work = WorkingGraph(graph)
    work.put(Setting(id=made, name=name, interior=interior, evidence=BY_DIRECTOR))
    return work.edited(Told("add {name}", name=name), made=made)


def add_prop(graph: SceneGraph, name: str, ever: EverUsed) -> GraphEdit:
    """Raises: WrongUse: the name is empty or taken."""
    name = _free_name(name, [each.name for each in graph.props.values()])
    made = PropId(fresh_id("prop", name, ever.ids, graph.props))
    work = WorkingGraph(graph)
    work.put(Prop(id=made, name=name, evidence=BY_DIRECTOR))
    return work.edited(Told("add {name}", name=name), made=made)


def add_scene(
    graph: SceneGraph,
    setting_id: SettingId,
    time_of_day: str,
    ever: EverUsed,
    *,
    after: SceneId | None = None,
    duration_frames: int,
) -> GraphEdit:
    """Add a scene, with one wide shot of its setting to begin with. It gets a number that was never used.

    Args:
        after: the scene before it; None for the film's end.
        duration_frames: of that shot.

    Raises:
        WrongUse: there is no such setting or scene, or no such time of day.
    """
    setting = graph.settings.get(setting_id)
    if setting is None or (after is not None and after not in graph.scenes):
        missing = after if setting else setting_id
        raise WrongUse(
            Told("There is no {missing}.", missing=missing),
            "Name a setting of the film, and a scene that it comes after.",
        )
    work = WorkingGraph(graph)
    order = work.scenes_in_order()
    before = graph.scenes[after] if after else order[-1] if order else None
    place = order.index(before) + 1 if before else 0
    numbers = ever.numbers | {each.number for each in graph.scenes.values()}
    number = _next_number(before, numbers, is_last=place == len(order))
    time = one_of(time_of_day, TIMES_OF_DAY, "time of day")
    side = "INT." if setting.interior else "EXT."
    scene = Scene(
        id=SceneId(fresh_id("scene", number, ever.ids, graph.scenes)),
        number=number,
        order=-1,
        heading=f"{side} {setting.name} - {time.upper()}",
        setting_id=setting_id,
        time_of_day=time,
        story_day=before.story_day if before else 1,
        first_line=0,
        last_line=0,
    )
    work.put_scenes_in_order([*order[:place], scene, *order[place:]])
    put_constraint(work, scene.id, Attribute.SETTING, setting.name.lower(), Scope(scene_id=scene.id))
    put_constraint(work, scene.id, Attribute.TIME_OF_DAY, time, Scope(scene_id=scene.id))
    _put_shot(work, scene.id, ever, None, size="wide shot", duration_frames=duration_frames, purpose="establishing")
    return work.edited(Told("add sc {number}, {heading}", number=number, heading=scene.heading), made=scene.id)


def add_shot(
    graph: SceneGraph,
    scene_id: SceneId,
    ever: EverUsed,
    *,
    size: str = "medium shot",
    angle: str = "eye level",
    movement: str = "static",
    people: Sequence[CharacterId] = (),
    before: ShotId | None = None,
    duration_frames: int,
) -> GraphEdit:
    """Add a shot to a scene. It gets the next label of its scene that was never used. Whom it shows is in the scene.

    Args:
        people: from left to right.
        before: the shot that follows it; None for the scene's end.

    Raises:
        WrongUse: there is no such scene, shot, character, size, angle or movement, or the duration is not positive.
    """
    if scene_id not in graph.scenes:
        raise WrongUse(
            Told("There is no scene {scene_id}.", scene_id=scene_id), "Name one that `matchcut status --graph` lists."
        )
    unknown = next((each for each in people if each not in graph.characters), None)
    if unknown is not None:
        raise WrongUse(Told("There is no character {unknown}.", unknown=unknown), "Name one, or add one first.")
    if duration_frames <= 0:
        raise WrongUse("A shot lasts at least one frame.", "Give it a positive duration.")
    if before is not None and (before not in graph.shots or graph.shots[before].scene_id != scene_id):
        raise WrongUse("That shot is not in this scene.", "Name one of this scene, or none for its end.")
    work = WorkingGraph(graph)
    shot = _put_shot(
        work,
        scene_id,
        ever,
        before,
        size=one_of(size, SHOT_SIZES, "shot size"),
        angle=one_of(angle, ANGLES, "angle"),
        movement=one_of(movement, MOVEMENTS, "movement"),
        people=people,
        duration_frames=duration_frames,
    )
    let_be_there(work, shot)
    return work.edited(Told("add {name}", name=shot.label), made=shot.id, shot_id=shot.id)


def let_be_there(work: WorkingGraph, shot: Shot) -> None:
    """Whom a shot shows is in its scene, on screen."""
    scene: Scene = work.items("scenes")[shot.scene_id]
    seen = {each.character_id: each.on_screen for each in scene.presences}
    seen |= {person.character_id: True for person in shot.people}
    presences = tuple(Presence(character_id=who, on_screen=on_screen) for who, on_screen in seen.items())
    if presences != scene.presences:
        work.put(replace(scene, presences=presences))


def add_constraint(
    graph: SceneGraph, entity_id: str, attribute: Attribute, value: str, *, part: str = "", scope: Scope | None = None
) -> GraphEdit:
    """State something new about an entity.

    Raises:
        WrongUse: there is no such entity, scene or shot, the value is empty, a garment, accessory or held prop is not
            named, or another thing is that has no parts.
    """
    if kind_of(graph, entity_id) in ("", "constraints"):
        raise WrongUse(
            Told("There is no {entity_id}.", entity_id=entity_id), "Name a character, setting, prop, scene or shot."
        )
    scope, value, part = scope or Scope(), value.strip(), part.strip()
    if entity_id in graph.shots:
        scope = Scope(shot_id=ShotId(entity_id))
    elif entity_id in graph.scenes and not scope.shot_id:
        scope = Scope(scene_id=SceneId(entity_id))
    place = scope.shot_id or scope.scene_id
    if place and place not in graph.scenes and place not in graph.shots:
        raise WrongUse(Told("There is no {place}.", place=place), "Name a scene or shot of the film.")
    if not value:
        raise WrongUse("A constraint needs a value.", "Write one.")
    if (attribute in PARTED_ATTRIBUTES) is not bool(part):
        words = marked("{what} needs the thing itself.")
        if attribute not in PARTED_ATTRIBUTES:
            words = marked("{what} has no parts.")
        raise WrongUse(
            Told(words, what=str(attribute).capitalize()),
            "Write it as garment/coat, or eyes.",
        )
    work = WorkingGraph(graph)
    made = put_constraint(work, entity_id, attribute, value, scope, part)
    shot_id = ShotId(entity_id) if entity_id in graph.shots else None
    return work.edited(
        Told("{claim}: {value}", claim=claim_words(graph, made), value=Told(value)), made=made.id, shot_id=shot_id
    )


def one_of(value: str, known: Sequence[str], what: str) -> str:
    """A word of the vocabulary.

    Raises:
        WrongUse: it is none.
    """
    word = value.strip().lower()
    if word not in known:
        raise WrongUse(
            Told("{value} is no {what}.", value=value, what=Told(what)),
            Told("Choose one: {choices}.", choices=together([Told(each) for each in known])),
        )
    return word


def _free_name(name: str, taken: Sequence[str]) -> str:
    name = name.strip()
    if not name:
        raise WrongUse("It needs a name.", "Give it one.")
    if name.casefold() in map(str.casefold, taken):
        raise WrongUse(Told("There is a {name} already.", name=name), "Give it another name.")
    return name


def _next_number(before: Scene | None, numbers: Set[str], *, is_last: bool) -> str:
    """At the film's end the next whole number; in between the number before, with a letter."""
    if before is None or is_last:
        whole = [int(number) for number in numbers if number.isdecimal()]
        return str(max(whole, default=0) + 1)
    return fresh_number(before.number, numbers)


def _put_shot(
    work: WorkingGraph,
    scene_id: SceneId,
    ever: EverUsed,
    before: ShotId | None,
    *,
    size: str,
    angle: str = "eye level",
    movement: str = "static",
    people: Sequence[CharacterId] = (),
    duration_frames: int,
    purpose: str = "",
) -> Shot:
    shots = work.shots_of(scene_id)
    labels = ever.labels | {shot.label for shot in work.items("shots").values()}
    label = fresh_label(work.items("scenes")[scene_id].number, labels)
    place = next((index for index, each in enumerate(shots) if each.id == before), len(shots))
    shot = Shot(
        id=ShotId(fresh_id("shot", label, ever.ids, work.items("shots"))),
        scene_id=scene_id,
        label=label,
        order=place,
        size=size,
        angle=angle,
        movement=movement,
        people=tuple(ShotPerson(character_id=person) for person in dict.fromkeys(people)),
        duration_frames=duration_frames,
        purpose=purpose,
        evidence=BY_DIRECTOR,
    )
    work.put(shot)
    work.put_in_order([*shots[:place], shot, *shots[place:]])
    for attribute, value in (
        (Attribute.SHOT_SIZE, size),
        (Attribute.ANGLE, angle),
        (Attribute.MOVEMENT, movement),
        (Attribute.PEOPLE, str(len(shot.people))),
    ):
        put_constraint(work, shot.id, attribute, value, Scope(shot_id=shot.id))
    return shot
