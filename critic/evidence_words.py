"""The words with which a script line says a value, independent of the agent that read the script."""

import re
from collections.abc import Mapping

from storage.domain.vocabulary import Attribute


def _said(**groups: str) -> Mapping[str, str]:
    """``grey="gray silver"`` gives grey → grey, gray → grey, silver → grey; underscores are spaces."""
    return {word.replace("_", " "): value for value, words in groups.items() for word in (value, *words.split())}


_COLOURS = _said(
    red="scarlet crimson burgundy maroon ruby",
    blue="navy azure cobalt sapphire",
    green="olive emerald khaki",
    yellow="golden gold mustard",
    white="ivory cream",
    black="ebony jet-black",
    purple="violet lilac lavender",
    orange="tangerine",
    brown="chestnut chocolate",
    grey="gray silver charcoal",
    pink="rose magenta",
    teal="",
    turquoise="",
    beige="",
    tan="",
)

# For each attribute: the word in the line → the value that it says.
SAYS: Mapping[Attribute, Mapping[str, str]] = {
    Attribute.EYES: _said(
        brown="dark chocolate chestnut",
        blue="sapphire azure",
        green="emerald",
        grey="gray",
        amber="golden hazel",
        hazel="",
        violet="",
        black="",
    ),
    Attribute.HAIR_COLOUR: _said(
        black="dark raven ebony jet jet-black",
        brown="brunette chestnut mousy",
        blonde="blond fair golden flaxen sandy",
        red="auburn ginger copper redhead redheaded red-headed",
        grey="gray silver greying graying",
        white="snowy",
        blue="",
        green="",
        pink="",
        purple="",
    ),
    Attribute.HAIR_STYLE: _said(
        short="cropped pixie crew-cut buzz close-cropped",
        long="flowing waist-length ponytail braid braids pigtails dreadlocks",
        bun="chignon topknot",
        curly="curls afro frizzy curled",
        bald="balding hairless shaven shaved",
    ),
    Attribute.SKIN: _said(
        light="pale fair white porcelain ivory", tan="tanned olive bronze bronzed golden", brown="", dark="black ebony"
    ),
    Attribute.BUILD: _said(
        slim="slender thin skinny lean wiry petite gaunt lanky",
        heavy="heavyset stout fat burly overweight portly hefty",
        average="stocky",
    ),
    Attribute.GARMENT: _COLOURS,
    Attribute.ACCESSORY: _COLOURS,
    Attribute.HELD_PROP: _COLOURS,
    Attribute.WEATHER: _said(
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
AGES: Mapping[str, str] = _said(
    child="kid boy girl baby infant toddler",
    young="teen teens teenage teenager adolescent youth youthful twenties",
    adult="thirties forties fifties middle-aged grown",
    old="elderly aged ancient sixties seventies eighties nineties",
)

# The nouns that a value hangs on; parted attributes hang on their part.
ANCHORS: Mapping[Attribute, tuple[str, ...]] = {
    Attribute.EYES: ("eye", "eyes", "eyed"),
    Attribute.HAIR_COLOUR: ("hair", "haired", "headed", "hairs"),
    Attribute.HAIR_STYLE: ("hair", "haired", "headed", "hairs"),
    Attribute.SKIN: ("skin", "skinned", "complexion"),
}

# Words that say hair all by themselves.
ON_ITS_OWN = frozenset(
    {
        *("blonde", "blond", "brunette", "redhead", "redheaded", "red-headed", "bald", "balding"),
        *("bun", "chignon", "topknot", "ponytail", "braid", "braids", "pigtails", "afro", "dreadlocks", "curls"),
    }
)

# Other words for what is worn. A part that is not listed stands for itself.
PARTS: Mapping[str, tuple[str, ...]] = {
    "coat": (
        "raincoat",
        "overcoat",
        "trenchcoat",
        "trench",
        "greatcoat",
        "parka",
        "anorak",
        "peacoat",
        "cloak",
        "cape",
        "mackintosh",
        "oilskin",
        "robe",
        "topcoat",
        "slicker",
    ),
    "jacket": ("blazer", "windbreaker", "bomber", "tuxedo"),
    "shirt": ("blouse", "t-shirt", "tee", "tshirt", "undershirt", "polo", "tunic"),
    "dress": ("gown", "sundress", "nightgown", "frock"),
    "sweater": ("cardigan", "jumper", "pullover", "sweatshirt", "hoodie", "turtleneck"),
    "suit": ("tux", "pantsuit"),
    "uniform": ("scrubs", "fatigues", "overalls", "coveralls"),
    "trousers": ("pants", "jeans", "slacks", "leggings", "shorts", "chinos"),
    "skirt": ("kilt",),
    "boots": ("boot", "wellingtons"),
    "glasses": ("spectacles", "sunglasses", "eyeglasses", "bespectacled"),
    "hat": ("cap", "beanie", "fedora", "bonnet"),
    "scarf": ("shawl",),
    "beard": ("goatee", "bearded"),
    "moustache": ("mustache",),
}

NOT_SO = re.compile(
    r"\b(?:no longer|without|not wearing|isn't wearing|never wears|doesn't wear|bare-headed)\b", re.IGNORECASE
)


def age_band(years: int) -> str:
    """The band of the vocabulary for an age in years."""
    return "child" if years <= 12 else "young" if years <= 29 else "adult" if years <= 59 else "old"


def names_of(part: str) -> tuple[str, ...]:
    """The nouns that a garment, accessory or prop goes by."""
    return (part.lower(), *PARTS.get(part.lower(), ()))
