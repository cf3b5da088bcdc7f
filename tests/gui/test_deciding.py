"""The director's verbs, by key, on the real window: what is pressed lands in the ledger and shows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.snapshot import Spot
from desktop.standing_light import Light
from storage.author import this_director
from storage.commands import Commands
from storage.domain.decisions import Decision, Verb
from storage.domain.scene_graph import ConstraintId
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.project import Project
from tests.gui.film_maker import shot_id

EYES = "character:mara/eyes/"
EYES_CONSTRAINT = ConstraintId("constraint:mara/eyes/@film")
WAIT_MS = 20_000
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def ledger(folder: Path) -> list[Decision]:
    project = Project.open(folder)
    try:
        return project.ledger.everything()
    finally:
        project.close()


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.window(), key, modifier)


def label_on_screen(desk: Desk) -> tuple[str | None, Seam]:
    card = desk.stage.film.card(desk.stage.spot.shot_id)
    return (card.shot.label if card else None), desk.stage.spot.seam


def light(desk: Desk, label: str, seam: Seam) -> Light:
    return desk.stage.film.card(shot_id(label)).at(seam).light


def test_next_goes_through_what_waits_most_valuable_first_and_round(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    seen = [label_on_screen(desk)]
    for _ in range(3):
        press(desk, Qt.Key.Key_N)
        seen.append(label_on_screen(desk))
    assert seen == [("2B", Seam.KEYFRAME), ("3A", Seam.KEYFRAME), ("2A", Seam.CLIP), ("2B", Seam.KEYFRAME)]
    assert desk.top_bar.needs.text() == "3 need you"


def test_approve_by_key_is_about_the_take_on_screen(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
    take = desk.stage.take
    press(desk, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is Light.APPROVED, timeout=WAIT_MS)
    last = ledger(folder)[-1]
    assert (last.verb, last.take_id, last.author) == (Verb.APPROVE, take.id, this_director())
    assert desk.top_bar.needs.text() == "2 need you"
    assert "Approved 2A clip." in desk.strip.text and "Ctrl+Z" in desk.strip.text
    assert not desk.inspector.verbs.approve.isEnabled()


def test_undo_is_a_new_entry_and_brings_the_state_back(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
    before = len(ledger(folder))
    press(desk, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is Light.APPROVED, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is Light.NEEDS_YOU, timeout=WAIT_MS)
    after = ledger(folder)
    assert [decision.verb for decision in after[before:]] == [Verb.APPROVE, Verb.UNDO]
    assert desk.strip.text.startswith("Undone: approve 2A clip")


def test_request_changes_takes_a_note_and_the_chosen_finding(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    take = desk.stage.take
    count = len(ledger(folder))
    press(desk, Qt.Key.Key_R)
    assert desk.inspector.note.isVisible() and desk.inspector.note.hasFocus()
    note = "A fan, not Red: Next time Mara's eyes"  # holds every letter that is a key of the desk
    QTest.keyClicks(desk.inspector.note, note)
    assert len(ledger(folder)) == count
    QTest.keyClick(desk.inspector.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(ledger(folder)) == count + 1, timeout=WAIT_MS)
    last = ledger(folder)[-1]
    assert (last.verb, last.take_id, last.note, last.key) == (Verb.REQUEST_CHANGES, take.id, note, EYES)
    qtbot.waitUntil(lambda: light(desk, "2B", Seam.KEYFRAME) is Light.QUEUED, timeout=WAIT_MS)
    assert not desk.inspector.note.isVisible()
    assert note in desk.inspector.history.text()


def test_a_note_that_is_not_sent_changes_nothing(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    count = len(ledger(folder))
    press(desk, Qt.Key.Key_R)
    QTest.keyClicks(desk.inspector.note, "never mind")
    QTest.keyClick(desk.inspector.note, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.inspector.note.isVisible())
    assert len(ledger(folder)) == count


def test_false_alarm_makes_the_take_clean(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    assert desk.stage.finding_key == EYES
    press(desk, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: light(desk, "2B", Seam.KEYFRAME) is Light.NEEDS_YOU, timeout=WAIT_MS)
    assert [row.word for row in desk.inspector.rows if row.finding.key == EYES] == ["false alarm"]
    assert desk.stage.film.card(shot_id("2B")).num_flags == 0


def test_missed_drift_is_kept_on_the_finding_that_is_chosen(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
    press(desk, Qt.Key.Key_Down)
    chosen = desk.stage.finding_key
    press(desk, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is not Light.NEEDS_YOU, timeout=WAIT_MS)
    last = ledger(folder)[-1]
    assert (last.verb, last.key) == (Verb.MISSED_DRIFT, chosen)


def test_lock_and_unlock(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1A")))
    press(desk, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.stage.film.seam_card(desk.stage.spot).standing.locked, timeout=WAIT_MS)
    assert desk.inspector.verbs.lock.text() == "Unlock"
    press(desk, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not desk.stage.film.seam_card(desk.stage.spot).standing.locked, timeout=WAIT_MS)


def test_the_scene_graph_is_approved_at_the_script_seam(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("drafted")
    desk = open_desk(folder)
    assert desk.stage.spot.seam is Seam.SCRIPT
    assert desk.viewer.script_page.isVisible()
    assert "3 scenes · 8 shots" in desk.viewer.script_page.summary.text()
    press(desk, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: desk.stage.film.script is Light.APPROVED, timeout=WAIT_MS)
    assert ledger(folder)[-1].verb is Verb.APPROVE
    assert light(desk, "1A", Seam.KEYFRAME) is Light.QUEUED


def type_value(desk: Desk, value: str) -> None:
    """Choose Mara's eyes in the outline and type another colour."""
    desk.tree.choose_constraint(EYES_CONSTRAINT)
    press(desk, Qt.Key.Key_F2)
    line = desk.tree.panel.fields["value"]
    assert line.hasFocus() and line.selectedText() == "brown"
    QTest.keyClicks(line, value)


