"""The figures, on the real window: what they count, what hovering tells, and that decisions stay about what is seen."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from storage.domain.takes import Seam
from storage.project import Project
from tests.gui.film_maker import shot_id

WAIT_MS = 120_000
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def press(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.window(), key)


def open_figures(desk: Desk, qtbot):
    press(desk, Qt.Key.Key_G)
    assert desk.pages.shows_figures
    qtbot.waitUntil(lambda: desk.pages.panel is not None, timeout=WAIT_MS)
    return desk.pages.panel


def test_a_finished_film_in_figures(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("finished"))
    panel = open_figures(desk, qtbot)
    assert panel.pass_rate.number.text() == "100 %"
    assert panel.pass_rate.count.text() == "8 of 8 · 95 % interval 68–100 %"
    assert panel.first_pass.count.text() == "17 of 17 first takes clean"
    assert (panel.calls.number.text(), panel.calls.count.text()) == ("2", "16 calls for 8 approved shots")
    assert panel.drift.number.text() == "0"
    assert panel.money.whole_text == "0: no price is set"
    press(desk, Qt.Key.Key_G)
    assert desk.viewer.isVisible() and not desk.pages.shows_figures


def test_planted_drift_is_told_apart_and_hovering_tells_the_values(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    QTest.mouseClick(desk.top_bar.figures, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.pages.panel is not None, timeout=WAIT_MS)
    panel = desk.pages.panel
    assert panel.pass_rate.number.text() == "—" and panel.pass_rate.count.text() == "nothing in the cut yet"
    assert panel.drift.number.text() == "3"
    told = "1 take with planted drift is left out everywhere; the critic flagged 1 of 1."
    assert panel.planted.text() == told
    chart = panel.drift.chart
    meaning = panel.drift.sentence.text()
    qtbot.waitUntil(lambda: chart.height() > 60)
    place = chart.viewport().mapFrom(chart, chart.place_of(1).toPoint())
    QTest.mouseMove(chart.viewport(), place)
    words = "keyframe: 3 found by the critic, 0 by you; 0 false alarms aside; 3 of 7 takes flagged"
    qtbot.waitUntil(lambda: panel.drift.sentence.text() == words, timeout=WAIT_MS)
    chart.told.emit("")
    assert panel.drift.sentence.text() == meaning


def test_charts_are_read_by_keyboard_and_by_ear(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    shot_before = desk.stage.spot
    panel = open_figures(desk, qtbot)
    chart, sentence = panel.drift.chart, panel.drift.sentence
    meaning = sentence.text()
    every = [bar.told for bar in chart.bars]
    assert len(every) == 4
    assert chart.accessibleName() == "Drift found by seam"
    assert chart.accessibleDescription() == ". ".join(every)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert sentence.text() == chart.accessibleDescription() == every[0]
    for key, index in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_End, 3), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2)):
        QTest.keyClick(chart, key)
        assert sentence.text() == chart.accessibleDescription() == every[index]
    QTest.keyClick(chart, Qt.Key.Key_Tab)
    assert panel.calls.chart.hasFocus() and panel.calls.sentence.text() == panel.calls.chart.bars[0].told
    assert sentence.text() == meaning
    QTest.keyClick(panel.calls.chart, Qt.Key.Key_Backtab)
    assert sentence.text() == every[2], "where the keys were before"
    assert desk.pages.shows_figures and desk.stage.spot == shot_before
    assert "between" in panel.interval.accessibleDescription() or not panel.interval.toolTip()


def test_a_decision_is_never_made_on_a_take_that_figures_hide(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    count = len(desk.stage.film.decisions)
    open_figures(desk, qtbot)
    press(desk, Qt.Key.Key_A)
    assert not desk.pages.shows_figures
    assert "Press it again" in desk.strip.text
    project = Project.open(folder)
    assert len(project.ledger.everything()) == count
    project.close()
    press(desk, Qt.Key.Key_G)
    press(desk, Qt.Key.Key_N)
    assert not desk.pages.shows_figures
    assert desk.stage.film.card(desk.stage.spot.shot_id).shot.label == "3A"


def test_figures_follow_what_is_decided_and_a_price_is_kept(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    panel = open_figures(desk, qtbot)
    assert panel.calls.count.text() == "6 calls for 3 approved shots"
    desk.operations.approve(desk.stage.film.card(shot_id("2A")).at(Seam.CLIP).standing.take.id)
    qtbot.waitUntil(lambda: panel.calls.count.text() == "8 calls for 4 approved shots", timeout=WAIT_MS)
    panel.price.setFocus()
    panel.price.selectAll()
    QTest.keyClicks(panel.price, "0,25")
    QTest.keyClick(panel.price, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.money.whole_text == "× 11 calls = 2.75 EUR · 0.50 an approved shot", timeout=WAIT_MS)
    desk.window().close()
    project = Project.open(folder)
    assert (project.film.price_per_call, project.film.currency) == ("0.25", "EUR")
    project.close()


def test_a_price_that_is_none_is_refused_in_words(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("finished"))
    panel = open_figures(desk, qtbot)
    panel.price.setText("a lot")
    QTest.keyClick(panel.price, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is no price" in desk.strip.text, timeout=WAIT_MS)


def test_a_film_without_a_scene_graph_has_no_figures_yet(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("fresh"))
    panel = open_figures(desk, qtbot)
    assert panel.first_pass.count.text() == "no take checked yet"
    assert panel.time.count.text() == "nothing drawn yet"


def test_the_charts_are_not_loaded_before_they_are_looked_at() -> None:
    program = "import sys, desktop.app; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=120).returncode == 0
