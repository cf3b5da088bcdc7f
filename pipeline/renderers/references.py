"""Gives looks to a pipeline as references, by an IP-Adapter in the checkpoint's folder.

The method is Ye et al., "IP-Adapter" (2023), as diffusers runs it, each picture held to its own part of the frame.
"""

import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from diffusers.image_processor import IPAdapterMaskProcessor
from diffusers.loaders import IPAdapterMixin
from PIL import Image

from pipeline.renderers.base import Reference
from storage.domain.findings import Region
from storage.errors import KnownError

# The denoiser of a pipeline with an IP-Adapter reads a picture in any case; at scale 0 it makes nothing of it.
_NOTHING = Image.new("RGB", (8, 8))


def can_take(pipe: Any) -> bool:
    """Whether an IP-Adapter can be put into a pipeline."""
    return "ip_adapter_image" in inspect.signature(pipe.__call__).parameters and isinstance(pipe, IPAdapterMixin)


def attach(pipe: Any, weights: Path, name: str) -> None:
    """Put an IP-Adapter into a pipeline.

    Args:
        weights: its safetensors, beside its `image_encoder/`.
        name: of the checkpoint, for what is said when it does not fit.

    Raises:
        KnownError: it was made for another kind of denoiser.
    """
    try:
        pipe.load_ip_adapter(weights.parent, subfolder="", weight_name=weights.name, local_files_only=True)
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise KnownError(
            f"The ip_adapter of {name} does not fit its denoiser.", "Use one that was trained for this checkpoint."
        ) from error


def is_attached(pipe: Any) -> bool:
    """Whether the pipeline's denoiser reads a picture beside the words."""
    return getattr(getattr(pipe, "unet", None), "encoder_hid_proj", None) is not None and can_take(pipe)


def reference_arguments(
    pipe: Any, references: Sequence[Reference], *, width_px: int, height_px: int
) -> Mapping[str, Any]:
    """What a call of a pipeline with an IP-Adapter needs, to go by these looks or by none."""
    if not references:
        pipe.set_ip_adapter_scale(0.0)
        return {"ip_adapter_image": [_NOTHING]}
    pipe.set_ip_adapter_scale([[each.strength for each in references]])
    drawn = [_mask(each.region, width_px, height_px) for each in references]
    masks = IPAdapterMaskProcessor().preprocess(drawn, height=height_px, width=width_px)
    return {
        "ip_adapter_image": [[Image.fromarray(each.picture) for each in references]],
        "cross_attention_kwargs": {"ip_adapter_masks": [masks.reshape(1, len(drawn), height_px, width_px)]},
    }


def _mask(region: Region, width_px: int, height_px: int) -> Image.Image:
    mask = np.zeros((height_px, width_px), np.uint8)
    left, right = round(region.left * width_px), round(region.right * width_px)
    mask[round(region.top * height_px) : round(region.bottom * height_px), left:right] = 255
    return Image.fromarray(mask)
