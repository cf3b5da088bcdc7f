"""Whatever a film is called, its slate says so within the margins."""

import dataclasses

import numpy as np
import pytest

from pipeline.assembly.cut import CutPlan
from pipeline.export.slate import draw_slate

TITLES = (
    "The Lighthouse",
    "Ночной поезд — Élodie Łódź",
    "رحلة الليل إلى البحر",
    "海の向こう側",
    "And Then There Was Another Very Long Title " * 6,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "",
    "two\nlines\tand a tab",
)


def slate_of(plan: CutPlan, title: str, width: int = 512, height: int = 288) -> np.ndarray:
    return draw_slate(dataclasses.replace(plan, title=title, width_px=width, height_px=height))


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("width", "height"), [(512, 288), (288, 512), (1024, 1024)])
def test_nothing_is_drawn_outside_the_margins(plan: CutPlan, title: str, width: int, height: int) -> None:
    slate = slate_of(plan, title, width, height)
    assert slate.shape == (height, width, 3)
    drawn_y, drawn_x = np.nonzero((slate != slate[0, 0]).any(axis=-1))
    # A letter may overhang its origin a little.
    assert drawn_x.min() >= width * 0.095
    assert drawn_x.max() <= width * 0.905
    assert drawn_y.min() >= height * 0.05
    assert drawn_y.max() <= height * 0.92


@pytest.mark.parametrize("title", TITLES[:3])
def test_the_shipped_font_has_the_letters_of_many_languages(plan: CutPlan, title: str) -> None:
    letters = {letter for letter in title if letter.isalpha()}
    boxes = slate_of(plan, "\U0010fffe")
    assert all((slate_of(plan, letter) != boxes).any() for letter in letters)


def test_title_revision_date_and_count_change_the_picture(plan: CutPlan) -> None:
    slate = slate_of(plan, "The Lighthouse")
    others = [
        slate_of(plan, "The Lighthouses"),
        slate_of(dataclasses.replace(plan, revision=8), "The Lighthouse"),
        slate_of(dataclasses.replace(plan, made_on="2026-11-23"), "The Lighthouse"),
        slate_of(dataclasses.replace(plan, shots=plan.shots[:2]), "The Lighthouse"),
    ]
    assert all((slate != other).any() for other in others)
    assert (slate == slate_of(plan, "The Lighthouse")).all()


def test_it_fits_pictures_of_any_size(plan: CutPlan) -> None:
    assert slate_of(plan, "The Lighthouse", 16, 8).shape == (8, 16, 3)
