"""What the same machine does without the desk: the baselines that the desk's figures are held against."""

import os
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.bench.figures import Spread, Stopwatch
from desktop.bench.heartbeat import listen

_WIDTH_PX, _HEIGHT_PX = 1100, 240
# Of /proc/self/stat, counted from the state, which follows the name in brackets.
_START_FIELD = 19


class _Plain(QWidget):
    """A strip as large as the timeline that fills forty rectangles."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(40):
            painter.fillRect(index * 27, 0, 25, _HEIGHT_PX, QColor(40, 40, 60 + index))
        painter.end()


def since_process_began_s() -> float:
    """Seconds since this process was started."""
    try:
        # Linux tells it in ticks since the machine was started; as a time of day it is up to a second out, because
        # the time of the start is only known in whole seconds.
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[_START_FIELD])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError):
        return time.time() - psutil.Process().create_time()


def measure_bare(seconds: float, tries: int, folder: Path) -> dict[str, Any]:
    """Show a plain widget; time its window, its paints, durable commits and the heartbeat.

    Args:
        seconds: how long the heartbeat is listened to.
        tries: how often the others are timed.
        folder: on the disk that the film is on.
    """
    app = QApplication.instance() or QApplication([])
    widget = _Plain()
    widget.resize(_WIDTH_PX, _HEIGHT_PX)
    widget.show()
    app.processEvents()
    window_up_s = since_process_began_s()
    paints = Stopwatch()
    for _ in range(tries):
        with paints:
            widget.repaint()
    commits = _commits(tries, folder)
    return {
        "window_up_s": round(window_up_s, 3),
        "paint": paints.spread.plain(),
        "commit": commits.plain(),
        "heartbeat": listen(seconds).plain(),
    }


def _commits(tries: int, folder: Path) -> Spread:
    taken = Stopwatch()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        db = sqlite3.connect(Path(place) / "bare.db", isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE entries (text TEXT)")
        for _ in range(tries):
            with taken:
                db.execute("BEGIN IMMEDIATE")
                db.execute("INSERT INTO entries VALUES ('a decision')")
                db.execute("COMMIT")
        db.close()
    return taken.spread
