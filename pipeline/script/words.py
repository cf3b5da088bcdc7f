"""The words with which screenplays describe people, and the standard word for each where there is one."""

import re
from collections.abc import Iterable, Mapping

from pipeline.script.names import word_set


def _spread(**groups: str) -> Mapping[str, str]:
    """``grey="gray silver"`` gives gray → grey, silver → grey and grey → grey."""
    return {word: value for value, words in groups.items() for word in (value, *words.split())}


EYE_COLOURS = _spread(
    brown="dark chocolate chestnut",
    blue="sapphire azure",
    green="emerald",
    grey="gray",
    amber="golden",
    hazel="",
    violet="",
    black="",
)
HAIR_COLOURS = _spread(
    black="dark raven ebony jet",
    brown="brunette chestnut mousy",
    blonde="blond fair golden flaxen sandy",
    red="auburn ginger copper redheaded",
    grey="gray silver greying graying",
    white="snowy",
    blue="",
    green="",
    pink="",
    purple="",
)
HAIR_STYLES = _spread(
    short="cropped pixie crew-cut buzz close-cropped",
    long="flowing waist-length ponytail braid braids pigtails dreadlocks",
    bun="chignon topknot",
    curly="curls afro frizzy curled",
    bald="balding hairless shaven",
)
STYLE_NOUNS = word_set(
    """
    bun chignon topknot ponytail braid braids pigtails afro dreadlocks curls
    """
)
SKINS = _spread(
    light="pale fair white porcelain ivory", tan="tanned olive bronze bronzed golden", brown="", dark="black ebony"
)
BUILDS = _spread(
    slim="slender thin skinny lean wiry petite gaunt lanky",
    heavy="heavyset stout fat burly overweight portly hefty",
    average="stocky",
)
AGE_ADJECTIVES = _spread(old="elderly aged ancient", young="teenage adolescent youthful", adult="middle-aged grown")
COLOURS = _spread(
    red="scarlet crimson burgundy maroon ruby",
    blue="navy azure cobalt sapphire",
    green="olive emerald khaki",
    yellow="golden gold mustard",
    white="ivory cream",
    black="ebony",
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
GARMENT_KINDS = _spread(
    coat="raincoat overcoat trenchcoat trench greatcoat parka anorak peacoat cloak cape mackintosh oilskin robe "
    "topcoat slicker",
    jacket="blazer windbreaker bomber tuxedo",
    shirt="blouse t-shirt tee tshirt undershirt polo tunic",
    dress="gown sundress nightgown frock",
    sweater="cardigan jumper pullover sweatshirt hoodie turtleneck",
    suit="tux pantsuit",
    uniform="scrubs fatigues overalls coveralls",
    trousers="pants jeans slacks leggings shorts chinos",
    skirt="kilt",
    boots="boot wellingtons",
)
OUTER_GARMENTS = frozenset({"coat", "jacket"})
ACCESSORY_KINDS = _spread(
    glasses="spectacles sunglasses eyeglasses",
    hat="cap beanie fedora bonnet",
    scarf="shawl",
    beard="goatee",
    moustache="mustache",
    tie="necktie",
    gloves="glove",
    necklace="",
    earrings="",
    apron="",
    mask="",
    helmet="",
    crown="",
    backpack="rucksack",
)

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
    r"|blondes?|blond|brunette|barefoot|" + _any_of({*GARMENT_KINDS, *ACCESSORY_KINDS, *STYLE_NOUNS}) + r")\b",
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
    r"|pass|giv|brandish|swing|offer|retriev)"
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
_AGE = re.compile(
    r"^\s*(?:(?:a|an|the|in|his|her|their|early|mid|middle|late|about|around|age|aged|maybe|almost|nearly|just"
    r"|barely|over|under|roughly)[\s\-]+)*-?"
    r"(?P<age>\d{1,3})(?:'?s\b|\b(?!\s*(?:minutes?|hours?|seconds?|feet|miles?|times|pounds|dollars|of|stor)))",
    re.IGNORECASE,
)
_AGE_WORD = re.compile(
    r"^\s*(?:(?:in|his|her|their|early|mid|late|a|an)[\s\-]+)*(?P<stem>twent|thirt|fort|fift|sixt|sevent|eight"
    r"|ninet)(?:ies|y-?something|ysomething|y)\b",
    re.IGNORECASE,
)
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
    return "young" if _TEENS.match(text) else ""


def age_band(years: int) -> str:
    """child to 12, young to 29, adult to 59, then old."""
    return "child" if years <= 12 else "young" if years <= 29 else "adult" if years <= 59 else "old"
