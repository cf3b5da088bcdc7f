"""Makes a film from a screenplay by asking the command line, so that both check a screenplay alike."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from desktop.translating import tr
from storage.project import SUFFIX, safe_name

SCREENPLAY_SUFFIXES = (".fountain", ".fdx", ".txt", ".spmd")


def new_film_command() -> tuple[str, ...]:
    """How a film is made; the film's folder and the screenplay are added."""
    return (sys.executable, "-m", "pipeline.cli", "new")


class NewFilm(QObject):
    """One film in the making.

    Args:
        command: the program and its first arguments; see `new_film_command`.
    """

    made = Signal(Path)
    failed = Signal(str, str)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._folder = Path()
        self._process = QProcess(self)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail_to_start)

    def make(self, screenplay: Path, home: Path | None = None) -> None:
        """Make a film beside a screenplay, or in another folder, under a name that is free."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            return
        name = safe_name(screenplay.stem)
        names = (f"{name}{f' {number}' if number else ''}{SUFFIX}" for number in (0, *range(2, 1000)))
        self._folder = next(folder for each in names if not (folder := (home or screenplay.parent) / each).exists())
        self._process.start(self._command[0], [*self._command[1:], str(self._folder), str(screenplay)])

    def stop(self) -> None:
        """End the making, if one is under way. Waits for a second at most."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(1000)

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if status is QProcess.ExitStatus.NormalExit and code == 0:
            self.made.emit(self._folder)
            return
        told = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        self.failed.emit(
            told[-1] if told else tr("No film could be made from this screenplay."), tr("Choose another file.")
        )

    @Slot(QProcess.ProcessError)
    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(
                tr("Matchcut could not be started: {why}.", why=self._process.errorString()),
                tr("Run: matchcut doctor."),
            )
