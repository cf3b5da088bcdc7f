"""The artist tells the truth about its pixels, and repeats itself exactly."""

import random
from dataclasses import replace

import numpy as np
import pytest

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import world
from pipeline.pocket.artist import draw, draw_clip, sample_description


def _close_up(**person) -> FrameDescription:
    return FrameDescription(
        shot_size="close-up",
        setting="kitchen",
        time_of_day="day",
        people=(PersonDescription(hair_style="short", hair_colour="brown", skin="tan", **person),),
    )


def _pixels(drawing, region) -> np.ndarray:
    height, width = drawing.pixels.shape[:2]
    left, top, right, bottom = region
    return drawing.pixels[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]


@pytest.mark.parametrize("eyes", world.EYES)
@pytest.mark.parametrize("shot_size", ["close-up", "medium shot"])
def test_iris_pixels_have_the_colour_that_the_truth_names(eyes: str, shot_size: str) -> None:
    drawing = draw(replace(_close_up(eyes=eyes), shot_size=shot_size), seed=3)
    region = drawing.people[0].eyes
    distance = np.abs(_pixels(drawing, region).astype(int) - np.array(world.EYES[eyes])).sum(-1)
    assert (distance < 24).mean() > 0.03
    for other in set(world.EYES) - {eyes}:
        apart = np.abs(_pixels(drawing, region).astype(int) - np.array(world.EYES[other])).sum(-1)
        assert (apart < 24).mean() < 0.01


@pytest.mark.parametrize("colour", world.GARMENT_COLOURS)
def test_garment_pixels_have_the_colour_that_the_truth_names(colour: str) -> None:
    description = FrameDescription(
        shot_size="medium shot",
        setting="office",
        time_of_day="day",
        people=(PersonDescription(garments=(Worn(kind="coat", colour=colour),)),),
    )
    drawing = draw(description, seed=5)
    garment = _pixels(drawing, drawing.people[0].garment).reshape(-1, 3).astype(int)
    distance = np.abs(garment - np.array(world.GARMENT_COLOURS[colour])).sum(-1)
    assert drawing.people[0].figure.garment_colour == colour
    assert (distance < 110).mean() > 0.25


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    description = sample_description(random.Random(8))
    assert draw(description, 1).pixels.tobytes() == draw(description, 1).pixels.tobytes()
    assert draw(description, 1).pixels.tobytes() != draw(description, 2).pixels.tobytes()


def test_an_edited_field_changes_nothing_else() -> None:
    brown, blue = (draw(_close_up(eyes=eyes), seed=11) for eyes in ("brown", "blue"))
    changed = (brown.pixels != blue.pixels).any(-1)
    height, width = changed.shape
    left, top, right, bottom = brown.people[0].eyes
    changed[int(top * height) : int(bottom * height) + 1, int(left * width) : int(right * width) + 1] = False
    assert not changed.any()
    assert replace(brown.people[0].figure, eyes="blue") == blue.people[0].figure


def test_every_sampled_description_can_be_drawn_and_its_truth_agrees() -> None:
    rng = random.Random(4)
    for seed in range(60):
        description = sample_description(rng)
        drawing = draw(description, seed)
        assert drawing.pixels.shape == (world.HEIGHT_PX, world.WIDTH_PX, 3)
        assert len(drawing.people) == len(description.people)
        assert description.setting in ("", drawing.setting)
        for person, truth in zip(description.people, drawing.people, strict=True):
            assert person.eyes in ("", truth.figure.eyes)
            assert person.hair_colour in ("", truth.figure.hair_colour)
            assert {item.kind for item in person.accessories} == truth.figure.accessories
            assert all(0 <= value <= 1 for value in (*truth.head, *truth.eyes, *truth.garment))


def test_eyes_cannot_be_seen_from_afar_or_behind_lids() -> None:
    far = draw(FrameDescription(shot_size="wide shot", people=(PersonDescription(eyes="blue"),)), seed=1)
    assert far.people[0].attributes["eyes"] == "unseen"
    blink = draw_clip(_close_up(eyes="blue", action="blinking"), seed=1)
    assert {frame.people[0].eyes_seen for frame in blink} == {True, False}


def test_a_clip_moves_with_its_words_and_starts_like_none_of_its_later_frames() -> None:
    talking = draw_clip(_close_up(action="talking"), seed=2)
    assert len(talking) == world.CLIP_FRAMES
    assert any((frame.pixels != talking[0].pixels).any() for frame in talking[1:])
    panned = draw_clip(replace(_close_up(), movement="pan left"), seed=2)
    assert panned[-1].people[0].head[0] > panned[0].people[0].head[0] + 0.08
    still = draw_clip(_close_up(), seed=2)
    assert all((frame.pixels == still[0].pixels).all() for frame in still)


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="teal"):
        draw(_close_up(garments=(Worn(kind="coat", colour="teal"),)), seed=1)
