"""Every look can be read: contrasts as WCAG counts them."""

import itertools

import pytest

from desktop.looks import LOOKS, Look


def light_of(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((light_of(one), light_of(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", list(Look))
def test_words_can_be_read_on_every_ground(look: Look):
    colours = LOOKS[look]
    for words, ground in itertools.product(("text", "soft"), ("ground", "panel", "raised", "stage", "selected")):
        assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
    for ground in ("ground", "panel", "raised"):
        assert contrast(colours["faint"], colours[ground]) >= 3.7, ground
    for state, ground in itertools.product(("amber", "red", "green", "blue", "violet"), ("panel", "ground", "stage")):
        assert contrast(colours[state], colours[ground]) >= 4, (state, ground)
    assert contrast(colours["surround_text"], colours["surround"]) >= 4.2
    for words, ground in (
        ("go_text", "go"),
        ("go_text", "go_hover"),
        ("call_text", "call"),
        ("call_text", "call_hover"),
    ):
        assert contrast(colours[words], colours[ground]) >= 4.5, ground


def test_the_look_for_judging_colour_has_no_tint():
    colours = LOOKS[Look.GREY]
    greys = ("ground", "panel", "raised", "stage", "line", "text", "soft", "faint", "selected", "surround", "handle")
    for name in greys:
        assert len({colours[name][at : at + 2] for at in (1, 3, 5)}) == 1, name
    assert 0.17 <= light_of(colours["surround"]) <= 0.21
