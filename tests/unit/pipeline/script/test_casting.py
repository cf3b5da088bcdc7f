from collections.abc import Callable

import pytest

from pipeline.script.casting import find_cast, slug
from pipeline.script.screenplay import Kind, Screenplay
from storage.domain.scene_graph import Billing

Read = Callable[[str], Screenplay]


def speeches(*cues: str) -> str:
    return "INT. ROOM - DAY\n\n" + "\n\n".join(f"{cue}\nSome words to say." for cue in cues) + "\n"


def test_every_spelling_of_a_cue_is_one_character(read: Read) -> None:
    cast = find_cast(
        read(
            speeches(
                "MARA",
                "MARA (V.O.)",
                "MARA (CONT'D)",
                "Mara (O.S.)",
                "MARA (into phone)",
                "MARA  (cont’d)",
                "MARA ^",
                "MARA'S VOICE",
            )
        ).elements
    )
    assert list(cast.characters) == ["character:mara"]
    assert cast.characters["character:mara"].names == ("MARA", "Mara")
    assert [unseen for _, unseen in cast.speakers.values()] == [False, True, False, True, False, False, False, True]


def test_the_young_one_is_somebody_else(read: Read) -> None:
    cast = find_cast(read(speeches("MARA", "YOUNG MARA", "MARA", "OLD MARA")).elements)
    assert set(cast.characters) == {"character:mara", "character:young-mara", "character:old-mara"}


def test_names_in_any_script_are_found_once(read: Read) -> None:
    names = ["ÉLOÏSE", "@雪", "МАРИЯ", "O'BRIEN", "DR. SMITH", "MR. O’NEIL", "McCLANE", "MAN #1", "MAN #2"]
    cast = find_cast(read(speeches(*names, *names)).elements)
    assert [character.name for character in cast.characters.values()] == [
        "ÉLOÏSE",
        "雪",
        "МАРИЯ",
        "O'BRIEN",
        "DR. SMITH",
        "MR. O'NEIL",
        "McCLANE",
        "MAN #1",
        "MAN #2",
    ]
    assert len(set(cast.characters)) == 9


def test_a_pair_speaks_for_its_members(read: Read) -> None:
    cast = find_cast(read(speeches("MARA", "THEO", "MARA & THEO", "MARA AND THEO", "THEO/MARA", "BOTH")).elements)
    assert set(cast.characters) == {"character:mara", "character:theo"}
    assert all(
        set(speakers) == {"character:mara", "character:theo"} for speakers, _ in list(cast.speakers.values())[2:]
    )


def test_both_are_the_two_of_the_scene(read: Read) -> None:
    text = speeches("MARA", "THEO", "IDA") + "\nINT. CAR - DAY\n\nMara and Theo sing.\n\nBOTH\nLa la la.\n"
    cast = find_cast(read(text).elements)
    assert list(cast.speakers.values())[-1] == (("character:mara", "character:theo"), False)
    assert len(cast.characters) == 3


def test_a_pair_of_strangers_is_a_group(read: Read) -> None:
    cast = find_cast(read(speeches("MARA", "TWEEDLEDUM AND TWEEDLEDEE")).elements)
    assert [character.billing for character in cast.characters.values()][1] is Billing.GROUP


@pytest.mark.parametrize(
    "cue", ["ALL", "CROWD", "SOLDIERS", "VOICES", "EVERYONE", "TWO COPS", "THE TWINS", "FISHERMEN"]
)
def test_groups_are_kept_apart(read: Read, cue: str) -> None:
    cast = find_cast(read(speeches("MARA", cue, "THEO")).elements)
    assert [character.billing is Billing.GROUP for character in cast.characters.values()] == [False, True, False]


@pytest.mark.parametrize("cue", ["JAMES", "MRS. JONES", "CHRIS", "DR. ROSS", "THOMAS"])
def test_a_name_that_ends_in_s_is_no_group(read: Read, cue: str) -> None:
    cast = find_cast(read(speeches(cue)).elements)
    assert all(character.billing is not Billing.GROUP for character in cast.characters.values())


def test_one_line_parts_are_no_leads(read: Read) -> None:
    cues = ["MARA", "THEO"] * 12 + ["WAITER", "NORA", "NORA", "NORA", "NORA"]
    billing = {c.name: c.billing for c in find_cast(read(speeches(*cues)).elements).characters.values()}
    assert billing == {
        "MARA": Billing.LEAD,
        "THEO": Billing.LEAD,
        "WAITER": Billing.BIT,
        "NORA": Billing.SUPPORTING,
    }


def test_transitions_calls_and_cards_never_speak(read: Read) -> None:
    text = "INT. ROOM - DAY\n\n" + "\n\n".join(
        f"{line}\nMara sits down."
        for line in (
            "CUT TO:",
            "LATER",
            "THE END",
            "MONTAGE",
            "CLOSE ON MARA",
            "INSERT - A LETTER",
            "THE PHONE RINGS",
            "BANG!",
        )
    )
    screenplay = read(text + "\n\nMARA\nYes.\n")
    assert list(find_cast(screenplay.elements).characters) == ["character:mara"]
    assert [element.text for element in screenplay.elements if element.kind is Kind.CUE] == ["MARA"]


def test_people_who_never_speak_are_found_where_they_are_introduced(read: Read) -> None:
    cast = find_cast(
        read(
            "EXT. PIER - DAY\n\nBrown-eyed MARA hands THEO the KEY. JUNO (8) runs. RAIN pours. A CAR stops.\n"
        ).elements
    )
    assert set(cast.characters) == {"character:mara", "character:theo", "character:juno"}


def test_a_full_name_in_the_action_belongs_to_the_cue(read: Read) -> None:
    cast = find_cast(
        read("INT. ROOM - DAY\n\nMARA LUND (34) sits. YOUNG MARA (9) plays.\n\nMARA\nYes.\n\nMARA\nNo.\n").elements
    )
    assert set(cast.characters) == {"character:mara", "character:young-mara"}
    assert "MARA LUND" in cast.characters["character:mara"].names


def test_mentions_are_names_not_words_that_look_like_them(read: Read) -> None:
    cast = find_cast(read(speeches("MARA", "WILL", "WAITRESS", "DR. SMITH", "@雪")).elements)
    text = "Mara's car will stop. Will waves to the waitress, not to a waitress. A photo of MARA. Smith sees 雪走."
    found = [(text[m.start : m.stop], m.is_physical) for m in cast.mentions(text)]
    assert found == [
        ("Mara", False),
        ("Will", True),
        ("waitress", True),
        ("MARA", False),
        ("Smith", True),
        ("雪", True),
    ]


def test_a_slug_is_plain_and_stable() -> None:
    assert slug("Dr. Éloïse O’Brien") == "dr-eloise-obrien"
    assert slug("MAN #1") == "man-number-1"
    assert slug("雪") == "雪"
    assert slug("!!!") == "unnamed"


def test_a_silent_person_may_be_described_before_anything_is_done(draft) -> None:
    graph = draft("INT. KITCHEN - DAY\n\nBrown-eyed MARA, long black hair, in a red coat, looks at the clock.\n")
    assert list(graph.characters) == ["character:mara"]
