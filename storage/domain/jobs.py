"""Work that waits for, is in, or has left the worker."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, TakeId

JobId = NewType("JobId", int)


class JobState(StrEnum):
    """`cancelled`: a person stopped it. `failed`: set aside until a person retries it. `withdrawn`: the plan changed
    under it while it waited; nothing needs it any longer. What a worker crashed under is `running` until
    `JobStore.recover`.
    """

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One take to be made.

    Attributes:
        round, attempt: as of the take that it will make; with seam and shot they are the job's key.
        priority: lower goes first; see `JobStore.move`.
        progress: steps done, of `total`.
        cancel_requested: a person's wish, not yet obeyed.
        crashes: how often the worker died while it ran.
        alone: it ran when a worker died, so it is drawn with no other until it is done.
        message: why it failed or was set aside, in a sentence; of a job that waits, what happened to it before.
    """

    id: JobId
    seam: Seam
    shot_id: ShotId | None
    round: str
    attempt: int
    state: JobState
    priority: int = 0
    progress: int = 0
    total: int = 0
    cancel_requested: bool = False
    crashes: int = 0
    alone: bool = False
    message: str = ""
    take_id: TakeId | None = None
    created_at: str
    updated_at: str
