"""The six settings inside a house: kitchen, bedroom, office, diner, library and corridor."""

from functools import cache

import skia

from pipeline.pocket.brush import Brush, mixed, rgb, shaded
from pipeline.pocket.settings.stage import BOTTOM, LEFT, RIGHT, TOP, WIDE, Stage

_ROOM = 0.8


def kitchen(s: Stage) -> None:
    """Cream walls over terracotta: mint cupboards, a red stove under a copper hood, a gingham window."""
    window, stove, fridge = (96.0, 352.0, 452.0) if s.layout != 2 else (318.0, 100.0, -4.0)
    with s.layer(_ROOM, hazy=False) as b:
        s.room(b, "#f6e3b4", "#cb7848", 212, "#e8d2a0")
        s.floor_beam(window, 100, 212)
        b.rect(LEFT, 112, WIDE, 32, rgb("#fbf4e2"))
        s.window(b, window, 36, 100, 80)
        for n in range(10):
            drop = 22 if n % 2 else 26
            b.rect(window - 10 + n * 12, 26, 12, drop, rgb("#d8463c" if n % 2 else "#fff6ea"))
        b.rect(LEFT, 146, WIDE, 66, rgb("#62b39b"))
        doors = [(x, 154.0, 52.0, 50.0) for x in range(LEFT, RIGHT, 60)]
        b.rects(doors, rgb("#7cc9b0"))
        b.rects(((x + 21, 158, 10, 4) for x, *_ in doors), rgb("#3f7f6d"))
        b.fade(LEFT, 138, WIDE, 10, rgb("#fffaf0"), rgb("#d8cbb0"))
        for x in (stove - 96, stove + 74) if s.layout != 2 else (stove + 74, stove + 140):
            s.block(b, x, TOP, 62, 74 - TOP, "#6fbda5")
            b.rect(x + 6, -20, 50, 88, rgb("#83cdb6"))
            b.rect(x + 28, 54, 6, 10, rgb("#3f7f6d"))
        hood = ((stove - 6, 84), (stove + 74, 84), (stove + 52, 48), (stove + 16, 48))
        s.block(b, stove + 16, TOP, 36, 50 - TOP, "#c98452")
        b.ramp(hood, (rgb("#e9a870"), rgb("#a85f34")), (stove - 6, 0), (stove + 74, 0))
        s.block(b, stove, 134, 68, 80, "#d23c2e")
        b.rect(stove + 9, 160, 50, 34, rgb("#3a1f22"), radius=5)
        b.rect(stove + 12, 163, 44, 14, rgb("#f08a3c") if s.light.lamps_on else rgb("#6a3a34"), radius=4)
        b.rects(((stove + 8 + n * 15, 142, 8, 8) for n in range(4)), rgb("#fff0d8"))
        b.rect(stove + 12, 114, 30, 20, rgb("#4b78b8"), radius=5)
        s.block(b, fridge, 62, 66, 156, "#f2efe2")
        b.rect(fridge, 116, 66, 3, rgb("#b9b4a2"))
        b.rects(((fridge + 8, 84, 5, 26), (fridge + 8, 126, 5, 34)), rgb("#8d8a80"))
        s.cast(fridge, 66, 217, 90)
        if s.layout == 2:
            b.rect(436, 92, 104, 6, rgb("#a8703c"))
            for n, colour in enumerate(("#4b78b8", "#f0b838", "#d8463c")):
                b.oval(452 + n * 30, 78, 13, 14, rgb(colour))
                b.oval(452 + n * 30, 78, 7, 8, shaded(rgb(colour), 1.4))
        s.lamp_glow(stove + 34, 92, 60, 0.6)
        s.wall_beam(256 - s.key_x * 90 - 40, 60, 84, 90)
        s.pendant(b, s.pick(252, 232), 26, 24, "#e8b53c")
    with s.layer(1.0, hazy=False) as b:
        x = s.pick(-70, 430)
        s.dim(x + 80, 292, 110, 12)
        b.rects(((x + 6, 246, 12, 60), (x + 130, 246, 12, 60)), rgb("#7c4a26"))
        b.fade(x - 12, 236, 172, 13, rgb("#e0a460"), rgb("#a86a34"))
        b.ball(x + 92, 222, 8, 8, rgb("#f0862a"))
        b.ball(x + 106, 221, 8, 8, rgb("#f4a23a"))
        b.rect(x + 78, 226, 44, 11, rgb("#3e73b4"), radius=5)


