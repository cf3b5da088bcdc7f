"""Works out picture sizes, clip lengths and batch sizes of a loaded checkpoint."""

from fractions import Fraction
from typing import Any

from pipeline.hardware import Hardware
from pipeline.renderers.base import Capabilities
from pipeline.renderers.checkpoint import Checkpoint
from pipeline.renderers.landscape import landscape
from pipeline.renderers.loading import Pipelines
from pipeline.renderers.patching import CLIP_MEANS

_GIB = 2**30
_SMALL_BYTES = _GIB // 2
_STABLE_VIDEO_SIZE = (1024, 576)
_ANIMATE_DIFF_FRAMES = 16
_ANIMATE_DIFF_RATE = 8
_STABLE_VIDEO_RATE = 7


def capabilities_of(pipelines: Pipelines) -> Capabilities:
    """What a checkpoint can make on its hardware: its own settings first, else defaults by its class."""
    checkpoint = pipelines.checkpoint
    settings = checkpoint.settings
    width, height = _default_size(pipelines)
    clip_frames = _clip_frames(pipelines)
    rate = settings.clip_rate or (_ANIMATE_DIFF_RATE if pipelines.draws_stills else _STABLE_VIDEO_RATE)
    return Capabilities(
        name=checkpoint.name,
        weights_digest=checkpoint.weights_digest,
        width_px=settings.width or width,
        height_px=settings.height or height,
        clip_frames=clip_frames,
        frame_rate=Fraction(rate) if clip_frames else Fraction(0),
        batch_size=(settings.batch_size or batch_size(checkpoint, pipelines.hardware)) if pipelines.draws_stills else 0,
        clip_batch_size=1 if clip_frames else 0,
        lexicon=settings.lexicon,
        max_people=settings.max_people,
        takes_references=pipelines.takes_references,
        means=pipelines.mends_stills_by | (CLIP_MEANS if clip_frames else frozenset()),
    )


def batch_size(checkpoint: Checkpoint, hardware: Hardware) -> int:
    """How many stills are drawn together."""
    if checkpoint.weights_bytes < _SMALL_BYTES:
        return 8
    if hardware.device != "cuda" or hardware.offload != "none":
        return 1
    spare = hardware.free_bytes - checkpoint.weights_bytes
    return 4 if spare > 8 * _GIB else 2 if spare > 4 * _GIB else 1


def _default_size(pipelines: Pipelines) -> tuple[int, int]:
    if not pipelines.draws_stills:
        return _STABLE_VIDEO_SIZE
    pipe: Any = pipelines.still
    factor = getattr(pipe, "vae_scale_factor", 8)
    denoiser: Any = getattr(pipe, "unet", None) or getattr(pipe, "transformer", None)
    sample = getattr(pipe, "default_sample_size", None) or getattr(denoiser.config, "sample_size", None) or 64
    if isinstance(sample, int):
        return landscape(sample * factor, 8 * factor)
    height, width = sample
    return width * factor, height * factor


def _clip_frames(pipelines: Pipelines) -> int:
    """Frames in one piece; 0 without a part for clips. Reads the motion adapter's configuration only."""
    checkpoint = pipelines.checkpoint
    if not pipelines.draws_stills:
        return checkpoint.settings.clip_frames or pipelines.motion.unet.config.num_frames
    if checkpoint.motion_adapter is None or type(pipelines.still).__name__.startswith("StableDiffusionXL"):
        return 0
    return checkpoint.settings.clip_frames or _ANIMATE_DIFF_FRAMES
