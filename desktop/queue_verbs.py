"""What a director does with the queue: pause, put in order, cancel, retry, each taken back by its opposite."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.operations import Change, Operations
from desktop.translating import plural, tr
from desktop.wording import work_words
from storage.domain.jobs import JobId, JobState
from storage.domain.pace import Pace
from storage.pace_store import read_pace
from storage.project import Project

_MOST_UNDONE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueReading:
    """What the queue is like beside its jobs."""

    paused: bool
    pace: Pace


class QueueVerbs(QObject):
    """Each verb runs off the GUI thread and says what it did. `undo` takes the last one of this sitting back.

    Args:
        operations: on whose thread it runs.
    """

    was_read = Signal(object)
    _did = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._opposites: list[Callable[[], None]] = []
        self._pace_at: object = None
        self._pace = Pace()
        self._did.connect(self._remember)

    def read(self) -> None:
        """Ask whether work is paused and how fast it goes; answers with `was_read`."""

        def work(project: Project) -> None:
            self.was_read.emit(QueueReading(paused=project.jobs.is_paused, pace=self._read_pace(project)))

        self._operations.run(work)

    def pause(self, *, remember: bool = True) -> None:
        """Begin nothing new; the step at hand ends and what is half drawn is kept."""

        def work(project: Project) -> None:
            if project.jobs.pause():
                told = tr("Paused: the step at hand ends, nothing new begins.")
                self._tell(told, partial(self.go_on, remember=False), remember)
            self.was_read.emit(QueueReading(paused=True, pace=self._read_pace(project)))

        self._operations.run(work)

    def go_on(self, *, remember: bool = True) -> None:
        """Go on with what was paused."""

        def work(project: Project) -> None:
            if project.jobs.go_on():
                self._tell(tr("Work goes on."), partial(self.pause, remember=False), remember)
            self.was_read.emit(QueueReading(paused=False, pace=self._read_pace(project)))

        self._operations.run(work)

    def cancel(self, job_ids: Sequence[JobId], *, remember: bool = True) -> None:
        """Cancel what waits at once; the worker stops what it draws at its next step."""

        def work(project: Project) -> None:
            changed = project.jobs.cancel(job_ids)
            if changed:
                stops = any(project.jobs.get(job_id).state is JobState.RUNNING for job_id in changed)
                what = _words(project, changed)
                told = tr("Cancelling {what}.", what=what) if stops else tr("Cancelled {what}.", what=what)
                self._tell(told, partial(self.retry, changed, remember=False), remember)
            else:
                self._operations.failed.emit(
                    tr("That neither waits nor is being drawn."), tr("Nothing needs to be done.")
                )

        self._operations.run(work)

    def retry(self, job_ids: Sequence[JobId], *, remember: bool = True) -> None:
        """Put what was cancelled or set aside back in the queue."""

        def work(project: Project) -> None:
            changed = project.jobs.retry(job_ids)
            if changed:
                what = _words(project, changed)
                told = plural(
                    "{what} is in the queue again.", "{what} are in the queue again.", len(changed), what=what
                )
                self._tell(told, partial(self.cancel, changed, remember=False), remember)
            else:
                self._operations.failed.emit(tr("That is no longer set aside."), tr("Nothing needs to be done."))

        self._operations.run(work)

    def move(self, job_id: JobId, before: JobId | None, *, remember: bool = True) -> None:
        """Put a job that waits before another one, or last."""

        def work(project: Project) -> None:
            order = [job.id for job in project.jobs.in_state(JobState.QUEUED)]
            follower = dict(zip(order, [*order[1:], None], strict=False)).get(job_id)
            if project.jobs.move(job_id, before):
                place = [job.id for job in project.jobs.in_state(JobState.QUEUED)].index(job_id)
                what = _words(project, [job_id])
                told = tr("{what} is next.", what=what)
                if place:
                    told = tr("{what} is number {n} of those that wait.", what=what, n=place + 1)
                self._tell(told, partial(self.move, job_id, follower, remember=False), remember)
            else:
                self._operations.failed.emit(
                    tr("The queue has moved on: that cannot be put there."), tr("Nothing was changed.")
                )

        self._operations.run(work)

    def undo(self) -> None:
        """Take back the last thing that was done with the queue."""
        if self._opposites:
            self._opposites.pop()()
        else:
            self._operations.failed.emit(tr("Nothing was done with the queue that could be taken back."), "")

    def _read_pace(self, project: Project) -> Pace:
        # Read on the thread that decides: a decision would wait for what no new take has changed.
        now = (project.takes.newest, project.film.checkpoint_digest)
        if now != self._pace_at:
            self._pace_at, self._pace = now, read_pace(project)
        return self._pace

    def _tell(self, sentence: str, opposite: Callable[[], None], remember: bool) -> None:
        # What takes something back is itself not taken back: Ctrl+Z goes on to what was done before.
        if remember:
            self._did.emit(opposite)
        self._operations.changed.emit(Change(sentence=sentence))

    @Slot(object)
    def _remember(self, opposite: Callable[[], None]) -> None:
        self._opposites = [*self._opposites, opposite][-_MOST_UNDONE:]


def _words(project: Project, job_ids: Sequence[JobId]) -> str:
    if len(job_ids) != 1:
        return plural("{n} job", "{n} jobs", len(job_ids))
    job = project.jobs.get(job_ids[0])
    shot = project.graphs.view().graph.shots.get(job.shot_id) if job.shot_id else None
    return work_words(job.seam, shot.label if shot else None)
