"""Notes on the command line, and how they leave: read back as CSV, as PDF and as OpenTimelineIO markers."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import opentimelineio as otio
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from pipeline.cli.commands import matchcut
from pipeline.export.delivery import Delivery
from pipeline.media import encode_clip, encode_picture
from pipeline.work import cut_plan
from storage.author import SETTING
from storage.domain.decisions import Verb
from storage.domain.takes import Seam
from storage.verify import verify
from tests.unit.storage.conftest import Film


def grey(level: int) -> np.ndarray:
    return np.full((36, 64, 3), level, np.uint8)


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Film:
    """Three approved shots; the first one's keyframe has two takes, its clip 16 frames that can be told apart."""
    monkeypatch.setenv(SETTING, "Anna")
    made = Film(tmp_path / "Film.matchcut")
    made.commands.approve_script()
    made.commands.request_changes(made.make("shot:1A", Seam.KEYFRAME, content=encode_picture(grey(40))).id, "Warmer.")
    for index, shot_id in enumerate(("shot:1A", "shot:1B", "shot:2A")):
        made.commands.approve(made.make(shot_id, Seam.KEYFRAME, content=encode_picture(grey(80 + index))).id)
        frames = np.stack([grey(100 + 5 * frame + index) for frame in range(16)])
        clip = made.make(shot_id, Seam.CLIP, content=encode_clip(frames, Fraction(8)), num_frames=16)
        made.commands.approve(clip.id)
    yield made
    made.project.close()


def run(verb: str, film: Film, *arguments: object) -> Result:
    return CliRunner().invoke(matchcut, [*verb.split(), str(film.project.folder), *map(str, arguments)])


def done(verb: str, film: Film, *arguments: object) -> str:
    found = run(verb, film, *arguments)
    assert found.exit_code == 0, found.output
    return found.stdout


def listed(film: Film, *options: str) -> list[dict]:
    return json.loads(done("note list", film, "--json", *options))["notes"]


@pytest.fixture
def noted(film: Film, monkeypatch: pytest.MonkeyPatch) -> Film:
    """Notes of two directors: a thread on frames, a drawing, one resolved, one on a keyframe; and a request's."""
    done("note add", film, "1A/clip", "Her coat\nturns green.", "--frames", "4-9")
    done("note draw", film, "1A/clip", "arrow", "0.1,0.1", "0.5,0.5", "--frames", "4-9", "--colour", "amber")
    done("note draw", film, "1B/clip", "text", "0.2,0.2", "--words", "שלום", "--width", "broad", "--frames", "3")
    monkeypatch.setenv(SETTING, "Ben")
    first = listed(film, "--shot", "1A")[1]["note"]
    done("note reply", film, first, "Mended in take 2.")
    resolved = json.loads(done("note add", film, "2A/keyframe", "Fine now.", "--json"))["note"]
    done("note resolve", film, resolved)
    monkeypatch.setenv(SETTING, "Anna")
    return film


def test_everything_about_notes_can_be_done_here(noted: Film):
    request, thread, drawing, fine = listed(noted)
    assert (request["kind"], request["text"], request["take"]) == ("changes requested", "Warmer.", "1A/keyframe/1")
    assert (thread["first_frame"], thread["last_frame"], thread["timecode"]) == (4, 9, "00:00:00:12")
    assert [each["tool"] for each in thread["strokes"]] == ["arrow"]
    assert thread["replies"][0] == {**thread["replies"][0], "author": "Ben", "text": "Mended in take 2."}
    assert (drawing["kind"], drawing["text"], drawing["timecode"]) == ("drawing", "", "00:00:02:09")
    assert (fine["resolved"], fine["resolved_by"], fine["first_frame"]) == (True, "Ben", None)
    assert [each["note"] for each in listed(noted, "--open", "--mine")] == [thread["note"], drawing["note"]]
    assert [each["note"] for each in listed(noted, "--resolved")] == [fine["note"]]

    told = done("note list", noted, "--shot", "1a")
    assert f"{thread['note']:>4}  1A/clip/1, frames 4-9, open, Anna: Her coat\n      turns green. [1 stroke]" in told
    assert "      Ben: Mended in take 2." in told
    assert done("note reopen", noted, fine["note"]) == f"note {fine['note']}: open again\n"
    assert done("note clear", noted, "1A/clip", "--frame", "5") == "cleared 1 drawing\n"
    assert listed(noted, "--shot", "1A")[1]["strokes"] == []
    done("decide", noted, "undo")
    assert len(listed(noted, "--shot", "1A")[1]["strokes"]) == 1
    done("note withdraw", noted, fine["note"])
    assert listed(noted, "--shot", "2A") == []
    assert done("note list", noted, "--shot", "2A") == "There are no such notes.\n"
    assert done("verify", noted) == "Everything fits.\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("note add", "1A/clip", "Hm.", "--frames", "16"), "has no frames 16 to 16"),
        (("note add", "1A/clip", "Hm.", "--frames", "two"), "names no frames"),
        (("note add", "9Z/clip", "Hm."), "no shot 9Z"),
        (("note draw", "1A/clip", "box", "0.1,0.1"), "needs 2 points"),
        (("note draw", "1A/clip", "pen", "0.1;0.1"), "is no point"),
        (("note draw", "1A/clip", "pen", "0.1,1.1"), "not on the picture"),
        (("note draw", "1A/clip", "text", "0.1,0.1"), "1 to 400 letters"),
        (("note reply", "999", "Hm."), "no note 999"),
        (("export", "--notes", "notes.docx"), ".pdf or .csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(film: Film, arguments: tuple[str, ...], why: str):
    refused = run(arguments[0], film, *arguments[1:])
    assert refused.exit_code == 2 and why in refused.stderr
    assert [decision.verb for decision in film.project.ledger.everything()].count(Verb.NOTE) == 0


def test_notes_leave_as_csv(noted: Film, tmp_path: Path):
    path = tmp_path / "out" / "notes.csv"
    assert done("export", noted, "--notes", path) == f"{path}\n"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["take"] for row in rows] == ["1A/keyframe/1", "1A/clip/1", "1B/clip/1", "2A/keyframe/1"]
    thread, drawing = rows[1:3]
    assert (thread["scene"], thread["shot"], thread["author"], thread["status"]) == ("1", "1A", "Anna", "open")
    assert (thread["text"], thread["replies"]) == ("Her coat\nturns green.", "Ben: Mended in take 2.")
    assert (thread["first_frame"], thread["last_frame"], thread["strokes"]) == ("4", "9", "1")
    assert (thread["first_timecode"], thread["last_timecode"]) == ("00:00:00:12", "00:00:01:05")
    assert (drawing["kind"], drawing["on_picture"]) == ("drawing", "שלום")
    assert (rows[3]["status"], rows[3]["resolved_by"]) == ("resolved", "Ben")
    assert rows[0]["media"] == noted.project.takes.get(1).media


