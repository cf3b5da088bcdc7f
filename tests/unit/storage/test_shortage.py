"""What a take says where memory was short."""

from dataclasses import replace

from storage.domain.shortage import shortage_words
from tests.unit.storage.conftest import RECIPE


def test_a_smaller_size_is_said_first_and_nothing_where_there_was_enough():
    assert shortage_words(RECIPE) == ""
    batches = replace(RECIPE, extra={"stepped_down": ["batches of 4", "weights are kept in bfloat16"]})
    assert shortage_words(batches) == "memory was short: batches of 4, weights are kept in bfloat16"
    smaller = replace(RECIPE, width_px=384, height_px=224, extra={"stepped_down": ["…"], "asked_size_px": [512, 288]})
    assert shortage_words(smaller) == "made at 384×224: memory was short"
