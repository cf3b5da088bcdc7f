import pytest

from critic.benchmark.scores import Outcome, reliability, score
from storage.domain.findings import Verdict

OK, DRIFT, UNSEEN = Verdict.OK, Verdict.DRIFT, Verdict.UNSEEN


def _said(truth: Verdict, verdict: Verdict, drift: float | None = None) -> Outcome:
    return Outcome(kind="eyes", check="judge", truth=truth, verdict=verdict, drift=drift)


def test_unseen_on_what_can_be_seen_is_a_miss() -> None:
    counted = score(
        [
            _said(DRIFT, DRIFT),
            _said(DRIFT, OK),
            _said(DRIFT, UNSEEN),
            _said(OK, UNSEEN),
            _said(OK, OK),
            _said(OK, DRIFT),
        ]
    )
    assert (counted.hits, counted.false_alarms, counted.misses, counted.unseen) == (1, 1, 3, 2)
    assert counted.precision == 0.5
    assert counted.recall == 0.25
    assert counted.f1 == pytest.approx(2 / 6)


def test_drift_claimed_of_what_cannot_be_seen_is_a_false_alarm() -> None:
    assert score([_said(UNSEEN, DRIFT)]).false_alarms == 1
    assert score([_said(UNSEEN, UNSEEN)]).misses == 0


def test_nothing_counted_has_no_share() -> None:
    assert score([]).f1 is None
    assert reliability([]).error is None


def test_a_probability_that_means_what_it_says_has_no_calibration_error() -> None:
    honest = [_said(DRIFT if index < 8 else OK, DRIFT, 0.8) for index in range(10)]
    assert reliability(honest).error == pytest.approx(0.0)
    boasting = [_said(DRIFT if index < 5 else OK, DRIFT, 0.99) for index in range(10)]
    assert reliability(boasting).error == pytest.approx(0.49)
    assert reliability([*boasting, _said(UNSEEN, DRIFT, 0.99)]).bins[0][2] == 10
