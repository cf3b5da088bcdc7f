"""Rain that falls and fog that drifts in front of the people."""

import math
import random

import skia

from pipeline.pocket.brush import Brush, Light, mixed, shaded
from pipeline.pocket.world import HEIGHT_PX, WIDTH_PX

_STREAKS = 110
_FALL = 520.0
_SLANT = 0.22
_EDGE = 160


def paint_weather(canvas: skia.Canvas, weather: str, light: Light, seconds: float, seed: int) -> None:
    """Paint rain or fog over a finished picture; clear weather paints nothing.

    Args:
        canvas: a skia canvas in frame coordinates (px).
        weather: one of ``world.WEATHERS``.
        light: the light of the time of day under this weather.
        seconds: time since the clip's first frame.
        seed: which drops and veils there are; the same for every frame of a clip.
    """
    if weather == "rain":
        _rain(canvas, light, seconds, random.Random(seed))
    elif weather == "fog":
        _fog(canvas, light, seconds, random.Random(seed))


def _rain(canvas: skia.Canvas, light: Light, seconds: float, dice: random.Random) -> None:
    brush = Brush(canvas, (1.0, 1.0, 1.0))
    colour = shaded(mixed(light.sky[1], (200, 214, 235), 0.5), 1.3)
    tall = HEIGHT_PX + 120
    shapes = []
    for n in range(_STREAKS):
        x, start, near = dice.uniform(-60, WIDTH_PX + 120), dice.random(), n % 3 == 0
        speed, length, width = (_FALL * 1.25, 44, 2.4) if near else (_FALL * 0.85, 26, 1.6)
        y = (start * tall + seconds * speed) % tall - 80
        x -= y * _SLANT
        shapes.append(
            ((x, y), (x + width, y), (x + width - length * _SLANT, y + length), (x - length * _SLANT, y + length))
        )
    brush.polygons(shapes, colour, 150)
    for _ in range(16):
        x, y, phase = dice.uniform(0, WIDTH_PX), dice.uniform(262, HEIGHT_PX), dice.random()
        age = (seconds * 2.2 + phase) % 1
        brush.oval(x, y, 2 + 7 * age, 1 + 2 * age, colour, round(150 * (1 - age)))


def _fog(canvas: skia.Canvas, light: Light, seconds: float, dice: random.Random) -> None:
    brush = Brush(canvas, (1.0, 1.0, 1.0))
    colour = light.haze[0]
    left, right, low = -_EDGE, WIDTH_PX + _EDGE, HEIGHT_PX + _EDGE
    brush.veil(((left, 60), (right, 60), (right, low), (left, low)), colour, (16, 110), (0, 60), (0, HEIGHT_PX))
    for n in range(3):
        middle, phase, reach = 165 + n * 44, dice.uniform(0, 6.28), dice.uniform(20, 34)
        drift = seconds * (10 + 5 * n) * (1 if n % 2 else -1)
        crest = [
            (x, middle + reach * 0.5 * math.sin((x + drift) / (70 + 12 * n) + phase))
            for x in range(left, right + 20, 20)
        ]
        brush.strip(crest, [(x, middle + 66) for x, _ in crest], colour, (60, 0))
