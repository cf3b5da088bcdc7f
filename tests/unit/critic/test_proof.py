import numpy as np

from critic.proof import proof_of
from storage.domain.findings import Finding, FrameRange, Region, Verdict


def _finding(region: Region | None, frame_range: FrameRange | None = None) -> Finding:
    return Finding(
        key="character:mara/eyes/",
        label="MARA: eyes",
        constraint_id="c1",
        check="judge",
        verdict=Verdict.DRIFT,
        must=True,
        expected="brown",
        observed="blue",
        confidence=0.9,
        region=region,
        frame_range=frame_range,
    )


def _frames(count: int = 5) -> np.ndarray:
    return np.stack([np.full((90, 160, 3), index, np.uint8) for index in range(count)])


def test_the_crop_is_the_region_with_a_little_around_it() -> None:
    frames = _frames(1)
    frames[0, 30:60, 40:80] = 255
    crop = proof_of(_finding(Region(left=40 / 160, top=30 / 90, right=80 / 160, bottom=60 / 90)), frames)
    assert crop.shape[0] > 30
    assert crop.shape[1] > 40
    assert (crop == 255).all(axis=-1).sum() == 30 * 40


def test_the_crop_is_of_the_middle_of_the_range() -> None:
    assert proof_of(_finding(None, FrameRange(start=2, stop=5)), _frames()).max() == 3


def test_a_region_at_the_edge_or_of_no_size_still_gives_a_crop() -> None:
    for region in (
        Region(left=0.98, top=0.98, right=1.2, bottom=1.2),
        Region(left=0.5, top=0.5, right=0.5, bottom=0.5),
    ):
        crop = proof_of(_finding(region), _frames(1))
        assert min(crop.shape[:2]) >= 1


def test_no_region_gives_the_whole_frame() -> None:
    assert proof_of(_finding(None), _frames(1)).shape == (90, 160, 3)
