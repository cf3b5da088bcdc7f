"""Judges whether the lines that a claim points at say what is claimed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from critic.evidence_words import AGES, ANCHORS, NOT_SO, ON_ITS_OWN, PARTS, SAYS, TIMES, names_of
from storage.domain.scene_graph import Constraint, Evidence
from storage.domain.synonyms import age_band
from storage.domain.vocabulary import ABSENT, PARTED_ATTRIBUTES, PRESENT, Attribute

_MARKUP = re.compile(r"[*_\[\]]|^[.!@>~#]+", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9'é-]+|[,;.()]")
# How many words may stand between a colour and the thing that has it ("blue, rain-soaked wool coat").
_REACH = 3
_LINKS = frozenset({"is", "are", "was", "were", "of", "in", "turned", "dyed", "now"})
_STOPS = frozenset({".", ";", "(", ")", "in", "with", "on", "of", "and", "but", "who"})
_ALL_NOUNS = frozenset(
    {noun for nouns in ANCHORS.values() for noun in nouns}
    | {noun for part, others in PARTS.items() for noun in (part, *others)}
)


class Support(Enum):
    """`SILENT`: the lines neither say it nor say otherwise, in words that are known here."""

    SAID = auto()
    SILENT = auto()
    DENIED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What lines say of a claim.

    Attributes:
        found: the words that say it, or say otherwise.
        value: what they say instead, where that is sure.
    """

    support: Support
    found: str = ""
    value: str = ""


_SILENT = Reading(support=Support.SILENT)


def normal(text: str) -> str:
    """Text without markup, in lower case, with plain quotes and single spaces."""
    for fancy, plain in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("\u00a0", " ")):
        text = text.replace(fancy, plain)
    return " ".join(_MARKUP.sub("", text).lower().split())


def quoted_lines(evidence: Evidence, lines: Sequence[str]) -> str | None:
    """The lines that evidence points at, normalised; None where the script has no such lines."""
    if not 1 <= evidence.first_line <= evidence.last_line <= len(lines):
        return None
    return normal("\n".join(lines[evidence.first_line - 1 : evidence.last_line]))


def is_quoted(evidence: Evidence, said: str) -> bool:
    """Whether the quote's words stand in the lines, in order.

    Spaces, markup and what stands between the words (a note, a parenthetical) do not matter.
    """
    quote = normal(evidence.quote)
    if _letters(quote) in _letters(said):
        return True
    words = iter(re.findall(r"\w+", said))
    return all(word in words for word in re.findall(r"\w+", quote))


def read_claim(constraint: Constraint, said: str) -> Reading:
    """Whether normalised lines say the value of a constraint.

    It is stricter where it can be sure (a colour that stands before the wrong noun) and silent
    where it cannot (a pronoun, a figure of speech).
    """
    attribute, value = constraint.attribute, constraint.value.lower()
    if attribute is Attribute.TIME_OF_DAY:
        return _time(value, said)
    if attribute is Attribute.SETTING:
        return _setting(value, said)
    if attribute is Attribute.AGE:
        return _age(value, said)
    if attribute in PARTED_ATTRIBUTES:
        nouns = names_of(constraint.part)
        if value == ABSENT:
            return Reading(support=Support.SAID) if _mentions(said, nouns) else _SILENT
        if value == PRESENT:
            return _present(said, nouns)
    else:
        nouns = ANCHORS.get(attribute, ())
    words = SAYS.get(attribute)
    if words is None:
        return Reading(support=Support.SAID, found=value) if _mentions(said, (value,)) else _SILENT
    return _described(value, said, words, nouns) if nouns else _named(value, said, words)


def _time(value: str, said: str) -> Reading:
    meant = [(word, values) for word, values in TIMES.items() if _mentions(said, (word,))]
    if not meant:
        return _SILENT
    fitting = next((word for word, values in meant if value in values), None)
    if fitting is not None:
        return Reading(support=Support.SAID, found=fitting)
    word, values = meant[0]
    return Reading(support=Support.DENIED, found=word, value="".join(values) if len(values) == 1 else "")


