"""What a pressed mouse does on the timeline until it is let go: scrub, select, move or trim."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QRect

from desktop.snapshot import FilmSnapshot
from desktop.timeline.edits import Move, ShotEdits, Trim, made_frames, move_words, trim_words
from desktop.timeline.scale import Scale
from desktop.timeline.selection import ShotSelection
from desktop.timeline.shot_line import ShotLine
from desktop.translating import marked, plural, tr
from storage.domain.scene_graph import SceneId, ShotId
from storage.domain.shot_order import scenes_in_reach

_SNAP_PX = 6
_STAYS = marked("stays where it is")


@dataclass(frozen=True, slots=True, kw_only=True)
class GestureLook:
    """What is painted while a gesture is under way.

    Attributes:
        words: at the pointer; empty for none.
        refused: the words say why nothing will happen.
        drop_frame: of the line, where a drop line stands.
        stretch: frames of the line from which to which an edge was drawn.
        band: a rubber band, in the viewport.
        lifted: the shots that are held.
    """

    at: QPoint
    words: str = ""
    refused: bool = False
    drop_frame: int | None = None
    stretch: tuple[int, int] | None = None
    band: QRect | None = None
    lifted: tuple[ShotId, ...] = ()


class Gesture(Protocol):
    """From press to release."""

    def move(self, at: QPoint) -> None: ...
    def finish(self) -> None: ...
    def cancel(self) -> None: ...
    def look(self) -> GestureLook | None: ...


class Scrub:
    """Moves the playhead along."""

    def __init__(self, scrub: Callable[[int], None]) -> None:
        self._scrub = scrub

    def move(self, at: QPoint) -> None:
        self._scrub(at.x())

    def finish(self) -> None:
        return

    def cancel(self) -> None:
        return

    def look(self) -> GestureLook | None:
        return None


class Band:
    """Selects what a rubber band touches; with what was selected before, where `adds`."""

    def __init__(self, line: ShotLine, scale: Scale, selection: ShotSelection, start: QPoint, *, adds: bool) -> None:
        self._line, self._scale, self._selection = line, scale, selection
        self._from_frame, self._from_y = scale.frame(start.x()), start.y()
        self._to = start
        self._before = selection.shot_ids
        self._kept = selection.shot_ids if adds else ()

    def move(self, at: QPoint) -> None:
        self._to = at
        first, last = sorted((self._from_frame, self._scale.frame(at.x())))
        touched = self._line.between(max(0.0, first), max(0.0, last)) if last > 0 else range(0)
        self._selection.select((*self._kept, *(self._line.shots[place].shot.id for place in touched)))

    def finish(self) -> None:
        return

    def cancel(self) -> None:
        self._selection.select(self._before)

    def look(self) -> GestureLook | None:
        start = QPoint(self._scale.x(self._from_frame), self._from_y)
        count = len(self._selection.shot_ids)
        words = plural("{n} shot", "{n} shots", count) if count else ""
        return GestureLook(at=self._to, words=words, band=QRect(start, self._to).normalized())


class MoveShots:
    """Takes shots to another place."""

    def __init__(
        self, line: ShotLine, scale: Scale, film: FilmSnapshot, edits: ShotEdits, shot_ids: tuple[ShotId, ...]
    ) -> None:
        self._line, self._scale, self._film, self._edits = line, scale, film, edits
        self.shot_ids = shot_ids
        self._reach = scenes_in_reach(film.view, shot_ids) if film.view else ()
        cards = [card for shot_id in shot_ids if (card := film.card(shot_id))]
        self._labels = [card.shot.label for card in cards]
        self._look: GestureLook | None = None

    def move(self, at: QPoint) -> None:
        place = self._line.drop_place(self._scale.frame(at.x()))
        refusal = self._refusal(place.scene.scene.id if place else None)
        if place is None or refusal:
            self._edits.propose(None)
            self._look = GestureLook(at=at, words=refusal, refused=True, lifted=self.shot_ids)
            return
        scene = place.scene.scene
        before = self._film.card(place.before)
        where = (
            tr("before {label}", label=before.shot.label)
            if before
            else tr("to the end of sc {number}", number=scene.number)
        )
        if self._is_where_it_is(place.before, scene.id):
            self._edits.propose(None)
            self._look = GestureLook(at=at, words=move_words(self._labels, tr(_STAYS)), lifted=self.shot_ids)
            return
        self._edits.propose(Move(shot_ids=self.shot_ids, scene_id=scene.id, before=place.before))
        words = move_words(self._labels, where)
        self._look = GestureLook(at=at, words=words, drop_frame=place.at_frame, lifted=self.shot_ids)

    def finish(self) -> None:
        self._edits.make_proposed()

    def cancel(self) -> None:
        self._edits.propose(None)

    def look(self) -> GestureLook | None:
        return self._look

    def _is_where_it_is(self, before: ShotId | None, scene_id: SceneId) -> bool:
        shots = self._film.view.shots_of(scene_id) if self._film.view else ()
        order = [shot.id for shot in shots]
        if any(shot_id not in order for shot_id in self.shot_ids):
            return False
        place = order.index(before) if before else len(order)
        first = order.index(self.shot_ids[0])
        together = tuple(order[first : first + len(self.shot_ids)]) == self.shot_ids
        return together and first <= place <= first + len(self.shot_ids)

    def _refusal(self, scene_id: SceneId | None) -> str:
        if self._line.hides:
            return tr("Show the other shots first: where these go cannot be seen.")
        if not self._reach or self._film.view is None:
            return tr("Shots of several scenes move scene by scene.")
        if scene_id not in self._reach:
            return tr("Too far: shots move within their scene, or to the one before or after.")
        own = self._film.view.graph.shots[self.shot_ids[0]].scene_id
        if scene_id != own and len(self.shot_ids) == len(self._film.view.shots_of(own)):
            return tr("A scene keeps at least one shot.")
        return ""


class TrimShot:
    """Draws the end of a shot by as much as the mouse moves; holds on at the length that its clip was made for."""

    def __init__(
        self, line: ShotLine, scale: Scale, film: FilmSnapshot, edits: ShotEdits, place: int, start: QPoint
    ) -> None:
        self._line, self._scale, self._film, self._edits = line, scale, film, edits
        self._card = line.shots[place]
        self._start, self._stop = line.starts[place], line.stop(place)
        self._made = made_frames(self._card, film.frame_rate)
        self._frames = self._card.shot.duration_frames
        self._from_frame = scale.frame(start.x())
        self._at = start

    def move(self, at: QPoint) -> None:
        self._at = at
        frames = max(1, self._card.shot.duration_frames + round(self._scale.frame(at.x()) - self._from_frame))
        if self._made and abs(self._made - frames) * self._scale.px_a_frame <= _SNAP_PX:
            frames = self._made
        self._frames = frames
        same = frames == self._card.shot.duration_frames
        self._edits.propose(None if same else Trim(shot_id=self._card.shot.id, duration_frames=frames))

    def finish(self) -> None:
        self._edits.make_proposed()

    def cancel(self) -> None:
        self._edits.propose(None)

    def look(self) -> GestureLook | None:
        words = trim_words(self._card, self._frames, float(self._film.frame_rate), self._made)
        return GestureLook(at=self._at, words=words, stretch=(self._stop, self._start + self._frames))
