from critic.lineup import line_up
from tests.unit.critic.drawn import PersonReading, guess


def _person(eyes: str) -> PersonReading:
    return PersonReading(head=(0.0, 0.0, 0.1, 0.1), attributes={"eyes": guess("eyes", eyes)})


BROWN, BLUE, GREEN = {"eyes": "brown"}, {"eyes": "blue"}, {"eyes": "green"}


def test_as_many_as_planned_are_matched_in_order_whatever_they_look_like() -> None:
    assert line_up([BROWN, BLUE], [_person("blue"), _person("brown")]) == (0, 1)


def test_who_is_missing_is_found_out_by_looks() -> None:
    assert line_up([BROWN, BLUE, GREEN], [_person("brown"), _person("green")]) == (0, None, 1)


def test_who_is_too_many_is_left_over() -> None:
    assert line_up([BROWN, GREEN], [_person("brown"), _person("blue"), _person("green")]) == (0, 2)


def test_order_is_kept() -> None:
    assert line_up([BROWN, BLUE], [_person("blue"), _person("green"), _person("brown")]) != (2, 0)


def test_nobody_planned_or_found() -> None:
    assert line_up([], [_person("blue")]) == ()
    assert line_up([BROWN], []) == (None,)


def test_somebody_of_whom_nothing_is_known_does_not_take_anothers_place() -> None:
    assert line_up([{}, BROWN], [_person("brown")]) == (None, 0)
