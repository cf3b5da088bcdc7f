"""From what probability of drift on the panel calls it drift, by kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.domain.findings import Verdict

EVEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The probability of drift, 0 to 1, from which on a finding is `drift`; below, it is `ok`.

    The default asks what is likelier. What a director's labels teach replaces it.

    Attributes:
        by_kind: `Finding.kind` → threshold ("eyes", "garment", "first frame").
        otherwise: for every other kind.

    Raises:
        ValueError: a threshold is not above 0 and at most 1.
    """

    by_kind: Mapping[str, float] = field(default_factory=dict[str, float])
    otherwise: float = EVEN

    def __post_init__(self) -> None:
        for kind, threshold in (*self.by_kind.items(), ("any other kind", self.otherwise)):
            if not 0 < threshold <= 1:
                raise ValueError(f"the threshold for {kind} must be above 0 and at most 1, not {threshold}")

    def of(self, kind: str) -> float:
        """The threshold of one kind."""
        return self.by_kind.get(kind, self.otherwise)

    def verdict(self, kind: str, drift_probability: float) -> Verdict:
        """What a probability of drift comes to."""
        return Verdict.DRIFT if drift_probability >= self.of(kind) else Verdict.OK
