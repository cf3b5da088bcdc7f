"""The desk for one open film: puts stage, views, operations and worker together."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.actions import DESK_ACTIONS, add_actions
from desktop.film_reader import FilmReader
from desktop.operations import Change, Operations
from desktop.pictures import Pictures
from desktop.playback import Frames
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.views.graph_tree import GraphTree
from desktop.views.inspector import Inspector
from desktop.views.legend import Legend
from desktop.views.parts import StatusStrip, label
from desktop.views.queue import QueuePanel
from desktop.views.timeline import Timeline
from desktop.views.top_bar import TopBar
from desktop.views.viewer import Viewer
from desktop.wording import counted, length
from desktop.work_report import WorkReport, outcome_words, spots_of
from desktop.worker_link import Outcome, Refused, WorkerLink, WorkerState
from pipeline.protocol import Event, GraphDrafted, JobEnded, JobProgressed
from storage.domain.decisions import Verb
from storage.domain.jobs import JobId
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam

_TELL_AGES_EVERY_MS = 10_000


class Desk(QWidget):
    """Everything about one film. Views call operations; what changed is read again and handed to the views.

    Args:
        folder: of the film; need not be one, see `could_not_open`.
        link: to its worker, not yet started; the desk starts it when the film could be read, and stops it.
    """

    opened = Signal(str)
    could_not_open = Signal(str, str)

    def __init__(self, folder: Path, link: WorkerLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.link = link
        self.stage = Stage(self)
        self.reader = FilmReader(folder, parent=self)
        self.operations = Operations(folder, self)
        self.pictures = Pictures(folder / "media", parent=self)
        self.frames = Frames(folder / "media", parent=self)
        self._report = WorkReport()
        self._stopped = False
        self._told: tuple[str, str] | None = None
        self.top_bar = TopBar()
        self.tree = GraphTree(self.stage)
        self.viewer = Viewer(self.stage, self.pictures, self.frames)
        self.inspector = Inspector(self.stage, self.pictures, self.frames)
        self.timeline = Timeline(self.stage, self.pictures)
        self.queue = QueuePanel()
        self.strip = StatusStrip()
        self._lay_out()
        self._connect()
        self.actions_by_name = add_actions(self, DESK_ACTIONS, self._slots())
        self._clock = QTimer(self)
        self._clock.setInterval(_TELL_AGES_EVERY_MS)
        self._clock.timeout.connect(self.inspector.show_ages)
        self._clock.start()
        self.viewer.show_take()
        self.reader.refresh()

    def stop(self) -> None:
        """End every thread and the worker. What was decided is written before."""
        if self._stopped:
            return
        self._stopped = True
        self.viewer.player.pause()
        self.operations.stop()
        self.reader.stop()
        self.frames.stop()
        self.pictures.stop()
        self.link.stop()

    @Slot(object)
    def show_film(self, film: FilmSnapshot) -> None:
        """Show a newer reading of the film."""
        first = self.stage.film is None
        drafted = first or (self.stage.film is not None and self.stage.film.view is None)
        self.stage.show_film(film)
        self.top_bar.show_film(film)
        self.queue.show_film(film)
        self._show_worker()
        if film.shots:
            seconds = float(film.num_frames / film.frame_rate)
            self.strip.show_facts(
                f"{length(seconds)} · {counted(len(film.shots), 'shot')} · {counted(len(film.view.scenes), 'scene')}"
                if film.view
                else ""
            )
        if drafted and film.view is not None:
            self.reader.read_script()
        if first:
            self.opened.emit(film.title)
            self.link.start()

    @Slot()
    def approve(self) -> None:
        """Approve what is on screen: the take, or the scene graph."""
        if self.stage.spot.seam is Seam.SCRIPT:
            if self.stage.film is not None and self.stage.film.view is not None:
                self.operations.approve_script()
        elif self.stage.take is not None:
            self.operations.approve(self.stage.take.id)
        else:
            self.strip.show_problem("There is no take on screen.", "Press N for the next that needs you.")

    @Slot(str)
    def request_changes(self, note: str) -> None:
        """Send the take on screen back, with a note and the finding that is chosen."""
        if self.stage.take is not None:
            key = self.stage.finding_key
            self.operations.request_changes(self.stage.take.id, note, "" if key.startswith("check:") else key)

    @Slot()
    def call_false_alarm(self) -> None:
        """The chosen drift is none."""
        film, take = self.stage.film, self.stage.take
        if film is not None and take is not None and self.stage.finding_key in film.take_drifts(take):
            self.operations.false_alarm(take.id, self.stage.finding_key)
        else:
            self.strip.show_problem("No drift is chosen.", "Choose one with ↑ ↓, then press F.")

    @Slot()
    def report_missed_drift(self) -> None:
        """The critic missed that the chosen finding is drift."""
        film, take = self.stage.film, self.stage.take
        key = self.stage.finding_key
        if film is not None and take is not None and key and key not in film.take_drifts(take):
            self.operations.missed_drift(take.id, key)
        else:
            self.strip.show_problem(
                "No finding without drift is chosen.", "Choose what was missed with ↑ ↓, then press M."
            )

    @Slot()
    def lock(self) -> None:
        """Keep the take on screen whatever changes, or no longer."""
        film, take = self.stage.film, self.stage.take
        card = film.seam_card(self.stage.spot) if film else None
        if take is None or card is None:
            return
        if card.standing.locked and card.standing.circled == take:
            self.operations.unlock(take.id)
        else:
            self.operations.lock(take.id)

    @Slot()
    def go_to_next(self) -> None:
        """Go to the next place that needs the director."""
        if not self.stage.next_for_me():
            self.strip.show_done("Nothing needs you.")

    def _lay_out(self) -> None:
        middle = QSplitter(Qt.Orientation.Horizontal)
        for widget, size in ((self.tree, 300), (self.viewer, 780), (self.inspector, 330)):
            middle.addWidget(widget)
            if widget is not self.viewer:
                widget.setMinimumWidth(min(size, 290))
        middle.setSizes([300, 780, 330])
        middle.setStretchFactor(1, 1)
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 4)
        head.setSpacing(10)
        head.addWidget(label("TIMELINE", "heading"))
        head.addWidget(label("lanes: script · keyframe · clip · cut", "faint"))
        head.addStretch(1)
        head.addWidget(Legend())
        timeline = QWidget()
        timeline.setObjectName("panel")
        timeline.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(timeline)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.timeline, 1)
        bottom = QSplitter(Qt.Orientation.Horizontal)
        bottom.addWidget(timeline)
        bottom.addWidget(self.queue)
        bottom.setSizes([1080, 330])
        bottom.setStretchFactor(0, 1)
        self.queue.setMinimumWidth(220)
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.addWidget(middle)
        rows.addWidget(bottom)
        rows.setSizes([620, 200])
        rows.setStretchFactor(0, 1)
        for splitter in (middle, bottom, rows):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addWidget(rows, 1)
        layout.addWidget(self.strip)

    def _connect(self) -> None:
        self.reader.film_read.connect(self.show_film)
        self.reader.detail_read.connect(self.stage.show_detail)
        self.reader.script_read.connect(self.viewer.script_page.show_script)
        self.reader.could_not_read.connect(self._show_unreadable)
        self.operations.changed.connect(self._show_change)
        self.operations.failed.connect(self.strip.show_problem)
        self.operations.cost_known.connect(self.tree.show_cost)
        self.link.heard.connect(self._hear)
        self.link.ended.connect(self._show_worker_end)
        self.link.state_changed.connect(self._show_worker)
        self.strip.action_wanted.connect(self.link.start)
        self.stage.moved.connect(self._read_detail)
        self.stage.film_changed.connect(self._read_detail)
        self.top_bar.next_wanted.connect(self.go_to_next)
        self.tree.cost_wanted.connect(self._ask_cost)
        self.tree.edit_confirmed.connect(self._edit_constraint)
        self.tree.settle_wanted.connect(self.operations.settle)
        self.tree.evidence_chosen.connect(self.viewer.script_page.show_evidence)
        self.viewer.finding_hovered.connect(self.viewer.show_hovered)
        self.inspector.finding_hovered.connect(self.viewer.show_hovered)
        self.inspector.approve_wanted.connect(self.approve)
        self.inspector.changes_wanted.connect(self.request_changes)
        self.inspector.false_alarm_wanted.connect(self.call_false_alarm)
        self.inspector.missed_wanted.connect(self.report_missed_drift)
        self.inspector.lock_wanted.connect(self.lock)
        self.inspector.undo_wanted.connect(self.operations.undo)
        self.inspector.note_closed.connect(self.viewer.canvas.setFocus)
        self.queue.cancel_wanted.connect(self._cancel_job)
        self.queue.retry_wanted.connect(self._retry_job)

    def _slots(self) -> dict:
        stage, player = self.stage, self.viewer.player
        return {
            "next_for_me": self.go_to_next,
            "approve": self.approve,
            "request_changes": self.inspector.open_note,
            "false_alarm": self.call_false_alarm,
            "missed_drift": self.report_missed_drift,
            "lock": self.lock,
            "undo": self.operations.undo,
            "play": player.toggle,
            "play_back": lambda: player.play(-1),
            "pause": player.pause,
            "play_on": lambda: player.play(1),
            "step_back": player.step_back,
            "step_ahead": player.step_ahead,
            "finding_before": lambda: stage.step_finding(-1),
            "finding_after": lambda: stage.step_finding(1),
            "take_before": lambda: stage.step_take(-1),
            "take_after": lambda: stage.step_take(1),
            "shot_before": lambda: stage.step_shot(-1),
            "shot_after": lambda: stage.step_shot(1),
            "script_seam": lambda: stage.show_seam(Seam.SCRIPT),
            "keyframe_seam": lambda: stage.show_seam(Seam.KEYFRAME),
            "clip_seam": lambda: stage.show_seam(Seam.CLIP),
            "cut_seam": lambda: stage.show_seam(Seam.CUT),
            "regions": self.viewer.regions.toggle,
            "edit_constraint": self.tree.edit_current,
            "settle": self.tree.settle_current,
            "settle_all": self.tree.settle_everything,
            "zoom_in": lambda: self.timeline.zoom(1.25),
            "zoom_out": lambda: self.timeline.zoom(0.8),
            "whole_film": self.timeline.show_whole_film,
        }

    @Slot(object)
    def _show_change(self, change: Change) -> None:
        undo = "  Ctrl+Z takes it back." if change.undo_label else ""
        self.strip.show_done(f"{change.sentence}{undo}")
        if change.decision is not None and change.decision.verb is Verb.REQUEST_CHANGES:
            self.stage.follow()
        self.reader.refresh()
        self.link.wake()

    @Slot(str, str)
    def _show_unreadable(self, sentence: str, action: str) -> None:
        if self.stage.film is None:
            self.could_not_open.emit(sentence, action)
        else:
            self.strip.show_problem(sentence, action)

    @Slot()
    def _read_detail(self) -> None:
        film, take = self.stage.film, self.stage.take
        card = film.seam_card(self.stage.spot) if film else None
        if take is not None and card is not None:
            self.reader.read_detail(take, card.standing.inputs)

    @Slot(str, str)
    def _ask_cost(self, constraint_id: str, value: str) -> None:
        self.operations.ask_cost(ConstraintId(constraint_id), value)

    @Slot(str, str)
    def _edit_constraint(self, constraint_id: str, value: str) -> None:
        self.tree.tree.setFocus()
        self.operations.edit_constraint(ConstraintId(constraint_id), value)

    @Slot(int)
    def _cancel_job(self, job_id: int) -> None:
        self.operations.cancel_job(JobId(job_id))

    @Slot(int)
    def _retry_job(self, job_id: int) -> None:
        self.operations.retry_job(JobId(job_id))

    @Slot(object)
    def _hear(self, event: Event) -> None:
        self._report.note_event(event)
        if isinstance(event, JobProgressed):
            self.queue.jobs.show_progress(event.job_ids, event.step, event.total)
            for index, spot in enumerate(spots_of(event.job_ids, self.stage.film)):
                words = f"drawing · {event.step} of {event.total}"
                self.viewer.show_progress(spot, words, event.preview if index == 0 else "")
        else:
            if isinstance(event, JobEnded):
                for spot in spots_of((event.job_id,), self.stage.film):
                    self.viewer.forget_progress(spot)
            if isinstance(event, GraphDrafted):
                self.strip.show_done("The scene graph is drafted. Read it, settle what is open, then approve it: A.")
            self.reader.refresh()
        self._show_worker()

    @Slot(object)
    def _show_worker_end(self, outcome: Outcome) -> None:
        self._report.forget_work()
        self.viewer.forget_all_progress()
        told = outcome_words(outcome, self.link.state)
        # A worker that was refused asks again and again; the director has read why.
        if told is not None and not (isinstance(outcome, Refused) and told == self._told):
            self._told = told
            given_up = self.link.state is WorkerState.GIVEN_UP
            self.strip.show_problem(*told, button="Start the worker again" if given_up else "")
        self.reader.refresh()
        self._show_worker()

    @Slot()
    def _show_worker(self) -> None:
        self.top_bar.show_worker(self._report.words(self.link.state, self.stage.film))
