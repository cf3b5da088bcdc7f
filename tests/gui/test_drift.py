"""Drift from the screenplay on the real window: listed once, marked in every view, with a way to it and an edit."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.graph.look import look_of
from desktop.graph_desk import SCREENPLAY
from desktop.views.parts import KeyButton
from storage.domain.open_ends import OpenEnd, Sort
from storage.domain.vocabulary import Attribute
from storage.project import Project
from tests.gui.drift_films import EYES, misread, review

WAIT_MS = 60_000
SHIFT = Qt.KeyboardModifier.ShiftModifier
MARA = "character:mara"
LINE = 5
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def misread_film(folder: Path, **how) -> Path:
    project = Project.open(folder)
    misread(project, **how)
    project.close()
    return folder


def drifts(desk: Desk) -> list[OpenEnd]:
    return [end for end in desk.stage.film.open_ends() if end.sort is Sort.DRIFT]


def choose(desk: Desk, end: OpenEnd) -> None:
    page = desk.graph.open_ends
    page.list.setCurrentIndex(page.model.index(page.model.rows.index(end)))


def offer(desk: Desk, qtbot) -> KeyButton:
    page = desk.graph.open_ends

    def offered() -> list[KeyButton]:
        return [each for each in page.findChildren(KeyButton) if each.isVisible() and each.key == "Space"]

    qtbot.waitUntil(lambda: len(offered()) == 1, timeout=WAIT_MS)
    return offered()[0]


def make(desk: Desk, qtbot) -> None:
    panel, revision = desk.tree.panel, desk.stage.film.revision
    qtbot.waitUntil(panel.confirm.isEnabled, timeout=WAIT_MS)
    QTest.keyClick(panel.confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stage.film.revision == revision + 1, timeout=WAIT_MS)


def test_drift_is_listed_with_its_line_and_the_edit_that_settles_it(film: Film, open_desk: Open, qtbot) -> None:
    folder = misread_film(film("drafted"))
    desk = open_desk(folder)
    eyes, hair = drifts(desk)
    assert eyes.sentence == "MARA: eyes is green. Line 5 says “brown eyes”."
    assert hair.sentence == "Line 5 says “red hair”; the scene graph does not."
    QTest.keyClick(desk.window(), Qt.Key.Key_O, SHIFT)
    page = desk.graph.open_ends
    assert "2 drifts" in page.summary.text()
    choose(desk, eyes)
    assert desk.stage.item_id == EYES and desk.stage.finding_key == f"{MARA}/eyes/"
    assert (offer(desk, qtbot).text(), page.line.text()) == ("Make it brown", "Line 5")

    QTest.keyClick(desk.window(), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert desk.viewer.script_desk.page_name == SCREENPLAY
    assert desk.viewer.script_page.page.line == LINE and desk.viewer.script_page.page.hasFocus()
    assert "brown eyes" in desk.viewer.script_page.claims.words.whole_text

    QTest.keyClick(desk.window(), Qt.Key.Key_O, SHIFT)
    choose(desk, eyes)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert desk.tree.panel.form is not None
    make(desk, qtbot)
    assert desk.stage.film.view.graph.constraints[EYES].value == "brown"
    assert drifts(desk) == [] and "has yet to read it" in page.summary.text()

    project = Project.open(folder)
    review(project)
    project.close()
    desk.reader.refresh()
    qtbot.waitUntil(lambda: drifts(desk) != [], timeout=WAIT_MS)
    (hair,) = drifts(desk)
    choose(desk, hair)
    add = offer(desk, qtbot)
    assert add.text() == "Add red hair colour"
    QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    assert desk.tree.panel.fields["scope"].text() == "film"
    make(desk, qtbot)
    said = {each.attribute: each.value for each in desk.stage.film.view.constraints_of(MARA)}
    assert said[Attribute.HAIR_COLOUR] == "red"


def test_drift_is_marked_in_every_view_as_soon_as_the_critic_has_read(film: Film, open_desk: Open, qtbot) -> None:
    folder = misread_film(film("drafted"), is_reviewed=False)
    desk = open_desk(folder)
    row = desk.tree.items.row_at(desk.tree.items.index_of(EYES))
    page = desk.viewer.script_page.page
    assert drifts(desk) == [] and row.fault is None
    project = Project.open(folder)
    review(project)
    project.close()
    desk.reader.refresh()
    qtbot.waitUntil(lambda: len(drifts(desk)) == 2, timeout=WAIT_MS)

    eyes, hair = drifts(desk)
    items = desk.tree.items
    assert row.fault is eyes, "the outline"
    assert items.row_at(items.index_of(MARA)).fault is eyes
    assert "Drift: MARA: eyes is green." in items.data(items.index_of(EYES), Qt.ItemDataRole.AccessibleTextRole)

    QTest.keyClick(desk.window(), Qt.Key.Key_G, SHIFT)
    board = desk.graph_views.page.board
    assert look_of(board.net, desk.stage.film, EYES).fault == "drift"
    assert look_of(board.net, desk.stage.film, MARA).fault == "drift"
    desk.stage.choose_item(EYES)
    assert "Drift: MARA: eyes is green." in desk.graph_views.page.facts.text()

    desk.viewer.script_desk.show_page(SCREENPLAY)
    qtbot.waitUntil(lambda: page.document().blockCount() > 10, timeout=WAIT_MS)
    desk.stage.choose_item("")
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=page.point_of(LINE))
    assert desk.stage.item_id
    told = desk.viewer.script_page.claims.words.whole_text
    assert eyes.sentence in told and hair.sentence in told
    QTest.mouseMove(page.viewport(), page.point_of(LINE) + QPoint(3, 0))
    qtbot.waitUntil(lambda: hair.sentence in page.viewport().toolTip(), timeout=WAIT_MS)
