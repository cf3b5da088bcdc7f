"""What a film teaches its critic: the blind questions that were drawn, what is known of them, and the promise.

Everything is worked out from findings, takes and the ledger each time; nothing of it is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.counting_decisions import CountingDecisions
from storage.domain.blind_questions import CANNOT_TELL, BlindQuestion, answers_in, draw, question_about
from storage.domain.decisions import Decision, Verb
from storage.domain.digest import plain
from storage.domain.findings import Finding
from storage.domain.labels import Truth, known_truths, labels_in
from storage.domain.promise import Drawn, Promise, promise_of
from storage.domain.takes import Take, TakeId
from storage.domain.told import Told
from storage.errors import WrongUse
from storage.learning_settings import LearningSettings, learning_settings
from storage.project import Project

_ALL = 1 << 62
_TELLING = (Verb.ANSWER, Verb.FALSE_ALARM, Verb.MISSED_DRIFT, Verb.REQUEST_CHANGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was drawn.

    Attributes:
        place: where it was drawn, 0 to 1; questions are asked in this order, which has nothing to do with what is true.
        finding: what the critic said, which whoever is asked does not see.
    """

    question: BlindQuestion
    take: Take
    finding: Finding
    place: float


class Learning:
    """Keeps up with what one film teaches: each look reads what has been reviewed since the last.

    Attributes:
        num_changes: how often something was new.

    Args:
        project: stays with it; use it from one thread at a time.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._settings = learning_settings(project)
        self._revision = 0
        self._places: tuple[str, ...] = ()
        self._seen_review = 0
        self._asked: dict[tuple[TakeId, str], Asked] = {}
        self._in_order: list[Asked] | None = None
        self._ledger = CountingDecisions()
        self._said: list[Decision] = []
        self._is_heard = False
        self.num_changes = 0
        self._answers: dict[tuple[TakeId, str], Decision] = {}
        self._truths: dict[tuple[TakeId, str], Truth] = {}
        self._promise: Promise | None = None

    def catch_up(self, most: int = _ALL) -> bool:
        """Read what is new, of so many reviews at most; returns whether more is to be read."""
        settings, places = learning_settings(self._project), self._places_now()
        if settings != self._settings or places != self._places:
            self._settings, self._places = settings, places
            self._seen_review, self._asked = 0, {}
            self._note_change()
        reviews = self._project.takes.reviewed_since(self._seen_review, most)
        if reviews:
            self._take_in({take_id for _, take_id in reviews})
            self._seen_review = reviews[-1][0]
            self._note_change()
        if self._project.ledger.written != len(self._ledger.everything):
            self._read_ledger()
        return len(reviews) == most

    @property
    def settings(self) -> LearningSettings:
        return self._settings

    @property
    def drawn(self) -> Sequence[Asked]:
        """Every question that was drawn, answered or not, in the order in which they are asked."""
        if self._in_order is None:
            self._in_order = sorted(self._asked.values(), key=lambda asked: asked.place)
        return self._in_order

    @property
    def waiting(self) -> Sequence[Asked]:
        """The questions that are still to be asked, the next one first: where the director has said nothing yet."""
        self._hear()
        said = self._answers.keys() | self._truths.keys()
        return [asked for asked in self.drawn if (asked.take.id, asked.finding.key) not in said]

    @property
    def promise(self) -> Promise:
        """What the panel can promise as it will judge from now on."""
        self._hear()
        if self._promise is None:
            self._promise = promise_of([self._drawn(asked) for asked in self.drawn], self._settings.terms)
        return self._promise

    def _places_now(self) -> tuple[str, ...]:
        revision = self._project.graphs.latest_revision
        if revision == self._revision:
            return self._places
        self._revision = revision
        # The names alone are asked for: a scene graph of its own would cost this reader seconds and memory.
        return self._project.graphs.names("settings")

    def _take_in(self, take_ids: set[TakeId]) -> None:
        seed = self._project.film.seed
        for key in [key for key in self._asked if key[0] in take_ids]:
            del self._asked[key]
        for take_id, findings in self._project.takes.findings_in(take_ids, not_right=False).items():
            chosen = [(draw(seed, take_id, finding.key), finding) for finding in findings]
            chosen = [(place, finding) for place, finding in chosen if place < self._settings.question_share]
            take = self._project.takes.get(take_id) if chosen else None
            if take is None or take.planted:
                continue
            for place, finding in chosen:
                question = question_about(seed, take, finding, self._places)
                if question is not None:
                    self._asked[take_id, finding.key] = Asked(
                        question=question, take=take, finding=finding, place=place
                    )

    def _read_ledger(self) -> None:
        new = self._project.ledger.everything(len(self._ledger.everything))
        self._ledger.take(new)
        if not any(decision.verb in _TELLING or decision.verb is Verb.UNDO for decision in new):
            return
        said = [decision for decision in self._ledger.counting if decision.verb in _TELLING]
        if said != self._said:
            self._said = said
            self._note_change()

    def _note_change(self) -> None:
        self._in_order, self._promise, self._is_heard = None, None, False
        self.num_changes += 1

    def _hear(self) -> None:
        """Hold what was said against what was asked."""
        if self._is_heard:
            return
        self._is_heard = True
        self._answers = answers_in(self._said)
        questions = {key: asked.question for key, asked in self._asked.items()}
        self._truths = known_truths(labels_in(self._said, {}, questions))

    def _drawn(self, asked: Asked) -> Drawn:
        key = (asked.take.id, asked.finding.key)
        truth, answer = self._truths.get(key), self._answers.get(key)
        probability = asked.finding.drift_probability
        assert probability is not None
        return Drawn(
            kind=asked.finding.kind,
            drift_probability=probability,
            is_drift=None if truth is None else truth is Truth.DRIFT,
            is_answered=answer is not None and answer.details.get("answer") != CANNOT_TELL,
        )


def read_learning(project: Project) -> Learning:
    """Read all that a film teaches. Takes time in proportion to its findings."""
    learning = Learning(project)
    learning.catch_up()
    return learning


def answer_question(project: Project, author: str, question: BlindQuestion, answer: str) -> Decision:
    """Answer a blind question. A label, no verdict: where a shot stands stays as it is.

    Args:
        answer: one of its options, or "cannot tell", which puts it away.

    Raises:
        WrongUse: that is no answer to it.
    """
    if answer not in (*question.options, CANNOT_TELL):
        raise WrongUse(
            Told('"{answer}" is no answer to “{what}”', answer=answer, what=question.words),
            Told("Choose: {join}.", join=", ".join((*question.options, CANNOT_TELL))),
        )
    take = project.takes.get(question.take_id)
    return project.ledger.append(
        Verb.ANSWER,
        take.seam,
        author=author,
        graph_revision=project.graphs.latest_revision,
        shot_id=take.shot_id,
        take_id=take.id,
        key=question.key,
        note=f"{question.words} {answer}",
        details={"answer": answer},
    )


def promise_in_json(learning: Learning) -> dict[str, object]:
    """The promise with all that it rests on, as plain values."""
    promise = learning.promise
    return {
        "sentence": promise.sentence,
        "kept": promise.is_kept,
        "most_missed": promise.terms.most,
        "confidence": promise.terms.confidence,
        "confirmed_drifts": promise.drifts,
        "missed": promise.missed,
        "lacking": promise.lacking,
        "question_share": learning.settings.question_share,
        "drawn": promise.num_drawn,
        "answered": promise.num_answered,
        "groups": plain(promise.groups),
    }
