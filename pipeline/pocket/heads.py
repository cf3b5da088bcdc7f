"""Painting a face: skull, ears, nose, mouth, eyes, brows, the marks of age, beard and glasses."""

import math
from dataclasses import dataclass

import skia

from pipeline.pocket.brush import mixed, shaded
from pipeline.pocket.figure import Figure, Pose
from pipeline.pocket.sketch import INK, Point, Sketch, bow, mirrored, oval, polygon, slab, smooth
from pipeline.pocket.world import EYES, HAIR_COLOURS, SKINS, Rgb, rgb

IRIS = 0.086
_PROFILE = 0.8
_RADIUS = 0.39


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """From where a head is seen.

    Attributes:
        heading: -1 profile to frame left, 0 front, 1 profile to frame right.
        side: -1 where the head faces frame left, otherwise 1.
        profile: whether only one eye is seen.
        away: whether the back of the head is seen.
    """

    heading: float
    side: int
    profile: bool
    away: bool

    def across(self, degrees: float) -> float:
        """Where a point of the face's equator lies across, by its angle to frame right of the nose."""
        angle = math.radians(max(-90.0, min(90.0, degrees + 56 * self.heading)))
        return _RADIUS * math.sin(angle)

    def width(self, degrees: float) -> float:
        """How wide something at that angle seems, 1 seen from the front."""
        return max(0.62, math.cos(math.radians(degrees + 56 * self.heading)))


def view_of(pose: Pose) -> View:
    """The view of a head in a pose."""
    heading = max(-1.0, min(1.0, pose.facing + 0.55 * pose.turn))
    profile = abs(heading) > _PROFILE and not pose.away
    return View(heading=heading, side=-1 if heading < 0 else 1, profile=profile, away=pose.away)


def paint_face(sketch: Sketch, figure: Figure, pose: Pose, view: View) -> None:
    """Paint skull, ears and, unless the back is seen, nose, mouth, brows, eyes, beard and glasses.

    Args:
        sketch: in head heights about the centre of the head.
        figure: whose face.
        pose: mouth, blink and gaze.
        view: from where it is seen.
    """
    skin = SKINS[figure.skin]
    outline = _outline(figure.age, view)
    if view.profile:
        sketch.lit(outline, skin, rim=0.04)
        _ear(sketch, skin, -0.1 * view.side, 1.0)
    else:
        for side in (-1, 1):
            turned_away = -side * view.heading
            if turned_away > -0.25:
                _ear(sketch, skin, side * 0.415 * math.cos(math.radians(56 * view.heading)), side * 0.6)
        sketch.lit(outline, skin, rim=0.04)
        if abs(view.heading) > 0.25 and not view.away:
            _ear(sketch, skin, -view.side * 0.40 * math.cos(math.radians(50 * view.heading)), 1.0)
    if view.away:
        return
    with sketch.clip(outline):
        _marks(sketch, figure, view)
    if "beard" in figure.accessories:
        _beard(sketch, figure, view, outline)
    _mouth(sketch, figure, pose, view)
    if not view.profile:
        _nose(sketch, skin, view)
    _eyes(sketch, figure, pose, view)
    if "glasses" in figure.accessories:
        _glasses(sketch, view)


def _outline(age: str, view: View) -> skia.Path:
    if view.profile:
        chin = {"young": (0.34, 0.40), "adult": (0.37, 0.44), "old": (0.39, 0.44)}[age]
        jaw = {"young": 0.36, "adult": 0.42, "old": 0.36}[age]
        points: list[Point] = [
            (0.0, -0.5), (0.26, -0.43), (0.375, -0.22), (0.375, -0.06), (0.395, 0.02), (0.50, 0.13), (0.485, 0.17),
            (0.39, 0.2), (0.415, 0.27), (0.385, 0.315), (0.40, 0.35), chin, (0.27, 0.48), (0.04, jaw),
            (-0.1, 0.26), (-0.36, 0.2), (-0.45, -0.05), (-0.4, -0.3), (-0.22, -0.46),
        ]  # fmt: skip
        return smooth(mirrored(points, view.side))
    half: dict[str, list[Point]] = {
        "young": [
            (0.2, -0.462),
            (0.33, -0.335),
            (0.405, -0.15),
            (0.43, 0.06),
            (0.405, 0.25),
            (0.28, 0.41),
            (0.11, 0.475),
        ],
        "adult": [
            (0.2, -0.465),
            (0.32, -0.34),
            (0.385, -0.16),
            (0.40, 0.05),
            (0.365, 0.26),
            (0.23, 0.43),
            (0.10, 0.50),
        ],
        "old": [
            (0.2, -0.465),
            (0.32, -0.34),
            (0.38, -0.16),
            (0.395, 0.02),
            (0.335, 0.22),
            (0.245, 0.39),
            (0.12, 0.50),
        ],
    }
    right = half[age]
    bottom = 0.485 if age == "young" else 0.515
    ring = [(0.0, -0.515), *right, (0.0, bottom), *mirrored(right[::-1], -1)]
    # The chin goes where the nose points, the back of the skull the other way.
    swing = 0.0 if view.away else math.sin(math.radians(56 * view.heading))
    return smooth([(x + swing * (0.11 * max(0.0, y + 0.1) - 0.03), y) for x, y in ring])


