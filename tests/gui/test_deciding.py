"""The director's verbs, by key, on the real window: what is pressed lands in the ledger and shows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.snapshot import Spot
from desktop.standing_light import Light
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
    assert (last.verb, last.take_id, last.author) == (Verb.APPROVE, take.id, "director")
    assert desk.top_bar.needs.text() == "2 need you"
    assert "Approved 2A clip." in desk.strip.text and "Ctrl+Z" in desk.strip.text
    assert not desk.inspector.approve.isEnabled()


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
    assert desk.inspector.lock.text() == "Unlock"
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


def test_editing_a_constraint_first_says_what_it_costs(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    index = desk.tree.items.index_of(EYES_CONSTRAINT)
    desk.tree.items.setData(index, "green")
    qtbot.waitUntil(desk.tree.cost.isVisible, timeout=WAIT_MS)
    assert desk.tree.cost.words.text() == "MARA: eyes: brown → green"
    assert desk.tree.cost.cost.text().startswith("4 keyframes and 3 clips turn stale, about 1 min")
    QTest.keyClick(desk.tree.cost.cancel, Qt.Key.Key_Escape)
    assert not desk.tree.cost.isVisible()
    assert desk.stage.film.revision == 1

    desk.tree.items.setData(index, "green")
    qtbot.waitUntil(desk.tree.cost.isVisible, timeout=WAIT_MS)
    QTest.keyClick(desk.tree.cost.confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.stage.film.revision == 2, timeout=WAIT_MS)
    assert light(desk, "1A", Seam.KEYFRAME) is Light.STALE
    assert light(desk, "1A", Seam.CLIP) is Light.STALE
    assert light(desk, "2A", Seam.KEYFRAME) is Light.APPROVED  # Theo only
    row = desk.tree.items.constraint_row(EYES_CONSTRAINT)
    assert (row.value, row.is_proposed) == ("green", False)

    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    qtbot.waitUntil(desk.inspector.stale.isVisible, timeout=WAIT_MS)
    assert "MARA: eyes was brown, is green." in desk.inspector.stale.text()


def test_a_value_is_edited_in_place(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    desk.tree.choose_constraint(EYES_CONSTRAINT)
    press(desk, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: desk.window().focusWidget().metaObject().className() == "QLineEdit")
    editor = desk.window().focusWidget()
    assert editor.text() == "brown"
    QTest.keyClicks(editor, "amber")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(desk.tree.cost.isVisible, timeout=WAIT_MS)
    assert desk.tree.cost.cost.text() == "Nothing that was made turns stale."


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
    assert "take 2 is newer" in desk.viewer.subtitle.whole_text
    press(desk, Qt.Key.Key_BracketRight)
    assert desk.stage.take.id == newer.id
