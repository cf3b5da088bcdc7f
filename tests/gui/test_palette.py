"""The palette over every action, by mouse and keyboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import KeyAction, actions_in, add_actions
from desktop.desk import Desk
from desktop.window import MainWindow
from storage.domain.takes import Seam

Open = Callable[..., Desk]
Film = Callable[[str], Path]
CTRL = Qt.KeyboardModifier.ControlModifier


def window_of(desk: Desk) -> MainWindow:
    window = desk.window()
    assert isinstance(window, MainWindow)
    return window


def rows(window: MainWindow) -> list[str]:
    return [row.name for row in window.palette_of_actions.list.rows.rows]


def test_it_finds_shows_and_does(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    window = window_of(desk)
    qtbot.waitUntil(desk.viewer.canvas.hasFocus)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.palette_of_actions
    assert palette.isVisible() and palette.field.hasFocus() and not palette.isModal()
    QTest.keyClicks(palette.field, "cut")
    assert (palette.list.chosen.name, palette.list.chosen.keys) == ("cut_seam", "4")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.stage.spot.seam is Seam.CUT and not palette.isVisible()
    assert desk.viewer.canvas.hasFocus(), "the keys go back to what had them"


def test_every_action_of_the_window_is_there_and_a_later_table_too(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    window = window_of(desk)
    done: list[str] = []
    add_actions(desk, (KeyAction(name="dance", words="Dance a jig", keys=()),), {"dance": lambda: done.append("jig")})
    window.palette_of_actions.toggle()
    names = {entry.name for entry, _ in actions_in(window)} - {"palette"}
    assert set(rows(window)) == names and {"open_film", "approve", "queue", "dance"} <= names
    window.palette_of_actions.field.setText("jig")
    QTest.keyClick(window.palette_of_actions.field, Qt.Key.Key_Enter)
    assert done == ["jig"]


def test_arrows_choose_escape_and_a_click_elsewhere_close(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    window = window_of(desk)
    palette = window.palette_of_actions
    before = desk.stage.finding_key
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    first = palette.list.chosen
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.chosen != first and desk.stage.finding_key == before
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.chosen == first
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette.field.setText("zzzz")
    assert palette.nothing.isVisible() and palette.list.chosen is None
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    desk.tree.tree.setFocus()
    assert not palette.isVisible() and desk.tree.tree.hasFocus()


def test_a_click_does_it_and_it_is_remembered(film: Film, make_window, tmp_path: Path, qtbot) -> None:
    window: MainWindow = make_window()
    settings = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    from desktop.views.palette import Palette

    def open_one() -> Palette:
        made = Palette(window, lambda: actions_in(window), window.keymap, settings)
        made.toggle()
        return made

    palette = open_one()
    palette.field.setText("keys what each")
    index = palette.list.rows.index(0, 0)
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=palette.list.visualRect(index).center())
    assert window.pages.shown == "shortcuts"
    palette.deleteLater()
    again = open_one()
    row = again.list.rows.rows[0]
    assert (row.name, row.mark) == ("shortcuts", "recent")
    again.deleteLater()


def test_what_is_done_to_the_film_comes_back_to_it(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    window = window_of(desk)
    window.pages.open("shortcuts")
    assert not desk.isVisible()
    window.palette_of_actions.toggle()
    window.palette_of_actions.field.setText("cut")
    QTest.keyClick(window.palette_of_actions.field, Qt.Key.Key_Return)
    assert desk.isVisible() and desk.stage.spot.seam is Seam.CUT
    assert QApplication.activeModalWidget() is None
