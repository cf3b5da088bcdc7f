"""Obeys a director's wish to pause: holds the worker between two steps, with what is half drawn in memory."""

import time
from collections.abc import Callable

from pipeline.protocol import Event, WorkPaused, WorkWentOn
from storage.project import Project

_LOOK_EVERY_S = 0.1


class Pausing:
    """Whether work on a project is paused; says so when that begins and when it ends.

    Args:
        leaving: a worker that is to leave is held no longer.
    """

    def __init__(self, project: Project, *, emit: Callable[[Event], None], leaving: Callable[[], bool]) -> None:
        self._project = project
        self._emit = emit
        self._leaving = leaving
        self._told = False

    def is_paused(self) -> bool:
        """Whether nothing new may begin."""
        paused = self._project.jobs.is_paused
        if paused != self._told:
            self._told = paused
            self._emit(WorkPaused() if paused else WorkWentOn())
        return paused

    def hold(self, *, unless: Callable[[], bool]) -> None:
        """Wait while work is paused.

        Args:
            unless: asked meanwhile; ends the wait.
        """
        while self.is_paused() and not self._leaving() and not unless():
            time.sleep(_LOOK_EVERY_S)
