"""The one number: the share of shots in the cut that came through clean, with its interval."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRate:
    """Attributes: passed of counted shots; low and high: 95 % Wilson interval, 0 to 1."""

    passed: int
    counted: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing has reached the cut."""
        return self.passed / self.counted if self.counted else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % Wilson score interval (Wilson 1927); None where nothing is counted."""
        if not self.counted:
            return None
        return wilson_interval(self.passed, self.counted)


def wilson_interval(passed: int, counted: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Wilson score interval of a proportion, each end from 0 to 1.

    Args:
        z: quantile of the normal distribution; 1.96 for 95 %.
    """
    if not 0 <= passed <= counted or counted == 0:
        raise ValueError(f"{passed} of {counted} is not a proportion")
    share = passed / counted
    centre = (share + z * z / (2 * counted)) / (1 + z * z / counted)
    half = z * math.sqrt(share * (1 - share) / counted + z * z / (4 * counted * counted)) / (1 + z * z / counted)
    return max(0.0, centre - half), min(1.0, centre + half)
