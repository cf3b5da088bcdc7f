"""Finds what the scene graph leaves out: what the script says of somebody, or what it says itself elsewhere."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from critic.evidence import described_nouns, normal
from critic.evidence_words import ANCHORS, NOT_SO, SAYS, names_of
from storage.domain.findings import About, Finding, Remedy, RemedyVerb, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Character, Constraint, Origin, Scene, Scope, Shot, ShotId
from storage.domain.synonyms import GARMENT_KINDS
from storage.domain.vocabulary import Attribute

_NOUNS: Mapping[Attribute, Sequence[str]] = {
    Attribute.EYES: ANCHORS[Attribute.EYES],
    Attribute.HAIR_COLOUR: ANCHORS[Attribute.HAIR_COLOUR],
    Attribute.SKIN: ANCHORS[Attribute.SKIN],
    Attribute.GARMENT: tuple(GARMENT_KINDS),
}
# What somebody has in every shot or in none; what is worn is asked for within a scene.
_LASTING = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# What stands before what somebody has or wears. Anything else ("a red coat hangs there") may be nobody's.
_HAD = re.compile(r"\b(?:with|in|wears|wearing|his|her|their|has)\b|-(?:eyed|haired|headed|skinned)\b")

_SaidIn = Mapping[ShotId, Mapping[Attribute, Constraint]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """Attributes: named: ids of the characters that the sentence names."""

    line: int
    attribute: Attribute
    words: str
    value: str
    noun: str
    named: frozenset[str]


def omissions(view: GraphView, lines: Sequence[str]) -> Iterator[Finding]:
    """What a line says of a character that it names, where no constraint does.

    Only sure words count: a known colour on a known noun that somebody has or wears, outside speech. Who of those in
    the film has it is not asked here: a constraint on any character with that value will do, one that rests on the
    same line, or what a director settled for somebody whom the sentence names.

    Args:
        view: the scene graph.
        lines: of the screenplay, line 1 first.

    Returns:
        A `must` drift for each.
    """
    claims = [claim for claim in view.graph.constraints.values() if claim.entity_id in view.graph.characters]
    for scene in view.scenes:
        for said in _sayings(view, scene, lines):
            if not any(_covers(claim, said) for claim in claims):
                key = f"check:omitted/{said.line}/{said.attribute}/{said.noun}"
                message = f"Line {said.line} says “{said.words}”; the scene graph does not."
                remedy = None
                if len(said.named) == 1:
                    worn = said.attribute is Attribute.GARMENT
                    remedy = Remedy(
                        verb=RemedyVerb.ADD,
                        item_id=min(said.named),
                        attribute=said.attribute,
                        part=GARMENT_KINDS[said.noun] if worn else "",
                        value=said.value,
                        scope=Scope(scene_id=scene.id) if worn else Scope(),
                    )
                about = About(item_id=remedy.item_id if remedy else scene.id, line=said.line, remedy=remedy)
                yield _left_out(key, f"Scene {scene.number}", said.words, 0.8, message, about)


def holes(view: GraphView) -> Iterator[Finding]:
    """What somebody has in some shots and not in another one that shows them: eyes, hair and skin in the whole film,
    anything worn at all within a scene.

    Returns:
        A `must` drift for each character and attribute in each such shot.
    """
    for character in view.graph.characters.values():
        shots = [shot for shot in view.shots if any(person.character_id == character.id for person in shot.people)]
        said: _SaidIn = {
            shot.id: {each.attribute: each for each in view.constraints_in(shot.id) if each.entity_id == character.id}
            for shot in shots
        }
        for attribute in _LASTING:
            yield from _missing(character, attribute, shots, said)
        for _, in_scene in groupby(shots, lambda shot: shot.scene_id):
            yield from _missing(character, Attribute.GARMENT, list(in_scene), said)


def _missing(character: Character, attribute: Attribute, shots: Sequence[Shot], said: _SaidIn) -> Iterator[Finding]:
    there = next((said[shot.id][attribute] for shot in shots if attribute in said[shot.id]), None)
    if there is None:
        return
    for shot in shots:
        style = said[shot.id].get(Attribute.HAIR_STYLE)
        wants_none = attribute is Attribute.HAIR_COLOUR and style is not None and style.value == "bald"
        if attribute not in said[shot.id] and not wants_none:
            expected = f"{there.value} {there.part}".strip()
            message = f"Nothing says {character.name}'s {attribute} in shot {shot.label}; elsewhere it is {expected}."
            key = f"check:hole/{shot.id}/{character.id}/{attribute}"
            remedy = Remedy(
                verb=RemedyVerb.ADD,
                item_id=character.id,
                attribute=attribute,
                part=there.part,
                value=there.value,
                scope=Scope(shot_id=shot.id),
            )
            about = About(item_id=shot.id, remedy=remedy)
            yield _left_out(key, f"Shot {shot.label}", expected, 0.9, message, about)


def _left_out(key: str, label: str, expected: str, confidence: float, message: str, about: About) -> Finding:
    return Finding(
        key=key,
        label=label,
        constraint_id=None,
        check="omissions",
        verdict=Verdict.DRIFT,
        must=True,
        expected=expected,
        observed="nothing",
        confidence=confidence,
        message=message,
        about=about,
    )


def _sayings(view: GraphView, scene: Scene, lines: Sequence[str]) -> Iterator[_Said]:
    names = {
        entity_id: re.compile(rf"\b{re.escape(normal(character.name))}\b")
        for entity_id, character in view.graph.characters.items()
    }
    spoken = [normal(line.text) for shot in view.shots_of(scene.id) for line in shot.lines]
    for number in range(scene.first_line + 1, min(scene.last_line, len(lines)) + 1):
        said = normal(lines[number - 1])
        if any(said in speech for speech in spoken):
            continue
        for sentence in _SENTENCE.split(said):
            if not _HAD.search(sentence) or NOT_SO.search(sentence):
                continue
            named = frozenset(str(entity_id) for entity_id, name in names.items() if name.search(sentence))
            for attribute, nouns in _NOUNS.items() if named else ():
                for word, noun in described_nouns(sentence, SAYS[attribute]):
                    if noun in nouns:
                        yield _Said(
                            line=number,
                            attribute=attribute,
                            words=f"{word} {noun}",
                            value=SAYS[attribute][word],
                            noun=noun,
                            named=named,
                        )


def _covers(claim: Constraint, said: _Said) -> bool:
    if claim.attribute is not said.attribute:
        return False
    if said.attribute is Attribute.GARMENT and said.noun not in names_of(claim.part):
        return False
    if claim.evidence.origin in (Origin.DIRECTOR, Origin.PICTURE) and claim.entity_id in said.named:
        return True
    rests_here = claim.evidence.first_line <= said.line <= claim.evidence.last_line
    return rests_here or claim.value.lower() in (said.value, *said.words.split())
