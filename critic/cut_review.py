"""The critic at the cut seam: the decoded movie is the circled takes, in order, at length."""

# pyright: standard
# (the stubs of OpenCV and NumPy leave half of all types open)

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import cv2
import numpy as np

from critic.measures import confidence_of, psnr_db
from storage.domain.findings import Finding, FrameRange, Verdict
from storage.domain.scene_graph import ShotId
from storage.frames import take_frame_at

_THUMB = (32, 18)
_TAPS = (0.0, 0.25, 0.5, 0.75, 1.0)
# A shift of the whole shot is looked for this far, in frames of the film.
_MOST_SHIFT = 8
_BLACK = 12
# Mean differences of thumbnails (0 to 255): compression leaves less than 1.
_SAME_FRAME = 1.5
_SAME_SHOT = 4.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExpectedShot:
    """What should be seen for one shot; `storage.frames.take_frame_at` says when.

    Attributes:
        frames: the circled take, N×H×W×3 uint8.
        take_rate, film_rate: frames a second, > 0.
        duration_frames: length of the shot in the film, > 0.
    """

    shot_id: ShotId
    label: str
    frames: np.ndarray
    take_rate: Fraction
    film_rate: Fraction
    duration_frames: int

    def take_frame(self, film_frame: int) -> int:
        """The frame of the take that the shot's frame `film_frame` (from 0) should show."""
        return min(take_frame_at(film_frame, self.take_rate, self.film_rate), len(self.frames) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """One frame of the movie beside what it should be.

    Attributes:
        psnr_db: likeness of the whole.
        off: greatest difference of a small patch, 0 to 255.
        thumb: the frame, 18×32×3 uint8.
    """

    psnr_db: float
    off: float
    thumb: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trace:
    """What is kept of one shot once its frames have gone by.

    Attributes:
        start: its first frame in the movie, as planned.
        wanted: thumbnails of what should be seen, one for each frame of the film.
        seen: what was; shorter where the movie ends early.
    """

    shot_id: ShotId
    label: str
    start: int
    wanted: tuple[np.ndarray, ...]
    seen: tuple[_Seen, ...]


class CutReview:
    """Compares a movie with the takes that it should be made of.

    Compression loses a little everywhere, a wrong frame much in places; so the bar is relative: a
    frame is wrong when it is worse than the movie's usual frame by more than compression explains.

    Args:
        least_psnr_db: below, a frame is wrong whatever the rest of the movie is like. H.264 at
            crf 14 to 26 keeps drawn frames above 34 dB; another take of the same shot is below 24.
        below_usual_db: how far a frame may lie below the movie's median likeness.
        patch_levels: difference of a patch of 9×9 px, averaged, that compression never makes (0 to
            255). Measured at crf 23: at most 12 on drawn frames. A recoloured iris makes 60.
    """

    def __init__(self, *, least_psnr_db: float = 26.0, below_usual_db: float = 9.0, patch_levels: float = 30.0) -> None:
        self._least_psnr_db = least_psnr_db
        self._below_usual_db = below_usual_db
        self._patch_levels = patch_levels

    def review(self, movie: Iterable[np.ndarray], expected: Iterable[ExpectedShot]) -> list[Finding]:
        """See `review_cut`."""
        frames = iter(movie)
        traces: list[_Trace] = []
        for shot in expected:
            start = traces[-1].start + len(traces[-1].wanted) if traces else 0
            traces.append(_trace(frames, shot, start))
        reel = [frame.thumb for trace in traces for frame in trace.seen] + [_thumb(frame) for frame in frames]
        usual = float(np.median([frame.psnr_db for trace in traces for frame in trace.seen] or [100.0]))
        bar = max(self._least_psnr_db, usual - self._below_usual_db)
        planned = sum(len(trace.wanted) for trace in traces)
        return [*(self._shot(trace, traces, reel, bar) for trace in traces), _length(planned, len(reel))]

    def _shot(self, shot: _Trace, all_shots: Sequence[_Trace], reel: Sequence[np.ndarray], bar: float) -> Finding:
        seen, planned = shot.seen, len(shot.wanted)
        if not seen:
            return _finding(shot, Verdict.DRIFT, "missing", 1.0, None, "The movie ends before this shot.")
        wrong = [i for i, frame in enumerate(seen) if frame.psnr_db < bar or frame.off > self._patch_levels]
        if not wrong and len(seen) == planned:
            worst = min(frame.psnr_db for frame in seen)
            return _finding(shot, Verdict.OK, "the circled take", confidence_of(worst, bar, 1.5), None, "")
        if not wrong:
            message = f"It has {len(seen)} of its {planned} frames."
            where = FrameRange(start=shot.start + len(seen), stop=shot.start + planned)
            return _finding(shot, Verdict.DRIFT, "cut short", 1.0, where, message)
        where = FrameRange(start=shot.start + wrong[0], stop=shot.start + wrong[-1] + 1)
        least = min(seen[i].psnr_db for i in wrong)
        most = max(seen[i].off for i in wrong)
        sure = max(
            confidence_of(least, bar, 1.5) if least < bar else 0.5,
            confidence_of(most, self._patch_levels, 8.0) if most > self._patch_levels else 0.5,
        )
        observed, message = _explain(shot, all_shots, wrong, reel)
        return _finding(shot, Verdict.DRIFT, observed, sure, where, message)


def review_cut(movie: Iterable[np.ndarray], expected: Iterable[ExpectedShot]) -> list[Finding]:
    """Compare the decoded frames of a movie with the circled takes, in order.

    Args:
        movie: H×W×3 uint8 RGB at the film's rate, without the slate at the head; read once.
        expected: the shots of the cut, in order; read once, and only one is held at a time.

    Returns:
        One finding for each shot, then one on the length. Frame ranges count from the first frame given.
    """
    return CutReview().review(movie, expected)


def _trace(frames: Iterator[np.ndarray], shot: ExpectedShot, start: int) -> _Trace:
    thumbs: dict[int, np.ndarray] = {}
    wanted, seen = [], []
    for index in range(shot.duration_frames):
        at = shot.take_frame(index)
        take = shot.frames[at]
        wanted.append(thumbs.setdefault(at, _thumb(take)))
        frame = next(frames, None)
        if frame is not None:
            seen.append(_compare(frame, take))
    return _Trace(shot_id=shot.shot_id, label=shot.label, start=start, wanted=tuple(wanted), seen=tuple(seen))


def _compare(frame: np.ndarray, take: np.ndarray) -> _Seen:
    wanted = _fitted(take, frame.shape[1], frame.shape[0])
    difference = cv2.absdiff(frame, wanted)
    patches = cv2.blur(difference, (9, 9))
    return _Seen(psnr_db=psnr_db(frame, wanted), off=float(patches.max()), thumb=_thumb(frame))


def _fitted(take: np.ndarray, width: int, height: int) -> np.ndarray:
    """The whole picture in the movie's size, with black beside it where the proportions differ."""
    if take.shape[:2] == (height, width):
        return take
    scale = min(width / take.shape[1], height / take.shape[0])
    across, down = round(take.shape[1] * scale), round(take.shape[0] * scale)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LANCZOS4
    canvas = np.zeros((height, width, 3), np.uint8)
    left, top = (width - across) // 2, (height - down) // 2
    canvas[top : top + down, left : left + across] = cv2.resize(take, (across, down), interpolation=method)
    return canvas


def _thumb(frame: np.ndarray) -> np.ndarray:
    return cv2.resize(frame, _THUMB, interpolation=cv2.INTER_AREA)


def _apart(first: np.ndarray, second: np.ndarray) -> float:
    """Mean difference of two thumbnails, 0 to 255."""
    return float(cv2.absdiff(first, second).mean())


def _explain(
    shot: _Trace, all_shots: Sequence[_Trace], wrong: Sequence[int], reel: Sequence[np.ndarray]
) -> tuple[str, str]:
    """What is seen in place of a shot, and a sentence about it."""
    planned = len(shot.wanted)
    if all(shot.seen[i].thumb.max() < _BLACK for i in wrong) and any(shot.wanted[i].max() >= _BLACK for i in wrong):
        return "black frames", f"{len(wrong)} of its {planned} frames are black."
    shift = _shift(shot, reel)
    if shift:
        frames = "frame" if abs(shift) == 1 else "frames"
        return f"{abs(shift)} {frames} {'late' if shift > 0 else 'early'}", (
            f"It runs {abs(shift)} {frames} {'after' if shift > 0 else 'before'} its place: "
            "frames before it were dropped, repeated or shown at another length."
        )
    if len(wrong) * 2 < len(shot.seen):
        return "foreign frames", f"{len(wrong)} of its {planned} frames are not the circled take's."
    here = _likeness(shot, shot)
    others = {other.label: _likeness(other, shot) for other in all_shots if other is not shot}
    closest = min(others, key=others.__getitem__, default="")
    if closest and others[closest] < min(here, _SAME_SHOT):
        return f"shot {closest}", f"Shot {closest} is seen in its place."
    return "another take", "It is not the circled take, nor any other shot of the cut."


def _shift(shot: _Trace, reel: Sequence[np.ndarray]) -> int:
    """By how many frames the whole shot lies late (above 0) or early; 0 where no shift explains it."""
    planned = len(shot.wanted)

    def error(shift: int) -> float:
        first = shot.start + shift
        pairs = [
            max(0.0, _apart(shot.wanted[i], reel[first + i]) - _SAME_FRAME)
            for i in range(planned)
            if 0 <= first + i < len(reel)
        ]
        return float(np.mean(pairs)) if len(pairs) > planned / 2 else 255.0

    errors = {shift: error(shift) for shift in range(-_MOST_SHIFT, _MOST_SHIFT + 1)}
    best = min(errors, key=lambda shift: (errors[shift], abs(shift)))
    return best if errors[best] < 0.2 * errors[0] else 0


def _likeness(wanted: _Trace, seen: _Trace) -> float:
    """Mean difference between one shot's take and what is seen in another's place, at five places along both."""
    last_wanted, last_seen = len(wanted.wanted) - 1, len(seen.seen) - 1
    return float(
        np.mean(
            [_apart(wanted.wanted[round(at * last_wanted)], seen.seen[round(at * last_seen)].thumb) for at in _TAPS]
        )
    )


def _length(planned: int, found: int) -> Finding:
    is_right = planned == found
    message = f"The movie is {abs(found - planned)} frames too {'long' if found > planned else 'short'}."
    return Finding(
        key="check:length",
        label="length",
        constraint_id=None,
        check="cut",
        verdict=Verdict.OK if is_right else Verdict.DRIFT,
        must=True,
        expected=f"{planned} frames",
        observed=f"{found} frames",
        confidence=1.0,
        message="" if is_right else message,
    )


def _finding(
    shot: _Trace, verdict: Verdict, observed: str, confidence: float, where: FrameRange | None, message: str
) -> Finding:
    return Finding(
        key=f"check:cut/{shot.shot_id}",
        label=f"Shot {shot.label}",
        constraint_id=None,
        check="cut",
        verdict=verdict,
        must=True,
        expected="the circled take",
        observed=observed,
        confidence=confidence,
        frame_range=where,
        message=message,
    )
