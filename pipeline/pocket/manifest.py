"""``matchcut.json``: what a renderer has to know about the pocket checkpoint beyond its diffusers folder."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.pocket import world
from pipeline.pocket.lexicon import LEXICON

FILE_NAME = "matchcut.json"
VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The sampling that pocket's figures are measured with.

    Attributes:
        num_inference_steps: of a still.
        guidance_scale: of a still.
        clip_num_inference_steps: of a clip.
        clip_guidance_scale: of a clip; 1 is none, which halves the cost.
        clip_held_steps: how many of a clip's first steps put every frame back on the keyframe.
    """

    num_inference_steps: int = 16
    guidance_scale: float = 3.0
    clip_num_inference_steps: int = 12
    clip_guidance_scale: float = 1.0
    clip_held_steps: int = 6


def write_manifest(folder: Path, settings: Settings) -> None:
    """Write ``matchcut.json`` into the checkpoint folder."""
    manifest = {
        "name": "pocket",
        "version": VERSION,
        "width": world.WIDTH_PX,
        "height": world.HEIGHT_PX,
        "clip_frames": world.CLIP_FRAMES,
        "clip_rate": str(world.CLIP_RATE),
        "conditioning": "every-frame",
        **asdict(settings),
        "lexicon": {attribute: list(words) for attribute, words in LEXICON.items()},
        "max_people": world.MAX_PEOPLE,
    }
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE_NAME}.new"
    fresh.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    fresh.replace(folder / FILE_NAME)
