"""Playing, stepping, in and out, zoom and safe areas, in the real window."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.desk import Desk
from desktop.snapshot import Spot
from storage.domain.findings import FrameRange
from storage.domain.takes import Seam
from storage.project import Project
from tests.gui.film_maker import PLAN, FilmMaker, draw, shot_id
from tests.gui.test_seeing import pixels, press, wait_for_picture
from tests.gui.viewer_pictures import make_viewed_film

WAIT_MS = 60_000
Film = Callable[[str], Path]
Open = Callable[..., Desk]
PLANS = {plan.label: plan for plan in PLAN}


def show(desk: Desk, seam: Seam, label: str) -> None:
    desk.stage.show_spot(Spot(seam=seam, shot_id=shot_id(label)))


def steady(desk: Desk) -> None:
    """Let time pass by a fiftieth of a second each time the player looks, however slow the machine is."""
    ticks = count()
    desk.viewer.player.clock = lambda: next(ticks) / 50


def short_film(folder: Path) -> Path:
    """1A has a clip, 1B only a keyframe, 1C nothing; each a little over a second long."""
    plans = [PLANS[label] for label in ("1A", "1B", "1C")]
    maker = FilmMaker(folder, plan=plans)
    maker.draft()
    for label in ("1A", "1B", "1C"):
        maker.commands.edit_shot(shot_id(label), duration_frames=30)
    maker.commands.approve_script()
    maker.approved("1A", Seam.KEYFRAME, Seam.CLIP)
    maker.approved("1B", Seam.KEYFRAME)
    maker.project.close()
    return folder


def test_playing_runs_from_shot_to_shot_and_the_stage_follows(tmp_path: Path, open_desk: Open, qtbot) -> None:
    desk = open_desk(short_film(tmp_path / "short.matchcut"))
    steady(desk)
    player, stage = desk.viewer.player, desk.stage
    show(desk, Seam.CLIP, "1A")
    wait_for_picture(desk, qtbot)
    seen: list[tuple[str, str]] = []
    empty: list[str] = []

    def note() -> None:
        label = stage.film.card(stage.spot.shot_id).shot.label
        if (label, str(stage.spot.seam)) not in seen:
            seen.append((label, str(stage.spot.seam)))
        if stage.take is None:
            empty.append(desk.viewer.canvas.words)
        elif stage.take.num_frames > 1:
            wanted = draw(PLANS[label], shift=stage.frame_index * 1.5)
            assert np.array_equal(pixels(desk.viewer.canvas.image), wanted), "another frame is painted than is said"

    stage.frame_moved.connect(note)
    stage.moved.connect(note)
    press(desk, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: stage.spot.shot_id == shot_id("1C"), timeout=WAIT_MS)
    assert seen[:2] == [("1A", "clip"), ("1B", "keyframe")]
    qtbot.waitUntil(lambda: bool(empty), timeout=WAIT_MS)
    assert empty[-1] == "1C"
    press(desk, Qt.Key.Key_K)
    assert not player.is_playing
    assert desk.viewer.canvas.words != "1C"


def test_playing_goes_round_between_in_and_out(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    steady(desk)
    player, stage = desk.viewer.player, desk.stage
    show(desk, Seam.CLIP, "1C")
    wait_for_picture(desk, qtbot)
    stage.show_frame(4)
    press(desk, Qt.Key.Key_I)
    stage.show_frame(6)
    press(desk, Qt.Key.Key_O)
    # 1C begins at frame 168 of the film; at 8 frames a second frame 4 is shown from its 12th on, frame 6 to its 21st.
    assert player.marked == FrameRange(start=180, stop=189)
    QTest.keyClick(desk.window(), Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    seen: list[int] = []
    stage.frame_moved.connect(lambda: seen.append(stage.frame_index))
    press(desk, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: seen.count(4) >= 2, timeout=WAIT_MS)
    assert set(seen) <= {4, 5, 6}
    press(desk, Qt.Key.Key_L)
    assert player.pace == 2
    press(desk, Qt.Key.Key_J)
    assert player.pace == -1
    press(desk, Qt.Key.Key_K)
    press(desk, Qt.Key.Key_End)
    assert stage.frame_index == 6
    press(desk, Qt.Key.Key_Home)
    assert stage.frame_index == 4
    QTest.keyClick(desk.window(), Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    assert player.marked is None
    press(desk, Qt.Key.Key_End)
    assert stage.frame_index == 19


def test_speed_is_set_by_key_and_by_mouse(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    show(desk, Seam.CLIP, "1C")
    QTest.mouseClick(desk.viewer.transport.speed, Qt.MouseButton.LeftButton)
    assert desk.viewer.transport.speed.text() == "2×"
    for _ in range(2):
        QTest.keyClick(desk.window(), Qt.Key.Key_Less, Qt.KeyboardModifier.ShiftModifier)
    assert desk.viewer.player.speed == 0.5
    assert desk.viewer.transport.speed.text() == "½×"


def test_backward_and_in_and_out_are_there_for_the_mouse(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    show(desk, Seam.CLIP, "1C")
    transport, player = desk.viewer.transport, desk.viewer.player
    assert transport.clear.isHidden()
    desk.stage.show_frame(4)
    QTest.mouseClick(transport.mark_in, Qt.MouseButton.LeftButton)
    assert player.marked is not None and not transport.clear.isHidden()
    QTest.mouseClick(transport.clear, Qt.MouseButton.LeftButton)
    assert player.marked is None and transport.clear.isHidden()
    QTest.mouseClick(transport.reverse, Qt.MouseButton.LeftButton)
    assert player.is_playing and player.pace < 0


def test_the_counter_says_which_frame_is_painted(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    show(desk, Seam.CLIP, "1C")
    wait_for_picture(desk, qtbot)
    desk.stage.show_frame(17)
    told = desk.viewer.transport.counter.text()
    # Until the frame is decoded, the one before it is painted, and that is what is said.
    painted = 17 if told == "frame 18 of 20" else 0
    assert told in ("frame 18 of 20", "frame 1 of 20 …")
    assert np.array_equal(pixels(desk.viewer.canvas.image), draw(PLANS["1C"], shift=painted * 1.5))
    qtbot.waitUntil(lambda: desk.viewer.transport.counter.text() == "frame 18 of 20", timeout=WAIT_MS)
    assert np.array_equal(pixels(desk.viewer.canvas.image), draw(PLANS["1C"], shift=17 * 1.5))


def test_the_wheel_zooms_at_the_pointer_and_toggling_takes_keeps_the_zoom(tmp_path: Path, open_desk, qtbot) -> None:
    make_viewed_film(tmp_path / "viewed.matchcut").project.close()
    desk = open_desk(tmp_path / "viewed.matchcut")
    show(desk, Seam.KEYFRAME, "2B")
    wait_for_picture(desk, qtbot)
    canvas = desk.viewer.canvas
    before = canvas.picture_rect()
    point = QPointF(before.left() + before.width() * 0.3, before.top() + before.height() * 0.4)
    wheel(canvas, point, 480)
    after = canvas.picture_rect()
    assert after.width() > before.width() * 2
    assert abs((point.x() - after.left()) / after.width() - 0.3) < 0.01
    assert abs((point.y() - after.top()) / after.height() - 0.4) < 0.01
    press(desk, Qt.Key.Key_BracketLeft)
    qtbot.waitUntil(lambda: canvas.image is not None, timeout=WAIT_MS)
    assert desk.stage.take.number == 2
    assert canvas.picture_rect() == after

    place = QPoint(canvas.width() // 4, canvas.height() // 2)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
    for step in (8, 40, 80):
        QTest.mouseMove(canvas, place + QPoint(step, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place + QPoint(80, 0))
    assert canvas.picture_rect().left() > after.left() + 20
    moved = canvas.picture_rect().left()
    QTest.keyClick(desk.window(), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert canvas.picture_rect().left() < moved

    press(desk, Qt.Key.Key_Z)
    assert canvas.percent == 100 and desk.viewer.bar.percent.text() == "100 %"
    QTest.keyClick(desk.window(), Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.is_fitted and canvas.picture_rect() == before


def wheel(canvas, point: QPointF, delta: int) -> None:
    event = QWheelEvent(
        point, canvas.mapToGlobal(point), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def hover(widget, point: QPointF) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove, point, widget.mapToGlobal(point), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_safe_areas_lie_at_their_share_of_the_picture(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    show(desk, Seam.KEYFRAME, "1B")
    wait_for_picture(desk, qtbot)
    canvas = desk.viewer.canvas
    picture = canvas.picture_rect()
    plain = canvas.grab().toImage()
    press(desk, Qt.Key.Key_V)
    shown = canvas.grab().toImage()
    for share in (0.93, 0.90):
        x = round(picture.left() + picture.width() * (1 - share) / 2)
        column = [
            plain.pixelColor(x + dx, y) != shown.pixelColor(x + dx, y)
            for dx in (-1, 0, 1)
            for y in range(round(picture.top()) + 60, round(picture.bottom()) - 60)
        ]
        assert sum(column) > picture.height() / 3
    press(desk, Qt.Key.Key_V)
    assert canvas.grab().toImage() == plain


def test_strips_show_where_a_clip_drifts_and_lead_there(tmp_path: Path, open_desk: Open, qtbot) -> None:
    make_viewed_film(tmp_path / "viewed.matchcut").project.close()
    desk = open_desk(tmp_path / "viewed.matchcut")
    show(desk, Seam.CLIP, "2B")
    desk.stage.show_take(desk.stage.takes[0].id)
    wait_for_picture(desk, qtbot)
    bar = desk.viewer.transport.bar
    assert bar.lanes == [["hair style", "skin"], ["eyes"]]
    strips = {finding.label: finding for finding in bar.drifts()}
    skin = bar.strip_rect(strips["MARA: skin"])
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=skin.center().toPoint())
    assert desk.stage.frame_index == 19 and desk.stage.finding_key == "character:mara/skin/"
    desk.stage.show_frame(9)
    qtbot.waitUntil(lambda: "frame 10" in desk.viewer.transport.counter.text(), timeout=WAIT_MS)
    hover(bar, bar.strip_rect(strips["MARA: eyes"]).center())
    assert {mark.key: mark.strong for mark in desk.viewer.canvas.marks}["character:mara/eyes/"]
    grabbed = bar.grab().toImage()
    eyes = bar.strip_rect(strips["MARA: eyes"])
    inside = grabbed.pixelColor(round(eyes.right()) - 3, round(eyes.center().y()))
    assert inside.red() > inside.green() + 60


def test_a_clip_that_is_damaged_stops_nothing(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    project.media.find(project.takes.of_shot(shot_id("1B"), Seam.CLIP)[0].media).write_bytes(b"no clip")
    project.close()
    desk = open_desk(folder)
    show(desk, Seam.CLIP, "1B")
    qtbot.waitUntil(lambda: "cannot be read" in desk.viewer.canvas.words, timeout=WAIT_MS)
    show(desk, Seam.CLIP, "1C")
    wait_for_picture(desk, qtbot)
    assert desk.viewer.canvas.words == ""
