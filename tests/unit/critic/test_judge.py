"""The judge opens its folder, reads any size, and says what it knows."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from critic.judge import CONFIG_NAME, WEIGHTS_NAME, Judge, JudgeNetwork, crop, face_region, torso_region

_ATTRIBUTES = {
    "frame": {
        "people": ("0", "1", "2"),
        "setting": ("kitchen", "street"),
        "time of day": ("day", "night"),
        "shot size": ("close-up", "wide shot"),
    },
    "face": {"eyes": ("brown", "blue", "unseen"), "accessory:glasses": ("absent", "present")},
    "torso": {"garment colour": ("red", "blue")},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    network = JudgeNetwork(_ATTRIBUTES["frame"], _ATTRIBUTES["face"], _ATTRIBUTES["torso"])
    # Two people, whatever is in the frame.
    network.frame_heads.heads[0].bias.data = torch.tensor([0.0, 0.0, 9.0])
    save_file(network.state_dict(), tmp_path / WEIGHTS_NAME)
    (tmp_path / CONFIG_NAME).write_text(json.dumps({"attributes": _ATTRIBUTES}), encoding="utf-8")
    return tmp_path


def test_readings_are_whole(folder: Path) -> None:
    judge = Judge.load(folder)
    readings = judge.read(np.random.default_rng(0).integers(0, 255, (3, 90, 160, 3), dtype=np.uint8))
    assert len(readings) == 3
    assert judge.knows["eyes"] == ("brown", "blue", "unseen")
    for reading in readings:
        assert reading.people.value == "2"
        assert len(reading.persons) == 2
        assert reading.persons[0].head[0] <= reading.persons[1].head[0]
        for person in reading.persons:
            assert set(person.attributes) == {"eyes", "accessory:glasses", "garment colour"}
            for guess in person.attributes.values():
                assert sum(guess.distribution.values()) == pytest.approx(1, abs=1e-4)
                assert guess.probability == max(guess.distribution.values())
                assert guess.region is not None
                assert all(0 <= edge <= 1 for edge in guess.region)


def test_the_same_frame_reads_the_same_alone_and_in_a_batch(folder: Path) -> None:
    judge = Judge.load(folder)
    frames = np.random.default_rng(1).integers(0, 255, (2, 144, 256, 3), dtype=np.uint8)
    together, alone = judge.read(frames)[1], judge.read(frames[1:])[0]
    assert together.setting.distribution == pytest.approx(alone.setting.distribution, abs=1e-5)


def test_the_digest_is_of_the_weights(folder: Path) -> None:
    assert Judge.load(folder).digest == Judge.load(folder).digest
    assert len(Judge.load(folder).digest) == 64


@pytest.mark.parametrize("name", [WEIGHTS_NAME, CONFIG_NAME])
def test_a_missing_file_is_said(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        Judge.load(folder)


def test_no_frames_no_readings(folder: Path) -> None:
    assert Judge.load(folder).read(np.zeros((0, 72, 128, 3), np.uint8)) == []


def test_crops_reach_beyond_the_frame() -> None:
    frame = torch.ones(3, 72, 128)
    for head in ((0.0, 0.0, 0.2, 0.3), (0.8, 0.7, 1.0, 1.0), (0.99, 0.99, 1.0, 1.0)):
        for region in (face_region(head), torso_region(head)):
            assert crop(frame, region, 16).shape == (3, 16, 16)
    assert torch.equal(crop(frame, (1.2, 1.2, 1.4, 1.4), 8), torch.zeros(3, 8, 8))
