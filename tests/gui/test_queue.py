"""The queue on the desk, by mouse and keyboard: paused, put in order, cancelled, tried again, timed, previewed."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop.desk import Desk
from desktop.views.queue_rows import action_rect
from desktop.work_clock import WorkClock
from desktop.worker_link import Patience, WorkerState
from storage.domain.jobs import Job, JobState
from storage.domain.takes import Seam
from storage.project import Project
from tests.gui.film_maker import shot_id
from tests.gui.work_films import AT_WORK, make_working_film

WAIT_MS = 60_000
CONTROL, ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
Open = Callable[..., Desk]


class Film:
    """A working film on disk, looked at beside the desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_working_film(folder).project.close()
        self.project = Project.open(folder)
        self.labels = {job.id: self._label(job) for job in self.project.jobs.everything()}

    def _label(self, job: Job) -> str:
        return self.project.graphs.view().graph.shots[job.shot_id].label if job.shot_id else ""

    def job(self, label: str) -> Job:
        """The newest job of a shot."""
        return self.project.jobs.everything(shot_id(label))[-1]

    def waiting(self) -> list[str]:
        return [self.labels[job.id] for job in self.project.jobs.in_state(JobState.QUEUED)]

    @property
    def at_work(self) -> list[str]:
        return [str(self.job(label).id) for label in AT_WORK]


@pytest.fixture
def working(tmp_path: Path) -> Iterator[Film]:
    film = Film(tmp_path / "working.matchcut")
    yield film
    film.project.close()


@pytest.fixture
def desk(working: Film, open_desk: Open, qtbot) -> Desk:
    opened = open_desk(working.folder)
    qtbot.waitUntil(lambda: opened.link.state is WorkerState.READY, timeout=WAIT_MS)
    QTest.keyClick(opened.window(), Qt.Key.Key_Q)
    return opened


def choose(desk: Desk, job: Job) -> None:
    """Click on a job's row."""
    row = next(row for row, each in enumerate(desk.queue.jobs.jobs) if each.id == job.id)
    view = desk.queue.list
    view.scrollTo(desk.queue.jobs.index(row))
    place = view.visualRect(desk.queue.jobs.index(row)).topLeft() + QPoint(110, 30)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(desk.queue.list, key, modifier)


def shown(desk: Desk, label: str) -> Job:
    return next(job for job in desk.queue.jobs.jobs if job.shot_id == shot_id(label))


def test_jobs_at_work_come_first_then_what_was_set_aside_then_what_waits(desk: Desk):
    rows = [desk.queue.jobs.name(job) for job in desk.queue.jobs.jobs]
    assert rows == ["2B keyframe", "2C keyframe", "1C keyframe", "1B clip", "3A keyframe", "3B keyframe"]
    aside = shown(desk, "1C")
    assert desk.queue.jobs.standing(aside) == "set aside"
    assert desk.queue.jobs.reason(aside).startswith("The worker died twice (SIGKILL: out of memory?)")
    assert desk.queue.jobs.reason(shown(desk, "3B")) == "after 3A keyframe"


def test_q_gives_the_queue_the_keys_and_escape_gives_them_back(desk: Desk):
    assert desk.queue.list.hasFocus()
    assert [job.shot_id for job in desk.queue.chosen()] == [shot_id("2B")]
    press(desk, Qt.Key.Key_Down)
    assert [job.shot_id for job in desk.queue.chosen()] == [shot_id("2C")]
    press(desk, Qt.Key.Key_Return)
    assert (desk.stage.spot.shot_id, desk.stage.spot.seam) == (shot_id("2C"), Seam.KEYFRAME)
    press(desk, Qt.Key.Key_Escape)
    assert not desk.queue.list.hasFocus()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_work_is_paused_and_goes_on(by: str, desk: Desk, working: Film, worker_log: Path, qtbot):
    def toggle() -> None:
        if by == "key":
            QTest.keyClick(desk.window(), Qt.Key.Key_P, SHIFT)
        else:
            QTest.mouseClick(desk.queue.pause, Qt.MouseButton.LeftButton)

    toggle()
    qtbot.waitUntil(lambda: desk.queue.jobs.paused, timeout=WAIT_MS)
    assert working.project.jobs.is_paused
    assert desk.queue.words.whole_text == "paused · 5 to make"
    assert desk.queue.pause.text() == "Go on"
    assert "paused" in desk.top_bar.worker.whole_text and "Shift+P goes on" in desk.top_bar.worker.whole_text
    assert desk.queue.jobs.reason(shown(desk, "3A")) == "waits: work is paused"
    toggle()
    qtbot.waitUntil(lambda: not desk.queue.jobs.paused, timeout=WAIT_MS)
    assert not working.project.jobs.is_paused
    qtbot.waitUntil(lambda: worker_log.read_text().count('"wake"') >= 2, timeout=WAIT_MS)


