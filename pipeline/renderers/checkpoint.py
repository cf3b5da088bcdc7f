"""Reads what a diffusers folder on disk is, and refuses what cannot or must not be opened."""

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storage.errors import WrongUse

SETTINGS_NAME = "matchcut.json"
STABLE_VIDEO = "StableVideoDiffusionPipeline"
SPARSE_CONTROL = "AnimateDiffSparseControlNetPipeline"
ANIMATE_DIFF = frozenset({"AnimateDiffPipeline", SPARSE_CONTROL})

_PICKLES = frozenset({".bin", ".ckpt", ".pt", ".pth", ".pkl"})
_DIGESTED = frozenset({".safetensors", ".json", ".txt", ".model"})
_ANOTHER = "Name a folder that a diffusers pipeline was saved to (it has a model_index.json)."
_CONVERT = "Save it again as safetensors, for example with diffusers' save_pretrained(safe_serialization=True)."
_SAVE_AGAIN = "Save or copy the whole pipeline folder again."


class Settings(BaseModel):
    """The optional `matchcut.json` of a folder: how its maker wants it run."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = ""
    width: int | None = Field(default=None, ge=8, multiple_of=8)
    height: int | None = Field(default=None, ge=8, multiple_of=8)
    batch_size: int | None = Field(default=None, ge=1)
    num_inference_steps: int | None = Field(default=None, ge=1)
    guidance_scale: float | None = Field(default=None, ge=0)
    clip_frames: int | None = Field(default=None, ge=2)
    clip_rate: Fraction | None = Field(default=None, gt=0)
    clip_num_inference_steps: int | None = Field(default=None, ge=1)
    clip_guidance_scale: float | None = Field(default=None, ge=0)
    clip_held_steps: int = Field(default=0, ge=0)
    conditioning: Literal["first-frame", "every-frame"] = "first-frame"
    lexicon: dict[str, tuple[str, ...]] | None = None
    max_people: int | None = Field(default=None, ge=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A folder that can be opened.

    Attributes:
        pipeline_class: as `model_index.json` names it.
        variant: "fp16" where the weights are saved only so, else None.
        motion_adapter, sparsectrl: folders of the parts for clips, None where there are none.
        ip_adapter: the safetensors of the part for looks, beside its `image_encoder/`; None where there is none.
        weights_bytes: size of all safetensors, the clips' parts included.
        weights_digest: SHA-256 over the names and contents of weights and configurations.
    """

    folder: Path
    pipeline_class: str
    settings: Settings
    variant: str | None
    motion_adapter: Path | None
    sparsectrl: Path | None
    ip_adapter: Path | None
    weights_bytes: int
    weights_digest: str

    @property
    def name(self) -> str:
        return self.settings.name or self.folder.name


def inspect(folder: Path, *, with_digest: bool = True) -> Checkpoint:
    """Look at a folder without loading any weights.

    Args:
        with_digest: read the weights once for their digest, which takes a while; else it is empty.

    Raises:
        WrongUse: not a folder, not a diffusers folder, weights as pickle only, parts missing,
            or code of its own.
    """
    if not folder.is_dir():
        raise WrongUse(f"{folder} is not a folder.", _ANOTHER)
    index = _read_json(folder / "model_index.json", f"{folder} is not a diffusers folder: it has no model_index.json.")
    pipeline_class = index.get("_class_name")
    if not isinstance(pipeline_class, str):
        raise WrongUse(f"{folder} brings a pipeline class of its own, and such code is never run.", _ANOTHER)
    parts = [name for name, value in index.items() if _is_part(value)]
    for part in parts:
        _refuse_unfit(folder, part)
    motion_adapter = _beside(folder, "motion_adapter")
    # A saved pipeline with SparseCtrl has it under the general name.
    sparsectrl = folder / "controlnet" if pipeline_class == SPARSE_CONTROL else _beside(folder, "sparsectrl")
    ip_adapter = _ip_adapter(folder / "ip_adapter")
    extras = (motion_adapter, sparsectrl, ip_adapter.parent if ip_adapter else None)
    folders = [*(folder / part for part in parts), *(extra for extra in extras if extra)]
    files = [path for path in folder.iterdir() if path.is_file() and path.suffix in _DIGESTED]
    files += [path for each in dict.fromkeys(folders) for path in _files(each)]
    weights = [path for path in files if path.suffix == ".safetensors"]
    return Checkpoint(
        folder=folder,
        pipeline_class=pipeline_class,
        settings=_settings(folder),
        variant="fp16" if weights and _only_half(folder, parts) else None,
        motion_adapter=motion_adapter,
        sparsectrl=sparsectrl,
        ip_adapter=ip_adapter,
        weights_bytes=sum(path.stat().st_size for path in weights),
        weights_digest=_digest(files, folder) if with_digest else "",
    )


def _is_part(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and value[1] is not None


def _read_json(path: Path, sentence: str) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WrongUse(sentence, _ANOTHER) from None
    except (OSError, ValueError) as error:
        raise WrongUse(f"{path} cannot be read: {error}.", _SAVE_AGAIN) from error
    if not isinstance(content, dict):
        raise WrongUse(f"{path} is not a JSON object.", _SAVE_AGAIN)
    return content


def _settings(folder: Path) -> Settings:
    path = folder / SETTINGS_NAME
    if not path.is_file():
        return Settings()
    try:
        return Settings.model_validate(_read_json(path, f"{path} is missing."))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise WrongUse(f"{path} is wrong at {where or 'its top'}: {first['msg']}.", "Correct that file.") from error


def _refuse_unfit(folder: Path, part: str) -> None:
    home = folder / part
    if not home.is_dir():
        raise WrongUse(f"{folder} lacks its part {part}.", _SAVE_AGAIN)
    names = [path for path in home.iterdir() if path.is_file()]
    has_safetensors = any(path.suffix == ".safetensors" for path in names)
    if not has_safetensors and any(path.suffix in _PICKLES for path in names):
        raise WrongUse(f"{home} has its weights as pickle only, which can run code when it is opened.", _CONVERT)
    if any(path.suffix == ".py" for path in names):
        raise WrongUse(f"{home} brings code of its own, and such code is never run.", _ANOTHER)
    config = home / "config.json"
    if config.is_file() and not has_safetensors:
        raise WrongUse(f"{home} has no weights.", _SAVE_AGAIN)


def _beside(folder: Path, name: str) -> Path | None:
    for home in (folder / name, folder.parent / name):
        if not (home / "config.json").is_file():
            continue
        if not any(home.glob("*.safetensors")):
            raise WrongUse(f"{home} has no safetensors.", _CONVERT)
        return home
    return None


def _ip_adapter(home: Path) -> Path | None:
    if not home.is_dir():
        return None
    weights = sorted(home.glob("*.safetensors"))
    if len(weights) != 1:
        raise WrongUse(f"{home} has {len(weights)} files of safetensors.", "Leave the one that you want in it.")
    encoder = home / "image_encoder"
    if not (encoder / "config.json").is_file() or not any(encoder.glob("*.safetensors")):
        raise WrongUse(f"{home} lacks its part image_encoder.", "Copy the adapter's image_encoder folder into it.")
    return weights[0]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix in _DIGESTED]


def _only_half(folder: Path, parts: list[str]) -> bool:
    weights = [path for part in parts for path in (folder / part).glob("*.safetensors")]
    return bool(weights) and all(".fp16" in path.name for path in weights)


def _digest(files: list[Path], folder: Path) -> str:
    lines: list[str] = []
    for path in files:
        home = folder if path.is_relative_to(folder) else folder.parent
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{path.relative_to(home).as_posix()} {content}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
