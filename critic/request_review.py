"""The critic at the handoff from graph to request: every visible constraint is asked for, of the right person."""

from collections.abc import Mapping, Sequence

from critic.subject import word_known_as
from critic.wording import expected_words, head_count, label_of
from storage.domain.findings import Finding, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint, ShotId, Strength
from storage.domain.vocabulary import (
    ABSENT,
    ANGLES,
    CHARACTER_ATTRIBUTES,
    COLOURS,
    PRESENT,
    STANDARD_VALUES,
    Attribute,
)

_PLACES = ("on the left", "in the middle", "on the right")
_NOUNS = {
    Attribute.EYES: ("eyes",),
    Attribute.HAIR_COLOUR: ("hair",),
    Attribute.SKIN: ("skin",),
    Attribute.BUILD: ("build",),
}


def review_request(
    view: GraphView, shot_id: ShotId, phrases: Sequence[str], known_as: Mapping[str, str]
) -> list[Finding]:
    """Compare the phrases that a renderer is given with the constraints that can be seen in the shot.

    Args:
        phrases: of the compiled description; with several people each one's phrases follow "on
            the left", "in the middle" or "on the right".
        known_as: constraint key → the word that can be drawn in its place; empty where nothing can.

    Returns:
        One finding for each visible constraint: `ok`, `drift` (missing, or another value is asked
        for), or `unseen` and not `must` where the checkpoint cannot draw it.
    """
    shot = view.graph.shots[shot_id]
    frame, people = _by_person([phrase.lower() for phrase in phrases], len(shot.people))
    places = {person.character_id: place for place, person in enumerate(shot.people)}
    findings: list[Finding] = []
    for constraint in view.visible_in(shot_id):
        word = word_known_as(constraint, known_as).lower()
        place = places.get(constraint.entity_id)  # pyright: ignore[reportArgumentType]
        if constraint.attribute in CHARACTER_ATTRIBUTES and place is not None:
            said = people[place] if place < len(people) else ()
        else:
            said = frame
        findings.append(_finding(constraint, word, said, view))
    return findings


def _by_person(phrases: Sequence[str], count: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The phrases of the frame, and each person's."""
    marks = [index for index, phrase in enumerate(phrases) if phrase in _PLACES]
    if not marks:
        return tuple(phrases), [tuple(phrases)] if count else []
    ends = [*marks[1:], len(phrases)]
    return tuple(phrases[: marks[0]]), [tuple(phrases[mark + 1 : end]) for mark, end in zip(marks, ends, strict=True)]


def _finding(constraint: Constraint, word: str, said: Sequence[str], view: GraphView) -> Finding:
    must = constraint.strength is Strength.MUST
    observed, message = "asked for", ""
    if not word:
        verdict, must, observed = Verdict.UNSEEN, False, "left out"
        message = "The checkpoint cannot draw it."
    elif _is_asked(constraint, word, said):
        verdict = Verdict.OK
    else:
        verdict = Verdict.DRIFT
        observed = _asked_instead(constraint, said) or "not asked for"
        message = f"The request does not ask for “{word}”."
    return Finding(
        key=constraint.key,
        label=label_of(constraint, view),
        constraint_id=constraint.id,
        check="request",
        verdict=verdict,
        must=must,
        expected=expected_words(constraint.value, word),
        observed=observed,
        confidence=1.0,
        message=message,
    )


def _is_asked(constraint: Constraint, word: str, said: Sequence[str]) -> bool:
    attribute, part = constraint.attribute, constraint.part.lower()
    if word == ABSENT:
        return not any(_has(phrase, part or str(attribute)) for phrase in said)
    if attribute is Attribute.PEOPLE:
        return any(head_count(phrase) == head_count(word) for phrase in said if head_count(phrase) is not None)
    if word == PRESENT:
        return any(_has(phrase, part) for phrase in said)
    wanted = [token for token in f"{word} {part if part and not _names_a_thing(word) else ''}".split() if token]
    nouns = _NOUNS.get(attribute, ())
    return any(
        all(_has(phrase, token) for token in wanted) and (not nouns or any(_has(phrase, noun) for noun in nouns))
        for phrase in said
    )


def _names_a_thing(word: str) -> bool:
    """Whether a garment's word brings its kind along ("blue coat"), so that the part may be another."""
    return not all(token in COLOURS for token in word.split())


def _asked_instead(constraint: Constraint, said: Sequence[str]) -> str:
    """The phrase that speaks of the same thing; empty where none does."""
    nouns = (*_NOUNS.get(constraint.attribute, ()), constraint.part.lower())
    for phrase in said:
        if any(noun and _has(phrase, noun) for noun in nouns):
            return phrase
    if constraint.attribute in (Attribute.SHOT_SIZE, Attribute.TIME_OF_DAY, Attribute.WEATHER, Attribute.ANGLE):
        known = STANDARD_VALUES.get(constraint.attribute, ANGLES)
        return next((phrase for phrase in said if phrase in known), "")
    return ""


def _has(phrase: str, words: str) -> bool:
    return f" {words} " in f" {phrase.replace('-', ' ')} " or f" {words} " in f" {phrase} "
