"""Painting flat and softly shaded shapes on a skia canvas under the light of a time of day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import skia

from pipeline.pocket.world import Rgb, rgb


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
        place=(1.0, 0.70, 0.42),
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
        place=(0.28, 0.34, 0.62),
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


def light_of(time_of_day: str, weather: str) -> Light:
    """The light of a time of day under a weather, in the words of ``world``."""
    light = _CLEAR[time_of_day]
    if weather == "clear":
        return light
    dim, grey, shadow, haze = _OVERCAST[weather]
    top, low = (_greyed(colour, grey, dim) for colour in light.sky)
    far = _greyed(light.haze[0], grey, dim)
    return replace(
        light,
        place=tuple(channel * dim for channel in light.place),  # type: ignore[arg-type]
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
        lit = tinted(colour, self._factor)
        return lit if self._haze is None else mixed(lit, *self._haze)

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
        self.canvas.drawRect(skia.Rect.MakeXYWH(x, y, w, h), self._soft((top, bottom), (x, y), (x, y + h)))

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
        points: Sequence[tuple[float, float]],
        colours: Sequence[Rgb],
        start: tuple[float, float],
        end: tuple[float, float],
    ) -> None:
        """A polygon that goes through colours from a start to an end point."""
        path = skia.Path()
        path.addPoly([skia.Point(*point) for point in points], True)
        self.canvas.drawPath(path, self._soft(colours, start, end))

    def veil(
        self,
        points: Sequence[tuple[float, float]],
        colour: Rgb,
        alphas: tuple[int, int],
        start: tuple[float, float],
        end: tuple[float, float],
    ) -> None:
        """A translucent polygon whose opacity (0..255) goes from a start to an end point."""
        tone = self._tone(colour)
        paint = skia.Paint(AntiAlias=True)
        paint.setShader(
            skia.GradientShader.MakeLinear(
                points=[skia.Point(*start), skia.Point(*end)], colors=[skia.Color(*tone, alpha) for alpha in alphas]
            )
        )
        path = skia.Path()
        path.addPoly([skia.Point(*point) for point in points], True)
        self.canvas.drawPath(path, paint)

    def glow(self, x: float, y: float, radius: float, colour: Rgb, strength: float) -> None:
        """Light around a lamp that fades with the distance; strength is 0..1 in the middle."""
        tone = self._tone(colour)
        paint = skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kScreen)
        paint.setShader(
            skia.GradientShader.MakeRadial(
                center=skia.Point(x, y),
                radius=radius,
                colors=[skia.Color(*tone, round(255 * strength * share)) for share in (1.0, 0.35, 0.0)],
            )
        )
        self.canvas.drawCircle(x, y, radius, paint)
