"""Pictures of the whole window: empty, unreadable, read, drafted, busy, edited, finished, small; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.snapshot import Spot
from storage.domain.jobs import JobState
from storage.domain.scene_graph import ConstraintId, SceneGraph
from storage.domain.takes import Seam
from tests.gui.film_maker import FilmMaker, long_graph, make_busy_film, make_finished_film, shot_id
from tests.gui.photographer import Photographer

_EYES = ConstraintId("constraint:mara/eyes/@film")
_SMALL = (1100, 680)


def photograph(camera: Photographer, work: Path) -> None:
    """Every state, from no film to a finished one."""
    camera.open(None)
    camera.take("no_film")
    camera.open(work / "nowhere.matchcut")
    camera.wait(lambda: camera.window is None or camera.window.desk is None)
    camera.take("cannot_open")

    FilmMaker(work / "fresh.matchcut").project.close()
    camera.open(work / "fresh.matchcut")
    camera.take("reading")

    FilmMaker(work / "drafted.matchcut").draft()
    camera.open(work / "drafted.matchcut")
    camera.desk.tree.choose_constraint(_EYES)
    camera.take("script_seam")

    _photograph_busy(camera, work)

    make_finished_film(work / "finished.matchcut").project.close()
    camera.open(work / "finished.matchcut")
    camera.desk.stage.show_frame(150)
    camera.pause(0.5)
    camera.take("finished_cut", close=False)
    camera.desk.stage.show_shot(shot_id("2B"))
    camera.press(Qt.Key.Key_Right)
    camera.take("finished_clip")

    graph, plans = long_graph(190, 8)
    feature = FilmMaker(work / "feature.matchcut", title=graph.title, plan=plans)
    feature.draft(graph)
    feature.commands.approve_script()
    for label in ("1A", "1B", "2C"):
        feature.approved(label, Seam.KEYFRAME)
    camera.open(work / "feature.matchcut")
    camera.take("long_names", close=False)
    camera.resize(*_SMALL)
    camera.take("long_names_small")

    FilmMaker(work / "bare.matchcut").draft(SceneGraph(title="Nothing to shoot"))
    camera.open(work / "bare.matchcut", "crashing")
    camera.wait(lambda: bool(camera.desk.strip.text))
    camera.take("no_shots_and_crashed")


def photograph_enlarged(camera: Photographer, work: Path) -> None:
    """The busy film in a process whose screen is scaled."""
    make_busy_film(work / "busy.matchcut").project.close()
    camera.open(work / "busy.matchcut", size=(1280, 720))
    camera.pause(1.0)
    camera.take("busy")


def _photograph_busy(camera: Photographer, work: Path) -> None:
    busy = make_busy_film(work / "busy.matchcut")
    running = str(busy.project.jobs.in_state(JobState.RUNNING)[0].id)
    camera.open(work / "busy.matchcut", "drawing", running)
    desk = camera.desk
    camera.wait(lambda: "9/16" in desk.top_bar.worker.whole_text)
    camera.take("drift", close=False)
    camera.press(Qt.Key.Key_R)
    QTest.keyClicks(desk.inspector.note, "Her eyes are the whole scene. Brown, please.")
    camera.take("request_changes", close=False)
    camera.press(Qt.Key.Key_Escape)
    desk.tree.choose_constraint(_EYES)
    camera.press(Qt.Key.Key_F2)
    QTest.keyClicks(desk.tree.panel.fields["value"], "green")
    camera.wait(desk.tree.panel.confirm.isEnabled)
    camera.take("cost_of_edit", close=False)
    QTest.keyClick(desk.tree.panel.confirm, Qt.Key.Key_Return)
    camera.wait(lambda: desk.stage.film is not None and desk.stage.film.revision == 2)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    camera.take("stale", close=False)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2C")))
    camera.take("in_work")
