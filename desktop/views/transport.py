"""Playing: buttons, time code, and a bar to scrub that shows where a clip drifts."""

from fractions import Fraction

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QMouseEvent, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.stage import Stage
from desktop.views.parts import label
from desktop.wording import timecode
from storage.domain.findings import FrameRange, Verdict

_SHAPES = {
    "back": (((12, 3), (12, 13), (5, 8)), ((5, 3), (5, 13), (3, 13), (3, 3))),
    "play": (((4, 2), (4, 14), (14, 8)),),
    "pause": (((3, 2), (3, 14), (6, 14), (6, 2)), ((10, 2), (10, 14), (13, 14), (13, 2))),
    "ahead": (((4, 3), (4, 13), (11, 8)), ((11, 3), (11, 13), (13, 13), (13, 3))),
}


class Player(QWidget):
    """Moves the stage's frame in time: play, pause, step. Loops at the end of a take.

    Args:
        stage: whose frame is moved.
        has_frame: whether a frame can be painted now; time stands still while it cannot.
    """

    playing_changed = Signal(bool)

    def __init__(self, stage: Stage, has_frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._has_frame = has_frame
        self._speed = 1
        self._from = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._advance)
        stage.moved.connect(self.pause)
        self._buttons = {name: _button(name, words) for name, words in _BUTTONS.items()}
        self._buttons["back"].clicked.connect(self.step_back)
        self._buttons["play"].clicked.connect(self.toggle)
        self._buttons["ahead"].clicked.connect(self.step_ahead)
        self.timecode = label("")
        self.timecode.setFont(theme.figures())
        self.counter = label("", "soft")
        self.counter.setFont(theme.figures())
        self.bar = ScrubBar(stage)
        self.rate = label("", "soft")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(4)
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(self.timecode)
        layout.addSpacing(8)
        layout.addWidget(self.bar, 1)
        layout.addSpacing(8)
        layout.addWidget(self.counter)
        layout.addSpacing(8)
        layout.addWidget(self.rate)
        for signal in (stage.moved, stage.frame_moved, stage.film_changed, stage.detail_changed):
            signal.connect(self.show_frame)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.show_frame()

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @Slot()
    def toggle(self) -> None:
        """Play, or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play(1)

    def play(self, speed: int) -> None:
        """Play the take on screen.

        Args:
            speed: 1 forward, -1 backward; asked for again in the same direction it doubles, up to 8.
        """
        take = self._stage.take
        if take is None or take.num_frames < 2:
            return
        if self.is_playing and (self._speed > 0) == (speed > 0):
            speed = max(-8, min(8, self._speed * 2))
        self._speed = speed
        self._from = self._stage.frame_index
        self._clock.start()
        self._timer.start(max(4, round(500 / float(take.frame_rate * abs(speed)))))
        self._show_playing()

    @Slot()
    def pause(self) -> None:
        """Stand still."""
        if self.is_playing:
            self._timer.stop()
            self._show_playing()

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
    def show_frame(self) -> None:
        """Show which frame is on screen."""
        take, film = self._stage.take, self._stage.film
        moving = take is not None and take.num_frames > 1
        for button in self._buttons.values():
            button.setEnabled(moving)
        on_slate = self._stage.frame_index < self._stage.slate_frames
        time = timecode(self._stage.film_frame, film.frame_rate) if film and film.shots else ""
        self.timecode.setText("slate" if on_slate else time)
        self.counter.setText(f"frame {self._stage.frame_index + 1} of {take.num_frames}" if take and moving else "")
        self.rate.setText(f"{_rate_words(take.frame_rate)} fps" if take and moving else "still" if take else "")
        self.bar.update()

    @Slot()
    def _advance(self) -> None:
        take = self._stage.take
        if take is None:
            self.pause()
            return
        ahead = int(self._clock.elapsed() * float(take.frame_rate) * self._speed / 1000)
        frame = (self._from + ahead) % take.num_frames
        if frame == self._stage.frame_index:
            return
        if self._has_frame(take, frame):
            self._stage.show_frame(frame)
        else:
            self._from = self._stage.frame_index
            self._clock.start()

    def _show_playing(self) -> None:
        self._buttons["play"].setIcon(_icon("pause" if self.is_playing else "play"))
        self.playing_changed.emit(self.is_playing)


class ScrubBar(QWidget):
    """The frames of a take from left to right; press to go to one."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.setMinimumWidth(80)
        self.setFixedHeight(22)
        self.setAccessibleName("Frames")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        painter.setBrush(theme.QUEUED)
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        take = self._stage.take
        if take is not None and take.num_frames > 1:
            painter.setBrush(theme.RED)
            for drift in self.drift_ranges():
                left, right = self._x(drift.start), self._x(drift.stop)
                painter.drawRoundedRect(QRectF(left, middle - 2, max(3.0, right - left), 4), 2, 2)
            x = self._x(self._stage.frame_index + 0.5)
            painter.setBrush(theme.TEXT)
            painter.drawRoundedRect(QRectF(x - 1, middle - 8, 2, 16), 1, 1)
        painter.end()

    def drift_ranges(self) -> tuple[FrameRange, ...]:
        """Where the take on screen drifts along time."""
        return tuple(
            finding.frame_range
            for finding in self._stage.findings
            if finding.verdict is Verdict.DRIFT and finding.frame_range is not None
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        take = self._stage.take
        if take is not None:
            self._stage.show_frame(int(event.position().x() / max(1, self.width()) * take.num_frames))

    def _x(self, frame: float) -> float:
        take = self._stage.take
        return frame / take.num_frames * self.width() if take else 0.0


_BUTTONS = {"back": "One frame back  ←", "play": "Play or pause  Space", "ahead": "One frame ahead  →"}


def _button(name: str, words: str) -> QPushButton:
    button = QPushButton(_icon(name), "")
    button.setObjectName("quiet")
    button.setIconSize(QSize(16, 16))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _icon(name: str) -> QIcon:
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2, 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.TEXT)
    for shape in _SHAPES[name]:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))
    painter.end()
    return QIcon(pixmap)


def _rate_words(rate: Fraction) -> str:
    return str(rate.numerator) if rate.denominator == 1 else f"{float(rate):.3f}".rstrip("0")
