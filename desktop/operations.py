"""The director's verbs: each runs off the GUI thread and says what it did and how it is undone."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.snapshot import decision_words, done_words
from storage.commands import Commands, EditCost
from storage.domain.decisions import Decision
from storage.domain.jobs import JobId
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam, TakeId
from storage.errors import KnownError
from storage.project import Project

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an operation did.

    Attributes:
        sentence: for the status strip.
        undo_label: what Ctrl+Z would take back now; empty for what is no decision (a job's cancel).
    """

    sentence: str
    undo_label: str = ""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOfEdit:
    """What changing a constraint to a value would turn stale."""

    constraint_id: ConstraintId
    value: str
    cost: EditCost


class Operations(QObject):
    """Every change that the desk makes to a film.

    Args:
        folder: of the film; opened on the operations' own thread and connection.
    """

    changed = Signal(object)
    cost_known = Signal(object)
    failed = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._project: Project | None = None
        self._background = Background("operations")

    def approve_script(self) -> None:
        self._decide(lambda commands: commands.approve_script())

    def approve(self, take_id: TakeId) -> None:
        self._decide(lambda commands: commands.approve(take_id))

    def request_changes(self, take_id: TakeId, note: str, key: str = "") -> None:
        self._decide(lambda commands: commands.request_changes(take_id, note, key))

    def false_alarm(self, take_id: TakeId, key: str) -> None:
        self._decide(lambda commands: commands.false_alarm(take_id, key))

    def missed_drift(self, take_id: TakeId, key: str) -> None:
        self._decide(lambda commands: commands.missed_drift(take_id, key))

    def lock(self, take_id: TakeId) -> None:
        self._decide(lambda commands: commands.lock(take_id))

    def unlock(self, take_id: TakeId) -> None:
        self._decide(lambda commands: commands.unlock(take_id))

    def settle(self, constraint_ids: Sequence[ConstraintId]) -> None:
        self._decide(lambda commands: commands.settle(constraint_ids))

    def edit_constraint(self, constraint_id: ConstraintId, value: str) -> None:
        self._decide(lambda commands: commands.edit_constraint(constraint_id, value))

    def undo(self) -> None:
        self._decide(lambda commands: commands.undo())

    def ask_cost(self, constraint_id: ConstraintId, value: str) -> None:
        """Work out what an edit would turn stale; changes nothing, answers with `cost_known`."""

        def work(project: Project) -> None:
            cost = Commands(project).cost_of_edit(constraint_id, value)
            self.cost_known.emit(CostOfEdit(constraint_id=constraint_id, value=value, cost=cost))

        self._run(work)

    def cancel_job(self, job_id: JobId) -> None:
        """Write the wish; the worker obeys it at its next step."""

        def work(project: Project) -> None:
            project.jobs.request_cancel(job_id)
            self.changed.emit(Change(sentence=f"Asked the worker to cancel {_job_words(project, job_id)}."))

        self._run(work)

    def retry_job(self, job_id: JobId) -> None:
        """Put a job that failed or was cancelled back in the queue."""

        def work(project: Project) -> None:
            if project.jobs.retry(job_id):
                self.changed.emit(Change(sentence=f"{_job_words(project, job_id)} is in the queue again."))
            else:
                self.failed.emit("That job is no longer set aside.", "Nothing needs to be done.")

        self._run(work)

    def stop(self) -> None:
        """Finish what was decided, then end the thread and close its connection."""
        self._background.submit(self._close)
        self._background.stop()

    def _decide(self, verb: Callable[[Commands], Decision]) -> None:
        def work(project: Project) -> None:
            decision = verb(Commands(project))
            view = project.graphs.view() if project.graphs.latest_revision else None
            words = decision_words(decision, view)
            if decision.undoes is not None:
                undone = project.ledger.everything(decision.undoes - 1)[0]
                sentence, undo_label = f"Undone: {decision_words(undone, view)}.", ""
            else:
                sentence, undo_label = done_words(decision, view), words
            self.changed.emit(Change(sentence=sentence, undo_label=undo_label, decision=decision))

        self._run(work)

    def _run(self, work: Callable[[Project], None]) -> None:
        def guarded() -> None:
            try:
                if self._project is None:
                    self._project = Project.open(self._folder)
                work(self._project)
            except KnownError as error:
                self.failed.emit(error.sentence, error.action)
            except Exception:
                _logger.exception("an operation failed")
                self.failed.emit("That did not work: this is a bug in Matchcut.", "Nothing was changed; see the log.")

        self._background.submit(guarded)

    def _close(self) -> None:
        if self._project is not None:
            self._project.close()
            self._project = None


def _job_words(project: Project, job_id: JobId) -> str:
    job = project.jobs.get(job_id)
    shot = project.graphs.view().graph.shots.get(job.shot_id) if job.shot_id else None
    return f"{shot.label} {job.seam}" if shot else "the cut" if job.seam is Seam.CUT else str(job.seam)
