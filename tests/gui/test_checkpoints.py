"""The chooser of checkpoints, with the real program that looks and tries."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from desktop.new_film import NewFilm
from desktop.views.checkpoints_page import CheckpointsPage
from desktop.window import MainWindow
from desktop.worker_link import Patience, WorkerLink
from storage.project import Project
from tests.gui.conftest import FAKE_WORKER

WAIT_MS = 120_000


@pytest.fixture
def window(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("HOME", str(tmp_path))
    command = (sys.executable, str(FAKE_WORKER), "ready", str(tmp_path / "worker.log"))
    patience = Patience(ask=3, terminate=1, restart=(0.05,) * 3, refused=30)
    settings = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    made = MainWindow(lambda _: WorkerLink(command, patience=patience), NewFilm(command), settings)
    made.show()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.deleteLater()


def open_page(window: MainWindow, qtbot) -> CheckpointsPage:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_C, keys)
    page = window.pages.currentWidget()
    assert isinstance(page, CheckpointsPage)
    qtbot.waitUntil(lambda: page.list.count() > 0, timeout=WAIT_MS)
    return page


def choose(page: CheckpointsPage, words: str) -> None:
    rows = [page.list.item(row).text() for row in range(page.list.count())]
    page.list.setCurrentRow(next(row for row, text in enumerate(rows) if words in text))


def test_a_checkpoint_is_found_tried_and_used(window: MainWindow, film: Callable[[str], Path], tmp_path, qtbot) -> None:
    folder = film("busy")
    bad = tmp_path / "old model"
    (bad / "unet").mkdir(parents=True)
    (bad / "model_index.json").write_text('{"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "X"]}')
    (bad / "unet" / "weights.bin").write_bytes(b"pickle")
    window.open_film(folder)
    qtbot.waitUntil(lambda: window.desk.stage.film is not None, timeout=20_000)
    qtbot.waitUntil(lambda: window.desk.link.state.value != "starting", timeout=20_000)
    page = open_page(window, qtbot)
    assert "draws this film" in page.list.item(0).text() and "pocket" in page.list.item(0).text()
    assert not page.use.isEnabled()
    page.add_folder(str(bad))
    qtbot.waitUntil(lambda: page.list.count() == 3, timeout=WAIT_MS)
    choose(page, "old model")
    assert "pickle" in page.problem.text() and page.problem.isVisible()
    assert not page.try_it.isEnabled() and not page.use.isEnabled()
    choose(page, "procedural artist")
    assert "Makes keyframes and clips; 512 × 288." in page.facts.text()
    QTest.mouseClick(page.try_it, Qt.MouseButton.LeftButton)
    assert page.try_it.text() == "Stop trying"
    qtbot.waitUntil(lambda: not page.picture.image.isNull(), timeout=WAIT_MS)
    assert page.picture.image.width() == 512 and "drawn in" in page.told.text()
    before = window.desk
    QTest.mouseClick(page.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk is not before, timeout=20_000)
    qtbot.waitUntil(lambda: window.desk.stage.film is not None, timeout=20_000)
    project = Project.open(folder)
    assert project.film.checkpoint == "artist"
    project.close()
    qtbot.waitUntil(lambda: window._checkpoint == "artist")


def test_trying_can_be_stopped_and_a_failure_is_told(window: MainWindow, qtbot) -> None:
    page = open_page(window, qtbot)
    choose(page, "pocket")
    QTest.mouseClick(page.try_it, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.checkpoints.is_trying is not None)
    QTest.mouseClick(page.try_it, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.problem.text() == "No frame was drawn: trying was stopped.")
    assert page.try_it.text() == "Try it with one frame"
    window.checkpoints.try_frame("/nowhere/at/all")
    qtbot.waitUntil(lambda: "/nowhere/at/all" in page.problem.text(), timeout=WAIT_MS)
