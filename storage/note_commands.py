"""The verbs on notes: each is an entry of the ledger, which `Commands.undo` takes back."""

from collections.abc import Sequence
from typing import Any

from storage.database import write
from storage.domain.decisions import Decision, Verb, effective
from storage.domain.findings import FrameRange
from storage.domain.notes import Note, NoteId, notes_in
from storage.domain.strokes import Stroke, tidy, to_json
from storage.domain.takes import Take, TakeId
from storage.domain.told import Told
from storage.errors import WrongUse
from storage.graph_changes import GraphChanges

LONGEST_TEXT = 8000


class NoteCommands(GraphChanges):
    """Verbs on the notes of one project. See `GraphChanges`."""

    def add(self, take_id: TakeId, text: str, frames: FrameRange | None = None) -> Decision:
        """Write a note on a take; what this author has just drawn there, without a word yet, gets these words.

        Args:
            frames: of the take, half-open; None for all of it.

        Raises:
            WrongUse: there is no such take or no such frame, or nothing is said.
        """
        words = _said(text)
        with write(self._project.db):
            take = self._take(take_id)
            frames = _frames_in(take, frames)
            drawn = self._mine_at(take, frames)
            if drawn is not None and not drawn.text and not drawn.replies:
                return self._decide(Verb.NOTE, take.seam, take=take, note=words, details={"on": drawn.id})
            return self._decide(Verb.NOTE, take.seam, take=take, note=words, details=_placed(frames))

    def draw(self, take_id: TakeId, strokes: Sequence[Stroke], frames: FrameRange | None = None) -> Decision:
        """Draw on a take: on with this author's newest open note on the same frames, else a new one.

        Args:
            frames: of the take, half-open; None for all of it.

        Raises:
            WrongUse: there is no such take or no such frame, or a stroke is none.
        """
        try:
            kept = [to_json(tidy(stroke)) for stroke in strokes]
        except ValueError as error:
            raise WrongUse(Told("That cannot be drawn: {error}.", error=error), "Nothing was changed.") from error
        if not kept:
            raise WrongUse("Nothing is drawn.", "Draw something first.")
        with write(self._project.db):
            take = self._take(take_id)
            frames = _frames_in(take, frames)
            mine = self._mine_at(take, frames)
            if mine is not None:
                return self._decide(Verb.DRAW, take.seam, take=take, details={"on": mine.id, "strokes": kept})
            return self._decide(Verb.NOTE, take.seam, take=take, details={**_placed(frames), "strokes": kept})

    def clear(self, take_id: TakeId, frame_index: int = 0) -> Decision:
        """Clear everything that is drawn on a frame of a take and not resolved; the words of notes stay.

        Raises:
            WrongUse: there is no such take, or nothing is drawn there.
        """
        with write(self._project.db):
            take = self._take(take_id)
            drawn = [
                drawing.id
                for note in self.on(take)
                if note.is_at(frame_index) and not note.is_resolved
                for drawing in note.drawings
            ]
            if not drawn:
                raise WrongUse("Nothing is drawn here.", "Go to a frame where something is.")
            return self._decide(Verb.CLEAR, take.seam, take=take, details={"cleared": drawn, "frame": frame_index})

    def reply(self, note_id: NoteId, text: str) -> Decision:
        """Answer a note.

        Raises:
            WrongUse: there is no such note, or nothing is said.
        """
        return self._go_on(Verb.REPLY, note_id, _said(text))

    def resolve(self, note_id: NoteId) -> Decision:
        """Say that a note is dealt with.

        Raises:
            WrongUse: there is no such note, or it is resolved already.
        """
        if self.find(note_id).is_resolved:
            raise WrongUse("This note is resolved already.", "Nothing was changed.")
        return self._go_on(Verb.RESOLVE, note_id)

    def reopen(self, note_id: NoteId) -> Decision:
        """Say that a resolved note is not dealt with after all.

        Raises:
            WrongUse: there is no such note, or it is open.
        """
        if not self.find(note_id).is_resolved:
            raise WrongUse("This note is open already.", "Nothing was changed.")
        return self._go_on(Verb.REOPEN, note_id)

    def withdraw(self, note_id: NoteId) -> Decision:
        """Take a note back, whatever was decided since, as a new entry of the ledger.

        Raises:
            WrongUse: there is no such note, or it is what a decision says.
        """
        with write(self._project.db):
            note = self.find(note_id)
            if note.is_decision:
                raise WrongUse("This is what a decision says.", "Undo the decision, or resolve the note.")
            return self._project.ledger.append(
                Verb.UNDO,
                note.seam,
                author=self._author,
                graph_revision=self._project.graphs.latest_revision,
                shot_id=note.shot_id,
                take_id=note.take_id,
                undoes=note.id,
                note="withdraw a note",
                details={"act": True},
            )

    def find(self, note_id: NoteId) -> Note:
        """A note that counts.

        Raises:
            WrongUse: there is none.
        """
        began = self._project.ledger.entry(note_id)
        if began is not None and began.take_id is not None:
            found = next((note for note in self.on(self._take(began.take_id)) if note.id == note_id), None)
            if found is not None:
                return found
        raise WrongUse(Told("There is no note {note_id}.", note_id=note_id), "Name one that `matchcut note list` has.")

    def on(self, take: Take) -> tuple[Note, ...]:
        """The notes on a take."""
        return notes_in(effective(self._project.ledger.on(take.id)))

    def _mine_at(self, take: Take, frames: FrameRange | None) -> Note | None:
        mine = [
            note
            for note in self.on(take)
            if note.author == self._author and note.frames == frames and not (note.is_resolved or note.is_decision)
        ]
        return mine[-1] if mine else None

    def _go_on(self, verb: Verb, note_id: NoteId, text: str = "") -> Decision:
        with write(self._project.db):
            take = self._take(self.find(note_id).take_id)
            return self._decide(verb, take.seam, take=take, note=text, details={"on": note_id})

    def _take(self, take_id: TakeId) -> Take:
        try:
            return self._project.takes.get(take_id)
        except KeyError:
            raise WrongUse(
                Told("There is no take {take_id}.", take_id=take_id), "Name one that `matchcut status` lists."
            ) from None


def _said(text: str) -> str:
    words = "\n".join(line.strip() for line in text.strip().splitlines())
    if not words:
        raise WrongUse("A note needs words.", "Write some.")
    if len(words) > LONGEST_TEXT:
        raise WrongUse(
            Told("A note has {LONGEST_TEXT} letters at most.", LONGEST_TEXT=LONGEST_TEXT),
            "Write less, or a second note.",
        )
    return words


def _frames_in(take: Take, frames: FrameRange | None) -> FrameRange | None:
    """Frames of a take; None for a still, which has one, and for all of it."""
    if frames is None or take.num_frames == 1:
        return None
    if not 0 <= frames.start < frames.stop <= take.num_frames:
        raise WrongUse(
            Told(
                "Take {number} has no frames {start} to {stop}.",
                number=take.number,
                start=frames.start,
                stop=frames.stop - 1,
            ),
            Told("Name some from 0 to {num_frames}.", num_frames=take.num_frames - 1),
        )
    return frames


def _placed(frames: FrameRange | None) -> dict[str, Any]:
    return {} if frames is None else {"frames": [frames.start, frames.stop]}
