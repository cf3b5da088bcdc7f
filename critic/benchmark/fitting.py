"""Fits the panel's calibration on cases whose truth is known."""

from collections.abc import Iterable, Sequence

from critic.benchmark.cases import Case
from critic.benchmark.run import measure
from critic.calibration import Bar, Calibration, fit_bar, fit_scales
from critic.checks.measured import MeasuredCheck, exposure, light_continuity, morphing, setting_continuity
from critic.panel import Panel
from storage.domain.findings import Verdict


def fit(panel: Panel, cases: Iterable[Case], judge_digest: str) -> Calibration:
    """Ask an uncalibrated panel about cases, and fit what its checks' confidence is worth.

    Args:
        panel: without calibration.
        cases: other pictures than those that it will be measured on.
        judge_digest: of the judge's weights.
    """
    kept = list(cases)
    measured = measure(panel, kept)
    answers = [
        (f"{check}/{outcome.kind}", outcome.drift, outcome.truth is Verdict.DRIFT)
        for check, outcomes in measured.by_check.items()
        for outcome in outcomes
        if outcome.drift is not None and outcome.truth is not Verdict.UNSEEN
    ]
    bars = {check.name: bar for check in _MEASURED if (bar := _bar_of(check, kept)) is not None}
    return Calibration(scales=fit_scales(answers), bars=bars, judge_digest=judge_digest)


_MEASURED = (exposure(None), light_continuity(None), setting_continuity(None), morphing(None))


def _bar_of(check: MeasuredCheck, cases: Sequence[Case]) -> Bar | None:
    told: list[tuple[float, bool]] = []
    for case in cases:
        truth = case.truth.get(f"check:{check.name}")
        if truth is None or check.needs.lacking(case.subject):
            continue
        found = check.measure(case.subject)
        if found is not None:
            told.append((found.value, truth is Verdict.DRIFT))
    return fit_bar(told)
