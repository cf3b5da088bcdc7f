"""Painting one person: body, garment, head, hair, eyes and accessories."""

import math
from dataclasses import dataclass

import skia

from pipeline.pocket.brush import Brush, Light, rgb, shaded
from pipeline.pocket.world import EYES, GARMENT_COLOURS, HAIR_COLOURS, SKINS


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A person with every open field decided."""

    skin: str
    hair_style: str
    hair_colour: str
    eyes: str
    garment: str
    garment_colour: str
    accessories: frozenset[str]
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """What a body does in one frame.

    Attributes:
        mouth: 0 closed to 1 wide open.
        blink: whether the eyes are closed.
        turn: the head, -1 far to frame left to 1 far to frame right.
        gaze: the irises, -1 to 1.
        nod: the head, in head heights, positive down.
        stride: the legs, -1 to 1.
        bob: the whole body, in head heights, positive down.
    """

    mouth: float = 0.0
    blink: bool = False
    turn: float = 0.0
    gaze: float = 0.0
    nod: float = 0.0
    stride: float = 0.0
    bob: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person stands: centre of the head and its height, in px of the frame."""

    x: float
    y: float
    head: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """What was painted where, in px before the camera, as (left, top, right, bottom)."""

    head: tuple[float, float, float, float]
    eyes: tuple[float, float, float, float]
    garment: tuple[float, float, float, float]
    iris: float


_IRIS = 0.082
_DARK = rgb("#15131a")


def paint_person(canvas: skia.Canvas, figure: Figure, pose: Pose, place: Place, light: Light) -> Boxes:
    """Paint one person.

    Args:
        canvas: in frame coordinates (px).
        figure: what the person looks like.
        pose: what the body does.
        place: where it stands.
        light: the light of the time of day.

    Returns:
        The boxes of head (hair and hat included), eyes and garment, and the radius of an iris (px).
    """
    brush = Brush(canvas, light.figure)
    s, x, ground = place.head, place.x, place.y + place.head * pose.bob
    face_y = ground + s * pose.nod
    if figure.hair_style in ("long", "curly"):
        _hair_behind(brush, figure, x, face_y, s)
    _body(brush, figure, pose, x, ground, s)
    _head(brush, figure, pose, x, face_y, s)
    eyes = _eyes(canvas, brush, figure, pose, x, face_y, s, light)
    _worn_on_head(brush, figure, pose, x, face_y, s)
    top = face_y - s * (0.86 if "hat" in figure.accessories else 0.80 if figure.hair_style == "bun" else 0.62)
    return Boxes(
        head=(x - s * 0.52, top, x + s * 0.52, face_y + s * 0.52),
        eyes=eyes,
        garment=(x - s * 0.86, ground + s * 0.52, x + s * 0.86, ground + s * 2.4),
        iris=s * _IRIS,
    )


def _hair_behind(brush: Brush, figure: Figure, x: float, y: float, s: float) -> None:
    colour = shaded(HAIR_COLOURS[figure.hair_colour], 0.88)
    if figure.hair_style == "long":
        brush.rect(x - s * 0.54, y - s * 0.5, s * 1.08, s * 1.36, colour, radius=s * 0.3)
        return
    for k in range(9):
        angle = math.pi * k / 8
        brush.oval(x - math.cos(angle) * s * 0.47, y - s * 0.06 - math.sin(angle) * s * 0.42, s * 0.2, s * 0.2, colour)


def _body(brush: Brush, figure: Figure, pose: Pose, x: float, y: float, s: float) -> None:
    skin, cloth = SKINS[figure.skin], GARMENT_COLOURS[figure.garment_colour]
    brush.oval(x + s * 0.2, y + s * 3.36, s * 0.9, s * 0.1, rgb("#1a1826"), alpha=90)
    leg = skin if figure.garment == "dress" else rgb("#3a4152")
    for side in (-1, 1):
        foot = side * s * 0.2 + side * pose.stride * s * 0.34
        brush.polygon(
            (
                (x + side * s * 0.2 - s * 0.15, y + s * 1.8),
                (x + side * s * 0.2 + s * 0.15, y + s * 1.8),
                (x + foot + s * 0.13, y + s * 3.3),
                (x + foot - s * 0.13, y + s * 3.3),
            ),
            leg,
        )
        brush.oval(x + foot + s * 0.04, y + s * 3.3, s * 0.2, s * 0.09, _DARK)
    hem, half = {"coat": (2.5, 0.78), "jacket": (1.95, 0.72), "shirt": (1.9, 0.68), "dress": (2.6, 0.98)}[
        figure.garment
    ]
    shape = skia.Path()
    shape.moveTo(x - s * 0.2, y + s * 0.5)
    shape.cubicTo(x - s * 0.72, y + s * 0.6, x - s * 0.8, y + s * 0.8, x - s * half, y + s * hem)
    shape.lineTo(x + s * half, y + s * hem)
    shape.cubicTo(x + s * 0.8, y + s * 0.8, x + s * 0.72, y + s * 0.6, x + s * 0.2, y + s * 0.5)
    shape.close()
    brush.lit_path(shape, cloth)
    seam = shaded(cloth, 0.66) if figure.garment_colour != "black" else rgb("#565664")
    if figure.garment == "coat":
        for side in (-1, 1):
            brush.polygon(
                ((x + side * s * 0.16, y + s * 0.5), (x + side * s * 0.5, y + s * 0.74), (x, y + s * 1.3)), seam
            )
    elif figure.garment == "jacket":
        brush.rect(x - s * 0.04, y + s * 0.6, s * 0.08, s * 1.34, rgb("#d9dbe0"))
        brush.rect(x - s * 0.34, y + s * 0.46, s * 0.68, s * 0.16, seam, radius=s * 0.06)
    elif figure.garment == "shirt":
        for side in (-1, 1):
            brush.polygon(
                ((x, y + s * 0.66), (x + side * s * 0.3, y + s * 0.46), (x + side * s * 0.26, y + s * 0.86)),
                shaded(cloth, 1.35) if figure.garment_colour != "white" else seam,
            )
    brush.rect(x - s * 0.15, y + s * 0.24, s * 0.3, s * 0.42, shaded(skin, 0.80), radius=s * 0.1)
    if figure.garment == "dress":
        brush.oval(x, y + s * 0.56, s * 0.34, s * 0.2, shaded(skin, 0.92))
    if "scarf" in figure.accessories:
        brush.rect(x - s * 0.4, y + s * 0.44, s * 0.8, s * 0.24, rgb("#ef7d22"), radius=s * 0.11)
        brush.rect(x + s * 0.1, y + s * 0.52, s * 0.22, s * 0.7, rgb("#d9661a"), radius=s * 0.06)


