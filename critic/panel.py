"""A panel of checks: runs them on one picture and leaves exactly one finding for each visible constraint."""

import dataclasses
import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from critic.subject import PictureSubject
from critic.wording import label_of
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import Constraint

NOBODY = "nobody"


class Check(Protocol):
    """One way to compare a picture with the plan.

    A check that measures faces or identity plugs in here: it finds the people's regions for
    itself or is given a finder in its constructor, compares with ``subject.looks``, and answers
    `unseen` for a face that is too small or turned away.
    """

    @property
    def name(self) -> str:
        """What a director reads beside its findings."""
        ...

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        """Whether it can say anything about this constraint in this picture."""
        ...

    def findings(self, subject: PictureSubject) -> list[Finding]:
        """At most one finding for each constraint that it judges, and any number under "check:<name>"."""
        ...


class Panel:
    """Runs its checks and combines what they say.

    Two checks that speak about the same constraint are combined by their odds, as if they erred
    independently: 0.9 for drift and 0.6 for ok come to 0.86 for drift.

    Args:
        checks: in the order in which their own findings ("check:…") are listed.
        sure_at: what the witnesses together must reach, 0.5 to 1, to overrule a check that could
            have seen the constraint and did not. The default keeps one weak measure (light: at
            most 0.7) from turning an `unseen` into an `ok`.
    """

    def __init__(self, checks: Sequence[Check], *, sure_at: float = 0.75) -> None:
        self._checks = tuple(checks)
        self._sure_at = sure_at

    def review(self, subject: PictureSubject) -> list[Finding]:
        """Judge one picture.

        Returns:
            One finding for each constraint that the shot plan says can be seen, in the order of
            their keys, then the findings of checks that judge no constraint.
        """
        constraints = subject.constraints
        said: dict[str, list[Finding]] = defaultdict(list)
        for check in self._checks:
            for finding in check.findings(subject):
                said[finding.key].append(finding)
        judged = [self._one_finding(constraint, said.pop(constraint.key, []), subject) for constraint in constraints]
        return judged + [finding for findings in said.values() for finding in findings]

    def _one_finding(self, constraint: Constraint, said: Sequence[Finding], subject: PictureSubject) -> Finding:
        if not said:
            return self._judged_by_nobody(constraint, subject)
        if len(said) == 1:
            return said[0]
        witnesses = [finding for finding in said if finding.verdict is not Verdict.UNSEEN]
        blind = next((finding for finding in said if finding.verdict is Verdict.UNSEEN), None)
        if not witnesses and blind is not None:
            return blind
        odds = sum(_log_odds(finding) for finding in witnesses)
        confidence = 1 / (1 + math.exp(-abs(odds)))
        if blind is not None and confidence < self._sure_at:
            return blind
        verdict = Verdict.DRIFT if odds > 0 else Verdict.OK
        agreeing = [finding for finding in witnesses if finding.verdict is verdict] or witnesses
        leader = max(agreeing, key=lambda finding: finding.confidence)
        return dataclasses.replace(
            leader,
            check=" + ".join(finding.check for finding in witnesses),
            verdict=verdict,
            must=any(finding.must for finding in said),
            confidence=confidence,
            region=leader.region or next((finding.region for finding in agreeing if finding.region), None),
            message=_who_said_what(witnesses),
        )

    def _judged_by_nobody(self, constraint: Constraint, subject: PictureSubject) -> Finding:
        return Finding(
            key=constraint.key,
            label=label_of(constraint, subject.view),
            constraint_id=constraint.id,
            check=NOBODY,
            verdict=Verdict.UNSEEN,
            must=False,
            expected=constraint.value,
            observed="",
            confidence=1.0,
            message=f"No check judges {constraint.attribute} yet.",
        )


def _log_odds(finding: Finding) -> float:
    """How strongly a finding speaks for drift: above 0 for, below 0 against."""
    confidence = min(0.999, max(0.001, finding.confidence))
    odds = math.log(confidence / (1 - confidence))
    return odds if finding.verdict is Verdict.DRIFT else -odds


def _who_said_what(witnesses: Sequence[Finding]) -> str:
    said = ", ".join(f"{finding.check} says {finding.observed} ({finding.confidence:.2f})" for finding in witnesses)
    return f"{said[0].upper()}{said[1:]}."
