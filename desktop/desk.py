"""The desk for one open film: puts stage, views, operations and worker together."""

from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.actions import DESK_ACTIONS, add_actions
from desktop.film_reader import FilmReader
from desktop.graph_desk import OUTLINE_MENU, GraphDesk
from desktop.graph_views import GRAPH_VIEW_ACTIONS, GraphViews
from desktop.learning_reader import Learned, LearningReader
from desktop.looks_desk import LOOK_ACTIONS, LooksDesk
from desktop.notes_desk import NOTE_ACTIONS, NotesDesk
from desktop.notes_export import NotesExport
from desktop.operations import Change, Operations
from desktop.pencil import Pencil
from desktop.pictures import Pictures
from desktop.playback import Frames
from desktop.preferences import Preferences
from desktop.room import ROOM_ACTIONS, Room
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.timeline.panel import TimelinePanel
from desktop.timeline.saved_filters import SavedFilters
from desktop.timeline.slots import MENU, timeline_slots
from desktop.translating import plural, tr
from desktop.viewer_slots import viewer_slots
from desktop.views.figures import FiguresPages
from desktop.views.graph_tree import GraphTree
from desktop.views.inspector import Inspector
from desktop.views.parts import StatusStrip
from desktop.views.queue import QueuePanel
from desktop.views.top_bar import TopBar
from desktop.views.viewer import Viewer
from desktop.wording import length
from desktop.work_clock import WorkClock
from desktop.work_desk import WORK_ACTIONS, WorkDesk
from desktop.worker_link import WorkerLink
from storage.domain.decisions import Verb
from storage.domain.notes import NOTE_VERBS
from storage.domain.takes import Seam

_TELL_AGES_EVERY_MS = 10_000
_MANY_JOBS, _SHOWS_WORK_AFTER_MS = 100, 60
_TALL_PX = 860
_BOTTOM_PX, _LEAST_BOTTOM_PX = 240, 192


