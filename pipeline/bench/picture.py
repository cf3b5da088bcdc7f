"""The benchmark's figures as one picture: what each arm lets through, and where drift is caught."""

from pathlib import Path
from typing import Any

import skia

from pipeline.bench.figures import FATES
from pipeline.bench.injections import Handoff
from pipeline.bench.telling import ARM_WORDS
from pipeline.bench.truth import CAUGHT, ESCAPED, HANDED_OVER
from pipeline.resources import resources

_WIDTH, _MARGIN = 1600, 72
_BAR_LEFT, _BAR_RIGHT, _BAR_HEIGHT, _ROW = 470, 1290, 46, 88
_PAPER, _INK, _SOFT, _LINE = 0xFFFAF8F4, 0xFF1D2330, 0xFF6B7280, 0xFFE3DFD6
_GREEN, _AMBER, _RED = 0xFF2F8F6B, 0xFFE2A93B, 0xFFCF4A3C


def draw_gap(found: dict[str, Any], path: Path) -> None:
    """Write the figures that `gap.bench_gap` gave as a PNG picture, 1600 pixels wide."""
    arms = [arm for arm in found["arms"] if arm != "clean"]
    handoffs = [handoff.value for handoff in Handoff]
    top, lower = 210, 210 + _ROW * len(arms) + 96
    height = lower + 128 + 46 * len(arms) + 96
    surface = skia.Surface(_WIDTH, height)
    pen = _Pen(surface.getCanvas())
    pen.canvas.clear(_PAPER)
    shots = found["arms"][arms[0]]["shots"]
    pen.write("What reaches the screen as the script says", _MARGIN, 92, 46, _INK, "SemiBold")
    pen.write(
        f"Each of six handoffs corrupts {100 * found['probability']:.0f} % of what passes. The same films and seeds, "
        f"{len(arms)} ways, {shots:,} shots each.",
        _MARGIN,
        136,
        24,
        _SOFT,
    )
    _legend(pen, 176)
    _scale(pen, top, len(arms))
    for number, arm in enumerate(arms):
        _arm(pen, arm, found["arms"][arm], top + number * _ROW)
    _heat(pen, found, arms, handoffs, lower)
    small = f"{found['command']}   ·   {', '.join(found['revisions'])}"
    pen.write(small, _MARGIN, height - 36, 18, _SOFT)
    surface.makeImageSnapshot().save(str(path), skia.kPNG)


class _Pen:
    """Writes and fills on one canvas, in the font that ships."""

    def __init__(self, canvas: skia.Canvas) -> None:
        self.canvas = canvas
        fonts = resources() / "fonts"
        self._faces = {
            weight: skia.Typeface.MakeFromFile(str(fonts / f"Inter-{weight}.otf")) for weight in ("Regular", "SemiBold")
        }

    def write(
        self, text: str, x: float, y: float, size: float, colour: int, weight: str = "Regular", align: str = "left"
    ) -> float:
        """Write a line; returns its width."""
        font = skia.Font(self._faces[weight], size)
        width = font.measureText(text)
        left = x - {"left": 0.0, "middle": width / 2, "right": width}[align]
        self.canvas.drawString(text, left, y, font, skia.Paint(Color=colour, AntiAlias=True))
        return width

    def fill(self, left: float, top: float, right: float, bottom: float, colour: int, radius: float = 0) -> None:
        paint = skia.Paint(Color=colour, AntiAlias=True)
        self.canvas.drawRoundRect(skia.Rect.MakeLTRB(left, top, right, bottom), radius, radius, paint)

    def line(self, x: float, y: float, to_x: float, to_y: float, colour: int, width: float = 2) -> None:
        paint = skia.Paint(Color=colour, StrokeWidth=width, AntiAlias=True, Style=skia.Paint.kStroke_Style)
        self.canvas.drawLine(x, y, to_x, to_y, paint)


