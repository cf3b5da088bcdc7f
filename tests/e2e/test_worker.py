"""A real worker process: driven over its pipes, killed, started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import opening
from pipeline.protocol import Event, JobProgressed, Leave, Wake, WorkerFailed, WorkerReady, read_event, to_line
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.worker import serve
from storage.commands import Commands
from storage.domain.findings import Region
from storage.domain.jobs import JobState
from storage.domain.standing import State
from storage.domain.takes import Means, Mending, Seam
from storage.film_state import FilmState
from storage.verify import verify
from tests.e2e.conftest import Studio
from tests.e2e.test_producer import EYES, approve_what_waits
from tests.unit.storage.conftest import finding

PATIENCE_S = 120


class Worker:
    def __init__(self, folder: Path, *more: str, program: str = "pipeline.worker") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", program, str(folder), *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def until(self, kind: str, wanted: Callable[[Event], bool] = lambda _event: True) -> Event:
        assert self.process.stdout
        for line in self.process.stdout:
            event = read_event(line)
            if event is not None and event.kind == kind and wanted(event):
                return event
        raise AssertionError(f"the worker ended ({self.process.wait()}) before {kind}")

    def say(self, command: Wake | Leave) -> None:
        assert self.process.stdin
        self.process.stdin.write(to_line(command))
        self.process.stdin.flush()


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path / "Film.matchcut")
    made.project.set_checkpoint("artist")
    made.project.set_selection((), 1)
    yield made
    made.project.close()


@pytest.fixture
def workers(studio: Studio) -> Iterator[list[Worker]]:
    started: list[Worker] = []
    yield started
    for worker in started:
        worker.process.kill()
        worker.process.wait()


def start(studio: Studio, workers: list[Worker]) -> Worker:
    worker = Worker(studio.folder)
    workers.append(worker)
    ready = worker.until("worker_ready")
    assert isinstance(ready, WorkerReady) and ready.checkpoint == "procedural artist"
    return worker


def test_a_desk_reviews_while_the_worker_is_killed_and_started_again(studio, workers):
    worker = start(studio, workers)
    worker.until("waiting_for_director")
    assert approve_what_waits(studio) == [Seam.SCRIPT]
    worker.say(Wake())
    worker.until("job_started")
    worker.process.kill()
    worker.process.wait()

    worker = start(studio, workers)
    for seam in (Seam.KEYFRAME, Seam.CLIP, Seam.CUT):
        deadline = time.monotonic() + PATIENCE_S
        while not [s for s in FilmState(studio.project).waiting() if s.seam is seam]:
            assert time.monotonic() < deadline
            worker.until("waiting_for_director")
        approve_what_waits(studio)
        worker.say(Wake())
    worker.until("film_finished")
    takes = studio.takes()
    assert len(takes) == len(set(takes))
    assert FilmState(studio.project).cut().state is State.APPROVED
    assert verify(studio.project) == []

    worker.say(Leave())
    assert worker.process.wait(PATIENCE_S) == 0


def test_a_worker_whose_desk_is_gone_leaves(studio, workers):
    worker = start(studio, workers)
    assert worker.process.stdin
    worker.process.stdin.close()
    assert worker.process.wait(PATIENCE_S) == 0


def test_a_second_worker_is_refused_and_decisions_can_be_written_meanwhile(studio, workers):
    start(studio, workers)
    Commands(studio.project).settle(["constraint:character:theo/eyes/@film"])
    second = Worker(studio.folder)
    workers.append(second)
    refusal = second.until("worker_failed")
    assert isinstance(refusal, WorkerFailed) and "another Matchcut" in refusal.sentence
    assert second.process.wait(PATIENCE_S) == 2


@pytest.fixture
def three_shots(studio: Studio) -> Studio:
    """Three keyframes are to be drawn."""
    studio.project.set_selection((), None)
    Commands(studio.project).approve_script()
    return studio


def start_slowly(studio: Studio, workers: list[Worker], *more: str) -> Worker:
    worker = Worker(studio.folder, *more, program="tests.e2e.slow_worker")
    workers.append(worker)
    return worker


def drawn_halfway(job_id: int) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, JobProgressed) and event.job_ids == (job_id,) and event.step >= 3


@pytest.mark.timeout(900)
def test_a_job_during_which_the_worker_is_killed_twice_is_set_aside_and_the_others_are_made(three_shots, workers):
    worker = start_slowly(three_shots, workers)
    worker.until("job_started")
    batch = [job.id for job in three_shots.project.jobs.in_state(JobState.RUNNING)]
    assert len(batch) == 3
    guilty = batch[1]
    worker.until("job_progressed", drawn_halfway(guilty))
    worker.process.kill()
    worker.process.wait()

    worker = start_slowly(three_shots, workers, "--lost", "SIGKILL")
    worker.until("job_progressed", drawn_halfway(guilty))
    assert [job.id for job in three_shots.project.jobs.in_state(JobState.RUNNING)] == [guilty]
    worker.process.kill()
    worker.process.wait()

    worker = start_slowly(three_shots, workers, "--lost", "SIGKILL")
    told = worker.until("job_ended")
    assert (told.job_id, told.state) == (guilty, "failed")
    assert told.message.startswith("The worker died twice (SIGKILL: out of memory?) while it drew this.")
    worker.until("waiting_for_director")
    states = {job.id: job.state for job in three_shots.project.jobs.everything()}
    assert states == {batch[0]: JobState.DONE, guilty: JobState.FAILED, batch[2]: JobState.DONE}

    three_shots.project.jobs.retry([guilty])
    worker.say(Wake())
    worker.until("take_made")
    assert three_shots.project.jobs.get(guilty).state is JobState.DONE


@pytest.mark.timeout(600)
def test_a_worker_that_was_asked_to_leave_blames_nothing_when_it_is_killed_then(three_shots, workers):
    worker = start_slowly(three_shots, workers)
    worker.until("job_progressed")
    os.kill(worker.process.pid, signal.SIGSTOP)
    assert worker.process.stdin
    worker.process.stdin.close()
    os.kill(worker.process.pid, signal.SIGCONT)
    assert worker.process.wait(PATIENCE_S) == 0
    jobs = three_shots.project.jobs.everything()
    assert {(job.state, job.crashes, job.alone) for job in jobs} == {(JobState.QUEUED, 0, False)}


@pytest.mark.timeout(600)
def test_a_worker_that_is_told_to_end_finishes_its_step_and_leaves(three_shots, workers):
    worker = start_slowly(three_shots, workers)
    worker.until("job_progressed")
    worker.process.terminate()
    assert worker.process.wait(PATIENCE_S) == 0
    assert {job.crashes for job in three_shots.project.jobs.everything()} == {0}


def test_an_error_that_nobody_expected_is_blamed_on_the_job_and_not_repeated_for_ever(three_shots, monkeypatch):
    class Broken(ArtistRenderer):
        def render(self, requests, *, on_progress, is_cancelled):
            raise LookupError("a bug in a library")

    crew = opening.open_crew("artist")
    monkeypatch.setattr(opening, "open_crew", lambda *_: replace(crew, renderer=Broken()))
    crashes = 0
    while three_shots.project.jobs.in_state(JobState.QUEUED) or not crashes:
        theirs, ours = os.pipe()
        with open(theirs) as lines, open(ours, "w"), open(os.devnull, "w") as out, pytest.raises(LookupError):
            serve(three_shots.folder, lines, out)
        crashes += 1
    aside = three_shots.project.jobs.in_state(JobState.FAILED)
    assert len(aside) == 3 and crashes == 4
    assert all("(LookupError: a bug in a library)" in job.message for job in aside)


def test_a_worker_killed_in_the_middle_of_a_mend_mends_it_again(studio, workers):
    Commands(studio.project).approve_script()
    region = Region(left=0.4, top=0.2, right=0.6, bottom=0.5)
    producer = studio.start()
    while not studio.takes():
        producer.advance()
    producer.close()
    (first,) = studio.project.takes.everything()
    drift = replace(finding(EYES), region=region)
    studio.project.takes.add_review([drift], take_id=first.id, graph_revision=1)

    slow = Worker(studio.folder, program="tests.e2e.slow_worker")
    workers.append(slow)
    slow.until("job_progressed", lambda event: isinstance(event, JobProgressed) and event.step >= 2)
    slow.process.kill()
    slow.process.wait()
    (job,) = studio.project.jobs.in_state(JobState.RUNNING)
    assert job.attempt == 2
    assert studio.project.takes.everything() == [first]

    start(studio, workers).until("waiting_for_director")
    made = studio.project.takes.everything()
    assert [take.attempt for take in made] == [1, 2]
    assert made[1].mending == Mending(means=Means.INPAINT, of=first.id, missed=(EYES,))
    assert studio.project.jobs.get(job.id).state is JobState.DONE
    assert verify(studio.project) == []
