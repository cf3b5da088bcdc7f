"""A scene graph while it is being edited, and what an edit makes of it."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from storage.domain.scene_graph import Constraint, Evidence, Item, Origin, Scene, SceneGraph, SceneId, Shot, ShotId
from storage.domain.vocabulary import Attribute

KINDS = ("characters", "settings", "props", "scenes", "shots", "constraints")
BY_DIRECTOR = Evidence(origin=Origin.DIRECTOR)
# What a shot's plan and the constraints on it both say.
MIRRORED = {"size": Attribute.SHOT_SIZE, "angle": Attribute.ANGLE, "movement": Attribute.MOVEMENT}
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class EverUsed:
    """What was ever given out in a film, in any revision, and is never given out again.

    Attributes:
        ids: of all items.
        labels: of shots.
        numbers: of scenes.
    """

    ids: Set[str] = frozenset()
    labels: Set[str] = frozenset()
    numbers: Set[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphEdit:
    """What an edit makes of a scene graph. Nothing is changed until it is made.

    Attributes:
        before: the graph that it was worked out for.
        after: the graph as it is then.
        label: what is done, as a person says it.
        dropped: what is lost on the way and might be missed, one sentence each.
        made: id of what is new; empty where nothing is.
        shot_id: the shot that it is about; None where it is about more.
        details: what the ledger keeps besides.
    """

    before: SceneGraph
    after: SceneGraph
    label: str
    dropped: tuple[str, ...] = ()
    made: str = ""
    shot_id: ShotId | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])


class WorkingGraph:
    """Items of a graph that are put and removed one after another; the graph itself is never changed.

    Args:
        graph: where it begins.
    """

    def __init__(self, graph: SceneGraph) -> None:
        self.before = graph
        self._parts: dict[str, dict[str, Any]] = {}

    @property
    def graph(self) -> SceneGraph:
        """The graph as it is now; items that nothing happened to are the same objects."""
        return replace(self.before, **self._parts)

    def items(self, kind: str) -> Mapping[str, Any]:
        """Args: kind: one of `KINDS`."""
        return self._parts[kind] if kind in self._parts else getattr(self.before, kind)

    def put(self, *items: Item) -> None:
        """Put items in, in place of those of the same ids."""
        for item in items:
            self._part(f"{type(item).__name__.lower()}s")[item.id] = item

    def remove(self, kind: str, ids: Iterable[str]) -> None:
        part = self._part(kind)
        for item_id in ids:
            part.pop(item_id, None)

    def change_shot(self, shot: Shot) -> None:
        """Put a shot in, and let the constraints on it say what it says now."""
        old: Shot | None = self.items("shots").get(shot.id)
        self.put(shot)
        if old is None:
            return
        said = {attribute: str(getattr(shot, name)) for name, attribute in MIRRORED.items()}
        said = {what: value for what, value in said.items() if value != str(getattr(old, _FIELD_OF[what]))}
        if len(old.people) != len(shot.people):
            said[Attribute.PEOPLE] = str(len(shot.people))
        for constraint in self.constraints_about(shot.id) if said else ():
            value = said.get(constraint.attribute)
            if value is not None and constraint.value != value:
                self.put(replace(constraint, value=value, evidence=by_director(constraint.evidence)))

    def constraints_about(self, entity_id: str) -> list[Constraint]:
        return [each for each in self.items("constraints").values() if each.entity_id == entity_id]

    def shots_of(self, scene_id: SceneId) -> list[Shot]:
        """The shots of a scene, in order."""
        found = [shot for shot in self.items("shots").values() if shot.scene_id == scene_id]
        return sorted(found, key=lambda shot: shot.order)

    def scenes_in_order(self) -> list[Scene]:
        return sorted(self.items("scenes").values(), key=lambda scene: scene.order)

    def put_in_order(self, shots: Iterable[Shot]) -> None:
        """Number the shots of a scene from 0."""
        self.put(*(replace(shot, order=order) for order, shot in enumerate(shots) if shot.order != order))

    def put_scenes_in_order(self, scenes: Iterable[Scene]) -> None:
        self.put(*(replace(scene, order=order) for order, scene in enumerate(scenes) if scene.order != order))

    def edited(self, label: str, **more: Any) -> GraphEdit:
        """What has been done so far, as one edit."""
        return GraphEdit(before=self.before, after=self.graph, label=label, **more)

    def _part(self, kind: str) -> dict[str, Any]:
        if kind not in self._parts:
            self._parts[kind] = dict(getattr(self.before, kind))
        return self._parts[kind]


_FIELD_OF = {attribute: name for name, attribute in MIRRORED.items()}


def by_director(evidence: Evidence) -> Evidence:
    """The same lines, but a director says so now."""
    return replace(evidence, origin=Origin.DIRECTOR)


def slug(name: str) -> str:
    """A name as part of an id: "Old Jonas" → "old-jonas"; letters of any script are kept."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-_") or "unnamed"


def fresh_id(prefix: str, name: str, *taken: Container[Any]) -> str:
    """An id that was never given out: "character:mara", else "character:mara-2"; "scene:14A"."""
    wanted, number = f"{prefix}:{name if prefix in ('scene', 'shot') else slug(name)}", 2
    found = wanted
    while any(found in ids for ids in taken):
        found, number = f"{wanted}-{number}", number + 1
    return found


def fresh_label(scene_number: str, labels: Set[str]) -> str:
    """The next label of a scene's shots that was never given out: "2D" after "2C", "2A-B" in scene 2A."""
    stem = scene_number if scene_number[-1:].isdigit() else f"{scene_number}-"
    return stem + _fresh_letter(stem, labels)


def fresh_number(after: str, numbers: Set[str]) -> str:
    """A number for a scene that comes after another: "14A" after "14", "14B" after that."""
    stem = re.sub(r"(?<=\d)[A-Z]+$", "", after) or "1"
    return stem + _fresh_letter(stem, numbers)


def _fresh_letter(stem: str, taken: Set[str]) -> str:
    index = 0
    while f"{stem}{_letters(index)}" in taken:
        index += 1
    return _letters(index)


def _letters(index: int) -> str:
    """A, B, … Z, AA, AB …; I and O are skipped, as on a slate."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters


def fresh_constraint_id(constraint: Constraint, taken: Mapping[str, Any]) -> str:
    """An id that says what a constraint is about and where it holds."""
    place = constraint.scope.shot_id or constraint.scope.scene_id or "film"
    part = f"/{constraint.part}" if constraint.part else ""
    wanted, number = f"{constraint.entity_id}/{constraint.attribute}{part}@{place}".replace(" ", "-"), 2
    found = wanted
    while found in taken:
        found, number = f"{wanted}#{number}", number + 1
    return found


def kind_of(graph: SceneGraph, item_id: str) -> str:
    """Which part of a graph has an item: one of `KINDS`, or empty."""
    return next((kind for kind in KINDS if item_id in getattr(graph, kind)), "")