def _legend(pen: _Pen, y: float) -> None:
    x = float(_MARGIN)
    for colour, words in (
        (_GREEN, "passed end to end"),
        (_AMBER, "handed to the director unsolved"),
        (_RED, "drift escaped"),
    ):
        pen.fill(x, y - 15, x + 18, y + 3, colour, 4)
        x += 28 + pen.write(words, x + 28, y, 21, _INK) + 36
    pen.line(x, y - 6, x + 24, y - 6, _INK, 3)
    pen.write("95 % interval", x + 34, y, 21, _INK)


def _x(share: float) -> float:
    return _BAR_LEFT + (_BAR_RIGHT - _BAR_LEFT) * share


def _scale(pen: _Pen, top: float, number: int) -> None:
    bottom = top + number * _ROW + 4
    for fifth in range(6):
        pen.line(_x(fifth / 5), top + 8, _x(fifth / 5), bottom, _LINE)
        pen.write(f"{fifth * 20} %", _x(fifth / 5), bottom + 26, 19, _SOFT, align="middle")


def _arm(pen: _Pen, arm: str, figures: dict[str, Any], top: float) -> None:
    middle = top + _ROW / 2
    pen.write(arm, _MARGIN, middle - 2, 30, _INK, "SemiBold")
    pen.write(ARM_WORDS[arm], _MARGIN, middle + 25, 20, _SOFT)
    shots, start = figures["shots"], 0.0
    parts = ((_GREEN, figures["passed"]), (_AMBER, figures["handed_over"]), (_RED, figures["escaped"]))
    for colour, part in parts:
        if part:
            pen.fill(_x(start), middle - _BAR_HEIGHT / 2, _x(start + part / shots), middle + _BAR_HEIGHT / 2, colour)
        start += part / shots
    rate = figures["pass_rate"]
    low, high = _x(rate["low"]), _x(rate["high"])
    pen.line(low, middle, high, middle, _INK, 3)
    for end in (low, high):
        pen.line(end, middle - 9, end, middle + 9, _INK, 3)
    pen.write(f"{rate['share']:.1%}".replace("%", " %"), _BAR_RIGHT + 24, middle + 4, 36, _INK, "SemiBold")
    pen.write(f"{100 * rate['low']:.1f} – {100 * rate['high']:.1f}", _BAR_RIGHT + 24, middle + 31, 20, _SOFT)


def _heat(pen: _Pen, found: dict[str, Any], arms: list[str], handoffs: list[str], top: float) -> None:
    pen.write(
        "Corruptions that stayed in the film, by the handoff where they were put in", _MARGIN, top, 28, _INK, "SemiBold"
    )
    left, width = 300.0, (_WIDTH - _MARGIN - 300.0) / len(handoffs)
    for column, handoff in enumerate(handoffs):
        pen.write(handoff, left + (column + 0.5) * width, top + 50, 20, _SOFT, align="middle")
    for row, arm in enumerate(arms):
        y = top + 70 + row * 46
        pen.write(arm, _MARGIN, y + 29, 24, _INK, "SemiBold")
        for column, handoff in enumerate(handoffs):
            kinds = found["arms"][arm]["injected"].get(handoff, {}).values()
            counted = {fate: sum(kind.get(fate, 0) for kind in kinds) for fate in FATES}
            harmful = counted[CAUGHT] + counted[HANDED_OVER] + counted[ESCAPED]
            x = left + column * width
            colour = _between(_GREEN, _RED, counted[ESCAPED] / harmful) if harmful else _LINE
            pen.fill(x + 4, y, x + width - 4, y + 40, colour, 8)
            words = f"{counted[ESCAPED]} of {harmful}"
            pen.write(words, x + width / 2, y + 28, 22, 0xFFFFFFFF if harmful else _SOFT, "SemiBold", "middle")


def _between(first: int, second: int, share: float) -> int:
    mixed = 0xFF
    for shift in (16, 8, 0):
        one, other = first >> shift & 0xFF, second >> shift & 0xFF
        mixed = mixed << 8 | round(one + (other - one) * share)
    return mixed
