import random
from dataclasses import replace
from pathlib import Path

import pytest

from critic.calibration import Bar, Calibration, fit_bar, fit_scales
from storage.domain.findings import Finding, Verdict

SAYS = Finding(
    key="character:mara/eyes/", label="MARA: eyes", constraint_id="c1", check="judge", verdict=Verdict.DRIFT,
    must=True, expected="brown", observed="blue", confidence=0.99,
)  # fmt: skip


def test_a_check_that_is_too_sure_is_made_less_sure() -> None:
    rng = random.Random(1)
    # Says 0.99 or 0.01, and is right three times in four.
    told = [("judge/eyes", 0.99 if (was == (rng.random() < 0.75)) else 0.01, was) for was in [True, False] * 200]
    calibration = Calibration(scales=fit_scales(told))
    drift = calibration.applied(SAYS)
    assert drift.verdict is Verdict.DRIFT
    assert 0.68 < drift.confidence < 0.82
    assert 0.68 < calibration.applied(replace(SAYS, verdict=Verdict.OK)).confidence < 0.82
    assert calibration.applied(replace(SAYS, check="light")).confidence == 0.99


def test_a_check_that_is_never_wrong_is_not_made_surer() -> None:
    told = [("judge/eyes", 0.7 if was else 0.3, was) for was in [True, False] * 100]
    assert fit_scales(told)["judge/eyes"] == pytest.approx(1.0, abs=0.01)
    assert fit_scales(told[:20]) == {}


def test_a_bar_lies_between_what_is_right_and_what_is_wrong() -> None:
    rng = random.Random(2)
    measured = [(rng.gauss(30 if was else 10, 3), was) for was in [True, False] * 50]
    bar = fit_bar(measured)
    assert bar is not None
    assert 16 < bar.at < 24
    assert bar.spread > 0
    assert fit_bar([(-value, was) for value, was in measured]) is None
    assert fit_bar(measured[:6]) is None


def test_a_calibration_is_kept_for_the_weights_that_it_was_made_with(tmp_path: Path) -> None:
    made = Calibration(scales={"judge/eyes": 0.5}, bars={"morphing": Bar(at=7.0, spread=1.5)}, judge_digest="abc")
    made.save(tmp_path, "12 drawings")
    assert Calibration.load(tmp_path, "abc") == made
    assert Calibration.load(tmp_path, "other weights") == Calibration()
    assert Calibration.load(tmp_path / "nowhere", "abc") == Calibration()
