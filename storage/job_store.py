"""The queue: jobs in project.db, their order, and whether work is paused. Desk and worker write by compare-and-set."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from storage.database import write
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, TakeId
from storage.media import now

_CRASHES_BEFORE_SET_ASIDE = 2
_ROOM = 2**20
_COLUMNS = (
    "id, seam, shot_id, round, attempt, state, priority, progress, total, cancel_requested, crashes, alone, message,"
    " take_id, created_at, updated_at"
)
_SEAMS = {seam.value: seam for seam in Seam}
_STATES = {state.value: state for state in JobState}
_ENDINGS = {
    "SIGKILL": "SIGKILL: out of memory?",
    "SIGSEGV": "SIGSEGV: a library failed",
    "SIGABRT": "SIGABRT: a library failed",
    "SIGBUS": "SIGBUS: a file or the memory failed",
}


class JobStore:
    """The jobs of one project. Every change of state is compare-and-set."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ensure(self, *, seam: Seam, shot_id: ShotId | None, round: str, attempt: int, place: int = 0) -> Job:
        """The job with this key, put in the queue if there is none yet, or one that was withdrawn.

        Args:
            place: in the order of the film, from 0. An attempt after the first of its round takes the place of
                the one before, wherever a director has put that.
        """
        key = (seam, shot_id or "", round, attempt)
        with write(self._db):
            before = self._db.conn.execute(
                "SELECT priority FROM jobs WHERE seam = ? AND shot_id = ? AND round = ? AND attempt < ?"
                " ORDER BY attempt DESC LIMIT 1",
                key,
            ).fetchone()
            self._db.conn.execute(
                "INSERT INTO jobs (seam, shot_id, round, attempt, state, priority, created_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state,"
                " priority = excluded.priority, updated_at = excluded.updated_at WHERE state = ?",
                (*key, JobState.QUEUED, before[0] if before else place * _ROOM, now(), now(), JobState.WITHDRAWN),
            )
        return self._select("WHERE seam = ? AND shot_id = ? AND round = ? AND attempt = ?", key)[0]

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

    @property
    def last_change(self) -> int:
        """The number of the newest change of any job; grows with every one. 0 where nothing ever changed."""
        return self._db.conn.execute("SELECT coalesce(max(change_number), 0) FROM jobs").fetchone()[0]

    def changed_since(self, change_number: int) -> list[Job]:
        """The jobs that were put in or changed after a change; none is ever removed."""
        return self._select("WHERE change_number > ? ORDER BY id", (change_number,))

    @property
    def is_paused(self) -> bool:
        """A person's wish that nothing new begins."""
        return bool(self._db.conn.execute("SELECT paused FROM queue").fetchone()[0])

    def pause(self) -> bool:
        """Wish that nothing new begins: the step at hand ends, what is half drawn is kept. False where it was so."""
        return self._set_paused(True)

    def go_on(self) -> bool:
        """Wish that work goes on where it was paused. False where it was not."""
        return self._set_paused(False)

    def move(self, job_id: JobId, before: JobId | None) -> bool:
        """Put a job that waits before another one that waits, or last.

        Returns:
            False where one of them no longer waits, or nothing is to be moved.
        """
        with write(self._db):
            order = self.in_state(JobState.QUEUED)
            others = [job for job in order if job.id != job_id]
            ids = [job.id for job in others]
            if len(others) == len(order) or not others or (before is not None and before not in ids):
                return False
            place = len(others) if before is None else ids.index(before)
            lower = others[place - 1].priority if place else others[0].priority - 2 * _ROOM
            upper = others[place].priority if place < len(others) else others[-1].priority + 2 * _ROOM
            middle = (lower + upper) // 2
            if lower < middle < upper:
                self._place([(middle, job_id)])
            else:
                ids.insert(place, job_id)
                first = others[0].priority
                self._place([(first + index * _ROOM, each) for index, each in enumerate(ids)])
        return True

    def start(self, job_id: JobId, total: int) -> bool:
        """Take a job from the queue; False where it is no longer there to be taken."""
        return self._move_on(job_id, (JobState.QUEUED,), JobState.RUNNING, "progress = 0, total = ?", (total,))

    def progress(self, job_ids: Sequence[JobId], step: int, total: int) -> None:
        """Say how far running jobs are, in steps."""
        with write(self._db):
            self._db.conn.executemany(
                "UPDATE jobs SET progress = ?, total = ?, updated_at = ? WHERE id = ? AND state = ?",
                [(step, total, now(), job_id, JobState.RUNNING) for job_id in job_ids],
            )

    def finish(self, job_id: JobId, take_id: TakeId) -> bool:
        """A job's take is stored. Call it in the transaction that stores the take."""
        also = "take_id = ?, progress = total, message = ''"
        return self._move_on(job_id, (JobState.RUNNING, JobState.QUEUED), JobState.DONE, also, (take_id,))

    def fail(self, job_id: JobId, message: str) -> bool:
        """A job could not be done; it is set aside until a person retries it."""
        return self._move_on(job_id, (JobState.RUNNING, JobState.QUEUED), JobState.FAILED, "message = ?", (message,))

    def cancelled(self, job_id: JobId) -> bool:
        """The worker has stopped a job that a person did not want."""
        return self._move_on(
            job_id, (JobState.RUNNING, JobState.QUEUED), JobState.CANCELLED, "cancel_requested = 0, message = ''", ()
        )

    def cancel(self, job_ids: Iterable[JobId]) -> list[JobId]:
        """A person's wish. What waits is cancelled at once; the worker stops what runs at its next step.

        Returns:
            the jobs that waited or ran.
        """
        changed: list[JobId] = []
        with write(self._db):
            for job_id in job_ids:
                waited = self._move_on(job_id, (JobState.QUEUED,), JobState.CANCELLED, "message = ''", ())
                if waited or self._ask_to_stop(job_id, wanted=True):
                    changed.append(job_id)
        return changed

    def retry(self, job_ids: Iterable[JobId]) -> list[JobId]:
        """Put jobs that were cancelled or set aside back in the queue; take back a cancel not yet obeyed.

        Returns:
            the jobs for which it made a difference.
        """
        changed: list[JobId] = []
        allowed = (JobState.CANCELLED, JobState.FAILED)
        with write(self._db):
            for job_id in job_ids:
                also = "cancel_requested = 0, crashes = 0, progress = 0, message = ''"
                again = self._move_on(job_id, allowed, JobState.QUEUED, also, ())
                if again or self._ask_to_stop(job_id, wanted=False):
                    changed.append(job_id)
        return changed

    def withdraw(self, job_id: JobId) -> bool:
        """Take a job that waits out of the queue: the plan changed under it."""
        return self._move_on(job_id, (JobState.QUEUED,), JobState.WITHDRAWN, "message = ''", ())

    def recover(self, how: str = "") -> list[Job]:
        """Deal with jobs that a dead worker left running: queued again, or set aside at the second crash.

        From its first crash on a job is drawn alone, so that the next one tells whose fault it was.

        Args:
            how: the worker died, where somebody saw it: the name of a signal ("SIGKILL"), or a few words.

        Returns:
            the jobs that were set aside.
        """
        told = f" ({_ENDINGS.get(how, how)})" if how else ""
        aside: list[Job] = []
        with write(self._db):
            lost = self.in_state(JobState.RUNNING)
            company = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
            for job in lost:
                state, words = JobState.QUEUED, f"The worker died while it drew this{company}{told}. It is drawn alone."
                if job.cancel_requested:
                    state, words = JobState.CANCELLED, ""
                elif job.crashes + 1 >= _CRASHES_BEFORE_SET_ASIDE:
                    state = JobState.FAILED
                    words = f"The worker died twice{told} while it drew this. Retry it, or change the shot."
                also = "crashes = crashes + 1, alone = 1, progress = 0, cancel_requested = 0, message = ?"
                self._move_on(job.id, (JobState.RUNNING,), state, also, (words,))
                if state is JobState.FAILED:
                    aside.append(self.get(job.id))
        return aside

    def release(self) -> None:
        """A worker that leaves in order puts what it has not finished back in the queue; nothing is blamed."""
        with write(self._db):
            self._db.conn.execute(
                "UPDATE jobs SET state = iif(cancel_requested, ?, ?), cancel_requested = 0, progress = 0,"
                " updated_at = ? WHERE state = ?",
                (JobState.CANCELLED, JobState.QUEUED, now(), JobState.RUNNING),
            )

    def _set_paused(self, wanted: bool) -> bool:
        with write(self._db):
            cursor = self._db.conn.execute("UPDATE queue SET paused = ? WHERE paused <> ?", (wanted, wanted))
        return cursor.rowcount == 1

    def _place(self, places: Sequence[tuple[int, JobId]]) -> None:
        self._db.conn.executemany(
            f"UPDATE jobs SET priority = ?, updated_at = '{now()}' WHERE id = ? AND state = '{JobState.QUEUED}'", places
        )

    def _ask_to_stop(self, job_id: JobId, *, wanted: bool) -> bool:
        cursor = self._db.conn.execute(
            "UPDATE jobs SET cancel_requested = ?, updated_at = ? WHERE id = ? AND state = ? AND cancel_requested <> ?",
            (wanted, now(), job_id, JobState.RUNNING, wanted),
        )
        return cursor.rowcount == 1

    def _move_on(
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
                seam=_SEAMS[row[1]],
                shot_id=ShotId(row[2]) if row[2] else None,
                round=row[3],
                attempt=row[4],
                state=_STATES[row[5]],
                priority=row[6],
                progress=row[7],
                total=row[8],
                cancel_requested=bool(row[9]),
                crashes=row[10],
                alone=bool(row[11]),
                message=row[12],
                take_id=TakeId(row[13]) if row[13] else None,
                created_at=row[14],
                updated_at=row[15],
            )
            for row in self._db.conn.execute(f"SELECT {_COLUMNS} FROM jobs {where}", parameters)
        ]
