"""Time left: from the film's own takes, honest where nothing is known."""

from dataclasses import replace

import pytest

from storage.domain.jobs import Job, JobId, JobState
from storage.domain.pace import Pace, left_of, round_length, time_left
from storage.domain.takes import Seam
from storage.pace_store import read_pace
from tests.unit.storage.conftest import Film

JOB = Job(
    id=JobId(1), seam=Seam.CLIP, shot_id="shot:1A", round="r", attempt=1, state=JobState.QUEUED,
    created_at="", updated_at="",
)  # fmt: skip


def test_before_the_first_take_nothing_is_known(film: Film):
    assert read_pace(film.project) == Pace()
    assert time_left([None, None]).words == "not known yet"


def test_the_pace_is_that_of_the_latest_takes(film: Film):
    film.commands.approve_script()
    film.commands.approve(film.make("shot:1A", Seam.KEYFRAME).id)
    film.make("shot:1A", Seam.CLIP)
    pace = read_pace(film.project)
    # Each took 2 s; the clip is one frame at 8 a second.
    assert pace.of(Seam.KEYFRAME, 10) == pytest.approx(2)
    assert pace.of(Seam.CLIP, 0.5) == pytest.approx(8)
    assert pace.of(Seam.CUT, 10) is None


def test_takes_of_another_checkpoint_say_nothing(film: Film):
    film.commands.approve_script()
    film.make("shot:1A", Seam.KEYFRAME)
    film.project.set_checkpoint_digest("f" * 64)
    assert read_pace(film.project).keyframe is None


def test_what_is_half_done_takes_half_as_long_and_a_slow_machine_longer():
    assert left_of(JOB, None) is None
    assert left_of(JOB, 8.0) == 8.0
    running = replace(JOB, state=JobState.RUNNING, progress=12, total=16)
    assert left_of(running, 8.0) == 2.0
    assert left_of(running, 8.0, speed=0.5) == 4.0


def test_time_left_says_what_is_not_known():
    assert time_left([]).words == "about 1 s"
    assert time_left([100.0, 140.0]).words == "about 4 min"
    assert time_left([100.0, None, 140.0]).words == "more than 4 min"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (7, "7 s"), (42, "40 s"), (58, "1 min"), (250, "4 min"), (3590, "1 h"), (4900, "1 h 20 min")],
)
def test_a_length_is_no_finer_than_one_can_know_it(seconds: float, words: str):
    assert round_length(seconds) == words
