"""Painting the trunk in its garment: coat, jacket, shirt, dress, sweater or suit, from the front and the back."""

from collections.abc import Callable
from contextlib import nullcontext

import skia

from pipeline.pocket.body import Build, seam_of
from pipeline.pocket.brush import mixed, shaded
from pipeline.pocket.figure import Figure
from pipeline.pocket.sketch import INK, Point, Sketch, bow, mirrored, oval, polygon, slab, smooth
from pipeline.pocket.world import GARMENT_COLOURS, SKINS, Rgb, rgb

# How far down a garment reaches and half its width there, in head heights.
_HEMS = {
    "coat": (2.68, 0.74),
    "jacket": (1.78, 0.60),
    "shirt": (1.94, 0.58),
    "dress": (2.62, 1.02),
    "sweater": (1.88, 0.64),
    "suit": (2.00, 0.63),
}
_STEEL = rgb("#dfe3ea")
_LINEN = rgb("#f7f5ee")
_TIE = rgb("#7c1630")
_PULLOVER = rgb("#a9b9ca")


def paint_trunk(sketch: Sketch, figure: Figure, build: Build, away: bool) -> None:
    """Paint the trunk over the neck, and what is seen of the garment's cut.

    Args:
        sketch: in head heights from the centre of the head.
        figure: who wears what.
        build: the measures of the body.
        away: whether the back is seen.
    """
    trunk = _outline(figure.garment, build)
    with sketch.part("garment"):
        sketch.lit(trunk, GARMENT_COLOURS[figure.garment_colour], rim=0.05)
        with sketch.clip(trunk):
            if figure.garment == "sweater":
                for y in (0.92, 1.12, 1.32, 1.52):
                    sketch.line(bow((-1.0, y), (build.centre, y + 0.06), (1.0, y)), seam_of(figure), 0.07)
                _ribs(sketch, figure, 1.72, 0.2)
            elif figure.garment == "jacket":
                _ribs(sketch, figure, 1.64, 0.2)
        # Seen from the side, what lies on the chest must not stand out before it.
        with sketch.clip(_with_collar(trunk, build)) if build.turned >= 0.2 else nullcontext():
            sketch.canvas.save()
            sketch.canvas.translate(build.centre, build.drop)
            sketch.canvas.scale(build.squeeze, 1.0)
            (_BACKS if away else _FRONTS)[figure.garment](sketch, figure)
            sketch.canvas.restore()


def _with_collar(trunk: skia.Path, build: Build) -> skia.Path:
    path = skia.Path(trunk)
    half = 0.45 * build.squeeze
    # The trunk runs the other way round: added as it is, the oval would cut a hole into it.
    path.reverseAddPath(oval(build.centre, 0.54 + build.drop, half, 0.2))
    return path


def _outline(garment: str, build: Build) -> skia.Path:
    hem, half = _HEMS[garment]
    shoulder, top = build.shoulder, build.drop
    narrow = 1 - 0.30 * build.turned
    neck = 0.24 * (1 - 0.2 * build.turned)
    lean = build.centre * 0.3
    waist = (0.42 if garment == "dress" else 0.56) * narrow
    half *= narrow if garment != "dress" else 1 - 0.15 * build.turned
    path = skia.Path()
    path.moveTo(lean - neck, 0.47 + top)
    for side in (-1, 1):
        down = [
            ((side * (neck + 0.12), 0.56 + top), (side * shoulder, 0.56 + top), (side * shoulder, 0.84 + top)),
            ((side * (shoulder - 0.06), 1.1), (side * waist, 1.25), (side * waist, 1.48)),
            ((side * waist, 1.7), (side * half, hem - 0.3), (side * half, hem)),
        ]
        if side < 0:
            for first, second, end in down:
                path.cubicTo(*first, *second, *end)
            path.quadTo(0.0, hem + 0.08, half, hem)
        else:
            for (first, second, _), start in zip(
                reversed(down), (down[1][2], down[0][2], (lean + neck, 0.47 + top)), strict=True
            ):
                path.cubicTo(*second, *first, *start)
    path.close()
    return path


def _ribs(sketch: Sketch, figure: Figure, top: float, height: float) -> None:
    sketch.fill(slab(-1.0, top, 2.0, height + 0.2), mixed(GARMENT_COLOURS[figure.garment_colour], seam_of(figure), 0.5))
    for k in range(-6, 7):
        sketch.fill(slab(k * 0.11 - 0.02, top, 0.04, height + 0.2), seam_of(figure))


def _pair(sketch: Sketch, points: tuple[Point, ...], colour: Rgb) -> None:
    """A shape on both sides of the chest."""
    for side in (-1, 1):
        sketch.lit(polygon(mirrored(points, side)), colour)


