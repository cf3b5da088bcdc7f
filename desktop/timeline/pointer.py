"""What the mouse does on the timeline: which shot is under it, and what a press begins."""

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.snapshot import Spot
from desktop.stage import Stage
from desktop.timeline.edits import ShotEdits
from desktop.timeline.gestures import Band, Gesture, GestureLook, MoveShots, Scrub, TrimShot
from desktop.timeline.rows import RULER_PX, SCENE_PX, Rows
from desktop.timeline.scale import Scale
from desktop.timeline.selection import ShotSelection
from desktop.timeline.shot_line import ShotLine
from storage.domain.takes import Seam
from storage.frames import take_frame_at

_EDGE_PX = 5
_LEAST_TRIM_PX = 16
_TRIM_FROM_PX = 3
_SCROLL_EVERY_MS = 30
_AT_EDGE_PX = 24
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Pointer(QObject):
    """Turns presses, moves and releases into going, selecting, moving and trimming.

    Signals:
        moved: something is painted differently.
        scroll_wanted: carries pixels; the pointer is held at the edge of the view.
    """

    moved = Signal()
    scroll_wanted = Signal(int)

    def __init__(
        self,
        stage: Stage,
        line: ShotLine,
        scale: Scale,
        selection: ShotSelection,
        edits: ShotEdits,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage, self._line, self._scale = stage, line, scale
        self._selection, self._edits = selection, edits
        self.rows = Rows(0)
        self._gesture: Gesture | None = None
        self._from = self._at = QPoint()
        self._is_down = False
        self._pressed: int | None = None
        self._tail: int | None = None
        self._scroll_timer = QTimer(self)
        self._scroll_timer.setInterval(_SCROLL_EVERY_MS)
        self._scroll_timer.timeout.connect(self._scroll_at_edge)

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    def look(self) -> GestureLook | None:
        """What is to be painted of the gesture under way."""
        return self._gesture.look() if self._gesture else None

    def place_at(self, at: QPoint) -> int | None:
        """The shot of the line under a point; None below the rows and beside the line."""
        return self._line.at(self._scale.frame(at.x())) if at.y() < self.rows.bottom else None

    def tail_at(self, at: QPoint) -> int | None:
        """The shot whose end is under a point, where it can be trimmed: the gap after a shot belongs to it."""
        if not self.rows.thumb_top <= at.y() < self.rows.thumb_bottom or not len(self._line):
            return None
        place = self._line.at(self._scale.frame(at.x() - _EDGE_PX))
        if place is None:
            return None
        left, right = self._scale.x(self._line.starts[place]), self._scale.x(self._line.stop(place))
        return place if right - left >= _LEAST_TRIM_PX and abs(at.x() - (right - 1)) <= _EDGE_PX else None

    def press(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The left button went down."""
        if not len(self._line):
            return
        self._from = self._at = at
        self._is_down = True
        self._pressed = self.place_at(at)
        if at.y() < RULER_PX:
            self._gesture = Scrub(self._scrub_to)
            self._gesture.move(at)
            return
        # What is pressed at its end may be drawn from there: until that is known, nothing else is shown.
        self._tail = self.tail_at(at) if self._edits.pending is None else None
        if self._tail is None and self._pressed is not None:
            self._choose(self._pressed, at, modifiers)

    def drag(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer moved while the left button is down."""
        if not self._is_down:
            return
        self._at = at
        least = QApplication.startDragDistance() if self._tail is None else _TRIM_FROM_PX
        if self._gesture is None and (at - self._from).manhattanLength() >= least:
            self._gesture = self._begin_drag(modifiers)
        if self._gesture is not None:
            self._scroll_timer.start()
            self._gesture.move(at)
            self.moved.emit()

    def release(self, modifiers: Qt.KeyboardModifier) -> None:
        """The left button went up."""
        if self._gesture is not None:
            self._gesture.finish()
        elif self._pressed is not None:
            if self._tail is not None:
                self._choose(self._pressed, self._from, modifiers)
            if not modifiers & (_CONTROL | _SHIFT):
                # A press keeps several selected, so that they can be dragged; a click means the one.
                self._selection.select([self._line.shots[self._pressed].shot.id])
        self._let_go()

    def cancel(self) -> bool:
        """Let go as if nothing had been touched, until the next press; says whether anything was held."""
        held = self._gesture is not None
        if self._gesture is not None:
            self._gesture.cancel()
        self._let_go()
        return held

    def _choose(self, place: int, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        shot_id = self._line.shots[place].shot.id
        if at.y() < RULER_PX + SCENE_PX:
            scene = self._line.scene_at(place)
            shots = [self._line.shots[index].shot.id for index in range(scene.first, scene.stop)]
            self._selection.select([*(self._selection.shot_ids if modifiers & _CONTROL else ()), *shots])
            self._pressed = None
        elif modifiers & _CONTROL:
            self._selection.toggle(shot_id)
        elif modifiers & _SHIFT:
            self._selection.extend_to(shot_id, [card.shot.id for card in self._line.shots])
        else:
            if shot_id not in self._selection:
                self._selection.select([shot_id])
            lane = self.rows.lane_at(at.y())
            if lane is not None:
                on_shot = lane in (Seam.KEYFRAME, Seam.CLIP)
                self._stage.show_spot(Spot(seam=lane, shot_id=shot_id if on_shot else None))
            elif shot_id != self._stage.spot.shot_id:
                self._stage.show_shot(shot_id)

    def _begin_drag(self, modifiers: Qt.KeyboardModifier) -> Gesture:
        on_picture = self.rows.flag_top <= self._from.y() < self.rows.thumb_bottom
        plain = not modifiers & (_CONTROL | _SHIFT)
        film = self._line.film
        if self._tail is not None and film is not None:
            return TrimShot(self._line, self._scale, film, self._edits, self._tail, self._from)
        if on_picture and plain and self._pressed is not None and film is not None and self._edits.pending is None:
            shot_id = self._line.shots[self._pressed].shot.id
            shot_ids = self._selection.shot_ids if shot_id in self._selection else (shot_id,)
            return MoveShots(self._line, self._scale, film, self._edits, shot_ids)
        adds = bool(modifiers & (_CONTROL | _SHIFT))
        return Band(self._line, self._scale, self._selection, self._from, adds=adds)

    def _let_go(self) -> None:
        held = self._gesture is not None
        self._gesture = self._pressed = self._tail = None
        self._is_down = False
        self._scroll_timer.stop()
        if held:
            self.moved.emit()

    @Slot()
    def _scroll_at_edge(self) -> None:
        beyond = min(0, self._at.x() - _AT_EDGE_PX) + max(0, self._at.x() - (self._scale.width_px - _AT_EDGE_PX))
        if beyond and self._gesture is not None:
            self.scroll_wanted.emit(max(-60, min(60, beyond)))
            self._gesture.move(self._at)

    def _scrub_to(self, x: int) -> None:
        film = self._stage.film
        if film is None:
            return
        frame = self._line.film_frame(int(self._scale.frame(x)))
        take = self._stage.take
        if self._stage.spot.seam is Seam.CUT and take is not None:
            self._stage.show_frame(take_frame_at(frame, take.frame_rate, film.frame_rate) + self._stage.slate_frames)
            return
        index = film.index_at(frame)
        if index is None:
            return
        card = film.shots[index]
        spot = self._stage.spot
        if card.shot.id != spot.shot_id:
            take = card.clip.first_shown or card.keyframe.first_shown
            spot = Spot(seam=take.seam if take else Seam.KEYFRAME, shot_id=card.shot.id)
        within = frame - card.start_frame
        if take is not None and take.frame_rate:
            take_frame = min(take.num_frames - 1, take_frame_at(within, take.frame_rate, film.frame_rate))
            self._stage.run_to(spot, take, take_frame)
        else:
            self._stage.run_to(spot, take, 0, within)
