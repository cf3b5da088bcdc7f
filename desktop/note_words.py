"""How the desk says what a note is and where it stands."""

from desktop.note_place import NotePlace
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, plural, tr
from desktop.wording import frames_words, place_of_take, work_words
from storage.author import name_of
from storage.domain.decisions import Verb
from storage.domain.notes import Note
from storage.domain.takes import Seam, Take, TakeId

_KINDS = {
    Verb.REQUEST_CHANGES: marked("changes requested"),
    Verb.MISSED_DRIFT: marked("missed by the critic"),
    Verb.APPROVE: marked("said on approval"),
}
_NUMBERED = {Seam.KEYFRAME: marked("{label} keyframe {number}"), Seam.CLIP: marked("{label} clip {number}")}


def take_words(film: FilmSnapshot, take: Take) -> str:
    """A take by its place: "2B clip, take 2", "The cut, take 1"."""
    card = film.card(take.shot_id)
    return place_of_take(take.seam, card.shot.label if card else None, take.number)


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
    label = card.shot.label if card else tr("gone")
    if note.seam is Seam.CUT:
        place = tr("Cut {number}", number=take.number) if take else tr("Cut")
    else:
        place = tr(_NUMBERED[note.seam], label=label, number=take.number) if take else work_words(note.seam, label)
    return f"{place}{f' · {frames_words(note.frames)}' if note.frames else ''}"


def note_kind(note: Note) -> str:
    """What a decision's words are; empty for a note that is nothing else."""
    return tr(_KINDS.get(note.verb, ""))


def note_facts(note: Note) -> str:
    """What else there is of a note: "changes requested · 2 replies · 3 strokes"."""
    parts = [note_kind(note)]
    parts += [plural("{n} reply", "{n} replies", len(note.replies))] if note.replies else []
    parts += [plural("{n} stroke", "{n} strokes", len(note.strokes))] if note.strokes else []
    return " · ".join(filter(None, parts))


def note_sentence(film: FilmSnapshot, note: Note) -> str:
    """All of a note in one line, as a screen reader tells it."""
    state = tr("resolved by {author}", author=name_of(note.resolved_by)) if note.is_resolved else tr("open")
    parts = (note_place(film, note), state, name_of(note.author), note.written or tr("drawing"), note_facts(note))
    return ", ".join(filter(None, parts))


def _take(film: FilmSnapshot, seam: Seam, shot_id, take_id: TakeId) -> Take | None:
    if seam is Seam.CUT:
        takes = film.cut.takes
    else:
        card = film.card(shot_id)
        takes = card.at(seam).takes if card else ()
    return next((take for take in takes if take.id == take_id), None)
