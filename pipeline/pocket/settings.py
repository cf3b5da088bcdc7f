"""The places behind the people: eight settings, each with its own palette and big shapes."""

import skia

from pipeline.pocket.brush import Brush, Light, rgb
from pipeline.pocket.world import HEIGHT_PX, WIDTH_PX

# A camera that moves must not see the edge of the painting.
_EDGE = 160
_LEFT = -_EDGE
_WIDE = WIDTH_PX + 2 * _EDGE
_TALL = HEIGHT_PX + 2 * _EDGE


class _Stage:
    """One setting being painted: a brush for things, a bare brush for sky and lamps."""

    def __init__(self, canvas: skia.Canvas, light: Light) -> None:
        self.things = Brush(canvas, light.place)
        self.bare = Brush(canvas, (1.0, 1.0, 1.0))
        self.light = light

    def sky(self, horizon: float) -> None:
        self.bare.rect(_LEFT, -_EDGE, _WIDE, _EDGE + 1, self.light.sky[0])
        self.bare.fade(_LEFT, 0, _WIDE, horizon + 1, *self.light.sky)

    def sun(self, x: float, y: float) -> None:
        if not self.light.lamps_on:
            self.bare.oval(x, y, 26, 26, rgb("#fff3c4"))
        elif self.light.sky[0][2] > self.light.sky[0][0]:
            self.bare.oval(x, y, 20, 20, rgb("#e8ecff"))
        else:
            self.bare.oval(x, y + 34, 32, 32, rgb("#fff0a0"))

    def wall(self, colour: str, floor: str, floor_y: float) -> None:
        self.things.rect(_LEFT, -_EDGE, _WIDE, _TALL, rgb(colour))
        self.things.rect(_LEFT, floor_y, _WIDE, _EDGE + HEIGHT_PX - floor_y, rgb(floor))

    def window(self, x: float, y: float, w: float, h: float, frame: str = "#f6f1e6") -> None:
        self.things.rect(x - 6, y - 6, w + 12, h + 12, rgb(frame))
        self.bare.fade(x, y, w, h, *self.light.sky)
        self.things.rect(x + w / 2 - 3, y, 6, h, rgb(frame))

    def lamp(self, x: float, y: float, r: float) -> None:
        colour = self.light.lamp if self.light.lamps_on else rgb("#fff6dc")
        self.bare.oval(x, y, r, r * 0.8, colour)


def _kitchen(s: _Stage) -> None:
    s.wall("#ecdcb4", "#b5814f", 214)
    s.window(60, 34, 112, 76)
    s.things.rect(300, -40, 300, 110, rgb("#6aa08f"))
    s.things.rect(394, -40, 5, 104, rgb("#4b8272"))
    s.things.rect(_LEFT, 128, _WIDE, 14, rgb("#f8f3e6"))
    s.things.rect(_LEFT, 142, _WIDE, 74, rgb("#7db5a3"))
    for x in (-60, 60, 180, 300, 420, 540):
        s.things.rect(x, 150, 5, 60, rgb("#4b8272"))
    s.things.rect(404, 94, 44, 34, rgb("#cf4634"), radius=8)


