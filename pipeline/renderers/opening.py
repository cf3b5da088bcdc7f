"""Opens a folder, or pocket, as a renderer."""

from pathlib import Path

from pipeline.hardware import Hardware, for_checkpoint
from pipeline.renderers.base import Renderer

POCKET_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "pocket"


def open_renderer(folder: Path | None, hardware: Hardware) -> Renderer:
    """Open a checkpoint on disk; nothing is ever downloaded.

    Args:
        folder: a diffusers folder; None for pocket.
        hardware: what `choose_hardware` chose.

    Raises:
        WrongUse: not a folder, not a diffusers folder, a class that cannot be used, weights
            as pickle only, or parts missing.
    """
    # Loading torch and diffusers takes seconds: the folder is looked at first.
    from pipeline.renderers.checkpoint import inspect

    checkpoint = inspect(folder or POCKET_FOLDER)

    from pipeline.pocket import lexicon
    from pipeline.renderers.diffusers_renderer import DiffusersRenderer
    from pipeline.renderers.loading import Pipelines

    def nearest(description):
        known, changes = lexicon.nearest(description)
        return known, tuple(change.words for change in changes)

    pipelines = Pipelines(checkpoint, for_checkpoint(hardware, checkpoint.weights_bytes))
    return DiffusersRenderer(pipelines, nearest if checkpoint.settings.lexicon else None)
