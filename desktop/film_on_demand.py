"""A reading of a film that is made off the GUI thread when someone asks for it; what the readers of parts share."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from desktop.background import Background
from storage.errors import KnownError
from storage.project import Project

_logger = logging.getLogger(__name__)


class FilmOnDemand(QObject):
    """Request, compute, respond: `refresh` asks; those that derive from it answer with a signal of their own.

    Args:
        folder: of the film; opened on a thread of its own at the first wish.
        thread_name: of that thread.
        read: reads, and emits what was read; on that thread, which has the connection for itself.
        tell_failure: says that the film could not be read; no error means a bug, which the log has.
    """

    def __init__(
        self,
        folder: Path,
        thread_name: str,
        *,
        read: Callable[[Project], None],
        tell_failure: Callable[[KnownError | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._thread_name = thread_name
        self._read_film = read
        self._tell_failure = tell_failure
        self._project: Project | None = None
        self._background: Background | None = None
        self._asked = False
        self._stopping = False

    @Slot()
    def refresh(self) -> None:
        """Read what is new. While a reading is asked for, any number of calls make no other."""
        if not self._asked and not self._stopping:
            self._asked = True
            if self._background is None:
                self._background = Background(self._thread_name)
            self._background.submit(self._read)

    def stop(self) -> None:
        """End the thread and close its connection."""
        self._stopping = True
        if self._background is not None:
            self._background.submit(self._close)
            self._background.stop()

    def _read(self) -> None:
        self._asked = False
        try:
            if self._project is None:
                self._project = Project.open(self._folder)
            self._read_film(self._project)
        except KnownError as error:
            self._tell_failure(error)
        except Exception:
            _logger.exception("the film could not be read: %s", self._thread_name)
            self._tell_failure(None)

    def _close(self) -> None:
        if self._project is not None:
            self._project.close()
            self._project = None
