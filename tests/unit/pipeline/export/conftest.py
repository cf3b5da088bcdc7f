from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.assembly.cut import CutPlan, CutShot, SpokenLine
from pipeline.media import encode_clip
from storage.domain.scene_graph import SceneId, ShotId
from storage.domain.takes import MediaDigest, TakeId

HEADINGS = {"1": "INT. CAFÉ - DAY", "2": "EXT. ROAD - NIGHT"}

MakeShot = Callable[..., CutShot]


def grey_clip(num_frames: int, first: int, height: int = 36, width: int = 64) -> np.ndarray:
    """Frames that can be told apart by their level: first, first + 6, first + 12 …"""
    levels = (first + 6 * np.arange(num_frames)).astype(np.uint8)
    return np.broadcast_to(levels[:, None, None, None], (num_frames, height, width, 3)).copy()


@pytest.fixture
def make_shot(tmp_path: Path) -> MakeShot:
    """Makes a shot of a cut together with its clip on disk."""

    def make(
        label: str,
        *,
        duration_frames: int,
        num_frames: int = 8,
        take_rate: int = 8,
        first: int = 20,
        lines: tuple[SpokenLine, ...] = (),
        size: tuple[int, int] = (36, 64),
    ) -> CutShot:
        path = tmp_path / "media" / f"{label}.mkv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encode_clip(grey_clip(num_frames, first, *size), Fraction(take_rate)))
        return CutShot(
            shot_id=ShotId(f"shot:{label}"),
            label=label,
            scene_id=SceneId(f"scene:{label[:-1]}"),
            scene_number=label[:-1],
            heading=HEADINGS[label[:-1]],
            take_id=TakeId(len(label)),
            take_number=2,
            media=MediaDigest("ab" * 32),
            media_path=path,
            num_frames=num_frames,
            take_rate=Fraction(take_rate),
            duration_frames=duration_frames,
            lines=lines,
        )

    return make


@pytest.fixture
def plan(make_shot: MakeShot) -> CutPlan:
    """Two scenes, three shots, two take rates, dialogue in two of the shots."""
    return CutPlan(
        title="The Lighthouse: Élodie",
        revision=7,
        made_on="2026-11-22",
        slate_frames=6,
        width_px=64,
        height_px=36,
        shots=(
            make_shot(
                "1A",
                duration_frames=24,
                first=20,
                lines=(
                    SpokenLine(speaker="MARA", text="You said {nine} \\N."),
                    SpokenLine(speaker="THEO", text="Ça va?"),
                ),
            ),
            make_shot("1B", duration_frames=11, take_rate=12, num_frames=6, first=90),
            make_shot(
                "2A", duration_frames=13, first=140, lines=(SpokenLine(speaker="MARA (V.O.)", text="海の向こう側"),)
            ),
        ),
    )