def _ear(sketch: Sketch, skin: Rgb, x: float, inner: float) -> None:
    sketch.lit(oval(x, 0.07, 0.075, 0.115), shaded(skin, 0.93))
    sketch.fill(oval(x - 0.012 * inner, 0.075, 0.035, 0.065), shaded(skin, 0.72))


def _marks(sketch: Sketch, figure: Figure, view: View) -> None:
    """Cheeks, and what the years have drawn."""
    skin = SKINS[figure.skin]
    blush = mixed(skin, rgb("#e8504a"), 0.5)
    line = mixed(shaded(skin, 0.58), rgb("#5a2430"), 0.25)
    cheeks = (34 * view.side,) if view.profile else (-34, 34)
    for lon in cheeks:
        side = 1 if lon > 0 else -1
        x = (0.2 * view.side) if view.profile else view.across(lon)
        wide = view.width(lon)
        if figure.age == "young":
            sketch.fill(oval(x, 0.205, 0.105 * wide, 0.07), blush, 150)
            for dx, dy in ((-0.05, 0.17), (0.0, 0.2), (0.05, 0.17)):
                sketch.fill(oval(x + dx * wide - side * 0.03, dy, 0.013, 0.012), line, 190)
        elif figure.age == "adult":
            sketch.fill(oval(x, 0.21, 0.09 * wide, 0.05), blush, 60)
        else:
            hollow = smooth([(x + side * a * wide, y) for a, y in ((0.13, 0.1), (0.02, 0.2), (0.0, 0.34), (0.13, 0.3))])
            sketch.fill(hollow, shaded(skin, 0.68), 130)
            near = x - side * 0.07 * wide
            sketch.line(bow((near, 0.17), (near + side * 0.06, 0.24), (near + side * 0.03, 0.34)), line, 0.022)
            sketch.line(bow((near - side * 0.03, 0.145), (x, 0.165), (x + side * 0.05, 0.12)), line, 0.018)
            for dy in (0.0, 0.06):
                out = x + side * 0.1 * wide
                sketch.line(
                    bow((out - side * 0.02, dy), (out, dy), (out + side * 0.05, dy * 1.8 - 0.01)), line, 0.016, 190
                )
    if figure.age == "old":
        middle = 0.16 * view.side if view.profile else view.across(0)
        for y, half in ((-0.31, 0.17), (-0.25, 0.2), (-0.19, 0.13)):
            sketch.line(bow((middle - half, y), (middle, y - 0.03), (middle + half, y)), line, 0.018)


def _nose(sketch: Sketch, skin: Rgb, view: View) -> None:
    x = view.across(0) * 1.08
    dark = mixed(shaded(skin, 0.74), rgb("#b0403c"), 0.16)
    aside = view.heading if abs(view.heading) > 0.15 else 0.0
    shade = -1 if sketch.key[0] > 0 else 1
    bridge = view.across(0) * 0.86
    way = view.side if aside else shade
    sketch.fill(
        polygon(((bridge + way * 0.012, -0.02), (x + way * 0.075, 0.175), (x - way * 0.01, 0.2))), shaded(skin, 0.86)
    )
    sketch.fill(oval(x + aside * 0.04, 0.175, 0.062, 0.042), dark)
    sketch.fill(oval(x + aside * 0.04 - shade * 0.012, 0.162, 0.045, 0.032), shaded(skin, 0.98))


def _mouth(sketch: Sketch, figure: Figure, pose: Pose, view: View) -> None:
    skin = SKINS[figure.skin]
    lip = mixed(shaded(skin, 0.72), rgb("#b8283a"), 0.55)
    x = 0.335 * view.side if view.profile else view.across(0) * 0.98
    half = 0.07 if view.profile else 0.115 * view.width(0)
    level = 0.315
    if pose.mouth > 0.15:
        gape = 0.02 + 0.07 * pose.mouth
        hole = oval(x, level + gape * 0.5, half * (1 - 0.2 * pose.mouth), gape)
        sketch.fill(hole, rgb("#4a1218"))
        with sketch.clip(hole):
            sketch.fill(slab(x - half, level + gape * 0.5 - gape, 2 * half, gape * 0.6), rgb("#fdf8f0"))
            sketch.fill(oval(x, level + gape * 1.5, half * 0.7, gape * 0.6), rgb("#d8606a"))
        sketch.line(hole, lip, 0.026)
        return
    smile = 0.05 if figure.age != "old" else 0.025
    sketch.fill(oval(x, level + 0.035, half * 0.62, 0.022), lip, 150)
    sketch.line(bow((x - half, level), (x, level + smile), (x + half, level)), shaded(lip, 0.72), 0.026)


