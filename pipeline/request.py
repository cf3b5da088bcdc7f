"""Compiles what a shot's picture should show, from the constraints in scope and the shot plan only."""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from pipeline.description import FrameDescription, PersonDescription, Worn
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint, Scene, Shot, ShotId, ShotPerson
from storage.domain.takes import Seam
from storage.domain.vocabulary import ABSENT, CHARACTER_ATTRIBUTES, PARTED_ATTRIBUTES, PRESENT, Attribute

FROM_BEHIND = "seen from behind"

_NUMBER_WORDS = {"nobody": 0, "none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
# The field of a person, or of the frame, that says each attribute that has no part.
PERSON_FIELDS = {
    Attribute.EYES: "eyes",
    Attribute.HAIR_COLOUR: "hair_colour",
    Attribute.HAIR_STYLE: "hair_style",
    Attribute.SKIN: "skin",
    Attribute.AGE: "age",
    Attribute.BUILD: "build",
}
PARTED_FIELDS = {
    Attribute.GARMENT: "garments",
    Attribute.ACCESSORY: "accessories",
    Attribute.HELD_PROP: "held",
}
FRAME_FIELDS = {
    Attribute.SETTING: "setting",
    Attribute.TIME_OF_DAY: "time_of_day",
    Attribute.LIGHT_KEY: "light_key",
    Attribute.LIGHT_WARMTH: "light_warmth",
    Attribute.LIGHT_DIRECTION: "light_direction",
    Attribute.WEATHER: "weather",
    Attribute.SHOT_SIZE: "shot_size",
    Attribute.ANGLE: "angle",
    Attribute.MOVEMENT: "movement",
}


def describe_shot(view: GraphView, shot_id: ShotId, seam: Seam) -> FrameDescription:
    """Say what a keyframe or clip of a shot should show.

    Reads nothing but the constraints that can be seen in the shot and the shot plan. A
    keyframe leaves the camera's movement out; it shows a moment of what the people do.

    Args:
        seam: `Seam.KEYFRAME` or `Seam.CLIP`.
    """
    shot = view.graph.shots[shot_id]
    scene = view.scene_of(shot_id)
    visible = view.visible_in(shot_id)
    frame = _frame_words(view, shot, scene)
    if seam is not Seam.CLIP:
        frame["movement"] = ""
    return FrameDescription(
        **frame,
        people=() if shot.size == "insert" else tuple(_person(person, visible) for person in shot.people),
        inserted=_inserted(view, shot, visible),
    )


def _frame_words(view: GraphView, shot: Shot, scene: Scene) -> dict[str, Any]:
    setting = view.graph.settings.get(scene.setting_id) if scene.setting_id else None
    words: dict[str, Any] = {
        "setting": setting.name.lower() if setting else "",
        "time_of_day": scene.time_of_day.lower(),
        "shot_size": shot.size,
        # The plan's own default is what a picture shows unless it is told otherwise.
        "angle": "" if shot.angle == "eye level" else shot.angle,
        "movement": shot.movement,
    }
    for constraint in view.constraints_in(shot.id):
        field = FRAME_FIELDS.get(constraint.attribute)
        if field:
            words[field] = "" if constraint.value == ABSENT else constraint.value
    return words


def _person(person: ShotPerson, visible: Sequence[Constraint]) -> PersonDescription:
    said: dict[str, Any] = {field: () for field in PARTED_FIELDS.values()}
    absent: list[str] = []
    for constraint in visible:
        if constraint.entity_id != person.character_id:
            continue
        if field := PERSON_FIELDS.get(constraint.attribute):
            if constraint.value != ABSENT:
                said[field] = constraint.value
        elif field := PARTED_FIELDS.get(constraint.attribute):
            if constraint.value == ABSENT:
                absent.append(constraint.part)
            else:
                said[field] = (*said[field], _worn(constraint))
    return PersonDescription(
        **said,
        action=FROM_BEHIND if person.turned_away else person.action,
        absent=tuple(absent),
    )


def _worn(constraint: Constraint) -> Worn:
    return Worn(kind=constraint.part, colour="" if constraint.value == PRESENT else constraint.value)


def _inserted(view: GraphView, shot: Shot, visible: Sequence[Constraint]) -> str:
    prop = view.graph.props.get(shot.prop_id) if shot.prop_id else None
    if prop is None:
        return ""
    values = (
        constraint.value
        for constraint in visible
        if constraint.entity_id == prop.id
        and constraint.attribute in PARTED_ATTRIBUTES
        and constraint.value not in (PRESENT, ABSENT)
    )
    return " ".join((*values, prop.name.lower()))


def missing_from(
    description: FrameDescription, constraints: Iterable[Constraint], people: Sequence[str] = ()
) -> tuple[Constraint, ...]:
    """Name the constraints that a description does not say.

    Args:
        constraints: those that can be seen in the shot (`GraphView.visible_in`).
        people: character ids from left to right; with them a constraint must be said of
            the right person, without them of anybody.
    """
    return tuple(constraint for constraint in constraints if not _is_said(description, constraint, people))


def _is_said(description: FrameDescription, constraint: Constraint, people: Sequence[str]) -> bool:
    attribute, value = constraint.attribute, constraint.value
    if attribute is Attribute.PEOPLE:
        return _count(value) in (None, len(description.people))
    if field := FRAME_FIELDS.get(attribute):
        return getattr(description, field) == ("" if value == ABSENT else value)
    if constraint.entity_id in people:
        index = people.index(constraint.entity_id)
        candidates = description.people[index : index + 1]
    else:
        candidates = description.people
    if not description.people and description.inserted and attribute not in CHARACTER_ATTRIBUTES - PARTED_ATTRIBUTES:
        return value in (PRESENT, ABSENT) or value in description.inserted.split()
    return any(_person_says(person, constraint) for person in candidates)


def _person_says(person: PersonDescription, constraint: Constraint) -> bool:
    if field := PERSON_FIELDS.get(constraint.attribute):
        return getattr(person, field) == ("" if constraint.value == ABSENT else constraint.value)
    things: tuple[Worn, ...] = getattr(person, PARTED_FIELDS[constraint.attribute])
    if constraint.value == ABSENT:
        return constraint.part in person.absent and all(thing.kind != constraint.part for thing in things)
    return _worn(constraint) in things


def _count(value: str) -> int | None:
    word = value.split()[0].lower() if value.split() else ""
    return int(word) if word.isdigit() else _NUMBER_WORDS.get(word)


def pressed_phrases(constraints: Iterable[Constraint]) -> tuple[str, ...]:
    """Prompt phrases for constraints that an earlier take missed ("brown eyes", "red coat")."""
    return tuple(dict.fromkeys(phrase for constraint in constraints if (phrase := _phrase(constraint))))


def _phrase(constraint: Constraint) -> str:
    """Empty for what a phrase cannot ask for: an absence, a number of people."""
    attribute, value = constraint.attribute, constraint.value
    if value == ABSENT or attribute is Attribute.PEOPLE:
        return ""
    if field := FRAME_FIELDS.get(attribute):
        return replace(FrameDescription(), **{field: value}).phrases[0]
    if field := PERSON_FIELDS.get(attribute):
        return replace(PersonDescription(), **{field: value}).phrases[0]
    return replace(PersonDescription(), **{PARTED_FIELDS[attribute]: (_worn(constraint),)}).phrases[0]


def seed_for(film_seed: int, shot_id: ShotId, seam: Seam, attempt: int, generation: int) -> int:
    """Derive the seed of one attempt.

    Returns:
        0 to 2**63 - 1; the same for the same arguments on every machine.
    """
    words = f"{film_seed}/{shot_id}/{seam.value}/{generation}/{attempt}"
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big") >> 1


def clip_length(duration_frames: int, film_rate: Fraction, clip_rate: Fraction) -> int:
    """Count the frames that a clip needs at its own rate to cover a shot.

    Args:
        duration_frames: length of the shot at the film's frame rate, > 0.
        film_rate, clip_rate: frames a second, > 0.

    Returns:
        At least 2: the cut can trim a clip but not lengthen it, and one frame has no motion.
    """
    return max(2, math.ceil(duration_frames / film_rate * clip_rate))
