"""What the views show of a real film: pictures, regions, findings, takes, frames, the timeline."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.desk import Desk
from desktop.snapshot import Spot
from desktop.views.graph_items import Kind
from storage.domain.findings import FrameRange
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import ConstraintId, SceneGraph
from storage.domain.takes import Seam
from storage.project import Project
from tests.gui.film_maker import EYES_REGION, PLAN, SLATE_FRAMES, FilmMaker, draw, drift_findings, long_graph, shot_id

WAIT_MS = 20_000
Film = Callable[[str], Path]
Open = Callable[..., Desk]
PLANS = {plan.label: plan for plan in PLAN}


def pixels(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).copy()


def press(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.window(), key)


def wait_for_picture(desk: Desk, qtbot) -> None:
    qtbot.waitUntil(lambda: desk.viewer.canvas.image is not None, timeout=WAIT_MS)


def test_drift_is_shown_with_its_region_and_both_colours(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    wait_for_picture(desk, qtbot)
    canvas = desk.viewer.canvas
    assert [mark.words for mark in canvas.marks] == ["eyes: blue, should be brown"]
    rect = canvas.region_rect(EYES_REGION)
    shown = canvas.grab().toImage()
    edge = shown.pixelColor(round(rect.center().x()), round(rect.bottom()))
    assert abs(edge.red() - theme.RED.red()) < 30 and edge.blue() < 120
    row = desk.inspector.rows[0]
    assert (row.finding.expected, row.finding.observed, row.word) == ("brown", "blue", "drift")
    assert "brown eyes that miss nothing" in row.toolTip() and "line 5" in row.toolTip()

    press(desk, Qt.Key.Key_D)
    desk.stage.choose_finding("")
    assert canvas.marks == ()


def test_a_click_on_a_region_chooses_its_finding_and_back(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    wait_for_picture(desk, qtbot)
    desk.stage.choose_finding("")
    rect = desk.viewer.canvas.region_rect(EYES_REGION)
    QTest.mouseClick(desk.viewer.canvas, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert desk.stage.finding_key == "character:mara/eyes/"
    desk.inspector.finding_hovered.emit("character:mara/eyes/")
    assert desk.viewer.canvas.marks[0].strong


def test_a_region_and_its_row_light_each_other_and_go_out_with_the_mouse(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    wait_for_picture(desk, qtbot)
    desk.stage.choose_finding("")
    canvas, row = desk.viewer.canvas, desk.inspector.rows[0]
    assert row.finding.key == "character:mara/eyes/"
    unlit = row.grab().toImage()
    middle = canvas.region_rect(EYES_REGION).center().toPoint()
    QTest.mouseMove(canvas, middle)
    assert row.is_lit and canvas.marks[0].strong
    assert row.grab().toImage() != unlit
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert not row.is_lit and not canvas.marks[0].strong
    QTest.mouseMove(canvas, middle + QPoint(2, 2))
    assert row.is_lit, "the mouse comes back to where it left"
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    QApplication.sendEvent(row, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(row.mapToGlobal(QPoint(5, 5)))))
    assert row.is_lit and canvas.marks[0].strong
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    assert not row.is_lit and not canvas.marks[0].strong


def test_an_unseen_finding_is_a_quiet_word(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    words = {row.finding.label: row.accessibleName() for row in desk.inspector.rows}
    assert words["MARA: age"] == "MARA: age: cannot be seen"
    assert not next(row for row in desk.inspector.rows if row.finding.label == "MARA: age").is_tall


def test_takes_and_what_they_were_drawn_as(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    assert desk.inspector.takes.captions == ["1 · drift", "2 · drift", "3 · drift", "4 · drift"]
    qtbot.waitUntil(desk.inspector.drawn_as.isVisible, timeout=WAIT_MS)
    assert desk.inspector.drawn_as.text() == "drawn as: market street → street · glass lamp → lamp"
    QTest.mouseClick(desk.inspector.takes, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert desk.stage.take.number == 1
    assert "planted" in desk.viewer.header.subtitle.whole_text
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1A")))
    assert desk.inspector.takes.captions == ["1 · circled"]


def test_a_keyframe_is_shown_pixel_for_pixel(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    wait_for_picture(desk, qtbot)
    assert np.array_equal(pixels(desk.viewer.canvas.image), draw(PLANS["1C"]))


def test_stepping_shows_each_frame_of_a_clip(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1C")))
    wait_for_picture(desk, qtbot)
    for index in (1, 2, 3):
        press(desk, Qt.Key.Key_Right)
        wanted = draw(PLANS["1C"], shift=index * 1.5)
        qtbot.waitUntil(lambda w=wanted: np.array_equal(pixels(desk.viewer.canvas.image), w), timeout=WAIT_MS)
    press(desk, Qt.Key.Key_Left)
    wanted = draw(PLANS["1C"], shift=3.0)
    qtbot.waitUntil(lambda: np.array_equal(pixels(desk.viewer.canvas.image), wanted), timeout=WAIT_MS)
    # Frame 2 of a clip at 8 a second is frame 6 of its shot, which begins at frame 168 of the film.
    assert desk.stage.film_frame == 174
    assert desk.viewer.transport.timecode.text() == "00:00:07:06"
    assert desk.viewer.transport.counter.text() == "frame 3 of 20"


def test_any_frame_of_a_cut_is_found(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("finished"))
    assert desk.stage.spot.seam is Seam.CUT
    assert desk.top_bar.rate.text() == "100 %" and desk.top_bar.counts.text() == "8 of 8 · 68–100"
    wait_for_picture(desk, qtbot)
    # 1B begins at frame 96 of the film: its frame 57 is drawn 17 pixels to the right; H.264 loses some of each pixel.
    desk.stage.show_frame(SLATE_FRAMES + 96 + 57)
    wanted = {shift: draw(PLANS["1B"], shift=shift).astype(int) for shift in (16, 17, 18)}

    def nearest() -> int:
        shown = pixels(desk.viewer.canvas.image).astype(int)
        return min(wanted, key=lambda shift: int(np.abs(shown - wanted[shift]).mean() * 1000))

    qtbot.waitUntil(lambda: nearest() == 17, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.stage.film_frame == 96 + 57, timeout=WAIT_MS)
    assert desk.viewer.transport.timecode.text() == "00:00:06:09"
    desk.stage.show_frame(3)
    assert desk.viewer.transport.timecode.text() == "slate"


def test_playing_runs_on_and_pauses(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1A")))
    wait_for_picture(desk, qtbot)
    seen: list[int] = []
    desk.stage.frame_moved.connect(lambda: seen.append(desk.stage.frame_index))
    press(desk, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(seen) > 4, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_K)
    assert not desk.viewer.player.is_playing
    assert seen == sorted(seen)
    stood = desk.stage.frame_index
    qtbot.wait(300)
    assert desk.stage.frame_index == stood


def test_drift_along_a_clip_is_marked_on_its_frames_only(tmp_path: Path, open_desk: Open, qtbot) -> None:
    maker = FilmMaker(tmp_path / "drifting.matchcut")
    maker.draft()
    maker.commands.approve_script()
    maker.approved("1C", Seam.KEYFRAME)
    maker.add_take("1C", Seam.CLIP, drift_findings(PLANS["1C"], frame_range=FrameRange(start=8, stop=14)))
    maker.project.close()
    desk = open_desk(tmp_path / "drifting.matchcut")
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1C")))
    assert [finding.frame_range for finding in desk.viewer.transport.bar.drifts()] == [FrameRange(start=8, stop=14)]
    assert desk.stage.frame_index == 8
    assert len(desk.viewer.canvas.marks) == 1
    desk.stage.show_frame(0)
    qtbot.waitUntil(lambda: desk.viewer.canvas.marks == (), timeout=WAIT_MS)
    desk.stage.choose_finding("character:mara/eyes/")
    assert desk.stage.frame_index == 8
    desk.stage.choose_finding("")
    desk.stage.show_frame(0)
    wait_for_picture(desk, qtbot)
    press(desk, Qt.Key.Key_Space)
    assert desk.viewer.player.is_playing
    desk.stage.choose_finding("character:mara/eyes/")
    assert desk.stage.frame_index < 8, "what plays runs on"
    press(desk, Qt.Key.Key_K)


def test_one_frame_of_drift_is_said_in_the_singular(tmp_path: Path, open_desk: Open) -> None:
    maker = FilmMaker(tmp_path / "once.matchcut")
    maker.draft()
    maker.commands.approve_script()
    maker.approved("1C", Seam.KEYFRAME)
    maker.add_take("1C", Seam.CLIP, drift_findings(PLANS["1C"], frame_range=FrameRange(start=8, stop=9)))
    maker.project.close()
    desk = open_desk(tmp_path / "once.matchcut")
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1C")))
    told = next(row for row in desk.inspector.rows if row.finding.key == "character:mara/eyes/").toolTip()
    assert "frame 9" in told and "frames" not in told


def test_a_chart_tells_of_the_bar_under_the_mouse_whatever_is_counted_anew(qtbot) -> None:
    from desktop.views.charts import Bar, BarChart, IntervalLine, Part

    chart = BarChart("Drift")
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.show()
    full = (Part(value=5, colour=theme.RED),)
    chart.show_bars([Bar(name=name, parts=full, words="", told=f"{name}: 1") for name in ("keyframe", "clip")])
    told: list[str] = []
    chart.told.connect(told.append)
    QTest.mouseMove(chart.viewport(), chart.viewport().mapFrom(chart, chart.place_of(1).toPoint()))
    chart.show_bars([Bar(name=name, parts=full, words="", told=f"{name}: 2") for name in ("keyframe", "clip")])
    chart.show_bars([])
    assert told == ["clip: 1", "clip: 2", ""]

    axes = {}
    for unit, value in ((" s", 252_000), (" s", 600), ("", 29_000), (" %", 100)):
        long = BarChart("Length", unit=unit)
        qtbot.addWidget(long)
        long.resize(300, 200)
        long.show_bars([Bar(name="clip", parts=(Part(value=value, colour=theme.RED),), words="", told="")])
        axes[unit, value] = [words for _, words in long.getPlotItem().getAxis("left")._tickLevels[0]][1]
    assert list(axes.values()) == ["20 h", "5 min", "10k", "25 %"]

    line = IntervalLine()
    qtbot.addWidget(line)
    line.show_rate(PassRate(passed=3, counted=4))
    assert line.toolTip().startswith("3 of 4 passed.")
    line.show_rate(PassRate(passed=0, counted=0))
    assert line.toolTip() == ""


def test_a_price_counts_before_anything_is_drawn(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("drafted")
    project = Project.open(folder)
    project.set_price("0.25", "EUR")
    project.close()
    desk = open_desk(folder)
    press(desk, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: desk.pages.panel is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.pages.panel.money.whole_text == "× 0 calls = 0.00 EUR", timeout=WAIT_MS)


def test_a_damaged_take_is_said_to_be_so(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    take = project.takes.of_shot(shot_id("1C"), Seam.CLIP)[0]
    project.media.find(take.media).write_bytes(b"no clip")
    project.close()
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1C")))
    qtbot.waitUntil(lambda: "cannot be read" in desk.viewer.canvas.words, timeout=WAIT_MS)


def test_the_tree_shows_evidence_and_marks_what_is_proposed(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    desk.tree.choose_constraint(ConstraintId("constraint:mara/eyes/@film"))
    assert desk.tree.quote.text() == "“brown eyes that miss nothing”"
    assert desk.tree.source.text() == "eyes · line 5"
    qtbot.waitUntil(lambda: desk.viewer.script_page.page.marked == (5,), timeout=WAIT_MS)
    coat = desk.tree.items.constraint_row(ConstraintId("constraint:mara/garment/coat@film"))
    assert (coat.text, coat.value, coat.swatch, coat.note) == ("coat", "yellow", "#e5bd2f", "l.5")
    scoped = desk.tree.items.constraint_row(ConstraintId("constraint:mara/garment/coat@scene:3"))
    assert scoped.note == "sc 3 · you"
    age = desk.tree.items.constraint_row(ConstraintId("constraint:mara/age/@film"))
    assert age.is_proposed and age.note == "proposed"


def test_a_film_that_is_being_read_waits_for_its_graph(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("fresh")
    desk = open_desk(folder)
    assert desk.viewer.canvas.words == "Reading the screenplay…"
    assert desk.tree.empty.isVisible()
    project = Project.open(folder)
    project.graphs.save(SceneGraph(title="Nothing to shoot"), label="draft", author="script")
    project.close()
    qtbot.waitUntil(lambda: desk.stage.film.revision == 1, timeout=WAIT_MS)
    assert desk.viewer.script_page.isVisible()
    assert desk.tree.empty.text() == "The scene graph is empty."
    assert desk.timeline.grab().width() > 0


def test_a_feature_elides_its_title_and_finds_its_last_shot(tmp_path: Path, open_desk: Open, qtbot) -> None:
    graph, plans = long_graph(190, 8)
    maker = FilmMaker(tmp_path / "feature.matchcut", title=graph.title, plan=plans)
    maker.draft(graph)
    maker.project.close()
    desk = open_desk(tmp_path / "feature.matchcut")
    assert len(desk.stage.film.shots) == 1520
    assert desk.top_bar.title.text().endswith("…")
    assert desk.top_bar.title.toolTip() == graph.title
    desk.stage.show_shot(shot_id(plans[-1].label))

    def is_found() -> bool:
        row = desk.tree.items.row_at(desk.tree.tree.currentIndex())
        return row is not None and (row.kind, row.shot_id) == (Kind.SHOT, shot_id(plans[-1].label))

    qtbot.waitUntil(is_found)


def test_clips_run_at_their_own_rate(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
    assert desk.stage.take.frame_rate == Fraction(8)
    assert desk.viewer.transport.rate.text() == "8 fps"
