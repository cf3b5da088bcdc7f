"""Opens a folder, or pocket, as a renderer."""

from pathlib import Path

from pipeline.description import FrameDescription
from pipeline.hardware import Hardware, for_checkpoint
from pipeline.pocket import lexicon, world
from pipeline.renderers.base import Renderer
from pipeline.renderers.checkpoint import Checkpoint, inspect
from pipeline.renderers.paired_renderer import PairedRenderer
from pipeline.resources import resources

POCKET_FOLDER = resources() / "pocket"
CLIPS_NAME = "image_to_video"


def open_renderer(folder: Path | None, hardware: Hardware) -> Renderer:
    """Open a checkpoint on disk; nothing is ever downloaded.

    A text-to-image folder that cannot make clips itself is paired with the image-to-video
    folder that lies in it or beside it under the name ``image_to_video``.

    Args:
        folder: a diffusers folder; None for pocket.
        hardware: what `choose_hardware` chose.

    Raises:
        WrongUse: not a folder, not a diffusers folder, a class that cannot be used, weights
            as pickle only, or parts missing.
    """
    renderer = _open(inspect(folder or POCKET_FOLDER), hardware)
    able = renderer.capabilities
    home = folder or POCKET_FOLDER
    beside = next((each for each in (home / CLIPS_NAME, home.parent / CLIPS_NAME) if each.is_dir()), None)
    if beside is None or able.clip_frames or not able.batch_size:
        return renderer
    return PairedRenderer(renderer, _open(inspect(beside), hardware))


def _open(checkpoint: Checkpoint, hardware: Hardware) -> Renderer:
    # Loading torch and diffusers takes seconds: the folder is looked at first.
    from pipeline.renderers.diffusers_renderer import DiffusersRenderer
    from pipeline.renderers.loading import Pipelines

    pipelines = Pipelines(checkpoint, for_checkpoint(hardware, checkpoint.weights_bytes))
    known_words = checkpoint.settings.lexicon
    max_people = checkpoint.settings.max_people or world.MAX_PEOPLE
    if not known_words:
        return DiffusersRenderer(pipelines, None)

    def describe(description: FrameDescription) -> tuple[FrameDescription, tuple[str, ...]]:
        known, changes = lexicon.nearest(description, known_words, max_people)
        return known, tuple(change.words for change in changes)

    return DiffusersRenderer(pipelines, describe)
