"""A renderer that stands before another one, and answers as that one does wherever it does not say otherwise."""

from collections.abc import Mapping

from pipeline.description import FrameDescription
from pipeline.renderers.base import NO_LOOKS, Capabilities, Frame, Frames, Renderer
from storage.domain.takes import Recipe


class ForwardingRenderer:
    """What every renderer of the benchmark has in common; `render` is theirs."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def capabilities(self) -> Capabilities:
        return self._renderer.capabilities

    def describe(self, description: FrameDescription) -> tuple[FrameDescription, tuple[str, ...]]:
        """See `Renderer.describe`."""
        return self._renderer.describe(description)

    def replay(
        self,
        recipe: Recipe,
        *,
        keyframe: Frame | None = None,
        base: Frames | None = None,
        looks: Mapping[str, Frame] = NO_LOOKS,
    ) -> Frames:
        """See `Renderer.replay`."""
        return self._renderer.replay(recipe, keyframe=keyframe, base=base, looks=looks)

    def save_memory(self) -> str:
        """See `Renderer.save_memory`."""
        return self._renderer.save_memory()

    def close(self) -> None:
        """Leaves the other renderer open: it draws for every arm."""
