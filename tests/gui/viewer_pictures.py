"""Pictures of the viewer: drift, looks, every way to compare, all takes, zoomed, empty; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from desktop.bench.drawing import png
from desktop.snapshot import Spot
from storage.domain.findings import FrameRange, Region, Verdict
from storage.domain.looks import WHOLE_FRAME
from storage.domain.takes import Seam
from storage.look_commands import LookCommands
from tests.gui.film_maker import (
    FilmMaker,
    clean_findings,
    draw,
    drift_findings,
    finding,
    make_finished_film,
    shot_id,
)
from tests.gui.photographer import Photographer

HEAD = Region(left=0.28, top=0.05, right=0.72, bottom=0.95)


def make_viewed_film(folder: Path) -> FilmMaker:
    """A film whose 2B has three keyframes, the last circled and a look of Mara, and two clips, the first drifting."""
    maker = FilmMaker(folder)
    maker.draft()
    maker.commands.approve_script()
    maker.approved("1A", Seam.KEYFRAME, Seam.CLIP)
    maker.approved("1B", Seam.KEYFRAME)
    plan = maker.plans["2B"]
    for planted in (True, False):
        maker.add_take("2B", Seam.KEYFRAME, drift_findings(plan), eyes="blue", planted=planted)
    circled = maker.add_take("2B", Seam.KEYFRAME, clean_findings(plan))
    maker.commands.approve(circled.id)
    looks = LookCommands(maker.project, "director")
    looks.promote(circled.id, "character:mara", png(draw(plan)[9:171, 90:230]), region=HEAD)
    looks.promote(circled.id, "setting:2", png(draw(plan)), region=WHOLE_FRAME)
    drifting = [
        *drift_findings(plan, frame_range=FrameRange(start=8, stop=16)),
        finding(
            "MARA: hair style", Verdict.DRIFT, "long", "bun", region=HEAD, frame_range=FrameRange(start=3, stop=11)
        ),
        finding("MARA: skin", Verdict.DRIFT, "light", "tan", frame_range=FrameRange(start=19, stop=24), confidence=0.7),
    ]
    maker.add_take("2B", Seam.CLIP, drifting, eyes="blue")
    maker.add_take("2B", Seam.CLIP, clean_findings(plan))
    return maker


def photograph_asked_look(camera: Photographer, work: Path) -> None:
    """What a look would turn stale, asked under the picture."""
    maker = make_finished_film(work / "looks.matchcut")
    maker.project.set_checkpoint_digest(maker.project.film.checkpoint_digest, takes_references=True)
    maker.project.close()
    camera.open(work / "looks.matchcut")
    desk = camera.desk
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1C")))
    camera.wait(lambda: desk.viewer.canvas.image is not None)
    camera.press(Qt.Key.Key_P)
    camera.wait(desk.viewer.looks.ask.isVisible)
    camera.take("look_asked", close=False)
    camera.resize(1100, 680)
    camera.take("look_asked_small", close=False)
    QTest.keyClick(desk.viewer.looks.ask.confirm, Qt.Key.Key_Return)
    camera.wait(lambda: bool(desk.stage.film.looks))
    desk.viewer.looks.enlarge_next()
    camera.take("look_enlarged_small")


def photograph(camera: Photographer, work: Path) -> None:
    """Every state, in one window."""
    make_viewed_film(work / "viewed.matchcut").project.close()
    camera.open(work / "viewed.matchcut")
    desk = camera.desk
    stage, canvas = desk.stage, desk.viewer.canvas

    def show(seam: Seam, number: int, label: str = "2B") -> None:
        stage.show_spot(Spot(seam=seam, shot_id=shot_id(label)))
        take = next((take for take in stage.takes if take.number == number), None)
        if take is not None:
            stage.show_take(take.id)
        camera.wait(lambda: canvas.image is not None)

    show(Seam.KEYFRAME, 1)
    camera.take("drift_and_looks", close=False)
    camera.press(Qt.Key.Key_W)
    camera.take("wipe", close=False)
    camera.press(Qt.Key.Key_X)
    camera.take("difference", close=False)
    camera.press(Qt.Key.Key_H)
    camera.take("side_by_side", close=False)
    camera.press(Qt.Key.Key_Y)
    camera.resize(1100, 680)
    camera.take("onion_skin_small_window", close=False)
    camera.resize(1480, 900)
    camera.press(Qt.Key.Key_C, Qt.Key.Key_T)
    QTest.keyClick(desk.viewer.sheet, Qt.Key.Key_Right)
    camera.take("contact_sheet", close=False)
    camera.press(Qt.Key.Key_T, Qt.Key.Key_V)
    camera.take("safe_areas", close=False)
    camera.press(Qt.Key.Key_V)
    canvas.zoom_by(3.0, QPointF(canvas.region_rect(HEAD).center()))
    camera.take("zoomed", close=False)
    canvas.fit()
    camera.press(Qt.Key.Key_P, modifier=Qt.KeyboardModifier.AltModifier)
    camera.take("look", close=False)
    desk.viewer.looks.close_look()
    show(Seam.CLIP, 1)
    stage.show_frame(4)
    camera.press(Qt.Key.Key_I)
    stage.show_frame(13)
    camera.press(Qt.Key.Key_O)
    stage.show_frame(9)
    camera.take("drift_strips", close=False)
    camera.press(Qt.Key.Key_W)
    camera.take("clips_in_step", close=False)
    show(Seam.KEYFRAME, 1, "1B")
    camera.take("nothing_to_compare", close=False)
    camera.press(Qt.Key.Key_C)
    stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("3A")))
    camera.take("no_take_yet")
    photograph_asked_look(camera, work)
