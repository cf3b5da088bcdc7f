import copy
import pickle
from collections.abc import Callable

import pytest

from storage.domain.told import Counted, Told, joined


def test_a_sentence_is_a_string_that_remembers_its_words() -> None:
    told = Told("There is no shot {label}.", label="1{A}")
    assert told == "There is no shot 1{A}."
    assert (told.words, told.places) == ("There is no shot {label}.", {"label": "1{A}"})


def test_a_number_has_its_noun() -> None:
    assert [Counted("{n} shot", "{n} shots", number) for number in (0, 1, 10_000)] == [
        "0 shots",
        "1 shot",
        "10,000 shots",
    ]


def test_a_list_has_its_last_and() -> None:
    assert [joined(words) for words in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda told: pickle.loads(pickle.dumps(told))])
def test_it_can_be_copied_and_sent(again: Callable[[Told], Told]) -> None:
    for told in (
        Told("{who} keeps {what}.", who="MARA", what=Counted("{n} coat", "{n} coats", 2)),
        Counted("{n} shot of {scene}", "{n} shots of {scene}", 1, scene="sc 1"),
    ):
        same = again(told)
        assert (same, type(same), same.words, same.places) == (told, type(told), told.words, told.places)
