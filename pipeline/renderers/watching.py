"""Watches a batch while it is denoised: reports its steps, and stops it when nobody wants it any more."""

from collections.abc import Callable, Collection, Sequence

import torch

from pipeline.renderers.base import IsCancelled, OnProgress, RenderProgress
from pipeline.renderers.calls import Call


class Left(Exception):
    """Cancelled requests leave the batch."""

    def __init__(self, job_ids: Collection[int]) -> None:
        super().__init__()
        self.job_ids = frozenset(job_ids)


class Watch:
    """Passes on the steps of calls that are drawn together.

    Args:
        calls: all of them, also where memory allows smaller batches only.
        pieces: how many pieces each is drawn in.
        jpegs: makes small pictures of the rows of latents, of as many as there is time for.

    Attributes:
        leaving: cancelled requests whose batch is finished for the others' sake.
    """

    def __init__(
        self,
        calls: Sequence[Call],
        pieces: int,
        on_progress: OnProgress,
        is_cancelled: IsCancelled,
        jpegs: Callable[[torch.Tensor], list[bytes | None]],
    ) -> None:
        self.leaving: set[int] = set()
        self._pieces = pieces
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled
        self._jpegs = jpegs
        self._furthest = {call.job_id: 0 for call in calls}
        self._batch: list[int] = []
        self._done = 0
        self._whole = 0

    def begin(self, batch: Sequence[Call]) -> None:
        """A batch starts from its first step."""
        self._batch = [call.job_id for call in batch]
        self._done = 0

    def on_step(self, _step: int, total: int, latents: torch.Tensor) -> None:
        """A step is done: tell whoever waits.

        Raises:
            Left: cancelled requests leave, and the batch begins again without them.
        """
        self._done += 1
        whole = self._whole = total * self._pieces
        self.leaving |= {job_id for job_id in self._batch if self._is_cancelled(job_id)}
        leaving = self.leaving & set(self._batch)
        staying = len(self._batch) - len(leaving)
        # Late in a batch it costs less to finish it than to begin again without the cancelled ones.
        if leaving and staying * whole <= (whole - self._done) * len(self._batch):
            raise Left(leaving)
        for job_id, jpeg in zip(self._batch, self._jpegs(latents), strict=True):
            if job_id not in leaving:
                self._furthest[job_id] = max(self._furthest[job_id], self._done)
                self._on_progress(
                    RenderProgress(job_ids=(job_id,), step=self._furthest[job_id], total=whole, preview=jpeg)
                )

    def tell_short_memory(self, words: str) -> None:
        """Memory ran out under the batch; say what is done about it."""
        for job_id in self._batch:
            step = self._furthest[job_id]
            self._on_progress(RenderProgress(job_ids=(job_id,), step=step, total=self._whole, memory_short=words))
