"""The queue: its order, what is cancelled and retried, pausing, who is blamed for a crash, what changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.domain.jobs import JobId, JobState
from storage.domain.takes import Seam
from storage.job_store import JobStore
from storage.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(
        tmp_path / "F.matchcut", title="F", screenplay=b"INT. A - DAY\n", screenplay_name="f.fountain"
    )
    yield made
    made.close()


@pytest.fixture
def jobs(project: Project) -> JobStore:
    return project.jobs


def queued(jobs: JobStore, count: int, *, round: str = "r") -> list[JobId]:
    return [
        jobs.ensure(seam=Seam.KEYFRAME, shot_id=f"shot:{place}", round=round, attempt=1, place=place).id
        for place in range(count)
    ]


def order(jobs: JobStore) -> list[JobId]:
    return [job.id for job in jobs.in_state(JobState.QUEUED)]


def test_the_queue_is_in_the_order_of_the_film(jobs: JobStore):
    for place in (2, 0, 1):
        jobs.ensure(seam=Seam.KEYFRAME, shot_id=f"shot:{place}", round="r", attempt=1, place=place)
    assert [job.shot_id for job in jobs.in_state(JobState.QUEUED)] == ["shot:0", "shot:1", "shot:2"]


def test_a_job_is_moved_between_two_others_first_and_last(jobs: JobStore):
    a, b, c, d = queued(jobs, 4)
    assert jobs.move(d, before=b)
    assert order(jobs) == [a, d, b, c]
    assert jobs.move(c, before=a)
    assert order(jobs) == [c, a, d, b]
    assert jobs.move(a, before=None)
    assert order(jobs) == [c, d, b, a]


def test_a_place_between_two_can_be_taken_again_and_again(jobs: JobStore):
    a, b, c = queued(jobs, 3)
    for _ in range(60):
        assert jobs.move(c, before=b)
        assert order(jobs) == [a, c, b]
        assert jobs.move(b, before=c)
        assert order(jobs) == [a, b, c]


def test_jobs_in_one_place_are_put_in_order_all_the_same(jobs: JobStore):
    ids = [jobs.ensure(seam=Seam.KEYFRAME, shot_id=f"shot:{each}", round="r", attempt=1).id for each in range(4)]
    assert jobs.move(ids[3], before=ids[1])
    assert order(jobs) == [ids[0], ids[3], ids[1], ids[2]]


def test_only_what_waits_is_moved(jobs: JobStore):
    a, b, c = queued(jobs, 3)
    assert jobs.start(a, 4)
    assert not jobs.move(a, before=c)
    assert not jobs.move(b, before=a)
    assert not jobs.move(b, before=b)
    assert not jobs.move(JobId(99), before=b)
    assert order(jobs) == [b, c]


def test_a_later_attempt_takes_the_place_that_a_director_gave_the_first(jobs: JobStore):
    a, b, c = queued(jobs, 3)
    jobs.move(c, before=a)
    assert jobs.start(c, 1) and jobs.fail(c, "…")
    again = jobs.ensure(seam=Seam.KEYFRAME, shot_id="shot:2", round="r", attempt=2, place=2)
    assert order(jobs) == [again.id, a, b]


def test_what_waits_is_cancelled_at_once_and_what_runs_by_the_worker(jobs: JobStore):
    a, b, c = queued(jobs, 3)
    jobs.start(a, 4)
    jobs.start(c, 4)
    jobs.fail(c, "…")
    assert jobs.cancel([a, b, c]) == [a, b]
    assert jobs.cancel([a, b]) == []
    assert (jobs.get(a).state, jobs.get(a).cancel_requested) == (JobState.RUNNING, True)
    assert jobs.get(b).state is JobState.CANCELLED
    assert jobs.retry([a, b, c]) == [a, b, c]
    assert (jobs.get(a).state, jobs.get(a).cancel_requested) == (JobState.RUNNING, False)
    assert order(jobs) == [b, c]


def test_pausing_is_a_wish_that_stays(project: Project):
    assert not project.jobs.is_paused
    assert project.jobs.pause() and not project.jobs.pause()
    folder = project.folder
    project.close()
    again = Project.open(folder)
    assert again.jobs.is_paused
    assert again.jobs.go_on() and not again.jobs.go_on()
    assert not again.jobs.is_paused
    again.close()


def test_what_crashed_in_company_is_drawn_alone_and_only_what_crashes_alone_again_is_set_aside(jobs: JobStore):
    guilty, mate, later = queued(jobs, 3)
    for job_id in (guilty, mate):
        jobs.start(job_id, 4)
    assert jobs.recover("SIGKILL") == []
    assert [(job.crashes, job.alone) for job in map(jobs.get, (guilty, mate, later))] == [
        (1, True),
        (1, True),
        (0, False),
    ]
    assert "and 1 more (SIGKILL: out of memory?)" in jobs.get(mate).message
    jobs.start(guilty, 4)
    (aside,) = jobs.recover("SIGKILL")
    assert (aside.id, aside.state, aside.crashes) == (guilty, JobState.FAILED, 2)
    assert aside.message.startswith("The worker died twice (SIGKILL: out of memory?) while it drew this.")
    assert order(jobs) == [mate, later]
    assert jobs.retry([guilty]) == [guilty]
    again = jobs.get(guilty)
    assert (again.crashes, again.alone, again.message) == (0, True, "")


def test_a_worker_that_leaves_in_order_blames_nothing(jobs: JobStore):
    (job_id,) = queued(jobs, 1)
    for _ in range(3):
        jobs.start(job_id, 4)
        jobs.release()
        assert jobs.recover() == []
    assert (jobs.get(job_id).state, jobs.get(job_id).crashes) == (JobState.QUEUED, 0)


def test_what_was_withdrawn_comes_back_when_the_plan_does(jobs: JobStore):
    a, b = queued(jobs, 2)
    assert jobs.withdraw(a)
    assert order(jobs) == [b]
    assert jobs.ensure(seam=Seam.KEYFRAME, shot_id="shot:0", round="r", attempt=1, place=0).id == a
    assert order(jobs) == [a, b]


def test_every_change_of_a_job_is_numbered(jobs: JobStore):
    assert jobs.last_change == 0
    a, b = queued(jobs, 2)
    seen = jobs.last_change
    assert seen > 0 and jobs.changed_since(seen) == []
    for change in (
        lambda: jobs.start(a, 4),
        lambda: jobs.progress([a], 2, 4),
        lambda: jobs.cancel([a]),
        lambda: jobs.retry([a]),
        jobs.release,
        lambda: jobs.move(a, before=None),
        lambda: jobs.withdraw(a),
    ):
        change()
        assert [job.id for job in jobs.changed_since(seen)] == [a]
        assert jobs.last_change > seen
        seen = jobs.last_change
    assert [job.id for job in jobs.changed_since(0)] == [a, b]
