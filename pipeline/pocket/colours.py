"""Colour words as numbers, and which of a palette's colours is nearest to the eye."""

from collections.abc import Mapping
from types import MappingProxyType

Rgb = tuple[int, int, int]


def _hex(code: str) -> Rgb:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


# CSS colour names, and the words of wardrobe departments.
_NAMED: Mapping[str, Rgb] = MappingProxyType(
    {
        name: _hex(code)
        for name, code in (
            pair.split(":")
            for pair in [
                "aqua:00ffff",
                "aquamarine:7fffd4",
                "azure:f0ffff",
                "beige:f5f5dc",
                "bisque:ffe4c4",
                "black:000000",
                "blue:0000ff",
                "blueviolet:8a2be2",
                "brown:8b4513",
                "burlywood:deb887",
                "cadetblue:5f9ea0",
                "chartreuse:7fff00",
                "chocolate:d2691e",
                "coral:ff7f50",
                "cornflowerblue:6495ed",
                "cornsilk:fff8dc",
                "crimson:dc143c",
                "cyan:00ffff",
                "darkblue:00008b",
                "darkcyan:008b8b",
                "darkgoldenrod:b8860b",
                "darkgray:a9a9a9",
                "darkgreen:006400",
                "darkgrey:a9a9a9",
                "darkkhaki:bdb76b",
                "darkmagenta:8b008b",
                "darkolivegreen:556b2f",
                "darkorange:ff8c00",
                "darkorchid:9932cc",
                "darkred:8b0000",
                "darksalmon:e9967a",
                "darkseagreen:8fbc8f",
                "darkslateblue:483d8b",
                "darkslategray:2f4f4f",
                "darkslategrey:2f4f4f",
                "darkturquoise:00ced1",
                "darkviolet:9400d3",
                "deeppink:ff1493",
                "deepskyblue:00bfff",
                "dimgray:696969",
                "dimgrey:696969",
                "dodgerblue:1e90ff",
                "firebrick:b22222",
                "floralwhite:fffaf0",
                "forestgreen:228b22",
                "fuchsia:ff00ff",
                "gainsboro:dcdcdc",
                "ghostwhite:f8f8ff",
                "gold:ffd700",
                "goldenrod:daa520",
                "gray:808080",
                "green:008000",
                "greenyellow:adff2f",
                "grey:808080",
                "honeydew:f0fff0",
                "hotpink:ff69b4",
                "indianred:cd5c5c",
                "indigo:4b0082",
                "ivory:fffff0",
                "khaki:f0e68c",
                "lavender:e6e6fa",
                "lavenderblush:fff0f5",
                "lawngreen:7cfc00",
                "lemonchiffon:fffacd",
                "lightblue:add8e6",
                "lightcoral:f08080",
                "lightcyan:e0ffff",
                "lightgray:d3d3d3",
                "lightgreen:90ee90",
                "lightgrey:d3d3d3",
                "lightpink:ffb6c1",
                "lightsalmon:ffa07a",
                "lightseagreen:20b2aa",
                "lightskyblue:87cefa",
                "lightslategray:778899",
                "lightsteelblue:b0c4de",
                "lightyellow:ffffe0",
                "lime:00ff00",
                "limegreen:32cd32",
                "linen:faf0e6",
                "magenta:ff00ff",
                "maroon:800000",
                "mediumaquamarine:66cdaa",
                "mediumblue:0000cd",
                "mediumorchid:ba55d3",
                "mediumpurple:9370db",
                "mediumseagreen:3cb371",
                "mediumslateblue:7b68ee",
                "mediumspringgreen:00fa9a",
                "mediumturquoise:48d1cc",
                "mediumvioletred:c71585",
                "midnightblue:191970",
                "mintcream:f5fffa",
                "mistyrose:ffe4e1",
                "moccasin:ffe4b5",
                "navajowhite:ffdead",
                "navy:000080",
                "oldlace:fdf5e6",
                "olive:808000",
                "olivedrab:6b8e23",
                "orange:ffa500",
                "orangered:ff4500",
                "orchid:da70d6",
                "palegoldenrod:eee8aa",
                "palegreen:98fb98",
                "paleturquoise:afeeee",
                "palevioletred:db7093",
                "papayawhip:ffefd5",
                "peachpuff:ffdab9",
                "peru:cd853f",
                "pink:ffc0cb",
                "plum:dda0dd",
                "powderblue:b0e0e6",
                "purple:800080",
                "rebeccapurple:663399",
                "red:ff0000",
                "rosybrown:bc8f8f",
                "royalblue:4169e1",
                "saddlebrown:8b4513",
                "salmon:fa8072",
                "sandybrown:f4a460",
                "seagreen:2e8b57",
                "seashell:fff5ee",
                "sienna:a0522d",
                "silver:c0c0c0",
                "skyblue:87ceeb",
                "slateblue:6a5acd",
                "slategray:708090",
                "slategrey:708090",
                "snow:fffafa",
                "springgreen:00ff7f",
                "steelblue:4682b4",
                "tan:d2b48c",
                "teal:008080",
                "thistle:d8bfd8",
                "tomato:ff6347",
                "turquoise:40e0d0",
                "violet:ee82ee",
                "wheat:f5deb3",
                "white:ffffff",
                "whitesmoke:f5f5f5",
                "yellow:ffff00",
                "yellowgreen:9acd32",
                "amber:ffbf00",
                "burgundy:800020",
                "camel:c19a6b",
                "charcoal:36454f",
                "cream:fffdd0",
                "denim:1560bd",
                "emerald:50c878",
                "lilac:c8a2c8",
                "mauve:e0b0ff",
                "mint:98ff98",
                "mustard:e1ad01",
                "ochre:cc7722",
                "peach:ffe5b4",
                "rose:ff007f",
                "ruby:e0115f",
                "rust:b7410e",
                "sapphire:0f52ba",
                "scarlet:ff2400",
                "hazel:8e7618",
                "auburn:a52a2a",
                "ash:b2beb5",
                "jade:00a86b",
                "plaid:a03030",
                "wine:722f37",
                "copper:b87333",
                "sand:c2b280",
            ]
        )
    }
)


def named_colour(words: str) -> Rgb | None:
    """The colour that words such as "teal" or "dark slate gray" mean; the last known word wins; None if unknown."""
    parts = "".join(c if c.isalpha() else " " for c in words.lower()).split()
    for start in range(len(parts)):
        joined = "".join(parts[start:])
        if joined in _NAMED:
            return _NAMED[joined]
    return next((_NAMED[part] for part in reversed(parts) if part in _NAMED), None)


def nearest_colour(colour: Rgb, palette: Mapping[str, Rgb]) -> str:
    """The word of a palette whose colour is nearest in CIELAB."""
    wanted = _lab(colour)
    return min(palette, key=lambda word: sum((a - b) ** 2 for a, b in zip(wanted, _lab(palette[word]), strict=True)))


def _lab(colour: Rgb) -> tuple[float, float, float]:
    """sRGB 0..255 to CIELAB under D65."""
    r, g, b = (c / 3294.6 if c <= 10.31475 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
