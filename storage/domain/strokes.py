"""What is drawn over a frame: strokes in coordinates of the picture, so that they fit it at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot
from typing import Any

from storage.domain.findings import Region

Point = tuple[float, float]

_DIGITS = 4
_MOST_POINTS = 2000
_MOST_LETTERS = 400
_NEAR = 0.0012


class Tool(StrEnum):
    PEN = "pen"
    ARROW = "arrow"
    BOX = "box"
    TEXT = "text"


class Colour(StrEnum):
    """Told apart by more than hue: each has another lightness, and its name is shown beside it."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    WHITE = "white"
    BLACK = "black"


class Width(StrEnum):
    FINE = "fine"
    MEDIUM = "medium"
    BROAD = "broad"


# Red, green and blue, 0 to 255.
RGB: Mapping[Colour, tuple[int, int, int]] = {
    Colour.RED: (232, 72, 60),
    Colour.AMBER: (246, 190, 66),
    Colour.GREEN: (92, 196, 108),
    Colour.BLUE: (84, 150, 246),
    Colour.WHITE: (248, 248, 248),
    Colour.BLACK: (16, 16, 18),
}
# Shares of the picture's height.
LINE: Mapping[Width, float] = {Width.FINE: 0.004, Width.MEDIUM: 0.008, Width.BROAD: 0.018}
LETTERS: Mapping[Width, float] = {Width.FINE: 0.035, Width.MEDIUM: 0.05, Width.BROAD: 0.08}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One mark of one tool.

    Attributes:
        points: from 0 (left, top) to 1 (right, bottom). Of a pen all that it passed; of an arrow its tail and head; of
            a box two opposite corners; of words the left end of their first line's middle.
        words: of the text tool.
    """

    tool: Tool
    points: tuple[Point, ...]
    colour: Colour = Colour.RED
    width: Width = Width.MEDIUM
    words: str = ""

    @property
    def box(self) -> Region:
        """The rectangle around its points, without its width."""
        across, down = [x for x, _ in self.points], [y for _, y in self.points]
        return Region(left=min(across), top=min(down), right=max(across), bottom=max(down))


def tidy(stroke: Stroke) -> Stroke:
    """A stroke as it is kept: inside the picture, rounded, without points that cannot be told from a straight line.

    Raises:
        ValueError: it has no points, too few for its tool, or words where there are to be none.
    """
    held = [(_held(x), _held(y)) for x, y in stroke.points]
    words = " ".join(stroke.words.split()) if stroke.tool is Tool.TEXT else stroke.words
    if stroke.tool is Tool.TEXT and not 0 < len(words) <= _MOST_LETTERS:
        raise ValueError(f"words on a picture are 1 to {_MOST_LETTERS} letters, not {len(words)}")
    if stroke.tool is not Tool.TEXT and words:
        raise ValueError(f"a {stroke.tool} has no words")
    wanted = {Tool.ARROW: 2, Tool.BOX: 2, Tool.TEXT: 1}.get(stroke.tool)
    if not held or (wanted is not None and len(held) != wanted):
        raise ValueError(f"a {stroke.tool} needs {wanted or 'some'} points, not {len(held)}")
    if stroke.tool in (Tool.ARROW, Tool.BOX) and held[0] == held[1]:
        raise ValueError(f"this {stroke.tool} has no length")
    points = straightened(held)[:_MOST_POINTS] if stroke.tool is Tool.PEN else held
    return Stroke(tool=stroke.tool, points=tuple(points), colour=stroke.colour, width=stroke.width, words=words)


def straightened(points: Sequence[Point], near: float = _NEAR) -> list[Point]:
    """The points that a line needs to stay as near as `near` to all of them (Ramer, Douglas and Peucker)."""
    if len(points) < 3:
        return list(points)
    kept = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        far, at = 0.0, first
        for index in range(first + 1, last):
            distance = _distance(points[index], points[first], points[last])
            if distance > far:
                far, at = distance, index
        if far > near:
            kept.add(at)
            stretches += [(first, at), (at, last)]
    return [points[index] for index in sorted(kept)]


def to_json(stroke: Stroke) -> dict[str, Any]:
    """A stroke as the ledger keeps it; the points as one list of numbers."""
    told: dict[str, Any] = {
        "tool": str(stroke.tool),
        "points": [number for point in stroke.points for number in point],
        "colour": str(stroke.colour),
        "width": str(stroke.width),
    }
    return told | ({"words": stroke.words} if stroke.words else {})


def from_json(told: Mapping[str, Any]) -> Stroke:
    """The stroke that `to_json` told of."""
    numbers: list[float] = told["points"]
    return Stroke(
        tool=Tool(told["tool"]),
        points=tuple(zip(numbers[::2], numbers[1::2], strict=True)),
        colour=Colour(told["colour"]),
        width=Width(told["width"]),
        words=told.get("words", ""),
    )


def arrow_head(tail: Point, head: Point, length: float) -> tuple[Point, Point]:
    """The ends of the two short lines of an arrow's head.

    Args:
        tail, head: in pixels or any other unit that is alike in both directions.
        length: of the short lines, in that unit.
    """
    across, down = tail[0] - head[0], tail[1] - head[1]
    whole = hypot(across, down) or 1.0
    x, y = across / whole * length, down / whole * length
    # Turned by 28 degrees to either side.
    cos, sin = 0.883, 0.469
    return (head[0] + x * cos - y * sin, head[1] + x * sin + y * cos), (
        head[0] + x * cos + y * sin,
        head[1] - x * sin + y * cos,
    )


def _held(value: float) -> float:
    return round(min(1.0, max(0.0, value)), _DIGITS)


def _distance(point: Point, first: Point, last: Point) -> float:
    """From a point to a straight line between two others, or to them where it lies beyond."""
    across, down = last[0] - first[0], last[1] - first[1]
    length = across * across + down * down
    along = 0.0
    if length:
        along = ((point[0] - first[0]) * across + (point[1] - first[1]) * down) / length
        along = min(1.0, max(0.0, along))
    return hypot(point[0] - first[0] - along * across, point[1] - first[1] - along * down)
