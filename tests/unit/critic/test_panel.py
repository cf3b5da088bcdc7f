from collections.abc import Sequence

import pytest

from critic.needs import Needs
from critic.panel import NOBODY, Panel
from critic.subject import PictureSubject
from critic.thresholds import Thresholds
from storage.domain.findings import Finding, Verdict, is_clean
from storage.domain.scene_graph import Constraint
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import MARA, by_label, constraint, described, draw_one, keyframe_subject, looks, view_of


class Says:
    """A check that says one thing about one attribute."""

    needs = Needs()

    def __init__(self, name: str, attribute: Attribute, verdict: Verdict, confidence: float, must: bool = True) -> None:
        self.name = name
        self._said = attribute, verdict, confidence, must

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return constraint.attribute is self._said[0]

    def findings(self, subject: PictureSubject) -> list[Finding]:
        _, verdict, confidence, must = self._said
        return [
            Finding(
                key=c.key,
                label="eyes",
                constraint_id=c.id,
                check=self.name,
                verdict=verdict,
                must=must,
                expected=c.value,
                observed=f"seen by {self.name}",
                confidence=confidence,
            )
            for c in subject.constraints
            if self.judges(c, subject)
        ]


def _subject(*constraints: Constraint) -> PictureSubject:
    return keyframe_subject(view_of(*constraints), draw_one(described(looks())))


EYES = constraint(MARA, Attribute.EYES, "brown")


def test_every_visible_constraint_has_exactly_one_finding() -> None:
    subject = _subject(EYES, constraint(MARA, Attribute.AGE, "old"), constraint(MARA, Attribute.SKIN, "tan"))
    panel = Panel((Says("one", Attribute.EYES, Verdict.OK, 0.9), Says("two", Attribute.EYES, Verdict.OK, 0.8)))
    keys = [finding.key for finding in panel.review(subject)]
    assert keys == [c.key for c in subject.constraints]


def test_what_nobody_judges_is_said_and_does_not_stand_in_the_way() -> None:
    findings = Panel(()).review(_subject(constraint(MARA, Attribute.AGE, "old")))
    (finding,) = findings
    assert (finding.check, finding.verdict, finding.must) == (NOBODY, Verdict.UNSEEN, False)
    assert finding.message == "No check judges age yet."
    assert finding.label == "MARA: age"
    assert is_clean(findings)


def test_checks_that_disagree_are_combined_by_their_odds() -> None:
    panel = Panel((Says("judge", Attribute.EYES, Verdict.OK, 0.6), Says("iris", Attribute.EYES, Verdict.DRIFT, 0.9)))
    (finding,) = panel.review(_subject(EYES))
    assert finding.verdict is Verdict.DRIFT
    assert abs(finding.confidence - 0.857) < 0.001
    assert finding.observed == "seen by iris"
    assert "judge" in finding.message
    assert "iris" in finding.message


def test_checks_that_agree_are_surer_together() -> None:
    panel = Panel((Says("judge", Attribute.EYES, Verdict.OK, 0.8), Says("iris", Attribute.EYES, Verdict.OK, 0.8)))
    (finding,) = panel.review(_subject(EYES))
    assert finding.verdict is Verdict.OK
    assert finding.confidence > 0.9


def test_a_weak_witness_does_not_overrule_a_check_that_could_not_see() -> None:
    blind = Says("judge", Attribute.EYES, Verdict.UNSEEN, 0.9)
    (finding,) = Panel((blind, Says("light", Attribute.EYES, Verdict.OK, 0.7, must=False))).review(_subject(EYES))
    assert finding.verdict is Verdict.UNSEEN
    assert finding.must
    (finding,) = Panel((blind, Says("iris", Attribute.EYES, Verdict.OK, 0.95))).review(_subject(EYES))
    assert finding.verdict is Verdict.OK


def test_an_advisory_check_leaves_a_must_a_must() -> None:
    advice = Says("light", Attribute.EYES, Verdict.DRIFT, 0.95, must=False)
    panel = Panel((Says("judge", Attribute.EYES, Verdict.DRIFT, 0.9), advice))
    assert by_label(panel.review(_subject(EYES)))["eyes"].is_open_drift


