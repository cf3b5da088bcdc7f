"""Shaping the scene graph on the real window: every verb, by mouse and by key, costed first, undone and redone."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop.desk import Desk
from desktop.views.graph_items import Kind
from storage.domain.open_ends import Sort
from storage.domain.scene_graph import ConstraintId, SceneGraph
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute
from storage.graph_commands import GraphCommands
from storage.project import Project

WAIT_MS = 60_000
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MARA, THEO = "character:mara", "character:theo"
COAT = ConstraintId("constraint:mara/garment/coat@film")
AGE = ConstraintId("constraint:mara/age/@film")
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.window(), key, modifier)


def click(widget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def graph(desk: Desk) -> SceneGraph:
    return desk.stage.film.view.graph


def named(desk: Desk, name: str) -> str:
    """The id of a character, setting or prop."""
    items = (*graph(desk).characters.values(), *graph(desk).settings.values(), *graph(desk).props.values())
    return next((item.id for item in items if item.name == name), "")


def fill(desk: Desk, **values: str) -> None:
    """Type into fields of the panel, in place of what stands there."""
    for name, value in values.items():
        widget = desk.tree.panel.fields[name]
        if hasattr(widget, "setCurrentText"):
            widget.setCurrentText(value)
            continue
        line = getattr(widget, "line", widget)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, value)
        line.leave_offer(take=False)


def make(desk: Desk, qtbot) -> None:
    """Confirm what is in the panel, once its cost is there, and wait until the film was read again."""
    panel, revision = desk.tree.panel, desk.stage.film.revision
    qtbot.waitUntil(panel.confirm.isEnabled, timeout=WAIT_MS)
    click(panel.confirm)
    qtbot.waitUntil(lambda: desk.stage.film.revision == revision + 1, timeout=WAIT_MS)
    assert panel.form is None and not panel.isVisible()


def undo(desk: Desk, qtbot) -> None:
    revision = desk.stage.film.revision
    press(desk, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: desk.stage.film.revision == revision + 1, timeout=WAIT_MS)


def redo(desk: Desk, qtbot) -> None:
    revision = desk.stage.film.revision
    press(desk, Qt.Key.Key_Y, CONTROL)
    qtbot.waitUntil(lambda: desk.stage.film.revision == revision + 1, timeout=WAIT_MS)


def test_fields_of_a_shot_are_edited_as_one_act(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.choose_item("shot:1B")
    press(desk, Qt.Key.Key_F2)
    fill(desk, size="close-up", frames="2 s", people="MARA, THEO", action="She turns.")
    make(desk, qtbot)
    shot = graph(desk).shots["shot:1B"]
    assert (shot.size, shot.duration_frames, shot.action) == ("close-up", 48, "She turns.")
    assert [person.character_id for person in shot.people] == [MARA, THEO]
    assert desk.stage.item_id == "shot:1B"
    assert "1B: size medium shot → close-up; frames 72 → 48" in desk.strip.text
    undo(desk, qtbot)
    assert graph(desk).shots["shot:1B"].size == "medium shot"
    redo(desk, qtbot)
    assert graph(desk).shots["shot:1B"].size == "close-up"


def test_every_kind_of_thing_is_edited(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    for item_id, values in (
        (MARA, {"name": "MARIA", "billing": "supporting"}),
        ("setting:2", {"name": "GALLEY", "side": "outside"}),
        ("scene:1", {"heading": "EXT. PIER - NIGHT", "time": "night", "day": "2"}),
        (COAT, {"value": "teal", "strength": "should", "scope": "sc 1"}),
    ):
        desk.stage.choose_item(item_id)
        press(desk, Qt.Key.Key_F2)
        fill(desk, **values)
        make(desk, qtbot)
        assert desk.stage.item_id == item_id
    after = graph(desk)
    assert (after.characters[MARA].name, after.characters[MARA].billing) == ("MARIA", "supporting")
    assert (after.settings["setting:2"].name, after.settings["setting:2"].interior) == ("GALLEY", False)
    scene = after.scenes["scene:1"]
    assert (scene.heading, scene.time_of_day, scene.story_day) == ("EXT. PIER - NIGHT", "night", 2)
    coat = after.constraints[COAT]
    assert (coat.value, coat.strength, coat.scope.scene_id) == ("teal", "should", "scene:1")


def test_characters_settings_props_and_constraints_are_added_and_chosen(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    for kind, name in (("character", "IDA"), ("setting", "PIER"), ("prop", "lamp")):
        press(desk, Qt.Key.Key_Insert)
        desk.tree.panel.variant.setCurrentText(kind)
        fill(desk, name=name)
        make(desk, qtbot)
        assert desk.stage.item_id == named(desk, name) != ""
    desk.stage.choose_item(named(desk, "IDA"))
    click(desk.tree.add)
    assert desk.tree.panel.fields["claim"].hasFocus(), "of whom is known"
    fill(desk, claim="glasses", value="red", scope="2B")
    make(desk, qtbot)
    made = graph(desk).constraints[ConstraintId(desk.stage.item_id)]
    assert (made.entity_id, made.attribute, made.part) == (named(desk, "IDA"), Attribute.ACCESSORY, "glasses")
    assert made.scope.shot_id == "shot:2B"
    undo(desk, qtbot)
    assert desk.stage.item_id == named(desk, "IDA"), "what the constraint was about"


def test_scenes_and_shots_are_added_where_one_is(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.choose_item("shot:1A")
    press(desk, Qt.Key.Key_Insert)
    panel = desk.tree.panel
    assert panel.variant.currentText() == "shot" and panel.fields["before"].text() == "1B"
    fill(desk, people="THEO")
    qtbot.waitUntil(panel.confirm.isEnabled, timeout=WAIT_MS)
    assert "1 shot is new" in panel.cost.text()
    make(desk, qtbot)
    shots = desk.stage.film.view.shots_of("scene:1")
    assert [shot.label for shot in shots] == ["1A", "1D", "1B", "1C"]
    assert desk.stage.item_id == shots[1].id
    press(desk, Qt.Key.Key_Insert)
    panel.variant.setCurrentText("scene")
    assert panel.fields["after"].text() == "1"
    fill(desk, setting="kitchen", time="dawn")
    make(desk, qtbot)
    assert [scene.number for scene in desk.stage.film.view.scenes] == ["1", "1A", "2", "3"]
    assert desk.stage.item_id == "scene:1A"


def test_merge_by_the_name_of_the_other_says_what_is_dropped(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    commands = GraphCommands(project)
    commands.make(commands.add_character("YOUNG MARA"))
    young = next(item.id for item in commands.view.graph.characters.values() if item.name == "YOUNG MARA")
    commands.make(commands.add_constraint(young, Attribute.EYES, "green"))
    project.close()
    desk = open_desk(folder)
    desk.stage.choose_item(young)
    press(desk, Qt.Key.Key_M, CONTROL)
    panel = desk.tree.panel
    line = panel.fields["other"]
    QTest.keyClicks(line, "mar")
    assert [line.list.item(row).text() for row in range(line.list.count())] == ["MARA"]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "MARA"
    qtbot.waitUntil(panel.confirm.isEnabled, timeout=WAIT_MS)
    assert panel.words.text() == "merge YOUNG MARA into MARA"
    assert "brown of MARA holds" in panel.dropped.text()
    make(desk, qtbot)
    assert young not in graph(desk).characters and desk.stage.item_id == MARA
    assert graph(desk).characters[MARA].names == ("MARA", "YOUNG MARA")
    undo(desk, qtbot)
    assert young in graph(desk).characters


def test_a_character_is_split_by_ticking_scenes_and_shots(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.choose_item(MARA)
    click(desk.tree.split)
    panel = desk.tree.panel
    fill(desk, name="YOUNG MARA")
    places = panel.fields["places"]
    scene, shots = places.tree.topLevelItem(2), places.tree.topLevelItem(0)
    scene.setCheckState(0, Qt.CheckState.Checked)
    shots.child(1).setCheckState(0, Qt.CheckState.Checked)
    assert places.text() == "1B, 3"
    assert shots.checkState(0) is Qt.CheckState.PartiallyChecked
    make(desk, qtbot)
    young = named(desk, "YOUNG MARA")
    assert desk.stage.item_id == young
    seen = {shot.label for shot in desk.stage.film.view.shots if any(p.character_id == young for p in shot.people)}
    assert seen == {"1B", "3A", "3B"}
    undo(desk, qtbot)
    assert not named(desk, "YOUNG MARA")


def test_scenes_shots_and_constraints_are_split(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    desk.stage.choose_item("scene:1")
    press(desk, Qt.Key.Key_D, CONTROL)
    fill(desk, first="1C")
    make(desk, qtbot)
    assert [shot.label for shot in desk.stage.film.view.shots_of("scene:1A")] == ["1C"]
    desk.stage.choose_item("shot:1A")
    press(desk, Qt.Key.Key_D, CONTROL)
    fill(desk, frame="40")
    make(desk, qtbot)
    assert [s.duration_frames for s in desk.stage.film.view.shots_of("scene:1")][:2] == [40, 56]
    desk.stage.choose_item(COAT)
    press(desk, Qt.Key.Key_D, CONTROL)
    fill(desk, places="2B")
    make(desk, qtbot)
    own = graph(desk).constraints[ConstraintId(desk.stage.item_id)]
    assert (own.value, own.scope.shot_id) == ("yellow", "shot:2B")


def test_delete_is_confirmed_by_enter_and_chooses_what_stood_beside(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_seam(Seam.SCRIPT)
    desk.stage.choose_item("shot:1B")
    press(desk, Qt.Key.Key_Delete)
    panel = desk.tree.panel
    qtbot.waitUntil(panel.confirm.hasFocus, timeout=WAIT_MS)
    assert "1 shot goes, takes are kept" in panel.cost.text()
    QTest.keyClick(panel.confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "shot:1B" not in graph(desk).shots, timeout=WAIT_MS)
    assert desk.stage.item_id == "shot:1C"
    undo(desk, qtbot)
    assert "shot:1B" in graph(desk).shots and desk.stage.item_id == "shot:1C"


def test_bad_input_is_told_in_one_sentence_and_stays_typed(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    desk.stage.choose_item("shot:1B")
    press(desk, Qt.Key.Key_F2)
    fill(desk, people="MARA, NOBODY KNOWN", frames="long")
    panel = desk.tree.panel
    QTest.keyClick(panel.fields["frames"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: '"long" is no number of frames' in desk.strip.text, timeout=WAIT_MS)
    assert panel.fields["frames"].text() == "long" and panel.fields["people"].text() == "MARA, NOBODY KNOWN"
    assert not panel.confirm.isEnabled()
    fill(desk, frames="60")
    QTest.keyClick(panel.fields["frames"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: 'Nothing is called "NOBODY KNOWN"' in desk.strip.text, timeout=WAIT_MS)
    fill(desk, people="THEO")
    make(desk, qtbot)
    assert graph(desk).shots["shot:1B"].duration_frames == 60


def test_an_edit_that_is_being_typed_outlives_another_edit(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    desk.stage.choose_item(COAT)
    press(desk, Qt.Key.Key_F2)
    fill(desk, value="red")
    panel = desk.tree.panel
    qtbot.waitUntil(panel.confirm.isEnabled, timeout=WAIT_MS)
    desk.operations.settle([AGE])
    qtbot.waitUntil(lambda: desk.stage.film.revision == 2, timeout=WAIT_MS)
    assert panel.fields["value"].text() == "red"
    make(desk, qtbot)
    assert graph(desk).constraints[COAT].value == "red"


def test_the_outline_is_searched_and_what_is_found_is_stepped_through(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    press(desk, Qt.Key.Key_F, CONTROL | SHIFT)
    line = desk.tree.search.line
    assert line.hasFocus()
    QTest.keyClicks(line, "mara coat")
    qtbot.waitUntil(lambda: desk.tree.search.told.text() == "2 found", timeout=WAIT_MS)
    shown = {row.id for row in desk.tree.items._rows.values() if row.kind is not Kind.GROUP}
    assert shown == {MARA, COAT, "constraint:mara/garment/coat@scene:3"}
    QTest.keyClick(line, Qt.Key.Key_Return)
    first = desk.stage.item_id
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert {first, desk.stage.item_id} == {COAT, "constraint:mara/garment/coat@scene:3"}
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.text() and desk.tree.tree.hasFocus()
    assert desk.tree.items.index_of(THEO).isValid()


def test_the_menu_of_a_row_has_the_verbs_with_their_keys(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    desk.tree.choose_constraint(COAT)
    place = desk.tree.tree.visualRect(desk.tree.tree.currentIndex()).center()
    desk.tree.tree.customContextMenuRequested.emit(place)
    menu = desk.tree.findChild(QMenu)
    told = {action.text(): action.shortcut().toString() for action in menu.actions() if action.text()}
    assert told["Edit what is chosen in the scene graph"] == "F2"
    assert told["Delete what is chosen from the scene graph"] == "Del"
    menu.close()


def test_a_line_is_one_click_from_what_rests_on_it_and_the_other_way(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    page = desk.viewer.script_page.page
    qtbot.waitUntil(lambda: page.document().blockCount() > 10, timeout=WAIT_MS)
    desk.stage.choose_item(COAT)
    assert page.marked == (5,)
    seen = []
    for _ in range(5):
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=page.point_of(5))
        seen.append(desk.stage.item_id)
    assert len(set(seen)) == 4 and seen[3] == COAT and seen[4] == seen[0], "all claims of the line, in turn"
    listed = desk.viewer.script_page.claims
    assert set(listed.item_ids) == set(seen)
    row = listed.item_ids.index(MARA)
    place = listed.list.visualRect(listed.list.model().index(row)).center()
    QTest.mouseClick(listed.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.stage.item_id == MARA
    assert desk.tree.items.row_at(desk.tree.tree.currentIndex()).id == MARA
    desk.stage.choose_item(AGE)
    assert page.marked == () and "is proposed" in listed.words.whole_text


def test_lines_are_stepped_through_by_key(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    page = desk.viewer.script_page.page
    qtbot.waitUntil(lambda: page.document().blockCount() > 10, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_F4)
    assert (page.line, desk.stage.item_id) == (3, "constraint:scene:1/time")
    press(desk, Qt.Key.Key_F4)
    assert page.line == 5
    press(desk, Qt.Key.Key_F4, SHIFT)
    assert page.line == 3
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Down)
    first = desk.stage.item_id
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.line == 5 and desk.stage.item_id != first


def test_open_ends_lead_to_what_they_are_about_and_are_settled(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("drafted")
    project = Project.open(folder)
    commands = GraphCommands(project)
    commands.make(commands.add_constraint(MARA, Attribute.EYES, "grey"))
    project.close()
    desk = open_desk(folder)
    press(desk, Qt.Key.Key_O, SHIFT)
    page = desk.graph.open_ends
    assert page.isVisible() and page.list.hasFocus()
    assert page.chosen.sort is Sort.CONTRADICTION
    assert desk.stage.item_id == page.chosen.constraint_ids[0]
    keep = next(button for button in page.findChildren(type(page.go).__mro__[1]) if button.text() == "Keep grey")
    click(keep)
    make(desk, qtbot)
    eyes = [each for each in graph(desk).constraints.values() if each.key == f"{MARA}/eyes/"]
    assert [each.value for each in eyes] == ["grey"]

    places = {end.subject: row for row, end in enumerate(page.model.rows) if getattr(end, "constraint_ids", ())}
    row = page.model.index(places[MARA])
    page.list.scrollTo(row)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(row).center())
    assert desk.stage.item_id == MARA
    before = len(desk.stage.film.proposed())
    press(desk, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(desk.stage.film.proposed()) == before - 2, timeout=WAIT_MS)
    assert page.chosen is not None and page.chosen.subject != MARA, "on to the next"
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert desk.tree.panel.form is not None
    press(desk, Qt.Key.Key_Escape)
    click(page.settle_all)
    qtbot.waitUntil(lambda: not desk.stage.film.proposed(), timeout=WAIT_MS)
    assert not any(end.sort is Sort.PROPOSED for end in desk.stage.film.open_ends())
