"""Pictures of what makes the desk comfortable: palette, keys, welcome, settings, themes; see `screenshots`."""

import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop.looks import Look
from desktop.recent_films import FoundFilm, RecentFilm
from desktop.views.checkpoints_page import CheckpointsPage
from desktop.views.shortcuts_page import ShortcutsPage
from storage.domain.takes import Seam
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
    _photograph_looks(camera)
    _photograph_checkpoints(camera, work)
    _photograph_welcome(camera, work)


def _photograph_checkpoints(camera: Photographer, work: Path) -> None:
    window = camera.the_window
    for name, weights in (("sd-turbo", "safetensors"), ("old model", "bin")):
        part = work / "models" / name / "unet"
        part.mkdir(parents=True)
        (part / f"weights.{weights}").write_bytes(b"w" * 4_000_000)
        (part / "config.json").write_text('{"sample_size": 64}')
        index = '{"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DConditionModel"]}'
        (part.parent / "model_index.json").write_text(index)
    window.checkpoints.add_folder(str(work / "models"))
    window.pages.open("checkpoints")
    page = window.pages.currentWidget()
    assert isinstance(page, CheckpointsPage)
    camera.wait(lambda: page.list.count() > 3, 60.0)
    page.try_it.click()
    camera.wait(lambda: not page.picture.image.isNull(), 120.0)
    camera.take("checkpoints", close=False)
    page.list.setCurrentRow(3)
    camera.take("checkpoints_refused", close=False)
    page.list.setCurrentRow(2)
    camera.take("checkpoints_untried", close=False)
    window.pages.go_home()


def photograph_doubled(camera: Photographer, work: Path) -> None:
    """A screen of 1920 x 1080 at 200 %."""
    make_busy_film(work / "busy.matchcut").project.close()
    camera.open(work / "busy.matchcut", size=(960, 540))
    camera.pause(1.0)
    camera.take("desk", close=False)
    window = camera.the_window
    camera.desk.pages.toggle()
    camera.pause(1.0)
    camera.take("figures", close=False)
    camera.desk.pages.toggle()
    camera.desk.stage.show_seam(Seam.SCRIPT)
    camera.take("script", close=False)
    camera.press(Qt.Key.Key_K, modifier=_CTRL)
    camera.take("palette", close=False)
    window.palette_of_actions.close_it()
    for page in ("settings", "shortcuts"):
        window.pages.open(page)
        camera.take(page, close=False)
    window.close_film()
    camera.take("welcome")


def _photograph_looks(camera: Photographer) -> None:
    window = camera.the_window
    for look in (Look.GREY, Look.LIGHT):
        window.show_look(look)
        camera.take(f"desk_{look}", close=False)
        camera.desk.pages.toggle()
        camera.pause(1.0)
        camera.take(f"figures_{look}", close=False)
        camera.desk.pages.toggle()
        window.pages.open("settings")
        camera.pause(0.5)
        camera.take(f"settings_{look}", close=False)
        window.pages.go_home()
    window.show_look(Look.DARK)
    window.pages.open("settings")
    camera.take("settings_dark", close=False)
    window.pages.go_home()


def _photograph_welcome(camera: Photographer, work: Path) -> None:
    window = camera.the_window
    window.close_film()
    camera.wait(lambda: bool(window.welcome.films))
    now = time.time()
    others = (
        RecentFilm(folder=str(work / "gone.matchcut"), title="A film whose disk was taken away", opened_at=now - 86400),
        RecentFilm(
            folder=str(work / "sea.matchcut"),
            title="ساعة المد والجزر: فيلم طويل جدًا عن البحر والليل والساعة التي توقفت",
            opened_at=now - 40 * 86400,
            num_shots=1520,
        ),
    )
    found = [film.found for film in window.welcome.films]
    window.welcome.show_recent(
        (*found, *(FoundFilm(film=each, there="gone" not in each.folder, picture=QImage()) for each in others))
    )
    camera.take("welcome", close=False)
    camera.resize(960, 540)
    camera.take("welcome_small")


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
    camera.take("keys_conflict", close=False)
    window.pages.go_home()
