"""The desk with the real worker: a screenplay is read, approved by key, drawn and judged; the window stays alive."""

import itertools
import subprocess
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from desktop.new_film import NewFilm, new_film_command
from desktop.standing_light import Light
from desktop.window import MainWindow
from desktop.worker_link import Patience, WorkerLink, WorkerState, worker_command
from storage.domain.takes import Seam

SCRIPT = """EXT. HARBOUR BEACH - DUSK

MARA, red hair, brown eyes, walks the tide line in a yellow coat.
"""
WAIT_MS = 200_000


@pytest.mark.timeout(600)
def test_a_screenplay_becomes_takes_on_the_desk(tmp_path: Path, qtbot) -> None:
    script = tmp_path / "tide.fountain"
    script.write_text(SCRIPT)
    folder = tmp_path / "tide.matchcut"
    # The procedural artist draws in no time: what is tested here is the desk beside a worker.
    made = [*new_film_command(), str(folder), str(script), "--seed", "3", "--checkpoint", "artist"]
    subprocess.run(made, check=True, capture_output=True, timeout=120)
    window = MainWindow(
        lambda film: WorkerLink(worker_command(film), patience=Patience(ask=60)), NewFilm(new_film_command())
    )
    window.open_film(folder)
    window.show()
    desk = window.desk
    assert desk is not None
    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start(50)
    qtbot.waitUntil(lambda: desk.stage.film is not None and desk.stage.film.view is not None, timeout=WAIT_MS)
    assert desk.link.state is WorkerState.READY
    assert desk.stage.spot.seam is Seam.SCRIPT
    QTest.keyClick(window, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(desk.stage.film.findings), timeout=WAIT_MS)
    card = next(card for card in desk.stage.film.shots if card.keyframe.takes)
    assert card.keyframe.light is not Light.NOTHING
    desk.stage.show_shot(card.shot.id)
    qtbot.waitUntil(lambda: desk.viewer.canvas.image is not None, timeout=WAIT_MS)
    assert not desk.viewer.canvas.image.isNull()
    assert desk.inspector.rows
    heart.stop()
    gaps = [later - sooner for sooner, later in itertools.pairwise(beats)]
    assert max(gaps) < 5
    window.close()
    window.deleteLater()
    assert desk.link.state is not WorkerState.GIVEN_UP
