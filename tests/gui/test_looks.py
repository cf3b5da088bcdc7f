"""Looks in the real window: kept by one key, pinned beside the picture, enlarged, withdrawn."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

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


def takes_references(folder: Path) -> Path:
    """Let the checkpoint of a finished film take looks."""
    project = Project.open(folder)
    project.set_checkpoint_digest(project.film.checkpoint_digest, takes_references=True)
    project.close()
    return folder


def test_what_a_look_turns_stale_is_said_before_it_is_kept(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(takes_references(film("finished")))
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    wait_for_picture(desk, qtbot)
    ask = desk.viewer.looks.ask
    press(desk, Qt.Key.Key_P)
    qtbot.waitUntil(ask.isVisible, timeout=WAIT_MS)
    assert ask.words.text() == "Keep this as a look of Mara?"
    assert ask.cost.text().startswith("5 keyframes, 5 clips and the cut turn stale"), "all of hers but this one"
    QTest.keyClick(ask.confirm, Qt.Key.Key_Escape)
    assert not ask.isVisible() and desk.viewer.canvas.hasFocus() and desk.stage.film.looks == ()
    press(desk, Qt.Key.Key_P)
    qtbot.waitUntil(ask.isVisible, timeout=WAIT_MS)
    QTest.keyClick(ask.confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: captions(desk)[0] == "Mara, look 1", timeout=WAIT_MS)
    stale = [card.shot.label for card in desk.stage.film.shots if card.keyframe.standing.stale]
    assert stale == ["1A", "1B", "2B", "3A", "3B"]

    desk.viewer.looks.enlarge_next()
    QTest.mouseClick(desk.viewer.looks.panel.withdraw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.stage.film.looks == (), timeout=WAIT_MS)
    assert not ask.isVisible(), "they are as they were: nothing turns stale"


def test_a_picture_is_imported_as_a_look_of_whom_is_chosen(film: Film, open_desk: Open, tmp_path: Path, qtbot) -> None:
    desk = open_desk(takes_references(film("finished")))
    picture = tmp_path / "theo.png"
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    assert image.save(str(picture))
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2A")))
    wait_for_picture(desk, qtbot)
    desk.looks.import_picture(picture, "character:theo")
    ask = desk.viewer.looks.ask
    qtbot.waitUntil(ask.isVisible, timeout=WAIT_MS)
    assert ask.words.text() == "Take theo.png as a look of Theo?"
    assert "3 keyframes, 3 clips and the cut" in ask.cost.text()
    QTest.mouseClick(ask.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Theo, look 1" in captions(desk), timeout=WAIT_MS)
    desk.looks.import_picture(tmp_path / "gone.png", "character:theo")
    qtbot.waitUntil(lambda: "There is no picture" in desk.strip.text, timeout=WAIT_MS)

    desk.stage.choose_item("setting:2")
    QTest.keyClick(desk.window(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = desk.window().findChild(QFileDialog)
    assert dialog is not None and dialog.windowTitle() == "A picture of Kitchen" and not dialog.isModal()
    dialog.close()


def test_nothing_is_asked_where_the_checkpoint_takes_no_looks(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("finished"))
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    wait_for_picture(desk, qtbot)
    press(desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: captions(desk)[0] == "Mara, look 1", timeout=WAIT_MS)
    assert not desk.viewer.looks.ask.isVisible()
