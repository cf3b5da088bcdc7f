"""What is different between two scene graphs, in sentences that a director reads."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from storage.domain.graph_words import claim_words, listed, name_in
from storage.domain.scene_graph import (
    Character,
    Constraint,
    Line,
    Origin,
    Prop,
    Scene,
    SceneGraph,
    SceneId,
    Setting,
    Shot,
    ShotPerson,
)
from storage.domain.told import Counted, Told, marked, together

_PROPOSED = marked("{claim} {value} is proposed.")
_NEW = marked("{claim} {value} is new.")
_IS_IN = marked("{who} is in {scene} now.")
_NO_LONGER_IN = marked("{who} is no longer in {scene}.")
_SEEN = marked("{who} is seen in {scene} now.")
_HEARD = marked("{who} is only heard in {scene} now.")
_SHOWS = marked("{name} shows {now}, showed {was}.")
_DOES = marked("{name} has its people do something else.")
_WAS = marked("was {before}, is {after}")
_CALLED = marked("{old} is called {new} now.")
_INSIDE = marked("{name} is inside now.")
_OUTSIDE = marked("{name} is outside now.")


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
    sentence: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that is different, in film order.

    Attributes:
        other_evidence: how many things differ only in the lines of the screenplay that they rest on.
    """

    changes: tuple[Change, ...]
    other_evidence: int = 0

    @property
    def sentences(self) -> list[Told]:
        told = [change.sentence for change in self.changes]
        if self.other_evidence:
            told.append(
                Counted(
                    "{n} thing rests on other lines of the screenplay.",
                    "{n} things rest on other lines of the screenplay.",
                    self.other_evidence,
                )
            )
        return told


def difference(before: SceneGraph, after: SceneGraph) -> Difference:
    """Compare two graphs.

    What came or went together with its scene, shot or character is not named by itself.
    """
    changes: list[Change] = []
    if before.title != after.title:
        sentence = Told("The title was “{before}”, is “{after}”.", before=before.title, after=after.title)
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
            name = Told("Sc {number}", number=after.scenes[SceneId(scene_id)].number)
            sentence = Told("{name} is at another place in the film.", name=name)
            yield Change(kind=Kind.CHANGED, item_id=scene_id, subject=scene_id, sentence=sentence)
        yield from self._items(before.scenes, after.scenes, self._scene_words, by=lambda scene: scene.order)

    def shots(self) -> Iterator[Change]:
        before, after = self._before, self._after
        old, new = _by_scene(before), _by_scene(after)
        for scene_id in (each for each in new if each in old):
            for shot_id in _moved(old[scene_id], new[scene_id]):
                sentence = Told("{name} is at another place in its scene.", name=name_in(after, shot_id))
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
                    words = _PROPOSED if new.is_proposed else _NEW
                    sentence = Told(words, claim=claim_words(after, new), value=Told(new.value))
                    yield _about(Kind.NEW, new, sentence)
            elif new is None:
                if _has_its_places(old, after):
                    sentence = Told("{claim} {value} is gone.", claim=claim_words(before, old), value=Told(old.value))
                    yield _about(Kind.GONE, old, sentence)
            elif sentence := _constraint_words(before, after, old, new):
                yield _about(Kind.CHANGED, new, sentence)
            else:
                self.other_evidence += 1

    def _items(
        self,
        before: Mapping[Any, Any],
        after: Mapping[Any, Any],
        say: Callable[[Any, Any], list[Told]],
        by: Callable[[Any], Any] | None = None,
    ) -> Iterator[Change]:
        differing = list(_differing(before, after))
        if by is not None:
            differing.sort(key=lambda item: by(item[2] or item[1]))
        for item_id, old, new in differing:
            if old is None:
                sentence = _new_words(self._after, item_id, new)
                yield Change(kind=Kind.NEW, item_id=item_id, subject=item_id, sentence=sentence)
            elif new is None:
                sentence = Told("{name} is gone.", name=_name(self._before, item_id))
                yield Change(kind=Kind.GONE, item_id=item_id, subject=item_id, sentence=sentence)
            else:
                told = say(old, new)
                if not told and not _only_order(old, new):
                    self.other_evidence += 1
                for sentence in told:
                    yield Change(kind=Kind.CHANGED, item_id=item_id, subject=item_id, sentence=sentence)

    def _scene_words(self, old: Scene, new: Scene) -> list[Told]:
        before, after = self._before, self._after
        name, small = _name(after, new.id), Told("scene {number}", number=new.number)
        told = _fields(name, old, new, {"heading": "heading", "time_of_day": "time of day", "story_day": "story day"})
        if old.number != new.number:
            told.append(Told("{name} was number {number}.", name=name, number=old.number))
        if old.setting_id != new.setting_id:
            now, was = _named(after, new.setting_id), _named(before, old.setting_id)
            told.append(Told("{name} is set in {now}, was in {was}.", name=name, now=now, was=was))
        was = {each.character_id: each.on_screen for each in old.presences}
        now = {each.character_id: each.on_screen for each in new.presences}
        told += [Told(_IS_IN, who=name_in(after, who), scene=small) for who in now if who not in was]
        told += [Told(_NO_LONGER_IN, who=name_in(before, who), scene=small) for who in was if who not in now]
        told += [
            Told(_SEEN if now[who] else _HEARD, who=name_in(after, who), scene=small)
            for who in now
            if who in was and now[who] != was[who]
        ]
        props_before, props = old.prop_ids, new.prop_ids
        told += [Told(_IS_IN, who=name_in(after, each), scene=small) for each in props if each not in props_before]
        told += [
            Told(_NO_LONGER_IN, who=name_in(before, each), scene=small) for each in props_before if each not in props
        ]
        return told

    def _shot_words(self, old: Shot, new: Shot) -> list[Told]:
        before, after = self._before, self._after
        name = new.label
        named = {"size": "size", "angle": "angle", "movement": "movement", "action": "action"}
        told = _fields(name, old, new, named)
        if old.duration_frames != new.duration_frames:
            told.append(
                Counted(
                    "{name} lasts {n} frames, was {before}.",
                    "{name} lasts {n} frames, was {before}.",
                    new.duration_frames,
                    name=name,
                    before=old.duration_frames,
                )
            )
        if old.scene_id != new.scene_id:
            now, was = name_in(after, new.scene_id), name_in(before, old.scene_id)
            told.append(Told("{name} is in {now}, was in {was}.", name=name, now=now, was=was))
        if old.people != new.people:
            was, now = _people(before, old.people), _people(after, new.people)
            words = _SHOWS if was != now else _DOES
            told.append(Told(words, name=name, now=now, was=was))
        if old.prop_id != new.prop_id:
            now, was = _named(after, new.prop_id), _named(before, old.prop_id)
            told.append(Told(_SHOWS, name=name, now=now, was=was))
        if old.lines != new.lines:
            told.append(Told("{name}: {what}.", name=name, what=_lines_words(old.lines, new.lines)))
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


