"""The desk beside its worker: progress, cancel, crash, refusal, leaving; and the ways into a film."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.new_film import NewFilm
from desktop.snapshot import Spot
from desktop.views.queue_rows import action_rect
from desktop.window import MainWindow
from desktop.worker_link import Crashed, Left, NotStarted, Patience, Refused, WorkerLink, WorkerState
from storage.domain.jobs import JobState
from storage.domain.takes import Seam
from storage.project import Project
from tests.gui.film_maker import SCREENPLAY, shot_id

WAIT_MS = 30_000
FAKE_WORKER = Path(__file__).with_name("fake_worker.py")
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def jobs(folder: Path, *states: JobState) -> list:
    project = Project.open(folder)
    try:
        return project.jobs.in_state(*states)
    finally:
        project.close()


def said(log: Path) -> list[str]:
    lines = log.read_text().splitlines() if log.exists() else []
    return [json.loads(line)["kind"] if line.startswith("{") else line for line in lines]


def test_the_worker_is_started_woken_by_a_decision_and_asked_to_leave(
    film: Film, open_desk: Open, worker_log: Path, qtbot
) -> None:
    desk = open_desk(film("busy"))
    qtbot.waitUntil(lambda: desk.link.state is WorkerState.READY, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "pocket on CPU, bfloat16 · waits for you" in desk.top_bar.worker.whole_text)
    desk.operations.false_alarm(desk.stage.take.id, "character:mara/eyes/")
    qtbot.waitUntil(lambda: "wake" in said(worker_log), timeout=WAIT_MS)
    desk.window().close()
    assert said(worker_log) == ["started ready", "wake", "leave"]


def test_progress_and_denoising_are_shown(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    running = jobs(folder, JobState.RUNNING)[0]
    desk = open_desk(folder, "drawing", str(running.id))
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2C")))
    qtbot.waitUntil(lambda: desk.viewer.canvas.inset is not None, timeout=WAIT_MS)
    assert "drawing 2C keyframe 9/16 · 1 waiting" in desk.top_bar.worker.whole_text
    assert desk.queue.jobs.preview(desk.queue.jobs.jobs[0]) is not None
    first = desk.queue.jobs.jobs[0]
    assert desk.queue.jobs.steps(first) == (9, 16)
    assert desk.queue.jobs.name(first) == "2C keyframe"


def test_cancel_in_the_queue_writes_a_wish(film: Film, open_desk: Open, worker_log: Path, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    qtbot.waitUntil(lambda: desk.link.state is WorkerState.READY, timeout=WAIT_MS)
    view = desk.queue.list
    place = action_rect(view.visualRect(desk.queue.jobs.index(0))).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    qtbot.waitUntil(lambda: jobs(folder, JobState.RUNNING)[0].cancel_requested, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.queue.jobs.jobs[0].cancel_requested, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "wake" in said(worker_log), timeout=WAIT_MS)


def test_a_job_that_was_set_aside_is_tried_again_by_key(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    row = next(index for index, job in enumerate(desk.queue.jobs.jobs) if job.state is JobState.FAILED)
    desk.queue.list.setCurrentIndex(desk.queue.jobs.index(row))
    QTest.keyClick(desk.queue.list, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: not jobs(folder, JobState.FAILED), timeout=WAIT_MS)
    assert {job.shot_id for job in jobs(folder, JobState.QUEUED)} == {shot_id("3A"), shot_id("3B")}


def test_a_crash_is_told_and_the_worker_started_again(film: Film, open_desk: Open, worker_log: Path, qtbot) -> None:
    desk = open_desk(film("busy"), "crashing")
    with qtbot.waitSignal(desk.link.ended, timeout=WAIT_MS) as ended:
        pass
    assert ended.args == [Crashed(signal_name="SIGKILL")]
    assert "The worker stopped: SIGKILL." in desk.strip.text
    qtbot.waitUntil(lambda: said(worker_log).count("started crashing") > 1, timeout=WAIT_MS)
    assert desk.isVisible()
    assert desk.stage.next_for_me()


def test_a_worker_that_always_fails_is_given_up_and_can_be_started_by_hand(
    film: Film, open_desk: Open, worker_log: Path, qtbot
) -> None:
    desk = open_desk(film("busy"), "exiting")
    qtbot.waitUntil(lambda: desk.link.state is WorkerState.GIVEN_UP, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "again and again" in desk.strip.text)
    assert "exit status 1 (RuntimeError: the weights are on fire)" in desk.strip.text
    tries = said(worker_log).count("started exiting")
    assert tries == 4
    desk.strip.action_wanted.emit()
    qtbot.waitUntil(lambda: said(worker_log).count("started exiting") > tries, timeout=WAIT_MS)


def test_a_film_that_another_worker_holds_can_be_reviewed_all_the_same(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"), "refusing")
    with qtbot.waitSignal(desk.link.ended, timeout=WAIT_MS) as ended:
        pass
    assert isinstance(ended.args[0], Refused)
    assert desk.strip.text == "The film is being worked on by another Matchcut. Close it first."
    desk.operations.false_alarm(desk.stage.take.id, "character:mara/eyes/")
    qtbot.waitUntil(lambda: desk.stage.film.card(shot_id("2B")).num_flags == 0, timeout=WAIT_MS)


def test_a_worker_that_will_not_leave_is_killed(worker_log: Path, qtbot) -> None:
    command = (sys.executable, str(FAKE_WORKER), "stubborn", str(worker_log))
    link = WorkerLink(command, patience=Patience(ask=0.2, terminate=0.2))
    ended: list = []
    link.ended.connect(ended.append)
    link.start()
    qtbot.waitUntil(lambda: link.state is WorkerState.READY, timeout=WAIT_MS)
    link.stop()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [Left()]


def test_a_worker_that_cannot_be_started_is_told(tmp_path: Path, qtbot) -> None:
    link = WorkerLink((str(tmp_path / "nothing"),))
    with qtbot.waitSignal(link.ended, timeout=WAIT_MS) as ended:
        link.start()
    link.stop()
    assert isinstance(ended.args[0], NotStarted)
    assert link.state is WorkerState.GIVEN_UP


def test_no_film_offers_the_ways_in(make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    assert window.desk is None
    assert window.welcome.isVisible()
    assert window.welcome.open_film.text() == "Open a film" and window.welcome.open_film.key == "Ctrl+O"
    assert window.welcome.open_screenplay.text() == "Open a screenplay"
    assert not window.failed_to_open


@pytest.mark.parametrize("kind", ["nowhere", "empty folder", "damaged"])
def test_what_is_no_film_gets_one_sentence_and_one_action(
    kind: str, tmp_path: Path, make_window: Callable[..., MainWindow], qtbot
) -> None:
    folder = tmp_path / "bad.matchcut"
    if kind != "nowhere":
        folder.mkdir()
    if kind == "damaged":
        (folder / "project.db").write_bytes(b"this is not a database" * 400)
    window = make_window()
    window.open_film(folder)
    qtbot.waitUntil(lambda: window.desk is None, timeout=WAIT_MS)
    assert window.welcome.problem.isVisible() and window.welcome.problem.text().endswith(".")
    assert window.welcome.action.text()
    assert window.failed_to_open


def test_a_screenplay_is_made_into_a_film_beside_it(tmp_path: Path, qtbot) -> None:
    script = tmp_path / "Tide clock.fountain"
    script.write_text(SCREENPLAY)
    program = (
        "import sys; from pathlib import Path; from storage.project import Project;"
        "Project.create(Path(sys.argv[1]), title='T', screenplay=Path(sys.argv[2]).read_bytes(),"
        " screenplay_name='t.fountain').close()"
    )
    new_film = NewFilm((sys.executable, "-c", program))
    with qtbot.waitSignal(new_film.made, timeout=WAIT_MS) as made:
        new_film.make(script)
    assert made.args == [tmp_path / "Tide clock.matchcut"]
    assert (made.args[0] / "project.db").is_file()


def test_a_screenplay_that_is_none_is_told(tmp_path: Path, qtbot) -> None:
    new_film = NewFilm((sys.executable, "-c", "import sys; sys.exit('This is a picture. Choose a screenplay.')"))
    with qtbot.waitSignal(new_film.failed, timeout=WAIT_MS) as failed:
        new_film.make(tmp_path / "photo.txt")
    assert failed.args[0] == "This is a picture. Choose a screenplay."


def test_signals_are_named() -> None:
    assert Crashed(signal_name=signal.SIGSEGV.name).how == "SIGSEGV"
    assert Crashed(exit_status=3).how == "exit status 3"


def test_the_command_line_says_2_for_what_is_no_film(tmp_path: Path) -> None:
    program = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication;"
        "from desktop.app import main; app = QApplication([]);"
        "QTimer.singleShot(1500, app.closeAllWindows); sys.exit(main(['desktop', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "nowhere.matchcut")], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
