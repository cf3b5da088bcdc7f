"""One suite for every judge of the default panel: the one that knows what was drawn, and the one that ships."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from critic.default_panel import default_panel
from critic.judge import Judge
from critic.panel import Panel
from pipeline.description import FrameDescription
from pipeline.pocket import world
from pipeline.pocket.artist import Drawing, draw
from storage.domain.findings import Finding, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import (
    CAFE,
    MARA,
    SCENE,
    SHOT,
    DrawnJudge,
    by_label,
    constraint,
    described,
    keyframe_subject,
    looks,
    mara,
    view_of,
)

Ask = Callable[[GraphView, Drawing], dict[str, Finding]]

FOLDER = Path(__file__).parents[3] / "resources" / "judge"
FRAMES = 20
LEAST_SHARE = 0.85
ASKED = (
    *mara(),
    constraint(CAFE, Attribute.SETTING, "kitchen"),
    constraint(SCENE, Attribute.TIME_OF_DAY, "day"),
    constraint(SHOT, Attribute.SHOT_SIZE, "close-up"),
    constraint(SHOT, Attribute.PEOPLE, "1"),
)


@pytest.fixture(scope="module", params=["drawn", "shipped"])
def ask(request: pytest.FixtureRequest) -> Ask:
    if request.param == "drawn":
        return lambda view, drawing: _answers(default_panel(DrawnJudge(drawing)), view, drawing)
    if not (FOLDER / "judge.safetensors").is_file():
        pytest.skip("the judge's weights are not here")
    torch.set_num_threads(1)
    panel = default_panel(Judge.load(FOLDER))
    return lambda view, drawing: _answers(panel, view, drawing)


def _answers(panel: Panel, view: GraphView, drawing: Drawing) -> dict[str, Finding]:
    found = panel.review(keyframe_subject(view, drawing))
    return by_label(finding for finding in found if finding.constraint_id is not None)


def _verdicts(ask: Ask, description: FrameDescription) -> Counter[tuple[str, Verdict]]:
    counted: Counter[tuple[str, Verdict]] = Counter()
    for seed in range(FRAMES):
        found = ask(view_of(*ASKED), draw(description, seed))
        counted.update((label, finding.verdict) for label, finding in found.items())
    return counted


def test_drawn_as_asked_is_ok(ask: Ask) -> None:
    counted = _verdicts(ask, described(looks()))
    labels = {label for label, _ in counted}
    assert len(labels) == len(ASKED)
    for label in labels:
        assert counted[label, Verdict.OK] >= LEAST_SHARE * FRAMES, (label, counted)


@pytest.mark.parametrize(
    ("label", "description"),
    [
        ("MARA: eyes", described(looks(eyes="blue"))),
        ("MARA: hair colour", described(looks(hair_colour="blonde"))),
        ("MARA: hair style", described(looks(hair_style="bun"))),
        ("MARA: skin", described(looks(skin="dark"))),
        ("MARA: coat", described(looks(coat="green"))),
        ("HARBOUR CAFE: setting", described(looks(), setting="forest")),
        ("time of day", described(looks(), time_of_day="night")),
        ("shot size", described(looks(), shot_size="medium shot")),
        ("people", described(looks(), looks())),
    ],
)
def test_what_is_drawn_otherwise_is_drift(ask: Ask, label: str, description: FrameDescription) -> None:
    counted = _verdicts(ask, description)
    assert counted[label, Verdict.DRIFT] >= LEAST_SHARE * FRAMES, counted


@pytest.mark.parametrize("kind", world.ACCESSORIES)
def test_accessories_are_seen_and_missed(ask: Ask, kind: str) -> None:
    worn = view_of(constraint(MARA, Attribute.ACCESSORY, "present", kind))
    bare = view_of(constraint(MARA, Attribute.ACCESSORY, "absent", kind))
    label, right, wrong = f"MARA: {kind}", 0, 0
    for seed in range(FRAMES):
        with_it = draw(described(looks(accessories=(kind,))), seed)
        without = draw(described(looks()), seed)
        right += ask(worn, with_it)[label].verdict is Verdict.OK
        right += ask(bare, without)[label].verdict is Verdict.OK
        wrong += ask(bare, with_it)[label].verdict is Verdict.DRIFT
        wrong += ask(worn, without)[label].verdict is Verdict.DRIFT
    assert right >= LEAST_SHARE * 2 * FRAMES
    assert wrong >= LEAST_SHARE * 2 * FRAMES


def test_a_drift_has_a_region_around_the_head(ask: Ask) -> None:
    for seed in range(FRAMES):
        drawing = draw(described(looks(eyes="blue")), seed)
        eyes = ask(view_of(*ASKED), drawing)["MARA: eyes"]
        if eyes.verdict is Verdict.DRIFT:
            assert eyes.region is not None
            left, top, right, bottom = drawing.people[0].eyes
            assert eyes.region.left < (left + right) / 2 < eyes.region.right
            assert eyes.region.top < (top + bottom) / 2 < eyes.region.bottom


def test_eyes_too_small_to_see_are_not_called_ok(ask: Ask) -> None:
    rng = random.Random(3)
    falsely_ok = 0
    for seed in range(FRAMES):
        wide = draw(described(looks(eyes=rng.choice(tuple(world.EYES))), shot_size="wide shot"), seed)
        falsely_ok += ask(view_of(*ASKED), wide)["MARA: eyes"].verdict is Verdict.OK
    assert falsely_ok <= (1 - LEAST_SHARE) * FRAMES