def _about(kind: Kind, constraint: Constraint, sentence: Told) -> Change:
    return Change(kind=kind, item_id=constraint.id, subject=constraint.entity_id, sentence=sentence)


def _constraint_words(before: SceneGraph, after: SceneGraph, old: Constraint, new: Constraint) -> Told | None:
    """None where only its evidence differs."""
    told: list[Told] = []
    if claim_words(before, replace(old, scope=new.scope)) != claim_words(before, new):
        told.append(Told("was of {claim}", claim=claim_words(before, old)))
    elif old.scope != new.scope:
        place = old.scope.shot_id or old.scope.scene_id
        told.append(Told("held in {place}", place=name_in(before, place) if place else Told("the whole film")))
    if old.value != new.value:
        told.append(Told(_WAS, before=Told(old.value), after=Told(new.value)))
    if old.strength != new.strength:
        told.append(Told(_WAS, before=Told(old.strength), after=Told(new.strength)))
    if not told and old.is_proposed and not new.is_proposed:
        is_directors = new.evidence.origin is Origin.DIRECTOR
        told.append(
            Told("{value} is settled", value=Told(new.value)) if is_directors else Told("rests on the script now")
        )
    if not told:
        return None
    return Told("{claim} {what}.", claim=claim_words(after, new), what=together(told, "; "))


def _character_words(old: Character, new: Character) -> list[Told]:
    told: list[Told] = []
    if old.name != new.name:
        told.append(Told(_CALLED, old=old.name, new=new.name))
    more = [name for name in new.names if name not in old.names and name != new.name]
    fewer = [name for name in old.names if name not in new.names]
    if more:
        told.append(Told("{name} is also {names} now.", name=new.name, names=listed(more)))
    if fewer and old.name == new.name:
        told.append(Told("{name} is no longer {names}.", name=new.name, names=listed(fewer)))
    return told + _fields(new.name, old, new, {"billing": "billing"})


def _setting_words(old: Setting, new: Setting) -> list[Told]:
    told = [Told(_CALLED, old=old.name, new=new.name)] if old.name != new.name else []
    if old.interior != new.interior:
        told.append(Told(_INSIDE if new.interior else _OUTSIDE, name=new.name))
    return told


def _prop_words(old: Prop, new: Prop) -> list[Told]:
    return [Told(_CALLED, old=old.name, new=new.name)] if old.name != new.name else []


def _fields(name: str, old: Any, new: Any, fields: Mapping[str, str]) -> list[Told]:
    return [
        Told(
            "{name}: {field} was {before}, is {after}.",
            name=name,
            field=Told(words),
            before=_shown(getattr(old, field)),
            after=_shown(getattr(new, field)),
        )
        for field, words in fields.items()
        if getattr(old, field) != getattr(new, field)
    ]


def _shown(value: object) -> str:
    text = str(value) or "nothing"
    return f"“{text}”" if " " in text and len(text) > 20 else Told(text)


def _lines_words(old: Sequence[Line], new: Sequence[Line]) -> Told:
    were, are = [line.text for line in old], [line.text for line in new]
    more, fewer = [text for text in are if text not in were], [text for text in were if text not in are]
    told = [Told("says “{line}” now", line=_short(text)) for text in more[:2]]
    told += [Told("no longer says “{line}”", line=_short(text)) for text in fewer[:2]]
    return together(told, "; ") if told else Told("its lines are said by others or in another order")


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _people(graph: SceneGraph, people: Sequence[ShotPerson]) -> str:
    return ", ".join(name_in(graph, person.character_id) for person in people) or Told("nobody")


def _named(graph: SceneGraph, item_id: str | None) -> str:
    return name_in(graph, item_id) if item_id else Told("nothing")


def _name(graph: SceneGraph, item_id: str) -> str:
    """As it begins a sentence."""
    scene = graph.scenes.get(SceneId(item_id))
    return Told("Scene {number}", number=scene.number) if scene else name_in(graph, item_id)


def _new_words(graph: SceneGraph, item_id: str, item: Any) -> Told:
    name = _name(graph, item_id)
    if isinstance(item, Scene):
        return Told("{name} is new: {heading}.", name=name, heading=item.heading)
    if isinstance(item, Shot):
        people = _people(graph, item.people)
        return Told("{name} is new: {size}, {people}.", name=name, size=Told(item.size), people=people)
    return Told("{name} is new.", name=name)


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
