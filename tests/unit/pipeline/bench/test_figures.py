"""Counting, pairing, and results that outlive a kill."""

import json

import pytest

from pipeline.bench.figures import arm_figures, paired
from pipeline.bench.results import Results
from storage.errors import WrongUse

RIGHT = {"script": True, "keyframe": True, "clip": True, "cut": True}
BILL = {
    "calls": {"keyframe": 3, "clip": 2},
    "drawing_s": {"keyframe": 0.3, "clip": 0.4},
    "checks": {"keyframe": 3, "clip": 2},
    "checking_s": {"keyframe": 0.1, "clip": 0.1},
    "cuts": 1,
    "assembling_s": 0.1,
}


def shot(name, wrong_at="", *, handed_over=False):
    right = {**RIGHT, **({wrong_at: False} if wrong_at else {})}
    agrees = not wrong_at
    return {
        "shot_id": name, "right": right, "agrees": agrees, "handed_over": handed_over, "helped": 0, "calls": 2,
        "false_alarms": 0, "passed": agrees and not handed_over,
    }  # fmt: skip


def made(*shots, film=0):
    return {"film": film, "arm": "critic", "shots": list(shots), "injections": [], "bill": BILL}


def test_what_was_handed_over_neither_passed_nor_escaped():
    found = arm_figures([made(shot("a"), shot("b", "clip"), shot("c", handed_over=True), shot("d", "cut"))], 0.1)
    assert (found["passed"], found["handed_over"], found["escaped"]) == (1, 1, 2)
    assert found["pass_rate"]["share"] == 0.25
    assert found["right_of_what_was_approved_unseen"]["share"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["calls_per_passed_shot"] == 5 and found["cost"] == 0.5
    assert found["seconds_per_passed_shot"] == pytest.approx(1.0)


def test_the_yield_of_a_seam_is_of_what_came_to_it_right():
    found = arm_figures([made(shot("a"), shot("b", "script"), shot("c", "clip"), shot("d"))], 0.0)
    assert [found["yields"][seam]["share"] for seam in RIGHT] == [0.75, 1.0, pytest.approx(2 / 3, abs=1e-4), 1.0]


def test_arms_are_paired_by_film_and_shot():
    first = [made(shot("a"), shot("b"), shot("c")), made(shot("a"), film=1)]
    second = [made(shot("a", "clip"), shot("b", "clip"), shot("c")), made(shot("a", "cut"), film=1)]
    assert paired(first, second) == {"shots": 4, "only_first": 3, "only_second": 0, "p": 0.25}


def test_results_go_on_after_a_line_that_was_torn(tmp_path):
    path = tmp_path / "results.jsonl"
    Results(path, {"seed": 1}).add(0, [{"arm": "chain", "film": 0}])
    with path.open("a", encoding="utf-8") as file:
        file.write('{"film": 1, "arms"')
    again = Results(path, {"seed": 1})
    assert list(again.films) == [0]
    again.add(1, [{"arm": "chain", "film": 1}])
    assert [each["film"] for each in Results(path, {"seed": 1}).of_arm("chain", [0, 1])] == [0, 1]
    assert len([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]) == 3


def test_results_of_other_conditions_are_not_mixed_in(tmp_path):
    Results(tmp_path / "results.jsonl", {"seed": 1})
    with pytest.raises(WrongUse, match="other conditions"):
        Results(tmp_path / "results.jsonl", {"seed": 2})
