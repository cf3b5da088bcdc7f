"""Looks: rows that are only ever added; a look is withdrawn by undoing its decision."""

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from storage.database import write
from storage.domain.digest import canonical_json
from storage.domain.findings import Region
from storage.domain.looks import Look, LookId
from storage.domain.takes import MediaDigest, TakeId
from storage.media import now

_COLUMNS = "id, entity_id, number, media, take_id, frame_index, region, decision_seq, created_at"


class LookStore:
    """The looks of one project, withdrawn ones included."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def next_number(self, entity_id: str) -> int:
        """The number that the entity's next look will have. Ask within the transaction that adds it."""
        query = "SELECT coalesce(max(number), 0) + 1 FROM looks WHERE entity_id = ?"
        return self._db.conn.execute(query, (entity_id,)).fetchone()[0]

    def add(
        self,
        entity_id: str,
        number: int,
        media: MediaDigest,
        *,
        take_id: TakeId | None,
        frame_index: int,
        region: Region,
        decision_seq: int,
    ) -> Look:
        """Store a look that a decision made."""
        with write(self._db):
            cursor = self._db.conn.execute(
                "INSERT INTO looks (entity_id, number, media, take_id, frame_index, region, decision_seq, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (entity_id, number, media, take_id, frame_index, canonical_json(region), decision_seq, now()),
            )
        return self._select("WHERE id = ?", (cursor.lastrowid,))[0]

    def get(self, look_id: LookId) -> Look:
        """One look.

        Raises:
            KeyError: there is no such look.
        """
        found = self._select("WHERE id = ?", (look_id,))
        if not found:
            raise KeyError(look_id)
        return found[0]

    def everything(self) -> list[Look]:
        """All looks that were ever made, oldest first."""
        return self._select("ORDER BY id", ())

    def _select(self, where: str, parameters: tuple[Any, ...]) -> list[Look]:
        rows = self._db.conn.execute(f"SELECT {_COLUMNS} FROM looks {where}", parameters)
        return [_look(row) for row in rows]


def _look(row: Sequence[Any]) -> Look:
    return Look(
        id=LookId(row[0]),
        entity_id=row[1],
        number=row[2],
        media=MediaDigest(row[3]),
        take_id=TakeId(row[4]) if row[4] is not None else None,
        frame_index=row[5],
        region=Region(**json.loads(row[6])),
        decision_seq=row[7],
        created_at=row[8],
    )
