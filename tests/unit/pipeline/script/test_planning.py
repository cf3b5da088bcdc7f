from collections.abc import Callable
from fractions import Fraction

import pytest

from pipeline.script.calls import find_call, is_call
from pipeline.script.coverage import split_speech
from pipeline.script.drafts import letter, speech_s
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import SceneGraph, Shot

Draft = Callable[..., SceneGraph]
SETUP = "INT. OFFICE - DAY\n\nMARA and THEO face each other.\n\n"


def shots(graph: SceneGraph) -> list[Shot]:
    return list(GraphView(graph).shots)


def who(shot: Shot) -> list[str]:
    return [person.character_id.removeprefix("character:") for person in shot.people]


@pytest.mark.parametrize(
    ("line", "size", "angle", "movement"),
    [
        ("CLOSE ON MARA", "close-up", "", ""),
        ("CLOSE UP - Mara", "close-up", "", ""),
        ("EXTREME CLOSE UP: her eyes", "close-up", "", ""),
        ("ECU MARA", "close-up", "", ""),
        ("CU: MARA", "close-up", "", ""),
        ("Close on Mara's eyes.", "close-up", "", ""),
        ("WIDE SHOT", "wide shot", "", ""),
        ("WIDE", "wide shot", "", ""),
        ("ESTABLISHING SHOT - the harbour", "wide shot", "", ""),
        ("INSERT - A LETTER", "insert", "", ""),
        ("ANGLE ON THE DOOR", "medium shot", "", ""),
        ("TWO SHOT", "medium shot", "", ""),
        ("OVER THE SHOULDER", "medium shot", "over the shoulder", ""),
        ("OVER THEO'S SHOULDER", "medium shot", "over the shoulder", ""),
        ("MARA'S POV", "", "point of view", ""),
        ("POV - the street", "", "point of view", ""),
        ("LOW ANGLE ON THEO", "", "low", ""),
        ("HIGH ANGLE", "", "high", ""),
        ("PUSH IN on Theo", "", "", "push in"),
        ("We push in on Theo.", "", "", "push in"),
        ("PULL BACK to reveal", "", "", "pull out"),
        ("PAN LEFT TO the window", "", "", "pan left"),
        ("PAN TO the window", "", "", "pan right"),
        ("TILT UP", "", "", "tilt up"),
        ("TILT DOWN to the floor", "", "", "tilt down"),
        ("TRACKING SHOT with Mara", "", "", "pan right"),
        ("DOLLY IN", "", "", "push in"),
        ("ON MARA", "medium shot", "", ""),
    ],
)
def test_calls_are_understood(line: str, size: str, angle: str, movement: str) -> None:
    call = find_call(line)
    assert call is not None
    assert (call.size, call.angle, call.movement) == (size, angle, movement)


@pytest.mark.parametrize(
    "line",
    [
        "Close the door.",
        "Wide awake, she waits.",
        "Mara pans for gold.",
        "The angle on the roof is steep.",
        "Long grass.",
        "CLOSET DOORS OPEN",
        "On Mondays she swims.",
        "MARA",
        "Push the cart.",
        "Back to the wall, he waits.",
        "I",
    ],
)
def test_prose_is_no_call(line: str) -> None:
    assert find_call(line) is None
    assert not is_call(line)


def test_a_new_place_is_established_once(draft: Draft) -> None:
    graph = draft(
        "EXT. PIER - DAY\n\nMARA sits.\n\nINT. HUT - DAY\n\nMara eats.\n\nEXT. PIER - NIGHT\n\nMara sleeps.\n"
    )
    assert [(shot.size, shot.purpose) for shot in shots(graph) if shot.order == 0] == [
        ("wide shot", "establishing"),
        ("wide shot", "establishing"),
        ("medium shot", "master"),
    ]


def test_explicit_calls_become_shots_of_their_own(draft: Draft) -> None:
    text = (
        SETUP + "CLOSE ON MARA'S EYES\n\nBrown.\n\nINSERT - A BRASS KEY on the table.\n\n"
        "MARA'S POV - THEO\n\nWIDE\n\nEverything.\n"
    )
    found = [(shot.size, shot.angle, who(shot), shot.prop_id) for shot in shots(draft(text))[1:]]
    assert found == [
        ("close-up", "eye level", ["mara"], None),
        ("insert", "eye level", [], "prop:brass-key"),
        ("medium shot", "point of view", ["theo"], None),
        ("wide shot", "eye level", [], None),
    ]


def test_a_call_on_her_hands_is_on_whoever_was_seen_last(draft: Draft) -> None:
    found = shots(draft(SETUP + "Mara reads a book at the far table.\n\nClose on her hands.\n"))[-1]
    assert (found.size, who(found), found.prop_id) == ("close-up", ["mara"], None)


def test_an_exchange_is_covered_from_both_sides_and_tightens(draft: Draft) -> None:
    lines = "".join(
        f"{name}\nThis is a speech of quite some length, so that it fills a picture of its own, number {number}.\n\n"
        for number, name in enumerate(("MARA", "THEO") * 4)
    )
    coverage = [shot for shot in shots(draft(SETUP + lines)) if shot.lines]
    assert coverage[0].purpose == "coverage: two-shot"
    assert who(coverage[0]) == ["mara", "theo"]
    assert any(shot.angle == "over the shoulder" for shot in coverage[:4])
    assert all(shot.size == "close-up" for shot in coverage[-3:])
    for shot in coverage:
        speaker = shot.lines[0].character_id
        seen = {person.character_id: person for person in shot.people}
        assert seen[speaker].action == "talking"
        assert not seen[speaker].turned_away


