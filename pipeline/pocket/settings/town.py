"""Three settings in town: street, rooftop and harbour."""

from pipeline.pocket.brush import Brush, rgb, shaded
from pipeline.pocket.settings.stage import BOTTOM, EYE_Y, LEFT, RIGHT, WIDE, Point, Stage

_HOUSES = ("#c8583e", "#d99a5c", "#8f4a5c", "#e0b88a", "#b86a4a", "#a8788a")
_DEPTHS = (2.6, 1.25, 0.84, 0.58, 0.41, 0.3, 0.22)
_HEIGHTS = ((200, 190, 176, 230, 190, 220), (210, 170, 236, 190, 232, 200))


def street(s: Stage) -> None:
    """Brick and ochre houses that run to a clock tower: a striped awning, a street lamp, a crossing."""
    vx = s.pick(286, 222)
    s.sky(150)

    def at(x: float, y: float, k: float) -> Point:
        return vx + x * k, EYE_Y + y * k

    with s.layer(0.35) as b:
        _clock_tower(s, b, vx)
    with s.layer(0.8) as b:
        b.ramp(((LEFT, 150), (RIGHT, 150), (RIGHT, BOTTOM), (LEFT, BOTTOM)), _ASPHALT, (0, 150), (0, 300))
        for sign in (-1, 1):
            turned = s.layout == 2
            heights = _HEIGHTS[(sign > 0) != turned]
            edge = sign * 300
            b.polygon(
                (at(edge, 154, 2.6), at(sign * 205, 154, 2.6), at(sign * 205, 154, 0.22), at(edge, 154, 0.22)), _PAVING
            )
            b.polygon(
                (
                    at(sign * 205, 154, 2.6),
                    at(sign * 197, 160, 2.6),
                    at(sign * 197, 160, 0.22),
                    at(sign * 205, 154, 0.22),
                ),
                _KERB,
            )
            for n in range(5, -1, -1):
                shop = n == 1 and (sign < 0) != turned
                _house(
                    s,
                    b,
                    vx,
                    sign,
                    (_DEPTHS[n], _DEPTHS[n + 1]),
                    heights[n],
                    (n * 2 + (sign > 0) * 3 + s.layout) % 6,
                    shop,
                )
        stripes = (
            (at(x, 154, 0.93), at(x + 26, 154, 0.93), at(x + 26, 154, 0.76), at(x, 154, 0.76))
            for x in range(-190, 180, 52)
        )
        b.polygons(stripes, rgb("#eee8da"))
    with s.layer(1.0) as b:
        for x in (s.pick(392, 418), s.pick(-120, -90), s.pick(620, 650)):
            _street_lamp(s, b, x, 270)
        if s.layout == 2:
            _post_box(s, b, 46)
        x = s.pick(60, 118)
        s.cast(x - 12, 24, 276, 34)
        b.rect(x - 11, 238, 22, 38, rgb("#e8b41e"), radius=8)
        b.rects(((x - 15, 250, 30, 7), (x - 14, 270, 28, 6)), rgb("#c8921a"))


_ASPHALT = (rgb("#8b8890"), rgb("#63626e"))
_PAVING = rgb("#c9bdb0")
_KERB = rgb("#8f867e")


def _post_box(s: Stage, b: Brush, x: float) -> None:
    s.cast(x - 18, 38, 262, 50)
    s.block(b, x - 18, 176, 38, 86, "#d8332e")
    b.oval(x + 1, 177, 22, 10, rgb("#b02422"))
    b.rects(((x - 10, 194, 22, 5), (x - 22, 250, 46, 13)), rgb("#4a1a20"))
    b.rect(x - 9, 208, 20, 18, rgb("#fbf4e4"))


