"""Notes are entries of the ledger: kept with their take, gone on with, resolved, cleared, and all of it undone."""

from collections.abc import Iterator

import pytest

from storage.commands import Commands
from storage.domain.decisions import Verb
from storage.domain.findings import FrameRange
from storage.domain.notes import Note, earlier_takes, notes_in, place_among, seen_at
from storage.domain.strokes import Colour, Stroke, Tool, Width
from storage.domain.takes import Seam, Take
from storage.errors import WrongUse
from storage.note_commands import NoteCommands
from storage.verify import verify
from tests.unit.storage.conftest import Film

ANNA = "director:Anna"
PEN = Stroke(tool=Tool.PEN, points=((0.1, 0.1), (0.2, 0.4), (0.5, 0.45)), colour=Colour.AMBER)
BOX = Stroke(tool=Tool.BOX, points=((0.3, 0.3), (0.6, 0.7)), width=Width.BROAD)
WORDS = Stroke(tool=Tool.TEXT, points=((0.2, 0.8),), words="too  bright")
FRAME = FrameRange(start=3, stop=4)


@pytest.fixture
def noted(film: Film) -> Iterator[tuple[Film, Take, Take]]:
    """The film with a keyframe and a clip of its first shot."""
    film.commands.approve_script()
    keyframe = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.approve(keyframe.id)
    yield film, keyframe, film.make("shot:1A", Seam.CLIP, num_frames=16)


def notes(film: Film) -> tuple[Note, ...]:
    return notes_in(film.state.decisions)


def by(film: Film, author: str = ANNA) -> NoteCommands:
    return NoteCommands(film.project, author)


def test_a_note_is_kept_with_its_take_and_frames(noted: tuple[Film, Take, Take]):
    film, keyframe, clip = noted
    by(film).add(keyframe.id, "  Her eyes are\n too bright. ")
    by(film).add(clip.id, "Hold this longer.", FrameRange(start=2, stop=9))
    film.reopen()
    one, other = notes(film)
    assert (one.text, one.frames, one.seam, one.author) == ("Her eyes are\ntoo bright.", None, Seam.KEYFRAME, ANNA)
    assert (other.frames, other.take_id, other.first_frame) == (FrameRange(start=2, stop=9), clip.id, 2)
    assert [other.is_at(frame) for frame in (1, 2, 8, 9)] == [False, True, True, False]
    assert verify(film.project) == []


def test_strokes_on_the_same_frame_are_one_note_and_its_words_join_it(noted: tuple[Film, Take, Take]):
    film, _, clip = noted
    by(film).draw(clip.id, [PEN], FRAME)
    by(film).draw(clip.id, [BOX], FRAME)
    by(film).draw(clip.id, [WORDS], FRAME)
    by(film).add(clip.id, "Look here.", FRAME)
    by(film).draw(clip.id, [PEN], FrameRange(start=5, stop=6))
    by(film, "director:Ben").draw(clip.id, [PEN], FRAME)
    first, later, of_ben = notes(film)
    assert [stroke.tool for stroke in first.strokes] == [Tool.PEN, Tool.BOX, Tool.TEXT]
    assert first.written == "Look here. · too bright"
    assert (len(later.strokes), later.written) == (1, "")
    assert (of_ben.author, of_ben.frames) == ("director:Ben", FRAME)
    by(film).add(clip.id, "And another thing.", FRAME)
    assert [note.text for note in notes(film)] == ["Look here.", "", "", "And another thing."]


def test_every_stroke_and_every_clear_is_undone_after_opening_again(noted: tuple[Film, Take, Take]):
    film, _, clip = noted
    for stroke in (PEN, BOX):
        by(film).draw(clip.id, [stroke], FRAME)
    by(film, "director:Ben").draw(clip.id, [WORDS], FrameRange(start=0, stop=8))
    drawn = notes(film)
    by(film).clear(clip.id, 3)
    assert notes(film) == ()
    film.reopen()
    film.commands.undo()
    assert notes(film) == drawn
    seen = []
    for _ in range(3):
        film.reopen()
        film.commands.undo()
        seen.append([len(note.strokes) for note in notes(film)])
    assert seen == [[2], [1], []]
    for _ in range(4):
        film.reopen()
        film.commands.redo()
    assert notes(film) == ()
    film.commands.undo()
    assert notes(film) == drawn
    assert verify(film.project) == []


def test_clear_leaves_words_resolved_notes_and_other_frames(noted: tuple[Film, Take, Take]):
    film, _, clip = noted
    resolved = by(film).draw(clip.id, [PEN], FRAME)
    by(film).resolve(resolved.seq)
    by(film).draw(clip.id, [BOX], FRAME)
    by(film).add(clip.id, "Too bright.", FRAME)
    by(film).draw(clip.id, [PEN], FrameRange(start=9, stop=10))
    by(film).clear(clip.id, 3)
    assert [(note.text, len(note.strokes)) for note in notes(film)] == [("", 1), ("Too bright.", 0), ("", 1)]
    with pytest.raises(WrongUse, match="Nothing is drawn"):
        by(film).clear(clip.id, 3)


