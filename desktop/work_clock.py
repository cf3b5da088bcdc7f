"""Says how long the jobs under way and those that wait will take, at the speed that this machine has now."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storage.domain.jobs import Job, JobId, JobState
from storage.domain.pace import Pace, TimeLeft, left_of

_STEPS_TO_BELIEVE = 2
_MOST_CHANGE = 8.0


@dataclass(slots=True)
class _Run:
    """One job as it is drawn: its first and its latest step, and when they were told."""

    first_step: int
    first_at: float
    step: int
    total: int
    at: float

    @property
    def step_s(self) -> float | None:
        """How long a step takes; None until some have been seen."""
        steps = self.step - self.first_step
        return (self.at - self.first_at) / steps if steps >= _STEPS_TO_BELIEVE else None


class WorkClock:
    """Watches steps go by. Of what it has not seen it knows what the film's own takes tell.

    Args:
        clock: tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._runs: dict[int, _Run] = {}
        self._pace = Pace()
        self._running: list[Job] = []
        self._lengths: dict[JobId, float] = {}
        self._before: dict[JobId, tuple[float, bool]] = {}
        self._waiting = TimeLeft()

    def note_step(self, job_id: int, step: int, total: int) -> None:
        """A job is so far."""
        run, now = self._runs.get(job_id), self._clock()
        if run is None or step < run.step:
            self._runs[job_id] = _Run(first_step=step, first_at=now, step=step, total=total, at=now)
        else:
            run.step, run.total, run.at = step, total, now

    def note_pause(self) -> None:
        """The time until the next step says nothing of how fast they go."""
        for run in self._runs.values():
            run.first_step, run.first_at = run.step, self._clock()

    def forget(self, job_id: int) -> None:
        """A job has ended."""
        self._runs.pop(job_id, None)

    def forget_all(self) -> None:
        """The worker is gone."""
        self._runs.clear()

    def show_queue(self, jobs: Sequence[Job], lengths: dict[JobId, float], pace: Pace) -> None:
        """Take what is at work and waits, the first to be done first.

        Args:
            lengths: of each job's shot (of the film, for the cut), in seconds.
        """
        self._pace, self._lengths = pace, lengths
        self._running = [job for job in jobs if job.state is JobState.RUNNING]
        speed = self._speed()
        seconds, known = 0.0, True
        self._before = {}
        for job in jobs:
            if job.state is JobState.QUEUED:
                self._before[job.id] = (seconds, known)
                usual = self._usual(job)
                if usual is None:
                    known = False
                else:
                    seconds += usual / speed
        self._waiting = TimeLeft(seconds=seconds, known=known)

    def running_left(self) -> TimeLeft:
        """Until what is under way is done: it is drawn together."""
        seen = [self._seen_left(job.id) for job in self._running]
        known = [seconds for seconds in seen if seconds is not None]
        if known:
            return TimeLeft(seconds=max(known))
        left = TimeLeft()
        for job in self._running:
            left = left.and_then(left_of(job, self._usual(job)))
        return left

    def until(self, job: Job) -> TimeLeft:
        """Until a job that waits begins."""
        seconds, known = self._before.get(job.id, (0.0, True))
        return _after(self.running_left(), TimeLeft(seconds=seconds, known=known))

    def all_left(self) -> TimeLeft:
        """Until everything that is at work or waits is done."""
        return _after(self.running_left(), self._waiting)

    def silent_s(self) -> float:
        """How long no job under way has told of a step; 0 where none is under way."""
        runs = [self._runs[job.id] for job in self._running if job.id in self._runs]
        return self._clock() - max(run.at for run in runs) if runs else 0.0

    def _seen_left(self, job_id: int) -> float | None:
        run = self._runs.get(job_id)
        if run is None or run.step_s is None:
            return None
        return run.step_s * (run.total - run.step)

    def _whole(self) -> float | None:
        """How long what is under way will have taken in all, by its steps."""
        runs = [run for job in self._running if (run := self._runs.get(job.id)) and run.step_s]
        return max((run.step_s or 0.0) * run.total for run in runs) if runs else None

    def _usual(self, job: Job) -> float | None:
        usual = self._pace.of(job.seam, self._lengths.get(job.id, 0.0))
        return usual if usual is not None else self._by_what_runs(job)

    def _by_what_runs(self, job: Job) -> float | None:
        """Before the first take of its kind: what is under way tells, if it is of that kind."""
        whole = self._whole()
        if whole is None or any(running.seam is not job.seam for running in self._running):
            return None
        mine = self._lengths.get(job.id, 0.0)
        theirs = sum(self._lengths.get(running.id, 0.0) for running in self._running)
        return whole / len(self._running) if theirs <= 0 or not mine else whole * mine / theirs

    def _speed(self) -> float:
        """Of the machine now, against what it was when the takes were made."""
        whole = self._whole()
        usual = [self._pace.of(job.seam, self._lengths.get(job.id, 0.0)) for job in self._running]
        expected = sum(seconds for seconds in usual if seconds)
        if not whole or not expected or None in usual:
            return 1.0
        return min(_MOST_CHANGE, max(1 / _MOST_CHANGE, expected / whole))


def _after(first: TimeLeft, then: TimeLeft) -> TimeLeft:
    return TimeLeft(seconds=first.seconds + then.seconds, known=first.known and then.known)
