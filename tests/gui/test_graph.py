"""The scene graph as a drawing: seen, chosen, folded, found, walked and zoomed by mouse and keyboard."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.bench.big_graph import big_graph
from desktop.desk import Desk
from desktop.faults import faults_of
from desktop.graph.board import GraphBoard
from desktop.graph.layout import Slots, lay_out
from desktop.graph.net import COLUMNS, GraphNet
from storage.domain.graph_removal import removed
from storage.domain.graph_view import GraphView
from storage.domain.open_ends import open_ends
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam
from storage.graph_commands import GraphCommands
from tests.gui.film_maker import FilmMaker, make_busy_film
from tests.gui.graph_pictures import contradicting_graph

Open = Callable[..., Desk]
MARA, THEO = "character:mara", "character:theo"
COAT = ConstraintId("constraint:mara/garment/coat@scene:3")


@pytest.fixture
def drawn(tmp_path: Path, open_desk: Open, qtbot) -> Desk:
    maker = FilmMaker(tmp_path / "drawn.matchcut")
    maker.draft(contradicting_graph())
    maker.project.close()
    return show(open_desk(tmp_path / "drawn.matchcut"), qtbot)


def show(desk: Desk, qtbot) -> Desk:
    desk.stage.show_seam(Seam.SCRIPT)
    desk.viewer.script_desk.show_page("graph")
    board = desk.graph_views.page.board
    qtbot.waitUntil(lambda: board.net is not None and board.isVisible())
    board.setFocus()
    QApplication.processEvents()
    return desk


def middle(board: GraphBoard, node: str) -> QPoint:
    return board.camera.rect(board.layout_now.places[node]).center().toPoint()


def click(board: GraphBoard, node: str) -> None:
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=middle(board, node))


def click_arrow(board: GraphBoard, node: str) -> None:
    rect = board.camera.rect(board.layout_now.places[node])
    QTest.mouseClick(
        board.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(rect.left() + 8, rect.top() + 12).toPoint()
    )


def in_outline(desk: Desk) -> str:
    return desk.tree.items.row_at(desk.tree.tree.currentIndex()).id


def test_what_is_chosen_in_the_drawing_is_chosen_in_the_outline_and_back(drawn: Desk) -> None:
    board = drawn.graph_views.page.board
    click(board, MARA)
    assert (drawn.stage.item_id, in_outline(drawn)) == (MARA, MARA)
    assert (
        "coat blue in sc 3" in drawn.graph_views.page.facts.text()
        and "Contradiction" in drawn.graph_views.page.facts.text()
    )
    drawn.tree.choose_constraint(COAT)
    assert board.chosen == COAT
    assert MARA in board.unfolded and COAT in board.layout_now.places
    drawn.tree.choose_constraint(ConstraintId("shot:1B"))
    assert board.chosen == "shot:1B" and drawn.stage.spot.seam is Seam.SCRIPT
    assert board.accessibleDescription().startswith("Shot 1B")


def test_scenes_and_people_are_folded_and_unfolded_by_mouse_and_key(drawn: Desk) -> None:
    board = drawn.graph_views.page.board
    assert "shot:1A" not in board.layout_now.places
    click_arrow(board, "scene:1")
    assert {"shot:1A", "shot:1B", "shot:1C"} <= set(board.layout_now.places)
    click_arrow(board, "scene:1")
    assert "shot:1A" not in board.layout_now.places
    click(board, MARA)
    QTest.keyClick(board, Qt.Key.Key_Space)
    assert COAT in board.layout_now.places
    QTest.keyClick(board, Qt.Key.Key_Asterisk)
    assert {"shot:1A", "shot:3B"} <= set(board.layout_now.places)
    board.fold_all()
    assert len(board.layout_now.places) == 2 + 3 + 3 + 1


def test_the_keys_walk_up_and_down_and_along_edges(drawn: Desk) -> None:
    board, stage = drawn.graph_views.page.board, drawn.stage
    QTest.keyClick(board, Qt.Key.Key_Down)
    assert stage.item_id == "scene:1"
    QTest.keyClick(board, Qt.Key.Key_Left)
    assert stage.item_id == MARA
    QTest.keyClick(board, Qt.Key.Key_Right)
    assert stage.item_id == "scene:1"
    QTest.keyClick(board, Qt.Key.Key_Left)
    QTest.keyClick(board, Qt.Key.Key_Down)
    assert stage.item_id == THEO
    QTest.keyClick(board, Qt.Key.Key_Right)
    assert stage.item_id == "scene:2"
    QTest.keyClick(board, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert stage.item_id == "scene:3"
    QTest.keyClick(board, Qt.Key.Key_Right)
    assert stage.item_id == "setting:3"
    QTest.keyClick(board, Qt.Key.Key_Home)
    assert stage.item_id == "setting:1"
    QTest.keyClick(board, Qt.Key.Key_Right)
    assert stage.item_id == "prop:lamp"


def test_things_are_found_as_they_are_typed_and_gone_through(drawn: Desk) -> None:
    page, stage = drawn.graph_views.page, drawn.stage
    QTest.keyClick(page.board, Qt.Key.Key_Slash)
    QTest.keyClicks(page.field, "coat")
    coats = [ConstraintId("constraint:mara/garment/coat@film"), COAT]
    assert stage.item_id == coats[0] and page.number.text() == "1 of 2"
    assert set(coats) == set(page.board.found)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert stage.item_id == coats[1] and page.number.text() == "2 of 2"
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert stage.item_id == coats[0]
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.board.hasFocus()
    QTest.keyClick(page.board, Qt.Key.Key_F3)
    assert stage.item_id == coats[1]
    page.field.setText("submarine")
    assert page.number.text() == "nothing found"


def test_it_is_zoomed_panned_and_fitted(drawn: Desk) -> None:
    board = drawn.graph_views.page.board
    scale, at = board.camera.scale, QPointF(300, 120)
    under = board.camera.point(at)
    board.wheelEvent(
        QWheelEvent(
            at, board.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )
    )  # fmt: skip
    assert board.camera.scale == pytest.approx(scale * 1.25)
    for _ in range(4):
        QTest.keyClick(board, Qt.Key.Key_Plus)
    assert (board.camera.point(at) - under).manhattanLength() < 300
    before = board.camera.x
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.mouseMove(board.viewport(), QPoint(280, 290))
    QTest.mouseMove(board.viewport(), QPoint(200, 280))
    QTest.mouseRelease(board.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 280))
    assert board.camera.x == before + 100
    QTest.keyClick(board, Qt.Key.Key_0)
    assert board.camera.scale <= 1 and board.camera.most_x <= 1 and board.camera.most_y == 0


def test_states_are_told_as_in_the_outline_and_a_shot_is_gone_to(tmp_path: Path, open_desk: Open, qtbot) -> None:
    make_busy_film(tmp_path / "busy.matchcut").project.close()
    desk = show(open_desk(tmp_path / "busy.matchcut"), qtbot)
    board = desk.graph_views.page.board
    assert board.chosen == "shot:2B", "the shot on screen is unfolded and chosen here too"
    outline = desk.tree.items.row_at(desk.tree.items.index_of("shot:2B"))
    from desktop.graph.look import look_of

    assert look_of(board.net, desk.stage.film, "shot:2B").state == outline.note == "drift"
    assert look_of(board.net, desk.stage.film, "scene:2").state == "1 drift"
    QTest.keyClick(board, Qt.Key.Key_Return)
    assert (desk.stage.spot.seam, desk.stage.spot.shot_id) == (Seam.KEYFRAME, "shot:2B")


def test_what_is_there_keeps_its_place_when_something_is_added(drawn: Desk, qtbot) -> None:
    board = drawn.graph_views.page.board
    click(board, "scene:2")
    before = {node: (place.left, place.top) for node, place in board.layout_now.places.items()}

    def add(project) -> None:
        commands = GraphCommands(project)
        commands.make(commands.add_character("ADA"))
        commands.make(commands.edit(MARA, "name", "ZARA"))

    drawn.operations.run(add)
    drawn.operations.run(lambda project: drawn.reader.refresh())
    qtbot.waitUntil(lambda: drawn.stage.film.revision == 3, timeout=20_000)
    after = board.layout_now.places
    assert {node: (after[node].left, after[node].top) for node in before} == before
    assert len(after) == len(before) + 1 and board.chosen == "scene:2"


def test_ends_of_edges_out_of_view_are_told_and_lead_there(tmp_path: Path, open_desk: Open, qtbot) -> None:
    maker = FilmMaker(tmp_path / "crowd.matchcut")
    maker.draft(big_graph(1500))
    maker.project.close()
    desk = show(open_desk(tmp_path / "crowd.matchcut"), qtbot)
    board = desk.graph_views.page.board
    desk.stage.choose_item("scene:60")
    board.grab()
    assert board.pins and all(pin.up for pin in board.pins)
    pin = board.pins[0]
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=pin.rect.center().toPoint())
    assert desk.stage.item_id == pin.node
    assert board.viewport().rect().contains(board.camera.rect(board.layout_now.places[pin.node]).toRect())


@pytest.mark.parametrize("unfolds", [False, True])
def test_nothing_overlaps_and_the_same_graph_gives_the_same_drawing(unfolds: bool) -> None:
    net = GraphNet(GraphView(big_graph(400)))
    unfolded = {node for column in COLUMNS for node in net.columns[column]} if unfolds else set[str]()
    layout = lay_out(net, unfolded, Slots())
    assert layout.places == lay_out(net, unfolded, Slots()).places
    for column in COLUMNS:
        places = layout.columns[column]
        assert all(one.bottom <= other.top for one, other in pairwise(places))
    edges = [max(place.right for place in layout.columns[column]) for column in COLUMNS if layout.columns[column]]
    starts = [layout.lefts[column] for column in COLUMNS if layout.columns[column]]
    assert all(right < left for right, left in zip(edges[:-1], starts[1:], strict=True))


def test_who_goes_leaves_the_others_where_they_are_and_comes_back_to_the_same_place() -> None:
    graph = contradicting_graph()
    slots = Slots()
    before = lay_out(GraphNet(GraphView(graph)), (), slots).places
    without = removed(graph, MARA).after
    gone = lay_out(GraphNet(GraphView(without)), (), slots).places
    assert MARA not in gone and gone[THEO] == before[THEO]
    assert lay_out(GraphNet(GraphView(graph)), (), slots).places == before


def test_contradictions_are_marked_on_both_and_on_what_they_stand_under() -> None:
    view = GraphView(contradicting_graph())
    faults = faults_of(view, open_ends(view))
    assert set(faults.by_item) == {"constraint:mara/eyes/@film", "constraint:mara/eyes/@film/2", MARA}
