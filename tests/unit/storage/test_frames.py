"""The conform rule, over all rates and lengths."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.findings import FrameRange
from storage.frames import film_frames_filled, film_range_of, take_frame_at, take_frames_needed, timecode

RATES = st.sampled_from([Fraction(6), Fraction(8), Fraction(12), Fraction(24), Fraction(25), Fraction(24000, 1001)])
FILM_RATES = st.sampled_from([Fraction(24), Fraction(25), Fraction(24000, 1001)])


def test_a_take_at_eight_frames_a_second_is_held_for_three_frames_of_the_film() -> None:
    shown = [take_frame_at(k, Fraction(8), Fraction(24)) for k in range(9)]
    assert shown == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_a_faster_take_is_thinned() -> None:
    assert [take_frame_at(k, Fraction(48), Fraction(24)) for k in range(4)] == [0, 2, 4, 6]


@given(st.integers(0, 100_000), RATES, FILM_RATES)
def test_a_film_frame_shows_the_take_frame_that_is_on_at_its_moment(k: int, take: Fraction, film: Fraction) -> None:
    frame = take_frame_at(k, take, film)
    assert frame / take <= k / film < (frame + 1) / take


@given(st.integers(1, 100_000), RATES, FILM_RATES)
def test_a_shot_needs_the_frame_that_its_last_frame_shows_and_no_more(
    duration: int, take: Fraction, film: Fraction
) -> None:
    needed = take_frames_needed(duration, take, film)
    assert take_frame_at(duration - 1, take, film) == needed - 1
    assert film_frames_filled(needed, take, film) >= duration > film_frames_filled(needed - 1, take, film)


@given(st.integers(0, 50), st.integers(0, 50), RATES, FILM_RATES)
def test_a_range_covers_exactly_the_film_frames_that_show_it(
    start: int, length: int, take: Fraction, film: Fraction
) -> None:
    wanted = FrameRange(start=start, stop=start + length)
    found = film_range_of(wanted, take, film)
    shown = [k for k in range(found.stop + 10) if start <= take_frame_at(k, take, film) < start + length]
    assert shown == list(range(found.start, found.stop))


@pytest.mark.parametrize(("take", "film"), [(0, 24), (8, 0), (-8, 24)])
def test_rates_must_be_above_nought(take: int, film: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        take_frame_at(0, Fraction(take), Fraction(film))


def test_no_frame_lies_before_the_shot() -> None:
    with pytest.raises(ValueError, match="before"):
        take_frame_at(-1, Fraction(8), Fraction(24))
    with pytest.raises(ValueError, match="before"):
        take_frames_needed(0, Fraction(8), Fraction(24))


@pytest.mark.parametrize(
    ("frame", "rate", "words"),
    [
        (0, Fraction(24), "00:00:00:00"),
        (23, Fraction(24), "00:00:00:23"),
        (24 * 67 + 14, Fraction(24), "00:01:07:14"),
        (25 * 3600, Fraction(25), "01:00:00:00"),
        (24, Fraction(24000, 1001), "00:00:01:00"),
    ],
)
def test_timecode(frame: int, rate: Fraction, words: str) -> None:
    assert timecode(frame, rate) == words
