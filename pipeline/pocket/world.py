"""The words that pocket knows and the colours that its artist paints them in."""

from collections.abc import Mapping
from types import MappingProxyType

WIDTH_PX = 512
HEIGHT_PX = 288
CLIP_FRAMES = 24
CLIP_RATE = 12
MAX_PEOPLE = 2

Rgb = tuple[int, int, int]


def _palette(**colours: str) -> Mapping[str, Rgb]:
    return MappingProxyType({word: rgb(code) for word, code in colours.items()})


def rgb(code: str) -> Rgb:
    """Turn ``"#rrggbb"`` into three numbers from 0 to 255."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


EYES = _palette(brown="#70380f", blue="#1f7df0", green="#2fae48", grey="#8f99a6", amber="#f0a010")
HAIR_COLOURS = _palette(
    black="#1d1a22", brown="#6b4022", blonde="#e8c659", red="#cc4a1a", grey="#8d949e", white="#efeeea"
)
SKINS = _palette(light="#f8dcc8", olive="#d8b37c", tan="#c98a55", brown="#94582f", dark="#5a3420")
GARMENT_COLOURS = _palette(
    red="#c8372b",
    blue="#2c63bd",
    green="#2e8a55",
    yellow="#e6b820",
    white="#eeece4",
    black="#26262d",
    purple="#7a45ad",
    orange="#ea7a24",
)
HAIR_STYLES = ("short", "long", "bun", "curly", "ponytail", "bald")
AGES = ("young", "adult", "old")
GARMENTS = ("coat", "jacket", "shirt", "dress", "sweater", "suit")
ACCESSORIES = ("glasses", "hat", "scarf", "beard")
PROPS = ("letter", "phone", "cup", "book", "lantern")
INDOORS = ("kitchen", "bedroom", "office", "diner", "library", "corridor")
OUTDOORS = ("street", "forest", "beach", "harbour", "rooftop", "field")
SETTINGS = (*INDOORS, *OUTDOORS)
LAYOUTS = 3
TIMES_OF_DAY = ("dawn", "day", "dusk", "night")
WEATHERS = ("clear", "rain", "fog")
SHOT_SIZES = ("close-up", "medium shot", "wide shot", "insert")
ANGLES = ("eye level", "over the shoulder")
FACINGS = ("front", "left", "right", "away")
ACTIONS = ("talking", "walking", "blinking", "turning", "nodding", "handing over")
MOVEMENTS = ("static", "pan left", "pan right", "tilt up", "tilt down", "push in", "pull out")
