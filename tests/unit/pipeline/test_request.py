from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.request import FROM_BEHIND, clip_length, describe_shot, missing_from, pressed_phrases, seed_for
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import (
    Billing,
    Character,
    CharacterId,
    Constraint,
    ConstraintId,
    Evidence,
    Origin,
    Prop,
    PropId,
    Scene,
    SceneGraph,
    SceneId,
    Scope,
    Setting,
    SettingId,
    Shot,
    ShotId,
    ShotPerson,
)
from storage.domain.takes import Seam
from storage.domain.vocabulary import ABSENT, PRESENT, Attribute

EVIDENCE = Evidence(origin=Origin.SCRIPT, first_line=1, last_line=1)
MARA, THEO = CharacterId("character:mara"), CharacterId("character:theo")
KITCHEN, LETTER = SettingId("setting:kitchen"), PropId("prop:letter")
SCENE = SceneId("scene:1")


def constraint(entity: str, attribute: Attribute, value: str, part: str = "", scope: Scope | None = None) -> Constraint:
    scope = scope or Scope()
    return Constraint(
        id=ConstraintId(f"{entity}/{attribute}/{part}/{scope}"),
        entity_id=entity,
        attribute=attribute,
        part=part,
        value=value,
        scope=scope,
        evidence=EVIDENCE,
    )


def shot(label: str, size: str, *people: ShotPerson, **more: object) -> Shot:
    return Shot(
        id=ShotId(f"shot:{label}"),
        scene_id=SCENE,
        label=label,
        order=0,
        size=size,
        people=people,
        duration_frames=48,
        evidence=EVIDENCE,
        **more,  # pyright: ignore[reportArgumentType]
    )


CLOSE = shot("1A", "close-up", ShotPerson(character_id=MARA, action="talking"), movement="push in")
TWO = shot("1B", "medium shot", ShotPerson(character_id=THEO), ShotPerson(character_id=MARA))
OVER = shot("1C", "medium shot", ShotPerson(character_id=MARA, turned_away=True), ShotPerson(character_id=THEO))
WIDE = shot("1D", "wide shot", ShotPerson(character_id=MARA))
INSERT = shot("1E", "insert", ShotPerson(character_id=MARA), prop_id=LETTER)
SHOTS = (CLOSE, TWO, OVER, WIDE, INSERT)


@pytest.fixture
def view() -> GraphView:
    constraints = (
        constraint(MARA, Attribute.EYES, "brown"),
        constraint(MARA, Attribute.HAIR_COLOUR, "black"),
        constraint(MARA, Attribute.HAIR_STYLE, "long"),
        constraint(MARA, Attribute.GARMENT, "red", "coat"),
        constraint(MARA, Attribute.GARMENT, ABSENT, "coat", Scope(shot_id=WIDE.id)),
        constraint(MARA, Attribute.ACCESSORY, PRESENT, "glasses"),
        constraint(MARA, Attribute.ACCESSORY, ABSENT, "hat"),
        constraint(MARA, Attribute.AGE, "young"),
        constraint(THEO, Attribute.EYES, "teal"),
        constraint(THEO, Attribute.ACCESSORY, "blue", "scarf"),
        constraint(THEO, Attribute.HELD_PROP, "white", "letter"),
        constraint(KITCHEN, Attribute.LIGHT_WARMTH, "warm"),
        constraint(SCENE, Attribute.LIGHT_WARMTH, "cool"),
        constraint(SCENE, Attribute.TIME_OF_DAY, "night"),
        constraint(CLOSE.id, Attribute.SHOT_SIZE, "close-up"),
        constraint(TWO.id, Attribute.PEOPLE, "2"),
        constraint(LETTER, Attribute.HELD_PROP, "yellow", "letter"),
    )
    return GraphView(
        SceneGraph(
            characters={
                MARA: Character(id=MARA, names=("MARA",), billing=Billing.LEAD, evidence=EVIDENCE),
                THEO: Character(id=THEO, names=("THEO",), billing=Billing.LEAD, evidence=EVIDENCE),
            },
            settings={KITCHEN: Setting(id=KITCHEN, name="MARA'S KITCHEN", interior=True, evidence=EVIDENCE)},
            props={LETTER: Prop(id=LETTER, name="Letter", evidence=EVIDENCE)},
            scenes={
                SCENE: Scene(
                    id=SCENE,
                    number="1",
                    order=0,
                    heading="INT. MARA'S KITCHEN - NIGHT",
                    setting_id=KITCHEN,
                    time_of_day="day",
                    story_day=1,
                    first_line=1,
                    last_line=9,
                )
            },
            shots={each.id: each for each in SHOTS},
            constraints={each.id: each for each in constraints},
        )
    )