def bedroom(s: Stage) -> None:
    """Lavender walls: a bed under a rose blanket, plum curtains, a bedside lamp and a round mirror."""
    window, bed, mirror = (88.0, 300.0, 250.0) if s.layout != 2 else (330.0, 20.0, 246.0)
    with s.layer(_ROOM, hazy=False) as b:
        s.room(b, "#c4aae4", "#8d5f52", 216, "#efe6fa")
        s.floor_beam(window, 100, 216)
        for x in range(LEFT, RIGHT, 46):
            b.rect(x, TOP, 8, 216 - 8 - TOP, rgb("#b496da"), 110)
        s.window(b, window, 30, 100, 108)
        for x in (window - 40, window + 92):
            b.ramp(
                ((x, 14), (x + 48, 14), (x + 44, 204), (x + 4, 204)),
                (rgb("#9a4fae"), rgb("#6d2f86"), rgb("#9a4fae"), rgb("#6d2f86")),
                (x, 0),
                (x + 48, 0),
            )
        b.rect(window - 50, 10, 200, 6, rgb("#d8b45a"))
        b.ring(mirror, 66, 25, 25, 6, rgb("#d8b45a"))
        b.oval(mirror, 66, 22, 22, mixed(rgb("#e9e2f6"), s.light.sky[1], 0.3))
        b.polygon(((mirror - 14, 76), (mirror + 8, 48), (mirror + 13, 52), (mirror - 9, 80)), rgb("#ffffff"))
        if s.layout == 2:
            b.rect(96, 30, 92, 58, rgb("#f6e6c0"))
            b.fade(102, 36, 80, 46, rgb("#f4a27c"), rgb("#f7d38a"))
            b.polygon(((102, 82), (130, 54), (148, 70), (162, 58), (182, 82)), rgb("#5f6fae"))
        s.wall_beam(256 - s.key_x * 110 - 42, 44, 84, 84)
        head = bed + 132 if s.layout != 2 else bed
        s.cast(bed, 190, 240, 60)
        s.block(b, head, 100, 62, 138, "#7b4a34")
        b.rect(head + 8, 108, 46, 60, rgb("#95603f"), radius=8)
        foot = bed if s.layout != 2 else bed + 190
        b.rect(bed, 172, 192, 62, rgb("#f6eff8"))
        pillow = head - 40 if s.layout != 2 else head + 40
        b.ball(pillow + 31, 166, 36, 17, rgb("#ffffff"))
        left = bed - 6 if s.layout != 2 else bed + 72
        b.rect(left, 168, 128, 70, rgb("#e0607f"), radius=12)
        b.rects(((left + n * 32 + 8, 170, 12, 66) for n in range(4)), rgb("#ee8aa0"))
        b.rect(left, 168, 128, 10, rgb("#f6b0bf"), radius=5)
        b.rect(foot - 6, 152, 12, 90, rgb("#7b4a34"))
        x = s.pick(222, 264)
        b.rect(x - 20, 176, 40, 42, rgb("#7b4a34"))
        b.rect(x - 15, 184, 30, 12, rgb("#95603f"))
        s.lamp_glow(x, 142, 110, 0.8)
        b.rect(x - 2, 152, 5, 24, rgb("#d8b45a"))
        shade = ((x - 11, 128), (x + 11, 128), (x + 20, 156), (x - 20, 156))
        (s.bare if s.light.lamps_on else b).polygon(shade, s.light.lamp if s.light.lamps_on else rgb("#f7dfe6"))
    with s.layer(1.0, hazy=False) as b:
        b.oval(256, 292, 200, 24, rgb("#e9d8f2"))
        b.oval(256, 293, 176, 18, rgb("#a678c6"))


