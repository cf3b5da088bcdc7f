"""The words that pocket knows and the colours that its artist paints them in."""

from collections.abc import Mapping
from types import MappingProxyType

WIDTH_PX = 512
HEIGHT_PX = 288
CLIP_FRAMES = 16
CLIP_RATE = 8
MAX_PEOPLE = 2

Rgb = tuple[int, int, int]


def _palette(**colours: str) -> Mapping[str, Rgb]:
    return MappingProxyType({word: rgb(code) for word, code in colours.items()})


def rgb(code: str) -> Rgb:
    """Turn ``"#rrggbb"`` into three numbers from 0 to 255."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


EYES = _palette(brown="#7d3f14", blue="#1f7df0", green="#2fae48", grey="#8c959f")
HAIR_COLOURS = _palette(black="#201c24", brown="#6e4324", blonde="#e8c659", red="#c9481c", grey="#aab0b8")
SKINS = _palette(light="#f5d3ba", tan="#cf945f", dark="#79472b")
GARMENT_COLOURS = _palette(
    red="#c8372b", blue="#2c63bd", green="#2e8a55", yellow="#e6b820", white="#eeece4", black="#26262d", purple="#7a45ad"
)
HAIR_STYLES = ("short", "long", "bun", "curly", "bald")
GARMENTS = ("coat", "jacket", "shirt", "dress")
ACCESSORIES = ("glasses", "hat", "scarf", "beard")
SETTINGS = ("kitchen", "street", "forest", "beach", "bedroom", "office", "diner", "harbour")
OUTDOORS = frozenset({"street", "forest", "beach", "harbour"})
TIMES_OF_DAY = ("dawn", "day", "dusk", "night")
SHOT_SIZES = ("close-up", "medium shot", "wide shot")
ACTIONS = ("talking", "walking", "blinking", "turning", "nodding")
MOVEMENTS = ("static", "pan left", "pan right", "tilt up", "tilt down", "push in", "pull out")
