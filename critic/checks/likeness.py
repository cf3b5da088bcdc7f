"""Whether a person looks like their look: in what no constraint speaks of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from critic.lineup import line_up
from critic.needs import Needs
from critic.subject import PictureSubject
from storage.domain.findings import Finding, Region, Verdict
from storage.domain.scene_graph import CharacterId, Constraint
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute

if TYPE_CHECKING:
    from critic.judge import Guess, PersonReading, Reading

# What a person has and does not put on.
_LASTING = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN)
_UNSEEN = "unseen"
# Below this a value was not seen well enough, in the look or in the picture, to hold one against the other.
_SEEN_AT = 0.5


class HeadJudge(Protocol):
    """What this check needs of an image judge; `critic.judge.Judge` is one."""

    def read(self, frames: np.ndarray) -> "list[Reading]": ...

    def read_heads(self, pictures: Sequence[np.ndarray]) -> "list[Mapping[str, Guess]]": ...


class Likeness:
    """Holds the people of a keyframe against their looks, attribute by attribute, as a judge reads both.

    Where a constraint says what somebody's eyes or hair are like it goes before the look, and the judge's own check
    holds the picture against that. Advice: its findings are never `must`. A clip has its looks from its keyframe.

    Args:
        judge: reads frames and crops of heads: right for drawings, not for photographs.
    """

    name = "likeness"
    needs = Needs()

    def __init__(self, judge: HeadJudge) -> None:
        self._judge = judge

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return False

    def findings(self, subject: PictureSubject) -> list[Finding]:
        people = subject.shot.people
        wanted = [
            (place, person.character_id)
            for place, person in enumerate(people)
            if not person.turned_away and person.character_id in subject.looks
        ]
        if subject.seam is not Seam.KEYFRAME or not wanted:
            return []
        (reading,) = self._judge.read(subject.frames[:1])
        places = line_up([{} for _ in people], reading.persons)
        return [
            self._finding(subject, character_id, reading.persons[found])
            for place, character_id in wanted
            if (found := places[place]) is not None
        ]

    def _finding(self, subject: PictureSubject, character_id: CharacterId, person: "PersonReading") -> Finding:
        said = {each.attribute for each in subject.constraints if each.entity_id == character_id}
        open_to_it = [name for name in _LASTING if name not in said]
        compared = [
            (_apart(in_look, person.attributes[name]), name, in_look, person.attributes[name])
            for name, in_look in self._looks_like(subject.looks[character_id], open_to_it)
            if name in person.attributes and _is_seen(in_look) and _is_seen(person.attributes[name])
        ]
        name = subject.view.graph.characters[character_id].name
        head = Region(left=person.head[0], top=person.head[1], right=person.head[2], bottom=person.head[3])
        finding = {
            "key": f"check:likeness/{character_id}",
            "label": f"{name}: likeness",
            "constraint_id": None,
            "check": self.name,
            "must": False,
            "region": head,
        }
        if not compared:
            return Finding(
                **finding,
                verdict=Verdict.UNSEEN,
                expected=f"{name}'s look",
                observed="",
                confidence=1.0,
                message="Nothing that the look shows is to be seen here, or all of it is said by constraints.",
            )
        apart, attribute, in_look, here = max(compared, key=lambda each: each[0])
        is_drift = apart >= 0.5
        return Finding(
            **finding,
            verdict=Verdict.DRIFT if is_drift else Verdict.OK,
            expected=f"{attribute} {in_look.value}" if is_drift else f"{name}'s look",
            observed=f"{attribute} {here.value}" if is_drift else f"alike in {', '.join(each[1] for each in compared)}",
            confidence=max(apart, 1 - apart),
            message=f"The look shows {attribute} {in_look.value}." if is_drift else "",
        )

    def _looks_like(
        self, pictures: Sequence[np.ndarray], attributes: Sequence[Attribute]
    ) -> "Iterator[tuple[Attribute, Guess]]":
        """For each attribute the look that shows it most surely."""
        read = self._judge.read_heads(pictures)
        for name in attributes:
            guesses = [guesses[name] for guesses in read if name in guesses and guesses[name].value != _UNSEEN]
            if guesses:
                yield name, max(guesses, key=lambda guess: guess.probability)


def _is_seen(guess: "Guess") -> bool:
    return guess.value != _UNSEEN and guess.probability >= _SEEN_AT


def _apart(one: "Guess", other: "Guess") -> float:
    """The probability that two guesses are of different values, both being seen."""
    alike = sum(
        chance * other.distribution.get(value, 0.0) for value, chance in one.distribution.items() if value != _UNSEEN
    )
    seen = (1 - one.distribution.get(_UNSEEN, 0.0)) * (1 - other.distribution.get(_UNSEEN, 0.0))
    return 1 - min(1.0, alike / max(seen, 1e-6))
