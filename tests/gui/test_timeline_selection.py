"""Selecting shots on the timeline."""

import pytest

from desktop.timeline.selection import ShotSelection
from storage.domain.scene_graph import ShotId

ORDER = [ShotId(name) for name in ("1A", "1B", "2A", "2B", "3A")]


@pytest.fixture
def told() -> list:
    return []


@pytest.fixture
def selection(told: list) -> ShotSelection:
    made = ShotSelection()
    made.show_order({shot_id: index for index, shot_id in enumerate(ORDER)})
    made.selection_changed.connect(told.append)
    return made


def test_shots_are_told_in_film_order_and_only_when_they_change(selection: ShotSelection, told: list) -> None:
    selection.select([ORDER[3], ORDER[0]])
    selection.select([ORDER[0], ORDER[3]])
    selection.toggle(ORDER[1])
    selection.toggle(ORDER[3])
    assert told == [("1A", "2B"), ("1A", "1B", "2B"), ("1A", "1B")]
    assert ORDER[1] in selection and ORDER[3] not in selection


def test_a_stretch_runs_from_the_anchor_both_ways(selection: ShotSelection) -> None:
    selection.select([ORDER[2]])
    selection.extend_to(ORDER[4], ORDER)
    assert selection.shot_ids == ("2A", "2B", "3A")
    selection.extend_to(ORDER[0], ORDER)
    assert selection.shot_ids == ("1A", "1B", "2A")


def test_a_stretch_leaves_out_what_is_hidden(selection: ShotSelection) -> None:
    selection.select([ORDER[0]])
    selection.extend_to(ORDER[4], [ORDER[0], ORDER[2], ORDER[4]])
    assert selection.shot_ids == ("1A", "2A", "3A")


def test_shots_that_are_gone_are_no_longer_selected(selection: ShotSelection, told: list) -> None:
    selection.select(ORDER[1:3])
    selection.show_order({ORDER[2]: 0, ORDER[0]: 1})
    assert told[-1] == ("2A",)
    selection.clear()
    assert told[-1] == () and selection.anchor is None
