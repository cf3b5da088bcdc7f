"""Questions made from the plan, each answered from one reading of one frame by the judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from critic.wording import expected_words, head_count, label_of
from storage.domain.findings import Region, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint, Strength
from storage.domain.vocabulary import ABSENT, PRESENT, Attribute

if TYPE_CHECKING:
    from critic.judge import Guess, PersonReading, Reading

UNSEEN = "unseen"
PEOPLE_KEY = "people"
GARMENT_KEY = "garment"
GARMENT_COLOUR_KEY = "garment colour"
HELD_KEY = "held"
NONE = "none"
# Drawn heads are 0.19 to 0.30 of the frame's height in wide shots and 0.39 or more in medium shots.
_LEAST_HEAD_FOR_EYES = 0.34
FRAME_ATTRIBUTES = frozenset({Attribute.SETTING, Attribute.TIME_OF_DAY, Attribute.SHOT_SIZE, Attribute.WEATHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """How sure the judge must be, each from 0 to 1. Below, the answer is `unseen`.

    The defaults say "more likely than not"; calibration on labelled frames replaces them.
    """

    ok_at: float = 0.5
    drift_at: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one frame says to one question."""

    verdict: Verdict
    observed: str
    confidence: float
    region: Region | None = None
    message: str = ""


