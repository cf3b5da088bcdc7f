"""Three settings in the open country: forest, beach and field."""

from pipeline.pocket.brush import Brush, rgb, shaded
from pipeline.pocket.settings.stage import BOTTOM, LEFT, RIGHT, TOP, WIDE, Stage


def forest(s: Stage) -> None:
    """Greens with shafts of light: a huge trunk with red toadstools, a mossy log, a path, a signpost."""
    trunk, log, sign = (66.0, 352.0, 416.0) if s.layout != 2 else (404.0, 20.0, 96.0)
    s.sky(170)
    with s.layer(0.1) as b:
        _firs(b, "#8fc2a0", 178, 150, 34, 1 + s.layout, -s.key_x)
    with s.layer(0.3) as b:
        _firs(b, "#569a72", 200, 190, 58, 4 + s.layout * 2, -s.key_x)
    with s.layer(0.6) as b:
        b.rect(LEFT, 196, WIDE, BOTTOM - 196, rgb("#3f7d4a"))
        for n in range(10):
            x = LEFT + n * 112 + n * 31 % 40 + s.pick(0, 46)
            if 176 < x < 320:
                continue
            s.block(b, x - 9, TOP, 18, 216 - TOP, "#5f4a3c")
        for n in range(22):
            b.oval(LEFT + n * 50, -14 + n * 17 % 26, 52, 30, rgb("#2f7a4c"))
    with s.layer(1.0) as b:
        b.ramp(
            ((LEFT, 208), (RIGHT, 208), (RIGHT, BOTTOM), (LEFT, BOTTOM)),
            (rgb("#4f9448"), rgb("#76b24a")),
            (0, 208),
            (0, 300),
        )
        bend = s.pick(60, -70)
        trail = (rgb("#a88a58"), rgb("#d2b478"))
        b.ramp(((256 + bend, 208), (282 + bend, 208), (300, 236), (196, 236)), trail, (0, 208), (0, 300))
        b.ramp(((196, 236), (300, 236), (420, BOTTOM), (60, BOTTOM)), trail, (0, 208), (0, 300))
        b.polygons(
            (
                ((x, 214 + x * 7 % 60), (x + 4, 202 + x * 7 % 60), (x + 8, 214 + x * 7 % 60))
                for x in range(LEFT, RIGHT, 17)
            ),
            rgb("#3a8040"),
        )
        s.cast(trunk - 40, 80, 250, 90)
        _trunk(s, b, trunk)
        s.cast(log - 10, 110, 252, 26)
        b.fade(log - 6, 226, 112, 28, rgb("#7d9a4a"), rgb("#5a4030"))
        b.oval(log - 6, 240, 11, 14, rgb("#d8b080"))
        b.oval(log - 6, 240, 6, 8, rgb("#a87848"))
        b.oval(log + 106, 240, 9, 14, rgb("#5a4030"))
        b.rect(sign - 4, 130, 8, 104, rgb("#6a4426"))
        b.polygon(
            ((sign - 44, 136), (sign + 30, 136), (sign + 30, 156), (sign - 44, 156), (sign - 56, 146)), rgb("#d8a05a")
        )
        b.polygon(
            ((sign - 26, 164), (sign + 40, 164), (sign + 52, 174), (sign + 40, 184), (sign - 26, 184)), rgb("#c48a48")
        )
        if s.layout == 2:
            for x, y, r in ((310, 232, 30), (338, 238, 22)):
                b.ball(x, y, r, r * 0.66, rgb("#9aa4a0"))
                b.oval(x - 4, y - r * 0.4, r * 0.7, r * 0.24, rgb("#5f9a4c"))
        if not s.light.overcast:
            top = 256 + s.key_x * 200
            for n in (0, 1, 2):
                x = top - s.key_x * n * 90
                shaft = ((x - 14, TOP), (x + 14, TOP), (x + 56 - s.key_x * 190, 262), (x - 26 - s.key_x * 190, 262))
                s.bare.veil(shaft, s.light.beam, (100, 0), (x, 0), (x - s.key_x * 190, 262))
        for n in range(24):
            b.oval(LEFT + n * 46, TOP + 236 + n * 23 % 18, 44, 22, rgb("#276b3f"))
        b.rect(LEFT, TOP, WIDE, 236, rgb("#276b3f"))


