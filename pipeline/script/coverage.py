"""Covers a dialogue: two-shot, over the shoulders, then singles that tighten."""

import re
from collections.abc import Sequence
from fractions import Fraction

from pipeline.script.drafts import Beat, Draft, speech_s
from pipeline.script.sentences import sentence_spans
from storage.domain.scene_graph import CharacterId, Line

_INTERJECTION_S = Fraction(12, 5)
# What is shorter is no reason to cut to a face alone: the two stay in the picture while they trade lines.
_SHORTEST_SINGLE_S = Fraction(5)
_SHORTEST_PIECE_S = Fraction(3)
_DUAL = "coverage: both at once"
# An exchange between two people in the picture reads longer than one face does.
_EXCHANGE_S = Fraction(8)


class Coverage:
    """Makes the drafts of one run of speeches.

    Args:
        places: everybody on screen in the scene so far, left to right.
        longest_s: a speech that takes longer is spread over several shots, and speeches
            share a picture up to this length, seconds.
        before: the draft that came before the run; a speech may begin in it.
        pairs_seen: who has been seen together in the scene; added to.
    """

    def __init__(
        self,
        *,
        places: Sequence[CharacterId],
        longest_s: Fraction,
        before: Draft | None,
        pairs_seen: set[frozenset[CharacterId]],
    ) -> None:
        self._places = places
        self._longest_s = longest_s
        self._before = before
        self._pairs_seen = pairs_seen
        self._drafts: list[Draft] = []
        self._spoken: list[CharacterId] = []

    def drafts(self, run: Sequence[Beat]) -> list[Draft]:
        """The shots of a run, in order."""
        speaking = [beat for beat in run if beat.speaks]
        for index, beat in enumerate(run):
            if not beat.speaks:
                self._aside(beat)
                continue
            if index + 1 < len(run) and run[index + 1].is_dual and not (beat.is_unseen or run[index + 1].is_unseen):
                self._drafts.append(_two_shot([beat.people[0], run[index + 1].people[0]], beat.first_line))
            progress = Fraction(speaking.index(beat), max(len(speaking), 1))
            for number, piece in enumerate(split_speech(beat.text, self._longest_s)):
                self._speak(beat, piece, progress=progress, piece_number=number, is_short_run=len(speaking) <= 2)
        return self._drafts

    @property
    def _current(self) -> Draft | None:
        return self._drafts[-1] if self._drafts else None

    def _aside(self, beat: Beat) -> None:
        current = self._current or self._before
        if current is not None and not current.closed and current.size != "insert":
            current.take(beat)
        else:
            draft = Draft(size="medium shot", purpose="action")
            draft.take(beat)
            self._drafts.append(draft)

    def _speak(self, beat: Beat, piece: str, *, progress: Fraction, piece_number: int, is_short_run: bool) -> None:
        lines = [Line(character_id=person, text=piece, voice_only=beat.is_unseen) for person in beat.people]
        if beat.is_unseen or beat.crowd:
            self._heard(beat, lines)
            return
        speaker = beat.people[0]
        if self._is_together(beat):
            assert self._current is not None
            self._current.lines.extend(lines)
            self._current.beats.append(beat)
        elif not self._joined(beat, lines, piece_number):
            self._drafts.append(
                self._new(beat, lines, progress=progress, piece_number=piece_number, is_short_run=is_short_run)
            )
        if speaker in self._spoken:
            self._spoken.remove(speaker)
        self._spoken.append(speaker)

    def _heard(self, beat: Beat, lines: Sequence[Line]) -> None:
        """A voice without a face runs over the picture there is; a group gets a wide picture."""
        current = self._current or self._before
        has_room = (
            current is not None and not current.closed and current.spoken_s + speech_s(beat.text) <= self._longest_s
        )
        if beat.is_unseen and current is not None and has_room:
            current.lines.extend(lines)
            current.beats.append(beat)
            return
        listener = [person for person in self._places if person not in beat.people][:1]
        draft = Draft(
            size="wide shot" if beat.crowd or not listener else "medium shot",
            purpose="group" if beat.crowd else "a voice is heard",
            people=[] if beat.crowd else listener,
            crowd=beat.crowd,
        )
        draft.lines.extend(lines)
        draft.beats.append(beat)
        self._drafts.append(draft)

    def _is_together(self, beat: Beat) -> bool:
        """Whether the picture at hand was opened for this speech: dual dialogue is one picture of both."""
        current = self._current
        return (
            current is not None
            and current.purpose == _DUAL
            and beat.people[0] in current.people
            and len(current.lines) < 2
        )

    def _joined(self, beat: Beat, lines: Sequence[Line], piece_number: int) -> bool:
        """Let a picture go on where cutting away would only flicker."""
        current = self._current or self._before
        if current is None or current.closed or piece_number or current.size == "insert" or current.purpose == _DUAL:
            return False
        speaker = beat.people[0]
        is_short = speech_s(lines[0].text) <= _INTERJECTION_S
        if current.seconds + speech_s(lines[0].text) > self._longest_s + _EXCHANGE_S:
            return False
        if current is self._before and not current.lines:
            if (
                current.is_called
                or current.size == "wide shot"
                or speaker not in current.people
                or len(beat.people) > 1
            ):
                return False
            self._pairs_seen.add(frozenset(current.people))
        is_seen = speaker in current.people
        goes_on = bool(current.lines) and current.lines[-1].character_id == speaker
        if is_seen and (len(current.people) == 2 or goes_on or not current.lines):
            current.lines.extend(lines)
        elif not is_seen and is_short and current.lines:
            current.lines.extend(
                Line(character_id=line.character_id, text=line.text, voice_only=True) for line in lines
            )
        else:
            return False
        current.beats.append(beat)
        return True

    def _new(
        self, beat: Beat, lines: Sequence[Line], *, progress: Fraction, piece_number: int, is_short_run: bool
    ) -> Draft:
        speaker = beat.people[0]
        listener = self._listener(beat)
        if len(beat.people) > 1:
            draft = Draft(size="medium shot", purpose="coverage: two-shot", people=list(beat.people[:2]))
        elif listener is not None and frozenset((speaker, listener)) not in self._pairs_seen and piece_number == 0:
            self._pairs_seen.add(frozenset((speaker, listener)))
            draft = Draft(size="medium shot", purpose="coverage: two-shot", people=[speaker, listener])
        elif piece_number:
            size = "close-up" if piece_number % 2 else "medium shot"
            draft = Draft(size=size, purpose="coverage: the speech goes on", people=[speaker])
        elif (
            listener is not None
            and not is_short_run
            and (progress < Fraction(1, 2) or speech_s(beat.text) < _SHORTEST_SINGLE_S)
        ):
            draft = Draft(
                size="medium shot",
                angle="over the shoulder",
                purpose="coverage: over the shoulder",
                people=[speaker, listener],
                turned_away=listener,
            )
        else:
            tight = listener is not None or progress >= Fraction(1, 2)
            draft = Draft(size="close-up" if tight else "medium shot", purpose="coverage: single", people=[speaker])
        draft.lines.extend(lines)
        draft.beats.append(beat)
        draft.line = beat.first_line
        return draft

    def _listener(self, beat: Beat) -> CharacterId | None:
        """Whoever spoke last before, else whoever else is on screen."""
        for person in (*reversed(self._spoken), *reversed(self._before.people if self._before else ()), *self._places):
            if person not in beat.people:
                return person
        return None


def _two_shot(people: list[CharacterId], line: int) -> Draft:
    return Draft(size="medium shot", purpose=_DUAL, people=list(dict.fromkeys(people)), line=line)


def split_speech(text: str, longest_s: Fraction) -> list[str]:
    """Cut a speech into pieces of whole sentences, each up to `longest_s` seconds where sentences are that short.

    A piece under three seconds stays with its neighbour: a picture that short only flickers.
    """
    if speech_s(text) <= longest_s:
        return [text]
    pieces: list[str] = []
    for start, stop in sentence_spans(text):
        sentence = text[start:stop].strip()
        is_short = pieces and (speech_s(sentence) < _SHORTEST_PIECE_S / 2 or speech_s(pieces[-1]) < _SHORTEST_PIECE_S)
        if pieces and (is_short or speech_s(f"{pieces[-1]} {sentence}") <= longest_s):
            pieces[-1] = f"{pieces[-1]} {sentence}"
        elif sentence:
            pieces.append(sentence)
    if len(pieces) > 1 and speech_s(pieces[-1]) < _SHORTEST_PIECE_S:
        pieces[-2:] = [f"{pieces[-2]} {pieces[-1]}"]
    return [re.sub(r"\s+", " ", piece) for piece in pieces] or [text]
