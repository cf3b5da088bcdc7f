"""Painting flat and softly shaded shapes on a skia canvas under the light of a time of day."""

from collections.abc import Sequence
from dataclasses import dataclass

import skia

from pipeline.pocket.world import Rgb, rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """How a time of day colours the world.

    Attributes:
        place: what the colours of the setting are multiplied by.
        figure: the same for people; milder, so that night leaves coat and hair readable.
        sky: colour at the top and at the horizon.
        lamp: colour of lamps and lit windows, painted as it is.
        lamps_on: whether windows and lamps shine.
    """

    place: tuple[float, float, float]
    figure: tuple[float, float, float]
    sky: tuple[Rgb, Rgb]
    lamp: Rgb
    lamps_on: bool


LIGHTS = {
    "dawn": Light(
        place=(1.0, 0.80, 0.92),
        figure=(1.0, 0.90, 0.97),
        sky=(rgb("#b7a4dc"), rgb("#ffc4d2")),
        lamp=rgb("#ffd9dd"),
        lamps_on=False,
    ),
    "day": Light(
        place=(1.0, 1.0, 1.0),
        figure=(1.0, 1.0, 1.0),
        sky=(rgb("#6db7ec"), rgb("#d9eff8")),
        lamp=rgb("#eef6fa"),
        lamps_on=False,
    ),
    "dusk": Light(
        place=(1.0, 0.70, 0.42),
        figure=(1.0, 0.87, 0.72),
        sky=(rgb("#d9622b"), rgb("#ffc05a")),
        lamp=rgb("#ffd27a"),
        lamps_on=True,
    ),
    "night": Light(
        place=(0.28, 0.34, 0.62),
        figure=(0.80, 0.80, 0.94),
        sky=(rgb("#0c1438"), rgb("#2a3a76")),
        lamp=rgb("#ffe08a"),
        lamps_on=True,
    ),
}


def tinted(colour: Rgb, factor: tuple[float, float, float]) -> Rgb:
    """Multiply a colour by a light, channel by channel."""
    return tuple(min(255, round(c * f)) for c, f in zip(colour, factor, strict=True))  # type: ignore[return-value]


def shaded(colour: Rgb, amount: float) -> Rgb:
    """Darken (below 1) or lighten (above 1, towards white) a colour."""
    if amount <= 1:
        return tuple(round(c * amount) for c in colour)  # type: ignore[return-value]
    return tuple(round(c + (255 - c) * (amount - 1)) for c in colour)  # type: ignore[return-value]


class Brush:
    """Shapes on one canvas; every colour passes through one light factor."""

    def __init__(self, canvas: skia.Canvas, factor: tuple[float, float, float]) -> None:
        self.canvas = canvas
        self._factor = factor

    def _flat(self, colour: Rgb, alpha: int = 255) -> skia.Paint:
        return skia.Paint(AntiAlias=True, Color=skia.Color(*tinted(colour, self._factor), alpha))

    def _soft(self, colours: Sequence[Rgb], start: tuple[float, float], end: tuple[float, float]) -> skia.Paint:
        paint = self._flat(colours[0])
        paint.setShader(
            skia.GradientShader.MakeLinear(
                points=[skia.Point(*start), skia.Point(*end)],
                colors=[skia.Color(*tinted(colour, self._factor)) for colour in colours],
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
