"""The slate at the head of a movie: what it is, of which day and revision."""

from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.assembly.cut import CutPlan
from pipeline.renderers.base import Frame

_SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "DejaVuSans.ttf"
# Tried where the shipped font lacks a letter of the title; Pillow looks for them in the system's folders.
_WIDER = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "wqy-microhei.ttc",
    "unifont.otf",
    "Arial Unicode.ttf",
    "Hiragino Sans GB.ttc",
    "YuGothM.ttc",
    "msgothic.ttc",
    "Nirmala.ttf",
)
_GROUND = (24, 25, 28)
_RULE = (70, 73, 80)
_TITLE = (236, 236, 232)
_VALUE = (200, 201, 204)
_LABEL = (128, 131, 138)
_MARGIN = Fraction(1, 10)
_TITLE_ROWS = 3
_UNKNOWN_LETTER = "\U0010fffe"


def draw_slate(plan: CutPlan) -> Frame:
    """The slate of a cut, height x width x 3, uint8, RGB; the same plan gives the same picture.

    Everything stays within the margins: a long title is set smaller, then cut with an
    ellipsis. Letters that no font on this machine has are shown as boxes.
    """
    width, height = plan.width_px, plan.height_px
    picture = Image.new("RGB", (width, height), _GROUND)
    pen = ImageDraw.Draw(picture)
    left, right = round(width * _MARGIN), round(width * (1 - _MARGIN))
    rule_y = round(height * 0.62)

    # Sizes go by the height of a 16:9 picture of this width, so that an upright film keeps its margins too.
    unit = min(height, width * 9 / 16)

    rows, font = _fit_title(" ".join(plan.title.split()) or "Untitled", right - left, unit)
    line_px = round(font.size * 1.25)
    y = rule_y - round(unit * 0.07) - line_px * len(rows)
    for row in rows:
        pen.text((left, y), row, font=font, fill=_TITLE)
        y += line_px
    pen.line((left, rule_y, right, rule_y), fill=_RULE, width=max(1, height // 288))

    small, label = _shipped(unit * 0.042), _shipped(unit * 0.03)
    fields = (
        ("DATE", plan.made_on),
        ("REVISION", str(plan.revision)),
        ("SHOTS", str(len(plan.shots))),
        ("LENGTH", _clock((plan.total_frames - plan.slate_frames) / plan.film_rate)),
        ("RATE", f"{float(plan.film_rate):.5g} fps"),
    )
    widths = [max(label.getlength(name), small.getlength(value)) for name, value in fields]
    gap = (right - left - sum(widths)) / (len(fields) - 1)
    x = float(left)
    for (name, value), width_px in zip(fields, widths, strict=True):
        pen.text((round(x), rule_y + round(unit * 0.055)), name, font=label, fill=_LABEL)
        pen.text((round(x), rule_y + round(unit * 0.10)), value, font=small, fill=_VALUE)
        x += width_px + gap
    pen.text((right, round(height * (1 - _MARGIN))), "made with Matchcut", font=label, fill=_LABEL, anchor="rs")
    return np.asarray(picture)


def _fit_title(title: str, width_px: int, unit_px: float) -> tuple[list[str], ImageFont.FreeTypeFont]:
    path = _font_for(title)
    for share in (0.12, 0.10, 0.085, 0.07, 0.06):
        font = ImageFont.truetype(path, max(6, round(unit_px * share)))
        rows = _wrap(title, font, width_px)
        if len(rows) <= _TITLE_ROWS:
            return rows, font
    last = rows[_TITLE_ROWS - 1]
    while last and font.getlength(last + "…") > width_px:
        last = last[:-1]
    return [*rows[: _TITLE_ROWS - 1], last.rstrip() + "…"], font


def _wrap(text: str, font: ImageFont.FreeTypeFont, width_px: int) -> list[str]:
    """Rows no wider than the width, broken between words, or within one that is too wide alone."""
    rows = [""]
    for word in text.split():
        candidate = f"{rows[-1]} {word}".strip()
        if font.getlength(candidate) <= width_px:
            rows[-1] = candidate
            continue
        if rows[-1]:
            rows.append("")
        for letter in word:
            if rows[-1] and font.getlength(rows[-1] + letter) > width_px:
                rows.append("")
            rows[-1] += letter
    return rows


def _font_for(text: str) -> str:
    if _has_letters(ImageFont.truetype(str(_SHIPPED), 24), text):
        return str(_SHIPPED)
    for name in _WIDER:
        try:
            font = ImageFont.truetype(name, 24)
        except OSError:
            continue
        if _has_letters(font, text):
            return name
    return str(_SHIPPED)


def _has_letters(font: ImageFont.FreeTypeFont, text: str) -> bool:
    box = _shape(font, _UNKNOWN_LETTER)
    return all(_shape(font, letter) != box for letter in set(text) if letter.isalnum())


def _shape(font: ImageFont.FreeTypeFont, letter: str) -> bytes:
    picture = Image.new("L", (64, 64))
    ImageDraw.Draw(picture).text((16, 16), letter, font=font, fill=255)
    return picture.tobytes()


def _shipped(size_px: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_SHIPPED), max(6, round(size_px)))


def _clock(seconds: Fraction) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
