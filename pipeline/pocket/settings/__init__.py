"""The places behind the people: twelve settings in three layouts each."""

import skia

from pipeline.pocket.brush import Light
from pipeline.pocket.settings import indoors, nature, town
from pipeline.pocket.settings.stage import Aim, Stage
from pipeline.pocket.world import INDOORS

_PAINTERS = {
    "kitchen": indoors.kitchen,
    "bedroom": indoors.bedroom,
    "office": indoors.office,
    "diner": indoors.diner,
    "library": indoors.library,
    "corridor": indoors.corridor,
    "street": town.street,
    "forest": nature.forest,
    "beach": nature.beach,
    "harbour": town.harbour,
    "rooftop": town.rooftop,
    "field": nature.field,
}


def paint_setting(canvas: skia.Canvas, setting: str, layout: int, light: Light, aim: Aim) -> None:
    """Paint a setting over the whole canvas, 160 px beyond each edge of the frame.

    Args:
        canvas: a skia canvas in frame coordinates (px).
        setting: one of ``world.SETTINGS``.
        layout: which arrangement of its things, 0 to ``world.LAYOUTS`` - 1.
        light: the light of the time of day and the weather.
        aim: moves the canvas as the camera does for a depth from 0, far away, to 1, where people stand.
    """
    stage = Stage(canvas, light, aim, layout, inside=setting in INDOORS)
    _PAINTERS[setting](stage)
    stage.wash()
