"""Where a note would be made: the take and frame that are painted, or the frames between in and out around it."""

from dataclasses import dataclass

from desktop.player import Player
from storage.domain.findings import FrameRange
from storage.domain.takes import Take


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlace:
    """A place in a take.

    Attributes:
        frames: of the take; None for all of it, as of a still.
        frame_index: the frame that is painted, from 0.
    """

    take: Take
    frames: FrameRange | None
    frame_index: int


def place_at(player: Player, take: Take, frame_index: int) -> NotePlace:
    """The place of a frame: what lies between the player's in and out where the frame does, else the frame alone."""
    if take.num_frames == 1:
        return NotePlace(take=take, frames=None, frame_index=0)
    frames = FrameRange(start=frame_index, stop=frame_index + 1)
    marked, line = player.marked, player.line_of_take()
    if marked is not None and line is not None:
        start = max(0, line.tick_at(marked.start))
        stop = min(take.num_frames, line.tick_at(marked.stop - 1) + 1)
        if start <= frame_index < stop:
            frames = FrameRange(start=start, stop=stop)
    return NotePlace(take=take, frames=frames, frame_index=frame_index)
