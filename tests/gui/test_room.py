"""Small windows: panels give way to the page that is worked on, and come back when they are asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from storage.domain.takes import Seam

WAIT_MS = 60_000
ROOMY, DOUBLED, ENLARGED = (1480, 900), (960, 540), (853, 480)
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def resize(desk: Desk, size: tuple[int, int], qtbot) -> None:
    def is_resized() -> bool:
        # What the window needs at least is known once it was laid out.
        desk.window().resize(*size)
        return (desk.window().width(), desk.window().height()) == size

    qtbot.waitUntil(is_resized, timeout=WAIT_MS)


@pytest.mark.parametrize("size", [DOUBLED, ENLARGED])
def test_a_page_has_the_room_of_the_panels_in_a_small_window(film: Film, open_desk: Open, qtbot, size) -> None:
    desk = open_desk(film("drafted"))
    desk.stage.show_seam(Seam.SCRIPT)
    resize(desk, ROOMY, qtbot)
    assert desk.inspector.isVisible() and desk.timeline.isVisible()
    resize(desk, size, qtbot)
    assert not desk.inspector.isVisible() and not desk.timeline.isVisible() and desk.tree.isVisible()
    board = desk.graph_views.page.board
    QTest.keyClick(desk.window(), Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    assert board.height() > desk.height() // 3 and desk.graph_views.page.more.isVisible()
    tabs = desk.viewer.script_desk.tabs
    assert all(tab.width() >= tab.sizeHint().width() for tab in tabs), "no name of a page is cut"
    resize(desk, ROOMY, qtbot)
    assert desk.inspector.isVisible() and desk.timeline.isVisible()


def test_panels_come_back_by_key_and_button(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    desk.stage.show_seam(Seam.SCRIPT)
    resize(desk, DOUBLED, qtbot)
    panels = desk.viewer.script_desk.panels
    assert not panels.isChecked()
    QTest.keyClick(desk.window(), Qt.Key.Key_F11)
    assert desk.inspector.isVisible() and desk.timeline.isVisible() and panels.isChecked()
    QTest.mouseClick(panels, Qt.MouseButton.LeftButton)
    assert not desk.inspector.isVisible()
    desk.stage.show_seam(Seam.KEYFRAME)
    assert desk.inspector.isVisible() and desk.timeline.isVisible()
    resize(desk, (853, desk.window().height()), qtbot)
    assert not desk.tree.isVisible(), "beside a take the outline gives way"
    resize(desk, ROOMY, qtbot)
    assert desk.tree.isVisible()
