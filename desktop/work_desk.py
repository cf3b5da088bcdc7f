"""The work on a film as the desk shows it: hears the worker, keeps queue, viewer and top bar up, carries out wishes."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from desktop.actions import KeyAction
from desktop.operations import Operations
from desktop.queue_verbs import QueueReading, QueueVerbs
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.parts import StatusStrip
from desktop.views.queue import QueuePanel
from desktop.views.top_bar import TopBar
from desktop.views.viewer import Viewer
from desktop.work_clock import WorkClock
from desktop.work_report import WorkReport, lengths_of, outcome_words, spots_of
from desktop.worker_link import Outcome, Refused, WorkerLink, WorkerState
from pipeline.protocol import Event, GraphDrafted, JobEnded, JobProgressed, MemoryShort, WorkPaused, WorkWentOn
from storage.domain.jobs import JobId, JobState
from storage.domain.pace import Pace, round_length

WORK_ACTIONS = (
    KeyAction(name="queue", words="The queue takes the keys", keys=("Q",)),
    KeyAction(name="pause_work", words="Pause work on the film, or go on", keys=("Shift+P",)),
    KeyAction(name="shot_first", words="Draw what waits of this shot next", keys=("Shift+Q",)),
)
_TELL_TIME_EVERY_MS = 1000
_STUCK_S = 180.0
_ACTIVE = (JobState.RUNNING, JobState.QUEUED)


class WorkDesk(QObject):
    """Stands between the worker and what is on screen.

    Args:
        link: to the worker.
        operations: on whose thread wishes are written.
        stage: what is on screen.
        panel, viewer, strip, top_bar: what is kept up.
        clock: as the panel has it.
    """

    film_changed = Signal()

    def __init__(
        self,
        *,
        link: WorkerLink,
        operations: Operations,
        stage: Stage,
        panel: QueuePanel,
        viewer: Viewer,
        strip: StatusStrip,
        top_bar: TopBar,
        clock: WorkClock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._stage = stage
        self._panel = panel
        self._viewer = viewer
        self._strip = strip
        self._top_bar = top_bar
        self._clock = clock
        self._report = WorkReport()
        self._reading = QueueReading(paused=False, pace=Pace())
        self._told: tuple[str, str] | None = None
        self._told_stuck = False
        self._shown: FilmSnapshot | None = None
        self.verbs = QueueVerbs(operations, self)
        self.verbs.was_read.connect(self._show_reading)
        panel.pause_wanted.connect(self.verbs.pause)
        panel.go_on_wanted.connect(self.verbs.go_on)
        panel.cancel_wanted.connect(self.verbs.cancel)
        panel.retry_wanted.connect(self.verbs.retry)
        panel.undo_wanted.connect(self.verbs.undo)
        panel.move_wanted.connect(self._move)
        panel.show_wanted.connect(self._show_shot)
        panel.left.connect(viewer.canvas.setFocus)
        link.heard.connect(self.hear)
        link.ended.connect(self._show_end)
        link.state_changed.connect(self._show_worker)
        strip.action_wanted.connect(self._start_again)
        self._tick = QTimer(self)
        self._tick.setInterval(_TELL_TIME_EVERY_MS)
        self._tick.timeout.connect(self._tell_time)
        self._tick.start()

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What the keys of `WORK_ACTIONS` do."""
        return {
            "queue": self._panel.take_focus,
            "pause_work": self._panel.toggle_pause,
            "shot_first": self.draw_shot_first,
        }

    def show_film(self, film: FilmSnapshot) -> None:
        """Show the jobs of a reading, where they are others than those shown."""
        shown = self._shown
        if shown is None or film.jobs is not shown.jobs or film.revision != shown.revision:
            self._shown = film
            self._time_jobs()
            self._panel.show_film(film)
            self._show_worker()
        self.verbs.read()

    def draw_shot_first(self) -> None:
        """Put what waits of the shot on screen before everything else that waits."""
        film, shot_id = self._stage.film, self._stage.spot.shot_id
        waiting = [job for job in film.jobs if job.state is JobState.QUEUED] if film else []
        waiting.sort(key=lambda job: (job.priority, job.id))
        mine = [job for job in waiting if job.shot_id == shot_id]
        if not mine or shot_id is None:
            self._strip.show_problem("Nothing of this shot waits to be made.", "The queue shows what does: {queue}.")
        elif mine[0] is waiting[0]:
            self._strip.show_done("This shot is next already.")
        else:
            self.verbs.move(mine[0].id, waiting[0].id)

    @Slot(object)
    def hear(self, event: Event) -> None:
        """Take an event of the worker."""
        self._report.note_event(event)
        if isinstance(event, JobProgressed):
            self._show_progress(event)
            return
        film = self._stage.film
        if isinstance(event, JobEnded):
            self._clock.forget(event.job_id)
            for spot in spots_of((event.job_id,), film):
                self._viewer.forget_progress(spot)
            if event.state == JobState.FAILED:
                name = self._report.name_of(event.job_id, film)
                self._strip.show_problem(tr("{what} was set aside: {why}", what=name, why=tr(event.message)), "")
        elif isinstance(event, MemoryShort):
            self._panel.jobs.show_short_memory(event.job_ids, event.what)
            self._strip.show_done(tr("Memory was short. From now on: {what}.", what=event.what))
        elif isinstance(event, (WorkPaused, WorkWentOn)):
            self._clock.note_pause()
            self.verbs.read()
        elif isinstance(event, GraphDrafted):
            self._strip.show_done("The scene graph is drafted. Read it, settle what is open, then approve: {approve}.")
        self.film_changed.emit()
        self._show_worker()

    def _show_progress(self, event: JobProgressed) -> None:
        data = QByteArray.fromBase64(QByteArray(event.preview.encode())) if event.preview else QByteArray()
        image = QImage.fromData(data) if event.preview else None
        for job_id in event.job_ids:
            self._clock.note_step(job_id, event.step, event.total)
            self._panel.jobs.show_progress(job_id, event.step, event.total, image)
            self._caption(job_id, event.step, event.total, event.preview)
        self._told_stuck = False
        self._panel.show_time()
        self._show_worker()

    def _caption(self, job_id: int, step: int, total: int, preview: str = "") -> None:
        """Say under the picture that is being drawn how far it is; `preview` is as the event has it."""
        left = self._clock.running_left()
        words = [tr("{step} of {total}", step=step, total=total)] if total else []
        if self._reading.paused:
            words = [tr("paused"), *words]
        else:
            words = [tr("drawing"), *words, *([tr(left.words)] if left.known else [])]
        for spot in spots_of((job_id,), self._stage.film):
            self._viewer.show_progress(spot, " · ".join(words), preview)

    @Slot(object)
    def _show_reading(self, reading: QueueReading) -> None:
        if reading == self._reading:
            return
        paused_now = reading.paused != self._reading.paused
        self._reading = reading
        self._time_jobs()
        self._show_worker()
        film = self._stage.film
        if paused_now and film is not None:
            for job in film.jobs:
                if job.state is JobState.RUNNING:
                    self._caption(job.id, *self._panel.jobs.steps(job))

    @Slot(int, int)
    def _move(self, job_id: int, before: int) -> None:
        self.verbs.move(JobId(job_id), JobId(before) if before else None)

    @Slot(int)
    def _show_shot(self, job_id: int) -> None:
        for spot in spots_of((job_id,), self._stage.film):
            self._stage.show_spot(spot)

    @Slot(object)
    def _show_end(self, outcome: Outcome) -> None:
        self._report.forget_work()
        self._clock.forget_all()
        self._viewer.forget_all_progress()
        told = outcome_words(outcome, self._link.state)
        # A worker that was refused asks again and again; the director has read why.
        if told is not None and not (isinstance(outcome, Refused) and told == self._told):
            self._told = told
            given_up = self._link.state is WorkerState.GIVEN_UP
            self._strip.show_problem(*told, button=tr("Start the worker again") if given_up else "")
        self.film_changed.emit()
        self._show_worker()

    @Slot()
    def _show_worker(self) -> None:
        film = self._stage.film
        counts = self._panel.jobs.counts
        running = counts[JobState.RUNNING] > 0
        # Where another Matchcut holds the film, what runs there is being done all the same.
        at_work = self._link.state is WorkerState.READY or (self._link.state is WorkerState.AWAY and running)
        self._panel.show_standing(paused=self._reading.paused, at_work=at_work)
        left = self._clock.all_left()
        words = self._report.words(
            self._link.state, film, waiting=counts[JobState.QUEUED], paused=self._reading.paused, left=left
        )
        self._top_bar.show_worker(words)

    @Slot()
    def _tell_time(self) -> None:
        silent = self._clock.silent_s()
        if not silent or self._reading.paused:
            return
        self._panel.show_time()
        if silent > _STUCK_S and not self._told_stuck and self._link.state is WorkerState.READY:
            self._told_stuck = True
            sentence = tr(
                "The worker has told of no step for {length}; it may be stuck.", length=tr(round_length(silent))
            )
            self._strip.show_problem(sentence, "What is finished is kept.", button="Start the worker again")

    @Slot()
    def _start_again(self) -> None:
        if self._link.state is WorkerState.READY:
            self._link.restart("stuck: a director started the worker again")
        else:
            self._link.start()

    def _time_jobs(self) -> None:
        film = self._stage.film
        if film is None:
            return
        jobs = [job for job in film.jobs if job.state in _ACTIVE]
        lengths = lengths_of(jobs, film)
        self._clock.show_queue(jobs, lengths, self._reading.pace)
