"""Reads the film off the GUI thread, in slices, and what changed of it when someone changed it."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop import heap
from desktop.background import Background
from desktop.graph.net import net_of
from desktop.script_rows import lay_out
from desktop.shaping.outline_search import texts_of
from desktop.snapshot import read_detail
from desktop.snapshot_maker import SnapshotMaker
from desktop.translating import tr
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Take
from storage.errors import KnownError
from storage.live_film import LiveFilm
from storage.project import Project
from storage.screenplay_text import script_lines

_logger = logging.getLogger(__name__)
_LOOK_EVERY_MS = 1000
_AT_ONCE = 64
_SLICE = 8
_MOST_AT_ONCE = 600
# While a film comes in, views are told no more often than this, and than leaves them most of the time.
_TELL_EVERY_S = 0.5
_REST = 5
# Between two slices the GUI thread may have the interpreter for itself; while it shows what it was told of, for so
# long at most.
_BREATH_S = 0.001
_SHOWN_WITHIN_S = 1.0
_TURNS_TO_PAINT, _TURN_MS = 3, 4


class FilmReader(QObject):
    """Request, compute, respond: `refresh` asks, `film_read` answers.

    A film with many shots is first told of without their states, which follow in later snapshots, those
    first that `look_at` named. After that a refresh reads what changed since the last one.

    Args:
        folder: of the film.
        look_every_ms: how often to look whether another program (a `produce` in a terminal)
            changed the film.
    """

    film_read = Signal(object)
    detail_read = Signal(object)
    script_read = Signal(object)
    could_not_read = Signal(str, str)

    def __init__(self, folder: Path, *, look_every_ms: int = _LOOK_EVERY_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._project: Project | None = None
        self._live: LiveFilm | None = None
        self._maker: SnapshotMaker | None = None
        self._data_version = -1
        self._asked = False
        self._slicing = False
        self._told_at = 0.0
        self._unread_told = 0
        self._showing_s = 0.0
        self._turns_left = 0
        self._shown = Event()
        self._shown.set()
        self._wanted: tuple[ShotId, ...] = ()
        self._loading = False
        self._script = ""
        self.last_read_s = 0.0
        self._background = Background("film reader")
        self.film_read.connect(self._await_shown)
        self._look = QTimer(self)
        self._look.setInterval(look_every_ms)
        self._look.timeout.connect(self._look_for_changes)
        self._look.start()

    @Slot()
    def refresh(self) -> None:
        """Read what changed. While a reading is asked for, any number of calls make no other."""
        if not self._asked:
            self._asked = True
            self._background.submit(self._read)

    def look_at(self, shot_ids: tuple[ShotId, ...]) -> None:
        """Read these shots before the others, and tell of them as soon as they are read."""
        self._wanted = shot_ids

    def read_detail(self, take: Take, inputs_now: tuple) -> None:
        """Ask for the recipe of a take and why it is stale."""

        def work() -> None:
            self.detail_read.emit(read_detail(self._open(), take, inputs_now))

        self._background.submit(lambda: self._guarded(work))

    def read_script(self) -> None:
        """Ask for the screenplay that the scene graph rests on now, laid out; answers where it is another one."""

        def work() -> None:
            project = self._open()
            film = project.film
            if film.screenplay == self._script:
                return
            try:
                data = project.media.find(film.screenplay).read_bytes()
            except (OSError, KeyError):
                self.could_not_read.emit(
                    tr("The screenplay's file is gone from the film."), tr("Run: matchcut verify.")
                )
            else:
                self.script_read.emit(lay_out(script_lines(data, film.screenplay_name)))
                self._script = film.screenplay

        self._background.submit(lambda: self._guarded(work))

    def stop(self) -> None:
        """End the reader's thread and close its connection."""
        self._look.stop()
        self._shown.set()
        self._background.submit(self._close)
        self._background.stop()

    def _open(self) -> Project:
        if self._project is None:
            self._project = Project.open(self._folder)
        return self._project

    def _close(self) -> None:
        self._forget()
        if self._project is not None:
            self._project.close()
            self._project = None

    def _read(self) -> None:
        """Read what changed: at once where it is little, else the rest in slices that leave room for others."""
        self._asked = False
        self._guarded(self._catch_up)

    def _catch_up(self) -> None:
        began = time.perf_counter()
        project = self._open()
        if self._live is None:
            self._begin(project)
        assert self._live is not None
        self._data_version = _data_version(project)
        self._live.catch_up()
        self._live.want(self._wanted)
        if self._live.num_unread <= _AT_ONCE:
            self._live.read_some(_AT_ONCE)
        elif self._live.num_urgent:
            self._live.read_some(min(_AT_ONCE, self._live.num_urgent))
        self.last_read_s = time.perf_counter() - began
        self._tell()
        self._go_on()

    def _read_slice(self) -> None:
        self._slicing = False
        live = self._live
        if live is None:
            return
        # Showing a film is much to do at once: it is done sooner where nobody else wants the interpreter.
        self._shown.wait(_SHOWN_WITHIN_S)
        live.want(self._wanted)
        awaited = live.num_wanted
        live.read_some(_SLICE)
        all_there = awaited > 0 and not live.num_wanted
        rested = time.perf_counter() - self._told_at > max(_TELL_EVERY_S, _REST * self._showing_s)
        if rested and not awaited:
            self._prepare_searches(live)
        # Many shots at once would be much for views to take in one piece.
        rested = rested or self._unread_told - live.num_unread >= _MOST_AT_ONCE
        if not live.num_unread or all_there or (self._shown.is_set() and rested):
            self._tell()
        time.sleep(_BREATH_S)
        self._go_on()

    def _go_on(self) -> None:
        if self._live is None or self._slicing:
            return
        if self._live.num_unread:
            self._slicing = True
            self._background.submit(lambda: self._guarded(self._read_slice))
        elif self._loading:
            self._loading = False
            self._prepare_searches(self._live)
            heap.keep_loaded()

    def _prepare_searches(self, live: LiveFilm) -> None:
        """Work out what only the drawing of the scene graph and searches in it need, once: nobody waits for it yet."""
        if live.view is not None:
            net_of(live.view)
            texts_of(live.view)

    def _begin(self, project: Project) -> None:
        """Know nothing yet."""
        self._live = LiveFilm(project)
        self._maker = SnapshotMaker(self._live)
        if not self._loading:
            self._loading = True
            heap.begin_loading()

    def _forget(self) -> None:
        """Know nothing any longer."""
        heap.let_go()
        self._live = self._maker = None
        self._loading = False

    def _tell(self) -> None:
        if self._maker is not None:
            self._told_at = time.perf_counter()
            self._unread_told = self._live.num_unread if self._live else 0
            self._shown.clear()
            self.film_read.emit(self._maker.snapshot())

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except KnownError as error:
            # What was known may be half taken in: the next reading begins anew.
            self._forget()
            self.could_not_read.emit(error.sentence, error.action)
        except Exception:
            _logger.exception("the film could not be read")
            self._forget()
            self.could_not_read.emit(tr("The film could not be read: this is a bug in Matchcut."), tr("See the log."))

    @Slot()
    def _await_shown(self) -> None:
        # What is shown is laid out and painted in the turns after it.
        self._turns_left = _TURNS_TO_PAINT
        self._take_turn()

    @Slot()
    def _take_turn(self) -> None:
        if self._turns_left:
            self._turns_left -= 1
            QTimer.singleShot(_TURN_MS, self._take_turn)
        else:
            self._note_shown()

    def _note_shown(self) -> None:
        self._showing_s = time.perf_counter() - self._told_at
        self._shown.set()

    @Slot()
    def _look_for_changes(self) -> None:
        if not self._asked:
            self._background.submit(self._compare_version)

    def _compare_version(self) -> None:
        if self._project is not None and _data_version(self._project) != self._data_version:
            self._guarded(self._catch_up)


def _data_version(project: Project) -> int:
    """Changes when another connection has written; SQLite answers from shared memory."""
    return project.db.conn.execute("PRAGMA data_version").fetchone()[0]
