"""Opens a film in the real window and times what a director does there."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.bench.bare import since_process_began_s
from desktop.bench.figures import Spread, Stopwatch
from desktop.bench.heartbeat import Heartbeat, listen
from desktop.desk import Desk
from desktop.new_film import NewFilm, new_film_command
from desktop.snapshot import FilmSnapshot, Spot
from desktop.timeline.rows import RULER_PX
from desktop.window import MainWindow
from desktop.worker_link import Patience, WorkerLink, worker_command
from pipeline.protocol import JobProgressed, TakeMade
from storage.domain.takes import Seam

_PATIENCE_S = 600.0
# Stands in for a worker where none is to be measured: says nothing, and like a worker that waits stays when it is
# woken, so that no decision starts a process; leaves when asked.
_IDLE_WORKER = (sys.executable, "-c", "import sys; next((line for line in sys.stdin if '\"leave\"' in line), None)")
_MIB = 2**20


class Impatient(Exception):
    """Something that was waited for did not come."""


class Ears(QObject):
    """Hears when the worker renders, and which shots a snapshot changed."""

    heard = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.renders = False
        self.changed: set[str] = set()
        desk.link.heard.connect(self._hear)
        desk.stage.shots_changed.connect(self._take_change)

    @Slot(object)
    def _hear(self, event: object) -> None:
        self.renders = self.renders or isinstance(event, JobProgressed | TakeMade)

    @Slot(object)
    def _take_change(self, changed: frozenset[str] | None) -> None:
        self.changed |= changed or set()


class Session:
    """One desk on one film.

    Args:
        tries: how often each thing is timed.
    """

    def __init__(self, folder: Path, tries: int, worker: tuple[str, ...] = _IDLE_WORKER) -> None:
        self._tries = tries
        self._window = MainWindow(
            lambda _: WorkerLink(worker, patience=Patience(ask=2, terminate=2)), NewFilm(new_film_command())
        )
        self._window.open_film(folder)
        self._window.show()
        _settle()
        self.window_up_s = since_process_began_s()
        desk = self._window.desk
        if desk is None:
            raise Impatient(f"{folder.name} cannot be opened")
        self.desk = desk
        self.ears = Ears(desk)

    def open_figures(self) -> dict[str, Any]:
        """How long opening takes, with the heartbeat while the states of the shots come in."""
        stage, began = self.desk.stage, time.perf_counter()
        beat = Heartbeat()
        beat.start()
        self.wait(lambda: stage.film is not None and _is_read(stage.film, stage.shown))
        self.desk.timeline.viewport().repaint()
        usable_s = time.perf_counter() - began
        self.wait(lambda: stage.film is not None and not stage.film.num_unread)
        return {
            "window_up_s": round(self.window_up_s, 3),
            "timeline_usable_s": round(usable_s, 3),
            "all_states_s": round(time.perf_counter() - began, 3),
            "heartbeat_while_opening": beat.take().plain(),
        }

    def paint_figures(self) -> dict[str, Any]:
        """Scrolling, zooming and scrubbing: from the wish to the painted timeline."""
        timeline = self.desk.timeline
        viewport = timeline.viewport()
        scale = timeline.scale
        steps = range(self._tries)
        timeline.zoom_to(scale.px_a_frame, 0)

        def scroll(step: int) -> None:
            timeline.scroll_by(137 if step % 40 < 30 else -311)

        def zoom(step: int) -> None:
            timeline.zoom(0.8 if step % 60 < 30 else 1.25)

        def scrub(step: int) -> None:
            QTest.mouseMove(viewport, QPoint(20 + (step * 37) % (viewport.width() - 40), RULER_PX // 2))

        figures = {
            "scroll": self._paints(scroll, steps).plain(),
            "zoom": self._paints(zoom, steps).plain(),
        }
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(20, RULER_PX // 2))
        figures["scrub"] = self._paints(scrub, steps).plain()
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(20, RULER_PX // 2))
        return figures

    def jump_figures(self) -> dict[str, Any]:
        """From the key for the next thing that needs the director to that thing painted."""
        taken = Stopwatch()
        for _ in range(self._tries):
            with taken:
                self.desk.go_to_next()
                _settle()
        return {"next": taken.spread.plain()}

    def decision_figures(self) -> dict[str, Any]:
        """From a decision to its new light painted, durable by then; each is undone again, which is timed too."""
        taken = Stopwatch(time.process_time)
        for spot in self._spots_to_decide()[: max(1, self._tries // 4)]:
            self.desk.stage.show_spot(spot)
            _settle()
            for verb in (self.desk.approve, self.desk.operations.undo):
                self.ears.changed.clear()
                with taken:
                    verb()
                    self.wait(lambda spot=spot: spot.shot_id in self.ears.changed)
                    self.desk.timeline.viewport().repaint()
        return {"decision": taken.spread.plain()}

    def rest_figures(self) -> dict[str, Any]:
        """Memory of this process, and what the pictures take of it."""
        memory = psutil.Process().memory_info().rss / _MIB
        return {"memory_mib": round(memory, 1), "pictures_mib": round(self.desk.pictures.num_bytes / _MIB, 1)}

    def beside_worker_figures(self, seconds: float) -> dict[str, Any]:
        """The heartbeat while the worker starts, loads its checkpoint and renders, and whether it came to that."""
        beats = listen(seconds, until=lambda: self.ears.renders).plain()
        return {"heartbeat_beside_worker": {**beats, "worker_rendered": self.ears.renders}}

    def close(self) -> None:
        """Close the window and end its threads and worker."""
        self._window.close()
        self._window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        _settle()

    def wait(self, ready: Callable[[], bool]) -> None:
        """Run the window until something is so.

        Raises:
            Impatient: it has not come in ten minutes.
        """
        until = time.perf_counter() + _PATIENCE_S
        while not ready():
            if time.perf_counter() > until:
                raise Impatient("what the bench waited for did not come")
            QCoreApplication.processEvents()
            time.sleep(0.0005)

    def _paints(self, wish: Callable[[int], None], steps: range) -> Spread:
        viewport = self.desk.timeline.viewport()
        taken = Stopwatch()
        for step in steps:
            with taken:
                wish(step)
                viewport.repaint()
            QCoreApplication.processEvents()
        return taken.spread

    def _spots_to_decide(self) -> list[Spot]:
        """The keyframes and clips that wait with a take."""
        film = self.desk.stage.film
        spots = film.waiting if film else ()
        return [
            spot
            for spot in spots
            if spot.seam in (Seam.KEYFRAME, Seam.CLIP) and film is not None and _has_take(film, spot)
        ]


def measure(folder: Path, *, tries: int, seconds: float, with_worker: bool) -> dict[str, Any]:
    """Open a film and time what a director does there, or only listen beside its worker.

    Args:
        tries: how often each thing is done.
        seconds: how long the heartbeat is listened to.
        with_worker: whether the film's own worker runs; then only the heartbeat beside it is listened to.
    """
    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        theme.install(app)
    session = Session(folder, tries, worker_command(folder) if with_worker else _IDLE_WORKER)
    try:
        figures = session.open_figures()
        if with_worker:
            return session.beside_worker_figures(seconds)
        figures["heartbeat_idle"] = listen(min(seconds, 5.0)).plain()
        figures |= session.paint_figures()
        figures |= session.jump_figures()
        figures |= session.decision_figures()
        return figures | session.rest_figures()
    finally:
        session.close()


def _is_read(film: FilmSnapshot, shown: range) -> bool:
    """Whether the states of all shots that the timeline shows are there; an empty film is."""
    if not film.shots:
        return not film.num_unread
    cards = film.shots[shown.start : shown.stop]
    return bool(cards) and all(card.keyframe.standing.shot_id or not card.planned for card in cards)


def _has_take(film: FilmSnapshot, spot: Spot) -> bool:
    card = film.seam_card(spot)
    return card is not None and card.standing.take is not None


def _settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()
