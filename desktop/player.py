"""Playing: moves the stage along a line in real time, as far as frames are there to be shown."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.pictures import PictureKey, Pictures
from desktop.play_line import FilmLine, Moment, PlayLine, TakeLine, film_frame_after
from desktop.playback import Frames, Head, media_of
from desktop.stage import Stage
from storage.domain.findings import FrameRange
from storage.domain.takes import Seam, Take

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_WAIT_AT_MOST_MS = 400
_LOOK_AHEAD_S = 1.0


class Player(QObject):
    """Plays, steps and loops. Late frames are dropped; the stage only moves to frames that can be painted.

    Signals:
        changed: it plays or pauses, at another speed, or loop, in or out are others.

    Args:
        stage: what is moved.
        frames, pictures: where what is shown comes from.
        companion: the frame of another take that is shown beside a frame of a take, if any.
        clock: seconds, from any moment on.
    """

    changed = Signal()

    def __init__(
        self,
        stage: Stage,
        frames: Frames,
        pictures: Pictures,
        companion: Callable[[Take, int], tuple[Take, int] | None],
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._frames = frames
        self._pictures = pictures
        self._companion = companion
        self.loops = False
        self.speed = 1.0
        self.num_dropped = 0
        self._in: int | None = None
        self._out: int | None = None
        self._pace = 1.0
        self._direction = 1
        self._line: PlayLine | None = None
        self._from = 0.0
        self._tick = 0
        self._is_running = False
        self._since = 0.0
        self.clock = clock
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._advance)
        stage.moved.connect(self._show_moved)
        stage.frame_moved.connect(self.look_ahead)
        stage.film_changed.connect(self._show_film)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @property
    def pace(self) -> float:
        """How fast and which way it plays now: 1 is real time, below 0 backward; 0 where it stands still."""
        return self._pace * self._direction if self.is_playing else 0.0

    @property
    def marked(self) -> FrameRange | None:
        """What is between in and out, in frames of the film; None where neither is set."""
        film = self._stage.film
        if film is None or (self._in is None and self._out is None):
            return None
        return FrameRange(start=self._in or 0, stop=film.num_frames if self._out is None else self._out)

    @property
    def can_play(self) -> bool:
        film, take = self._stage.film, self._stage.take
        if self._stage.spot.seam is Seam.CUT:
            return take is not None
        return film is not None and bool(film.shots) and self._stage.spot.shot_id is not None

    @Slot()
    def toggle(self) -> None:
        """Play, or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play(1)

    def play(self, direction: int) -> None:
        """Play from where the stage stands; asked for again in the same direction it goes twice as fast, up to 8.

        Args:
            direction: 1 forward, -1 backward.
        """
        if not self.can_play:
            return
        again = self.is_playing and self._direction == direction
        self._pace = min(SPEEDS[-1], self._pace * 2) if again else self.speed
        self._direction = direction
        self._line = self._make_line()
        self._start_at(self._line.tick_of(self._stage))
        first, stop = self._span(self._line)
        at_end = self._tick >= stop - 1 if direction > 0 else self._tick <= first
        if not first <= self._tick < stop or (at_end and not again):
            self._start_at(first if direction > 0 else stop - 1)
            self._show(self._line.at(self._tick))
        self.num_dropped = 0
        self._set_timer()
        self.look_ahead()
        self.changed.emit()

    @Slot()
    def pause(self) -> None:
        """Stand still."""
        if self.is_playing:
            self._timer.stop()
            self._line = None
            self.changed.emit()

    @Slot()
    def step_ahead(self) -> None:
        """One frame of the take on."""
        self.pause()
        self._stage.show_frame(self._stage.frame_index + 1)

    @Slot()
    def step_back(self) -> None:
        """One frame of the take back."""
        self.pause()
        self._stage.show_frame(self._stage.frame_index - 1)

    @Slot()
    def go_to_first(self) -> None:
        """To the in point where there is one, else to the take's first frame."""
        self._go_to(first=True)

    @Slot()
    def go_to_last(self) -> None:
        """To the out point where there is one, else to the take's last frame."""
        self._go_to(first=False)

    @Slot()
    def slower(self) -> None:
        """Play at the next lower speed, now and from now on."""
        self._change_speed(-1)

    @Slot()
    def faster(self) -> None:
        """Play at the next higher speed, now and from now on."""
        self._change_speed(1)

    @Slot()
    def toggle_loop(self) -> None:
        """Go round between in and out, or round the take on screen; or run on across shots."""
        self.loops = not self.loops
        if self.is_playing:
            self._line = self._make_line()
            self._start_at(self._line.tick_of(self._stage))
            self._set_timer()
        self.changed.emit()

    @Slot()
    def mark_in(self) -> None:
        """Let playing begin at the frame on screen."""
        if self.can_play:
            self._in = self._stage.film_frame
            if self._out is not None and self._out <= self._in:
                self._out = None
            self.changed.emit()

    @Slot()
    def mark_out(self) -> None:
        """Let playing end after the frame on screen."""
        if self.can_play:
            self._out = film_frame_after(self._stage)
            if self._in is not None and self._in >= self._out:
                self._in = None
            self.changed.emit()

    @Slot()
    def clear_marks(self) -> None:
        """Forget in and out."""
        self._in = self._out = None
        self.changed.emit()

    @Slot()
    def look_ahead(self) -> None:
        """Have what is on screen decoded, and what comes next."""
        take, index = self._stage.take, self._stage.frame_index
        direction = self._direction if self.is_playing else 1
        heads = self._heads(take, index, direction) if take is not None else []
        if self._line is not None:
            coming = self._line.at(self._wrapped(self._line, self._tick + self._ahead(self._line)))
            if coming.take is not None and (coming.take != take or abs(coming.frame_index - index) > 48):
                if coming.take.frame_rate:
                    same = coming.take == take
                    entry = coming.frame_index if same or direction < 0 else 0
                    heads += self._heads(coming.take, entry, direction)
                else:
                    self._pictures.get(PictureKey(media=media_of(coming.take)))
        self._frames.follow(heads)

    def line_of_take(self) -> PlayLine | None:
        """The frames of the clip or cut on screen; None for a still, and where no take is on screen."""
        film, take, spot = self._stage.film, self._stage.take, self._stage.spot
        if film is None or take is None or not take.frame_rate:
            return None
        card = film.card(spot.shot_id)
        start = card.start_frame if card else -self._stage.slate_frames
        return TakeLine(spot, take, start_frame=start, film_rate=film.frame_rate)

    def _heads(self, take: Take, frame_index: int, direction: int) -> list[Head]:
        beside = self._companion(take, frame_index) if take == self._stage.take else None
        shown = [(take, frame_index), *([beside] if beside else [])]
        return [Head(take=one, frame_index=at, direction=direction) for one, at in shown if one.num_frames > 1]

    def _make_line(self) -> PlayLine:
        film, take, spot = self._stage.film, self._stage.take, self._stage.spot
        assert film is not None
        of_take = self.line_of_take()
        if of_take is not None and (spot.seam is Seam.CUT or (self.loops and self.marked is None)):
            return of_take
        return FilmLine(film, take)

    def _span(self, line: PlayLine) -> tuple[int, int]:
        """The ticks that are played, half-open and never empty."""
        first, stop = 0, line.num_ticks
        marked = self.marked
        if marked is not None:
            first, stop = line.tick_at(marked.start), line.tick_at(marked.stop)
        elif self.loops and isinstance(line, FilmLine):
            card = self._stage.film.card(self._stage.spot.shot_id) if self._stage.film else None
            first, stop = (card.start_frame, card.stop_frame) if card else (first, stop)
        first = max(0, min(line.num_ticks - 1, first))
        return first, max(first + 1, min(line.num_ticks, stop))

    def _wrapped(self, line: PlayLine, tick: int) -> int:
        first, stop = self._span(line)
        if first <= tick < stop:
            return tick
        return first + (tick - first) % (stop - first) if self.loops else max(first, min(stop - 1, tick))

    def _ahead(self, line: PlayLine) -> int:
        return round(float(line.rate) * self._pace * _LOOK_AHEAD_S) * self._direction

    def _start_at(self, tick: int) -> None:
        self._tick, self._from = tick, tick + (0.0 if self._direction > 0 else 1.0 - 1e-6)
        self._since = self.clock()

    def _set_timer(self) -> None:
        assert self._line is not None
        self._timer.start(max(4, round(500 / (float(self._line.rate) * max(1.0, self._pace)))))

    @Slot()
    def _advance(self) -> None:
        line = self._line
        if line is None:
            return
        first, stop = self._span(line)
        place = self._from + (self.clock() - self._since) * float(line.rate) * self._pace * self._direction
        over = not first <= place < stop
        wanted = self._wrapped(line, int(place // 1))
        if wanted == self._tick and not over:
            return
        shown = self._newest_ready(line, wanted)
        if shown is None:
            self._wait(wanted)
            return
        tick, moment = shown
        self._count_dropped(line, tick)
        self._tick = tick
        if over and self.loops:
            self._start_at(tick)
        self._show(moment)
        if over and not self.loops and tick == wanted:
            self.pause()

    def _newest_ready(self, line: PlayLine, wanted: int) -> tuple[int, Moment] | None:
        """The wanted moment; where it is late, the last one before it that can be shown and was not yet."""
        back = -self._direction
        between = range(wanted, self._tick, back) if (wanted - self._tick) * self._direction > 0 else (wanted,)
        for tick in between[:48]:
            moment = line.at(tick)
            if self._is_ready(moment):
                return tick, moment
        return None

    def _is_ready(self, moment: Moment) -> bool:
        take = moment.take
        if take is None:
            return True
        beside = self._companion(take, moment.frame_index) if take == self._stage.take else None
        shown: Sequence[tuple[Take, int]] = [(take, moment.frame_index), *([beside] if beside else [])]
        return all(self._has(one, at) for one, at in shown)

    def _has(self, take: Take, frame_index: int) -> bool:
        if take.num_frames > 1:
            return self._frames.peek(take, frame_index) is not None
        return self._pictures.get(PictureKey(media=media_of(take))) is not None

    def _wait(self, wanted: int) -> None:
        """Keep what is on screen; after a while let time stand still, so that nothing is skipped for a slow disk."""
        late_ms = abs(wanted - self._tick) / (float(self._line.rate) * self._pace) * 1000 if self._line else 0.0
        if self._line is not None and self._line.at(wanted).take != self._stage.take:
            coming = self._line.at(wanted)
            if coming.take is not None:
                self._frames.follow(self._heads(coming.take, coming.frame_index, self._direction))
        if late_ms > _WAIT_AT_MOST_MS:
            self._start_at(self._tick)

    def _count_dropped(self, line: PlayLine, tick: int) -> None:
        if self._pace > 1 or (tick - self._tick) * self._direction <= 1:
            return
        passed = [line.at(one) for one in range(self._tick, tick + self._direction, self._direction)]
        changes = sum((one.take, one.frame_index) != (other.take, other.frame_index) for one, other in pairwise(passed))
        self.num_dropped += max(0, changes - 1)

    def _show(self, moment: Moment) -> None:
        self._is_running = True
        try:
            self._stage.run_to(moment.spot, moment.take, moment.frame_index, moment.held_frames)
        finally:
            self._is_running = False

    def _go_to(self, *, first: bool) -> None:
        self.pause()
        take, line = self._stage.take, self.line_of_take()
        if take is None or line is None:
            return
        start, stop = self._span(line) if self._in is not None or self._out is not None else (0, line.num_ticks)
        self._stage.show_frame(start if first else stop - 1)

    def _change_speed(self, by: int) -> None:
        held = self._pace if self.is_playing else self.speed
        index = max(0, min(len(SPEEDS) - 1, SPEEDS.index(held) + by))
        self.speed = self._pace = SPEEDS[index]
        if self.is_playing and self._line is not None:
            self._start_at(self._tick)
            self._set_timer()
        self.changed.emit()

    @Slot()
    def _show_moved(self) -> None:
        if not self._is_running:
            self.pause()
        self.look_ahead()

    @Slot()
    def _show_film(self) -> None:
        if self.is_playing:
            self._line = self._make_line()
            self._start_at(self._line.tick_of(self._stage))
        self.look_ahead()
