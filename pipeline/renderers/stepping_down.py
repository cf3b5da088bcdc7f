"""What a renderer gives up when memory runs out: the batch, tiles, offload or precision, and last the size."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

from pipeline.renderers.calls import Call
from pipeline.renderers.loading import Pipelines
from pipeline.renderers.patching import sized
from storage.domain.takes import Seam

_SHARES = (Fraction(3, 4), Fraction(1, 2))
_MULTIPLES = (8, 4, 2, 1)


class SteppingDown:
    """Steps down once after each shortage, for good: the next pictures would run out of memory as well.

    Args:
        batch_size: stills that are drawn together until memory runs out.

    Attributes:
        batch_limit: stills that are drawn together now.
    """

    def __init__(self, pipelines: Pipelines, batch_size: int) -> None:
        self.batch_limit = max(1, batch_size)
        self._pipelines = pipelines
        # Whatever the autoencoder's factor, the pipelines refuse sides that are no multiples of 8.
        self._factor = lcm(int(getattr(pipelines.main, "vae_scale_factor", 8)), 8)
        self._done: list[str] = []
        self._shares: dict[Seam, int] = {}

    def step(self, calls: Sequence[Call]) -> str | None:
        """Need less memory for these calls, which were drawn together, and from now on.

        Returns:
            What is done, in a few words; None when nothing is left to do.
        """
        if len(calls) > 1:
            self.batch_limit = len(calls) // 2
            return self._remember(f"batches of {self.batch_limit}")
        done = self._pipelines.step_down()
        return self._remember(done) if done else self._shrink(calls[0])

    def raise_precision(self) -> str | None:
        """Use more memory, where the lower precision gave no picture; None where that is not the reason."""
        done = self._pipelines.raise_precision()
        return self._remember(done) if done else None

    def save_memory(self) -> str | None:
        """Need less memory before it runs out, at the same size; None when nothing is left to do."""
        self.batch_limit = 1
        done = self._pipelines.step_down()
        return self._remember(done) if done else None

    def fitted(self, call: Call) -> Call:
        """A call at the size that there is memory for."""
        shares = self._shares.get(call.seam, 0)
        if not shares:
            return call
        width, height = smaller(call.asked_width_px, call.asked_height_px, _SHARES[shares - 1], self._multiple(call))
        keyframe = None if call.keyframe is None else sized(call.keyframe, width, height)
        patch = call.patch.resized(width, height, self._factor) if call.patch else None
        return replace(call, width_px=width, height_px=height, keyframe=keyframe, patch=patch)

    def told(self, call: Call) -> list[str]:
        """What was given up for a call, in a few words each, in the order in which it was."""
        return [*self._pipelines.stepped_at_loading, *self._done, *([_size_words(call)] if call.is_smaller else [])]

    def _shrink(self, call: Call) -> str | None:
        while self._shares.get(call.seam, 0) < len(_SHARES):
            self._shares[call.seam] = self._shares.get(call.seam, 0) + 1
            less = self.fitted(call)
            if less.width_px * less.height_px < call.width_px * call.height_px:
                return _size_words(less)
        return None

    def _remember(self, done: str) -> str:
        self._done.append(done)
        return done

    def _multiple(self, call: Call) -> int:
        if self._pipelines.draws_stills:
            return self._factor
        # Stable Video Diffusion cannot halve a latent of odd size.
        fits = (self._factor * each for each in _MULTIPLES)
        return next(each for each in fits if call.asked_width_px % each == 0 and call.asked_height_px % each == 0)


def smaller(width_px: int, height_px: int, share: Fraction, multiple_px: int) -> tuple[int, int]:
    """A size of about a share of each side.

    Args:
        multiple_px: both sides are multiples of it.
    """
    sides = (max(1, round(side * share / multiple_px)) * multiple_px for side in (width_px, height_px))
    return next(sides), next(sides)


def _size_words(call: Call) -> str:
    return f"{call.width_px}×{call.height_px} in place of {call.asked_width_px}×{call.asked_height_px}"
