"""Time left: by the steps that were seen, else by the film's own takes; at the speed that the machine has now."""

from dataclasses import replace

import pytest

from desktop.work_clock import WorkClock
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.pace import Pace
from storage.domain.takes import Seam

PACE = Pace(keyframe=10.0, clip_second=20.0)


def job(number: int, state: JobState = JobState.QUEUED, seam: Seam = Seam.KEYFRAME, **more: object) -> Job:
    return Job(
        id=JobId(number), seam=seam, shot_id=f"shot:{number}", round="r", attempt=1, state=state, priority=number,
        created_at="", updated_at="", **more,
    )  # fmt: skip


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> WorkClock:
    return WorkClock(hands)


def draw(clock: WorkClock, hands: Hands, *job_ids: int, steps: int, step_s: float, total: int = 16) -> None:
    for step in range(1, steps + 1):
        hands.now += step_s
        for job_id in job_ids:
            clock.note_step(job_id, step, total)


def test_before_anything_was_seen_or_made_nothing_is_known(clock: WorkClock):
    clock.show_queue([job(1, JobState.RUNNING), job(2)], {}, Pace())
    assert clock.running_left().words == clock.all_left().words == "not known yet"


def test_what_waits_takes_as_long_as_the_takes_took(clock: WorkClock):
    waiting = [job(1), job(2, seam=Seam.CLIP), job(3)]
    clock.show_queue(waiting, {JobId(2): 3.0}, PACE)
    assert [clock.until(each).seconds for each in waiting] == [0.0, 10.0, 70.0]
    assert clock.all_left().seconds == 80.0


def test_a_batch_is_done_together_at_the_speed_that_is_seen(clock: WorkClock, hands: Hands):
    batch = [job(1, JobState.RUNNING), job(2, JobState.RUNNING)]
    clock.show_queue([*batch, job(3)], {}, PACE)
    draw(clock, hands, 1, 2, steps=6, step_s=2.5)
    assert clock.running_left().seconds == pytest.approx(25.0)
    # The batch takes 40 s where its two takes used to take 20: so will what waits.
    clock.show_queue([*batch, job(3), job(4)], {}, PACE)
    assert clock.until(job(4)).seconds == pytest.approx(45.0)
    assert clock.all_left().seconds == pytest.approx(65.0)


def test_what_runs_tells_of_its_own_kind_before_the_first_take(clock: WorkClock, hands: Hands):
    queue = [job(1, JobState.RUNNING, Seam.CLIP), job(2, seam=Seam.CLIP), job(3)]
    draw(clock, hands, 1, steps=4, step_s=1.0)
    clock.show_queue(queue, {JobId(1): 2.0, JobId(2): 4.0}, Pace())
    assert clock.until(queue[1]).seconds == pytest.approx(12.0)
    left = clock.all_left()
    assert not left.known and left.seconds == pytest.approx(12.0 + 32.0)
    assert left.words == "more than 45 s"


def test_a_pause_does_not_make_steps_look_slow(clock: WorkClock, hands: Hands):
    clock.show_queue([job(1, JobState.RUNNING)], {}, PACE)
    draw(clock, hands, 1, steps=4, step_s=1.0)
    clock.note_pause()
    hands.now += 600
    clock.note_pause()
    for step in (5, 6, 7):
        hands.now += 1
        clock.note_step(1, step, 16)
    assert clock.running_left().seconds == pytest.approx(9.0)


def test_a_job_that_begins_again_is_counted_anew_and_one_that_ends_is_forgotten(clock: WorkClock, hands: Hands):
    running = job(1, JobState.RUNNING, progress=4, total=16)
    clock.show_queue([running], {}, PACE)
    draw(clock, hands, 1, steps=8, step_s=1.0)
    clock.note_step(1, 1, 16)
    assert clock.running_left().seconds == pytest.approx(7.5)
    clock.forget(1)
    clock.show_queue([replace(running, progress=12)], {}, PACE)
    assert clock.running_left().seconds == pytest.approx(2.5)


def test_silence_is_counted_from_the_last_step_of_any_job(clock: WorkClock, hands: Hands):
    clock.show_queue([job(1, JobState.RUNNING), job(2, JobState.RUNNING)], {}, PACE)
    assert clock.silent_s() == 0.0
    draw(clock, hands, 1, 2, steps=3, step_s=1.0)
    hands.now += 90
    assert clock.silent_s() == pytest.approx(90.0)
    clock.forget_all()
    assert clock.silent_s() == 0.0
