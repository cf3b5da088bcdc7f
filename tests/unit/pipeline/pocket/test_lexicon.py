"""The lexicon drops nothing in silence, and what it returns the artist can draw."""

import dataclasses
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import world
from pipeline.pocket.artist import draw, sample_description
from pipeline.pocket.lexicon import nearest, nearest_setting
from storage.domain import vocabulary

_ANY = st.sampled_from(
    (
        "",
        "teal",
        "amber",
        "ponytail",
        "parka",
        "moon base",
        "sunset",
        "insert",
        "pale",
        "brown",
        "red",
        "coat",
        "spectacles",
        "long",
        "night",
        "glasses",
        "boots",
        "xyzzy",
        "pull out",
        "talking",
        "juggling",
        "rain",
        "mug",
        "letter",
        "child",
        "over the shoulder",
        "kitchen",
        "left",
    )
)
_WORN = st.builds(Worn, kind=_ANY.filter(bool), colour=_ANY)
_PERSON = st.builds(
    PersonDescription,
    skin=_ANY,
    hair_style=_ANY,
    hair_colour=_ANY,
    eyes=_ANY,
    age=_ANY,
    build=_ANY,
    facing=_ANY,
    action=_ANY,
    garments=st.lists(_WORN, max_size=2).map(tuple),
    accessories=st.lists(_WORN, max_size=2).map(tuple),
    held=st.lists(_WORN, max_size=1).map(tuple),
)
_FRAME = st.builds(
    FrameDescription,
    shot_size=_ANY,
    angle=_ANY,
    movement=_ANY,
    setting=_ANY,
    time_of_day=_ANY,
    weather=_ANY,
    light_key=_ANY,
    light_warmth=_ANY,
    light_direction=_ANY,
    inserted=_ANY,
    people=st.lists(_PERSON, max_size=3).map(tuple),
)


@settings(max_examples=80, deadline=None)
@given(_FRAME)
def test_whatever_is_asked_can_be_drawn_and_every_change_is_reported(description: FrameDescription) -> None:
    known, substitutions = nearest(description)
    draw(known, seed=1)
    assert nearest(known) == (known, ())
    said = {(change.person, change.asked) for change in substitutions}
    for field in dataclasses.fields(FrameDescription):
        asked, drawn = getattr(description, field.name), getattr(known, field.name)
        if field.name != "people" and asked != drawn:
            assert (None, asked) in said
    for index, person in enumerate(description.people):
        if index >= len(known.people):
            assert any(change.person == index for change in substitutions)
            continue
        for name in ("skin", "hair_style", "hair_colour", "eyes", "age", "build", "facing", "action"):
            asked, drawn = getattr(person, name), getattr(known.people[index], name)
            assert asked == drawn or (index, asked) in said
        for name in ("garments", "accessories", "held"):
            kept = {worn.words for worn in getattr(known.people[index], name)}
            for worn in getattr(person, name):
                assert worn.words in kept or (index, worn.words) in said


def test_what_pocket_knows_comes_back_unchanged() -> None:
    import random

    rng = random.Random(1)
    for _ in range(50):
        description = sample_description(rng)
        assert nearest(description) == (description, ())


@pytest.mark.parametrize(
    ("place", "setting"),
    [
        ("Mia's diner", "diner"),
        ("EXT. BACK ALLEY", "street"),
        ("beach house", "bedroom"),
        ("the old park", "field"),
        ("stairwell", "corridor"),
        ("public library", "library"),
        ("roof terrace", "rooftop"),
        ("police station", "office"),
        ("docks", "harbour"),
        ("moon base", "office"),
        ("exterior wasteland", "street"),
    ],
)
def test_places_go_where_they_belong(place: str, setting: str) -> None:
    assert nearest_setting(place) == setting


