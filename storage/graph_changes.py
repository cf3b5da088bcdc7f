"""What all verbs that change the scene graph share: a new revision and its entry in the ledger, as one write."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from storage.database import write
from storage.domain.decisions import DIRECTOR, Decision, Verb
from storage.domain.digest import plain
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Item, SceneGraph, ShotId
from storage.domain.takes import Seam, Take
from storage.errors import WrongUse
from storage.graph_store import parse_item
from storage.project import Project

# An item of the graph as an entry of the ledger keeps it: id, kind, and its JSON values; None where there was none.
Kept = Sequence[Any]


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
        graph = self._view.graph
        before = [[item.id, kind, plain(old) if old else None] for item in items for kind, old in [_held(graph, item)]]
        after = [[item.id, kind, plain(item)] for item in items for kind, _ in [_held(graph, item)]]
        with write(self._project.db):
            self._save(after, before, label=label)
            return self._decide(
                verb, Seam.SCRIPT, note=label, key=key, shot_id=shot_id, details={"before": before, "after": after}
            )

    def _save(self, wanted: Sequence[Kept], held: Sequence[Kept], *, label: str) -> None:
        graph = self._view.graph
        gone = {item_id for item_id, _, body in wanted if body is None}
        for kind in {kind for _, kind, _ in (*wanted, *held)}:
            items = {key: item for key, item in getattr(graph, kind).items() if key not in gone}
            items |= {item_id: parse_item(of, body) for item_id, of, body in wanted if of == kind and body is not None}
            graph = replace(graph, **{kind: items})
        self._project.graphs.save(graph, label=label, author=self._author)

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


def with_items(graph: SceneGraph, items: Sequence[Item]) -> SceneGraph:
    """A graph with other items in place of those of the same ids."""
    for item in items:
        kind, _ = _held(graph, item)
        graph = replace(graph, **{kind: {**getattr(graph, kind), item.id: item}})
    return graph


def _held(graph: SceneGraph, item: Item) -> tuple[str, Any]:
    kind = f"{type(item).__name__.lower()}s"
    return kind, getattr(graph, kind).get(item.id)
