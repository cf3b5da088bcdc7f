"""A real window on real films: offscreen, and a leak or a Qt warning fails the test."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.desk import Desk
from desktop.new_film import NewFilm
from desktop.window import MainWindow
from desktop.worker_link import Patience, WorkerLink
from tests.gui.film_maker import FilmMaker, make_busy_film, make_finished_film

FAKE_WORKER = Path(__file__).with_name("fake_worker.py")
THREADS = {"figures", "film reader", "learning", "operations", "pictures", "playback", "recent films", "worker link"}
# The offscreen platform says what a screen would do.
HARMLESS = ("This plugin does not support",)


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> QApplication:
    theme.install(qapp)
    return qapp


@pytest.fixture(autouse=True)
def nothing_left_and_no_warning(themed: QApplication, qtlog) -> Iterator[None]:
    before = set(themed.topLevelWidgets())
    yield
    left = set()
    for _ in range(3):
        # Walks through all that other tests have loaded: no oftener than it takes.
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        themed.processEvents()
        left = set(themed.topLevelWidgets()) - before
        if not left:
            break
    assert not left, f"left behind: {left}"
    assert not THREADS & running_threads()
    told = [record.message for record in qtlog.records if record.type.name != "QtDebugMsg"]
    warnings = [message for message in told if not any(word in message for word in HARMLESS)]
    assert not warnings


def running_threads() -> set[str]:
    """Names of this process's threads; Qt names its own. Linux only, elsewhere empty."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        return set()
    return {(task / "comm").read_text().strip() for task in tasks.iterdir()}


@pytest.fixture(scope="session")
def made_films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One film in each state, closed; tests work on copies."""
    folder = tmp_path_factory.mktemp("films")
    make_busy_film(folder / "busy.matchcut").project.close()
    make_finished_film(folder / "finished.matchcut").project.close()
    drafted = FilmMaker(folder / "drafted.matchcut")
    drafted.draft()
    drafted.project.close()
    FilmMaker(folder / "fresh.matchcut").project.close()
    return folder


@pytest.fixture
def film(made_films: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of a film: "busy", "finished", "drafted" or "fresh"."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(made_films / f"{name}.matchcut", tmp_path / f"{name}.matchcut"))

    return copy


@pytest.fixture
def worker_log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.fixture
def make_window(qtbot, worker_log: Path) -> Iterator[Callable[..., MainWindow]]:
    """Makes shown windows with fake workers that play a part, and closes them."""
    made: list[MainWindow] = []

    def make(part: str = "ready", *more: str, patience: Patience | None = None) -> MainWindow:
        command = (sys.executable, str(FAKE_WORKER), part, str(worker_log), *more)
        waits = patience or Patience(ask=3, terminate=1, restart=(0.05,) * 3, refused=30)
        window = MainWindow(lambda _: WorkerLink(command, patience=waits), NewFilm(command))
        made.append(window)
        window.show()
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def open_desk(qtbot, make_window: Callable[..., MainWindow]) -> Callable[..., Desk]:
    """Opens a film in a window and waits until it has been read."""

    def open_it(folder: Path, part: str = "ready", *more: str, patience: Patience | None = None) -> Desk:
        window = make_window(part, *more, patience=patience)
        window.open_film(folder)
        desk = window.desk
        assert desk is not None
        qtbot.waitUntil(lambda: desk.stage.film is not None, timeout=20_000)
        return desk

    return open_it
