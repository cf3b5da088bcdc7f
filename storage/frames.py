"""Which frame of a take a frame of the film shows: rational time, half-open ranges, nothing rounded twice.

A take may run at another rate than the film (8 frames a second against 24). Frame k of a
shot shows frame ⌊k · take rate ÷ film rate⌋ of its take, so a slower take is held and a
faster one is thinned, and no error adds up along a shot.
"""

import math
from fractions import Fraction

from storage.domain.findings import FrameRange


def take_frame_at(film_frame: int, take_rate: Fraction, film_rate: Fraction) -> int:
    """The frame of a take that a frame of its shot shows.

    Args:
        film_frame: frame of the shot at the film's rate, from 0.
        take_rate, film_rate: frames a second, > 0.

    Returns:
        A frame of the take, from 0.

    Raises:
        ValueError: a negative frame, or a rate that is not above 0.
    """
    _check_rates(take_rate, film_rate)
    if film_frame < 0:
        raise ValueError(f"film frame {film_frame} lies before the shot")
    return math.floor(film_frame * take_rate / film_rate)


def take_frames_needed(duration_frames: int, take_rate: Fraction, film_rate: Fraction) -> int:
    """How many frames a take must have to fill a shot.

    Args:
        duration_frames: length of the shot at the film's rate, > 0.
        take_rate, film_rate: frames a second, > 0.

    Raises:
        ValueError: a duration or a rate that is not above 0.
    """
    return take_frame_at(duration_frames - 1, take_rate, film_rate) + 1


def film_frames_filled(num_frames: int, take_rate: Fraction, film_rate: Fraction) -> int:
    """The longest shot, in frames of the film, that a take of `num_frames` fills.

    Raises:
        ValueError: a rate that is not above 0.
    """
    _check_rates(take_rate, film_rate)
    return math.ceil(num_frames * film_rate / take_rate)


def film_range_of(take_range: FrameRange, take_rate: Fraction, film_rate: Fraction) -> FrameRange:
    """The frames of a shot that show any of a range of its take's frames.

    The range is empty where the film never shows them, because a faster take is thinned.

    Raises:
        ValueError: a rate that is not above 0.
    """
    return FrameRange(
        start=film_frames_filled(take_range.start, take_rate, film_rate),
        stop=film_frames_filled(take_range.stop, take_rate, film_rate),
    )


def timecode(frame: int, rate: Fraction) -> str:
    """A frame of the film as hours:minutes:seconds:frames; counts whole frames at rates like 23.976.

    Args:
        frame: from 0.
        rate: frames a second, > 0.
    """
    base = max(1, round(rate))
    seconds, rest = divmod(frame, base)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{rest:02d}"


def _check_rates(take_rate: Fraction, film_rate: Fraction) -> None:
    if take_rate <= 0 or film_rate <= 0:
        raise ValueError(f"frame rates must be above 0, not {take_rate} and {film_rate}")
