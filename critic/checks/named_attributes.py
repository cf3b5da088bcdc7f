"""Judges named attributes (eyes, hair, coat, setting, …) by an image judge, in a keyframe or along a clip."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from critic.lineup import line_up
from critic.needs import Needs
from critic.questions import (
    Answer,
    Certainty,
    FrameProbe,
    Interviewer,
    Question,
)
from critic.subject import PictureSubject
from storage.domain.findings import Finding, FrameRange, Verdict
from storage.domain.scene_graph import Constraint
from storage.domain.takes import Seam
from storage.domain.vocabulary import ABSENT, Attribute

if TYPE_CHECKING:
    from critic.judge import Reading

# From the outside in: what is worn over what.
_OVER = ("coat", "jacket", "suit", "uniform", "sweater", "dress", "shirt")
_BELOW = frozenset({"trousers", "skirt", "boots"})
_ZOOMS = frozenset({"push in", "pull out"})


class FrameJudge(Protocol):
    """What this check needs of an image judge; `critic.judge.Judge` is one."""

    @property
    def knows(self) -> Mapping[str, Sequence[str]]: ...

    def read(self, frames: np.ndarray) -> "list[Reading]": ...


class NamedAttributes:
    """The judge's word on every constraint whose attribute it knows.

    Size and time of day are compared with the shot plan where no constraint says them; how many
    people are seen is left open then, as a crowd is. Along a clip a few frames are read, and all of
    them around one that drifts, so that the finding says from where to where.

    Args:
        judge: reads frames.
        certainty: how sure it must be.
        samples: frames read of a clip, first and last among them; each piece of a chained clip has
            at least three. Six of twenty-four leave gaps of four frames, 0.4 s at 12 frames a second.
        persists_frames: a drift seen in fewer neighbouring frames is taken for a misreading (a blink,
            a blur). A cut to other pixels for one frame is what the steadiness check is for.
        seen_in: share of the frames read, 0 to 1, in which a constraint must be seen to be `ok`.
    """

    name = "judge"
    needs = Needs()

    def __init__(
        self,
        judge: FrameJudge,
        *,
        certainty: Certainty = Certainty(),  # noqa: B008 - frozen
        samples: int = 6,
        persists_frames: int = 2,
        seen_in: float = 0.3,
    ) -> None:
        self._judge = judge
        self._certainty = certainty
        self._samples = samples
        self._persists_frames = persists_frames
        self._seen_in = seen_in

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return self._interviewer(subject).can_ask(constraint)

    def findings(self, subject: PictureSubject) -> list[Finding]:
        questions = self._questions(subject)
        wanted = _planned_people(questions, subject)
        answers: list[dict[int, Answer]] = [{} for _ in questions]

        def read(indices: Iterable[int]) -> None:
            chosen = [index for index in sorted(set(indices)) if index not in seen]
            seen.update(chosen)
            readings = self._judge.read(subject.frames[chosen]) if chosen else []
            for index, reading in zip(chosen, readings, strict=True):
                places = line_up(wanted, reading.persons)
                for question, said in zip(questions, answers, strict=True):
                    if question.probe is None or (index and _holds_at_the_start_only(question, subject)):
                        continue
                    found = None if question.place is None else places[question.place]
                    person = None if found is None else reading.persons[found]
                    said[index] = question.probe.answer(reading, person)

        seen: set[int] = set()
        read(self._sample(subject))
        if subject.seam is Seam.CLIP:
            read(_around_drift(answers, len(subject.frames)))
        return [self._finding(question, said, subject) for question, said in zip(questions, answers, strict=True)]

    def _interviewer(self, subject: PictureSubject) -> Interviewer:
        return Interviewer(view=subject.view, knows=self._judge.knows, certainty=self._certainty)

    def _questions(self, subject: PictureSubject) -> list[Question]:
        interviewer = self._interviewer(subject)
        places = {person.character_id: place for place, person in enumerate(subject.shot.people)}
        constraints = subject.constraints
        outermost = _outermost(subject)
        questions = []
        for constraint in constraints:
            if not interviewer.can_ask(constraint):
                continue
            is_over = constraint.attribute is Attribute.GARMENT and constraint.part not in _BELOW
            over = outermost.get(constraint.entity_id, "") if is_over else ""
            questions.append(
                interviewer.question(
                    constraint,
                    subject.word_for(constraint),
                    places.get(constraint.entity_id),  # pyright: ignore[reportArgumentType]
                    worn_under="" if over == constraint.part else over,
                )
            )
        said = {constraint.attribute for constraint in constraints}
        return questions + [question for question in self._plan(subject) if question.label not in said]

    def _plan(self, subject: PictureSubject) -> list[Question]:
        """Questions that the shot plan itself asks."""
        planned = (("shot size", subject.shot.size), ("time of day", subject.scene.time_of_day.lower()))
        return [
            Question(
                key=f"check:{name}",
                label=name,
                constraint_id=None,
                must=True,
                expected=value,
                place=None,
                probe=FrameProbe(name=name, wanted=value, certainty=self._certainty),
            )
            for name, value in planned
            if value in self._judge.knows[name]
        ]

    def _sample(self, subject: PictureSubject) -> list[int]:
        last = len(subject.frames) - 1
        chosen = {round(step * last / (self._samples - 1)) for step in range(self._samples)} if last else {0}
        for piece in subject.pieces:
            stop = min(piece.stop, last + 1)
            chosen.update((piece.start, (piece.start + stop - 1) // 2, stop - 1))
        return sorted(chosen)

    def _finding(self, question: Question, said: Mapping[int, Answer], subject: PictureSubject) -> Finding:
        if question.probe is None:
            answer, frames = Answer(verdict=Verdict.UNSEEN, observed="", confidence=1.0), None
        elif subject.seam is Seam.KEYFRAME:
            answer, frames = said[0], None
        else:
            answer, frames = self._along(said, len(subject.frames))
        verdict, must, message = answer.verdict, question.must, answer.message
        if question.probe is None or (question.left_out and verdict is Verdict.OK):
            # Agreeing as far as it was judged is not enough to call it ok, and nobody's fault.
            verdict, must, message = Verdict.UNSEEN, False, question.left_out
        return Finding(
            key=question.key,
            label=question.label,
            constraint_id=question.constraint_id,
            check=self.name,
            verdict=verdict,
            must=must,
            expected=question.expected,
            observed=answer.observed,
            confidence=answer.confidence,
            region=answer.region,
            frame_range=frames,
            message=message,
        )

    def _along(self, said: Mapping[int, Answer], num_frames: int) -> tuple[Answer, FrameRange | None]:
        """One answer for a clip, from its frames'."""
        if len(said) == 1:
            return next(iter(said.values())), None
        drifting = [index for index, answer in sorted(said.items()) if answer.verdict is Verdict.DRIFT]
        run = max(_drifting_runs(said), key=len, default=[])
        if len(run) < self._persists_frames and len(drifting) >= max(self._persists_frames, self._seen_in * len(said)):
            run = drifting
        if len(run) >= min(self._persists_frames, num_frames):
            surest = max((said[index] for index in run), key=lambda answer: answer.confidence)
            return surest, _range_of(run, said, num_frames)
        seen = [answer for answer in said.values() if answer.verdict is Verdict.OK]
        if len(seen) >= max(1, self._seen_in * len(said)):
            middle = sorted(seen, key=lambda answer: answer.confidence)[len(seen) // 2]
            if len(seen) == len(said):
                return middle, None
            return dataclasses.replace(middle, message=f"Seen in {len(seen)} of the {len(said)} frames read."), None
        unseen = [answer for answer in said.values() if answer.verdict is Verdict.UNSEEN]
        return max(unseen, key=lambda answer: answer.confidence), None


def _outermost(subject: PictureSubject) -> dict[str, str]:
    """For each person the garment that hides what is worn under it, among those that can be drawn."""
    worn: dict[str, list[tuple[int, str]]] = {}
    for constraint in subject.constraints:
        words = subject.word_for(constraint).lower().split()
        if constraint.attribute is not Attribute.GARMENT or constraint.part in _BELOW or not words or ABSENT in words:
            continue
        ranks = [_OVER.index(word) for word in (*words, constraint.part) if word in _OVER]
        worn.setdefault(constraint.entity_id, []).append((min(ranks, default=len(_OVER)), constraint.part))
    return {entity_id: min(garments)[1] for entity_id, garments in worn.items()}


def _planned_people(questions: Sequence[Question], subject: PictureSubject) -> list[dict[str, str]]:
    """What each planned person should look like, under the judge's names."""
    people: list[dict[str, str]] = [{} for _ in subject.shot.people]
    for question in questions:
        if question.place is not None and question.probe is not None:
            people[question.place].update(question.probe.looked_for)
    return people


def _holds_at_the_start_only(question: Question, subject: PictureSubject) -> bool:
    """A camera that comes nearer changes the size of the shot."""
    return question.label.endswith(Attribute.SHOT_SIZE) and subject.movement in _ZOOMS


def _around_drift(answers: Sequence[Mapping[int, Answer]], num_frames: int) -> set[int]:
    """Every frame between a frame that drifts and its neighbours that were read."""
    wanted: set[int] = set()
    for said in answers:
        read = sorted(said)
        if len(read) < 2:
            continue
        for before, index, after in zip([-1, *read], read, [*read[1:], num_frames], strict=False):
            if said[index].verdict is Verdict.DRIFT:
                wanted.update(range(before + 1, after))
    return wanted


def _drifting_runs(said: Mapping[int, Answer]) -> list[list[int]]:
    """Frames that drift, in runs that no `ok` interrupts."""
    runs: list[list[int]] = [[]]
    for index in sorted(said):
        if said[index].verdict is Verdict.DRIFT:
            runs[-1].append(index)
        elif said[index].verdict is Verdict.OK and runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _range_of(run: Sequence[int], said: Mapping[int, Answer], num_frames: int) -> FrameRange:
    """The run's frames, up to the next frame that was read or the end."""
    later = [index for index in said if index > run[-1]]
    return FrameRange(start=run[0], stop=min(later, default=num_frames))
