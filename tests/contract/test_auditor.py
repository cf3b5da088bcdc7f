"""The auditor opens its folder, marks heads where its grid is highest, and reads every attribute there."""

from pathlib import Path

import numpy as np
import pytest
import torch

from pipeline.pocket.auditor import Auditor, AuditorNetwork, peaks, write_auditor
from pipeline.pocket.judging import ATTRIBUTES

_PERSON = {**ATTRIBUTES["face"], **ATTRIBUTES["torso"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    network = AuditorNetwork(ATTRIBUTES["frame"], _PERSON)
    # Two people, whatever is in the frame.
    network.frames[2].bias.data[2] = 9.0
    write_auditor(network, ATTRIBUTES["frame"], _PERSON, tmp_path)
    return tmp_path


def test_readings_are_whole_and_people_go_from_left_to_right(folder: Path) -> None:
    frames = np.random.default_rng(0).integers(0, 255, (2, 288, 512, 3), dtype=np.uint8)
    readings = Auditor.load(folder).read(frames)
    assert len(readings) == 2
    for reading in readings:
        assert reading.people.value == "2"
        first, second = reading.persons
        assert first.head[0] <= second.head[0]
        for person in reading.persons:
            assert set(person.attributes) == set(_PERSON)
            for guess in person.attributes.values():
                assert sum(guess.distribution.values()) == pytest.approx(1, abs=1e-4)
        assert reading.weather is not None
        assert reading.inserted is not None


def test_peaks_are_the_highest_marks_that_no_neighbour_outdoes() -> None:
    marks = torch.full((36, 64), -5.0)
    marks[10, 20], marks[10, 21], marks[30, 50], marks[5, 5] = 4.0, 3.9, 2.0, 1.0
    assert peaks(marks, 2) == [(10, 20), (30, 50)]
    assert peaks(marks, 0) == []


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Auditor.load(tmp_path)
