"""Carries what people wear from the line that says it to the next change or the end of the story day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.script.facts import Change, Fact
from pipeline.script.ledger import PROPOSED, ConstraintList, evidence_of
from pipeline.script.planning import PlannedShot
from pipeline.script.proposals import Proposer
from pipeline.script.words import OUTER_GARMENTS
from storage.domain.scene_graph import CharacterId, SceneId, ShotId, Strength
from storage.domain.vocabulary import ABSENT, PRESENT, UPPER_GARMENTS, Attribute

Key = tuple[Attribute, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DressedScene:
    """A scene as the wardrobe department sees it.

    Attributes:
        on_screen: who is seen in it.
        facts: what its action says about what is worn, in order.
    """

    scene_id: SceneId
    story_day: int
    on_screen: tuple[CharacterId, ...]
    shots: tuple[PlannedShot, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """Something worn (or `ABSENT`), and the fact that says so."""

    value: str
    fact: Fact

    @property
    def is_worn(self) -> bool:
        return self.value != ABSENT


_Outfit = dict[Key, _Item]


def dress(
    scenes: Sequence[DressedScene],
    *,
    cast_to_propose: Mapping[CharacterId, str],
    leads: frozenset[CharacterId],
    proposer: Proposer,
    out: ConstraintList,
) -> None:
    """Add the garment and accessory constraints of the whole film.

    Args:
        scenes: in film order.
        cast_to_propose: whom an upper garment is proposed for where the script names none, with gender.
        leads: get garments of different colours.
        out: where the constraints go.
    """
    named_parts: dict[CharacterId, set[str]] = {}
    for scene in scenes:
        for fact in scene.facts:
            if fact.attribute is Attribute.GARMENT:
                named_parts.setdefault(fact.character_id, set()).add(fact.part)
    baselines = _baselines(scenes, cast_to_propose, leads, named_parts, proposer)
    people = sorted({person for scene in scenes for person in scene.on_screen})
    for person in people:
        _Dresser(
            person,
            scenes,
            baselines.get(person),
            not named_parts.get(person, set()) & set(UPPER_GARMENTS),
            proposer,
            out,
        ).dress()


def _baselines(
    scenes: Sequence[DressedScene],
    cast_to_propose: Mapping[CharacterId, str],
    leads: frozenset[CharacterId],
    named_parts: Mapping[CharacterId, set[str]],
    proposer: Proposer,
) -> dict[CharacterId, tuple[str, str]]:
    """One upper garment and colour for each lead and supporting part."""
    taken = {
        fact.value
        for scene in scenes
        for fact in scene.facts
        if fact.character_id in leads and fact.part in UPPER_GARMENTS and fact.value
    }
    chosen: dict[CharacterId, tuple[str, str]] = {}
    for person in sorted(cast_to_propose, key=lambda person: (person not in leads, person)):
        part = proposer.garment(person, cast_to_propose[person], frozenset(named_parts.get(person, ())))
        colour = proposer.garment_colour(person, part, frozenset(taken) if person in leads else frozenset())
        if person in leads:
            taken.add(colour)
        chosen[person] = (part, colour)
    return chosen


class _Dresser:
    """Dresses one person through the film."""

    def __init__(
        self,
        person: CharacterId,
        scenes: Sequence[DressedScene],
        baseline: tuple[str, str] | None,
        baseline_is_all: bool,
        proposer: Proposer,
        out: ConstraintList,
    ) -> None:
        self._person = person
        self._scenes = scenes
        self._baseline = baseline
        self._baseline_is_all = baseline_is_all
        self._proposer = proposer
        self._out = out

    def dress(self) -> None:
        if self._baseline and self._baseline_is_all:
            part, colour = self._baseline
            self._out.add(self._person, Attribute.GARMENT, colour, part=part, evidence=PROPOSED)
        worn: _Outfit = {}
        day = 0
        for number, scene in enumerate(self._scenes):
            facts = [fact for fact in scene.facts if fact.character_id == self._person]
            if self._person not in scene.on_screen and not facts:
                continue
            if scene.story_day != day:
                worn, day = {}, scene.story_day
            is_last = not any(
                self._person in later.on_screen and later.story_day == day for later in self._scenes[number + 1 :]
            )
            by_shot, worn = _through_the_scene(scene, worn, facts, is_last=is_last)
            self._emit(scene, by_shot)

    def _emit(self, scene: DressedScene, by_shot: Sequence[_Outfit]) -> None:
        shown = [
            (planned.shot.id, outfit)
            for planned, outfit in zip(scene.shots, by_shot, strict=True)
            if any(seen.character_id == self._person for seen in planned.shot.people)
        ]
        outfits = [outfit for _, outfit in shown] or list(by_shot[:1])
        keys = list(dict.fromkeys(key for outfit in outfits for key in outfit))
        for key in keys:
            values = {outfit[key].value if key in outfit else None for outfit in outfits}
            if len(values) == 1:
                self._add(key, outfits[0], scene_id=scene.scene_id)
                continue
            for shot_id, outfit in shown:
                if key in outfit:
                    self._add(key, outfit, shot_id=shot_id)
        self._emit_baseline(scene, shown, outfits)

    def _emit_baseline(
        self, scene: DressedScene, shown: Sequence[tuple[ShotId, _Outfit]], outfits: Sequence[_Outfit]
    ) -> None:
        if self._baseline is None or self._baseline_is_all or self._person not in scene.on_screen:
            return
        part, colour = self._baseline
        bare = [not _upper(outfit) for outfit in outfits]
        if all(bare):
            self._out.add(
                self._person, Attribute.GARMENT, colour, part=part, scene_id=scene.scene_id, evidence=PROPOSED
            )
            return
        for (shot_id, _), is_bare in zip(shown, bare, strict=False):
            if is_bare:
                self._out.add(self._person, Attribute.GARMENT, colour, part=part, shot_id=shot_id, evidence=PROPOSED)

    def _add(
        self, key: Key, outfit: _Outfit, *, scene_id: SceneId | None = None, shot_id: ShotId | None = None
    ) -> None:
        attribute, part = key
        item = outfit[key]
        evidence = evidence_of(item.fact)
        value = item.value
        if not value:
            value, evidence = self._proposer.garment_colour(self._person, part), PROPOSED
        covered = (
            part in UPPER_GARMENTS
            and part not in OUTER_GARMENTS
            and item.is_worn
            and any(other in OUTER_GARMENTS for other in _upper(outfit))
        )
        self._out.add(
            self._person,
            attribute,
            value,
            part=part,
            scene_id=scene_id,
            shot_id=shot_id,
            evidence=evidence,
            strength=Strength.SHOULD if covered else Strength.MUST,
        )


def _upper(outfit: _Outfit) -> set[str]:
    return {
        part
        for (attribute, part), item in outfit.items()
        if attribute is Attribute.GARMENT and part in UPPER_GARMENTS and item.is_worn
    }


def _through_the_scene(
    scene: DressedScene, carried: _Outfit, facts: Iterable[Fact], *, is_last: bool
) -> tuple[list[_Outfit], _Outfit]:
    """What is worn in each shot of a scene, and what is carried out of it.

    What the action merely describes was so from the scene's start. What changes before the
    camera holds from the next shot on (a thing handed over, from that shot on).
    """
    base = dict(carried)
    changed: set[Key] = set()
    events: list[tuple[int, Fact]] = []
    last_shot = len(scene.shots) - 1
    for fact in facts:
        key = (fact.attribute, fact.part)
        shot = _shot_of(scene.shots, fact)
        if fact.change in (Change.IS, Change.NOT) and key not in changed:
            _describe(base, carried, key, fact)
            continue
        if fact.change is Change.OFF and key not in base and not changed & {key}:
            seen = PRESENT if fact.attribute is Attribute.ACCESSORY else ""
            base[key] = _Item(value=fact.value or seen, fact=fact)
        changed.add(key)
        starts = shot + (0 if fact.change is Change.GOT else 1)
        if starts > last_shot and is_last:
            starts = last_shot
        events.append((starts, fact))
    by_shot: list[_Outfit] = []
    outfit = dict(base)
    for index in range(len(scene.shots)):
        for starts, fact in events:
            if starts == index:
                _change(outfit, fact)
        by_shot.append(dict(outfit))
    for starts, fact in events:
        if starts > last_shot:
            _change(outfit, fact)
    return by_shot, outfit


def _shot_of(shots: Sequence[PlannedShot], fact: Fact) -> int:
    """Index of the shot that covers the sentence of a fact; the first where none does."""
    for index, planned in enumerate(shots):
        if any(beat.element_index == fact.element_index and beat.text == fact.quote for beat in planned.beats):
            return index
    return 0


def _describe(base: _Outfit, carried: _Outfit, key: Key, fact: Fact) -> None:
    attribute, part = key
    if attribute is Attribute.GARMENT and part in UPPER_GARMENTS and fact.change is Change.IS:
        kept_on = part in OUTER_GARMENTS
        for other in [
            other
            for other in base
            if other in carried and other != key and other[0] is Attribute.GARMENT and other[1] in UPPER_GARMENTS
        ]:
            if base[other] is carried[other] and (other[1] in OUTER_GARMENTS or not kept_on):
                del base[other]
    held = base.get(key)
    value = ABSENT if fact.change is Change.NOT else fact.value
    is_vague = value in ("", PRESENT) and held is not None and held.is_worn
    if not is_vague:
        base[key] = _Item(value=value, fact=fact)


def _change(outfit: _Outfit, fact: Fact) -> None:
    key = (fact.attribute, fact.part)
    if fact.change in (Change.OFF, Change.NOT):
        outfit[key] = _Item(value=ABSENT, fact=fact)
        return
    if fact.change is Change.GAVE:
        if key in outfit:
            outfit[key] = _Item(value=ABSENT, fact=fact)
        return
    if fact.replaces_outfit:
        for other in [other for other in outfit if other[0] is Attribute.GARMENT]:
            del outfit[other]
    elif fact.attribute is Attribute.GARMENT and fact.part in UPPER_GARMENTS:
        layer = fact.part in OUTER_GARMENTS
        for other in [
            other
            for other in outfit
            if other[0] is Attribute.GARMENT and other[1] in UPPER_GARMENTS and (other[1] in OUTER_GARMENTS) == layer
        ]:
            del outfit[other]
    before = outfit.get(key)
    value = fact.value or (before.value if before is not None and before.is_worn else "")
    outfit[key] = _Item(value=value, fact=replace(fact, value=value))
