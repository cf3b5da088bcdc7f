"""The worker process of a desk: reads commands on standard input, writes events on standard output."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from pipeline.holding import hold
from pipeline.protocol import Event, Leave, WaitingForDirector, WorkerFailed, WorkerReady, read_command, to_line
from storage.errors import KnownError
from storage.film_state import FilmState
from storage.project import Project

_NICENESS = 10
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
        self._leave.set()
        self._woken.set()

    @property
    def is_leaving(self) -> bool:
        return self._leave.is_set()

    def wait(self) -> None:
        """Until the desk says something, or for a moment: the command line may decide too."""
        self._woken.wait(_LOOK_AGAIN_S)
        self._woken.clear()


def serve(folder: Path, lines: TextIO, out: TextIO) -> int:
    """Work on a film until the desk leaves; returns the exit status (0, or 2 for a known error)."""
    lock = threading.Lock()

    def emit(event: Event) -> None:
        with lock:
            out.write(to_line(event))
            out.flush()

    try:
        with hold(folder) as project:
            inbox = Inbox(lines)
            _work(project, inbox, emit)
    except KnownError as error:
        emit(WorkerFailed(sentence=error.sentence, action=error.action))
        return 2
    except BrokenPipeError:
        return 0
    return 0


def _work(project: Project, inbox: Inbox, emit: Callable[[Event], None]) -> None:
    from pipeline.opening import open_crew, open_producer
    from pipeline.policy import Approve

    crew = open_crew(project.film.checkpoint)
    emit(WorkerReady(checkpoint=crew.renderer.capabilities.name, device=crew.device))
    producer = open_producer(project, crew, approve=Approve.NONE, emit=emit, leaving=lambda: inbox.is_leaving)
    told: int | None = None
    try:
        while not inbox.is_leaving:
            if producer.advance():
                told = None
                continue
            waiting = len(FilmState(project).waiting())
            if waiting != told:
                told = waiting
                emit(WaitingForDirector(count=waiting))
            inbox.wait()
    finally:
        producer.close()
        crew.renderer.close()


def main() -> None:
    """`python -m pipeline.worker FILM.matchcut`."""
    os.nice(_NICENESS)
    # Libraries that print must not get between the events.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.exit(serve(Path(sys.argv[1]), sys.stdin, out))


if __name__ == "__main__":
    main()
