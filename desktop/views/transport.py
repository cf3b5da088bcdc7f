"""Playing by mouse: buttons, time code, the bar to scrub, speed, loop, in and out."""

from fractions import Fraction

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme
from desktop.player import SPEEDS, Player
from desktop.stage import Stage
from desktop.translating import marked, plural, tr
from desktop.views.icon_button import IconButton
from desktop.views.parts import label, quiet_button
from desktop.views.scrub_bar import ScrubBar
from storage.frames import timecode

_NARROW_PX = 560
_TIGHT_PX = 430
_BUTTONS = {
    "back": (marked("One frame back"), "step_back"),
    "reverse": (marked("Play backward; again: faster"), "play_back"),
    "play": (marked("Play or pause"), "play"),
    "ahead": (marked("One frame ahead"), "step_ahead"),
}


class Transport(QWidget):
    """One row under the picture.

    Args:
        stage: what is on screen.
        player: what the buttons speak to.
    """

    def __init__(self, stage: Stage, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._player = player
        self._displayed = -1
        self._shows_pause: bool | None = None
        self._buttons = {name: IconButton(name, *told) for name, told in _BUTTONS.items()}
        self._buttons["back"].clicked.connect(player.step_back)
        self.reverse = self._buttons["reverse"]
        self.reverse.clicked.connect(lambda: player.play(-1))
        self._buttons["play"].clicked.connect(player.toggle)
        self._buttons["ahead"].clicked.connect(player.step_ahead)
        self.mark_in = quiet_button("In", "In point here", action="mark_in")
        self.mark_in.clicked.connect(player.mark_in)
        self.mark_out = quiet_button("Out", "Out point here", action="mark_out")
        self.mark_out.clicked.connect(player.mark_out)
        self.clear = quiet_button("Clear", "Forget in and out", action="clear_marks")
        self.clear.clicked.connect(player.clear_marks)
        self.loop = IconButton("loop", tr("Loop: round the take, or in to out"), "loop")
        self.loop.setCheckable(True)
        self.loop.clicked.connect(player.toggle_loop)
        self.speed = quiet_button("1×", "Play faster; the fastest goes on to the slowest", action="faster")
        self.speed.clicked.connect(self._next_speed)
        self.timecode = label("")
        self.timecode.setFont(theme.figures())
        self.timecode.setMinimumWidth(self.timecode.fontMetrics().horizontalAdvance("00:00:00:00") + 2)
        self.counter = label("", "soft")
        self.counter.setFont(theme.figures())
        self.bar = ScrubBar(stage, player)
        self.rate = label("", "soft")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(4)
        for widget in (*self._buttons.values(), self.timecode):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addSpacing(8)
        layout.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignBottom)
        layout.addSpacing(8)
        layout.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addSpacing(6)
        for widget in (self.rate, self.speed, self.mark_in, self.mark_out, self.clear, self.loop):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        for one in (self.timecode, self.counter, self.rate):
            one.setFixedHeight(self.bar.height())
        for signal in (stage.moved, stage.frame_moved, stage.here_changed, stage.detail_changed, player.changed):
            signal.connect(self.show_frame)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.show_frame()

    def show_displayed(self, frame_index: int) -> None:
        """Say which frame of the take is painted; it may be behind the one that is wanted.

        Args:
            frame_index: from 0; -1 for none.
        """
        self._displayed = frame_index
        self._show_counter()

    @Slot()
    def show_frame(self) -> None:
        """Show where the stage stands and how the player plays."""
        take, film = self._stage.take, self._stage.film
        moving = take is not None and take.num_frames > 1
        self._buttons["back"].setEnabled(moving)
        self._buttons["ahead"].setEnabled(moving)
        for button in (self.reverse, self._buttons["play"], self.mark_in, self.mark_out, self.loop, self.speed):
            button.setEnabled(self._player.can_play)
        on_slate = self._stage.frame_index < self._stage.slate_frames
        time = timecode(self._stage.film_frame, film.frame_rate) if film and film.shots else ""
        self.timecode.setText(tr("slate") if on_slate else time)
        self.rate.setText(
            tr("{rate} fps", rate=_rate_words(take.frame_rate)) if take and moving else tr("still") if take else ""
        )
        dropped = self._player.num_dropped
        self.rate.setToolTip(
            plural("{n} late frame was dropped.", "{n} late frames were dropped.", dropped) if dropped else ""
        )
        if self._shows_pause != self._player.is_playing:
            self._shows_pause = self._player.is_playing
            self._buttons["play"].show_icon("pause" if self._shows_pause else "play")
        pace = self._player.pace or self._player.speed
        self.speed.setText(f"{_speed_words(abs(pace))}×{' ◀' if pace < 0 else ''}")
        self.loop.setChecked(self._player.loops)
        marked = self._player.marked
        words = "" if marked is None or film is None else _marked_words(marked.start, marked.stop, film.frame_rate)
        for button, key in ((self.mark_in, tr("In point here")), (self.mark_out, tr("Out point here"))):
            button.setToolTip(f"{key}{words}")
        self._fit()
        self._show_counter()
        self.bar.update()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Show what there is room for, and the way to forget in and out where they are set."""
        has_room = self.width() >= _NARROW_PX
        for widget in (self.rate, self.mark_in, self.mark_out, self.loop):
            widget.setVisible(has_room)
        self.counter.setVisible(self.width() >= _TIGHT_PX)
        self.clear.setVisible(has_room and self._player.marked is not None)

    def _show_counter(self) -> None:
        take = self._stage.take
        if take is None or take.num_frames < 2:
            self.counter.setMinimumWidth(0)
            self.counter.setText("")
            return
        late = self._displayed != self._stage.frame_index
        shown = "–" if self._displayed < 0 else str(self._displayed + 1)
        widest = tr("frame {frame} of {all}", frame=take.num_frames, all=take.num_frames)
        self.counter.setMinimumWidth(self.counter.fontMetrics().horizontalAdvance(f"{widest} …"))
        told = tr("frame {frame} of {all}", frame=shown, all=take.num_frames)
        self.counter.setText(f"{told}{' …' if late else ''}")

    @Slot()
    def _next_speed(self) -> None:
        if self._player.speed == SPEEDS[-1]:
            for _ in SPEEDS:
                self._player.slower()
        else:
            self._player.faster()


def _rate_words(rate: Fraction) -> str:
    return str(rate.numerator) if rate.denominator == 1 else f"{float(rate):.3f}".rstrip("0")


def _speed_words(speed: float) -> str:
    return {0.25: "¼", 0.5: "½"}.get(speed, f"{speed:g}")


def _marked_words(start: int, stop: int, rate: Fraction) -> str:
    return "\n" + tr("in {start}, out {stop}", start=timecode(start, rate), stop=timecode(stop, rate))
