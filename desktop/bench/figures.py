"""What a measurement says: milliseconds of many tries, by the clock and of the processor."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Durations of many tries; zeros where there were none.

    Attributes:
        count: how many.
        p50_ms, p99_ms, worst_ms: by the clock.
        cpu_p50_ms, cpu_p99_ms: of the processor, which says more on a machine that others keep busy.
    """

    count: int
    p50_ms: float
    p99_ms: float
    worst_ms: float
    cpu_p50_ms: float = 0.0
    cpu_p99_ms: float = 0.0

    @classmethod
    def of(cls, seconds: Sequence[float], cpu_seconds: Sequence[float] = ()) -> "Spread":
        """Sum up durations given in seconds."""
        return cls(
            count=len(seconds),
            p50_ms=_at(seconds, 0.5),
            p99_ms=_at(seconds, 0.99),
            worst_ms=_at(seconds, 1.0),
            cpu_p50_ms=_at(cpu_seconds, 0.5),
            cpu_p99_ms=_at(cpu_seconds, 0.99),
        )

    def plain(self) -> dict[str, Any]:
        return asdict(self)


class Stopwatch:
    """Times tries by the clock and by the processor.

    Args:
        cpu: the processor's clock: `time.thread_time` where one thread does it all, else `time.process_time`.
    """

    def __init__(self, cpu: Callable[[], float] = time.thread_time) -> None:
        self._cpu = cpu
        self._seconds: list[float] = []
        self._cpu_seconds: list[float] = []
        self._began = (0.0, 0.0)

    def __enter__(self) -> None:
        self._began = (time.perf_counter(), self._cpu())

    def __exit__(self, *_: object) -> None:
        self._seconds.append(time.perf_counter() - self._began[0])
        self._cpu_seconds.append(self._cpu() - self._began[1])

    @property
    def spread(self) -> Spread:
        return Spread.of(self._seconds, self._cpu_seconds)


def _at(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return round(ordered[round((len(ordered) - 1) * share)] * 1000, 3) if ordered else 0.0
