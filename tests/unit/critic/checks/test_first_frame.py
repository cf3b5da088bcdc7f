import numpy as np
import pytest

from critic.checks.first_frame import FirstFrame
from critic.subject import PictureSubject
from storage.domain.findings import Verdict
from storage.domain.takes import Seam
from tests.unit.critic.drawn import (
    SHOT,
    clip_of,
    clip_subject,
    described,
    draw_one,
    keyframe_subject,
    looks,
    pixels,
    view_of,
)

CLIP = pixels(clip_of(described(looks(action="talking"))))
VIEW = view_of()


def _noisy(frame: np.ndarray, sigma: float) -> np.ndarray:
    noise = np.random.default_rng(1).normal(0, sigma, frame.shape)
    return np.clip(frame + noise, 0, 255).astype(np.uint8)


def _one(frames: np.ndarray, keyframe: np.ndarray):
    (finding,) = FirstFrame().findings(clip_subject(VIEW, frames, keyframe))
    return finding


@pytest.mark.parametrize("sigma", [0.0, 4.0])
def test_a_clip_that_begins_on_its_keyframe_is_ok(sigma: float) -> None:
    finding = _one(CLIP, _noisy(CLIP[0], sigma))
    assert (finding.key, finding.verdict, finding.must) == ("check:first frame", Verdict.OK, True)


def test_another_seed_of_the_same_description_is_drift() -> None:
    finding = _one(CLIP, pixels(clip_of(described(looks(action="talking")), seed=8))[0])
    assert finding.verdict is Verdict.DRIFT
    assert finding.frame_range is not None
    assert finding.frame_range.stop == 1


def test_an_iris_that_was_recoloured_is_drift_where_it_is() -> None:
    blue = draw_one(described(looks(eyes="blue")))
    brown = draw_one(described(looks()))
    finding = _one(np.stack([blue.pixels, blue.pixels]), brown.pixels)
    assert finding.verdict is Verdict.DRIFT
    assert finding.region is not None
    left, top, right, bottom = blue.people[0].eyes
    assert left - 0.07 < finding.region.left < right
    assert top - 0.12 < finding.region.top < bottom


def test_another_size_is_drift() -> None:
    finding = _one(CLIP, CLIP[0][::2, ::2])
    assert (finding.verdict, finding.observed) == (Verdict.DRIFT, "512×288 px")


def test_without_a_keyframe_it_is_unseen() -> None:
    subject = PictureSubject(view=VIEW, shot_id=SHOT, seam=Seam.CLIP, frames=CLIP)
    (finding,) = FirstFrame().findings(subject)
    assert (finding.verdict, finding.must) == (Verdict.UNSEEN, True)


def test_a_keyframe_is_not_asked() -> None:
    assert FirstFrame().findings(keyframe_subject(VIEW, draw_one(described(looks())))) == []
