"""A renderer and handoffs that pass things on corrupted, and remember what each picture really is."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.assembly.cut import CutPlan
from pipeline.bench.forwarding import ForwardingRenderer
from pipeline.bench.injections import Handoff, Injection, Injector, Kind, frames_digest
from pipeline.bench.mistakes import drawn_as, dropped, misread, said_slots, slot_words
from pipeline.description import FrameDescription
from pipeline.pocket import artist
from pipeline.renderers.artist_renderer import marked, marked_seed
from pipeline.renderers.base import (
    Frame,
    Frames,
    IsCancelled,
    OnProgress,
    Rendered,
    Renderer,
    RenderOutcome,
    RenderRequest,
)
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What is known of a picture or clip that left the renderer.

    Attributes:
        drawn: what was drawn, in the artist's words.
        seed: what was left open was decided by it.
        injections: that bear on it, those on the take that it mends among them; none where it is as drawn.
        mended: whether it was to put another take right.
    """

    drawn: FrameDescription
    seed: int
    injections: tuple[Injection, ...]
    mended: bool = False


class CorruptingHandoffs:
    """Corrupts requests and cuts before the critic compares them with the scene graph.

    Args:
        requests_too: whether keyframe requests are corrupted here, where they are checked; else the renderer does
            it, behind the check.
    """

    def __init__(self, injector: Injector, shot_of: Callable[[int], ShotId], *, requests_too: bool) -> None:
        self._injector = injector
        self._shot_of = shot_of
        self._requests_too = requests_too
        self.arrived: dict[int, Injection] = {}
        self.cuts: list[dict[ShotId, Injection]] = []
        self.assembling: Callable[[], None] = lambda: None

    def request(self, request: RenderRequest) -> RenderRequest:
        if request.seam is not Seam.KEYFRAME or not self._requests_too:
            return request
        asked = drawn_as(request.description)
        wrong, injection = self._injector.corrupt_request(self._shot_of(request.job_id), asked)
        self.arrived.pop(request.job_id, None)
        if injection is None:
            return request
        self.arrived[request.job_id] = injection
        return replace(request, description=wrong)

    def cut(self, plan: CutPlan) -> CutPlan:
        self.assembling()
        corrupted, injected = self._injector.corrupt_plan(Handoff.CUT, plan)
        self.cuts.append(injected)
        return corrupted


