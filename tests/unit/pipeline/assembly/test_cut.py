"""Circled clips come in film order, at their planned length, on whole frames."""

from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.assembly.cut import CutPlan, SpokenLine, plan_cut
from storage.domain.findings import FrameRange
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import (
    Billing,
    Character,
    CharacterId,
    Evidence,
    Line,
    Origin,
    Scene,
    SceneGraph,
    SceneId,
    Shot,
    ShotId,
)
from storage.domain.takes import MediaDigest, Seam, Take, TakeId
from storage.errors import KnownError

EVIDENCE = Evidence(origin=Origin.SCRIPT)
MARA = CharacterId("character:mara")


def scene(number: str, order: int) -> Scene:
    return Scene(
        id=SceneId(f"scene:{number}"),
        number=number,
        order=order,
        heading=f"INT. ROOM {number} - DAY",
        setting_id=None,
        time_of_day="day",
        story_day=1,
        first_line=1,
        last_line=1,
    )


def shot(label: str, order: int, duration_frames: int, lines: tuple[Line, ...] = ()) -> Shot:
    return Shot(
        id=ShotId(f"shot:{label}"),
        scene_id=SceneId(f"scene:{label[:-1]}"),
        label=label,
        order=order,
        size="wide shot",
        lines=lines,
        duration_frames=duration_frames,
        evidence=EVIDENCE,
    )


def take(label: str, number: int, num_frames: int = 16, width_px: int = 512) -> Take:
    return Take(
        id=TakeId(number),
        seam=Seam.CLIP,
        shot_id=ShotId(f"shot:{label}"),
        number=number,
        round="",
        attempt=1,
        media=MediaDigest(f"{number:064}"),
        media_suffix=".mkv",
        poster=None,
        num_frames=num_frames,
        frame_rate=Fraction(8),
        width_px=width_px,
        height_px=288,
        recipe_digest="",
        inputs_digest="",
        graph_revision=1,
        planted=False,
        seconds=0.0,
        created_at="2026-11-22T10:00:00.000+00:00",
    )


@pytest.fixture
def view() -> GraphView:
    spoken = (Line(character_id=MARA, text="You said nine."), Line(character_id=MARA, text="Nine.", voice_only=True))
    shots = (shot("2A", 0, 30), shot("1B", 1, 47), shot("1A", 0, 48, spoken))
    return GraphView(
        SceneGraph(
            title="The Lighthouse",
            characters={MARA: Character(id=MARA, names=("MARA",), billing=Billing.LEAD, evidence=EVIDENCE)},
            scenes={item.id: item for item in (scene("2", 1), scene("1", 0))},
            shots={item.id: item for item in shots},
        )
    )


def cut(view: GraphView, *takes: Take) -> CutPlan:
    circled = {item.shot_id: item for item in takes if item.shot_id}
    return plan_cut(view, circled, lambda item: Path(f"{item.media}.mkv"), revision=3, made_on="2026-11-22")


def test_shots_lie_in_film_order_without_gaps_after_the_slate(view: GraphView) -> None:
    plan = cut(view, take("2A", 1), take("1A", 2), take("1B", 3))
    assert [item.label for item in plan.shots] == ["1A", "1B", "2A"]
    assert plan.records == (
        FrameRange(start=48, stop=96),
        FrameRange(start=96, stop=143),
        FrameRange(start=143, stop=173),
    )
    assert plan.total_frames == 173


def test_a_shot_without_a_circled_clip_is_left_out(view: GraphView) -> None:
    plan = cut(view, take("2A", 1), take("1A", 2))
    assert [item.label for item in plan.shots] == ["1A", "2A"]
    assert plan.records[1].start == plan.records[0].stop


def test_a_shot_brings_its_scene_take_and_lines(view: GraphView) -> None:
    (found,) = cut(view, take("1A", 2)).shots
    assert (found.scene_number, found.heading, found.take_number) == ("1", "INT. ROOM 1 - DAY", 2)
    assert found.media_path == Path(f"{found.media}.mkv")
    assert found.lines == (
        SpokenLine(speaker="MARA", text="You said nine."),
        SpokenLine(speaker="MARA (V.O.)", text="Nine."),
    )


def test_the_cut_list_is_json_and_names_takes_and_ranges(view: GraphView) -> None:
    plan = cut(view, take("1A", 2))
    assert plan.cut_list == [
        {"shot": "shot:1A", "take": 2, "media": f"{2:064}", "record_in": 48, "record_out": 96},
    ]


def test_the_picture_is_as_large_as_the_largest_take_and_even(view: GraphView) -> None:
    plan = cut(view, take("1A", 1, width_px=511), take("1B", 2, width_px=513))
    assert (plan.width_px, plan.height_px) == (514, 288)


def test_a_clip_shorter_than_its_shot_is_refused(view: GraphView) -> None:
    with pytest.raises(KnownError, match="Shot 1A lasts 48 frames, its circled take fills only 45"):
        cut(view, take("1A", 1, num_frames=15))


def test_nothing_circled_makes_no_cut(view: GraphView) -> None:
    with pytest.raises(KnownError, match="Approve a clip first"):
        cut(view)


def test_an_odd_size_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="even"):
        CutPlan(title="", revision=1, made_on="", width_px=511, height_px=288, shots=())