def test_a_pause_survives_closing_and_another_program_can_end_it(working: Film, open_desk: Open, qtbot):
    working.project.jobs.pause()
    desk = open_desk(working.folder)
    qtbot.waitUntil(lambda: desk.queue.jobs.paused, timeout=WAIT_MS)
    working.project.jobs.go_on()
    working.project.jobs.progress([working.job("2B").id], 1, 16)
    qtbot.waitUntil(lambda: not desk.queue.jobs.paused, timeout=WAIT_MS)


def test_what_waits_is_put_in_order_by_key_and_taken_back(desk: Desk, working: Film, qtbot):
    assert working.waiting() == ["1B", "3A", "3B"]
    choose(desk, working.job("3B"))
    press(desk, Qt.Key.Key_Up, ALT)
    qtbot.waitUntil(lambda: working.waiting() == ["1B", "3B", "3A"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.queue.jobs.reason(shown(desk, "3B")) == "after 1B clip", timeout=WAIT_MS)
    assert [job.shot_id for job in desk.queue.chosen()] == [shot_id("3B")]
    press(desk, Qt.Key.Key_Home, ALT)
    qtbot.waitUntil(lambda: working.waiting() == ["3B", "1B", "3A"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.queue.jobs.neighbours(shown(desk, "3B"))[0] == shown(desk, "3B").id, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: working.waiting() == ["1B", "3B", "3A"], timeout=WAIT_MS)
    for order in (["3B", "1B", "3A"], ["1B", "3B", "3A"], ["1B", "3A", "3B"]):
        qtbot.wait(50)
        press(desk, Qt.Key.Key_Z, CONTROL)
        qtbot.waitUntil(lambda order=order: working.waiting() == order, timeout=WAIT_MS)


def test_a_row_is_dragged_to_another_place(desk: Desk, working: Film, qtbot):
    model = desk.queue.jobs
    row = model.jobs.index(shown(desk, "3B"))
    assert model.flags(model.index(row)) & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    held, move = model.mimeData([model.index(row)]), Qt.DropAction.MoveAction
    onto = model.jobs.index(shown(desk, "1B"))
    assert not model.canDropMimeData(held, move, -1, -1, model.index(onto))
    assert model.canDropMimeData(held, move, onto, 0, QModelIndex())
    model.dropMimeData(held, move, onto, 0, QModelIndex())
    qtbot.waitUntil(lambda: working.waiting() == ["3B", "1B", "3A"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.queue.jobs.reason(shown(desk, "1B")) == "after 3B keyframe", timeout=WAIT_MS)
    held = model.mimeData([model.index(model.jobs.index(shown(desk, "3B")))])
    model.dropMimeData(held, move, len(model.jobs), 0, QModelIndex())
    qtbot.waitUntil(lambda: working.waiting() == ["1B", "3A", "3B"], timeout=WAIT_MS)


def test_the_shot_on_screen_is_wished_first(desk: Desk, working: Film, qtbot):
    desk.stage.show_shot(shot_id("3B"))
    QTest.keyClick(desk.window(), Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: working.waiting() == ["3B", "1B", "3A"], timeout=WAIT_MS)
    desk.stage.show_shot(shot_id("1A"))
    QTest.keyClick(desk.window(), Qt.Key.Key_Q, SHIFT)
    assert "Nothing of this shot waits" in desk.strip.text


def test_what_is_chosen_is_cancelled_and_tried_again_by_key(desk: Desk, working: Film, qtbot):
    choose(desk, working.job("3A"))
    press(desk, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: working.job("3A").state is JobState.CANCELLED, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Cancelled 3A keyframe." in desk.strip.text, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: working.waiting() == ["1B", "3A", "3B"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: shown(desk, "3A").state is JobState.QUEUED, timeout=WAIT_MS)
    choose(desk, working.job("1C"))
    press(desk, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: "1C" in working.waiting(), timeout=WAIT_MS)
    assert working.job("1C").alone and not working.job("1C").crashes


def test_what_runs_is_asked_to_stop_and_can_be_kept(desk: Desk, working: Film, qtbot):
    row = 0
    place = action_rect(desk.queue.list.visualRect(desk.queue.jobs.index(row))).center()
    QTest.mouseClick(desk.queue.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: working.job("2B").cancel_requested, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.queue.jobs.standing(shown(desk, "2B")) == "cancelling…", timeout=WAIT_MS)
    QTest.mouseClick(desk.queue.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: not working.job("2B").cancel_requested, timeout=WAIT_MS)


def test_all_that_wait_are_cancelled_and_all_set_aside_tried_again(desk: Desk, working: Film, qtbot):
    QTest.mouseClick(desk.queue.cancel_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: working.waiting() == [], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Cancelled 3 jobs." in desk.strip.text, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: working.waiting() == ["1B", "3A", "3B"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: shown(desk, "3B").state is JobState.QUEUED, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_T, SHIFT)
    qtbot.waitUntil(lambda: "1C" in working.waiting(), timeout=WAIT_MS)


def test_the_menu_offers_what_fits_the_row(desk: Desk, working: Film):
    def offered() -> list[str]:
        desk.queue.open_menu(QPoint(40, 20))
        menu = desk.queue.findChild(QMenu)
        words = [action.text().partition("\t")[0] for action in menu.actions()]
        menu.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return words

    choose(desk, working.job("3A"))
    assert offered() == ["Show the shot", "Draw next", "Earlier", "Later", "Cancel"]
    choose(desk, working.job("1C"))
    assert offered() == ["Show the shot", "Try again"]


def test_steps_previews_and_time_are_shown(working: Film, open_desk: Open, qtbot, monkeypatch):
    # However busy the machine is, steps come a few milliseconds after one another by this clock.
    asked = count()
    monkeypatch.setattr("desktop.desk.WorkClock", lambda: WorkClock(lambda: next(asked) / 1000))
    desk = open_desk(working.folder, "batch", *working.at_work)
    desk.stage.show_shot(shot_id("2C"))
    running = working.job("2C")
    qtbot.waitUntil(lambda: desk.queue.jobs.steps(running) == (9, 16), timeout=WAIT_MS)
    assert desk.queue.jobs.standing(shown(desk, "2B")) == desk.queue.jobs.standing(shown(desk, "2C")) == "9 of 16"
    preview = desk.queue.jobs.preview(running)
    assert preview is not None and preview.width() == 256
    assert desk.viewer.canvas.inset is not None
    qtbot.waitUntil(lambda: desk.queue.jobs.reason(shown(desk, "2B")).startswith("about"), timeout=WAIT_MS)
    # How long the film's takes took is read on another thread, and may come after the last step.
    qtbot.waitUntil(lambda: desk.queue.words.whole_text.startswith("5 to make · about "), timeout=WAIT_MS)
    assert "drawing 2B keyframe and 1 more 9/16 · 3 waiting · about" in desk.top_bar.worker.whole_text
    # What is drawn now is done in no time by that clock, so that what comes next comes at once.
    assert desk.queue.jobs.standing(shown(desk, "1B")) == "next"
    for label in ("3A", "3B"):
        assert desk.queue.jobs.standing(shown(desk, label)).startswith("in about")


def test_memory_that_was_short_is_told(working: Film, open_desk: Open, qtbot):
    desk = open_desk(working.folder, "short", *working.at_work)
    qtbot.waitUntil(lambda: "Memory was short" in desk.strip.text, timeout=WAIT_MS)
    assert desk.strip.text == "Memory was short. From now on: 384×224 in place of 512×288."
    assert desk.queue.jobs.reason(shown(desk, "2B")) == "memory was short: 384×224"


def test_the_end_of_a_worker_is_told_to_the_next(working: Film, open_desk: Open, worker_log: Path, qtbot):
    open_desk(working.folder, "crashing")
    qtbot.waitUntil(lambda: worker_log.exists() and "--lost SIGKILL" in worker_log.read_text(), timeout=WAIT_MS)


def test_a_worker_that_is_stuck_is_started_again_and_the_job_blamed(
    working: Film, open_desk: Open, worker_log: Path, qtbot
):
    desk = open_desk(working.folder, "batch", *working.at_work)
    qtbot.waitUntil(lambda: desk.queue.jobs.steps(working.job("2C")) == (9, 16), timeout=WAIT_MS)
    desk.link.restart("stuck: a director started the worker again")
    told = "--lost stuck: a director started the worker again"
    qtbot.waitUntil(lambda: told in worker_log.read_text(), timeout=WAIT_MS)


def test_another_film_is_opened_while_the_worker_of_the_first_still_leaves(
    working: Film, film: Callable[[str], Path], open_desk: Open, worker_log: Path, qtbot
):
    desk = open_desk(working.folder, "slow to leave", patience=Patience(ask=120))
    qtbot.waitUntil(lambda: desk.link.state is WorkerState.READY, timeout=WAIT_MS)
    window, first = desk.window(), desk.link
    gone: list[bool] = []
    first.gone.connect(lambda: gone.append(True))
    window.open_film(film("busy"))
    qtbot.waitUntil(lambda: window.desk.stage.film is not None, timeout=WAIT_MS)
    assert not gone
    worker_log.with_suffix(".go").touch()
    qtbot.waitUntil(lambda: bool(gone), timeout=WAIT_MS)
    window.close()