def _coat(sketch: Sketch, figure: Figure) -> None:
    cloth, seam = GARMENT_COLOURS[figure.garment_colour], seam_of(figure)
    sketch.fill(polygon(((-0.3, 0.42), (0.3, 0.42), (0.22, 0.8), (0.0, 1.42), (-0.22, 0.8))), _PULLOVER)
    sketch.fill(slab(-0.2, 0.42, 0.4, 0.16, 0.07), shaded(_PULLOVER, 0.85))
    sketch.line(bow((0.0, 1.4), (0.02, 2.0), (0.0, 2.66)), seam, 0.035)
    lapel = ((0.2, 0.38), (0.42, 0.44), (0.64, 0.74), (0.5, 0.8), (0.58, 0.94), (0.0, 1.46), (0.19, 0.78))
    _pair(sketch, lapel, mixed(cloth, seam, 0.5))
    for side in (-1, 1):
        sketch.line(polygon(mirrored(lapel, side)), seam, 0.022)
    for side in (-1, 1):
        sketch.line(bow((side * 0.2, 0.78), (side * 0.35, 0.8), (side * 0.5, 0.8)), mixed(seam, INK, 0.5), 0.025)
    button = rgb("#8a8a96") if figure.garment_colour == "black" else mixed(shaded(cloth, 0.3), INK, 0.5)
    for y in (1.5, 1.76, 2.02):
        for side in (-1, 1):
            sketch.fill(oval(side * 0.17, y, 0.06, 0.06), button)


def _jacket(sketch: Sketch, figure: Figure) -> None:
    seam = seam_of(figure)
    collar = smooth(((-0.34, 0.4), (0.0, 0.5), (0.34, 0.4), (0.38, 0.58), (0.0, 0.68), (-0.38, 0.58)))
    sketch.lit(collar, mixed(GARMENT_COLOURS[figure.garment_colour], seam, 0.55))
    sketch.line(collar, seam, 0.022)
    sketch.fill(slab(-0.055, 0.48, 0.11, 1.26, 0.03), seam)
    sketch.fill(slab(-0.03, 0.48, 0.06, 1.26, 0.02), _STEEL)
    sketch.fill(slab(-0.05, 0.68, 0.1, 0.14, 0.03), shaded(_STEEL, 0.8))
    for side in (-1, 1):
        sketch.line(bow((side * 0.22, 1.5), (side * 0.3, 1.4), (side * 0.4, 1.24)), seam, 0.045)


def _shirt(sketch: Sketch, figure: Figure) -> None:
    cloth, seam = GARMENT_COLOURS[figure.garment_colour], seam_of(figure)
    skin = SKINS[figure.skin]
    sketch.fill(polygon(((-0.2, 0.42), (0.2, 0.42), (0.0, 0.74))), shaded(skin, 0.82))
    sketch.fill(slab(-0.075, 0.68, 0.15, 1.28), mixed(cloth, seam, 0.35))
    pale = mixed(cloth, rgb("#ffffff"), 0.42) if figure.garment_colour != "white" else rgb("#ffffff")
    for side in (-1, 1):
        wing = ((0.0, 0.66), (0.2, 0.4), (0.36, 0.47), (0.33, 0.88))
        path = polygon(mirrored(wing, side))
        sketch.lit(path, pale)
        sketch.line(path, seam, 0.025)
    for y in (0.92, 1.16, 1.4, 1.64):
        sketch.fill(oval(0.0, y, 0.036, 0.036), _LINEN if figure.garment_colour != "white" else rgb("#6c6c78"))


def _dress(sketch: Sketch, figure: Figure) -> None:
    seam, skin = seam_of(figure), SKINS[figure.skin]
    neckline = smooth(((-0.46, 0.54), (-0.2, 0.45), (0.2, 0.45), (0.46, 0.54), (0.36, 0.8), (0.0, 0.94), (-0.36, 0.8)))
    sketch.lit(neckline, shaded(skin, 0.95))
    for side in (-1, 1):
        sketch.line(bow((side * 0.06, 0.68), (side * 0.2, 0.64), (side * 0.3, 0.66)), shaded(skin, 0.78), 0.025)
    sketch.line(bow((-0.44, 0.58), (-0.4, 0.8), (0.0, 0.94)), seam, 0.04)
    sketch.line(bow((0.44, 0.58), (0.4, 0.8), (0.0, 0.94)), seam, 0.04)
    _skirt(sketch, figure)


def _skirt(sketch: Sketch, figure: Figure) -> None:
    seam = seam_of(figure)
    sketch.fill(slab(-0.41, 1.42, 0.82, 0.11, 0.04), seam)
    for fold in (-0.62, -0.22, 0.22, 0.62):
        sketch.line(bow((fold * 0.4, 1.6), (fold * 0.6, 2.1), (fold, 2.56)), seam, 0.035)


def _sweater(sketch: Sketch, figure: Figure) -> None:
    seam = seam_of(figure)
    cloth = GARMENT_COLOURS[figure.garment_colour]
    ring = smooth(
        ((-0.36, 0.4), (0.0, 0.44), (0.36, 0.4), (0.42, 0.56), (0.22, 0.72), (0.0, 0.76), (-0.22, 0.72), (-0.42, 0.56))
    )
    sketch.lit(ring, mixed(cloth, seam, 0.45))
    with sketch.clip(ring):
        for k in range(-4, 5):
            sketch.line(bow((k * 0.065, 0.4), (k * 0.08, 0.58), (k * 0.11, 0.78)), seam, 0.03)


