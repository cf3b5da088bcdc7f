"""The shots as the timeline lays them out, end to end: where each lies, and the states of any stretch at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from desktop.snapshot import FilmSnapshot, SceneSpan, ShotCard, scene_spans
from desktop.standing_light import Light
from desktop.timeline.scale import Scale
from storage.domain.scene_graph import ShotId

RANKED = (
    Light.DRIFT, Light.SET_ASIDE, Light.NEEDS_YOU, Light.IN_WORK, Light.STALE, Light.QUEUED, Light.APPROVED,
    Light.NOTHING,
)  # fmt: skip
_BIT = {light: 1 << rank for rank, light in enumerate(RANKED)}
_RANK = {light: rank for rank, light in enumerate(RANKED)}
_LANE_BITS = 8
_LANE_MASK = (1 << _LANE_BITS) - 1
NUM_LANES = 4
FLAGGED = 1 << _LANE_BITS * NUM_LANES
NOTED = FLAGGED << 1


def states_of(card: ShotCard) -> int:
    """The lights of a shot's four lanes, whether it is flagged and whether it has open notes, as bits; `or` puts shots
    together.
    """
    bits = _bits_of(card.lanes)
    return bits | NOTED if card.num_notes else bits


@lru_cache(maxsize=1024)
def _bits_of(lanes: tuple[Light, Light, Light, Light]) -> int:
    one, two, three, four = lanes
    bits = _BIT[one] | _BIT[two] << 8 | _BIT[three] << 16 | _BIT[four] << 24
    return bits | FLAGGED if Light.DRIFT in (two, three) else bits


def worst_in(states: int, lane: int) -> Light:
    """The most urgent light of a lane among some shots.

    Args:
        states: of one or more shots, put together.
        lane: from 0 (script) to 3 (cut).
    """
    bits = states >> lane * _LANE_BITS & _LANE_MASK
    return RANKED[(bits & -bits).bit_length() - 1]


def worst_of(states: int) -> Light:
    """The most urgent light of all lanes among some shots."""
    bits = (states | states >> 8 | states >> 16 | states >> 24) & _LANE_MASK
    return RANKED[(bits & -bits).bit_length() - 1]


def rank_of(card: ShotCard) -> int:
    """The more urgent of a shot's keyframe and clip, as its place in `RANKED`."""
    return _rank_of(card.lanes)


@lru_cache(maxsize=1024)
def _rank_of(lanes: tuple[Light, Light, Light, Light]) -> int:
    return min(_RANK[lanes[1]], _RANK[lanes[2]])


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPlace:
    """Where shots would be put down: before a shot of a scene, or at its end.

    Attributes:
        before: None for the end of the scene.
        at_frame: of the line, where the drop line is drawn.
    """

    scene: SceneSpan
    before: ShotId | None
    at_frame: int


