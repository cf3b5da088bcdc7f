"""Two takes against each other, and all of them on a sheet, in the real window."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.comparing import Mode
from desktop.desk import Desk
from desktop.snapshot import Spot
from storage.domain.takes import Seam
from tests.gui.film_maker import PLAN, draw, shot_id
from tests.gui.test_seeing import pixels, press, wait_for_picture
from tests.gui.viewer_pictures import make_viewed_film

WAIT_MS = 60_000
PLAN_2B = next(plan for plan in PLAN if plan.label == "2B")


@pytest.fixture
def viewed(tmp_path: Path, open_desk: Callable[..., Desk], qtbot) -> Desk:
    """2B on screen: keyframes 1 and 2 drift, 3 is circled; clip 1 drifts, 2 is clean."""
    make_viewed_film(tmp_path / "viewed.matchcut").project.close()
    desk = open_desk(tmp_path / "viewed.matchcut")
    show(desk, Seam.KEYFRAME, 1)
    wait_for_picture(desk, qtbot)
    return desk


def show(desk: Desk, seam: Seam, number: int) -> None:
    desk.stage.show_spot(Spot(seam=seam, shot_id=shot_id("2B")))
    desk.stage.show_take(next(take.id for take in desk.stage.takes if take.number == number))


def wait_for_other(desk: Desk, qtbot) -> None:
    qtbot.waitUntil(lambda: desk.viewer.canvas.other is not None, timeout=WAIT_MS)


def colour_at(desk: Desk, across: float, down: float) -> tuple[int, int, int]:
    picture = desk.viewer.canvas.picture_rect()
    shown = desk.viewer.canvas.grab().toImage()
    place = picture.left() + across * picture.width(), picture.top() + down * picture.height()
    return shown.pixelColor(round(place[0]), round(place[1])).getRgb()[:3]


# Where the iris of each eye of 2B is drawn, and what colours it has.
LEFT_EYE, RIGHT_EYE, DOWN = 0.4225, 0.5775, 0.408
BLUE, BROWN = (46, 110, 214), (94, 56, 28)


def test_a_take_is_wiped_against_the_circled_one(viewed: Desk, qtbot) -> None:
    press(viewed, Qt.Key.Key_W)
    wait_for_other(viewed, qtbot)
    assert viewed.viewer.comparison.partner.number == 3
    assert colour_at(viewed, LEFT_EYE, DOWN) == BLUE
    assert colour_at(viewed, RIGHT_EYE, DOWN) == BROWN
    canvas = viewed.viewer.canvas
    picture = canvas.picture_rect()
    line = QPoint(round(picture.center().x()), round(picture.top() + 20))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=line)
    QTest.mouseMove(canvas, QPoint(round(picture.left() + picture.width() * 0.2), line.y()))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=line)
    assert abs(viewed.viewer.comparison.wipe - 0.2) < 0.02
    assert colour_at(viewed, LEFT_EYE, DOWN) == BROWN
    for _ in range(16):
        QTest.keyClick(viewed.window(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert colour_at(viewed, RIGHT_EYE, DOWN) == BLUE


def test_two_takes_are_flicked_in_place(viewed: Desk, qtbot) -> None:
    press(viewed, Qt.Key.Key_B)
    wait_for_other(viewed, qtbot)
    assert colour_at(viewed, LEFT_EYE, DOWN) == BROWN
    press(viewed, Qt.Key.Key_B)
    assert colour_at(viewed, LEFT_EYE, DOWN) == BLUE
    assert viewed.stage.take.number == 1


def test_a_difference_is_black_where_two_takes_are_alike(viewed: Desk, qtbot) -> None:
    QTest.mouseClick(viewed.viewer.bar.compare, Qt.MouseButton.LeftButton)
    QTest.mouseClick(viewed.viewer.compare_bar.modes[Mode.DIFFERENCE], Qt.MouseButton.LeftButton)
    wait_for_other(viewed, qtbot)
    viewed.viewer.comparison.show_amount(0.0)
    assert colour_at(viewed, 0.2, 0.8) == (0, 0, 0)
    wanted = tuple(abs(one - other) for one, other in zip(BLUE, BROWN, strict=True))
    assert all(abs(one - other) <= 1 for one, other in zip(colour_at(viewed, LEFT_EYE, DOWN), wanted, strict=True))
    QTest.keyClick(viewed.window(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert viewed.viewer.comparison.gain == 2
    assert abs(colour_at(viewed, LEFT_EYE, DOWN)[0] - 2 * wanted[0]) <= 2


def test_an_onion_skin_shows_both(viewed: Desk, qtbot) -> None:
    press(viewed, Qt.Key.Key_Y)
    wait_for_other(viewed, qtbot)
    mixed = colour_at(viewed, LEFT_EYE, DOWN)
    assert all(abs(one - (a + b) / 2) <= 3 for one, a, b in zip(mixed, BLUE, BROWN, strict=True))


def test_side_by_side_keeps_both_at_one_zoom(viewed: Desk, qtbot) -> None:
    press(viewed, Qt.Key.Key_H)
    wait_for_other(viewed, qtbot)
    canvas = viewed.viewer.canvas
    picture = canvas.picture_rect()
    assert picture.right() < canvas.width() / 2
    assert colour_at(viewed, LEFT_EYE, DOWN) == BLUE
    shown = canvas.grab().toImage()
    beside = [
        shown.pixelColor(x, round(picture.top() + DOWN * picture.height())).getRgb()[:3]
        for x in range(canvas.width() // 2, canvas.width())
    ]
    assert BROWN in beside


def test_the_other_take_is_chosen_by_key_and_kept_while_takes_are_flicked(viewed: Desk, qtbot) -> None:
    press(viewed, Qt.Key.Key_C)
    comparison = viewed.viewer.comparison
    names = []
    for _ in comparison.candidates:
        QTest.keyClick(viewed.window(), Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
        names.append((str(comparison.partner.seam), comparison.partner.number))
    assert sorted(names) == [("clip", 1), ("clip", 2), ("keyframe", 2), ("keyframe", 3)]
    comparison.choose_partner(viewed.stage.takes[2].id)
    press(viewed, Qt.Key.Key_BracketRight)
    assert (viewed.stage.take.number, comparison.partner.number) == (2, 3)
    press(viewed, Qt.Key.Key_BracketRight)
    assert (viewed.stage.take.number, comparison.partner.number) == (3, 2)
    press(viewed, Qt.Key.Key_C)
    assert viewed.viewer.canvas.other is None


def test_two_clips_run_in_step(viewed: Desk, qtbot) -> None:
    show(viewed, Seam.CLIP, 1)
    viewed.viewer.comparison.choose_partner(viewed.stage.takes[1].id)
    wait_for_other(viewed, qtbot)
    pairs: list[int] = []

    def note() -> None:
        index = viewed.stage.frame_index
        assert np.array_equal(pixels(viewed.viewer.canvas.image), draw(PLAN_2B, eyes="blue", shift=index * 1.5))
        assert np.array_equal(pixels(viewed.viewer.canvas.other), draw(PLAN_2B, shift=index * 1.5))
        pairs.append(index)

    viewed.stage.show_frame(0)
    qtbot.waitUntil(lambda: viewed.viewer.transport.counter.text() == "frame 1 of 24", timeout=WAIT_MS)
    viewed.stage.frame_moved.connect(note)
    ticks = count()
    viewed.viewer.player.clock = lambda: next(ticks) / 50
    QTest.keyClick(viewed.window(), Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    press(viewed, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: len(pairs) > 5, timeout=WAIT_MS)
    press(viewed, Qt.Key.Key_K)
    assert len(set(pairs)) > 3


def test_a_shot_with_one_take_has_nothing_to_compare_with(viewed: Desk, qtbot) -> None:
    viewed.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1B")))
    wait_for_picture(viewed, qtbot)
    press(viewed, Qt.Key.Key_C)
    assert viewed.viewer.canvas.note == "Nothing to compare with: this shot has one take."
    viewed.viewer.canvas.setFocus()
    QTest.keyClick(viewed.viewer.canvas, Qt.Key.Key_Escape)
    assert viewed.viewer.canvas.note == "" and not viewed.viewer.comparison.is_on


def test_the_contact_sheet_chooses_by_key_and_by_mouse(viewed: Desk, qtbot) -> None:
    press(viewed, Qt.Key.Key_T)
    sheet = viewed.viewer.sheet
    assert sheet.isVisible() and sheet.grid.current.number == 1
    assert sheet.grid.captions == [
        "take 1 · drift · planted", "take 2 · drift", "take 3 · circled · clean", "take 1 · drift", "take 2 · clean"
    ]  # fmt: skip
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(sheet, key)
    assert (sheet.grid.current.seam, sheet.grid.current.number) == (Seam.CLIP, 2)
    assert viewed.stage.take.number == 1, "nothing is chosen before Enter"
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert (viewed.stage.take.seam, viewed.stage.take.number) == (Seam.CLIP, 2)

    QTest.mouseClick(viewed.viewer.bar.sheet, Qt.MouseButton.LeftButton)
    wanted = sheet.grid.takes[1]
    QTest.mouseClick(sheet.grid, Qt.MouseButton.LeftButton, pos=sheet.grid.rect_of(wanted).center())
    assert viewed.stage.take == wanted
    press(viewed, Qt.Key.Key_T)
    other = sheet.grid.takes[2]
    place = sheet.grid.rect_of(other).center()
    QTest.mouseClick(sheet.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, place)
    assert viewed.stage.take == wanted and viewed.viewer.comparison.partner == other


def test_the_contact_sheet_opens_on_the_take_on_screen(viewed: Desk) -> None:
    press(viewed, Qt.Key.Key_T)
    sheet = viewed.viewer.sheet
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert sheet.grid.current.number == 2
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    viewed.stage.show_take(viewed.stage.takes[2].id)
    press(viewed, Qt.Key.Key_T)
    assert sheet.grid.current == viewed.stage.take
