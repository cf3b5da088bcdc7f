"""Exact bounds on how much drift is missed, from counts of confirmed drifts, with nothing assumed of the critic.

The bound is that of C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case
of the binomial", Biometrika 26 (1934).
"""

import math

_HALVINGS = 60


def binomial_tail(missed: int, drifts: int, rate: float) -> float:
    """The chance of at most so many misses among so many drifts, where each is missed with this chance.

    Args:
        missed: 0 or more.
        drifts: 0 or more.
        rate: 0 to 1.
    """
    if missed >= drifts or rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    yes, no, whole = math.log(rate), math.log1p(-rate), math.lgamma(drifts + 1)
    logs = (
        whole - math.lgamma(each + 1) - math.lgamma(drifts - each + 1) + each * yes + (drifts - each) * no
        for each in range(missed + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


def most_missed(missed: int, drifts: int, confidence: float) -> float:
    """Clopper and Pearson's one-sided upper bound on the miss rate, 0 to 1; 1 where there is no drift.

    Args:
        missed: of `drifts`.
        confidence: above 0 and below 1.

    Raises:
        ValueError: more were missed than there are, or the confidence is out of range.
    """
    if not 0 <= missed <= drifts or not 0 < confidence < 1:
        raise ValueError(f"{missed} of {drifts} at a confidence of {confidence} has no bound")
    if missed == drifts:
        return 1.0
    low, high = missed / drifts, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if binomial_tail(missed, drifts, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def drifts_needed(missed: int, most: float, confidence: float) -> int:
    """With how many confirmed drifts, so many of them missed, the bound is down to a rate.

    Args:
        most: the rate, above 0 and below 1: with 0.02, a confidence of 0.9 and none missed it takes 114.
    """
    few, many = missed, missed + 1
    while binomial_tail(missed, many, most) > 1 - confidence:
        few, many = many, 2 * many
    while many - few > 1:
        middle = (few + many) // 2
        if binomial_tail(missed, middle, most) > 1 - confidence:
            few = middle
        else:
            many = middle
    return many


def observed_rate(rate: float, answered: float) -> float:
    """What share of the *confirmed* drifts is missed, where this share of all drift is.

    Drift that was caught is confirmed with certainty at best, drift that was missed only where its question was
    answered: (1 - rate) and rate · answered. So each missed drift that is known stands for 1/answered of them
    (D. G. Horvitz and D. J. Thompson 1952), and the count stays binomial. Where drift that was caught is confirmed
    less often, the true share among the confirmed is larger than this: the error is on the safe side.

    Args:
        rate: of all drift, 0 to 1.
        answered: chance that missed drift is asked about and the answer is given, 0 to 1.
    """
    seen = rate * answered
    return seen / (1 - rate + seen) if seen else 0.0


def rate_of_all(observed: float, answered: float) -> float:
    """What `observed_rate` turns round: from the share among the confirmed to the share of all drift."""
    whole = answered * (1 - observed) + observed
    return observed / whole if whole else 1.0
