"""Pictures of a film of ten thousand shots in every state; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.bench.big_film import make_big_film
from desktop.timeline.shot_filter import Facet, ShotFilter
from tests.gui.photographer import Photographer

NUM_SHOTS = 10_000
_READ_S = 240.0


def photograph(camera: Photographer, work: Path) -> None:
    """As it opens, read, the whole film, filtered, and its figures."""
    make_big_film(work / "long.matchcut", NUM_SHOTS)
    camera.open(work / "long.matchcut", seconds=_READ_S)
    desk = camera.desk
    camera.take("opened", close=False)
    camera.wait(lambda: desk.stage.film is not None and desk.stage.film.num_unread == 0, _READ_S)
    camera.take("read", close=False)
    desk.timeline.show_whole_film()
    camera.take("whole", close=False)
    desk.timeline_panel.bar.use(ShotFilter(facets=frozenset({Facet.DRIFT})))
    camera.take("drift", close=False)
    desk.timeline_panel.bar.hide_others.setChecked(True)
    desk.timeline.zoom_to(1.2)
    camera.take("only_drift", close=False)
    desk.timeline_panel.bar.clear()
    camera.press(Qt.Key.Key_G)
    camera.wait(lambda: desk.pages.panel is not None and desk.pages.panel.isVisible(), _READ_S)
    camera.pause(3.0)
    camera.take("figures")
