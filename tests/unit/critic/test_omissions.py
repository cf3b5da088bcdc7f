"""What lines say of somebody has to stand in the scene graph, unless a director settled it otherwise."""

from dataclasses import replace

import pytest

from critic.omissions import holes, omissions
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import CharacterId, Evidence, Origin, Scope, ShotId
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import MARA, SHOT, constraint, view_of

SAID = "Brown-eyed MARA waits, red hair in a bun, wearing a yellow coat."


def _review(*constraints, line=SAID):
    return [finding.expected for finding in omissions(view_of(*constraints), ("INT. HARBOUR CAFE - DAY", "", line))]


EYES = constraint(MARA, Attribute.EYES, "brown")
HAIR = constraint(MARA, Attribute.HAIR_COLOUR, "red")
COAT = constraint(MARA, Attribute.GARMENT, "yellow", "coat")


def test_what_the_scene_graph_says_is_not_missed() -> None:
    assert _review(EYES, HAIR, COAT) == []


@pytest.mark.parametrize(
    ("kept", "missed"),
    [((HAIR, COAT), "brown eyed"), ((EYES, COAT), "red hair"), ((EYES, HAIR), "yellow coat")],
)
def test_a_dropped_constraint_is_missed_by_the_line_that_says_it(kept, missed) -> None:
    assert _review(*kept) == [missed]


def test_what_a_director_settled_otherwise_stands() -> None:
    green = constraint(MARA, Attribute.EYES, "green", evidence=Evidence(origin=Origin.DIRECTOR))
    assert _review(green, HAIR, COAT) == []


def test_what_was_proposed_does_not_stand_for_what_the_line_says() -> None:
    green = constraint(MARA, Attribute.EYES, "green", evidence=Evidence(origin=Origin.PROPOSED))
    assert _review(green, HAIR, COAT) == ["brown eyed"]


@pytest.mark.parametrize(
    "line",
    [
        "A red coat hangs on the hook beside MARA.",
        "MARA is no longer in her red coat.",
        "Somebody in a red coat passes.",
        "MARA, wearing something warm, waits.",
    ],
)
def test_what_is_nobodys_or_not_so_is_not_asked_for(line) -> None:
    assert _review(line=line) == []


def _holes(*constraints):
    view = view_of(*constraints)
    first = view.graph.shots[SHOT]
    second = replace(first, id=ShotId("1C"), label="1C")
    graph = replace(view.graph, shots={SHOT: first, second.id: second})
    return [(finding.label, finding.expected) for finding in holes(GraphView(graph))]


@pytest.mark.parametrize(
    ("had", "said"), [((Attribute.EYES, "brown"), "brown"), ((Attribute.GARMENT, "yellow", "coat"), "yellow coat")]
)
def test_what_somebody_has_in_one_shot_is_asked_for_in_the_other(had, said) -> None:
    here = constraint(MARA, *had, scope=Scope(shot_id=SHOT))
    assert _holes(here) == [("Shot 1C", said)]


def test_what_holds_everywhere_or_nowhere_leaves_no_hole() -> None:
    assert _holes(EYES, HAIR, COAT) == []
    assert _holes() == []


def test_a_bald_head_wants_no_colour() -> None:
    here = constraint(MARA, Attribute.HAIR_COLOUR, "red", scope=Scope(shot_id=SHOT))
    assert _holes(here, constraint(MARA, Attribute.HAIR_STYLE, "bald")) == []


def test_a_bald_head_wants_eyes_all_the_same() -> None:
    here = constraint(MARA, Attribute.EYES, "brown", scope=Scope(shot_id=SHOT))
    assert _holes(here, constraint(MARA, Attribute.HAIR_STYLE, "bald")) == [("Shot 1C", "brown")]


def test_a_constraint_on_somebody_who_does_not_exist_is_no_hole() -> None:
    nobody = constraint(CharacterId("character:nobody"), Attribute.EYES, "brown", scope=Scope(shot_id=SHOT))
    assert _holes(nobody) == []
