"""Painting hair in its styles, and the hat and the scarf that are worn with it."""

import math
from functools import cache

import skia

from pipeline.pocket.brush import mixed, shaded
from pipeline.pocket.figure import Figure
from pipeline.pocket.heads import View
from pipeline.pocket.sketch import INK, Point, Sketch, bow, mirrored, oval, polygon, slab, smooth
from pipeline.pocket.world import HAIR_COLOURS, Rgb, rgb

_FELT = rgb("#6a5138")
_BAND = rgb("#e9dcc0")
_WOOL = rgb("#159a9c")
_STRIPE = rgb("#f3ead6")
_TIE = rgb("#d2385e")
# Where hair ends on the forehead, from frame right to frame left: across from the right temple, the middle
# or the left temple, and down.
_FRINGES: dict[str, tuple[tuple[str, float, float], ...]] = {
    "short": (
        *(("r", 0.04, 0.0), ("r", -0.02, -0.2), ("m", 0.14, -0.3), ("m", -0.02, -0.2)),
        *(("l", 0.08, -0.24), ("l", -0.03, -0.12), ("l", -0.05, 0.0)),
    ),
    "long": (
        *(("r", 0.03, 0.06), ("r", 0.0, -0.12), ("m", 0.16, -0.3), ("m", 0.02, -0.42)),
        *(("m", -0.13, -0.3), ("l", 0.0, -0.12), ("l", -0.03, 0.06)),
    ),
    "curly": (("r", 0.05, 0.04), ("r", -0.02, -0.18), ("m", 0.0, -0.28), ("l", 0.02, -0.18), ("l", -0.05, 0.04)),
    "bun": (("r", 0.05, -0.04), ("r", -0.02, -0.24), ("m", 0.0, -0.37), ("l", 0.02, -0.24), ("l", -0.05, -0.04)),
    "ponytail": (
        *(("r", 0.05, 0.0), ("r", -0.06, -0.2), ("m", 0.02, -0.2)),
        *(("m", -0.15, -0.34), ("l", 0.0, -0.22), ("l", -0.05, 0.0)),
    ),
}
_LOCK: tuple[Point, ...] = (
    *((0.38, -0.28), (0.47, -0.1), (0.5, 0.3), (0.6, 0.72), (0.52, 1.0)),
    *((0.41, 0.94), (0.38, 0.5), (0.4, 0.1), (0.34, -0.1)),
)


def paint_hair_behind(sketch: Sketch, figure: Figure, view: View) -> None:
    """Hair that hangs behind the neck and the face: before body and face are painted."""
    if view.away:
        return
    colour = HAIR_COLOURS[figure.hair_colour]
    back = -0.2 * math.sin(math.radians(70 * view.heading))
    match figure.hair_style:
        case "long":
            mass = (
                (0.0, -0.54), (0.36, -0.46), (0.52, -0.15), (0.54, 0.3), (0.6, 0.85), (0.3, 0.98),
                (-0.3, 0.98), (-0.6, 0.85), (-0.54, 0.3), (-0.52, -0.15), (-0.36, -0.46),
            )  # fmt: skip
            sketch.lit(smooth([(x + back, y) for x, y in mass]), shaded(colour, 0.86))
        case "curly":
            with sketch.moved(back, 0.0):
                sketch.lit(_curls(0.65), shaded(colour, 0.88), rim=0.04)
        case "bun":
            if "hat" in figure.accessories:
                sketch.lit(oval(0.44 * _backside(view), 0.34, 0.2, 0.19), colour)
            else:
                sketch.lit(oval(back * 1.6, -0.66, 0.22, 0.2), colour)
                sketch.line(
                    bow((back * 1.6 - 0.1, -0.68), (back * 1.6, -0.78), (back * 1.6 + 0.12, -0.7)),
                    _streak(colour),
                    0.025,
                )
        case "ponytail":
            _tail(sketch, colour, _backside(view))
        case _:
            pass


@cache
def _curls(around: float) -> skia.Path:
    """The outline of a head of curls that reach a share of the way around it, 1 all around."""
    outline = oval(0.0, -0.06, 0.43, 0.41)
    for k in range(13):
        angle = math.pi * (0.5 + (k / 12 - 0.5) * 2 * around)
        curl = oval(-math.cos(angle) * 0.47, -0.06 - math.sin(angle) * 0.43, 0.185, 0.185)
        outline = skia.Op(outline, curl, skia.PathOp.kUnion_PathOp)
    return outline


def _backside(view: View) -> float:
    """1 where the back of the head lies to frame right, -1 to frame left; between while the head turns."""
    return -max(-1.0, min(1.0, 4 * view.heading - 1))


