"""A scene graph in film order, with the constraints that hold in each shot."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any

from storage.domain.scene_graph import (
    Constraint,
    Scene,
    SceneGraph,
    SceneId,
    Shot,
    ShotId,
    ShotPerson,
)
from storage.domain.vocabulary import ABSENT, Attribute

# What each size shows of a person who faces the camera.
_CLOSE = frozenset(
    {
        Attribute.EYES,
        Attribute.HAIR_COLOUR,
        Attribute.HAIR_STYLE,
        Attribute.SKIN,
        Attribute.AGE,
        Attribute.GARMENT,
        Attribute.ACCESSORY,
    }
)
_MEDIUM = _CLOSE | {Attribute.BUILD, Attribute.HELD_PROP}
_WIDE = frozenset(
    {
        Attribute.HAIR_COLOUR,
        Attribute.HAIR_STYLE,
        Attribute.SKIN,
        Attribute.BUILD,
        Attribute.GARMENT,
        Attribute.ACCESSORY,
        Attribute.HELD_PROP,
    }
)
_SEEN_OF_A_PERSON = {"close-up": _CLOSE, "medium shot": _MEDIUM, "wide shot": _WIDE, "insert": frozenset[Attribute]()}
_SEEN_FROM_BEHIND = frozenset({Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.GARMENT, Attribute.BUILD})
# A frame has one time, light and weather, whether the setting, the scene or the shot speaks of it.
_OF_THE_FRAME = frozenset(
    {
        Attribute.SETTING,
        Attribute.TIME_OF_DAY,
        Attribute.LIGHT_KEY,
        Attribute.LIGHT_WARMTH,
        Attribute.LIGHT_DIRECTION,
        Attribute.WEATHER,
    }
)
_LOWER_GARMENTS = frozenset({"trousers", "skirt", "boots"})


class GraphView:
    """Answers questions about one scene graph; makes its indexes once.

    Args:
        graph: the graph that it shows; never changed.
    """

    def __init__(self, graph: SceneGraph) -> None:
        self.graph = graph
        self.scenes: tuple[Scene, ...] = tuple(sorted(graph.scenes.values(), key=lambda scene: scene.order))
        by_scene: dict[SceneId, list[Shot]] = defaultdict(list)
        for shot in graph.shots.values():
            by_scene[shot.scene_id].append(shot)
        self._shots_of = {
            scene_id: tuple(sorted(shots, key=lambda shot: shot.order)) for scene_id, shots in by_scene.items()
        }
        self.shots: tuple[Shot, ...] = tuple(shot for scene in self.scenes for shot in self.shots_of(scene.id))
        self.memo: dict[Hashable, Any] = {}
        """Room for what others work out from this graph, which never changes."""
        self._by_entity: dict[str, list[Constraint]] = defaultdict(list)
        self._by_place: dict[tuple[str, str | None], list[Constraint]] = defaultdict(list)
        for constraint in graph.constraints.values():
            scope = constraint.scope
            self._by_entity[constraint.entity_id].append(constraint)
            self._by_place[constraint.entity_id, scope.shot_id or scope.scene_id].append(constraint)

    def shots_of(self, scene_id: SceneId) -> Sequence[Shot]:
        """The shots of a scene, in order."""
        return self._shots_of.get(scene_id, ())

    def scene_of(self, shot_id: ShotId) -> Scene:
        return self.graph.scenes[self.graph.shots[shot_id].scene_id]

    def constraints_of(self, entity_id: str) -> Sequence[Constraint]:
        """Every constraint about one entity, in all scopes."""
        return tuple(self._by_entity.get(entity_id, ()))

    def constraints_in(self, shot_id: ShotId) -> tuple[Constraint, ...]:
        """The constraints that hold in a shot, one for each key: the narrowest scope wins.

        They speak of the people in the shot, its setting, its scene, the shot itself and
        the prop that it shows. Of time, light and weather one holds: what is said of the shot
        before what is said of the scene, and that before what is said of the setting. Sorted by key.
        """
        shot = self.graph.shots[shot_id]
        scene = self.graph.scenes[shot.scene_id]
        entity_ids: list[str] = [person.character_id for person in shot.people]
        entity_ids += [entity for entity in (scene.setting_id, scene.id, shot.id, shot.prop_id) if entity]
        owner_rank: dict[str, int] = {scene.id: 1, shot.id: 2}
        chosen: dict[str, tuple[tuple[int, int, str], Constraint]] = {}
        for entity_id in entity_ids:
            for constraint in self._held_in(entity_id, shot):
                scope = constraint.scope
                if scope.shot_id and scope.scene_id not in (None, scene.id):
                    continue
                slot = constraint.attribute if constraint.attribute in _OF_THE_FRAME else constraint.key
                owner = owner_rank.get(entity_id, 0)
                rank = (max(scope.rank, owner), owner, constraint.id)
                if slot not in chosen or rank > chosen[slot][0]:
                    chosen[slot] = (rank, constraint)
        return tuple(sorted((constraint for _, constraint in chosen.values()), key=lambda constraint: constraint.key))

    def _held_in(self, entity_id: str, shot: Shot) -> Iterator[Constraint]:
        """What is said of an entity in the whole film, in a shot's scene and in the shot."""
        for place in (None, shot.scene_id, shot.id):
            yield from self._by_place.get((entity_id, place), ())

    def visible_in(self, shot_id: ShotId) -> tuple[Constraint, ...]:
        """The constraints in a shot that its plan says can be seen in a picture."""
        shot = self.graph.shots[shot_id]
        people = {person.character_id: person for person in shot.people}
        return tuple(
            constraint
            for constraint in self.constraints_in(shot_id)
            if _can_be_seen(constraint, shot, people.get(constraint.entity_id))  # pyright: ignore[reportArgumentType]
        )


