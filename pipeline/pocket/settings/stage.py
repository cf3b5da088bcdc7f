"""The stage on which a setting is painted: layers of depth, sky, windows, lamps and shadows under one light."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import skia

from pipeline.pocket.brush import Brush, Light, Point, mixed, rgb, shaded
from pipeline.pocket.world import HEIGHT_PX, WIDTH_PX

# A camera that moves sees 160 px beyond the frame; layers that lag behind it need some more.
EDGE = 260
LEFT, TOP = -EDGE, -EDGE
RIGHT, BOTTOM = WIDTH_PX + EDGE, HEIGHT_PX + EDGE
WIDE, TALL = RIGHT - LEFT, BOTTOM - TOP
EYE_Y = 120.0

Aim = Callable[[skia.Canvas, float], None]
_WHITE = (255, 255, 255)
_BLACK = (0, 0, 0)
_LAMP_FILL = (0.13, 0.10, 0.05)
_FLAME = rgb("#ffa544")
_INK = rgb("#0c0a18")


class Stage:
    """One setting being painted, nearest layer last; the second layout is painted mirrored."""

    def __init__(self, canvas: skia.Canvas, light: Light, aim: Aim, layout: int, *, inside: bool) -> None:
        self.light = light
        # Burning lamps fill a room, so that the night outside does not take all its colours.
        fill = _LAMP_FILL if inside and light.lamps_on else (0.0, 0.0, 0.0)
        red, green, blue = light.place
        self._place = (red + fill[0], green + fill[1], blue + fill[2])
        self.layout = layout
        self.bare = Brush(canvas, (1.0, 1.0, 1.0))
        self._canvas = canvas
        self._aim = aim
        self._mirrored = layout == 1
        # Positions below are those before mirroring, and so is the side from which the light comes.
        self.key_x = -light.key[0] if self._mirrored else light.key[0]

    def pick(self, first: float, third: float) -> float:
        """A position in the first (and, mirrored, the second) or in the third layout."""
        return third if self.layout == 2 else first

    @contextmanager
    def layer(self, depth: float, *, hazy: bool = True) -> Iterator[Brush]:
        """Aim the canvas at a depth (0 far to 1 near) and give the brush that paints there."""
        amount = self.light.haze[1] * (1 - depth) if hazy else 0.0
        self._canvas.save()
        self._aim(self._canvas, depth)
        if self._mirrored:
            self._canvas.translate(WIDTH_PX, 0)
            self._canvas.scale(-1, 1)
        yield Brush(self._canvas, self._place, (self.light.haze[0], amount))
        self._canvas.restore()

    def wash(self) -> None:
        """Lay the direction of the light over the whole picture: warm towards the key, dark away from it."""
        middle, reach = WIDTH_PX / 2, 260 * (1 if self.light.key[0] > 0 else -1)
        frame = ((LEFT, TOP), (RIGHT, TOP), (RIGHT, BOTTOM), (LEFT, BOTTOM))
        strength = round(150 * self.light.shadow)
        self.bare.veil(frame, self.light.beam, (strength // 2, 0), (middle + reach, 40), (middle, 90))
        self.bare.veil(frame, _INK, (0, strength), (middle, 144), (middle - reach * 1.3, 300))

    # Sky

    def sky(self, horizon: float) -> None:
        """Sky down to the horizon, with sun or moon, stars and clouds where they can be seen."""
        bare, (top, low) = self.bare, self.light.sky
        with self.layer(0.0):
            bare.rect(LEFT, TOP, WIDE, EDGE + 1, top)
            bare.fade(LEFT, 0, WIDE, horizon + 1, top, low)
            bare.rect(LEFT, horizon, WIDE, BOTTOM - horizon, low)
            if not self.light.overcast:
                self._sun_or_moon(horizon)
            self._clouds()

    @property
    def night(self) -> bool:
        return sum(self.light.sky[0]) < 240 and self.light.lamps_on

    def _sun_or_moon(self, horizon: float) -> None:
        x = WIDTH_PX / 2 + self.key_x * 175
        y = horizon - 26 - self.light.key[1] * 84
        if self.night:
            stars = ((n * 197 % WIDE + LEFT, n * 83 % 190 - 80, 2.0 + n % 2, 2.0 + n % 2) for n in range(54))
            self.bare.rects(stars, rgb("#c9d6ff"))
            self.bare.glow(x, y, 70, rgb("#8fa8ff"), 0.5)
            self.bare.oval(x, y, 17, 17, rgb("#f2f0dc"))
            self.bare.oval(x - 5, y - 4, 5, 4, rgb("#d6d4c4"))
            self.bare.oval(x + 6, y + 5, 4, 3, rgb("#d6d4c4"))
        else:
            self.bare.glow(x, y, 130, self.light.beam, 0.8)
            self.bare.oval(x, y, 22, 22, rgb("#fffbe6"))

    def _clouds(self) -> None:
        top, low = self.light.sky
        bright = low if self.night else mixed(low, _WHITE, 0.3)
        path = skia.Path()
        for x, y, size in ((-150, 20, 1.2), (70, 34, 1.0), (330, 14, 1.3), (470, 62, 0.8), (640, 30, 1.1)):
            x += self.pick(0, 120)
            for dx, dy, rx, ry in ((-36, 5, 34, 9), (2, -3, 38, 14), (40, 5, 36, 9)):
                dx, dy, rx, ry = (size * number for number in (dx, dy, rx, ry))
                path.addOval(skia.Rect.MakeLTRB(x + dx - rx, y + dy - ry, x + dx + rx, y + dy + ry))
        self.bare.path(path, mixed(top, bright, 0.55))

    def glitter(self, top: float, low: float) -> None:
        """Short strokes of the key's light on water below the sun or moon."""
        middle = 256 + self.key_x * 175
        strokes, plain = [], []
        for n in range(46):
            y = top + (low - top) * (n * 29 % 46) / 46
            spread = 18 + (y - top) * 1.1
            strokes.append((middle + (n * 37 % 41 / 20 - 1) * spread - 12, y, 14 + n % 4 * 6, 2))
            plain.append((LEFT + n * 211 % WIDE, y, 24 + n % 5 * 8, 2))
        self.bare.rects(plain, self.light.sky[1], 70)
        if not self.light.overcast:
            self.bare.rects(strokes, shaded(self.light.beam, 1.3), 190)

    # Rooms

    def room(self, b: Brush, wall: str, floor: str, floor_y: float, skirting: str) -> None:
        """A wall that is lighter towards the key and a floor with boards that run to the eye line."""
        lit, dim = shaded(rgb(wall), 1.15), shaded(rgb(wall), 0.78)
        whole = ((LEFT, TOP), (RIGHT, TOP), (RIGHT, BOTTOM), (LEFT, BOTTOM))
        side = 1 if self.key_x > 0 else -1
        b.ramp(whole, (lit, rgb(wall), dim), (256 + side * 260, 40), (256 - side * 300, 220))
        self.floor(b, floor, floor_y)
        b.rect(LEFT, floor_y - 8, WIDE, 9, rgb(skirting))

    def floor(self, b: Brush, colour: str, floor_y: float) -> None:
        b.fade(LEFT, floor_y, WIDE, HEIGHT_PX - floor_y, shaded(rgb(colour), 0.78), rgb(colour))
        b.rect(LEFT, HEIGHT_PX, WIDE, EDGE, rgb(colour))
        reach = (BOTTOM - EYE_Y) / (floor_y - EYE_Y)
        ends = ((x, 256 + (x - 256) * reach) for x in range(LEFT, RIGHT, 44))
        b.lines((((x, floor_y), (end, BOTTOM)) for x, end in ends), 1.5, shaded(rgb(colour), 0.72))

    def window(
        self, b: Brush, x: float, y: float, w: float, h: float, frame: str = "#f6f1e6", panes: tuple[int, int] = (2, 2)
    ) -> None:
        """A window onto the sky and far hills, with its glazing bars (columns, rows)."""
        b.rect(x - 7, y - 7, w + 14, h + 14, shaded(rgb(frame), 0.8))
        b.rect(x - 5, y - 5, w + 10, h + 10, rgb(frame))
        self.bare.fade(x, y, w, h * 0.8, *self.light.sky)
        far = mixed(mixed(self.light.sky[1], _BLACK, 0.3), self.light.haze[0], self.light.haze[1] * 0.8)
        crest = ((x, y + h), (x, y + h * 0.72), (x + w * 0.3, y + h * 0.62), (x + w * 0.6, y + h * 0.74))
        self.bare.rect(x, y + h * 0.79, w, h * 0.21, self.light.sky[1])
        self.bare.polygon((*crest, (x + w, y + h * 0.66), (x + w, y + h)), far)
        if self.night and not self.light.overcast:
            self.bare.oval(x + w * 0.7, y + h * 0.25, 7, 7, rgb("#f2f0dc"))
        columns, rows = panes
        bars = [(x + w * n / columns - 2, y, 4.0, h) for n in range(1, columns)]
        bars += [(x, y + h * n / rows - 2, w, 4.0) for n in range(1, rows)]
        b.rects(bars, rgb(frame))
        b.rect(x - 11, y + h + 5, w + 22, 7, shaded(rgb(frame), 1.3))
        if not self.night:
            self.bare.glow(x + w / 2, y + h / 2, max(w, h) * 0.95, self.light.sky[1], 0.3)

    def floor_beam(self, x: float, w: float, floor_y: float) -> None:
        """The patch of light that a window in the back wall throws onto the floor."""
        slide = -self.key_x * 70
        corners = ((x, floor_y + 6), (x + w, floor_y + 6), (x + w + slide + 26, 284), (x + slide - 26, 284))
        strength = round(400 * self.light.shadow * min(1.0, 0.35 + self.light.key[1]))
        self.bare.veil(corners, self.light.beam, (strength, strength // 4), (x, floor_y), (x, 290))

    def wall_beam(self, x: float, y: float, w: float, h: float) -> None:
        """The slanted panes that a low key throws onto the back wall from a window beside the camera."""
        if self.light.key[1] > 0.5:
            return
        lean = -self.key_x * 16
        strength = round(380 * self.light.shadow)
        for column in (0, 1):
            for row in (0, 1):
                left, top = x + column * (w / 2 + 3), y + row * (h / 2 + 3) + (column * lean * 0.5)
                right, low = left + w / 2 - 3, top + h / 2 - 3
                pane = ((left, top), (right, top + lean * 0.5), (right, low + lean * 0.5), (left, low))
                self.bare.veil(pane, self.light.beam, (strength, strength // 2), (x, y), (x, y + h))

    # Lamps and shadows

    def lamp_glow(self, x: float, y: float, radius: float, strength: float = 0.85) -> None:
        """The light around a burning lamp; nothing by day."""
        if self.light.lamps_on:
            self.bare.glow(x, y, radius, _FLAME, strength)

    def bulb(self, x: float, y: float, rx: float, ry: float, off: str = "#fff6dc") -> None:
        """The bright part of a lamp: its own colour when it burns, glass when it does not."""
        if self.light.lamps_on:
            self.bare.oval(x, y, rx, ry, shaded(self.light.lamp, 1.5))
        else:
            self.bare.oval(x, y, rx, ry, mixed(rgb(off), self.light.haze[0], 0.2))

    def pendant(self, b: Brush, x: float, y: float, size: float, colour: str) -> None:
        """A lamp that hangs from the ceiling by a cord."""
        self.lamp_glow(x, y + size * 0.4, size * 5)
        b.rect(x - 1, TOP, 2, y - TOP, rgb("#33303a"))
        self.bulb(x, y + size * 0.5, size * 0.55, size * 0.4)
        shade = ((x - size * 0.3, y - size * 0.4), (x + size * 0.3, y - size * 0.4))
        shade += ((x + size, y + size * 0.5), (x - size, y + size * 0.5))
        b.ramp(shade, (shaded(rgb(colour), 1.15), shaded(rgb(colour), 0.75)), (x - size, y), (x + size, y))

    def pane(self, b: Brush, points: Sequence[Point], *, lit: bool, dark: str = "#46506a") -> None:
        """A house's window seen from outside: lit when the lamps are on."""
        self.panes(b, [points] if lit else [], [] if lit else [points], dark)

    def panes(
        self, b: Brush, lit: Sequence[Sequence[Point]], unlit: Sequence[Sequence[Point]], dark: str = "#46506a"
    ) -> None:
        """Many such windows: those behind which somebody is at home, and the others."""
        if lit and self.light.lamps_on:
            self.bare.polygons(lit, self.light.lamp)
        else:
            unlit = [*unlit, *lit]
        b.polygons(unlit, rgb(dark))

    def block(self, b: Brush, x: float, y: float, w: float, h: float, colour: str) -> None:
        """A box whose side towards the key is lighter, with the bright edge of the light."""
        near, far = shaded(rgb(colour), 1.12), shaded(rgb(colour), 0.72)
        colours = (far, near) if self.key_x > 0 else (near, far)
        b.ramp(((x, y), (x + w, y), (x + w, y + h), (x, y + h)), colours, (x, 0), (x + w, 0))
        if self.light.rim:
            self.bare.rect(x + w - 2 if self.key_x > 0 else x, y, 2, h, self.light.rim, 150)

    def cast(self, x: float, w: float, y: float, length: float) -> None:
        """The shadow on the ground of a thing that stands at x..x+w with its foot at y."""
        slide = -self.key_x * length * (1.4 - self.light.key[1])
        corners = ((x, y), (x + w, y), (x + w + slide, y + length * 0.22), (x + slide, y + length * 0.22))
        alpha = round(255 * self.light.shadow)
        self.bare.veil(corners, _INK, (alpha, alpha // 3), (x, y), (x + slide, y + length * 0.22))

    def dim(self, x: float, y: float, rx: float, ry: float) -> None:
        """The soft dark where a thing touches the ground, in any light."""
        self.bare.oval(x, y, rx, ry, _INK, round(60 + 60 * self.light.shadow))
