"""The timeline with its head, its overview and the names of its rows: puts the parts together."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from desktop import theme
from desktop.operations import Operations
from desktop.pictures import Pictures
from desktop.stage import Stage
from desktop.timeline.filter_bar import FilterBar
from desktop.timeline.overview import OverviewBar
from desktop.timeline.rows import LANE_PX, LANES, RULER_PX, SCENE_PX, Rows
from desktop.timeline.saved_filters import SavedFilters
from desktop.timeline.shot_filter import FilterIndex, ShotFilter
from desktop.timeline.view import Timeline
from desktop.translating import plural, tr
from desktop.views.parts import label
from desktop.views.popup import popup_menu
from storage.domain.scene_graph import ShotId

GUTTER_PX = 62
_SLIDER_STEPS = 1000
_NO_SHOT = ShotId("")


class TimelinePanel(QWidget):
    """Everything about the timeline that the desk places, connects and gives keys.

    Args:
        stage: what is on screen.
        pictures: where thumbnails come from.
        saved: where filters are kept by name.

    Signals:
        told: carries a sentence and what to do, where a key cannot do what it stands for.
    """

    told = Signal(str, str)

    def __init__(self, stage: Stage, pictures: Pictures, saved: SavedFilters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._index = FilterIndex()
        self._menu_actions: Sequence[QAction | None] = ()
        self._matching: bytes | None = None
        self.timeline = Timeline(stage, pictures)
        self.bar = FilterBar(self._index, saved)
        self.overview = OverviewBar(self.timeline.line, self.timeline.scale)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _SLIDER_STEPS)
        self.slider.setFixedWidth(96)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("Zoom of the timeline"))
        self.slider.setToolTip(tr("Zoom: + −, 0 for the whole film, Ctrl with the wheel"))
        self._gutter = _Gutter(self.timeline)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        stage.shots_changed.connect(self._take_film)
        self.bar.filter_changed.connect(self._apply_filter)
        self.bar.hides_changed.connect(self._apply_filter)
        self.bar.step_wanted.connect(self.step_match)
        self.bar.left.connect(self.timeline.setFocus)
        self.overview.scroll_wanted.connect(self.timeline.centre_on)
        self.overview.zoom_wanted.connect(self.timeline.show_frames)
        self.overview.wheeled.connect(lambda delta: self.timeline.scroll_by(-delta))
        self.slider.valueChanged.connect(self._take_slider)
        self.timeline.view_changed.connect(self._show_view)
        self.timeline.menu_wanted.connect(self._show_menu)
        self.timeline.key_edits.refused.connect(self.told)
        escape = QShortcut(QKeySequence("Escape"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.escape)

    def show_actions(self, actions: Sequence[QAction | None]) -> None:
        """Offer these verbs, with their keys, in the menu of a shot; None draws a line."""
        self._menu_actions = actions

    def connect_edits(self, operations: Operations) -> None:
        """Let moves and trims be written, and their cost be worked out, off the GUI thread."""
        edits = self.timeline.edits
        edits.edit_wanted.connect(operations.edit_shots)
        edits.cost_wanted.connect(operations.ask_cost_of_shots)
        operations.shot_cost_known.connect(edits.take_cost)
        operations.failed.connect(edits.settle)

    @Slot()
    def find_shots(self) -> None:
        """Let the director type what to look for."""
        self.bar.focus_field()

    @Slot(int)
    def step_match(self, by: int) -> None:
        """Go to the next shot that matches the filter; where none is set, to the next in which something drifts.

        Args:
            by: 1 for the next, -1 for the one before.
        """
        film = self._stage.film
        if film is None or not film.shots:
            return
        wanted = self._matching
        if wanted is None:
            wanted = self._index.flagged()
        here = film.index_of.get(self._stage.spot.shot_id or _NO_SHOT, -1 if by > 0 else len(film.shots))
        found = wanted.find(1, here + 1) if by > 0 else wanted.rfind(1, 0, max(0, here))
        if found < 0:
            found = wanted.find(1) if by > 0 else wanted.rfind(1)
        if found < 0:
            nothing = tr("Nothing drifts.") if self._matching is None else tr("No shot matches.")
            self.told.emit(nothing, tr("{find_shots} filters the timeline."))
            return
        shot_id = film.shots[found].shot.id
        self.timeline.selection.select([shot_id])
        self._stage.show_shot(shot_id)

    def extend_selection(self, by: int) -> None:
        """Go to the shot before or after, and select from where the selection began up to there.

        Args:
            by: 1 for the shot after, -1 for the one before.
        """
        selection, line, film = self.timeline.selection, self.timeline.line, self._stage.film
        here = self._stage.spot.shot_id
        place = line.place_of(film.index_of[here]) if film and here else None
        if here is None or place is None:
            return
        if here not in selection:
            selection.select([here])
        now = line.shots[max(0, min(len(line) - 1, place + by))].shot.id
        selection.extend_to(now, [card.shot.id for card in line.shots])
        self._stage.show_shot(now)

    def toggle_selected(self) -> None:
        """Take the shot on screen into the selection, or out of it."""
        if (here := self._stage.spot.shot_id) is not None:
            self.timeline.selection.toggle(here)

    @Slot()
    def escape(self) -> None:
        """Let go of one thing: what the mouse or the keys hold, then the filter, then the selection."""
        timeline = self.timeline
        if not timeline.pointer.cancel() and not timeline.key_edits.cancel() and not self.bar.clear():
            timeline.selection.clear()

    @Slot(object)
    def _take_film(self, changed: frozenset[ShotId] | None) -> None:
        film = self._stage.film
        if film is None:
            return
        self._index.show(film, changed)
        self.bar.show_counts()
        if self.bar.filter.is_empty:
            self._matching = None
            self.overview.show_film(None, self._places(changed))
        else:
            self._show_matches(changed)
        self._gutter.show_total(plural("{n} shot", "{n} shots", len(film.shots)) if film.shots else "")

    def _places(self, changed: frozenset[ShotId] | None) -> list[int] | None:
        """Where these shots are in the line; None where they may be anywhere."""
        film, line = self._stage.film, self.timeline.line
        if film is None or changed is None:
            return None
        found = [line.place_of(film.index_of[shot_id]) for shot_id in changed]
        return [place for place in found if place is not None]

    @Slot()
    def _apply_filter(self) -> None:
        self._show_matches(None)

    def _show_matches(self, changed: frozenset[ShotId] | None) -> None:
        wanted: ShotFilter = self.bar.filter
        self._matching = self._index.matches(wanted)
        self.timeline.show_matches(self._matching, hide_others=self.bar.hide_others.isChecked())
        self.overview.show_film(self.timeline.matches, self._places(changed))
        if self._matching is None:
            self.bar.show_matches(None, 0)
        else:
            self.bar.show_matches(self._matching.count(1), len(self._matching))

    @Slot()
    def _show_view(self) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(self.timeline.scale.zoom_share * _SLIDER_STEPS))
        self.slider.blockSignals(False)
        self.overview.playhead_frame = self._stage.film_frame
        self.overview.update()
        self._gutter.show_rows()

    @Slot(int)
    def _take_slider(self, value: int) -> None:
        scale = self.timeline.scale
        self.timeline.zoom(scale.px_at_share(value / _SLIDER_STEPS) / scale.px_a_frame)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        popup_menu(self, self._menu_actions, place)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 12, 0)
        head.setSpacing(6)
        head.addWidget(self.bar, 1)
        head.addWidget(label("zoom", "faint"))
        head.addWidget(self.slider)
        whole = QHBoxLayout()
        whole.setContentsMargins(GUTTER_PX, 0, 0, 0)
        whole.addWidget(self.overview)
        rows = QHBoxLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._gutter)
        rows.addWidget(self.timeline, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(whole)
        layout.addLayout(rows, 1)


class _Gutter(QWidget):
    """The names of the timeline's rows, at its left."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__()
        self._timeline = timeline
        self._total = ""
        self._shown: tuple[Rows, bool] | None = None
        self.setFixedWidth(GUTTER_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(GUTTER_PX, 100)

    def show_total(self, total: str) -> None:
        """Say how long the film is."""
        if total != self._total:
            self._total = total
            self.update()

    def show_rows(self) -> None:
        """Show the names of the rows where the timeline has them now."""
        shown = (self._timeline.rows, len(self._timeline.line) > 0)
        if shown != self._shown:
            self._shown = shown
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.PANEL)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        width = self.width() - 4
        rows = self._timeline.rows
        painter.setPen(theme.FAINT)
        painter.setFont(theme.font(7.0))
        painter.drawText(0, RULER_PX, width, SCENE_PX, right, self._total)
        if len(self._timeline.line):
            painter.setPen(theme.SOFT)
            painter.setFont(theme.font(7.0))
            for lane, seam in enumerate(LANES):
                painter.drawText(0, rows.lane_top(lane) - 3, width, LANE_PX + 6, right, tr(seam))
        painter.end()
