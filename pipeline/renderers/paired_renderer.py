"""Two checkpoints as one renderer: the first draws keyframes, the second sets them in motion."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.description import FrameDescription
from pipeline.renderers.base import (
    NO_LOOKS,
    Capabilities,
    Frame,
    Frames,
    IsCancelled,
    OnProgress,
    Renderer,
    RenderOutcome,
    RenderRequest,
)
from pipeline.renderers.patching import CLIP_MEANS, KEYFRAME_MEANS
from pipeline.renderers.recipes import SHOT, checked_requests
from storage.domain.digest import digest
from storage.domain.takes import Recipe, Seam


class PairedRenderer:
    """Sends each request to the checkpoint that can make it.

    Args:
        keyframes: draws from words.
        clips: sets a keyframe in motion, at its own size.
    """

    def __init__(self, keyframes: Renderer, clips: Renderer) -> None:
        self._keyframes = keyframes
        self._clips = clips

    @property
    def capabilities(self) -> Capabilities:
        still, moving = self._keyframes.capabilities, self._clips.capabilities
        return replace(
            still,
            name=f"{still.name} with {moving.name}",
            weights_digest=digest([still.weights_digest, moving.weights_digest]),
            clip_frames=moving.clip_frames,
            frame_rate=moving.frame_rate,
            clip_batch_size=moving.clip_batch_size,
            means=still.means & KEYFRAME_MEANS | moving.means & CLIP_MEANS,
        )

    def describe(self, description: FrameDescription) -> tuple[FrameDescription, tuple[str, ...]]:
        """See `Renderer.describe`."""
        return self._keyframes.describe(description)

    def render(
        self, requests: Sequence[RenderRequest], *, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        """See `Renderer.render`."""
        checked_requests(requests)
        return self._render(requests, on_progress, is_cancelled)

    def replay(
        self,
        recipe: Recipe,
        *,
        keyframe: Frame | None = None,
        base: Frames | None = None,
        looks: Mapping[str, Frame] = NO_LOOKS,
    ) -> Frames:
        """See `Renderer.replay`."""
        renderer = self._clips if recipe.agent == SHOT else self._keyframes
        return renderer.replay(recipe, keyframe=keyframe, base=base, looks=looks)

    def save_memory(self) -> str:
        """See `Renderer.save_memory`."""
        done = (renderer.save_memory() for renderer in (self._keyframes, self._clips))
        return "; ".join(dict.fromkeys(words for words in done if words))

    def close(self) -> None:
        """See `Renderer.close`."""
        self._keyframes.close()
        self._clips.close()

    def _render(
        self, requests: Sequence[RenderRequest], on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        for renderer, seam in ((self._keyframes, Seam.KEYFRAME), (self._clips, Seam.CLIP)):
            asked = [request for request in requests if request.seam is seam]
            if asked:
                yield from renderer.render(asked, on_progress=on_progress, is_cancelled=is_cancelled)
