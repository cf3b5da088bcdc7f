"""The words with which screenplays describe people, and the standard word for each where there is one."""

import re
from collections.abc import Iterable

from pipeline.script.names import word_set
from storage.domain.synonyms import (
    ACCESSORY_KINDS,
    AGE_ADJECTIVES,
    BUILDS,
    GARMENT_KINDS,
    STYLE_NOUNS,
    age_band,
)

OUTER_GARMENTS = frozenset({"coat", "jacket"})

PERSON_NOUNS = word_set(
    """
    man woman boy girl lady guy gentleman figure person kid child teenager fellow redhead blonde brunette lad
    """
)
BODY_NOUNS = frozenset({"eye", "eyes", "hair", "skin", "complexion", "head"})


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


# A sentence without one of these cannot say what someone looks like.
APPEARANCE = re.compile(
    r"\b(?:eyes?|eyed|hair|haired|headed|redheads?|skin|skinned|complexion|bald|balding|bearded|bespectacled"
    r"|blondes?|blond|brunette|shaved|shaven|greying|graying|"
    + _any_of({*GARMENT_KINDS, *ACCESSORY_KINDS, *STYLE_NOUNS})
    + r")(?:e?s|less)?\b|\bscarves\b",
    re.IGNORECASE,
)
BUILT = re.compile(
    rf"\b(?:{_any_of({*BUILDS, *AGE_ADJECTIVES})})(?:,? \w+)? (?:{_any_of(PERSON_NOUNS)})\b"
    rf"|\bis (?:{_any_of(BUILDS)})\b"
    rf"|\b(?:{_any_of({*BUILDS, *AGE_ADJECTIVES} - {'old', 'aged', 'ancient', 'grown'})}),? [A-Z]{{2,}}",
    re.IGNORECASE,
)
HANDLED = re.compile(
    r"\b(?:hold|hand|pick|grab|carr|clutch|lift|rais|read|pull|produc|pocket|unfold|examin|draw|aim|grip|cradl"
    r"|pass|giv|toss|throw|lend|bring|brandish|swing|offer|retriev)"
    r"(?:s|es|ies|ing|ed|ying|y)?\b",
    re.IGNORECASE,
)

_TENS = {
    "twent": 20,
    "thirt": 30,
    "fort": 40,
    "fift": 50,
    "sixt": 60,
    "sevent": 70,
    "eight": 80,
    "ninet": 90,
    "twenty": 20,
}
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SMALL += ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
# A sentence with one of these may say how old someone is.
AGED = re.compile(
    r"\b(?:is|looks|seems|of|(?:his|her)(?: (?:early|mid|late))?)[ -]"
    rf"(?:\d{{1,3}}\b|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)|(?:{'|'.join(_SMALL)})\b)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"^\s*(?:(?:a|an|the|in|his|her|their|early|mid|middle|late|about|around|age|aged|maybe|almost|nearly|just"
    r"|barely|over|under|roughly)[\s\-]+)*-?"
    r"(?P<age>\d{1,3})(?:'?s\b|\b(?!\s*(?:minutes?|hours?|seconds?|feet|miles?|times|pounds|dollars|of|stor)))",
    re.IGNORECASE,
)
_AGE_WORD = re.compile(
    r"^\s*(?:(?:in|his|her|their|early|mid|late|a|an)[\s\-]+)*(?P<stem>twent|thirt|fort|fift|sixt|sevent|eight"
    r"|ninet)(?:ies|y-?something|y-?ish|y)\b",
    re.IGNORECASE,
)
_AGE_SMALL = re.compile(rf"^\s*(?:aged? )?(?P<age>{'|'.join(_SMALL)})(?=\s*(?:$|[,.;)]|years?\b))", re.IGNORECASE)
_TEENS = re.compile(
    r"^\s*(?:(?:in|his|her|their|early|mid|late|a|an)[\s\-]+)*(?:pre)?(?:teens?|teenager|teenaged?|adolescent)\b",
    re.IGNORECASE,
)
YEARS_OLD = re.compile(r"\b(?P<age>\d{1,3})[- ]years?[- ]old\b", re.IGNORECASE)


def age_word(text: str) -> str:
    """The age band that a text starts with: "34", "30s", "mid-40s", "late teens", "thirties"; else empty."""
    found = _AGE.match(text)
    if found:
        return age_band(int(found.group("age")))
    found = _AGE_WORD.match(text)
    if found:
        return age_band(_TENS[found.group("stem").lower()])
    found = _AGE_SMALL.match(text)
    if found:
        return age_band(2 + _SMALL.index(found.group("age").lower()))
    return "young" if _TEENS.match(text) else ""