def _tail(sketch: Sketch, colour: Rgb, way: float) -> None:
    tail = (
        (0.26, -0.5),
        (0.5, -0.6),
        (0.74, -0.36),
        (0.78, 0.1),
        (0.6, 0.62),
        (0.54, 0.2),
        (0.46, -0.12),
        (0.34, -0.3),
    )
    sketch.lit(smooth([(x * way, y) for x, y in tail]), colour)
    sketch.line(bow((0.52 * way, -0.44), (0.68 * way, -0.1), (0.62 * way, 0.3)), _streak(colour), 0.025)
    sketch.line(bow((0.34 * way, -0.54), (0.4 * way, -0.44), (0.38 * way, -0.32)), _TIE, 0.075)


def _streak(colour: Rgb) -> Rgb:
    """A strand that shows on its hair: lighter on dark hair, darker on light hair."""
    return mixed(colour, rgb("#ffffff"), 0.17) if sum(colour) < 240 else mixed(colour, INK, 0.24)


def paint_hair(sketch: Sketch, figure: Figure, view: View) -> None:
    """Hair on the skull and before the shoulders: after the face."""
    style, colour = figure.hair_style, HAIR_COLOURS[figure.hair_colour]
    if style == "bald":
        _bald(sketch, view)
        return
    if view.away:
        _from_behind(sketch, style, colour, "hat" in figure.accessories)
        return
    if style == "long":
        _locks(sketch, colour, view)
    _cap(sketch, style, colour, view)
    if style == "curly":
        for k in range(6):
            angle = math.pi * (0.08 + 0.84 * k / 5)
            x, y = -math.cos(angle) * 0.37 - 0.1 * view.heading, -0.19 - math.sin(angle) * 0.24
            sketch.lit(oval(x, y, 0.135, 0.125), shaded(colour, 1.0 + 0.05 * (k % 2)))


def _bald(sketch: Sketch, view: View) -> None:
    if not view.away:
        glint = (0.16 if sketch.key[0] > 0 else -0.16) + 0.05 * view.heading
        sketch.fill(oval(glint, -0.36, 0.11, 0.055), rgb("#ffffff"), 70)


def _cap(sketch: Sketch, style: str, colour: Rgb, view: View) -> None:
    flat = 0.03 if style in ("bun", "ponytail") else 0.0
    if view.profile:
        low = 0.16 if flat else 0.3
        points = (
            *((0.345, -0.27), (0.37, -0.38), (0.24, -0.54 + flat), (-0.05, -0.6 + flat), (-0.34, -0.48)),
            *((-0.49 + flat, -0.2), (-0.47, 0.1), (-0.36, low), (-0.2, low - 0.02), (-0.14, -0.02), (0.0, 0.02)),
            *((0.05, 0.1), (0.1, -0.06), (0.18, -0.22)),
        )
        path = smooth(mirrored(points, view.side))
    else:
        at = {"l": max(view.across(-62), -0.36), "m": view.across(0), "r": min(view.across(62), 0.36)}
        shift = -0.035 * view.heading
        wide = 0.455 - flat * 0.5
        half = ((wide, 0.04), (wide + 0.015, -0.18), (0.39, -0.4), (0.21, -0.55 + flat))
        top = (*mirrored(half, -1), (0.0, -0.595 + flat), *half[::-1])
        path = smooth([*((x + shift, y) for x, y in top), *((at[edge] + x, y) for edge, x, y in _FRINGES[style])])
    sketch.lit(path, colour, rim=0.045)
    with sketch.clip(path):
        streak = _streak(colour)
        for k in (-0.3, 0.02, 0.3):
            top = -0.1 * view.heading + k * 0.3
            sketch.line(bow((top, -0.58), (k + top * 0.2, -0.46), (k * 1.25, -0.24)), streak, 0.022)


def _locks(sketch: Sketch, colour: Rgb, view: View) -> None:
    """Strands of long hair that fall before the shoulders and leave the collar free."""
    back = 0.12 * math.sin(math.radians(70 * abs(view.heading)))
    for side in (-1, 1):
        if view.profile and side == view.side:
            continue
        # The strand beyond the face keeps clear of the eye; the near one goes back with the head.
        out = (0.05 * min(1.0, 2 * abs(view.heading))) if side == view.side else -back if view.profile else back
        sketch.lit(smooth([((x + out) * side, y) for x, y in _LOCK]), shaded(colour, 0.96))
        strand = ((0.44, 0.0), (0.45, 0.4), (0.5, 0.84))
        sketch.line(bow(*(((x + out) * side, y) for x, y in strand)), _streak(colour), 0.022)


