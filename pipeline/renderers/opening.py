"""Opens a folder, or pocket, as a renderer."""

from pathlib import Path

from pipeline.description import FrameDescription
from pipeline.hardware import Hardware, for_checkpoint
from pipeline.pocket import lexicon
from pipeline.renderers.base import Renderer
from pipeline.renderers.checkpoint import inspect
from pipeline.resources import resources

POCKET_FOLDER = resources() / "pocket"


def open_renderer(folder: Path | None, hardware: Hardware) -> Renderer:
    """Open a checkpoint on disk; nothing is ever downloaded.

    Args:
        folder: a diffusers folder; None for pocket.
        hardware: what `choose_hardware` chose.

    Raises:
        WrongUse: not a folder, not a diffusers folder, a class that cannot be used, weights
            as pickle only, or parts missing.
    """
    checkpoint = inspect(folder or POCKET_FOLDER)
    # Loading torch and diffusers takes seconds: the folder is looked at first.
    from pipeline.renderers.diffusers_renderer import DiffusersRenderer
    from pipeline.renderers.loading import Pipelines

    pipelines = Pipelines(checkpoint, for_checkpoint(hardware, checkpoint.weights_bytes))
    return DiffusersRenderer(pipelines, _nearest if checkpoint.settings.lexicon else None)


def _nearest(description: FrameDescription) -> tuple[FrameDescription, tuple[str, ...]]:
    known, changes = lexicon.nearest(description)
    return known, tuple(change.words for change in changes)
