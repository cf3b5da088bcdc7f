"""Moving and trimming by keys: presses add up and are made when the keys rest."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.snapshot import FilmSnapshot, ShotCard
from desktop.stage import Stage
from desktop.timeline.edits import Move, ShotEdits, Trim, made_frames, trim_words
from desktop.timeline.selection import ShotSelection
from desktop.translating import tr
from storage.domain.scene_graph import ShotId

REST_MS = 900


class KeyEdits(QObject):
    """Trims the shot on screen, and moves it or the selection that it belongs to.

    A trim is held up while keys are pressed, and made when they rest; a move is made at once.

    Signals:
        changed: something else is held up.
        refused: carries a sentence and what to do, where a key cannot do what it stands for.
    """

    changed = Signal()
    refused = Signal(str, str)

    def __init__(self, stage: Stage, selection: ShotSelection, edits: ShotEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._selection = selection
        self._edits = edits
        self.card: ShotCard | None = None
        self.frames: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.finish)
        stage.moved.connect(self.finish)

    @property
    def words(self) -> str:
        """What is held up; empty for nothing."""
        film = self._stage.film
        if self.card is None or self.frames is None or film is None:
            return ""
        words = trim_words(self.card, self.frames, float(film.frame_rate), made_frames(self.card, film.frame_rate))
        return f"{words}  {tr('Esc keeps it')}"

    def trim(self, by: int) -> None:
        """Make the shot on screen longer or shorter by some frames."""
        film = self._stage.film
        card = film.card(self._stage.spot.shot_id) if film else None
        if card is None:
            self.refused.emit(tr("No shot is on screen."), tr("Click one on the timeline."))
            return
        if self._is_busy:
            return
        if self.card is None or self.card.shot.id != card.shot.id:
            self.card, self.frames = card, card.shot.duration_frames
        assert self.frames is not None
        self.frames = max(1, self.frames + by)
        same = self.frames == card.shot.duration_frames
        self._edits.propose(None if same else Trim(shot_id=card.shot.id, duration_frames=self.frames))
        self._rest.start()
        self.changed.emit()

    @Slot()
    def finish(self) -> None:
        """Make what is held up, now."""
        if self.card is not None:
            self._forget()
            self._edits.make_proposed()

    def cancel(self) -> bool:
        """Let what is held up go; says whether there was anything."""
        was_held = self.card is not None
        if was_held:
            self._forget()
            self._edits.propose(None)
        return was_held

    def move(self, by: int) -> None:
        """Move the shot on screen, or the selected shots that it is one of, one place earlier or later.

        Args:
            by: -1 or 1.
        """
        film = self._stage.film
        shot_id = self._stage.spot.shot_id
        if film is None or shot_id is None:
            self.refused.emit(tr("No shot is on screen."), tr("Click one on the timeline."))
            return
        if self._is_busy:
            return
        self.finish()
        shot_ids = self._selection.shot_ids if shot_id in self._selection else (shot_id,)
        edit = _one_place(film, shot_ids, by)
        if edit is None:
            self.refused.emit(tr("There is no place beyond."), tr("Shots move within the film."))
        else:
            self._edits.make(edit)

    @property
    def _is_busy(self) -> bool:
        """Whether an edit is being written, or the mouse holds one up."""
        return self._edits.pending is not None or (self._edits.proposed is not None and self.card is None)

    def _forget(self) -> None:
        self._rest.stop()
        self.card, self.frames = None, None
        self.changed.emit()


def _one_place(film: FilmSnapshot, shot_ids: tuple[ShotId, ...], by: int) -> Move | None:
    """The move that takes shots past their neighbour, or into the scene beside theirs; None at the film's ends."""
    indexes = [film.index_of[shot_id] for shot_id in shot_ids]
    shots = film.shots
    if by < 0:
        beside = min(indexes) - 1
        if beside < 0:
            return None
        same = shots[beside].scene.id == shots[min(indexes)].scene.id
        before = shots[beside].shot.id if same else None
    else:
        beside = max(indexes) + 1
        if beside >= len(shots):
            return None
        same = shots[beside].scene.id == shots[max(indexes)].scene.id
        after = beside + 1
        if same:
            follows = after < len(shots) and shots[after].scene.id == shots[beside].scene.id
            before = shots[after].shot.id if follows else None
        else:
            before = shots[beside].shot.id
    return Move(shot_ids=shot_ids, scene_id=shots[beside].scene.id, before=before)
