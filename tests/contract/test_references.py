"""Keyframes that go by looks, with a checkpoint that has an IP-Adapter beside its parts."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from pipeline.hardware import choose, look
from pipeline.renderers.base import Reference, Renderer
from pipeline.renderers.checkpoint import inspect
from pipeline.renderers.opening import open_renderer
from storage.domain.findings import Region
from storage.domain.looks import WHOLE_FRAME
from storage.errors import KnownError, WrongUse
from tests.contract import folders
from tests.contract.suite import Case, keyframe, rendered

RED = np.full((40, 30, 3), (220, 30, 30), np.uint8)
STRIPES = np.tile(np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8), (30, 20, 1))


def reference(picture: np.ndarray, media: str, region: Region = WHOLE_FRAME) -> Reference:
    return Reference(media=media, picture=picture, region=region, strength=0.9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folders.build_ip_adapter(tmp_path_factory.mktemp("checkpoints") / "tiny")


@pytest.fixture(scope="module")
def renderer(folder: Path) -> Iterator[Renderer]:
    renderer = open_renderer(folder, choose(look()))
    yield renderer
    renderer.close()


def test_a_keyframe_goes_by_its_looks_and_without_any_by_none(folder: Path, renderer: Renderer, tmp_path: Path):
    shutil.copytree(folder, tmp_path / "plain", ignore=shutil.ignore_patterns("ip_adapter"))
    without_adapter = open_renderer(tmp_path / "plain", choose(look()))
    (plain,) = rendered(without_adapter, [keyframe(1)])
    without_adapter.close()
    assert renderer.capabilities.takes_references and not without_adapter.capabilities.takes_references
    asked = keyframe(1)
    none, red, stripes = rendered(
        renderer,
        [
            asked,
            replace(asked, job_id=2, references=(reference(RED, "red"),)),
            replace(asked, job_id=3, references=(reference(STRIPES, "stripes"),)),
        ],
    )
    assert np.array_equal(none.frames, plain.frames)
    assert "references" not in none.recipe.extra
    assert not np.array_equal(red.frames, none.frames)
    assert not np.array_equal(red.frames, stripes.frames)


def test_two_looks_hold_in_their_own_halves(renderer: Renderer):
    left, right = (Region(left=at, top=0.0, right=at + 0.5, bottom=1.0) for at in (0.0, 0.5))
    asked = keyframe(1)
    one, other = rendered(
        renderer,
        [
            replace(asked, references=(reference(RED, "red", left), reference(STRIPES, "stripes", right))),
            replace(asked, job_id=2, references=(reference(RED, "red", right), reference(STRIPES, "stripes", left))),
        ],
    )
    assert not np.array_equal(one.frames, other.frames)
    assert [said["region"]["left"] for said in one.recipe.extra["references"]] == [0.0, 0.5]


def test_a_take_is_made_again_from_its_recipe_and_its_looks(renderer: Renderer):
    (made,) = rendered(renderer, [replace(keyframe(1), references=(reference(RED, "red"),))])
    assert np.array_equal(renderer.replay(made.recipe, looks={"red": RED}), made.frames)
    with pytest.raises(WrongUse, match="A look that this take went by is not there"):
        renderer.replay(made.recipe)


def test_mending_and_clips_work_beside_an_ip_adapter(renderer: Renderer):
    case = Case(renderer)
    for means in renderer.capabilities.means:
        if means.value in ("inpaint", "image to image"):
            (mended,) = rendered(renderer, [replace(case.mended(means), references=(reference(RED, "red"),))])
            assert mended.recipe.extra["references"]
    assert len(case.clip.frames) == renderer.capabilities.clip_frames
    (after,) = rendered(renderer, [replace(keyframe(1), references=(reference(RED, "red"),))])
    assert after.recipe.extra["references"]


def test_an_adapter_of_another_checkpoint_is_refused_in_a_sentence(tmp_path: Path):
    folder = folders.build_ip_adapter(tmp_path / "unfit")
    path = folder / "ip_adapter" / "ip-adapter_tiny.safetensors"
    weights = load_file(path)
    save_file({name: value for name, value in weights.items() if not name.startswith("ip_adapter.1.")}, path)
    with pytest.raises(KnownError, match="does not fit its denoiser"):
        open_renderer(folder, choose(look()))


def test_a_half_copied_adapter_is_refused(tmp_path: Path):
    folder = folders.build_ip_adapter(tmp_path / "half")
    (folder / "ip_adapter" / "image_encoder" / "config.json").unlink()
    with pytest.raises(WrongUse, match="lacks its part image_encoder"):
        inspect(folder)
    (folder / "ip_adapter" / "ip-adapter_tiny.safetensors").unlink()
    with pytest.raises(WrongUse, match="has 0 files of safetensors"):
        inspect(folder)
