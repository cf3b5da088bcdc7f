"""Painting shapes lit from the key's side, and remembering how far each named part of a picture reaches."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

import skia

from pipeline.pocket.brush import Light, mixed, shaded, tinted
from pipeline.pocket.figure import Box
from pipeline.pocket.world import Rgb, rgb

Point = tuple[float, float]

INK = rgb("#18141c")
_COOL = rgb("#35306e")


def smooth(points: Sequence[Point]) -> skia.Path:
    """A closed curve through points (Catmull-Rom)."""
    path, count = skia.Path(), len(points)
    path.moveTo(*points[0])
    for i in range(count):
        (ax, ay), (bx, by) = points[i - 1], points[i]
        (cx, cy), (dx, dy) = points[(i + 1) % count], points[(i + 2) % count]
        path.cubicTo(bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
    path.close()
    return path


def polygon(points: Sequence[Point]) -> skia.Path:
    """A closed shape with straight sides."""
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    return path


def oval(x: float, y: float, rx: float, ry: float) -> skia.Path:
    """An ellipse about its centre."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


def slab(x: float, y: float, w: float, h: float, radius: float = 0.0) -> skia.Path:
    """A rectangle from its upper left corner, its corners rounded by a radius."""
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius)
    return path


def bow(start: Point, bend: Point, end: Point) -> skia.Path:
    """An open curve that leans towards ``bend``."""
    path = skia.Path()
    path.moveTo(*start)
    path.quadTo(*bend, *end)
    return path


def limb(start: Point, bend: Point, end: Point, width: float) -> skia.Path:
    """The outline of an arm or a leg of one width (the unit of the points) with round ends."""
    paint = skia.Paint(Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=skia.Paint.kRound_Cap)
    outline = skia.Path()
    paint.getFillPath(bow(start, bend, end), outline)
    return outline


def mirrored(points: Sequence[Point], side: float) -> list[Point]:
    """Points with x multiplied by ``side``: -1 for the other side, 1 for the same."""
    return [(x * side, y) for x, y in points]


@lru_cache(maxsize=4096)
def _flat(colour: Rgb, factor: tuple[float, float, float], alpha: int) -> int:
    return skia.Color(*tinted(colour, factor), alpha)


@lru_cache(maxsize=4096)
def _tones(colour: Rgb, factor: tuple[float, float, float]) -> list[int]:
    """What a form goes through from the key into the shadow."""
    tones = shaded(colour, 1.07), colour, mixed(shaded(colour, 0.80), _COOL, 0.10)
    return [skia.Color(*tinted(tone, factor)) for tone in tones]


