"""A timeline that is written is read back by OpenTimelineIO with the same takes, times and markers."""

import dataclasses
import json
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote

import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime, TimeRange

from pipeline.assembly.cut import CutPlan
from pipeline.export.timeline import CutMarker, drift_marker, note_marker, write_otio
from storage.domain.findings import Finding, FrameRange, Verdict
from storage.domain.scene_graph import ShotId
from storage.errors import WrongUse

BASELINE = Path(__file__).parent / "baselines" / "three_shots.otio"

DRIFT = Finding(
    key="character:mara/eyes/",
    label="Mara's eyes",
    constraint_id="c1",
    check="eyes",
    verdict=Verdict.DRIFT,
    must=True,
    expected="brown",
    observed="blue",
    confidence=0.9,
    frame_range=FrameRange(start=2, stop=5),
)


@pytest.fixture
def markers() -> list[CutMarker]:
    return [
        drift_marker(ShotId("shot:1A"), DRIFT),
        note_marker(ShotId("shot:2A"), "director", "Hold longer on the sea."),
        note_marker(ShotId("shot:nowhere"), "director", "Of a shot that is not in the cut."),
    ]


def read(path: Path) -> otio.schema.Timeline:
    timeline = otio.adapters.read_from_file(str(path))
    assert isinstance(timeline, otio.schema.Timeline)
    return timeline


def test_it_says_what_it_has_always_said(plan: CutPlan, markers: list[CutMarker], tmp_path: Path) -> None:
    write_otio(plan, tmp_path / "exports" / "film.otio", markers)
    assert json.loads((tmp_path / "exports" / "film.otio").read_text()) == json.loads(BASELINE.read_text())


def test_frames_have_the_same_numbers_as_in_the_movie(plan: CutPlan, tmp_path: Path) -> None:
    write_otio(plan, tmp_path / "film.otio")
    timeline = read(tmp_path / "film.otio")
    (track,) = timeline.video_tracks()
    assert timeline.duration() == RationalTime(plan.total_frames, 24)
    assert isinstance(track[0], otio.schema.Gap)
    clips = timeline.find_clips()
    found = [track.range_of_child(clip) for clip in clips]
    assert found == [
        TimeRange(RationalTime(record.start, 24), RationalTime(record.stop - record.start, 24))
        for record in plan.records
    ]


def test_a_clip_refers_to_its_take_at_the_takes_own_rate(plan: CutPlan, tmp_path: Path) -> None:
    path = tmp_path / "exports" / "a folder" / "film.otio"
    write_otio(plan, path)
    for clip, shot in zip(read(path).find_clips(), plan.shots, strict=True):
        reference = clip.media_reference
        assert isinstance(reference, otio.schema.ExternalReference)
        assert (path.parent / unquote(reference.target_url)).resolve() == shot.media_path.resolve()
        rate = float(shot.take_rate)
        assert reference.available_range == TimeRange(RationalTime(0, rate), RationalTime(shot.num_frames, rate))
        assert clip.source_range.end_time_exclusive() <= clip.available_range().end_time_exclusive()
        assert clip.metadata["matchcut"] == {
            "scene": shot.scene_id,
            "shot": shot.shot_id,
            "take": shot.take_id,
            "media": shot.media,
        }


def test_drift_in_what_a_trim_took_away_is_not_marked(plan: CutPlan, tmp_path: Path) -> None:
    def marked(duration_frames: int) -> int:
        trimmed = dataclasses.replace(plan.shots[0], duration_frames=duration_frames)
        write_otio(dataclasses.replace(plan, shots=(trimmed,)), tmp_path / "film.otio", [drift])
        return sum(len(clip.markers) for clip in read(tmp_path / "film.otio").find_clips())

    # It begins on the third frame of a take that runs at a third of the film's rate.
    drift = drift_marker(ShotId("shot:1A"), DRIFT)
    assert [marked(6), marked(7)] == [0, 1]


def test_drift_and_notes_are_markers_in_the_frames_of_the_take(
    plan: CutPlan, markers: list[CutMarker], tmp_path: Path
) -> None:
    write_otio(plan, tmp_path / "film.otio", markers)
    first, second, third = read(tmp_path / "film.otio").find_clips()
    (drift,), (note,) = first.markers, third.markers
    assert drift.name == "drift: Mara's eyes blue, should be brown"
    assert drift.color == otio.schema.MarkerColor.RED
    assert drift.marked_range == TimeRange(RationalTime(2, 8), RationalTime(3, 8))
    assert (note.name, note.comment, note.color) == ("note: director", "Hold longer on the sea.", "YELLOW")
    assert note.marked_range == TimeRange(RationalTime(0, 8), RationalTime(8, 8))
    assert not second.markers


def test_a_check_without_an_expected_value_still_makes_a_name() -> None:
    frozen = dataclasses.replace(DRIFT, label="picture", expected="", observed="frozen", message="Nothing moves.")
    marker = drift_marker(ShotId("shot:1A"), frozen)
    assert (marker.name, marker.comment) == ("drift: picture frozen", "Nothing moves.")


def test_a_rate_that_is_no_whole_number_keeps_whole_frames(plan: CutPlan, tmp_path: Path) -> None:
    write_otio(dataclasses.replace(plan, film_rate=Fraction(24000, 1001)), tmp_path / "film.otio")
    duration = read(tmp_path / "film.otio").duration()
    assert (duration.value, duration.rate) == (plan.total_frames, pytest.approx(23.976, abs=0.001))


def test_a_folder_is_refused(plan: CutPlan, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="cannot be a file"):
        write_otio(plan, tmp_path)
