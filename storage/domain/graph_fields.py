"""Changes one field of a character, setting, prop, scene, shot or constraint, from the words that people write."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from storage.domain.graph_adding import let_be_there, one_of
from storage.domain.graph_split import put_constraint, say_setting
from storage.domain.graph_words import claim_words, name_in
from storage.domain.scene_graph import (
    Billing,
    Character,
    Constraint,
    Prop,
    Scene,
    SceneGraph,
    Scope,
    Setting,
    Shot,
    ShotId,
    ShotPerson,
    Strength,
)
from storage.domain.told import Told
from storage.domain.vocabulary import ANGLES, MOVEMENTS, SHOT_SIZES, TIMES_OF_DAY, Attribute
from storage.domain.working_graph import MIRRORED, GraphEdit, WorkingGraph, by_director, kind_of
from storage.errors import WrongUse

Find = Callable[[str], str]
"""Finds the id of what a name means; raises `WrongUse`."""


def changed(graph: SceneGraph, item_id: str, field: str, value: str, find: Find) -> GraphEdit:
    """Change one field.

    Args:
        field: one of `FIELDS` of the item's kind.
        value: as a person writes it; of people and settings the names, people with commas.
        find: for names in `value`.

    Raises:
        WrongUse: there is no such thing or field, or the value does not fit it, or is what it is already.
    """
    kind = kind_of(graph, item_id)
    if not kind:
        raise WrongUse(
            Told("There is no {item_id}.", item_id=item_id), "Name something that `matchcut status --graph` lists."
        )
    fields = FIELDS[kind]
    if field not in fields:
        raise WrongUse(
            Told("There is no {field} to change there.", field=field),
            Told("Choose one: {choices}.", choices=", ".join(fields)),
        )
    work = WorkingGraph(graph)
    item = getattr(graph, kind)[item_id]
    old, new = fields[field](work, item, value.strip(), find)
    if work.graph == graph:
        raise WrongUse(Told("It is {old} already.", old=old), "Choose another value.")
    name = claim_words(graph, item) if kind == "constraints" else name_in(graph, item_id)
    words = "{name}: {old} → {new}" if (kind, field) == ("constraints", "value") else "{name}: {field} {old} → {new}"
    what = Told(words, name=name, field=Told(field), old=Told(old), new=Told(new))
    return work.edited(what, shot_id=ShotId(item_id) if kind == "shots" else None)


def _needed(value: str) -> str:
    if not value:
        raise WrongUse("It needs a value.", "Write one, or undo.")
    return value


def _character_name(work: WorkingGraph, item: Character, value: str, _: Find) -> tuple[str, str]:
    value = _needed(value)
    others = [each for each in work.items("characters").values() if each.id != item.id]
    if any(value.casefold() in map(str.casefold, each.names) for each in others):
        raise WrongUse(
            Told("There is a character {value} already.", value=value), "Merge them, or choose another name."
        )
    work.put(replace(item, names=tuple(dict.fromkeys((value, *item.names)))))
    return item.name, value


def _billing(work: WorkingGraph, item: Character, value: str, _: Find) -> tuple[str, str]:
    billing = Billing(one_of(value, [each.value for each in Billing], "billing"))
    work.put(replace(item, billing=billing))
    return item.billing.value, billing.value


def _setting_name(work: WorkingGraph, item: Setting, value: str, _: Find) -> tuple[str, str]:
    value = _needed(value)
    if any(each.name.casefold() == value.casefold() for each in work.items("settings").values() if each.id != item.id):
        raise WrongUse(Told("There is a setting {value} already.", value=value), "Merge them, or choose another name.")
    work.put(replace(item, name=value))
    for scene in list(work.items("scenes").values()):
        if scene.setting_id == item.id:
            _say_place(work, scene, value.lower(), was=item.name.lower())
    return item.name, value


def _say_place(work: WorkingGraph, scene: Scene, word: str, *, was: str = "") -> None:
    """Let a scene's own constraint name its place, unless a director gave it a word of its own."""
    say_setting(work, scene, was or word)
    for each in work.constraints_about(scene.id):
        if each.attribute is Attribute.SETTING and each.value != word and (not was or each.value.lower() == was):
            work.put(replace(each, value=word, evidence=by_director(each.evidence)))


