"""The queue: jobs in project.db. The desk writes wishes, the worker owns the status."""

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from storage.database import write
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, TakeId
from storage.media import now

_CRASHES_BEFORE_SET_ASIDE = 2
_SET_ASIDE = "The worker stopped twice while making this. Retry it, or change the shot."
_COLUMNS = (
    "id, seam, shot_id, round, attempt, state, priority, progress, total, cancel_requested, crashes, message, take_id,"
    " created_at, updated_at"
)


class JobStore:
    """The jobs of one project. Every change of state is compare-and-set."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ensure(self, *, seam: Seam, shot_id: ShotId | None, round: str, attempt: int, priority: int = 0) -> Job:
        """The job with this key, put in the queue if there is none yet."""
        with write(self._db):
            self._db.conn.execute(
                "INSERT INTO jobs (seam, shot_id, round, attempt, state, priority, created_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (seam, shot_id or "", round, attempt, JobState.QUEUED, priority, now(), now()),
            )
        return self._select(
            "WHERE seam = ? AND shot_id = ? AND round = ? AND attempt = ?", (seam, shot_id or "", round, attempt)
        )[0]

    def get(self, job_id: JobId) -> Job:
        """One job.

        Raises:
            KeyError: there is no such job.
        """
        jobs = self._select("WHERE id = ?", (job_id,))
        if not jobs:
            raise KeyError(job_id)
        return jobs[0]

    def in_state(self, *states: JobState) -> list[Job]:
        """Jobs in any of these states, first to be done first."""
        return self._select(f"WHERE state IN ({', '.join('?' * len(states))}) ORDER BY priority, id", tuple(states))

    def everything(self, shot_id: ShotId | None = None) -> list[Job]:
        """All jobs, or those of one shot, oldest first."""
        return self._select(
            "WHERE shot_id = ? ORDER BY id" if shot_id else "ORDER BY id", (shot_id,) if shot_id else ()
        )

    def start(self, job_id: JobId, total: int) -> bool:
        """Take a job from the queue; False where it is no longer there to be taken."""
        return self._move(
            job_id, (JobState.QUEUED,), JobState.RUNNING, "progress = 0, total = ?, message = ''", (total,)
        )

    def progress(self, job_ids: Sequence[JobId], step: int, total: int) -> None:
        """Say how far running jobs are, in steps."""
        with write(self._db):
            self._db.conn.executemany(
                "UPDATE jobs SET progress = ?, total = ?, updated_at = ? WHERE id = ? AND state = ?",
                [(step, total, now(), job_id, JobState.RUNNING) for job_id in job_ids],
            )

    def finish(self, job_id: JobId, take_id: TakeId) -> bool:
        """A job's take is stored. Call it in the transaction that stores the take."""
        return self._move(
            job_id, (JobState.RUNNING, JobState.QUEUED), JobState.DONE, "take_id = ?, progress = total", (take_id,)
        )

    def fail(self, job_id: JobId, message: str) -> bool:
        """A job could not be done; it is set aside until a person retries it."""
        return self._move(job_id, (JobState.RUNNING, JobState.QUEUED), JobState.FAILED, "message = ?", (message,))

    def cancelled(self, job_id: JobId) -> bool:
        """The worker has stopped a job that a person did not want."""
        return self._move(job_id, (JobState.RUNNING, JobState.QUEUED), JobState.CANCELLED, "cancel_requested = 0", ())

    def request_cancel(self, job_id: JobId) -> None:
        """A person's wish; the worker obeys it at its next step."""
        with write(self._db):
            self._db.conn.execute(
                "UPDATE jobs SET cancel_requested = 1, updated_at = ? WHERE id = ? AND state IN (?, ?)",
                (now(), job_id, JobState.QUEUED, JobState.RUNNING),
            )

    def withdraw(self, job_id: JobId) -> None:
        """Take a queued job out that nothing needs any longer (the plan changed under it)."""
        with write(self._db):
            self._db.conn.execute("DELETE FROM jobs WHERE id = ? AND state = ?", (job_id, JobState.QUEUED))

    def retry(self, job_id: JobId) -> bool:
        """Put a job that was cancelled or has failed back in the queue."""
        return self._move(
            job_id, (JobState.CANCELLED, JobState.FAILED), JobState.QUEUED, "cancel_requested = 0, crashes = 0", ()
        )

    def recover(self) -> list[Job]:
        """Deal with jobs that a dead worker left running: queued again, or set aside at the second crash.

        Returns:
            the jobs that were set aside.
        """
        with write(self._db):
            for job in self.in_state(JobState.RUNNING, JobState.LOST):
                crashes = job.crashes + 1
                aside = crashes >= _CRASHES_BEFORE_SET_ASIDE
                self._move(
                    job.id,
                    (JobState.RUNNING, JobState.LOST),
                    JobState.FAILED if aside else JobState.QUEUED,
                    "crashes = ?, message = ?",
                    (
                        crashes,
                        "The worker stopped twice while making this. Retry it, or change the shot." if aside else "",
                    ),
                )
        return [job for job in self.in_state(JobState.FAILED) if job.crashes >= _CRASHES_BEFORE_SET_ASIDE]

    def release(self) -> None:
        """A worker that leaves in order puts what it has not finished back in the queue."""
        with write(self._db):
            self._db.conn.execute(
                "UPDATE jobs SET state = ?, progress = 0, updated_at = ? WHERE state = ?",
                (JobState.QUEUED, now(), JobState.RUNNING),
            )

    def _move(
        self, job_id: JobId, allowed: Sequence[JobState], to: JobState, also: str, parameters: tuple[Any, ...]
    ) -> bool:
        with write(self._db):
            cursor = self._db.conn.execute(
                f"UPDATE jobs SET state = ?, updated_at = ?, {also}"
                f" WHERE id = ? AND state IN ({', '.join('?' * len(allowed))})",
                (to, now(), *parameters, job_id, *allowed),
            )
        return cursor.rowcount == 1

    def _select(self, where: str, parameters: tuple[Any, ...]) -> list[Job]:
        return [
            Job(
                id=JobId(row[0]),
                seam=Seam(row[1]),
                shot_id=ShotId(row[2]) if row[2] else None,
                round=row[3],
                attempt=row[4],
                state=JobState(row[5]),
                priority=row[6],
                progress=row[7],
                total=row[8],
                cancel_requested=bool(row[9]),
                crashes=row[10],
                message=row[11],
                take_id=TakeId(row[12]) if row[12] else None,
                created_at=row[13],
                updated_at=row[14],
            )
            for row in self._db.conn.execute(f"SELECT {_COLUMNS} FROM jobs {where}", parameters)
        ]
