"""Counts a film off the GUI thread, while someone looks at its figures."""

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.background import Background
from storage.errors import KnownError
from storage.film_figures import FilmFigures, read_figures
from storage.project import Film, Project

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRead:
    """A film's figures, and the settings that money is counted with."""

    film: Film
    figures: FilmFigures


class FiguresReader(QObject):
    """Request, compute, respond: `refresh` asks, `figures_read` answers; many wishes make one counting.

    Args:
        folder: of the film; opened on a thread of its own at the first wish.
    """

    figures_read = Signal(object)
    could_not_read = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._project: Project | None = None
        self._background: Background | None = None
        self._asked = False

    @Slot()
    def refresh(self) -> None:
        """Count again. While a counting is asked for, any number of calls make no other."""
        if not self._asked:
            self._asked = True
            if self._background is None:
                self._background = Background("figures")
            self._background.submit(self._read)

    def stop(self) -> None:
        """End the thread and close its connection."""
        if self._background is not None:
            self._background.submit(self._close)
            self._background.stop()

    def _read(self) -> None:
        self._asked = False
        try:
            # The charts need it next. It takes a third of a second to load, which the GUI thread should not spend.
            import pyqtgraph  # noqa: F401

            if self._project is None:
                self._project = Project.open(self._folder)
            figures = read_figures(self._project)
            self.figures_read.emit(FiguresRead(film=self._project.film, figures=figures))
        except KnownError as error:
            self.could_not_read.emit(error.sentence, error.action)
        except Exception:
            _logger.exception("the film could not be counted")
            self.could_not_read.emit("The film could not be counted: this is a bug in Matchcut.", "See the log.")

    def _close(self) -> None:
        if self._project is not None:
            self._project.close()
            self._project = None
