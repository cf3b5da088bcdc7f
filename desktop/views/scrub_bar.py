"""The frames of what is on screen from left to right: to scrub, with in and out, and strips where a clip drifts."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from desktop import theme
from desktop.note_words import note_sentence
from desktop.player import Player
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.note_ticks import paint_ticks, tick_at, ticks_of
from desktop.views.parts import elided
from desktop.wording import finding_label, finding_name, frames_words
from storage.domain.findings import Finding, Verdict
from storage.domain.notes import Note

_GROOVE = 22
_LANE = 14
_MOST_LANES = 3
_GAP = 2
_TICKS = 5.5


class ScrubBar(QWidget):
    """Press to go to a frame; press on a strip to go to where that drift begins.

    Signals:
        finding_hovered: the drift whose strip is under the mouse; empty for none.
        note_clicked: with the id of the note whose mark was pressed.

    Args:
        stage: what is on screen.
        player: whose in and out are shown.
    """

    finding_hovered = Signal(str)
    note_clicked = Signal(object)

    def __init__(self, stage: Stage, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._player = player
        self._hovered = ""
        self._lanes: tuple[tuple[Finding, ...], ...] = ()
        self.notes: tuple[Note, ...] = ()
        self.setMinimumWidth(80)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Frames"))
        self.show_strips()
        for signal in (stage.moved, stage.here_changed):
            signal.connect(self.show_strips)
        for signal in (
            stage.frame_moved,
            stage.finding_chosen,
            stage.detail_changed,
            stage.note_chosen,
            player.changed,
        ):
            signal.connect(self.update)

    def drifts(self) -> tuple[Finding, ...]:
        """What drifts along the take on screen, each with its frames."""
        film, take = self._stage.film, self._stage.take
        counted = film.take_drifts(take) if film and take else ()
        return tuple(
            finding
            for finding in self._stage.findings
            if finding.frame_range is not None and (finding.verdict is Verdict.DRIFT or finding.key in counted)
        )

    @property
    def lanes(self) -> list[list[str]]:
        """Names of the drifts in each lane, from the top."""
        return [[finding_name(finding) for finding in lane] for lane in self._lanes]

    @property
    def num_frames(self) -> int:
        """How many frames the bar is long: those of the take, or those for which a still is held."""
        take, film = self._stage.take, self._stage.film
        if take is not None and take.num_frames > 1:
            return take.num_frames
        card = film.card(self._stage.spot.shot_id) if film else None
        return card.shot.duration_frames if card else 1

    def strip_rect(self, finding: Finding) -> QRectF:
        """Where the strip of a drift is; empty where it has none."""
        for lane, findings in enumerate(self._lanes):
            if finding in findings and finding.frame_range is not None:
                left, right = self._x(finding.frame_range.start), self._x(finding.frame_range.stop)
                return QRectF(left, lane * _LANE + 1, max(4.0, right - left), _LANE - 2)
        return QRectF()

    @Slot()
    def show_strips(self) -> None:
        """Show the drifts of the take on screen: those that overlap one above the other."""
        lanes: list[list[Finding]] = []
        for finding in sorted(self.drifts(), key=lambda one: one.frame_range.start if one.frame_range else 0):
            lane = next((lane for lane in lanes if not _overlap(lane[-1], finding)), None)
            if lane is not None:
                lane.append(finding)
            elif len(lanes) < _MOST_LANES:
                lanes.append([finding])
        self._lanes = tuple(tuple(lane) for lane in lanes)
        film, take = self._stage.film, self._stage.take
        self.notes = ticks_of(film.notes_on(take)) if film and take else ()
        self.setFixedHeight(_GROOVE + len(lanes) * _LANE + (_GAP if lanes else 0))
        self.update()

    def show_hovered(self, key: str) -> None:
        """Light the strip of a finding that is under the mouse elsewhere."""
        self._hovered = key
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() - _GROOVE / 2
        painter.setBrush(theme.QUEUED if self._player.can_play else theme.UNDECIDED)
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        self._paint_marked(painter, middle)
        for lane in self._lanes:
            for finding in lane:
                self._paint_strip(painter, finding, middle)
        paint_ticks(painter, self.notes, self._stage.note_id, self._x, self.height() - _TICKS)
        if self._stage.take is not None or self._stage.held_frames:
            x = self._x(self._place() + 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.TEXT)
            painter.drawRoundedRect(QRectF(x - 1, 0, 2, self.height() - 2), 1, 1)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        finding, note = self._finding_at(event.position()), self.note_at(event.position())
        if note is not None:
            self.note_clicked.emit(note.id)
        elif finding is not None and finding.frame_range is not None:
            self._player.pause()
            self._stage.choose_finding(finding.key)
            self._stage.show_frame(finding.frame_range.start)
        else:
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)
            return
        finding = self._finding_at(event.position())
        key = finding.key if finding else ""
        if key != self._hovered:
            self._hovered = key
            self.finding_hovered.emit(key)
            self.update()

    def leaveEvent(self, event) -> None:
        if self._hovered:
            self._hovered = ""
            self.finding_hovered.emit("")
            self.update()

    def event(self, event) -> bool:
        if isinstance(event, QHelpEvent):
            finding, note = self._finding_at(QPointF(event.pos())), self.note_at(QPointF(event.pos()))
            if note is not None and self._stage.film is not None:
                QToolTip.showText(event.globalPos(), note_sentence(self._stage.film, note), self)
            elif finding is not None and finding.frame_range is not None:
                QToolTip.showText(event.globalPos(), strip_words(finding), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def note_at(self, point: QPointF) -> Note | None:
        """The note whose mark is at a point."""
        return tick_at(self.notes, self._x, self.height() - _TICKS, point)

    def _go(self, event: QMouseEvent) -> None:
        take, spot = self._stage.take, self._stage.spot
        wanted = int(event.position().x() / max(1, self.width()) * self.num_frames)
        if take is not None and take.num_frames > 1:
            self._player.pause()
            self._stage.show_frame(wanted)
        elif spot.shot_id is not None and self._player.can_play:
            self._player.pause()
            self._stage.run_to(spot, take, 0, max(0, min(self.num_frames - 1, wanted)))

    def _place(self) -> int:
        take = self._stage.take
        return self._stage.frame_index if take and take.num_frames > 1 else self._stage.held_frames

    def _x(self, frame: float) -> float:
        return frame / max(1, self.num_frames) * self.width()

    def _finding_at(self, point: QPointF) -> Finding | None:
        strips = (finding for lane in self._lanes for finding in lane)
        return next((finding for finding in strips if self.strip_rect(finding).contains(point)), None)

    def _marked_ticks(self) -> tuple[float, float] | None:
        marked, film = self._player.marked, self._stage.film
        line = self._player.line_of_take()
        if marked is None or film is None:
            return None
        if line is not None:
            return line.tick_at(marked.start), line.tick_at(marked.stop)
        card = film.card(self._stage.spot.shot_id)
        start = card.start_frame if card else 0
        return marked.start - start, marked.stop - start

    def _paint_marked(self, painter: QPainter, middle: float) -> None:
        ticks = self._marked_ticks()
        if ticks is None:
            return
        left, right = (max(-20.0, min(self.width() + 20.0, self._x(tick))) for tick in ticks)
        painter.setBrush(theme.SOFT)
        painter.drawRect(QRectF(max(0.0, left), middle - 2, max(0.0, min(right, self.width()) - max(0.0, left)), 4))
        painter.setBrush(theme.AMBER)
        for x, way in ((left, 1), (right, -1)):
            bracket = [(0, -7), (5 * way, -7), (2 * way, -4), (2 * way, 4), (5 * way, 7), (0, 7)]
            painter.drawPolygon(QPolygonF([QPointF(x + dx, middle + dy) for dx, dy in bracket]))

    def _paint_strip(self, painter: QPainter, finding: Finding, middle: float) -> None:
        strip = self.strip_rect(finding)
        strong = finding.key in (self._stage.finding_key, self._hovered)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.RED if strong else theme.faded(theme.RED, 150))
        painter.drawRoundedRect(strip, 2, 2)
        painter.drawRoundedRect(QRectF(strip.left(), middle - 2, strip.width(), 4), 2, 2)
        painter.setFont(theme.font(theme.SMALL_PT - 0.5, strong=strong))
        words = elided(painter, finding_name(finding), int(strip.width() - 8))
        if len(words) > 2:
            painter.setPen(theme.STAGE if strong else theme.TEXT)
            painter.drawText(strip.adjusted(4, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, words)


def strip_words(finding: Finding) -> str:
    """What a strip says: "MARA: eyes: blue, should be brown, frames 9 to 14"."""
    frames = finding.frame_range
    assert frames is not None
    what = (
        tr("{observed}, should be {expected}", observed=tr(finding.observed), expected=tr(finding.expected))
        if finding.expected
        else finding.message
    )
    return tr(
        "{label}: {what}\n{frames}, {confidence} % sure",
        label=finding_label(finding),
        what=what,
        frames=frames_words(frames),
        confidence=f"{finding.confidence * 100:.0f}",
    )


def _overlap(one: Finding, other: Finding) -> bool:
    a, b = one.frame_range, other.frame_range
    return a is not None and b is not None and a.start < b.stop and b.start < a.stop
