"""The attributes that a constraint can be about, and the values that have a standard spelling.

Values are open text: a screenplay may say "teal". The values listed here are the
ones that Matchcut can name, draw a swatch for and, with pocket, draw.
"""

from enum import StrEnum


class Attribute(StrEnum):
    """What a constraint speaks of.

    ``GARMENT``, ``ACCESSORY`` and ``HELD_PROP`` also need a *part*, the thing itself
    ("coat", "glasses", "letter"). A garment's value is its colour; an accessory's or a
    held prop's value is its colour or ``PRESENT``. ``ABSENT`` says that it is not worn
    or not held (any longer).
    """

    EYES = "eyes"
    HAIR_COLOUR = "hair colour"
    HAIR_STYLE = "hair style"
    SKIN = "skin"
    AGE = "age"
    BUILD = "build"
    GARMENT = "garment"
    ACCESSORY = "accessory"
    HELD_PROP = "held prop"
    SETTING = "setting"
    TIME_OF_DAY = "time of day"
    LIGHT_KEY = "light key"
    LIGHT_WARMTH = "light warmth"
    LIGHT_DIRECTION = "light direction"
    WEATHER = "weather"
    SHOT_SIZE = "shot size"
    ANGLE = "angle"
    MOVEMENT = "movement"
    PEOPLE = "people"


PRESENT = "present"
ABSENT = "absent"

CHARACTER_ATTRIBUTES = frozenset(
    {
        Attribute.EYES,
        Attribute.HAIR_COLOUR,
        Attribute.HAIR_STYLE,
        Attribute.SKIN,
        Attribute.AGE,
        Attribute.BUILD,
        Attribute.GARMENT,
        Attribute.ACCESSORY,
        Attribute.HELD_PROP,
    }
)
PARTED_ATTRIBUTES = frozenset({Attribute.GARMENT, Attribute.ACCESSORY, Attribute.HELD_PROP})

EYES = ("brown", "blue", "green", "grey", "amber")
HAIR_COLOURS = ("black", "brown", "blonde", "red", "grey", "white")
HAIR_STYLES = ("short", "long", "bun", "curly", "bald")
SKINS = ("light", "tan", "brown", "dark")
AGES = ("child", "young", "adult", "old")
BUILDS = ("slim", "average", "heavy")
COLOURS = ("red", "blue", "green", "yellow", "white", "black", "purple", "orange", "brown", "grey", "pink")
GARMENTS = ("coat", "jacket", "shirt", "dress", "sweater", "suit", "uniform", "trousers", "skirt", "boots")
UPPER_GARMENTS = ("coat", "jacket", "shirt", "dress", "sweater", "suit", "uniform")
ACCESSORIES = ("glasses", "hat", "scarf", "beard")
TIMES_OF_DAY = ("dawn", "day", "dusk", "night")
LIGHT_KEYS = ("high", "low")
LIGHT_WARMTHS = ("warm", "neutral", "cool")
LIGHT_DIRECTIONS = ("left", "right", "front", "behind")
WEATHERS = ("clear", "rain", "fog", "snow")
SHOT_SIZES = ("close-up", "medium shot", "wide shot", "insert")
ANGLES = ("eye level", "low", "high", "over the shoulder", "point of view")
MOVEMENTS = ("static", "pan left", "pan right", "tilt up", "tilt down", "push in", "pull out")

STANDARD_VALUES: dict[Attribute, tuple[str, ...]] = {
    Attribute.EYES: EYES,
    Attribute.HAIR_COLOUR: HAIR_COLOURS,
    Attribute.HAIR_STYLE: HAIR_STYLES,
    Attribute.SKIN: SKINS,
    Attribute.AGE: AGES,
    Attribute.BUILD: BUILDS,
    Attribute.GARMENT: COLOURS,
    Attribute.ACCESSORY: (PRESENT, *COLOURS),
    Attribute.HELD_PROP: (PRESENT, *COLOURS),
    Attribute.TIME_OF_DAY: TIMES_OF_DAY,
    Attribute.LIGHT_KEY: LIGHT_KEYS,
    Attribute.LIGHT_WARMTH: LIGHT_WARMTHS,
    Attribute.LIGHT_DIRECTION: LIGHT_DIRECTIONS,
    Attribute.WEATHER: WEATHERS,
    Attribute.SHOT_SIZE: SHOT_SIZES,
    Attribute.ANGLE: ANGLES,
    Attribute.MOVEMENT: MOVEMENTS,
}
