"""Revisions of the scene graph: each item is stored once for the run of revisions it holds in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from storage.database import write
from storage.domain.digest import canonical_json
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import (
    Character,
    Constraint,
    Item,
    Prop,
    Scene,
    SceneGraph,
    Setting,
    Shot,
)
from storage.domain.working_graph import EverUsed
from storage.media import now

_KINDS: dict[str, type[Any]] = {
    "characters": Character,
    "settings": Setting,
    "props": Prop,
    "scenes": Scene,
    "shots": Shot,
    "constraints": Constraint,
}
_TITLE = "title"

Draft = tuple[str | None, str | None]
"""A draft of the screenplay: its medium and its name."""


@lru_cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[kind])


def parse_item(kind: str, body: Any) -> Item:
    """Read an item of the graph from JSON, or from JSON values.

    Args:
        kind: "characters", "settings", "props", "scenes", "shots" or "constraints".
    """
    adapter = _adapter(kind)
    return adapter.validate_json(body) if isinstance(body, str) else adapter.validate_python(body)


class GraphStore:
    """The scene graphs of one project, by revision."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._views: dict[int, GraphView] = {}

    @property
    def latest_revision(self) -> int:
        """0 where no graph has been drafted."""
        return self._db.conn.execute("SELECT coalesce(max(number), 0) FROM revisions").fetchone()[0]

    def save(self, graph: SceneGraph, *, label: str, author: str, screenplay: Draft | None = None) -> int:
        """Store a graph as the next revision; returns its number.

        What the graph shares with the latest revision as it was viewed is not spelled out again.

        Args:
            label: what was done, as a person says it ("draft", "Mara: eyes brown → green").
            screenplay: the draft that it rests on; None for that of the revision before.
        """
        with write(self._db):
            number = self.latest_revision + 1
            held = {
                item_id: body
                for item_id, body in self._db.conn.execute("SELECT item_id, body FROM graph_items WHERE until IS NULL")
            }
            viewed = self._views.get(number - 1)
            items = _bodies(graph, viewed.graph if viewed else SceneGraph(), held)
            gone = [item_id for item_id, body in held.items() if items.get(item_id, ("", ""))[1] != body]
            medium, name = screenplay or self.draft_of(number - 1)
            self._db.conn.execute(
                "INSERT INTO revisions (number, digest, label, author, created_at, screenplay, screenplay_name)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, _digest(items), label, author, now(), medium, name),
            )
            self._db.conn.executemany(
                "UPDATE graph_items SET until = ? WHERE item_id = ? AND until IS NULL",
                [(number, item_id) for item_id in gone],
            )
            self._db.conn.executemany(
                "INSERT INTO graph_items (item_id, since, kind, body) VALUES (?, ?, ?, ?)",
                [(item_id, number, kind, body) for item_id, (kind, body) in items.items() if held.get(item_id) != body],
            )
        return number

    def view(self, revision: int | None = None) -> GraphView:
        """The graph at a revision, the latest unless one is named; kept in memory.

        Of a revision after the one in memory only what differs is read.
        """
        revision = revision or self.latest_revision
        if revision not in self._views:
            held = next(iter(self._views), 0)
            newer = 0 < held < revision == self.latest_revision
            graph = self._advance(self._views[held].graph, held) if newer else self.load(revision)
            self._views = {revision: GraphView(graph)}
        return self._views[revision]

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of the latest graph's items of a kind that has names, by id; the rest of the graph is not read.

        Args:
            kind: "characters", "settings" or "props".
        """
        rows = self._db.conn.execute(
            "SELECT json_extract(body, '$.name') FROM graph_items WHERE kind = ? AND until IS NULL ORDER BY item_id",
            (kind,),
        )
        return tuple(name for (name,) in rows)

    def keep(self, revision: int, view: GraphView) -> None:
        """Take a view that another connection to the same film has read, rather than read it again."""
        if revision not in self._views:
            self._views = {revision: view}

    def _advance(self, graph: SceneGraph, held: int) -> SceneGraph:
        """The latest graph, from that of a revision before."""
        parts: dict[str, dict[str, Any]] = {}
        title = graph.title
        for item_id, kind, body, until in self._db.conn.execute(
            "SELECT item_id, kind, body, until FROM graph_items WHERE since > ? OR until > ? ORDER BY item_id, since",
            (held, held),
        ):
            if kind == _TITLE:
                title = json.loads(body)
                continue
            items = parts.setdefault(kind, dict(getattr(graph, kind)))
            if until is None:
                items[item_id] = _adapter(kind).validate_json(body)
            else:
                items.pop(item_id, None)
        in_order = {kind: dict(sorted(items.items())) for kind, items in parts.items()}
        return replace(graph, title=title, **in_order)

    def load(self, revision: int) -> SceneGraph:
        """Read a graph back.

        Raises:
            KeyError: there is no such revision.
        """
        if not 0 < revision <= self.latest_revision:
            raise KeyError(revision)
        parts: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
        read = {kind: _adapter(kind).validate_json for kind in _KINDS}
        title = ""
        for item_id, kind, body in self._db.conn.execute(
            "SELECT item_id, kind, body FROM graph_items WHERE since <= ? AND (until IS NULL OR until > ?)"
            " ORDER BY item_id",
            (revision, revision),
        ):
            if kind == _TITLE:
                title = json.loads(body)
            else:
                parts[kind][item_id] = read[kind](body)
        return replace(SceneGraph(), title=title, **parts)

    def draft_of(self, revision: int) -> Draft:
        """The draft of the screenplay that a revision rests on; None and None for the film's first."""
        row = self._db.conn.execute(
            "SELECT screenplay, screenplay_name FROM revisions WHERE number = ?", (revision,)
        ).fetchone()
        return (row[0], row[1]) if row else (None, None)

    def between(self, before: int, after: int) -> list[tuple[str, str, str | None, str | None]]:
        """What differs between two revisions: each item's id, kind, and JSON before and after; None where it is not.

        Args:
            before, after: `before` is the earlier one.
        """
        items: dict[str, tuple[str, dict[int, str]]] = {}
        for item_id, kind, since, until, body in self._db.conn.execute(
            "SELECT item_id, kind, since, until, body FROM graph_items"
            " WHERE since > ? AND since <= ? OR until > ? AND until <= ?",
            (before, after, before, after),
        ):
            bodies = items.setdefault(item_id, (kind, {}))[1]
            for revision in (before, after):
                if since <= revision and (until is None or until > revision):
                    bodies[revision] = body
        pairs = [(each, kind, bodies.get(before), bodies.get(after)) for each, (kind, bodies) in items.items()]
        return [pair for pair in sorted(pairs) if pair[2] != pair[3]]

    def ever_used(self) -> EverUsed:
        """What was ever given out, in any revision."""
        rows = self._db.conn.execute(
            "SELECT DISTINCT item_id, CASE kind WHEN 'shots' THEN json_extract(body, '$.label') END,"
            " CASE kind WHEN 'scenes' THEN json_extract(body, '$.number') END FROM graph_items"
            " WHERE kind NOT IN ('constraints', 'title')"
        ).fetchall()
        return EverUsed(
            ids=frozenset(row[0] for row in rows),
            labels=frozenset(row[1] for row in rows if row[1] is not None),
            numbers=frozenset(row[2] for row in rows if row[2] is not None),
        )

    def revisions(self) -> list[tuple[int, str, str, str, str]]:
        """Each revision: number, digest, label, author, time."""
        rows = self._db.conn.execute("SELECT number, digest, label, author, created_at FROM revisions ORDER BY number")
        return [tuple(row) for row in rows]


def _bodies(graph: SceneGraph, viewed: SceneGraph, held: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Kind and canonical JSON of every item, by id.

    Args:
        viewed: a graph whose items have their JSON in `held`; what is the same object has the same JSON.
    """
    items: dict[str, tuple[str, str]] = {_TITLE: (_TITLE, canonical_json(graph.title))}
    for kind in _KINDS:
        known = getattr(viewed, kind)
        for item_id, item in getattr(graph, kind).items():
            is_held = known.get(item_id) is item and item_id in held
            items[item_id] = (kind, held[item_id] if is_held else canonical_json(item))
    return items


def _digest(items: Mapping[str, tuple[str, str]]) -> str:
    """The `digest` of a whole graph, put together from the JSON of its items."""
    members: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for item_id, (kind, body) in sorted(items.items()):
        if kind != _TITLE:
            members[kind].append(f"{quoted(item_id)}:{body}")
    fields = {kind: f"{{{','.join(listed)}}}" for kind, listed in members.items()} | {_TITLE: items[_TITLE][1]}
    whole = ",".join(f"{quoted(name)}:{body}" for name, body in sorted(fields.items()))
    return hashlib.sha256(f"{{{whole}}}".encode()).hexdigest()
