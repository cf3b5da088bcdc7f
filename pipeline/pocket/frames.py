"""Endless training frames: a pool of drawings that is renewed while it is used."""

import random
from dataclasses import dataclass

import numpy as np

from pipeline.description import FrameDescription
from pipeline.pocket.artist import Drawing, draw, sample_description


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A drawing and the description that it was drawn from."""

    description: FrameDescription
    drawing: Drawing


def drawn_sample(seed: int) -> Sample:
    """Draw the sample that belongs to a seed."""
    description = sample_description(random.Random(seed))
    return Sample(description=description, drawing=draw(description, seed))


class Pool:
    """The newest ``size`` samples of an endless row; the row depends on the first seed only."""

    def __init__(self, size: int, first_seed: int) -> None:
        self.samples = [drawn_sample(first_seed + index) for index in range(size)]
        self._next = first_seed + size

    def renew(self, count: int) -> None:
        """Replace the ``count`` oldest samples."""
        for _ in range(count):
            self.samples[self._next % len(self.samples)] = drawn_sample(self._next)
            self._next += 1


def _mouth(eyes: tuple[float, float, float, float], aspect: float) -> tuple[float, float, float, float]:
    """Where the artist puts a mouth under these eyes."""
    left, top, right, bottom = eyes
    head = (right - left) / 0.66
    middle, level = (left + right) / 2, (top + bottom) / 2
    return middle - 0.13 * head, level + 0.2 * head * aspect, middle + 0.13 * head, level + 0.42 * head * aspect


def importance(drawing: Drawing, *, head: float, eyes: float, mouth: float) -> np.ndarray:
    """Say how much each pixel counts.

    Args:
        drawing: a drawn frame.
        head: weight of pixels in a head's box; pixels elsewhere have 1.
        eyes: weight of pixels in an eyes' box.
        mouth: weight of pixels about a mouth.

    Returns:
        288 x 512 float32.
    """
    height, width = drawing.pixels.shape[:2]
    weights = np.ones((height, width), np.float32)
    heads, pairs = [person.head for person in drawing.people], [person.eyes for person in drawing.people]
    mouths = [_mouth(pair, width / height) for pair in pairs]
    for weight, boxes in ((head, heads), (mouth, mouths), (eyes, pairs)):
        for left, top, right, bottom in boxes:
            rows = slice(max(0, int(top * height)), int(np.ceil(bottom * height)))
            weights[rows, max(0, int(left * width)) : int(np.ceil(right * width))] = weight
    return weights