def _firs(b: Brush, colour: str, low: float, high: float, gap: float, first: int, dark: float) -> None:
    shapes = []
    for n in range(int(WIDE / gap) + 1):
        x, h = LEFT + n * gap, high * (0.62 + (n + first) * 37 % 10 / 26)
        half = gap * 0.72
        for tier in range(3):
            base = low + 12 - tier * h * 0.26
            shapes.append(
                ((x - half * (1 - tier * 0.24), base), (x + half * (1 - tier * 0.24), base), (x, base - h * 0.44))
            )
    b.rect(LEFT, low, WIDE, BOTTOM - low, rgb(colour))
    b.polygons(shapes, rgb(colour))
    b.polygons(
        ((tip, right if dark > 0 else left, ((left[0] + right[0]) / 2, left[1])) for left, right, tip in shapes),
        shaded(rgb(colour), 0.88),
    )


def _trunk(s: Stage, b: Brush, x: float) -> None:
    near, far = rgb("#a8714a"), rgb("#4f3020")
    colours = (far, near) if s.key_x > 0 else (near, far)
    roots = ((x + 34, 180), (x + 62, 252), (x + 20, 244), (x, 254), (x - 22, 244), (x - 60, 252), (x - 34, 180))
    b.polygon(roots, shaded(far, 1.08))
    shape = ((x - 34, TOP), (x + 34, TOP), (x + 34, 190), (x + 24, 246), (x - 26, 246), (x - 34, 190))
    b.ramp(shape, colours, (x - 40, 0), (x + 40, 0))
    b.lines((((x + d, TOP), (x + d - 2, 60), (x + d + 3, 200 - abs(d))) for d in (-18, -2, 15)), 3, rgb("#4a2c1c"))
    b.oval(x + 4, 104, 11, 16, rgb("#2c1a14"))
    for dx, y, r in ((54, 250, 16), (78, 256, 11), (-52, 256, 12)):
        b.rect(x + dx - r * 0.3, y - r, r * 0.6, r * 1.2, rgb("#fbf0dc"), radius=3)
        b.polygon(tuple((x + dx + cx * r, y - r * 0.8 + cy * r) for cx, cy in _CAP), rgb("#e0322a"))
        for cx, cy in ((-0.5, -0.25), (0.1, -0.6), (0.5, -0.2)):
            b.oval(x + dx + cx * r, y - r * 0.8 + cy * r, r * 0.16, r * 0.14, rgb("#fff6ea"))


_CAP = ((-1.1, 0.1), (-0.95, -0.4), (-0.5, -0.85), (0, -1), (0.5, -0.85), (0.95, -0.4), (1.1, 0.1))


