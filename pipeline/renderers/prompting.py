"""Turns a frame description into prompt and negative prompt, and presses what was missed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.description import FrameDescription
from storage.domain import vocabulary

# How much more guidance a pressed picture gets: enough to weigh, too little to burn the colours.
_PRESSED_GUIDANCE = 1.25

Lexicon = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What the text encoder is given.

    Attributes:
        guidance_factor: what the checkpoint's own guidance scale is multiplied by.
        left_out: a sentence part for each phrase that did not fit.
    """

    positive: str
    negative: str
    guidance_factor: float = 1.0
    left_out: tuple[str, ...] = ()


def compile_prompt(
    description: FrameDescription,
    pressed: tuple[str, ...] = (),
    *,
    lexicon: Lexicon | None = None,
    fits: Callable[[str], bool] = lambda _: True,
) -> Prompt:
    """Say a description in one prompt.

    A pressed phrase of one person goes to the front and stays in its place; of several
    people it is said twice in place, since at the front it would belong to nobody. What
    would contradict it goes into the negative prompt.

    Args:
        description: what will be drawn, in words that the checkpoint knows.
        pressed: phrases that an earlier take missed.
        lexicon: the only words that the checkpoint knows; None where any will do.
        fits: whether the text encoder can read a prompt to its end.
    """
    phrases = list(description.phrases)
    matched = [match for phrase in pressed if (match := _match(phrase, phrases, lexicon))]
    if len(description.people) > 1:
        said = [each for phrase in phrases for each in ([phrase] * 2 if phrase in matched else [phrase])]
        said = [phrase for phrase in matched if phrase not in phrases] + said
    else:
        said = matched + phrases
    kept = _fitting(said, fits)
    avoided = [*_absent_things(description), *_rivals(matched, phrases, lexicon)]
    return Prompt(
        positive=", ".join(kept),
        negative=", ".join(_fitting(list(dict.fromkeys(avoided)), fits)),
        guidance_factor=_PRESSED_GUIDANCE if matched else 1.0,
        left_out=tuple(f"{phrase} left out: the prompt is too long" for phrase in said if phrase not in kept),
    )


def _match(phrase: str, phrases: list[str], lexicon: Lexicon | None) -> str:
    """The phrase of the prompt that says what a pressed phrase asks for, in the checkpoint's words."""
    if phrase in phrases:
        return phrase
    noun = phrase.rsplit(" ", 1)[-1]
    for said in phrases:
        if said.rsplit(" ", 1)[-1] == noun:
            return said
    return "" if lexicon else phrase


def _fitting(phrases: list[str], fits: Callable[[str], bool]) -> list[str]:
    """As many phrases from the front as the text encoder reads."""
    count = len(phrases)
    while count and not fits(", ".join(phrases[:count])):
        count -= 1
    return phrases[:count]


def _absent_things(description: FrameDescription) -> Iterator[str]:
    worn = {
        thing.kind for person in description.people for thing in (*person.garments, *person.accessories, *person.held)
    }
    for person in description.people:
        # The negative prompt speaks of the whole frame: what somebody else wears cannot be in it.
        yield from (thing for thing in person.absent if thing not in worn)


def _rivals(pressed: Iterable[str], phrases: list[str], lexicon: Lexicon | None) -> Iterator[str]:
    known = {word for words in lexicon.values() for word in words} if lexicon else None
    for phrase in pressed:
        for rival, value in _rivals_of(phrase):
            if rival not in phrases and (known is None or value in known):
                yield rival


def _rivals_of(phrase: str) -> Iterator[tuple[str, str]]:
    *adjectives, noun = phrase.split()
    for values in (vocabulary.SHOT_SIZES, vocabulary.TIMES_OF_DAY, vocabulary.WEATHERS):
        if phrase in values:
            yield from ((value, value) for value in values if value != phrase)
            return
    by_noun = {"eyes": (vocabulary.EYES,), "skin": (vocabulary.SKINS,)}
    by_noun["hair"] = (vocabulary.HAIR_COLOURS, vocabulary.HAIR_STYLES)
    for values in by_noun.get(noun, (vocabulary.COLOURS,)):
        if any(adjective in values for adjective in adjectives):
            yield from ((f"{value} {noun}", value) for value in values if value not in adjectives and value != "bald")
