"""Endless training frames: a pool of drawings that is renewed while it is used."""

import random
from dataclasses import dataclass

import numpy as np

from pipeline.description import FrameDescription
from pipeline.pocket.artist import draw, sample_description
from pipeline.pocket.captions import caption
from pipeline.pocket.truth import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A drawing, the description that it was drawn from, and one way to say that."""

    description: FrameDescription
    caption: str
    drawing: Drawing


def drawn_sample(seed: int) -> Sample:
    """Draw the sample that belongs to a seed."""
    rng = random.Random(seed)
    description = sample_description(rng)
    return Sample(description=description, caption=caption(description, rng), drawing=draw(description, seed))


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


def importance(drawing: Drawing, *, garment: float, head: float, eyes: float, mouth: float) -> np.ndarray:
    """Say how much each pixel counts.

    Args:
        drawing: a drawn frame.
        garment: weight of pixels in a garment's box; pixels elsewhere have 1.
        head: weight of pixels in the box of a head or of a prop in hand.
        eyes: weight of pixels in an eyes' box.
        mouth: weight of pixels about a mouth.

    Returns:
        288 x 512 float32.
    """
    height, width = drawing.pixels.shape[:2]
    weights = np.ones((height, width), np.float32)
    people = [person for person in drawing.people if not person.near]
    heads = [person.head for person in people]
    props = [person.held for person in people if person.held]
    mouths = [person.mouth for person in people if person.mouth]
    pairs = [person.eyes for person in people if person.eyes]
    garments = [person.garment for person in people]
    for weight, boxes in ((garment, garments), (head, (*heads, *props)), (mouth, mouths), (eyes, pairs)):
        for left, top, right, bottom in boxes:
            rows = slice(max(0, int(top * height)), int(np.ceil(bottom * height)))
            weights[rows, max(0, int(left * width)) : int(np.ceil(right * width))] = weight
    return weights
