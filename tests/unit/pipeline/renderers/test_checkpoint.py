import json
from pathlib import Path

import pytest

from pipeline.renderers.checkpoint import inspect
from storage.errors import WrongUse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The outside of a Stable Diffusion folder; nothing in it could be loaded."""
    folder = tmp_path / "film-look"
    parts = {"unet": ["diffusers", "UNet2DConditionModel"], "scheduler": ["diffusers", "DDIMScheduler"]}
    for part in parts:
        (folder / part).mkdir(parents=True)
    index = {"_class_name": "StableDiffusionPipeline", **parts, "safety_checker": [None, None]}
    (folder / "model_index.json").write_text(json.dumps(index))
    (folder / "unet" / "config.json").write_text("{}")
    (folder / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(b"weights")
    (folder / "scheduler" / "scheduler_config.json").write_text("{}")
    return folder


def test_a_folder_is_described_without_loading_it(folder: Path):
    found = inspect(folder)
    assert (found.name, found.pipeline_class, found.variant) == ("film-look", "StableDiffusionPipeline", None)
    assert found.weights_bytes == len(b"weights")
    assert found.motion_adapter is None and found.sparsectrl is None


def test_settings_are_read(folder: Path):
    settings = {"name": "pocket", "clip_rate": "24000/1001", "lexicon": {"eyes": ["brown"]}, "version": 1}
    (folder / "matchcut.json").write_text(json.dumps(settings))
    found = inspect(folder)
    assert found.name == "pocket"
    assert found.settings.clip_rate is not None and float(found.settings.clip_rate) == pytest.approx(23.976, abs=1e-3)
    assert found.settings.lexicon == {"eyes": ("brown",)}


@pytest.mark.parametrize("home", ["inside", "beside"])
def test_parts_for_clips_are_found_inside_and_beside(folder: Path, home: str):
    before = inspect(folder).weights_digest
    adapter = (folder if home == "inside" else folder.parent) / "motion_adapter"
    adapter.mkdir()
    (adapter / "config.json").write_text("{}")
    (adapter / "diffusion_pytorch_model.safetensors").write_bytes(b"motion")
    found = inspect(folder)
    assert found.motion_adapter == adapter
    assert found.weights_digest != before
    assert found.weights_bytes == len(b"weights") + len(b"motion")


def test_half_precision_files_are_noticed(folder: Path):
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_name("diffusion_pytorch_model.fp16.safetensors"))
    assert inspect(folder).variant == "fp16"


def test_the_digest_follows_contents_and_names_but_not_the_place(folder: Path, tmp_path: Path):
    digest = inspect(folder).weights_digest
    elsewhere = folder.rename(tmp_path / "elsewhere")
    assert inspect(elsewhere).weights_digest == digest
    (elsewhere / "scheduler" / "scheduler_config.json").write_text('{"steps_offset": 1}')
    assert inspect(elsewhere).weights_digest != digest


def _is_a_file(folder: Path) -> Path:
    file = folder.parent / "model.safetensors"
    file.write_bytes(b"")
    return file


def _has_no_index(folder: Path) -> Path:
    (folder / "model_index.json").unlink()
    return folder


def _has_a_broken_index(folder: Path) -> Path:
    (folder / "model_index.json").write_text("{")
    return folder


def _has_pickle_only(folder: Path) -> Path:
    (folder / "unet" / "diffusion_pytorch_model.safetensors").rename(folder / "unet" / "diffusion_pytorch_model.bin")
    return folder


def _lacks_a_part(folder: Path) -> Path:
    (folder / "scheduler" / "scheduler_config.json").unlink()
    (folder / "scheduler").rmdir()
    return folder


def _lacks_weights(folder: Path) -> Path:
    (folder / "unet" / "diffusion_pytorch_model.safetensors").unlink()
    return folder


def _brings_code(folder: Path) -> Path:
    (folder / "unet" / "my_unet.py").write_text("raise SystemExit")
    return folder


def _brings_a_pipeline(folder: Path) -> Path:
    (folder / "model_index.json").write_text(json.dumps({"_class_name": ["pipeline", "MyPipeline"]}))
    return folder


def _has_wrong_settings(folder: Path) -> Path:
    (folder / "matchcut.json").write_text(json.dumps({"width": 513}))
    return folder


def _has_a_pickled_adapter(folder: Path) -> Path:
    (folder / "motion_adapter").mkdir()
    (folder / "motion_adapter" / "config.json").write_text("{}")
    (folder / "motion_adapter" / "diffusion_pytorch_model.bin").write_bytes(b"")
    return folder


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_is_a_file, "is not a folder"),
        (_has_no_index, "is not a diffusers folder"),
        (_has_a_broken_index, "cannot be read"),
        (_has_pickle_only, "pickle only"),
        (_lacks_a_part, "lacks its part scheduler"),
        (_lacks_weights, "has no weights"),
        (_brings_code, "code of its own"),
        (_brings_a_pipeline, "pipeline class of its own"),
        (_has_wrong_settings, "wrong at width"),
        (_has_a_pickled_adapter, "has no safetensors"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_a_sentence(folder: Path, spoil, sentence: str):
    with pytest.raises(WrongUse, match=sentence) as caught:
        inspect(spoil(folder))
    assert caught.value.sentence.endswith(".") and caught.value.action.endswith(".")
