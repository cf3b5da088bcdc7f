"""What lines say of somebody has to stand in the scene graph, unless a director settled it otherwise."""

import pytest

from critic.omissions import omissions
from storage.domain.scene_graph import Evidence, Origin
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import MARA, constraint, view_of

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
