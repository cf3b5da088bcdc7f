"""Reads a new draft of the screenplay, and takes it in, by asking the command line, which can read screenplays."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from desktop.graph.draft import DraftAnswer
from desktop.translating import tr
from storage.author import SETTING, name_of


def new_draft_command() -> tuple[str, ...]:
    """How a new draft is read; the film's folder, the screenplay and options are added."""
    return (sys.executable, "-m", "pipeline.cli", "graph", "draft")


class NewDraft(QObject):
    """One new draft at a time.

    Signals:
        read: with a `DraftAnswer`; nothing was changed.
        taken: with one; the film is changed.
        failed: a sentence and what to do.

    Args:
        folder: of the film.
        author: gives who decides, as the ledger writes it.
        command: the program and its first arguments; see `new_draft_command`.
    """

    read = Signal(object)
    taken = Signal(object)
    failed = Signal(str, str)

    def __init__(
        self, folder: Path, author: Callable[[], str], command: Sequence[str] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._author = author
        self._command = tuple(command) or new_draft_command()
        self._is_taking = False
        self._is_cancelled = False
        self.screenplay = Path()
        self._process = QProcess(self)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail_to_start)

    @property
    def is_busy(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def read_draft(self, screenplay: Path) -> None:
        """Work out what a draft would make of the film. Changes nothing; a reading that is under way is ended."""
        self._end()
        self.screenplay = screenplay
        self._start("--dry-run", is_taking=False)

    def take(self) -> None:
        """Take in the draft that was read."""
        if not self.is_busy:
            self._start("--yes", is_taking=True)

    def cancel(self) -> None:
        """End a reading. What is being taken in is not interrupted."""
        if not self._is_taking:
            self._end()

    def stop(self) -> None:
        """End whatever is under way; a draft is taken in whole or not at all."""
        self._end()

    def _start(self, option: str, *, is_taking: bool) -> None:
        self._is_taking, self._is_cancelled = is_taking, False
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert(SETTING, name_of(self._author()))
        self._process.setProcessEnvironment(environment)
        arguments = [*self._command[1:], str(self._folder), str(self.screenplay), "--json", option]
        self._process.start(self._command[0], arguments)

    def _end(self) -> None:
        if self.is_busy:
            self._is_cancelled = True
            self._process.kill()
            self._process.waitForFinished(1000)

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        answered = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").strip().splitlines()
        told = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        is_taking, self._is_taking = self._is_taking, False
        if self._is_cancelled:
            return
        if status is QProcess.ExitStatus.NormalExit and code == 0 and answered:
            try:
                answer = DraftAnswer.model_validate_json(answered[-1])
            except ValidationError:
                self.failed.emit(tr("The new draft was read, and not understood: this is a bug in Matchcut."), "")
                return
            (self.taken if is_taking else self.read).emit(answer)
        elif len(told) > 1 and code == 2:
            self.failed.emit(told[-2], told[-1])
        else:
            self.failed.emit(told[-1] if told else tr("The new draft could not be read."), tr("Choose another file."))

    @Slot(QProcess.ProcessError)
    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(
                tr("Matchcut could not be started: {why}.", why=self._process.errorString()),
                tr("Run: matchcut doctor."),
            )
