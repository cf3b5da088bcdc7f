"""Opens films in the real window and keeps pictures of it."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.new_film import NewFilm
from desktop.window import MainWindow
from desktop.worker_link import Patience, WorkerLink, WorkerState

_SETTLED = (WorkerState.READY, WorkerState.AWAY, WorkerState.RESTARTING)
_FAKE_WORKER = Path(__file__).with_name("fake_worker.py")


class Photographer:
    """One window at a time, and its pictures: `AREA_01_what.png`, in the order in which they were taken.

    Args:
        out: folder of the pictures.
        work: folder of films that are thrown away.
        area: what the pictures' names begin with.
    """

    def __init__(self, out: Path, work: Path, area: str) -> None:
        self.out = out
        self.work = work
        self.area = area
        self.window: MainWindow | None = None
        self._num_taken = 0

    @property
    def desk(self) -> Desk:
        """The desk of the open film.

        Raises:
            RuntimeError: no film is open.
        """
        if self.the_window.desk is None:
            raise RuntimeError("no film is open")
        return self.the_window.desk

    def open(
        self,
        folder: Path | None,
        part: str = "ready",
        *more: str,
        size: tuple[int, int] = (1480, 900),
        seconds: float = 15.0,
    ) -> None:
        """Open a window on a film, or on none, with a fake worker that plays a part; wait until it was read."""
        command = (sys.executable, str(_FAKE_WORKER), part, str(self.work / "worker.log"), *more)
        window = MainWindow(
            lambda _: WorkerLink(command, patience=Patience(ask=1, terminate=1, restart=(30.0,))), NewFilm(command)
        )
        self.window = window
        window.resize(*size)
        window.show()
        # Where no window manager does it, a second window is not given the keys by itself.
        window.activateWindow()
        if folder is not None:
            window.open_film(folder)
            self.wait(lambda: window.desk is None or window.desk.stage.film is not None, seconds)
            self.wait(lambda: window.desk is None or window.desk.link.state in _SETTLED)

    def wait(self, ready: Callable[[], bool], seconds: float = 15.0) -> None:
        """Wait for what the next picture is about.

        Raises:
            TimeoutError: it did not come; a picture of something else would be a lie.
        """
        until = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > until:
                raise TimeoutError(f"{self.area}: what picture {self._num_taken + 1} is about did not come")
            QTest.qWait(20)

    def pause(self, seconds: float) -> None:
        """Let thumbnails and the like arrive."""
        QTest.qWait(round(seconds * 1000))

    def resize(self, width_px: int, height_px: int) -> None:
        """Make the window another size."""
        self.the_window.resize(width_px, height_px)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys in the window, one after the other."""
        for key in keys:
            QTest.keyClick(self.the_window, key, modifier)
            QTest.qWait(150)

    def take(self, name: str, *, close: bool = True) -> None:
        """Keep a picture of the window as it is, then close it unless more is to come."""
        window = self.the_window
        QTest.qWait(700)
        self._num_taken += 1
        path = self.out / f"{self.area}_{self._num_taken:02d}_{name}.png"
        if not window.grab().save(str(path)):
            raise OSError(f"{path} could not be written")
        if close:
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.window = None

    @property
    def the_window(self) -> MainWindow:
        """The window that is open.

        Raises:
            RuntimeError: none is.
        """
        if self.window is None:
            raise RuntimeError("no window is open")
        return self.window
