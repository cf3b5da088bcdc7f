"""The timeline of a real film, by mouse and by keys: states, going, selecting, zooming, scrolling."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent, qGray
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop import theme
from desktop.desk import Desk
from desktop.snapshot import ShotCard, Spot
from desktop.standing_light import Light
from desktop.timeline.lane_look import lane_texture
from desktop.timeline.overview import OverviewBar
from desktop.timeline.rows import LANE_PX, SCENE_PX
from desktop.timeline.scale import MARGIN_PX
from desktop.timeline.view import Timeline
from storage.domain.takes import Seam
from storage.project import Project
from tests.gui.film_maker import FilmMaker, long_graph, shot_id

WAIT_MS = 60_000
LEFT = Qt.MouseButton.LeftButton
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def card(desk: Desk, label: str) -> ShotCard:
    return desk.stage.film.card(shot_id(label))


def centre(desk: Desk, label: str) -> QPoint:
    return desk.timeline.rect_of(card(desk, label)).center()


def click(desk: Desk, at: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(desk.timeline.viewport(), LEFT, modifiers, at)


def drag(desk: Desk, start: QPoint, *way: QPoint, modifiers: Qt.KeyboardModifier | None = None) -> None:
    """Press, move along, and stay pressed."""
    view = desk.timeline.viewport()
    QTest.mousePress(view, LEFT, modifiers or Qt.KeyboardModifier.NoModifier, start)
    for at in (start + QPoint(20, 0), *way):
        QTest.mouseMove(view, at)


def drop(desk: Desk, at: QPoint) -> None:
    QTest.mouseRelease(desk.timeline.viewport(), LEFT, pos=at)


def wheel(timeline: Timeline, at: QPoint, delta: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(timeline.viewport().mapToGlobal(at)), QPoint(), QPoint(0, delta),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(timeline.viewport(), event)


def selected(desk: Desk) -> list[str]:
    return [desk.stage.film.card(shot).shot.label for shot in desk.timeline.selection.shot_ids]


def has_colour(image: QImage, x: int, top: int, light: Light) -> bool:
    """Whether a lane shows the colour of a state somewhere within one period of its pattern."""
    wanted = theme.LIGHTS[light] if light is not Light.NOTHING else theme.QUEUED
    return any(
        image.pixelColor(x + along, top + down).name() == wanted.name() for along in range(8) for down in range(LANE_PX)
    )


def test_shots_have_their_true_length_and_four_lanes(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline = desk.timeline
    widths = {item.shot.label: timeline.rect_of(item).width() + 2 for item in desk.stage.film.shots}
    assert abs(widths["3A"] / widths["3B"] - 120 / 48) < 0.1
    shown = timeline.viewport().grab().toImage()
    lights = [Light.APPROVED, Light.DRIFT, Light.NOTHING, Light.NOTHING]
    x = centre(desk, "2B").x()
    assert [has_colour(shown, x, timeline.rows.lane_top(lane), light) for lane, light in enumerate(lights)] == [
        True
    ] * 4
    assert not has_colour(shown, x, timeline.rows.lane_top(1), Light.APPROVED)


def test_no_two_states_look_alike_without_colour(qapp: QApplication) -> None:
    shapes = {}
    for light in Light:
        image = QImage(8, LANE_PX, QImage.Format.Format_RGB32)
        image.fill(theme.PANEL)
        painter = QPainter(image)
        painter.drawPixmap(0, 0, lane_texture(light, 1.0))
        painter.end()
        greys = [qGray(image.pixel(x, y)) for y in range(LANE_PX) for x in range(8)]
        shapes[light] = tuple(grey > (qGray(theme.PANEL.rgb()) + max(greys)) / 2 for grey in greys)
    assert len(set(shapes.values())) == len(Light)


def test_a_column_of_the_overview_shows_every_state_in_it(film: Film, open_desk: Open, qtbot) -> None:
    timeline = open_desk(film("busy")).timeline
    overview = OverviewBar(timeline.line, timeline.scale)
    qtbot.addWidget(overview)
    overview.resize(2 * MARGIN_PX + 6, overview.sizeHint().height())
    overview.show_film(None)
    shown = overview.grab().toImage()
    # Between the lines of the window and below the flags.
    colours = {shown.pixelColor(MARGIN_PX + 3, y).name() for y in range(4, shown.height() - 3)}
    assert len(colours) > 2, "several states and their ground"


def test_the_overview_paints_what_changed_as_if_it_were_painted_anew(film: Film, open_desk: Open, qtbot) -> None:
    timeline = open_desk(film("busy")).timeline
    kept, anew = (OverviewBar(timeline.line, timeline.scale) for _ in range(2))
    for overview in (kept, anew):
        qtbot.addWidget(overview)
        overview.resize(600, overview.sizeHint().height())
    kept.show_film(None)
    before = kept.grab().toImage()
    timeline.line.states[1], timeline.line.ranks[1] = timeline.line.states[-1], timeline.line.ranks[-1]
    for overview in (kept, anew):
        overview.show_film(None)
    assert kept.grab().toImage() == anew.grab().toImage() != before


def test_a_click_goes_to_a_shot_and_a_lane_to_its_seam(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    click(desk, centre(desk, "1B"))
    assert desk.stage.spot.shot_id == shot_id("1B")
    assert selected(desk) == ["1B"]
    click(desk, QPoint(centre(desk, "1C").x(), desk.timeline.rows.lane_top(1) + 2))
    assert desk.stage.spot == Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C"))
    click(desk, QPoint(centre(desk, "1C").x(), desk.timeline.rows.lane_top(0) + 2))
    assert desk.stage.spot == Spot(seam=Seam.SCRIPT)


def test_many_are_selected_with_shift_ctrl_band_heading_and_all(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    told: list = []
    desk.timeline.selection.selection_changed.connect(told.append)
    click(desk, centre(desk, "1B"))
    click(desk, centre(desk, "2A"), Qt.KeyboardModifier.ShiftModifier)
    assert selected(desk) == ["1B", "1C", "2A"]
    click(desk, centre(desk, "1C"), Qt.KeyboardModifier.ControlModifier)
    click(desk, centre(desk, "3B"), Qt.KeyboardModifier.ControlModifier)
    assert selected(desk) == ["1B", "2A", "3B"]
    assert told[-1] == desk.timeline.selection.shot_ids
    below = desk.timeline.rows.label_top + 5
    start, end = QPoint(centre(desk, "1B").x(), below), QPoint(centre(desk, "2A").x(), below - 30)
    drag(desk, start, end)
    drop(desk, end)
    assert selected(desk) == ["1B", "1C", "2A"]
    click(desk, QPoint(centre(desk, "2B").x(), desk.timeline.rows.scene_top + 8))
    assert selected(desk) == ["2A", "2B", "2C"]
    QTest.keyClick(desk.window(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(selected(desk)) == 8
    click(desk, centre(desk, "1A"))
    assert selected(desk) == ["1A"]


def test_shots_are_selected_by_keys_alone(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_shot(shot_id("1B"))
    for _ in range(2):
        QTest.keyClick(desk.window(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert selected(desk) == ["1B", "1C", "2A"]
    assert desk.stage.spot.shot_id == shot_id("2A")
    QTest.keyClick(desk.window(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert selected(desk) == ["1B", "1C"]
    QTest.keyClick(desk.window(), Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert selected(desk) == ["1B"]
    QTest.keyClick(desk.window(), Qt.Key.Key_PageDown)
    assert selected(desk) == [], "what a single click left behind is let go when the director goes on"


def test_zooming_by_wheel_keeps_what_is_under_the_pointer(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline = desk.timeline
    at = centre(desk, "2A")
    under = timeline.scale.frame(at.x())
    for _ in range(6):
        wheel(timeline, at, 120, Qt.KeyboardModifier.ControlModifier)
    assert abs(timeline.scale.frame(at.x()) - under) < 0.5
    assert timeline.shot_at(at).shot.label == "2A"
    before = timeline.scale.scroll_px
    wheel(timeline, at, -120, Qt.KeyboardModifier.NoModifier)
    assert timeline.scale.scroll_px == before + 120


def test_zoom_goes_from_the_whole_film_to_single_frames_by_keys_and_slider(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline, slider = desk.timeline, desk.timeline_panel.slider
    slider.setValue(slider.maximum())
    assert timeline.scale.px_a_frame == pytest.approx(48)
    QTest.keyClick(desk.window(), Qt.Key.Key_0)
    assert timeline.scale.most_scroll_px == 0 and slider.value() == 0
    assert timeline.rect_of(card(desk, "1A")).left() >= 0
    assert timeline.rect_of(card(desk, "3B")).right() <= timeline.viewport().width()
    wide = timeline.scale.px_a_frame
    QTest.keyClick(desk.window(), Qt.Key.Key_Plus)
    assert timeline.scale.px_a_frame > wide
    QTest.keyClick(desk.window(), Qt.Key.Key_Minus)
    assert timeline.scale.px_a_frame == pytest.approx(wide)


def test_the_overview_scrolls_and_zooms(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline, overview = desk.timeline, desk.timeline_panel.overview
    timeline.zoom_to(6.0)
    timeline.scroll_by(-100_000)
    window = overview.window_rect()
    QTest.mousePress(overview, LEFT, pos=window.center())
    QTest.mouseMove(overview, window.center() + QPoint(100, 0))
    QTest.mouseRelease(overview, LEFT, pos=window.center() + QPoint(100, 0))
    assert abs(overview.window_rect().center().x() - window.center().x() - 100) <= 2
    QTest.mousePress(overview, LEFT, pos=QPoint(overview.window_rect().right(), 8))
    QTest.mouseMove(overview, QPoint(overview.width() - 5, 8))
    QTest.mouseRelease(overview, LEFT, pos=QPoint(overview.width() - 5, 8))
    assert overview.window_rect().right() >= overview.width() - 14
    QTest.mouseClick(overview, LEFT, pos=QPoint(20, 8))
    assert timeline.shot_at(QPoint(20, 60)).shot.label == "1A"


def test_the_ruler_moves_the_playhead_from_shot_to_shot(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline = desk.timeline
    wanted = card(desk, "1B").start_frame + 24
    drag(desk, QPoint(timeline.scale.x(4), 6), QPoint(timeline.scale.x(wanted) + 1, 6))
    drop(desk, QPoint(timeline.scale.x(wanted) + 1, 6))
    assert desk.stage.spot == Spot(seam=Seam.CLIP, shot_id=shot_id("1B"))
    assert desk.stage.film_frame == wanted
    still = card(desk, "2B").start_frame + 30
    click(desk, QPoint(timeline.scale.x(still) + 1, 6))
    assert desk.stage.spot.shot_id == shot_id("2B") and desk.stage.film_frame == still


def test_the_view_follows_the_playhead_unless_it_was_scrolled_away(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline, stage = desk.timeline, desk.stage
    stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1A")))
    timeline.zoom_to(40.0)
    stage.run_to(stage.spot, stage.take, 31)
    x = timeline.scale.x(stage.film_frame)
    assert 0 <= x < timeline.viewport().width()
    timeline.scroll_by(5000)
    scrolled = timeline.scale.scroll_px
    stage.run_to(stage.spot, stage.take, 12)
    assert timeline.scale.scroll_px == scrolled


def test_the_menu_of_a_shot_has_the_verbs_with_their_keys(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.timeline.menu_wanted.emit(QPoint(10, 10))
    menu = desk.timeline_panel.findChild(QMenu, "", Qt.FindChildOption.FindDirectChildrenOnly)
    verbs = {action.text(): action.shortcut().toString() for action in menu.actions() if not action.isSeparator()}
    assert verbs["Move the shot later"] == "Alt+Right"
    assert verbs["A frame shorter"] == "Alt+Shift+Left"
    assert verbs["Find shots"] == "Ctrl+F"
    menu.close()


def test_shots_that_were_left_out_are_pale_and_say_so(film: Film, open_desk: Open) -> None:
    folder = film("drafted")
    project = Project.open(folder)
    project.set_selection(("1",), None)
    project.close()
    desk = open_desk(folder)
    left_out = card(desk, "2A")
    assert not left_out.planned
    shown = desk.timeline.viewport().grab().toImage()
    lane = desk.timeline.rows.lane_top(0) + 3
    assert not has_colour(shown, centre(desk, "2A").x(), lane - 3, Light.NEEDS_YOU)


def test_an_empty_film_and_one_with_a_single_shot(film: Film, open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk(film("fresh"))
    assert desk.timeline.grab().width() > 0
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_0, Qt.Key.Key_F3):
        QTest.keyClick(desk.window(), key)
    desk.window().close()
    graph, plans = long_graph(1, 1)
    maker = FilmMaker(tmp_path / "one.matchcut", plan=plans)
    maker.draft(graph)
    maker.project.close()
    one = open_desk(tmp_path / "one.matchcut")
    assert len(one.timeline.line) == 1
    click(one, centre(one, "1A"))
    assert selected(one) == ["1A"]
    QTest.keyClick(one.window(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert "no place beyond" in one.strip.text


def test_a_feature_paints_only_what_can_be_seen(tmp_path: Path, open_desk: Open, qtbot) -> None:
    graph, plans = long_graph(190, 8)
    maker = FilmMaker(tmp_path / "feature.matchcut", title=graph.title, plan=plans)
    maker.draft(graph)
    maker.commands.approve_script()
    maker.project.close()
    desk = open_desk(tmp_path / "feature.matchcut")
    qtbot.waitUntil(lambda: desk.stage.film.num_unread == 0, timeout=WAIT_MS)
    timeline = desk.timeline
    assert len(timeline.line) == 1520
    timeline.viewport().repaint()
    before = timeline.num_painted
    timeline.viewport().repaint()
    assert timeline.num_painted == before, "what was painted once is only put on the screen again"
    timeline.scroll_by(400)
    timeline.viewport().repaint()
    assert 0 < timeline.num_painted - before < 20
    timeline.show_whole_film()
    before = timeline.num_painted
    timeline.viewport().repaint()
    assert timeline.num_painted - before <= timeline.viewport().width()
    scenes = timeline.viewport().grab(QRect(0, timeline.rows.scene_top, 400, SCENE_PX)).toImage()
    bright = {x for x in range(400) for y in range(SCENE_PX) if scenes.pixelColor(x, y).value() > 130}
    assert len([x for x in bright if x - 1 not in bright]) > 4, "some scene numbers are left"
    desk.stage.show_shot(shot_id(plans[-1].label))
    assert timeline.rect_of(card(desk, plans[-1].label)).right() <= timeline.viewport().width()
