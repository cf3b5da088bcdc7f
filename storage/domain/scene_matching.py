"""Finds the scenes and shots of one draft of a screenplay again in the next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from storage.domain.scene_graph import Scene, SceneGraph, SceneId, Shot, ShotId

_TEXT, _HEADING, _NUMBER = 0.6, 0.3, 0.1
_SAME_SCENE = 0.45
_SAME_SHOT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedScene:
    """A scene with its lines of the screenplay, heading excluded, blank lines left out."""

    scene: Scene
    lines: tuple[str, ...]

    @property
    def content(self) -> tuple[str, tuple[str, ...]]:
        return _flat(self.scene.heading), self.lines


def drafted_scenes(graph: SceneGraph, lines: Sequence[str]) -> list[DraftedScene]:
    """The scenes of a draft in order.

    Args:
        lines: of the screenplay that it was drafted from, line 1 first.
    """
    scenes = sorted(graph.scenes.values(), key=lambda scene: scene.order)
    return [
        DraftedScene(
            scene=scene,
            lines=tuple(line.strip() for line in lines[scene.first_line : scene.last_line] if line.strip()),
        )
        for scene in scenes
    ]


def match_scenes(before: Sequence[DraftedScene], after: Sequence[DraftedScene]) -> dict[SceneId, SceneId]:
    """Which scene of the later draft is which of the earlier: later id → earlier id.

    What reads the same is the same; of the rest those are, which have most in common: words of their text, the
    heading, the number. A scene may be somewhere else in the film.
    """
    found: dict[SceneId, SceneId] = {}
    left = list(before)
    rest: list[DraftedScene] = []
    for each in after:
        same = next((other for other in left if other.content == each.content), None)
        if same is None:
            rest.append(each)
        else:
            found[each.scene.id] = same.scene.id
            left.remove(same)
    bags = {other.scene.id: _bag(other) for other in left}
    pairs = [
        (_alike(each, bag, other, bags[other.scene.id]), -abs(each.scene.order - other.scene.order), each, other)
        for each in rest
        for bag in (_bag(each),)
        for other in left
    ]
    taken: set[SceneId] = set()
    for score, _, each, other in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if score < _SAME_SCENE:
            break
        if each.scene.id not in found and other.scene.id not in taken:
            found[each.scene.id] = other.scene.id
            taken.add(other.scene.id)
    return found


def match_shots(before: Sequence[Shot], after: Sequence[Shot]) -> dict[ShotId, ShotId]:
    """Which shot of a scene is which of its earlier draft: later id → earlier id.

    Shots that plan the same are the same, in order; of the rest those whose action and dialogue are most alike.
    """
    plans = [[_plan(shot) for shot in shots] for shots in (before, after)]
    found: dict[ShotId, ShotId] = {}
    for block in SequenceMatcher(a=plans[0], b=plans[1], autojunk=False).get_matching_blocks():
        for step in range(block.size):
            found[after[block.b + step].id] = before[block.a + step].id
    taken = set(found.values())
    pairs = [
        (SequenceMatcher(a=_words_of(old), b=_words_of(new), autojunk=False).ratio(), new.id, old.id)
        for new in after
        if new.id not in found
        for old in before
        if old.id not in taken
    ]
    for score, new_id, old_id in sorted(pairs, reverse=True):
        if score >= _SAME_SHOT and new_id not in found and old_id not in taken:
            found[new_id] = old_id
            taken.add(old_id)
    return found


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def _bag(scene: DraftedScene) -> Counter[str]:
    return Counter(_flat(" ".join(scene.lines)).split())


def _alike(one: DraftedScene, bag: Mapping[str, int], other: DraftedScene, others: Mapping[str, int]) -> float:
    in_both = sum(min(number, others[word]) for word, number in bag.items() if word in others)
    words = sum(bag.values()) + sum(others.values())
    text = 2 * in_both / words if words else 0.0
    heading = _flat(one.scene.heading) == _flat(other.scene.heading)
    return _TEXT * text + _HEADING * heading + _NUMBER * (one.scene.number == other.scene.number)


def _plan(shot: Shot) -> tuple[object, ...]:
    return (shot.size, shot.angle, shot.movement, shot.people, shot.prop_id, shot.action, shot.lines)


def _words_of(shot: Shot) -> list[str]:
    spoken = " ".join(line.text for line in shot.lines)
    return [shot.size, *(person.character_id for person in shot.people), *_flat(f"{shot.action} {spoken}").split()]