class Probe(Protocol):
    """Looks one thing up in a reading. `person` is None where the planned person was not found."""

    @property
    def looked_for(self) -> Mapping[str, str]:
        """What a person should look like, under the judge's attribute names; empty for the whole frame."""
        ...

    def answer(self, reading: "Reading", person: "PersonReading | None") -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A probe, and what a finding says about it.

    Attributes:
        place: which of the shot's people it is about, from 0 at the left; None for the whole frame.
        probe: None where nothing can be looked up.
        must: whether a drift is `must` drift.
        left_out: what the probe cannot judge of the constraint, as a sentence; empty where it judges all.
    """

    key: str
    label: str
    constraint_id: str | None
    must: bool
    expected: str
    place: int | None
    probe: Probe | None
    left_out: str = ""


def weigh(guess: "Guess", wanted: frozenset[str], certainty: Certainty) -> Answer:
    """Turn a guess into a verdict about the wanted values, of which any will do."""
    region = as_region(guess.region)
    if guess.value == UNSEEN:
        return Answer(verdict=Verdict.UNSEEN, observed=UNSEEN, confidence=guess.probability, region=region)
    likely = sum(guess.distribution.get(value, 0.0) for value in wanted)
    if guess.value in wanted:
        verdict = Verdict.OK if likely >= certainty.ok_at else Verdict.UNSEEN
        confidence = likely if verdict is Verdict.OK else 1 - likely
    else:
        against = max(0.0, 1 - likely - guess.distribution.get(UNSEEN, 0.0))
        verdict = Verdict.DRIFT if against >= certainty.drift_at else Verdict.UNSEEN
        confidence = against if verdict is Verdict.DRIFT else 1 - against
    message = "The judge is not sure." if verdict is Verdict.UNSEEN else ""
    return Answer(
        verdict=verdict, observed=guess.value, confidence=min(1.0, confidence), region=region, message=message
    )


def as_region(box: tuple[float, float, float, float] | None) -> Region | None:
    return None if box is None else Region(left=box[0], top=box[1], right=box[2], bottom=box[3])


def _not_found() -> Answer:
    return Answer(
        verdict=Verdict.UNSEEN, observed="not found", confidence=1.0, message="Nobody was found in this place."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameProbe:
    """Setting, time of day, weather or shot size."""

    name: str
    wanted: str
    certainty: Certainty

    @property
    def looked_for(self) -> Mapping[str, str]:
        return {}

    def answer(self, reading: "Reading", person: "PersonReading | None") -> Answer:
        guess: Guess | None = {
            "setting": reading.setting,
            "time of day": reading.time_of_day,
            "shot size": reading.shot_size,
            "weather": reading.weather,
        }[self.name]
        if guess is None:
            return Answer(verdict=Verdict.UNSEEN, observed=UNSEEN, confidence=1.0, message="The judge did not say.")
        return weigh(guess, frozenset({self.wanted}), self.certainty)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountProbe:
    """The number of people."""

    wanted: int
    certainty: Certainty

    @property
    def looked_for(self) -> Mapping[str, str]:
        return {}

    def answer(self, reading: "Reading", person: "PersonReading | None") -> Answer:
        same = frozenset(word for word in reading.people.distribution if head_count(word) == self.wanted)
        return weigh(reading.people, same, self.certainty)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProbe:
    """One attribute of one person; an accessory is looked up as "accessory:hat".

    Attributes:
        least_head: height of the head, as a share of the frame's, below which it cannot be seen.
    """

    name: str
    wanted: str
    certainty: Certainty
    least_head: float = 0.0

    @property
    def looked_for(self) -> Mapping[str, str]:
        return {self.name: self.wanted}

    def answer(self, reading: "Reading", person: "PersonReading | None") -> Answer:
        if person is None:
            return _not_found()
        if person.head[3] - person.head[1] < self.least_head:
            return Answer(verdict=Verdict.UNSEEN, observed=UNSEEN, confidence=1.0, region=as_region(person.head))
        answer = weigh(person.attributes[self.name], frozenset({self.wanted}), self.certainty)
        return _with_region(answer, person)


@dataclass(frozen=True, slots=True, kw_only=True)
class GarmentProbe:
    """A garment by kind and colour; either is None where it is not asked for or has no known word.

    Attributes:
        worn: False asks that this kind is *not* worn.
    """

    kind: str | None
    colour: str | None
    worn: bool
    certainty: Certainty

    @property
    def looked_for(self) -> Mapping[str, str]:
        wanted = {GARMENT_KEY: self.kind, GARMENT_COLOUR_KEY: self.colour} if self.worn else {}
        return {name: value for name, value in wanted.items() if value is not None}

    def answer(self, reading: "Reading", person: "PersonReading | None") -> Answer:
        if person is None:
            return _not_found()
        kind, colour = person.attributes[GARMENT_KEY], person.attributes[GARMENT_COLOUR_KEY]
        if not self.worn:
            others = frozenset(kind.distribution) - {self.kind, UNSEEN}
            return _with_region(weigh(kind, others, self.certainty), person)
        parts = [
            weigh(guess, frozenset({wanted}), self.certainty)
            for guess, wanted in ((kind, self.kind), (colour, self.colour))
            if wanted is not None
        ]
        observed = " ".join(guess.value for guess, wanted in ((colour, self.colour), (kind, self.kind)) if wanted)
        drifted = [part for part in parts if part.verdict is Verdict.DRIFT]
        blind = [part for part in parts if part.verdict is Verdict.UNSEEN]
        region = as_region(kind.region) or as_region(colour.region) or as_region(person.head)
        if drifted:
            confidence = max(part.confidence for part in drifted)
            return Answer(verdict=Verdict.DRIFT, observed=observed, confidence=confidence, region=region)
        if blind:
            least = max(blind, key=lambda part: part.confidence)
            return Answer(
                verdict=Verdict.UNSEEN,
                observed=observed,
                confidence=least.confidence,
                region=region,
                message=least.message,
            )
        confidence = 1.0
        for part in parts:
            confidence *= part.confidence
        return Answer(verdict=Verdict.OK, observed=observed, confidence=confidence, region=region)


@dataclass(frozen=True, slots=True, kw_only=True)
class PropProbe:
    """What a person holds.

    Attributes:
        held: False asks that this prop is *not* in hand.
    """

    kind: str
    held: bool
    certainty: Certainty

    @property
    def looked_for(self) -> Mapping[str, str]:
        return {HELD_KEY: self.kind} if self.held else {}

    def answer(self, reading: "Reading", person: "PersonReading | None") -> Answer:
        if person is None:
            return _not_found()
        guess = person.attributes[HELD_KEY]
        wanted = frozenset({self.kind}) if self.held else frozenset(guess.distribution) - {self.kind, UNSEEN}
        return _with_region(weigh(guess, wanted, self.certainty), person)


def _with_region(answer: Answer, person: "PersonReading") -> Answer:
    if answer.region is not None:
        return answer
    return Answer(
        verdict=answer.verdict,
        observed=answer.observed,
        confidence=answer.confidence,
        region=as_region(person.head),
        message=answer.message,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewer:
    """Makes the question that belongs to a constraint.

    Attributes:
        view: for names.
        knows: attribute → the values that the judge can tell apart.
    """

    view: GraphView
    knows: Mapping[str, Sequence[str]]
    certainty: Certainty

    def can_ask(self, constraint: Constraint) -> bool:
        """Whether the judge knows this attribute at all, whatever the value."""
        attribute = constraint.attribute
        if attribute is Attribute.ACCESSORY:
            return f"accessory:{constraint.part}" in self.knows
        if attribute is Attribute.HELD_PROP:
            return HELD_KEY in self.knows
        return attribute in self.knows

    def question(self, constraint: Constraint, drawn: str, place: int | None, worn_under: str = "") -> Question:
        """Ask about one constraint that ``can_ask`` accepts.

        Args:
            drawn: the word to look for (see ``PictureSubject.word_for``).
            place: of the person that it is about.
            worn_under: the garment that hides this one; empty where nothing does.
        """
        word = drawn.strip().lower()
        probe, left_out = self._probe(constraint, word, worn_under)
        return Question(
            key=constraint.key,
            label=label_of(constraint, self.view),
            constraint_id=constraint.id,
            must=constraint.strength is Strength.MUST,
            expected=self._expected(constraint, drawn),
            place=place,
            probe=probe,
            left_out=left_out,
        )

    def _expected(self, constraint: Constraint, drawn: str) -> str:
        if constraint.attribute is not Attribute.GARMENT:
            return expected_words(constraint.value, drawn)
        if constraint.value in (ABSENT, PRESENT):
            return expected_words(constraint.value, constraint.value if constraint.part in drawn else drawn)
        kind, colour = self._garment_words(constraint, drawn.strip().lower())
        whole = f"{constraint.value} {constraint.part}"
        return expected_words(whole, f"{colour or constraint.value} {kind or constraint.part}" if drawn else "")

    def _garment_words(self, constraint: Constraint, word: str) -> tuple[str | None, str | None]:
        words = f"{word} {constraint.part}".split()
        kind = next((token for token in words if token in self.knows[GARMENT_KEY]), None)
        return kind, next((token for token in words if token in self.knows[GARMENT_COLOUR_KEY]), None)

    def _probe(self, constraint: Constraint, word: str, worn_under: str) -> tuple[Probe | None, str]:
        attribute = constraint.attribute
        if worn_under and word != ABSENT:
            return None, f"It is worn under the {worn_under}, so it was not looked for."
        if not word:
            return None, f"The checkpoint cannot draw {constraint.value}, so it was not looked for."
        if attribute is Attribute.GARMENT:
            return self._garment(constraint, word)
        if attribute is Attribute.ACCESSORY:
            name = f"accessory:{constraint.part}"
            wanted = ABSENT if word == ABSENT else PRESENT
            probe = PersonProbe(name=name, wanted=wanted, certainty=self.certainty)
            if word in (PRESENT, ABSENT) or word in (constraint.part, f"{PRESENT} {constraint.part}"):
                return probe, ""
            return probe, f"Whether the {constraint.part} is there was judged; no check judges its colour yet."
        if attribute is Attribute.HELD_PROP:
            return self._held(constraint, word)
        if attribute is Attribute.PEOPLE:
            count = head_count(word)
            counts = [head_count(value) for value in self.knows[PEOPLE_KEY]]
            if count is None or count not in counts:
                return None, f"The judge cannot count {constraint.value} people."
            return CountProbe(wanted=count, certainty=self.certainty), ""
        if word not in self.knows[attribute]:
            return None, f"The judge does not know the word “{word}”."
        if attribute in FRAME_ATTRIBUTES:
            return FrameProbe(name=str(attribute), wanted=word, certainty=self.certainty), ""
        least_head = _LEAST_HEAD_FOR_EYES if attribute is Attribute.EYES else 0.0
        return PersonProbe(name=str(attribute), wanted=word, certainty=self.certainty, least_head=least_head), ""

    def _garment(self, constraint: Constraint, word: str) -> tuple[Probe | None, str]:
        kind, colour = self._garment_words(constraint, word)
        if word == ABSENT:
            if kind is None:
                return None, f"The judge does not know the word “{constraint.part}”."
            return GarmentProbe(kind=kind, colour=None, worn=False, certainty=self.certainty), ""
        if kind is None:
            return None, f"The judge does not know the word “{constraint.part}”."
        probe = GarmentProbe(kind=kind, colour=colour, worn=True, certainty=self.certainty)
        if colour is None and constraint.value != PRESENT:
            return probe, f"Only the {kind} was judged: the judge does not know the colour “{constraint.value}”."
        return probe, ""

    def _held(self, constraint: Constraint, word: str) -> tuple[Probe | None, str]:
        props = [value for value in self.knows[HELD_KEY] if value not in (NONE, UNSEEN)]
        kind = next((token for token in f"{word} {constraint.part}".split() if token in props), None)
        if kind is None:
            return None, f"The judge does not know the word “{constraint.part}”."
        probe = PropProbe(kind=kind, held=word != ABSENT, certainty=self.certainty)
        if constraint.value in (PRESENT, ABSENT):
            return probe, ""
        return probe, f"Whether the {kind} is held was judged; no check judges its colour yet."
