"""Strokes are kept small and inside the picture, and come out as they went in."""

import json
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.strokes import (
    RGB,
    Colour,
    Stroke,
    Tool,
    Width,
    arrow_head,
    from_json,
    straightened,
    tidy,
    to_json,
)

PLACES = st.lists(st.tuples(st.floats(-0.5, 1.5), st.floats(-0.5, 1.5)), min_size=1, max_size=60)


@given(PLACES)
def test_a_stroke_stays_in_the_picture_and_comes_out_of_the_ledger_as_it_went_in(points):
    kept = tidy(Stroke(tool=Tool.PEN, points=tuple(points)))
    assert all(0 <= value <= 1 for point in kept.points for value in point)
    assert from_json(json.loads(json.dumps(to_json(kept)))) == kept
    assert tidy(kept) == kept


def test_a_long_line_keeps_its_shape_with_few_points():
    circle = [(0.5 + 0.3 * cos(turn * pi / 500), 0.5 + 0.3 * sin(turn * pi / 500)) for turn in range(1000)]
    kept = straightened(circle)
    assert 20 < len(kept) < 120
    assert (kept[0], kept[-1]) == (circle[0], circle[-1])
    assert straightened([(0.0, 0.0), (0.2, 0.2), (0.9, 0.9)]) == [(0.0, 0.0), (0.9, 0.9)]


@pytest.mark.parametrize(
    ("stroke", "why"),
    [
        (Stroke(tool=Tool.PEN, points=()), "some points"),
        (Stroke(tool=Tool.ARROW, points=((0.1, 0.1),)), "2 points"),
        (Stroke(tool=Tool.BOX, points=((0.1, 0.1), (0.1, 0.1))), "no length"),
        (Stroke(tool=Tool.TEXT, points=((0.1, 0.1),), words="  "), "1 to 400"),
        (Stroke(tool=Tool.PEN, points=((0.1, 0.1),), words="hm"), "no words"),
    ],
)
def test_what_is_no_stroke_is_refused(stroke: Stroke, why: str):
    with pytest.raises(ValueError, match=why):
        tidy(stroke)


def test_an_arrow_head_is_alike_on_both_sides():
    one, other = arrow_head((0.0, 0.0), (10.0, 0.0), 3.0)
    assert one[0] == pytest.approx(other[0]) and one[1] == pytest.approx(-other[1])
    assert one[0] < 10 and hypot(one[0] - 10, one[1]) == pytest.approx(3.0, rel=0.01)


def test_colours_differ_in_lightness_too():
    def lightness(colour: Colour) -> float:
        red, green, blue = RGB[colour]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert len({round(lightness(colour) / 8) for colour in Colour}) == len(Colour)
    assert {Width.FINE, Width.MEDIUM, Width.BROAD} == set(Width)
