"""Writes the notes of a film to a file by asking the command line, so that both write the same."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from desktop.translating import tr

SUFFIXES = (".pdf", ".csv")


class NotesExport(QObject):
    """One export at a time; the desk goes on meanwhile.

    Signals:
        begun, written: with the file.
        failed: a sentence, and what to do.

    Args:
        folder: of the film.
    """

    begun = Signal(Path)
    written = Signal(Path)
    failed = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._path = Path()
        self._process = QProcess(self)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail_to_start)

    def suggested(self, title: str) -> Path:
        """Where the notes go unless the director names another place."""
        return self._folder / "exports" / tr("{title} notes.pdf", title=title)

    def write(self, path: Path) -> None:
        """Write all notes; the name of the file says whether as PDF or CSV, PDF where it says neither."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self.failed.emit(tr("Notes are being written already."), tr("Wait a moment."))
            return
        self._path = path if path.suffix.lower() in SUFFIXES else path.with_name(f"{path.name}.pdf")
        self.begun.emit(self._path)
        arguments = ("-m", "pipeline.cli", "export", str(self._folder), "--notes", str(self._path))
        self._process.start(sys.executable, arguments)

    def stop(self) -> None:
        """End an export that is under way; nothing half written is left. Waits for a second at most."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.blockSignals(True)
            self._process.terminate()
            if not self._process.waitForFinished(1000):
                self._process.kill()
                self._process.waitForFinished(1000)

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if status is QProcess.ExitStatus.NormalExit and code == 0:
            self.written.emit(self._path)
            return
        told = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        self.failed.emit(*(told[-2:] if len(told) > 1 else (tr("The notes could not be written."), tr("See the log."))))

    @Slot(QProcess.ProcessError)
    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(
                tr("Matchcut could not be started: {why}.", why=self._process.errorString()),
                tr("Run: matchcut doctor."),
            )
