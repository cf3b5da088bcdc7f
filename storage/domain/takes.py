"""Takes, their recipes and the inputs that they were made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, NewType

from storage.domain.scene_graph import ShotId

TakeId = NewType("TakeId", int)
MediaDigest = NewType("MediaDigest", str)


class Seam(StrEnum):
    """A handoff at which a director decides. Also the kind of what is decided there."""

    SCRIPT = "script"
    KEYFRAME = "keyframe"
    CLIP = "clip"
    CUT = "cut"


class Means(StrEnum):
    """How a drift is answered.

    INPAINT: only the regions that drifted are drawn anew, the rest stays to the pixel. IMAGE_TO_IMAGE: the whole
    picture is drawn anew over the old one. LATER_FRAMES: of a clip, the frames from the piece that drifted on.
    NEW_SEED: everything, from the beginning, with what was missed pressed.
    """

    INPAINT = "inpaint"
    IMAGE_TO_IMAGE = "image to image"
    LATER_FRAMES = "later frames"
    NEW_SEED = "new seed"

    @property
    def builds_on(self) -> bool:
        """Whether pixels of the take that drifted go in."""
        return self is not Means.NEW_SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What a take was made for, where one before it had drifted.

    Attributes:
        of: the take whose drift it answers: the best one of its round so far.
        missed: keys of the constraints that were not right in that one.
    """

    means: Means
    of: TakeId
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that is needed to make a take again.

    Attributes:
        agent: who made it ("storyboard", "shot", "assembly").
        checkpoint: name of the checkpoint that it was drawn with.
        weights_digest: SHA-256 over the checkpoint's files.
        pipeline: class name of the diffusers pipeline, or of our renderer.
        scheduler: class name of the noise scheduler.
        scheduler_config: its configuration.
        prompt, negative_prompt: what the text encoder was given.
        drawn_as: each substitution of a word that the checkpoint does not know.
        seed: of this take's own generator.
        width_px, height_px: size of the picture.
        num_frames: 1 for a keyframe.
        frame_rate: frames a second; 0 for a keyframe.
        batch_index, batch_size: its place in the batch that it was rendered in.
        pressed: attributes that an earlier take missed and this one asks for with more weight.
        library_versions: of each library that took part.
        extra: what only this kind of take has (pieces of a chained clip, cut list).
    """

    agent: str
    checkpoint: str = ""
    weights_digest: str = ""
    pipeline: str = ""
    scheduler: str = ""
    scheduler_config: Mapping[str, Any]
    prompt: str = ""
    negative_prompt: str = ""
    drawn_as: tuple[str, ...] = ()
    seed: int = 0
    num_inference_steps: int = 0
    guidance_scale: float = 0.0
    width_px: int
    height_px: int
    num_frames: int = 1
    frame_rate: Fraction = Fraction(0)
    dtype: str = ""
    device: str = ""
    batch_index: int = 0
    batch_size: int = 1
    pressed: tuple[str, ...] = ()
    library_versions: Mapping[str, str]
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One immutable attempt. Its recipe and its inputs are kept beside it, by its id.

    Attributes:
        shot_id: None for a cut, which is of the whole film.
        number: counts from 1 within its shot and seam (within the film for a cut); never used again.
        round: what this attempt was one of: the same inputs, since the same requests for changes.
        attempt: counts from 1 within its round.
        poster: a small JPEG of it.
        num_frames, frame_rate: 1 and 0 for a keyframe.
        inputs_digest: digest of all its inputs together; see `staleness`.
        graph_revision: the scene graph that it was made from.
        planted: put in by a test or a demonstration; never counted with what the renderer made.
        seconds: how long it took to make.
        length_digest: for a clip: of the length that its shot had then, which is among its inputs; else empty.
        mending: what it was to put right; None for the first of a round.
    """

    id: TakeId
    seam: Seam
    shot_id: ShotId | None
    number: int
    round: str
    attempt: int
    media: MediaDigest
    media_suffix: str
    poster: MediaDigest | None
    num_frames: int
    frame_rate: Fraction
    width_px: int
    height_px: int
    recipe_digest: str
    inputs_digest: str
    graph_revision: int
    planted: bool
    seconds: float
    created_at: str
    length_digest: str = ""
    mending: Mending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInput:
    """One thing that a take was made from, and the digest of its value then.

    `key` starts with its kind: "constraint:", "shot:", "look:", "take:", "checkpoint:".
    """

    key: str
    digest: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleReason:
    """Why a take is stale, in a sentence that a director can read."""

    key: str
    sentence: str
