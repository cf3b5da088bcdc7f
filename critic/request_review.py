"""The critic at the handoff from graph to request: every visible constraint is asked for, of the right person."""

from collections.abc import Mapping, Sequence

from critic.answers import finding_on
from critic.subject import word_known_as
from critic.wording import expected_words, head_count
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

# What a prompt's grammar needs, and what the plan says by itself: how many people there are.
_GRAMMAR = (
    *("eyes", "hair", "skin", "build", "light", "key light", "angle", "holding", "of", "a", "the"),
    *("nobody", "one person", "two people", "three", "four", "five", "six", *(str(count) for count in range(2, 10))),
)
_PLACES = ("on the left", "in the middle", "on the right")
_NOUNS = {
    Attribute.EYES: ("eyes",),
    Attribute.HAIR_COLOUR: ("hair",),
    Attribute.SKIN: ("skin",),
    Attribute.BUILD: ("build",),
    Attribute.LIGHT_DIRECTION: ("light from",),
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
        for), or `unseen` and not `must` where the checkpoint cannot draw it. Then, as advice, one
        on phrases that neither a constraint nor the shot plan asks for.
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
    return [*findings, _nothing_else(view, shot_id, frame, people, known_as)]


def _nothing_else(
    view: GraphView,
    shot_id: ShotId,
    frame: Sequence[str],
    people: Sequence[Sequence[str]],
    known_as: Mapping[str, str],
) -> Finding:
    """Whether every phrase is asked for by a constraint that holds in the shot, or by the shot plan."""
    shot, held = view.graph.shots[shot_id], view.constraints_in(shot_id)
    scene = view.scene_of(shot_id)
    setting = view.graph.settings.get(scene.setting_id) if scene.setting_id else None
    prop = view.graph.props.get(shot.prop_id) if shot.prop_id else None
    planned = [shot.size, shot.angle, shot.movement, scene.time_of_day, *_GRAMMAR]
    # A time without a constraint of its own may be drawn in another word of the vocabulary.
    planned += STANDARD_VALUES[Attribute.TIME_OF_DAY] if scene.time_of_day else ()
    planned += [thing.name for thing in (setting, prop) if thing is not None]
    persons = {person.character_id for person in shot.people}
    of_frame = _words_of([c for c in held if c.entity_id not in persons], known_as, planned)
    # With one person the phrases of the frame and of the person are one list, looked through with the person.
    alone = len(shot.people) == 1
    beyond = [] if alone else [phrase for phrase in frame if not _tokens(phrase) <= of_frame]
    for person, said in zip(shot.people, people, strict=False):
        own = [c for c in held if c.entity_id == person.character_id]
        speaks = any(line.character_id == person.character_id for line in shot.lines)
        doing = [person.action, "talking" if speaks else "", "seen from behind" if person.turned_away else ""]
        known = _words_of(own, known_as, [*doing, *_GRAMMAR]) | (of_frame if alone else set[str]())
        beyond += [phrase for phrase in said if not _tokens(phrase) <= known]
    extra = list(dict.fromkeys(beyond))
    return Finding(
        key="check:nothing else",
        label="nothing else",
        constraint_id=None,
        check="request",
        verdict=Verdict.DRIFT if extra else Verdict.OK,
        must=False,
        expected="only what the scene graph says",
        observed=", ".join(extra) or "only that",
        confidence=1.0,
        message="No constraint and no shot plan asks for it." if extra else "",
    )


def _words_of(constraints: Sequence[Constraint], known_as: Mapping[str, str], more: Sequence[str]) -> set[str]:
    words = [*more]
    for constraint in constraints:
        words += [constraint.value, constraint.part, word_known_as(constraint, known_as)]
    return {token for word in words for token in _tokens(word)}


def _tokens(phrase: str) -> set[str]:
    return set(phrase.lower().replace("-", " ").split())


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
    return finding_on(
        constraint,
        view,
        "request",
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
