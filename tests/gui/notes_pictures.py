"""Pictures of notes and drawing: on a still, on frames, earlier takes', threads, filters; see `screenshots`."""

from math import cos, pi, sin
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.looks import Look
from desktop.snapshot import Spot
from storage.domain.findings import FrameRange
from storage.domain.notes import NoteId
from storage.domain.strokes import Colour, Stroke, Tool, Width
from storage.domain.takes import Seam, Take
from storage.note_commands import NoteCommands
from tests.gui.film_maker import FilmMaker, clean_findings, drift_findings, make_busy_film, shot_id
from tests.gui.photographer import Photographer

_SHIFT, _ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
ANNA, BEN = "director:Anna Weber", "director:בן־ציון אברהם"
_WORDS = (
    "Her coat turns green when she passes the lamp; keep it yellow to the end of the shot.",
    "Hold this two beats longer.",
    "العيون زرقاء جدا في هذه اللقطة",
    "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg looks past the camera",
    "The horizon is not level.",
)


def circle(x: float, y: float, across: float, down: float) -> tuple[tuple[float, float], ...]:
    return tuple((x + across * cos(turn * pi / 30), y + down * sin(turn * pi / 30)) for turn in range(61))


def make_noted_film(folder: Path) -> FilmMaker:
    """A film with a clip that was sent back and made again, notes of two directors, drawings, threads."""
    maker = make_busy_film(folder)
    takes = {(take.shot_id, take.seam): take for take in maker.project.takes.everything()}
    anna, ben = NoteCommands(maker.project, ANNA), NoteCommands(maker.project, BEN)
    keyframe = takes[shot_id("1C"), Seam.KEYFRAME]
    _draw_on(anna, keyframe)
    clip = takes[shot_id("1C"), Seam.CLIP]
    thread = anna.add(clip.id, _WORDS[0], FrameRange(start=4, stop=11)).seq
    anna.draw(clip.id, [Stroke(tool=Tool.BOX, points=((0.3, 0.62), (0.72, 0.98)))], FrameRange(start=4, stop=11))
    ben.reply(NoteId(thread), "It is the light in the window, not the coat. See frame 9.")
    anna.reply(NoteId(thread), "Then let us turn the window down.")
    maker.commands.request_changes(clip.id, "Slower: she should arrive with the last word.", "character:mara/eyes/")
    resolved = ben.add(clip.id, _WORDS[2], FrameRange(start=14, stop=15)).seq
    anna.resolve(NoteId(resolved))
    maker.add_take("1C", Seam.CLIP, drift_findings(maker.plans["1C"], frame_range=FrameRange(start=6, stop=12)))
    for index, take in enumerate(takes.values()):
        if take.shot_id not in (shot_id("1C"), None):
            ben.add(take.id, _WORDS[index % len(_WORDS)])
    return maker


def _draw_on(notes: NoteCommands, take: Take) -> None:
    strokes = (
        Stroke(tool=Tool.PEN, points=circle(0.5, 0.41, 0.2, 0.16)),
        Stroke(tool=Tool.ARROW, points=((0.82, 0.78), (0.66, 0.52)), colour=Colour.AMBER, width=Width.BROAD),
        Stroke(tool=Tool.TEXT, points=((0.6, 0.86),), words="warmer, like the lamp", colour=Colour.WHITE),
        Stroke(tool=Tool.BOX, points=((0.04, 0.06), (0.25, 0.5)), colour=Colour.BLUE, width=Width.FINE),
    )
    for stroke in strokes:
        notes.draw(take.id, [stroke])


def photograph(camera: Photographer, work: Path) -> None:
    """Every state."""
    make_noted_film(work / "noted.matchcut").project.close()
    camera.open(work / "noted.matchcut")
    desk = camera.desk
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    camera.wait(lambda: desk.viewer.canvas.image is not None)
    camera.press(Qt.Key.Key_D, modifier=_SHIFT)
    _drag(camera, (0.3, 0.75), (0.45, 0.6))
    camera.take("drawing_on_a_still", close=False)
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_Z)
    camera.take("drawing_at_one_to_one", close=False)
    camera.press(Qt.Key.Key_Escape)

    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1C")))
    camera.press(Qt.Key.Key_N, modifier=_ALT)
    desk.notes.show_note(next(note.id for note in desk.stage.film.notes_on(*desk.stage.takes) if note.replies))
    camera.take("a_thread_on_frames", close=False)
    desk.stage.show_take(desk.stage.takes[-1].id)
    desk.stage.show_frame(6)
    camera.wait(lambda: "frame 7" in desk.viewer.transport.counter.text())
    camera.press(Qt.Key.Key_E, modifier=_SHIFT)
    camera.press(Qt.Key.Key_H)
    camera.pause(1.0)
    camera.take("beside_another_take", close=False)
    camera.press(Qt.Key.Key_C)
    camera.press(Qt.Key.Key_N, modifier=_SHIFT)
    QTest.keyClicks(desk.notes.panel.line, "Better. The window is right now")
    camera.take("earlier_notes_over_a_later_take", close=False)
    camera.press(Qt.Key.Key_Escape)
    desk.notes.panel.filters["resolved"].setChecked(True)
    desk.notes.panel.filters["here"].setChecked(True)
    camera.take("this_shot_and_resolved", close=False)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for look in (Look.LIGHT, Look.GREY, Look.DARK):
        theme.show(app, look)
        if look is not Look.DARK:
            camera.take(f"in_{look}", close=False)
    camera.resize(1080, 640)
    camera.take("in_a_small_window")

    fresh = FilmMaker(work / "fresh.matchcut")
    fresh.draft()
    fresh.commands.approve_script()
    fresh.add_take("1A", Seam.KEYFRAME, clean_findings(fresh.plans["1A"]))
    fresh.project.close()
    camera.open(work / "fresh.matchcut")
    camera.wait(lambda: camera.desk.viewer.canvas.image is not None)
    camera.press(Qt.Key.Key_N, modifier=_ALT)
    camera.press(Qt.Key.Key_X, modifier=_SHIFT)
    _press_at(camera, (0.3, 0.3))
    QTest.keyClicks(camera.desk.viewer.notes.line, "higher, please")
    camera.take("no_notes_yet_and_words_at_hand")


def _at(camera: Photographer, point: tuple[float, float]) -> QPoint:
    picture = camera.desk.viewer.canvas.picture_rect()
    return QPoint(
        round(picture.left() + point[0] * picture.width()), round(picture.top() + point[1] * picture.height())
    )


def _press_at(camera: Photographer, point: tuple[float, float]) -> None:
    QTest.mouseClick(camera.desk.viewer.notes, Qt.MouseButton.LeftButton, pos=_at(camera, point))


def _drag(camera: Photographer, first: tuple[float, float], last: tuple[float, float]) -> None:
    overlay, left = camera.desk.viewer.notes, Qt.MouseButton.LeftButton
    QTest.mousePress(overlay, left, pos=_at(camera, first))
    for step in range(1, 9):
        x, y = (first[axis] + (last[axis] - first[axis]) * step / 8 for axis in (0, 1))
        QTest.mouseMove(overlay, _at(camera, (x, y)))
    QTest.mouseRelease(overlay, left, pos=_at(camera, last))
