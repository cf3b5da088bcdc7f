"""Finds checkpoints on disk and says what each can do, from its small files alone: no weights are read."""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.protocol import FoundCheckpoint
from pipeline.renderers.checkpoint import ANIMATE_DIFF, STABLE_VIDEO, Checkpoint, inspect
from pipeline.resources import ARTIST, resources
from storage.errors import WrongUse

_DEEPEST = 4
_MOST = 200
_DEFAULT_FACTOR = 8
_STABLE_VIDEO_SIZE = (1024, 576)
# Where people and their tools keep models. They are looked into, never written to.
_STANDARD = ("~/models", "~/Models", "~/invokeai/models", "~/ComfyUI/models/diffusers", "~/stable-diffusion")


def standard_folders() -> tuple[Path, ...]:
    """Where models usually lie on this machine, as far as these folders are there."""
    cache = os.environ.get("HF_HUB_CACHE") or Path(os.environ.get("HF_HOME", "~/.cache/huggingface")) / "hub"
    wanted = (Path(folder).expanduser() for folder in (cache, *_STANDARD))
    return tuple(folder for folder in dict.fromkeys(wanted) if folder.is_dir())


def find(folders: Iterable[Path]) -> tuple[FoundCheckpoint, ...]:
    """What ships, then every diffusers folder in some folders, four levels deep; a folder may be one itself."""
    found = [_shipped_pocket(), _artist()]
    seen: set[Path] = set()
    for folder in folders:
        for home in _homes(folder, _DEEPEST):
            place = home.resolve()
            if place not in seen and len(found) < _MOST:
                seen.add(place)
                found.append(look_at(home))
        if not folder.is_dir():
            sentence, action = f"{folder} is not there.", "Mount its disk, or leave it."
            found.append(FoundCheckpoint(checkpoint=str(folder), name=folder.name, refused=sentence, action=action))
    return tuple(found)


def look_at(folder: Path) -> FoundCheckpoint:
    """One folder; a refusal is an answer too."""
    try:
        found = inspect(folder, with_digest=False)
    except WrongUse as error:
        return FoundCheckpoint(
            checkpoint=str(folder), name=_name_of(folder), refused=error.sentence, action=error.action
        )
    return _told(found, str(folder), _name_of(folder) if not found.settings.name else found.name)


def _told(found: Checkpoint, checkpoint: str, name: str, *, ships: bool = False) -> FoundCheckpoint:
    paired = any((home / "image_to_video").is_dir() for home in (found.folder, found.folder.parent))
    draws = found.pipeline_class != STABLE_VIDEO
    makes_clips = not draws or paired or found.motion_adapter is not None or found.pipeline_class in ANIMATE_DIFF
    width, height = found.settings.width, found.settings.height
    if not width or not height:
        width, height = _STABLE_VIDEO_SIZE if not draws else _size_of(found.folder)
    # Weights saved as half take twice the room in float32; activations come on top.
    grows = 2 if found.variant == "fp16" else 1
    return FoundCheckpoint(
        checkpoint=checkpoint,
        name=name,
        makes="keyframes and clips" if draws and makes_clips else "keyframes" if draws else "clips",
        width_px=width,
        height_px=height,
        references=found.ip_adapter is not None,
        image_to_video=not draws or paired or found.sparsectrl is not None,
        weights_bytes=found.weights_bytes,
        memory_bytes=round(found.weights_bytes * grows * 1.4),
        ships=ships,
    )


def _size_of(folder: Path) -> tuple[int, int]:
    """Width and height that the denoiser was trained on, made landscape; 0 where its files do not say."""
    from pipeline.renderers.landscape import landscape

    for part in ("unet", "transformer"):
        side = _number(_config(folder / part), "sample_size")
        if side:
            blocks = _config(folder / "vae").get("block_out_channels")
            factor = 2 ** (len(blocks) - 1) if isinstance(blocks, list) and len(blocks) > 1 else _DEFAULT_FACTOR
            return landscape(side * factor, 8 * factor)
    return 0, 0


def _number(config: dict[str, Any], key: str) -> int:
    value = config.get(key)
    return value if isinstance(value, int) else 0


def _config(part: Path) -> dict[str, Any]:
    try:
        content = json.loads((part / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _homes(folder: Path, deepest: int) -> Sequence[Path]:
    """Diffusers folders in a folder, without going into one of them."""
    if (folder / "model_index.json").is_file():
        return (folder,)
    if not deepest or not folder.is_dir():
        return ()
    try:
        inside = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError:
        return ()
    return tuple(home for each in inside for home in _homes(each, deepest - 1))


def _name_of(folder: Path) -> str:
    """A folder as people call it: "models--maker--name/snapshots/1a2b" is "maker/name"."""
    for part in reversed(folder.parts):
        if part.startswith("models--"):
            return part.removeprefix("models--").replace("--", "/")
    return folder.name


def _shipped_pocket() -> FoundCheckpoint:
    return _told(inspect(resources() / "pocket", with_digest=False), "", "pocket", ships=True)


def _artist() -> FoundCheckpoint:
    from pipeline.pocket import world

    return FoundCheckpoint(
        checkpoint=ARTIST,
        name="procedural artist",
        makes="keyframes and clips",
        width_px=world.WIDTH_PX,
        height_px=world.HEIGHT_PX,
        image_to_video=True,
        ships=True,
    )
