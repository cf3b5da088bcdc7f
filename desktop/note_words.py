"""How the desk says what a note is and where it stands."""

from desktop.note_place import NotePlace
from desktop.snapshot import FilmSnapshot
from desktop.wording import counted, frames_words
from storage.author import name_of
from storage.domain.decisions import Verb
from storage.domain.notes import Note
from storage.domain.takes import Seam, Take, TakeId

_KINDS = {
    Verb.REQUEST_CHANGES: "changes requested",
    Verb.MISSED_DRIFT: "missed by the critic",
    Verb.APPROVE: "said on approval",
}


def take_words(film: FilmSnapshot, take: Take) -> str:
    """A take by its place: "2B clip, take 2", "the cut, take 1"."""
    card = film.card(take.shot_id)
    place = "The cut" if take.seam is Seam.CUT else f"{card.shot.label if card else 'A shot that is gone,'} {take.seam}"
    return f"{place}, take {take.number}"


def place_words(film: FilmSnapshot, place: NotePlace) -> str:
    """Where a note would be: "2B clip, take 2, frame 9"."""
    frames = f", {frames_words(place.frames)}" if place.frames else ""
    return f"{take_words(film, place.take)}{frames}"


def take_of(film: FilmSnapshot, note: Note) -> Take | None:
    """The take that a note is on; None where its shot is gone from the film."""
    return _take(film, note.seam, note.shot_id, note.take_id)


def note_place(film: FilmSnapshot, note: Note) -> str:
    """Where a note stands: "2B clip 2 · frames 9 to 14"."""
    take = take_of(film, note)
    card = film.card(note.shot_id)
    label = "Cut" if note.seam is Seam.CUT else f"{card.shot.label if card else 'gone'} {note.seam}"
    number = f" {take.number}" if take else ""
    return f"{label}{number}{f' · {frames_words(note.frames)}' if note.frames else ''}"


def note_kind(note: Note) -> str:
    """What a decision's words are; empty for a note that is nothing else."""
    return _KINDS.get(note.verb, "")


def note_facts(note: Note) -> str:
    """What else there is of a note: "changes requested · 2 replies · 3 strokes"."""
    parts = [note_kind(note)]
    parts += [counted(len(note.replies), "reply", "replies")] if note.replies else []
    parts += [counted(len(note.strokes), "stroke")] if note.strokes else []
    return " · ".join(filter(None, parts))


def note_sentence(film: FilmSnapshot, note: Note) -> str:
    """All of a note in one line, as a screen reader tells it."""
    state = f"resolved by {name_of(note.resolved_by)}" if note.is_resolved else "open"
    parts = (note_place(film, note), state, name_of(note.author), note.written or "drawing", note_facts(note))
    return ", ".join(filter(None, parts))


def _take(film: FilmSnapshot, seam: Seam, shot_id, take_id: TakeId) -> Take | None:
    if seam is Seam.CUT:
        takes = film.cut.takes
    else:
        card = film.card(shot_id)
        takes = card.at(seam).takes if card else ()
    return next((take for take in takes if take.id == take_id), None)
