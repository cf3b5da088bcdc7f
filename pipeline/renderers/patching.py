"""Says in pixels which rectangles of a take are drawn anew, and puts them into it. Light: no torch."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from pipeline.renderers.base import Frame, Frames, Mend
from storage.domain.findings import Region
from storage.domain.takes import Means
from storage.errors import WrongUse

KEYFRAME_MEANS = frozenset({Means.INPAINT, Means.IMAGE_TO_IMAGE})
CLIP_MEANS = frozenset({Means.LATER_FRAMES})

# The seam between old and new lies within this many pixels of a rectangle's edge.
_FEATHER_PX = 4

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Patch:
    """A `Mend` in the pixels of the picture that is drawn.

    Attributes:
        base: number x height x width x 3, of the picture's own size.
        base_digest: SHA-256 over the take's pixels as it was given, at its own size.
        boxes_px: left, top, right and bottom of what is drawn anew; empty where everything is.
        strength, kept_frames: see `Mend`.
        feather_px: radius of the blur between old and new.
    """

    means: Means
    base: Frames
    base_digest: str
    boxes_px: tuple[Box, ...] = ()
    strength: float = 1.0
    kept_frames: int = 0
    feather_px: int = _FEATHER_PX

    @property
    def as_recipe(self) -> dict[str, Any]:
        """What a recipe keeps of it: all but the pixels."""
        return {
            "means": str(self.means),
            "base_digest": self.base_digest,
            "boxes_px": [list(box) for box in self.boxes_px],
            "strength": self.strength,
            "kept_frames": self.kept_frames,
            "feather_px": self.feather_px,
        }

    @property
    def mask(self) -> npt.NDArray[np.uint8]:
        """height x width; 255 where the picture is drawn anew, else 0."""
        mask = np.zeros(self.base.shape[1:3], np.uint8)
        for left, top, right, bottom in self.boxes_px:
            mask[top:bottom, left:right] = 255
        return mask

    def resized(self, width_px: int, height_px: int, cell_px: int) -> "Patch":
        """The same in a picture of another size."""
        height, width = self.base.shape[1:3]
        if (width, height) == (width_px, height_px):
            return self
        shares = [
            Region(left=left / width, top=top / height, right=right / width, bottom=bottom / height)
            for left, top, right, bottom in self.boxes_px
        ]
        return replace(
            self,
            base=np.stack([sized(frame, width_px, height_px) for frame in self.base]),
            boxes_px=tuple(_box(share, width_px, height_px, cell_px, 0) for share in shares),
        )

    def put_into_base(self, made: Frame) -> Frame:
        """The take with what was drawn anew put into it; further out than twice the feather it keeps its pixels.

        Args:
            made: height x width x 3.
        """
        if not self.boxes_px:
            return made
        blurred = Image.fromarray(self.mask).filter(ImageFilter.BoxBlur(self.feather_px))
        share = np.asarray(blurred, np.float32)[..., None] / 255
        return (self.base[0] * (1 - share) + made * share).round().astype(np.uint8)


def patch_for(mend: Mend, width_px: int, height_px: int, cell_px: int) -> Patch:
    """Work out which pixels a mend is about.

    Args:
        width_px, height_px: of the picture that will be drawn.
        cell_px: side of what one latent stands for. Rectangles are made of whole cells, and of one more around:
            what drifted is rarely sharp at the edges of a finding's region.
    """
    base = np.ascontiguousarray(mend.base)
    return Patch(
        means=mend.means,
        base=np.stack([sized(frame, width_px, height_px) for frame in base]),
        base_digest=pixels_digest(base),
        boxes_px=tuple(_box(region, width_px, height_px, cell_px, 1) for region in mend.regions),
        strength=mend.strength,
        kept_frames=mend.kept_frames,
    )


def patch_of(recipe: Mapping[str, Any], base: Frames | None, width_px: int, height_px: int) -> Patch | None:
    """Read a patch back from a recipe's `extra`; None where nothing was mended.

    Raises:
        WrongUse: the take that it was mended from is missing, or is another.
    """
    kept = recipe.get("mended")
    if kept is None:
        return None
    if base is None or pixels_digest(base) != kept["base_digest"]:
        raise WrongUse("This take cannot be made again without the one it was mended from.", "Give that take's frames.")
    return Patch(
        means=Means(kept["means"]),
        base=np.stack([sized(frame, width_px, height_px) for frame in base]),
        base_digest=kept["base_digest"],
        boxes_px=tuple((box[0], box[1], box[2], box[3]) for box in kept["boxes_px"]),
        strength=kept["strength"],
        kept_frames=kept["kept_frames"],
        feather_px=kept["feather_px"],
    )


def pixels_digest(frames: npt.NDArray[np.uint8]) -> str:
    """SHA-256 over pixels."""
    return hashlib.sha256(np.ascontiguousarray(frames).tobytes()).hexdigest()


def sized(frame: Frame, width_px: int, height_px: int) -> Frame:
    """A frame at a given size."""
    if frame.shape[:2] == (height_px, width_px):
        return frame
    return np.asarray(Image.fromarray(frame).resize((width_px, height_px), Image.Resampling.LANCZOS))


def area_of(regions: Iterable[Region]) -> float:
    """Share of a picture that regions cover together, 0 to 1, to a hundredth of each side."""
    covered = np.zeros((100, 100), bool)
    for region in regions:
        left, top, right, bottom = _box(region, 100, 100, 1, 0)
        covered[top:bottom, left:right] = True
    return float(covered.mean())


def _box(region: Region, width_px: int, height_px: int, cell_px: int, more_cells: int) -> Box:
    """Whole cells around a region, and so many more on each side, within the picture."""

    def outward(low: float, high: float, side_px: int) -> tuple[int, int]:
        first = math.floor(round(low * side_px / cell_px, 6)) - more_cells
        last = math.ceil(round(high * side_px / cell_px, 6)) + more_cells
        return max(0, first * cell_px), min(side_px, max(first + 1, last) * cell_px)

    left, right = outward(region.left, region.right, width_px)
    top, bottom = outward(region.top, region.bottom, height_px)
    return left, top, right, bottom
