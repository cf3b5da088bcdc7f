import numpy as np
import pytest

from critic.checks.steadiness import Steadiness
from pipeline.pocket.world import CLIP_FRAMES
from storage.domain.findings import FrameRange, Verdict
from tests.unit.critic.drawn import by_label, clip_of, clip_subject, described, looks, pixels, view_of


def _clip(seed: int = 7, **more: str) -> np.ndarray:
    return pixels(clip_of(described(looks(action=more.pop("action", "talking")), **more), seed))


def _review(frames: np.ndarray, pieces: tuple[FrameRange, ...] = ()):
    return by_label(Steadiness().findings(clip_subject(view_of(), frames, pieces=pieces)))


@pytest.mark.parametrize("action", ["talking", "walking", "blinking", "turning", "nodding"])
@pytest.mark.parametrize("movement", ["static", "pan left", "push in"])
def test_a_clip_that_runs_on_is_ok(action: str, movement: str) -> None:
    found = _review(_clip(action=action, movement=movement, shot_size="medium shot"))
    assert {label: finding.verdict for label, finding in found.items()} == {
        "hidden cut": Verdict.OK,
        "flicker": Verdict.OK,
    }


def test_a_hidden_cut_is_found_where_it_is() -> None:
    cut = _review(np.concatenate([_clip()[:6], _clip(seed=8)[6:]]))["hidden cut"]
    assert (cut.verdict, cut.observed) == (Verdict.DRIFT, "a cut")
    assert cut.frame_range == FrameRange(start=6, stop=CLIP_FRAMES)


def test_a_foreign_frame_is_found() -> None:
    frames = _clip()
    frames[9] = _clip(seed=8)[9]
    cut = _review(frames)["hidden cut"]
    assert (cut.verdict, cut.observed) == (Verdict.DRIFT, "a foreign frame")
    assert cut.frame_range == FrameRange(start=9, stop=10)


def test_a_cut_in_a_moving_shot_is_found() -> None:
    pan = _clip(movement="pan left")
    cut = _review(np.concatenate([pan[:8], _clip(movement="pan left", setting="forest")[8:]]))["hidden cut"]
    assert cut.verdict is Verdict.DRIFT


def test_pieces_that_do_not_join_are_told_from_hidden_cuts() -> None:
    pieces = (FrameRange(start=0, stop=CLIP_FRAMES), FrameRange(start=CLIP_FRAMES, stop=2 * CLIP_FRAMES))
    broken = _review(np.concatenate([_clip(), _clip(seed=8)]), pieces)
    assert (broken["joins"].verdict, broken["hidden cut"].verdict) == (Verdict.DRIFT, Verdict.OK)
    assert broken["joins"].frame_range is not None
    assert broken["joins"].frame_range.start == CLIP_FRAMES
    first = _clip()
    whole = _review(np.concatenate([first, first[::-1]]), pieces)
    assert (whole["joins"].verdict, whole["hidden cut"].verdict) == (Verdict.OK, Verdict.OK)


def test_flicker_is_found_and_a_lamp_is_none() -> None:
    frames = _clip().astype(np.float32)
    flickering = frames * np.where(np.arange(CLIP_FRAMES) % 2, 1.06, 1.0)[:, None, None, None]
    found = _review(np.clip(flickering, 0, 255).astype(np.uint8))["flicker"]
    assert found.verdict is Verdict.DRIFT
    lamp = frames * np.where(np.arange(CLIP_FRAMES) > 7, 1.06, 1.0)[:, None, None, None]
    assert _review(np.clip(lamp, 0, 255).astype(np.uint8))["flicker"].verdict is Verdict.OK
