"""Revisions of the scene graph: listed, compared two by two, restored at a cost that is told first, and undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.graph.revisions import described
from desktop.views.revisions_page import RevisionsPage
from storage.domain.takes import Seam
from storage.graph_commands import GraphCommands
from storage.project import Project
from tests.gui.film_maker import make_busy_film
from tests.gui.graph_pictures import contradicting_graph

Open = Callable[..., Desk]
WAIT_MS = 30_000
EYES = "constraint:mara/eyes/@film"


@pytest.fixture
def revised(tmp_path: Path, open_desk: Open, qtbot) -> Desk:
    maker = make_busy_film(tmp_path / "busy.matchcut")
    commands = GraphCommands(maker.project, "director:Anna Weber")
    commands.make(commands.edit(EYES, "value", "green"))
    commands.make(commands.add_character("ADA"))
    maker.project.close()
    desk = open_desk(tmp_path / "busy.matchcut")
    desk.stage.show_seam(Seam.SCRIPT)
    desk.viewer.script_desk.show_page("revisions")
    page = desk.graph_views.revisions
    qtbot.waitUntil(lambda: page.comparison.rowCount() > 0, timeout=WAIT_MS)
    return desk


def rows(page: RevisionsPage) -> list[tuple[str, str, str]]:
    model = page.comparison
    return [
        tuple(model.data(model.index(row, column)) for column in range(3))  # type: ignore[misc]
        for row in range(model.rowCount())
    ]


def test_each_revision_says_what_who_and_when_and_what_it_changed(revised: Desk, qtbot) -> None:
    page = revised.graph_views.revisions
    told = [page.revisions.data(page.revisions.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert told[1].startswith("Revision 2: ") and "green" in told[1] and "Anna Weber, " in told[1]
    assert rows(page) == [("+  ADA", "—", "ADA · supporting")]
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: rows(page) == [("~  MARA: eyes", "brown", "green")], timeout=WAIT_MS)
    assert page.against.currentData() == 1


def test_any_two_are_compared_and_what_differs_is_chosen_everywhere(revised: Desk, qtbot) -> None:
    page = revised.graph_views.revisions
    page.against.setFocus()
    QTest.keyClick(page.against, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(rows(page)) == 2, timeout=WAIT_MS)
    assert "2 things are different:" in page.sentence.text()
    page.table.setFocus()
    page.table.setCurrentIndex(page.comparison.index(1, 0))
    assert page.sentence.text() == "MARA: eyes was brown, is green."
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert revised.stage.item_id == EYES


def test_one_is_restored_at_a_cost_told_first_and_undone(revised: Desk, qtbot) -> None:
    page = revised.graph_views.revisions
    assert not page.restore.isEnabled()
    page.list.setCurrentIndex(page.revisions.index(2))
    qtbot.waitUntil(page.restore.isEnabled)
    page.restore.setFocus()
    QTest.keyClick(page.restore, Qt.Key.Key_Return)
    qtbot.waitUntil(page.ask.isVisible, timeout=WAIT_MS)
    assert "stale" in page.ask.cost.text()
    QTest.keyClick(page.ask.confirm, Qt.Key.Key_Escape)
    assert not page.ask.isVisible() and revised.stage.film.revision == 3
    page.restore.click()
    qtbot.waitUntil(page.ask.isVisible, timeout=WAIT_MS)
    QTest.keyClick(page.ask.confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: revised.stage.film.revision == 4, timeout=WAIT_MS)
    assert revised.stage.film.view.graph.constraints[EYES].value == "brown"
    qtbot.waitUntil(lambda: page.revisions.rowCount() == 4, timeout=WAIT_MS)
    assert "restore revision 1" in revised.strip.text
    QTest.keyClick(revised, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: revised.stage.film.revision == 5, timeout=WAIT_MS)
    assert revised.stage.film.view.graph.constraints[EYES].value == "green"
    project = Project.open(revised.folder)
    assert project.graphs.load(5) == project.graphs.load(3)
    project.close()


def test_every_item_is_described() -> None:
    graph = contradicting_graph()
    kinds = (graph.characters, graph.settings, graph.props, graph.scenes, graph.shots, graph.constraints)
    assert all(described(graph, item_id) for kind in kinds for item_id in kind)
    assert described(graph, "shot:1A") == "wide shot · MARA, THEO · 96 frames"
    assert described(graph, "constraint:mara/garment/coat@scene:3") == "blue · in sc 3"
    assert described(graph, "nothing") == ""
