"""Paints a stretch of the line: thumbnails, flags, lanes and labels of shots, or columns where shots are too narrow."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby
from math import ceil
from operator import itemgetter, or_
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPolygon

from desktop import theme
from desktop.pictures import PictureKey, poster_key
from desktop.snapshot import ShotCard
from desktop.standing_light import Light
from desktop.timeline.lane_look import fill_lane
from desktop.timeline.rows import FLAG_PX, LABEL_PX, LANE_PX, LANES, Rows
from desktop.timeline.scale import Scale
from desktop.timeline.shot_line import FLAGGED, NOTED, NUM_LANES, RANKED, ShotLine, worst_in
from desktop.translating import tr
from desktop.views.parts import elided

COLUMN_PX = 3
_LEAST_SHOT_PX = 4.0
_LEAST_PICTURE_PX = 10
_LEAST_LABEL_PX = 10
_HELD_OPACITY = 0.38
_STRENGTH = {
    Light.APPROVED: 55, Light.STALE: 100, Light.IN_WORK: 100, Light.NEEDS_YOU: 115, Light.SET_ASIDE: 150,
    Light.DRIFT: 200,
}  # fmt: skip
_Look = TypeVar("_Look")
_STACK = tuple((light, RANKED.index(light)) for light in _STRENGTH)


class _Column(NamedTuple):
    states: int
    heights: tuple[tuple[Light, int], ...]
    matches: bool


class ShotPainter:
    """Paints shots into a strip whose left edge is a place of the content; everything else is painted over it.

    Args:
        get_picture: a picture, or None where it is still to come.
    """

    def __init__(self, line: ShotLine, scale: Scale, get_picture: Callable[[PictureKey], QImage | None]) -> None:
        self._line = line
        self._scale = scale
        self.get_picture = get_picture
        self.rows = Rows(0)
        self.matches: bytes | None = None
        """For each shot of the line whether it matches the filter; None where none is set."""
        self.awaited: list[PictureKey] = []
        self.num_painted = 0

    @property
    def shows_columns(self) -> bool:
        """Whether shots are so narrow that only the worst of several is shown."""
        num_shots = max(1, len(self._line))
        return self._line.num_frames * self._scale.px_a_frame / num_shots < _LEAST_SHOT_PX

    def paint(self, painter: QPainter, left: int, width: int) -> None:
        """Paint the content from `left` on, in pixels of the content, at the painter's origin.

        Leaves in `awaited` the pictures that were not there.

        Args:
            left: a multiple of the patterns' period and of a column's width, so that strips meet.
        """
        self.awaited = []
        painter.fillRect(QRect(0, 0, width, self.rows.height_px), theme.PANEL)
        if self.shows_columns:
            self._paint_columns(painter, left, width)
        else:
            self._paint_shots(painter, left, width)

    def _paint_shots(self, painter: QPainter, left: int, width: int) -> None:
        line, scale, rows = self._line, self._scale, self.rows
        lanes: list[dict[Light, list[QRect]]] = [defaultdict(list) for _ in LANES]
        veiled: list[QRect] = []
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place in line.between((left - 1) / scale.px_a_frame, (left + width + 1) / scale.px_a_frame):
            card = line.shots[place]
            start = scale.content_x(line.starts[place])
            stop = scale.content_x(line.stop(place))
            gap = 0 if stop - start < 6 else 4 if place + 1 == line.scene_at(place).stop else 2
            rect = QRect(start - left, rows.thumb_top, max(1, stop - start - gap), rows.thumb_px)
            # A shot may be far wider than the strip: only what lies in it is painted.
            near, far = max(rect.left(), -40), min(rect.right(), width + 40)
            self._paint_picture(painter, card, rect, near, far)
            for lane, light in enumerate(card.lanes):
                lanes[lane][light].append(QRect(near, rows.lane_top(lane), far - near + 1, LANE_PX))
            if line.states[place] & FLAGGED:
                self._paint_flag(painter, rect, card.num_flags)
            if card.num_notes:
                self._paint_notes(painter, rect, card.num_notes)
            self._paint_label(painter, card, rect)
            if self.matches is not None and not self.matches[place]:
                veiled.append(QRect(near, rows.flag_top, far - near + 1, rows.label_top - rows.flag_top))
            self.num_painted += 1
        self._fill_lanes(painter, lanes)
        self._veil(painter, veiled)

    def _paint_columns(self, painter: QPainter, left: int, width: int) -> None:
        rows = self.rows
        bodies: dict[Light, list[QRect]] = defaultdict(list)
        columns = list(self._columns(left, width))
        self.num_painted += len(columns)
        floor = rows.thumb_bottom
        for start, stop, column in columns:
            near, far, bottom = start - left, stop - start, floor
            for light, height in column.heights:
                bodies[light].append(QRect(near, bottom - height, far, height))
                bottom -= height
        # Each state of a lane goes on over many columns that differ in their bodies: it is one rectangle.
        lanes: list[dict[Light, list[QRect]]] = [defaultdict(list) for _ in LANES]
        for lane in range(NUM_LANES):
            seen = [(start, stop, worst_in(column.states, lane)) for start, stop, column in columns]
            for start, stop, light in _runs(seen):
                lanes[lane][light].append(QRect(start - left, rows.lane_top(lane), stop - start, LANE_PX))
        painter.fillRect(QRect(0, rows.thumb_top, columns[-1][1] - left if columns else 0, rows.thumb_px), theme.RAISED)
        for start, stop, flagged in _runs([(start, stop, column.states & FLAGGED) for start, stop, column in columns]):
            if flagged:
                painter.fillRect(QRect(start - left, rows.flag_top, stop - start, FLAG_PX), theme.RED)
        for start, stop, noted in _runs([(start, stop, column.states & NOTED) for start, stop, column in columns]):
            if noted:
                # Under a flag, or where one would be.
                painter.fillRect(QRect(start - left, rows.flag_top + FLAG_PX - 2, stop - start, 2), theme.NOTE)
        veiled = [
            QRect(start - left, rows.flag_top, stop - start, rows.label_top - rows.flag_top)
            for start, stop, matches in _runs([(start, stop, column.matches) for start, stop, column in columns])
            if not matches
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        for light, rects in bodies.items():
            painter.setBrush(theme.faded(theme.LIGHTS[light], _STRENGTH[light]))
            painter.drawRects(rects)
        self._fill_lanes(painter, lanes)
        self._veil(painter, veiled)

    def _columns(self, left: int, width: int) -> Iterator[tuple[int, int, _Column]]:
        """Runs of columns that look the same: where each begins and ends, and what it shows."""
        line, px = self._line, self._scale.px_a_frame
        end = min(left + width, self._scale.content_x(line.num_frames))
        room = self.rows.thumb_px
        yield from _runs(
            [
                (at, min(at + COLUMN_PX, end), self._column(line.between(at / px, (at + COLUMN_PX) / px), room))
                for at in range(left, end, COLUMN_PX)
            ]
        )

    def _column(self, places: range, room: int) -> _Column:
        matches, line = self.matches, self._line
        ranks = line.ranks[places.start : places.stop]
        if matches is None or all(matches[places.start : places.stop]):
            return _Column(line.worst_states(places), _heights(ranks, len(places), room), True)
        # Where only some match, theirs are the states to see.
        matching = [place for place in places if matches[place]]
        if not matching:
            return _Column(line.worst_states(places), _heights(ranks, len(places), room), False)
        states = reduce(or_, (line.states[place] for place in matching))
        return _Column(states, _heights(bytes(line.ranks[place] for place in matching), len(places), room), True)

    def _fill_lanes(self, painter: QPainter, lanes: Sequence[Mapping[Light, list[QRect]]]) -> None:
        for lane in lanes:
            for light, rects in lane.items():
                fill_lane(painter, light, rects)

    def _veil(self, painter: QPainter, rects: list[QRect]) -> None:
        if rects:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.faded(theme.PANEL, 180))
            painter.drawRects(rects)

    def _paint_picture(self, painter: QPainter, card: ShotCard, rect: QRect, near: int, far: int) -> None:
        shown = QRect(near, rect.top(), far - near + 1, rect.height())
        painter.fillRect(shown, theme.RAISED)
        if not card.planned:
            painter.fillRect(shown, QBrush(theme.LINE, Qt.BrushStyle.BDiagPattern))
        image = self._picture_of(painter, card, rect) if rect.width() >= _LEAST_PICTURE_PX else None
        if image is None:
            if rect.width() > 40:
                painter.setPen(theme.FAINT)
                painter.setFont(theme.font(theme.SMALL_PT))
                words = tr(card.shot.size) if card.planned else tr("not planned")
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, elided(painter, words, rect.width() - 8))
            return
        painter.save()
        painter.setClipRect(shown)
        width = max(8, round(image.width() * rect.height() / max(1, image.height())))
        # A shot longer than its picture holds it, paler; one shorter shows its middle.
        at = rect.left() if width < rect.width() else rect.center().x() - width // 2
        opacity = 1.0 if card.planned else 0.35
        skipped = max(0, (near - at) // width)
        at += skipped * width
        first = skipped == 0
        while at <= far:
            painter.setOpacity(opacity if first else opacity * _HELD_OPACITY)
            painter.drawImage(QRect(at, rect.top(), width, rect.height()), image)
            at += width
            first = False
        painter.restore()

    def _picture_of(self, painter: QPainter, card: ShotCard, rect: QRect) -> QImage | None:
        if card.poster is None:
            return None
        key = poster_key(card.poster, ceil(rect.height() * painter.device().devicePixelRatioF() / 8) * 8)
        image = self.get_picture(key)
        if image is None:
            self.awaited.append(key)
            return None
        return None if image.isNull() else image

    def _paint_flag(self, painter: QPainter, rect: QRect, number: int) -> None:
        """A small flag on its pole above the shot, with the number of drifts where there is room."""
        top, left = self.rows.flag_top, rect.left()
        painter.fillRect(QRect(left, top, 1, FLAG_PX), theme.RED)
        painter.setBrush(theme.RED)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygon([QPoint(left, top), QPoint(left + 7, top + 2), QPoint(left, top + 5)]))
        if rect.width() < 26:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(7.5, strong=True))
        words = str(number)
        room = max(16, painter.fontMetrics().horizontalAdvance(words) + 9)
        badge = QRect(rect.right() - room - 3, rect.top() + 4, room, 14)
        painter.drawRoundedRect(badge, 7, 7)
        painter.setPen(theme.STAGE)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_notes(self, painter: QPainter, rect: QRect, number: int) -> None:
        """A small slip of paper on the thumbnail with the number of open notes; a tick above it without the room."""
        if rect.width() < 26:
            painter.fillRect(QRect(rect.right() - 2, self.rows.flag_top, 3, FLAG_PX - 1), theme.NOTE)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(7.5, strong=True))
        words = str(number)
        room = max(16, painter.fontMetrics().horizontalAdvance(words) + 9)
        left, top = rect.left() + 3, rect.bottom() - 17
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.NOTE)
        corners = ((0, 0), (room, 0), (room, 9), (room - 5, 14), (0, 14))
        painter.drawPolygon(QPolygon([QPoint(left + x, top + y) for x, y in corners]))
        painter.setPen(theme.STAGE)
        painter.drawText(QRect(left, top, room, 14), Qt.AlignmentFlag.AlignCenter, words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_label(self, painter: QPainter, card: ShotCard, rect: QRect) -> None:
        if rect.width() < _LEAST_LABEL_PX:
            return
        place = QRect(rect.left() + 1, self.rows.label_top, rect.width() - 2, LABEL_PX)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.SOFT if card.planned else theme.FAINT)
        measured = painter.fontMetrics().horizontalAdvance
        # The scene's number stands above: where there is no room for all, the letter tells shots apart.
        names = (card.shot.label, card.shot.label.removeprefix(card.scene.number))
        name = next((name for name in names if measured(name) <= place.width()), "")
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        taken = measured(name) + 7
        words = tr("{frames} f", frames=card.shot.duration_frames)
        if taken + measured(words) <= place.width():
            painter.setPen(theme.FAINT)
            painter.drawText(place.adjusted(taken, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)


def _runs(stretches: Sequence[tuple[int, int, _Look]]) -> Iterator[tuple[int, int, _Look]]:
    """Puts stretches that follow one another and look the same together: where each begins and ends, and its look."""
    for look, same in groupby(stretches, key=itemgetter(2)):
        first, *others = same
        yield first[0], others[-1][1] if others else first[1], look


def _heights(ranks: bytes | bytearray, number: int, room: int) -> tuple[tuple[Light, int], ...]:
    """How high each state stands in a column of so many shots, by how many have it; trouble on top.

    Args:
        room: the whole height, in pixels.
    """
    kinds = set(ranks)
    return tuple((light, max(2, round(ranks.count(rank) * room / number))) for light, rank in _STACK if rank in kinds)
