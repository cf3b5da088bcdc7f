"""Painting what carries a garment: the ground's shadow, legs, neck, arms and hands, and the prop in a hand."""

from dataclasses import dataclass

from pipeline.pocket.brush import mixed, shaded
from pipeline.pocket.figure import Figure, Place, Pose
from pipeline.pocket.props import draw_prop
from pipeline.pocket.sketch import INK, Point, Sketch, limb, oval, slab
from pipeline.pocket.world import GARMENT_COLOURS, HEIGHT_PX, SKINS, Rgb, rgb

GROUND = 3.32
_TROUSERS = rgb("#3b4358")
_PROP_SIZE = 0.46


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The measures of a body in one pose, in head heights from the centre of the head.

    Attributes:
        shoulder: half the width across the shoulders.
        centre: where the middle of the chest lies across; the back's where the back is turned.
        squeeze: how wide things on the chest seem, 1 seen from the front.
        side: -1 where the body faces frame left, otherwise 1.
        turned: how far it is turned to the side, 0..1.
        drop: how far shoulders lie below those of an upright body; negative where an old back is bent.
    """

    shoulder: float
    centre: float
    squeeze: float
    side: int
    turned: float
    drop: float


def build_of(figure: Figure, pose: Pose) -> Build:
    """The measures of a figure's body in a pose."""
    turned = min(1.0, abs(pose.facing))
    side = -1 if pose.facing < 0 else 1
    shoulder = {"young": 0.66, "adult": 0.74, "old": 0.70}[figure.age] - (0.06 if figure.garment == "dress" else 0.0)
    return Build(
        shoulder=shoulder * (1 - 0.36 * turned),
        centre=side * turned * (-0.12 if pose.away else 0.27),
        squeeze=1 - 0.42 * turned,
        side=side,
        turned=turned,
        drop=-0.09 if figure.age == "old" else 0.0,
    )


def paint_shadow(sketch: Sketch) -> None:
    """The shadow that the body casts on the ground, away from the key."""
    across, up = sketch.light.key
    length = 0.25 + 0.9 * (1 - up)
    darkness = round(200 * sketch.light.shadow)
    sketch.fill(oval(-across * length * 0.8, GROUND + 0.04, 0.55 + 0.55 * length, 0.13), rgb("#15122a"), darkness)
    sketch.fill(oval(0.0, GROUND + 0.03, 0.5, 0.09), rgb("#15122a"), darkness)


def paint_legs(sketch: Sketch, figure: Figure, pose: Pose, build: Build) -> None:
    """Legs in trousers, or bare under a dress, and shoes."""
    skin = SKINS[figure.skin]
    bare = figure.garment == "dress"
    cloth = GARMENT_COLOURS[figure.garment_colour] if figure.garment == "suit" else _TROUSERS
    for leg in (-build.side, build.side):
        apart = 0.22 * (1 - 0.7 * build.turned)
        step = leg * pose.stride
        foot = leg * apart + build.side * step * 0.52 * build.turned
        lift = max(0.0, step) * 0.16
        hip, knee, ankle = (leg * apart, 1.78), (foot * 0.6 + leg * apart * 0.4, 2.5), (foot, GROUND - 0.1 - lift)
        colour = skin if bare else shaded(cloth, 0.85 if leg == build.side and figure.garment != "suit" else 1.0)
        bend = (knee[0] + build.side * build.turned * lift * 0.6, knee[1])
        if figure.garment == "suit":
            with sketch.part("garment"):
                sketch.lit(limb(hip, bend, ankle, 0.33), colour)
        else:
            sketch.lit(limb(hip, bend, ankle, 0.2 if bare else 0.33), colour)
        toe = build.side * build.turned * 0.1
        sketch.lit(oval(foot + toe, GROUND - 0.03 - lift, 0.19 + 0.05 * build.turned, 0.085), rgb("#2b2024"))


def paint_neck(sketch: Sketch, figure: Figure, build: Build, away: bool) -> None:
    """The neck down to the collar, darker under the chin."""
    skin = SKINS[figure.skin]
    x = build.centre * 0.25
    half = 0.15 if figure.age == "young" else 0.175
    sketch.fill(slab(x - half, 0.2, 2 * half, 0.5 + build.drop, 0.1), shaded(skin, 0.90 if away else 0.76))


def rest(build: Build, pose: Pose, side: int) -> tuple[Point, Point, Point]:
    """Shoulder, elbow and hand of an arm that hangs."""
    x = side * (build.shoulder - 0.12)
    swing = -side * pose.stride * 0.4
    along = build.side * swing * build.turned
    outside = side * (build.shoulder + 0.05 - 0.2 * build.turned)
    hand = (outside + along, 1.78 - 0.14 * max(0.0, swing))
    return (x * (1 - 0.5 * build.turned), 0.82 + build.drop), (outside + side * 0.06 + along * 0.3, 1.32), hand