def _interior(work: WorkingGraph, item: Setting, value: str, _: Find) -> tuple[str, str]:
    words = {True: "inside", False: "outside"}
    interior = one_of(value, list(words.values()), "side of a wall") == words[True]
    work.put(replace(item, interior=interior))
    return words[item.interior], words[interior]


def _prop_name(work: WorkingGraph, item: Prop, value: str, _: Find) -> tuple[str, str]:
    value = _needed(value)
    if any(each.name.casefold() == value.casefold() for each in work.items("props").values() if each.id != item.id):
        raise WrongUse(Told("There is a prop {value} already.", value=value), "Merge them, or choose another name.")
    # From now on the name is among what an insert of it is made from; see `staleness`.
    work.put(replace(item, name=value, evidence=by_director(item.evidence)))
    for each in list(work.items("constraints").values()):
        if each.attribute is Attribute.HELD_PROP and each.part.casefold() == item.name.casefold():
            work.put(replace(each, part=value))
    return item.name, value


def _heading(work: WorkingGraph, item: Scene, value: str, _: Find) -> tuple[str, str]:
    work.put(replace(item, heading=_needed(value)))
    return item.heading, value


def _place(work: WorkingGraph, item: Scene, value: str, find: Find) -> tuple[str, str]:
    setting_id = find(value)
    setting: Setting | None = work.items("settings").get(setting_id)
    if setting is None:
        raise WrongUse(Told("{value} is no setting.", value=value), "Name a setting of the film, or add one first.")
    scene = replace(item, setting_id=setting.id)
    work.put(scene)
    _say_place(work, scene, setting.name.lower())
    return name_in(work.before, item.setting_id) if item.setting_id else "none", setting.name


def _time(work: WorkingGraph, item: Scene, value: str, _: Find) -> tuple[str, str]:
    time = one_of(value, TIMES_OF_DAY, "time of day")
    work.put(replace(item, time_of_day=time))
    said = [each for each in work.constraints_about(item.id) if each.attribute is Attribute.TIME_OF_DAY]
    for each in said:
        if each.value != time:
            work.put(replace(each, value=time, evidence=by_director(each.evidence)))
    if not said:
        put_constraint(work, item.id, Attribute.TIME_OF_DAY, time, Scope(scene_id=item.id))
    return item.time_of_day, time


def _story_day(work: WorkingGraph, item: Scene, value: str, _: Find) -> tuple[str, str]:
    work.put(replace(item, story_day=_whole(value, "story day")))
    return str(item.story_day), value


