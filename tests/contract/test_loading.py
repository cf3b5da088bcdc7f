"""What a renderer does when memory runs out while weights are loaded, and what it can do afterwards."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import MotionAdapter, StableDiffusionPipeline, UNet2DConditionModel

from pipeline.hardware import choose, look
from pipeline.renderers.base import Rendered, Renderer, RenderFailed
from pipeline.renderers.opening import open_renderer
from tests.contract import folders
from tests.contract.suite import CLOSE_UP, Case, keyframe, outcomes, rendered

SHORT = "CUDA out of memory. Tried to allocate 2.00 GiB."


@pytest.fixture
def renderer(tmp_path: Path) -> Iterator[Renderer]:
    renderer = open_renderer(folders.build_stable_diffusion(tmp_path / "tiny"), choose(look()))
    yield renderer
    renderer.close()


def test_weights_that_could_not_be_loaded_anew_are_loaded_when_memory_is_there(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
):
    described = renderer.describe(CLOSE_UP)

    def short(*_args, **_more):
        raise torch.OutOfMemoryError(SHORT)

    with monkeypatch.context() as shortage:
        shortage.setattr(UNet2DConditionModel, "forward", short)
        shortage.setattr(StableDiffusionPipeline, "to", short)
        for job_id in (1, 2):
            (failed,) = outcomes(renderer, [keyframe(job_id)])
            assert isinstance(failed, RenderFailed)
            assert "Memory ran out while tiny Stable Diffusion was loaded" in failed.error.sentence
        assert renderer.describe(CLOSE_UP) == described
    (made,) = outcomes(renderer, [keyframe(3)])
    assert isinstance(made, Rendered)


def test_a_tiny_autoencoder_of_any_depth_decodes_in_tiles(tmp_path: Path):
    renderer = open_renderer(folders.build_animate_diff(tmp_path / "tiny"), choose(look()))
    (whole,) = rendered(renderer, [keyframe(1)])
    assert renderer.save_memory() == "pictures are decoded in tiles"
    (tiled,) = rendered(renderer, [keyframe(1)])
    assert np.abs(tiled.frames.astype(int) - whole.frames).max() <= 1
    renderer.close()


def test_memory_that_runs_out_while_motion_is_loaded_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    renderer = open_renderer(folders.build_animate_diff(tmp_path / "tiny"), choose(look()))
    genuine, shortages = MotionAdapter.from_pretrained, [torch.OutOfMemoryError(SHORT)]

    def from_pretrained(*args, **more):
        if shortages:
            raise shortages.pop()
        return genuine(*args, **more)

    case = Case(renderer)
    request = case.clip_request(9)
    monkeypatch.setattr(MotionAdapter, "from_pretrained", from_pretrained)
    (made,) = rendered(renderer, [request])
    assert made.recipe.extra["stepped_down"] == ["weights are kept in bfloat16"]
    assert made.recipe.dtype == "bfloat16"
    renderer.close()
