"""Marks of notes along the frames of a take: where each begins and how far it reaches."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop import theme
from storage.domain.notes import Note, NoteId

_SIZE = 4.5
_GRAB = 6.0


def ticks_of(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes that have a mark: those on frames, open ones over resolved ones."""
    return tuple(sorted((note for note in notes if note.frames), key=lambda note: not note.is_resolved))


def paint_ticks(
    painter: QPainter, notes: Sequence[Note], chosen: NoteId | None, x_of: Callable[[float], float], middle: float
) -> None:
    """Paint a diamond at the first frame of each note and a line along its frames; resolved ones are hollow."""
    for note in notes:
        frames = note.frames
        if frames is None:
            continue
        colour = theme.TEXT if note.id == chosen else theme.QUEUED if note.is_resolved else theme.NOTE
        left, right = x_of(frames.start + 0.5), x_of(frames.stop - 0.5)
        if right > left:
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(theme.PANEL if note.is_resolved else colour)
        size = _SIZE + (note.id == chosen)
        corners = ((0, -size), (size, 0), (0, size), (-size, 0))
        painter.drawPolygon(QPolygonF([QPointF(left + dx, middle + dy) for dx, dy in corners]))
    painter.setPen(Qt.PenStyle.NoPen)


def tick_at(notes: Sequence[Note], x_of: Callable[[float], float], middle: float, point: QPointF) -> Note | None:
    """The note whose diamond is under a point."""
    for note in reversed(notes):
        if note.frames is not None:
            x = x_of(note.frames.start + 0.5)
            if QRectF(x - _GRAB, middle - _GRAB, 2 * _GRAB, 2 * _GRAB).contains(point):
                return note
    return None