class ShotLine:
    """The shots that are shown, in film order. All of the film's, or those that a filter lets through.

    A frame of the line is a frame of the film where nothing is hidden.
    """

    def __init__(self) -> None:
        self.film: FilmSnapshot | None = None
        self.shots: Sequence[ShotCard] = ()
        self.starts: Sequence[int] = ()
        self.scenes: Sequence[SceneSpan] = ()
        self.states: list[int] = []
        self.ranks = bytearray()
        self.num_frames = 0
        self.hides = False
        self._film_index: Sequence[int] = ()
        self._place: dict[int, int] = {}

    def show(self, film: FilmSnapshot, shown: Sequence[int] | None = None) -> None:
        """Lay out a film anew.

        Args:
            shown: the indexes of the shots that are not hidden, ascending; None for all.
        """
        self.film = film
        self.hides = shown is not None
        if shown is None:
            self.shots, self.starts, self.scenes = film.shots, film.starts, film.scenes
            self.num_frames = film.num_frames
            self._film_index, self._place = range(len(film.shots)), {}
        else:
            self.shots = [film.shots[index] for index in shown]
            starts, frame = [], 0
            for card in self.shots:
                starts.append(frame)
                frame += card.shot.duration_frames
            self.starts, self.num_frames = starts, frame
            self.scenes = _spans_on_line(self.shots, starts, frame)
            self._film_index = shown
            self._place = {index: place for place, index in enumerate(shown)}
        # There may be thousands: each kind of them is worked out once.
        self.states = list(map(states_of, self.shots))
        self.ranks = bytearray(map(rank_of, self.shots))

    def update(self, film: FilmSnapshot, changed: Iterable[ShotId]) -> list[int]:
        """Take newer cards of shots that did not move; returns their indexes in the line."""
        self.film = film
        if not self.hides:
            self.shots, self.scenes = film.shots, film.scenes
        places: list[int] = []
        for shot_id in changed:
            place = self.place_of(film.index_of.get(shot_id, -1))
            if place is not None:
                card = film.shots[self._film_index[place]]
                if isinstance(self.shots, list):
                    self.shots[place] = card
                self.states[place] = states_of(card)
                self.ranks[place] = rank_of(card)
                places.append(place)
        return places

    def __len__(self) -> int:
        return len(self.shots)

    def film_index(self, place: int) -> int:
        """The index in the film of a shot of the line."""
        return self._film_index[place]

    def place_of(self, film_index: int) -> int | None:
        """Where a shot of the film is in the line; None where it is hidden or there is none."""
        if not self.hides:
            return film_index if 0 <= film_index < len(self.shots) else None
        return self._place.get(film_index)

    def stop(self, place: int) -> int:
        """The first frame of the line after a shot."""
        return self.starts[place] + self.shots[place].shot.duration_frames

    def at(self, frame: float) -> int | None:
        """The shot at a frame of the line; None outside."""
        if not self.shots or not 0 <= frame < self.num_frames:
            return None
        return bisect_right(self.starts, frame) - 1

    def between(self, first_frame: float, stop_frame: float) -> range:
        """The shots that any of these frames of the line belongs to."""
        first = max(0, bisect_right(self.starts, first_frame) - 1)
        return range(first, max(first, bisect_left(self.starts, stop_frame)))

    def visible(self, scale: Scale) -> range:
        """The shots of which any part is in the viewport."""
        return self.between(max(0.0, scale.frame(0)), max(0.0, scale.frame(scale.width_px)))

    def worst_states(self, places: range) -> int:
        """The states of a stretch of shots, put together."""
        return reduce(or_, self.states[places.start : places.stop], 0)

    def scenes_between(self, places: range) -> range:
        """The scenes that any of these shots belongs to."""
        first = max(0, bisect_right(self.scenes, places.start, key=lambda span: span.first) - 1)
        return range(first, bisect_left(self.scenes, places.stop, key=lambda span: span.first))

    def scene_at(self, place: int) -> SceneSpan:
        """The scene of a shot of the line."""
        return self.scenes[bisect_right(self.scenes, place, key=lambda span: span.first) - 1]

    def line_frame(self, film_frame: int) -> int:
        """Where a frame of the film lies on the line; one that is hidden, where the next shown shot begins."""
        if not self.hides or self.film is None:
            return film_frame
        index = self.film.index_at(film_frame)
        if index is None:
            return self.num_frames if film_frame > 0 else 0
        place = self._place.get(index)
        if place is not None:
            return self.starts[place] + film_frame - self.film.starts[index]
        after = bisect_left(self._film_index, index)
        return self.starts[after] if after < len(self.starts) else self.num_frames

    def film_frame(self, line_frame: int) -> int:
        """Which frame of the film lies at a frame of the line; held within the line."""
        frame = max(0, min(line_frame, self.num_frames - 1))
        place = self.at(frame)
        if not self.hides or place is None or self.film is None:
            return frame
        return self.film.starts[self._film_index[place]] + frame - self.starts[place]

    def drop_place(self, frame: float) -> DropPlace | None:
        """Where shots are put down at a frame: before the shot there, or after it in its second half."""
        place = self.at(max(0.0, min(frame, self.num_frames - 1)))
        if place is None:
            return None
        scene = self.scene_at(place)
        if frame >= self.starts[place] + self.shots[place].shot.duration_frames / 2:
            place += 1
        if place >= scene.stop:
            return DropPlace(scene=scene, before=None, at_frame=scene.stop_frame)
        return DropPlace(scene=scene, before=self.shots[place].shot.id, at_frame=self.starts[place])


def _spans_on_line(shots: Sequence[ShotCard], starts: Sequence[int], num_frames: int) -> tuple[SceneSpan, ...]:
    spans = scene_spans(shots)
    return tuple(
        SceneSpan(
            scene=span.scene,
            first=span.first,
            stop=span.stop,
            start_frame=starts[span.first],
            stop_frame=starts[span.stop] if span.stop < len(starts) else num_frames,
        )
        for span in spans
    )
