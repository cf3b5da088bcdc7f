"""Takes weights over from an earlier checkpoint, so that a new run does not begin from nothing."""

import logging
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

_log = logging.getLogger(__name__)


def take_over(module: nn.Module, folder: Path, *, leave: str = "") -> int:
    """Copy every weight of equal name and shape, and log how many there were.

    Args:
        module: changed in place.
        folder: holds one or more safetensors files.
        leave: weights with this in their name are not taken; empty takes all.

    Returns:
        How many tensors were taken.

    Raises:
        FileNotFoundError: there is no safetensors file.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise FileNotFoundError(f"no weights in {folder}")
    own, taken = module.state_dict(), 0
    for file in files:
        for name, tensor in load_file(file).items():
            if leave and leave in name:
                continue
            if name in own and own[name].shape == tensor.shape:
                with torch.no_grad():
                    own[name].copy_(tensor)
                taken += 1
    _log.info(f"{taken} of {len(own)} tensors of {type(module).__name__} taken from {folder.name}")
    return taken
