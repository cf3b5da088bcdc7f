"""How long jobs will take, from how long the film's own takes took; never a guess where there are none."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.domain.jobs import Job, JobState
from storage.domain.takes import Seam
from storage.domain.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What one thing took lately with the checkpoint in use, in seconds; None where there was none.

    Attributes:
        keyframe: its share of a batch, drawn and judged.
        clip_second: one second of a clip, drawn and judged.
        cut_second: one second of a cut.
    """

    keyframe: float | None = None
    clip_second: float | None = None
    cut_second: float | None = None

    def of(self, seam: Seam, length_s: float) -> float | None:
        """How long one take should take, in seconds.

        Args:
            length_s: of the shot (of the film, for a cut), in seconds.
        """
        if seam is Seam.KEYFRAME:
            return self.keyframe
        second = self.clip_second if seam is Seam.CLIP else self.cut_second
        return None if second is None else second * length_s


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """Until some jobs are done.

    Attributes:
        seconds: of those that are known.
        known: whether all of them are.
    """

    seconds: float = 0.0
    known: bool = True

    def and_then(self, seconds: float | None) -> "TimeLeft":
        """With one more job after these; None where nobody knows how long that takes."""
        if seconds is None:
            return TimeLeft(seconds=self.seconds, known=False)
        return TimeLeft(seconds=self.seconds + seconds, known=self.known)

    @property
    def words(self) -> Told:
        """ "about 4 min"; "more than 4 min" where something is not known; "not known yet" where nothing is."""
        if not self.known and self.seconds < 1:
            return Told("not known yet")
        return Told("about {length}" if self.known else "more than {length}", length=round_length(self.seconds))


def left_of(job: Job, seconds: float | None, speed: float = 1.0) -> float | None:
    """How long a job will go on.

    Args:
        seconds: that it should take in all; None where nobody knows.
        speed: of this machine now, against what it was when the takes were made; > 0.
    """
    if seconds is None:
        return None
    done = min(1.0, job.progress / job.total) if job.state is JobState.RUNNING and job.total else 0.0
    return seconds * (1 - done) / speed


def time_left(seconds: Iterable[float | None]) -> TimeLeft:
    """How long jobs take one after the other."""
    left = TimeLeft()
    for each in seconds:
        left = left.and_then(each)
    return left


def round_length(seconds: float) -> Told:
    """A length no finer than one can know it beforehand: "5 s", "40 s", "4 min", "1 h 20 min"."""
    if seconds < 10:
        return Told("{seconds} s", seconds=max(1, round(seconds)))
    if seconds < 55:
        return Told("{seconds} s", seconds=round(seconds / 5) * 5)
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return Told("{minutes} min", minutes=minutes)
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    return Told("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else Told("{hours} h", hours=hours)