class Desk(QWidget):
    """Everything about one film. Views call operations; what changed is read again and handed to the views.

    Args:
        folder: of the film; need not be one, see `could_not_open`.
        link: to its worker, not yet started; the desk starts it when the film could be read, and stops it.
        settings: this user's; None keeps what would be kept there until the film is closed.
    """

    opened = Signal(str)
    could_not_open = Signal(str, str)

    def __init__(
        self, folder: Path, link: WorkerLink, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.link = link
        self.stage = Stage(self)
        self.reader = FilmReader(folder, parent=self)
        self.learning = LearningReader(folder, self)
        self.operations = Operations(folder, self, author=Preferences(settings).author())
        self.pictures = Pictures(folder / "media", parent=self)
        self.frames = Frames(folder / "media", parent=self)
        self._stopped = False
        self._rows_are_chosen = False
        self.top_bar = TopBar()
        self.tree = GraphTree(self.stage)
        self.viewer = Viewer(self.stage, self.pictures, self.frames, Pencil(settings, self))
        self.pages = FiguresPages(self.stage, folder, self.viewer)
        self.inspector = Inspector(self.stage, self.pictures, self.frames)
        self.timeline_panel = TimelinePanel(self.stage, self.pictures, SavedFilters(settings))
        self.timeline = self.timeline_panel.timeline
        clock = WorkClock()
        self.queue = QueuePanel(self.pictures, clock)
        self.strip = StatusStrip()
        self.work = WorkDesk(
            link=link,
            operations=self.operations,
            stage=self.stage,
            panel=self.queue,
            viewer=self.viewer,
            strip=self.strip,
            top_bar=self.top_bar,
            clock=clock,
            parent=self,
        )
        self.graph_views = GraphViews(folder, self.stage, self.viewer.script_desk, self.operations, self.strip, self)
        export = NotesExport(folder, self)
        self.notes = NotesDesk(self.stage, self.operations, self.viewer, self.inspector, self.strip, export, self)
        self.graph = GraphDesk(self.stage, self.operations, self.tree, self.viewer, self.strip, self)
        self.looks = LooksDesk(self.stage, self.operations, self.viewer.looks, self.strip, self)
        self._lay_out()
        self.room = Room(
            self, self.stage, self.viewer.script_desk,
            beside_pages=(self.notes.side, self._bottom), beside_takes=(self.tree,),
        )  # fmt: skip
        self._connect()
        self.actions_by_name = add_actions(self, DESK_ACTIONS, self._slots())
        self.actions_by_name |= add_actions(self, WORK_ACTIONS, self.work.slots())
        self.actions_by_name |= add_actions(self, GRAPH_VIEW_ACTIONS, self.graph_views.slots())
        self.actions_by_name |= add_actions(self, ROOM_ACTIONS, self.room.slots())
        self.actions_by_name |= add_actions(self, LOOK_ACTIONS, self.looks.slots())
        self.actions_by_name |= add_actions(self, NOTE_ACTIONS, self.notes.slots())
        self.tree.show_actions([self.actions_by_name.get(name) for name in OUTLINE_MENU])
        self.timeline_panel.show_actions([self.actions_by_name.get(name) for name in MENU])
        self._clock = QTimer(self)
        self._clock.setInterval(_TELL_AGES_EVERY_MS)
        self._clock.timeout.connect(self.inspector.show_ages)
        self._clock.start()
        self.viewer.show_take()
        # The window is up sooner where the reader does not want the interpreter while it is put together.
        QTimer.singleShot(0, self.reader.refresh)

    def stop(self) -> None:
        """End every thread and ask the worker to leave; its link tells when it has. What was decided is written."""
        if self._stopped:
            return
        self._stopped = True
        self.link.leave()
        self.viewer.player.pause()
        self.notes.export.stop()
        self.graph_views.stop()
        self.operations.stop()
        self.pages.stop()
        self.learning.stop()
        self.reader.stop()
        self.frames.stop()
        self.pictures.stop()

    @Slot(object)
    def show_film(self, film: FilmSnapshot) -> None:
        """Show a newer reading of the film."""
        first = self.stage.film is None
        planned_before = self.stage.film.revision if self.stage.film else 0
        self.stage.show_film(film)
        if film.view is not None and film.revision != planned_before:
            self.operations.know_film(film.revision, film.view, film.decisions)
            self.graph.show_film(film)
            # A new draft may have come in, or an old revision back.
            self.reader.read_script()
        self.top_bar.show_film(film)
        if first and len(film.jobs) > _MANY_JOBS:
            # A long queue is shown in a turn of its own, after what is painted first.
            QTimer.singleShot(_SHOWS_WORK_AFTER_MS, self._show_work)
        else:
            self.work.show_film(film)
        if not film.num_unread:
            self.learning.refresh()
        if film.shots:
            seconds = float(film.num_frames / film.frame_rate)
            self.strip.show_facts(
                " · ".join(
                    (
                        length(seconds),
                        plural("{n} shot", "{n} shots", len(film.shots)),
                        plural("{n} scene", "{n} scenes", len(film.view.scenes)),
                    )
                )
                if film.view
                else ""
            )
        if first:
            self.opened.emit(film.title)
            self.link.start()

    @Slot()
    def _show_work(self) -> None:
        if self.stage.film is not None and not self._stopped:
            self.work.show_film(self.stage.film)

    @Slot(object)
    def show_learned(self, learned: Learned) -> None:
        """Show what the film has taught its critic: the next blind question, and the promise."""
        self.inspector.question.show_learned(learned)
        self.pages.show_promise(learned.promise)
        self.top_bar.show_promise(learned.promise)

    @Slot()
    def take_question(self) -> None:
        """Give the keys to the blind question."""
        if self.inspector.question.asked is None:
            self.strip.show_done("No blind question waits.")
        else:
            self.notes.side.show_take()
            self.inspector.question.take_keys()

    @Slot()
    def approve(self) -> None:
        """Approve what is on screen: the take, or the scene graph."""
        if self._takes_a_look_first():
            return
        if self.stage.spot.seam is Seam.SCRIPT:
            if self.stage.film is not None and self.stage.film.view is not None:
                self.operations.approve_script()
        elif self.stage.take is not None:
            self.operations.approve(self.stage.take.id)
        else:
            self.strip.show_problem("There is no take on screen.", "Press {next_for_me} for the next that needs you.")

    @Slot(str, str)
    def request_changes(self, note: str, key: str) -> None:
        """Send the take on screen back, with a note and the constraint that it is about."""
        if self.stage.take is not None:
            self.operations.request_changes(self.stage.take.id, note, key)

    @Slot()
    def approve_clean(self) -> None:
        """Approve every clean take that waits in the shots selected on the timeline, or in all of them."""
        self.operations.approve_clean(self.inspector.shots_meant)

    @Slot(int)
    def set_stars(self, stars: int) -> None:
        """Rate the take on screen."""
        if self.stage.take is not None and not self._takes_a_look_first():
            self.operations.set_stars(self.stage.take.id, stars)

    @Slot()
    def call_false_alarm(self) -> None:
        """The chosen drift is none."""
        if self._takes_a_look_first():
            return
        film, take = self.stage.film, self.stage.take
        if film is not None and take is not None and self.stage.finding_key in film.take_drifts(take):
            self.operations.false_alarm(take.id, self.stage.finding_key)
        else:
            self.strip.show_problem("No drift is chosen.", "Choose one with ↑ ↓, then press {false_alarm}.")

    @Slot()
    def report_missed_drift(self) -> None:
        """The critic missed that the chosen finding is drift."""
        if self._takes_a_look_first():
            return
        film, take = self.stage.film, self.stage.take
        key = self.stage.finding_key
        if film is not None and take is not None and key and key not in film.take_drifts(take):
            self.operations.missed_drift(take.id, key)
        else:
            self.strip.show_problem(
                "No finding without drift is chosen.", "Choose what was missed with ↑ ↓, then press {missed_drift}."
            )

    @Slot()
    def lock(self) -> None:
        """Keep the take on screen whatever changes, or no longer."""
        if self._takes_a_look_first():
            return
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

    def _takes_a_look_first(self) -> bool:
        """Decisions are about the take on screen: where figures hide it, bring it back instead."""
        if not self.pages.shows_figures:
            return False
        self.pages.show_viewer()
        self.strip.show_done("This is the take that the key is about. Press it again.")
        return True

    def minimumSizeHint(self) -> QSize:
        return self.room.least_size(super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room.fit()
        if not self._rows_are_chosen:
            # In a short window the timeline gives way too: picture and findings need the height more.
            lacking = max(0, _TALL_PX - self.height())
            bottom = max(_LEAST_BOTTOM_PX, _BOTTOM_PX - lacking // 3)
            self._rows.setSizes([max(1, self.height() - bottom), bottom])

    @Slot()
    def keep_rows(self) -> None:
        """Leave the timeline as high as it is, whatever the height of the window."""
        self._rows_are_chosen = True

    def _lay_out(self) -> None:
        middle = QSplitter(Qt.Orientation.Horizontal)
        for widget, least_px in ((self.tree, 276), (self.pages, 376), (self.notes.side, 300)):
            middle.addWidget(widget)
            widget.setMinimumWidth(least_px)
        middle.setSizes([300, 780, 330])
        middle.setStretchFactor(1, 1)
        bottom = self._bottom = QSplitter(Qt.Orientation.Horizontal)
        bottom.addWidget(self.timeline_panel)
        bottom.addWidget(self.queue)
        bottom.setSizes([1080, 330])
        bottom.setStretchFactor(0, 1)
        self.queue.setMinimumWidth(220)
        rows = self._rows = QSplitter(Qt.Orientation.Vertical)
        rows.addWidget(middle)
        rows.addWidget(bottom)
        rows.setSizes([580, 240])
        rows.setStretchFactor(0, 1)
        rows.splitterMoved.connect(self.keep_rows)
        self.splitters = {"middle": middle, "bottom": bottom, "rows": rows}
        for splitter in self.splitters.values():
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
        self.learning.learned.connect(self.show_learned)
        self.inspector.question.answered.connect(self.operations.answer)
        self.inspector.question.closed.connect(self.viewer.canvas.setFocus)
        self.reader.script_read.connect(self.viewer.script_page.show_script)
        self.reader.could_not_read.connect(self._show_unreadable)
        self.operations.changed.connect(self._show_change)
        self.operations.failed.connect(self.strip.show_problem)
        self.work.film_changed.connect(self.reader.refresh)
        self.graph_views.viewer_wanted.connect(self.pages.show_viewer)
        self.stage.settled.connect(self._read_detail)
        self.stage.here_changed.connect(self._read_detail)
        self.stage.range_shown.connect(self._read_first)
        self.top_bar.next_wanted.connect(self.go_to_next)
        self.graph.viewer_wanted.connect(self.pages.show_viewer)
        self.timeline_panel.connect_edits(self.operations)
        self.timeline_panel.told.connect(self.strip.show_problem)
        for view in (self.viewer, self.inspector):
            view.finding_hovered.connect(self.viewer.show_hovered)
            view.finding_hovered.connect(self.inspector.show_hovered)
        self.inspector.approve_wanted.connect(self.approve)
        self.inspector.changes_wanted.connect(self.request_changes)
        self.inspector.false_alarm_wanted.connect(self.call_false_alarm)
        self.inspector.missed_wanted.connect(self.report_missed_drift)
        self.inspector.lock_wanted.connect(self.lock)
        self.inspector.undo_wanted.connect(self.operations.undo)
        self.inspector.note_opened.connect(self.pages.show_viewer)
        self.inspector.redo_wanted.connect(self.operations.redo)
        self.inspector.clean_wanted.connect(self.approve_clean)
        self.inspector.stars_wanted.connect(self.set_stars)
        self.timeline.selection.selection_changed.connect(self.inspector.show_selection)
        self.top_bar.figures_wanted.connect(self.pages.toggle)
        self.pages.price_wanted.connect(self.operations.set_price)
        self.pages.could_not_read.connect(self.strip.show_problem)
        self.inspector.note_closed.connect(self.viewer.canvas.setFocus)

    def _slots(self) -> dict:
        stage = self.stage
        return {
            "next_for_me": self.go_to_next,
            "approve": self.approve,
            "approve_clean": self.approve_clean,
            "request_changes": self.inspector.open_note,
            "false_alarm": self.call_false_alarm,
            "missed_drift": self.report_missed_drift,
            "lock": self.lock,
            "question": self.take_question,
            "undo": self.operations.undo,
            "redo": self.operations.redo,
            **{f"stars_{number}": lambda _=False, number=number: self.set_stars(number) for number in range(6)},
            "sort_takes": self.inspector.takes.sort_next,
            "unseen": self.inspector.fold.toggle,
            "figures": self.pages.toggle,
            **viewer_slots(self.viewer),
            "finding_before": lambda: stage.step_finding(-1),
            "finding_after": lambda: stage.step_finding(1),
            "take_before": lambda: self.inspector.takes.step(-1),
            "take_after": lambda: self.inspector.takes.step(1),
            "shot_before": lambda: stage.step_shot(-1),
            "shot_after": lambda: stage.step_shot(1),
            "script_seam": lambda: stage.show_seam(Seam.SCRIPT),
            "keyframe_seam": lambda: stage.show_seam(Seam.KEYFRAME),
            "clip_seam": lambda: stage.show_seam(Seam.CLIP),
            "cut_seam": lambda: stage.show_seam(Seam.CUT),
            **self.graph.slots(),
            **timeline_slots(self.timeline_panel),
        }

    @Slot(object)
    def _show_change(self, change: Change) -> None:
        undo = f"  {tr('{undo} takes it back.')}" if change.undo_label else ""
        self.strip.show_done(f"{change.sentence}{undo}")
        if change.decision is not None and change.decision.verb is Verb.REQUEST_CHANGES:
            self.stage.follow()
        self.reader.refresh()
        if change.decision is None or change.decision.verb not in NOTE_VERBS:
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

    @Slot(object)
    def _read_first(self, indexes: range) -> None:
        if self.stage.film is not None:
            self.reader.look_at(tuple(card.shot.id for card in self.stage.film.shots[indexes.start : indexes.stop]))
