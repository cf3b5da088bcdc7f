"""Pictures of the queue: busy, chosen, paused, short of memory, cancelled, empty, long; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.snapshot import Spot
from storage.domain.jobs import JobState
from storage.domain.takes import Seam
from storage.film_state import FilmState
from tests.gui.film_maker import FilmMaker, long_graph, shot_id
from tests.gui.photographer import Photographer
from tests.gui.work_films import AT_WORK, job_of, make_working_film


def photograph(camera: Photographer, work: Path) -> None:
    """Busy, chosen, paused, memory short, set aside, empty, and long."""
    film = make_working_film(work / "working.matchcut")
    ids = [str(job_of(film, label).id) for label in AT_WORK]
    camera.open(work / "working.matchcut", "batch", *ids)
    desk = camera.desk
    camera.wait(lambda: desk.queue.jobs.preview(job_of(film, AT_WORK[1])) is not None, 60)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2B")))
    camera.take("busy", close=False)
    camera.press(Qt.Key.Key_Q)
    for _ in range(2):
        QTest.keyClick(desk.queue.list, Qt.Key.Key_Down)
    camera.take("chosen", close=False)
    camera.press(Qt.Key.Key_P, modifier=Qt.KeyboardModifier.ShiftModifier)
    camera.wait(lambda: desk.queue.jobs.paused)
    camera.take("paused")
    film.project.jobs.go_on()

    camera.open(work / "working.matchcut", "short", *ids)
    camera.wait(lambda: "memory" in camera.desk.queue.jobs.reason(camera.desk.queue.jobs.jobs[0]), 60)
    camera.desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    camera.take("memory_short_and_set_aside")

    for job in film.project.jobs.in_state(JobState.QUEUED, JobState.RUNNING):
        film.project.jobs.cancelled(job.id)
    camera.open(work / "working.matchcut")
    camera.take("cancelled")

    empty = FilmMaker(work / "empty_queue.matchcut")
    empty.draft()
    camera.open(work / "empty_queue.matchcut")
    camera.take("empty")

    graph, plans = long_graph(20, 8)
    long = FilmMaker(work / "long_queue.matchcut", title=graph.title, plan=plans)
    long.draft(graph)
    long.commands.approve_script()
    state = FilmState(long.project)
    for place, plan in enumerate(plans):
        standing = state.shot(shot_id(plan.label)).keyframe
        long.project.jobs.ensure(
            seam=Seam.KEYFRAME, shot_id=shot_id(plan.label), round=standing.round, attempt=1, place=place
        )
    camera.open(work / "long_queue.matchcut", size=(1100, 680))
    camera.press(Qt.Key.Key_Q)
    camera.take("long_and_narrow")