def reaching(build: Build, pose: Pose, place: Place) -> tuple[Point, Point, Point]:
    """Shoulder, elbow and hand of the arm that holds or hands over."""
    side = -1 if pose.reach < 0 else 1
    shoulder, elbow, hanging = rest(build, pose, side)
    # In a close-up the chest lies below the frame: the hand comes up beside the chin to be seen.
    level = min(1.16, max(0.46, (HEIGHT_PX - place.y) / place.head - 0.24))
    front = build.centre + side * (0.36 * build.squeeze + 0.56 * (1.16 - level))
    if pose.away:
        front = side * (build.shoulder + 0.24)
    before, out = (front, level), (side * 1.28, min(0.98, level))
    low = (side * (build.shoulder + 0.1), max(1.3, level + 0.55))
    amount = min(1.0, abs(pose.reach))
    if amount < 0.5:
        share = amount / 0.5
        return shoulder, _between(elbow, low, share), _between(hanging, before, share)
    share = (amount - 0.5) / 0.5
    straight = ((shoulder[0] + out[0]) / 2, max(1.04, out[1] + 0.12))
    return shoulder, _between(low, straight, share), _between(before, out, share)


def paint_arm(sketch: Sketch, figure: Figure, arm: tuple[Point, Point, Point], far: bool = False) -> None:
    """One arm: the sleeve of the garment, bare in a dress, and the hand."""
    skin, cloth = SKINS[figure.skin], GARMENT_COLOURS[figure.garment_colour]
    shoulder, elbow, hand = arm
    wrist = _between(elbow, hand, 0.86)
    # Only the arm on the key's side catches the rim: on the other it would lie inside the body.
    rim = 0.045 if sketch.light.key[0] * (shoulder[0] + hand[0]) > 0 else 0.0
    sketch.lit(oval(hand[0], hand[1], 0.115, 0.125), shaded(skin, 0.85 if far else 0.98))
    if figure.garment == "dress":
        sketch.lit(limb(shoulder, elbow, hand, 0.17), shaded(skin, 0.86 if far else 1.0), rim)
        with sketch.part("garment"):
            top = _between(shoulder, elbow, 0.1)
            sketch.lit(oval(top[0], top[1] - 0.02, 0.175, 0.17), shaded(cloth, 0.86 if far else 1.0))
        return
    with sketch.part("garment"):
        width = 0.34 if figure.garment in ("coat", "sweater") else 0.29
        sleeve = limb(shoulder, elbow, wrist, width)
        sketch.lit(sleeve, shaded(cloth, 0.82 if far else 0.96), rim)
        if figure.garment == "sweater":
            with sketch.clip(sleeve):
                for share in (0.3, 0.5, 0.7):
                    x, y = _along(shoulder, elbow, wrist, share)
                    sketch.fill(slab(x - 0.3, y - 0.035, 0.6, 0.07), seam_of(figure))
        if figure.garment in ("shirt", "sweater", "jacket"):
            sketch.fill(oval(wrist[0], wrist[1], 0.15, 0.09), seam_of(figure))


def paint_held(sketch: Sketch, figure: Figure, hand: Point) -> None:
    """The prop in a hand, and the fingers around it."""
    skin = SKINS[figure.skin]
    # A lantern stands on a raised hand and hangs from a lowered one.
    hangs = figure.held == "lantern" and hand[1] > 1.4
    lift = 0.3 if hangs else -0.1
    sketch.canvas.save()
    sketch.canvas.translate(hand[0], hand[1] + lift)
    sketch.canvas.scale(_PROP_SIZE, _PROP_SIZE)
    with sketch.part("held"):
        draw_prop(sketch, figure.held)
    sketch.canvas.restore()
    grip = hand[1] + 0.05
    for finger in range(3):
        x = hand[0] + (finger - 1) * 0.07
        sketch.fill(oval(x, grip + 0.05, 0.042, 0.065), shaded(skin, 0.95 - 0.05 * finger))


def seam_of(figure: Figure) -> Rgb:
    """The colour of what is sewn on a garment: darker than the cloth, lighter on black."""
    cloth = GARMENT_COLOURS[figure.garment_colour]
    if figure.garment_colour == "black":
        return rgb("#54545f")
    if figure.garment_colour == "white":
        return rgb("#b9b6bd")
    return mixed(shaded(cloth, 0.66), INK, 0.05)


def _between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def _along(start: Point, bend: Point, end: Point, share: float) -> Point:
    return _between(_between(start, bend, share), _between(bend, end, share), share)
