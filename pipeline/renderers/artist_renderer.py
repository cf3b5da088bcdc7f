"""Draws requests with the procedural artist: fast, true to the words, and wrong on purpose where a script says so."""

import io
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np
from PIL import Image

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import artist, lexicon, world
from pipeline.renderers.base import (
    NO_LOOKS,
    Capabilities,
    Frame,
    Frames,
    IsCancelled,
    OnProgress,
    RenderCancelled,
    Rendered,
    RenderFailed,
    RenderOutcome,
    RenderProgress,
    RenderRequest,
)
from pipeline.renderers.clock import DrawingClock
from pipeline.renderers.patching import CLIP_MEANS, KEYFRAME_MEANS, Patch, patch_for, patch_of, pixels_digest, sized
from pipeline.renderers.pieces import piece_seed, pieces_of
from pipeline.renderers.recipes import agent_of, checked_requests, library_versions
from storage.domain.digest import digest, plain
from storage.domain.takes import Recipe, Seam
from storage.errors import KnownError, WrongUse

PIPELINE = "ProceduralArtist"

Mistakes = Callable[[RenderRequest], FrameDescription]

# A keyframe carries its seed in the lowest bit of its first pixels' blue, so that a clip
# can show the same people: the artist decides everything that is left open by its seed.
_SEED_BITS = 64
# Regions are mended in squares of this side, as pocket does.
_CELL_PX = 16
_MARK = np.array([1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1], np.uint8)