def office(s: Stage) -> None:
    """Cool grey: a band of tall windows onto the city, a desk with screen and lamp, lime files, a clock."""
    desk, cabinet, plant = (40.0, 400.0, 372.0) if s.layout != 2 else (330.0, 60.0, 160.0)
    with s.layer(_ROOM, hazy=False) as b:
        s.room(b, "#cfdbe4", "#5f7488", 212, "#9fb0be")
        b.rect(LEFT, 4, WIDE, 130, rgb("#eef3f7"))
        for n, x in enumerate(range(-228, 760, 108)):
            s.bare.fade(x, 12, 96, 112, *s.light.sky)
            for m, (dx, w, h) in enumerate(((2, 24, 54 + n % 3 * 14), (32, 26, 76 - n % 2 * 22), (64, 28, 44))):
                far = mixed(mixed(s.light.sky[1], rgb("#24405e"), 0.45), s.light.haze[0], s.light.haze[1] * 0.7)
                s.bare.rect(x + dx, 124 - h, w, h, far)
                if s.light.lamps_on:
                    lit = ((x + dx + 5 + c * 10, 132 - h + r * 14, 4, 6) for c in (0, 1) for r in range(2 + m % 2))
                    s.bare.rects(lit, s.light.lamp)
            b.rects(((x, 12 + r * 5, 96, 2) for r in range(5)), rgb("#ffffff"))
            s.floor_beam(x + 4, 86, 212)
        b.rect(LEFT, 132, WIDE, 9, rgb("#b5c4d0"))
        s.cast(cabinet, 62, 216, 80)
        s.block(b, cabinet, 104, 62, 112, "#a9c23f")
        b.rects(((cabinet + 5, 110 + n * 36, 52, 30) for n in range(3)), rgb("#bdd455"))
        b.rects(((cabinet + 22, 120 + n * 36, 18, 5) for n in range(3)), rgb("#566420"))
        b.rect(cabinet + 8, 88, 40, 16, rgb("#e8874a"))
        b.rect(cabinet + 12, 76, 32, 12, rgb("#3f6fae"))
        if s.layout == 2:
            b.rect(404, 24, 84, 74, rgb("#5b6b7a"))
            b.rect(408, 28, 76, 66, rgb("#ffffff"))
            b.rects(((416 + n * 15, 84 - h, 10, h) for n, h in enumerate((18, 34, 26, 46))), rgb("#e8573a"))
        clock = s.pick(238, 196)
        b.rect(clock - 26, TOP, 52, 132 - TOP, rgb("#dfe8ee"))
        b.oval(clock, 52, 21, 21, rgb("#2c3440"))
        b.oval(clock, 52, 17, 17, rgb("#ffffff"))
        b.lines((((clock, 40), (clock, 52), (clock + 9, 57)),), 2.5, rgb("#2c3440"))
        s.wall_beam(256 - s.key_x * 70 - 40, 138, 100, 66)
        strip = s.light.lamp if s.light.lamps_on else rgb("#ffffff")
        for x in range(-200, 700, 180):
            s.bare.rect(x, -2, 110, 6, strip)
            s.lamp_glow(x + 55, 4, 110, 0.45)
    with s.layer(0.92, hazy=False) as b:
        s.cast(desk - 50, 190, 240, 40)
        b.rects(((desk - 44, 190, 10, 56), (desk + 120, 190, 10, 56)), rgb("#3d4856"))
        b.fade(desk - 56, 180, 200, 12, rgb("#d9a566"), rgb("#a87440"))
        s.block(b, desk + 70, 192, 44, 50, "#b98750")
        b.rect(desk, 124, 76, 50, rgb("#1f2630"), radius=4)
        s.bare.fade(desk + 4, 128, 68, 42, rgb("#7fd4f2"), rgb("#3c86c4"))
        s.bare.rects(((desk + 10, 134, 34, 5), (desk + 10, 144, 50, 4), (desk + 10, 153, 42, 4)), rgb("#e4f6ff"))
        b.rect(desk + 32, 172, 12, 10, rgb("#1f2630"))
        x = desk + 112
        s.lamp_glow(x - 8, 146, 84, 0.8)
        b.lines((((x, 180), (x + 8, 156), (x - 6, 136)),), 4, rgb("#e8573a"))
        b.polygon(((x - 10, 130), (x + 2, 138), (x - 8, 152), (x - 24, 140)), rgb("#e8573a"))
        s.bulb(x - 15, 147, 7, 5)
        b.rect(plant - 12, 186, 26, 32, rgb("#e7e2d8"), radius=4)
        leaves = (((plant, 190), (plant + dx, 190 - h), (plant + dx * 0.3 + 7, 188)) for dx, h in _LEAVES)
        b.polygons(leaves, rgb("#3f9a5a"))


_LEAVES = ((-34, 40), (-20, 62), (-4, 74), (14, 64), (30, 44))


