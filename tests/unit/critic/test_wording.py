import pytest

from critic.wording import expected_words, head_count, label_of
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import CAFE, MARA, SCENE, SHOT, constraint, view_of


@pytest.mark.parametrize(
    ("entity", "attribute", "part", "label"),
    [
        (MARA, Attribute.EYES, "", "MARA: eyes"),
        (MARA, Attribute.GARMENT, "coat", "MARA: coat"),
        (CAFE, Attribute.SETTING, "", "HARBOUR CAFE: setting"),
        (SCENE, Attribute.TIME_OF_DAY, "", "time of day"),
        (SHOT, Attribute.SHOT_SIZE, "", "shot size"),
        ("character:gone", Attribute.EYES, "", "eyes"),
    ],
)
def test_labels(entity: str, attribute: Attribute, part: str, label: str) -> None:
    assert label_of(constraint(entity, attribute, "x", part), view_of()) == label


def test_expected_words() -> None:
    assert expected_words("teal", "teal") == "teal"
    assert expected_words("teal", "blue") == "teal (drawn as blue)"
    assert expected_words("rain", "") == "rain (cannot be drawn)"


@pytest.mark.parametrize(
    ("words", "count"),
    [("2", 2), ("two people", 2), ("one person", 1), ("nobody", 0), ("0", 0), ("a few", None), ("red coat", None)],
)
def test_head_counts(words: str, count: int | None) -> None:
    assert head_count(words) == count
