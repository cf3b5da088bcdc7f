"""Blind labelling: what is on the sheet, and what labels come to."""

import json

import numpy as np
import pytest

from pipeline.bench.natural import KEY, LABELS, labelled_figures, read_labels, strata_of, write_sheet
from pipeline.bench.results import Results
from pipeline.media import encode_picture
from storage.errors import WrongUse

# What each arm ended with, shot by shot: chain and state share a, critic and mend share b where it differs.
PICTURES = {"chain": "aa", "state": "aa", "critic": "ab", "mend": "ab"}


@pytest.fixture
def results(tmp_path):
    found = Results(tmp_path / "natural.jsonl", {"world": "natural"})
    (tmp_path / "pictures").mkdir()
    arms = []
    for arm, letters in PICTURES.items():
        shots = []
        for number, letter in enumerate(letters):
            items = {
                seam: {"picture": f"{seam}{number}{letter}.png", "asked": ["close-up", "brown eyes"]}
                for seam in ("keyframe", "clip")
            }
            for item in items.values():
                picture = encode_picture(np.full((18, 32, 3), 99, np.uint8))
                (tmp_path / "pictures" / item["picture"]).write_bytes(picture)
            shots.append({"shot_id": f"shot:{number}", "handed_over": False, "calls": 2, "items": items})
        arms.append({"film": 0, "arm": arm, "shots": shots})
    found.add(0, arms)
    return found


def filled_in(folder, right):
    lines = [json.loads(line) for line in (folder / LABELS).read_text(encoding="utf-8").splitlines()]
    pictures = {
        line["item"]: line["picture"]
        for line in map(json.loads, (folder / KEY).read_text(encoding="utf-8").splitlines())
    }
    text = "".join(json.dumps({**line, "right": right(pictures[line["item"]])}) + "\n" for line in lines)
    (folder / LABELS).write_text(text, encoding="utf-8")


def test_a_picture_that_several_arms_share_is_shown_once_and_nobody_sees_whose_it_is(results, tmp_path):
    sheet = tmp_path / "sheet"
    lines = write_sheet(results, sheet, seed=1, per_stratum=9).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert (sheet / "sheet-001.png").stat().st_size > 1000
    assert not any(arm in line for line in lines for arm in PICTURES)
    with pytest.raises(WrongUse, match="exists already"):
        write_sheet(results, sheet, seed=1, per_stratum=9)


def test_strata_are_the_arms_that_share_a_picture(results):
    assert {stratum: len(pictures) for stratum, pictures in strata_of(results).items()} == {
        "clip · chain, critic, mend, state": 1,
        "clip · chain, state": 1,
        "clip · critic, mend": 1,
        "keyframe · chain, critic, mend, state": 1,
        "keyframe · chain, state": 1,
        "keyframe · critic, mend": 1,
    }


def test_labels_come_to_shares_and_pairs(results, tmp_path):
    write_sheet(results, tmp_path / "sheet", seed=1, per_stratum=9)
    filled_in(tmp_path / "sheet", lambda picture: not picture.endswith("1a.png"))
    found = labelled_figures(results, read_labels(tmp_path / "sheet"))
    assert found["arms"]["state"]["keyframe"]["share"] == 0.5
    assert found["arms"]["mend"]["keyframe"]["share"] == 1.0
    assert found["paired"]["critic and state"] == {
        "shots": 2, "escaped only in critic": 0, "escaped only in state": 1,
    }  # fmt: skip


def test_a_stratum_without_a_label_gives_no_share(results, tmp_path):
    write_sheet(results, tmp_path / "sheet", seed=1, per_stratum=9)
    filled_in(tmp_path / "sheet", lambda picture: True if picture.startswith("clip") else None)
    found = labelled_figures(results, read_labels(tmp_path / "sheet"))
    assert found["arms"]["state"]["keyframe"] is None and found["arms"]["state"]["clip"]["share"] == 1.0


def test_a_sheet_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(WrongUse, match="no sheet"):
        read_labels(tmp_path)