def test_a_close_up_says_what_can_be_seen_of_her(view: GraphView):
    described = describe_shot(view, CLOSE.id, Seam.CLIP)
    assert described == FrameDescription(
        shot_size="close-up",
        movement="push in",
        setting="mara's kitchen",
        time_of_day="night",
        light_warmth="cool",
        people=(
            PersonDescription(
                eyes="brown",
                hair_colour="black",
                hair_style="long",
                age="young",
                garments=(Worn(kind="coat", colour="red"),),
                accessories=(Worn(kind="glasses"),),
                action="talking",
                absent=("hat",),
            ),
        ),
    )


def test_a_keyframe_does_not_move_but_shows_the_action(view: GraphView):
    described = describe_shot(view, CLOSE.id, Seam.KEYFRAME)
    assert described.movement == ""
    assert described.people[0].action == "talking"


def test_people_stand_in_the_plans_order(view: GraphView):
    left, right = describe_shot(view, TWO.id, Seam.KEYFRAME).people
    assert (left.eyes, right.eyes) == ("teal", "brown")
    assert left.held == (Worn(kind="letter", colour="white"),)


def test_who_turns_away_has_no_eyes(view: GraphView):
    mara, theo = describe_shot(view, OVER.id, Seam.KEYFRAME).people
    assert mara.eyes == "" and mara.action == FROM_BEHIND
    assert "brown eyes" not in mara.phrases
    assert theo.eyes == "teal"


def test_the_narrowest_scope_takes_the_coat_off(view: GraphView):
    (mara,) = describe_shot(view, WIDE.id, Seam.KEYFRAME).people
    assert mara.garments == ()
    assert set(mara.absent) == {"coat", "hat"}
    assert "coat" not in describe_shot(view, WIDE.id, Seam.KEYFRAME).prompt


def test_one_light_holds_the_shots_before_the_scenes_before_the_settings(view: GraphView):
    def warmths(view: GraphView) -> list[str]:
        return [each.value for each in view.constraints_in(CLOSE.id) if each.attribute is Attribute.LIGHT_WARMTH]

    assert warmths(view) == ["cool"]
    for_the_shot = constraint(KITCHEN, Attribute.LIGHT_WARMTH, "neutral", scope=Scope(shot_id=CLOSE.id))
    constraints = {**view.graph.constraints, for_the_shot.id: for_the_shot}
    edited = GraphView(replace(view.graph, constraints=constraints))
    assert warmths(edited) == ["neutral"]
    assert describe_shot(edited, CLOSE.id, Seam.KEYFRAME).light_warmth == "neutral"
    assert describe_shot(edited, WIDE.id, Seam.KEYFRAME).light_warmth == "cool"


def test_an_insert_shows_the_prop_and_nobody(view: GraphView):
    described = describe_shot(view, INSERT.id, Seam.KEYFRAME)
    assert described.inserted == "yellow letter"
    assert described.people == ()


@pytest.mark.parametrize("seam", [Seam.KEYFRAME, Seam.CLIP])
@pytest.mark.parametrize("planned", SHOTS, ids=lambda planned: planned.label)
def test_every_visible_constraint_is_in_the_description(view: GraphView, planned: Shot, seam: Seam):
    people = [person.character_id for person in planned.people]
    described = describe_shot(view, planned.id, seam)
    assert view.visible_in(planned.id)
    assert missing_from(described, view.visible_in(planned.id), people) == ()


