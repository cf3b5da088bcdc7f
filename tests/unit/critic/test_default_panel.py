import time

from critic.default_panel import default_panel
from storage.domain.findings import Verdict, is_clean
from storage.domain.scene_graph import ShotPerson
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import (
    MARA,
    SCENE,
    DrawnJudge,
    by_label,
    clip_of,
    clip_subject,
    constraint,
    described,
    draw_one,
    keyframe_subject,
    looks,
    mara,
    pixels,
    view_of,
)

TALKING = (ShotPerson(character_id=MARA, action="talking"),)


def test_a_right_keyframe_is_clean() -> None:
    drawing = draw_one(described(looks()))
    findings = default_panel(DrawnJudge(drawing)).review(keyframe_subject(view_of(*mara()), drawing))
    assert is_clean(findings)
    assert len({finding.key for finding in findings}) == len(findings)


def test_the_articles_own_example_is_not_clean() -> None:
    blue = draw_one(described(looks(eyes="blue")))
    findings = default_panel(DrawnJudge(blue)).review(keyframe_subject(view_of(*mara()), blue))
    assert [finding.label for finding in findings if finding.is_open_drift] == ["MARA: eyes"]


def test_a_right_clip_is_clean_and_quick() -> None:
    clip = clip_of(described(looks(action="talking")))
    view = view_of(*mara(), constraint(SCENE, Attribute.TIME_OF_DAY, "day"), people=TALKING)
    panel = default_panel(DrawnJudge(*clip))
    subject = clip_subject(view, pixels(clip))
    started = time.process_time()
    findings = panel.review(subject)
    assert time.process_time() - started < 3
    assert is_clean(findings), [finding for finding in findings if finding.verdict is not Verdict.OK]
    assert by_label(findings)["time of day"].check == "judge + light"


def test_a_clip_of_a_still_is_not_clean() -> None:
    clip = clip_of(described(looks(action="talking")))
    frozen = [clip[0]] * 16
    findings = default_panel(DrawnJudge(*clip)).review(clip_subject(view_of(*mara(), people=TALKING), pixels(frozen)))
    assert [finding.label for finding in findings if finding.is_open_drift] == ["motion"]
