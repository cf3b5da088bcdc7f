"""Precision, recall, F1 and calibration of verdicts whose truth is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.domain.findings import Finding, Verdict

_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One finding beside the truth.

    Attributes:
        kind: see `Finding.kind`.
        check: who said it.
        truth: the right verdict.
        drift: probability of drift that was given; None where it said `unseen`.
    """

    kind: str
    check: str
    truth: Verdict
    verdict: Verdict
    drift: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well drift is found.

    An `unseen` on what can be seen counts as a miss, whatever the truth; a drift claimed on what
    cannot be seen as a false alarm.

    Attributes:
        counted: findings whose truth is known.
        drifts: how many of them are drift in truth.
        unseen: how many said `unseen` of what can be seen.
    """

    counted: int
    drifts: int
    hits: int
    false_alarms: int
    misses: int
    unseen: int

    @property
    def precision(self) -> float | None:
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float | None:
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        return _share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Whether a probability of drift means what it says.

    Attributes:
        bins: mean probability given, share that was drift, count; only bins that hold any.
        error: expected calibration error, 0 to 1; None where nothing was counted.
    """

    bins: tuple[tuple[float, float, int], ...]
    error: float | None


def outcome_of(finding: Finding, truth: Verdict) -> Outcome:
    return Outcome(
        kind=finding.kind,
        check=finding.check,
        truth=truth,
        verdict=finding.verdict,
        drift=finding.drift_probability,
    )


def score(outcomes: Iterable[Outcome]) -> Score:
    """Count hits, false alarms and misses."""
    counted = list(outcomes)
    hits = sum(each.truth is Verdict.DRIFT and each.verdict is Verdict.DRIFT for each in counted)
    false_alarms = sum(each.truth is not Verdict.DRIFT and each.verdict is Verdict.DRIFT for each in counted)
    unseen = sum(each.truth is not Verdict.UNSEEN and each.verdict is Verdict.UNSEEN for each in counted)
    passed = sum(each.truth is Verdict.DRIFT and each.verdict is Verdict.OK for each in counted)
    return Score(
        counted=len(counted),
        drifts=sum(each.truth is Verdict.DRIFT for each in counted),
        hits=hits,
        false_alarms=false_alarms,
        misses=passed + unseen,
        unseen=unseen,
    )


def reliability(outcomes: Iterable[Outcome]) -> Reliability:
    """Compare probabilities of drift, in ten equal bins, with how often it was drift.

    What cannot be seen in truth is left out: nobody could be right about it.
    """
    told = [(each.drift, each.truth is Verdict.DRIFT) for each in outcomes if each.truth is not Verdict.UNSEEN]
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for drift, was in told:
        if drift is not None:
            bins[min(_BINS - 1, int(drift * _BINS))].append((drift, was))
    curve = tuple(
        (_mean([p for p, _ in held]), _mean([float(was) for _, was in held]), len(held)) for held in bins if held
    )
    total = sum(count for _, _, count in curve)
    error = sum(abs(mean - share) * count for mean, share, count in curve) / total if total else None
    return Reliability(bins=curve, error=error)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
