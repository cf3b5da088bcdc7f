"""Reads what a film teaches its critic off the GUI thread, in slices: the next blind questions and the promise."""

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.film_on_demand import FilmOnDemand
from storage.domain.promise import Promise
from storage.errors import KnownError
from storage.learning import Asked, Learning
from storage.project import Project

_logger = logging.getLogger(__name__)
_SLICE = 16
# Between two slices the GUI thread has the interpreter for itself, for so many times as long as a slice took: nobody
# waits for a question, and whoever decides meanwhile should not feel it.
_BREATHS = 6
_MOST_TOLD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a film has taught so far.

    Attributes:
        next: some of the questions that wait, the next one first, of several takes where there are any.
        num_waiting: all of them.
    """

    next: tuple[Asked, ...]
    num_waiting: int
    promise: Promise


class LearningReader(FilmOnDemand):
    """`refresh` asks, `learned` answers where something is new.

    Args:
        folder: of the film.
    """

    learned = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(folder, "learning", read=self._learn, tell_failure=self._fail, parent=parent)
        self._learning: Learning | None = None
        self._told: Learned | None = None
        self._num_told = -1

    def _learn(self, project: Project) -> None:
        if self._learning is None:
            self._learning = Learning(project)
        started = time.monotonic()
        while self._learning.catch_up(_SLICE):
            if self._stopping:
                return
            time.sleep(_BREATHS * (time.monotonic() - started))
            started = time.monotonic()
        if self._learning.num_changes != self._num_told:
            self._num_told = self._learning.num_changes
            self._tell(self._learning)

    def _fail(self, error: KnownError | None) -> None:
        """The film's own reader tells the director what is known."""
        if error is not None:
            _logger.info("what the film teaches could not be read: %s", error.sentence)

    def _tell(self, learning: Learning) -> None:
        waiting = learning.waiting
        others = [asked for asked in waiting if waiting and asked.take.id != waiting[0].take.id]
        learned = Learned(
            next=tuple(dict.fromkeys((*waiting[:_MOST_TOLD], *others[:1]))),
            num_waiting=len(waiting),
            promise=learning.promise,
        )
        if learned != self._told:
            self._told = learned
            self.learned.emit(learned)
