"""Pocket as it ships, with its own settings: the size, the words and the motion that it promises."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.hardware import choose_hardware
from pipeline.pocket import world
from pipeline.renderers.base import Renderer, RenderRequest
from pipeline.renderers.opening import open_renderer
from storage.domain.takes import Seam
from tests.contract.suite import CLOSE_UP, keyframe, psnr_db, rendered


@pytest.fixture(scope="module")
def pocket():
    renderer = open_renderer(None, choose_hardware())
    yield renderer
    renderer.close()


def test_its_capabilities_are_those_of_its_world(pocket: Renderer):
    able = pocket.capabilities
    assert able.name == "pocket"
    assert (able.width_px, able.height_px) == (world.WIDTH_PX, world.HEIGHT_PX)
    assert (able.clip_frames, able.frame_rate) == (world.CLIP_FRAMES, world.CLIP_RATE)
    assert able.max_people == world.MAX_PEOPLE
    assert able.lexicon is not None and set(world.EYES) == set(able.lexicon["eyes"])


def test_a_keyframe_and_its_clip(pocket: Renderer):
    still = rendered(pocket, [keyframe(1)])[0]
    assert still.recipe.pipeline == "StableDiffusionPipeline"
    first = still.frames[0]
    moving = replace(CLOSE_UP, movement="pan left")
    request = RenderRequest(
        job_id=2, seam=Seam.CLIP, description=moving, seed=2, keyframe=first, num_frames=pocket.capabilities.clip_frames
    )
    clip = rendered(pocket, [request])[0]
    assert clip.recipe.pipeline == "AnimateDiffSparseControlNetPipeline"
    assert psnr_db(clip.frames[0], first) >= 28
    steps = np.abs(np.diff(clip.frames.astype(int), axis=0)).mean(axis=(1, 2, 3))
    assert steps.min() > 0


def test_night_is_darker_than_day(pocket: Renderer):
    pair = [replace(CLOSE_UP, shot_size="wide shot", setting="beach", time_of_day=time) for time in ("day", "night")]
    day, night = (made.frames.mean() for made in rendered(pocket, [keyframe(7, pair[0]), keyframe(8, pair[1])]))
    assert night < day - 20
