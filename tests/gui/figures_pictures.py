"""Pictures of the figures: of a film far on its way, hovered, just begun, with nothing made; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.views.figures_panel import FiguresPanel
from tests.gui.deciding_pictures import make_decided_film
from tests.gui.film_maker import FilmMaker, make_busy_film
from tests.gui.photographer import Photographer

_LOADED_S = 120.0


def photograph(camera: Photographer, work: Path) -> None:
    """Every state."""
    make_decided_film(work / "decided.matchcut").project.close()
    chart = open_figures(camera, work / "decided.matchcut").drift.chart
    camera.take("far_on", close=False)
    QTest.mouseMove(chart.viewport(), chart.viewport().mapFrom(chart, chart.place_of(2).toPoint()))
    camera.take("hovered", close=False)
    camera.resize(1100, 680)
    camera.pause(2.0)
    camera.take("small")

    make_busy_film(work / "begun.matchcut").project.close()
    open_figures(camera, work / "begun.matchcut")
    camera.take("begun")

    FilmMaker(work / "nothing.matchcut").draft()
    open_figures(camera, work / "nothing.matchcut")
    camera.take("nothing_made")


def open_figures(camera: Photographer, film: Path) -> FiguresPanel:
    camera.open(film)
    desk = camera.desk
    camera.press(Qt.Key.Key_G)
    camera.wait(lambda: isinstance(desk.pages.panel, FiguresPanel), _LOADED_S)
    if not isinstance(desk.pages.panel, FiguresPanel):
        raise RuntimeError("there are no figures")
    return desk.pages.panel
