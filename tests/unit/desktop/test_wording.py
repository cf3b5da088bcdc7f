"""Numbers, times and costs as a director reads them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.translating import plural
from desktop.wording import (
    ago,
    cost_words,
    finding_name,
    frames_words,
    length,
    listed,
    page_words,
    pass_rate_words,
    stars_words,
)
from storage.commands import EditCost
from storage.domain.findings import Finding, FrameRange, Verdict
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import ShotId


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (40, "40 s"), (160, "2 min 40 s"), (120, "2 min"), (4320, "1 h 12 min")]
)
def test_length(seconds: float, words: str) -> None:
    assert length(seconds) == words


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("2026-11-22T10:00:00.000+00:00", "just now"),
        ("2026-11-22T09:59:48.000+00:00", "12 s ago"),
        ("2026-11-22T09:50:00.000+00:00", "10 min ago"),
        ("2026-11-22T05:00:00.000+00:00", "5 h ago"),
        ("2026-11-02T05:00:00.000+00:00", "02 Nov 2026"),
        ("yesterday", ""),
    ],
)
def test_ago(then: str, words: str) -> None:
    assert ago(then, datetime(2026, 11, 22, 10, tzinfo=UTC)) == words


def test_the_number_comes_with_its_count_and_interval() -> None:
    assert pass_rate_words(PassRate(passed=14, counted=15)) == ("93 %", "14 of 15 · 70–99")
    assert pass_rate_words(PassRate(passed=0, counted=0)) == ("—", "nothing in the cut yet")


def test_cost_of_an_edit() -> None:
    shots = tuple(ShotId(f"shot:{number}") for number in range(4))
    assert (
        cost_words(EditCost(keyframes=shots, clips=shots[:3], seconds=118.0))
        == "4 keyframes and 3 clips turn stale, about 1 min 58 s to make again."
    )
    assert cost_words(EditCost(keyframes=(), clips=shots[:1], seconds=None)) == "1 clip turns stale."
    assert cost_words(EditCost(keyframes=(), clips=(), seconds=None)) == "Nothing that was made turns stale."


def test_counted_and_listed() -> None:
    assert [plural("{n} reply", "{n} replies", number) for number in (0, 1, 3)] == ["0 replies", "1 reply", "3 replies"]
    assert plural("{n} shot of {scene}", "{n} shots of {scene}", 10_000, scene="12A") == "10,000 shots of 12A"
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"
    assert listed(["a", "b"], 2) == "a, b"


def test_stars_and_pages_in_words() -> None:
    assert [stars_words(number) for number in (0, 1, 5)] == ["no stars", "★☆☆☆☆", "★★★★★"]
    assert [page_words(*lines) for lines in ((0,), (5, 5), (55,), (56, 58))] == [
        "",
        "p 1 · line 5",
        "p 1 · line 55",
        "p 2 · lines 56–58",
    ]


def test_frames_and_findings_are_named_as_a_person_counts() -> None:
    assert frames_words(FrameRange(start=8, stop=9)) == "frame 9"
    assert frames_words(FrameRange(start=8, stop=14)) == "frames 9 to 14"
    found = Finding(
        key="mara/eyes", label="MARA: eyes", constraint_id=None, check="eyes", verdict=Verdict.OK, must=True,
        expected="brown", observed="brown", confidence=0.9,
    )  # fmt: skip
    assert finding_name(found) == "eyes" and finding_name(replace(found, label="first frame")) == "first frame"
