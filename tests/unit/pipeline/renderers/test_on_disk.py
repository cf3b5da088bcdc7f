import json
from pathlib import Path

import pytest

from pipeline.renderers.on_disk import find, standard_folders


def folder_of(home: Path, pipeline: str = "StableDiffusionXLPipeline", weights: str = "model.safetensors") -> Path:
    """The outside of a checkpoint; nothing in it could be loaded."""
    for part in ("unet", "vae"):
        (home / part).mkdir(parents=True)
        (home / part / weights).write_bytes(b"w" * 1000)
    (home / "unet" / "config.json").write_text(json.dumps({"sample_size": 128}))
    (home / "vae" / "config.json").write_text(json.dumps({"block_out_channels": [1, 2, 3, 4]}))
    parts = {"unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"]}
    (home / "model_index.json").write_text(json.dumps({"_class_name": pipeline, **parts}))
    return home


def test_what_ships_comes_first_and_folders_are_looked_through(tmp_path: Path):
    folder_of(tmp_path / "hub" / "models--maker--look" / "snapshots" / "1a2b")
    pocket, artist, found = find([tmp_path])
    assert (pocket.name, pocket.checkpoint, pocket.ships) == ("pocket", "", True)
    assert (
        pocket.image_to_video
        and pocket.makes == "keyframes and clips"
        and (pocket.width_px, pocket.height_px) == (512, 288)
    )
    assert (artist.checkpoint, artist.weights_bytes) == ("artist", 0)
    assert (found.name, found.makes, found.width_px, found.height_px) == ("maker/look", "keyframes", 1344, 768)
    assert found.weights_bytes == 2000 and found.memory_bytes == 2800
    assert not found.references and not found.image_to_video and not found.refused


def test_parts_beside_it_make_clips_and_take_references(tmp_path: Path):
    home = folder_of(tmp_path / "sdxl")
    (home / "ip_adapter" / "image_encoder").mkdir(parents=True)
    for name in ("adapter.safetensors", "image_encoder/model.safetensors"):
        (home / "ip_adapter" / name).write_bytes(b"w")
    (home / "ip_adapter" / "image_encoder" / "config.json").write_text("{}")
    folder_of(home / "image_to_video", "StableVideoDiffusionPipeline")
    *_, found = find([home])
    assert found.references and found.image_to_video and found.makes == "keyframes and clips"
    *_, clips = find([home / "image_to_video"])
    assert clips.makes == "clips" and (clips.width_px, clips.height_px) == (1024, 576)


def test_pickle_and_what_is_gone_say_why(tmp_path: Path):
    folder_of(tmp_path / "old", weights="model.bin")
    *_, old, gone = find([tmp_path / "old", tmp_path / "gone"])
    assert "pickle" in old.refused and "safetensors" in old.action and old.makes == ""
    assert gone.refused.endswith("is not there.")


def test_where_models_usually_lie_is_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert tmp_path / "hub" not in standard_folders()
    (tmp_path / "hub").mkdir()
    assert standard_folders()[0] == tmp_path / "hub"
