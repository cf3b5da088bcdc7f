"""Notes in the real window: drawn by mouse, written by keyboard, stepped through, undone after a restart."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.desk import Desk
from desktop.snapshot import Spot
from storage.commands import Commands
from storage.database import write
from storage.domain.decisions import Verb
from storage.domain.findings import FrameRange
from storage.domain.notes import Note, NoteId, notes_in
from storage.domain.strokes import RGB, Colour, Stroke, Tool, Width
from storage.domain.takes import Seam, Take
from storage.film_state import FilmState
from storage.note_commands import NoteCommands
from storage.project import Project
from storage.verify import verify
from tests.gui.film_maker import shot_id
from tests.gui.test_seeing import press

WAIT_MS = 60_000
Film = Callable[[str], Path]
Open = Callable[..., Desk]
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
CLIP = Spot(seam=Seam.CLIP, shot_id=shot_id("1B"))
STILL = Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C"))


def key(desk: Desk, which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.window(), which, modifier)


def at(desk: Desk, x: float, y: float) -> QPoint:
    picture = desk.viewer.canvas.picture_rect()
    return QPoint(round(picture.left() + x * picture.width()), round(picture.top() + y * picture.height()))


def drag(desk: Desk, *points: tuple[float, float]) -> None:
    overlay = desk.viewer.notes
    QTest.mousePress(overlay, LEFT, pos=at(desk, *points[0]))
    for point in points[1:]:
        QTest.mouseMove(overlay, at(desk, *point))
    QTest.mouseRelease(overlay, LEFT, pos=at(desk, *points[-1]))


def notes_of(desk: Desk) -> list[Note]:
    film = desk.stage.film
    assert film is not None
    return [note for notes in film.notes.values() for note in notes]


def num_strokes(desk: Desk) -> int:
    return sum(len(note.strokes) for note in notes_of(desk))


def go(desk: Desk, qtbot, spot: Spot) -> Take:
    desk.stage.show_spot(spot)
    qtbot.waitUntil(lambda: desk.viewer.canvas.image is not None, timeout=WAIT_MS)
    assert desk.stage.take is not None
    return desk.stage.take


def kept(folder: Path) -> tuple[Note, ...]:
    project = Project.open(folder)
    found = notes_in(FilmState(project).decisions)
    assert verify(project) == []
    project.close()
    return found


def pixel(desk: Desk, x: float, y: float) -> QColor:
    shown = desk.viewer.canvas.grab().toImage()
    scale = shown.devicePixelRatio()
    point = at(desk, x, y)
    return shown.pixelColor(round(point.x() * scale), round(point.y() * scale))


def are_near(stroke: Stroke, *points: tuple[float, float]) -> bool:
    pairs = zip(stroke.points, points, strict=True)
    return all(abs(one[axis] - other[axis]) < 0.005 for one, other in pairs for axis in (0, 1))


def is_near(colour: QColor, wanted: Colour) -> bool:
    found = (colour.red(), colour.green(), colour.blue())
    return all(abs(one - other) < 30 for one, other in zip(found, RGB[wanted], strict=True))


def test_each_tool_draws_and_each_stroke_is_undone_also_after_a_restart(
    film: Film, open_desk: Open, make_window, qtbot
) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    go(desk, qtbot, STILL)
    key(desk, Qt.Key.Key_D, SHIFT)
    desk.viewer.pencil.dip(Colour.BLUE, Width.BROAD)
    drag(desk, (0.1, 0.1), (0.15, 0.2), (0.2, 0.1))
    assert is_near(pixel(desk, 0.15, 0.2), Colour.BLUE), "a stroke is there before it is written"
    key(desk, Qt.Key.Key_W, SHIFT)
    drag(desk, (0.8, 0.8), (0.6, 0.6))
    key(desk, Qt.Key.Key_B, SHIFT)
    drag(desk, (0.7, 0.1), (0.9, 0.3))
    key(desk, Qt.Key.Key_X, SHIFT)
    QTest.mouseClick(desk.viewer.notes, LEFT, pos=at(desk, 0.2, 0.8))
    QTest.keyClicks(desk.viewer.notes.line, "a warmer lamp")
    QTest.keyClick(desk.viewer.notes.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: num_strokes(desk) == 4, timeout=WAIT_MS)
    (note,) = notes_of(desk)
    assert [stroke.tool for stroke in note.strokes] == [Tool.PEN, Tool.ARROW, Tool.BOX, Tool.TEXT]
    assert (note.strokes[3].words, note.frames) == ("a warmer lamp", None)
    assert are_near(note.strokes[1], (0.8, 0.8), (0.6, 0.6))
    assert desk.viewer.notes.strokes == note.strokes, "nothing is painted twice"

    key(desk, Qt.Key.Key_Delete, SHIFT)
    qtbot.waitUntil(lambda: num_strokes(desk) == 0, timeout=WAIT_MS)
    assert not is_near(pixel(desk, 0.15, 0.2), Colour.BLUE)
    key(desk, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: num_strokes(desk) == 4, timeout=WAIT_MS)
    desk.window().close()

    again = open_desk(folder)
    go(again, qtbot, STILL)
    assert is_near(pixel(again, 0.15, 0.2), Colour.BLUE)
    for left in (3, 2, 1, 0):
        key(again, Qt.Key.Key_Z, CONTROL)
        qtbot.waitUntil(lambda left=left: num_strokes(again) == left, timeout=WAIT_MS)
    key(again, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: num_strokes(again) == 1, timeout=WAIT_MS)
    assert len(kept(folder)) == 1


def test_strokes_lie_where_they_were_drawn_at_any_zoom(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    go(desk, qtbot, STILL)
    canvas = desk.viewer.canvas
    key(desk, Qt.Key.Key_D, SHIFT)
    desk.viewer.pencil.dip(Colour.GREEN, Width.MEDIUM)
    canvas.zoom_by(6.0)
    canvas.pan_by(-40, 25)
    drag(desk, (0.48, 0.5), (0.52, 0.5))
    qtbot.waitUntil(lambda: num_strokes(desk) == 1, timeout=WAIT_MS)
    (stroke,) = notes_of(desk)[0].strokes
    assert are_near(stroke, (0.48, 0.5), (0.52, 0.5))
    assert is_near(pixel(desk, 0.5, 0.5), Colour.GREEN)
    for show in (canvas.fit, canvas.zoom_to_pixels):
        show()
        assert is_near(pixel(desk, 0.5, 0.5), Colour.GREEN)
    overlay, before = desk.viewer.notes, canvas.percent
    centre = QPointF(at(desk, 0.5, 0.5))
    turned = QWheelEvent(
        centre, overlay.mapToGlobal(centre), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(overlay, turned)
    assert canvas.percent > before, "the wheel zooms while one draws"
    assert is_near(pixel(desk, 0.5, 0.5), Colour.GREEN)
    before = canvas.percent
    QTest.mousePress(overlay, Qt.MouseButton.MiddleButton, pos=at(desk, 0.5, 0.5))
    QTest.mouseRelease(overlay, Qt.MouseButton.MiddleButton, pos=at(desk, 0.5, 0.5))
    assert (num_strokes(desk), canvas.percent) == (1, before), "the middle button moves the picture"
    key(desk, Qt.Key.Key_Escape)
    assert desk.viewer.pencil.tool is None and not desk.viewer.drawing_bar.isVisible()


def test_a_stroke_paints_only_where_it_goes(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    take = go(desk, qtbot, STILL)
    far = [Stroke(tool=Tool.BOX, points=((0.6 + index / 100, 0.6), (0.61 + index / 100, 0.62))) for index in range(30)]
    desk.operations.on_notes(lambda notes: notes.draw(take.id, far))
    qtbot.waitUntil(lambda: num_strokes(desk) == 30, timeout=WAIT_MS)
    key(desk, Qt.Key.Key_D, SHIFT)
    qtbot.wait(50)
    overlay = desk.viewer.notes
    QTest.mousePress(overlay, LEFT, pos=at(desk, 0.1, 0.1))
    qtbot.wait(20)
    overlay.num_painted = 0
    for step in range(10):
        QTest.mouseMove(overlay, at(desk, 0.1 + step / 100, 0.12))
        qtbot.wait(1)
    assert 0 < overlay.num_painted <= 10, "what lies elsewhere is not painted again"
    QTest.mouseRelease(overlay, LEFT, pos=at(desk, 0.2, 0.12))
    qtbot.waitUntil(lambda: num_strokes(desk) == 31, timeout=WAIT_MS)


def test_a_note_is_written_by_keys_alone_on_what_lies_between_in_and_out(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    desk = open_desk(folder)
    go(desk, qtbot, CLIP)
    press(desk, Qt.Key.Key_I)
    for _ in range(4):
        press(desk, Qt.Key.Key_Right)
    press(desk, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: desk.viewer.transport.counter.text().startswith("frame 5 of"), timeout=WAIT_MS)
    key(desk, Qt.Key.Key_N, SHIFT)
    panel = desk.notes.panel
    assert desk.notes.side.shows_notes and panel.line.hasFocus()
    assert panel.where.whole_text == "Note on 1B clip, take 1, frames 1 to 5"
    QTest.keyClicks(panel.line, "Hold this, and approve later")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(notes_of(desk)) == 1, timeout=WAIT_MS)
    assert desk.viewer.canvas.hasFocus()
    assert [tick.text for tick in desk.viewer.transport.bar.notes] == ["Hold this, and approve later"]

    key(desk, Qt.Key.Key_X, ALT)
    key(desk, Qt.Key.Key_N, SHIFT)
    QTest.keyClicks(panel.line, "Only here")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(notes_of(desk)) == 2, timeout=WAIT_MS)
    assert [note.frames for note in kept(folder)] == [FrameRange(start=0, stop=5), FrameRange(start=4, stop=5)]
    assert desk.notes.side.notes_tab.text() == "Notes 2"
    card = desk.stage.film.card(CLIP.shot_id)
    assert card.num_notes == 2


def test_threads_are_stepped_through_answered_resolved_and_filtered(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    takes = {(take.shot_id, take.seam): take for take in project.takes.everything()}
    clip, still = takes[CLIP.shot_id, Seam.CLIP], takes[STILL.shot_id, Seam.KEYFRAME]
    anna = NoteCommands(project, "director:Anna")
    anna.add(clip.id, "First", FrameRange(start=6, stop=9))
    anna.add(still.id, "Second")
    Commands(project).request_changes(clip.id, "Slower.")
    project.close()

    desk = open_desk(folder)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1A")))
    panel = desk.notes.panel
    key(desk, Qt.Key.Key_Down, ALT)
    assert desk.stage.spot == CLIP
    seen = [desk.stage.note_id]
    for _ in range(2):
        key(desk, Qt.Key.Key_Down, ALT)
        seen.append(desk.stage.note_id)
    texts = [desk.stage.film.note(note_id).text for note_id in seen]
    assert texts == ["Slower.", "First", "Second"] and desk.stage.spot == STILL
    key(desk, Qt.Key.Key_Up, ALT)
    assert (desk.stage.take.id, desk.stage.frame_index) == (clip.id, 6)

    key(desk, Qt.Key.Key_E, CONTROL)
    assert panel.line.hasFocus() and panel.where.whole_text == "Reply to Anna"
    QTest.keyClicks(panel.line, "Done in take 2")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Done in take 2" in panel.said, timeout=WAIT_MS)
    key(desk, Qt.Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: len(panel.model.notes) == 2, timeout=WAIT_MS)
    assert panel.said[-1].startswith("✓ resolved"), "the thread stays to be read"
    QTest.mouseClick(panel.filters["resolved"], LEFT)
    assert [note.text for note in panel.model.notes] == ["Slower.", "First", "Second"]
    QTest.mouseClick(panel.filters["open"], LEFT)
    assert [note.text for note in panel.model.notes] == ["First"]
    QTest.mouseClick(panel.filters["open"], LEFT)
    QTest.mouseClick(panel.filters["here"], LEFT)
    assert [note.text for note in panel.model.notes] == ["Slower.", "First"]
    QTest.mouseClick(panel.filters["mine"], LEFT)
    assert panel.model.notes == () and panel.empty.isVisible()
    for name in ("mine", "here"):
        QTest.mouseClick(panel.filters[name], LEFT)
    key(desk, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not desk.stage.film.note(seen[1]).is_resolved, timeout=WAIT_MS)

    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1A")))
    index = panel.model.index(panel.model.row_of(seen[1]))
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=panel.list.visualRect(index).center())
    assert (desk.stage.take.id, desk.stage.frame_index, desk.stage.note_id) == (clip.id, 6, seen[1])
    QTest.mouseClick(panel.withdraw, LEFT)
    qtbot.waitUntil(lambda: desk.stage.film.note(seen[1]) is None, timeout=WAIT_MS)
    assert not panel.thread_area.isVisible()
    assert {note.text for note in kept(folder)} == {"Slower.", "Second"}


def test_earlier_takes_notes_are_seen_over_a_later_take_on_request(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    still = next(
        take for take in project.takes.everything() if take.seam is Seam.KEYFRAME and take.shot_id == CLIP.shot_id
    )
    notes = NoteCommands(project, "director:Anna")
    notes.draw(still.id, [Stroke(tool=Tool.BOX, points=((0.1, 0.1), (0.3, 0.3)), colour=Colour.WHITE)])
    notes.add(still.id, "Her hair is too long")
    project.close()
    desk = open_desk(folder)
    go(desk, qtbot, CLIP)
    overlay = desk.viewer.notes
    assert not overlay.isVisible() and overlay.earlier_strokes == ()
    key(desk, Qt.Key.Key_E, SHIFT)
    assert [caption.words for caption in overlay.captions] == ["keyframe take 1 · Anna: Her hair is too long"]
    assert [stroke.tool for stroke in overlay.earlier_strokes] == [Tool.BOX] and overlay.isVisible()
    assert overlay.strokes == (), "what was drawn on the keyframe stays with the keyframe"
    key(desk, Qt.Key.Key_E, SHIFT)
    assert overlay.captions == () and not overlay.isVisible()


def test_what_was_drawn_on_another_take_stays_on_it_side_by_side(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    takes = [take for take in project.takes.everything() if take.seam is Seam.KEYFRAME]
    shot = next(take.shot_id for take in takes if sum(other.shot_id == take.shot_id for other in takes) > 1)
    first, second = [take for take in takes if take.shot_id == shot][:2]
    box = Stroke(tool=Tool.BOX, points=((0.1, 0.1), (0.9, 0.9)), colour=Colour.WHITE, width=Width.BROAD)
    NoteCommands(project, "director:Anna").draw(first.id, [box])
    project.close()
    desk = open_desk(folder)
    go(desk, qtbot, Spot(seam=Seam.KEYFRAME, shot_id=shot))
    desk.stage.show_take(second.id)
    overlay, canvas = desk.viewer.notes, desk.viewer.canvas
    key(desk, Qt.Key.Key_H)
    desk.viewer.comparison.choose_partner(first.id)
    qtbot.waitUntil(lambda: canvas.beside is not None, timeout=WAIT_MS)
    assert (overlay.strokes, overlay.beside_strokes) == ((), (box,))
    rect, _ = canvas.beside
    shown = canvas.grab().toImage()
    point = QPoint(round(rect.left() + 0.1 * rect.width()), round(rect.center().y()))
    assert is_near(shown.pixelColor(point), Colour.WHITE)
    key(desk, Qt.Key.Key_C)
    assert overlay.beside_strokes == ()


def test_a_mark_on_the_frames_leads_to_its_note(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    take = go(desk, qtbot, CLIP)
    desk.operations.on_notes(lambda notes: notes.add(take.id, "Here", FrameRange(start=9, stop=12)))
    bar = desk.viewer.transport.bar
    qtbot.waitUntil(lambda: len(bar.notes) == 1, timeout=WAIT_MS)
    x = round((9 + 0.5) / bar.num_frames * bar.width())
    spot = next(QPoint(x, y) for y in range(bar.height()) if bar.note_at(QPoint(x, y).toPointF()) is not None)
    QTest.mouseClick(bar, LEFT, pos=spot)
    assert (desk.stage.frame_index, desk.stage.note_id) == (9, bar.notes[0].id)


def test_drawing_while_it_plays_stops_it_and_keeps_the_frame(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    go(desk, qtbot, CLIP)
    key(desk, Qt.Key.Key_D, SHIFT)
    press(desk, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.stage.frame_index >= 2, timeout=WAIT_MS)
    drag(desk, (0.2, 0.2), (0.4, 0.4))
    assert not desk.viewer.player.is_playing
    shown = desk.viewer.note_place().frame_index
    qtbot.waitUntil(lambda: num_strokes(desk) == 1, timeout=WAIT_MS)
    assert notes_of(desk)[0].frames == FrameRange(start=shown, stop=shown + 1)


def test_what_cannot_be_noted_is_said(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("drafted"))
    wait = lambda words: qtbot.waitUntil(lambda: words in desk.strip.text, timeout=WAIT_MS)  # noqa: E731
    key(desk, Qt.Key.Key_D, SHIFT)
    assert "no take on screen" in desk.strip.text and desk.viewer.pencil.tool is None
    key(desk, Qt.Key.Key_R, CONTROL)
    wait("No note is chosen")
    key(desk, Qt.Key.Key_Down, ALT)
    wait("no such note")


def test_notes_are_written_to_a_file_that_is_asked_for(film: Film, open_desk: Open, qtbot, tmp_path: Path) -> None:
    desk = open_desk(film("busy"))
    key(desk, Qt.Key.Key_E, CONTROL | SHIFT)
    assert "no note to be written" in desk.strip.text
    take = go(desk, qtbot, CLIP)
    desk.operations.on_notes(lambda notes: notes.add(take.id, "Here", FrameRange(start=9, stop=12)))
    qtbot.waitUntil(lambda: len(notes_of(desk)) == 1, timeout=WAIT_MS)
    key(desk, Qt.Key.Key_N, ALT)
    QTest.mouseClick(desk.notes.side.export, LEFT)
    dialog = desk.notes.side.findChild(QFileDialog)
    assert not dialog.isModal() and dialog.selectedFiles()[0].endswith("The Tide Clock notes.pdf")
    dialog.reject()
    with qtbot.waitSignal(desk.notes.export.written, timeout=WAIT_MS):
        desk.notes.export.write(tmp_path / "notes.csv")
    assert "1B/clip/1" in (tmp_path / "notes.csv").read_text(encoding="utf-8-sig")
    assert "notes.csv" in desk.strip.text
    with qtbot.waitSignal(desk.notes.export.failed, timeout=WAIT_MS):
        desk.notes.export.write(tmp_path / "notes.csv" / "in_a_file.pdf")
    assert "cannot be a file" in desk.strip.text


def test_thousands_of_notes_are_listed_without_waiting(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    take = next(iter(project.takes.everything()))
    with write(project.db):
        for number in range(3000):
            project.ledger.append(
                Verb.NOTE, take.seam, author="director:Anna", graph_revision=1, shot_id=take.shot_id, take_id=take.id,
                note=f"Note {number}",
            )  # fmt: skip
    project.close()
    desk = open_desk(folder)
    qtbot.waitUntil(lambda: len(notes_of(desk)) == 3000, timeout=WAIT_MS)
    key(desk, Qt.Key.Key_N, ALT)
    panel = desk.notes.panel
    assert panel.model.rowCount() == 3000
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_End)
    assert desk.stage.film.note(NoteId(desk.stage.note_id)).text == "Note 2999"
    resets = []
    panel.model.modelReset.connect(lambda: resets.append(1))
    desk.operations.on_notes(lambda commands: commands.reply(desk.stage.note_id, "Heard"))
    qtbot.waitUntil(lambda: "Heard" in panel.said, timeout=WAIT_MS)
    assert resets == [], "a reply moves no row"
