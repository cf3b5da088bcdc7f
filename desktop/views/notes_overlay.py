"""What is drawn over the picture: the notes of the frame on screen, those of earlier takes, and the stroke at hand."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop import theme
from desktop.note_place import NotePlace
from desktop.pencil import Pencil
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.canvas import Canvas
from desktop.views.parts import elided
from desktop.views.stroke_painter import letters_px, paint_stroke, place_in, stroke_rect
from storage.author import name_of
from storage.domain.decisions import Verb
from storage.domain.notes import Note, earlier_takes, seen_at
from storage.domain.strokes import Stroke, Tool
from storage.domain.takes import Take

_NEAR_PX = 1.5
_LEAST_PX = 4.0
_MOST_CAPTIONS = 6
_CAPTION_PX = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Words of an earlier take's note, said at the picture's edge."""

    words: str
    is_chosen: bool


@dataclass(slots=True)
class _Sent:
    """A stroke that was drawn and is on its way into the film; `seq` is its entry of the ledger, once it is known."""

    place: NotePlace
    stroke: Stroke
    seq: int | None = None


class WordsLine(QLineEdit):
    """Where words for the picture are written, on the picture. Enter keeps them, Esc does not."""

    left = Signal(bool)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            # Every key is a letter here, or ends the writing.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit(False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit(True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.left.emit(True)


