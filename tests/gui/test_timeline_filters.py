"""Filtering shots on the timeline of a real film: chips, people, places, words, names, keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.timeline.chips import ChosenChip
from desktop.timeline.saved_filters import SavedFilters
from desktop.timeline.shot_filter import Facet, ShotFilter
from tests.gui.film_maker import shot_id
from tests.gui.test_timeline import WAIT_MS, Film, Open, card, centre, selected

LEFT = Qt.MouseButton.LeftButton


def matching(desk: Desk) -> list[str]:
    matches = desk.timeline.matches
    return [item.shot.label for place, item in enumerate(desk.timeline.line.shots) if matches is None or matches[place]]


def shown_menu(button) -> dict:
    button.menu().aboutToShow.emit()
    return {action.text().partition("\t")[0]: action for action in button.menu().actions()}


def test_chips_count_and_add_up_and_people_narrow(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    bar = desk.timeline_panel.bar
    assert {facet: chip.count for facet, chip in bar.chips.items()} == {
        Facet.NEEDS_ME: 3,
        Facet.DRIFT: 1,
        Facet.STALE: 0,
        Facet.IN_WORK: 2,
        Facet.APPROVED: 3,
    }
    QTest.mouseClick(bar.chips[Facet.DRIFT], LEFT)
    assert matching(desk) == ["2B"]
    QTest.mouseClick(bar.chips[Facet.APPROVED], LEFT)
    assert matching(desk) == ["1A", "1B", "1C", "2B"]
    assert bar.told.text() == "4 of 8"
    shown_menu(bar.characters)["THEO"].trigger()
    assert matching(desk) == ["1A"]
    chip = bar.findChild(ChosenChip)
    assert chip.text() == "THEO ✕"
    QTest.mouseClick(chip, LEFT)
    shown_menu(bar.settings)["KITCHEN"].trigger()
    assert matching(desk) == ["2B"]
    assert len(desk.timeline.line) == 8, "what does not match is dimmed, not gone"


def test_words_are_typed_and_enter_goes_to_the_match(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    bar = desk.timeline_panel.bar
    QTest.keyClick(desk.window(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "market close")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert matching(desk) == ["3B"]
    assert desk.stage.spot.shot_id == shot_id("3B")
    assert desk.timeline.hasFocus()
    QTest.keyClick(desk.timeline, Qt.Key.Key_Escape)
    assert bar.filter.is_empty and bar.field.text() == "" and len(matching(desk)) == 8


def test_f3_goes_through_the_matches_and_n_through_the_film(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_shot(shot_id("1A"))
    QTest.keyClick(desk.window(), Qt.Key.Key_F3)
    assert desk.stage.spot.shot_id == shot_id("2B"), "with no filter, where something drifts"
    desk.timeline_panel.bar.use(ShotFilter(characters=frozenset({"character:theo"})))
    for wanted in ("2C", "1A", "2A", "2C"):
        QTest.keyClick(desk.window(), Qt.Key.Key_F3)
        assert desk.stage.film.card(desk.stage.spot.shot_id).shot.label == wanted
    QTest.keyClick(desk.window(), Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert desk.stage.spot.shot_id == shot_id("2A")
    desk.timeline_panel.bar.use(ShotFilter(text="nothing at all"))
    QTest.keyClick(desk.window(), Qt.Key.Key_F3)
    assert "No shot matches." in desk.strip.text
    QTest.keyClick(desk.window(), Qt.Key.Key_N)
    assert desk.stage.spot in desk.stage.film.waiting


def test_what_does_not_match_is_hidden_when_one_wants_it_so(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    bar, timeline = desk.timeline_panel.bar, desk.timeline
    bar.use(ShotFilter(text="close-up"))
    QTest.mouseClick(bar.hide_others, LEFT)
    assert matching(desk) == ["1C", "2B", "3B"]
    left = timeline.rect_of(card(desk, "2B")).left()
    assert abs(timeline.rect_of(card(desk, "1C")).right() - left) <= 6
    assert timeline.rect_of(card(desk, "2A")).isEmpty()
    QTest.mouseClick(timeline.viewport(), LEFT, pos=centre(desk, "2B"))
    assert desk.stage.spot.shot_id == shot_id("2B")
    QTest.keyClick(desk.window(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert selected(desk) == ["1C", "2B", "3B"]
    desk.operations.false_alarm(desk.stage.take.id, "character:mara/eyes/")
    qtbot.waitUntil(lambda: card(desk, "2B").num_flags == 0, timeout=WAIT_MS)
    assert matching(desk) == ["1C", "2B", "3B"], "a newer reading keeps the filter"
    bar.use(ShotFilter(text="nothing at all"))
    timeline.grab()
    bar.clear()
    assert len(timeline.line) == 8


def test_ctrl_a_selects_what_the_filter_shows(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    desk.timeline_panel.bar.use(ShotFilter(facets=frozenset({Facet.NEEDS_ME})))
    QTest.keyClick(desk.window(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert selected(desk) == ["2A", "2B", "3A"]


def test_filters_are_kept_by_name(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    bar = desk.timeline_panel.bar
    bar.use(ShotFilter(facets=frozenset({Facet.DRIFT}), text="mara"))
    shown_menu(bar.saved)["Save this filter…"].trigger()
    assert bar.name_field.hasFocus()
    QTest.keyClicks(bar.name_field, "Mara's eyes")
    QTest.keyClick(bar.name_field, Qt.Key.Key_Return)
    bar.clear()
    shown_menu(bar.saved)["Mara's eyes"].trigger()
    assert matching(desk) == ["2B"] and bar.field.text() == "mara" and bar.chips[Facet.DRIFT].isChecked()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)


def test_saved_filters_survive_and_can_be_let_go(settings: QSettings) -> None:
    kept = ShotFilter(
        facets=frozenset({Facet.DRIFT, Facet.STALE}), characters=frozenset({"character:mara"}), text="“eyes”; 1%"
    )
    SavedFilters(settings).save("  Mara ", kept)
    again = SavedFilters(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    assert again.everything() == {"Mara": kept}
    again.forget("Mara")
    assert again.everything() == {}


def test_a_damaged_settings_file_loses_the_filters_and_nothing_else(settings: QSettings, caplog) -> None:
    settings.setValue("timeline/filters", "{not json")
    assert SavedFilters(settings).everything() == {}
    assert "cannot be read" in caplog.text
    SavedFilters(settings).save("New", ShotFilter(text="x"))
    assert list(SavedFilters(settings).everything()) == ["New"]


def test_keys_filter_and_hide(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(desk.window(), Qt.Key.Key_2, alt)
    assert desk.timeline_panel.bar.filter.facets == {Facet.DRIFT}
    QTest.keyClick(desk.window(), Qt.Key.Key_H, alt)
    assert len(desk.timeline.line) == 1
    QTest.keyClick(desk.window(), Qt.Key.Key_5, alt)
    assert matching(desk) == ["1A", "1B", "1C", "2B"]
    QTest.keyClick(desk.window(), Qt.Key.Key_H, alt)
    assert len(desk.timeline.line) == 8
    for key in (Qt.Key.Key_2, Qt.Key.Key_5):
        QTest.keyClick(desk.window(), key, alt)
    assert desk.timeline_panel.bar.filter.is_empty


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_that_has_the_focus_is_pressed_by_keys_and_nothing_plays(
    key: Qt.Key, film: Film, open_desk: Open, qtbot
) -> None:
    desk = open_desk(film("busy"))
    bar = desk.timeline_panel.bar
    for chip in (bar.chips[Facet.DRIFT], bar.chips[Facet.APPROVED]):
        chip.setFocus()
        QTest.keyClick(chip, key)
    assert bar.filter.facets == {Facet.DRIFT, Facet.APPROVED}
    assert not desk.viewer.player.is_playing
    bar.characters.setFocus()
    QTest.keyClick(bar.characters, key)
    menu = bar.characters.menu()
    qtbot.waitUntil(menu.isVisible, timeout=WAIT_MS)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert matching(desk) == ["1A", "1B", "1C", "2B"] and len(bar.filter.characters) == 1
