"""Pictures of the timeline: busy, filtered, selected, close in, moved, trimmed, finished; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.timeline.shot_filter import Facet, ShotFilter
from storage.domain.scene_graph import CharacterId
from tests.gui.film_maker import make_busy_film, make_finished_film, shot_id
from tests.gui.photographer import Photographer

_LEFT = Qt.MouseButton.LeftButton


def photograph(camera: Photographer, work: Path) -> None:
    """Every state."""
    make_busy_film(work / "busy.matchcut").project.close()
    camera.open(work / "busy.matchcut")
    panel, timeline = camera.desk.timeline_panel, camera.desk.timeline
    camera.pause(1.0)
    camera.take("busy", close=False)
    panel.bar.use(ShotFilter(facets=frozenset({Facet.NEEDS_ME}), characters=frozenset({CharacterId("character:mara")})))
    camera.take("filtered", close=False)
    panel.bar.clear()
    timeline.selection.select([shot_id(label) for label in ("1B", "1C", "2A", "2B")])
    camera.take("selected", close=False)
    timeline.selection.clear()
    timeline.zoom_to(30.0)
    camera.take("frames")

    make_finished_film(work / "finished.matchcut").project.close()
    camera.open(work / "finished.matchcut")
    timeline, view = camera.desk.timeline, camera.desk.timeline.viewport()
    camera.pause(1.0)
    start = _place(camera, "1C").center()
    target = _place(camera, "2A")
    _hold(view, start, QPoint(target.left() + 3 * target.width() // 4, start.y()))
    camera.wait(lambda: "stale" in timeline.edits.cost_words and "Working" not in timeline.edits.cost_words)
    camera.take("move", close=False)
    timeline.pointer.cancel()
    edge = QPoint(target.right() + 1, start.y())
    _hold(view, edge, edge + QPoint(46, 0))
    camera.wait(lambda: "Working" not in timeline.edits.cost_words)
    camera.take("trim", close=False)
    timeline.pointer.cancel()
    camera.take("finished")


def _place(camera: Photographer, label: str) -> QRect:
    film = camera.desk.stage.film
    card = film.card(shot_id(label)) if film else None
    if card is None:
        raise RuntimeError(f"there is no shot {label}")
    return camera.desk.timeline.rect_of(card)


def _hold(view: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view, _LEFT, pos=start)
    QTest.mouseMove(view, start + QPoint(20, 0))
    QTest.mouseMove(view, end)