def test_a_thread_is_answered_resolved_opened_again_and_withdrawn(noted: tuple[Film, Take, Take]):
    film, _, clip = noted
    note = by(film).add(clip.id, "Who is that?").seq
    by(film, "director:Ben").reply(note, "Theo.")
    by(film).resolve(note)
    (thread,) = notes(film)
    assert [(reply.author, reply.text) for reply in thread.replies] == [("director:Ben", "Theo.")]
    assert (thread.is_resolved, thread.resolved_by) == (True, ANNA)
    with pytest.raises(WrongUse, match="resolved already"):
        by(film).resolve(note)
    film.commands.undo()
    assert not notes(film)[0].is_resolved
    film.commands.redo()
    by(film).reopen(note)
    with pytest.raises(WrongUse, match="open already"):
        by(film).reopen(note)
    by(film).withdraw(note)
    assert notes(film) == ()
    with pytest.raises(WrongUse, match=f"no note {note}"):
        by(film).reply(note, "Anyone?")
    film.reopen()
    film.commands.undo()
    assert len(notes(film)[0].replies) == 1
    assert verify(film.project) == []


def test_what_a_decision_says_is_a_note_of_the_same_list(noted: tuple[Film, Take, Take]):
    film, _, clip = noted
    film.commands.request_changes(clip.id, "Slower.", "character:mara/eyes/")
    film.commands.lock(clip.id)
    (said,) = notes(film)
    assert (said.verb, said.text, said.about, said.is_decision) == (
        Verb.REQUEST_CHANGES, "Slower.", "character:mara/eyes/", True,
    )  # fmt: skip
    by(film).reply(said.id, "How slow?")
    by(film).resolve(said.id)
    assert (len(notes(film)[0].replies), notes(film)[0].is_resolved) == (1, True)
    with pytest.raises(WrongUse, match="what a decision says"):
        by(film).withdraw(said.id)
    for _ in range(4):
        film.commands.undo()
    assert notes(film) == ()


def test_a_note_changes_nothing_that_was_decided(noted: tuple[Film, Take, Take]):
    film, keyframe, clip = noted
    film.commands.approve(clip.id)
    before = (film.keyframe("shot:1A"), film.clip("shot:1A"), film.state.pass_rate())
    by(film).add(keyframe.id, "Fine.")
    by(film).draw(clip.id, [PEN], FRAME)
    by(film).clear(clip.id, 3)
    assert (film.keyframe("shot:1A"), film.clip("shot:1A"), film.state.pass_rate()) == before


@pytest.mark.parametrize(
    "frames", [FrameRange(start=16, stop=17), FrameRange(start=4, stop=4), FrameRange(start=9, stop=17)]
)
def test_frames_that_a_take_has_not_are_refused(noted: tuple[Film, Take, Take], frames: FrameRange):
    film, _, clip = noted
    with pytest.raises(WrongUse, match="no frames"):
        by(film).add(clip.id, "Here.", frames)
    with pytest.raises(WrongUse, match="needs words"):
        by(film).add(clip.id, " \n ")
    with pytest.raises(WrongUse, match="cannot be drawn"):
        by(film).draw(clip.id, [Stroke(tool=Tool.ARROW, points=((0.1, 0.1),))])
    with pytest.raises(WrongUse, match="no take"):
        by(film).add(999, "Here.")
    assert notes(film) == ()


def test_a_still_has_one_frame_whatever_is_named(noted: tuple[Film, Take, Take]):
    film, keyframe, _ = noted
    by(film).draw(keyframe.id, [PEN], FrameRange(start=0, stop=1))
    by(film).draw(keyframe.id, [PEN])
    assert [note.frames for note in notes(film)] == [None]


def test_earlier_takes_are_those_of_the_shot_and_their_frames_go_by_time(noted: tuple[Film, Take, Take]):
    film, keyframe, clip = noted
    film.commands.request_changes(clip.id, "Again.")
    second = film.make("shot:1A", Seam.CLIP, num_frames=16)
    other = film.make("shot:1B", Seam.KEYFRAME)
    takes = [keyframe, clip, second, other]
    assert earlier_takes(second, takes) == (keyframe, clip)
    assert earlier_takes(clip, takes) == (keyframe,)
    assert earlier_takes(keyframe, takes) == ()
    assert (seen_at(second, 5, clip), seen_at(second, 5, keyframe)) == (5, 0)


def test_notes_are_listed_in_the_order_of_the_film(noted: tuple[Film, Take, Take]):
    film, keyframe, clip = noted
    other = film.make("shot:1B", Seam.KEYFRAME)
    by(film).add(other.id, "d")
    by(film).add(clip.id, "c", FrameRange(start=9, stop=10))
    by(film).add(clip.id, "b", FrameRange(start=1, stop=2))
    by(film).add(keyframe.id, "a")
    order = {shot.id: index for index, shot in enumerate(film.state.planned_shots)}
    assert [note.text for note in place_among(notes(film), order)] == ["a", "b", "c", "d"]


def test_another_directors_last_act_is_undone_by_whoever_sits_there(noted: tuple[Film, Take, Take]):
    film, _, clip = noted
    by(film).draw(clip.id, [PEN], FRAME)
    Commands(film.project, "director:Ben").undo()
    assert notes(film) == ()
