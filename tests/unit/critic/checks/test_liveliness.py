import cv2
import numpy as np
import pytest

from critic.checks.liveliness import Liveliness
from pipeline.pocket.world import CLIP_FRAMES
from storage.domain.findings import FrameRange, Verdict
from storage.domain.scene_graph import Line, ShotPerson
from tests.unit.critic.drawn import MARA, by_label, clip_of, clip_subject, described, looks, pixels, view_of


def _clip(action: str, seed: int = 7, **more: str) -> np.ndarray:
    return pixels(clip_of(described(looks(action=action), **more), seed))


def _view(action: str = "talking", movement: str = "static", size: str = "close-up", lines: tuple[Line, ...] = ()):
    people = (ShotPerson(character_id=MARA, action=action),)
    return view_of(people=people, movement=movement, size=size, lines=lines)


def _review(frames: np.ndarray, view, pieces: tuple[FrameRange, ...] = ()):
    return by_label(Liveliness().findings(clip_subject(view, frames, pieces=pieces)))


def _ken_burns(still: np.ndarray) -> np.ndarray:
    """A slow move over one picture, as a lazy renderer would make it."""
    frames = []
    for step in range(16):
        move = cv2.getRotationMatrix2D((256, 144), 0.04 * step, 1.1 + 0.008 * step)
        move[:, 2] += (1.2 * step - 8, 0.4 * step)
        frames.append(cv2.warpAffine(still, move, (512, 288), flags=cv2.INTER_CUBIC))
    return np.stack(frames)


@pytest.mark.parametrize("action", ["talking", "walking", "blinking", "turning", "nodding"])
@pytest.mark.parametrize("movement", ["static", "pan left"])
def test_bodies_that_move_are_seen(action: str, movement: str) -> None:
    view = _view(action, movement, size="medium shot")
    found = _review(_clip(action, movement=movement, shot_size="medium shot"), view)
    assert (found["motion"].verdict, found["motion"].must) == (Verdict.OK, True)
    assert (found["camera"].verdict, found["camera"].observed) == (Verdict.OK, movement)


def test_a_frozen_clip_is_drift() -> None:
    frozen = np.repeat(_clip("talking")[:1], 16, axis=0)
    motion = _review(frozen, _view())["motion"]
    assert motion.is_open_drift
    assert (motion.expected, motion.observed) == ("MARA talking", "a freeze")


def test_a_pan_over_a_still_is_drift() -> None:
    motion = _review(_ken_burns(_clip("talking")[0]), _view(movement="push in"))["motion"]
    assert motion.is_open_drift
    assert motion.observed == "a pan over a still"


def test_the_artists_own_pan_without_action_is_a_pan_over_a_still() -> None:
    motion = _review(_clip("", movement="pan right"), _view(movement="pan right"))["motion"]
    assert motion.observed == "a pan over a still"


def test_a_fade_over_a_still_is_a_freeze() -> None:
    still = _clip("talking")[0].astype(np.float32)
    fade = np.stack([still * (1 - 0.02 * step) for step in range(16)]).astype(np.uint8)
    assert _review(fade, _view())["motion"].is_open_drift


def test_a_clip_that_stops_half_way_is_drift_from_there() -> None:
    clip = _clip("talking")
    stopped = np.concatenate([clip[:4], np.repeat(clip[4:5], CLIP_FRAMES - 4, axis=0)])
    motion = _review(stopped, _view())["motion"]
    assert motion.is_open_drift
    assert motion.frame_range is not None
    assert 4 <= motion.frame_range.start <= 6
    assert motion.frame_range.stop == CLIP_FRAMES


def test_a_frozen_piece_of_a_chain_is_drift() -> None:
    clip = _clip("talking")
    frames = np.concatenate([clip, np.repeat(clip[-1:], CLIP_FRAMES, axis=0)])
    pieces = (FrameRange(start=0, stop=CLIP_FRAMES), FrameRange(start=CLIP_FRAMES, stop=2 * CLIP_FRAMES))
    assert _review(clip, _view())["motion"].verdict is Verdict.OK
    motion = _review(frames, _view(), pieces)["motion"]
    assert motion.is_open_drift
    assert motion.frame_range is not None
    assert motion.frame_range.start >= CLIP_FRAMES


def test_who_speaks_must_move_even_where_the_plan_does_not_say() -> None:
    frozen = np.repeat(_clip("")[:1], 16, axis=0)
    line = Line(character_id=MARA, text="You came back.")
    assert _review(frozen, _view("", lines=(line,)))["motion"].is_open_drift
    voice = Line(character_id=MARA, text="You came back.", voice_only=True)
    assert not _review(frozen, _view("", lines=(voice,)))["motion"].must


def test_where_nobody_is_asked_to_move_nothing_is_asked() -> None:
    motion = _review(_clip(""), _view(""))["motion"]
    assert (motion.verdict, motion.must) == (Verdict.OK, False)


def test_a_far_face_under_a_moving_camera_is_unseen() -> None:
    view = _view("talking", "pan left", size="wide shot")
    motion = _review(_clip("", shot_size="wide shot", movement="pan left"), view)["motion"]
    assert (motion.verdict, motion.must) == (Verdict.UNSEEN, False)


@pytest.mark.parametrize("movement", ["pan left", "pan right", "tilt up", "tilt down", "push in", "pull out", "static"])
def test_the_camera_is_read(movement: str) -> None:
    camera = _review(_clip("talking", movement=movement), _view(movement=movement))["camera"]
    assert (camera.verdict, camera.observed, camera.must) == (Verdict.OK, movement, False)
    other = "pan left" if movement != "pan left" else "pan right"
    assert _review(_clip("talking", movement=movement), _view(movement=other))["camera"].verdict is Verdict.DRIFT
