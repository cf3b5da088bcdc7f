"""What all verbs that change the scene graph share: a new revision and its entry in the ledger, as one write."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from storage.database import write
from storage.domain.decisions import DIRECTOR, Decision, Verb
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Item, SceneGraph, ShotId
from storage.domain.takes import Seam, Take
from storage.errors import WrongUse
from storage.graph_store import Draft, parse_item
from storage.project import Project


class GraphChanges:
    """Verbs on one project.

    Args:
        author: who decides: "director", "director:" and a name, or "policy:" and its name.
    """

    def __init__(self, project: Project, author: str = DIRECTOR) -> None:
        self._project = project
        self._author = author

    @property
    def _view(self) -> GraphView:
        if not self._project.graphs.latest_revision:
            raise WrongUse("There is no scene graph yet.", "Run: matchcut produce.")
        return self._project.graphs.view()

    def _change(
        self, verb: Verb, label: str, items: Sequence[Item], *, key: str = "", shot_id: ShotId | None = None
    ) -> Decision:
        """Put items into the graph, in place of those of the same ids."""
        return self._put(verb, label, with_items(self._view.graph, items), key=key, shot_id=shot_id)

    def _put(
        self,
        verb: Verb,
        label: str,
        graph: SceneGraph,
        *,
        key: str = "",
        shot_id: ShotId | None = None,
        details: Mapping[str, Any] | None = None,
        screenplay: Draft | None = None,
    ) -> Decision:
        """Make a graph the next revision. The entry names the revisions, which say what it changed."""
        with write(self._project.db):
            before = self._project.graphs.latest_revision
            after = self._project.graphs.save(graph, label=label, author=self._author, screenplay=screenplay)
            named = {"revisions": [before, after], **(details or {})}
            return self._decide(verb, Seam.SCRIPT, note=label, key=key, shot_id=shot_id, details=named)

    def _put_back(self, decision: Decision, *, before: bool, label: str) -> None:
        """Give every item that a decision changed the content that it had before, or after, in a new revision.

        Entries from before 2026-11-22 hold the items themselves: id, kind, and JSON values or None.
        """
        details, graphs = decision.details, self._project.graphs
        draft = None
        if "revisions" in details:
            first, last = details["revisions"]
            differs = graphs.between(first, last)
            wanted = [(each, kind, old if before else new) for each, kind, old, new in differs]
            if graphs.draft_of(first) != graphs.draft_of(last):
                draft = graphs.draft_of(first if before else last)
        elif "before" in details:
            wanted = [(each, kind, body) for each, kind, body in details["before" if before else "after"]]
        else:
            return
        graphs.save(_with_bodies(self._view.graph, wanted), label=label, author=self._author, screenplay=draft)

    def _decide(
        self,
        verb: Verb,
        seam: Seam,
        *,
        take: Take | None = None,
        shot_id: ShotId | None = None,
        note: str = "",
        key: str = "",
        details: dict[str, Any] | None = None,
    ) -> Decision:
        return self._project.ledger.append(
            verb,
            seam,
            author=self._author,
            graph_revision=self._project.graphs.latest_revision,
            shot_id=take.shot_id if take else shot_id,
            take_id=take.id if take else None,
            note=note,
            key=key,
            details=details,
        )


def _with_bodies(graph: SceneGraph, wanted: Iterable[tuple[str, str, Any]]) -> SceneGraph:
    """A graph in which some items have another content, or none. Args: wanted: id, kind, and JSON or JSON values."""
    parts: dict[str, dict[str, Any]] = {}
    title = graph.title
    for item_id, kind, body in wanted:
        if kind == "title":
            title = json.loads(body)
            continue
        items = parts.setdefault(kind, dict(getattr(graph, kind)))
        if body is None:
            items.pop(item_id, None)
        else:
            items[item_id] = parse_item(kind, body)
    return replace(graph, title=title, **parts)


def with_items(graph: SceneGraph, items: Sequence[Item]) -> SceneGraph:
    """A graph with other items in place of those of the same ids."""
    for item in items:
        kind = f"{type(item).__name__.lower()}s"
        graph = replace(graph, **{kind: {**getattr(graph, kind), item.id: item}})
    return graph
