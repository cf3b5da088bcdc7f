"""Pictures for the critic's benchmark: drawings from seeds that no training used, with the truth about them."""

import random
from collections.abc import Generator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from critic.benchmark.cases import Picture, Words
from critic.benchmark.faults import FAULTS, with_fault
from critic.benchmark.lighting import exposed, lit_from
from critic.subject import Neighbour
from pipeline.description import FrameDescription, Worn
from pipeline.pocket import world
from pipeline.pocket.artist import Drawing, draw, draw_clip, sample_description

# Training counts up from 0, 10, 20 and 30 million, `pipeline.pocket evaluate` from 50; these two share no seed.
BENCHMARK_SEED = 52_000_000
CALIBRATION_SEED = 54_000_000
_CLIPS_FROM = 500_000
_LIGHTS_FROM = 750_000
_TWIN = 250_000
_SIDES = ("left", "right")
_FIELDS = ("setting", "time_of_day", "shot_size", "weather")
_CLOSER = {"wide shot": "medium shot", "medium shot": "close-up", "close-up": "medium shot"}


def drawn_keyframes(first_seed: int, count: int) -> Generator[Picture]:
    """Drawn frames, each beside another of its place: in half of them the place or its light is another."""
    for seed in range(first_seed, first_seed + count):
        rng = random.Random(seed)
        description = sample_description(rng)
        drawing = draw(description, seed)
        seen = _seen(drawing)
        same = _nearer_or_farther(description, drawing)
        fault = rng.choice(("", "", "light continuity", "setting continuity"))
        beside = _other_place(same, fault, rng)
        yield Picture(
            name=f"drawing {seed}",
            frames=drawing.pixels[None],
            seen=seen,
            faults={name: name == fault for name in ("exposure", "light continuity", "setting continuity")},
            neighbours=(Neighbour(label="1B", frame=draw(beside, seed + _TWIN).pixels, in_scene=True),),
            reference=draw(same, seed + _TWIN).pixels,
        )


def drawn_lights(first_seed: int, count: int) -> Generator[Picture]:
    """Drawn frames with a face in them: a third lit from one side, the others over- and underexposed."""
    for seed in range(first_seed + _LIGHTS_FROM, first_seed + _LIGHTS_FROM + count):
        rng = random.Random(seed)
        drawing = draw(_acted(sample_description(rng), rng), seed)
        fault = ("", "over", "under")[(seed - first_seed) % 3]
        side, asked = rng.choice(_SIDES), rng.choice(_SIDES)
        if fault:
            frame = exposed(drawing.pixels, rng.uniform(1.2, 2.0) if fault == "over" else -rng.uniform(2.0, 3.2))
        else:
            frame = lit_from(drawing.pixels, [person.head for person in drawing.people], side)
        yield Picture(
            name=f"light {seed}",
            frames=frame[None],
            seen=Words(frame={} if fault else {"light direction": side}),
            asked=Words(frame={} if fault else {"light direction": asked}),
            faults={"exposure": bool(fault)},
        )


def drawn_clips(first_seed: int, count: int) -> Generator[Picture]:
    """Drawn clips: a third as they should be, the others each with one fault."""
    for seed in range(first_seed + _CLIPS_FROM, first_seed + _CLIPS_FROM + count):
        rng = random.Random(seed)
        description = _acted(sample_description(rng, in_motion=True), rng)
        clip = draw_clip(description, seed)
        frames = _pixels(clip)
        picture = Picture(
            name=f"clip {seed}",
            frames=frames,
            seen=_seen(clip[0]),
            faults=dict.fromkeys(("first frame", "hidden cut", "flicker", "motion", "morphing"), False),
            frame_rate=Fraction(world.CLIP_RATE),
            keyframe=frames[0],
            movement=description.movement,
            actions=tuple(person.action for person in description.people),
        )
        fault = ("", *FAULTS)[(seed - first_seed) % (len(FAULTS) + 1)]
        if not fault:
            yield picture
            continue
        yield with_fault(picture, fault, _pixels(draw_clip(description, seed + _TWIN)), rng)


def _acted(description: FrameDescription, rng: random.Random) -> FrameDescription:
    """Somebody in it, near enough to be seen moving, and everybody doing something that can be seen."""
    while not description.people or description.shot_size in ("wide shot", "insert"):
        description = sample_description(rng, in_motion=True)
    people = tuple(replace(person, action=person.action or "nodding") for person in description.people)
    return replace(description, shot_size=description.shot_size or "medium shot",
                   movement=description.movement or "static", people=people)  # fmt: skip


def _nearer_or_farther(description: FrameDescription, drawing: Drawing) -> FrameDescription:
    """The same people in the same place, everything that was left open as it was drawn."""
    people = tuple(
        replace(
            described,
            skin=person.figure.skin,
            hair_style=person.figure.hair_style,
            hair_colour="" if person.figure.hair_style == "bald" else person.figure.hair_colour,
            eyes=person.figure.eyes,
            garments=(Worn(kind=person.figure.garment, colour=person.figure.garment_colour),),
        )
        for described, person in zip(description.people, drawing.people, strict=True)
    )
    return replace(
        description,
        setting=drawing.setting,
        time_of_day=drawing.time_of_day,
        shot_size=_CLOSER.get(drawing.shot_size, drawing.shot_size),
        people=people,
    )


def _other_place(description: FrameDescription, fault: str, rng: random.Random) -> FrameDescription:
    if fault == "setting continuity":
        return replace(
            description, setting=rng.choice([each for each in world.SETTINGS if each != description.setting])
        )
    if fault == "light continuity":
        times = [each for each in world.TIMES_OF_DAY if each != description.time_of_day]
        return replace(description, time_of_day=rng.choice(times))
    return description


def _seen(drawing: Drawing) -> Words:
    frame = {name.replace("_", " "): getattr(drawing, name) for name in _FIELDS if hasattr(drawing, name)}
    return Words(
        frame=frame | {"people": str(len(drawing.people))},
        people=tuple(dict(person.attributes) for person in drawing.people),
    )


def _pixels(clip: list[Drawing]) -> np.ndarray:
    return np.stack([drawing.pixels for drawing in clip])
