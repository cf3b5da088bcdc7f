"""The colour that a swatch shows for a value of a constraint, in plain numbers."""

import re

from storage.domain.vocabulary import Attribute

_COLOURS = {
    "red": "#c8372d", "blue": "#3a6fd0", "green": "#3f8f4f", "yellow": "#e5bd2f", "white": "#f1f1ef",
    "black": "#1c1c1e", "purple": "#7d4aa6", "orange": "#df7f2b", "brown": "#7a4a26", "grey": "#8b8b8f",
    "pink": "#e08fb0", "teal": "#2a8c8c", "navy": "#22335f", "beige": "#d6c6a4", "gold": "#cfa63a",
    "silver": "#bfc3c9", "cream": "#efe6cf", "crimson": "#a81e33", "khaki": "#a79b67", "violet": "#7d4aa6",
}  # fmt: skip
_EYES = {"brown": "#6b4021", "blue": "#3f83d8", "green": "#4f9a5c", "grey": "#8d9499", "amber": "#b9772a"}
_HAIR = {
    "black": "#222021", "brown": "#5b3a22", "blonde": "#d9b665", "red": "#b4431f", "grey": "#96969a",
    "white": "#e9e8e4",
}  # fmt: skip
_SKIN = {"light": "#f0cdb3", "tan": "#d3a277", "brown": "#96643e", "dark": "#5b3a26"}
_TIMES = {"dawn": "#e8a98a", "day": "#a9d3ee", "dusk": "#b8623f", "night": "#263a63"}
_WARMTHS = {"warm": "#e5a552", "neutral": "#c9c9c6", "cool": "#7fa6d8"}
_TABLES = {
    Attribute.EYES: _EYES,
    Attribute.HAIR_COLOUR: _HAIR,
    Attribute.SKIN: _SKIN,
    Attribute.TIME_OF_DAY: _TIMES,
    Attribute.LIGHT_WARMTH: _WARMTHS,
    Attribute.GARMENT: _COLOURS,
    Attribute.ACCESSORY: _COLOURS,
    Attribute.HELD_PROP: _COLOURS,
}


def swatch_of(attribute: Attribute | str, value: str) -> str | None:
    """The colour of a value as "#rrggbb"; None where it names no colour.

    Args:
        attribute: what the value is of; "red" hair is not the red of a coat.
        value: the words of a constraint or of a finding ("dark brown", "blue (drawn as navy)").
    """
    try:
        table = _TABLES.get(Attribute(attribute))
    except ValueError:
        return None
    if table is None:
        return None
    for word in re.findall(r"[a-z]+", value.lower()):
        word = {"gray": "grey", "blond": "blonde"}.get(word, word)
        if word in table:
            return table[word]
    return None


def attribute_of(key: str) -> str:
    """The attribute in a constraint's key, "character:mara/garment/coat" → "garment"; empty if there is none."""
    parts = key.rsplit("/", 2)
    return parts[1] if len(parts) == 3 else ""