class NotesOverlay(QWidget):
    """Lies over the whole canvas; lets the mouse through while no tool is in hand.

    Signals:
        drawn: where, and the stroke.
        pressed: something begins to be drawn.

    Args:
        stage: whose notes they are.
        canvas: what they lie on.
        pencil: the tool in hand.
        place: where a note would be made now; None where there is nothing to draw on.
        beside: the frame of another take that is compared with a frame of a take, if any.
    """

    drawn = Signal(object, object)
    pressed = Signal()

    def __init__(
        self,
        stage: Stage,
        canvas: Canvas,
        pencil: Pencil,
        place: Callable[[], NotePlace | None],
        beside: Callable[[Take, int], tuple[Take, int] | None],
    ) -> None:
        super().__init__(canvas)
        self._stage = stage
        self._canvas = canvas
        self._pencil = pencil
        self._place = place
        self._beside = beside
        self.shows_earlier = False
        self.strokes: tuple[Stroke, ...] = ()
        self.earlier_strokes: tuple[Stroke, ...] = ()
        self.beside_strokes: tuple[Stroke, ...] = ()
        self.captions: tuple[Caption, ...] = ()
        self.num_painted = 0
        self._sent: list[_Sent] = []
        self._at: NotePlace | None = None
        self._stroke: Stroke | None = None
        self._pen_at = QPointF()
        self._words_at: tuple[float, float] | None = None
        self.line = WordsLine(self)
        self.line.setAccessibleName(tr("Words on the picture"))
        self.line.setMaxLength(400)
        self.line.hide()
        self.line.left.connect(self._end_words)
        self.line.textChanged.connect(self._fit_line)
        self.setAccessibleName(tr("Notes on the picture"))
        canvas.installEventFilter(self)
        pencil.changed.connect(self._show_pencil)
        for signal in (stage.here_changed, stage.note_chosen):
            signal.connect(self.show_notes)
        self._show_pencil()

    @property
    def drawing(self) -> Stroke | None:
        """The stroke at hand."""
        return self._stroke

    @Slot()
    def show_notes(self) -> None:
        """Show the notes of what is painted now, which may be another frame or take than before."""
        place, film = self._place(), self._stage.film
        strokes: tuple[Stroke, ...] = ()
        earlier: tuple[Stroke, ...] = ()
        beside: tuple[Stroke, ...] = ()
        captions: tuple[Caption, ...] = ()
        if place is not None and film is not None and self._canvas.image is not None:
            strokes = self._strokes_on(film, place.take, place.frame_index)
            other = self._beside(place.take, place.frame_index) if self._canvas.beside else None
            beside = self._strokes_on(film, *other) if other else ()
            strokes += tuple(sent.stroke for sent in self._sent if self._is_pending(sent, film, place))
            if self.shows_earlier:
                earlier, captions = self._earlier(film, place)
        shown = (strokes, earlier, beside, captions)
        if shown != (self.strokes, self.earlier_strokes, self.beside_strokes, self.captions):
            self.strokes, self.earlier_strokes, self.beside_strokes, self.captions = shown
            self._fit()
            self.update()

    def show_earlier(self, shown: bool) -> None:
        """Show what was noted on earlier takes of the shot, or no longer."""
        self.shows_earlier = shown
        self.show_notes()

    def note_written(self, seq: int, verb: Verb) -> None:
        """A stroke has got into the film, as an entry of its ledger."""
        waiting = next((sent for sent in self._sent if sent.seq is None), None)
        if waiting is not None and verb in (Verb.NOTE, Verb.DRAW):
            waiting.seq = seq

    @Slot()
    def forget_sent(self) -> None:
        """Something could not be written: show only what the film has."""
        self._sent = [sent for sent in self._sent if sent.seq is not None]
        self.show_notes()

    def put_away(self) -> bool:
        """Let go of the stroke at hand, else of the tool; says whether there was one."""
        if self._stroke is not None:
            self._let_go()
            return True
        if self._pencil.tool is None:
            return False
        self._pencil.take(None)
        return True

    def sizeHint(self) -> QSize:
        return self._canvas.size()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._canvas.image is None:
            # Another take is on its way: what is drawn on it waits for its picture.
            return
        painter = QPainter(self)
        picture, dirty = self._canvas.picture_rect(), QRectF(event.rect())
        painter.setClipRect(picture.intersected(self._canvas.room))
        shown = [(stroke, True) for stroke in self.earlier_strokes] + [(stroke, False) for stroke in self.strokes]
        shown += [(self._stroke, False)] if self._stroke is not None else []
        for stroke, earlier in shown:
            if stroke_rect(stroke, picture).intersects(dirty):
                paint_stroke(painter, stroke, picture, earlier=earlier)
                self.num_painted += 1
        self._paint_captions(painter, picture.intersected(self._canvas.room))
        if self._canvas.beside is not None:
            other, room = self._canvas.beside
            painter.setClipRect(other.intersected(room))
            for stroke in self.beside_strokes:
                paint_stroke(painter, stroke, other)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tool, place = self._pencil.tool, self._place() if self._canvas.image is not None else None
        point = self._in_picture(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or tool is None or place is None or point is None:
            event.ignore()
            return
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pressed.emit()
        # Playing has stopped by now, at a frame that may be another.
        self._at, self._pen_at = self._place(), event.position()
        if tool is Tool.TEXT:
            self._begin_words(point)
            return
        points = (point,) if tool is Tool.PEN else (point, point)
        self._stroke = Stroke(tool=tool, points=points, colour=self._pencil.colour, width=self._pencil.width)
        self.update(stroke_rect(self._stroke, self._canvas.picture_rect()).toAlignedRect())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._stroke is None:
            event.ignore()
            return
        moved = event.position() - self._pen_at
        if moved.manhattanLength() >= _NEAR_PX:
            self._pen_at = event.position()
            self._go_on(self._in_picture(event.position(), held=True) or self._stroke.points[-1])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        stroke, place = self._stroke, self._at
        if stroke is None or place is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._go_on(self._in_picture(event.position(), held=True) or stroke.points[-1])
        stroke = self._stroke or stroke
        self._let_go()
        ends = [place_in(self._canvas.picture_rect(), point) for point in (stroke.points[0], stroke.points[-1])]
        if stroke.tool is Tool.PEN or (ends[1] - ends[0]).manhattanLength() >= _LEAST_PX:
            self._send(place, stroke)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # It lies exactly over the canvas: a place on the one is the same place on the other.
        self._canvas.wheelEvent(event)

    def _go_on(self, point: tuple[float, float]) -> None:
        """Let the stroke at hand reach a point; only what differs is painted anew."""
        assert self._stroke is not None
        picture, before = self._canvas.picture_rect(), self._stroke
        if before.tool is Tool.PEN:
            self._stroke = replace(before, points=(*before.points, point))
            dirty = stroke_rect(replace(before, points=self._stroke.points[-3:]), picture)
        else:
            self._stroke = replace(before, points=(before.points[0], point))
            dirty = stroke_rect(before, picture).united(stroke_rect(self._stroke, picture))
        self.update(dirty.toAlignedRect())

    def _let_go(self) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            self.update(stroke_rect(stroke, self._canvas.picture_rect()).toAlignedRect())

    def _send(self, place: NotePlace, stroke: Stroke) -> None:
        self._sent.append(_Sent(place, stroke))
        self.drawn.emit(place, stroke)
        self.show_notes()

    def _begin_words(self, point: tuple[float, float]) -> None:
        self._end_words(True)
        self._words_at = point
        draft = Stroke(tool=Tool.TEXT, points=(point,), width=self._pencil.width, words="m")
        at, size = place_in(self._canvas.picture_rect(), point), letters_px(draft, self._canvas.picture_rect())
        font = theme.font(strong=True)
        font.setPixelSize(round(min(40.0, size)))
        self.line.setFont(font)
        self.line.clear()
        self.line.setPlaceholderText(tr("Words, then Enter"))
        self._fit_line()
        self.line.move(min(round(at.x()), self.width() - self.line.width()), round(at.y() - self.line.height() / 2))
        self.line.show()
        self.line.setFocus()

    @Slot()
    def _fit_line(self) -> None:
        words = self.line.text() or self.line.placeholderText()
        wide = self.line.fontMetrics().horizontalAdvance(words) + 34
        self.line.resize(min(max(120, wide), max(120, self.width() - self.line.x())), self.line.sizeHint().height())

    @Slot(bool)
    def _end_words(self, kept: bool) -> None:
        point, place, words = self._words_at, self._at, " ".join(self.line.text().split())
        if point is None:
            return
        self._words_at = None
        had_focus = self.line.hasFocus()
        self.line.hide()
        if had_focus:
            self._canvas.setFocus()
        if kept and words and place is not None:
            pencil = self._pencil
            self._send(
                place,
                Stroke(tool=Tool.TEXT, points=(point,), colour=pencil.colour, width=pencil.width, words=words),
            )

    def _strokes_on(self, film: FilmSnapshot, take: Take, frame_index: int) -> tuple[Stroke, ...]:
        notes = (note for note in film.notes_on(take) if self._is_shown(note, frame_index))
        return tuple(stroke for note in notes for stroke in note.strokes)

    def _is_shown(self, note: Note, frame_index: int) -> bool:
        """What is resolved is out of the way, unless it is the note that one looks at."""
        return note.is_at(frame_index) and (not note.is_resolved or note.id == self._stage.note_id)

    def _is_pending(self, sent: _Sent, film: FilmSnapshot, place: NotePlace) -> bool:
        if sent.seq is not None and len(film.decisions) >= sent.seq:
            self._sent = [other for other in self._sent if other is not sent]
            return False
        frames = sent.place.frames
        inside = frames is None or frames.start <= place.frame_index < frames.stop
        return sent.place.take.id == place.take.id and inside

    def _earlier(self, film: FilmSnapshot, place: NotePlace) -> tuple[tuple[Stroke, ...], tuple[Caption, ...]]:
        strokes: list[Stroke] = []
        captions: list[Caption] = []
        for take in earlier_takes(place.take, _takes_of(film, place.take)):
            frame_index = seen_at(place.take, place.frame_index, take)
            for note in film.notes_on(take):
                if self._is_shown(note, frame_index):
                    strokes += note.strokes
                    if note.text:
                        words = tr(
                            "{seam} take {number} · {author}: {words}",
                            seam=tr(take.seam),
                            number=take.number,
                            author=name_of(note.author),
                            words=" ".join(note.text.split()),
                        )
                        captions.append(Caption(words=words, is_chosen=note.id == self._stage.note_id))
        return tuple(strokes), tuple(captions[-_MOST_CAPTIONS:])

    def _paint_captions(self, painter: QPainter, seen: QRectF) -> None:
        if not self.captions or seen.isEmpty():
            return
        painter.setFont(theme.font(theme.SMALL_PT))
        # While two takes are compared, their names are at the top.
        top = seen.top() + (_CAPTION_PX + 10 if self._canvas.comparison else 8)
        for caption in self.captions:
            words = elided(painter, caption.words, int(seen.width() - 40))
            wide = painter.fontMetrics().horizontalAdvance(words) + 20
            rect = QRectF(seen.left() + 8, top, wide, _CAPTION_PX - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.faded(theme.STAGE, 215))
            painter.drawRoundedRect(rect, 3, 3)
            painter.fillRect(QRectF(rect.left(), rect.top() + 3, 2, rect.height() - 6), theme.NOTE)
            painter.setPen(theme.TEXT if caption.is_chosen else theme.SOFT)
            painter.drawText(rect.adjusted(9, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, words)
            top += _CAPTION_PX

    def _in_picture(self, at: QPointF, *, held: bool = False) -> tuple[float, float] | None:
        """A point of the screen as one of the picture; None outside it.

        Args:
            held: points outside are taken to its edge.
        """
        picture = self._canvas.picture_rect()
        x, y = (at.x() - picture.left()) / picture.width(), (at.y() - picture.top()) / picture.height()
        if not held and not (0 <= x <= 1 and 0 <= y <= 1):
            return None
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    @Slot()
    def _show_pencil(self) -> None:
        tool = self._pencil.tool
        if tool is not Tool.TEXT:
            self._end_words(True)
        if tool is None:
            self._let_go()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, tool is None)
        self.setCursor(Qt.CursorShape.IBeamCursor if tool is Tool.TEXT else Qt.CursorShape.CrossCursor)
        self._fit()

    def _fit(self) -> None:
        """Be there only where there is something to paint or to draw: a picture that plays costs no more then."""
        self.setGeometry(self._canvas.rect())
        self.setVisible(
            bool(self._pencil.tool or self.strokes or self.earlier_strokes or self.beside_strokes or self.captions)
        )


def _takes_of(film: FilmSnapshot, take: Take) -> tuple[Take, ...]:
    """The takes among which the earlier ones of a take are."""
    card = film.card(take.shot_id)
    return (*card.keyframe.takes, *card.clip.takes) if card else film.cut.takes if take.shot_id is None else ()
