"""Renders requests with a diffusers checkpoint: in batches, cancellable, with the whole recipe of each."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from pipeline.description import FrameDescription
from pipeline.renderers import drawing
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
    RenderRequest,
)
from pipeline.renderers.calls import Call
from pipeline.renderers.clock import DrawingClock
from pipeline.renderers.drawing import BlackedOut, NotFinite
from pipeline.renderers.loading import Pipelines, first_line, forget_frames, is_out_of_memory
from pipeline.renderers.patching import patch_for, pixels_digest, sized
from pipeline.renderers.pieces import piece_seed, pieces_of
from pipeline.renderers.preview import Previews
from pipeline.renderers.prompting import Prompt, compile_prompt
from pipeline.renderers.recipes import call_of, checked_requests, recipe_of
from pipeline.renderers.sizes import capabilities_of
from pipeline.renderers.stepping_down import SteppingDown
from pipeline.renderers.watching import Left, Watch
from storage.domain.takes import Recipe, Seam
from storage.errors import KnownError, WrongUse

# Says a description in the words that a checkpoint knows, and what was changed.
Nearest = Callable[[FrameDescription], tuple[FrameDescription, tuple[str, ...]]]

_TOKENIZERS = ("tokenizer", "tokenizer_2", "tokenizer_3")
_WORDLESS = "drawn from the keyframe: this checkpoint reads no words"


class DiffusersRenderer:
    """Any diffusers text-to-image or image-to-video folder as a renderer.

    Args:
        pipelines: the loaded checkpoint.
        nearest: says descriptions in the checkpoint's words; None where it takes any word.
    """

    def __init__(self, pipelines: Pipelines, nearest: Nearest | None = None) -> None:
        self._pipelines = pipelines
        self._nearest = nearest
        self._settings = pipelines.checkpoint.settings
        self._capabilities = capabilities_of(pipelines)
        # Kept apart, so that what will be drawn can be said while memory is too short for the weights.
        self._tokenizers = [each for name in _TOKENIZERS if (each := getattr(pipelines.main, name, None)) is not None]
        self._stepping_down = SteppingDown(pipelines, self._capabilities.batch_size)
        self._clock = DrawingClock()
        self._previews = Previews(pipelines, self._clock)

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    def describe(self, description: FrameDescription) -> tuple[FrameDescription, tuple[str, ...]]:
        """See `Renderer.describe`."""
        if not self._pipelines.draws_stills:
            return description, (_WORDLESS,)
        known, changes = self._nearest(description) if self._nearest else (description, ())
        return known, (*changes, *self._prompt(known, ()).left_out)

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
            raise WrongUse(
                f"This take was made with {recipe.checkpoint}, not with {self._capabilities.name}.",
                "Open the checkpoint that its recipe names.",
            )
        call = call_of(recipe, keyframe, base, looks)
        if call.seam is Seam.CLIP:
            return self._draw_clip(call, lambda *_: None)
        # What else was in the batch does not matter, but its size decides how the numbers are rounded.
        calls = [call] * recipe.batch_size
        with self._pipelines.precision():
            frames = drawing.draw_stills(self._still_for(call), calls, lambda *_: None)
        return frames[recipe.batch_index : recipe.batch_index + 1]

    def save_memory(self) -> str:
        """See `Renderer.save_memory`."""
        return self._stepping_down.save_memory() or ""

    def close(self) -> None:
        """See `Renderer.close`."""
        self._pipelines.close()

    def _render(
        self, requests: Sequence[RenderRequest], on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        groups: dict[tuple[Any, ...], list[Call]] = {}
        for request in requests:
            try:
                self._refuse_beyond_it(request)
                call = self._call_for(request)
            except KnownError as error:
                yield RenderFailed(job_id=request.job_id, error=error)
                continue
            groups.setdefault(call.kind, []).append(call)
        for group in sorted(groups.values(), key=lambda calls: calls[0].seam is Seam.CLIP):
            waiting = group
            while waiting:
                cancelled = {call.job_id for call in waiting if is_cancelled(call.job_id)}
                yield from (RenderCancelled(job_id=call.job_id) for call in waiting if call.job_id in cancelled)
                waiting = [call for call in waiting if call.job_id not in cancelled]
                limit = 1 if group[0].seam is Seam.CLIP else self._stepping_down.batch_limit
                yield from self._render_batch(waiting[:limit], on_progress, is_cancelled)
                waiting = waiting[limit:]

    def _refuse_beyond_it(self, request: RenderRequest) -> None:
        able = self._capabilities
        if request.seam is Seam.CLIP and able.clip_frames == 0:
            raise KnownError(
                f"{able.name} cannot make clips.",
                "Put a motion_adapter, or a Stable Video Diffusion folder named image_to_video, in its folder.",
            )
        if request.seam is Seam.KEYFRAME and able.batch_size == 0:
            raise KnownError(f"{able.name} only sets pictures in motion.", "Use a text-to-image folder for keyframes.")
        if request.mend is not None and request.mend.means not in able.means:
            raise KnownError(f"{able.name} cannot mend by {request.mend.means}.", "Use a new seed.")

    def _call_for(self, request: RenderRequest) -> Call:
        able, settings = self._capabilities, self._settings
        is_clip = request.seam is Seam.CLIP
        known, drawn_as = self.describe(request.description)
        prompt = self._prompt(known, request.pressed)
        pipe = self._pipelines.motion if is_clip else self._pipelines.still
        defaults = inspect.signature(type(pipe).__call__).parameters
        steps = _first(
            settings.clip_num_inference_steps if is_clip else None,
            settings.num_inference_steps,
            _default(defaults, "num_inference_steps"),
        )
        guidance = _first(
            settings.clip_guidance_scale if is_clip else None,
            settings.guidance_scale,
            _default(defaults, "guidance_scale", "max_guidance_scale"),
        )
        if guidance > 1:
            # At 1 or less the checkpoint is meant to run without guidance, in half the time.
            guidance *= prompt.guidance_factor
        keyframe = request.keyframe
        if keyframe is not None:
            keyframe = sized(keyframe, able.width_px, able.height_px)
        call = Call(
            job_id=request.job_id,
            seam=request.seam,
            prompt=prompt.positive,
            negative_prompt=prompt.negative,
            seed=request.seed,
            num_inference_steps=int(steps),
            guidance_scale=float(guidance),
            width_px=able.width_px,
            height_px=able.height_px,
            asked_width_px=able.width_px,
            asked_height_px=able.height_px,
            num_frames=request.num_frames if is_clip else 1,
            keyframe=keyframe,
            pressed=request.pressed,
            drawn_as=tuple(dict.fromkeys((*drawn_as, *prompt.left_out))),
            patch=patch_for(request.mend, able.width_px, able.height_px, self._cell_px) if request.mend else None,
            references=() if is_clip or not able.takes_references else request.references,
        )
        return self._stepping_down.fitted(call)

    @property
    def _cell_px(self) -> int:
        """Side of the square that one latent stands for."""
        return int(getattr(self._pipelines.main, "vae_scale_factor", 8))

    def _still_for(self, call: Call) -> Any:
        return self._pipelines.mending(call.patch.means) if call.patch else self._pipelines.still

    def _prompt(self, known: FrameDescription, pressed: tuple[str, ...]) -> Prompt:
        if not self._pipelines.draws_stills:
            return Prompt(positive="", negative="")
        return compile_prompt(known, pressed, lexicon=self._capabilities.lexicon, fits=self._fits)

    def _fits(self, prompt: str) -> bool:
        return any(
            len(tokenizer(prompt, verbose=False).input_ids) <= tokenizer.model_max_length
            for tokenizer in self._tokenizers
        )

    def _render_batch(
        self, calls: Sequence[Call], on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        """Render calls together, in smaller batches where memory runs out; one outcome for each."""
        pieces = self._pieces(calls[0]) if calls else 1
        watch = Watch(calls, pieces, on_progress, is_cancelled, self._previews.jpegs)
        left = [self._stepping_down.fitted(call) for call in calls]
        while left:
            batch = left[: self._stepping_down.batch_limit]
            started = self._clock()
            try:
                frames = self._attempt(batch, watch)
            except Left as leaving:
                yield from (RenderCancelled(job_id=call.job_id) for call in batch if call.job_id in leaving.job_ids)
                left = [call for call in left if call.job_id not in leaving.job_ids]
                continue
            if isinstance(frames, KnownError):
                yield from (RenderFailed(job_id=call.job_id, error=frames) for call in batch)
                left = left[len(batch) :]
                continue
            if frames is None:
                left = [self._stepping_down.fitted(call) for call in left]
                continue
            seconds = (self._clock() - started) / len(batch)
            for index, (call, made) in enumerate(zip(batch, frames, strict=True)):
                if call.job_id in watch.leaving or is_cancelled(call.job_id):
                    yield RenderCancelled(job_id=call.job_id)
                else:
                    yield self._rendered(call, made, index, len(batch), seconds)
            left = left[len(batch) :]

    def _attempt(self, batch: Sequence[Call], watch: Watch) -> list[Frames] | KnownError | None:
        """Draw a batch.

        Returns:
            frames of each; or why there are none; or None where something was done that may mend it.
        """
        try:
            return self._draw(batch, watch)
        except KnownError as error:
            return error
        except (RuntimeError, ValueError, MemoryError, NotFinite, BlackedOut) as error:
            failure = error
        # Out here nothing but the error holds what was being drawn any more.
        try:
            if is_out_of_memory(failure):
                forget_frames(failure)
                if done := self._stepping_down.step(batch):
                    watch.tell_short_memory(done)
                    return None
            elif isinstance(failure, NotFinite) and self._stepping_down.raise_precision():
                return None
        except KnownError as error:
            return error
        return self._translated(failure)

    def _pieces(self, call: Call) -> int:
        if call.seam is not Seam.CLIP:
            return 1
        kept = call.patch.kept_frames if call.patch else 0
        return sum(start >= kept for start, _ in pieces_of(call.num_frames, self._capabilities.clip_frames))

    def _draw(self, batch: Sequence[Call], watch: Watch) -> list[Frames]:
        watch.begin(batch)
        self._previews.begin()
        if batch[0].seam is Seam.CLIP:
            return [self._draw_clip(batch[0], watch.on_step)]
        with self._pipelines.precision():
            frames = drawing.draw_stills(self._still_for(batch[0]), batch, watch.on_step)
        return [frame[None] for frame in frames]

    def _draw_clip(self, call: Call, on_step: drawing.OnStep) -> Frames:
        able = self._capabilities
        if call.keyframe is None:
            raise WrongUse("A clip needs the keyframe that it begins on.", "Give its circled keyframe.")
        frames: list[Frames] = []
        first, first_latents = call.keyframe, None
        kept = call.patch.kept_frames if call.patch else 0
        if call.patch:
            frames.append(call.patch.base[:kept])
            first = call.patch.base[kept - 1]
        for index, (start, _) in enumerate(pieces_of(call.num_frames, able.clip_frames)):
            if start < kept:
                continue
            with self._pipelines.precision():
                piece = drawing.draw_piece(
                    self._pipelines.motion,
                    call,
                    seed=piece_seed(call.seed, index),
                    first=first,
                    first_latents=first_latents,
                    # A motion module is at its best at the length that it was trained on.
                    length=able.clip_frames,
                    conditioning=self._settings.conditioning,
                    held_steps=self._settings.clip_held_steps,
                    rate=float(able.frame_rate),
                    on_step=on_step,
                )
            frames.append(piece.frames if index == 0 else piece.frames[1:])
            first, first_latents = piece.frames[-1], piece.last_latents
        return np.concatenate(frames)[: call.num_frames]

    def _rendered(self, call: Call, frames: Frames, index: int, size: int, seconds: float) -> Rendered:
        is_clip = call.seam is Seam.CLIP
        frame_rate = self._capabilities.frame_rate if is_clip else Fraction(0)
        extra: dict[str, Any] = {"hardware": self._pipelines.hardware.reason}
        if given_up := self._stepping_down.told(call):
            extra["stepped_down"] = given_up
        if call.is_smaller:
            extra["asked_size_px"] = [call.asked_width_px, call.asked_height_px]
        if call.patch is not None:
            extra["mended"] = call.patch.as_recipe
        if is_clip and call.keyframe is not None:
            pieces = pieces_of(call.num_frames, self._capabilities.clip_frames)
            extra["pieces"] = [list(piece) for piece in pieces]
            extra["piece_seeds"] = [piece_seed(call.seed, number) for number in range(len(pieces))]
            extra["conditioning"] = self._settings.conditioning
            extra["held_steps"] = self._settings.clip_held_steps
            extra["keyframe_digest"] = pixels_digest(call.keyframe)
            if not self._pipelines.draws_stills:
                extra["motion_bucket_id"] = drawing.MOTION_BUCKET_ID
                extra["noise_aug_strength"] = drawing.NOISE_AUG_STRENGTH
        return Rendered(
            job_id=call.job_id,
            frames=frames,
            frame_rate=frame_rate,
            recipe=recipe_of(
                call,
                pipe=self._pipelines.motion if is_clip else self._still_for(call),
                checkpoint=self._pipelines.checkpoint,
                hardware=self._pipelines.hardware,
                frame_rate=frame_rate,
                batch_index=index,
                batch_size=size,
                extra=extra,
            ),
            seconds=seconds,
        )

    def _translated(self, error: Exception) -> KnownError:
        name = self._capabilities.name
        if is_out_of_memory(error):
            known = KnownError(f"Memory ran out with {name}.", "Close other programs, or use a smaller checkpoint.")
        elif isinstance(error, NotFinite):
            known = KnownError(f"{name} gave numbers that are no picture.", "Check its files, or use another.")
        elif isinstance(error, BlackedOut):
            known = KnownError(f"The safety checker of {name} blacked the picture out.", "Change the shot or the seed.")
        else:
            known = KnownError(f"{name} could not draw this: {first_line(error)}", "Use another checkpoint.")
        known.__cause__ = error
        return known


def _first(*values: float | None) -> float:
    """The first value that somebody has set."""
    return next(value for value in values if value is not None)


def _default(parameters: Any, *names: str) -> float:
    """The default of the first parameter of these names that a pipeline has; 0 where it has none."""
    for name in names:
        if name in parameters and parameters[name].default not in (inspect.Parameter.empty, None):
            return parameters[name].default
    return 0.0
