"""What one picture or clip gives to a diffusers pipeline. Light: no torch."""

from dataclasses import dataclass
from typing import Any

from pipeline.renderers.base import Frame, Reference
from pipeline.renderers.patching import Patch
from storage.domain.takes import Seam


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call:
    """What one picture or clip gives to a pipeline.

    Attributes:
        width_px, height_px: as it is drawn.
        asked_width_px, asked_height_px: as it would be drawn if there were memory enough.
        num_frames: 1 for a still.
        keyframe: height x width x 3, of the call's own size; None for a still.
        patch: what is mended, in the call's own size; None where it begins anew.
        references: looks that a still goes by.
    """

    job_id: int
    seam: Seam
    prompt: str
    negative_prompt: str
    seed: int
    num_inference_steps: int
    guidance_scale: float
    width_px: int
    height_px: int
    asked_width_px: int
    asked_height_px: int
    num_frames: int = 1
    keyframe: Frame | None = None
    pressed: tuple[str, ...] = ()
    drawn_as: tuple[str, ...] = ()
    patch: Patch | None = None
    references: tuple[Reference, ...] = ()

    @property
    def is_smaller(self) -> bool:
        """Whether memory was too short for the size that was asked for."""
        return (self.width_px, self.height_px) != (self.asked_width_px, self.asked_height_px)

    @property
    def kind(self) -> tuple[Any, ...]:
        """Calls of one kind can share a batch."""
        how = (self.patch.means, self.patch.strength) if self.patch else ()
        # diffusers gives the same references to all pictures of a batch.
        by = tuple((each.media, each.region) for each in self.references)
        return (self.seam, self.num_inference_steps, self.guidance_scale, self.width_px, self.height_px, by, *how)