def test_what_a_description_does_not_say_is_named(view: GraphView):
    people = [MARA]
    described = describe_shot(view, CLOSE.id, Seam.KEYFRAME)
    (mara,) = described.people
    changes = {
        Attribute.EYES: replace(described, people=(replace(mara, eyes="blue"),)),
        Attribute.GARMENT: replace(described, people=(replace(mara, garments=()),)),
        Attribute.TIME_OF_DAY: replace(described, time_of_day="day"),
        Attribute.SHOT_SIZE: replace(described, shot_size="wide shot"),
    }
    for attribute, changed in changes.items():
        missing = missing_from(changed, view.visible_in(CLOSE.id), people)
        assert [each.attribute for each in missing] == [attribute]
    with_hat = replace(described, people=(replace(mara, accessories=(Worn(kind="glasses"), Worn(kind="hat"))),))
    assert [each.part for each in missing_from(with_hat, view.visible_in(CLOSE.id), people)] == ["hat"]


def test_attributes_on_the_wrong_person_are_missing(view: GraphView):
    described = describe_shot(view, TWO.id, Seam.KEYFRAME)
    swapped = replace(described, people=described.people[::-1])
    assert missing_from(swapped, view.visible_in(TWO.id)) == ()
    missing = missing_from(swapped, view.visible_in(TWO.id), [THEO, MARA])
    assert {each.attribute for each in missing} >= {Attribute.EYES, Attribute.ACCESSORY}
    alone = replace(described, people=described.people[:1])
    assert Attribute.PEOPLE in {each.attribute for each in missing_from(alone, view.visible_in(TWO.id), [THEO, MARA])}


def test_missed_constraints_become_prompt_phrases():
    missed = [
        constraint(MARA, Attribute.EYES, "brown"),
        constraint(MARA, Attribute.HAIR_COLOUR, "black"),
        constraint(MARA, Attribute.GARMENT, "red", "coat"),
        constraint(MARA, Attribute.ACCESSORY, PRESENT, "glasses"),
        constraint(MARA, Attribute.ACCESSORY, ABSENT, "hat"),
        constraint(THEO, Attribute.HELD_PROP, "white", "letter"),
        constraint(SCENE, Attribute.TIME_OF_DAY, "night"),
        constraint(TWO.id, Attribute.PEOPLE, "2"),
    ]
    phrases = pressed_phrases(missed)
    assert phrases == ("brown eyes", "black hair", "red coat", "glasses", "holding white letter", "night")


def test_seeds_differ_by_everything_that_they_derive_from():
    arguments = [
        (7, CLOSE.id, Seam.KEYFRAME, 1, 0),
        (8, CLOSE.id, Seam.KEYFRAME, 1, 0),
        (7, WIDE.id, Seam.KEYFRAME, 1, 0),
        (7, CLOSE.id, Seam.CLIP, 1, 0),
        (7, CLOSE.id, Seam.KEYFRAME, 2, 0),
        (7, CLOSE.id, Seam.KEYFRAME, 1, 1),
    ]
    seeds = {seed_for(*each) for each in arguments}
    assert len(seeds) == len(arguments)
    assert all(0 <= seed < 2**63 for seed in seeds)
    # The same on every machine, for ever: films are made again from it.
    assert seed_for(7, ShotId("shot:1A"), Seam.KEYFRAME, 1, 0) == 577057085774817866


@given(
    duration=st.integers(1, 5000),
    film_rate=st.sampled_from([Fraction(24), Fraction(25), Fraction(24000, 1001)]),
    clip_rate=st.sampled_from([Fraction(7), Fraction(8), Fraction(16)]),
)
def test_a_clip_covers_its_shot_and_wastes_less_than_a_frame(duration: int, film_rate: Fraction, clip_rate: Fraction):
    frames = clip_length(duration, film_rate, clip_rate)
    assert frames / clip_rate >= duration / film_rate
    assert frames == 2 or (frames - 1) / clip_rate < duration / film_rate
