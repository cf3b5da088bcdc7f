"""Labels: what a director's decisions say of single findings, and how much each proves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.domain.blind_questions import CANNOT_TELL, BlindQuestion
from storage.domain.decisions import DIRECTOR, Decision, Verb, role_of
from storage.domain.findings import Finding, Verdict
from storage.domain.takes import TakeId


class Truth(StrEnum):
    """What a label says: the constraint is met, or not; or that the take as a whole was sent back."""

    OK = "ok"
    DRIFT = "drift"
    REJECTED = "rejected"


class Source(StrEnum):
    """How a label came about.

    BLIND: the answer to a question that did not tell what the critic saw. FALSE_ALARM, MISSED: said of a finding that
    was seen. REJECTION: changes were requested because of this. APPROVAL: the take was approved while the critic
    called this `ok`, which proves little: nobody need have looked.
    """

    BLIND = "blind"
    FALSE_ALARM = "false alarm"
    MISSED = "missed"
    REJECTION = "rejection"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One thing that a director said.

    Attributes:
        key: of the constraint; empty where the take as a whole was sent back.
        seen: what the director chose, for a blind question ("blue"); else empty.
    """

    take_id: TakeId
    key: str
    truth: Truth
    source: Source
    decision: Decision
    seen: str = ""


_SAID = {
    Verb.FALSE_ALARM: (Truth.OK, Source.FALSE_ALARM),
    Verb.MISSED_DRIFT: (Truth.DRIFT, Source.MISSED),
    Verb.REQUEST_CHANGES: (Truth.DRIFT, Source.REJECTION),
}


def labels_in(
    decisions: Iterable[Decision],
    findings: Mapping[TakeId, Sequence[Finding]],
    questions: Mapping[tuple[TakeId, str], BlindQuestion],
) -> list[Label]:
    """All labels, in the order of the decisions, those of one decision by key.

    Args:
        decisions: what still counts of the ledger. What a policy decided is no label.
        findings: of the takes that were decided on.
        questions: those that were answered, by take and key.
    """
    found: list[Label] = []
    for decision in decisions:
        take_id = decision.take_id
        if take_id is None or role_of(decision.author) != DIRECTOR:
            continue
        if decision.verb is Verb.ANSWER:
            found += _answered(decision, take_id, questions.get((take_id, decision.key)))
        elif decision.verb is Verb.APPROVE:
            keys = sorted(finding.key for finding in findings.get(take_id, ()) if finding.verdict is Verdict.OK)
            found += [
                Label(take_id=take_id, key=key, truth=Truth.OK, source=Source.APPROVAL, decision=decision)
                for key in keys
            ]
        elif decision.verb in _SAID:
            truth, source = _SAID[decision.verb]
            if not decision.key:
                truth = Truth.REJECTED
            found.append(Label(take_id=take_id, key=decision.key, truth=truth, source=source, decision=decision))
    return found


def known_truths(labels: Iterable[Label]) -> dict[tuple[TakeId, str], Truth]:
    """What is known of each finding by its last word; approvals prove too little, rejections of a whole take too."""
    return {
        (label.take_id, label.key): label.truth
        for label in labels
        if label.source is not Source.APPROVAL and label.truth is not Truth.REJECTED
    }


def _answered(decision: Decision, take_id: TakeId, question: BlindQuestion | None) -> list[Label]:
    seen = str(decision.details.get("answer", ""))
    if question is None or seen == CANNOT_TELL:
        return []
    truth = Truth.OK if seen == question.wanted else Truth.DRIFT
    return [Label(take_id=take_id, key=decision.key, truth=truth, source=Source.BLIND, decision=decision, seen=seen)]
