"""`matchcut doctor`: what this machine has, what was chosen and why."""

import platform
import sys
from importlib.metadata import version
from pathlib import Path

from pipeline.hardware import choose_hardware, for_checkpoint
from pipeline.renderers.checkpoint import inspect
from pipeline.resources import resources

_LIBRARIES = ("torch", "diffusers", "transformers", "langgraph", "PySide6-Essentials", "av", "opentimelineio")


def examine(checkpoint: str) -> dict[str, str]:
    """Look at machine and checkpoint.

    Args:
        checkpoint: folder of a diffusers checkpoint; empty for pocket.

    Returns:
        Topic → what was found, in words.

    Raises:
        WrongUse: the checkpoint cannot be opened.
    """
    found = inspect(Path(checkpoint) if checkpoint else resources() / "pocket")
    hardware = for_checkpoint(choose_hardware(), found.weights_bytes)
    gib = 2**30
    return {
        "device": hardware.device,
        "precision": f"{hardware.dtype}{f', multiplies in {hardware.autocast}' if hardware.autocast else ''}",
        "offload": hardware.offload,
        "memory": f"{hardware.free_bytes / gib:.1f} of {hardware.total_bytes / gib:.1f} GiB free",
        "why": hardware.reason,
        "checkpoint": f"{found.name}, {found.weights_bytes / 2**20:.0f} MiB",
        "critic": "judge found" if (resources() / "judge" / "judge.safetensors").is_file() else "the judge is missing",
        "python": f"{sys.version.split()[0]} on {platform.platform()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
    }
