"""The timeline itself: shows the line of shots, and turns mouse and keys into going, selecting, moving and trimming."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop import theme
from desktop.pictures import PictureKey, Pictures
from desktop.snapshot import ShotCard
from desktop.stage import Stage
from desktop.timeline.edits import ShotEdits
from desktop.timeline.gestures import GestureLook
from desktop.timeline.key_edits import KeyEdits
from desktop.timeline.over_painter import OverPainter
from desktop.timeline.pointer import Pointer
from desktop.timeline.rows import LEAST_HEIGHT_PX, LIKED_HEIGHT_PX, RULER_PX, Rows
from desktop.timeline.scale import MARGIN_PX, Scale
from desktop.timeline.selection import ShotSelection
from desktop.timeline.shot_line import ShotLine
from desktop.timeline.shot_painter import ShotPainter
from desktop.timeline.tiles import TILE_PX, Tiles
from desktop.timeline.words import shot_tooltip, why_empty
from desktop.translating import tr
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam

_START_PX_A_SHOT = 96
_MOST_START_PX_A_SHOT = 220
_MANY_SHOTS = 1000


class Timeline(QAbstractScrollArea):
    """Shots in film order, left to right.

    Args:
        stage: what is on screen; its playhead is drawn and moved.
        pictures: where thumbnails come from.

    Signals:
        view_changed: another part of the line is shown, or it is laid out anew.
        menu_wanted: carries where on the screen; the shot that it is about is on the stage.
    """

    view_changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, stage: Stage, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.line = ShotLine()
        self.scale = Scale()
        self.selection = ShotSelection(self)
        self.edits = ShotEdits(self)
        self.key_edits = KeyEdits(stage, self.selection, self.edits, self)
        self.pointer = Pointer(stage, self.line, self.scale, self.selection, self.edits, self)
        self.rows = Rows(LIKED_HEIGHT_PX)
        self._shots = ShotPainter(self.line, self.scale, pictures.get)
        self._over = OverPainter(self.line, self.scale, self.selection)
        self._tiles = Tiles(self._shots, self.line, self.scale)
        self._shown: list[int] | None = None
        self._is_fitted = False
        self._follows = True
        self._playhead_x = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Timeline"))
        self.viewport().setMouseTracking(True)
        stage.shots_changed.connect(self._take_film)
        stage.moved.connect(self.show_current)
        stage.frame_moved.connect(self._show_playhead)
        stage.detail_changed.connect(self._show_playhead)
        pictures.picture_ready.connect(self._take_picture)
        self.selection.selection_changed.connect(self._show_selection)
        self.edits.changed.connect(self.viewport().update)
        self.pointer.moved.connect(self.viewport().update)
        self.pointer.scroll_wanted.connect(self.scroll_by)
        self.key_edits.changed.connect(self.viewport().update)

    @property
    def num_painted(self) -> int:
        """How many shots, or columns of shots, have been painted since the beginning."""
        return self._shots.num_painted

    def sizeHint(self) -> QSize:
        return QSize(800, LIKED_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, LEAST_HEIGHT_PX)

    def show_matches(self, matches: bytes | None, *, hide_others: bool) -> None:
        """Dim or hide what does not match a filter.

        Args:
            matches: for each shot of the film 1 where it matches; None for no filter.
        """
        film = self._stage.film
        hides = hide_others and matches is not None
        shown = [index for index, match in enumerate(matches) if match] if hides and matches is not None else None
        dimmed = None if hides else matches
        if (shown, dimmed) == (self._shown, self._shots.matches):
            return
        if film is not None and shown != self._shown:
            middle = self.line.film_frame(round(self.scale.frame(self.viewport().width() / 2)))
            self._shown = shown
            self.pointer.cancel()
            self.line.show(film, shown)
            self._lay_out()
            self.centre_on(self.line.line_frame(middle))
        self._shots.matches = dimmed
        self._tiles.clear()
        self._show_scroll()

    @property
    def matches(self) -> bytes | None:
        """For each shot of the line whether it matches the filter; None where all are shown alike."""
        return self._shots.matches

    @Slot(object)
    def _take_film(self, changed: frozenset[ShotId] | None) -> None:
        film = self._stage.film
        if film is None:
            return
        had_shots = bool(len(self.line))
        self.edits.settle()
        if changed is not None and self.line.film is not None and self.line.film.starts is film.starts:
            headed = self.line.film.scenes is film.scenes
            places = self.line.update(film, changed)
            if headed and len(places) <= _MANY_SHOTS:
                self._tiles.forget_shots(places)
                self._show_shots(places)
                return
            self._tiles.clear()
        else:
            # Which shots a filter lets through is known anew right after; until then all are shown.
            self._shown = self._shots.matches = None
            self.pointer.cancel()
            self.line.show(film)
            self.selection.show_order(film.index_of)
            self._lay_out()
            self._tiles.clear()
        if not had_shots and film.shots:
            self._start_zoom()
            self.show_current()
        self._show_scroll()

    def zoom(self, factor: float, around_px: int | None = None) -> None:
        """Show more or less of the film at once; the frame under `around_px` (else the playhead) stays where it is."""
        if not len(self.line):
            return
        around = self._playhead_x if around_px is None else around_px
        if not 0 <= around <= self.viewport().width():
            around = self.viewport().width() // 2
        self.zoom_to(self.scale.px_a_frame * factor, around)

    def zoom_to(self, px_a_frame: float, around_px: float | None = None) -> None:
        """Take a zoom, in pixels a frame, held between the whole line and single frames."""
        around = self.viewport().width() / 2 if around_px is None else around_px
        self.scale.zoom_to(px_a_frame, around)
        self._is_fitted = self.scale.px_a_frame <= self.scale.least_px_a_frame * 1.0001
        self._show_scroll()

    def show_whole_film(self) -> None:
        """Zoom out until the whole line fits."""
        self.zoom_to(0.0)

    def show_frames(self, first: float, last: float) -> None:
        """Zoom and scroll so that these frames of the line fill the view."""
        room = self.viewport().width() - 2 * MARGIN_PX
        self.scale.zoom_to(room / max(1.0, last - first), 0)
        self.scale.scroll_to(round(first * self.scale.px_a_frame))
        self._is_fitted = False
        self._show_scroll()

    def centre_on(self, frame: float) -> None:
        """Scroll so that a frame of the line is in the middle."""
        self._follows = False
        self.scale.scroll_to(round(frame * self.scale.px_a_frame) + MARGIN_PX - self.viewport().width() // 2)
        self._show_scroll()

    def scroll_by(self, delta_px: int) -> None:
        """Scroll as a wheel does."""
        self._follows = False
        self.scale.scroll_to(self.scale.scroll_px + delta_px)
        self._show_scroll()

    @Slot()
    def show_current(self) -> None:
        """Bring the shot on screen into view."""
        self._follows = True
        if len(self.selection.shot_ids) == 1 and self._stage.spot.shot_id not in self.selection:
            # One shot is what a click left behind: it means nothing once the director has gone on.
            self.selection.clear()
        place = self._place_of(self._stage.spot.shot_id)
        if place is not None and not self.pointer.is_busy:
            left, right = self.scale.x(self.line.starts[place]), self.scale.x(self.line.stop(place))
            width = self.viewport().width()
            if left < MARGIN_PX or right > width - MARGIN_PX:
                is_near = -width < left < 2 * width
                wanted = (
                    left - 3 * MARGIN_PX if left < MARGIN_PX else min(right - width + 3 * MARGIN_PX, left - MARGIN_PX)
                )
                # Far away, the shot comes to stand with its neighbours on both sides.
                self.scale.scroll_to(self.scale.scroll_px + (wanted if is_near else left - width // 3))
                if right - left >= width:
                    self._follow_playhead()
        self._show_scroll()

    def select_shown(self) -> None:
        """Select every shot that the filter lets through."""
        matches = self._shots.matches
        shots = self.line.shots
        self.selection.select(card.shot.id for place, card in enumerate(shots) if matches is None or matches[place])

    def shot_at(self, position: QPoint) -> ShotCard | None:
        """The shot under a point of the viewport."""
        place = self.pointer.place_at(position)
        return self.line.shots[place] if place is not None else None

    def rect_of(self, card: ShotCard) -> QRect:
        """Where a shot's thumbnail is, in the viewport; an empty rectangle where it is hidden."""
        film = self.line.film
        place = self.line.place_of(film.index_of[card.shot.id]) if film else None
        if place is None:
            return QRect()
        left, right = self.scale.x(self.line.starts[place]), self.scale.x(self.line.stop(place))
        return QRect(left, self.rows.thumb_top, max(1, right - left - 2), self.rows.thumb_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        # Time runs from left to right in every language.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        film = self._stage.film
        painter.fillRect(event.rect(), theme.PANEL)
        if film is None or not len(self.line):
            painter.setPen(theme.FAINT)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, why_empty(film, self._shown))
            painter.end()
            return
        current = self._stage.spot.shot_id
        offset = MARGIN_PX - self.scale.scroll_px
        device_scale = self.viewport().devicePixelRatioF()
        first = max(0, event.rect().left() - offset) // TILE_PX
        last = min(event.rect().right() - offset, self.scale.content_px) // TILE_PX
        for number in range(first, last + 1):
            painter.drawPixmap(number * TILE_PX + offset, 0, self._tiles.get(number, device_scale))
        painter.setClipRect(event.rect())
        self._over.paint_frame_lines(painter)
        self._over.paint_cut_off_label(painter)
        self._over.paint_scenes(painter, current)
        self._over.paint_ruler(painter, film.frame_rate)
        self._over.paint_selection(painter, current)
        if self._stage.spot.seam is not Seam.SCRIPT:
            self._over.paint_playhead(painter, self._stage.film_frame, film.frame_rate)
        look = self.pointer.look() or self._key_look()
        if look is not None:
            self._over.paint_gesture(painter, look, self.edits.cost_words if self.edits.proposed else "")
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if self._is_fitted:
            self.show_whole_film()
        self._show_scroll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 ** (delta / 120), round(event.position().x()))
        else:
            self.scroll_by(-delta)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.key_edits.finish()
            self.pointer.press(event.position().toPoint(), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.pointer.drag(at, event.modifiers())
        else:
            trims = self.pointer.tail_at(at) is not None
            self.viewport().setCursor(Qt.CursorShape.SplitHCursor if trims else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.pointer.release(event.modifiers())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.pointer.place_at(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and place is not None:
            shot_id = self.line.shots[place].shot.id
            if shot_id not in self.selection:
                self.selection.select([shot_id])
            if shot_id != self._stage.spot.shot_id:
                self._stage.show_shot(shot_id)
        self.menu_wanted.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            card = self.shot_at(event.pos())
            if card and not self.pointer.is_busy and event.pos().y() >= RULER_PX:
                QToolTip.showText(event.globalPos(), shot_tooltip(card), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _key_look(self) -> GestureLook | None:
        words = self.key_edits.words
        card = self.key_edits.card
        if not words or card is None:
            return None
        rect = self.rect_of(card)
        at = QPoint(max(0, min(rect.left(), self.viewport().width() - 60)), self.rows.thumb_top + 50)
        stretch = None
        if (frames := self.key_edits.frames) is not None and (place := self._place_of(card.shot.id)) is not None:
            stretch = (self.line.stop(place), self.line.starts[place] + frames)
        return GestureLook(at=at, words=words, stretch=stretch)

    def _place_of(self, shot_id: ShotId | None) -> int | None:
        film = self.line.film
        return self.line.place_of(film.index_of.get(shot_id, -1)) if film and shot_id else None

    def _start_zoom(self) -> None:
        average = self.line.num_frames / max(1, len(self.line))
        wanted = max(self.scale.least_px_a_frame, _START_PX_A_SHOT / average)
        self.scale.px_a_frame = min(wanted, _MOST_START_PX_A_SHOT / average)
        self._is_fitted = self.scale.px_a_frame <= self.scale.least_px_a_frame

    def _lay_out(self) -> None:
        self.rows = Rows(self.viewport().height())
        self._shots.rows = self._over.rows = self.pointer.rows = self.rows
        self.scale.width_px = self.viewport().width()
        self.scale.num_frames = self.line.num_frames
        self.scale.px_a_frame = max(self.scale.px_a_frame, self.scale.least_px_a_frame)
        self.scale.scroll_to(self.scale.scroll_px)
        self._over.forget_selection()

    def _show_scroll(self) -> None:
        if self._stage.film is not None and (places := self.line.visible(self.scale)):
            first, last = self.line.film_index(places.start), self.line.film_index(places.stop - 1)
            self._stage.look_at(range(first, last + 1))
        self._playhead_x = self.scale.x(self.line.line_frame(self._stage.film_frame))
        self.viewport().update()
        self.view_changed.emit()

    def _show_shots(self, places: Sequence[int]) -> None:
        """Paint some shots again; nothing has moved."""
        if self.pointer.is_busy or self.key_edits.words:
            # What the hand holds is drawn over everything.
            self.viewport().update()
        visible = self.line.visible(self.scale)
        for place in places:
            if place in visible:
                left, right = self.scale.x(self.line.starts[place]), self.scale.x(self.line.stop(place))
                self.viewport().update(QRect(left - 4, 0, right - left + 8, self.viewport().height()))
        self.view_changed.emit()

    @Slot()
    def _show_playhead(self) -> None:
        before = self._playhead_x
        self._playhead_x = self.scale.x(self.line.line_frame(self._stage.film_frame))
        if not self.pointer.is_busy and self._follow_playhead():
            return
        reach = 6
        for x in (before, self._playhead_x):
            self.viewport().update(QRect(x - reach, 0, 2 * reach + 1, self.viewport().height()))
        self.viewport().update(QRect(0, 0, self.viewport().width(), RULER_PX))
        self.view_changed.emit()

    def _follow_playhead(self) -> bool:
        """Page on where the playhead has left the view; not while the director has scrolled away from it."""
        x, width = self.scale.x(self.line.line_frame(self._stage.film_frame)), self.viewport().width()
        if 0 <= x < width - MARGIN_PX:
            self._follows = True
            return False
        if not self._follows:
            return False
        self.scale.scroll_to(self.scale.scroll_px + x - width // 8)
        self._show_scroll()
        return True

    @Slot()
    def _show_selection(self) -> None:
        self._over.forget_selection()
        self.viewport().update()

    @Slot(object)
    def _take_picture(self, key: PictureKey) -> None:
        if self._tiles.take_picture(key):
            self.viewport().update()
