"""Puts cases before the panel and counts what it says."""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from critic.benchmark.cases import Case
from critic.benchmark.scores import Outcome, outcome_of
from critic.panel import Panel
from storage.domain.findings import Finding, Witness
from storage.domain.takes import Seam


@dataclass(slots=True, kw_only=True)
class Measured:
    """What came of a row of cases.

    Attributes:
        outcomes: of the panel's findings.
        by_check: of what each check said alone, by its name.
        spent_ms: each check's milliseconds of the processor, one number a picture, by seam and name.
        whole_ms: the panel's, one number a picture, by seam.
    """

    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    by_check: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    spent_ms: dict[tuple[Seam, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    whole_ms: dict[Seam, list[float]] = field(default_factory=lambda: defaultdict(list))


def measure(panel: Panel, cases: Iterable[Case]) -> Measured:
    """Review each case; findings whose truth is not known are timed, not counted."""
    measured = Measured()
    for case in cases:
        spent: dict[str, float] = {}
        started = time.process_time()
        findings = panel.review(case.subject, spent)
        measured.whole_ms[case.subject.seam].append(1000 * (time.process_time() - started))
        for name, milliseconds in spent.items():
            measured.spent_ms[case.subject.seam, name].append(milliseconds)
        for finding in findings:
            truth = case.truth.get(finding.key)
            if truth is None:
                continue
            measured.outcomes.append(outcome_of(finding, truth))
            for witness in finding.said or (_alone(finding),):
                spoke = _as_finding(witness, finding)
                measured.by_check[witness.check].append(outcome_of(spoke, truth))
    return measured


def _alone(finding: Finding) -> Witness:
    return Witness(
        check=finding.check, verdict=finding.verdict, observed=finding.observed, confidence=finding.confidence
    )


def _as_finding(witness: Witness, finding: Finding) -> Finding:
    return Finding(
        key=finding.key,
        label=finding.label,
        constraint_id=finding.constraint_id,
        check=witness.check,
        verdict=witness.verdict,
        must=finding.must,
        expected=finding.expected,
        observed=witness.observed,
        confidence=witness.confidence,
    )
