"""Paints what lies over the shots: ruler, scene headings, selection, playhead, and a gesture under way."""

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon

from desktop import theme
from desktop.timeline.gestures import GestureLook
from desktop.timeline.rows import LABEL_PX, RULER_PX, SCENE_PX, Rows
from desktop.timeline.scale import MARGIN_PX, MOST_PX_A_FRAME, Scale, frames_between, ruler_step
from desktop.timeline.selection import ShotSelection
from desktop.timeline.shot_line import ShotLine
from desktop.translating import tr
from desktop.views.parts import elided
from storage.domain.scene_graph import ShotId
from storage.frames import timecode

_LEAST_BAND_PX = 5
_NUMBER_EVERY_PX = 64
_NUMBER_PX = 32
_FRAME_LINES_FROM_PX = 8.0


def short_timecode(frame: int, rate: Fraction) -> str:
    """A time code without its hours where it has none: "01:07:14"."""
    whole = timecode(frame, rate)
    return whole.removeprefix("00:")


class OverPainter:
    """Paints over the strips, in the viewport's own pixels."""

    def __init__(self, line: ShotLine, scale: Scale, selection: ShotSelection) -> None:
        self._line = line
        self._scale = scale
        self._selection = selection
        self.rows = Rows(0)
        self._selected: bytes | None = None

    def forget_selection(self) -> None:
        """Other shots are selected, or the line shows others."""
        self._selected = None

    def paint_ruler(self, painter: QPainter, rate: Fraction) -> None:
        """Time codes and ticks; over a filtered line the time code at which each shot begins in the film."""
        width = self._scale.width_px
        painter.fillRect(QRect(0, 0, width, RULER_PX), theme.GROUND)
        painter.setFont(theme.figures(7.5))
        if self._line.hides:
            self._paint_shot_times(painter, rate)
            return
        px = self._scale.px_a_frame
        label, tick = ruler_step(px, rate)
        first, last = self._scale.frame(0), min(self._scale.frame(width), self._line.num_frames)
        painter.setPen(theme.QUEUED)
        ticks = [self._scale.x(frame) for frame in frames_between(first, last, tick) if frame <= self._line.num_frames]
        for x in ticks:
            painter.drawLine(x, RULER_PX - 4, x, RULER_PX - 1)
        for frame in frames_between(first, last, label):
            if frame <= self._line.num_frames:
                x = self._scale.x(frame)
                painter.setPen(theme.QUEUED)
                painter.drawLine(x, 4, x, RULER_PX - 1)
                words = short_timecode(frame, rate)
                if x + painter.fontMetrics().horizontalAdvance(words) + 4 <= width:
                    painter.setPen(theme.SOFT)
                    painter.drawText(x + 4, RULER_PX - 6, words)

    def paint_frame_lines(self, painter: QPainter) -> None:
        """A hairline at each frame, close in."""
        px = self._scale.px_a_frame
        if px < _FRAME_LINES_FROM_PX:
            return
        painter.setPen(theme.faded(theme.STAGE, min(150, round(150 * px / MOST_PX_A_FRAME) + 40)))
        first, last = self._scale.frame(0), min(self._scale.frame(self._scale.width_px), self._line.num_frames - 1)
        for frame in frames_between(first, last, 1):
            x = self._scale.x(frame)
            painter.drawLine(x, self.rows.thumb_top, x, self.rows.thumb_bottom - 1)

    def paint_scenes(self, painter: QPainter, current: ShotId | None) -> None:
        """A band for each scene, with its heading, which stays in sight while any of the scene is.

        Of scenes too narrow for their headings some numbers are left, as on a ruler.
        """
        scale, width = self._scale, self._scale.width_px
        painter.fillRect(QRect(0, RULER_PX, width, SCENE_PX), theme.PANEL)
        spans = self._line.scenes
        indexes = self._line.scenes_between(self._line.visible(self._scale))
        index = indexes.start
        here = self._line.film.card(current) if self._line.film and current else None
        numbers: list[tuple[int, str]] = []
        named_to = 0
        while index < indexes.stop:
            span = spans[index]
            left, right = scale.x(span.start_frame), scale.x(span.stop_frame)
            is_here = here is not None and here.scene.id == span.scene.id
            if right - left < _LEAST_BAND_PX:
                # Scenes too narrow to tell apart are one hatched band up to the next that is wide enough.
                stop_frame = scale.frame(left + _LEAST_BAND_PX)
                index = max(index + 1, bisect_left(spans, stop_frame, key=lambda span: span.start_frame))
                painter.fillRect(QRect(left, RULER_PX + 7, _LEAST_BAND_PX - 1, SCENE_PX - 12), theme.RAISED)
                if left >= named_to:
                    numbers.append((left, span.scene.number))
                    named_to = left + _NUMBER_EVERY_PX
                continue
            band = QRect(left, RULER_PX + 2, right - left - 4, SCENE_PX - 4)
            painter.fillRect(band, theme.SELECTED if is_here else theme.RAISED)
            painter.fillRect(QRect(left, RULER_PX + 2, 2, SCENE_PX - 4), theme.SOFT if is_here else theme.QUEUED)
            seen = band.intersected(QRect(0, 0, width, RULER_PX + SCENE_PX))
            room = seen.adjusted(6, 0, -2, 0)
            if self._paint_heading(painter, room, span.scene.number, span.scene.heading, is_here):
                if numbers and left < numbers[-1][0] + _NUMBER_PX:
                    numbers.pop()
                named_to = left + _NUMBER_EVERY_PX
            elif left >= named_to:
                numbers.append((left, span.scene.number))
                named_to = left + _NUMBER_EVERY_PX
            index += 1
        self._paint_numbers(painter, numbers)

    def _paint_numbers(self, painter: QPainter, numbers: list[tuple[int, str]]) -> None:
        painter.setFont(theme.figures(7.5))
        for left, number in numbers:
            room = QRect(left, RULER_PX + 2, painter.fontMetrics().horizontalAdvance(number) + 9, SCENE_PX - 4)
            painter.fillRect(room, theme.PANEL)
            painter.fillRect(QRect(left, room.top(), 1, room.height()), theme.QUEUED)
            painter.setPen(theme.SOFT)
            painter.drawText(room.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, number)

    def _paint_heading(self, painter: QPainter, room: QRect, number: str, heading: str, is_here: bool) -> bool:
        """Paint a scene's number and as much of its heading as there is room for; False where not even the number."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(theme.SMALL_PT, strong=True))
        painter.setPen(theme.TEXT)
        taken = painter.fontMetrics().horizontalAdvance(number) + 6
        if taken - 6 > room.width():
            return False
        painter.drawText(room, middle, number)
        if room.width() - taken > 26:
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.TEXT if is_here else theme.SOFT)
            room = room.adjusted(taken, 0, 0, 0)
            painter.drawText(room, middle, elided(painter, heading, room.width()))
        return True

    def paint_cut_off_label(self, painter: QPainter) -> None:
        """The name of a shot whose beginning lies left of the view, at its edge."""
        visible = self._line.visible(self._scale)
        if not visible:
            return
        card = self._line.shots[visible.start]
        left, right = self._scale.x(self._line.starts[visible.start]), self._scale.x(self._line.stop(visible.start))
        painter.setFont(theme.font(theme.SMALL_PT))
        measured = painter.fontMetrics().horizontalAdvance
        width = measured(card.shot.label)
        # Its own label ends with its length, which must have left the view before the name comes again.
        whole = width + 8 + measured(tr("{frames} f", frames=card.shot.duration_frames))
        if left < -whole and right > width + 12:
            painter.setPen(theme.SOFT)
            place = QRect(4, self.rows.label_top, width + 4, LABEL_PX)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, card.shot.label)

    def paint_selection(self, painter: QPainter, current: ShotId | None) -> None:
        """What is selected: a bar above and a tint; the shot on screen has a frame around it."""
        scale, rows = self._scale, self.rows
        visible = self._line.visible(self._scale)
        if len(self._selection.shot_ids) > 1:
            for run in self._selected_runs(visible):
                left, right = scale.x(self._line.starts[run.start]), scale.x(self._line.stop(run.stop - 1))
                left, right = max(left, -4), min(right, scale.width_px + 4)
                body = QRect(left, rows.flag_top, max(2, right - left - 2), rows.bottom - rows.flag_top)
                painter.fillRect(body, theme.faded(theme.TEXT, 26))
                painter.fillRect(QRect(body.left(), rows.flag_top, body.width(), 2), theme.TEXT)
                painter.fillRect(QRect(body.left(), rows.bottom - 2, body.width(), 2), theme.TEXT)
        place = self._place_of(current)
        if place is not None and place in visible:
            left, right = scale.x(self._line.starts[place]), scale.x(self._line.stop(place))
            left, right = max(left, -4), min(right, scale.width_px + 4)
            rect = QRect(left, rows.thumb_top, max(3, right - left - 2), rows.thumb_px)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.TEXT, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def paint_playhead(self, painter: QPainter, frame: int, rate: Fraction) -> None:
        """A line through all rows, with its time code on the ruler."""
        x = self._scale.x(self._line.line_frame(frame))
        if not 0 <= x <= self._scale.width_px:
            return
        painter.fillRect(QRect(x, RULER_PX - 4, 1, self.rows.bottom - RULER_PX + 4), theme.TEXT)
        words = short_timecode(frame, rate)
        painter.setFont(theme.figures(7.5))
        room = painter.fontMetrics().horizontalAdvance(words) + 10
        left = max(1, min(x - room // 2, self._scale.width_px - room - 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.TEXT)
        painter.drawRoundedRect(QRect(left, 1, room, RULER_PX - 5), 3, 3)
        painter.drawPolygon(QPolygon([QPoint(x - 4, RULER_PX - 5), QPoint(x + 5, RULER_PX - 5), QPoint(x, RULER_PX)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.STAGE)
        painter.drawText(QRect(left, 1, room, RULER_PX - 5), Qt.AlignmentFlag.AlignCenter, words)

    def paint_gesture(self, painter: QPainter, look: GestureLook, cost: str) -> None:
        """Rubber band, drop line or drawn edge, and beside the pointer what will happen and what it costs."""
        rows, scale = self.rows, self._scale
        for shot_id in look.lifted:
            self._paint_lifted(painter, shot_id)
        if look.band is not None:
            painter.fillRect(look.band, theme.faded(theme.TEXT, 24))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.TEXT, 1, Qt.PenStyle.DashLine))
            painter.drawRect(look.band)
        if look.drop_frame is not None:
            x = max(2, min(scale.x(look.drop_frame) - 1, scale.width_px - 3))
            painter.fillRect(QRect(x - 1, rows.scene_top, 3, rows.bottom - rows.scene_top), theme.TEXT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.TEXT)
            top = rows.thumb_top
            painter.drawPolygon(QPolygon([QPoint(x - 6, top), QPoint(x + 7, top), QPoint(x, top + 7)]))
        if look.stretch is not None:
            self._paint_stretch(painter, *look.stretch)
        if look.words:
            self._paint_words(painter, look.at, look.words, cost, theme.RED if look.refused else theme.TEXT)

    def _paint_lifted(self, painter: QPainter, shot_id: ShotId) -> None:
        place = self._place_of(shot_id)
        if place is not None and place in self._line.visible(self._scale):
            left, right = self._scale.x(self._line.starts[place]), self._scale.x(self._line.stop(place))
            rect = QRect(left, self.rows.thumb_top, right - left - 2, self.rows.thumb_px)
            painter.fillRect(rect, theme.faded(theme.STAGE, 150))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.TEXT, 1, Qt.PenStyle.DashLine))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_stretch(self, painter: QPainter, before: int, now: int) -> None:
        rows, scale = self.rows, self._scale
        left, right = sorted((scale.x(before), scale.x(now)))
        colour = theme.GREEN if now > before else theme.STAGE
        painter.fillRect(QRect(left, rows.thumb_top, right - left, rows.thumb_px), theme.faded(colour, 150))
        painter.fillRect(QRect(scale.x(now) - 2, rows.flag_top, 3, rows.bottom - rows.flag_top), theme.TEXT)

    def _paint_words(self, painter: QPainter, at: QPoint, words: str, cost: str, colour: QColor) -> None:
        painter.setFont(theme.figures(theme.SMALL_PT))
        metrics = painter.fontMetrics()
        lines = [text for text in (words, cost) if text]
        width = max(metrics.horizontalAdvance(text) for text in lines) + 18
        height = metrics.height() * len(lines) + 10
        left = max(4, min(at.x() + 14, self._scale.width_px - width - 4))
        top = max(2, min(at.y() - height - 8, self.rows.bottom - height - 2))
        box = QRect(left, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.FOCUS, 1))
        painter.setBrush(theme.STAGE)
        painter.drawRoundedRect(box, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for index, text in enumerate(lines):
            painter.setPen(colour if index == 0 else theme.VIOLET)
            painter.drawText(left + 9, top + 5 + metrics.ascent() + index * metrics.height(), text)

    def _paint_shot_times(self, painter: QPainter, rate: Fraction) -> None:
        film = self._line.film
        if film is None:
            return
        drawn_to = MARGIN_PX - 1
        for place in self._line.visible(self._scale):
            x = self._scale.x(self._line.starts[place])
            if x < drawn_to:
                continue
            painter.setPen(theme.QUEUED)
            painter.drawLine(x, 4, x, RULER_PX - 1)
            painter.setPen(theme.SOFT)
            painter.drawText(x + 4, RULER_PX - 6, short_timecode(self._line.shots[place].start_frame, rate))
            drawn_to = x + 64

    def _selected_runs(self, visible: range) -> Iterator[range]:
        if self._selected is None or len(self._selected) != len(self._line):
            self._selected = bytes(card.shot.id in self._selection for card in self._line.shots)
        start = self._selected.find(1, visible.start, visible.stop)
        while start >= 0:
            stop = self._selected.find(0, start, visible.stop)
            stop = stop if stop >= 0 else visible.stop
            yield range(start, stop)
            start = self._selected.find(1, stop, visible.stop)

    def _place_of(self, shot_id: ShotId | None) -> int | None:
        film = self._line.film
        index = film.index_of.get(shot_id) if film and shot_id else None
        return self._line.place_of(index) if index is not None else None
