from collections.abc import Callable

import pytest

from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Origin, SceneGraph, Strength
from storage.domain.vocabulary import ABSENT, Attribute

Draft = Callable[..., SceneGraph]
HELLO = "\n\nMARA\nHello there.\n\nTHEO\nHello.\n\nMARA\nYes.\n\nTHEO\nNo.\n\n"


def worn(graph: SceneGraph, person: str, scene: str) -> dict[str, str]:
    """What a person wears throughout a scene: part to value."""
    return {
        constraint.part: constraint.value
        for constraint in graph.constraints.values()
        if constraint.entity_id == f"character:{person}"
        and constraint.attribute in (Attribute.GARMENT, Attribute.ACCESSORY)
        and constraint.scope.scene_id == f"scene:{scene}"
    }


def worn_by_shot(graph: SceneGraph, person: str) -> list[dict[str, str]]:
    """The same for each shot of the film that shows the person, film-wide proposals included."""
    view = GraphView(graph)
    return [
        {
            constraint.part: constraint.value
            for constraint in view.constraints_in(shot.id)
            if constraint.entity_id == f"character:{person}"
            and constraint.attribute in (Attribute.GARMENT, Attribute.ACCESSORY)
        }
        for shot in view.shots
        if any(seen.character_id == f"character:{person}" for seen in shot.people)
    ]


def test_wardrobe_holds_through_the_story_day_and_no_longer(draft: Draft) -> None:
    graph = draft(
        f"INT. KITCHEN - DAY\n\nMARA wears a yellow raincoat.{HELLO}"
        f"EXT. STREET - NIGHT\n\nMara waits for THEO.{HELLO}"
        f"INT. KITCHEN - MORNING\n\nMara sits.{HELLO}"
    )
    assert worn(graph, "mara", "1") == {"coat": "yellow"}
    assert worn(graph, "mara", "2") == {"coat": "yellow"}
    third = worn(graph, "mara", "3")
    assert len(third) == 1
    assert "coat" not in third


def test_carried_wardrobe_keeps_the_line_that_says_it(draft: Draft) -> None:
    graph = draft(f"INT. A - DAY\n\nMARA wears a red hat.{HELLO}INT. B - NIGHT\n\nMara sits.{HELLO}")
    hats = [c for c in graph.constraints.values() if c.part == "hat"]
    assert [(c.value, c.scope.scene_id, c.evidence.first_line) for c in hats] == [
        ("red", "scene:1", 3),
        ("red", "scene:2", 3),
    ]
    assert all(c.evidence.quote == "MARA wears a red hat." for c in hats)


def test_a_garment_in_a_later_scene_takes_the_place_of_the_one_before(draft: Draft) -> None:
    graph = draft(
        f"INT. A - DAY\n\nMARA wears a yellow coat.{HELLO}INT. B - DAY\n\nMara, now in a blue jacket, sits.{HELLO}"
    )
    assert worn(graph, "mara", "1") == {"coat": "yellow"}
    assert worn(graph, "mara", "2") == {"jacket": "blue"}


def test_a_change_before_the_camera_splits_the_scene_at_the_shot(draft: Draft) -> None:
    graph = draft(
        f"INT. A - DAY\n\nMARA, in a grey coat, sits with THEO. She takes off her coat and puts on a red jacket.{HELLO}"
        f"INT. B - NIGHT\n\nMara walks in.{HELLO}"
    )
    first, *later = worn_by_shot(graph, "mara")
    assert first == {"coat": "grey"}
    assert later
    assert all(outfit == {"coat": ABSENT, "jacket": "red"} or outfit == {"jacket": "red"} for outfit in later)
    assert worn(graph, "mara", "2")["jacket"] == "red"


def test_what_is_taken_off_was_on_before_and_is_off_after(draft: Draft) -> None:
    graph = draft(
        f"INT. A - DAY\n\nMARA and THEO wait. Mara removes her glasses.{HELLO}INT. B - DAY\n\nMara sits.{HELLO}"
    )
    outfits = [outfit.get("glasses") for outfit in worn_by_shot(graph, "mara")]
    assert outfits[0] == "present"
    assert set(outfits[1:]) == {ABSENT}


def test_changing_into_a_dress_replaces_everything(draft: Draft) -> None:
    graph = draft(f"INT. A - DAY\n\nMARA wears a blue shirt and black trousers. She changes into a green dress.{HELLO}")
    first, *later = worn_by_shot(graph, "mara")
    assert first == {"shirt": "blue", "trousers": "black"}
    assert later
    assert all(outfit == {"dress": "green"} for outfit in later)


def test_what_is_handed_over_is_the_others_from_then_on(draft: Draft) -> None:
    graph = draft(
        f"INT. A - DAY\n\nMARA wears a blue scarf.{HELLO}"
        f"EXT. B - DAY\n\nMara hands THEO the scarf.{HELLO}"
        f"INT. C - NIGHT\n\nTheo sits with Mara.{HELLO}"
    )
    assert worn(graph, "mara", "1")["scarf"] == "blue"
    assert worn(graph, "theo", "3")["scarf"] in ("blue", "present")
    assert worn(graph, "mara", "3").get("scarf", ABSENT) == ABSENT
    assert "scarf" not in worn(graph, "theo", "1")


@pytest.mark.parametrize("sentence", ["MARA, no longer wearing the coat, sits.", "MARA isn't wearing the coat."])
def test_what_is_said_to_be_missing_is_absent(draft: Draft, sentence: str) -> None:
    graph = draft(f"INT. A - DAY\n\nMARA wears a red coat.{HELLO}INT. B - DAY\n\n{sentence}{HELLO}")
    assert worn(graph, "mara", "2")["coat"] == ABSENT
    assert sum(value != ABSENT for value in worn(graph, "mara", "2").values()) == 1


def test_a_garment_without_a_colour_gets_one_proposed_and_keeps_it(draft: Draft) -> None:
    graph = draft(f"INT. A - DAY\n\nTHEO buttons his coat.{HELLO}INT. B - NIGHT\n\nTheo tightens his coat.{HELLO}")
    coats = [c for c in graph.constraints.values() if c.entity_id == "character:theo" and c.part == "coat"]
    assert len({c.value for c in coats}) == 1
    assert all(c.evidence.origin is Origin.PROPOSED for c in coats)


def test_a_shirt_under_a_coat_is_wanted_but_no_cut_hangs_on_it(draft: Draft) -> None:
    graph = draft(f"INT. A - DAY\n\nMARA wears a red sweater under a black coat.{HELLO}")
    strengths = {c.part: c.strength for c in graph.constraints.values() if c.entity_id == "character:mara" and c.part}
    assert strengths == {"sweater": Strength.SHOULD, "coat": Strength.MUST}


def test_without_a_word_of_wardrobe_one_outfit_is_proposed_for_the_film(draft: Draft) -> None:
    graph = draft(f"INT. A - DAY\n\nMARA and THEO sit.{HELLO}EXT. B - NIGHT\n\nMara and Theo wait.{HELLO}")
    garments = [c for c in graph.constraints.values() if c.attribute is Attribute.GARMENT]
    assert {c.entity_id for c in garments} == {"character:mara", "character:theo"}
    assert len(garments) == 2
    assert all(c.scope.rank == 0 and c.is_proposed for c in garments)
    assert garments[0].value != garments[1].value
