"""What can be typed into the forms that shape the scene graph, and what it comes to; which lines claims rest on."""

from fractions import Fraction

import pytest

from desktop.claims import claims_of, lines_behind
from desktop.shaping.add_forms import claim_meant
from desktop.shaping.edit_forms import frames_meant
from desktop.shaping.names import meant, offered_places, places_meant, scope_meant, spoken
from desktop.shaping.outline_search import find
from storage.domain.graph_view import GraphView
from storage.domain.vocabulary import Attribute
from storage.errors import WrongUse
from tests.gui.film_maker import graph

VIEW = GraphView(graph())
MARA = "character:mara"


def test_what_is_said_is_read_from_plain_words() -> None:
    assert claim_meant("Eyes", ()) == (Attribute.EYES, "")
    assert claim_meant("coat", ()) == (Attribute.GARMENT, "coat")
    assert claim_meant("glasses", ()) == (Attribute.ACCESSORY, "glasses")
    assert claim_meant("garment/kilt", ()) == (Attribute.GARMENT, "kilt")
    assert claim_meant("LAMP", ("Lamp",)) == (Attribute.HELD_PROP, "Lamp")
    for words in ("garment", "kilt", ""):
        with pytest.raises(WrongUse):
            claim_meant(words, ())


def test_a_length_is_in_frames_or_seconds() -> None:
    assert [frames_meant(words, Fraction(24)) for words in ("72", "3 s", "0,5s", "0 s")] == ["72", "72", "12", "1"]
    with pytest.raises(WrongUse):
        frames_meant("some s", Fraction(24))


def test_places_are_meant_by_numbers_and_labels() -> None:
    offered = offered_places(VIEW, MARA)
    assert [(place.name, [inner.name for inner in place.inside]) for place in offered] == [
        ("1", ["1A", "1B", "1C"]), ("2", ["2B"]), ("3", ["3A", "3B"]),
    ]  # fmt: skip
    assert places_meant(offered, "3, 1b,") == (("scene:3",), ("shot:1B",))
    with pytest.raises(WrongUse):
        places_meant(offered, "2A")
    assert (scope_meant(VIEW, "film").rank, scope_meant(VIEW, "sc 2").scene_id) == (0, "scene:2")
    assert scope_meant(VIEW, "2c").shot_id == "shot:2C"
    with pytest.raises(WrongUse):
        meant({"MARA": MARA}, "IDA", "characters")


def test_things_are_found_by_words_with_what_they_are_part_of() -> None:
    found = find(VIEW, "coat blue")
    assert found is not None and found.ids == ("constraint:mara/garment/coat@scene:3",)
    assert found.shows(MARA) and not found.shows("character:theo")
    shots = find(VIEW, "close-up mara")
    assert shots is not None and shots.ids == ("shot:1C", "shot:2B", "shot:3B") and shots.shows("scene:3")
    assert find(VIEW, "  ") is None


def test_every_claim_knows_its_lines_and_every_line_its_claims() -> None:
    claims = claims_of(VIEW)
    assert set(claims.by_line[5]) == {
        "constraint:mara/eyes/@film", "constraint:mara/hair colour/@film", "constraint:mara/garment/coat@film", MARA,
    }  # fmt: skip
    assert claims.by_line[3][0] == "constraint:scene:1/time" and claims.by_line[3][-1] == "shot:1C"
    assert claims.shots[3] == ("1A", "1B", "1C") and 5 in claims.claimed and not claims.proposed
    assert lines_behind(VIEW, "constraint:theo/accessory/scarf@film") == (7,)
    assert lines_behind(VIEW, MARA) == (5,) and lines_behind(VIEW, "constraint:mara/age/@film") == ()
    assert spoken(VIEW, "scene:2") == "scene 2"
