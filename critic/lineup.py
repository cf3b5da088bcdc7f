"""Which person found in a picture is which of the people in the plan."""

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from critic.judge import PersonReading

# A value that the judge holds impossible must not outweigh all others together.
_LEAST = 1e-3


def line_up(planned: Sequence[Mapping[str, str]], found: "Sequence[PersonReading]") -> tuple[int | None, ...]:
    """Match the people of a plan with those found in a picture, both from left to right.

    As many found as planned are matched in order, whatever they look like: two people who changed
    places are drift, not a reason to match them crosswise. Where the numbers differ the order is
    kept and the pairs that fit best are chosen.

    Args:
        planned: for each planned person, attribute → value, under the judge's attribute names.
        found: the judge's readings.

    Returns:
        For each planned person its index in `found`, or None.
    """
    if len(planned) == len(found):
        return tuple(range(len(found)))
    pairs = min(len(planned), len(found))
    fit = [[_fit(wanted, person) for person in found] for wanted in planned]
    best = max(
        itertools.product(
            itertools.combinations(range(len(planned)), pairs), itertools.combinations(range(len(found)), pairs)
        ),
        key=lambda choice: sum(fit[place][index] for place, index in zip(*choice, strict=True)),
    )
    chosen = dict(zip(*best, strict=True))
    return tuple(chosen.get(place) for place in range(len(planned)))


def _fit(wanted: Mapping[str, str], person: "PersonReading") -> float:
    """How much better than a blind guess the wanted values fit, as a log; what cannot be seen says nothing."""
    total = 0.0
    for name, value in wanted.items():
        guess = person.attributes.get(name)
        if guess is not None and value in guess.distribution:
            seen = guess.distribution[value] + guess.distribution.get("unseen", 0.0)
            total += math.log(max(_LEAST, seen) * len(guess.distribution))
    return total
