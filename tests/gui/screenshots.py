"""Makes a picture of the desk in each of its states: `python -m tests.gui.screenshots OUT_DIR`."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.new_film import NewFilm
from desktop.snapshot import Spot
from desktop.window import MainWindow
from desktop.worker_link import Patience, WorkerLink, WorkerState
from storage.domain.jobs import JobState
from storage.domain.scene_graph import ConstraintId, SceneGraph
from storage.domain.takes import Seam
from tests.gui import queue_pictures, viewer_pictures
from tests.gui.film_maker import FilmMaker, long_graph, make_busy_film, make_finished_film, shot_id

_SETTLED = (WorkerState.READY, WorkerState.AWAY, WorkerState.RESTARTING)
FAKE_WORKER = Path(__file__).with_name("fake_worker.py")


def fake_command(part: str, log: Path, *more: str) -> tuple[str, ...]:
    return (sys.executable, str(FAKE_WORKER), part, str(log), *more)


class Photographer:
    """Opens films in the real window and keeps a picture of each."""

    def __init__(self, out: Path, work: Path) -> None:
        self.out = out
        self.work = work
        self.window: MainWindow | None = None

    def open(self, folder: Path | None, part: str = "ready", *more: str, size: tuple[int, int] = (1480, 900)) -> None:
        command = fake_command(part, self.work / "worker.log", *more)
        self.window = MainWindow(
            lambda _: WorkerLink(command, patience=Patience(ask=1, terminate=1, restart=(30.0,))), NewFilm(command)
        )
        self.window.resize(*size)
        self.window.show()
        if folder is not None:
            self.window.open_film(folder)
            self.wait(lambda: self.window.desk is None or self.window.desk.stage.film is not None)
            self.wait(lambda: self.window.desk is None or self.window.desk.link.state in _SETTLED)

    def wait(self, ready: Callable[[], bool], seconds: float = 10.0) -> None:
        until = time.monotonic() + seconds
        while not ready() and time.monotonic() < until:
            QTest.qWait(20)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.window, key, modifier)
            QTest.qWait(150)

    def take(self, name: str, *, close: bool = True) -> None:
        QTest.qWait(700)
        self.window.grab().save(str(self.out / f"{name}.png"))
        if close:
            self.window.close()
            self.window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.window = None


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    theme.install(app)
    with tempfile.TemporaryDirectory() as folder:
        _take_all(Photographer(out, Path(folder)), Path(folder))


def _take_all(camera: Photographer, work: Path) -> None:
    camera.open(None)
    camera.take("01_empty")
    camera.open(work / "nowhere.matchcut")
    camera.wait(lambda: camera.window.desk is None)
    camera.take("02_cannot_open")

    FilmMaker(work / "fresh.matchcut")
    camera.open(work / "fresh.matchcut", "ready")
    camera.take("03_reading")

    FilmMaker(work / "drafted.matchcut").draft()
    camera.open(work / "drafted.matchcut")
    desk = camera.window.desk
    desk.tree.choose_constraint(ConstraintId("constraint:mara/eyes/@film"))
    camera.take("04_script_seam")

    busy = make_busy_film(work / "busy.matchcut")
    running = str(busy.project.jobs.in_state(JobState.RUNNING)[0].id)
    camera.open(work / "busy.matchcut", "drawing", running)
    camera.take("05_drift", close=False)
    camera.press(Qt.Key.Key_R)
    QTest.keyClicks(camera.window.desk.inspector.note, "Her eyes are the whole scene. Brown, please.")
    camera.take("06_request_changes", close=False)
    camera.press(Qt.Key.Key_Escape)
    camera.window.desk.tree.choose_constraint(ConstraintId("constraint:mara/eyes/@film"))
    camera.window.desk.operations.ask_cost(ConstraintId("constraint:mara/eyes/@film"), "green")
    camera.wait(camera.window.desk.tree.cost.isVisible)
    camera.take("07_cost_of_edit", close=False)
    QTest.keyClick(camera.window.desk.tree.cost.confirm, Qt.Key.Key_Return)
    camera.wait(lambda: camera.window.desk.stage.film.revision == 2)
    camera.window.desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    camera.take("08_stale", close=False)
    camera.window.desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2C")))
    camera.take("09_in_work")

    make_finished_film(work / "finished.matchcut")
    camera.open(work / "finished.matchcut")
    camera.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    camera.take("10_finished_cut", close=False)
    camera.window.desk.stage.show_shot(shot_id("2B"))
    camera.press(Qt.Key.Key_Right)
    camera.take("11_clip")

    graph, plans = long_graph(190, 8)
    long = FilmMaker(work / "long.matchcut", title=graph.title, plan=plans)
    long.draft(graph)
    long.commands.approve_script()
    for label in ("1A", "1B", "2C"):
        long.approved(label, Seam.KEYFRAME)
    camera.open(work / "long.matchcut")
    camera.take("12_1520_shots", close=False)
    camera.press(Qt.Key.Key_0)
    camera.take("13_whole_film", close=False)
    camera.window.resize(1100, 680)
    camera.take("14_small_window")

    bare = FilmMaker(work / "bare.matchcut")
    bare.draft(SceneGraph(title="Nothing to shoot"))
    camera.open(work / "bare.matchcut", "crashing")
    camera.wait(lambda: bool(camera.window.desk.strip.text))
    camera.take("15_no_shots_and_crashed")

    viewer_pictures.photograph(camera, work)
    queue_pictures.photograph(camera, work)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
