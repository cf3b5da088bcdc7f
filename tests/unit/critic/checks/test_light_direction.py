from dataclasses import replace

import pytest

from critic.benchmark.lighting import lit_from
from critic.checks.light_direction import LightDirection, tipped_stops
from critic.subject import PictureSubject
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import Constraint
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import SCENE, DrawnJudge, constraint, described, draw_one, keyframe_subject, looks, view_of

EVEN = draw_one(described(looks(), shot_size="close-up"))


def _lit(side: str, *asked: Constraint) -> tuple[PictureSubject, DrawnJudge]:
    heads = [person.head for person in EVEN.people]
    drawing = replace(EVEN, pixels=lit_from(EVEN.pixels, heads, side)) if side else EVEN
    return keyframe_subject(view_of(*asked), drawing), DrawnJudge(drawing)


def _told(side: str, asked: str) -> Finding:
    subject, judge = _lit(side, constraint(SCENE, Attribute.LIGHT_DIRECTION, asked))
    (finding,) = LightDirection(judge).findings(subject)
    return finding


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_the_brighter_cheek_tells_the_side(side: str, other: str) -> None:
    right, wrong = _told(side, side), _told(side, other)
    assert (right.verdict, right.observed) == (Verdict.OK, side)
    assert (wrong.verdict, wrong.observed, wrong.must) == (Verdict.DRIFT, side, False)
    assert wrong.confidence <= 0.7


def test_an_evenly_lit_face_has_no_side() -> None:
    finding = _told("", "left")
    assert (finding.verdict, finding.observed) == (Verdict.UNSEEN, "even")
    assert abs(tipped_stops(EVEN.pixels, EVEN.people[0].head)) < 0.2


def test_without_a_face_nothing_is_said() -> None:
    asked = constraint(SCENE, Attribute.LIGHT_DIRECTION, "left")
    nobody = draw_one(described(shot_size="wide shot"))
    (finding,) = LightDirection(DrawnJudge(nobody)).findings(keyframe_subject(view_of(asked), nobody))
    assert finding.verdict is Verdict.UNSEEN
    assert finding.message.startswith("No face is large enough")


@pytest.mark.parametrize("word", ["front", "behind"])
def test_it_has_no_word_on_light_that_leaves_both_cheeks_alike(word: str) -> None:
    subject, judge = _lit("left", constraint(SCENE, Attribute.LIGHT_DIRECTION, word))
    assert not LightDirection(judge).findings(subject)
    assert not judge.frames_read
