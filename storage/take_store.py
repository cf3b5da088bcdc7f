"""Takes with their recipes and inputs, and what the critic found in them."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from storage.database import write
from storage.domain.digest import canonical_json, digest
from storage.domain.findings import About, Finding, FrameRange, Region, Verdict, Witness
from storage.domain.scene_graph import ShotId
from storage.domain.staleness import LENGTH_KEY, inputs_digest
from storage.domain.takes import Means, MediaDigest, Mending, Recipe, Seam, Take, TakeId, TakeInput
from storage.media import now

_TAKE_COLUMNS = (
    "id, seam, shot_id, number, round, attempt, media, suffix, poster, num_frames, frame_rate, width_px, height_px,"
    " recipe_digest, inputs_digest, graph_revision, planted, seconds, takes.created_at,"
    " coalesce(length.digest, ''), means, mends, missed"
)
_TAKES = (
    "takes JOIN media ON media.digest = takes.media LEFT JOIN take_inputs AS length"
    f" ON takes.seam = '{Seam.CLIP}' AND length.take_id = takes.id AND length.key = '{LENGTH_KEY}'"
)
_recipe = TypeAdapter(Recipe)
_about = TypeAdapter(About)


# Looked up rather than called, and read once: a film has hundreds of thousands of findings.
_SEAMS = {seam.value: seam for seam in Seam}
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_rate = lru_cache(Fraction)


@lru_cache
def _region(body: str) -> Region:
    return Region(**json.loads(body))


def _mending(means: str, of: int, missed: str) -> Mending:
    return Mending(means=Means(means), of=TakeId(of), missed=tuple(json.loads(missed)))


def _take(row: Sequence[Any]) -> Take:
    return Take(
        id=TakeId(row[0]),
        seam=_SEAMS[row[1]],
        shot_id=ShotId(row[2]) if row[2] else None,
        number=row[3],
        round=row[4],
        attempt=row[5],
        media=MediaDigest(row[6]),
        media_suffix=row[7],
        poster=MediaDigest(row[8]) if row[8] else None,
        num_frames=row[9],
        frame_rate=_rate(row[10]),
        width_px=row[11],
        height_px=row[12],
        recipe_digest=row[13],
        inputs_digest=row[14],
        graph_revision=row[15],
        planted=bool(row[16]),
        seconds=row[17],
        created_at=row[18],
        length_digest=row[19],
        mending=_mending(*row[20:23]) if row[20] else None,
    )


class TakeStore:
    """The takes and reviews of one project."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self,
        *,
        seam: Seam,
        shot_id: ShotId | None,
        round: str,
        attempt: int,
        media: MediaDigest,
        poster: MediaDigest | None,
        num_frames: int,
        frame_rate: Fraction,
        width_px: int,
        height_px: int,
        recipe: Recipe,
        inputs: Sequence[TakeInput],
        graph_revision: int,
        planted: bool = False,
        seconds: float = 0.0,
        mending: Mending | None = None,
    ) -> Take:
        """Store a take under the next number of its shot and seam.

        Args:
            mending: what it was to put right; None for the first of a round.
        """
        with write(self._db):
            number = self._db.conn.execute(
                "SELECT coalesce(max(number), 0) + 1 FROM takes WHERE seam = ? AND shot_id = ?", (seam, shot_id or "")
            ).fetchone()[0]
            cursor = self._db.conn.execute(
                "INSERT INTO takes (seam, shot_id, number, round, attempt, media, poster, num_frames, frame_rate,"
                " width_px, height_px, recipe, recipe_digest, inputs_digest, graph_revision, planted, seconds,"
                " created_at, means, mends, missed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    seam, shot_id or "", number, round, attempt, media, poster, num_frames, str(frame_rate), width_px,
                    height_px, canonical_json(recipe), digest(recipe), inputs_digest(inputs), graph_revision, planted,
                    seconds, now(), mending.means if mending else "", mending.of if mending else None,
                    _json(mending.missed if mending else ()),
                ),
            )  # fmt: skip
            take_id = TakeId(cursor.lastrowid or 0)
            self._db.conn.executemany(
                "INSERT INTO take_inputs (take_id, key, digest, label) VALUES (?, ?, ?, ?)",
                [(take_id, item.key, item.digest, item.label) for item in inputs],
            )
        return self.get(take_id)

    def get(self, take_id: TakeId) -> Take:
        """One take.

        Raises:
            KeyError: there is no such take.
        """
        takes = self._select("WHERE id = ?", (take_id,))
        if not takes:
            raise KeyError(take_id)
        return takes[0]

    def of_shot(self, shot_id: ShotId | None, seam: Seam) -> list[Take]:
        """The takes of a shot at a seam (of the film, for a cut), by number."""
        return self._select("WHERE shot_id = ? AND seam = ? ORDER BY number", (shot_id or "", seam))

    def everything(self, shot_id: ShotId | None = None) -> list[Take]:
        """All takes, or those of one shot, oldest first."""
        return self._select(
            "WHERE shot_id = ? ORDER BY id" if shot_id else "ORDER BY id", (shot_id,) if shot_id else ()
        )

    def of_shots(self, shot_ids: Collection[ShotId]) -> list[Take]:
        """All takes of some shots, oldest first."""
        return self._select("WHERE shot_id IN (SELECT value FROM json_each(?)) ORDER BY id", (_json(shot_ids),))

    @property
    def newest(self) -> tuple[int, int]:
        """The ids of the newest take and of the newest review; 0 where there is none. Both only grow."""
        return self._db.conn.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM takes), (SELECT coalesce(max(id), 0) FROM reviews)"
        ).fetchone()

    def mended(self, seam: Seam, most: int) -> list[Take]:
        """The newest takes at a seam that were to put a drift right, so many at most, newest first.

        Those that answer a take with a planted drift are left out: they are never counted with what happened.
        """
        return self._select(
            "WHERE seam = ? AND means <> '' AND NOT EXISTS (SELECT 1 FROM takes AS base WHERE base.id = takes.mends"
            " AND base.planted) ORDER BY takes.id DESC LIMIT ?",
            (seam, most),
        )

    def fresh_seconds(self, seam: Seam, most: int) -> list[float]:
        """How long the newest takes took that were drawn from the beginning, so many at most."""
        rows = self._db.conn.execute(
            "SELECT seconds FROM takes WHERE seam = ? AND means IN ('', ?) ORDER BY id DESC LIMIT ?",
            (seam, Means.NEW_SEED, most),
        )
        return [seconds for (seconds,) in rows]

    def shots_since(self, take_id: int, review_id: int) -> set[ShotId | None]:
        """The shots that have newer takes or reviews than these; None among them for a cut."""
        rows = self._db.conn.execute(
            "SELECT shot_id FROM takes WHERE id > ? UNION SELECT shot_id FROM takes JOIN reviews"
            " ON reviews.take_id = takes.id WHERE reviews.id > ?",
            (take_id, review_id),
        )
        return {ShotId(shot_id) if shot_id else None for (shot_id,) in rows}

    def reviewed_since(self, review_id: int, most: int) -> list[tuple[int, TakeId]]:
        """The next reviews of takes after one, oldest first: so many at most, each with its take."""
        rows = self._db.conn.execute(
            "SELECT id, take_id FROM reviews WHERE id > ? AND take_id IS NOT NULL ORDER BY id LIMIT ?",
            (review_id, most),
        )
        return [(number, TakeId(take_id)) for number, take_id in rows]

    def _select(self, where: str, parameters: tuple[Any, ...]) -> list[Take]:
        rows = self._db.conn.execute(f"SELECT {_TAKE_COLUMNS} FROM {_TAKES} {where}", parameters)
        return [_take(row) for row in rows]

    def recipe(self, take_id: TakeId) -> Recipe:
        body = self._db.conn.execute("SELECT recipe FROM takes WHERE id = ?", (take_id,)).fetchone()[0]
        return _recipe.validate_json(body)

    def drawn_as(self, seams: Collection[Seam]) -> tuple[str, ...]:
        """Every substitution of a word in the recipes of these seams' takes, once, oldest first."""
        # The recipes repeat them by the thousand: they are told apart by SQLite, in one query.
        rows = self._db.conn.execute(
            "SELECT words.value FROM takes, json_each(takes.recipe, '$.drawn_as') AS words"
            " WHERE takes.seam IN (SELECT value FROM json_each(?)) GROUP BY words.value"
            " ORDER BY min(takes.id * 1000 + words.key)",
            (_json(seams),),
        )
        return tuple(words for (words,) in rows)

    def inputs(self, take_id: TakeId) -> tuple[TakeInput, ...]:
        rows = self._db.conn.execute(
            "SELECT key, digest, label FROM take_inputs WHERE take_id = ? ORDER BY key", (take_id,)
        )
        return tuple(TakeInput(key=key, digest=value, label=label) for key, value, label in rows)

    def add_review(
        self, findings: Sequence[Finding], *, take_id: TakeId | None, graph_revision: int, seconds: float = 0.0
    ) -> None:
        """Store what the critic found in a take, or in a graph revision where take_id is None."""
        with write(self._db):
            cursor = self._db.conn.execute(
                "INSERT INTO reviews (take_id, graph_revision, seconds, created_at) VALUES (?, ?, ?, ?)",
                (take_id, graph_revision, seconds, now()),
            )
            self._db.conn.executemany(
                "INSERT INTO findings (review_id, key, label, constraint_id, check_name, verdict, must, expected,"
                " observed, confidence, region, frame_range, message, said, about)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        cursor.lastrowid, item.key, item.label, item.constraint_id, item.check, item.verdict,
                        item.must, item.expected, item.observed, item.confidence,
                        canonical_json(item.region) if item.region else None,
                        canonical_json(item.frame_range) if item.frame_range else None, item.message,
                        canonical_json(item.said), canonical_json(item.about) if item.about else None,
                    )
                    for item in findings
                ],
            )  # fmt: skip

    def findings(self, take_id: TakeId) -> tuple[Finding, ...] | None:
        """The newest review of a take; None where the critic has not looked yet."""
        row = self._db.conn.execute("SELECT max(id) FROM reviews WHERE take_id = ?", (take_id,)).fetchone()
        return self._findings_of({row[0]}).get(row[0], ()) if row[0] else None

    def graph_findings(self, graph_revision: int) -> tuple[Finding, ...] | None:
        """The newest review of a graph revision; None where there is none."""
        row = self._db.conn.execute(
            "SELECT max(id) FROM reviews WHERE take_id IS NULL AND graph_revision = ?", (graph_revision,)
        ).fetchone()
        return self._findings_of({row[0]}).get(row[0], ()) if row[0] else None

    def all_findings(
        self, shot_id: ShotId | None = None, *, not_right: bool = False
    ) -> dict[TakeId, tuple[Finding, ...]]:
        """The newest review of every take, or of every take of a shot, that has one.

        Args:
            not_right: only `must` findings that are not `ok`: what decides where a shot stands.
        """
        where = "take_id IS NOT NULL" if shot_id is None else "take_id IN (SELECT id FROM takes WHERE shot_id = ?)"
        latest = {
            review_id: TakeId(take_id)
            for take_id, review_id in self._db.conn.execute(
                f"SELECT take_id, max(id) FROM reviews WHERE {where} GROUP BY take_id", (shot_id,) if shot_id else ()
            )
        }
        found = self._findings_of(latest.keys(), not_right=not_right)
        return {take_id: found.get(review_id, ()) for review_id, take_id in latest.items()}

    def findings_in(self, take_ids: Collection[TakeId], *, not_right: bool) -> dict[TakeId, tuple[Finding, ...]]:
        """The newest review of each of these takes that has one.

        Args:
            not_right: as `all_findings`.
        """
        latest: dict[int, TakeId] = {
            review_id: take_id
            for take_id, review_id in self._db.conn.execute(
                "SELECT take_id, max(id) FROM reviews WHERE take_id IN (SELECT value FROM json_each(?))"
                " GROUP BY take_id",
                (_json(take_ids),),
            )
        }
        found = self._findings_of(latest.keys(), not_right=not_right)
        return {take_id: found.get(review_id, ()) for review_id, take_id in latest.items()}

    def _findings_of(self, review_ids: Iterable[int], *, not_right: bool = False) -> dict[int, tuple[Finding, ...]]:
        only = "AND must = 1 AND verdict <> 'ok'" if not_right else ""
        rows = self._db.conn.execute(
            "SELECT review_id, key, label, constraint_id, check_name, verdict, must, expected, observed, confidence,"
            " region, frame_range, message, said, about FROM findings"
            f" WHERE review_id IN (SELECT value FROM json_each(?)) {only} ORDER BY id",
            (_json(review_ids),),
        )
        found: dict[int, list[Finding]] = defaultdict(list)
        for row in rows:
            found[row[0]].append(
                Finding(
                    key=row[1],
                    label=row[2],
                    constraint_id=row[3],
                    check=row[4],
                    verdict=_VERDICTS[row[5]],
                    must=bool(row[6]),
                    expected=row[7],
                    observed=row[8],
                    confidence=row[9],
                    region=_region(row[10]) if row[10] else None,
                    frame_range=FrameRange(**json.loads(row[11])) if row[11] else None,
                    message=row[12],
                    said=_said(row[13]) if row[13] != "[]" else (),
                    about=_about.validate_json(row[14]) if row[14] else None,
                )
            )
        return {review_id: tuple(items) for review_id, items in found.items()}


def _said(text: str) -> tuple[Witness, ...]:
    return tuple(
        Witness(
            check=said["check"],
            verdict=_VERDICTS[said["verdict"]],
            observed=said["observed"],
            confidence=said["confidence"],
        )
        for said in json.loads(text)
    )


def _json(ids: Iterable[int | str]) -> str:
    return json.dumps(list(ids))
