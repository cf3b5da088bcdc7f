"""Writes the whole recipe of a picture or clip, and reads one back."""

import math
import platform
from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pipeline.hardware import Hardware
from pipeline.renderers.base import NO_LOOKS, Frame, Frames, Mend, Reference, RenderRequest
from pipeline.renderers.calls import Call
from pipeline.renderers.checkpoint import Checkpoint
from pipeline.renderers.patching import CLIP_MEANS, KEYFRAME_MEANS, patch_of, sized
from storage.domain.digest import plain
from storage.domain.findings import Region
from storage.domain.takes import Means, MediaDigest, Recipe, Seam
from storage.errors import WrongUse

STORYBOARD = "storyboard"
SHOT = "shot"

_LIBRARIES = ("torch", "diffusers", "transformers", "tokenizers", "safetensors", "accelerate", "numpy", "pillow")


def agent_of(seam: Seam) -> str:
    """The agent whose work a seam is."""
    return SHOT if seam is Seam.CLIP else STORYBOARD


def library_versions(names: Sequence[str] = _LIBRARIES) -> dict[str, str]:
    """Versions of Python and of the libraries that are installed."""
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def checked_requests(requests: Sequence[RenderRequest]) -> None:
    """Refuse what no renderer could make.

    Raises:
        WrongUse: another seam than keyframe and clip, a clip without its keyframe or without length, or a mend
            that does not say what is to be done.
    """
    for request in requests:
        if request.seam not in (Seam.KEYFRAME, Seam.CLIP):
            raise WrongUse(f"A renderer makes keyframes and clips, not a {request.seam}.", "Ask another agent.")
        if request.seam is Seam.CLIP and request.keyframe is None:
            raise WrongUse("A clip needs the keyframe that it begins on.", "Approve a keyframe of this shot first.")
        if request.num_frames < 1:
            raise WrongUse(f"A clip cannot be {request.num_frames} frames long.", "Give the shot a duration.")
        if request.mend is not None:
            _check_mend(request.seam, request.mend, request.num_frames)


def _check_mend(seam: Seam, mend: Mend, num_frames: int) -> None:
    if mend.means not in (CLIP_MEANS if seam is Seam.CLIP else KEYFRAME_MEANS):
        raise WrongUse(f"A {seam} is not mended by {mend.means}.", "Begin it anew.")
    if mend.means is Means.INPAINT and not mend.regions:
        raise WrongUse("Nothing says where to inpaint.", "Give the region that drifted.")
    if not 0 < mend.strength <= 1:
        raise WrongUse(f"{mend.strength} is no strength.", "Give one above 0 and at most 1.")
    if mend.means is Means.LATER_FRAMES and not 0 < mend.kept_frames < min(num_frames, len(mend.base)):
        raise WrongUse(f"{mend.kept_frames} frames cannot be kept of this clip.", "Keep some, but not all.")


def recipe_of(
    call: Call,
    *,
    pipe: Any,
    checkpoint: Checkpoint,
    hardware: Hardware,
    frame_rate: Fraction,
    batch_index: int,
    batch_size: int,
    extra: Mapping[str, Any],
) -> Recipe:
    """The recipe of a call that a diffusers pipeline has answered."""
    scheduler = pipe.scheduler
    went_by = [
        {"media": each.media, "region": plain(each.region), "strength": each.strength} for each in call.references
    ]
    return Recipe(
        agent=agent_of(call.seam),
        checkpoint=checkpoint.name,
        weights_digest=checkpoint.weights_digest,
        pipeline=type(pipe).__name__,
        scheduler=type(scheduler).__name__,
        scheduler_config={
            key: _jsonable(value) for key, value in scheduler.config.items() if key != "_use_default_values"
        },
        prompt=call.prompt,
        negative_prompt=call.negative_prompt,
        drawn_as=call.drawn_as,
        seed=call.seed,
        num_inference_steps=call.num_inference_steps,
        guidance_scale=call.guidance_scale,
        width_px=call.width_px,
        height_px=call.height_px,
        num_frames=call.num_frames,
        frame_rate=frame_rate,
        dtype=hardware.autocast or hardware.dtype,
        device=hardware.device,
        batch_index=batch_index,
        batch_size=batch_size,
        pressed=call.pressed,
        library_versions=library_versions(),
        extra={
            **extra,
            **({"references": went_by} if went_by else {}),
            "weights_dtype": hardware.dtype,
            "offload": hardware.offload,
        },
    )


def _jsonable(value: Any) -> Any:
    """JSON types; what JSON has no word for (infinity, a type) as its name."""
    value = plain(value)
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def call_of(
    recipe: Recipe, keyframe: Frame | None, base: Frames | None = None, looks: Mapping[str, Frame] = NO_LOOKS
) -> Call:
    """What a recipe gives to a pipeline.

    Args:
        keyframe: the frame that a clip began on.
        base: the frames of the take that it was mended from.
        looks: the pictures that it went by, by digest.

    Raises:
        WrongUse: a clip's recipe without its keyframe, a mended take's without what it was mended from, or a
            look that it went by is not given.
    """
    seam = Seam.CLIP if recipe.agent == SHOT else Seam.KEYFRAME
    if seam is Seam.CLIP and keyframe is None:
        raise WrongUse("This clip cannot be made again without its keyframe.", "Give the keyframe that it began on.")
    try:
        references = tuple(
            Reference(
                media=MediaDigest(said["media"]),
                picture=looks[said["media"]],
                region=Region(**said["region"]),
                strength=said["strength"],
            )
            for said in recipe.extra.get("references", ())
        )
    except KeyError:
        raise WrongUse(
            "A look that this take went by is not there.", "Give every look that its recipe names."
        ) from None
    return Call(
        job_id=0,
        seam=seam,
        prompt=recipe.prompt,
        negative_prompt=recipe.negative_prompt,
        seed=recipe.seed,
        num_inference_steps=recipe.num_inference_steps,
        guidance_scale=recipe.guidance_scale,
        width_px=recipe.width_px,
        height_px=recipe.height_px,
        asked_width_px=recipe.width_px,
        asked_height_px=recipe.height_px,
        num_frames=recipe.num_frames,
        keyframe=None if keyframe is None else sized(keyframe, recipe.width_px, recipe.height_px),
        pressed=recipe.pressed,
        drawn_as=recipe.drawn_as,
        patch=patch_of(recipe.extra, base, recipe.width_px, recipe.height_px),
        references=references,
    )