def _suit(sketch: Sketch, figure: Figure) -> None:
    cloth, seam = GARMENT_COLOURS[figure.garment_colour], seam_of(figure)
    sketch.fill(polygon(((-0.26, 0.42), (0.26, 0.42), (0.24, 0.8), (0.0, 1.46), (-0.24, 0.8))), _LINEN)
    tie = ((-0.08, 0.56), (0.08, 0.56), (0.055, 0.7), (0.11, 1.2), (0.0, 1.42), (-0.11, 1.2), (-0.055, 0.7))
    sketch.fill(polygon(tie), _TIE)
    _pair(sketch, ((0.0, 0.6), (0.18, 0.38), (0.28, 0.46), (0.2, 0.72)), rgb("#ffffff"))
    lapel = ((0.26, 0.46), (0.36, 0.5), (0.46, 0.76), (0.36, 0.8), (0.5, 0.88), (0.0, 1.5), (0.22, 0.76))
    _pair(sketch, lapel, mixed(cloth, seam, 0.55))
    for side in (-1, 1):
        sketch.line(polygon(mirrored(lapel, side)), seam, 0.022)
    sketch.fill(polygon(((-0.44, 1.02), (-0.28, 0.98), (-0.3, 1.12), (-0.42, 1.12))), _LINEN)
    sketch.line(bow((0.0, 1.5), (0.02, 1.8), (0.06, 2.02)), seam, 0.03)
    sketch.fill(oval(0.0, 1.56, 0.045, 0.045), mixed(seam, INK, 0.6))


def _back_collar(sketch: Sketch, figure: Figure, height: float, colour: Rgb | None = None) -> None:
    top = 0.58 - height
    band = smooth(((-0.34, top + 0.02), (0.0, top), (0.34, top + 0.02), (0.4, 0.6), (0.0, 0.66), (-0.4, 0.6)))
    sketch.lit(band, colour or seam_of(figure))


def _coat_back(sketch: Sketch, figure: Figure) -> None:
    seam = seam_of(figure)
    _back_collar(sketch, figure, 0.2)
    sketch.line(bow((0.0, 0.66), (0.0, 1.6), (0.0, 2.66)), seam, 0.035)
    sketch.fill(slab(-0.44, 1.4, 0.88, 0.13, 0.04), seam)
    for side in (-1, 1):
        sketch.fill(oval(side * 0.32, 1.465, 0.05, 0.05), mixed(seam, INK, 0.6))


def _jacket_back(sketch: Sketch, figure: Figure) -> None:
    _back_collar(sketch, figure, 0.17)
    sketch.line(bow((-0.62, 0.98), (0.0, 1.06), (0.62, 0.98)), seam_of(figure), 0.04)


def _shirt_back(sketch: Sketch, figure: Figure) -> None:
    seam = seam_of(figure)
    cloth = GARMENT_COLOURS[figure.garment_colour]
    _back_collar(sketch, figure, 0.12, mixed(cloth, rgb("#ffffff"), 0.42))
    sketch.line(bow((-0.62, 0.88), (0.0, 0.92), (0.62, 0.88)), seam, 0.035)
    for side in (-1, 1):
        sketch.line(bow((side * 0.08, 0.92), (side * 0.08, 1.4), (side * 0.09, 1.9)), seam, 0.03)


def _dress_back(sketch: Sketch, figure: Figure) -> None:
    skin = SKINS[figure.skin]
    neckline = ((-0.46, 0.54), (-0.2, 0.45), (0.2, 0.45), (0.46, 0.54), (0.28, 0.9), (0.0, 1.14), (-0.28, 0.9))
    sketch.lit(smooth(neckline), shaded(skin, 0.95))
    sketch.line(bow((0.0, 0.68), (0.0, 0.9), (0.0, 1.08)), shaded(skin, 0.78), 0.025)
    _skirt(sketch, figure)


def _sweater_back(sketch: Sketch, figure: Figure) -> None:
    _back_collar(sketch, figure, 0.14)


def _suit_back(sketch: Sketch, figure: Figure) -> None:
    seam = seam_of(figure)
    _back_collar(sketch, figure, 0.18, _LINEN)
    _back_collar(sketch, figure, 0.1)
    sketch.line(bow((0.0, 0.66), (0.0, 1.3), (0.0, 1.98)), seam, 0.03)
    sketch.fill(polygon(((-0.02, 1.62), (0.02, 1.62), (0.06, 2.04), (-0.06, 2.04))), seam)


_Cut = Callable[[Sketch, Figure], None]
_FRONTS: dict[str, _Cut] = {
    "coat": _coat,
    "jacket": _jacket,
    "shirt": _shirt,
    "dress": _dress,
    "sweater": _sweater,
    "suit": _suit,
}
_BACKS: dict[str, _Cut] = {
    "coat": _coat_back,
    "jacket": _jacket_back,
    "shirt": _shirt_back,
    "dress": _dress_back,
    "sweater": _sweater_back,
    "suit": _suit_back,
}
