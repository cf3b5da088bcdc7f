"""`matchcut doctor`: what this machine has, what was chosen and why."""

import platform
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import click

from pipeline.hardware import choose_hardware, for_checkpoint
from pipeline.protocol import Found, Tried
from pipeline.renderers.base import Rendered
from pipeline.renderers.checkpoint import inspect
from pipeline.renderers.on_disk import find, standard_folders
from pipeline.resources import resources
from storage.domain.takes import Seam
from storage.errors import KnownError, WrongUse

_LIBRARIES = ("torch", "diffusers", "transformers", "langgraph", "PySide6-Essentials", "av", "opentimelineio")


def list_checkpoints(folders: Sequence[Path]) -> Found:
    """What is on disk, and how much memory there is.

    Args:
        folders: looked into before those where models usually lie.
    """
    import psutil

    memory = psutil.virtual_memory()
    checkpoints = find([*folders, *standard_folders()])
    return Found(free_bytes=memory.available, total_bytes=memory.total, checkpoints=checkpoints)


def tell_checkpoints(found: Found) -> None:
    """Print what `list_checkpoints` found."""
    for each in found.checkpoints:
        size = f"{each.width_px} x {each.height_px}" if each.width_px else "size not known"
        able = [each.makes, size, "references" if each.references else "no references"]
        able.append("image to video" if each.image_to_video else "no image to video")
        able.append(f"about {each.memory_bytes / 2**30:.1f} GiB")
        words = f"refused: {each.refused} {each.action}" if each.refused else ", ".join(able)
        click.echo(f"{each.name}: {words}\n    {each.checkpoint or 'pocket'}")


def try_frame(checkpoint: str, picture: Path, on_step: Callable[[int, int], None]) -> Tried:
    """Draw one frame with a checkpoint, into a file.

    Args:
        on_step: called with steps done and steps in all.

    Raises:
        WrongUse: it cannot be opened, or makes clips only.
        KnownError: the frame could not be drawn.
    """
    from PIL import Image

    from pipeline.description import FrameDescription, PersonDescription, Worn
    from pipeline.opening import open_by_name
    from pipeline.renderers.base import RenderFailed, RenderProgress, RenderRequest

    hardware = choose_hardware()
    began = time.monotonic()
    renderer = open_by_name(checkpoint, hardware)
    loaded = time.monotonic()
    try:
        able = renderer.capabilities
        if not able.batch_size:
            raise WrongUse(f"{able.name} makes clips only.", "Name a checkpoint that draws keyframes beside it.")
        coat = Worn(kind="coat", colour="yellow")
        woman = PersonDescription(hair_style="long", hair_colour="red", eyes="brown", garments=(coat,))
        wanted = FrameDescription(shot_size="medium shot", setting="beach", time_of_day="dusk", people=(woman,))
        request = RenderRequest(job_id=1, seam=Seam.KEYFRAME, description=wanted, seed=7)

        def tell(progress: RenderProgress) -> None:
            on_step(progress.step, progress.total)

        outcome = next(renderer.render([request], on_progress=tell, is_cancelled=lambda _: False))
        if isinstance(outcome, RenderFailed):
            raise outcome.error
        if not isinstance(outcome, Rendered):
            raise KnownError("The frame was not drawn.", "Try again.")
        Image.fromarray(outcome.frames[0]).save(picture)
    finally:
        renderer.close()
    return Tried(
        name=able.name,
        picture=str(picture),
        width_px=able.width_px,
        height_px=able.height_px,
        asked=wanted.prompt,
        loading_s=round(loaded - began, 1),
        drawing_s=round(outcome.seconds, 1),
        device=f"{hardware.device}, {hardware.autocast or hardware.dtype}",
    )


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