def test_notes_leave_as_a_pdf_with_pictures(noted: Film, tmp_path: Path):
    path = tmp_path / "notes.pdf"
    done("export", noted, "--notes", path, "--notes", tmp_path / "too.csv")
    assert (tmp_path / "too.csv").is_file()
    pages = PdfReader(path).pages
    words = " ".join(page.extract_text() for page in pages)
    for said in ("The Tide Clock", "3 open and 1 resolved", "1A/clip/1", "frames 5 to 10", "Mended in take 2."):
        assert said in words
    assert "changes requested by" in words and "Resolved by Ben" in words
    levels = [round(np.asarray(image.image.convert("L")).mean()) for page in pages for image in page.images]
    # The keyframe that was sent back; frame 4 of the first clip; frame 3 of the second; the last keyframe.
    assert levels == pytest.approx([40, 120, 116, 82], abs=2)


def test_a_picture_that_cannot_be_read_leaves_the_words(noted: Film, tmp_path: Path):
    take = next(decision for decision in noted.state.decisions if decision.verb is Verb.NOTE).take_id
    noted.project.media.find(noted.project.takes.get(take).media).write_bytes(b"torn")
    done("export", noted, "--notes", tmp_path / "notes.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "notes.pdf").pages)
    assert "This picture cannot be read." in words and "Her coat" in words


def test_a_film_without_notes_and_one_with_long_ones_leave_too(film: Film, tmp_path: Path):
    done("decide", film, "undo")
    done("note add", film, "1B/clip", "Long. " * 1200, "--frames", "0-15")
    done("note add", film, "1B/clip", "After it.")
    done("export", film, "--notes", tmp_path / "long.pdf")
    pages = PdfReader(tmp_path / "long.pdf").pages
    assert len(pages) > 1 and "After it." in pages[-1].extract_text()
    empty = Film(tmp_path / "Empty.matchcut")
    done("export", empty, "--notes", tmp_path / "empty.pdf")
    assert "Nobody has written" in PdfReader(tmp_path / "empty.pdf").pages[0].extract_text()
    empty.project.close()


def test_notes_leave_as_markers_of_the_timeline(noted: Film, tmp_path: Path):
    state = noted.state
    cut = noted.make(None, Seam.CUT, num_frames=192)
    done("note add", noted, "cut", "Too slow here.", "--frames", "60-70")
    state = noted.state
    Delivery(noted.project).deliver(cut, cut_plan(noted.project, state), state, timeline=tmp_path / "film.otio")
    timeline = otio.adapters.read_from_file(str(tmp_path / "film.otio"))
    told = {
        clip.name: [(each.name, each.comment, each.color) for each in clip.markers] for clip in timeline.find_clips()
    }
    assert told["1A take 1"] == [
        ("note: director, on keyframe take 1", "Warmer.", "YELLOW"),
        ("note: Anna", "Her coat\nturns green.\nBen: Mended in take 2.", "YELLOW"),
    ]
    assert told["2A take 1"] == [("note: Ben, on keyframe take 1, resolved", "Fine now.", "GREEN")]
    first = next(iter(timeline.find_clips()))
    marked = first.markers[1].marked_range
    assert (marked.start_time.value, marked.duration.value, marked.start_time.rate) == (4, 6, 8)
    (on_cut,) = timeline.tracks.markers
    assert (on_cut.comment, on_cut.marked_range.start_time.value, on_cut.marked_range.duration.value) == (
        "Too slow here.", 60, 11,
    )  # fmt: skip
    assert verify(noted.project) == []
