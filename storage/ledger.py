"""The append-only ledger of decisions, in which each entry carries the digest of the one before."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from storage.database import write
from storage.domain.decisions import NO_DIGEST, Decision, Verb
from storage.domain.digest import canonical_json
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, TakeId
from storage.media import now

_COLUMNS = (
    "seq, verb, seam, shot_id, take_id, graph_revision, author, note, key, undoes, details, created_at, previous_digest"
)


class Ledger:
    """The decisions of one project."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._kept: list[Decision] = []

    def append(
        self,
        verb: Verb,
        seam: Seam,
        *,
        author: str,
        graph_revision: int,
        shot_id: ShotId | None = None,
        take_id: TakeId | None = None,
        note: str = "",
        key: str = "",
        undoes: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Decision:
        """Add an entry, durably, and return it."""
        with write(self._db):
            last = self._db.conn.execute("SELECT seq, digest FROM decisions ORDER BY seq DESC LIMIT 1").fetchone()
            seq, previous = (last[0] + 1, last[1]) if last else (1, NO_DIGEST)
            decision = Decision(
                seq=seq,
                verb=verb,
                seam=seam,
                shot_id=shot_id,
                take_id=take_id,
                graph_revision=graph_revision,
                author=author,
                note=note,
                key=key,
                undoes=undoes,
                details=dict(details or {}),
                created_at=now(),
                previous_digest=previous,
            )
            self._db.conn.execute(
                f"INSERT INTO decisions ({_COLUMNS}, digest) VALUES ({', '.join('?' * 14)})",
                (
                    seq, verb, seam, shot_id, take_id, graph_revision, author, note, key, undoes,
                    canonical_json(decision.details), decision.created_at, previous, decision.digest,
                ),
            )  # fmt: skip
            self._db.conn.execute("UPDATE film SET ledger_length = ?", (seq,))
        return decision

    def everything(self, after: int = 0) -> list[Decision]:
        """All entries after a position, oldest first. What was read before is kept: entries never change."""
        if self._kept and not self._still_holds(self._kept[-1]):
            self._kept = []
        self._kept += self._select("WHERE seq > ?", (len(self._kept),))
        return self._kept[after:]

    def keep(self, entries: Sequence[Decision]) -> None:
        """Take the first entries as another connection to the same film has read them, rather than read them again."""
        if len(entries) > len(self._kept):
            self._kept = list(entries)

    def about(self, shot_id: ShotId) -> list[Decision]:
        """What bears on one shot, oldest first: entries about it, about the scene graph and about the whole film."""
        # As three questions, of which each has its index: asked as one, the whole ledger is read.
        return self._select(
            "WHERE seq IN (SELECT seq FROM decisions WHERE shot_id = ?"
            " UNION SELECT seq FROM decisions WHERE shot_id IS NULL"
            " UNION SELECT seq FROM decisions WHERE seam = 'script')",
            (shot_id,),
        )

    def entry(self, seq: int) -> Decision | None:
        """One entry; None where there is none."""
        return next(iter(self._select("WHERE seq = ?", (seq,))), None)

    def on(self, take_id: TakeId) -> list[Decision]:
        """Every entry about one take, oldest first, undone ones and undos included."""
        return self._select("WHERE take_id = ?", (take_id,))

    def _still_holds(self, entry: Decision) -> bool:
        """Whether an entry that was read is there: one that was rolled back is not. It speaks for all before."""
        row = self._db.conn.execute("SELECT digest FROM decisions WHERE seq = ?", (entry.seq,)).fetchone()
        return row is not None and row[0] == entry.digest

    def _select(self, where: str, parameters: tuple[Any, ...]) -> list[Decision]:
        rows = self._db.conn.execute(f"SELECT {_COLUMNS} FROM decisions {where} ORDER BY seq", parameters)
        return [
            Decision(
                seq=row[0],
                verb=Verb(row[1]),
                seam=Seam(row[2]),
                shot_id=row[3],
                take_id=row[4],
                graph_revision=row[5],
                author=row[6],
                note=row[7],
                key=row[8],
                undoes=row[9],
                details=json.loads(row[10]) if row[10] != "{}" else {},
                created_at=row[11],
                previous_digest=row[12],
            )
            for row in rows
        ]

    @property
    def written(self) -> int:
        """How many entries were ever written, kept apart from the entries themselves."""
        return self._db.conn.execute("SELECT ledger_length FROM film").fetchone()[0]

    def digests(self) -> list[str]:
        """The stored digest of each entry, oldest first."""
        return [row[0] for row in self._db.conn.execute("SELECT digest FROM decisions ORDER BY seq")]