def diner(s: Stage) -> None:
    """Teal over a chequered floor: red booths, a pink neon line, chrome, pendant lamps and a jukebox."""
    window, jukebox = (150.0, 424.0) if s.layout != 2 else (190.0, 44.0)
    booths = (-150.0, 8.0, 288.0, 560.0) if s.layout != 2 else (-130.0, 130.0, 360.0, 530.0)
    with s.layer(_ROOM, hazy=False) as b:
        s.room(b, "#2fa5a4", "#efe9dd", 220, "#dfe6e8")
        dark = []
        for row, (y, low) in enumerate(((220, 232), (232, 248), (248, 272), (272, 312), (312, BOTTOM))):
            for n in range(-16, 16, 2):
                k, m = (y - 120) / 100 * 46, (low - 120) / 100 * 46
                c = n + row % 2
                dark.append(((256 + c * k, y), (256 + (c + 1) * k, y), (256 + (c + 1) * m, low), (256 + c * m, low)))
        b.polygons(dark, rgb("#2c2f38"))
        s.window(b, window, 40, 180, 88, frame="#e8eef0", panes=(3, 1))
        s.floor_beam(window, 180, 220)
        b.rects(((LEFT, 132, WIDE, 6), (LEFT, 142, WIDE, 3)), rgb("#f2f6f6"))
        for x in booths:
            s.cast(x, 120, 226, 40)
            s.block(b, x, 128, 122, 100, "#d22b3a")
            b.rects(((x + 8 + n * 28, 138, 22, 62) for n in range(4)), rgb("#e8505a"))
            b.rect(x - 3, 122, 128, 10, rgb("#f4f0ea"), radius=5)
            b.rect(x + 96, 180, 86, 8, rgb("#f8f6f0"))
            b.rect(x + 134, 188, 10, 42, rgb("#9aa4aa"))
        neon = rgb("#ff4f94") if s.light.lamps_on else rgb("#f58ab4")
        s.bare.rect(LEFT, 15, WIDE, 5, neon)
        if s.light.lamps_on:
            frame = ((LEFT, -14), (RIGHT, -14), (RIGHT, 50), (LEFT, 50))
            s.bare.veil(frame, neon, (110, 0), (0, 17), (0, 50))
        if s.layout == 2:
            b.rect(398, 48, 84, 56, rgb("#2b2f36"))
            b.rects(((406, 56, 40, 6), (406, 70, 56, 5), (406, 82, 48, 5), (406, 93, 58, 4)), rgb("#fbf0d8"))
        s.wall_beam(256 - s.key_x * 130 - 40, 50, 84, 70)
        for x in (booths[1] + 138, booths[2] + 138):
            s.pendant(b, x - 20, 54, 21, "#f2c33c")
    with s.layer(0.92, hazy=False) as b:
        _jukebox(s, b, jukebox)


def _jukebox(s: Stage, b: Brush, x: float) -> None:
    s.cast(x, 64, 236, 70)
    s.lamp_glow(x + 32, 130, 90, 0.6)
    b.rect(x, 92, 64, 146, rgb("#8a3f1e"), radius=30)
    glass = s.bare if s.light.lamps_on else b
    glass.rect(x + 6, 98, 52, 134, rgb("#ffb52e"), radius=26)
    b.rect(x + 12, 106, 40, 120, rgb("#7a2f5e"), radius=20)
    glass.oval(x + 32, 132, 15, 15, rgb("#7fe3d8"))
    glass.oval(x + 32, 132, 6, 6, rgb("#fff4d0"))
    b.rects(((x + 18, 162 + n * 14, 28, 8) for n in range(4)), rgb("#f4e6c8"))


_SPINES = ("#a8382e", "#2f6a4a", "#c99a3c", "#2f4f86", "#6d3a64", "#d8c8a0")


_SHELVES = (-154, -108, -62, -16, 30, 76, 122, 168)


