"""Policies: deciding at the seams without a person, in writing and under the policy's own name."""

from collections.abc import Sequence
from enum import StrEnum

from storage.commands import Commands
from storage.domain.decisions import Decision
from storage.domain.findings import is_clean
from storage.domain.standing import Standing, State
from storage.domain.takes import Seam
from storage.film_state import FilmReading
from storage.project import Project


class Approve(StrEnum):
    """NONE: a director decides everything. CLEAN: what the critic calls clean is approved.
    ALL: the best take is approved, clean or not.
    """

    NONE = "none"
    CLEAN = "clean"
    ALL = "all"


class Policy:
    """Decides what it may, and leaves the rest to the director.

    Args:
        approve: what it may approve.
    """

    def __init__(self, project: Project, approve: Approve) -> None:
        self._project = project
        self._approve = approve
        self._commands = Commands(project, author=f"policy:{approve}")

    def decide(self, state: FilmReading, waiting: Sequence[Standing]) -> list[Decision]:
        """Decide on what waits; returns the ledger's new entries."""
        if self._approve is Approve.NONE:
            return []
        decisions: list[Decision] = []
        for standing in waiting:
            if standing.state is not State.DECIDE:
                continue
            if standing.seam is Seam.SCRIPT:
                if self._approve is Approve.ALL or is_clean(state.graph_findings or ()):
                    decisions.append(self._commands.approve_script())
            elif standing.take and (self._approve is Approve.ALL or standing.clean):
                decisions.append(self._commands.approve(standing.take.id))
        return decisions