def shots_touched(before: GraphView, after: GraphView) -> frozenset[ShotId]:
    """The shots of the later graph for which something may hold that did not before, new ones included."""
    shots: set[ShotId] = set()
    entities: set[str] = set()
    for kind in ("characters", "settings", "props", "scenes", "shots", "constraints"):
        old: Mapping[Any, Any] = getattr(before.graph, kind)
        new: Mapping[Any, Any] = getattr(after.graph, kind)
        if old is new:
            continue
        differ = [key for key, item in new.items() if old.get(key) is not item and old.get(key) != item]
        differ += [key for key in old if key not in new]
        if kind == "constraints":
            entities.update(item.entity_id for key in differ for item in (old.get(key), new.get(key)) if item)
        else:
            entities.update(differ)
    for shot in after.shots if entities else ():
        scene = after.graph.scenes[shot.scene_id]
        if (
            shot.id in entities
            or scene.id in entities
            or scene.setting_id in entities
            or shot.prop_id in entities
            or any(person.character_id in entities for person in shot.people)
        ):
            shots.add(shot.id)
    return frozenset(shots)


def carry_over(before: GraphView, after: GraphView, touched: Collection[ShotId]) -> None:
    """Keep what was worked out of what shots are made from, for the shots that nothing was done to."""
    for key, value in list(before.memo.items()):
        if isinstance(key, tuple) and (key[0] == "field" or (key[0] in ("inputs", "still") and key[1] not in touched)):
            after.memo[key] = value


def _can_be_seen(constraint: Constraint, shot: Shot, person: ShotPerson | None) -> bool:
    if person is None:
        return constraint.attribute is not Attribute.MOVEMENT
    seen = _SEEN_FROM_BEHIND if person.turned_away else _SEEN_OF_A_PERSON.get(shot.size, _MEDIUM)
    if constraint.attribute not in seen:
        return False
    if constraint.attribute is Attribute.GARMENT and constraint.part in _LOWER_GARMENTS:
        return shot.size == "wide shot"
    return constraint.value != ABSENT or shot.size != "insert"
