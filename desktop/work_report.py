"""What the worker does now, in words, kept up from its events."""

from collections.abc import Sequence

from desktop.snapshot import FilmSnapshot, Spot
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
                self._job_ids, self._idle = (), "waits for you" if event.count else "nothing left to do"
            case FilmFinished():
                self._job_ids, self._idle = (), "the film is finished"

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
        if paused:
            held = f" at {self._job_words(film)} {self._step}/{self._total}" if self._job_ids and self._total else ""
            parts.append(f"paused{held}, {{pause_work}} goes on")
        elif self._job_ids:
            steps = f" {self._step}/{self._total}" if self._total else ""
            parts.append(f"drawing {self._job_words(film)}{steps}")
        elif film is not None and film.view is None:
            parts.append("reading the screenplay…")
        elif self._idle:
            parts.append(self._idle)
        if waiting:
            parts.append(f"{waiting} waiting")
        if left is not None and not paused and (waiting or self._job_ids) and (left.known or left.seconds):
            parts.append(left.words)
        return " · ".join(part for part in parts if part)

    def name_of(self, job_id: int, film: FilmSnapshot | None) -> str:
        """A job as a sentence begins with it: "2C keyframe", "The cut"; "A job" where it is not known yet."""
        spots = spots_of((job_id,), film)
        if film is None or not spots:
            return "A job"
        card = film.card(spots[0].shot_id)
        words = work_words(spots[0].seam, card.shot.label if card else None)
        return words[0].upper() + words[1:]

    def _job_words(self, film: FilmSnapshot | None) -> str:
        spots = spots_of(self._job_ids, film)
        if film is None or not spots:
            return "…" if len(self._job_ids) == 1 else f"{len(self._job_ids)} takes"
        card = film.card(spots[0].shot_id)
        first = work_words(spots[0].seam, card.shot.label if card else None)
        return first if len(self._job_ids) == 1 else f"{first} and {len(self._job_ids) - 1} more"


def _device_words(event: WorkerReady) -> str:
    if not event.checkpoint or event.checkpoint in event.device:
        return event.device
    return f"{event.checkpoint} on {event.device}"


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
            return outcome.sentence, outcome.action
        case NotStarted():
            return outcome.sentence, "Run: matchcut doctor."
        case Crashed():
            last = f" ({outcome.last_words[:160]})" if outcome.last_words else ""
            sentence = f"The worker stopped: {outcome.how}{last}."
            if state is WorkerState.GIVEN_UP:
                return sentence, "It stopped again and again; what was finished is kept. Run: matchcut doctor."
            return sentence, "It starts again by itself; what was finished is kept."
