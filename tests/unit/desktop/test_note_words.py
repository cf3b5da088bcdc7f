"""What the desk says of notes: undo labels, sentences, facts."""

import pytest

from desktop.decision_words import decision_words, done_words
from desktop.note_words import note_facts
from storage.domain.decisions import NO_DIGEST, Decision, Verb
from storage.domain.notes import notes_in
from storage.domain.strokes import Stroke, Tool, to_json
from storage.domain.takes import Seam, TakeId

PEN = to_json(Stroke(tool=Tool.PEN, points=((0.1, 0.1), (0.2, 0.2))))
BOX = to_json(Stroke(tool=Tool.BOX, points=((0.1, 0.1), (0.2, 0.2))))


def entry(verb: Verb, seq: int = 1, note: str = "", **details: object) -> Decision:
    return Decision(
        seq=seq, verb=verb, seam=Seam.CUT, take_id=TakeId(1), graph_revision=1, author="director:Anna", note=note,
        details=details, created_at="2026-11-23T00:00:00+00:00", previous_digest=NO_DIGEST,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "undo", "done"),
    [
        (entry(Verb.NOTE, note="Hm."), "note on the cut", "Note on the cut."),
        (entry(Verb.NOTE, strokes=[PEN]), "stroke on the cut", "Stroke on the cut."),
        (entry(Verb.DRAW, strokes=[BOX], on=1), "box on the cut", "Box on the cut."),
        (entry(Verb.DRAW, strokes=[BOX, PEN], on=1), "drawing on the cut", "Drawing on the cut."),
        (entry(Verb.CLEAR, cleared=[1]), "clear the drawing on the cut", "Cleared the drawing on the cut."),
        (entry(Verb.REPLY, note="No.", on=1), "reply to a note on the cut", "Replied to a note on the cut."),
        (entry(Verb.RESOLVE, on=1), "resolve a note on the cut", "Resolved a note on the cut."),
        (entry(Verb.REOPEN, on=1), "open again a note on the cut", "Opened again a note on the cut."),
    ],
)
def test_each_verb_on_notes_has_its_words(decision: Decision, undo: str, done: str) -> None:
    assert (decision_words(decision, None), done_words(decision, None)) == (undo, done)


def test_the_facts_of_a_note() -> None:
    drawn = entry(Verb.NOTE, strokes=[PEN, BOX])
    replies = [entry(Verb.REPLY, seq, "So?", on=1) for seq in (2, 3)]
    assert [note_facts(note) for note in notes_in([drawn])] == ["2 strokes"]
    assert [note_facts(note) for note in notes_in([drawn, *replies])] == ["2 replies · 2 strokes"]
    said = entry(Verb.REQUEST_CHANGES, note="Slower.")
    assert [note_facts(note) for note in notes_in([said, replies[0]])] == ["changes requested · 1 reply"]
