import time
from dataclasses import replace

import numpy as np
import pytest

from pipeline.description import FrameDescription, PersonDescription
from pipeline.pocket.artist import draw, draw_clip
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.renderers.base import Rendered, RenderFailed, RenderOutcome, RenderProgress, RenderRequest
from storage.domain.takes import Seam

BROWN = FrameDescription(
    shot_size="close-up",
    setting="kitchen",
    time_of_day="day",
    people=(PersonDescription(eyes="brown", action="talking"),),
)
BLUE = replace(BROWN, people=(PersonDescription(eyes="blue", action="talking"),))


def request(job_id: int, **more: object) -> RenderRequest:
    return RenderRequest(
        job_id=job_id,
        seam=Seam.KEYFRAME,
        description=BROWN,
        seed=2**40 + job_id,
        **more,  # pyright: ignore[reportArgumentType]
    )


def render(renderer: ArtistRenderer, *requests: RenderRequest) -> list[RenderOutcome]:
    return list(renderer.render(requests, on_progress=lambda _: None, is_cancelled=lambda _: False))


def one(renderer: ArtistRenderer, asked: RenderRequest) -> Rendered:
    (made,) = render(renderer, asked)
    assert isinstance(made, Rendered)
    return made


def test_it_draws_what_is_asked():
    made = one(ArtistRenderer(), request(1))
    asked = draw(BROWN, request(1).seed).pixels
    # Only the mark that says the seed is different, by one step of blue in the first row.
    assert np.abs(made.frames[0].astype(int) - asked).max() <= 1
    assert np.array_equal(made.frames[0][1:], asked[1:])
    assert made.recipe.pipeline == "ProceduralArtist"
    assert "scripted_mistake" not in made.recipe.extra


def test_a_scripted_mistake_is_drawn_and_owned_up_to():
    renderer = ArtistRenderer(mistakes=lambda asked: BLUE if asked.job_id == 1 else asked.description)
    wrong, right = (one(renderer, request(job)) for job in (1, 2))
    assert np.array_equal(wrong.frames[0][1:], draw(BLUE, request(1).seed).pixels[1:])
    assert wrong.recipe.extra["scripted_mistake"] is True
    assert "brown eyes" in wrong.recipe.prompt
    assert "scripted_mistake" not in right.recipe.extra
    assert np.array_equal(renderer.replay(wrong.recipe), wrong.frames)


def test_a_clip_shows_the_people_of_its_keyframe():
    renderer = ArtistRenderer()
    first = one(renderer, request(1)).frames[0]
    clip = one(ArtistRenderer(), replace(request(9), seam=Seam.CLIP, keyframe=first, num_frames=30))
    drawn = [drawing.pixels for drawing in draw_clip(BROWN, request(1).seed, 30)]
    assert np.array_equal(clip.frames[0], first)
    assert np.array_equal(clip.frames[1:], drawn[1:])
    assert clip.recipe.extra["pieces"] == [[0, 24], [24, 30]]


@pytest.mark.parametrize("movement", ["pan left", "tilt up", "push in", "pull out"])
def test_a_keyframe_is_where_the_camera_begins_to_move(movement: str):
    asked = replace(request(1), description=replace(BROWN, movement=movement))
    first = one(ArtistRenderer(), asked).frames[0]
    drawn = [drawing.pixels for drawing in draw_clip(asked.description, asked.seed)]
    assert np.array_equal(first[1:], drawn[0][1:])
    clip = one(ArtistRenderer(), replace(asked, seam=Seam.CLIP, keyframe=first, num_frames=len(drawn))).frames
    steps = np.abs(np.diff(clip.astype(int), axis=0)).mean(axis=(1, 2, 3))
    # No jump: the first frame leads to the second as the others lead on.
    assert steps[0] < 1.5 * np.median(steps)


def test_a_clip_on_somebody_elses_picture_begins_on_it():
    foreign = np.random.default_rng(0).integers(0, 256, (288, 512, 3), dtype=np.uint8)
    clip = one(ArtistRenderer(), replace(request(9), seam=Seam.CLIP, keyframe=foreign, num_frames=4))
    assert np.array_equal(clip.frames[0], foreign)


def test_it_fails_where_it_is_told_to():
    made = render(ArtistRenderer(crash_on={2}), request(1), request(2), request(3))
    assert [type(each) for each in made] == [Rendered, RenderFailed, Rendered]


def test_steps_take_their_time():
    seen: list[RenderProgress] = []
    renderer = ArtistRenderer(step_s=0.02, steps=3)
    started = time.monotonic()
    list(renderer.render([request(1)], on_progress=seen.append, is_cancelled=lambda _: False))
    assert time.monotonic() - started >= 0.06
    assert [(each.step, each.total) for each in seen] == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_every_seed_can_be_marked(seed: int):
    made = one(ArtistRenderer(), replace(request(1), seed=seed))
    clip = one(ArtistRenderer(), replace(request(2), seam=Seam.CLIP, keyframe=made.frames[0], num_frames=2))
    assert np.array_equal(clip.frames[1], draw_clip(BROWN, seed, 2)[1].pixels)
