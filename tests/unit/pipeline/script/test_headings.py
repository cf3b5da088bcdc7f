import pytest

from pipeline.script.headings import Calendar, read_heading


@pytest.mark.parametrize(
    ("text", "interior", "setting", "time"),
    [
        ("INT. MARA'S KITCHEN - NIGHT - LATER", True, "MARA'S KITCHEN", "night"),
        ("INT. HOUSE - KITCHEN - NIGHT", True, "HOUSE - KITCHEN", "night"),
        ("EXT. BEACH – SUNSET", False, "BEACH", "dusk"),
        ("EXT. BEACH -- MAGIC HOUR", False, "BEACH", "dusk"),
        ("INT./EXT. CAR - MOVING - DAY", True, "CAR", "day"),
        ("I/E CAR - DAWN", True, "CAR", "dawn"),
        ("EST. CITY - SUNRISE", False, "CITY", "dawn"),
        ("INT KITCHEN, NIGHT", True, "KITCHEN", "night"),
        ("INT. KITCHEN. NIGHT.", True, "KITCHEN", "night"),
        ("INT. KITCHEN NIGHT", True, "KITCHEN", "night"),
        ("INT. KITCHEN (NIGHT)", True, "KITCHEN", "night"),
        ("EXT. X-RAY ROOM - MOMENTS LATER", False, "X-RAY ROOM", ""),
        ("INT. NIGHT CLUB - DAY", True, "NIGHT CLUB", "day"),
        ("EXT. DAY'S INN - EARLY MORNING", False, "DAY'S INN", "day"),
        ("INT. BEDROOM - NIGHT (1973)", True, "BEDROOM", "night"),
        ("INT. OFFICE - THE NEXT AFTERNOON", True, "OFFICE", "day"),
        ("THE VOID", None, "THE VOID", ""),
        ("EXT. NIGHT", False, "", "night"),
        ("INT.", None, "", ""),
        ("MONTAGE - DAY", None, "", "day"),
        ("INT. CAFÉ DE LA PAIX - SOIR", True, "CAFÉ DE LA PAIX - SOIR", ""),
    ],
)
def test_a_heading_is_taken_apart(text: str, interior: bool | None, setting: str, time: str) -> None:
    heading = read_heading(text)
    assert (heading.interior, heading.setting, heading.time_of_day) == (interior, setting, time)


def days(*headings: str) -> list[tuple[int, str]]:
    calendar = Calendar()
    counted = []
    for text in headings:
        calendar.enter(read_heading(text))
        counted.append((calendar.day, calendar.time_of_day))
    return counted


def test_a_morning_after_a_night_is_another_day() -> None:
    headings = (
        "INT. A - NIGHT",
        "INT. A - LATER",
        "INT. B - MORNING",
        "INT. B - DAY",
        "INT. B - AFTERNOON",
        "INT. B - DAY",
    )
    assert days(*headings) == [(1, "night"), (1, "night"), (2, "day"), (2, "day"), (2, "day"), (2, "day")]


def test_the_clock_only_goes_back_over_night() -> None:
    assert days("INT. A - DAWN", "INT. A - DAY", "INT. A - DUSK", "INT. A - NIGHT", "INT. A - DAWN") == [
        (1, "dawn"),
        (1, "day"),
        (1, "dusk"),
        (1, "night"),
        (2, "dawn"),
    ]


def test_days_that_are_named_are_counted() -> None:
    assert [
        day for day, _ in days("INT. A - DAY 1", "INT. A - DAY 3", "INT. A - TWO DAYS LATER", "INT. A - NEXT DAY")
    ] == [1, 3, 5, 6]
    assert [day for day, _ in days("INT. A - DAY", "INT. NEXT DAY CLEANERS - DAY")] == [1, 1]


def test_a_title_card_moves_the_next_scene() -> None:
    calendar = Calendar()
    calendar.enter(read_heading("INT. A - DAY"))
    calendar.hear("THREE WEEKS LATER")
    calendar.enter(read_heading("INT. A - DAY"))
    assert calendar.day == 22
