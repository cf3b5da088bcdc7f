"""The worker process of a desk: reads commands on standard input, writes events on standard output."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import click

from pipeline.holding import hold
from pipeline.protocol import Event, Leave, WaitingForDirector, WorkerFailed, WorkerReady, read_command, to_line
from storage.errors import KnownError
from storage.project import Project

_NICENESS = 10
_FIRST_TO_GO = 500
_LOOK_AGAIN_S = 2.0


class Inbox:
    """Commands from the desk, read on a thread of their own. A desk that is gone asks to leave."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._woken = threading.Event()
        self._leave = threading.Event()
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def _read(self) -> None:
        for line in self._lines:
            if isinstance(read_command(line), Leave):
                break
            self._woken.set()
        self.leave()

    def leave(self) -> None:
        """Finish the step at hand and leave, as if the desk had asked."""
        self._leave.set()
        self._woken.set()

    @property
    def is_leaving(self) -> bool:
        return self._leave.is_set()

    def wait_to_leave(self) -> None:
        """Until the worker is to leave."""
        self._leave.wait()

    def wait(self) -> None:
        """Until the desk says something, or for a moment: the command line may decide too."""
        self._woken.wait(_LOOK_AGAIN_S)
        self._woken.clear()


def serve(folder: Path, lines: TextIO, out: TextIO, *, lost: str = "") -> int:
    """Work on a film until the desk leaves; returns the exit status (0, or 2 for a known error).

    Args:
        lost: how the worker before this one died, where the desk saw it.
    """
    lock = threading.Lock()
    inbox = Inbox(lines)

    def emit(event: Event) -> None:
        try:
            with lock:
                out.write(to_line(event))
                out.flush()
        except BrokenPipeError:
            inbox.leave()

    try:
        with hold(folder) as project, _told_to_leave(inbox), _blameless(folder, inbox):
            _work(project, inbox, emit, lost)
    except KnownError as error:
        emit(WorkerFailed(sentence=error.sentence, action=error.action))
        return 2
    return 0


@contextmanager
def _told_to_leave(inbox: Inbox) -> Generator[None]:
    """A system that shuts down, and a desk that has lost its patience, ask by signal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: inbox.leave())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _blameless(folder: Path, inbox: Inbox) -> Generator[None]:
    """Put what is being drawn back in the queue as soon as the worker is to leave.

    A desk that closes does not wait for a slow step for ever: it kills the worker, and that is no fault of the job.
    """

    def release() -> None:
        inbox.wait_to_leave()
        project = Project.open(folder)
        project.jobs.release()
        project.close()

    thread = threading.Thread(target=release, name="release", daemon=True)
    thread.start()
    try:
        yield
    finally:
        inbox.leave()
        thread.join()


def _work(project: Project, inbox: Inbox, emit: Callable[[Event], None], lost: str) -> None:
    from pipeline.opening import at_work, open_crew
    from pipeline.policy import Approve

    crew = open_crew(project.film.checkpoint, project.film.own_judges)
    emit(WorkerReady(checkpoint=crew.renderer.capabilities.name, device=crew.device))
    told: int | None = None
    with at_work(
        project, crew, approve=Approve.NONE, emit=emit, leaving=lambda: inbox.is_leaving, lost=lost
    ) as producer:
        while not inbox.is_leaving:
            if producer.advance():
                told = None
                continue
            if not producer.is_paused and (waiting := producer.num_waiting) != told:
                told = waiting
                emit(WaitingForDirector(count=waiting))
            inbox.wait()


def _go_first() -> None:
    """Where memory runs out on Linux, the worker is ended before the desk that shows what has become of it."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_FIRST_TO_GO))


@click.command()
@click.argument("film", type=click.Path(path_type=Path))
@click.option("--lost", default="", help="How the worker before this one died.")
def main(film: Path, lost: str) -> None:
    """`python -m pipeline.worker FILM.matchcut`."""
    os.nice(_NICENESS)
    _go_first()
    # Libraries that print must not get between the events.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.exit(serve(film, sys.stdin, out, lost=lost))


if __name__ == "__main__":
    main()
