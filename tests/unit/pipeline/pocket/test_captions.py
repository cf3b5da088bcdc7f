"""A caption says all that its description says, in many ways, and never more."""

import random

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import world
from pipeline.pocket.artist import sample_description
from pipeline.pocket.captions import caption

_TWO = FrameDescription(
    shot_size="medium shot",
    setting="street",
    time_of_day="night",
    weather="rain",
    people=(
        PersonDescription(age="old", eyes="blue", garments=(Worn(kind="coat", colour="red"),), facing="right"),
        PersonDescription(hair_style="bald", eyes="amber", held=(Worn(kind="cup"),), action="talking"),
    ),
)


def _captions(description: FrameDescription, count: int = 60) -> set[str]:
    rng = random.Random(1)
    return {caption(description, rng) for _ in range(count)}


def test_there_are_many_and_the_plainest_is_the_prompt() -> None:
    captions = _captions(_TWO)
    assert _TWO.prompt in captions
    assert len(captions) > 30


def test_each_says_every_word_and_binds_people_by_place() -> None:
    for words in _captions(_TWO):
        for said in ("medium shot", "street", "rain", "two people", "red coat", "blue", "amber", "cup", "talking"):
            assert said in words, words
        left, right = words.index("on the left"), words.index("on the right")
        assert left < right
        assert words.index("blue eyes") < words.index("amber eyes"), words


def test_what_is_left_out_is_not_said() -> None:
    plain = FrameDescription(people=(PersonDescription(eyes="green"),))
    unsaid = (*world.SETTINGS, *world.TIMES_OF_DAY, *world.HAIR_STYLES, *world.PROPS, *world.ACTIONS)
    for words in _captions(plain):
        assert "green" in words
        assert not any(f" {word} " in f" {words} " for word in unsaid), words


def test_every_sampled_description_has_captions() -> None:
    rng = random.Random(2)
    for _ in range(300):
        description = sample_description(rng, in_motion=rng.random() < 0.5)
        words = caption(description, rng)
        assert description.setting in words
        assert all(person.eyes in words for person in description.people)
