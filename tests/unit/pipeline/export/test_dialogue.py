"""Cues follow each other within their shots, at a length that their words ask for."""

import dataclasses
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.assembly.cut import CutPlan, CutShot, SpokenLine
from pipeline.export.dialogue import cues_of
from storage.domain.scene_graph import SceneId, ShotId
from storage.domain.takes import MediaDigest, TakeId

SHOT = CutShot(
    shot_id=ShotId("shot:1A"),
    label="1A",
    scene_id=SceneId("scene:1"),
    scene_number="1",
    heading="INT. CAFÉ - DAY",
    take_id=TakeId(1),
    take_number=1,
    media=MediaDigest("ab" * 32),
    media_path=Path("1A.mkv"),
    num_frames=8,
    take_rate=Fraction(8),
    duration_frames=24,
)
PLAN = CutPlan(title="", revision=1, made_on="2026-11-22", slate_frames=6, width_px=64, height_px=36, shots=(SHOT,))


def test_time_is_shared_out_by_words(plan: CutPlan) -> None:
    mara, theo, voice = cues_of(plan)
    # The first shot lasts 1 s after a slate of 0.25 s; Mara has 5 words of 8, names included.
    assert (mara.start_ms, mara.stop_ms) == (250, 875)
    assert (theo.start_ms, theo.stop_ms) == (875, 1250)
    assert (voice.start_ms, voice.stop_ms) == (1708, 2250)
    assert theo.text == "THEO: Ça va?"


def test_a_long_speech_becomes_cues_of_two_rows(plan: CutPlan) -> None:
    speech = " ".join(f"word{number}" for number in range(40))
    shot = dataclasses.replace(plan.shots[0], lines=(SpokenLine(speaker="MARA", text=speech),))
    cues = cues_of(dataclasses.replace(plan, shots=(shot,)))
    assert len(cues) > 2
    assert " ".join(cue.text.replace("\n", " ") for cue in cues) == f"MARA: {speech}"
    assert all(len(row) <= 42 for cue in cues for row in cue.text.split("\n"))
    assert all(len(cue.text.split("\n")) <= 2 for cue in cues)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), max_size=5))
def test_cues_never_overlap_nor_leave_their_shot(texts: list[str]) -> None:
    shot = dataclasses.replace(SHOT, lines=tuple(SpokenLine(speaker="A", text=text) for text in texts))
    cues = cues_of(dataclasses.replace(PLAN, shots=(shot,)))
    moments = [moment for cue in cues for moment in (cue.start_ms, cue.stop_ms)]
    assert moments == sorted(moments)
    assert all(250 <= moment <= 1250 for moment in moments)
    assert bool(cues) == bool(texts)
    assert all(len(cue.text.encode()) < 65536 for cue in cues)