def test_editing_a_constraint_first_says_what_it_costs(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    panel = desk.tree.panel
    type_value(desk, "green")
    assert not panel.confirm.isEnabled(), "what it costs is not known yet"
    qtbot.waitUntil(panel.confirm.isEnabled, timeout=WAIT_MS)
    assert panel.words.text() == "MARA: eyes: brown → green"
    assert panel.cost.text().startswith("4 keyframes and 3 clips turn stale, about 1 min")
    QTest.keyClick(panel.fields["value"], Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert desk.tree.tree.hasFocus()
    assert desk.stage.film.revision == 1

    type_value(desk, "green")
    QTest.keyClick(panel.fields["value"], Qt.Key.Key_Return)
    qtbot.waitUntil(panel.confirm.hasFocus, timeout=WAIT_MS)
    assert desk.stage.film.revision == 1, "the first Enter only asked"
    QTest.keyClick(panel.confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stage.film.revision == 2, timeout=WAIT_MS)
    assert not panel.isVisible()
    assert light(desk, "1A", Seam.KEYFRAME) is Light.STALE
    assert light(desk, "1A", Seam.CLIP) is Light.STALE
    assert light(desk, "2A", Seam.KEYFRAME) is Light.APPROVED  # Theo only
    row = desk.tree.items.constraint_row(EYES_CONSTRAINT)
    assert (row.value, row.is_proposed) == ("green", False)

    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    told = "MARA: eyes was brown, is green."
    qtbot.waitUntil(lambda: told in desk.inspector.approval.text(), timeout=WAIT_MS)


def test_where_nothing_was_made_nothing_turns_stale(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    type_value(desk, "amber")
    qtbot.waitUntil(desk.tree.panel.confirm.isEnabled, timeout=WAIT_MS)
    assert desk.tree.panel.cost.text() == "Nothing that was made turns stale."


def test_the_key_that_edits_is_about_the_shot_on_screen_and_esc_gives_the_outline_the_arrows(
    film: Film, open_desk: Open
) -> None:
    desk = open_desk(film("busy"))
    press(desk, Qt.Key.Key_F2)
    assert desk.tree.panel.title.text() == "Edit shot 2B"
    press(desk, Qt.Key.Key_Escape)
    assert desk.tree.tree.hasFocus()
    QTest.keyClick(desk.tree.tree, Qt.Key.Key_Up)
    assert label_on_screen(desk)[0] == "2A", "the arrows choose in the tree"


def test_what_is_proposed_is_settled_one_by_one_and_all_at_once(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    age = ConstraintId("constraint:mara/age/@film")
    assert desk.tree.items.constraint_row(age).is_proposed
    desk.tree.choose_constraint(age)
    press(desk, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: not desk.tree.items.constraint_row(age).is_proposed, timeout=WAIT_MS)
    assert len(desk.stage.film.proposed()) == 3
    press(desk, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not desk.stage.film.proposed(), timeout=WAIT_MS)
    assert desk.stage.film.revision == 3


def test_a_known_error_is_told_in_the_strip_and_changes_nothing(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2B")))
    take = desk.stage.take
    project = Project.open(folder)
    Commands(project).edit_constraint(EYES_CONSTRAINT, "green")
    count = len(project.ledger.everything())
    desk.operations.approve(take.id)
    qtbot.waitUntil(lambda: "is stale" in desk.strip.text, timeout=WAIT_MS)
    assert "Lock it to keep it" in desk.strip.text
    assert len(project.ledger.everything()) == count
    project.close()


def test_a_closed_and_reopened_film_shows_the_same(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    press(desk, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: light(desk, "2B", Seam.KEYFRAME) is Light.NEEDS_YOU, timeout=WAIT_MS)
    before = desk.stage.film
    desk.window().close()
    after = open_desk(folder).stage.film
    assert after.shots == before.shots
    assert after.waiting == before.waiting
    assert (after.pass_rate, after.revision, after.undo_label) == (
        before.pass_rate,
        before.revision,
        before.undo_label,
    )


def test_a_take_stays_on_screen_while_another_arrives(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
    shown = desk.stage.take
    project = Project.open(folder)
    Commands(project, "policy:test").request_changes(shown.id, "again")
    standing = FilmState(project).shot(shot_id("2A")).clip
    assert standing.state is State.MAKE
    newer = project.takes.add(
        seam=Seam.CLIP, shot_id=shot_id("2A"), round=standing.round, attempt=1, media=shown.media, poster=shown.poster,
        num_frames=shown.num_frames, frame_rate=shown.frame_rate, width_px=320, height_px=180,
        recipe=project.takes.recipe(shown.id), inputs=standing.inputs, graph_revision=1,
    )  # fmt: skip
    project.takes.add_review([], take_id=newer.id, graph_revision=1)
    project.close()
    qtbot.waitUntil(lambda: len(desk.stage.takes) == 2, timeout=WAIT_MS)
    assert desk.stage.take == shown
    assert "2 is newer ]" in desk.viewer.header.subtitle.whole_text
    press(desk, Qt.Key.Key_BracketRight)
    assert desk.stage.take.id == newer.id


def test_next_goes_on_from_the_place_that_was_just_decided(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    press(desk, Qt.Key.Key_N)
    press(desk, Qt.Key.Key_N)
    assert label_on_screen(desk) == ("2A", Seam.CLIP)
    press(desk, Qt.Key.Key_N)
    assert label_on_screen(desk) == ("2B", Seam.KEYFRAME)
    press(desk, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: light(desk, "2B", Seam.KEYFRAME) is Light.APPROVED, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_N)
    assert label_on_screen(desk) == ("3A", Seam.KEYFRAME)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1B")))
    press(desk, Qt.Key.Key_N)
    assert label_on_screen(desk) == ("3A", Seam.KEYFRAME)  # a director who wandered off gets the most valuable one


def test_everything_clean_is_approved_by_one_key_and_taken_back_by_one(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    best = FilmState(project).shot(shot_id("2B")).keyframe.take
    Commands(project).false_alarm(best.id, EYES)
    project.close()
    count = len(ledger(folder))
    desk = open_desk(folder)
    assert desk.inspector.verbs.approve_clean.text() == "Approve 2 clean"
    press(desk, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is Light.APPROVED, timeout=WAIT_MS)
    assert light(desk, "2B", Seam.KEYFRAME) is Light.APPROVED
    assert desk.strip.text == "Approved 2 clean takes; 1 set aside still needs you.  Ctrl+Z takes it back."
    assert desk.stage.film.undo_label == "approve 2 clean takes"
    desk.window().close()

    desk = open_desk(folder)
    press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is Light.NEEDS_YOU, timeout=WAIT_MS)
    assert light(desk, "2B", Seam.KEYFRAME) is Light.NEEDS_YOU
    assert desk.strip.text == "Undone: approve 2 clean takes."
    assert len(ledger(folder)) == count + 4
    QTest.mouseClick(desk.inspector.verbs.redo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is Light.APPROVED, timeout=WAIT_MS)
    assert desk.strip.text == "Done again: approve 2 clean takes."


def test_only_what_is_selected_is_approved_where_several_shots_are(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.timeline.selection.select([shot_id("1A"), shot_id("1B")])
    assert not desk.inspector.verbs.approve_clean.isEnabled()
    press(desk, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: desk.strip.text == "No clean take waits here.", timeout=WAIT_MS)
    desk.timeline.selection.select([shot_id("1A"), shot_id("2A")])
    assert desk.inspector.verbs.approve_clean.text() == "Approve 1 of 2 clean"
    QTest.mouseClick(desk.inspector.verbs.approve_clean, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: light(desk, "2A", Seam.CLIP) is Light.APPROVED, timeout=WAIT_MS)


def test_every_verb_on_a_take_is_undone_and_redone_after_closing(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    desk = open_desk(folder)
    before = desk.stage.film.shots, desk.stage.film.stars
    count = len(ledger(folder))
    steps = (
        (Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier, Verb.FALSE_ALARM),
        (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, Verb.MISSED_DRIFT),
        (Qt.Key.Key_3, control, Verb.STARS),
        (Qt.Key.Key_L, control, Verb.LOCK),
        (Qt.Key.Key_L, control, Verb.UNLOCK),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, Verb.APPROVE),
    )
    for done, (key, modifier, verb) in enumerate(steps, start=1):
        if verb is Verb.APPROVE:
            desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
        press(desk, key, modifier)
        qtbot.waitUntil(lambda done=done: len(desk.stage.film.decisions) == count + done, timeout=WAIT_MS)
        assert ledger(folder)[-1].verb is verb
    after = desk.stage.film.shots, desk.stage.film.stars
    desk.window().close()

    desk = open_desk(folder)
    for done in range(1, len(steps) + 1):
        press(desk, Qt.Key.Key_Z, control)
        qtbot.waitUntil(lambda done=done: len(desk.stage.film.decisions) == count + len(steps) + done, timeout=WAIT_MS)
    assert (desk.stage.film.shots, desk.stage.film.stars) == before
    desk.window().close()

    desk = open_desk(folder)
    for done in range(1, len(steps) + 1):
        press(desk, Qt.Key.Key_Z, control | shift)
        wanted = count + 2 * len(steps) + done
        qtbot.waitUntil(lambda wanted=wanted: len(desk.stage.film.decisions) == wanted, timeout=WAIT_MS)
    assert (desk.stage.film.shots, desk.stage.film.stars) == after
    assert not desk.inspector.verbs.redo.isEnabled()


def test_a_request_can_be_about_another_constraint_than_the_chosen_one(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    count = len(ledger(folder))
    QTest.mouseClick(desk.inspector.verbs.request, Qt.MouseButton.LeftButton)
    about = desk.inspector.note_line.about
    assert about.currentData() == EYES
    QTest.keyClick(desk.inspector.note, Qt.Key.Key_Tab)
    assert about.hasFocus()
    QTest.keyClick(about, Qt.Key.Key_Down)
    chosen = about.currentData()
    assert chosen not in (EYES, "")
    QTest.keyClick(about, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(ledger(folder)) == count + 1, timeout=WAIT_MS)
    assert ledger(folder)[-1].key == chosen


def test_stars_by_key_and_mouse_and_takes_sorted_by_them(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    strip = desk.inspector.takes
    first = desk.stage.takes[0].id
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.place_of(first).center())
    assert desk.stage.take.id == first
    press(desk, Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: desk.stage.film.stars.get(first) == 2, timeout=WAIT_MS)
    third = desk.stage.takes[2].id
    desk.stage.show_take(third)
    stars = desk.inspector.stars
    QTest.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(stars.width() - 6, stars.height() // 2))
    qtbot.waitUntil(lambda: desk.stage.film.stars.get(third) == 5, timeout=WAIT_MS)
    assert stars.stars == 5
    QTest.mouseClick(desk.inspector.sort, Qt.MouseButton.LeftButton)
    assert desk.inspector.sort.text().startswith("by stars")
    assert [caption[0] for caption in strip.captions] == ["3", "1", "2", "4"]
    press(desk, Qt.Key.Key_BracketRight)
    assert desk.stage.take.id == first
    press(desk, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    press(desk, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert [caption[0] for caption in strip.captions] == ["4", "3", "2", "1"]
    press(desk, Qt.Key.Key_0, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: first not in desk.stage.film.stars, timeout=WAIT_MS)


def test_the_take_that_is_stepped_to_is_brought_into_view(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.window().resize(1100, 620)
    inspector = desk.inspector
    view = inspector.scroll_area.viewport()
    for key in (Qt.Key.Key_BracketLeft,) * 3 + (Qt.Key.Key_BracketRight,) * 3:
        press(desk, key)
        middle = inspector.takes.place_of(desk.stage.take.id).center()
        assert view.rect().contains(inspector.takes.mapTo(view, middle)), desk.stage.take.number


def test_what_cannot_be_seen_is_folded_until_asked_for(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    age = next(row for row in desk.inspector.rows if row.finding.label == "MARA: age")
    fold = desk.inspector.fold
    assert fold.words == "1 cannot be seen in this shot: MARA: age" and not age.isVisible()
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert age.isVisible()
    press(desk, Qt.Key.Key_U)
    assert not age.isVisible()
    for _ in desk.inspector.rows:
        press(desk, Qt.Key.Key_Down)
    assert desk.stage.finding_key == age.finding.key and age.isVisible()


def test_history_is_readable_and_strikes_what_was_taken_back(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    take = FilmState(project).shot(shot_id("2A")).clip.take
    anna = Commands(project, "director:Anna Weber")
    anna.request_changes(take.id, "Slower & <calm>")
    anna.undo()
    project.close()
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
    told = desk.inspector.history.text()
    assert "<s>Sent back</s>" in told and "taken back" in told
    assert "Slower &amp; &lt;calm&gt;" in told
    assert "take 1 · Anna Weber · revision 1" in told
    assert "keyframe take 1 · director · revision 1" in told


def test_an_approval_says_when_the_scene_graph_has_moved_on(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    Commands(project).edit_constraint(ConstraintId("constraint:theo/accessory/scarf@film"), "red")
    project.close()
    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1B")))
    assert desk.inspector.approval.text() == (
        "Approved on revision 1 by director; the scene graph is at 2: nothing that this take was made from has changed."
    )
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1A")))
    words = "Approved on revision 1 by director; the scene graph is at 2: THEO: scarf was blue, is red."
    qtbot.waitUntil(lambda: desk.inspector.approval.text() == words, timeout=WAIT_MS)


def test_what_was_tried_is_told_where_the_director_decides(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    assert label_on_screen(desk) == ("2B", Seam.KEYFRAME)
    tried = "Tried: eyes inpainted, then image to image for eyes"
    inspector = desk.inspector
    assert inspector.state_words.text().startswith(f"The best of what was made. {tried}")
    assert "Eyes inpainted" in inspector.history.text()
    assert "take 2 after take 1 · drift · 9 s" in inspector.history.text()
    takes = {take.number: take for take in desk.stage.takes}
    assert takes[1].mending is None
    assert "eyes inpainted, after take 1" in inspector.takes.tooltip(takes[2])
