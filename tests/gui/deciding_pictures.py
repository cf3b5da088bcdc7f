"""Pictures of deciding: drift, what was missed, requests, history, a graph that moved on; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.snapshot import Spot
from storage.commands import Commands
from storage.domain.findings import Finding, FrameRange, Region, Verdict
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam
from tests.gui.film_maker import (
    FilmMaker,
    clean_findings,
    drift_findings,
    finding,
    make_finished_film,
    shot_id,
)
from tests.gui.photographer import Photographer

_SHIFT = Qt.KeyboardModifier.ShiftModifier
COAT = Region(left=0.3, top=0.7, right=0.7, bottom=1.0)


def make_decided_film(folder: Path) -> FilmMaker:
    """A film far on its way: shots that took one to five calls, false alarms, drift that the critic missed, notes."""
    maker = FilmMaker(folder)
    maker.draft()
    maker.project.takes.add_review([_graph_drift()], take_id=None, graph_revision=1)
    anna = Commands(maker.project, "director:Anna Weber")
    anna.approve_script("Read it twice.")
    for label, attempts in (("1A", 1), ("1B", 1), ("1C", 3), ("2A", 1), ("2B", 4), ("2C", 1)):
        plan = maker.plans[label]
        for attempt in range(1, attempts):
            take = maker.add_take(label, Seam.KEYFRAME, drift_findings(plan), eyes="blue")
            if label == "1C" and attempt == 1:
                anna.set_stars(take.id, 2)
        keyframe = maker.add_take(label, Seam.KEYFRAME, clean_findings(plan))
        if label == "2B":
            anna.set_stars(keyframe.id, 4)
            anna.request_changes(keyframe.id, "She looks past us; I want her to look at us.", "character:mara/eyes/")
            anna.undo()
        (anna if label in ("1C", "2B") else Commands(maker.project, "policy:clean")).approve(keyframe.id)
    for label in ("1A", "1B", "1C", "2A"):
        maker.approved(label, Seam.CLIP)
    clip = maker.add_take("2B", Seam.CLIP, _clip_findings(), eyes="blue")
    anna.false_alarm(clip.id, "character:mara/hair style/")
    anna.missed_drift(clip.id, "character:mara/garment/coat")
    for _ in range(3):
        maker.add_take("2C", Seam.CLIP, clean_findings(maker.plans["2C"]))
    maker.project.set_price("0.04", "EUR")
    return maker


def _graph_drift() -> Finding:
    return finding("MARA: eyes", Verdict.DRIFT, "brown", "green", confidence=0.8)


def _clip_findings() -> list[Finding]:
    eyes = Region(left=0.36, top=0.36, right=0.64, bottom=0.52)
    unseen = [
        finding("MARA: age", Verdict.UNSEEN, "adult", "", must=False),
        finding("KITCHEN: light key", Verdict.UNSEEN, "high", "", must=False, message="It cannot be measured here."),
        finding("2B: angle", Verdict.UNSEEN, "eye level", "", must=False),
    ]
    return [
        finding(
            "MARA: eyes", Verdict.DRIFT, "brown", "blue", region=eyes, frame_range=FrameRange(start=8, stop=16),
            message="The eyes change colour when she turns to the lamp, and change back when she turns away from it.",
        ),
        finding("MARA: hair style", Verdict.DRIFT, "long", "bun", region=eyes, confidence=0.61),
        finding("MARA: skin", Verdict.UNSEEN, "light", "", confidence=0.4, message="The lamp tints the whole face."),
        finding("MARA: hair colour", Verdict.OK, "red"),
        finding("MARA: garment/coat", Verdict.OK, "yellow", region=COAT),
        *unseen,
    ]  # fmt: skip


def photograph(camera: Photographer, work: Path) -> None:
    """Every state."""
    make_decided_film(work / "decided.matchcut").project.close()
    camera.open(work / "decided.matchcut")
    desk = camera.desk
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2B")))
    camera.take("drift_in_a_clip", close=False)
    camera.press(Qt.Key.Key_U)
    for _ in range(4):
        camera.press(Qt.Key.Key_Down)
    camera.take("missed_by_the_critic", close=False)
    camera.press(Qt.Key.Key_U, Qt.Key.Key_R)
    QTest.keyClicks(desk.inspector.note, "Keep her eyes on the lamp.")
    camera.take("request_about", close=False)
    camera.press(Qt.Key.Key_Escape)
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2B")))
    camera.press(Qt.Key.Key_T, modifier=_SHIFT)
    bar = desk.inspector.scroll_area.verticalScrollBar()
    bar.setValue(bar.maximum())
    camera.take("history_and_stars", close=False)
    camera.press(Qt.Key.Key_A, modifier=_SHIFT)
    camera.wait(lambda: "Approved" in desk.strip.text)
    camera.take("approved_all_clean")

    finished = make_finished_film(work / "moved_on.matchcut")
    finished.commands.edit_constraint(ConstraintId("constraint:mara/garment/coat@film"), "red")
    camera.open(work / "moved_on.matchcut")
    desk = camera.desk
    desk.stage.show_spot(Spot(seam=Seam.KEYFRAME, shot_id=shot_id("1B")))
    camera.wait(lambda: "coat" in desk.inspector.approval.text())
    camera.take("graph_moved_on")
