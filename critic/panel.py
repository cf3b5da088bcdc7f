"""A panel of checks: runs them on one picture and leaves exactly one finding for each visible constraint."""

import copy
import dataclasses
import time
from collections import defaultdict
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Protocol

from critic.answers import finding_on
from critic.calibration import Calibration, log_odds, sigmoid
from critic.needs import Needs
from critic.subject import PictureSubject
from critic.thresholds import EVEN, Thresholds
from storage.domain.findings import Finding, Verdict, Witness
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

    @property
    def needs(self) -> Needs:
        """What a picture must have; it is not asked about one that lacks it."""
        ...

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        """Whether it can say anything about this constraint in this picture."""
        ...

    def findings(self, subject: PictureSubject) -> list[Finding]:
        """At most one finding for each constraint that it judges, and any number under "check:<name>"."""
        ...


class CostlyCheck(Protocol):
    """A check that is slow, so it is asked only what no other check could judge: a user's own model."""

    @property
    def name(self) -> str: ...

    @property
    def needs(self) -> Needs: ...

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool: ...

    def findings_on(self, constraints: Sequence[Constraint], subject: PictureSubject) -> list[Finding]:
        """At most one finding for each of these constraints, all of which it judges."""
        ...


class Panel:
    """Runs its checks and combines what they say.

    Two checks that speak about the same constraint are combined by their odds, as if they erred
    independently: 0.9 for drift and 0.6 for ok come to 0.86 for drift.

    Args:
        checks: in the order in which their own findings ("check:…") are listed.
        costly: asked, in this order, only about constraints that none of the others could judge, and that can
            be drawn.
        calibration: what each check's confidence is worth.
        thresholds: from what probability of drift on a finding is drift.
        sure_at: what the witnesses together must reach, 0.5 to 1, to overrule a check that could
            have seen the constraint and did not. The default keeps one weak measure (light: at
            most 0.7) from turning an `unseen` into an `ok`.
    """

    def __init__(
        self,
        checks: Sequence[Check],
        *,
        costly: Sequence[CostlyCheck] = (),
        calibration: Calibration = Calibration(),  # noqa: B008 - frozen
        thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
        sure_at: float = 0.75,
    ) -> None:
        self._checks = tuple(checks)
        self._costly = tuple(costly)
        self._calibration = calibration
        self._thresholds = thresholds
        self._sure_at = sure_at

    def with_thresholds(self, thresholds: Thresholds) -> "Panel":
        """The same checks, held against other thresholds."""
        panel = copy.copy(self)
        panel._thresholds = thresholds
        return panel

    def review(self, subject: PictureSubject, spent_ms: dict[str, float] | None = None) -> list[Finding]:
        """Judge one picture.

        Args:
            spent_ms: where each check's milliseconds are put, by name: of the processor, all cores together, so that
                what else the machine does is not counted.

        Returns:
            One finding for each constraint that the shot plan says can be seen, in the order of
            their keys, then the findings of checks that judge no constraint.
        """
        constraints = subject.constraints
        said: dict[str, list[Finding]] = defaultdict(list)
        spent = {} if spent_ms is None else spent_ms
        for check in self._checks:
            if not check.needs.lacking(subject):
                with _timed(spent, check.name):
                    found = check.findings(subject)
                for finding in found:
                    said[finding.key].append(self._calibration.applied(finding))
        for check in self._costly:
            asked = [
                constraint
                for constraint in constraints
                if _is_open(said.get(constraint.key, [])) and subject.word_for(constraint)
                if check.judges(constraint, subject)
            ]
            if asked and not check.needs.lacking(subject):
                with _timed(spent, check.name):
                    found = check.findings_on(asked, subject)
                for finding in found:
                    said[finding.key] = [self._calibration.applied(finding)]
        judged = [self._one_finding(constraint, said.pop(constraint.key, []), subject) for constraint in constraints]
        return judged + [self._weighed(finding) for findings in said.values() for finding in findings]

    def _one_finding(self, constraint: Constraint, said: Sequence[Finding], subject: PictureSubject) -> Finding:
        if not said:
            return self._judged_by_nobody(constraint, subject)
        if len(said) == 1:
            return self._weighed(said[0])
        spoken = tuple(_witness(finding) for finding in said)
        witnesses = [finding for finding in said if finding.verdict is not Verdict.UNSEEN]
        blind = next((finding for finding in said if finding.verdict is Verdict.UNSEEN), None)
        drift = sigmoid(sum(log_odds(finding.drift_probability or 0.0) for finding in witnesses))
        if blind is not None and max(drift, 1 - drift) < self._sure_at:
            return dataclasses.replace(blind, said=spoken)
        kind = witnesses[0].kind
        verdict = self._thresholds.verdict(kind, drift)
        agreeing = [finding for finding in witnesses if finding.verdict is verdict] or witnesses
        leader = max(agreeing, key=lambda finding: finding.confidence)
        return dataclasses.replace(
            leader,
            check=" + ".join(finding.check for finding in witnesses),
            verdict=verdict,
            must=any(finding.must for finding in said),
            confidence=_of(verdict, drift),
            region=leader.region or next((finding.region for finding in agreeing if finding.region), None),
            message=self._explained(spoken, kind, drift),
            said=spoken,
        )

    def _weighed(self, finding: Finding) -> Finding:
        """A finding that stands alone, held against its kind's threshold."""
        drift = finding.drift_probability
        if drift is None:
            return finding
        verdict = self._thresholds.verdict(finding.kind, drift)
        if verdict is finding.verdict:
            return finding
        return dataclasses.replace(
            finding,
            verdict=verdict,
            confidence=_of(verdict, drift),
            message=self._explained((_witness(finding),), finding.kind, drift),
        )

    def _explained(self, spoken: Sequence[Witness], kind: str, drift: float) -> str:
        """Which checks said what, and what that comes to where a threshold of its own decided it."""
        said = ", ".join(_in_words(witness) for witness in spoken)
        threshold = self._thresholds.of(kind)
        together = (
            ""
            if (drift >= threshold) is (drift >= EVEN)
            else (f" Drift is {drift:.2f} likely, and {kind} is flagged from {threshold:.2f} on.")
        )
        return f"{said[0].upper()}{said[1:]}.{together}"

    def _judged_by_nobody(self, constraint: Constraint, subject: PictureSubject) -> Finding:
        return finding_on(
            constraint,
            subject.view,
            NOBODY,
            verdict=Verdict.UNSEEN,
            must=False,
            expected=constraint.value,
            observed="",
            confidence=1.0,
            message=self._why_nobody(constraint, subject),
        )

    def _why_nobody(self, constraint: Constraint, subject: PictureSubject) -> str:
        for check in (*self._checks, *self._costly):
            lacking = check.needs.lacking(subject)
            if lacking and check.judges(constraint, subject):
                return f"To judge {constraint.attribute}, {check.name} needs {lacking}."
        return f"No check judges {constraint.attribute} yet."


@contextmanager
def _timed(spent_ms: dict[str, float], name: str) -> Generator[None]:
    started = time.process_time()
    yield
    spent_ms[name] = spent_ms.get(name, 0.0) + 1000 * (time.process_time() - started)


def _is_open(said: Sequence[Finding]) -> bool:
    """Whether nobody could judge it. What should be seen and is not (`must`) was judged."""
    return all(finding.verdict is Verdict.UNSEEN and not finding.must for finding in said)


def _witness(finding: Finding) -> Witness:
    return Witness(
        check=finding.check, verdict=finding.verdict, observed=finding.observed, confidence=finding.confidence
    )


def _in_words(witness: Witness) -> str:
    if witness.verdict is Verdict.UNSEEN:
        return f"{witness.check} cannot tell"
    return f"{witness.check} says {witness.observed} ({witness.confidence:.2f})"


def _of(verdict: Verdict, drift: float) -> float:
    """The probability that a verdict is right."""
    return drift if verdict is Verdict.DRIFT else 1 - drift