def test_the_panel_keeps_what_each_check_said() -> None:
    panel = Panel((Says("judge", Attribute.EYES, Verdict.OK, 0.6), Says("iris", Attribute.EYES, Verdict.DRIFT, 0.9)))
    (finding,) = panel.review(_subject(EYES))
    assert [(said.check, said.verdict, said.confidence) for said in finding.said] == [
        ("judge", Verdict.OK, 0.6),
        ("iris", Verdict.DRIFT, 0.9),
    ]
    assert finding.message == "Judge says seen by judge (0.60), iris says seen by iris (0.90)."


def test_a_threshold_of_its_own_flags_what_is_only_rather_likely() -> None:
    says = Says("judge", Attribute.EYES, Verdict.OK, 0.8)
    careful = Panel((says,), thresholds=Thresholds(by_kind={"eyes": 0.1}))
    (finding,) = careful.review(_subject(EYES))
    assert finding.verdict is Verdict.DRIFT
    assert finding.drift_probability is not None
    assert abs(finding.drift_probability - 0.2) < 1e-9
    assert finding.message.endswith("Drift is 0.20 likely, and eyes is flagged from 0.10 on.")
    (finding,) = Panel((says,), thresholds=Thresholds(by_kind={"skin": 0.1})).review(_subject(EYES))
    assert finding.verdict is Verdict.OK


def test_a_threshold_that_nothing_could_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="eyes"):
        Thresholds(by_kind={"eyes": 1.5})


class Costly(Says):
    """A check that keeps what it was asked."""

    def __init__(self, attribute: Attribute, needs: Needs = Needs()) -> None:  # noqa: B008 - frozen
        super().__init__("own model", attribute, Verdict.DRIFT, 0.8)
        self.needs = needs
        self.asked: list[Constraint] = []

    def findings_on(self, constraints: Sequence[Constraint], subject: PictureSubject) -> list[Finding]:
        self.asked += constraints
        return [finding for finding in self.findings(subject) if finding.key in {c.key for c in constraints}]


def test_a_costly_check_is_asked_only_what_nobody_else_could_judge() -> None:
    age = constraint(MARA, Attribute.AGE, "old")
    subject = _subject(EYES, age)
    costly = Costly(Attribute.AGE)
    findings = Panel((Says("judge", Attribute.EYES, Verdict.OK, 0.9),), costly=(costly,)).review(subject)
    assert costly.asked == [age]
    assert {finding.key: finding.verdict for finding in findings} == {age.key: Verdict.DRIFT, EYES.key: Verdict.OK}
    for judged in (Verdict.OK, Verdict.UNSEEN):
        costly = Costly(Attribute.EYES)
        Panel((Says("judge", Attribute.EYES, judged, 0.9),), costly=(costly,)).review(_subject(EYES))
        assert costly.asked == []
    Panel((Says("judge", Attribute.EYES, Verdict.UNSEEN, 0.9, must=False),), costly=(costly,)).review(_subject(EYES))
    assert costly.asked == [EYES]


def test_what_cannot_be_drawn_is_not_put_to_a_costly_check() -> None:
    costly = Costly(Attribute.AGE)
    age = constraint(MARA, Attribute.AGE, "old")
    drawing = draw_one(described(looks()))
    Panel((), costly=(costly,)).review(keyframe_subject(view_of(age), drawing, {age.key: ""}))
    assert costly.asked == []


def test_a_check_that_lacks_what_it_needs_is_not_run_and_says_so() -> None:
    costly = Costly(Attribute.AGE, Needs(neighbours=2))
    (finding,) = Panel((), costly=(costly,)).review(_subject(constraint(MARA, Attribute.AGE, "old")))
    assert costly.asked == []
    assert finding.message == "To judge age, own model needs two circled takes of the place."


def test_the_time_of_each_check_is_told() -> None:
    spent: dict[str, float] = {}
    Panel((Says("judge", Attribute.EYES, Verdict.OK, 0.9),)).review(_subject(EYES), spent)
    assert spent.keys() == {"judge"}
    assert spent["judge"] >= 0
