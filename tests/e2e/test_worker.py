"""A real worker process: driven over its pipes, killed, started again."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.protocol import Event, Leave, Wake, WorkerFailed, WorkerReady, read_event, to_line
from storage.commands import Commands
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.verify import verify
from tests.e2e.conftest import Studio
from tests.e2e.test_producer import approve_what_waits

PATIENCE_S = 120


class Worker:
    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.worker", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def until(self, kind: str) -> Event:
        assert self.process.stdout
        for line in self.process.stdout:
            event = read_event(line)
            if event is not None and event.kind == kind:
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
