import random
from pathlib import Path

import numpy as np
import pytest

from critic.benchmark.cases import Picture, Words, asked_of, case_of
from critic.benchmark.faults import FAULTS, with_fault
from critic.benchmark.labels import labelled_pictures
from critic.benchmark.run import measure
from critic.default_panel import default_panel
from pipeline.cli.critic_pictures import BENCHMARK_SEED, CALIBRATION_SEED, drawn_keyframes
from storage.domain.findings import Verdict
from storage.errors import WrongUse
from tests.unit.critic.drawn import KNOWS, DrawnJudge, described, draw_one, looks

SEEN = Words(
    frame={"setting": "kitchen", "time of day": "day", "shot size": "close-up", "people": "1"},
    people=({"eyes": "blue", "garment": "coat", "garment colour": "red", "accessory:hat": "absent"},),
)
BLACK = np.zeros((72, 128, 3), np.uint8)


def test_what_is_asked_otherwise_is_drift_and_what_cannot_be_seen_is_unseen() -> None:
    person = {"eyes": "brown", "garment": "coat", "garment colour": "green", "accessory:hat": "absent", "skin": "tan"}
    asked = Words(frame={**SEEN.frame, "setting": "forest"}, people=(person,))
    truth = case_of(Picture(name="one", frames=BLACK[None], seen=SEEN), asked).truth
    by_kind = {key.split("/")[1]: verdict for key, verdict in truth.items()}
    assert by_kind["eyes"] is Verdict.DRIFT
    assert by_kind["garment"] is Verdict.DRIFT
    assert by_kind["setting"] is Verdict.DRIFT
    assert by_kind["time of day"] is Verdict.OK
    assert by_kind["accessory"] is Verdict.OK
    assert by_kind["skin"] is Verdict.UNSEEN


def test_a_share_of_what_is_seen_is_asked_for_otherwise() -> None:
    rng = random.Random(3)
    asked = [asked_of(SEEN, KNOWS, rng, 0.25) for _ in range(200)]
    other = sum(each.people[0]["eyes"] != "blue" for each in asked)
    assert 30 < other < 70
    assert asked_of(SEEN, KNOWS, rng, 0.0) == SEEN


def test_a_judge_that_knows_the_truth_scores_full_marks() -> None:
    drawing = draw_one(described(looks(eyes="blue", coat="red")))
    picture = Picture(
        name="one",
        frames=drawing.pixels[None],
        seen=Words(frame=SEEN.frame, people=(dict(drawing.people[0].attributes),)),
    )
    asked = asked_of(picture.seen, KNOWS, random.Random(5), 0.5)
    measured = measure(default_panel(DrawnJudge(drawing)), [case_of(picture, asked)])
    assert len(measured.outcomes) > 5
    assert [each for each in measured.outcomes if each.verdict is not each.truth] == []
    assert "judge" in measured.by_check


def test_each_fault_changes_the_clip_and_says_which_finding_is_to_tell() -> None:
    rng = np.random.default_rng(1)
    frames, twin = (rng.integers(0, 255, (16, 36, 64, 3), dtype=np.uint8) for _ in range(2))
    faults = dict.fromkeys(("first frame", "hidden cut", "flicker", "motion", "morphing"), False)
    picture = Picture(name="clip", frames=frames, seen=SEEN, faults=faults, keyframe=frames[0])
    for name, (key, _) in FAULTS.items():
        broken = with_fault(picture, name, twin, random.Random(1))
        assert broken.frames.shape == frames.shape
        assert not np.array_equal(broken.frames, frames)
        assert [each for each, at_fault in broken.faults.items() if at_fault] == [key]
        assert np.array_equal(broken.frames[0], frames[0]) == (name != "begins elsewhere")


def test_hand_labels_are_read_and_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    line = (
        '{"picture": "a.png", "asked": {"setting": "kitchen", "people": [{"eyes": "brown", "garment": "red coat"}]},'
        ' "seen": {"setting": "kitchen", "people": [{"eyes": "unseen", "garment": "red coat"}]}}\n'
    )
    (tmp_path / "labels.jsonl").write_text(line)
    (picture,) = labelled_pictures(tmp_path, lambda _: BLACK)
    assert picture.asked is not None
    assert picture.asked.people[0]["garment colour"] == "red"
    assert picture.seen.frame == {"setting": "kitchen", "people": "1"}
    for wrong, why in (("{}", "Line 1"), (line.replace("a.png", "../b.png"), "not there"), ("no", "Line 1")):
        (tmp_path / "labels.jsonl").write_text(wrong)
        with pytest.raises(WrongUse, match=why):
            list(labelled_pictures(tmp_path, lambda _: BLACK))
    with pytest.raises(WrongUse, match=r"no labels\.jsonl"):
        list(labelled_pictures(tmp_path / "nowhere", lambda _: BLACK))


def test_drawings_for_the_benchmark_are_not_those_for_calibration() -> None:
    (measured,) = drawn_keyframes(BENCHMARK_SEED, 1)
    (fitted,) = drawn_keyframes(CALIBRATION_SEED, 1)
    assert measured.name != fitted.name
    assert sum(measured.faults.values()) <= 1
    assert measured.reference is not None
    assert len(measured.neighbours) == 1
