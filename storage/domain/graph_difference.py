"""What is different between two scene graphs, in sentences that a director reads."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from storage.domain.graph_words import claim_words, counted, listed, name_in
from storage.domain.scene_graph import (
    Character,
    Constraint,
    Line,
    Origin,
    Prop,
    Scene,
    SceneGraph,
    Setting,
    Shot,
    ShotPerson,
)


class Kind(StrEnum):
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is different.

    Attributes:
        item_id: of the character, setting, prop, scene, shot or constraint; empty for the title.
        subject: what to show for it: the entity that a constraint is about, else the item itself.
        sentence: what is different.
    """

    kind: Kind
    item_id: str
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that is different, in film order.

    Attributes:
        other_evidence: how many things differ only in the lines of the screenplay that they rest on.
    """

    changes: tuple[Change, ...]
    other_evidence: int = 0

    @property
    def sentences(self) -> list[str]:
        told = [change.sentence for change in self.changes]
        if self.other_evidence:
            told.append(f"{counted(self.other_evidence, 'thing')} rest on other lines of the screenplay.")
        return told


def difference(before: SceneGraph, after: SceneGraph) -> Difference:
    """Compare two graphs.

    What came or went together with its scene, shot or character is not named by itself.
    """
    changes: list[Change] = []
    if before.title != after.title:
        sentence = f"The title was “{before.title}”, is “{after.title}”."
        changes.append(Change(kind=Kind.CHANGED, item_id="", subject="", sentence=sentence))
    pair = _Pair(before, after)
    for kind in ("characters", "settings", "props"):
        changes += pair.entities(kind)
    changes += pair.scenes()
    changes += pair.shots()
    changes += pair.constraints()
    return Difference(changes=tuple(changes), other_evidence=pair.other_evidence)


class _Pair:
    """Two graphs side by side."""

    def __init__(self, before: SceneGraph, after: SceneGraph) -> None:
        self._before = before
        self._after = after
        self.other_evidence = 0

    def entities(self, kind: str) -> Iterator[Change]:
        say = {"characters": _character_words, "settings": _setting_words, "props": _prop_words}[kind]
        yield from self._items(getattr(self._before, kind), getattr(self._after, kind), say)

    def scenes(self) -> Iterator[Change]:
        before, after = self._before, self._after
        moved = _moved(
            [scene.id for scene in sorted(before.scenes.values(), key=lambda scene: scene.order)],
            [scene.id for scene in sorted(after.scenes.values(), key=lambda scene: scene.order)],
        )
        for scene_id in moved:
            sentence = f"{name_in(after, scene_id).capitalize()} is at another place in the film."
            yield Change(kind=Kind.CHANGED, item_id=scene_id, subject=scene_id, sentence=sentence)
        yield from self._items(before.scenes, after.scenes, self._scene_words, by=lambda scene: scene.order)

    def shots(self) -> Iterator[Change]:
        before, after = self._before, self._after
        old, new = _by_scene(before), _by_scene(after)
        for scene_id in (each for each in new if each in old):
            for shot_id in _moved(old[scene_id], new[scene_id]):
                sentence = f"{name_in(after, shot_id)} is at another place in its scene."
                yield Change(kind=Kind.CHANGED, item_id=shot_id, subject=shot_id, sentence=sentence)

        def place(shot: Shot) -> tuple[int, int]:
            scene = after.scenes.get(shot.scene_id) or before.scenes[shot.scene_id]
            return scene.order, shot.order

        yield from self._items(before.shots, after.shots, self._shot_words, by=place)

    def constraints(self) -> Iterator[Change]:
        before, after = self._before, self._after
        for _, old, new in _differing(before.constraints, after.constraints):
            if old is None:
                assert new is not None
                if _has_its_places(new, before):
                    said = "is proposed" if new.is_proposed else "is new"
                    yield _about(Kind.NEW, new, f"{claim_words(after, new)} {new.value} {said}.")
            elif new is None:
                if _has_its_places(old, after):
                    yield _about(Kind.GONE, old, f"{claim_words(before, old)} {old.value} is gone.")
            elif sentence := _constraint_words(before, after, old, new):
                yield _about(Kind.CHANGED, new, sentence)
            else:
                self.other_evidence += 1

    def _items(
        self,
        before: Mapping[Any, Any],
        after: Mapping[Any, Any],
        say: Callable[[Any, Any], list[str]],
        by: Callable[[Any], Any] | None = None,
    ) -> Iterator[Change]:
        differing = list(_differing(before, after))
        if by is not None:
            differing.sort(key=lambda item: by(item[2] or item[1]))
        for item_id, old, new in differing:
            if old is None:
                sentence = f"{_name(self._after, item_id)} is new{_new_words(self._after, new)}."
                yield Change(kind=Kind.NEW, item_id=item_id, subject=item_id, sentence=sentence)
            elif new is None:
                sentence = f"{_name(self._before, item_id)} is gone."
                yield Change(kind=Kind.GONE, item_id=item_id, subject=item_id, sentence=sentence)
            else:
                told = say(old, new)
                if not told and not _only_order(old, new):
                    self.other_evidence += 1
                for sentence in told:
                    yield Change(kind=Kind.CHANGED, item_id=item_id, subject=item_id, sentence=sentence)

    def _scene_words(self, old: Scene, new: Scene) -> list[str]:
        before, after = self._before, self._after
        name = _name(after, new.id)
        told = _fields(name, old, new, {"heading": "heading", "time_of_day": "time of day", "story_day": "story day"})
        if old.number != new.number:
            told.append(f"{name} was number {old.number}.")
        if old.setting_id != new.setting_id:
            told.append(f"{name} is set in {_named(after, new.setting_id)}, was in {_named(before, old.setting_id)}.")
        was = {each.character_id: each.on_screen for each in old.presences}
        now = {each.character_id: each.on_screen for each in new.presences}
        told += [f"{name_in(after, who)} is in {_small(name)} now." for who in now if who not in was]
        told += [f"{name_in(before, who)} is no longer in {_small(name)}." for who in was if who not in now]
        told += [
            f"{name_in(after, who)} is {'seen' if now[who] else 'only heard'} in {_small(name)} now."
            for who in now
            if who in was and now[who] != was[who]
        ]
        told += [
            f"{name_in(after, each)} is in {_small(name)} now." for each in new.prop_ids if each not in old.prop_ids
        ]
        told += [
            f"{name_in(before, each)} is no longer in {_small(name)}."
            for each in old.prop_ids
            if each not in new.prop_ids
        ]
        return told

    def _shot_words(self, old: Shot, new: Shot) -> list[str]:
        before, after = self._before, self._after
        name = new.label
        named = {"size": "size", "angle": "angle", "movement": "movement", "action": "action"}
        told = _fields(name, old, new, named)
        if old.duration_frames != new.duration_frames:
            told.append(f"{name} lasts {new.duration_frames} frames, was {old.duration_frames}.")
        if old.scene_id != new.scene_id:
            told.append(f"{name} is in {name_in(after, new.scene_id)}, was in {name_in(before, old.scene_id)}.")
        if old.people != new.people:
            was, now = _people(before, old.people), _people(after, new.people)
            what = f"shows {now}, showed {was}" if was != now else "has its people do something else"
            told.append(f"{name} {what}.")
        if old.prop_id != new.prop_id:
            told.append(f"{name} shows {_named(after, new.prop_id)}, showed {_named(before, old.prop_id)}.")
        if old.lines != new.lines:
            told.append(f"{name}: {_lines_words(old.lines, new.lines)}.")
        return told


def _differing(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[tuple[str, Any, Any]]:
    for item_id in dict.fromkeys((*before, *after)):
        old, new = before.get(item_id), after.get(item_id)
        if old is not new and old != new:
            yield item_id, old, new


def _only_order(old: Any, new: Any) -> bool:
    return isinstance(old, (Scene, Shot)) and replace(old, order=new.order) == new


def _has_its_places(constraint: Constraint, graph: SceneGraph) -> bool:
    """Whether what a constraint speaks of is in the other graph too."""
    scope = constraint.scope
    entity = constraint.entity_id
    parts: list[Mapping[Any, Any]] = [graph.characters, graph.settings, graph.props, graph.scenes, graph.shots]
    return (
        any(entity in part for part in parts)
        and (scope.scene_id is None or scope.scene_id in graph.scenes)
        and (scope.shot_id is None or scope.shot_id in graph.shots)
    )


def _about(kind: Kind, constraint: Constraint, sentence: str) -> Change:
    return Change(kind=kind, item_id=constraint.id, subject=constraint.entity_id, sentence=sentence)


def _constraint_words(before: SceneGraph, after: SceneGraph, old: Constraint, new: Constraint) -> str:
    """Empty where only its evidence differs."""
    name = claim_words(after, new)
    told: list[str] = []
    if claim_words(before, replace(old, scope=new.scope)) != claim_words(before, new):
        told.append(f"was of {claim_words(before, old)}")
    elif old.scope != new.scope:
        told.append(f"held in {name_in(before, old.scope.shot_id or old.scope.scene_id or 'the whole film')}")
    if old.value != new.value:
        told.append(f"was {old.value}, is {new.value}")
    if old.strength != new.strength:
        told.append(f"was {old.strength}, is {new.strength}")
    if not told and old.is_proposed and not new.is_proposed:
        told.append(f"{new.value} is settled" if new.evidence.origin is Origin.DIRECTOR else "rests on the script now")
    return f"{name} {'; '.join(told)}." if told else ""


def _character_words(old: Character, new: Character) -> list[str]:
    told: list[str] = []
    if old.name != new.name:
        told.append(f"{old.name} is called {new.name} now.")
    more = [name for name in new.names if name not in old.names and name != new.name]
    fewer = [name for name in old.names if name not in new.names]
    if more:
        told.append(f"{new.name} is also {listed(more)} now.")
    if fewer and old.name == new.name:
        told.append(f"{new.name} is no longer {listed(fewer)}.")
    return told + _fields(new.name, old, new, {"billing": "billing"})


def _setting_words(old: Setting, new: Setting) -> list[str]:
    told = [f"{old.name} is called {new.name} now."] if old.name != new.name else []
    if old.interior != new.interior:
        told.append(f"{new.name} is {'inside' if new.interior else 'outside'} now.")
    return told


def _prop_words(old: Prop, new: Prop) -> list[str]:
    return [f"{old.name} is called {new.name} now."] if old.name != new.name else []


def _fields(name: str, old: Any, new: Any, fields: Mapping[str, str]) -> list[str]:
    return [
        f"{name}: {words} was {_shown(getattr(old, field))}, is {_shown(getattr(new, field))}."
        for field, words in fields.items()
        if getattr(old, field) != getattr(new, field)
    ]


def _shown(value: object) -> str:
    text = str(value) or "nothing"
    return f"“{text}”" if " " in text and len(text) > 20 else text


def _lines_words(old: Sequence[Line], new: Sequence[Line]) -> str:
    were, are = [line.text for line in old], [line.text for line in new]
    more, fewer = [text for text in are if text not in were], [text for text in were if text not in are]
    told = [f"says “{_short(text)}” now" for text in more[:2]] + [
        f"no longer says “{_short(text)}”" for text in fewer[:2]
    ]
    return "; ".join(told) or "its lines are said by others or in another order"


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _people(graph: SceneGraph, people: Sequence[ShotPerson]) -> str:
    return ", ".join(name_in(graph, person.character_id) for person in people) or "nobody"


def _named(graph: SceneGraph, item_id: str | None) -> str:
    return name_in(graph, item_id) if item_id else "nothing"


def _name(graph: SceneGraph, item_id: str) -> str:
    """As it begins a sentence."""
    name = name_in(graph, item_id)
    return f"Scene {name.removeprefix('sc ')}" if item_id in graph.scenes else name


def _small(name: str) -> str:
    return name.replace("Scene ", "scene ", 1)


def _new_words(graph: SceneGraph, item: Any) -> str:
    if isinstance(item, Scene):
        return f": {item.heading}"
    return f": {item.size}, {_people(graph, item.people)}" if isinstance(item, Shot) else ""


def _by_scene(graph: SceneGraph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for shot in sorted(graph.shots.values(), key=lambda shot: shot.order):
        found.setdefault(shot.scene_id, []).append(shot.id)
    return found


def _moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The fewest that have to move for what both have to be in the later order: all but a longest run that rises."""
    place = {each: index for index, each in enumerate(before)}
    common = [each for each in after if each in place]
    tails: list[int] = []
    at: list[int] = []
    for each in common:
        length = bisect_left(tails, place[each])
        tails[length : length + 1] = [place[each]]
        at.append(length)
    left = len(tails) - 1
    stays: set[str] = set()
    for each, length in zip(reversed(common), reversed(at), strict=True):
        if length == left:
            stays.add(each)
            left -= 1
    return [each for each in common if each not in stays]
