"""Counts a film off the GUI thread, while someone looks at its figures."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.film_on_demand import FilmOnDemand
from desktop.translating import tr
from storage.errors import KnownError
from storage.film_figures import FilmFigures, read_figures
from storage.project import Film, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRead:
    """A film's figures, and the settings that money is counted with."""

    film: Film
    figures: FilmFigures


class FiguresReader(FilmOnDemand):
    """`refresh` asks, `figures_read` answers.

    Args:
        folder: of the film.
    """

    figures_read = Signal(object)
    could_not_read = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(folder, "figures", read=self._count, tell_failure=self._fail, parent=parent)

    def _count(self, project: Project) -> None:
        # The charts need it next. It takes a third of a second to load, which the GUI thread should not spend.
        import pyqtgraph  # noqa: F401

        self.figures_read.emit(FiguresRead(film=project.film, figures=read_figures(project)))

    def _fail(self, error: KnownError | None) -> None:
        if error is not None:
            self.could_not_read.emit(error.sentence, error.action)
        else:
            self.could_not_read.emit(
                tr("The film could not be counted: this is a bug in Matchcut."), tr("See the log.")
            )