def _from_behind(sketch: Sketch, style: str, colour: Rgb, hat: bool) -> None:
    low = {"short": 0.26, "long": 1.0, "bun": 0.2, "curly": 0.3, "ponytail": 0.2}[style]
    streak = _streak(colour)
    crown = ((0.0, -0.6), (0.21, -0.555), (0.39, -0.41), (0.47, -0.16))
    if style == "long":
        mass = (*crown, (0.51, 0.3), (0.56, 0.8), (0.3, 1.02), (0.0, 0.98))
    else:
        mass = (*crown, (0.44, 0.08), (0.3, low), (0.14, low + 0.1), (0.0, low + 0.06))
    path = smooth([*mass, *mirrored(mass[:0:-1], -1)])
    sketch.lit(path, colour, rim=0.045)
    with sketch.clip(path):
        for k in (-0.3, -0.1, 0.1, 0.3):
            foot = (k * 0.3, -0.3) if style in ("bun", "ponytail") else (k * 1.25, low)
            if style in ("bun", "ponytail"):
                sketch.line(bow((k * 1.3, low + 0.1), (k * 1.2, -0.1), foot), streak, 0.022)
            else:
                sketch.line(bow((k * 0.2, -0.56), (k * 1.5, -0.2), foot), streak, 0.022)
    if style == "curly":
        sketch.lit(_curls(0.93), colour, rim=0.045)
        for k in range(9):
            angle, reach = math.tau * k / 6 + 0.4, 0.3 if k < 6 else 0.1
            x, y = math.cos(angle) * reach, -0.1 + math.sin(angle) * reach
            sketch.lit(oval(x, y, 0.15, 0.14), shaded(colour, 0.97 + 0.05 * (k % 2)))
    elif style == "bun":
        y = 0.2 if hat else -0.52
        sketch.lit(oval(0.0, y, 0.24, 0.22), shaded(colour, 1.06))
        for radius in (0.08, 0.15):
            sketch.line(oval(0.0, y, radius, radius * 0.9), streak, 0.022)
    elif style == "ponytail":
        tail = (
            (-0.1, -0.34),
            (0.0, -0.42),
            (0.1, -0.34),
            (0.2, 0.0),
            (0.18, 0.5),
            (0.02, 0.92),
            (-0.14, 0.5),
            (-0.2, 0.0),
        )
        sketch.lit(smooth(tail), shaded(colour, 1.06))
        for x in (-0.07, 0.07):
            sketch.line(bow((x * 0.6, -0.24), (x * 1.6, 0.1), (x, 0.6)), streak, 0.022)
        sketch.fill(slab(-0.11, -0.38, 0.22, 0.1, 0.04), _TIE)


def paint_hat(sketch: Sketch, view: View) -> None:
    """A felt hat with a pale band: over the hair."""
    tip = 0.0 if view.away else 0.06 * view.heading
    crown = (
        (-0.4, -0.36),
        (-0.36, -0.78),
        (-0.2, -0.9),
        (0.0, -0.84),
        (0.2, -0.9),
        (0.36, -0.78),
        (0.4, -0.36),
        (0.0, -0.3),
    )
    path = smooth([(x - 0.03 * view.heading, y) for x, y in crown])
    sketch.lit(path, _FELT, rim=0.045)
    with sketch.clip(path):
        sketch.fill(slab(-0.6, -0.52, 1.2, 0.12), _BAND)
    brim = smooth(
        (
            (-0.66 + tip, -0.34),
            (-0.3 + tip, -0.42),
            (0.3 + tip, -0.42),
            (0.66 + tip, -0.34),
            (0.36 + tip, -0.27),
            (-0.36 + tip, -0.27),
        )
    )
    sketch.lit(brim, shaded(_FELT, 0.9))


def paint_scarf(sketch: Sketch, centre: float, away: bool) -> None:
    """A striped scarf around the neck, one end hanging: over the garment."""
    way = -1 if away else 1
    end = polygon([(way * x + centre, y) for x, y in ((0.1, 0.56), (0.34, 0.54), (0.42, 1.12), (0.18, 1.16))])
    sketch.lit(end, shaded(_WOOL, 0.86))
    with sketch.clip(end):
        for y in (0.74, 0.88, 1.02):
            sketch.fill(slab(centre - 0.6, y, 1.2, 0.05), _STRIPE)
    wrap = smooth(
        [
            (x + centre * 0.5, y)
            for x, y in ((-0.42, 0.44), (0.0, 0.5), (0.42, 0.44), (0.46, 0.6), (0.0, 0.74), (-0.46, 0.6))
        ]
    )
    sketch.lit(wrap, _WOOL)
    with sketch.clip(wrap):
        for x in (-0.34, -0.18, 0.0, 0.18, 0.34):
            sketch.fill(
                polygon([(x + centre * 0.5 + d, y) for d, y in ((-0.04, 0.4), (0.02, 0.4), (0.06, 0.8), (0.0, 0.8))]),
                _STRIPE,
            )
