"""Dialogue as subtitle cues: who says what, and when."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from pipeline.assembly.cut import CutPlan, CutShot

# Two rows of 42 characters is what broadcasters give a reader at a time.
_ROW = 42
_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words on the screen.

    Attributes:
        start_ms, stop_ms: milliseconds from the first frame of the movie, half-open.
        text: at most two rows, the speaker's name first.
    """

    start_ms: int
    stop_ms: int
    text: str


def cues_of(plan: CutPlan) -> tuple[Cue, ...]:
    """The dialogue of a cut in order, without overlaps.

    A shot's time is shared out among its lines by their words. A line too long for two
    rows becomes several cues.
    """
    return tuple(
        cue
        for shot, record in zip(plan.shots, plan.records, strict=True)
        for cue in _cues_in(shot, record.start / plan.film_rate, record.stop / plan.film_rate)
    )


def _cues_in(shot: CutShot, start_s: Fraction, stop_s: Fraction) -> Iterator[Cue]:
    texts: list[str] = []
    for line in shot.lines:
        rows = textwrap.wrap(f"{line.speaker}: {line.text}", _ROW)
        texts += ["\n".join(rows[first : first + _ROWS]) for first in range(0, len(rows), _ROWS)]
    spoken = list(accumulate((len(text.split()) for text in texts), initial=0))
    moments = [round((start_s + (stop_s - start_s) * Fraction(words, max(1, spoken[-1]))) * 1000) for words in spoken]
    for text, (start_ms, stop_ms) in zip(texts, pairwise(moments), strict=True):
        yield Cue(start_ms=start_ms, stop_ms=stop_ms, text=text)
