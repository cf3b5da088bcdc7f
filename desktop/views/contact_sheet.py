"""All takes of a shot in a grid, each with its words: to look over, and to choose one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.comparing import takes_of_place
from desktop.list_keys import TAKES
from desktop.pictures import PictureKey, Pictures, poster_key
from desktop.playback import media_of
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.own_keys import takes_own
from desktop.views.parts import elided, label, paint_covering
from desktop.wording import stars_words
from storage.domain.takes import Seam, Take

_LEAST_WIDTH = 176
_MOST_COLUMNS = 6
_GAP = 14
_EDGE = 3
_HEADING = 26
_WORDS = 22
_PICTURE_HEIGHTS = (180, 360)
_POSTER_HEIGHT = 160
_SEAMS = (Seam.KEYFRAME, Seam.CLIP, Seam.CUT)
_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A take on the sheet."""

    take: Take
    rect: QRect


class ContactSheet(QScrollArea):
    """Arrow keys and Enter choose, so does a click; Shift with either compares with the take on screen.

    Signals:
        take_wanted: to come on screen.
        partner_wanted: to be compared with what is on screen.
        closed: put away without a choice.

    Args:
        stage: whose shot it is.
        pictures: where the thumbnails come from.
    """

    take_wanted = Signal(object)
    partner_wanted = Signal(object)
    closed = Signal()

    def __init__(self, stage: Stage, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.grid = _Grid(stage, pictures)
        self.grid.chosen.connect(self._choose)
        self._hint = label("Enter shows a take · Shift+Enter compares with it · Esc closes", "faint")
        inside = QWidget()
        inside.setObjectName("stage")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(18, 12, 18, 12)
        column.addWidget(self.grid)
        column.addStretch(1)
        column.addWidget(self._hint)
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("All takes of the shot"))
        stage.settled.connect(self.show_takes)
        stage.here_changed.connect(self.show_takes)

    @Slot()
    def show_takes(self) -> None:
        """Show the takes of the place on the stage, the one on screen chosen."""
        if not self.isHidden():
            self.grid.show_takes()
            self._hint.setVisible(bool(self.grid.takes))

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self.grid.current = None
        self.show_takes()

    def event(self, event: QEvent) -> bool:
        return takes_own(event, TAKES) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.grid.current, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in _KEYS:
            self.grid.step(Qt.Key(key))
            rect = self.grid.current_rect()
            place = self.grid.mapTo(self._inside, rect.center())
            self.ensureVisible(place.x(), place.y(), 0, rect.height() // 2 + _WORDS + _HEADING)
        else:
            super().keyPressEvent(event)

    @Slot(object, bool)
    def _choose(self, take: Take | None, compare: bool) -> None:
        if take is None:
            return
        if compare and take != self._stage.take:
            self.partner_wanted.emit(take)
        else:
            self.take_wanted.emit(take)


class _Grid(QWidget):
    chosen = Signal(object, bool)

    def __init__(self, stage: Stage, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pictures = pictures
        self.takes: tuple[Take, ...] = ()
        self.current: Take | None = None
        self._cells: list[Cell] = []
        self._headings: list[tuple[str, QRect]] = []
        self._columns = 1
        pictures.picture_ready.connect(self.update)

    def show_takes(self) -> None:
        film = self._stage.film
        self.takes = takes_of_place(film, self._stage.spot) if film else ()
        if self.current not in self.takes:
            self.current = self._stage.take or (self.takes[0] if self.takes else None)
        self._lay_out()

    def step(self, key: Qt.Key) -> None:
        """Choose another take, in the order in which they are read or by row."""
        if self.current not in self.takes:
            return
        index = self.takes.index(self.current)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps:
            index += steps[key]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            index = 0 if key == Qt.Key.Key_Home else len(self.takes) - 1
        else:
            index = self._row_step(index, -1 if key == Qt.Key.Key_Up else 1)
        self.current = self.takes[max(0, min(len(self.takes) - 1, index))]
        self.update()

    def current_rect(self) -> QRect:
        return next((cell.rect for cell in self._cells if cell.take == self.current), QRect())

    @property
    def captions(self) -> list[str]:
        film = self._stage.film
        return [caption(film, take) for take in self.takes] if film else []

    def rect_of(self, take: Take) -> QRect:
        """Where a take is."""
        return next((cell.rect for cell in self._cells if cell.take == take), QRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, self.minimumHeight())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell is not None:
            self.current = cell.take
            self.update()
            self.chosen.emit(cell.take, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        film = self._stage.film
        if film is None or not self.takes:
            painter.setFont(theme.font(theme.TEXT_PT + 2))
            painter.setPen(theme.SOFT)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("This shot has no takes yet."))
            painter.end()
            return
        painter.setFont(theme.font(theme.SMALL_PT, strong=True))
        painter.setPen(theme.SOFT)
        for words, rect in self._headings:
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)
        for cell in self._cells:
            if cell.rect.adjusted(0, 0, 0, _WORDS).intersects(event.rect()):
                self._paint_cell(painter, film, cell)
        painter.end()

    def _paint_cell(self, painter: QPainter, film: FilmSnapshot, cell: Cell) -> None:
        take, rect = cell.take, cell.rect
        painter.fillRect(rect, theme.RAISED)
        height = next((one for one in _PICTURE_HEIGHTS if one >= rect.height()), _PICTURE_HEIGHTS[-1])
        image = self._pictures.get(PictureKey(media=media_of(take), height_px=height))
        if image is None:
            image = self._pictures.get(poster_key(take, _POSTER_HEIGHT))
        if image is not None and not image.isNull():
            paint_covering(painter, image, rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if take == self.current:
            painter.setPen(QPen(theme.TEXT, 2))
            painter.drawRect(QRectF(rect).adjusted(-2, -2, 2, 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if _is_circled(film, take):
            painter.setPen(QPen(theme.GREEN, 2.5))
            painter.drawEllipse(QRect(rect.right() - 20, rect.top() + 6, 14, 14))
        below = QRect(rect.left(), rect.bottom() + 3, rect.width(), _WORDS - 4)
        painter.setFont(theme.font(theme.SMALL_PT + 0.5, strong=take == self._stage.take))
        on_screen = tr("on screen") if take == self._stage.take else ""
        room = painter.fontMetrics().horizontalAdvance(on_screen) + 8 if on_screen else 0
        painter.setPen(theme.RED if film.take_word(take) == "drift" else theme.TEXT)
        words = elided(painter, caption(film, take), below.width() - room)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(theme.SOFT)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, on_screen)

    def _cell_at(self, point: QPoint) -> Cell | None:
        return next((cell for cell in self._cells if cell.rect.adjusted(0, 0, 0, _WORDS).contains(point)), None)

    def _row_step(self, index: int, by: int) -> int:
        here = self._cells[index].rect
        rows = sorted({cell.rect.top() for cell in self._cells})
        row = rows.index(here.top()) + by
        if not 0 <= row < len(rows):
            return index
        there = [number for number, cell in enumerate(self._cells) if cell.rect.top() == rows[row]]
        return min(there, key=lambda number: abs(self._cells[number].rect.left() - here.left()))

    def _lay_out(self) -> None:
        shape = self.takes[0] if self.takes else None
        room = self.width() - 2 * _EDGE
        most = max((sum(take.seam is seam for take in self.takes) for seam in _SEAMS), default=1)
        columns = max(1, min(_MOST_COLUMNS, most, (room + _GAP) // (_LEAST_WIDTH + _GAP)))
        width = min(2 * _LEAST_WIDTH, (room - (columns - 1) * _GAP) // columns)
        height = round(width * shape.height_px / shape.width_px) if shape else 0
        self._cells, self._headings = [], []
        top = 0
        for seam in _SEAMS:
            takes = [take for take in self.takes if take.seam is seam]
            if not takes:
                continue
            self._headings.append((f"{tr(seam).upper()}  {len(takes)}", QRect(_EDGE, top, room, _HEADING - 6)))
            top += _HEADING
            for index, take in enumerate(takes):
                row, column = divmod(index, columns)
                place = QRect(_EDGE + column * (width + _GAP), top + row * (height + _WORDS + _GAP), width, height)
                self._cells.append(Cell(take=take, rect=place))
            top += -(-len(takes) // columns) * (height + _WORDS + _GAP)
        self.setMinimumHeight(max(120, top))
        self.update()


def caption(film: FilmSnapshot, take: Take) -> str:
    """What the sheet says under a take: "take 2 · circled · clean · ★★★★☆"."""
    words: Sequence[str] = (
        tr("take {number}", number=take.number),
        tr("circled") if _is_circled(film, take) else "",
        tr(film.take_word(take)),
        stars_words(film.stars[take.id]) if take.id in film.stars else "",
        tr("planted") if take.planted else "",
    )
    return " · ".join(word for word in words if word)


def _is_circled(film: FilmSnapshot, take: Take) -> bool:
    if take.seam is Seam.CUT:
        return film.cut.standing.circled == take
    card = film.card(take.shot_id)
    return card is not None and card.at(take.seam).standing.circled == take
