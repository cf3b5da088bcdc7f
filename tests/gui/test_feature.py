"""The scene graph of a feature on the real window: 190 scenes and 1,520 shots, by mouse and keyboard."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop import theme
from desktop.desk import Desk
from desktop.graph.net import Sort as NodeSort
from desktop.graph_desk import SCREENPLAY
from storage.domain.draft_merge import Fate
from storage.domain.open_ends import Sort
from storage.domain.takes import Seam
from tests.gui.feature_films import APPROVED, CHANGED, CUT, make_feature
from tests.gui.test_shaping import CONTROL, SHIFT, WAIT_MS, Open, click, fill, graph, make, press, redo, undo

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def made_feature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("feature") / "feature.matchcut"
    make_feature(folder)
    return folder


@pytest.fixture
def desk(made_feature: Path, tmp_path: Path, open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> Desk:
    drafter = (sys.executable, "-m", "tests.gui.feature_films")
    monkeypatch.setattr("desktop.new_draft.new_draft_command", lambda: drafter)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return open_desk(Path(shutil.copytree(made_feature, tmp_path / "feature.matchcut")))


def test_every_verb_shapes_a_feature(desk: Desk, qtbot) -> None:
    assert (len(graph(desk).scenes), len(graph(desk).shots)) == (190, 1520)
    desk.stage.show_seam(Seam.SCRIPT)
    desk.viewer.script_desk.show_page(SCREENPLAY)
    page = desk.viewer.script_page.page
    qtbot.waitUntil(lambda: page.document().blockCount() > 5_000, timeout=WAIT_MS)
    desk.stage.choose_item("shot:170C")
    line = graph(desk).shots["shot:170C"].evidence.first_line
    assert page.marked == (line,) and page.viewport().rect().contains(QPoint(20, page.point_of(line).y()))
    QTest.keyClicks(desk.tree.search.line, "lene coat proposed")
    qtbot.waitUntil(lambda: desk.tree.items.found is not None, timeout=WAIT_MS)
    assert 0 < len(desk.tree.items.found.ids) < 200
    desk.tree.search.clear()

    press(desk, Qt.Key.Key_F2)
    before = graph(desk).shots["shot:170C"].duration_frames
    fill(desk, frames=f"{before + 10}")
    make(desk, qtbot)
    undo(desk, qtbot)
    assert graph(desk).shots["shot:170C"].duration_frames == before
    redo(desk, qtbot)
    assert graph(desk).shots["shot:170C"].duration_frames == before + 10

    desk.stage.choose_item("scene:120")
    click(desk.tree.add)
    fill(desk, frames="3 s")
    make(desk, qtbot)
    (added,) = [shot for shot in graph(desk).shots.values() if shot.id == desk.stage.item_id]
    assert added.scene_id == "scene:120" and len(graph(desk).shots) == 1521
    press(desk, Qt.Key.Key_D, CONTROL)
    make(desk, qtbot)
    assert len(graph(desk).shots) == 1522
    press(desk, Qt.Key.Key_Delete)
    make(desk, qtbot)
    assert len(graph(desk).shots) == 1521

    lead = max(graph(desk).characters, key=lambda each: len(desk.stage.film.view.constraints_of(each)))
    other = next(each for each in graph(desk).characters if each != lead)
    desk.stage.choose_item(other)
    press(desk, Qt.Key.Key_M, CONTROL)
    fill(desk, other=graph(desk).characters[lead].name)
    make(desk, qtbot)
    assert other not in graph(desk).characters and desk.stage.item_id == lead


def test_a_feature_is_settled_and_an_old_revision_is_brought_back(desk: Desk, qtbot) -> None:
    press(desk, Qt.Key.Key_O, SHIFT)
    page = desk.graph.open_ends
    assert any(end.sort is Sort.PROPOSED for end in desk.stage.film.open_ends())
    click(page.settle_all)
    qtbot.waitUntil(lambda: not desk.stage.film.proposed(), timeout=WAIT_MS)
    press(desk, Qt.Key.Key_V, SHIFT)
    revisions = desk.graph_views.revisions
    qtbot.waitUntil(lambda: revisions.revisions.rowCount() == 2, timeout=WAIT_MS)
    revisions.list.setFocus()
    QTest.keyClick(revisions.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(revisions.comparison.rowCount()), timeout=WAIT_MS)
    click(revisions.restore)
    qtbot.waitUntil(revisions.ask.isVisible, timeout=WAIT_MS)
    QTest.keyClick(revisions.ask.confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stage.film.revision == 3, timeout=WAIT_MS)
    assert desk.stage.film.proposed()


def test_the_drawing_of_a_feature_is_walked_searched_and_folded(desk: Desk, qtbot) -> None:
    press(desk, Qt.Key.Key_G, SHIFT)
    page = desk.graph_views.page
    board = page.board
    assert board.hasFocus()
    assert sum(not place.depth for place in board.layout_now.within(NodeSort.SCENE, -1e9, 1e9)) == 190
    QTest.keyClick(board, Qt.Key.Key_Slash)
    QTest.keyClicks(page.field, "scene 150 ")
    assert page.number.text() and desk.stage.item_id
    desk.stage.choose_item("scene:150")
    board.setFocus()
    if "shot:150A" not in board.layout_now.places:
        QTest.keyClick(board, Qt.Key.Key_Space)
    assert "shot:150A" in board.layout_now.places
    place = board.camera.rect(board.layout_now.places["shot:150A"]).center().toPoint()
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.stage.item_id == "shot:150A"
    assert "150A" in page.facts.text()


def test_a_new_draft_of_a_feature_is_read_looked_at_and_taken_in(desk: Desk, tmp_path: Path, qtbot) -> None:
    screenplay = tmp_path / "long 2.fountain"
    screenplay.write_text("INT. ROOM - DAY\n")
    views = desk.graph_views
    page = views.draft
    views.ask_about(screenplay)
    QTest.keyClick(page.is_draft, Qt.Key.Key_Return)
    qtbot.waitUntil(page.list.isVisible, timeout=WAIT_MS)
    assert page.title.text() == "long 2.fountain: 188 kept, 1 changed, 1 new, 1 cut"
    qtbot.waitUntil(lambda: page.survival.text().startswith("1 of 3 approved keyframes stay"), timeout=WAIT_MS)
    assert "1 keyframe turns stale" in page.survival.text()
    assert page.only_changes.isChecked() and len(page.scenes.rows) == 3, "of so many, what differs is shown first"
    fates = {row.scene.scene_id: row.scene.fate for row in page.scenes.rows}
    assert fates[CHANGED] is Fate.CHANGED and fates[CUT] is Fate.CUT and Fate.NEW in fates.values()
    rows = [row.scene.fate for row in page.scenes.rows]
    page.list.setCurrentIndex(page.scenes.index(rows.index(Fate.CHANGED)))
    assert "She lets the lamp go out" in page.text.toPlainText()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert "RAILWAY STATION" in page.text.toPlainText() or "cut" in page.text.toPlainText()

    QTest.keyClick(page.list, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: desk.stage.film.revision == 3, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not desk.stage.film.num_unread, timeout=WAIT_MS)
    numbers = [scene.number for scene in desk.stage.film.view.scenes]
    assert len(numbers) == 190 and numbers[-1] == "189A"
    kept = {card.shot.id: card.keyframe.standing.circled is not None for card in desk.stage.film.shots}
    assert kept[APPROVED[0]] and APPROVED[2] not in kept
    undo(desk, qtbot)
    assert desk.stage.film.view.scenes[-1].number == "190"


def test_a_note_is_marked_where_the_whole_film_is_in_view(desk: Desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.stage.film.num_unread, timeout=WAIT_MS)
    assert sum(card.num_notes for card in desk.stage.film.shots) == 1
    desk.timeline.zoom_to(desk.timeline.scale.least_px_a_frame)
    for view in (desk.timeline.viewport(), desk.timeline_panel.overview):
        picture = view.grab().toImage()
        colours = {picture.pixelColor(x, y).rgb() for x in range(picture.width()) for y in range(picture.height())}
        assert theme.NOTE.rgb() in colours
