"""Turns what the script says of eyes, hair, skin, age and build into constraints, and proposes the rest."""

from collections.abc import Sequence

from pipeline.script.breakdown import SceneDraft
from pipeline.script.casting import Cast
from pipeline.script.facts import Change, Fact
from pipeline.script.ledger import PROPOSED, ConstraintList, evidence_of
from pipeline.script.planning import PlannedShot
from pipeline.script.proposals import Proposer
from storage.domain.scene_graph import Billing, CharacterId, Strength
from storage.domain.vocabulary import ABSENT, Attribute

_LASTING = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN, Attribute.AGE, Attribute.BUILD)
_CHANGEABLE = frozenset({Attribute.HAIR_STYLE, Attribute.HAIR_COLOUR})
# A matter of degree: a director wants it, but no cut hangs on it.
_BY_DEGREES = frozenset({Attribute.AGE, Attribute.BUILD})


def add_identities(
    cast: Cast,
    facts: Sequence[Fact],
    planned: Sequence[tuple[SceneDraft, tuple[PlannedShot, ...]]],
    seen: set[CharacterId],
    proposer: Proposer,
    out: ConstraintList,
) -> None:
    """Add the film-wide looks of everyone, and proposals for leads and supporting parts who are seen.

    Where the script says two things of one person, both are added: the critic reports the
    contradiction. A change that the script makes ("now", "dyed", hair put up another day)
    holds from its scene on instead.
    """
    given: dict[tuple[str, Attribute], str] = {}
    for person in cast.characters:
        if cast.characters[person].billing is Billing.GROUP:
            continue
        for attribute in _LASTING:
            own = [fact for fact in facts if fact.character_id == person and fact.attribute is attribute and fact.value]
            if own:
                own = _of_one_mind(own)
                given[person, attribute] = own[0].value
                _add_given(person, attribute, own, planned, out)
        _add_grown(person, facts, out)
    principal = [
        (character, cast.gender[person])
        for person, character in cast.characters.items()
        if person in seen and character.billing in (Billing.LEAD, Billing.SUPPORTING)
    ]
    for (person_id, attribute), value in proposer.looks(principal, given).items():
        out.add(person_id, attribute, value, evidence=PROPOSED, strength=_strength(attribute))


def _strength(attribute: Attribute) -> Strength:
    return Strength.SHOULD if attribute in _BY_DEGREES else Strength.MUST


def _of_one_mind(own: list[Fact]) -> list[Fact]:
    """An age in years outweighs "a young woman"; a bun outweighs "long hair" in one sentence."""
    if own[0].attribute is Attribute.AGE:
        return own[:1]
    if own[0].attribute is Attribute.HAIR_STYLE:
        by_sentence = {(fact.element_index, fact.quote): fact for fact in own}
        return list(by_sentence.values())
    return own


def _add_given(
    person: CharacterId,
    attribute: Attribute,
    own: Sequence[Fact],
    planned: Sequence[tuple[SceneDraft, tuple[PlannedShot, ...]]],
    out: ConstraintList,
) -> None:
    first = own[0]
    out.add(person, attribute, first.value, evidence=evidence_of(first), strength=_strength(attribute))
    value = first.value
    for number, fact in enumerate(own[1:], start=1):
        if fact.value == value:
            continue
        elsewhere = fact.element_index != first.element_index
        if elsewhere and (fact.is_new or (attribute is Attribute.HAIR_STYLE)) and attribute in _CHANGEABLE:
            until = own[number + 1].element_index if number + 1 < len(own) else None
            _hold_from(person, attribute, fact, until, planned, out)
            value = fact.value
        elif not (attribute is Attribute.HAIR_STYLE and not elsewhere):
            out.add(person, attribute, fact.value, evidence=evidence_of(fact), strength=_strength(attribute))


def _hold_from(
    person: CharacterId,
    attribute: Attribute,
    fact: Fact,
    until: int | None,
    planned: Sequence[tuple[SceneDraft, tuple[PlannedShot, ...]]],
    out: ConstraintList,
) -> None:
    """A colour holds to the end or the next change; a hair style to the end of the story day."""
    day = 0
    for scene, _ in planned:
        if scene.elements[1] <= fact.element_index or (until is not None and scene.elements[0] > until):
            continue
        day = day or scene.story_day
        if attribute is Attribute.HAIR_STYLE and scene.story_day != day:
            break
        if person in scene.present:
            out.add(
                person,
                attribute,
                fact.value,
                scene_id=scene.scene_id,
                evidence=evidence_of(fact),
                strength=_strength(attribute),
            )


def _add_grown(person: CharacterId, facts: Sequence[Fact], out: ConstraintList) -> None:
    """A beard is part of the face: it holds through the film."""
    seen: set[str] = set()
    for fact in facts:
        if (
            fact.character_id == person
            and fact.attribute is Attribute.ACCESSORY
            and fact.part in ("beard", "moustache")
            and fact.part not in seen
        ):
            seen.add(fact.part)
            value = ABSENT if fact.change in (Change.NOT, Change.OFF) else fact.value
            out.add(person, fact.attribute, value, part=fact.part, evidence=evidence_of(fact))
