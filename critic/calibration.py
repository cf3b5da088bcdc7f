"""What a check's own confidence is worth: fitted on pictures whose truth is known, kept beside the judge's weights."""

# pyright: standard
# (the stubs of NumPy leave half of all types open)

import dataclasses
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from storage.domain.findings import Finding

CALIBRATION_NAME = "calibration.json"
# Fewer answers of a kind say too little; its confidence stays as it is.
_FEWEST = 30
_FEWEST_OF_EITHER = 5
# A check may be surer of drawings than it is elsewhere, so calibration only ever makes it less sure.
_LEAST, _MOST = 0.1, 1.0
_SUREST = 1e-4
_ROUNDS = 60
_RIDGE = 1e-2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Where a measured number turns from ok to drift.

    Attributes:
        at: the number that is as likely the one as the other.
        spread: > 0; so far above `at` drift is 0.73 likely.
    """

    at: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Scales for the log odds of drift, one for each check and kind, and bars for what is measured.

    A scale below 1 says that the check is too sure of itself. Nothing but a scale is fitted, so
    what is likelier stays likelier: calibration never turns a verdict over.

    Attributes:
        scales: "judge/eyes" → factor of the log odds, above 0.
        bars: by the name of a measured check.
        judge_digest: of the judge's weights that the scales were fitted with; empty for none.
    """

    scales: Mapping[str, float] = field(default_factory=dict[str, float])
    bars: Mapping[str, Bar] = field(default_factory=dict[str, Bar])
    judge_digest: str = ""

    def applied(self, finding: Finding) -> Finding:
        """The finding with what its confidence is worth."""
        drift = finding.drift_probability
        scale = self.scales.get(f"{finding.check}/{finding.kind}")
        if drift is None or scale is None:
            return finding
        # Of the verdict that it has: the odds are symmetric.
        return dataclasses.replace(finding, confidence=sigmoid(scale * log_odds(finding.confidence)))

    @classmethod
    def load(cls, folder: Path, judge_digest: str) -> "Calibration":
        """Open ``calibration.json`` in the judge's folder; none where it is missing or was made for other weights.

        Args:
            judge_digest: of the weights that are in use.
        """
        path = folder / CALIBRATION_NAME
        if not path.is_file():
            return cls()
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["judge_digest"] != judge_digest:
            return cls()
        return cls(
            scales={str(name): float(scale) for name, scale in kept["scales"].items()},
            bars={str(name): Bar(at=float(at), spread=float(spread)) for name, (at, spread) in kept["bars"].items()},
            judge_digest=judge_digest,
        )

    def save(self, folder: Path, fitted_on: str) -> Path:
        """Write ``calibration.json``.

        Args:
            fitted_on: which pictures, for those who read the file.
        """
        path = folder / CALIBRATION_NAME
        scales = {name: round(scale, 4) for name, scale in sorted(self.scales.items())}
        bars = {name: [round(bar.at, 5), round(bar.spread, 5)] for name, bar in sorted(self.bars.items())}
        kept = {"judge_digest": self.judge_digest, "fitted_on": fitted_on, "scales": scales, "bars": bars}
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        fresh.replace(path)
        return path


def fit_scales(answers: Iterable[tuple[str, float, bool]]) -> dict[str, float]:
    """Find the scale of each kind under which its probabilities are likeliest.

    Targets are smoothed as Platt does ("Probabilistic outputs for support vector machines", 1999), so that a
    check that was never wrong is not taken for one that never can be.

    Args:
        answers: "check/kind", the probability of drift that was given, whether it was drift.
    """
    by_kind: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for kind, drift, was in answers:
        by_kind[kind].append((log_odds(drift), was))
    return {kind: _scale(told) for kind, told in by_kind.items() if len(told) >= _FEWEST}


def fit_bar(measured: Sequence[tuple[float, bool]]) -> Bar | None:
    """Find where a number turns from ok to drift, by logistic regression with Platt's smoothed targets.

    Returns:
        None where there are too few of either, or where more of it does not mean drift.
    """
    values = np.array([value for value, _ in measured])
    was = np.array([drift for _, drift in measured], bool)
    if min(was.sum(), (~was).sum()) < _FEWEST_OF_EITHER or values.std() == 0:
        return None
    target = np.where(was, (was.sum() + 1) / (was.sum() + 2), 1 / ((~was).sum() + 2))
    middle, scale = values.mean(), values.std()
    design = np.stack([np.ones_like(values), (values - middle) / scale], axis=1)
    weights = np.zeros(2)
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (likely - target) + _RIDGE * weights
        curve = (design * (likely * (1 - likely))[:, None]).T @ design + _RIDGE * np.eye(2)
        weights = weights - np.linalg.solve(curve, slope)
    if weights[1] <= 0:
        return None
    return Bar(at=float(middle - scale * weights[0] / weights[1]), spread=float(scale / weights[1]))


def _scale(told: Sequence[tuple[float, bool]]) -> float:
    """The factor of the log odds with the least cross entropy; the search is unimodal, so golden sections do."""
    drifts = sum(was for _, was in told)
    yes, no = (drifts + 1) / (drifts + 2), 1 / (len(told) - drifts + 2)

    def loss(log_scale: float) -> float:
        scale = math.exp(log_scale)
        return sum(_entropy(scale * odds, yes if was else no) for odds, was in told)

    ratio = (math.sqrt(5) - 1) / 2
    low, high = math.log(_LEAST), math.log(_MOST)
    for _ in range(_ROUNDS):
        first, second = high - ratio * (high - low), low + ratio * (high - low)
        if loss(first) < loss(second):
            high = second
        else:
            low = first
    return math.exp((low + high) / 2)


def _entropy(odds: float, target: float) -> float:
    """Cross entropy of a probability given as log odds."""
    return max(odds, 0.0) - odds * target + math.log1p(math.exp(-abs(odds)))


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), with p kept a ten thousandth away from 0 and 1."""
    kept = min(1 - _SUREST, max(_SUREST, probability))
    return math.log(kept / (1 - kept))


def sigmoid(odds: float) -> float:
    """The probability that belongs to log odds."""
    return 1 / (1 + math.exp(-odds))
