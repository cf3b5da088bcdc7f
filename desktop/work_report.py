"""What the worker does now, in words, kept up from its events."""

from collections.abc import Sequence

from desktop.snapshot import FilmSnapshot, Spot
from desktop.translating import plural, tr
from desktop.wording import work_words
from desktop.worker_link import Crashed, Left, NotStarted, Outcome, Refused, WorkerState
from pipeline.protocol import (
    Event,
    FilmFinished,
    JobEnded,
    JobProgressed,
    JobStarted,
    TakeReviewed,
    WaitingForDirector,
    WorkerReady,
)
from storage.domain.jobs import Job, JobId
from storage.domain.pace import TimeLeft
from storage.domain.takes import Seam


class WorkReport:
    """Remembers the last events; says them in one line."""

    def __init__(self) -> None:
        self._device = ""
        self._job_ids: tuple[int, ...] = ()
        self._step = 0
        self._total = 0
        self._idle = ""

    def note_event(self, event: Event) -> None:
        """Remember what an event says about the worker."""
        match event:
            case WorkerReady():
                self._device, self._idle = _device_words(event), ""
            case JobStarted():
                self._job_ids, self._step, self._total, self._idle = event.job_ids, 0, event.total, ""
            case JobProgressed():
                new = tuple(job_id for job_id in event.job_ids if job_id not in self._job_ids)
                self._job_ids, self._step, self._total = (*self._job_ids, *new), event.step, event.total
            case JobEnded():
                self._job_ids = tuple(job_id for job_id in self._job_ids if job_id != event.job_id)
            case TakeReviewed():
                self._idle = ""
            case WaitingForDirector():
                self._job_ids, self._idle = (), tr("waits for you") if event.count else tr("nothing left to do")
            case FilmFinished():
                self._job_ids, self._idle = (), tr("the film is finished")

    def forget_work(self) -> None:
        """The worker is gone, and what it did with it."""
        self._job_ids, self._idle = (), ""

    def words(
        self,
        state: WorkerState,
        film: FilmSnapshot | None,
        *,
        waiting: int,
        paused: bool = False,
        left: TimeLeft | None = None,
    ) -> str:
        """One line for the top bar.

        Args:
            waiting: how many jobs wait.
            paused: a director wants nothing new to begin.
            left: until the queue is empty.
        """
        match state:
            case WorkerState.STARTING:
                return tr("worker is starting…")
            case WorkerState.RESTARTING:
                return tr("worker is starting again…")
            case WorkerState.GIVEN_UP:
                return tr("worker has stopped")
            case WorkerState.AWAY:
                return tr("worker is away")
            case WorkerState.READY:
                pass
        parts = [tr("worker"), self._device]
        steps = f"{self._step}/{self._total}"
        if paused and self._job_ids and self._total:
            what = self._job_words(film)
            parts.append(tr("paused at {what} {steps}, {{pause_work}} goes on", what=what, steps=steps))
        elif paused:
            parts.append(tr("paused, {pause_work} goes on"))
        elif self._job_ids:
            what = f"{self._job_words(film)} {steps}" if self._total else self._job_words(film)
            parts.append(tr("drawing {what}", what=what))
        elif film is not None and film.view is None:
            parts.append(tr("reading the screenplay…"))
        elif self._idle:
            parts.append(self._idle)
        if waiting:
            parts.append(plural("{n} waiting", "{n} waiting", waiting))
        if left is not None and not paused and (waiting or self._job_ids) and (left.known or left.seconds):
            parts.append(tr(left.words))
        return " · ".join(part for part in parts if part)

    def name_of(self, job_id: int, film: FilmSnapshot | None) -> str:
        """A job as a sentence begins with it: "2C keyframe", "The cut"; "A job" where it is not known yet."""
        spots = spots_of((job_id,), film)
        if film is None or not spots:
            return tr("A job")
        card = film.card(spots[0].shot_id)
        words = work_words(spots[0].seam, card.shot.label if card else None)
        return words[0].upper() + words[1:]

    def _job_words(self, film: FilmSnapshot | None) -> str:
        spots = spots_of(self._job_ids, film)
        if film is None or not spots:
            return "…" if len(self._job_ids) == 1 else plural("{n} take", "{n} takes", len(self._job_ids))
        card = film.card(spots[0].shot_id)
        first = work_words(spots[0].seam, card.shot.label if card else None)
        more = len(self._job_ids) - 1
        return tr("{some} and {n} more", some=first, n=more) if more else first


def _device_words(event: WorkerReady) -> str:
    if not event.checkpoint or event.checkpoint in event.device:
        return event.device
    return tr("{checkpoint} on {device}", checkpoint=event.checkpoint, device=event.device)


def spots_of(job_ids: Sequence[int], film: FilmSnapshot | None) -> list[Spot]:
    """Where the jobs' takes will be looked at; those not yet known are left out."""
    if film is None or not job_ids:
        return []
    found = {job.id: Spot(seam=job.seam, shot_id=job.shot_id) for job in film.jobs if job.id in job_ids}
    return [found[job_id] for job_id in job_ids if job_id in found]  # pyright: ignore[reportArgumentType]


def lengths_of(jobs: Sequence[Job], film: FilmSnapshot) -> dict[JobId, float]:
    """How long each job's shot lasts, or the film where it is the cut's, in seconds."""
    frame_s = float(1 / film.frame_rate)
    whole = film.num_frames * frame_s
    found: dict[JobId, float] = {}
    for job in jobs:
        card = film.card(job.shot_id)
        found[job.id] = card.shot.duration_frames * frame_s if card else whole if job.seam is Seam.CUT else 0.0
    return found


def outcome_words(outcome: Outcome, state: WorkerState) -> tuple[str, str] | None:
    """How a worker's end is told: a sentence and an action; None where there is nothing to tell."""
    match outcome:
        case Left():
            return None
        case Refused():
            return tr(outcome.sentence), tr(outcome.action)
        case NotStarted():
            return tr(outcome.sentence), tr("Run: matchcut doctor.")
        case Crashed():
            how = f"{outcome.how} ({outcome.last_words[:160]})" if outcome.last_words else outcome.how
            sentence = tr("The worker stopped: {how}.", how=how)
            if state is WorkerState.GIVEN_UP:
                return sentence, tr("It stopped again and again; what was finished is kept. Run: matchcut doctor.")
            return sentence, tr("It starts again by itself; what was finished is kept.")