@cache
def _books(layout: int) -> tuple[tuple[str, skia.Path], ...]:
    """The spines on all shelves, by colour; hundreds of them, so that they are built only once."""
    paths = {colour: skia.Path() for colour in _SPINES}
    for row, y in enumerate(_SHELVES):
        x, n = float(LEFT), row * 5 + layout * 3
        while x < RIGHT:
            w, h = 9 + n * 7 % 6, 24 + n * 11 % 9
            if n % 13 != 12:
                paths[_SPINES[(n * 5 + n // 7) % 6]].addRect(skia.Rect.MakeXYWH(x, y + 28 - h, w, h))
            x += w + 1.5
            n += 1
    return tuple(paths.items())


def library(s: Stage) -> None:
    """Walnut shelves full of spines up to the ceiling: an arched window, a ladder, green reading lamps."""
    arch, ladder, table = (236.0, 120.0, 330.0) if s.layout != 2 else (70.0, 384.0, -10.0)
    with s.layer(_ROOM, hazy=False) as b:
        s.room(b, "#5b3620", "#7c4a2a", 214, "#3f2415")
        for y in _SHELVES:
            b.rect(LEFT, y - 12, WIDE, 40, rgb("#341c10"))
        for colour, books in _books(s.layout):
            b.path(books, rgb(colour))
        for x in range(-236 + int(s.pick(0, 40)), RIGHT, 118):
            s.block(b, x, TOP, 13, 214 - TOP, "#7a4a2a")
        b.rect(arch - 22, TOP, 112, 214 - TOP, rgb("#6a4026"))
        b.rect(arch - 8, 26, 84, 140, rgb("#d6b98a"), radius=42)
        s.bare.rect(arch, 34, 68, 124, s.light.sky[0], radius=34)
        s.bare.fade(arch, 70, 68, 88, *s.light.sky)
        b.rects(((arch + 32, 34, 4, 124), (arch, 74, 68, 4), (arch, 114, 68, 4)), rgb("#d6b98a"))
        if not s.night:
            s.bare.glow(arch + 34, 90, 130, s.light.sky[1], 0.4)
        b.oval(256, 262, 260, 36, rgb("#2f6b4c"))
        b.oval(256, 262, 236, 29, rgb("#3d8560"))
        s.floor_beam(arch, 68, 214)
        s.wall_beam(256 - s.key_x * 130 - 40, 52, 84, 90)
        lean = -22
        b.lines((((ladder, 222), (ladder - lean, TOP)), ((ladder + 34, 222), (ladder + 34 - lean, TOP))), 5, _OAK)
        rungs = (((ladder + (222 - y) * 0.045, y), (ladder + 34 + (222 - y) * 0.045, y)) for y in range(-60, 215, 24))
        b.lines(rungs, 4, _OAK)
    with s.layer(0.95, hazy=False) as b:
        s.cast(table, 190, 252, 50)
        b.rects(((table + 10, 200, 12, 56), (table + 170, 200, 12, 56)), rgb("#4a2813"))
        b.fade(table - 4, 190, 200, 13, rgb("#b8763c"), rgb("#7c4a24"))
        if s.layout == 2:
            b.rects(((451, 178, 6, 60), (432, 234, 44, 7)), rgb("#b8763c"))
            b.ring(454, 152, 31, 31, 4, rgb("#d8b45a"))
            b.ball(454, 152, 27, 27, rgb("#3f8fb8"))
            b.polygon(((440, 138), (456, 134), (462, 148), (450, 160), (444, 152)), rgb("#8fbf5c"))
        for x in (table + 52, table + 148):
            s.lamp_glow(x, 172, 78, 0.85)
            b.rect(x - 2, 166, 4, 24, rgb("#d8b45a"))
            b.oval(x, 190, 12, 3, rgb("#d8b45a"))
            s.bulb(x, 169, 20, 5)
            (s.bare if s.light.lamps_on else b).rect(x - 22, 152, 44, 16, rgb("#1fae6a"), radius=8)
        b.rect(table + 76, 182, 40, 8, rgb("#a8382e"))
        b.rect(table + 80, 175, 34, 7, rgb("#2f4f86"))


_OAK = rgb("#d59a55")


def corridor(s: Stage) -> None:
    """Ochre walls that run to one point: a red carpet, dark blue doors and a chain of round lamps."""
    vx = s.pick(286, 262)
    near = 2.6

    def at(x: float, y: float, k: float) -> tuple[float, float]:
        return vx + x * k, 118 + y * k

    def side(sign: int, y0: float, y1: float, k0: float, k1: float) -> tuple[tuple[float, float], ...]:
        return at(sign * 262, y0, k0), at(sign * 262, y0, k1), at(sign * 262, y1, k1), at(sign * 262, y1, k0)

    with s.layer(_ROOM, hazy=False) as b:
        b.rect(LEFT, TOP, WIDE, BOTTOM - TOP, rgb("#d9a441"))
        b.ramp(
            (at(-262, -190, near), at(262, -190, near), at(262, -190, 0.3), at(-262, -190, 0.3)),
            _CEILING,
            (0, -200),
            (0, 60),
        )
        b.ramp(
            (at(-262, 154, near), at(262, 154, near), at(262, 154, 0.3), at(-262, 154, 0.3)),
            _BOARDS,
            (0, 160),
            (0, 420),
        )
        b.ramp(
            (at(-120, 154, near), at(120, 154, near), at(120, 154, 0.3), at(-120, 154, 0.3)),
            _CARPET,
            (0, 160),
            (0, 420),
        )
        for x in (-132, 124):
            b.polygon((at(x, 154, near), at(x + 8, 154, near), at(x + 8, 154, 0.3), at(x, 154, 0.3)), rgb("#e8c056"))
        for sign in (-1, 1):
            lit = 1.12 if sign * s.key_x < 0 else 0.8
            wall = (shaded(rgb("#e8b450"), lit), shaded(rgb("#c08a34"), lit))
            b.ramp(side(sign, -190, 154, near, 0.3), wall, at(sign * 262, 0, 1.4), at(sign * 262, 0, 0.3))
            b.polygon(side(sign, 66, 154, near, 0.3), shaded(rgb("#8a3a2a"), lit))
            b.polygon(side(sign, 58, 68, near, 0.3), shaded(rgb("#f0dcae"), lit))
            doors = (
                ((0.84, 0.64), (0.5, 0.41), (1.6, 1.1))
                if (sign > 0) != (s.layout == 2)
                else ((1.0, 0.74), (0.56, 0.45))
            )
            for k0, k1 in doors:
                b.polygon(side(sign, -84, 154, k0 * 1.03, k1 * 0.97), rgb("#f0dcae"))
                b.polygon(side(sign, -76, 154, k0, k1), shaded(rgb("#2f4a78"), lit))
                mid, trim = (k0 + k1) / 2, (k0 - k1) * 0.28
                for y0, y1 in ((-62, 16), (34, 130)):
                    b.polygon(side(sign, y0, y1, mid + trim, mid - trim), shaded(rgb("#46669c"), lit))
                b.oval(*at(sign * 260, 40, k1 + (k0 - k1) * 0.12), 4, 4, rgb("#f0c850"))
        x, y = at(-262, -190, 0.3)
        b.rect(x, y, 524 * 0.3, 344 * 0.3, rgb("#c99540"))
        s.bare.fade(vx - 30, 78, 60, 62, *s.light.sky)
        b.rects(
            (
                (vx - 34, 74, 68, 5),
                (vx - 34, 138, 68, 6),
                (vx - 34, 74, 5, 68),
                (vx + 29, 74, 5, 68),
                (vx - 2, 74, 4, 68),
            ),
            rgb("#fff0d0"),
        )
        s.floor_beam(vx - 30, 60, 168)
        if not s.night:
            s.bare.glow(vx, 108, 110, s.light.sky[1], 0.5)
        for k in (0.36, 0.5, 0.76, 1.2):
            x, y = at(0, -158, k)
            s.lamp_glow(x, y, 150 * k, 0.8)
            b.rect(x - 2, y - 60 * k, 4, 60 * k, rgb("#7c5a24"))
            s.bulb(x, y, 26 * k, 22 * k)
        if s.layout == 2:
            b.polygon(side(1, -76, -8, 0.7, 0.58), rgb("#f6e6c0"))
            b.polygon(side(1, -68, -16, 0.685, 0.595), rgb("#3f8f7a"))
        s.wall_beam(256 - s.key_x * 170 - 40, 60, 70, 70)
    with s.layer(1.0, hazy=False) as b:
        x = s.pick(96, 132)
        s.dim(x, 238, 30, 6)
        b.rect(x - 24, 186, 48, 6, rgb("#5a3018"))
        b.rects(((x - 20, 190, 5, 48), (x + 15, 190, 5, 48)), rgb("#5a3018"))
        b.rect(x - 9, 160, 18, 27, rgb("#3f8f9a"), radius=8)
        for dx, dy in ((-14, 148), (0, 138), (14, 147)):
            b.oval(x + dx, dy, 10, 10, rgb("#f2e6f0"))
            b.oval(x + dx, dy, 4, 4, rgb("#e8b53c"))


_CEILING = (rgb("#f6e8c8"), rgb("#d8b880"))
_BOARDS = (rgb("#6d3f22"), rgb("#94592f"))
_CARPET = (rgb("#9a1f2a"), rgb("#cf3540"))
