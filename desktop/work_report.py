"""What the worker does now, in words, kept up from its events."""

from collections.abc import Sequence

from desktop.snapshot import FilmSnapshot, Spot
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
from storage.domain.jobs import JobState


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
                self._job_ids, self._step, self._total = event.job_ids, event.step, event.total
            case JobEnded():
                self._job_ids = tuple(job_id for job_id in self._job_ids if job_id != event.job_id)
            case TakeReviewed():
                self._idle = ""
            case WaitingForDirector():
                self._job_ids, self._idle = (), "waits for you" if event.count else "nothing left to do"
            case FilmFinished():
                self._job_ids, self._idle = (), "the film is finished"

    def forget_work(self) -> None:
        """The worker is gone, and what it did with it."""
        self._job_ids, self._idle = (), ""

    def words(self, state: WorkerState, film: FilmSnapshot | None) -> str:
        """One line for the top bar."""
        match state:
            case WorkerState.STARTING:
                return "worker is starting…"
            case WorkerState.RESTARTING:
                return "worker is starting again…"
            case WorkerState.GIVEN_UP:
                return "worker has stopped"
            case WorkerState.AWAY:
                return "worker is away"
            case WorkerState.READY:
                pass
        parts = ["worker", self._device]
        if self._job_ids:
            steps = f" {self._step}/{self._total}" if self._total else ""
            parts.append(f"drawing {self._job_words(film)}{steps}")
        elif film is not None and film.view is None:
            parts.append("reading the screenplay…")
        elif self._idle:
            parts.append(self._idle)
        waiting = sum(job.state is JobState.QUEUED for job in film.jobs) if film else 0
        if waiting:
            parts.append(f"{waiting} waiting")
        return " · ".join(part for part in parts if part)

    def _job_words(self, film: FilmSnapshot | None) -> str:
        spots = spots_of(self._job_ids, film)
        if film is None or not spots:
            return "…" if len(self._job_ids) == 1 else f"{len(self._job_ids)} takes"
        card = film.card(spots[0].shot_id)
        first = f"{card.shot.label if card else 'the'} {spots[0].seam}"
        return first if len(self._job_ids) == 1 else f"{first} and {len(self._job_ids) - 1} more"


def _device_words(event: WorkerReady) -> str:
    if not event.checkpoint or event.checkpoint in event.device:
        return event.device
    return f"{event.checkpoint} on {event.device}"


def spots_of(job_ids: Sequence[int], film: FilmSnapshot | None) -> list[Spot]:
    """Where the jobs' takes will be looked at; those not yet known are left out."""
    jobs = {job.id: job for job in film.jobs} if film else {}
    found = [jobs[job_id] for job_id in job_ids if job_id in jobs]  # pyright: ignore[reportArgumentType]
    return [Spot(seam=job.seam, shot_id=job.shot_id) for job in found]


def outcome_words(outcome: Outcome, state: WorkerState) -> tuple[str, str] | None:
    """How a worker's end is told: a sentence and an action; None where there is nothing to tell."""
    match outcome:
        case Left():
            return None
        case Refused():
            return outcome.sentence, outcome.action
        case NotStarted():
            return outcome.sentence, "Run: matchcut doctor."
        case Crashed():
            last = f" ({outcome.last_words[:160]})" if outcome.last_words else ""
            sentence = f"The worker stopped: {outcome.how}{last}."
            if state is WorkerState.GIVEN_UP:
                return sentence, "It stopped again and again; what was finished is kept. Run: matchcut doctor."
            return sentence, "It starts again by itself; what was finished is kept."
