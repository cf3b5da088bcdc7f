"""What the panel can promise: thresholds under which at most so much drift is missed, with stated confidence.

The sample is a share of the panel's findings, drawn by their ids alone, whatever the panel said of them. So each
confirmed drift in it is one the panel misses with the same chance, under any threshold, and the misses are binomial.

Thresholds are tried in a fixed order, the most careful first, each by an exact binomial test, until one fails: fixed
sequence testing as in A. N. Angelopoulos, S. Bates, E. J. Candès, M. I. Jordan and L. Lei, "Learn then Test" (2021,
arXiv 2110.01052). The loss is one that only grows with the threshold, for which this is the risk-controlling
prediction set of S. Bates, A. Angelopoulos, L. Lei, J. Malik and M. Jordan, "Distribution-free, risk-controlling
prediction sets", J. ACM 68 (2021), with the bound of Clopper and Pearson.

What holds: at any one moment that was fixed beforehand, however often thresholds were learnt anew before, the rate is
exceeded with a chance of at most 1 - confidence; what is drawn does not depend on any threshold. Not so at the moment
at which the promise first appears, if one has waited for it: looking again and again makes it weaker.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.domain.risk import binomial_tail, drifts_needed, most_missed, observed_rate, rate_of_all
from storage.domain.told import Counted, Told

THRESHOLDS = (0.02, *(step / 20 for step in range(1, 20)))
"""In the order in which they are tried, which no label has a say in."""
EVEN = 0.5
"""The threshold where none has been learnt."""
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is to be promised.

    Attributes:
        most: at most this share of drift is missed, above 0 and below 1.
        confidence: above 0 and below 1.
    """

    most: float = 0.02
    confidence: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One finding of the sample.

    Attributes:
        kind: as `Finding.kind`.
        drift_probability: what the panel thinks, 0 to 1.
        is_drift: what the director says; None where nothing is known.
        is_answered: its blind question was answered with more than "cannot tell".
    """

    kind: str
    drift_probability: float
    is_drift: bool | None = None
    is_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of constraint that are judged together.

    Attributes:
        threshold: the probability of drift from which on a finding is drift; None where nothing can be promised.
        drifts, missed: confirmed drifts in the sample, and those below the threshold, or below `EVEN` where there is
            none.
        by_kind: kind → confirmed drifts and those missed.
        answered: of the questions about what is below the threshold, the share that was answered, 0 to 1.
        at_most: upper bound on the share of drift that is missed.
        lacking: more confirmed drifts that it takes, if none of them is missed by the most careful threshold; 0 where
            it is promised.
    """

    kinds: tuple[str, ...]
    threshold: float | None
    drifts: int
    missed: int
    by_kind: Mapping[str, tuple[int, int]]
    answered: float
    at_most: float
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What can be promised of the panel as it will judge from now on.

    Attributes:
        groups: kinds with drifts enough of their own, where the others together have enough too; then these. All
            hold at once: each is tested with its part of 1 - confidence.
        num_drawn: findings in the sample; num_answered: those whose question was answered.
    """

    terms: Terms
    groups: tuple[Group, ...]
    num_drawn: int
    num_answered: int

    @property
    def is_kept(self) -> bool:
        """Whether it can be promised."""
        return bool(self.groups) and all(group.threshold is not None for group in self.groups)

    @property
    def drifts(self) -> int:
        return sum(group.drifts for group in self.groups)

    @property
    def missed(self) -> int:
        return sum(group.missed for group in self.groups)

    @property
    def lacking(self) -> int:
        """More confirmed drifts that it takes; 0 where it is kept, or where only answers are missing."""
        if not self.groups:
            return drifts_needed(0, self.terms.most, self.terms.confidence)
        return sum(group.lacking for group in self.groups)

    @property
    def thresholds(self) -> dict[str, float]:
        """Kind → learnt threshold, of what can be promised."""
        return {kind: group.threshold for group in self.groups if group.threshold is not None for kind in group.kinds}

    @property
    def sentence(self) -> Told:
        """What a director is told."""
        if self.is_kept:
            return Counted(
                "Misses at most {most} of drift, with {confidence} confidence ({n} confirmed drift, {missed} missed).",
                "Misses at most {most} of drift, with {confidence} confidence ({n} confirmed drifts, {missed} missed).",
                self.drifts,
                most=percent(self.terms.most),
                confidence=percent(self.terms.confidence),
                missed=self.missed,
            )
        if not self.lacking:
            return Told("Cannot promise yet: blind questions about what it let pass are to be answered first.")
        return Counted(
            "Cannot promise yet: {n} more confirmed drift is needed.",
            "Cannot promise yet: {n} more confirmed drifts are needed.",
            self.lacking,
        )


def promise_of(sample: Sequence[Drawn], terms: Terms) -> Promise:
    """Learn thresholds, and say what they promise.

    Args:
        sample: all findings that were drawn, whatever is known of them.
    """
    doubt = 1 - terms.confidence
    drifts = Counter(item.kind for item in sample if item.is_drift)
    others = sorted({item.kind for item in sample})
    own: list[str] = []
    # How many have drifts enough says nothing of how many were missed, so the grouping leaves the test exact.
    for number in range(len(others), 0, -1):
        needed = drifts_needed(0, terms.most, 1 - doubt / number)
        rich = [kind for kind in others if drifts[kind] >= needed]
        left = sum(drifts[kind] for kind in others if kind not in rich)
        is_rest_rich = len(rich) == len(others) or left >= needed
        if is_rest_rich and len(rich) + (len(rich) < len(others)) == number:
            own = rich
            break
    pooled = tuple(kind for kind in others if kind not in own)
    groups = [(kind,) for kind in own] + ([pooled] if pooled else [])
    return Promise(
        terms=terms,
        groups=tuple(_group(kinds, sample, terms.most, doubt / len(groups)) for kinds in groups),
        num_drawn=len(sample),
        num_answered=sum(item.is_answered for item in sample),
    )


def percent(share: float) -> str:
    """A share as a person says it: "2 %", "0.5 %"."""
    return f"{share * _PERCENT:.10g} %"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    threshold: float
    drifts: int
    missed: int
    answered: float

    def is_kept(self, most: float, doubt: float) -> bool:
        return binomial_tail(self.missed, self.drifts, observed_rate(most, self.answered)) <= doubt


class _Counts:
    """Counts what lies below a threshold: of the sample, of its confirmed drifts, of what was answered."""

    def __init__(self, sample: Sequence[Drawn]) -> None:
        self._all = sorted(item.drift_probability for item in sample)
        self._answered = sorted(item.drift_probability for item in sample if item.is_answered)
        self._drifts = sorted(item.drift_probability for item in sample if item.is_drift)

    def at(self, threshold: float) -> _Count:
        below = bisect_left(self._all, threshold)
        return _Count(
            threshold=threshold,
            drifts=len(self._drifts),
            missed=bisect_left(self._drifts, threshold),
            # What nothing is below of cannot be missed.
            answered=bisect_left(self._answered, threshold) / below if below else 1.0,
        )


def _group(kinds: tuple[str, ...], sample: Sequence[Drawn], most: float, doubt: float) -> Group:
    mine = [item for item in sample if item.kind in kinds]
    counts = _Counts(mine)
    kept: _Count | None = None
    for threshold in THRESHOLDS:
        count = counts.at(threshold)
        if not count.is_kept(most, doubt):
            break
        kept = count
    count = kept or counts.at(EVEN)
    return Group(
        kinds=kinds,
        threshold=kept.threshold if kept else None,
        drifts=count.drifts,
        missed=count.missed,
        by_kind={kind: _drifts_and_missed(mine, kind, count.threshold) for kind in kinds},
        answered=count.answered,
        at_most=rate_of_all(most_missed(count.missed, count.drifts, 1 - doubt), count.answered),
        lacking=0 if kept else _lacking(counts.at(THRESHOLDS[0]), most, doubt),
    )


def _lacking(count: _Count, most: float, doubt: float) -> int:
    """How many more it takes, at the share of answers that there is; where there is none, at all answers."""
    needed = drifts_needed(count.missed, observed_rate(most, count.answered or 1.0), 1 - doubt)
    return max(0, needed - count.drifts)


def _drifts_and_missed(sample: Sequence[Drawn], kind: str, threshold: float) -> tuple[int, int]:
    drifts = [item for item in sample if item.is_drift and item.kind == kind]
    return len(drifts), sum(item.drift_probability < threshold for item in drifts)
