"""Painting one person: the order in which body, garment, head, hair and what is worn and held go on a canvas."""

import skia

from pipeline.pocket.body import (
    build_of,
    paint_arm,
    paint_held,
    paint_legs,
    paint_neck,
    paint_shadow,
    reaching,
    rest,
)
from pipeline.pocket.brush import Light
from pipeline.pocket.figure import Boxes, Figure, Place, Pose
from pipeline.pocket.garments import paint_trunk
from pipeline.pocket.hair import paint_hair, paint_hair_behind, paint_hat, paint_scarf
from pipeline.pocket.heads import iris_of, paint_face, view_of
from pipeline.pocket.sketch import Sketch

_FEET = 3.3


def paint_person(canvas: skia.Canvas, figure: Figure, pose: Pose, place: Place, light: Light) -> Boxes:
    """Paint one person.

    Args:
        canvas: in frame coordinates (px).
        figure: what the person looks like.
        pose: what the body does.
        place: where it stands.
        light: the light of the time of day.

    Returns:
        What was painted where.
    """
    sketch = Sketch(canvas, light, (place.x, place.y + place.head * pose.bob), place.head)
    view, build = view_of(pose), build_of(figure, pose)
    facing = build.side if build.turned > 0.2 else 1
    raised = 0 if abs(pose.reach) < 0.02 else -1 if pose.reach < 0 else 1
    far, near = (side for side in (facing, -facing))
    stand = sketch.moved(0.0, 0.0, skew=-pose.lean / _FEET)
    with sketch.moved(0.0, -pose.bob):
        paint_shadow(sketch)
    with sketch.part("person"):
        with sketch.part("head"), sketch.moved(0.0, pose.nod):
            paint_hair_behind(sketch, figure, view)
        with stand:
            paint_legs(sketch, figure, pose, build)
            if far != raised:
                paint_arm(sketch, figure, rest(build, pose, far), far=build.turned > 0.2)
            paint_neck(sketch, figure, build, pose.away)
            if raised and pose.away:
                _hold(sketch, figure, pose, place)
            paint_trunk(sketch, figure, build, pose.away)
            if near != raised:
                paint_arm(sketch, figure, rest(build, pose, near))
            if "scarf" in figure.accessories:
                paint_scarf(sketch, build.centre, pose.away)
        with sketch.part("head"), sketch.moved(0.0, pose.nod):
            paint_face(sketch, figure, pose, view)
            paint_hair(sketch, figure, view)
            if "hat" in figure.accessories:
                paint_hat(sketch, view)
        if raised and not pose.away:
            with sketch.moved(0.0, 0.0, skew=-pose.lean / _FEET):
                _hold(sketch, figure, pose, place)
        elif figure.held and not raised:
            with sketch.moved(0.0, 0.0, skew=-pose.lean / _FEET):
                paint_held(sketch, figure, rest(build, pose, 1)[2])
    sketch.done()
    person, head, garment = sketch.box("person"), sketch.box("head"), sketch.box("garment")
    assert person and head and garment
    return Boxes(
        person=person,
        head=head,
        eyes=sketch.box("eyes"),
        garment=garment,
        held=sketch.box("held"),
        iris=0.0 if pose.blink or pose.away else place.head * iris_of(figure),
    )


def _hold(sketch: Sketch, figure: Figure, pose: Pose, place: Place) -> None:
    build = build_of(figure, pose)
    arm = reaching(build, pose, place)
    paint_arm(sketch, figure, arm)
    if figure.held:
        paint_held(sketch, figure, arm[2])