class CorruptingRenderer(ForwardingRenderer):
    """Draws with another renderer, and corrupts what it is asked and what it gives.

    Args:
        renderer: draws with the procedural artist.
        handoffs: says which requests arrived corrupted already.
        requests_too: whether keyframe requests are corrupted here.
        shot_of: the shot of a job.
    """

    def __init__(
        self,
        renderer: Renderer,
        injector: Injector,
        handoffs: CorruptingHandoffs,
        shot_of: Callable[[int], ShotId],
        *,
        requests_too: bool,
    ) -> None:
        super().__init__(renderer)
        self._injector = injector
        self._handoffs = handoffs
        self._shot_of = shot_of
        self._requests_too = requests_too
        self.made: dict[str, Made] = {}

    def render(
        self, requests: Sequence[RenderRequest], *, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        """See `Renderer.render`."""
        for request in requests:
            shot_id = self._shot_of(request.job_id)
            draw = self._keyframe if request.seam is Seam.KEYFRAME else self._clip
            yield from draw(request, shot_id, on_progress, is_cancelled)

    def _keyframe(
        self, request: RenderRequest, shot_id: ShotId, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        injections: list[Injection] = []
        if request.job_id in self._handoffs.arrived:
            injections.append(self._handoffs.arrived.pop(request.job_id))
        if self._requests_too:
            wrong, injection = self._injector.corrupt_request(shot_id, drawn_as(request.description))
            if injection is not None:
                request, injections = replace(request, description=wrong), [injection]
        for outcome in self._renderer.render([request], on_progress=on_progress, is_cancelled=is_cancelled):
            if isinstance(outcome, Rendered):
                drawn, seed = drawn_as(request.description), marked_seed(outcome.frames[0], request.seed)
                frame, injection = self._injector.corrupt_keyframe(shot_id, drawn, seed, outcome.frames[0], _draw)
                injections += [injection] if injection else []
                outcome = self._remember(request, outcome, frame[None], drawn, seed, injections)
            yield outcome

    def _clip(
        self, request: RenderRequest, shot_id: ShotId, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        injections: list[Injection] = []
        altered, later = request, None
        rng = self._injector.hit(Handoff.CLIP, shot_id)
        for kind in self._injector.kinds_of(Handoff.CLIP, rng) if rng else ():
            altered, what = self._altered_request(kind, request, shot_id, rng or random.Random())
            if altered is not request:
                injections.append(self._injector.note(Handoff.CLIP, kind, shot_id, what))
                break
            if kind in (Kind.SECOND_HALF, Kind.LATER_IRIS, Kind.LATER_COAT) and request.num_frames > 1:
                later = kind
                break
        assert request.keyframe is not None
        seed = marked_seed(request.keyframe, request.seed)
        for outcome in self._renderer.render([altered], on_progress=on_progress, is_cancelled=is_cancelled):
            if isinstance(outcome, Rendered):
                drawn, frames = drawn_as(altered.description), outcome.frames
                if later is not None and rng is not None:
                    frames, injection = self._later(later, drawn, seed, frames, shot_id, rng)
                    injections += [injection] if injection else []
                outcome = self._remember(request, outcome, frames, drawn, seed, injections)
            yield outcome

    def _altered_request(
        self, kind: Kind, request: RenderRequest, shot_id: ShotId, rng: random.Random
    ) -> tuple[RenderRequest, str]:
        """A clip's request as it arrives; the same one where this kind does not touch it."""
        asked = drawn_as(request.description)
        slots = said_slots(asked)
        if kind is Kind.WRONG_FRAME and (other := self._injector.other_shot(shot_id, rng)):
            wrong = _draw(self._injector.asked(other, Seam.KEYFRAME), request.seed)
            return replace(request, keyframe=wrong), ""
        if kind is Kind.WRONG_PROMPT and (other := self._injector.other_shot(shot_id, rng)):
            return replace(request, description=self._injector.asked(other, Seam.CLIP)), ""
        if kind is Kind.DROPPED and slots:
            slot = rng.choice(slots)
            return replace(request, description=dropped(asked, slot)), slot_words(slot)
        return request, ""

    def _later(
        self, kind: Kind, drawn: FrameDescription, seed: int, frames: Frames, shot_id: ShotId, rng: random.Random
    ) -> tuple[Frames, Injection | None]:
        """A finished clip with its second half altered; where the kind does not fit, the next one that does."""

        def redrawn(description: FrameDescription) -> Frames:
            return np.stack([drawing.pixels for drawing in artist.draw_clip(description, seed, len(frames))])

        for each in (kind, Kind.SECOND_HALF):
            changed, what = self._injector.corrupt_second_half(each, drawn, seed, frames, redrawn, rng)
            if changed is not None:
                return changed, self._injector.note(Handoff.CLIP, each, shot_id, what)
        wrong = redrawn(misread(drawn, rng.choice(said_slots(drawn)), rng))
        half = len(frames) // 2
        changed = np.concatenate([frames[:half], wrong[half:]])
        return changed, self._injector.note(Handoff.CLIP, Kind.SECOND_HALF, shot_id)

    def _remember(
        self,
        request: RenderRequest,
        outcome: Rendered,
        frames: Frames,
        drawn: FrameDescription,
        seed: int,
        injections: Sequence[Injection],
    ) -> Rendered:
        mended = self.made.get(frames_digest(request.mend.base)) if request.mend else None
        inherited = mended.injections if mended else ()
        self.made[frames_digest(frames)] = Made(
            drawn=drawn, seed=seed, injections=(*inherited, *injections), mended=request.mend is not None
        )
        return replace(outcome, frames=frames)


def _draw(description: FrameDescription, seed: int) -> Frame:
    return marked(artist.draw(description, seed).pixels, seed)