def _eyes(sketch: Sketch, figure: Figure, pose: Pose, view: View) -> None:
    skin, hair = SKINS[figure.skin], HAIR_COLOURS[figure.hair_colour]
    size = 1.10 if figure.age == "young" else 0.97 if figure.age == "old" else 1.0
    level = 0.03 if figure.age == "young" else 0.01
    brow = rgb("#b9b9bd") if figure.age == "old" else mixed(hair, INK, 0.25)
    lid = mixed(shaded(skin, 0.35), INK, 0.5)
    for side in (view.side,) if view.profile else (-1, 1):
        lon = 27 * side
        x = 0.235 * side if view.profile else view.across(lon)
        wide = 0.9 if view.profile else view.width(lon)
        rx, ry = 0.134 * size * wide, 0.096 * size
        if pose.blink:
            with sketch.part("eyes"):
                sketch.line(bow((x - rx, level + 0.01), (x, level + 0.075), (x + rx, level + 0.01)), lid, 0.034)
        else:
            with sketch.part("eyes"), sketch.brightened():
                _eye(sketch, figure, pose, (x, level), (rx, ry), wide)
            sketch.line(bow((x - rx, level - 0.035), (x, level - ry * 1.5), (x + rx, level - 0.035)), lid, 0.034)
            out = side * rx if not view.profile else -side * rx
            sketch.line(
                bow((x + out, level - 0.035), (x + out * 1.1, level - 0.04), (x + out * 1.28, level - 0.075)),
                lid,
                0.024,
            )
        height = level - 0.19 - (0.02 if figure.age == "young" else 0.0)
        weight = 0.05 if figure.age == "old" else 0.036
        inner, outer = x - side * rx * 0.85, x + side * rx * 1.1
        sketch.line(bow((inner, height + 0.005), (x, height - 0.055), (outer, height + 0.03)), brow, weight)


def _eye(sketch: Sketch, figure: Figure, pose: Pose, at: Point, half: Point, wide: float) -> None:
    (x, y), (rx, ry) = at, half
    colour = EYES[figure.eyes]
    white = oval(x, y, rx, ry)
    sketch.fill(white, rgb("#fcfbf7"))
    size = iris_of(figure)
    ix = x + pose.gaze * 0.024 * wide
    with sketch.clip(white):
        sketch.fill(oval(ix, y, size * (0.45 + 0.55 * wide), size), shaded(colour, 0.62))
        sketch.fill(oval(ix, y, (size - 0.012) * (0.45 + 0.55 * wide), size - 0.012), colour)
        sketch.fill(oval(ix, y, 0.03, 0.033), INK)
        glint = 0.03 if sketch.key[0] > 0 else -0.03
        sketch.fill(oval(ix + glint, y - 0.036, 0.019, 0.02), rgb("#ffffff"))


def iris_of(figure: Figure) -> float:
    """The radius of an iris in head heights."""
    return IRIS * (1.06 if figure.age == "young" else 1.0)


def _beard(sketch: Sketch, figure: Figure, view: View, outline: skia.Path) -> None:
    hair = shaded(HAIR_COLOURS[figure.hair_colour], 0.92)
    if view.profile:
        points = [
            (-0.02, 0.06), (0.08, 0.2), (0.24, 0.25), (0.41, 0.205), (0.435, 0.25), (0.4, 0.3), (0.44, 0.38),
            (0.40, 0.52), (0.25, 0.58), (0.06, 0.48), (-0.02, 0.28),
        ]  # fmt: skip
        sketch.lit(smooth(mirrored(points, view.side)), hair)
        return
    middle = view.across(0)
    box = outline.computeTightBounds()
    left, right = box.left(), box.right()
    shape = smooth(
        (
            (left + 0.01, 0.04), (left + 0.09, 0.21), (middle - 0.15, 0.24), (middle, 0.215), (middle + 0.15, 0.24),
            (right - 0.09, 0.21), (right - 0.01, 0.04), (right - 0.01, 0.3), (middle * 0.8 + 0.24, 0.5),
            (middle * 0.6, 0.60), (middle * 0.8 - 0.24, 0.5), (left + 0.01, 0.3),
        )
    )  # fmt: skip
    sketch.lit(shape, hair)


def _glasses(sketch: Sketch, view: View) -> None:
    frame = rgb("#1b1a20")
    if view.profile:
        x = 0.26 * view.side
        sketch.line(oval(x, 0.02, 0.125, 0.15), frame, 0.036)
        sketch.line(bow((x - 0.12 * view.side, 0.0), (0.0, 0.0), (-0.08 * view.side, 0.02)), frame, 0.036)
        return
    inner: list[float] = []
    for side in (-1, 1):
        x, wide = view.across(27 * side), 0.17 * view.width(27 * side)
        sketch.line(oval(x, 0.02, wide, 0.155), frame, 0.036)
        inner.append(x - side * wide)
        edge = x + side * wide
        if side != view.side or abs(view.heading) < 0.25:
            end = side * 0.41 * math.cos(math.radians(50 * view.heading))
            sketch.line(bow((edge, -0.02), ((edge + end) / 2, -0.02), (end, 0.0)), frame, 0.034)
    sketch.line(bow((inner[0], 0.0), (sum(inner) / 2, -0.045), (inner[1], 0.0)), frame, 0.036)
