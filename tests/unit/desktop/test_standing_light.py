"""How each standing is read at a glance."""

import pytest

from desktop.standing_light import Light, light_of
from storage.domain.standing import Standing, State
from storage.domain.takes import Seam


@pytest.mark.parametrize(
    ("state", "stale", "drifts", "was_approved", "light"),
    [
        (State.APPROVED, False, (), True, Light.APPROVED),
        (State.APPROVED, True, (), True, Light.APPROVED),  # locked
        (State.DECIDE, False, (), False, Light.NEEDS_YOU),
        (State.DECIDE, False, ("eyes",), False, Light.DRIFT),
        (State.DECIDE, True, ("eyes",), True, Light.DRIFT),
        (State.SET_ASIDE, False, (), False, Light.SET_ASIDE),
        (State.IN_WORK, True, (), True, Light.IN_WORK),
        (State.CHECK, False, (), False, Light.IN_WORK),
        (State.MAKE, False, (), False, Light.QUEUED),
        (State.MAKE, True, (), True, Light.STALE),
        (State.BLOCKED, False, (), False, Light.NOTHING),
        (State.BLOCKED, False, (), True, Light.STALE),
    ],
)
def test_light(state: State, stale: bool, drifts: tuple[str, ...], was_approved: bool, light: Light) -> None:
    standing = Standing(seam=Seam.KEYFRAME, shot_id=None, state=state, stale=stale)
    assert light_of(standing, drifts=drifts, was_approved=was_approved) is light