def test_short_lines_are_traded_within_one_picture(draft: Draft) -> None:
    lines = "".join(f"{name}\nYou know I did not.\n\n" for name in ("MARA", "THEO") * 4)
    coverage = [shot for shot in shots(draft(SETUP + lines)) if shot.lines]
    assert sum(len(shot.lines) for shot in coverage) == 8
    assert len(coverage) <= 2
    assert all(who(shot) == ["mara", "theo"] for shot in coverage)


def test_nobody_changes_sides_within_a_scene(draft: Draft) -> None:
    lines = "".join(
        f"{name}\nThis is a speech of quite some length, number {n}.\n\n" for n, name in enumerate(("THEO", "MARA") * 5)
    )
    graph = draft(SETUP + lines + "Theo turns to Mara.\n\nTHEO\nWell then, my dear friend, what now?\n")
    pairs = {tuple(who(shot)) for shot in shots(graph) if len(shot.people) == 2}
    assert pairs == {("mara", "theo")}


def test_no_picture_shows_more_than_two(draft: Draft) -> None:
    graph = draft(
        "INT. BAR - DAY\n\nMARA, THEO, JONAS and IDA drink.\n\n"
        + "".join(f"{n}\nYes, yes.\n\n" for n in ("MARA", "THEO", "JONAS", "IDA"))
    )
    assert {name for shot in shots(graph) for name in who(shot)} == {"mara", "theo", "jonas", "ida"}
    assert all(len(shot.people) <= 2 for shot in shots(graph))


def test_a_long_speech_is_spread_over_coverage(draft: Draft) -> None:
    speech = " ".join(f"Sentence number {n} says a little more than the one before." for n in range(12))
    graph = draft(SETUP + f"MARA\n{speech}\n")
    pieces = [line.text for shot in shots(graph) for line in shot.lines]
    assert len(pieces) > 3
    assert " ".join(pieces) == speech
    assert all(shot.duration_frames <= 24 * 9 for shot in shots(graph))


def test_a_sentence_too_long_to_cut_stays_whole() -> None:
    sentence = "word " * 60 + "end."
    assert split_speech(sentence.strip(), Fraction(6)) == [sentence.strip()]


def test_dual_dialogue_is_one_picture_of_both(draft: Draft) -> None:
    graph = draft(SETUP + "IDA\nWait a moment please, all of you.\n\nMARA\nGo.\n\nTHEO ^\nNo.\n")
    dual = next(shot for shot in shots(graph) if any(line.text == "No." for line in shot.lines))
    assert who(dual) == ["mara", "theo"]
    assert [line.text for line in dual.lines] == ["Go.", "No."]


def test_a_voice_is_heard_and_not_shown(draft: Draft) -> None:
    graph = draft("INT. HUT - DAY\n\nMARA listens.\n\nTHEO (V.O.)\nCome home.\n")
    scene = next(iter(graph.scenes.values()))
    assert {presence.character_id: presence.on_screen for presence in scene.presences} == {
        "character:mara": True,
        "character:theo": False,
    }
    assert all("theo" not in who(shot) for shot in shots(graph))
    assert [line.voice_only for shot in shots(graph) for line in shot.lines] == [True]


def test_every_speech_is_in_exactly_one_shot(draft: Draft, long_screenplay: Callable[..., str]) -> None:
    text = long_screenplay(12)
    graph = draft(text)
    spoken = sum(len(line.text.split()) for shot in shots(graph) for line in shot.lines)
    blocks = [block.split("\n", 1) for block in text.split("\n\n")]
    assert spoken == sum(len(block[1].split()) for block in blocks if len(block) == 2 and block[0].isupper())


def test_lengths_follow_what_is_said_and_done(draft: Draft) -> None:
    assert speech_s("one two three four five") == Fraction(5, 2)
    graph = draft("INT. HUT - DAY\n\nMARA sits.\n\nMARA\nOne two three four five six seven eight nine ten.\n")
    talk = next(shot for shot in shots(graph) if shot.lines)
    assert talk.duration_frames == 24 * 9 // 2
    assert all(shot.duration_frames >= 24 * 2 for shot in shots(graph))


def test_people_do_what_the_action_says(draft: Draft) -> None:
    graph = draft("EXT. PIER - DAY\n\nMARA walks to the end while THEO nods.\n")
    assert {person.character_id: person.action for person in shots(graph)[0].people} == {
        "character:mara": "walking",
        "character:theo": "nodding",
    }


def test_slate_letters_skip_what_looks_like_numbers() -> None:
    letters = [letter(index) for index in range(50)]
    assert letters[:10] == list("ABCDEFGHJK")
    assert letters[23:26] == ["Z", "AA", "AB"]
    assert len(set(letters)) == 50
    assert not any("I" in name or "O" in name for name in letters)


def test_shot_ids_and_labels_are_unique_whatever_the_numbers(draft: Draft) -> None:
    action = "\n\nMARA sits.\n\nMARA\nYes.\n\n"
    text = "".join(f"INT. A - DAY #{number}#{action}" for number in ("1", "1A", "1", "2")) + f"INT. B - DAY{action}"
    graph = draft(text)
    assert [scene.number for scene in GraphView(graph).scenes] == ["1", "1A", "1", "2", "2A"]
    labels = [shot.label for shot in graph.shots.values()]
    assert len(set(labels)) == len(labels)
    assert len(graph.scenes) == 5
