"""The words with which a script line says a value, independent of the agent that read the script."""

import re
from collections.abc import Mapping

from storage.domain import synonyms
from storage.domain.vocabulary import Attribute

# For each attribute: the word in the line → the value that it says.
SAYS: Mapping[Attribute, Mapping[str, str]] = {
    Attribute.EYES: synonyms.EYE_COLOURS,
    Attribute.HAIR_COLOUR: synonyms.HAIR_COLOURS,
    Attribute.HAIR_STYLE: synonyms.HAIR_STYLES,
    Attribute.SKIN: synonyms.SKINS,
    Attribute.BUILD: synonyms.BUILDS,
    Attribute.GARMENT: synonyms.COLOURS,
    Attribute.ACCESSORY: synonyms.COLOURS,
    Attribute.HELD_PROP: synonyms.COLOURS,
    Attribute.WEATHER: synonyms.spread(
        rain="rains raining rainy drizzle downpour storm",
        fog="foggy mist misty haze",
        snow="snows snowing snowy blizzard",
        clear="sunny cloudless",
    ),
    Attribute.SHOT_SIZE: {
        **dict.fromkeys(("close", "close-up", "closeup", "cu", "ecu", "tight", "closer"), "close-up"),
        **dict.fromkeys(("wide", "wider", "establishing", "long shot", "full shot", "master", "aerial"), "wide shot"),
        **dict.fromkeys(("medium", "angle", "two shot", "two-shot", "over the shoulder"), "medium shot"),
        "insert": "insert",
    },
}

# For each time word: the values that it may mean. An evening is dusk in June and night in December.
TIMES: Mapping[str, frozenset[str]] = {
    word: frozenset(values.split())
    for words, values in {
        "dawn sunrise daybreak": "dawn",
        "morning breakfast": "dawn day",
        "noon midday afternoon lunch lunchtime day daytime daylight": "day",
        "dusk sunset sundown twilight gloaming": "dusk",
        "evening": "dusk night",
        "night midnight nighttime tonight": "night",
    }.items()
    for word in words.split()
}

# Words for an age without a number.
AGES: Mapping[str, str] = {
    **synonyms.AGE_ADJECTIVES,
    **synonyms.spread(
        child="kid boy girl baby infant toddler",
        young="teen teens teenager youth twenties",
        adult="thirties forties fifties",
        old="sixties seventies eighties nineties",
    ),
}

# The nouns that a value hangs on; parted attributes hang on their part.
ANCHORS: Mapping[Attribute, tuple[str, ...]] = {
    Attribute.EYES: ("eye", "eyes", "eyed"),
    Attribute.HAIR_COLOUR: ("hair", "haired", "headed", "hairs"),
    Attribute.HAIR_STYLE: ("hair", "haired", "headed", "hairs"),
    Attribute.SKIN: ("skin", "skinned", "complexion"),
}

# Words that say hair all by themselves.
ON_ITS_OWN = synonyms.STYLE_NOUNS | {
    *("blonde", "blond", "brunette", "redhead", "redheaded", "red-headed", "bald", "balding"),
}

_WORN = {**synonyms.GARMENT_KINDS, **synonyms.ACCESSORY_KINDS, "bespectacled": "glasses", "bearded": "beard"}
# Other words for what is worn. A part that is not listed stands for itself.
PARTS: Mapping[str, tuple[str, ...]] = {
    part: tuple(word for word, kind in _WORN.items() if kind == part and word != part)
    for part in dict.fromkeys(_WORN.values())
}

NOT_SO = re.compile(
    r"\b(?:no longer|without|not wearing|isn't wearing|never wears|doesn't wear|bare-headed)\b", re.IGNORECASE
)


def names_of(part: str) -> tuple[str, ...]:
    """The nouns that a garment, accessory or prop goes by."""
    return (part.lower(), *PARTS.get(part.lower(), ()))