class ArtistRenderer:
    """A renderer for tests and benchmarks. Nothing is denoised, and its recipes say so.

    Args:
        mistakes: what is drawn in place of a request's description; None draws what is asked.
        step_s: seconds that each step takes, so that progress and cancelling can be watched.
        steps: how many steps a picture, or a piece of a clip, pretends to take.
        crash_on: jobs at which it fails.
        batch_size: keyframes that it draws together.
    """

    def __init__(
        self,
        *,
        mistakes: Mistakes | None = None,
        step_s: float = 0.0,
        steps: int = 4,
        crash_on: Collection[int] = (),
        batch_size: int = 8,
    ) -> None:
        self._mistakes = mistakes
        self._step_s = step_s
        self._steps = steps
        self._crash_on = frozenset(crash_on)
        self._clock = DrawingClock()
        self._capabilities = Capabilities(
            name="procedural artist",
            weights_digest=digest({name: list(words) for name, words in lexicon.LEXICON.items()}),
            width_px=world.WIDTH_PX,
            height_px=world.HEIGHT_PX,
            clip_frames=world.CLIP_FRAMES,
            frame_rate=Fraction(world.CLIP_RATE),
            batch_size=batch_size,
            clip_batch_size=1,
            lexicon=lexicon.LEXICON,
            max_people=world.MAX_PEOPLE,
            means=KEYFRAME_MEANS | CLIP_MEANS,
        )

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    def describe(self, description: FrameDescription) -> tuple[FrameDescription, tuple[str, ...]]:
        """See `Renderer.describe`."""
        known, changes = lexicon.nearest(description)
        return known, tuple(change.words for change in changes)

    def render(
        self, requests: Sequence[RenderRequest], *, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        """See `Renderer.render`."""
        checked_requests(requests)
        return self._render(requests, on_progress, self._clock.standing_for(is_cancelled))

    def replay(
        self,
        recipe: Recipe,
        *,
        keyframe: Frame | None = None,
        base: Frames | None = None,
        looks: Mapping[str, Frame] = NO_LOOKS,
    ) -> Frames:
        """See `Renderer.replay`."""
        if recipe.weights_digest != self._capabilities.weights_digest:
            raise WrongUse(f"This take was made with {recipe.checkpoint}.", "Open the checkpoint that it names.")
        description = _description_of(recipe.extra["description"])
        if recipe.num_frames > 1 and keyframe is None:
            raise WrongUse("This clip cannot be made again without its keyframe.", "Give its keyframe.")
        patch = patch_of(recipe.extra, base, recipe.width_px, recipe.height_px)
        return self._draw(description, recipe.seed, recipe.num_frames, keyframe, patch)

    def save_memory(self) -> str:
        """See `Renderer.save_memory`."""
        return ""

    def close(self) -> None:
        """See `Renderer.close`."""

    def _render(
        self, requests: Sequence[RenderRequest], on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        stills = [request for request in requests if request.seam is Seam.KEYFRAME]
        size = self._capabilities.batch_size
        batches = [stills[start : start + size] for start in range(0, len(stills), size)]
        batches += [[request] for request in requests if request.seam is Seam.CLIP]
        for batch in batches:
            yield from self._render_batch(batch, on_progress, is_cancelled)

    def _render_batch(
        self, batch: Sequence[RenderRequest], on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        started = self._clock()
        left = list(batch)
        total = self._steps * max(len(self._pieces(request)) for request in batch)
        for step in range(1, total + 1):
            cancelled = {each.job_id for each in left if is_cancelled(each.job_id)}
            yield from (RenderCancelled(job_id=each.job_id) for each in left if each.job_id in cancelled)
            left = [each for each in left if each.job_id not in cancelled]
            if not left:
                return
            time.sleep(self._step_s)
            for request in left:
                preview = _preview(request)
                on_progress(RenderProgress(job_ids=(request.job_id,), step=step, total=total, preview=preview))
        for index, request in enumerate(left):
            if is_cancelled(request.job_id):
                yield RenderCancelled(job_id=request.job_id)
            elif request.job_id in self._crash_on:
                error = KnownError("The artist was told to fail here.", "Take this job out of crash_on.")
                yield RenderFailed(job_id=request.job_id, error=error)
            else:
                yield self._rendered(request, index, len(left), (self._clock() - started) / len(left))

    def _pieces(self, request: RenderRequest) -> tuple[tuple[int, int], ...]:
        if request.seam is Seam.KEYFRAME:
            return ((0, 1),)
        return pieces_of(request.num_frames, self._capabilities.clip_frames)

    def _rendered(self, request: RenderRequest, index: int, batch_size: int, seconds: float) -> Rendered:
        asked, drawn_as = self.describe(request.description)
        drawn = self.describe(self._mistakes(request))[0] if self._mistakes else asked
        is_clip = request.seam is Seam.CLIP
        num_frames = request.num_frames if is_clip else 1
        extra: dict[str, Any] = {"description": plain(drawn)}
        if drawn != asked:
            extra["scripted_mistake"] = True
        if is_clip and request.keyframe is not None:
            pieces = self._pieces(request)
            extra["pieces"] = [list(piece) for piece in pieces]
            extra["piece_seeds"] = [piece_seed(request.seed, number) for number in range(len(pieces))]
            extra["keyframe_digest"] = pixels_digest(request.keyframe)
        able = self._capabilities
        patch = patch_for(request.mend, able.width_px, able.height_px, _CELL_PX) if request.mend else None
        if patch:
            extra["mended"] = patch.as_recipe
        frame_rate = able.frame_rate if is_clip else Fraction(0)
        recipe = Recipe(
            agent=agent_of(request.seam),
            checkpoint=able.name,
            weights_digest=able.weights_digest,
            pipeline=PIPELINE,
            scheduler_config={},
            prompt=asked.prompt,
            drawn_as=drawn_as,
            seed=request.seed,
            width_px=able.width_px,
            height_px=able.height_px,
            num_frames=num_frames,
            frame_rate=frame_rate,
            dtype="uint8",
            device="cpu",
            batch_index=index,
            batch_size=batch_size,
            pressed=request.pressed,
            library_versions=library_versions(("skia-python", "numpy", "pillow")),
            extra=extra,
        )
        frames = self._draw(drawn, request.seed, num_frames, request.keyframe if is_clip else None, patch)
        return Rendered(job_id=request.job_id, frames=frames, frame_rate=frame_rate, recipe=recipe, seconds=seconds)

    def _draw(
        self,
        description: FrameDescription,
        seed: int,
        num_frames: int,
        keyframe: Frame | None,
        patch: Patch | None,
    ) -> Frames:
        if patch and keyframe is None:
            # What the artist leaves to the seed stays as it is: the same people, in the same places.
            seed = marked_seed(patch.base[0], seed)
            return marked(patch.put_into_base(artist.draw(description, seed).pixels), seed)[None]
        if keyframe is None:
            # As the camera's movement begins, so that the clip can go on from it.
            return marked(artist.draw_clip(description, seed, 1)[0].pixels, seed)[None]
        drawings = artist.draw_clip(description, marked_seed(keyframe, seed), num_frames)
        frames = np.stack([drawing.pixels for drawing in drawings])
        frames[0] = sized(keyframe, world.WIDTH_PX, world.HEIGHT_PX)
        if patch:
            frames[: patch.kept_frames] = patch.base[: patch.kept_frames]
        return frames


def _preview(request: RenderRequest) -> bytes:
    """A small grey JPEG: nothing is being denoised that could be shown."""
    buffer = io.BytesIO()
    Image.new("RGB", (160, 90), (request.seed % 128 + 64,) * 3).save(buffer, "JPEG")
    return buffer.getvalue()


def marked(pixels: Frame, seed: int) -> Frame:
    """A picture that carries the seed that it was drawn from, in the lowest bits of its first pixels' blue."""
    bits = np.unpackbits(np.frombuffer(seed.to_bytes(_SEED_BITS // 8, "big"), np.uint8))
    code = np.concatenate([_MARK, bits])
    carrying = pixels.copy()
    carrying[0, : len(code), 2] = (carrying[0, : len(code), 2] & 0xFE) | code
    return carrying


def marked_seed(keyframe: Frame, otherwise: int) -> int:
    """The seed that a keyframe was drawn from; another where it is not the artist's own.

    Args:
        keyframe: height x width x 3, RGB.
        otherwise: what to answer for a picture that carries no seed.
    """
    code = keyframe[0, : len(_MARK) + _SEED_BITS, 2] & 1
    if len(code) < len(_MARK) + _SEED_BITS or not np.array_equal(code[: len(_MARK)], _MARK):
        return otherwise
    return int.from_bytes(np.packbits(code[len(_MARK) :]).tobytes(), "big")


def _description_of(stored: dict[str, Any]) -> FrameDescription:
    """Read a description back from the JSON types that a recipe holds."""
    people = tuple(_person_of(person) for person in stored["people"])
    words = {field.name: stored[field.name] for field in fields(FrameDescription) if field.name != "people"}
    return FrameDescription(**words, people=people)


def _person_of(stored: dict[str, Any]) -> PersonDescription:
    words: dict[str, Any] = dict(stored)
    for name in ("garments", "accessories", "held"):
        words[name] = tuple(Worn(**worn) for worn in stored[name])
    return PersonDescription(**{**words, "absent": tuple(stored["absent"])})
