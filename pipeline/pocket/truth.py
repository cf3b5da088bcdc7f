"""What can be known of a drawn frame: every attribute that shows, and the boxes of what was painted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import skia

from pipeline.pocket import world
from pipeline.pocket.figure import Box, Boxes, Figure, Place, Pose

Region = tuple[float, float, float, float]

UNSEEN = "unseen"
NONE = "none"
# Below this radius nobody can name the colour of an iris.
_READABLE_IRIS_PX = 6.0
# Less of a garment than this share of the frame's height shows neither kind nor colour.
_LEAST_GARMENT = 0.035
# A prop shows when this share of it is in the frame.
_LEAST_PROP = 0.6
# Hands hang in the frame when it reaches this many head heights below the middle of the face.
_HANDS = 1.35
# The body as a whole counts as facing a side from here on.
_SIDEWAYS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTruth:
    """One drawn person; regions are normalised (left, top, right, bottom) and end at the edge of the frame.

    Attributes:
        figure: every attribute as it was drawn.
        facing: one of ``world.FACINGS``.
        near: whether this is the dark shoulder over which the camera looks.
        eyes_seen: whether an iris is open, in frame and large enough to name its colour.
        hands_seen: whether a thing in hand would be in the frame.
        person: the whole body with all that is worn and held.
        head: hair and hat included.
        eyes: both eyes and what lies between; None where the face is turned away.
        mouth: what moves in talking; None where the face is turned away.
        garment: from the neck to the hem.
        held: the prop in hand; None where none can be seen.
    """

    figure: Figure
    facing: str
    near: bool
    eyes_seen: bool
    hands_seen: bool
    person: Region
    head: Region
    eyes: Region | None
    mouth: Region | None
    garment: Region
    held: Region | None

    @property
    def attributes(self) -> Mapping[str, str]:
        """Values under the names that the judge's readings use; what cannot be seen is "unseen"."""
        figure, faced = self.figure, self.facing != "away"
        clothed = self.garment[3] - self.garment[1] >= _LEAST_GARMENT
        worn = {kind: "present" if kind in figure.accessories else "absent" for kind in world.ACCESSORIES}
        if not faced:
            worn |= {"glasses": UNSEEN, "beard": UNSEEN}
        empty = NONE if self.hands_seen and not figure.held else UNSEEN
        return {
            "eyes": figure.eyes if self.eyes_seen else UNSEEN,
            "hair colour": UNSEEN if figure.hair_style == "bald" else figure.hair_colour,
            "hair style": figure.hair_style,
            "skin": figure.skin if faced else UNSEEN,
            "age": figure.age if faced else UNSEEN,
            "facing": self.facing,
            "garment": figure.garment if clothed and faced else UNSEEN,
            "garment colour": figure.garment_colour if clothed else UNSEEN,
            "held": figure.held if self.held else empty,
            **{f"accessory:{kind}": value for kind, value in worn.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawn frame and the truth about it.

    Attributes:
        pixels: 288 x 512 x 3, uint8, RGB.
        weather: "clear" inside.
        angle: one of ``world.ANGLES``.
        inserted: the prop that an insert shows; empty for every other size.
        people: from left to right.
    """

    pixels: np.ndarray
    setting: str
    time_of_day: str
    weather: str
    shot_size: str
    angle: str
    inserted: str
    people: tuple[PersonTruth, ...]


def truth_of(
    figure: Figure, pose: Pose, place: Place, boxes: Boxes, matrix: skia.Matrix, shot_size: str, *, near: bool = False
) -> PersonTruth:
    """Say what shows of a person that was painted.

    Args:
        place: as it was painted, before the camera.
        boxes: what ``paint_person`` returned.
        matrix: the camera on the plane of this person.
        shot_size: in a wide shot no eyes count as seen.
        near: see ``PersonTruth``.
    """
    scale = matrix.getScaleX()
    eyes = None if near else boxes.eyes
    open_eyes = eyes is not None and not pose.blink and boxes.iris * scale >= _READABLE_IRIS_PX
    away = near or pose.away
    return PersonTruth(
        figure=figure,
        facing="away"
        if away
        else "left"
        if pose.facing < -_SIDEWAYS
        else "right"
        if pose.facing > _SIDEWAYS
        else "front",
        near=near,
        eyes_seen=shot_size != "wide shot" and eyes is not None and open_eyes and _shown(matrix, eyes) > _LEAST_PROP,
        hands_seen=not away and matrix.mapXY(place.x, place.y + _HANDS * place.head).y() < world.HEIGHT_PX,
        person=normalised(matrix, boxes.person),
        head=normalised(matrix, boxes.head),
        eyes=None if eyes is None else normalised(matrix, eyes),
        mouth=None if eyes is None else normalised(matrix, _mouth(eyes, place.head)),
        garment=normalised(matrix, boxes.garment),
        held=normalised(matrix, boxes.held)
        if boxes.held is not None and not near and _shown(matrix, boxes.held) > _LEAST_PROP
        else None,
    )


def normalised(matrix: skia.Matrix, box: Box) -> Region:
    """A box in the artist's px as the camera sees it, ending at the edge of the frame."""
    left, top, right, bottom = _mapped(matrix, box)
    return tuple(min(1.0, max(0.0, value)) for value in (left, top, right, bottom))  # type: ignore[return-value]


def _mapped(matrix: skia.Matrix, box: Box) -> Region:
    mapped = matrix.mapRect(skia.Rect.MakeLTRB(*box))
    return (
        mapped.left() / world.WIDTH_PX,
        mapped.top() / world.HEIGHT_PX,
        mapped.right() / world.WIDTH_PX,
        mapped.bottom() / world.HEIGHT_PX,
    )


def _shown(matrix: skia.Matrix, box: Box) -> float:
    """The share of a box that lies in the frame."""
    left, top, right, bottom = _mapped(matrix, box)
    wide, tall = min(1.0, right) - max(0.0, left), min(1.0, bottom) - max(0.0, top)
    whole = max(1e-9, (right - left) * (bottom - top))
    return max(0.0, wide) * max(0.0, tall) / whole


def _mouth(eyes: Box, head: float) -> Box:
    """Where the mouth lies under these eyes; ``head`` is the height of the head in px."""
    middle, level = (eyes[0] + eyes[2]) / 2, (eyes[1] + eyes[3]) / 2
    return middle - 0.15 * head, level + 0.18 * head, middle + 0.15 * head, level + 0.46 * head
