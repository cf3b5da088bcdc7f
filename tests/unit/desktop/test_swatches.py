"""Which colour stands for which words."""

import pytest

from desktop.swatches import attribute_of, swatch_of
from storage.domain.vocabulary import COLOURS, EYES, HAIR_COLOURS, SKINS, TIMES_OF_DAY, Attribute


def test_every_standard_colour_has_a_swatch() -> None:
    for attribute, values in (
        (Attribute.EYES, EYES),
        (Attribute.HAIR_COLOUR, HAIR_COLOURS),
        (Attribute.SKIN, SKINS),
        (Attribute.GARMENT, COLOURS),
        (Attribute.TIME_OF_DAY, TIMES_OF_DAY),
    ):
        swatches = [swatch_of(attribute, value) for value in values]
        assert None not in swatches
        assert len(set(swatches)) == len(values)


def test_red_hair_is_not_the_red_of_a_coat() -> None:
    assert swatch_of(Attribute.HAIR_COLOUR, "red") != swatch_of(Attribute.GARMENT, "red")


def test_words_around_a_colour_and_other_spellings_are_understood() -> None:
    assert swatch_of("eyes", "dark brown") == swatch_of("eyes", "brown")
    assert swatch_of("garment", "gray") == swatch_of("garment", "grey")
    assert swatch_of("hair colour", "Blond") == swatch_of("hair colour", "blonde")


@pytest.mark.parametrize(("attribute", "value"), [("age", "adult"), ("garment", "tartan"), ("nonsense", "red")])
def test_what_names_no_colour_has_no_swatch(attribute: str, value: str) -> None:
    assert swatch_of(attribute, value) is None


def test_the_attribute_in_a_key() -> None:
    assert attribute_of("character:mara/garment/coat") == "garment"
    assert attribute_of("character:mara/eyes/") == "eyes"
    assert attribute_of("check:first frame") == ""
