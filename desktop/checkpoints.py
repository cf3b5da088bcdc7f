"""Checkpoints on disk as the desk sees them: the command line looks and tries, in processes of its own."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QObject, QProcess, QSettings, Signal, Slot

from desktop.kept import Kept
from desktop.translating import tr
from pipeline.protocol import Found, Tried


def doctor_command() -> tuple[str, ...]:
    """How checkpoints are looked for and tried; the options are added."""
    return (sys.executable, "-m", "pipeline.cli", "doctor", "--json")


class Checkpoints(QObject):
    """Looks for checkpoints, and tries one at a time.

    Args:
        command: the program and its first arguments; see `doctor_command`.
        settings: of this user, where folders to look into are kept.

    Signals:
        found: what is on disk, as `Found`.
        stepped: steps done and steps in all of the frame that is being tried.
        tried: the checkpoint and what came of it, as `Tried`.
        failed: a sentence and an action.
    """

    found = Signal(object)
    stepped = Signal(int, int)
    tried = Signal(str, object)
    failed = Signal(str, str)

    def __init__(
        self, command: Sequence[str], settings: QSettings | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._folders: Kept[tuple[str, ...]] = Kept(settings, "checkpoints/folders", tuple[str, ...], ())
        self._pictures = tempfile.TemporaryDirectory(prefix="matchcut-", ignore_cleanup_errors=True)
        self._looking = self._process(self._take_found)
        self._trying = self._process(self._take_tried)
        self._trying.readyReadStandardError.connect(self._take_steps)
        self._subject = ""
        self._errors = ""
        self._stopped = False

    @property
    def is_looking(self) -> bool:
        return self._looking.state() is not QProcess.ProcessState.NotRunning

    @property
    def is_trying(self) -> str | None:
        """The checkpoint that is being tried; None for none."""
        return self._subject if self._trying.state() is not QProcess.ProcessState.NotRunning else None

    def add_folder(self, folder: str) -> None:
        """Look into a folder too, now and from now on."""
        kept = self._folders.read()
        if folder and folder not in kept:
            self._folders.write((*kept, folder))

    def look(self, more: Sequence[str] = ()) -> None:
        """Look for checkpoints; answers with `found`.

        Args:
            more: folders to look into beside those that were added.
        """
        if self.is_looking:
            return
        folders = dict.fromkeys((*self._folders.read(), *more))
        options = [part for folder in folders if folder for part in ("--folder", folder)]
        self._looking.start(self._command[0], [*self._command[1:], "--list", *options])

    def try_frame(self, checkpoint: str) -> None:
        """Draw one frame with a checkpoint; answers with `tried` or `failed`."""
        if self.is_trying is not None:
            return
        self._subject, self._errors = checkpoint, ""
        picture = str(Path(self._pictures.name) / "frame.png")
        self._trying.start(self._command[0], [*self._command[1:], "--checkpoint", checkpoint, "--try-frame", picture])

    def cancel(self) -> None:
        """Stop trying; nothing is kept."""
        self._trying.kill()

    def stop(self) -> None:
        """End what is under way. Waits for a second at most."""
        self._stopped = True
        for process in (self._looking, self._trying):
            if process.state() is not QProcess.ProcessState.NotRunning:
                process.kill()
                process.waitForFinished(1000)
        self._pictures.cleanup()

    def _process(self, finished) -> QProcess:
        process = QProcess(self)
        process.finished.connect(finished)
        process.errorOccurred.connect(self._fail_to_start)
        return process

    @Slot(int, QProcess.ExitStatus)
    def _take_found(self, code: int, status: QProcess.ExitStatus) -> None:
        answer = bytes(self._looking.readAllStandardOutput().data())
        if self._stopped:
            return
        try:
            self.found.emit(Found.model_validate_json(answer))
        except ValidationError:
            told = bytes(self._looking.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
            self.failed.emit(
                told[-1] if told else tr("Checkpoints could not be looked for."), tr("Run: matchcut doctor --list.")
            )

    @Slot()
    def _take_steps(self) -> None:
        text = bytes(self._trying.readAllStandardError().data()).decode(errors="replace")
        self._errors = f"{self._errors}{text}"[-4000:]
        for line in text.split():
            done, slash, total = line.partition("/")
            if slash and done.isdigit() and total.isdigit():
                self.stepped.emit(int(done), int(total))

    @Slot(int, QProcess.ExitStatus)
    def _take_tried(self, code: int, status: QProcess.ExitStatus) -> None:
        answer = bytes(self._trying.readAllStandardOutput().data())
        if self._stopped:
            return
        if status is QProcess.ExitStatus.NormalExit and code == 0:
            try:
                self.tried.emit(self._subject, Tried.model_validate(json.loads(answer)))
                return
            except (ValidationError, ValueError):
                pass
        self._take_steps()
        told = [line for line in self._errors.strip().splitlines() if line and not line[0].isdigit()]
        if status is QProcess.ExitStatus.CrashExit:
            self.failed.emit(tr("No frame was drawn: trying was stopped."), "")
        elif code == 2 and len(told) >= 2:
            self.failed.emit(told[-2], told[-1])
        else:
            self.failed.emit(told[-1] if told else tr("No frame could be drawn."), tr("Try another checkpoint."))

    @Slot(QProcess.ProcessError)
    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(tr("Matchcut could not be started."), tr("Run: matchcut doctor."))
