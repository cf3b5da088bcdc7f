"""The desk as a program of its own: what it imports, how much it takes, and a real window on a real display server."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Film = Callable[[str], Path]
FAKE_WORKER = Path(__file__).with_name("fake_worker.py")
NEVER = ("torch", "diffusers", "transformers", "cv2", "langgraph", "spacy", "critic")

_PROGRAM = """
import json, sys, time
from pathlib import Path
began = time.process_time()
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import desktop.app
from desktop import theme
from desktop.new_film import NewFilm
from desktop.window import MainWindow
from desktop.worker_link import WorkerLink

app = QApplication([])
theme.install(app)
window = MainWindow(lambda _: WorkerLink(sys.argv[3:]), NewFilm(("nothing",)))
window.open_film(Path(sys.argv[1]))
window.show()
until = time.monotonic() + 30
while (window.desk.stage.film is None or window.desk.viewer.canvas.image is None) and time.monotonic() < until:
    QTest.qWait(10)
used = time.process_time() - began
window.grab().save(sys.argv[2])
pages = int(Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
print(json.dumps({
    "platform": app.platformName(), "title": window.windowTitle(), "modules": sorted(sys.modules),
    "memory_mb": pages * 4096 / 1e6, "cpu_s": used, "shown": window.desk.viewer.canvas.image is not None,
}))
window.close()
"""


def run(folder: Path, picture: Path, platform: str, *before: str) -> dict:
    worker = [sys.executable, str(FAKE_WORKER), "ready", str(picture.with_suffix(".log"))]
    done = subprocess.run(
        [*before, sys.executable, "-c", _PROGRAM, str(folder), str(picture), *worker],
        capture_output=True, text=True, timeout=120, env={**os.environ, "QT_QPA_PLATFORM": platform},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_desk_needs_no_models_and_little_memory(film: Film, tmp_path: Path) -> None:
    told = run(film("busy"), tmp_path / "desk.png", "offscreen")
    loaded = {name.partition(".")[0] for name in told["modules"]}
    assert not loaded & set(NEVER)
    assert {name for name in told["modules"] if name.startswith("pipeline")} <= {"pipeline", "pipeline.protocol"}
    assert told["memory_mb"] < 300
    # Time on the clock is another program's to spoil; the desk's own share of it is not.
    assert told["cpu_s"] < 2.5


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="Xvfb is not installed")
def test_a_real_window_comes_up_on_a_display_server(film: Film, tmp_path: Path) -> None:
    picture = tmp_path / "xcb.png"
    told = run(film("busy"), picture, "xcb", "xvfb-run", "-a", "-s", "-screen 0 1600x1000x24")
    assert told["platform"] == "xcb"
    assert told["title"] == "The Tide Clock — Matchcut"
    assert told["shown"]
    assert picture.stat().st_size > 20_000
