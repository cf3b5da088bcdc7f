"""Painting flat and softly shaded shapes on a skia canvas under the light of a time of day."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import skia

from pipeline.pocket.world import Rgb, rgb

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """How a time of day and the weather colour the world.

    Attributes:
        place: what the colours of the setting are multiplied by.
        figure: the same for people; milder, so that night leaves coat and hair readable.
        sky: colour at the top and at the horizon.
        lamp: colour of lamps and lit windows, painted as it is.
        lamps_on: whether windows and lamps shine.
        key: where the key light comes from: -1 frame left to 1 frame right, and 0 level to 1 from above.
        rim: colour of the bright edge on the key's side of things and people; None where the light is too even.
        shadow: how dark a cast shadow is, 0 none to 1 black; shadows fall away from the key.
        haze: what far things fade to, and how much of it there is at the horizon, 0..1.
        beam: colour of the patch that the key throws through a window.
        overcast: whether cloud or fog hides sun, moon and stars.
    """

    place: tuple[float, float, float]
    figure: tuple[float, float, float]
    sky: tuple[Rgb, Rgb]
    lamp: Rgb
    lamps_on: bool
    key: tuple[float, float]
    rim: Rgb | None
    shadow: float
    haze: tuple[Rgb, float]
    beam: Rgb
    overcast: bool = False


_CLEAR = {
    "dawn": Light(
        place=(1.0, 0.80, 0.92),
        figure=(1.0, 0.90, 0.97),
        sky=(rgb("#b7a4dc"), rgb("#ffc4d2")),
        lamp=rgb("#ffd9dd"),
        lamps_on=False,
        key=(-0.9, 0.3),
        rim=rgb("#ffd0d8"),
        shadow=0.25,
        haze=(rgb("#f3c6d8"), 0.35),
        beam=rgb("#ffc2c8"),
    ),
    "day": Light(
        place=(1.0, 1.0, 1.0),
        figure=(1.0, 1.0, 1.0),
        sky=(rgb("#6db7ec"), rgb("#d9eff8")),
        lamp=rgb("#eef6fa"),
        lamps_on=False,
        key=(-0.5, 0.9),
        rim=None,
        shadow=0.4,
        haze=(rgb("#d9eff8"), 0.25),
        beam=rgb("#fff8dc"),
    ),
    "dusk": Light(
        place=(1.0, 0.74, 0.50),
        figure=(1.0, 0.87, 0.72),
        sky=(rgb("#d9622b"), rgb("#ffc05a")),
        lamp=rgb("#ffd27a"),
        lamps_on=True,
        key=(0.9, 0.25),
        rim=rgb("#ffd27a"),
        shadow=0.45,
        haze=(rgb("#ffb060"), 0.35),
        beam=rgb("#ffb347"),
    ),
    "night": Light(
        place=(0.34, 0.40, 0.68),
        figure=(0.80, 0.80, 0.94),
        sky=(rgb("#0c1438"), rgb("#2a3a76")),
        lamp=rgb("#ffe08a"),
        lamps_on=True,
        key=(0.6, 0.8),
        rim=rgb("#a8c4ff"),
        shadow=0.5,
        haze=(rgb("#1c2856"), 0.4),
        beam=rgb("#8fb0ff"),
    ),
}
# Rain and fog take the sun away: grey sky, flat light, no rim by day, more haze. What a day's light is
# multiplied by, how grey its sky turns, what is left of its shadow, and how much haze there is.
_OVERCAST = {"rain": (0.80, 0.75, 0.35, 0.5), "fog": (0.96, 0.85, 0.2, 0.85)}
_COOL = {"rain": (0.88, 0.96, 1.06), "fog": (0.97, 0.99, 1.02)}


def light_of(time_of_day: str, weather: str) -> Light:
    """The light of a time of day under a weather, in the words of ``world``."""
    light = _CLEAR[time_of_day]
    if weather == "clear":
        return light
    dim, grey, shadow, haze = _OVERCAST[weather]
    cool = _COOL[weather]
    top, low = (_greyed(colour, grey, dim) for colour in light.sky)
    far = _greyed(light.haze[0], grey, dim)
    if weather == "fog":
        far = shaded(far, 1.2)
    return replace(
        light,
        place=tuple(channel * dim * tint for channel, tint in zip(light.place, cool, strict=True)),  # type: ignore[arg-type]
        sky=(top, low),
        rim=light.rim if light.lamps_on else None,
        shadow=light.shadow * shadow,
        haze=(far, haze),
        overcast=True,
    )


def _greyed(colour: Rgb, amount: float, dim: float) -> Rgb:
    """Part of the way to a cool grey of the same brightness that keeps a little of the hue."""
    grey = (0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]) * dim
    cool = (grey * 0.97, grey, grey * 1.05)
    amount *= 0.8
    return tuple(min(255, round(c * dim * (1 - amount) + g * amount)) for c, g in zip(colour, cool, strict=True))  # type: ignore[return-value]


def mixed(first: Rgb, second: Rgb, share: float) -> Rgb:
    """A colour ``share`` (0..1) of the way from the first to the second."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def tinted(colour: Rgb, factor: tuple[float, float, float]) -> Rgb:
    """Multiply a colour by a light, channel by channel."""
    return tuple(min(255, round(c * f)) for c, f in zip(colour, factor, strict=True))  # type: ignore[return-value]