def _head(brush: Brush, figure: Figure, pose: Pose, x: float, y: float, s: float) -> None:
    skin, hair = SKINS[figure.skin], HAIR_COLOURS[figure.hair_colour]
    for side in (-1, 1):
        brush.oval(x + side * s * 0.41 - pose.turn * s * 0.06, y + s * 0.06, s * 0.07, s * 0.1, shaded(skin, 0.86))
    brush.ball(x, y, s * 0.41, s * 0.5, skin)
    shift = pose.turn * s * 0.16
    if "beard" in figure.accessories:
        beard = skia.Path()
        beard.moveTo(x - s * 0.41, y + s * 0.08)
        beard.cubicTo(x - s * 0.42, y + s * 0.66, x + s * 0.42, y + s * 0.66, x + s * 0.41, y + s * 0.08)
        beard.cubicTo(x + s * 0.3, y + s * 0.26, x - s * 0.3, y + s * 0.26, x - s * 0.41, y + s * 0.08)
        beard.close()
        brush.path(beard, shaded(hair, 0.9))
    if figure.hair_style != "bald":
        cap = skia.Path()
        cap.moveTo(x - s * 0.44, y + s * 0.02)
        cap.cubicTo(x - s * 0.5, y - s * 0.72, x + s * 0.5, y - s * 0.72, x + s * 0.44, y + s * 0.02)
        cap.cubicTo(x + s * 0.36, y - s * 0.27, x - s * 0.1 + shift, y - s * 0.31, x - s * 0.44, y + s * 0.02)
        cap.close()
        brush.lit_path(cap, hair)
    if figure.hair_style == "bun":
        brush.ball(x, y - s * 0.63, s * 0.19, s * 0.17, hair)
    brush.oval(x + shift * 1.3, y + s * 0.19, s * 0.05, s * 0.04, shaded(skin, 0.78))
    brush.oval(x + shift, y + s * 0.33, s * 0.11, s * (0.022 + 0.075 * pose.mouth), rgb("#9c3a38"))
    if pose.mouth > 0.25:
        brush.oval(x + shift, y + s * 0.335, s * 0.075, s * 0.05 * pose.mouth, rgb("#4a1418"))


def _eyes(
    canvas: skia.Canvas, brush: Brush, figure: Figure, pose: Pose, x: float, y: float, s: float, light: Light
) -> tuple[float, float, float, float]:
    # Irises keep most of their own colour at night: they are what a close-up is about.
    red, green, blue = light.figure
    bright = Brush(canvas, (math.sqrt(red), math.sqrt(green), math.sqrt(blue)))
    centre, level = x + pose.turn * s * 0.16, y + s * 0.02
    brow = shaded(HAIR_COLOURS[figure.hair_colour], 0.85)
    for side in (-1, 1):
        narrow = 1 - 0.35 * max(0.0, side * pose.turn)
        cx = centre + side * s * 0.19 * (1 - 0.12 * abs(pose.turn))
        if pose.blink:
            brush.rect(cx - s * 0.11, level, s * 0.22, s * 0.035, shaded(SKINS[figure.skin], 0.55), radius=s * 0.015)
        else:
            bright.oval(cx, level, s * 0.125 * narrow, s * 0.105, rgb("#fbfbf8"))
            ix = cx + (pose.gaze * 0.022 + pose.turn * 0.02) * s
            bright.oval(ix, level, s * _IRIS * (0.6 + 0.4 * narrow), s * (_IRIS + 0.004), EYES[figure.eyes])
            bright.oval(ix, level, s * 0.027, s * 0.029, _DARK)
        brush.rect(cx - s * 0.11, level - s * 0.18, s * 0.22, s * 0.04, brow, radius=s * 0.02)
    if "glasses" in figure.accessories:
        for side in (-1, 1):
            brush.ring(centre + side * s * 0.195, level, s * 0.165, s * 0.145, s * 0.036, _DARK)
        brush.rect(centre - s * 0.04, level - s * 0.02, s * 0.08, s * 0.035, _DARK)
    return centre - s * 0.33, level - s * 0.12, centre + s * 0.33, level + s * 0.12


def _worn_on_head(brush: Brush, figure: Figure, pose: Pose, x: float, y: float, s: float) -> None:
    if "hat" in figure.accessories:
        felt = rgb("#54402e")
        brush.rect(x - s * 0.37, y - s * 0.86, s * 0.74, s * 0.56, felt, radius=s * 0.12)
        brush.rect(x - s * 0.37, y - s * 0.44, s * 0.74, s * 0.1, rgb("#2a1f17"))
        brush.rect(x - s * 0.64, y - s * 0.36, s * 1.28, s * 0.11, felt, radius=s * 0.05)
