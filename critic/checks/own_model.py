"""Judges what no other check can, by a model of the user's own that chooses between the vocabulary's alternatives."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from critic.answers import finding_on
from critic.needs import Needs
from critic.people import FoundPerson, PeopleFinder
from critic.phrasing import Choice, choice_of
from critic.subject import PictureSubject
from critic.wording import expected_words
from storage.domain.findings import Finding, Region, Verdict
from storage.domain.scene_graph import Constraint, Strength
from storage.domain.vocabulary import CHARACTER_ATTRIBUTES, Attribute

_OF_THE_FACE = frozenset({Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN, Attribute.AGE})


class PictureChooser(Protocol):
    """Says which of several things a picture shows; see `critic.own_models.open_chooser`."""

    @property
    def name(self) -> str: ...

    def can_choose(self, choice: Choice) -> bool: ...

    def choose(self, picture: np.ndarray, choice: Choice) -> Sequence[float]:
        """Each value's probability for an H×W×3 uint8 picture; they sum to 1."""
        ...


class OwnModel:
    """A costly check: the panel asks it only what none of the others could judge. Of a clip it sees one frame.

    One person is looked for in the whole picture unless the finder finds exactly one; several are
    told apart by the finder, and are `unseen` where it finds another number of them.

    Args:
        chooser: the model.
        finder: tells people apart.
        face_px: height of a face below which what is on it is `unseen`.
        sure_at: probability, 0.5 to 1, below which the answer is `unseen`. It speaks of the model's own
            pictures; nobody has calibrated it on these.
    """

    def __init__(
        self, chooser: PictureChooser, finder: PeopleFinder, *, face_px: int = 40, sure_at: float = 0.6
    ) -> None:
        self.name = chooser.name
        self.needs = Needs(face_px=face_px)
        self._chooser = chooser
        self._finder = finder
        self._sure_at = sure_at

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        choice = choice_of(constraint, subject.word_for(constraint), subject.view)
        return choice is not None and self._chooser.can_choose(choice)

    def findings_on(self, constraints: Sequence[Constraint], subject: PictureSubject) -> list[Finding]:
        frame = subject.frames[len(subject.frames) // 2]
        of_people = any(constraint.attribute in CHARACTER_ATTRIBUTES for constraint in constraints)
        found = self._finder.find(frame) if of_people else ()
        return [self._finding(constraint, frame, found, subject) for constraint in constraints]

    def _finding(
        self, constraint: Constraint, frame: np.ndarray, found: Sequence[FoundPerson], subject: PictureSubject
    ) -> Finding:
        word = subject.word_for(constraint)
        choice = choice_of(constraint, word, subject.view)
        assert choice is not None
        region, hidden = self._where(constraint, frame, found, subject)
        verdict, observed, confidence, message = Verdict.UNSEEN, "", 0.5, hidden
        if not hidden:
            chances = self._chooser.choose(_cut(frame, region), choice)
            best = max(range(len(chances)), key=chances.__getitem__)
            observed, right = choice.values[best], chances[choice.wanted]
            confidence = right if best == choice.wanted else 1 - right
            if chances[best] >= self._sure_at:
                verdict = Verdict.OK if best == choice.wanted else Verdict.DRIFT
            else:
                message = f"{self.name} is not sure: {observed} ({chances[best]:.2f})."
        return finding_on(
            constraint,
            subject.view,
            self.name,
            verdict=verdict,
            # A model that nobody calibrated here may be wrong about what can be seen at all.
            must=constraint.strength is Strength.MUST and verdict is not Verdict.UNSEEN,
            expected=expected_words(constraint.value, word),
            observed=observed,
            confidence=confidence,
            region=region,
            message=message,
        )

    def _where(
        self, constraint: Constraint, frame: np.ndarray, found: Sequence[FoundPerson], subject: PictureSubject
    ) -> tuple[Region | None, str]:
        """Where to look, None for the whole picture, and why it cannot be seen there; empty where it can."""
        people = [person.character_id for person in subject.shot.people]
        if constraint.attribute not in CHARACTER_ATTRIBUTES or constraint.entity_id not in people:
            return None, ""
        if len(found) != len(people):
            return None, "" if len(people) == 1 else f"{len(found)} people were found instead of {len(people)}."
        person = found[people.index(constraint.entity_id)]  # pyright: ignore[reportArgumentType]
        if constraint.attribute not in _OF_THE_FACE:
            return person.body, ""
        if person.face is None:
            return None, "The face is turned away."
        tall_px = (person.face.bottom - person.face.top) * frame.shape[0]
        if tall_px < self.needs.face_px:
            return person.face, f"The face is {tall_px:.0f} px high; {self.name} needs {self.needs.face_px}."
        return person.face, ""


def _cut(frame: np.ndarray, region: Region | None) -> np.ndarray:
    if region is None:
        return frame
    height, width = frame.shape[:2]
    top, left = max(0, int(region.top * height)), max(0, int(region.left * width))
    bottom, right = round(region.bottom * height), round(region.right * width)
    return frame[top : max(top + 2, bottom), left : max(left + 2, right)]
