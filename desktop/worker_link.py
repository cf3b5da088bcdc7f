"""The desk's hold on the worker process: starts it, talks with it, asks it to leave, starts it again after a crash."""

import logging
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread, current_thread
from typing import IO

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop.translating import tr
from pipeline.protocol import JobEnded, Leave, TakeMade, Wake, WorkerFailed, WorkerReady, read_event, to_line

_logger = logging.getLogger(__name__)
_WRONG_USE = 2
_LAST_LINES_S = 2.0


def worker_command(folder: Path) -> tuple[str, ...]:
    """How the worker of a film is started."""
    return (sys.executable, "-m", "pipeline.worker", str(folder))


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The worker had nothing left to do, or was asked to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """The worker died.

    Attributes:
        signal_name: "SIGKILL", where a signal ended it; else empty.
        exit_status: its exit status, where none did.
        last_words: the last line that it wrote to its error output.
    """

    signal_name: str = ""
    exit_status: int = 0
    last_words: str = ""

    @property
    def how(self) -> str:
        return self.signal_name or tr("exit status {number}", number=self.exit_status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The worker would not work on this film: another one holds it, weights are missing."""

    sentence: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotStarted:
    """The operating system could not start the program."""

    sentence: str


Outcome = Left | Crashed | Refused | NotStarted


class WorkerState(StrEnum):
    STARTING = "starting"
    READY = "ready"
    AWAY = "away"
    RESTARTING = "starting again"
    GIVEN_UP = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for what, in seconds.

    Attributes:
        ask: for the worker to leave when asked; then it is terminated.
        terminate: for it to end when terminated; then it is killed.
        restart: before each start after a crash in a row; when all are used up the desk gives up.
        refused: before asking again for a film that the worker would not take.
    """

    ask: float = 10.0
    terminate: float = 3.0
    restart: Sequence[float] = (1.0, 2.0, 5.0, 15.0, 30.0)
    refused: float = 15.0


class _Owner(QThread):
    """The link's thread: owns the process, in plain Python.

    No Qt object is made or connected on this thread. Qt's signals lock a mutex that objects share, and a thread that
    waits for it inside a constructor holds the interpreter: the GUI thread, which lets go of a connection, may hold
    that mutex and wait for the interpreter.
    """

    heard = Signal(object)
    ended = Signal(object)
    state_changed = Signal(object)

    def __init__(self, command: Sequence[str], patience: Patience) -> None:
        super().__init__()
        self.setObjectName("worker link")
        self._command = tuple(command)
        self._patience = patience
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._alarm: tuple[float, Callable[[], None]] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: deque[str] = deque(maxlen=20)
        self._refusal: WorkerFailed | None = None
        self._lost = ""
        self._ended_for = ""
        self._crashes = 0
        self._leaving = False
        self._is_over = False

    def submit(self, work: Callable[[], None]) -> None:
        """Queue work for this thread, from any thread."""
        self._inbox.put(work)

    def run(self) -> None:
        while not self._is_over:
            try:
                work = self._inbox.get(timeout=self._seconds_to_alarm())
            except Empty:
                _, work = self._alarm or (0.0, lambda: None)
                self._alarm = None
            try:
                work()
            except Exception:
                # A bug; the worker must still be led out when the desk closes.
                _logger.exception("the link to the worker failed")

    def begin(self) -> None:
        """Start the worker, unless it runs; forget what went wrong before."""
        self._crashes = 0
        self._launch()

    def wake(self) -> None:
        """Tell the worker to read the film again; start it where it has gone."""
        if self._process is not None:
            self._tell(self._process, Wake())
        elif self._alarm is None:
            self.begin()

    def restart(self, why: str) -> None:
        """Kill the worker and start it again; what it is drawing is to blame for `why`."""
        self._crashes = 0
        if self._process is None:
            self._launch()
        else:
            self._ended_for = why
            self._process.kill()

    def leave(self) -> None:
        """Ask the worker to leave; terminate it, then kill it, where it does not. Ends the thread."""
        self._leaving = True
        self._alarm = None
        if self._process is None:
            self._is_over = True
            return
        self._tell(self._process, Leave(), last=True)
        self._after(self._patience.ask, self._terminate)

    def _launch(self) -> None:
        self._alarm = None
        if self._process is not None or self._leaving:
            return
        self._refusal = None
        self._errors.clear()
        self.state_changed.emit(WorkerState.RESTARTING if self._crashes else WorkerState.STARTING)
        told = ("--lost", self._lost) if self._lost else ()
        try:
            process = subprocess.Popen(
                (*self._command, *told), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as error:
            self.state_changed.emit(WorkerState.GIVEN_UP)
            self.ended.emit(
                NotStarted(sentence=tr("The worker could not be started: {why}.", why=error.strerror or error))
            )
            return
        self._process = process
        readers = [
            Thread(target=self._read, args=(process, stream, take), daemon=True)
            for stream, take in ((process.stdout, self._take_event), (process.stderr, self._take_error))
        ]
        watcher = Thread(target=self._watch, args=(process, readers), daemon=True)
        for thread in (*readers, watcher):
            thread.start()

    def _read(self, process: subprocess.Popen[bytes], stream: IO[bytes], take: Callable[[str], None]) -> None:
        """Hand every line of a stream to the link's thread. For a thread of its own."""

        def take_line(line: str) -> None:
            if process is self._process:
                take(line)

        with stream:
            for line in stream:
                self.submit(partial(take_line, line.decode(errors="replace").strip()))

    def _watch(self, process: subprocess.Popen[bytes], readers: Sequence[Thread]) -> None:
        """Tell when the process has ended and all that it said has been read. For a thread of its own."""
        process.wait()
        for reader in readers:
            # What the worker itself had started may still hold its streams.
            reader.join(_LAST_LINES_S)
        self.submit(partial(self._finish, process, current_thread()))

    def _take_event(self, line: str) -> None:
        event = read_event(line)
        if event is None:
            return
        if isinstance(event, WorkerReady):
            self.state_changed.emit(WorkerState.READY)
        elif isinstance(event, (TakeMade, JobEnded)):
            self._crashes = 0
        elif isinstance(event, WorkerFailed):
            self._refusal = event
        self.heard.emit(event)

    def _take_error(self, line: str) -> None:
        if line:
            self._errors.append(line)
            _logger.debug("worker: %s", line)

    def _finish(self, process: subprocess.Popen[bytes], watcher: Thread) -> None:
        watcher.join()
        self._alarm = self._process = None
        _close(process.stdin)
        if self._leaving:
            self.ended.emit(Left())
            self._is_over = True
            return
        outcome = self._outcome(process.returncode)
        self._lost = (self._ended_for or outcome.signal_name) if isinstance(outcome, Crashed) else ""
        self._ended_for = ""
        if isinstance(outcome, Crashed):
            delay = self._patience.restart[self._crashes] if self._crashes < len(self._patience.restart) else None
            self._crashes += 1
            if delay is None:
                self.state_changed.emit(WorkerState.GIVEN_UP)
            else:
                self.state_changed.emit(WorkerState.RESTARTING)
                self._after(delay, self._launch)
        else:
            self.state_changed.emit(WorkerState.AWAY)
            if isinstance(outcome, Refused):
                self._after(self._patience.refused, self._launch)
        self.ended.emit(outcome)

    def _outcome(self, code: int) -> Outcome:
        last_words = self._errors[-1] if self._errors else ""
        if code < 0:
            try:
                name = signal.Signals(-code).name
            except ValueError:
                name = f"signal {-code}"
            return Crashed(signal_name=name, last_words=last_words)
        if code == 0:
            return Left()
        if self._refusal is not None:
            return Refused(sentence=self._refusal.sentence, action=self._refusal.action)
        if code == _WRONG_USE:
            sentence = last_words or tr("The worker would not open the film.")
            return Refused(sentence=sentence, action=tr("Run: matchcut doctor."))
        return Crashed(exit_status=code, last_words=last_words)

    def _tell(self, process: subprocess.Popen[bytes], command: Wake | Leave, *, last: bool = False) -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(to_line(command).encode())
            process.stdin.flush()
        except (OSError, ValueError):
            # It is ending, and will be seen to have ended.
            _logger.debug("the worker no longer listens")
        if last:
            _close(process.stdin)

    def _terminate(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._after(self._patience.terminate, self._kill)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _after(self, seconds: float, work: Callable[[], None]) -> None:
        self._alarm = (time.monotonic() + seconds, work)

    def _seconds_to_alarm(self) -> float | None:
        return max(0.0, self._alarm[0] - time.monotonic()) if self._alarm else None


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        with suppress(OSError):
            stream.close()


class WorkerLink(QObject):
    """The worker, as the desk's views see it. Never blocks but in `stop`; kept until `gone` or `stop`.

    Args:
        command: the program and its arguments; see `worker_command`.
        patience: how long to wait before asking harder.
    """

    heard = Signal(object)
    ended = Signal(object)
    state_changed = Signal(object)
    gone = Signal()

    def __init__(
        self, command: Sequence[str], *, patience: Patience | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = WorkerState.AWAY
        self._asked_to_leave = False
        self._owner = _Owner(command, patience or Patience())
        self._owner.heard.connect(self.heard)
        self._owner.ended.connect(self.ended)
        self._owner.state_changed.connect(self._remember_state)
        self._owner.finished.connect(self.gone)
        self._owner.start()

    def start(self) -> None:
        """Start the worker, also after the desk had given up."""
        self._owner.submit(self._owner.begin)

    def restart(self, why: str) -> None:
        """Kill a worker that is stuck, and start it again."""
        self._owner.submit(partial(self._owner.restart, why))

    def wake(self) -> None:
        """Say that something was decided, wished or edited."""
        self._owner.submit(self._owner.wake)

    def leave(self) -> None:
        """Ask the worker to leave; `gone` tells when it has. A second time does nothing."""
        if not self._asked_to_leave:
            self._asked_to_leave = True
            self._owner.submit(self._owner.leave)

    def stop(self) -> None:
        """Ask the worker to leave, and wait until it has: at most the patience to ask and to terminate."""
        self.leave()
        self._owner.wait()

    @Slot(object)
    def _remember_state(self, state: WorkerState) -> None:
        self.state = state
        self.state_changed.emit(state)
