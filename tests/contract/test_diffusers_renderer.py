"""What goes wrong in a diffusers renderer, and what it does about it."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.hardware import choose, look
from pipeline.renderers.base import RenderCancelled, Rendered, Renderer, RenderFailed, RenderProgress
from pipeline.renderers.opening import open_renderer
from storage.domain.takes import Means
from storage.errors import WrongUse
from tests.contract import folders
from tests.contract.suite import CLOSE_UP, Case, keyframe, outcomes, rendered


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folders.build_stable_diffusion(tmp_path_factory.mktemp("checkpoints") / "tiny")


@pytest.fixture
def renderer(folder: Path) -> Iterator[Renderer]:
    renderer = open_renderer(folder, choose(look()))
    yield renderer
    renderer.close()


@pytest.fixture
def denoiser(monkeypatch: pytest.MonkeyPatch):
    """Puts something before every call of the denoiser."""
    genuine = UNet2DConditionModel.forward

    def before(happen):
        def forward(self, sample, *args, **kwargs):
            happen(len(sample) // 2)
            return genuine(self, sample, *args, **kwargs)

        monkeypatch.setattr(UNet2DConditionModel, "forward", forward)

    return before


def test_out_of_memory_halves_the_batch_and_goes_on(renderer: Renderer, denoiser):
    def happen(batch_size: int) -> None:
        if batch_size > 1:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    whole = rendered(renderer, [keyframe(job) for job in (1, 2, 3)])
    denoiser(happen)
    seen: list[RenderProgress] = []
    made = rendered(renderer, [keyframe(job) for job in (1, 2, 3)], seen.append)
    assert [each.job_id for each in made] == [1, 2, 3]
    assert all(each.recipe.batch_size == 1 for each in made)
    assert all(each.recipe.extra["stepped_down"] == ["batches of 1"] for each in made)
    assert all("stepped_down" not in each.recipe.extra for each in whole)
    for job in (1, 2, 3):
        steps = [each.step for each in seen if job in each.job_ids]
        assert steps == sorted(steps)


def test_out_of_memory_at_one_picture_takes_tiles_then_smaller_weights(renderer: Renderer, denoiser):
    calls = 0

    def happen(_batch_size: int) -> None:
        nonlocal calls
        calls += 1
        if calls <= 2:
            raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate")

    denoiser(happen)
    (made,) = rendered(renderer, [keyframe(1)])
    assert made.recipe.extra["stepped_down"] == [
        "pictures are decoded in tiles",
        "weights are kept in bfloat16",
    ]
    assert made.recipe.dtype == "bfloat16"


def test_when_smaller_weights_do_not_help_the_picture_is_made_smaller_and_says_so(renderer: Renderer, denoiser):
    able, calls = renderer.capabilities, 0

    def happen(_batch_size: int) -> None:
        nonlocal calls
        calls += 1
        if calls <= 3:
            raise torch.OutOfMemoryError("CUDA out of memory.")

    denoiser(happen)
    seen: list[RenderProgress] = []
    made, later = (rendered(renderer, [keyframe(job)], seen.append)[0] for job in (1, 2))
    width, height = made.recipe.width_px, made.recipe.height_px
    assert width < able.width_px and height <= able.height_px
    assert made.frames.shape == (1, height, width, 3)
    words = f"{width}×{height} in place of {able.width_px}×{able.height_px}"
    assert made.recipe.extra["stepped_down"][-1] == words == later.recipe.extra["stepped_down"][-1]
    assert made.recipe.extra["asked_size_px"] == [able.width_px, able.height_px]
    assert [each.memory_short for each in seen if each.memory_short] == made.recipe.extra["stepped_down"]
    assert np.array_equal(renderer.replay(made.recipe), made.frames)


def test_memory_that_runs_out_while_a_take_is_mended_is_saved_step_by_step_too(renderer: Renderer, denoiser):
    case, calls = Case(renderer), 0
    base = case.keyframes[0].frames

    def happen(batch_size: int) -> None:
        nonlocal calls
        calls += 1
        if batch_size > 1 or calls <= 4:
            raise torch.OutOfMemoryError("CUDA out of memory.")

    denoiser(happen)
    made = rendered(renderer, [case.mended(Means.INPAINT, job) for job in (21, 22)])
    for each in made:
        assert each.recipe.extra["stepped_down"][:3] == [
            "batches of 1",
            "pictures are decoded in tiles",
            "weights are kept in bfloat16",
        ]
        width, height = each.recipe.width_px, each.recipe.height_px
        assert each.frames.shape == (1, height, width, 3) and width < base.shape[2]
        ((left, top, right, bottom),) = each.recipe.extra["mended"]["boxes_px"]
        assert 0 <= left < right <= width and 0 <= top < bottom <= height
        assert np.array_equal(renderer.replay(each.recipe, base=base), each.frames)


def test_memory_that_a_killed_worker_lacked_is_saved_beforehand(renderer: Renderer):
    assert renderer.save_memory() == "pictures are decoded in tiles"
    made = rendered(renderer, [keyframe(1), keyframe(2)])
    assert all(each.recipe.batch_size == 1 for each in made)
    assert all("pictures are decoded in tiles" in each.recipe.extra["stepped_down"] for each in made)
    assert renderer.save_memory() == "weights are kept in bfloat16"
    assert renderer.save_memory() == ""


def test_memory_that_runs_out_while_weights_are_loaded_is_saved_too(folder: Path, monkeypatch: pytest.MonkeyPatch):
    genuine, calls = StableDiffusionPipeline.to, 0

    def to(self, *args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == 1:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return genuine(self, *args, **kwargs)

    monkeypatch.setattr(StableDiffusionPipeline, "to", to)
    renderer = open_renderer(folder, choose(look()))
    (made,) = rendered(renderer, [keyframe(1)])
    assert made.recipe.extra["stepped_down"] == ["weights are kept in bfloat16"]
    renderer.close()


def test_when_nothing_helps_each_job_fails_with_a_sentence(renderer: Renderer, denoiser):
    def happen(_batch_size: int) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    denoiser(happen)
    made = outcomes(renderer, [keyframe(1), keyframe(2)])
    assert [type(each) for each in made] == [RenderFailed, RenderFailed]
    assert all(isinstance(each, RenderFailed) and "Memory ran out" in each.error.sentence for each in made)


def test_a_foreign_error_is_translated_and_the_next_batch_is_rendered(renderer: Renderer, denoiser):
    failures = iter([True])

    def happen(_batch_size: int) -> None:
        if next(failures, False):
            raise RuntimeError("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)\nmore")

    denoiser(happen)
    made = outcomes(renderer, [keyframe(job) for job in (1, 2, 3, 4)])
    assert [type(each) for each in made] == [RenderFailed] * 3 + [Rendered]
    assert isinstance(made[0], RenderFailed)
    assert "could not draw this: mat1 and mat2 shapes" in made[0].error.sentence
    assert isinstance(made[0].error.__cause__, RuntimeError)


def test_a_bug_is_not_swallowed(renderer: Renderer, denoiser):
    def happen(_batch_size: int) -> None:
        raise LookupError("a bug")

    denoiser(happen)
    with pytest.raises(LookupError, match="a bug"):
        outcomes(renderer, [keyframe(1)])


def test_numbers_that_are_no_picture_do_not_become_one(renderer: Renderer, monkeypatch: pytest.MonkeyPatch):
    genuine = UNet2DConditionModel.forward

    def forward(self, *args, **kwargs):
        (sample,) = genuine(self, *args, **kwargs)
        return (sample * math.nan,)

    monkeypatch.setattr(UNet2DConditionModel, "forward", forward)
    (made,) = outcomes(renderer, [keyframe(1)])
    assert isinstance(made, RenderFailed)
    assert "no picture" in made.error.sentence


def test_a_batch_is_finished_for_the_others_when_one_is_cancelled_late(renderer: Renderer, denoiser):
    steps: list[int] = []
    denoiser(steps.append)
    seen: list[RenderProgress] = []
    made = outcomes(
        renderer,
        [keyframe(job) for job in (1, 2, 3)],
        seen.append,
        lambda job: job == 2 and len(seen) >= 5,
    )
    assert steps == [3, 3, 3]
    assert [type(each) for each in made] == [Rendered, RenderCancelled, Rendered]


def test_a_batch_begins_again_when_most_are_cancelled_early(renderer: Renderer, denoiser):
    steps: list[int] = []
    denoiser(steps.append)
    seen: list[RenderProgress] = []
    made = outcomes(
        renderer,
        [keyframe(job) for job in (1, 2, 3)],
        seen.append,
        lambda job: job != 2 and bool(steps),
    )
    assert steps == [3, 1, 1, 1]
    assert {type(each) for each in made} == {Rendered, RenderCancelled}
    assert [each.job_id for each in made if isinstance(each, Rendered)] == [2]


def test_what_does_not_fit_the_text_encoder_is_said(renderer: Renderer):
    garments = tuple(Worn(kind=f"coat number {number}", colour="red") for number in range(30))
    long = replace(CLOSE_UP, people=(PersonDescription(eyes="brown", garments=garments),))
    known, drawn_as = renderer.describe(long)
    assert known == long
    assert "red coat number 29 left out: the prompt is too long" in drawn_as
    (made,) = rendered(renderer, [keyframe(1, long)])
    assert made.recipe.drawn_as == drawn_as
    assert "brown eyes" in made.recipe.prompt
    assert "coat number 29" not in made.recipe.prompt


def test_what_is_not_worn_is_asked_against(renderer: Renderer):
    bare = FrameDescription(shot_size="close-up", people=(PersonDescription(eyes="brown", absent=("hat",)),))
    (made,) = rendered(renderer, [keyframe(1, bare)])
    assert "hat" not in made.recipe.prompt
    assert made.recipe.negative_prompt == "hat"


def test_two_folders_with_the_same_files_have_the_same_digest(folder: Path, tmp_path: Path):
    import shutil

    from pipeline.renderers.checkpoint import inspect

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    assert inspect(copy).weights_digest == inspect(folder).weights_digest
    weights = copy / "unet" / "diffusion_pytorch_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert inspect(copy).weights_digest != inspect(folder).weights_digest


def test_a_class_that_draws_no_words_is_refused(folder: Path, tmp_path: Path):
    from diffusers import DDIMScheduler, DDPMPipeline, UNet2DModel

    unet = UNet2DModel(
        sample_size=16,
        block_out_channels=(16, 16),
        layers_per_block=1,
        norm_num_groups=2,
        down_block_types=("DownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "UpBlock2D"),
    )
    DDPMPipeline(unet=unet, scheduler=DDIMScheduler()).save_pretrained(tmp_path / "ddpm", safe_serialization=True)
    with pytest.raises(WrongUse, match="DDPMPipeline"):
        open_renderer(tmp_path / "ddpm", choose(look()))


def test_without_settings_a_folder_gets_its_class_defaults(folder: Path, tmp_path: Path):
    import shutil

    copy = tmp_path / "plain"
    shutil.copytree(folder, copy)
    (copy / "matchcut.json").unlink()
    renderer = open_renderer(copy, choose(look()))
    able = renderer.capabilities
    assert able.name == "plain"
    # The tiny UNet is square, 64 pixels a side; a film's pictures are wide.
    assert (able.width_px, able.height_px) == (80, 48)
    made = rendered(renderer, [keyframe(1)])[0]
    assert made.frames.shape == (1, 48, 80, 3)
    assert made.recipe.num_inference_steps == 50
    assert np.ptp(made.frames) > 0
    renderer.close()


def test_motion_parts_of_another_checkpoint_fail_the_clips_only(tmp_path: Path):
    renderer = open_renderer(folders.build_unfit_motion(tmp_path / "unfit"), choose(look()))
    case = Case(renderer)
    made = {each.job_id: each for each in outcomes(renderer, [case.clip_request(9), keyframe(1)])}
    assert isinstance(made[1], Rendered)
    failed = made[9]
    assert isinstance(failed, RenderFailed)
    assert "motion parts of tiny AnimateDiff do not fit" in failed.error.sentence
    renderer.close()


def test_a_saved_sparse_control_pipeline_is_opened(tmp_path: Path):
    renderer = open_renderer(folders.build_saved_sparse_control(tmp_path / "saved"), choose(look()))
    case = Case(renderer)
    assert case.keyframes[0].recipe.pipeline == "AnimateDiffPipeline"
    assert case.clip.recipe.pipeline == "AnimateDiffSparseControlNetPipeline"
    renderer.close()


def test_a_picture_that_the_safety_checker_blacked_out_is_no_take(renderer: Renderer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        StableDiffusionPipeline, "run_safety_checker", lambda _self, image, *_: (image * 0, [True] * len(image))
    )
    (made,) = outcomes(renderer, [keyframe(1)])
    assert isinstance(made, RenderFailed)
    assert "safety checker" in made.error.sentence
