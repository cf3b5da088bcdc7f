"""Painting the things that people hold or that an insert shows."""

import skia

from pipeline.pocket.brush import Light, mixed, shaded
from pipeline.pocket.figure import Box
from pipeline.pocket.sketch import INK, Sketch, bow, oval, polygon, slab
from pipeline.pocket.world import rgb

_PAPER = rgb("#fbf3dc")
_WAX = rgb("#c22f33")


def paint_prop(canvas: skia.Canvas, prop: str, x: float, y: float, size_px: float, light: Light) -> Box:
    """Paint one prop about its centre.

    Args:
        canvas: in frame coordinates (px).
        prop: one of ``world.PROPS``.
        x: centre across (px).
        y: centre down (px).
        size_px: height of its shape, about; a letter is wider than high.
        light: the light of the time of day.

    Returns:
        The box of what was painted (px).
    """
    sketch = Sketch(canvas, light, (x, y), size_px)
    with sketch.part(prop):
        draw_prop(sketch, prop)
    sketch.done()
    return sketch.box(prop)  # type: ignore[return-value]


def draw_prop(sketch: Sketch, prop: str) -> None:
    """Paint one prop about the origin, one unit high."""
    _PROPS[prop](sketch)


def _letter(sketch: Sketch) -> None:
    fold = mixed(_PAPER, rgb("#8a6a3c"), 0.45)
    sketch.lit(slab(-0.62, -0.42, 1.24, 0.84, 0.03), _PAPER, rim=0.03)
    sketch.fill(polygon(((-0.6, 0.4), (0.0, -0.06), (0.6, 0.4))), mixed(_PAPER, fold, 0.3))
    sketch.fill(polygon(((-0.62, -0.42), (0.62, -0.42), (0.0, 0.12))), mixed(_PAPER, fold, 0.55))
    for end in (-0.6, 0.6):
        sketch.line(bow((end, -0.4), (end / 2, -0.14), (0.0, 0.12)), fold, 0.035)
    sketch.fill(oval(0.0, 0.1, 0.17, 0.17), shaded(_WAX, 0.75))
    sketch.fill(oval(-0.01, 0.085, 0.13, 0.13), _WAX)
    sketch.fill(oval(-0.04, 0.05, 0.035, 0.03), shaded(_WAX, 1.5))


def _phone(sketch: Sketch) -> None:
    sketch.lit(slab(-0.29, -0.5, 0.58, 1.0, 0.09), rgb("#23232c"), rim=0.03)
    with sketch.brightened():
        sketch.fill(slab(-0.24, -0.42, 0.48, 0.82, 0.04), rgb("#38c6ea"))
        sketch.fill(slab(-0.24, -0.42, 0.48, 0.3, 0.04), rgb("#8de6f4"))
        for row in range(3):
            for column, tone in enumerate(("#ffffff", "#ffd65a", "#ff7a8a")):
                sketch.fill(slab(-0.19 + 0.14 * column, -0.06 + 0.15 * row, 0.1, 0.1, 0.03), rgb(tone))
    sketch.fill(slab(-0.07, -0.475, 0.14, 0.03, 0.015), rgb("#6a6a78"))


def _cup(sketch: Sketch) -> None:
    glaze, stripe = rgb("#f4f1ea"), rgb("#1d8f96")
    sketch.line(oval(0.36, 0.1, 0.17, 0.2), shaded(glaze, 0.84), 0.09)
    body = polygon(((-0.38, -0.26), (0.38, -0.26), (0.31, 0.46), (0.26, 0.5), (-0.26, 0.5), (-0.31, 0.46)))
    sketch.lit(body, glaze, rim=0.04)
    with sketch.clip(body):
        sketch.fill(slab(-0.5, 0.0, 1.0, 0.22), stripe)
        sketch.fill(slab(-0.5, 0.27, 1.0, 0.05), stripe)
    sketch.fill(oval(0.0, -0.26, 0.38, 0.09), shaded(glaze, 0.9))
    sketch.fill(oval(0.0, -0.25, 0.32, 0.065), rgb("#4d2a16"))
    for side in (-0.12, 0.12):
        sketch.line(bow((side, -0.32), (side + 0.1, -0.4), (side, -0.5)), rgb("#ffffff"), 0.045, alpha=150)


def _book(sketch: Sketch) -> None:
    cover, gold = rgb("#1f5c52"), rgb("#e4b94c")
    sketch.lit(slab(-0.36, -0.46, 0.78, 0.96, 0.03), shaded(cover, 0.75), rim=0.03)
    sketch.fill(slab(-0.3, -0.44, 0.68, 0.9), _PAPER)
    for x in (0.32, 0.35):
        sketch.line(bow((x, -0.42), (x, 0.0), (x, 0.44)), mixed(_PAPER, INK, 0.3), 0.012)
    sketch.line(bow((-0.3, 0.46), (0.0, 0.46), (0.38, 0.46)), mixed(_PAPER, INK, 0.3), 0.02)
    sketch.lit(slab(-0.42, -0.5, 0.7, 0.92, 0.03), cover, rim=0.03)
    sketch.fill(slab(-0.42, -0.5, 0.12, 0.92, 0.03), shaded(cover, 0.7))
    sketch.fill(slab(-0.2, -0.32, 0.38, 0.07), gold)
    sketch.fill(slab(-0.14, -0.2, 0.26, 0.05), gold)
    sketch.fill(polygon(((-0.01, -0.06), (0.13, 0.1), (-0.01, 0.26), (-0.15, 0.1))), gold)
    sketch.fill(polygon(((0.1, 0.42), (0.18, 0.42), (0.18, 0.58), (0.14, 0.53), (0.1, 0.58))), _WAX)


def _lantern(sketch: Sketch) -> None:
    iron, flame = rgb("#4a3b36"), rgb("#ffd45e")
    sketch.glow(0.0, 0.08, 0.62, flame, 120 if sketch.light.lamps_on else 30)
    sketch.line(bow((-0.24, -0.26), (0.0, -0.68), (0.24, -0.26)), iron, 0.05)
    with sketch.brightened():
        sketch.fill(slab(-0.26, -0.16, 0.52, 0.52, 0.06), flame)
        sketch.fill(oval(0.0, 0.14, 0.15, 0.2), rgb("#fff6c8"))
        sketch.fill(oval(0.0, 0.2, 0.055, 0.1), rgb("#ff9a2e"))
    for x in (-0.28, -0.03, 0.22):
        sketch.fill(slab(x, -0.18, 0.06, 0.56), iron)
    sketch.lit(polygon(((-0.34, -0.14), (-0.16, -0.34), (0.16, -0.34), (0.34, -0.14))), iron, rim=0.04)
    sketch.lit(slab(-0.35, 0.34, 0.7, 0.16, 0.03), iron, rim=0.04)


_PROPS = {"letter": _letter, "phone": _phone, "cup": _cup, "book": _book, "lantern": _lantern}
