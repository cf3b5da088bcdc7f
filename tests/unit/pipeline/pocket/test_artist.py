"""The artist tells the truth about its pixels, and repeats itself exactly."""

import random
from dataclasses import replace

import numpy as np
import pytest
import skia

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import world
from pipeline.pocket.artist import draw, draw_clip, sample_description
from pipeline.pocket.staging import Camera


def _close_up(**person) -> FrameDescription:
    return FrameDescription(
        shot_size="close-up",
        setting="kitchen",
        time_of_day="day",
        people=(
            PersonDescription(
                **{"hair_style": "short", "hair_colour": "brown", "skin": "tan", "facing": "front"} | person
            ),
        ),
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
        people=(PersonDescription(facing="front", garments=(Worn(kind="coat", colour=colour),)),),
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
        assert description.weather in ("", drawing.weather)
        assert description.inserted in ("", drawing.inserted)
        for person, truth in zip(description.people, drawing.people, strict=True):
            assert person.eyes in ("", truth.figure.eyes)
            assert person.hair_colour in ("", truth.figure.hair_colour)
            assert {item.kind for item in person.accessories} == truth.figure.accessories
            assert person.age in ("", truth.figure.age)
            if drawing.angle == world.ANGLES[0]:
                assert person.facing in ("", truth.facing)
            regions = (truth.person, truth.head, truth.eyes, truth.mouth, truth.garment, truth.held)
            assert all(0 <= value <= 1 for region in regions if region for value in region)


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


def test_a_turned_back_shows_no_face() -> None:
    away = draw(_close_up(eyes="blue", facing="away", accessories=(Worn(kind="glasses"),)), seed=1).people[0]
    assert (away.eyes, away.mouth, away.facing) == (None, None, "away")
    hidden = ("eyes", "skin", "age", "accessory:glasses", "accessory:beard")
    assert {away.attributes[name] for name in hidden} == {"unseen"}
    assert away.attributes["hair colour"] == "brown"


@pytest.mark.parametrize("seed", range(6))
def test_over_the_shoulder_one_faces_us_and_the_other_does_not(seed: int) -> None:
    people = (PersonDescription(eyes="green"), PersonDescription(eyes="green"))
    drawing = draw(FrameDescription(shot_size="medium shot", angle="over the shoulder", people=people), seed)
    near, far = sorted(drawing.people, key=lambda person: not person.near)
    assert (near.attributes["eyes"], far.attributes["eyes"]) == ("unseen", "green")
    assert near.head[3] - near.head[1] > far.head[3] - far.head[1]
    assert drawing.angle == "over the shoulder"
    alone = draw(FrameDescription(shot_size="medium shot", angle="over the shoulder", people=people[:1]), seed)
    assert (alone.angle, alone.people[0].near) == ("eye level", False)


def test_an_insert_shows_its_prop_and_nobody() -> None:
    drawing = draw(FrameDescription(inserted="letter"), seed=1)
    assert (drawing.shot_size, drawing.inserted, drawing.people) == ("insert", "letter", ())


def test_rain_falls_outside_only() -> None:
    wet = [draw(FrameDescription(weather="rain"), seed) for seed in range(4)]
    assert {drawing.weather for drawing in wet} == {"rain"}
    assert {drawing.setting for drawing in wet} <= set(world.OUTDOORS)


@pytest.mark.parametrize("setting", world.INDOORS)
@pytest.mark.parametrize("weather", ["rain", "fog"])
def test_no_weather_is_painted_inside(setting: str, weather: str) -> None:
    inside = FrameDescription(setting=setting, weather=weather, time_of_day="day", shot_size="wide shot")
    drawing = draw(inside, seed=1)
    assert drawing.weather == "clear"
    assert np.array_equal(drawing.pixels, draw(replace(inside, weather="clear"), seed=1).pixels)
    moving = draw_clip(inside, seed=1, num_frames=2)
    assert np.array_equal(moving[0].pixels, moving[1].pixels)


def test_a_prop_in_hand_is_told_where_it_shows() -> None:
    holding = replace(_close_up(held=(Worn(kind="book"),)), shot_size="medium shot")
    person = draw(holding, seed=2).people[0]
    assert person.held is not None and person.attributes["held"] == "book"
    assert draw(replace(_close_up(), shot_size="medium shot"), seed=2).people[0].attributes["held"] == "none"
    assert draw(_close_up(), seed=2).people[0].attributes["held"] == "unseen"


def test_a_walk_goes_where_it_faces_and_what_is_far_moves_less() -> None:
    going = replace(_close_up(action="walking", facing="right"), shot_size="wide shot")
    clip = draw_clip(going, seed=4)
    assert clip[-1].people[0].head[0] > clip[0].people[0].head[0] + 0.05
    moved = []
    for depth in (0.0, 1.0):
        canvas = skia.Surface(8, 8).getCanvas()
        camera = Camera(shot_size="wide shot", movement="pan left", shift=0.0, progress=1.0)
        camera.move(canvas, depth)
        moved.append(canvas.getTotalMatrix().getTranslateX())
    assert 0 < moved[0] < moved[1]


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="teal"):
        draw(_close_up(garments=(Worn(kind="coat", colour="teal"),)), seed=1)
