"""Reads weather and light from headings and action; similes and what has stopped do not count."""

import re
from collections.abc import Iterator, Sequence

from pipeline.script.cues import straighten
from storage.domain.vocabulary import Attribute

_WEATHERS = (
    ("snow", re.compile(r"\b(?:snow(?:s|ing|y|fall|flakes?|-covered|storm|falls)?|blizzard|sleet)\b", re.IGNORECASE)),
    (
        "rain",
        re.compile(
            r"\b(?:rain(?:s|ing|y|fall|drops?|storm|-soaked|-slick)?|downpour|drizzl\w+|pouring down|thunderstorm"
            r"|wet street)\b",
            re.IGNORECASE,
        ),
    ),
    ("fog", re.compile(r"\b(?:fog(?:gy)?|mist(?:y)?|haze)\b", re.IGNORECASE)),
    (
        "clear",
        re.compile(r"\b(?:clear sky|blue sky|cloudless|sunny|sunshine|bright sun|sun-drenched)\b", re.IGNORECASE),
    ),
)
_LIGHTS: tuple[tuple[Attribute, str, re.Pattern[str]], ...] = (
    (
        Attribute.LIGHT_KEY,
        "low",
        re.compile(
            r"\b(?:dimly lit|dim light|candle-?li(?:t|ght)|fire-?li(?:t|ght)|lamp-?li(?:t|ght)|moon-?li(?:t|ght)"
            r"|pitch (?:dark|black)|near darkness|half-?light|in (?:the )?darkness|gloom)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Attribute.LIGHT_KEY,
        "high",
        re.compile(
            r"\b(?:brightly lit|bright light|sunlit|sunlight|fluorescents?|floodlit|glaring light|harsh light)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Attribute.LIGHT_WARMTH,
        "warm",
        re.compile(
            r"\b(?:candle-?li(?:t|ght)|fire-?li(?:t|ght)|lamp-?li(?:t|ght)|warm (?:light|glow)|golden light"
            r"|amber light)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Attribute.LIGHT_WARMTH,
        "cool",
        re.compile(
            r"\b(?:moon-?li(?:t|ght)|fluorescents?|cold light|blue light|grey light|gray light)\b", re.IGNORECASE
        ),
    ),
    *(
        (
            Attribute.LIGHT_DIRECTION,
            direction,
            re.compile(
                rf"\b(?:(?:sun|moon|fire)?light|sun|glow|lit|beams?)\b[^.;!?]{{0,40}}\bfrom (?:{words})\b{alone}",
                re.IGNORECASE,
            ),
        )
        for direction, words, alone in (
            ("left", "(?:the |screen |frame |camera )?left", ""),
            ("right", "(?:the |screen |frame |camera )?right", ""),
            ("front", "(?:the )?front", ""),
            ("behind", "behind|the back", r"|\bback-?li(?:t|ght)\b|\bin silhouette\b|\bsilhouetted\b"),
        )
    ),
)
_DENIED = re.compile(
    r"(?:\bno|\bnot|\bnever|\bwithout|\blike(?: a| the)?|\bas if|\bafter the|\bhas stopped|\bstops?"
    r"|\bmemory of) (?:\w+ )?$",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"^ (?:has |have |had )?(?:stopped|stops|ended|lifted|lifts|is over|clears|cleared)\b|^(?:coat|bow|boots?"
    r"|wear|-?proof)",
    re.IGNORECASE,
)


def read_weather(sentences: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The first weather that a scene's text speaks of.

    Args:
        sentences: an index of the caller's choice and a text, in order.

    Returns:
        The index and the standard word, or None.
    """
    for index, text in sentences:
        plain = straighten(text)
        for word, pattern in _WEATHERS:
            if any(_is_meant(plain, found) for found in pattern.finditer(plain)):
                return index, word
    return None


def read_light(sentences: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Attribute, str]]:
    """The first key, warmth and direction of light that a scene's text speaks of, as index, attribute, word."""
    seen: set[Attribute] = set()
    for index, text in sentences:
        plain = straighten(text)
        for attribute, word, pattern in _LIGHTS:
            if attribute not in seen and any(_is_meant(plain, found) for found in pattern.finditer(plain)):
                seen.add(attribute)
                yield index, attribute, word


def _is_meant(text: str, found: re.Match[str]) -> bool:
    return not _DENIED.search(text[max(0, found.start() - 30) : found.start()]) and not _STOPPED.match(
        text[found.end() :]
    )
