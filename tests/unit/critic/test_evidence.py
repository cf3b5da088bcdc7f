import pytest

from critic.evidence import Support, is_quoted, normal, quoted_lines, read_claim
from storage.domain.scene_graph import Evidence, Origin
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import MARA, constraint

A = Attribute


def _support(attribute: Attribute, value: str, line: str, part: str = "") -> Support:
    return read_claim(constraint(MARA, attribute, value, part), normal(line)).support


HANDS = "Brown-eyed MARA hands THEO his blue scarf."


@pytest.mark.parametrize(
    ("attribute", "value", "part", "line"),
    [
        (A.EYES, "brown", "", HANDS),
        (A.ACCESSORY, "blue", "scarf", HANDS),
        (A.ACCESSORY, "present", "scarf", HANDS),
        (A.EYES, "blue", "", "Her eyes are a startling, icy blue."),
        (A.EYES, "brown", "", "Eyes of brown."),
        (A.EYES, "green", "", "His EYES -- one would call them green -- narrow."),
        (A.EYES, "grey", "", "MARA (30s, gray eyes) waits."),
        (A.HAIR_COLOUR, "blonde", "", "A blond man in a suit."),
        (A.HAIR_COLOUR, "red", "", "THE REDHEAD turns."),
        (A.HAIR_STYLE, "bald", "", "KEMP, bald and broad, nods."),
        (A.SKIN, "light", "", "Pale skin, dark hair."),
        (A.GARMENT, "red", "coat", "MARA, in a *crimson* wool overcoat, enters."),
        (A.GARMENT, "teal", "dress", "She wears the teal dress."),
        (A.GARMENT, "absent", "coat", "She is no longer wearing the coat."),
        (A.ACCESSORY, "present", "glasses", "THEO, bespectacled, reads."),
        (A.TIME_OF_DAY, "night", "", "EXT. PIER - NIGHT"),
        (A.TIME_OF_DAY, "day", "", "INT. KITCHEN - MORNING"),
        (A.TIME_OF_DAY, "dusk", "", "EXT. ROOF - EVENING"),
        (A.SETTING, "MARA'S KITCHEN", "", "INT. MARA’S KITCHEN – DAY"),
        (A.SHOT_SIZE, "close-up", "", "CLOSE ON MARA"),
        (A.BUILD, "heavy", "", "A burly man."),
        (A.AGE, "old", "", "KEMP, 70s."),
        (A.AGE, "young", "", "LIA (17) runs."),
        (A.AGE, "child", "", "A BOY runs."),
        (A.WEATHER, "rain", "", "It is raining."),
    ],
)
def test_what_the_line_says_is_said(attribute: Attribute, value: str, part: str, line: str) -> None:
    assert _support(attribute, value, line, part) is Support.SAID


@pytest.mark.parametrize(
    ("attribute", "value", "part", "line"),
    [
        (A.EYES, "blue", "", HANDS),
        (A.ACCESSORY, "brown", "scarf", HANDS),
        (A.EYES, "green", "", "Her brown eyes narrow."),
        (A.GARMENT, "blue", "coat", "MARA in a red coat and a blue dress."),
        (A.HAIR_COLOUR, "black", "", "Her long red hair is wet."),
        (A.HAIR_STYLE, "short", "", "Her long red hair is wet."),
        (A.TIME_OF_DAY, "day", "", "EXT. PIER - NIGHT"),
        (A.SETTING, "OFFICE", "", "INT. KITCHEN - DAY"),
        (A.SHOT_SIZE, "wide shot", "", "CLOSE ON MARA"),
        (A.ACCESSORY, "present", "hat", "She comes back without her hat."),
        (A.BUILD, "slim", "", "A burly man."),
    ],
)
def test_a_line_that_says_otherwise_denies(attribute: Attribute, value: str, part: str, line: str) -> None:
    assert _support(attribute, value, line, part) is Support.DENIED


@pytest.mark.parametrize(
    ("attribute", "value", "part", "line"),
    [
        (A.EYES, "blue", "", "Her gaze is the sea."),
        (A.GARMENT, "red", "coat", "MARA is still in her coat."),
        (A.TIME_OF_DAY, "night", "", "INT. KITCHEN - CONTINUOUS"),
        (A.AGE, "old", "", "KEMP waits."),
    ],
)
def test_what_cannot_be_told_is_left_open(attribute: Attribute, value: str, part: str, line: str) -> None:
    assert _support(attribute, value, line, part) is Support.SILENT


LINES = ("INT. CAFE - DAY", "", "MARA enters in a _red_", "coat. (quietly) She sits.")


@pytest.mark.parametrize(
    ("first", "last", "quote", "found"),
    [
        (3, 4, "MARA enters in a red coat.", True),
        (3, 4, "Mara enters  in a red coat. She sits.", True),
        (3, 3, "MARA enters in a red coat.", False),
        (3, 4, "MARA enters in a blue coat.", False),
    ],
)
def test_a_quote_is_looked_up_in_its_lines(first: int, last: int, quote: str, found: bool) -> None:
    evidence = Evidence(origin=Origin.SCRIPT, first_line=first, last_line=last, quote=quote)
    said = quoted_lines(evidence, LINES)
    assert said is not None
    assert is_quoted(evidence, said) is found


@pytest.mark.parametrize(("first", "last"), [(0, 0), (4, 5), (3, 2)])
def test_lines_that_do_not_exist(first: int, last: int) -> None:
    assert quoted_lines(Evidence(origin=Origin.SCRIPT, first_line=first, last_line=last), LINES) is None
