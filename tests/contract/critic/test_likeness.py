"""People held against their looks, by the judge that ships, on drawings that it was not trained on."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from critic.checks.likeness import Likeness
from critic.judge import Judge, face_region
from pipeline.pocket.artist import Drawing, draw
from storage.domain.findings import Finding, Verdict
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import MARA, constraint, described, keyframe_subject, looks, view_of

FOLDER = Path(__file__).parents[3] / "resources" / "judge"
PAIRS = 24
OTHERS = {"eyes": "blue", "hair_colour": "blonde", "hair_style": "bun", "skin": "dark"}


@pytest.fixture(scope="module")
def check() -> Likeness:
    torch.set_num_threads(1)
    return Likeness(Judge.load(FOLDER))


def head(drawing: Drawing) -> np.ndarray:
    """A look: the drawn head with a little around it."""
    height, width = drawing.pixels.shape[:2]
    left, top, right, bottom = face_region(drawing.people[0].head)
    rows = slice(max(0, round(top * height)), round(bottom * height))
    return drawing.pixels[rows, max(0, round(left * width)) : round(right * width)]


def held_against(check: Likeness, look: np.ndarray, drawing: Drawing, *said: Attribute) -> list[Finding]:
    view = view_of(*(constraint(MARA, attribute, "brown") for attribute in said))
    return check.findings(replace(keyframe_subject(view, drawing), looks={MARA: (look,)}))


def test_the_same_person_looks_like_her_look_in_another_shot(check: Likeness) -> None:
    counted: Counter[Verdict] = Counter()
    for seed in range(PAIRS):
        look = head(draw(described(looks()), 61_000_000 + seed))
        (found,) = held_against(check, look, draw(described(looks(), shot_size="medium shot"), 62_000_000 + seed))
        counted[found.verdict] += 1
    assert counted[Verdict.OK] >= 0.85 * PAIRS, counted


@pytest.mark.parametrize("changed", OTHERS)
def test_somebody_else_does_not(check: Likeness, changed: str) -> None:
    found: list[Finding] = []
    for seed in range(PAIRS // 2):
        look = head(draw(described(looks()), 61_000_000 + seed))
        other = looks(**{changed: OTHERS[changed]})
        found += held_against(check, look, draw(described(other), 62_000_000 + seed))
    drifting = [each for each in found if each.verdict is Verdict.DRIFT]
    assert len(drifting) >= 0.85 * len(found), found
    assert not any(each.must for each in found)
    named = changed.replace("_", " ")
    assert sum(each.observed == f"{named} {OTHERS[changed]}" for each in drifting) >= 0.85 * len(drifting)


def test_what_a_constraint_says_goes_before_the_look(check: Likeness) -> None:
    look = head(draw(described(looks()), 61_000_000))
    shown = draw(described(looks(eyes="blue")), 62_000_000)
    assert [each.verdict for each in held_against(check, look, shown)] == [Verdict.DRIFT]
    assert [each.verdict for each in held_against(check, look, shown, Attribute.EYES)] == [Verdict.OK]
    everything = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN)
    (open_to_nothing,) = held_against(check, look, shown, *everything)
    assert open_to_nothing.verdict is Verdict.UNSEEN and not open_to_nothing.must


def test_nobody_is_held_against_a_look_that_is_not_theirs_or_while_turned_away(check: Likeness) -> None:
    look = head(draw(described(looks()), 61_000_000))
    shown = draw(described(looks(eyes="blue")), 62_000_000)
    subject = keyframe_subject(view_of(), shown)
    assert check.findings(subject) == []
    assert check.findings(replace(subject, looks={"character:theo": (look,)})) == []