def shaded(colour: Rgb, amount: float) -> Rgb:
    """Darken (below 1) or lighten (above 1, towards white) a colour."""
    if amount <= 1:
        return tuple(round(c * amount) for c in colour)  # type: ignore[return-value]
    return tuple(round(c + (255 - c) * (amount - 1)) for c in colour)  # type: ignore[return-value]


class Brush:
    """Shapes on one canvas; every colour passes through one light factor and then fades to the haze."""

    def __init__(
        self, canvas: skia.Canvas, factor: tuple[float, float, float], haze: tuple[Rgb, float] | None = None
    ) -> None:
        self.canvas = canvas
        self._factor = factor
        self._haze = haze

    def _tone(self, colour: Rgb) -> Rgb:
        return _toned(colour, self._factor, self._haze)

    def _flat(self, colour: Rgb, alpha: int = 255) -> skia.Paint:
        return skia.Paint(AntiAlias=True, Color=skia.Color(*self._tone(colour), alpha))

    def _soft(self, colours: Sequence[Rgb], start: tuple[float, float], end: tuple[float, float]) -> skia.Paint:
        paint = self._flat(colours[0])
        paint.setShader(
            skia.GradientShader.MakeLinear(
                points=[skia.Point(*start), skia.Point(*end)],
                colors=[skia.Color(*self._tone(colour)) for colour in colours],
            )
        )
        return paint

    def rect(self, x: float, y: float, w: float, h: float, colour: Rgb, alpha: int = 255, radius: float = 0.0) -> None:
        paint = self._flat(colour, alpha)
        if radius:
            self.canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius, paint)
        else:
            self.canvas.drawRect(skia.Rect.MakeXYWH(x, y, w, h), paint)

    def fade(self, x: float, y: float, w: float, h: float, top: Rgb, bottom: Rgb) -> None:
        """A rectangle that goes from one colour at the top to another at the bottom."""
        self.ramp(((x, y), (x + w, y), (x + w, y + h), (x, y + h)), (top, bottom), (x, y), (x, y + h))

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Rgb, alpha: int = 255) -> None:
        """An ellipse about its centre."""
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), self._flat(colour, alpha))

    def ball(self, x: float, y: float, rx: float, ry: float, colour: Rgb) -> None:
        """An ellipse lit from the upper left."""
        paint = self._soft((shaded(colour, 1.06), shaded(colour, 0.82)), (x - rx * 0.4, y - ry), (x + rx, y + ry * 0.7))
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), paint)

    def ring(self, x: float, y: float, rx: float, ry: float, width: float, colour: Rgb) -> None:
        paint = self._flat(colour)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), paint)

    def polygon(self, points: Sequence[tuple[float, float]], colour: Rgb) -> None:
        path = skia.Path()
        path.addPoly([skia.Point(*point) for point in points], True)
        self.canvas.drawPath(path, self._flat(colour))

    def path(self, path: skia.Path, colour: Rgb) -> None:
        self.canvas.drawPath(path, self._flat(colour))

    def lit_path(self, path: skia.Path, colour: Rgb) -> None:
        """A path lit from the left."""
        box = path.getBounds()
        paint = self._soft((shaded(colour, 1.05), shaded(colour, 0.80)), (box.left(), 0), (box.right(), 0))
        self.canvas.drawPath(path, paint)

    def rects(self, boxes: Iterable[tuple[float, float, float, float]], colour: Rgb, alpha: int = 255) -> None:
        """Many rectangles (x, y, width, height) of one colour at once."""
        path = skia.Path()
        for x, y, w, h in boxes:
            path.addRect(skia.Rect.MakeXYWH(x, y, w, h))
        self.canvas.drawPath(path, self._flat(colour, alpha))

    def polygons(self, shapes: Iterable[Sequence[tuple[float, float]]], colour: Rgb, alpha: int = 255) -> None:
        """Many polygons of one colour at once."""
        path = skia.Path()
        for points in shapes:
            path.addPoly([skia.Point(*point) for point in points], True)
        self.canvas.drawPath(path, self._flat(colour, alpha))

    def lines(self, strokes: Iterable[Sequence[tuple[float, float]]], width: float, colour: Rgb) -> None:
        """Open lines of one width (px) and colour."""
        path = skia.Path()
        for points in strokes:
            path.addPoly([skia.Point(*point) for point in points], False)
        paint = self._flat(colour)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        self.canvas.drawPath(path, paint)

    def ramp(
        self,
        points: Sequence[Point],
        colours: Sequence[Rgb],
        start: Point,
        end: Point,
    ) -> None:
        """A convex polygon that goes through colours from a start to an end point."""
        tones = [skia.Color(*self._tone(colour)) for colour in colours]
        if not (points[0][1] == points[1][1] and points[1][0] == points[2][0] and points[2][1] == points[-1][1]):
            # Triangles have hard edges; the same shape painted flat below them softens these.
            self.polygon(points, mixed(colours[0], colours[-1], 0.5))
        self._triangles(_sliced(points, tones, start, end))

    def veil(
        self,
        points: Sequence[Point],
        colour: Rgb,
        alphas: tuple[int, int],
        start: Point,
        end: Point,
    ) -> None:
        """A translucent convex polygon whose opacity (0..255) goes from a start to an end point."""
        tone = self._tone(colour)
        self._triangles(_sliced(points, [skia.Color(*tone, alpha) for alpha in alphas], start, end))

    def strip(
        self, upper: Sequence[Point], lower: Sequence[Point], colour: Rgb, alphas: tuple[int, int] = (255, 255)
    ) -> None:
        """A band between two lines of as many points, whose opacity goes from the upper to the lower one."""
        tone = self._tone(colour)
        ends = [skia.Color(*tone, alpha) for alpha in alphas]
        corners = [skia.Point(*point) for pair in zip(upper, lower, strict=True) for point in pair]
        mesh = skia.Vertices(_Mode.kTriangleStrip_VertexMode, corners, None, ends * len(upper))
        self.canvas.drawVertices(mesh, skia.Paint(Color=skia.ColorWHITE))

    def glow(self, x: float, y: float, radius: float, colour: Rgb, strength: float) -> None:
        """Light around a lamp that fades with the distance; strength is 0..1 in the middle."""
        tone = self._tone(colour)
        corners = [skia.Point(x, y)]
        for share in (0.4, 1.0):
            corners += [skia.Point(x + radius * share * dx, y + radius * share * dy) for dx, dy in _CIRCLE]
        alphas = [1.0] + [0.4] * len(_CIRCLE) + [0.0] * len(_CIRCLE)
        colours = [skia.Color(*tone, round(255 * strength * alpha)) for alpha in alphas]
        mesh = skia.Vertices(_Mode.kTriangles_VertexMode, corners, None, colours, _CIRCLE_CORNERS)
        self.canvas.drawVertices(mesh, skia.Paint(Color=skia.ColorWHITE, BlendMode=skia.BlendMode.kScreen))

    def _triangles(self, fans: Iterable[tuple[list[Point], list[int]]]) -> None:
        # Triangles multiply their colours with the paint's.
        white = skia.Paint(Color=skia.ColorWHITE)
        for points, colours in fans:
            corners = [skia.Point(*point) for point in points]
            mesh = skia.Vertices(_Mode.kTriangleFan_VertexMode, corners, None, colours)
            self.canvas.drawVertices(mesh, white)


