"""Finds items of the scene graph by words: in names, headings, actions, people, and in what is said of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.domain.graph_view import GraphView
from storage.domain.graph_words import claim_words
from storage.domain.scene_graph import ConstraintId, ShotId

_MEMO = "outline texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What some words found.

    Attributes:
        ids: what has all of them, in the outline's order of kinds.
        above: what these are part of.
    """

    ids: tuple[str, ...]
    hits: frozenset[str]
    above: frozenset[str]

    def shows(self, item_id: str) -> bool:
        """Whether an item is found, or holds what is found."""
        return item_id in self.hits or item_id in self.above


def find(view: GraphView, words: str) -> Found | None:
    """Search a scene graph; None for no words."""
    wanted = words.casefold().split()
    if not wanted:
        return None
    texts = texts_of(view)
    for word in wanted:
        texts = [each for each in texts if word in each[1]]
    ids = tuple(item_id for item_id, _ in texts)
    above = {upper for item_id in ids for upper in _above(view, item_id)}
    return Found(ids=ids, hits=frozenset(ids), above=frozenset(above))


def texts_of(view: GraphView) -> Sequence[tuple[str, str]]:
    """What can be found, by id, with the words that find it; worked out once."""
    known = view.memo.get(_MEMO)
    if known is None:
        known = view.memo[_MEMO] = tuple(_texts(view))
    return known


def _above(view: GraphView, item_id: str) -> Iterator[str]:
    graph = view.graph
    constraint = graph.constraints.get(ConstraintId(item_id))
    if constraint is not None:
        item_id = constraint.entity_id
        yield item_id
    shot = graph.shots.get(ShotId(item_id))
    if shot is not None:
        yield shot.scene_id


def _texts(view: GraphView) -> Iterator[tuple[str, str]]:
    graph = view.graph
    for character in graph.characters.values():
        yield character.id, " ".join(character.names).casefold()
    for named in (*graph.settings.values(), *graph.props.values()):
        yield named.id, named.name.casefold()
    for scene in view.scenes:
        yield scene.id, f"{scene.number} {scene.heading} sc {scene.number}".casefold()
        for shot in view.shots_of(scene.id):
            people = " ".join(graph.characters[person.character_id].name for person in shot.people)
            yield shot.id, f"{shot.label} {shot.size} {people} {shot.action}".casefold()
    for constraint in graph.constraints.values():
        proposed = " proposed" if constraint.is_proposed else ""
        text = f"{claim_words(graph, constraint)} {constraint.attribute} {constraint.value}{proposed}"
        yield constraint.id, text.casefold()
