import pytest

from desktop.fuzzy import score


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("appr cl", "Approve all clean takes in the selection"),
        ("aac", "Approve all clean takes in the selection"),
        ("WIPE", "Compare: wipe"),
        ("wipe compare", "Compare: wipe"),
        ("resume", "Résumé of the film"),
    ],
)
def test_letters_that_are_there_in_order_are_an_answer(wanted: str, words: str):
    assert score(wanted, words) > 0


def test_letters_that_are_not_there_are_none():
    assert score("zebra", "Compare: wipe") == 0
    assert score("epiw", "Compare: wipe") == 0
    assert score("x", "") == 0


def test_beginnings_of_words_and_runs_are_better_than_letters_that_happen_to_be_there():
    assert score("take", "Take before") > score("take", "Stars: thank everyone")
    assert score("lock", "Lock the take, or unlock it") > score("lock", "Close the film; look once more, quick")
    assert score("wipe", "Compare: wipe") > score("wipe", "Settle what is proposed here")
    assert score("cut", "Cut") > score("cut", "Cut, and many other words behind it")
