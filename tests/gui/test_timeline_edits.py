"""Moving and trimming shots on the timeline of a real film, by mouse and by keys, and taking it back."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from desktop.standing_light import Light
from desktop.timeline.edits import Move, Trim
from storage.project import Project
from tests.gui.film_maker import shot_id
from tests.gui.test_timeline import WAIT_MS, Film, Open, card, centre, click, drag, drop

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def order(desk: Desk) -> list[str]:
    return [item.shot.label for item in desk.stage.film.shots]


def right_half(desk: Desk, label: str) -> QPoint:
    rect = desk.timeline.rect_of(card(desk, label))
    return QPoint(rect.left() + 3 * rect.width() // 4, rect.center().y())


def tail(desk: Desk, label: str) -> QPoint:
    rect = desk.timeline.rect_of(card(desk, label))
    return QPoint(rect.right() + 1, rect.center().y())


def labels(folder: Path) -> list[str]:
    project = Project.open(folder)
    try:
        return [revision[2] for revision in project.graphs.revisions()]
    finally:
        project.close()


def test_a_shot_is_dragged_within_its_scene_and_ctrl_z_takes_it_back(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    click(desk, centre(desk, "1A"))
    end = right_half(desk, "1B")
    drag(desk, centre(desk, "1A"), end)
    look = desk.timeline.pointer.look()
    assert look.words == "1A  before 1C"
    assert look.drop_frame == card(desk, "1C").start_frame
    drop(desk, end)
    qtbot.waitUntil(lambda: order(desk)[:3] == ["1B", "1A", "1C"], timeout=WAIT_MS)
    assert desk.stage.spot.shot_id == shot_id("1A"), "the shot stays on screen where it goes"
    assert "1A moved before 1C." in desk.strip.text
    QTest.keyClick(desk.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: order(desk)[:3] == ["1A", "1B", "1C"], timeout=WAIT_MS)
    assert labels(folder)[1:] == ["1A moved before 1C", "undo: 1A moved before 1C"]


def test_the_cost_of_a_move_to_the_next_scene_is_said_before_it_is_made(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("finished"))
    end = right_half(desk, "2A")
    drag(desk, centre(desk, "1C"), end)
    assert desk.timeline.pointer.look().words == "1C  before 2B"
    qtbot.waitUntil(lambda: "and the cut turn stale" in desk.timeline.edits.cost_words, timeout=WAIT_MS)
    assert desk.timeline.edits.cost_words.startswith("1 keyframe, 1 clip and the cut turn stale")
    drop(desk, end)
    qtbot.waitUntil(lambda: order(desk).index("1C") == 3, timeout=WAIT_MS)
    assert card(desk, "1C").scene.number == "2"


def test_what_is_too_far_or_leaves_a_scene_empty_is_refused_in_words(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    end = right_half(desk, "3A")
    drag(desk, centre(desk, "1A"), end)
    assert desk.timeline.pointer.look().refused and "Too far" in desk.timeline.pointer.look().words
    drop(desk, end)
    for label in ("3A", "3B"):
        click(desk, centre(desk, label), Qt.KeyboardModifier.ControlModifier)
    click(desk, centre(desk, "1A"), Qt.KeyboardModifier.ControlModifier)
    desk.timeline.selection.select([shot_id("3A"), shot_id("3B")])
    drag(desk, centre(desk, "3A"), right_half(desk, "2A"))
    assert desk.timeline.pointer.look().words == "A scene keeps at least one shot."
    QTest.keyClick(desk.timeline, Qt.Key.Key_Escape)
    assert not desk.timeline.pointer.is_busy and desk.timeline.edits.pending is None


def test_several_shots_move_together(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    click(desk, centre(desk, "1A"))
    click(desk, centre(desk, "1B"), SHIFT)
    end = right_half(desk, "1C")
    drag(desk, centre(desk, "1A"), end)
    assert desk.timeline.edits.proposed == Move(
        shot_ids=(shot_id("1A"), shot_id("1B")), scene_id="scene:1", before=None
    )
    drop(desk, end)
    qtbot.waitUntil(lambda: order(desk)[:3] == ["1C", "1A", "1B"], timeout=WAIT_MS)
    assert desk.timeline.selection.shot_ids == (shot_id("1A"), shot_id("1B"))


def test_an_edge_is_dragged_to_a_frame_and_says_the_new_length_and_what_it_costs(
    film: Film, open_desk: Open, qtbot
) -> None:
    desk = open_desk(film("finished"))
    timeline = desk.timeline
    start, frames = tail(desk, "2A"), 60
    end = start - QPoint(timeline.scale.x(84) - timeline.scale.x(frames), 0)
    drag(desk, start, end)
    assert timeline.edits.proposed == Trim(shot_id=shot_id("2A"), duration_frames=frames)
    assert timeline.pointer.look().words == "2A  84 → 60 frames (−24)  2.50 s"
    qtbot.waitUntil(lambda: timeline.edits.cost_words == "The cut turns stale.", timeout=WAIT_MS)
    drop(desk, end)
    qtbot.waitUntil(lambda: card(desk, "2A").shot.duration_frames == frames, timeout=WAIT_MS)
    assert card(desk, "2A").clip.light is Light.APPROVED and card(desk, "2A").clip.standing.circled
    assert card(desk, "2B").start_frame == card(desk, "2A").start_frame + frames
    assert "2A: 84 → 60 frames." in desk.strip.text
    QTest.keyClick(desk.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: card(desk, "2A").shot.duration_frames == 84, timeout=WAIT_MS)


def test_a_trim_holds_on_at_the_length_of_the_clip_and_says_where_it_is_longer(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline = desk.timeline
    timeline.zoom_to(3.0)
    desk.stage.show_shot(shot_id("1C"))
    start = tail(desk, "1C")
    drag(desk, start, start + QPoint(60, 0))
    assert "longer than its clip (60)" in timeline.pointer.look().words
    QTest.mouseMove(timeline.viewport(), start + QPoint(3, 0))
    assert timeline.edits.proposed is None and "60 → 60" in timeline.pointer.look().words
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    assert card(desk, "1C").shot.duration_frames == 60


def test_alt_with_arrows_moves_and_with_shift_trims_and_presses_add_up(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    desk.stage.show_shot(shot_id("1C"))
    QTest.keyClick(desk.window(), Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: order(desk)[2] == "1C" and card(desk, "1C").scene.number == "2", timeout=WAIT_MS)
    QTest.keyClick(desk.window(), Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: order(desk)[2:4] == ["2A", "1C"], timeout=WAIT_MS)
    QTest.keyClick(desk.window(), Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: order(desk)[2:4] == ["1C", "2A"], timeout=WAIT_MS)
    for _ in range(3):
        QTest.keyClick(desk.window(), Qt.Key.Key_Right, ALT | SHIFT)
    assert desk.timeline.key_edits.words.startswith("1C  60 → 63 frames (+3)")
    qtbot.waitUntil(lambda: card(desk, "1C").shot.duration_frames == 63, timeout=WAIT_MS)
    assert labels(folder)[-1] == "1C: 60 → 63 frames"
    QTest.keyClick(desk.window(), Qt.Key.Key_Left, ALT | SHIFT)
    desk.timeline.setFocus()
    QTest.keyClick(desk.timeline, Qt.Key.Key_Escape)
    assert desk.timeline.key_edits.words == "" and desk.timeline.edits.proposed is None


def test_a_click_at_the_end_of_a_shot_trims_nothing(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("finished"))
    for across in (-4, -1, 2):
        end = tail(desk, "2A") + QPoint(across, 0)
        assert desk.timeline.pointer.tail_at(end) is not None
        click(desk, end)
        assert desk.timeline.edits.pending is None and desk.timeline.edits.proposed is None
    assert desk.stage.spot.shot_id in (shot_id("2A"), shot_id("2B")), "it goes to the shot, as any click does"


def test_keys_at_rest_make_their_own_trim_and_not_what_the_mouse_holds(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_shot(shot_id("1C"))
    QTest.keyClick(desk.window(), Qt.Key.Key_Right, ALT | SHIFT)
    end = right_half(desk, "1B")
    drag(desk, centre(desk, "1A"), end)
    assert desk.timeline.edits.pending == Trim(shot_id=shot_id("1C"), duration_frames=61)
    desk.timeline.key_edits.finish()
    qtbot.waitUntil(lambda: card(desk, "1C").shot.duration_frames == 61, timeout=WAIT_MS)
    drop(desk, end)
    assert order(desk)[:3] == ["1A", "1B", "1C"] and desk.timeline.edits.pending is None


def test_keys_leave_what_the_mouse_holds(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    desk.stage.show_shot(shot_id("1A"))
    drag(desk, centre(desk, "1A"), right_half(desk, "1B"))
    held = desk.timeline.edits.proposed
    for modifiers in (ALT, ALT | SHIFT):
        QTest.keyClick(desk.window(), Qt.Key.Key_Right, modifiers)
        assert desk.timeline.edits.proposed == held and desk.timeline.edits.pending is None


def test_escape_ends_a_drag_until_the_button_is_pressed_again(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline = desk.timeline
    drag(desk, centre(desk, "1A"), right_half(desk, "1B"))
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    QTest.mouseMove(timeline.viewport(), right_half(desk, "1C"))
    assert not timeline.pointer.is_busy
    drop(desk, right_half(desk, "1C"))
    assert timeline.edits.pending is None and order(desk)[:3] == ["1A", "1B", "1C"]


def test_a_shot_that_is_hidden_while_it_is_held_is_let_go(film: Film, open_desk: Open) -> None:
    desk = open_desk(film("busy"))
    timeline = desk.timeline
    last = order(desk)[-1]
    end = centre(desk, last)
    QTest.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=end)
    timeline.show_matches(bytes([1] + [0] * (len(order(desk)) - 1)), hide_others=True)
    QTest.mouseMove(timeline.viewport(), end - QPoint(60, 0))
    assert not timeline.pointer.is_busy
    drop(desk, end)
    assert len(timeline.line) == 1


def test_what_an_edit_costs_is_asked_again_when_the_film_was_read_again(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("finished"))
    edits = desk.timeline.edits
    start = tail(desk, "2A")
    end = start - QPoint(40, 0)
    drag(desk, start, end)
    qtbot.waitUntil(lambda: "The cut turns stale" in edits.cost_words, timeout=WAIT_MS)
    asked: list[object] = []
    edits.cost_wanted.connect(asked.append)
    held = edits.proposed
    desk.reader.refresh()
    desk.operations.set_stars(desk.stage.take.id, 4)
    # Once for each reading, of which two may come at once; and for nothing else.
    qtbot.waitUntil(lambda: set(asked) == {held}, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "The cut turns stale" in edits.cost_words, timeout=WAIT_MS)
