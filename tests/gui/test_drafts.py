"""A new draft of the screenplay on the desk: dropped, asked about, read, seen side by side, taken in, undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.graph.draft import DraftAnswer, scene_survival_words, survival_words, texts_side_by_side
from desktop.window import MainWindow
from storage.domain.draft_merge import Fate, SceneRow
from storage.domain.takes import Seam
from storage.edit_cost import EditCost
from tests.drafts import SECOND
from tests.gui.draft_films import make_drafted_film

# Reading a draft is a process of its own that loads a language model.
WAIT_MS = 400_000

ANSWER = (
    '{"done": null, "scenes": [], "contradictions": [], "difference": {"changes": []},'
    ' "cost": {"keyframes": ["shot:1A"], "clips": [], "seconds": 9.0, "cut": false, "new": [], "gone": [],'
    ' "words": "1 keyframe"}}'
)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "lamp 2.fountain"
    path.write_text(SECOND)
    return path


@pytest.fixture
def window(tmp_path: Path, make_window: Callable[..., MainWindow], qtbot) -> MainWindow:
    make_drafted_film(tmp_path / "lamp.matchcut")
    window = make_window()
    window.open_film(tmp_path / "lamp.matchcut")
    qtbot.waitUntil(lambda: desk_of(window).stage.film is not None, timeout=20_000)
    return window


def desk_of(window: MainWindow) -> Desk:
    assert window.desk is not None
    return window.desk


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


@pytest.mark.timeout(1000)
def test_a_draft_is_dropped_read_looked_at_taken_in_and_undone(window: MainWindow, second: Path, qtbot) -> None:
    desk = desk_of(window)
    page = desk.graph_views.draft
    drop(window, second)
    assert page.is_draft.isVisible() and page.is_film.isVisible()
    QTest.keyClick(page.is_draft, Qt.Key.Key_Return)
    assert page.cancel.isVisible() and "lamp 2.fountain" in page.heading.text()
    qtbot.waitUntil(page.list.isVisible, timeout=WAIT_MS)
    assert page.title.text() == "lamp 2.fountain: 1 kept, 1 changed, 1 new, 1 cut"
    fates = [row.scene.fate for row in page.scenes.rows]
    assert fates == [Fate.KEPT, Fate.NEW, Fate.CHANGED, Fate.CUT]
    assert "of 3 approved keyframes" in page.survival.text() and "stale" in page.survival.text()
    assert page.list.currentIndex().row() == 1
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    told = page.text.toPlainText()
    assert "black" in told and "white" in told
    assert "+ THEO, blue-eyed, in a white jacket, mends a net." in page.text.accessibleDescription()
    assert desk.stage.film.revision == 1, "nothing is changed yet"

    QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.stage.film.revision == 3, timeout=WAIT_MS)
    numbers = [scene.number for scene in desk.stage.film.view.scenes]
    assert numbers == ["1", "1A", "2"]
    qtbot.waitUntil(lambda: "Took in lamp 2.fountain" in desk.strip.text, timeout=WAIT_MS)
    QTest.keyClick(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.stage.film.revision == 4, timeout=WAIT_MS)
    assert [scene.number for scene in desk.stage.film.view.scenes] == ["1", "2", "3"]


def test_a_draft_is_left_and_nothing_changes(window: MainWindow, second: Path, qtbot) -> None:
    desk = desk_of(window)
    page = desk.graph_views.draft
    desk.stage.show_shot(desk.stage.film.shots[0].shot.id)
    place = desk.stage.spot
    drop(window, second)
    assert desk.stage.spot.seam is Seam.SCRIPT
    QTest.keyClick(page.is_draft, Qt.Key.Key_Escape)
    assert desk.stage.spot == place and page.choose.isVisibleTo(page)
    desk.graph_views.read_draft(second)
    QTest.keyClick(page.cancel, Qt.Key.Key_Escape)
    assert not desk.graph_views.new_draft.is_busy
    page.show_answer(DraftAnswer.model_validate_json(ANSWER))
    assert page.list.isVisible() and "1 keyframe" in page.survival.text().lower()
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.choose.isVisible() and desk.stage.film.revision == 1


@pytest.mark.timeout(500)
def test_what_is_no_screenplay_is_told(window: MainWindow, tmp_path: Path, qtbot) -> None:
    desk = desk_of(window)
    page = desk.graph_views.draft
    wrong = tmp_path / "holiday.fountain"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    desk.graph_views.read_draft(wrong)
    qtbot.waitUntil(page.choose.isVisible, timeout=WAIT_MS)
    assert page.heading.text() and page.leave.isVisible() and "Reading" not in page.heading.text()


def test_a_dropped_screenplay_can_become_a_film_of_its_own(
    window: MainWindow, second: Path, worker_log: Path, qtbot
) -> None:
    desk = desk_of(window)
    drop(window, second)
    with qtbot.waitSignal(desk.graph_views.film_wanted) as wanted:
        QTest.mouseClick(desk.graph_views.draft.is_film, Qt.MouseButton.LeftButton)
    assert wanted.args == [second]


def test_what_survives_and_what_differs_is_told() -> None:
    row = SceneRow(
        fate=Fate.CHANGED, scene_id="scene:2", number="2", heading_before="EXT. PIER - DAY", heading="EXT. PIER - DAY",
        lines_before=("THEO mends a <net>.", "He waits."), lines=("THEO mends a sail.", "He waits."),
    )  # fmt: skip
    told = texts_side_by_side(row)
    assert "<b><u>&lt;net&gt;.</u></b>" in told and "<b><u>sail.</u></b>" in told and told.count("He waits.") == 2
    answer = DraftAnswer.model_validate_json(ANSWER)
    assert answer.cost == EditCost(keyframes=("shot:1A",), clips=(), seconds=9.0)


def test_survival_is_counted_by_film_and_by_scene(tmp_path: Path, window: MainWindow) -> None:
    film = desk_of(window).stage.film
    shot = film.view.shots_of("scene:2")[0]
    cost = EditCost(keyframes=(shot.id,), clips=(), seconds=None)
    assert survival_words(film, cost) == "2 of 3 approved keyframes stay approved."
    assert scene_survival_words(film, cost, "scene:2") == "keeps 0 of 1 approval"
    assert scene_survival_words(film, cost, "scene:1") == "keeps 1 of 1 approval"
