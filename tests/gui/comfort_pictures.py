"""Pictures of what makes the desk comfortable: palette, keys, welcome, settings, themes; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.views.shortcuts_page import ShortcutsPage
from tests.gui.film_maker import make_busy_film
from tests.gui.photographer import Photographer

_CTRL = Qt.KeyboardModifier.ControlModifier


def photograph(camera: Photographer, work: Path) -> None:
    """Everything over and around the desk."""
    make_busy_film(work / "busy.matchcut").project.close()
    camera.open(work / "busy.matchcut")
    camera.pause(0.5)
    _photograph_palette(camera)
    _photograph_keys(camera)


def _photograph_palette(camera: Photographer) -> None:
    camera.press(Qt.Key.Key_K, modifier=_CTRL)
    camera.take("palette", close=False)
    palette = camera.the_window.palette_of_actions
    QTest.keyClicks(palette.field, "app")
    camera.take("palette_found", close=False)
    palette.field.setText("zebra")
    camera.take("palette_nothing", close=False)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)


def _photograph_keys(camera: Photographer) -> None:
    window = camera.the_window
    window.pages.open("shortcuts")
    camera.take("keys", close=False)
    page = window.pages.currentWidget()
    assert isinstance(page, ShortcutsPage)
    page.field.setText("wipe")
    page.record.setChecked(True)
    QTest.keyClick(page.record, Qt.Key.Key_A)
    camera.take("keys_conflict")
