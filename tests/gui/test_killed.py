"""A real film whose worker and then whose desk are killed: what was decided is there, whole, and can be taken back."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.new_film import new_film_command
from storage.domain.decisions import Verb, effective
from storage.project import Project
from storage.verify import verify

Open = Callable[..., Desk]
SCRIPT = """EXT. HARBOUR BEACH - DUSK

MARA, red hair, brown eyes, walks the tide line in a yellow coat.
"""
DECIDED = [Verb.APPROVE, Verb.STARS, Verb.MISSED_DRIFT, Verb.LOCK, Verb.UNLOCK, Verb.APPROVE]
WAIT_MS = 60_000

_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop import theme
from desktop.new_film import NewFilm
from desktop.window import MainWindow
from desktop.worker_link import WorkerLink, WorkerState, worker_command
from storage.domain.takes import Seam

app = QApplication([])
theme.install(app)
window = MainWindow(lambda film: WorkerLink(worker_command(film)), NewFilm(("nothing",)))
window.open_film(Path(sys.argv[1]))
window.show()
desk = window.desk
ends = []
desk.link.ended.connect(ends.append)

def wait(ready):
    while not ready():
        QTest.qWait(10)

def decide(key, modifier=Qt.KeyboardModifier.NoModifier):
    number = len(desk.stage.film.decisions)
    QTest.keyClick(window, key, modifier)
    wait(lambda: len(desk.stage.film.decisions) > number)

wait(lambda: desk.stage.film is not None and desk.stage.film.view is not None)
decide(Qt.Key.Key_A)
wait(lambda: desk.stage.film.findings)
print("drawn", flush=True)
wait(lambda: ends and desk.link.state is WorkerState.READY)
print(ends[0].how, flush=True)
card = next(card for card in desk.stage.film.shots if card.keyframe.takes)
desk.stage.show_spot(type(desk.stage.spot)(seam=Seam.KEYFRAME, shot_id=card.shot.id))
wait(lambda: desk.stage.findings)
desk.stage.choose_finding(next(each.key for each in desk.stage.findings if each.verdict == "ok"))
control = Qt.KeyboardModifier.ControlModifier
decide(Qt.Key.Key_3, control)
decide(Qt.Key.Key_M)
decide(Qt.Key.Key_L, control)
decide(Qt.Key.Key_L, control)
decide(Qt.Key.Key_A)
print("decided", flush=True)
wait(lambda: False)
"""


@pytest.fixture
def running_desk(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A film that is drawn by the procedural artist, and a desk on it that is a process of its own."""
    script = tmp_path / "tide.fountain"
    script.write_text(SCRIPT)
    folder = tmp_path / "tide.matchcut"
    made = [*new_film_command(), str(folder), str(script), "--seed", "3", "--checkpoint", "artist"]
    subprocess.run(made, check=True, capture_output=True, timeout=120)
    command = (sys.executable, "-c", _PROGRAM, str(folder))
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield folder, desk
    desk.kill()
    desk.wait()


def said(desk: subprocess.Popen[str]) -> str:
    assert desk.stdout is not None
    return desk.stdout.readline().strip()


@pytest.mark.timeout(600)
def test_what_was_decided_outlives_a_killed_worker_and_a_killed_desk(
    running_desk: tuple[Path, subprocess.Popen[str]], open_desk: Open, qtbot
) -> None:
    folder, killed = running_desk
    assert said(killed) == "drawn"
    for worker in psutil.Process(killed.pid).children():
        worker.send_signal(signal.SIGKILL)
    assert said(killed) == "SIGKILL"
    assert said(killed) == "decided"
    orphans = psutil.Process(killed.pid).children()
    os.kill(killed.pid, signal.SIGKILL)
    # A worker whose desk is gone saves what it does and leaves.
    assert not psutil.wait_procs(orphans, timeout=60)[1]

    project = Project.open(folder)
    assert verify(project) == []
    assert [decision.verb for decision in project.ledger.everything()] == DECIDED
    project.close()

    desk = open_desk(folder)
    qtbot.waitUntil(lambda: not desk.stage.film.num_unread, timeout=WAIT_MS)
    assert [decision.verb for decision in desk.stage.film.decisions] == DECIDED
    for number in range(1, len(DECIDED) + 1):
        QTest.keyClick(desk.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        wanted = len(DECIDED) + number
        qtbot.waitUntil(lambda wanted=wanted: len(desk.stage.film.decisions) == wanted, timeout=WAIT_MS)
    assert effective(desk.stage.film.decisions) == []
