"""Alters pixels of a finished frame: an iris, a coat, the light."""

import random
from functools import lru_cache

import numpy as np

from pipeline.bench.mistakes import misread
from pipeline.description import FrameDescription
from pipeline.pocket import artist, world
from pipeline.pocket.brush import LIGHTS
from pipeline.renderers.base import Frame


def recoloured(
    frame: Frame,
    asked: FrameDescription,
    seed: int,
    part: str,
    rng: random.Random,
    *,
    frame_index: int | None = None,
    total: int = 1,
) -> Frame | None:
    """One person's irises or garment in another colour, and not a pixel elsewhere.

    Args:
        frame: height x width x 3.
        asked: what it shows, in the artist's words; the colour must be said.
        seed: that it was drawn from.
        part: "eyes" or "cloth".
        rng: chooses person and colour.
        frame_index: of a clip; None for a keyframe.
        total: frames in the clip.

    Returns:
        None where nobody's irises or garment of a said colour can be seen in a keyframe; a clip's frame in which they
        cannot be seen stays as it is.
    """
    places = [
        place for place, person in enumerate(asked.people) if (person.eyes if part == "eyes" else person.garments)
    ]
    if not places:
        return None
    place = rng.choice(places)
    wrong = misread(asked, (place, part), rng)
    right_drawing, other = _drawn(asked, seed, frame_index, total), _drawn(wrong, seed, frame_index, total)
    truth = right_drawing.people[place]
    if truth.attributes["eyes" if part == "eyes" else "garment colour"] == artist.UNSEEN:
        return None if frame_index is None else frame
    left, top, right, bottom = truth.eyes if part == "eyes" else truth.garment
    rows = slice(int(top * world.HEIGHT_PX), int(np.ceil(bottom * world.HEIGHT_PX)))
    columns = slice(int(left * world.WIDTH_PX), int(np.ceil(right * world.WIDTH_PX)))
    altered = frame.copy()
    changed = (other.pixels[rows, columns] != right_drawing.pixels[rows, columns]).any(axis=-1)
    altered[rows, columns][changed] = other.pixels[rows, columns][changed]
    return altered if changed.any() else None


def relit(frame: Frame, asked: FrameDescription, rng: random.Random) -> Frame:
    """The whole frame in the light of another time of day.

    Args:
        asked: what it shows, in the artist's words; of no time of day it is taken for day.
    """
    now = asked.time_of_day or "day"
    other = rng.choice([time for time in world.TIMES_OF_DAY if time != now])
    gain = np.array(LIGHTS[other].place) / np.array(LIGHTS[now].place)
    return np.clip(frame * gain, 0, 255).round().astype(np.uint8)


@lru_cache(maxsize=64)
def _drawn(description: FrameDescription, seed: int, frame_index: int | None, total: int) -> artist.Drawing:
    if frame_index is None:
        return artist.draw(description, seed)
    return _clip(description, seed, total)[frame_index]


@lru_cache(maxsize=4)
def _clip(description: FrameDescription, seed: int, total: int) -> list[artist.Drawing]:
    return artist.draw_clip(description, seed, total)
