"""A scene graph as nodes and edges: who is in what, where, and what holds there.

Plain Python, made off the GUI thread.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from desktop.translating import tr
from desktop.wording import attribute_words, claim_name, item_name, short_source, value_words
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import name_in
from storage.domain.open_ends import Sort as OpenSort
from storage.domain.open_ends import open_ends
from storage.domain.scene_graph import (
    Billing,
    CharacterId,
    Constraint,
    ConstraintId,
    Scene,
    SceneId,
    Shot,
    ShotId,
)
from storage.domain.vocabulary import ABSENT, PARTED_ATTRIBUTES

_BILLING = tuple(Billing)


class Sort(StrEnum):
    """What a node is."""

    CHARACTER = "character"
    SETTING = "setting"
    PROP = "prop"
    SCENE = "scene"
    SHOT = "shot"
    CONSTRAINT = "constraint"


class Tie(StrEnum):
    """What an edge says of its two ends, read from the first to the second."""

    IS_IN = "is in"
    IS_HEARD = "is heard in"
    PLACES = "is the place of"
    HOLDS = "holds in"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    tie: Tie
    one: str
    other: str

    def far_end(self, near: str) -> str:
        """The end that is not `near`."""
        return self.other if near == self.one else self.one


COLUMNS = (Sort.CHARACTER, Sort.SCENE, Sort.SETTING, Sort.PROP)
"""From left to right: what stands beside what. Shots and constraints stand under what they belong to."""


class GraphNet:
    """The nodes and edges of one revision; never changed.

    Args:
        view: the scene graph.
    """

    def __init__(self, view: GraphView) -> None:
        self.view = view
        self.graph = view.graph
        edges = self._all_edges()
        self._tie_contradictions(edges)
        self.edges: Mapping[str, Sequence[Edge]] = edges
        self.columns: Mapping[Sort, Sequence[str]] = self._all_columns()
        self.proposed: Mapping[str, int] = self._count_proposed()
        self._searched: Sequence[tuple[str, str]] = [(each, words.casefold()) for each, words in self._all_words()]

    def sort(self, node: str) -> Sort | None:
        """What a node is; None where the scene graph has no such thing."""
        for sort, part in (
            (Sort.SHOT, self.graph.shots),
            (Sort.CONSTRAINT, self.graph.constraints),
            (Sort.SCENE, self.graph.scenes),
            (Sort.CHARACTER, self.graph.characters),
            (Sort.SETTING, self.graph.settings),
            (Sort.PROP, self.graph.props),
        ):
            if node in part:
                return sort
        return None

    def children(self, node: str) -> Sequence[str]:
        """What stands under a node when it is unfolded: its constraints, then a scene's shots."""
        shots = self.view.shots_of(SceneId(node)) if node in self.graph.scenes else ()
        return (*(each.id for each in self._constraints(node)), *(shot.id for shot in shots))

    def has_children(self, node: str) -> bool:
        return bool(self.view.constraints_of(node)) or bool(
            node in self.graph.scenes and self.view.shots_of(SceneId(node))
        )

    def parent(self, node: str) -> str | None:
        """What a node stands under; None for what stands by itself."""
        if node in self.graph.constraints:
            return self.graph.constraints[ConstraintId(node)].entity_id
        return self.graph.shots[ShotId(node)].scene_id if node in self.graph.shots else None

    def parents(self, node: str) -> Sequence[str]:
        """Everything that a node stands under, the nearest first."""
        found: list[str] = []
        above = self.parent(node)
        while above is not None:
            found.append(above)
            above = self.parent(above)
        return found

    def title(self, node: str) -> str:
        """The name of a node, as it stands on it."""
        sort = self.sort(node)
        if sort is Sort.SCENE:
            return f"{self.scene(node).number}  {self.scene(node).heading}"
        if sort is Sort.SHOT:
            shot = self.graph.shots[ShotId(node)]
            names = ", ".join(name_in(self.graph, person.character_id).title() for person in shot.people[:3])
            return " · ".join(filter(None, (f"{shot.label}  {tr(shot.size)}", names or shot.action)))
        if sort is Sort.CONSTRAINT:
            constraint = self.constraint(node)
            return f"{attribute_words(constraint)} {value_words(constraint)}"
        return item_name(self.graph, node)

    def words(self, node: str) -> str:
        """A node as it is read aloud and searched: what it is, whose, and its name."""
        sort = self.sort(node)
        if sort is Sort.CONSTRAINT:
            constraint = self.constraint(node)
            words = f"{claim_name(self.graph, constraint)} {value_words(constraint)}"
            return f"{words}, {tr('proposed')}" if constraint.is_proposed else words
        return f"{tr(sort).capitalize()} {self.title(node)}" if sort else ""

    def scene(self, node: str) -> Scene:
        return self.graph.scenes[SceneId(node)]

    def shots(self, node: str) -> Sequence[Shot]:
        """The shots of a scene."""
        return self.view.shots_of(SceneId(node))

    def constraint(self, node: str) -> Constraint:
        return self.graph.constraints[ConstraintId(node)]

    def find(self, text: str) -> Sequence[str]:
        """The nodes whose words have all the words of a text in them, in reading order."""
        wanted = text.casefold().split()
        return [node for node, words in self._searched if all(each in words for each in wanted)] if wanted else []

    def worn_in(self, character: str, scene_id: str) -> Sequence[Constraint]:
        """What somebody wears and holds in a scene: of each thing what the narrower scope says."""
        chosen: dict[str, Constraint] = {}
        for each in self.view.constraints_of(character):
            scope = each.scope
            if each.attribute in PARTED_ATTRIBUTES and not scope.shot_id and scope.scene_id in (None, scene_id):
                known = chosen.get(each.key)
                if known is None or (known.scope.rank, known.id) <= (scope.rank, each.id):
                    chosen[each.key] = each
        return [each for each in chosen.values() if each.value != ABSENT]

    def people_of(self, scene_id: str) -> Sequence[str]:
        """Who is in a scene, seen or heard, in the order of the cast."""
        there = {edge.one for edge in self.edges.get(scene_id, ()) if edge.tie in (Tie.IS_IN, Tie.IS_HEARD)}
        return [each for each in self.columns[Sort.CHARACTER] if each in there]

    def scenes_of(self, entity_id: str) -> Sequence[str]:
        """The scenes that a character, setting or prop is in, in film order."""
        return self._scenes_by_entity.get(entity_id, ())

    @cached_property
    def _scenes_by_entity(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for scene in self.view.scenes:
            for edge in self.edges.get(scene.id, ()):
                if edge.tie is not Tie.HOLDS:
                    found[edge.one].append(scene.id)
        return found

    def _all_words(self) -> Iterator[tuple[str, str]]:
        """Every node and its words, in reading order: column by column, each followed by what stands under it."""
        for column in COLUMNS:
            for node in self.columns[column]:
                yield node, f"{tr(column)} {self.title(node)}"
                yield from self._claims(node, self.title(node))
                for shot in self.view.shots_of(SceneId(node)) if column is Sort.SCENE else ():
                    yield shot.id, f"{tr(Sort.SHOT)} {self.title(shot.id)}"
                    yield from self._claims(shot.id, shot.label)

    def _claims(self, node: str, name: str) -> Iterator[tuple[str, str]]:
        for each in self._constraints(node):
            place = each.scope.shot_id or each.scope.scene_id
            where = tr("in {place}", place=item_name(self.graph, place)) if place and place != node else ""
            proposed = tr("proposed") if each.is_proposed else ""
            attribute = tr(each.attribute)
            yield each.id, " ".join((name, attribute, tr(each.part), value_words(each), where, proposed))

    def _constraints(self, node: str) -> Sequence[Constraint]:
        constraints = self.view.constraints_of(node)
        if len(constraints) < 2:
            return constraints
        return sorted(constraints, key=lambda each: (each.attribute, each.part, each.scope.rank))

    def _all_edges(self) -> dict[str, list[Edge]]:
        edges: dict[str, list[Edge]] = defaultdict(list)

        def tie(tie: Tie, one: str, other: str) -> None:
            edge = Edge(tie=tie, one=one, other=other)
            edges[one].append(edge)
            edges[other].append(edge)

        for scene in self.view.scenes:
            shots = self.view.shots_of(scene.id)
            seen = {person.character_id for shot in shots for person in shot.people}
            there: dict[CharacterId, bool] = {each.character_id: each.on_screen for each in scene.presences}
            there |= dict.fromkeys(sorted(seen), True)
            for who, on_screen in there.items():
                tie(Tie.IS_IN if on_screen else Tie.IS_HEARD, who, scene.id)
            if scene.setting_id is not None:
                tie(Tie.PLACES, scene.setting_id, scene.id)
            handled = dict.fromkeys((*scene.prop_ids, *(shot.prop_id for shot in shots if shot.prop_id)))
            for prop in handled:
                tie(Tie.IS_IN, prop, scene.id)
            for shot in shots:
                for who in dict.fromkeys(person.character_id for person in shot.people):
                    tie(Tie.IS_IN, who, shot.id)
                if shot.prop_id:
                    tie(Tie.IS_IN, shot.prop_id, shot.id)
        for each in self.graph.constraints.values():
            place = each.scope.shot_id or each.scope.scene_id
            if place and place != each.entity_id:
                tie(Tie.HOLDS, each.id, place)
        return edges

    def _all_columns(self) -> Mapping[Sort, Sequence[str]]:
        order = {scene.id: scene.order for scene in self.view.scenes}
        last = len(order)

        def first(entity: str) -> int:
            scenes = self.scenes_of(entity)
            return order[SceneId(scenes[0])] if scenes else last

        characters = sorted(
            self.graph.characters.values(),
            key=lambda each: (_BILLING.index(each.billing), first(each.id), each.name),
        )
        return {
            Sort.CHARACTER: [each.id for each in characters],
            Sort.SCENE: [scene.id for scene in self.view.scenes],
            Sort.SETTING: sorted(self.graph.settings, key=lambda each: (first(each), name_in(self.graph, each))),
            Sort.PROP: sorted(self.graph.props, key=lambda each: (first(each), name_in(self.graph, each))),
        }

    def _count_proposed(self) -> Mapping[str, int]:
        """How much is proposed under each node."""
        counts: dict[str, int] = defaultdict(int)
        for each in self.graph.constraints.values():
            if each.is_proposed:
                counts[each.entity_id] += 1
                shot = self.graph.shots.get(ShotId(each.entity_id))
                if shot is not None:
                    counts[shot.scene_id] += 1
        return counts

    def _tie_contradictions(self, edges: dict[str, list[Edge]]) -> None:
        for end in open_ends(self.view):
            if end.sort is not OpenSort.CONTRADICTION:
                # They come first.
                break
            for one, other in pairwise(end.constraint_ids):
                edge = Edge(tie=Tie.CONTRADICTS, one=one, other=other)
                edges[one].append(edge)
                edges[other].append(edge)


def source_words(net: GraphNet, constraint: Constraint) -> str:
    """Where a constraint holds and who says so: "sc 3 · you", "line 5", "proposed"."""
    evidence = constraint.evidence
    place = constraint.scope.shot_id or constraint.scope.scene_id
    where = item_name(net.graph, place) if place and place not in net.parents(constraint.id) else ""
    return " · ".join(filter(None, (where, tr("proposed") if constraint.is_proposed else short_source(evidence))))


def net_of(view: GraphView) -> GraphNet:
    """The net of a scene graph, kept with it."""
    known = view.memo.get("net")
    if known is None:
        known = view.memo["net"] = GraphNet(view)
    return known
