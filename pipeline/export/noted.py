"""The notes of a film as a reader finds them: in film order, each with its place in the film and in words."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from pipeline.media import decode_frame, decode_picture, read_clip
from pipeline.renderers.base import Frame
from storage.author import name_of
from storage.domain.decisions import Verb
from storage.domain.findings import FrameRange
from storage.domain.notes import Note, notes_in, place_among
from storage.domain.scene_graph import Scene, Shot
from storage.domain.takes import Seam, Take
from storage.errors import KnownError
from storage.film_state import FilmState
from storage.frames import film_range_of, timecode
from storage.naming import name_of_take
from storage.project import Project

_KINDS = {Verb.REQUEST_CHANGES: "changes requested", Verb.MISSED_DRIFT: "missed drift", Verb.APPROVE: "approval"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One note where it stands.

    Attributes:
        name: of its take, as `find_take` finds it.
        shot, scene: None on the cut, and where the shot is gone from the film.
        film_range: the frames of the film that it is about; None where the shot is gone.
        first_timecode, last_timecode: of these; empty where there are none.
    """

    note: Note
    take: Take
    name: str
    shot: Shot | None
    scene: Scene | None
    film_range: FrameRange | None
    first_timecode: str
    last_timecode: str

    @property
    def kind(self) -> str:
        return kind_of(self.note)


def kind_of(note: Note) -> str:
    """What a note is: "note", "drawing", or the decision that says it."""
    return _KINDS.get(note.verb) or ("note" if note.text else "drawing")


def told(note: Note) -> str:
    """What a note says, with its replies below it, each a line with who said it."""
    replies = [f"{name_of(reply.author)}: {reply.text}" for reply in note.replies]
    return "\n".join((note.written or "(drawing)", *replies))


def noted_in(project: Project, state: FilmState) -> list[Noted]:
    """Every note of a film, in the order of the film."""
    if state.view is None:
        return []
    starts: dict[str, int] = {}
    frame = 0
    for shot in state.view.shots:
        starts[shot.id] = frame
        frame += shot.duration_frames
    order = {shot.id: index for index, shot in enumerate(state.view.shots)}
    return [_placed(project, state, note, starts) for note in place_among(notes_in(state.decisions), order)]


def _placed(project: Project, state: FilmState, note: Note, starts: dict[str, int]) -> Noted:
    assert state.view is not None
    take = state.takes[note.take_id]
    shot = state.view.graph.shots.get(note.shot_id) if note.shot_id else None
    rate = state.film.frame_rate
    film_range = None
    if note.shot_id is None:
        slate = int(project.takes.recipe(take.id).extra.get("slate_frames", 0))
        frames = note.frames or FrameRange(start=0, stop=take.num_frames)
        film_range = FrameRange(start=max(0, frames.start - slate), stop=max(1, frames.stop - slate))
    elif shot is not None:
        start = starts[shot.id]
        inside = FrameRange(start=0, stop=shot.duration_frames)
        if note.frames is not None and take.frame_rate:
            inside = film_range_of(note.frames, take.frame_rate, rate)
        film_range = FrameRange(start=start + inside.start, stop=start + max(inside.stop, inside.start + 1))
    return Noted(
        note=note,
        take=take,
        name=name_of_take(state.view, take),
        shot=shot,
        scene=state.view.graph.scenes.get(shot.scene_id) if shot else None,
        film_range=film_range,
        first_timecode=timecode(film_range.start, rate) if film_range else "",
        last_timecode=timecode(film_range.stop - 1, rate) if film_range else "",
    )


def picture_of(project: Project, noted: Noted) -> Frame | None:
    """The frame that a note begins at; None where the take's file cannot be read.

    Returns:
        height x width x 3, uint8, RGB.
    """
    path = project.media.path(noted.take.media, noted.take.media_suffix)
    index = noted.note.first_frame
    try:
        if noted.take.seam is Seam.KEYFRAME:
            return decode_picture(path)
        with suppress(IndexError, KnownError):
            if noted.take.seam is Seam.CLIP:
                return decode_frame(path, index)
        # A movie's frames rest on those before them, and so do those of a clip that was not encoded here.
        return next(islice(read_clip(path), index, None), None)
    except KnownError:
        return None
