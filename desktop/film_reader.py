"""Reads the film off the GUI thread, and again when someone changed it; many wishes make one reading."""

import logging
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.background import Background
from desktop.snapshot import FilmSnapshot, TakeDetail, read_detail, read_snapshot
from storage.domain.takes import Take
from storage.errors import KnownError
from storage.project import Project

_logger = logging.getLogger(__name__)
_LOOK_EVERY_MS = 1000


class FilmReader(QObject):
    """Request, compute, respond: `refresh` asks, `film_read` answers.

    Args:
        folder: of the film.
        look_every_ms: how often to look whether another program (a `produce` in a terminal)
            changed the film.
    """

    film_read = Signal(object)
    detail_read = Signal(object)
    script_read = Signal(str)
    could_not_read = Signal(str, str)
    _done = Signal()

    def __init__(self, folder: Path, *, look_every_ms: int = _LOOK_EVERY_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._project: Project | None = None
        self._data_version = -1
        self._busy = False
        self._again = False
        self.last_read_s = 0.0
        self._background = Background("film reader")
        self._done.connect(self._finish_reading)
        self._look = QTimer(self)
        self._look.setInterval(look_every_ms)
        self._look.timeout.connect(self._look_for_changes)
        self._look.start()

    @Slot()
    def refresh(self) -> None:
        """Read the film again. While a reading is under way, any number of calls make one more."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._background.submit(self._read)

    def read_detail(self, take: Take, inputs_now: tuple) -> None:
        """Ask for the recipe of a take and why it is stale."""

        def work() -> None:
            try:
                detail: TakeDetail = read_detail(self._open(), take, inputs_now)
            except KnownError as error:
                self.could_not_read.emit(error.sentence, error.action)
            else:
                self.detail_read.emit(detail)

        self._background.submit(work)

    def read_script(self) -> None:
        """Ask for the screenplay's text, as it was read in."""

        def work() -> None:
            try:
                project = self._open()
                path = project.media.find(project.film.screenplay)
                text = path.read_bytes().decode("utf-8-sig", errors="replace")
            except KnownError as error:
                self.could_not_read.emit(error.sentence, error.action)
            except (OSError, KeyError):
                self.could_not_read.emit("The screenplay's file is gone from the film.", "Run: matchcut verify.")
            else:
                self.script_read.emit("" if path.suffix == ".fdx" else text)

        self._background.submit(work)

    def stop(self) -> None:
        """End the reader's thread and close its connection."""
        self._look.stop()
        self._background.submit(self._close)
        self._background.stop()

    def _open(self) -> Project:
        if self._project is None:
            self._project = Project.open(self._folder)
        return self._project

    def _close(self) -> None:
        if self._project is not None:
            self._project.close()
            self._project = None

    def _read(self) -> None:
        began = time.perf_counter()
        try:
            project = self._open()
            self._data_version = _data_version(project)
            snapshot: FilmSnapshot = read_snapshot(project)
        except KnownError as error:
            self.could_not_read.emit(error.sentence, error.action)
        except Exception:
            _logger.exception("the film could not be read")
            self.could_not_read.emit("The film could not be read: this is a bug in Matchcut.", "See the log.")
        else:
            self.last_read_s = time.perf_counter() - began
            self.film_read.emit(snapshot)
        finally:
            self._done.emit()

    @Slot()
    def _finish_reading(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.refresh()

    @Slot()
    def _look_for_changes(self) -> None:
        if not self._busy:
            self._background.submit(self._compare_version)

    def _compare_version(self) -> None:
        if self._project is not None and _data_version(self._project) != self._data_version:
            self._data_version = _data_version(self._project)
            self._read()


def _data_version(project: Project) -> int:
    """Changes when another connection has written; SQLite answers from shared memory."""
    return project.db.conn.execute("PRAGMA data_version").fetchone()[0]
