"""What every renderer is asked and what it answers.

Light on purpose: numpy and the domain only, so that whoever dispatches work need not
load torch to speak of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pipeline.description import FrameDescription
from storage.domain.findings import Region
from storage.domain.takes import Means, MediaDigest, Recipe, Seam
from storage.errors import KnownError

Frame = npt.NDArray[np.uint8]
Frames = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mend:
    """A take that drifted, and what is to be done to it instead of beginning anew.

    Attributes:
        means: how; never `Means.NEW_SEED`, which begins anew.
        base: the frames of the take, number x height x width x 3, RGB; one frame for a keyframe.
        regions: for `INPAINT`: where it drifted. What lies well outside stays to the pixel.
        strength: for `INPAINT` and `IMAGE_TO_IMAGE`: share of the denoising that is done again, above 0, at most 1.
        kept_frames: for `LATER_FRAMES`: how many frames stay as they are; a piece of a chained clip ends there.
    """

    means: Means
    base: Frames
    regions: tuple[Region, ...] = ()
    strength: float = 1.0
    kept_frames: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """A look that a keyframe is to go by.

    Attributes:
        media: digest of the look's file, by which a recipe names it.
        picture: height x width x 3, RGB, of any size.
        region: where in the frame it holds.
        strength: how much it counts beside the words, above 0, at most 1.
    """

    media: MediaDigest
    picture: Frame
    region: Region
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RenderRequest:
    """One picture or clip to be made, complete in itself.

    Attributes:
        job_id: the job that waits for it; comes back with the answer.
        seam: `Seam.KEYFRAME` or `Seam.CLIP`.
        description: what to draw, in the film's own words.
        seed: of this request's own generator, 0 to 2**63 - 1.
        pressed: prompt phrases that an earlier take missed ("brown eyes"), asked for with more weight.
        keyframe: the frame that a clip begins on, height x width x 3, RGB; None for a keyframe.
        num_frames: length of a clip at the checkpoint's frame rate; may exceed what one
            piece holds, then pieces are chained. 1 for a keyframe.
        mend: the take to mend; None to begin anew.
        references: looks that a keyframe is to go by; only for renderers that take them.
    """

    job_id: int
    seam: Seam
    description: FrameDescription
    seed: int
    pressed: tuple[str, ...] = ()
    keyframe: Frame | None = None
    num_frames: int = 1
    mend: Mend | None = None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rendered:
    """A finished picture or clip.

    Attributes:
        frames: number x height x width x 3, RGB, 0 to 255; one frame for a keyframe.
        frame_rate: frames a second; 0 for a keyframe.
        recipe: everything that is needed to make it again.
        seconds: drawing it took, its share of the batch; a pause is none of it.
    """

    job_id: int
    frames: Frames
    frame_rate: Fraction
    recipe: Recipe
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderCancelled:
    """A person stopped it; nothing was kept."""

    job_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderFailed:
    """It could not be made, and why."""

    job_id: int
    error: KnownError


RenderOutcome = Rendered | RenderCancelled | RenderFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderProgress:
    """How far a batch has come.

    Attributes:
        job_ids: the requests that are being denoised together.
        step: steps done, from 0 to `total`; never goes back for a job.
        total: steps in all, every piece of a chained clip included.
        preview: a small JPEG of the denoising as it stands, or None.
        memory_short: what is done from now on because memory ran out ("batches of 4"); empty where it did not.
    """

    job_ids: tuple[int, ...]
    step: int
    total: int
    preview: bytes | None = None
    memory_short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a renderer can make.

    Attributes:
        name: of the checkpoint, as the director sees it.
        weights_digest: SHA-256 over the checkpoint's files.
        width_px, height_px: size of its pictures.
        clip_frames: frames in one piece of a clip; 0 where it cannot make clips.
        frame_rate: of its clips, frames a second; 0 where it cannot make clips.
        batch_size: keyframes that it renders together; 0 where it cannot make keyframes.
        clip_batch_size: clips that it renders together.
        lexicon: the only words that it knows, by attribute; None where it takes any word.
        max_people: the most people it can draw in one frame; None where nothing says.
        means: what it can do to a take that drifted; `Means.NEW_SEED` goes without saying.
        takes_references: whether its keyframes go by looks.
    """

    name: str
    weights_digest: str
    width_px: int
    height_px: int
    clip_frames: int
    frame_rate: Fraction
    batch_size: int
    clip_batch_size: int
    lexicon: Mapping[str, tuple[str, ...]] | None = None
    max_people: int | None = None
    means: frozenset[Means] = frozenset()
    takes_references: bool = False


NO_LOOKS: Mapping[str, Frame] = MappingProxyType({})

OnProgress = Callable[[RenderProgress], None]
IsCancelled = Callable[[int], bool]


class Renderer(Protocol):
    """Draws frame descriptions."""

    @property
    def capabilities(self) -> Capabilities: ...

    def describe(self, description: FrameDescription) -> tuple[FrameDescription, tuple[str, ...]]:
        """Say what will be drawn for a description, before drawing it.

        Returns:
            The description in words that the checkpoint knows, and a sentence part for
            each substitution ("hallway drawn as office"). Nothing is silently dropped.
        """
        ...

    def render(
        self, requests: Sequence[RenderRequest], *, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        """Render requests in batches; exactly one outcome for each, as it is ready.

        Args:
            requests: keyframes and clips, in any order and number.
            on_progress: called after each denoising step, on the calling thread.
            is_cancelled: asked with a job's id before and between steps; answers when work
                is to go on. A cancelled request leaves its batch; the others are rendered on.

        Raises:
            WrongUse: a request that no renderer could make (a clip without a keyframe, a mend without a region).
        """
        ...

    def replay(
        self,
        recipe: Recipe,
        *,
        keyframe: Frame | None = None,
        base: Frames | None = None,
        looks: Mapping[str, Frame] = NO_LOOKS,
    ) -> Frames:
        """Make a take's frames again from its recipe alone.

        Args:
            recipe: as `render` gave it.
            keyframe: the frame that a clip began on.
            base: the frames of the take that it was mended from.
            looks: the pictures that it went by, by the digests of their files.

        Returns:
            number x height x width x 3; the same picture, to the last bit on the same
            machine and libraries.

        Raises:
            WrongUse: the recipe belongs to another checkpoint, or lacks its keyframe or the take it was mended from.
        """
        ...

    def save_memory(self) -> str:
        """Need less memory from now on: the operating system killed a worker that drew with this.

        Returns:
            What is done, in a few words; empty where nothing is left to do.
        """
        ...

    def close(self) -> None:
        """Let go of weights and memory. The renderer cannot be used afterwards."""
        ...
