"""An 8 ms timer on the GUI thread that notes how late it is: what a person feels as a hitch."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from desktop.bench.figures import Spread

BEAT_MS = 8
_LEAST_BEATS = 3
_PATIENCE_S = 120.0


class Heartbeat(QObject):
    """Beats from `start` on; `take` says how late the beats since the last call were."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._late_s: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to count; what was before is forgotten."""
        self._late_s.clear()
        self._last = time.perf_counter()
        self._timer.start()

    @property
    def count(self) -> int:
        return len(self._late_s)

    def take(self) -> Spread:
        """How late the beats were; stops."""
        self._timer.stop()
        return Spread.of(self._late_s)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._late_s.append(max(0.0, now - self._last - BEAT_MS / 1000))
        self._last = now


def listen(seconds: float, until: Callable[[], bool] = lambda: True) -> Spread:
    """How late the beats of so long are, and of three beats at least; Qt's events are handled meanwhile.

    Args:
        until: listens on until this is so, for two minutes at most.
    """
    beat = Heartbeat()
    beat.start()
    began = time.perf_counter()

    def is_enough() -> bool:
        listened_s = time.perf_counter() - began
        return listened_s >= seconds and beat.count >= _LEAST_BEATS and (until() or listened_s >= _PATIENCE_S)

    while not is_enough():
        QCoreApplication.processEvents()
        time.sleep(0.0005)
    return beat.take()