def _setting(value: str, said: str) -> Reading:
    words = [word for word in re.findall(r"\w+", value) if len(word) > 2 or len(value) < 4]
    found = [word for word in words if _mentions(said, (word,))]
    if found:
        return Reading(support=Support.SAID, found=" ".join(found))
    return Reading(support=Support.DENIED, found=said[:60]) if words else _SILENT


def _age(value: str, said: str) -> Reading:
    """Bands overlap in ordinary speech, so that a line never denies one."""
    numbers = [(number, age_band(int(number))) for number in re.findall(r"\b(\d{1,3})(?:'?s)?\b", said)]
    words = [(word, band) for word, band in AGES.items() if _mentions(said, (word,))]
    fitting = next((word for word, band in (*numbers, *words) if band == value), None)
    return _SILENT if fitting is None else Reading(support=Support.SAID, found=fitting)


def _present(said: str, nouns: tuple[str, ...]) -> Reading:
    denied = NOT_SO.search(said)
    if denied and _mentions(said[denied.end() : denied.end() + 40], nouns):
        return Reading(support=Support.DENIED, found=denied.group(), value=ABSENT)
    return Reading(support=Support.SAID) if _mentions(said, nouns) else _SILENT


def _named(value: str, said: str, words: Mapping[str, str]) -> Reading:
    """Values that need no noun: "slim", "CLOSE ON", "it rains"."""
    meant = {word: meaning for word, meaning in words.items() if _mentions(said, (word,))}
    fitting = next((word for word, meaning in meant.items() if value in (word, meaning)), None)
    if fitting is not None:
        return Reading(support=Support.SAID, found=fitting)
    word = next(iter(meant), "")
    return Reading(support=Support.DENIED, found=word, value=meant[word]) if meant else _SILENT


def _described(value: str, said: str, words: Mapping[str, str], nouns: tuple[str, ...]) -> Reading:
    """Values that hang on a noun: "brown eyes", "eyes of brown", "a brown-eyed man"."""
    pairs = _pairs(said, words, value)
    bound, loose = [pair for pair in pairs if pair[1]], [token for token, noun in pairs if not noun]
    fits = [(token, noun) for token, noun in bound if value in (token, words.get(token))]
    ours = next((pair for pair in fits if pair[1] in nouns), None)
    if ours is not None:
        return Reading(support=Support.SAID, found=" ".join(ours))
    at_large = next((token for token in loose if value in (token, words.get(token))), None)
    if at_large is not None:
        return Reading(support=Support.SAID, found=at_large)
    other = next((pair for pair in bound if pair[1] in nouns), None)
    if other is not None:
        return Reading(support=Support.DENIED, found=" ".join(other), value=words.get(other[0], other[0]))
    if fits:
        return Reading(support=Support.DENIED, found=" ".join(fits[0]))
    return _SILENT


def described_nouns(said: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every known word in normalised lines that describes a known noun, with that noun: ("brown", "eyes")."""
    return [(token, noun) for token, noun in _pairs(said, words) if noun]


def _pairs(said: str, words: Mapping[str, str], value: str = "") -> list[tuple[str, str]]:
    """Each of the words (or the value itself) in the lines, with the noun that it describes; empty where none is."""
    tokens = [part for word in _WORD.findall(said) for part in _split(word, words)]
    return [
        (token, _noun_of(tokens, index))
        for index, token in enumerate(tokens)
        if token in words or (value and token == value)
    ]


def _split(word: str, words: Iterable[str]) -> list[str]:
    """ "brown-eyed" into two; words that are listed with their hyphen stay whole."""
    return [word] if word in words or word in _ALL_NOUNS else [part for part in word.split("-") if part]


def _noun_of(tokens: Sequence[str], index: int) -> str:
    """The known noun that the word at `index` describes; empty where there is none near."""
    if tokens[index] in ON_ITS_OWN:
        return ""
    for token in tokens[index + 1 : index + 2 + _REACH]:
        if token in _ALL_NOUNS:
            return token
        if token in _STOPS:
            break
    if index >= 2 and tokens[index - 1] in _LINKS and tokens[index - 2] in _ALL_NOUNS:
        return tokens[index - 2]
    return ""


def _mentions(said: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<![\w]){re.escape(word)}(?:s|es)?(?![\w])", said) for word in words)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
