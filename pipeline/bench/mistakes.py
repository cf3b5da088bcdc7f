"""Mistakes in what a request says: one value misread, one dropped."""

import random
from dataclasses import replace

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import lexicon, world

_PERSON = {
    "eyes": tuple(world.EYES),
    "hair_colour": tuple(world.HAIR_COLOURS),
    "hair_style": world.HAIR_STYLES,
    "skin": tuple(world.SKINS),
}
_FRAME = {"setting": world.SETTINGS, "time_of_day": world.TIMES_OF_DAY, "shot_size": world.SHOT_SIZES}
# What a shot's frame should show is misread as often as what one person should look like.
_SLOTS_OF_THE_FRAME = ("setting", "time_of_day")

Slot = tuple[int | None, str]
"""A person's place (None for the frame) and the field; "garment" and "cloth" are a garment's kind and colour."""


def drawn_as(description: FrameDescription) -> FrameDescription:
    """A description in the words that the artist draws."""
    return lexicon.nearest(description)[0]


def said_slots(description: FrameDescription) -> list[Slot]:
    """What a description says that can be said wrongly."""
    slots: list[Slot] = [(None, name) for name in _SLOTS_OF_THE_FRAME if getattr(description, name)]
    for place, person in enumerate(description.people):
        slots += [(place, name) for name in _PERSON if getattr(person, name)]
        if person.garments:
            slots += [(place, "cloth"), (place, "garment")]
    return slots


def misread(description: FrameDescription, slot: Slot, rng: random.Random) -> FrameDescription:
    """The description with another value in one slot.

    Args:
        description: in the artist's words.
    """
    place, name = slot
    if place is None:
        return replace(description, **{name: _other(getattr(description, name), _FRAME[name], rng)})
    person = description.people[place]
    if name in _PERSON:
        wrong = replace(person, **{name: _other(getattr(person, name), _PERSON[name], rng)})
    else:
        worn = person.garments[0]
        if name == "cloth":
            worn = Worn(kind=worn.kind, colour=_other(worn.colour, tuple(world.GARMENT_COLOURS), rng))
        else:
            worn = Worn(kind=_other(worn.kind, world.GARMENTS, rng), colour=worn.colour)
        wrong = replace(person, garments=(worn, *person.garments[1:]))
    return _with_person(description, place, wrong)


def dropped(description: FrameDescription, slot: Slot) -> FrameDescription:
    """The description without what it says in one slot, which is then left to the seed."""
    place, name = slot
    if place is None:
        return replace(description, **{name: ""})
    person = description.people[place]
    if name in _PERSON:
        return _with_person(description, place, replace(person, **{name: ""}))
    return _with_person(description, place, replace(person, garments=()))


def slot_words(slot: Slot) -> str:
    """A slot in a director's words ("hair colour")."""
    return {"cloth": "garment colour"}.get(slot[1], slot[1].replace("_", " "))


def _with_person(description: FrameDescription, place: int, person: PersonDescription) -> FrameDescription:
    people = (*description.people[:place], person, *description.people[place + 1 :])
    return replace(description, people=people)


def _other(value: str, values: tuple[str, ...], rng: random.Random) -> str:
    return rng.choice([word for word in values if word != value])
