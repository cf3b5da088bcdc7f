"""Exact bounds: against whole numbers, against the quantiles that are printed, and for what they leave uncovered."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.domain.risk import binomial_tail, drifts_needed, most_missed, observed_rate, rate_of_all


@given(st.integers(0, 60), st.integers(0, 60), st.fractions(0, 1, max_denominator=97))
def test_the_tail_is_the_sum_that_whole_numbers_give(missed: int, drifts: int, rate: Fraction):
    exact = sum(comb(drifts, k) * rate**k * (1 - rate) ** (drifts - k) for k in range(min(missed, drifts) + 1))
    assert binomial_tail(missed, drifts, float(rate)) == pytest.approx(float(exact), abs=1e-12)


@pytest.mark.parametrize(
    ("missed", "drifts", "confidence", "bound"),
    # 1 - 0.1^(1/n) for none missed; the others are upper ends of two-sided 90 and 95 % intervals, as tables have them.
    [(0, 114, 0.9, 0.019995), (0, 10, 0.95, 0.25887), (2, 20, 0.95, 0.28262), (5, 50, 0.975, 0.21814), (3, 3, 0.9, 1)],
)
def test_the_bound_is_that_of_clopper_and_pearson(missed: int, drifts: int, confidence: float, bound: float):
    assert most_missed(missed, drifts, confidence) == pytest.approx(bound, abs=1e-5)


@settings(deadline=None)
@given(st.integers(1, 40), st.floats(0.01, 0.99), st.floats(0.5, 0.99))
def test_whatever_the_rate_the_bound_is_below_it_no_oftener_than_was_said(drifts: int, rate: float, confidence: float):
    below = [k for k in range(drifts + 1) if most_missed(k, drifts, confidence) < rate]
    chance = sum(comb(drifts, k) * rate**k * (1 - rate) ** (drifts - k) for k in below)
    assert chance <= 1 - confidence + 1e-9


def test_so_many_drifts_are_needed():
    assert drifts_needed(0, 0.02, 0.9) == 114
    assert drifts_needed(1, 0.02, 0.9) == 194
    assert drifts_needed(0, 0.05, 0.9) == 45
    for missed in range(6):
        needed = drifts_needed(missed, 0.02, 0.9)
        assert most_missed(missed, needed, 0.9) <= 0.02 < most_missed(missed, needed - 1, 0.9)


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_from_all_drift_to_what_is_confirmed_and_back(rate: float, answered: float):
    observed = observed_rate(rate, answered)
    assert 0 <= observed <= rate + 1e-12
    assert rate_of_all(observed, answered) == pytest.approx(rate, abs=1e-9)
    assert observed_rate(rate, 1.0) == pytest.approx(rate)


def test_what_was_never_asked_about_bounds_nothing():
    assert observed_rate(0.02, 0) == 0
    assert rate_of_all(most_missed(0, 500, 0.9), 0) == 1


def test_no_bound_without_sense():
    for missed, drifts, confidence in ((3, 2, 0.9), (-1, 2, 0.9), (0, 2, 1.0)):
        with pytest.raises(ValueError, match="no bound"):
            most_missed(missed, drifts, confidence)