def _street(s: _Stage) -> None:
    s.sky(208)
    for x, w, h, colour in (
        (-150, 150, 150, "#8f7f92"),
        (-10, 130, 182, "#8b6f66"),
        (120, 90, 120, "#b09484"),
        (330, 100, 140, "#7d8494"),
        (430, 140, 200, "#9a8378"),
        (570, 110, 150, "#8b6f66"),
    ):
        s.things.rect(x, 206 - h, w, h, rgb(colour))
        for row in range(int((h - 30) // 44)):
            for column in range(int((w - 16) // 40)):
                pane = s.bare if s.light.lamps_on else s.things
                lit = (row + column) % 2 == 0
                colour_in = s.light.lamp if s.light.lamps_on and lit else rgb("#4d5666")
                (pane if lit else s.things).rect(x + 14 + column * 40, 222 - h + row * 44, 20, 24, colour_in)
    s.things.rect(_LEFT, 206, _WIDE, 22, rgb("#b9b5ad"))
    s.things.rect(_LEFT, 226, _WIDE, 240, rgb("#55575f"))
    for x in range(-120, 640, 120):
        s.things.rect(x, 252, 60, 9, rgb("#efe9d2"))


def _forest(s: _Stage) -> None:
    s.sky(190)
    s.things.rect(_LEFT, 120, _WIDE, 120, rgb("#8fbf93"))
    for x, h, colour in (
        (-90, 200, "#3f7d52"),
        (24, 216, "#3c7a4c"),
        (124, 170, "#5d9a66"),
        (388, 176, "#5d9a66"),
        (484, 222, "#356f47"),
        (590, 190, "#3f7d52"),
    ):
        s.things.rect(x - 9, 180, 18, 60, rgb("#6b4528"))
        for tier in range(3):
            half, base = 64 - 14 * tier, 212 - tier * h * 0.27
            s.things.polygon(((x - half, base), (x + half, base), (x, base - h * 0.42)), rgb(colour))
    s.things.rect(_LEFT, 224, _WIDE, 240, rgb("#6d9a3f"))
    s.things.oval(256, 300, 210, 40, rgb("#a08a55"))


def _beach(s: _Stage) -> None:
    s.sky(140)
    s.sun(420, 46)
    s.things.rect(_LEFT, 138, _WIDE, 66, rgb("#2a93bf"))
    s.things.rect(_LEFT, 160, _WIDE, 7, rgb("#8ed3e4"))
    s.things.rect(_LEFT, 200, _WIDE, 270, rgb("#f0dc9c"))
    s.things.rect(66, 120, 9, 130, rgb("#f8f3e6"))
    s.things.oval(70, 124, 74, 48, rgb("#ee5a4a"))
    s.things.rect(-8, 124, 156, 14, rgb("#f8f3e6"))


def _bedroom(s: _Stage) -> None:
    s.wall("#c3a9d8", "#8a6450", 220)
    s.window(70, 36, 104, 92)
    s.things.rect(36, 24, 34, 124, rgb("#8c5aa4"))
    s.things.rect(176, 24, 34, 124, rgb("#8c5aa4"))
    s.things.rect(484, 116, 26, 120, rgb("#6a4636"))
    s.things.rect(290, 176, 200, 60, rgb("#f0ebf5"))
    s.things.rect(290, 196, 150, 44, rgb("#d66c86"))
    s.things.rect(430, 156, 60, 28, rgb("#ffffff"), radius=10)
    s.things.rect(232, 166, 12, 60, rgb("#6a4636"))
    s.lamp(238, 152, 26)


def _office(s: _Stage) -> None:
    s.wall("#d3dbe0", "#6f8091", 218)
    for x in (-110, 20, 150, 280, 410, 540):
        s.window(x, 26, 96, 100, frame="#f3f6f8")
    s.things.rect(-60, 176, 240, 14, rgb("#8f6b45"))
    s.things.rect(150, 190, 14, 60, rgb("#6d5034"))
    s.things.rect(60, 126, 76, 50, rgb("#2b3038"), radius=4)
    s.things.rect(400, 150, 74, 100, rgb("#4a5866"))
    s.things.rect(408, 178, 58, 5, rgb("#98a6b2"))


def _diner(s: _Stage) -> None:
    s.wall("#f2e2cf", "#4b4f57", 232)
    for x in range(-160, 672, 64):
        s.things.rect(x, 232, 32, 26, rgb("#e9e6df"))
    s.things.rect(_LEFT, -_EDGE, _WIDE, 180, rgb("#3aa6a6"))
    s.bare.rect(_LEFT, 20, _WIDE, 8, rgb("#ff5d8f"))
    s.window(150, 44, 200, 80, frame="#e5e8ea")
    for x in (-130, 10, 390, 530):
        s.things.rect(x, 126, 112, 112, rgb("#c22f3c"), radius=16)
    s.things.rect(_LEFT, 176, _WIDE, 12, rgb("#f7f7f4"))
    s.lamp(80, 60, 24)
    s.lamp(432, 60, 24)


def _harbour(s: _Stage) -> None:
    s.sky(150)
    s.sun(96, 44)
    s.things.rect(_LEFT, 148, _WIDE, 80, rgb("#3c6f86"))
    s.things.rect(380, 20, 9, 120, rgb("#5c4331"))
    s.things.polygon(((392, 26), (392, 122), (470, 122)), rgb("#f4efe2"))
    s.things.polygon(((286, 136), (520, 136), (488, 196), (316, 196)), rgb("#a8322c"))
    s.things.rect(286, 132, 236, 10, rgb("#f4efe2"))
    s.things.rect(_LEFT, 214, _WIDE, 250, rgb("#8d6a49"))
    for x in range(-160, 672, 84):
        s.things.rect(x, 214, 7, 250, rgb("#6d5038"))
    s.things.rect(30, 172, 26, 56, rgb("#5f4632"), radius=6)


_PAINTERS = {
    "kitchen": _kitchen,
    "street": _street,
    "forest": _forest,
    "beach": _beach,
    "bedroom": _bedroom,
    "office": _office,
    "diner": _diner,
    "harbour": _harbour,
}


def paint_setting(canvas: skia.Canvas, setting: str, light: Light) -> None:
    """Paint a setting over the whole canvas, 160 px beyond each edge of the frame.

    Args:
        canvas: a skia canvas in frame coordinates (px).
        setting: one of ``world.SETTINGS``.
        light: the light of the time of day.
    """
    _PAINTERS[setting](_Stage(canvas, light))