class Sketch:
    """One canvas whose unit is set by its owner (a head's or a prop's height), under one light.

    What is painted inside ``part`` counts towards the box of that part, as far as a ``clip`` lets it be seen.
    """

    def __init__(self, canvas: skia.Canvas, light: Light, origin: Point, unit_px: float) -> None:
        self.light = light
        self.canvas = canvas
        self._factor = light.figure
        self._outside = skia.Matrix()
        canvas.getTotalMatrix().invert(self._outside)
        self._extents: dict[str, skia.Rect] = {}
        self._parts: list[str] = []
        self._limits: list[skia.Rect] = []
        canvas.save()
        canvas.translate(*origin)
        canvas.scale(unit_px, unit_px)
        length = math.hypot(*light.key) or 1.0
        self.key = (light.key[0] / length, -light.key[1] / length)

    def done(self) -> None:
        """Give the canvas back as it was."""
        self.canvas.restore()

    def box(self, name: str) -> Box | None:
        """How far a part reaches in the coordinates of the canvas that was given; None if none of it was painted."""
        rect = self._extents.get(name)
        if rect is None:
            return None
        rect = self._outside.mapRect(rect)
        return rect.left(), rect.top(), rect.right(), rect.bottom()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what is painted inside towards a named part, and towards the parts around it."""
        self._parts.append(name)
        yield
        self._parts.pop()

    @contextmanager
    def clip(self, path: skia.Path) -> Iterator[None]:
        """Keep what is painted inside to a shape."""
        self.canvas.save()
        self.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        self._limits.append(self.canvas.getTotalMatrix().mapRect(path.computeTightBounds()))
        yield
        self._limits.pop()
        self.canvas.restore()

    @contextmanager
    def moved(self, dx: float, dy: float, skew: float = 0.0) -> Iterator[None]:
        """Shift what is painted inside, and slant it by ``skew`` to frame right per unit down."""
        self.canvas.save()
        self.canvas.translate(dx, dy)
        if skew:
            self.canvas.skew(skew, 0)
        yield
        self.canvas.restore()

    @contextmanager
    def brightened(self) -> Iterator[None]:
        """Let what is painted inside keep more of its own colour at night."""
        before = self._factor
        red, green, blue = before
        self._factor = (math.sqrt(red), math.sqrt(green), math.sqrt(blue))
        yield
        self._factor = before

    def fill(self, path: skia.Path, colour: Rgb, alpha: int = 255) -> None:
        """One flat colour; ``alpha`` from 0 to 255."""
        self._count(path, 0.0)
        self.canvas.drawPath(path, self._paint(colour, alpha))

    def line(self, path: skia.Path, colour: Rgb, width: float, alpha: int = 255) -> None:
        """A stroke along a path with round ends."""
        self._count(path, width / 2)
        paint = self._paint(colour, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        self.canvas.drawPath(path, paint)

    def glow(self, x: float, y: float, radius: float, colour: Rgb, alpha: int) -> None:
        """Light that thins out towards a radius; its colour is painted as it is."""
        path = oval(x, y, radius, radius)
        self._count(path, 0.0)
        paint = skia.Paint(AntiAlias=True)
        inner, outer = skia.Color(*colour, alpha), skia.Color(*colour, 0)
        paint.setShader(skia.GradientShader.MakeRadial(skia.Point(x, y), radius, [inner, outer]))
        self.canvas.drawPath(path, paint)

    def lit(self, path: skia.Path, colour: Rgb, rim: float = 0.0) -> None:
        """A form that turns from the key into cool shadow, with a rim of light, if any, on the key's side."""
        self._count(path, 0.0)
        bounds = path.getBounds()
        x, y = bounds.centerX(), bounds.centerY()
        kx, ky = self.key
        reach = abs(kx) * bounds.width() / 2 + abs(ky) * bounds.height() / 2
        near, far = skia.Point(x + kx * reach, y + ky * reach), skia.Point(x - kx * reach, y - ky * reach)
        paint = skia.Paint(AntiAlias=True)
        paint.setShader(skia.GradientShader.MakeLinear([near, far], _tones(colour, self._factor), [0.0, 0.42, 1.0]))
        self.canvas.drawPath(path, paint)
        if self.light.rim and rim:
            edge = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=2 * rim)
            shine = skia.Color(*self.light.rim, 235), skia.Color(*self.light.rim, 0)
            edge.setShader(skia.GradientShader.MakeLinear([near, far], list(shine), [0.12, 0.4]))
            self.canvas.save()
            self.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
            self.canvas.drawPath(path, edge)
            self.canvas.restore()

    def _paint(self, colour: Rgb, alpha: int) -> skia.Paint:
        return skia.Paint(AntiAlias=True, Color=_flat(colour, self._factor, alpha))

    def _count(self, path: skia.Path, margin: float) -> None:
        if not self._parts:
            return
        bounds = path.computeTightBounds()
        bounds.outset(margin, margin)
        reached = self.canvas.getTotalMatrix().mapRect(bounds)
        for limit in self._limits:
            if not reached.intersect(limit):
                return
        for name in self._parts:
            so_far = self._extents.setdefault(name, skia.Rect())
            so_far.join(reached)
