"""The page of keys: found, recorded, in conflict, given back; actions and badges follow."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QKeyCombination, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest

from desktop.actions import actions_in
from desktop.desk import Desk
from desktop.keymap import Keymap
from desktop.list_keys import LIST_KEYS
from desktop.tables import TABLES
from desktop.views.parts import KeyButton
from desktop.views.shortcuts_page import ShortcutsPage
from desktop.window import MainWindow
from storage.domain.takes import Seam

Open = Callable[..., Desk]
Film = Callable[[str], Path]


def page_of(window: MainWindow) -> ShortcutsPage:
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_Question)
    page = window.pages.currentWidget()
    assert isinstance(page, ShortcutsPage)
    return page


def choose(page: ShortcutsPage, name: str) -> None:
    page.field.clear()
    place = [row.name for row in page.list.rows.rows].index(name)
    page.list.setCurrentIndex(page.list.rows.index(place, 0))


def test_every_action_is_listed_and_no_key_does_two_things(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    window = desk.window()
    assert isinstance(window, MainWindow)
    page = page_of(window)
    of_actions = [row.name for row in page.list.rows.rows if not row.name.startswith("own/")]
    assert of_actions == [entry.name for table in TABLES for entry in table]
    assert {entry.name for entry, _ in actions_in(window)} == set(of_actions)
    keys = [key for table in TABLES for entry in table for key in entry.keys]
    assert len(keys) == len(set(keys))


def test_it_is_found_by_word_and_by_key(make_window, qtbot) -> None:
    page = page_of(make_window())
    assert page.field.hasFocus()
    QTest.keyClicks(page.field, "wipe")
    assert page.list.chosen.name == "wipe"
    page.field.setText("Shift+A")
    assert page.list.chosen.name == "approve_clean"
    page.field.setText("qqqq")
    assert page.list.chosen is None and not page.record.isEnabled()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.window().pages.shown == ""


def test_a_key_is_recorded_and_everything_follows_it(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    window = desk.window()
    page = page_of(window)
    choose(page, "cut_seam")
    QTest.mouseClick(page.record, Qt.MouseButton.LeftButton)
    assert page.record.isChecked()
    QTest.keyClick(page.record, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.chosen.keys == "Shift+F8" and page.list.chosen.mark == "changed"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    tab = desk.viewer.header.tabs[Seam.CUT]
    assert tab.told_tip.endswith("⇧F8")
    QTest.keyClick(window, Qt.Key.Key_4)
    assert desk.stage.spot.seam is not Seam.CUT
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert desk.stage.spot.seam is Seam.CUT
    window.keymap.give("next_for_me", "F9")
    assert desk.top_bar.needs.key == "F9" and "F9" in desk.top_bar.needs.accessibleDescription()
    desk.strip.show_problem("There is no take on screen.", "Press {next_for_me} for the next.")
    assert desk.strip.text.endswith("Press F9 for the next.")


def test_a_conflict_is_told_and_settled(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    page = page_of(desk.window())
    keymap = desk.window().keymap
    choose(page, "wipe")
    page.record.setFocus()
    page.record.setChecked(True)
    QTest.keyClick(page.record, Qt.Key.Key_A)
    assert page.conflict.text() == "A has something to do already: “Approve the take on screen, or the scene graph”."
    assert keymap.told("wipe") == "W"
    QTest.mouseClick(page.leave, Qt.MouseButton.LeftButton)
    assert not page.conflict.isVisible() and keymap.told("wipe") == "W"
    page.another.setChecked(True)
    QTest.keyClick(page.another, Qt.Key.Key_A)
    QTest.keyClick(page.take, Qt.Key.Key_Return)
    assert (keymap.told("wipe"), keymap.told("approve")) == ("W or A", "")
    choose(page, "approve")
    assert page.list.chosen.keys == "no key"
    QTest.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert "“Compare: wipe” has it" in page.conflict.text() and keymap.told("approve") == ""
    QTest.mouseClick(page.reset_all, Qt.MouseButton.LeftButton)
    assert (keymap.told("wipe"), keymap.told("approve")) == ("W", "A")
    assert not page.reset_all.isEnabled()


def test_recording_is_called_off_and_a_key_can_be_taken_away(make_window, qtbot) -> None:
    page = page_of(make_window())
    choose(page, "shot_after")
    page.record.setFocus()
    page.record.setChecked(True)
    QTest.keyClick(page.record, Qt.Key.Key_Shift)
    assert page.record.isChecked()
    QTest.keyClick(page.record, Qt.Key.Key_Escape)
    assert not page.record.isChecked() and page.list.chosen.keys == "PgDown or ."
    QTest.keyClick(page.record, Qt.Key.Key_Return)
    assert page.record.isChecked()
    QTest.keyClick(page.record, Qt.Key.Key_Tab)
    assert page.list.chosen.keys == "Tab"
    QTest.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert page.list.chosen.keys == "no key"
    QTest.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert page.list.chosen.keys == "PgDown or ."


def test_keys_are_kept_and_a_damaged_file_gives_the_tables(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    Keymap(TABLES, settings).give("wipe", "Ctrl+Shift+F12")
    assert Keymap(TABLES, settings).keys("wipe") == ("Ctrl+Shift+F12",)
    settings.setValue("keys/changed", "{nonsense")
    assert Keymap(TABLES, settings).keys("wipe") == ("W",)


def test_every_badge_of_the_desk_that_has_a_key_of_a_table_follows_it(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    window = desk.window()
    shown = {window.keymap.shown(entry.name) for entry in window.keymap.entries} - {""}
    of_the_queue = desk.queue.findChildren(KeyButton)
    fixed = [b for b in desk.findChildren(KeyButton) if b.key in shown and not b.action and b not in of_the_queue]
    assert [button.text() for button in fixed] == []


def test_keys_that_views_keep_for_themselves_are_listed_as_they_are(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    views = {
        "Outline": desk.tree.tree,
        "Screenplay": desk.viewer.script_page.page,
        "Graph": desk.graph_views.page.board,
        "Open ends": desk.graph.open_ends.list,
        "Revisions": desk.graph_views.revisions.list,
        "New draft": desk.graph_views.draft.list,
        "Notes": desk.notes.panel.list,
        "All takes": desk.viewer.sheet,
        "Queue": desk.queue.list,
    }
    assert set(views) == set(LIST_KEYS)
    modifiers = [QKeySequence(f"{each}A")[0].keyboardModifiers() for each in ("", "Shift+", "Ctrl+", "Alt+")]
    for place, view in views.items():
        listed = {QKeySequence(key)[0] for own in LIST_KEYS[place] for key in own.keys}
        pressed = {QKeyCombination(modifier, each.key()) for modifier in modifiers for each in listed}
        pressed |= {QKeyCombination(modifier, Qt.Key.Key_W) for modifier in modifiers}
        for combination in pressed:
            event = QKeyEvent(QEvent.Type.ShortcutOverride, combination.key(), combination.keyboardModifiers())
            event.ignore()
            view.event(event)
            assert event.isAccepted() is (combination in listed), (place, combination)


def test_keys_of_views_are_found_and_read_but_not_changed(make_window) -> None:
    window = make_window()
    window.pages.open("shortcuts")
    page = window.pages.currentWidget()
    QTest.keyClicks(page.field, "along an edge")
    told = page.list.chosen
    assert told.words == "Graph: Along an edge to the left, to the right" and told.keys == "← or →"
    assert told.mark == "fixed" and not page.record.isEnabled() and not page.clear.isEnabled()
