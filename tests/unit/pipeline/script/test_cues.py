import pytest

from pipeline.script.cues import is_voice_only, looks_like_cue, name_key, split_cue


@pytest.mark.parametrize(
    ("text", "name", "extensions"),
    [
        ("MARA", "MARA", ()),
        ("MARA (V.O.)", "MARA", ("V.O.",)),
        ("MARA (CONT'D)", "MARA", ()),
        ("MARA  (cont’d)", "MARA", ()),
        ("MARA (CONT’D) (O.S.)", "MARA", ("O.S.",)),
        ("MARA (O.S.) (CONT'D)", "MARA", ("O.S.",)),
        ("MARA CONT'D", "MARA", ()),
        ("MARA V.O.", "MARA", ("V.O.",)),
        ("Mara (O.S.)", "Mara", ("O.S.",)),
        ("MARA (into phone)", "MARA", ("into phone",)),
        ("MR. O’NEIL", "MR. O'NEIL", ()),
        ("MAN #1", "MAN #1", ()),
        ("CONSTANCE", "CONSTANCE", ()),
        ("MARA ^", "MARA", ()),
        ("MARA (V.O.", "MARA", ("V.O.",)),
    ],
)
def test_a_cue_is_taken_apart(text: str, name: str, extensions: tuple[str, ...]) -> None:
    cue = split_cue(text)
    assert (cue.name, cue.extensions) == (name, extensions)
    assert cue.dual == text.endswith("^")


@pytest.mark.parametrize(
    ("extension", "unseen"),
    [
        ("V.O.", True),
        ("O.S.", True),
        ("o.c.", True),
        ("VO", True),
        ("on phone", True),
        ("into phone", False),
        ("34", False),
    ],
)
def test_only_some_extensions_mean_a_voice_without_a_face(extension: str, unseen: bool) -> None:
    assert is_voice_only((extension,)) is unseen


@pytest.mark.parametrize(
    "line",
    [
        "MARA",
        "DR. SMITH",
        "O’BRIEN",
        "McCLANE",
        "ÉLOÏSE",
        "МАРИЯ",
        "MAN #1",
        "MARA & THEO",
        "SAMMY DAVIS JR.",
        "R2-D2",
        "Mara (V.O.)",
        "YOUNG MARA",
        "THE STRANGER",
        "AGENT K.",
        "MARA (whispering)",
    ],
)
def test_names_look_like_cues(line: str) -> None:
    assert looks_like_cue(line)


@pytest.mark.parametrize(
    "line",
    [
        "CUT TO:",
        "FADE OUT.",
        "DISSOLVE TO:",
        "THE END",
        "LATER",
        "MOMENTS LATER",
        "THREE DAYS LATER",
        "MONTAGE",
        "INSERT - LETTER",
        "CLOSE ON MARA",
        "ANGLE ON THE DOOR",
        "MARA'S POV",
        "THE PHONE RINGS",
        "BANG!",
        "SUPER: 1986",
        "TITLE CARD: PARIS",
        "END CREDITS",
        "BACK TO SCENE",
        "Mara walks in.",
        "12",
        "...",
        "(beat)",
        "CONTINUED",
        "INTERCUT - PHONE CALL",
    ],
)
def test_other_capitals_do_not(line: str) -> None:
    assert not looks_like_cue(line)


def test_spellings_of_one_name_share_a_key() -> None:
    assert name_key("Dr. O’Neil") == name_key("DR  O'NEIL") == "DR O'NEIL"
    assert name_key("YOUNG MARA") != name_key("MARA")
