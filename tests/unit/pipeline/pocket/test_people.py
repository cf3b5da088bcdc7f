"""The painted people: every attribute shows its own colour, inside the box that claims it, and nowhere else."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import skia

from pipeline.pocket import world
from pipeline.pocket.brush import light_of
from pipeline.pocket.figure import Box, Boxes, Figure, Place, Pose
from pipeline.pocket.people import paint_person
from pipeline.pocket.props import paint_prop

CLOSE_UP = Place(x=256, y=146, head=190)
MEDIUM = Place(x=256, y=104, head=105)
WIDE = Place(x=256, y=85, head=56)
ANNA = Figure(
    age="adult",
    skin="light",
    hair_style="short",
    hair_colour="brown",
    eyes="green",
    garment="coat",
    garment_colour="red",
    accessories=frozenset(),
    held="",
    action="",
)


def painted(
    figure: Figure = ANNA, pose: Pose | None = None, place: Place = CLOSE_UP, time_of_day: str = "day"
) -> tuple[np.ndarray, Boxes]:
    """A frame of (288, 512, 3) with one person on plain grey, and the boxes."""
    buffer = np.zeros((world.HEIGHT_PX, world.WIDTH_PX, 4), np.uint8)
    canvas = skia.Surface(buffer, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    canvas.clear(skia.Color(120, 130, 140))
    boxes = paint_person(canvas, figure, pose or Pose(), place, light_of(time_of_day, "clear"))
    return buffer[..., :3].astype(int), boxes


def inside(box: Box) -> np.ndarray:
    """Which pixels of a frame a box touches, with half a pixel for antialiasing."""
    left, top, right, bottom = box[0] - 0.5, box[1] - 0.5, box[2] + 0.5, box[3] + 0.5
    rows, columns = np.mgrid[0 : world.HEIGHT_PX, 0 : world.WIDTH_PX]
    return (columns >= np.floor(left)) & (columns < np.ceil(right)) & (rows >= np.floor(top)) & (rows < np.ceil(bottom))


def near(pixels: np.ndarray, colour: world.Rgb, within: float) -> int:
    """How many pixels lie within a distance of a colour."""
    return int((np.abs(pixels - np.array(colour)).max(axis=-1) <= within).sum())


@pytest.mark.parametrize("eyes", world.EYES)
@pytest.mark.parametrize("place", [CLOSE_UP, MEDIUM], ids=["close-up", "medium"])
@pytest.mark.parametrize("facing", [-0.5, 0.0, 1.0])
def test_irises_have_the_named_colour(eyes: str, place: Place, facing: float):
    frame, boxes = painted(replace(ANNA, eyes=eyes), Pose(facing=facing), place)

    assert boxes.eyes is not None
    one_iris = np.pi * boxes.iris**2
    assert near(frame[inside(boxes.eyes)], world.EYES[eyes], 3) > 0.35 * one_iris


@pytest.mark.parametrize("garment", world.GARMENTS)
@pytest.mark.parametrize("colour", world.GARMENT_COLOURS)
@pytest.mark.parametrize("away", [False, True])
def test_garments_have_the_named_colour_by_day(garment: str, colour: str, away: bool):
    frame, boxes = painted(replace(ANNA, garment=garment, garment_colour=colour), Pose(away=away), WIDE)

    cloth = frame[inside(boxes.garment)]
    others = {
        name: near(cloth, rgb, 22) for name, rgb in world.GARMENT_COLOURS.items() if name not in (colour, "white")
    }
    shown = near(cloth, world.GARMENT_COLOURS[colour], 22)
    assert shown > 0.1 * len(cloth)
    assert shown > 3 * max(others.values())


EDITS = [
    ({"eyes": "amber"}, "eyes", Pose()),
    ({"eyes": "amber"}, "eyes", Pose(facing=0.5, turn=0.3)),
    ({"eyes": "amber"}, "eyes", Pose(facing=-1.0)),
    ({"garment": "suit", "garment_colour": "yellow"}, "garment", Pose(stride=0.5)),
    ({"garment": "dress"}, "garment", Pose(facing=0.5)),
    ({"garment_colour": "blue"}, "garment", Pose(facing=-1.0, reach=0.5)),
    ({"garment_colour": "blue"}, "garment", Pose(away=True, lean=0.2)),
    ({"held": "cup"}, "held", Pose(reach=0.5)),
    ({"held": "lantern"}, "held", Pose(reach=-1.0, facing=-0.5)),
    ({"hair_colour": "white"}, "head", Pose(nod=0.05)),
    ({"hair_style": "ponytail"}, "head", Pose(turn=0.6)),
    ({"hair_style": "long"}, "head", Pose(away=True)),
    ({"accessories": frozenset({"hat"})}, "head", Pose(facing=1.0)),
    ({"accessories": frozenset({"beard", "glasses"})}, "head", Pose(facing=-0.5)),
]


@pytest.mark.parametrize(("change", "part", "pose"), EDITS)
@pytest.mark.parametrize("place", [CLOSE_UP, MEDIUM, WIDE], ids=["close-up", "medium", "wide"])
def test_an_edit_changes_pixels_inside_its_box_only(change: dict[str, str], part: str, pose: Pose, place: Place):
    before, boxes = painted(ANNA, pose, place)
    after, edited = painted(replace(ANNA, **change), pose, place)  # type: ignore[arg-type]

    allowed = inside(getattr(edited, part))
    if (old := getattr(boxes, part)) is not None:
        allowed |= inside(old)
    if part == "garment":
        # A dress bares arms, legs and shoulders that a coat covers.
        allowed |= inside(boxes.person) | inside(edited.person) if change.get("garment") == "dress" else allowed
    changed = (before != after).any(axis=-1)
    assert changed.any()
    if part == "held":
        # Fingers close around what is held.
        left, top, right, bottom = edited.held or (0, 0, 0, 0)
        allowed |= inside((left, top, right, bottom + 0.1 * place.head))
    assert not (changed & ~allowed).any()


@pytest.mark.parametrize("pose", [Pose(), Pose(facing=1, stride=1), Pose(away=True), Pose(reach=-1, lean=0.3)])
@pytest.mark.parametrize("time_of_day", world.TIMES_OF_DAY)
def test_all_that_is_painted_but_the_shadow_lies_in_the_person_box(pose: Pose, time_of_day: str):
    frame, boxes = painted(
        replace(ANNA, held="lantern", accessories=frozenset({"hat", "scarf"})), pose, WIDE, time_of_day
    )

    outside = (frame != (120, 130, 140)).any(axis=-1) & ~inside(boxes.person)
    rows = np.nonzero(outside)[0]
    assert not len(rows) or rows.min() > WIDE.y + 3.1 * WIDE.head


def test_boxes_are_tight():
    frame, boxes = painted(place=MEDIUM)

    rows, columns = np.nonzero((frame != (120, 130, 140)).any(axis=-1))
    assert rows.min() == pytest.approx(boxes.person[1], abs=1.5)
    assert columns.min() == pytest.approx(boxes.person[0], abs=1.5)
    assert columns.max() + 1 == pytest.approx(boxes.person[2], abs=1.5)


def test_a_turned_back_has_neither_eyes_nor_iris():
    frame, boxes = painted(pose=Pose(away=True))
    other, _ = painted(replace(ANNA, eyes="brown", accessories=frozenset({"beard"})), Pose(away=True))

    assert boxes.eyes is None
    assert boxes.iris == 0
    assert (frame == other).all()


def test_closed_eyes_keep_their_box_and_show_no_iris():
    frame, boxes = painted(pose=Pose(blink=True))

    assert boxes.eyes is not None
    assert boxes.iris == 0
    assert near(frame[inside(boxes.eyes)], world.EYES["green"], 10) == 0


def test_a_profile_shows_one_eye():
    _, front = painted()
    _, profile = painted(pose=Pose(facing=1.0))

    assert front.eyes is not None and profile.eyes is not None
    assert profile.eyes[2] - profile.eyes[0] < 0.5 * (front.eyes[2] - front.eyes[0])


@pytest.mark.parametrize("held", world.PROPS)
@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("place", [CLOSE_UP, MEDIUM, WIDE], ids=["close-up", "medium", "wide"])
def test_what_is_held_before_the_chest_lies_in_the_frame(held: str, place: Place, away: bool):
    _, boxes = painted(replace(ANNA, held=held), Pose(reach=0.5, away=away), place)

    assert boxes.held is not None
    left, top, right, bottom = boxes.held
    assert left >= 0 and top >= 0
    assert right <= world.WIDTH_PX
    assert bottom <= world.HEIGHT_PX + 0.06 * place.head


@pytest.mark.parametrize("prop", world.PROPS)
def test_a_prop_fills_its_box_and_stays_within(prop: str):
    buffer = np.zeros((world.HEIGHT_PX, world.WIDTH_PX, 4), np.uint8)
    canvas = skia.Surface(buffer, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    box = paint_prop(canvas, prop, 256, 144, 200, light_of("day", "clear"))

    touched = buffer[..., 3] > 0
    assert not (touched & ~inside(box)).any()
    assert touched.sum() > 0.4 * inside(box).sum()


def test_every_look_can_be_drawn_in_every_view():
    looks = itertools.product(world.HAIR_STYLES, world.AGES, (-1.0, -0.5, 0.0, 0.7, 1.0), world.GARMENTS)
    for number, (style, age, facing, garment) in enumerate(looks):
        figure = replace(
            ANNA,
            hair_style=style,
            age=age,
            garment=garment,
            accessories=frozenset(world.ACCESSORIES[: number % 5]),
            held=("", *world.PROPS)[number % 6],
        )
        pose = Pose(facing=facing, away=number % 7 == 0, turn=(number % 3 - 1) * 0.8, mouth=number % 2, stride=0.7)
        _, boxes = painted(figure, pose, WIDE, world.TIMES_OF_DAY[number % 4])
        assert (boxes.eyes is None) == pose.away
        assert boxes.person[1] <= boxes.head[1] < boxes.garment[3] <= boxes.person[3]
