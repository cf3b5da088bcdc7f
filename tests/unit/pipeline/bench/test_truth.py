"""The truth by construction: what counts as the right picture."""

import random

import numpy as np
import pytest

from pipeline.bench.mistakes import drawn_as, misread, said_slots
from pipeline.bench.retouching import recoloured
from pipeline.bench.truth import Truth, is_same
from pipeline.pocket import artist
from pipeline.renderers.artist_renderer import marked
from pipeline.request import describe_shot
from storage.domain.takes import Seam

SEED = 77


@pytest.fixture
def close_up(film):
    return next(shot for shot in film.shots if shot.size == "close-up")


def keyframe(film, shot, change=lambda asked: asked, seed=SEED):
    asked = drawn_as(describe_shot(film.view, shot.id, Seam.KEYFRAME))
    return marked(artist.draw(change(asked), seed).pixels, seed)


def clip(film, shot, first, change=lambda asked: asked, length=8, seed=SEED):
    asked = change(drawn_as(describe_shot(film.view, shot.id, Seam.CLIP)))
    frames = np.stack([drawing.pixels for drawing in artist.draw_clip(asked, seed, length)])
    frames[0] = first
    return frames


def test_what_the_scene_graph_says_is_right_whatever_the_seed(film, close_up):
    truth = Truth(film, {})
    for seed in (1, 2, 3):
        frame = keyframe(film, close_up, seed=seed)
        assert truth.is_right_keyframe(close_up.id, frame)
        assert truth.is_right_clip(close_up.id, clip(film, close_up, frame, seed=seed), frame)


def test_every_misread_slot_is_wrong(film, close_up):
    truth, rng = Truth(film, {}), random.Random(1)
    asked = drawn_as(describe_shot(film.view, close_up.id, Seam.KEYFRAME))
    for slot in said_slots(asked):
        assert not truth.is_right_keyframe(close_up.id, keyframe(film, close_up, lambda a, s=slot: misread(a, s, rng)))


def test_an_altered_iris_is_wrong(film, close_up):
    asked = drawn_as(describe_shot(film.view, close_up.id, Seam.KEYFRAME))
    altered = recoloured(keyframe(film, close_up), asked, SEED, "eyes", random.Random(2))
    assert altered is not None
    assert not Truth(film, {}).is_right_keyframe(close_up.id, altered)


def test_another_shots_frame_is_wrong(film, close_up):
    other = next(shot for shot in film.shots if shot.size == "wide shot")
    assert not Truth(film, {}).is_right_keyframe(close_up.id, keyframe(film, other))


def test_a_clip_that_begins_elsewhere_or_drifts_in_its_second_half_is_wrong(film, close_up):
    truth, first = Truth(film, {}), keyframe(film, close_up)
    right = clip(film, close_up, first)
    drifting = clip(film, close_up, first, lambda a: misread(a, (0, "cloth"), random.Random(1)))
    assert not truth.is_right_clip(close_up.id, np.concatenate([right[:4], drifting[4:]]), first)
    assert not truth.is_right_clip(close_up.id, right, keyframe(film, close_up, seed=SEED + 1))


def test_a_soft_blend_is_the_same_picture_and_a_small_patch_is_not():
    rng = np.random.default_rng(1)
    frames = rng.integers(0, 255, (1, 288, 512, 3)).astype(np.uint8)
    soft = np.clip(frames.astype(int) + 3, 0, 255).astype(np.uint8)
    assert is_same(frames, soft)
    patched = frames.copy()
    patched[0, 100:112, 200:212] ^= 0x80
    assert not is_same(frames, patched)
    assert not is_same(frames, frames[:, :-1])