@pytest.mark.parametrize(
    ("asked", "drawn"), [("teal", "green"), ("navy", "blue"), ("crimson", "red"), ("ivory", "white")]
)
def test_a_coat_takes_the_nearest_colour(asked: str, drawn: str) -> None:
    person = PersonDescription(garments=(Worn(kind="parka", colour=asked),))
    known, changes = nearest(FrameDescription(people=(person,)))
    assert known.people[0].garments == (Worn(kind="coat", colour=drawn),)
    assert [change.words for change in changes] == [
        f"garment: {asked} parka drawn as {drawn} coat (person 1 from the left)"
    ]


def _one(**person) -> PersonDescription:
    known, _ = nearest(FrameDescription(people=(PersonDescription(**person),)))
    return known.people[0]


def test_what_stands_near_a_known_word_is_drawn_as_it() -> None:
    person = _one(age="child", facing="from behind", action="giving", held=(Worn(kind="mug", colour="red"),))
    assert (person.age, person.facing, person.action) == ("young", "away", "handing over")
    assert person.held == (Worn(kind="cup"),)
    assert _one(garments=(Worn(kind="blazer", colour="navy"),)).garments == (Worn(kind="suit", colour="blue"),)


def test_weather_stays_outside() -> None:
    assert nearest(FrameDescription(setting="street", weather="drizzle"))[0].weather == "rain"
    known, changes = nearest(FrameDescription(setting="kitchen", weather="rain"))
    assert (known.weather, [change.words for change in changes]) == ("", ["weather: rain cannot be drawn"])


def test_an_insert_has_a_prop_and_nobody() -> None:
    known, changes = nearest(FrameDescription(shot_size="insert", inserted="envelope", people=(PersonDescription(),)))
    assert (known.shot_size, known.inserted, known.people) == ("insert", "letter", ())
    assert {change.attribute for change in changes} == {"inserted", "people"}
    known, _ = nearest(FrameDescription(shot_size="insert", people=(PersonDescription(),)))
    assert (known.shot_size, len(known.people)) == ("close-up", 1)


def test_a_shoulder_needs_two_people() -> None:
    asked = FrameDescription(shot_size="medium shot", angle="over the shoulder", people=(PersonDescription(),) * 2)
    assert nearest(asked) == (asked, ())
    assert nearest(dataclasses.replace(asked, people=asked.people[:1]))[0].angle == ""
    assert nearest(FrameDescription(angle="low"))[0].angle == ""


def test_a_checkpoint_is_spoken_to_in_its_own_words() -> None:
    old = {
        "eyes": ("brown", "blue"),
        "hair style": ("short", "long", "bun"),
        "skin": ("light", "tan", "dark"),
        "garment": ("coat", "jacket", "shirt"),
        "garment colour": ("red", "blue", "white"),
        "setting": ("street", "office", "forest"),
        "shot size": ("close-up", "medium shot"),
    }
    asked = FrameDescription(
        shot_size="insert",
        inserted="letter",
        setting="library",
        weather="rain",
        people=(
            PersonDescription(
                age="old",
                eyes="amber",
                skin="olive",
                hair_style="ponytail",
                garments=(Worn(kind="suit", colour="orange"),),
                held=(Worn(kind="cup"),),
            ),
        ),
    )
    known, changes = nearest(asked, old)
    assert known == FrameDescription(
        shot_size="close-up",
        setting="office",
        people=(
            PersonDescription(
                eyes="brown", skin="tan", hair_style="bun", garments=(Worn(kind="jacket", colour="red"),)
            ),
        ),
    )
    assert nearest(known, old) == (known, ())
    assert {change.asked for change in changes} >= {"library", "rain", "letter", "old", "amber", "cup"}


def test_every_standard_value_is_known_or_reported() -> None:
    for eyes in vocabulary.EYES:
        known, changes = nearest(FrameDescription(people=(PersonDescription(eyes=eyes),)))
        assert known.people[0].eyes in world.EYES
        assert bool(changes) == (eyes not in world.EYES)


def test_the_lexicon_needs_no_torch() -> None:
    code = "import sys, pipeline.pocket.lexicon; sys.exit('torch' in sys.modules or 'skia' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
