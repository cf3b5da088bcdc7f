"""Notes: remarks on a take, a frame or a range of its frames, with what is drawn there and what was replied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any, NewType

from storage.domain.decisions import Decision, Verb
from storage.domain.findings import FrameRange
from storage.domain.scene_graph import ShotId
from storage.domain.strokes import Stroke, from_json
from storage.domain.takes import Seam, Take, TakeId

NoteId = NewType("NoteId", int)

# What these say of a take beside what they decide is shown as a note.
SPEAKING = (Verb.REQUEST_CHANGES, Verb.MISSED_DRIFT, Verb.APPROVE)
NOTE_VERBS = (Verb.NOTE, Verb.DRAW, Verb.CLEAR, Verb.REPLY, Verb.RESOLVE, Verb.REOPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Attributes: id: the entry of the ledger that it is."""

    id: int
    author: str
    text: str
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What one entry of the ledger drew.

    Attributes:
        id: of that entry.
    """

    id: int
    author: str
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thread.

    Attributes:
        id: the entry of the ledger that began it.
        verb: NOTE, or the decision that was made with these words.
        about: for a decision: the key of the constraint that it was about, or empty.
        frames: of the take; None for all of it.
        text: empty while it is only drawn.
        drawings: those that nobody cleared, oldest first.
        resolved_by: who resolved it; empty while it is open.
    """

    id: NoteId
    verb: Verb
    seam: Seam
    shot_id: ShotId | None
    take_id: TakeId
    frames: FrameRange | None
    text: str
    author: str
    created_at: str
    graph_revision: int
    about: str = ""
    drawings: tuple[Drawing, ...] = ()
    replies: tuple[Reply, ...] = ()
    resolved_by: str = ""
    resolved_at: str = ""

    @property
    def is_resolved(self) -> bool:
        return bool(self.resolved_by)

    @property
    def is_decision(self) -> bool:
        return self.verb is not Verb.NOTE

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return tuple(stroke for drawing in self.drawings for stroke in drawing.strokes)

    @property
    def written(self) -> str:
        """Its words, those on the picture included; empty where it is only lines."""
        on_picture = [stroke.words for stroke in self.strokes if stroke.words]
        return " · ".join(filter(None, (self.text, *on_picture)))

    @property
    def first_frame(self) -> int:
        """Of the take: where to look at it."""
        return self.frames.start if self.frames else 0

    def is_at(self, frame_index: int) -> bool:
        """Whether it is about a frame of its take."""
        return self.frames is None or self.frames.start <= frame_index < self.frames.stop


def notes_in(decisions: Iterable[Decision]) -> tuple[Note, ...]:
    """All threads, in the order in which they were begun.

    A drawing whose every stroke was cleared, and to which nothing was said, is none.

    Args:
        decisions: what still counts of the ledger, in order; of one place or of the whole film.
    """
    notes: dict[NoteId, Note] = {}
    cleared: set[int] = set()
    for decision in decisions:
        if decision.verb is Verb.CLEAR:
            cleared.update(decision.details["cleared"])
            continue
        note = _begun_by(decision)
        if note is not None:
            notes[note.id] = note
            continue
        at = NoteId(decision.details.get("on", 0)) if decision.verb in NOTE_VERBS else NoteId(0)
        if at in notes:
            notes[at] = _going_on(notes[at], decision)
    found = [_without(note, cleared) for note in notes.values()]
    return tuple(note for note in found if note.text or note.drawings or note.replies)


def frames_of(details: Mapping[str, Any]) -> FrameRange | None:
    """The frames that an entry of the ledger names."""
    named = details.get("frames")
    return FrameRange(start=named[0], stop=named[1]) if named else None


def seen_at(take: Take, frame_index: int, other: Take) -> int:
    """The frame of another take that is shown at the time at which a frame of this one is.

    Args:
        frame_index: of `take`, from 0.

    Returns:
        a frame of `other`, from 0, which may lie beyond its end.
    """
    if not take.frame_rate or not other.frame_rate:
        return 0
    return floor(Fraction(frame_index) * other.frame_rate / take.frame_rate)


def earlier_takes(take: Take, takes: Iterable[Take]) -> tuple[Take, ...]:
    """The takes of the same shot that were made before this one: of its seam, and the keyframes before a clip."""
    seams = (Seam.KEYFRAME, Seam.CLIP) if take.seam is Seam.CLIP else (take.seam,)
    return tuple(
        other
        for other in takes
        if other.shot_id == take.shot_id
        and other.seam in seams
        and (other.seam is not take.seam or other.number < take.number)
    )


def place_among(notes: Sequence[Note], order: Mapping[ShotId, int]) -> list[Note]:
    """Notes in the order of the film: by shot, then keyframes before clips, takes, frames and age; the cut's last."""
    seams = {seam: index for index, seam in enumerate(Seam)}

    def place(note: Note) -> tuple[int, int, int, int, int]:
        shot = order.get(note.shot_id, len(order)) if note.shot_id else len(order) + 1
        return shot, seams[note.seam], note.take_id, note.first_frame, note.id

    return sorted(notes, key=place)


def _begun_by(decision: Decision) -> Note | None:
    """The note that an entry begins, if it does."""
    if decision.take_id is None or "on" in decision.details:
        return None
    is_said = decision.verb in SPEAKING and bool(decision.note)
    if not is_said and decision.verb is not Verb.NOTE:
        return None
    return Note(
        id=NoteId(decision.seq),
        verb=decision.verb,
        seam=decision.seam,
        shot_id=decision.shot_id,
        take_id=decision.take_id,
        frames=frames_of(decision.details),
        text=decision.note,
        author=decision.author,
        created_at=decision.created_at,
        graph_revision=decision.graph_revision,
        about=decision.key,
        drawings=_drawn(decision),
    )


def _going_on(note: Note, decision: Decision) -> Note:
    match decision.verb:
        case Verb.NOTE:
            return replace(note, text=decision.note)
        case Verb.DRAW:
            return replace(note, drawings=(*note.drawings, *_drawn(decision)))
        case Verb.REPLY:
            reply = Reply(id=decision.seq, author=decision.author, text=decision.note, created_at=decision.created_at)
            return replace(note, replies=(*note.replies, reply))
        case Verb.RESOLVE:
            return replace(note, resolved_by=decision.author, resolved_at=decision.created_at)
        case _:
            return replace(note, resolved_by="", resolved_at="")


def _drawn(decision: Decision) -> tuple[Drawing, ...]:
    strokes = tuple(from_json(told) for told in decision.details.get("strokes", ()))
    return (Drawing(id=decision.seq, author=decision.author, strokes=strokes),) if strokes else ()


def _without(note: Note, cleared: set[int]) -> Note:
    kept = tuple(drawing for drawing in note.drawings if drawing.id not in cleared)
    return note if len(kept) == len(note.drawings) else replace(note, drawings=kept)