_Mode = skia.Vertices.VertexMode
_CIRCLE = tuple((math.cos(n * math.tau / 20), math.sin(n * math.tau / 20)) for n in range(20))
_CIRCLE_CORNERS = [
    corner
    for n in range(20)
    for m in ((n + 1) % 20,)
    for corner in (0, 1 + n, 1 + m, 1 + n, 21 + n, 21 + m, 1 + n, 21 + m, 1 + m)
]


@lru_cache(maxsize=8192)
def _toned(colour: Rgb, factor: tuple[float, float, float], haze: tuple[Rgb, float] | None) -> Rgb:
    lit = tinted(colour, factor)
    return lit if haze is None else mixed(lit, *haze)


def _sliced(
    points: Sequence[Point], tones: Sequence[int], start: Point, end: Point
) -> Iterable[tuple[list[Point], list[int]]]:
    """Cut a convex polygon where a linear gradient has its stops: the pieces and the colours of their corners.

    Triangles are painted several times as fast as a gradient shader, and between stops they give the same picture.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    scale = 1 / (dx * dx + dy * dy)
    shape = [(((x - start[0]) * dx + (y - start[1]) * dy) * scale, (x, y)) for x, y in points]
    lowest, highest = min(t for t, _ in shape), max(t for t, _ in shape)
    count = len(tones) - 1
    edges = [(-math.inf, 0.0, tones[0], tones[0])]
    edges += [(n / count, (n + 1) / count, tones[n], tones[n + 1]) for n in range(count)]
    edges.append((1.0, math.inf, tones[-1], tones[-1]))
    for low, high, first, last in edges:
        if high <= lowest or low >= highest or not (first | last) >> 24:
            continue
        piece = shape
        if low > lowest:
            piece = _clipped(piece, low, 1)
        if high < highest:
            piece = _clipped(piece, high, -1)
        if first == last:
            yield [point for _, point in piece], [first] * len(piece)
        else:
            span = high - low
            yield [point for _, point in piece], [_between(first, last, (t - low) / span) for t, _ in piece]


def _clipped(shape: list[tuple[float, Point]], limit: float, sign: int) -> list[tuple[float, Point]]:
    kept = []
    for n, (t, point) in enumerate(shape):
        before, earlier = shape[n - 1]
        if ((before - limit) * sign < 0) != ((t - limit) * sign < 0):
            share = (limit - before) / (t - before)
            kept.append((limit, tuple(a + (b - a) * share for a, b in zip(earlier, point, strict=True))))
        if (t - limit) * sign >= 0:
            kept.append((t, point))
    return kept


def _between(first: int, last: int, share: float) -> int:
    mixture = 0
    for shift in (24, 16, 8, 0):
        a, b = first >> shift & 255, last >> shift & 255
        mixture |= round(a + (b - a) * min(max(share, 0.0), 1.0)) << shift
    return mixture
