"""A clock of drawing: it stands still while a renderer asks whether to go on, since a pause holds it there."""

import time
from collections.abc import Callable

from pipeline.renderers.base import IsCancelled


class DrawingClock:
    """Seconds of drawing, from any moment on.

    Args:
        now: seconds of the world, from any moment on.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._stood_s = 0.0

    def __call__(self) -> float:
        return self._now() - self._stood_s

    def standing_for(self, is_cancelled: IsCancelled) -> IsCancelled:
        """The same question; the clock stands still until it is answered."""

        def ask(job_id: int) -> bool:
            began = self._now()
            try:
                return is_cancelled(job_id)
            finally:
                self._stood_s += self._now() - began

        return ask
