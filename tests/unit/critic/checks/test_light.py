import pytest

from critic.checks.light import LightMeasure
from critic.panel import Panel
from pipeline.pocket import world
from storage.domain.findings import Verdict
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import (
    SCENE,
    by_label,
    constraint,
    described,
    draw_one,
    keyframe_subject,
    looks,
    view_of,
)


def _one(attribute: Attribute, value: str, time: str, setting: str = "street", known_as: str = ""):
    asked = constraint(SCENE, attribute, value)
    drawing = draw_one(described(looks(), setting=setting, time_of_day=time, shot_size="wide shot"))
    subject = keyframe_subject(view_of(asked), drawing, {asked.key: known_as} if known_as else None)
    (finding,) = LightMeasure().findings(subject)
    return finding


@pytest.mark.parametrize("time", world.TIMES_OF_DAY)
def test_the_time_of_day_is_measured(time: str) -> None:
    finding = _one(Attribute.TIME_OF_DAY, time, time, "beach")
    assert finding.verdict is Verdict.OK
    assert finding.confidence <= 0.7
    assert not finding.must


@pytest.mark.parametrize("time", world.TIMES_OF_DAY)
@pytest.mark.parametrize("setting", world.SETTINGS)
def test_no_drawn_time_is_taken_for_another(time: str, setting: str) -> None:
    assert _one(Attribute.TIME_OF_DAY, time, time, setting).verdict is not Verdict.DRIFT


def test_another_time_of_day_is_drift_but_never_must() -> None:
    finding = _one(Attribute.TIME_OF_DAY, "day", "night")
    assert (finding.verdict, finding.observed, finding.must) == (Verdict.DRIFT, "night", False)


def test_it_looks_for_the_time_that_was_drawn() -> None:
    finding = _one(Attribute.TIME_OF_DAY, "midnight", "night", known_as="night")
    assert (finding.verdict, finding.expected) == (Verdict.OK, "midnight (drawn as night)")


def test_key_and_warmth_are_measured() -> None:
    assert _one(Attribute.LIGHT_KEY, "low", "night").verdict is Verdict.OK
    assert _one(Attribute.LIGHT_KEY, "high", "night").verdict is Verdict.DRIFT
    assert _one(Attribute.LIGHT_WARMTH, "warm", "dusk").verdict is Verdict.OK
    assert _one(Attribute.LIGHT_WARMTH, "cool", "dusk").verdict is Verdict.DRIFT
    assert _one(Attribute.LIGHT_WARMTH, "candlelit", "dusk").verdict is Verdict.UNSEEN


def test_alone_it_does_not_settle_a_must() -> None:
    asked = constraint(SCENE, Attribute.TIME_OF_DAY, "day")
    drawing = draw_one(described(looks(), time_of_day="night"))
    findings = Panel((LightMeasure(),)).review(keyframe_subject(view_of(asked), drawing))
    assert not by_label(findings)["time of day"].is_open_drift