def beach(s: Stage) -> None:
    """Turquoise sea and pale sand: a red and white parasol, a striped hut, a palm, a white sail."""
    parasol, hut, palm = (104.0, 378.0, -10.0) if s.layout != 2 else (404.0, 40.0, 500.0)
    s.sky(124)
    with s.layer(0.1) as b:
        b.ramp(
            ((LEFT, 122), (RIGHT, 122), (RIGHT, BOTTOM), (LEFT, BOTTOM)),
            (rgb("#1f8fc0"), rgb("#2fc0cc"), rgb("#8fe6dc")),
            (0, 122),
            (0, 204),
        )
        cape = s.pick(250, 80)
        b.polygon(
            ((cape, 124), (cape + 40, 104), (cape + 96, 96), (cape + 150, 108), (cape + 190, 124)), rgb("#5f8f78")
        )
        s.glitter(126, 190)
        sail = s.pick(214, 300)
        b.polygon(((sail, 128), (sail, 74), (sail + 30, 124)), rgb("#fffaf0"))
        b.polygon(((sail - 4, 124), (sail - 4, 84), (sail - 22, 124)), rgb("#f2d8c0"))
        b.polygon(((sail - 26, 128), (sail + 32, 128), (sail + 24, 138), (sail - 18, 138)), rgb("#a8442e"))
    with s.layer(0.7) as b:
        surf = [(float(x), 196 + (4 if x // 40 % 2 else -2)) for x in range(LEFT, RIGHT + 40, 40)]
        b.polygon((*surf, (RIGHT, 240), (LEFT, 240)), rgb("#f4fffa"))
        foam = [(float(x), 184 + (2 if x // 56 % 2 else -1)) for x in range(LEFT, RIGHT + 40, 56)]
        b.lines((foam,), 4, rgb("#d8fbf4"))
        b.polygon((*((x, y + 8) for x, y in surf), (RIGHT, 240), (LEFT, 240)), rgb("#cfae74"))
        sand = ((LEFT, 216), (RIGHT, 216), (RIGHT, BOTTOM), (LEFT, BOTTOM))
        b.ramp(sand, (rgb("#cfae74"), rgb("#f2d898"), rgb("#f9e6b4")), (0, 216), (0, 290))
        s.cast(hut, 92, 226, 70)
        for n in range(6):
            b.rect(hut + n * 16, 122, 16, 104, rgb("#f8f6ee" if n % 2 else "#3f74c8"))
        b.polygon(((hut - 10, 124), (hut + 106, 124), (hut + 48, 72)), rgb("#e8bf3c"))
        b.polygon(
            ((hut - 10, 124), (hut + 48, 72), (hut + 106, 124), (hut + 92, 124), (hut + 48, 84), (hut + 4, 124)),
            rgb("#fbf6ea"),
        )
        b.rect(hut + 32, 160, 32, 66, rgb("#2c5a9a"))
        s.pane(b, ((hut + 38, 168), (hut + 58, 168), (hut + 58, 188), (hut + 38, 188)), lit=True)
        s.lamp_glow(hut + 48, 146, 80, 0.8)
        s.bulb(hut + 48, 146, 7, 7)
        _palm(s, b, palm)
    with s.layer(1.0) as b:
        x = parasol
        s.cast(x - 52, 104, 258, 60)
        b.fade(x - 44, 252, 100, 12, rgb("#3fae9a"), rgb("#2c8a80"))
        b.rects(((x - 30 + n * 26, 252, 10, 12) for n in range(4)), rgb("#f8f2e0"))
        b.rect(x - 3, 96, 6, 160, rgb("#f4ead6"))
        for n in range(6):
            a, c = -1 + n / 3, -1 + (n + 1) / 3
            panel = (
                (x + a * 82, 136 - abs(a) ** 2 * 2),
                (x + c * 82, 136 - abs(c) ** 2 * 2),
                (x + c * 54, 98),
                (x, 78),
                (x + a * 54, 98),
            )
            b.polygon(panel, shaded(rgb("#e23c34" if n % 2 == 0 else "#fff6ea"), 1.0 if a * s.key_x > -0.2 else 0.86))
        b.oval(x, 77, 4, 5, rgb("#e23c34"))
        if s.layout == 2:
            s.cast(176, 60, 262, 30)
            b.lines((((176, 262), (222, 214)), ((190, 226), (228, 262))), 5, rgb("#a8703c"))
            b.polygon(((178, 238), (222, 206), (228, 212), (188, 246), (170, 250)), rgb("#f0b838"))
        b.ball(s.pick(330, 150), 264, 13, 13, rgb("#f2a02c"))


def _palm(s: Stage, b: Brush, x: float) -> None:
    s.cast(x - 8, 18, 236, 70)
    b.lines((((x, 236), (x + 6, 170), (x + 18, 100), (x + 36, 44)),), 12, rgb("#9a6a40"))
    crown = ((x + 36, 44), -84, 22), ((x + 36, 44), -66, -22), ((x + 36, 44), -20, -46)
    crown += ((x + 36, 44), 34, -42), ((x + 36, 44), 76, -14), ((x + 36, 44), 82, 30), ((x + 36, 44), -44, 54)
    for n, ((cx, cy), dx, dy) in enumerate(crown):
        leaf = (
            (cx, cy - 6),
            (cx + dx * 0.6, cy + dy - 14),
            (cx + dx, cy + dy + 18),
            (cx + dx * 0.5, cy + dy * 0.9),
            (cx, cy + 8),
        )
        b.polygon(leaf, rgb("#2f9a5c" if n % 2 else "#1f7f50"))


def field(s: Stage) -> None:
    """Golden wheat up to green hills: a red barn, a white windmill, hay bales and a round oak."""
    mill, barn, oak = (116.0, 356.0, -40.0) if s.layout != 2 else (388.0, 60.0, 540.0)
    s.sky(150)
    with s.layer(0.15) as b:
        b.polygon(
            (
                (LEFT, 150),
                (-120, 112),
                (40, 132),
                (190, 104),
                (330, 134),
                (480, 108),
                (640, 130),
                (RIGHT, 112),
                (RIGHT, 190),
                (LEFT, 190),
            ),
            rgb("#7fae7c"),
        )
        b.polygon(
            ((LEFT, 140), (-40, 146), (150, 128), (300, 148), (470, 132), (RIGHT, 146), (RIGHT, 200), (LEFT, 200)),
            rgb("#98b85c"),
        )
    with s.layer(0.5) as b:
        b.ramp(
            ((LEFT, 152), (RIGHT, 152), (RIGHT, BOTTOM), (LEFT, BOTTOM)),
            (rgb("#d8b048"), rgb("#e8bc3c")),
            (0, 152),
            (0, 230),
        )
        rows = (((256 + n * 22, 152), (256 + n * 90, 300)) for n in range(-24, 24))
        b.lines(rows, 2.5, rgb("#bf8f2c"))
        _windmill(s, b, mill)
        _barn(s, b, barn)
        s.cast(oak - 10, 20, 196, 70)
        b.rect(oak - 8, 130, 18, 66, rgb("#6a4426"))
        for dx, y, r in ((-34, 108, 40), (34, 104, 42), (0, 74, 46)):
            b.ball(oak + dx, y, r, r * 0.86, rgb("#4f8f3c"))
    with s.layer(1.0) as b:
        b.ramp(
            ((LEFT, 224), (RIGHT, 224), (RIGHT, BOTTOM), (LEFT, BOTTOM)),
            (rgb("#86a848"), rgb("#a8bc58")),
            (0, 224),
            (0, 300),
        )
        ears = (((x, 232), (x + 5 + x % 7, 206 - x * 5 % 9), (x + 12, 232)) for x in range(LEFT, RIGHT, 9))
        b.polygons(ears, rgb("#f2cf58"))
        track = ((236, 226), (280, 226), (460, BOTTOM), (60, BOTTOM))
        b.ramp(track, (rgb("#c8a070"), rgb("#dcb888")), (0, 226), (0, 300))
        b.rects(((x, 196, 9, 62) for x in range(LEFT + 8, RIGHT, 72) if not 190 < x < 330), rgb("#8a5c38"))
        for y in (208, 228):
            b.rects(((LEFT, y, 190 - LEFT, 6), (332, y, RIGHT - 332, 6)), rgb("#a8744a"))
        if s.layout == 2:
            for x in (336, 356, 378, 420, 446, 470):
                y = 186 + x % 7 * 4
                b.rect(x - 2, y, 4, 236 - y, rgb("#4f8f3c"))
                b.oval(x, y, 15, 15, rgb("#ffc21a"))
                b.oval(x, y, 7, 7, rgb("#6a3a1c"))
        x = s.pick(414, 66)
        s.cast(x - 32, 66, 262, 40)
        b.rect(x - 34, 208, 70, 58, rgb("#d8a640"), radius=26)
        b.ball(x + 10, 237, 28, 29, rgb("#f0c860"))
        b.ring(x + 10, 237, 18, 19, 2, rgb("#c08f30"))
        b.ring(x + 10, 237, 8, 9, 2, rgb("#c08f30"))


def _windmill(s: Stage, b: Brush, x: float) -> None:
    s.cast(x - 28, 56, 184, 70)
    near, far = rgb("#fffaf0"), rgb("#c8bcae")
    colours = (far, near) if s.key_x > 0 else (near, far)
    b.ramp(((x - 30, 186), (x + 30, 186), (x + 18, 76), (x - 18, 76)), colours, (x - 26, 0), (x + 26, 0))
    b.polygon(((x - 22, 78), (x + 22, 78), (x + 10, 52), (x - 10, 52)), rgb("#6a3f34"))
    s.pane(b, ((x - 7, 104), (x + 7, 104), (x + 7, 122), (x - 7, 122)), lit=True)
    b.rect(x - 9, 154, 18, 32, rgb("#4f6a8a"), radius=4)
    for dx, dy in ((0.8, 0.6), (-0.6, 0.8), (-0.8, -0.6), (0.6, -0.8)):
        b.lines((((x, 72), (x + dx * 66, 72 + dy * 66)),), 3, rgb("#5a3a2c"))
        vane = ((14, 2), (66, 2), (66, 16), (14, 16))
        b.polygon(tuple((x + dx * u - dy * v, 72 + dy * u + dx * v) for u, v in vane), rgb("#f6e8d0"))


def _barn(s: Stage, b: Brush, x: float) -> None:
    s.cast(x, 120, 194, 60)
    s.block(b, x, 124, 120, 72, "#cf3f30")
    b.polygon(((x - 10, 126), (x + 130, 126), (x + 108, 90), (x + 60, 70), (x + 12, 90)), rgb("#5f5864"))
    b.polygon(((x + 4, 126), (x + 116, 126), (x + 98, 96), (x + 60, 80), (x + 22, 96)), rgb("#b8322a"))
    s.pane(b, ((x + 48, 98), (x + 72, 98), (x + 72, 116), (x + 48, 116)), lit=True, dark="#3a2c34")
    b.rect(x + 34, 140, 52, 56, rgb("#fbf2e4"))
    b.rect(x + 38, 144, 44, 52, rgb("#a82c26"))
    b.lines((((x + 38, 144), (x + 82, 196)), ((x + 82, 144), (x + 38, 196))), 4, rgb("#fbf2e4"))
    s.lamp_glow(x + 60, 130, 70, 0.8)
    s.bulb(x + 60, 132, 6, 5)
