"""What playing runs along: the frames of one take, or the film from shot to shot."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Protocol

from desktop.snapshot import FilmSnapshot, ShotCard, Spot
from desktop.stage import Stage
from storage.domain.takes import Seam, Take
from storage.frames import take_frame_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is shown at one tick of a line; the arguments of `Stage.run_to`."""

    spot: Spot
    take: Take | None
    frame_index: int = 0
    held_frames: int = 0


class PlayLine(Protocol):
    """Moments one after another, `rate` of them a second, counted from 0."""

    @property
    def rate(self) -> Fraction: ...

    @property
    def num_ticks(self) -> int: ...

    def at(self, tick: int) -> Moment:
        """What is shown at a tick that the line has."""
        ...

    def tick_of(self, stage: Stage) -> int:
        """The tick that the stage stands at."""
        ...

    def tick_at(self, film_frame: int) -> int:
        """The tick that shows a frame of the film; may lie outside the line."""
        ...


class TakeLine:
    """Every frame of one take, at its own rate.

    Args:
        start_frame: of the film, at which the take's first frame is shown; below 0 for a cut with a slate.
        film_rate: frames of the film a second.
    """

    def __init__(self, spot: Spot, take: Take, *, start_frame: int, film_rate: Fraction) -> None:
        self._spot = spot
        self._take = take
        self._start_frame = start_frame
        self._film_rate = film_rate
        self.rate = take.frame_rate
        self.num_ticks = take.num_frames

    def at(self, tick: int) -> Moment:
        return Moment(spot=self._spot, take=self._take, frame_index=tick)

    def tick_of(self, stage: Stage) -> int:
        return stage.frame_index

    def tick_at(self, film_frame: int) -> int:
        return int((film_frame - self._start_frame) * self.rate // self._film_rate)


class FilmLine:
    """The film as it stands: of each shot its circled or newest take, a still or its number for the shot's length.

    Args:
        on_screen: a take that its shot is shown by, circled or not.
    """

    def __init__(self, film: FilmSnapshot, on_screen: Take | None = None) -> None:
        self._film = film
        self._on_screen = on_screen
        self.rate = film.frame_rate
        self.num_ticks = film.num_frames

    def at(self, tick: int) -> Moment:
        index = self._film.index_at(tick)
        if index is None:
            raise IndexError(tick)
        card = self._film.shots[index]
        take = shown_take(card)
        if self._on_screen is not None and self._on_screen.shot_id == card.shot.id:
            take = self._on_screen
        held = tick - card.start_frame
        spot = Spot(seam=take.seam if take else Seam.KEYFRAME, shot_id=card.shot.id)
        if take is None or not take.frame_rate:
            return Moment(spot=spot, take=take, held_frames=held)
        frame = min(take.num_frames - 1, take_frame_at(held, take.frame_rate, self.rate))
        return Moment(spot=spot, take=take, frame_index=frame)

    def tick_of(self, stage: Stage) -> int:
        card = self._film.card(stage.spot.shot_id)
        # A take may run on beyond its shot; the film does not.
        return min(stage.film_frame, card.stop_frame - 1) if card else 0

    def tick_at(self, film_frame: int) -> int:
        return film_frame


def shown_take(card: ShotCard) -> Take | None:
    """The take that stands for a shot in the film: its circled or newest clip, else keyframe; None for nothing."""
    for seam in (card.clip, card.keyframe):
        take = seam.standing.circled or (seam.takes[-1] if seam.takes else None)
        if take is not None:
            return take
    return None


def film_frame_after(stage: Stage) -> int:
    """The frame of the film at which what is on screen has been shown."""
    take, film = stage.take, stage.film
    if film is None or take is None or not take.frame_rate:
        return stage.film_frame + 1
    card = film.card(stage.spot.shot_id)
    start = card.start_frame if card else -stage.slate_frames
    return max(0, start + ceil((stage.frame_index + 1) * film.frame_rate / take.frame_rate))