def _whole(value: str, what: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 10**7:
        raise WrongUse(Told('"{value}" is no {what}.', value=value, what=Told(what)), "Write a whole number from 1.")
    return int(value)


def _word(name: str, known: tuple[str, ...], what: str) -> Callable[[WorkingGraph, Shot, str, Find], tuple[str, str]]:
    def change(work: WorkingGraph, item: Shot, value: str, _: Find) -> tuple[str, str]:
        word = one_of(value, known, what)
        work.change_shot(replace(item, **{name: word}))  # pyright: ignore[reportArgumentType]
        return str(getattr(item, name)), word

    return change


def _frames(work: WorkingGraph, item: Shot, value: str, _: Find) -> tuple[str, str]:
    work.change_shot(replace(item, duration_frames=_whole(value, "number of frames")))
    return str(item.duration_frames), value


def _people(work: WorkingGraph, item: Shot, value: str, find: Find) -> tuple[str, str]:
    """Who is seen, from left to right; whoever was seen before keeps what this one does."""
    ids = [] if value.lower() in ("", "nobody") else [find(name.strip()) for name in value.split(",")]
    unknown = next((each for each in ids if each not in work.items("characters")), None)
    if unknown is not None:
        raise WrongUse(
            Told("{name} is no character.", name=name_in(work.before, unknown)), "Name characters of the film."
        )
    were = {person.character_id: person for person in item.people}
    people = tuple(were.get(who) or ShotPerson(character_id=who) for who in dict.fromkeys(ids))  # pyright: ignore
    shot = replace(item, people=people)
    work.change_shot(shot)
    let_be_there(work, shot)
    return _names(work, item), _names(work, shot)


def _names(work: WorkingGraph, shot: Shot) -> str:
    return ", ".join(name_in(work.before, person.character_id) for person in shot.people) or "nobody"


def _shown_prop(work: WorkingGraph, item: Shot, value: str, find: Find) -> tuple[str, str]:
    prop_id = None if value.lower() in ("", "nothing") else find(value)
    if prop_id is not None and prop_id not in work.items("props"):
        raise WrongUse(Told("{value} is no prop.", value=value), "Name a prop of the film, or add one first.")
    work.change_shot(replace(item, prop_id=prop_id))  # pyright: ignore[reportArgumentType]
    was = name_in(work.before, item.prop_id) if item.prop_id else "nothing"
    return was, name_in(work.before, prop_id) if prop_id else "nothing"


def _action(work: WorkingGraph, item: Shot, value: str, _: Find) -> tuple[str, str]:
    work.change_shot(replace(item, action=value))
    return item.action or "nothing", value or "nothing"


def _value(work: WorkingGraph, item: Constraint, value: str, _: Find) -> tuple[str, str]:
    work.put(replace(item, value=_needed(value), evidence=by_director(item.evidence)))
    name = next((name for name, attribute in MIRRORED.items() if attribute is item.attribute), None)
    shot: Shot | None = work.items("shots").get(item.entity_id)
    if name and shot:
        work.put(replace(shot, **{name: value}))  # pyright: ignore[reportArgumentType]
    return item.value, value


def _strength(work: WorkingGraph, item: Constraint, value: str, _: Find) -> tuple[str, str]:
    strength = Strength(one_of(value, [each.value for each in Strength], "strength"))
    work.put(replace(item, strength=strength))
    return item.strength.value, strength.value


def _scope(work: WorkingGraph, item: Constraint, value: str, find: Find) -> tuple[str, str]:
    place = "" if value.lower() in ("", "film") else find(value)
    if place and place not in work.items("scenes") and place not in work.items("shots"):
        raise WrongUse(Told("{value} is no scene or shot.", value=value), "Name one, or film.")
    if item.entity_id in work.items("shots") or item.entity_id in work.items("scenes"):
        raise WrongUse("What is said of a scene or shot holds there.", "Add it to the other one.")
    scene_id = place if place in work.items("scenes") else None
    scope = Scope(scene_id=scene_id, shot_id=None if scene_id or not place else place)  # pyright: ignore
    work.put(replace(item, scope=scope))
    was = item.scope.shot_id or item.scope.scene_id
    return name_in(work.before, was) if was else "film", name_in(work.before, place) if place else "film"


FIELDS: Mapping[str, Mapping[str, Callable[[WorkingGraph, Any, str, Find], tuple[str, str]]]] = {
    "characters": {"name": _character_name, "billing": _billing},
    "settings": {"name": _setting_name, "side": _interior},
    "props": {"name": _prop_name},
    "scenes": {"heading": _heading, "setting": _place, "time": _time, "day": _story_day},
    "shots": {
        "size": _word("size", SHOT_SIZES, "shot size"),
        "angle": _word("angle", ANGLES, "angle"),
        "movement": _word("movement", MOVEMENTS, "movement"),
        "frames": _frames,
        "people": _people,
        "prop": _shown_prop,
        "action": _action,
    },
    "constraints": {"value": _value, "strength": _strength, "scope": _scope},
}
