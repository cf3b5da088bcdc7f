"""Makes pictures of the timeline in its states: `python -m tests.gui.timeline_screenshots OUT_DIR [PART …]`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.bench.big_film import make_big_film
from desktop.timeline.shot_filter import Facet, ShotFilter
from tests.gui.film_maker import make_busy_film, make_finished_film, shot_id
from tests.gui.screenshots import Photographer

_LEFT = Qt.MouseButton.LeftButton
_BIG = 10_000
_BIG_S = 240.0


def take_timeline(camera: Photographer, work: Path) -> None:
    """Filtered, selected, close in, moved and trimmed."""
    busy = work / "busy.matchcut"
    if not busy.exists():
        make_busy_film(busy).project.close()
    camera.open(busy)
    panel, timeline = camera.window.desk.timeline_panel, camera.window.desk.timeline
    camera.wait(lambda: False, 1.5)
    camera.take("timeline_busy", close=False)
    panel.bar.use(ShotFilter(facets=frozenset({Facet.NEEDS_ME}), characters=frozenset({"character:mara"})))
    camera.take("timeline_filtered", close=False)
    panel.bar.clear()
    timeline.selection.select([shot_id(label) for label in ("1B", "1C", "2A", "2B")])
    camera.take("timeline_selected", close=False)
    timeline.selection.clear()
    timeline.zoom_to(30.0)
    camera.take("timeline_frames")

    finished = work / "finished.matchcut"
    if not finished.exists():
        make_finished_film(finished).project.close()
    camera.open(finished)
    desk = camera.window.desk
    timeline, view = desk.timeline, desk.timeline.viewport()
    film = desk.stage.film
    camera.wait(lambda: False, 1.5)
    start = timeline.rect_of(film.card(shot_id("1C"))).center()
    target = timeline.rect_of(film.card(shot_id("2A")))
    end = QPoint(target.left() + 3 * target.width() // 4, start.y())
    _hold(view, start, end)
    camera.wait(lambda: "stale" in timeline.edits.cost_words and "Working" not in timeline.edits.cost_words)
    camera.take("timeline_move", close=False)
    timeline.pointer.cancel()
    edge = QPoint(target.right() + 1, start.y())
    _hold(view, edge, edge + QPoint(46, 0))
    camera.wait(lambda: "Working" not in timeline.edits.cost_words)
    camera.take("timeline_trim", close=False)
    timeline.pointer.cancel()
    camera.take("timeline_finished")


def take_big(camera: Photographer, work: Path) -> None:
    """A film of ten thousand shots, in every state: thumbnails, the whole film, filtered."""
    make_big_film(work / "big.matchcut", _BIG)
    camera.open(work / "big.matchcut")
    desk = camera.window.desk
    camera.wait(lambda: desk.stage.film.num_unread == 0, _BIG_S)
    camera.take("timeline_10000", close=False)
    desk.timeline.show_whole_film()
    camera.take("timeline_10000_whole", close=False)
    desk.timeline_panel.bar.use(ShotFilter(facets=frozenset({Facet.DRIFT})))
    camera.take("timeline_10000_drift", close=False)
    desk.timeline_panel.bar.hide_others.setChecked(True)
    desk.timeline.zoom_to(1.2)
    camera.take("timeline_10000_only_drift")


def _hold(view, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view, _LEFT, pos=start)
    QTest.mouseMove(view, start + QPoint(20, 0))
    QTest.mouseMove(view, end)


def take_enlarged(camera: Photographer, work: Path) -> None:
    """The busy film in a process whose screen is scaled."""
    make_busy_film(work / "busy.matchcut").project.close()
    camera.open(work / "busy.matchcut", size=(1280, 720))
    camera.wait(lambda: False, 1.5)
    camera.take("timeline_150_percent")


def main(out: Path, *wanted: str) -> None:
    """Make the pictures of some parts ("states", "big", "enlarged"), or of all."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    theme.install(app)
    parts = {"states": take_timeline, "big": take_big, "enlarged": take_enlarged}
    for name in wanted or parts:
        if name == "enlarged" and "QT_SCALE_FACTOR" not in os.environ:
            command = [sys.executable, "-m", "tests.gui.timeline_screenshots", str(out), name]
            subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": "1.5"}, check=True)
            continue
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Photographer(out, Path(folder)), Path(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
