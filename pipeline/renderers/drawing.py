"""Calls the diffusers pipelines: a batch of stills, or one piece of a clip."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from diffusers import AnimateDiffSparseControlNetPipeline, StableVideoDiffusionPipeline
from diffusers.utils.torch_utils import randn_tensor
from PIL import Image

from pipeline.renderers.base import Frame, Frames
from pipeline.renderers.calls import Call
from pipeline.renderers.preview import encode_frames
from pipeline.renderers.references import is_attached, reference_arguments

# Called after each step: steps done, of how many, and the latents of each picture or clip.
OnStep = Callable[[int, int, torch.Tensor], None]

MOTION_BUCKET_ID = 127
NOISE_AUG_STRENGTH = 0.02


class NotFinite(Exception):
    """The checkpoint's numbers ran out of range: there is no picture."""


class BlackedOut(Exception):
    """The checkpoint's own safety checker painted a picture black."""


def seeded(seed: int) -> torch.Generator:
    """A generator on the processor, whose numbers are the same whatever device draws."""
    return torch.Generator("cpu").manual_seed(seed)


def draw_stills(pipe: Any, calls: Sequence[Call], on_step: OnStep) -> Frames:
    """Draw a batch of stills of one kind, each with its own generator, or mend them.

    Args:
        pipe: text to image; inpainting or image to image where the calls have a patch.

    Returns:
        number x height x width x 3.
    """
    first = calls[0]
    accepted = inspect.signature(pipe.__call__).parameters
    arguments: dict[str, Any] = {
        "prompt": [call.prompt for call in calls],
        "negative_prompt": [call.negative_prompt for call in calls],
        "width": first.width_px,
        "height": first.height_px,
        "num_frames": 1,
        "num_inference_steps": first.num_inference_steps,
        "guidance_scale": first.guidance_scale,
        "generator": [seeded(call.seed) for call in calls],
        "output_type": "np",
        "callback_on_step_end": _callback(on_step),
    }
    patches = [call.patch for call in calls if call.patch]
    if patches:
        arguments["image"] = [Image.fromarray(patch.base[0]) for patch in patches]
        arguments["mask_image"] = [Image.fromarray(patch.mask) for patch in patches]
        # At least one step is to be done, whatever its share.
        arguments["strength"] = max(patches[0].strength, 1 / first.num_inference_steps)
    if is_attached(pipe):
        arguments |= reference_arguments(pipe, first.references, width_px=first.width_px, height_px=first.height_px)
    output = pipe(**{name: value for name, value in arguments.items() if name in accepted})
    if any(getattr(output, "nsfw_content_detected", None) or ()):
        raise BlackedOut
    frames = to_pixels(output.images if hasattr(output, "images") else output.frames[:, 0])
    if not patches:
        return frames
    return np.stack([patch.put_into_base(frame) for patch, frame in zip(patches, frames, strict=True)])


def to_pixels(images: Any) -> Frames:
    """Turn floats from 0 to 1 into bytes.

    Raises:
        NotFinite: where some are not numbers.
    """
    values = np.asarray(images)
    if not np.isfinite(values).all():
        raise NotFinite
    return (np.clip(values, 0, 1) * 255).round().astype(np.uint8)


def _callback(on_step: OnStep, change: Callable[[Any, int, torch.Tensor], torch.Tensor] | None = None) -> Any:
    def on_step_end(pipe: Any, index: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        latents = tensors["latents"]
        if change is not None:
            latents = change(pipe, index, latents)
        on_step(index + 1, pipe.num_timesteps, latents)
        return {"latents": latents}

    return on_step_end


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """One stretch of a clip.

    Attributes:
        frames: number x height x width x 3.
        last_latents: of its last frame, channels x height x width, for the next piece to begin on.
    """

    frames: Frames
    last_latents: torch.Tensor


def draw_piece(
    pipe: Any,
    call: Call,
    *,
    seed: int,
    first: Frame,
    first_latents: torch.Tensor | None,
    length: int,
    conditioning: str,
    held_steps: int,
    rate: float,
    on_step: OnStep,
) -> Piece:
    """Make one piece of a clip, whose first frame is given.

    After each step the first frame's latents are set to those of the given frame with the
    noise that the next step expects, so that the others are drawn to go with it.

    Args:
        first: the frame that the piece begins on.
        first_latents: its latents where they are known from the piece before; else it is encoded.
        length: frames in the piece, `first` included.
        held_steps: for so many steps every frame is set so, not the first alone: a weak motion module
            then starts from the keyframe's composition.
        conditioning: "first-frame" or "every-frame": where SparseCtrl shows `first`.
        rate: frames a second that Stable Video Diffusion is told.
    """
    clean = encode_frames(pipe.vae, first[None], pipe._execution_device)[0] if first_latents is None else first_latents
    is_stable_video = isinstance(pipe, StableVideoDiffusionPipeline)
    # Stable Video Diffusion has frames before channels, AnimateDiff after.
    frame_dim = 1 if is_stable_video else 2
    shape = (1, length, *clean.shape) if is_stable_video else (1, clean.shape[0], length, *clean.shape[1:])
    noise = randn_tensor(shape, generator=seeded(seed), device=clean.device, dtype=clean.dtype)
    first_noise = noise.select(frame_dim, 0)
    last_latents = clean

    def pin(running: Any, index: int, latents: torch.Tensor) -> torch.Tensor:
        nonlocal last_latents
        timesteps = running.scheduler.timesteps
        target = clean[None]
        if index + 1 < len(timesteps):
            target = running.scheduler.add_noise(target, first_noise, timesteps[index + 1 : index + 2])
        latents = latents.clone()
        latents.select(frame_dim, 0).copy_(target)
        if index < min(held_steps, len(timesteps) - 1):
            still = clean[None].unsqueeze(frame_dim).expand_as(noise)
            latents.copy_(running.scheduler.add_noise(still, noise, timesteps[index + 1 : index + 2]))
        last_latents = latents.select(frame_dim, -1)[0]
        return latents

    arguments: dict[str, Any] = {
        "width": call.width_px,
        "height": call.height_px,
        "num_frames": length,
        "num_inference_steps": call.num_inference_steps,
        "generator": [seeded(seed)],
        "latents": noise,
        "output_type": "np",
        "callback_on_step_end": _callback(on_step, pin),
        **_conditions(pipe, call, first, length, conditioning, rate),
    }
    # SparseCtrl samples its condition's latents from the global generator.
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        output = pipe(**arguments)
    return Piece(frames=to_pixels(output.frames)[0], last_latents=last_latents)


def _conditions(pipe: Any, call: Call, first: Frame, length: int, conditioning: str, rate: float) -> Mapping[str, Any]:
    picture = Image.fromarray(first)
    if isinstance(pipe, StableVideoDiffusionPipeline):
        return {
            "image": [picture],
            "max_guidance_scale": call.guidance_scale,
            "fps": round(rate),
            "motion_bucket_id": MOTION_BUCKET_ID,
            "noise_aug_strength": NOISE_AUG_STRENGTH,
            "decode_chunk_size": 8,
        }
    words = {
        "prompt": [call.prompt],
        "negative_prompt": [call.negative_prompt],
        "guidance_scale": call.guidance_scale,
    }
    if not isinstance(pipe, AnimateDiffSparseControlNetPipeline):
        return words
    shown_at = list(range(length)) if conditioning == "every-frame" else [0]
    return {**words, "conditioning_frames": [picture] * len(shown_at), "controlnet_frame_indices": shown_at}
