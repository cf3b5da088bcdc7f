"""The desk's hold on the worker process: starts it, talks with it, asks it to leave, starts it again after a crash."""

import logging
import signal
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QThread, QTimer, Signal, Slot

from pipeline.protocol import JobEnded, Leave, TakeMade, Wake, WorkerFailed, WorkerReady, read_event, to_line

_logger = logging.getLogger(__name__)
_WRONG_USE = 2


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
        return self.signal_name or f"exit status {self.exit_status}"


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


class _Owner(QObject):
    """Lives on the link's thread and owns the process."""

    heard = Signal(object)
    ended = Signal(object)
    state_changed = Signal(object)

    def __init__(self, command: Sequence[str], patience: Patience) -> None:
        super().__init__()
        self._command = tuple(command)
        self._patience = patience
        self._process: QProcess | None = None
        self._pending = b""
        self._errors: deque[str] = deque(maxlen=20)
        self._refusal: WorkerFailed | None = None
        self._lost = ""
        self._ended_for = ""
        self._crashes = 0
        self._leaving = False
        self._timer: QTimer | None = None

    @Slot()
    def start(self) -> None:
        """Start the worker, unless it runs; forget what went wrong before."""
        self._crashes = 0
        self._launch()

    @Slot()
    def wake(self) -> None:
        """Tell the worker to read the film again; start it where it has gone."""
        if self._process is not None and self._process.state() is QProcess.ProcessState.Running:
            self._process.write(to_line(Wake()).encode())
        elif self._process is None and self._timer is None:
            self.start()

    @Slot(str)
    def restart(self, why: str) -> None:
        """Kill the worker and start it again; what it is drawing is to blame for `why`."""
        self._crashes = 0
        if self._process is None:
            self._launch()
        else:
            self._ended_for = why
            self._process.kill()

    @Slot()
    def leave(self) -> None:
        """Ask the worker to leave; terminate it, then kill it, where it does not. Ends the thread."""
        self._leaving = True
        self._stop_timer()
        if self._process is None:
            self.thread().quit()
            return
        self._process.write(to_line(Leave()).encode())
        self._process.closeWriteChannel()
        self._after(self._patience.ask, self._terminate)

    def _launch(self) -> None:
        self._stop_timer()
        if self._process is not None or self._leaving:
            return
        self._pending, self._refusal = b"", None
        self._errors.clear()
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read_events)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail_to_start)
        self._process = process
        self.state_changed.emit(WorkerState.RESTARTING if self._crashes else WorkerState.STARTING)
        told = ["--lost", self._lost] if self._lost else []
        process.start(self._command[0], [*self._command[1:], *told])

    @Slot()
    def _read_events(self) -> None:
        if self._process is None:
            return
        *lines, self._pending = (self._pending + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            event = read_event(line.decode(errors="replace"))
            if event is None:
                continue
            if isinstance(event, WorkerReady):
                self.state_changed.emit(WorkerState.READY)
            elif isinstance(event, (TakeMade, JobEnded)):
                self._crashes = 0
            elif isinstance(event, WorkerFailed):
                self._refusal = event
            self.heard.emit(event)

    @Slot()
    def _read_errors(self) -> None:
        if self._process is None:
            return
        for line in bytes(self._process.readAllStandardError().data()).decode(errors="replace").splitlines():
            if line.strip():
                self._errors.append(line.strip())
                _logger.debug("worker: %s", line)

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_events()
        self._read_errors()
        self._forget_process()
        if self._leaving:
            self.ended.emit(Left())
            self.thread().quit()
            return
        outcome = self._outcome(code, status)
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

    @Slot(QProcess.ProcessError)
    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is not QProcess.ProcessError.FailedToStart or self._process is None:
            return
        sentence = f"The worker could not be started: {self._process.errorString()}."
        self._forget_process()
        self.state_changed.emit(WorkerState.GIVEN_UP)
        self.ended.emit(NotStarted(sentence=sentence))
        if self._leaving:
            self.thread().quit()

    def _outcome(self, code: int, status: QProcess.ExitStatus) -> Outcome:
        last_words = self._errors[-1] if self._errors else ""
        if status is QProcess.ExitStatus.CrashExit:
            try:
                name = signal.Signals(code).name
            except ValueError:
                name = f"signal {code}"
            return Crashed(signal_name=name, last_words=last_words)
        if code == 0:
            return Left()
        if self._refusal is not None:
            return Refused(sentence=self._refusal.sentence, action=self._refusal.action)
        if code == _WRONG_USE:
            return Refused(sentence=last_words or "The worker would not open the film.", action="Run: matchcut doctor.")
        return Crashed(exit_status=code, last_words=last_words)

    def _forget_process(self) -> None:
        self._stop_timer()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None

    @Slot()
    def _terminate(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._after(self._patience.terminate, self._kill)

    @Slot()
    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _after(self, seconds: float, slot) -> None:
        self._stop_timer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(slot)
        self._timer.start(round(seconds * 1000))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None


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
    _start_wanted = Signal()
    _restart_wanted = Signal(str)
    _wake_wanted = Signal()
    _leave_wanted = Signal()

    def __init__(
        self, command: Sequence[str], *, patience: Patience | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = WorkerState.AWAY
        self._asked_to_leave = False
        self._thread = QThread()
        self._thread.setObjectName("worker link")
        self._owner = _Owner(command, patience or Patience())
        self._owner.moveToThread(self._thread)
        self._start_wanted.connect(self._owner.start)
        self._restart_wanted.connect(self._owner.restart)
        self._wake_wanted.connect(self._owner.wake)
        self._leave_wanted.connect(self._owner.leave)
        self._owner.heard.connect(self.heard)
        self._owner.ended.connect(self.ended)
        self._owner.state_changed.connect(self._remember_state)
        self._thread.finished.connect(self.gone)
        self._thread.start()

    def start(self) -> None:
        """Start the worker, also after the desk had given up."""
        self._start_wanted.emit()

    def restart(self, why: str) -> None:
        """Kill a worker that is stuck, and start it again."""
        self._restart_wanted.emit(why)

    def wake(self) -> None:
        """Say that something was decided, wished or edited."""
        self._wake_wanted.emit()

    def leave(self) -> None:
        """Ask the worker to leave; `gone` tells when it has. A second time does nothing."""
        if not self._asked_to_leave:
            self._asked_to_leave = True
            self._leave_wanted.emit()

    def stop(self) -> None:
        """Ask the worker to leave, and wait until it has: at most the patience to ask and to terminate."""
        self.leave()
        self._thread.wait()

    @Slot(object)
    def _remember_state(self, state: WorkerState) -> None:
        self.state = state
        self.state_changed.emit(state)