def _clock_tower(s: Stage, b: Brush, vx: float) -> None:
    b.rect(vx - 120, 76, 240, 90, rgb("#8a6a78"))
    for n, x in enumerate(range(-110, 110, 36)):
        b.polygon(((vx + x, 78), (vx + x + 36, 78), (vx + x + 18, 58 - n % 2 * 8)), rgb("#6d4a5c"))
    s.block(b, vx - 19, 42, 38, 116, "#b08a72")
    b.polygon(((vx - 25, 44), (vx + 25, 44), (vx, -6)), rgb("#3f7a72"))
    s.lamp_glow(vx, 64, 50)
    s.bulb(vx, 64, 14, 14)
    b.lines((((vx, 55), (vx, 64), (vx + 7, 68)),), 2, rgb("#4a3038"))


def _house(
    s: Stage, b: Brush, vx: float, sign: int, ks: tuple[float, float], high: float, kind: int, shop: bool
) -> None:
    k0, k1 = ks

    def at(y: float, share: float, out: float = 0.0) -> Point:
        # Depth runs evenly along the wall, so its scale is a harmonic mean.
        k = 1 / ((1 - share) / k0 + share / k1)
        return vx + sign * (300 - out) * k, EYE_Y + y * k

    def quad(y0: float, y1: float, s0: float, s1: float) -> tuple[Point, Point, Point, Point]:
        return at(y0, s0), at(y0, s1), at(y1, s1), at(y1, s0)

    lit = 1.1 if sign * s.key_x < 0 else 0.74
    colour = shaded(rgb(_HOUSES[kind]), lit)
    b.ramp(
        quad(-high, 154, 0, 1),
        (shaded(colour, 1.08), shaded(colour, 0.82)),
        (0, EYE_Y - high * k1),
        (0, EYE_Y + 154 * k1),
    )
    b.polygon(
        (at(-high - 12, 0, 12), at(-high - 12, 1, 12), at(-high + 4, 1), at(-high + 4, 0)), shaded(rgb("#5a4048"), lit)
    )
    b.polygon(quad(8, 18, 0, 1), shaded(colour, 1.25))
    count = 6 if k0 > 0.3 else 0
    places = [(n, 0.12 + n % 3 * 0.29, -high + 26 + n // 3 * 74) for n in range(count)]
    frames = (quad(y - 4, y + 56, s0 - 0.02, s0 + 0.2) for _, s0, y in places)
    b.polygons(frames, shaded(rgb("#f0e2cc"), min(lit, 1.0)))
    panes = [((n + n // 3 + kind) % 3 != 1, quad(y, y + 52, s0, s0 + 0.18)) for n, s0, y in places]
    s.panes(b, [pane for home, pane in panes if home], [pane for home, pane in panes if not home])
    if not shop:
        b.polygon(quad(44, 154, 0.14, 0.34), shaded(rgb(("#2f5a58", "#6a2f3a")[kind % 2]), lit))
        s.pane(b, quad(44, 118, 0.5, 0.86), lit=kind % 2 == 0)
        return
    s.pane(b, quad(30, 130, 0.08, 0.92), lit=True, dark="#7fa6b8")
    for first, cloth in ((0, "#fbf4e4"), (1, "#1f8f8a")):
        edges = [(n / 8, (n + 1) / 8) for n in range(first, 8, 2)]
        stripes = (
            (at(8, s0), at(8, s1), at(50, s1, 74), at(60, s1, 74), at(60, s0, 74), at(50, s0, 74)) for s0, s1 in edges
        )
        b.polygons(stripes, rgb(cloth))
    if s.light.lamps_on:
        s.lamp_glow(*at(90, 0.5), 110, 0.7)


def _street_lamp(s: Stage, b: Brush, x: float, foot: float) -> None:
    s.cast(x - 5, 10, foot, 60)
    iron = rgb("#23323a")
    b.rect(x - 3, 76, 6, foot - 76, iron)
    b.rect(x - 9, foot - 22, 18, 22, iron, radius=3)
    s.lamp_glow(x, 62, 120, 0.9)
    b.polygon(((x - 18, 46), (x + 18, 46), (x + 10, 78), (x - 10, 78)), iron)
    glass = ((x - 13, 49), (x + 13, 49), (x + 7, 74), (x - 7, 74))
    if s.light.lamps_on:
        s.bare.polygon(glass, shaded(s.light.lamp, 1.4))
    else:
        b.polygon(glass, rgb("#e6eef0"))
    b.polygon(((x - 20, 46), (x + 20, 46), (x, 30)), iron)


def rooftop(s: Stage) -> None:
    """Violet roofs over the city: a water tower, a stair hut with a teal door, a string of bulbs."""
    tower, hut = (112.0, 384.0) if s.layout != 2 else (384.0, 36.0)
    s.sky(176)
    with s.layer(0.15) as b:
        _skyline(s, b, "#7a78a8", 172, 0, 5)
    with s.layer(0.4) as b:
        _skyline(s, b, "#5d5488", 200, 3, 4)
    with s.layer(0.9) as b:
        b.ramp(
            ((LEFT, 212), (RIGHT, 212), (RIGHT, BOTTOM), (LEFT, BOTTOM)),
            (rgb("#8d84a0"), rgb("#aba0b4")),
            (0, 212),
            (0, 300),
        )
        b.lines((((x, 212), (256 + (x - 256) * 3.4, BOTTOM)) for x in range(LEFT, RIGHT, 64)), 2, rgb("#7c728f"))
        b.fade(LEFT, 186, WIDE, 28, rgb("#c46a4e"), rgb("#9a4c40"))
        b.rects(((x + r * 14, 192 + r * 10, 24, 7) for r in (0, 1) for x in range(LEFT, RIGHT, 30)), rgb("#b0583f"))
        b.rect(LEFT, 180, WIDE, 9, rgb("#e6d8cc"))
        s.bare.veil(((LEFT, 212), (RIGHT, 212), (RIGHT, 234), (LEFT, 234)), (12, 10, 24), (110, 0), (0, 212), (0, 234))
        s.cast(tower - 34, 68, 226, 70)
        legs = (((tower + d, 226), (tower + d * 0.8, 116)) for d in (-36, -12, 12, 36))
        b.lines(legs, 5, rgb("#4a3a44"))
        b.lines((((tower - 34, 200), (tower + 32, 140)), ((tower + 34, 200), (tower - 32, 140))), 3, rgb("#4a3a44"))
        s.block(b, tower - 44, 44, 88, 80, "#b0714a")
        b.rects(((tower - 46, 58, 92, 4), (tower - 46, 82, 92, 4), (tower - 46, 106, 92, 4)), rgb("#5d3a30"))
        b.ramp(
            ((tower - 52, 46), (tower + 52, 46), (tower, 4)),
            (rgb("#8a6a80"), rgb("#54405c")),
            (tower - 50, 0),
            (tower + 50, 0),
        )
        s.cast(hut, 104, 236, 60)
        s.block(b, hut, 102, 104, 134, "#d8a888")
        b.rect(hut - 8, 92, 120, 13, rgb("#6a5a78"))
        b.rect(hut + 32, 136, 44, 100, rgb("#1f6a6c"))
        b.rect(hut + 36, 140, 36, 94, rgb("#2aa59e"))
        s.pane(b, ((hut + 42, 148), (hut + 66, 148), (hut + 66, 176), (hut + 42, 176)), lit=True)
        s.lamp_glow(hut + 54, 124, 90, 0.9)
        s.bulb(hut + 54, 124, 8, 6)
        if s.layout == 2:
            _washing(b)
        x = s.pick(232, 250)
        b.rects(((x - 11, 140, 22, 44), (x - 15, 134, 30, 8)), rgb("#a8543f"))
        b.lines(
            (((hut + 90, 92), (hut + 90, 34)), ((hut + 74, 40), (hut + 106, 40)), ((hut + 79, 54), (hut + 101, 54))),
            3,
            rgb("#3a3348"),
        )
    with s.layer(1.0) as b:
        for first in (-240, 20, 280, 540):
            points = [(first + n * 26.0, 22 + 34 * (1 - ((n - 5) / 5) ** 2)) for n in range(11)]
            b.lines((points,), 2, rgb("#2c2638"))
            for x, y in points[1::2]:
                s.lamp_glow(x, y + 6, 30, 0.8)
                s.bulb(x, y + 6, 5, 6, off="#ffe9b0")


def _washing(b: Brush) -> None:
    b.lines((((140, 122), (238, 134), (348, 120)),), 2, rgb("#2c2638"))
    for x, y, w, colour in ((158, 125, 30, "#fbf4ea"), (196, 130, 22, "#e8b53c"), (296, 129, 30, "#e86a5a")):
        b.polygon(((x, y), (x + w, y + 2), (x + w - 3, y + 44), (x + 2, y + 42)), rgb(colour))


def _skyline(s: Stage, b: Brush, colour: str, low: float, shift: int, gap: int) -> None:
    lit: list[tuple[float, float, float, float]] = []
    x, n = float(LEFT), shift + s.layout * 2
    boxes = []
    while x < RIGHT:
        w, h = 34 + n * 13 % 26, 50 + n * 37 % 74
        boxes.append((x, low - h, w, BOTTOM - low + h))
        lit += [
            (x + 6 + c * 10, low - h + 10 + r * 13, 5, 7)
            for c in range(int(w - 8) // 10)
            for r in range(4)
            if (c * 3 + r + n) % gap
        ]
        x += w + (n % 3) * 4
        n += 1
    b.rect(LEFT, low - 20, WIDE, BOTTOM - low, rgb(colour))
    b.rects(boxes, rgb(colour))
    if s.light.lamps_on:
        s.bare.rects(lit, s.light.lamp, 200)
    else:
        b.rects(lit, shaded(rgb(colour), 1.25))


def harbour(s: Stage) -> None:
    """Petrol water under a plank quay: a red ship, a yellow crane, a striped lighthouse, bollards."""
    ship, crane, tower = (24.0, 388.0, 292.0) if s.layout != 2 else (300.0, 84.0, 196.0)
    s.sky(132)
    with s.layer(0.12) as b:
        b.polygon(
            (
                (LEFT, 134),
                (LEFT, 96),
                (-60, 84),
                (60, 104),
                (200, 118),
                (330, 112),
                (480, 92),
                (620, 80),
                (RIGHT, 100),
                (RIGHT, 134),
            ),
            rgb("#5f7f8c"),
        )
        for n, x in enumerate(range(-230, 760, 38)):
            y = 112 + n * 5 % 9
            b.rect(x, y, 22, 20, rgb("#e8dccb"))
            b.polygon(((x - 3, y), (x + 25, y), (x + 11, y - 10)), rgb("#b8584a"))
            s.pane(b, ((x + 7, y + 5), (x + 14, y + 5), (x + 14, y + 13), (x + 7, y + 13)), lit=n % 3 != 0)
    with s.layer(0.3) as b:
        b.ramp(
            ((LEFT, 130), (RIGHT, 130), (RIGHT, BOTTOM), (LEFT, BOTTOM)),
            (rgb("#5aa0ac"), rgb("#1f6478"), rgb("#174e62")),
            (0, 130),
            (0, 250),
        )
        s.glitter(134, 212)
        b.polygon(((tower - 54, 142), (tower + 54, 142), (tower + 34, 128), (tower - 30, 126)), rgb("#6d6a70"))
        shape = ((tower - 13, 132), (tower + 13, 132), (tower + 8, 44), (tower - 8, 44))
        b.polygon(shape, rgb("#f6efe4"))
        for y in (54, 84, 114):
            b.polygon(
                (
                    (tower - 8 - (y - 44) * 0.057, y),
                    (tower + 8 + (y - 44) * 0.057, y),
                    (tower + 9 + (y - 30) * 0.057, y + 14),
                    (tower - 9 - (y - 30) * 0.057, y + 14),
                ),
                rgb("#c8362e"),
            )
        if s.light.lamps_on:
            s.bare.veil(
                ((tower, 36), (tower + 300, 6), (tower + 300, 74)),
                s.light.lamp,
                (170, 0),
                (tower, 36),
                (tower + 290, 40),
            )
        s.lamp_glow(tower, 36, 60, 0.9)
        s.bulb(tower, 37, 8, 8)
        b.rect(tower - 12, 43, 24, 4, rgb("#2c3a44"))
        b.polygon(((tower - 11, 30), (tower + 11, 30), (tower, 18)), rgb("#c8362e"))
    with s.layer(0.7) as b:
        _ship(s, b, ship)
        s.block(b, crane, 66, 30, 150, "#f0b41e")
        b.lines(
            (((crane + n % 2 * 30, 76 + n * 22), (crane + (n + 1) % 2 * 30, 98 + n * 22)) for n in range(6)),
            3,
            rgb("#a8700e"),
        )
        b.polygon(((crane - 92, 20), (crane + 92, 46), (crane + 92, 60), (crane - 92, 32)), rgb("#f0b41e"))
        b.rect(crane - 4, 36, 38, 32, rgb("#d8951a"))
        s.pane(b, ((crane + 4, 46), (crane + 26, 46), (crane + 26, 60), (crane + 4, 60)), lit=True)
        b.rect(crane + 68, 52, 26, 24, rgb("#6a5a50"))
        b.lines((((crane - 84, 30), (crane - 84, 92)),), 2, rgb("#33302c"))
        b.rect(crane - 96, 92, 24, 20, rgb("#d85a2e"))
    with s.layer(1.0) as b:
        b.ramp(
            ((LEFT, 210), (RIGHT, 210), (RIGHT, BOTTOM), (LEFT, BOTTOM)),
            (rgb("#8a6242"), rgb("#b0805a")),
            (0, 210),
            (0, 300),
        )
        b.lines((((x, 210), (256 + (x - 256) * 3.2, BOTTOM)) for x in range(LEFT, RIGHT, 34)), 2, rgb("#664630"))
        b.rect(LEFT, 208, WIDE, 9, rgb("#5f412c"))
        for x in (s.pick(66, 108), s.pick(430, 392), s.pick(-110, -80), s.pick(600, 640)):
            s.cast(x - 14, 28, 240, 50)
            s.block(b, x - 13, 204, 26, 38, "#3a4650")
            b.oval(x, 204, 19, 8, rgb("#566470"))
        if s.layout == 2:
            for left, top in ((440, 226), (478, 226), (459, 184)):
                s.block(b, left, top, 36, 44, "#3f7f9a")
                b.rects(((left - 2, top + 6, 40, 4), (left - 2, top + 32, 40, 4)), rgb("#24485a"))
        x = s.pick(452, 14)
        s.block(b, x, 214, 62, 56, "#c08a50")
        b.lines((((x + 4, 218), (x + 58, 266)), ((x + 58, 218), (x + 4, 266))), 4, rgb("#8a5a30"))


def _ship(s: Stage, b: Brush, x: float) -> None:
    s.bare.oval(x + 90, 212, 130, 9, (6, 16, 30), 110)
    hull = ((x - 34, 148), (x + 206, 140), (x + 180, 214), (x - 8, 214))
    b.ramp(hull, (rgb("#e04a3a"), rgb("#a82a28")), (0, 140), (0, 214))
    b.polygon(((x - 34, 148), (x + 206, 140), (x + 203, 149), (x - 31, 157)), rgb("#f8f0e4"))
    b.polygon(((x - 14, 202), (x + 185, 200), (x + 180, 214), (x - 8, 214)), rgb("#26405a"))
    s.block(b, x + 20, 96, 84, 50, "#f4ecdf")
    s.block(b, x + 36, 70, 50, 28, "#fdf8ee")
    b.rect(x + 30, 66, 62, 6, rgb("#26405a"))
    for n in range(3):
        left = x + 28 + n * 25
        s.pane(b, ((left, 108), (left + 15, 108), (left + 15, 122), (left, 122)), lit=n != 1)
    s.pane(b, ((x + 42, 76), (x + 80, 76), (x + 80, 88), (x + 42, 88)), lit=True)
    s.block(b, x + 112, 82, 26, 62, "#e8a41e")
    b.rect(x + 112, 90, 26, 10, rgb("#26405a"))
    b.lines(
        (((x + 168, 146), (x + 168, 34)), ((x + 168, 44), (x + 122, 96)), ((x + 168, 44), (x + 200, 140))),
        3,
        rgb("#54413a"),
    )
