"""The queue: what the worker does now, what waits, what was set aside; paused, put in order, cancelled, tried again."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.list_keys import QUEUE
from desktop.pictures import Pictures
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, plural, tr
from desktop.views.own_keys import takes_own
from desktop.views.parts import ElidedLabel, KeyButton, label
from desktop.views.queue_rows import QueueDelegate, QueueItemModel, action_rect, job_action
from desktop.work_clock import WorkClock
from storage.domain.jobs import Job, JobId, JobState

_CONTROL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_VERBS = {
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "cancel",
    (Qt.Key.Key_Delete, _SHIFT): "cancel_all",
    (Qt.Key.Key_T, Qt.KeyboardModifier.NoModifier): "retry",
    (Qt.Key.Key_T, _SHIFT): "retry_all",
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): "show",
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier): "show",
    (Qt.Key.Key_Up, _ALT): "earlier",
    (Qt.Key.Key_Down, _ALT): "later",
    (Qt.Key.Key_Home, _ALT): "first",
    (Qt.Key.Key_Z, _CONTROL): "undo",
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier): "leave",
}
_Index = QModelIndex | QPersistentModelIndex
_NOTHING = marked("Nothing is waiting to be made.")


class QueueList(QListView):
    """A list that keeps the queue's keys for itself while it has the focus."""

    verb_wanted = Signal(str)

    def event(self, event: QEvent) -> bool:
        return takes_own(event, QUEUE) or super().event(event)

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        # Every row is as high as the others: what it says never moves it. QListView lays all rows out again.
        QAbstractItemView.dataChanged(self, first, last, roles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        verb = _verb_of(event)
        if verb:
            self.verb_wanted.emit(verb)
        else:
            super().keyPressEvent(event)


class QueuePanel(QWidget):
    """The queue with its heading: how much is to be made, how long that takes, and whether it is paused.

    Args:
        pictures: where the pictures of shots come from.
        clock: says how long jobs take.
    """

    pause_wanted = Signal()
    go_on_wanted = Signal()
    cancel_wanted = Signal(list)
    retry_wanted = Signal(list)
    move_wanted = Signal(int, int)
    show_wanted = Signal(int)
    undo_wanted = Signal()
    left = Signal()

    def __init__(self, pictures: Pictures, clock: WorkClock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = clock
        self.jobs = QueueItemModel(clock, self)
        self.jobs.move_wanted.connect(self.move_wanted)
        self.list = QueueList()
        self.list.setModel(self.jobs)
        self.list.setItemDelegate(QueueDelegate(pictures, self._is_hovered, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setAccessibleName(tr("Queue"))
        self.list.viewport().installEventFilter(self)
        self.list.verb_wanted.connect(self.do)
        self.list.customContextMenuRequested.connect(self.open_menu)
        self.list.doubleClicked.connect(lambda _index: self.do("show"))
        pictures.picture_ready.connect(self.list.viewport().update)
        self.words = ElidedLabel()
        self.words.setObjectName("soft")
        self.pause = KeyButton("Pause", "⇧P", action="pause_work")
        self.pause.setObjectName("quiet")
        self.pause.clicked.connect(self.toggle_pause)
        self.cancel_all = KeyButton("Cancel all that wait", "⇧Del")
        self.retry_all = KeyButton("Try all again", "⇧T")
        for button, verb in ((self.cancel_all, "cancel_all"), (self.retry_all, "retry_all")):
            button.setObjectName("quiet")
            button.clicked.connect(lambda _=False, verb=verb: self.do(verb))
        self._empty = label(_NOTHING, "faint")
        self._empty.setContentsMargins(14, 4, 14, 4)
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 8, 0)
        head.setSpacing(10)
        head.addWidget(label("QUEUE", "heading"))
        head.addWidget(self.words, 1)
        head.addWidget(self.pause)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(8, 0, 8, 2)
        foot.addWidget(self.retry_all)
        foot.addStretch(1)
        foot.addWidget(self.cancel_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._foot)
        self._show_head()

    def show_film(self, film: FilmSnapshot) -> None:
        """Show the jobs of a reading; what was chosen stays chosen."""
        chosen = {job.id for job in self.chosen()}
        current = self._job_at(self.list.currentIndex())
        self.jobs.show_film(film)
        if chosen and {job.id for job in self.chosen()} != chosen:
            self._choose_again(chosen, current.id if current else None)
        self._show_head()

    def show_standing(self, *, paused: bool, at_work: bool) -> None:
        """Show whether work is paused, and whether there is a worker that would do it."""
        if (self.jobs.paused, self.jobs.at_work) != (paused, at_work):
            self.jobs.paused, self.jobs.at_work = paused, at_work
            self.jobs.tell_all()
        self._show_head()

    def show_time(self) -> None:
        """Show how long it takes as time goes on."""
        self._show_head()
        self.list.viewport().update()

    def take_focus(self) -> None:
        """Let the keys be the queue's; the first row is chosen where none is."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.jobs.jobs and not self.chosen():
            self.list.setCurrentIndex(self.jobs.index(max(0, self.list.currentIndex().row())))

    def chosen(self) -> list[Job]:
        """The jobs whose rows are selected, in the order of the rows."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.jobs.jobs[row] for row in rows if row < len(self.jobs.jobs)]

    @Slot()
    def toggle_pause(self) -> None:
        """Pause, or go on."""
        (self.go_on_wanted if self.jobs.paused else self.pause_wanted).emit()

    @Slot(str)
    def do(self, verb: str) -> None:
        """Do something with the chosen jobs, or with all of them."""
        jobs, everything = self.chosen(), self.jobs.jobs
        match verb:
            case "cancel":
                self._want(self.cancel_wanted, [job for job in jobs if job_action(job) == "cancel"])
            case "cancel_all":
                self._want(self.cancel_wanted, [job for job in everything if job.state is JobState.QUEUED])
            case "retry":
                self._want(self.retry_wanted, [job for job in jobs if job_action(job) in ("try again", "keep")])
            case "retry_all":
                self._want(self.retry_wanted, [job for job in everything if job.state is JobState.FAILED])
            case "undo":
                self.undo_wanted.emit()
            case "leave":
                self.left.emit()
            case "show" if jobs:
                self.show_wanted.emit(jobs[0].id)
            case "first" | "earlier" | "later" if jobs:
                self._move(jobs[0], verb)

    @Slot(QPoint)
    def open_menu(self, at: QPoint) -> None:
        """Offer what can be done with the chosen jobs, each with its key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        jobs = self.chosen()
        waits = any(job.state is JobState.QUEUED for job in jobs)
        stops = any(job_action(job) == "cancel" for job in jobs)
        again = any(job_action(job) in ("try again", "keep") for job in jobs)
        for words, verb, offered in (
            (f"{tr('Show the shot')}\tEnter", "show", bool(jobs)),
            (f"{tr('Draw next')}\tAlt+Home", "first", waits),
            (f"{tr('Earlier')}\tAlt+Up", "earlier", waits),
            (f"{tr('Later')}\tAlt+Down", "later", waits),
            (f"{tr('Cancel')}\tDel", "cancel", stops),
            (f"{tr('Try again')}\tT", "retry", again),
        ):
            if offered:
                menu.addAction(words).triggered.connect(lambda _=False, verb=verb: self.do(verb))
        menu.popup(self.list.viewport().mapToGlobal(at))

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            index = self.list.indexAt(event.position().toPoint())
            job = self._job_at(index)
            on_action = job is not None and action_rect(self.list.visualRect(index)).contains(
                event.position().toPoint()
            )
            if job is not None and on_action and event.button() == Qt.MouseButton.LeftButton:
                if job_action(job) == "cancel":
                    self.cancel_wanted.emit([job.id])
                elif job_action(job):
                    self.retry_wanted.emit([job.id])
                return True
        return super().eventFilter(watched, event)

    def _move(self, job: Job, verb: str) -> None:
        first, earlier, later = self.jobs.neighbours(job)
        if job.state is not JobState.QUEUED:
            return
        if verb == "later":
            if not self.jobs.is_last(job):
                self.move_wanted.emit(job.id, later or 0)
            return
        before = first if verb == "first" else earlier
        if before is not None and before != job.id:
            self.move_wanted.emit(job.id, before)

    def _want(self, signal: SignalInstance, jobs: list[Job]) -> None:
        if jobs:
            signal.emit([job.id for job in jobs])

    def _show_head(self) -> None:
        counts = self.jobs.counts
        waiting, aside, running = counts[JobState.QUEUED], counts[JobState.FAILED], counts[JobState.RUNNING]
        parts = [plural("{n} to make", "{n} to make", running + waiting)] if running + waiting else []
        if self.jobs.paused:
            parts.insert(0, tr("paused"))
        elif running + waiting:
            left = self._clock.all_left()
            parts.append(tr(left.words) if left.known else tr("time {left}", left=tr(left.words)))
        elif aside:
            parts.append(plural("{n} set aside", "{n} set aside", aside))
        self.words.show_text(" · ".join(parts))
        name = "needs" if self.jobs.paused else "quiet"
        if self.pause.objectName() != name:
            self.pause.setText(tr("Go on") if self.jobs.paused else tr("Pause"))
            self.pause.setAccessibleName(self.pause.text())
            self.pause.setObjectName(name)
            self.pause.style().unpolish(self.pause)
            self.pause.style().polish(self.pause)
            self.pause.updateGeometry()
        self.cancel_all.setVisible(waiting > 1)
        self.retry_all.setVisible(aside > 1)
        self._foot.setVisible(waiting > 1 or aside > 1)
        self._empty.setVisible(not self.jobs.jobs)

    def _choose_again(self, chosen: set[JobId], current: JobId | None) -> None:
        selection = self.list.selectionModel()
        selection.clearSelection()
        for row, job in enumerate(self.jobs.jobs):
            if job.id in chosen:
                selection.select(self.jobs.index(row), selection.SelectionFlag.Select)
            if job.id == current:
                selection.setCurrentIndex(self.jobs.index(row), selection.SelectionFlag.NoUpdate)

    def _job_at(self, index: QModelIndex) -> Job | None:
        return self.jobs.jobs[index.row()] if index.isValid() and index.row() < len(self.jobs.jobs) else None

    def _is_hovered(self, index: QModelIndex) -> bool:
        viewport = self.list.viewport()
        return viewport.underMouse() and self.list.indexAt(viewport.mapFromGlobal(QCursor.pos())) == index


def _verb_of(event: QKeyEvent) -> str:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _VERBS.get((Qt.Key(event.key()), modifiers), "")
