"""Looks in the real window: kept by one key, pinned beside the picture, enlarged, withdrawn."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.snapshot import Spot
from storage.domain.takes import Seam
from storage.project import Project
from storage.standing_looks import looks_of
from storage.verify import verify
from tests.gui.film_maker import EYES_REGION, PLAN, draw, shot_id
from tests.gui.test_seeing import pixels, press, wait_for_picture

WAIT_MS = 60_000
Film = Callable[[str], Path]
Open = Callable[..., Desk]
PLAN_1C = next(plan for plan in PLAN if plan.label == "1C")


def captions(desk: Desk) -> list[str]:
    return desk.viewer.looks.strip.captions


def test_one_key_keeps_the_circled_take_as_a_look_of_who_is_seen(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    wait_for_picture(desk, qtbot)
    assert captions(desk) == ["Mara: keep a look", "Harbour Beach: keep a look"]
    press(desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: captions(desk)[0] == "Mara, look 1", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Kept as Mara, look 1." in desk.strip.text, timeout=WAIT_MS)

    strip = desk.viewer.looks.strip
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.card_rect("setting:1").center())
    qtbot.waitUntil(lambda: captions(desk)[1] == "Harbour Beach, look 1", timeout=WAIT_MS)

    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2B")))
    assert captions(desk) == ["Mara, look 1"], "who has no look yet is only offered where a take is circled"
    project = Project.open(folder)
    of_mara, of_beach = looks_of(project)
    kept = pixels(QImage(str(project.media.find(of_mara.media))))
    whole = draw(PLAN_1C)
    height, width = whole.shape[:2]
    assert of_mara.region.left < EYES_REGION.left and of_mara.region.bottom > EYES_REGION.bottom
    rows = slice(round(of_mara.region.top * height), round(of_mara.region.bottom * height))
    columns = slice(round(of_mara.region.left * width), round(of_mara.region.right * width))
    assert np.array_equal(kept, whole[rows, columns])
    assert np.array_equal(pixels(QImage(str(project.media.find(of_beach.media)))), whole)
    assert verify(project) == []
    project.close()


def test_undo_withdraws_the_look_and_takes_stay_as_they_were(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1C")))
    wait_for_picture(desk, qtbot)
    lanes = [card.lanes for card in desk.stage.film.shots]
    desk.stage.show_frame(7)
    qtbot.waitUntil(lambda: desk.viewer.transport.counter.text() == "frame 8 of 20", timeout=WAIT_MS)
    press(desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: captions(desk)[0] == "Mara, look 1", timeout=WAIT_MS)
    assert desk.stage.film.looks[0].frame_index == 7
    assert [card.lanes for card in desk.stage.film.shots] == lanes
    QTest.keyClick(desk.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: captions(desk)[0] == "Mara: keep a look", timeout=WAIT_MS)


def test_a_take_that_is_not_approved_is_no_look(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    wait_for_picture(desk, qtbot)
    assert desk.stage.spot.shot_id == shot_id("2B")
    press(desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: "is not approved" in desk.strip.text, timeout=WAIT_MS)
    assert desk.stage.film.looks == ()


def test_a_look_is_enlarged_beside_the_picture_and_withdrawn_there(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    wait_for_picture(desk, qtbot)
    press(desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: captions(desk)[0] == "Mara, look 1", timeout=WAIT_MS)
    QTest.keyClick(desk.window(), Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    panel, canvas = desk.viewer.looks.panel, desk.viewer.canvas
    assert panel.isVisible() and panel.title.whole_text == "Mara, look 1"
    assert panel.source.whole_text == "from 1C keyframe, take 1"
    assert canvas.picture_rect().right() <= panel.geometry().left()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    strip = desk.viewer.looks.strip
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.card_rect("character:mara").center())
    assert panel.isVisible()
    QTest.mouseClick(panel.withdraw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=WAIT_MS)
    assert captions(desk)[0] == "Mara: keep a look"
