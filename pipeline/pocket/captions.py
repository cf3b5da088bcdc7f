"""Says a description in many ways, so that what is trained on captions does not hang on one wording."""

import random
from collections.abc import Sequence

from pipeline.description import FrameDescription, PersonDescription

_PLAIN_SHARE = 0.35
_SHUFFLED_SHARE = 0.25
_PLACES = ("on the left", "on the right")
_COUNTS = ("nobody", "one person", "two people")
_TIMES = {
    "dawn": ("at dawn", "dawn"),
    "day": ("by day", "in daylight", "day"),
    "dusk": ("at dusk", "dusk"),
    "night": ("at night", "night"),
}
_WEATHERS = {
    "clear": ("in clear weather", "under a clear sky"),
    "rain": ("in the rain", "while rain falls"),
    "fog": ("in fog", "in thick fog"),
}
_MOVEMENTS = {
    "static": ("static", "the camera is static"),
    "pan left": ("pan left", "the camera pans left"),
    "pan right": ("pan right", "the camera pans right"),
    "tilt up": ("tilt up", "the camera tilts up"),
    "tilt down": ("tilt down", "the camera tilts down"),
    "push in": ("push in", "the camera pushes in"),
    "pull out": ("pull out", "the camera pulls out"),
}
_FACINGS = {
    "front": ("facing the camera", "looking at the camera"),
    "left": ("facing left", "looking left"),
    "right": ("facing right", "looking right"),
    "away": ("back turned", "facing away"),
}


def caption(description: FrameDescription, rng: random.Random) -> str:
    """Say everything that a description says, as comma phrases or as sentences.

    Args:
        description: words from ``world``.
        rng: where the choices of wording and order come from.

    Returns:
        A third of the time exactly ``description.prompt``.
    """
    style = rng.random()
    if style < _PLAIN_SHARE:
        return description.prompt
    if style < _PLAIN_SHARE + _SHUFFLED_SHARE:
        return _shuffled_phrases(description, rng)
    return _sentences(description, rng)


def _shuffled(phrases: Sequence[str], rng: random.Random) -> list[str]:
    mixed = list(phrases)
    rng.shuffle(mixed)
    return mixed


def _shuffled_phrases(description: FrameDescription, rng: random.Random) -> str:
    """The prompt's phrases in another order; what is said of a person stays with its place."""
    people = [_shuffled(person.phrases, rng) for person in description.people]
    alone = FrameDescription(
        shot_size=description.shot_size,
        angle=description.angle,
        movement=description.movement,
        setting=description.setting,
        time_of_day=description.time_of_day,
        weather=description.weather,
        inserted=description.inserted,
    )
    frame = _shuffled([*alone.phrases[:-1], _COUNTS[len(people)]], rng)
    if len(people) < 2:
        return ", ".join([*frame, *(phrase for person in people for phrase in person)])
    bound = [phrase for place, person in zip(_PLACES, people, strict=True) for phrase in (place, *person)]
    return ", ".join([*frame, *bound])


def _sentences(description: FrameDescription, rng: random.Random) -> str:
    shot = f"{description.shot_size} of " if description.shot_size else ""
    who = _COUNTS[len(description.people)]
    if description.inserted:
        who = f"a {description.inserted}, nobody" if rng.random() < 0.5 else f"the {description.inserted}, nobody"
    where = [f"in the {description.setting}" if description.setting else ""]
    where.append(rng.choice(_TIMES[description.time_of_day]) if description.time_of_day else "")
    where.append(rng.choice(_WEATHERS[description.weather]) if description.weather else "")
    first = " ".join(part for part in (f"{shot}{who}", *_shuffled(where, rng)) if part)
    sentences = [", ".join(part for part in (first, description.angle) if part)]
    if len(description.people) == 1:
        sentences.append(_person(description.people[0], "", rng))
    else:
        sentences += [_person(person, place, rng) for place, person in zip(_PLACES, description.people, strict=False)]
    if description.movement:
        sentences.insert(rng.choice((1, len(sentences))), rng.choice(_MOVEMENTS[description.movement]))
    return ". ".join(sentence for sentence in sentences if sentence)


def _person(person: PersonDescription, place: str, rng: random.Random) -> str:
    """One person as a sentence; empty where nothing is said."""
    if not person.phrases:
        return ""
    if person.hair_style == "bald":
        hair = "a bald head"
    elif person.hair_style or person.hair_colour:
        hair = " ".join(word for word in (person.hair_style, person.hair_colour, "hair") if word)
    else:
        hair = ""
    worn = [item.words for item in (*person.garments, *person.accessories)]
    wearing = f"{rng.choice(('wearing', 'in'))} {_listed(_shuffled(worn, rng))}" if worn else ""
    skin, eyes = f"{person.skin} skin" if person.skin else "", f"{person.eyes} eyes" if person.eyes else ""
    looks = _shuffled([part for part in (hair, skin, eyes) if part], rng)
    having = f"with {_listed(looks)}" if looks else ""
    held = f"{rng.choice(('holding', 'with'))} a {person.held[0].words}" if person.held else ""
    facing = rng.choice(_FACINGS[person.facing]) if person.facing else ""
    parts = _shuffled([part for part in (having, wearing, held, facing, person.action) if part], rng)
    somebody = f"the {person.age} person" if person.age else "the person"
    if place:
        somebody = f"{place}, {somebody}" if rng.random() < 0.5 else f"{somebody} {place}"
    return " ".join(part for part in (somebody, ", ".join(parts)) if part)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
