"""The colour class of a standing: how a director reads where a shot stands, at a glance."""

from collections.abc import Sequence
from enum import StrEnum

from storage.domain.standing import Standing, State


class Light(StrEnum):
    """One word and one colour for each state a lane of the timeline can show."""

    NOTHING = "not yet"
    QUEUED = "waiting for the worker"
    IN_WORK = "in work"
    NEEDS_YOU = "needs you"
    DRIFT = "drift"
    SET_ASIDE = "set aside"
    APPROVED = "approved"
    STALE = "stale"


def light_of(standing: Standing, *, drifts: Sequence[str], was_approved: bool) -> Light:
    """Read a standing.

    Args:
        drifts: keys that are not right in the take that it is about.
        was_approved: a take was circled here before, though an earlier seam is open again now.
    """
    match standing.state:
        case State.APPROVED:
            return Light.APPROVED
        case State.DECIDE:
            return Light.DRIFT if drifts else Light.NEEDS_YOU
        case State.SET_ASIDE:
            return Light.SET_ASIDE
        case State.IN_WORK | State.CHECK:
            return Light.IN_WORK
        case State.MAKE:
            return Light.STALE if standing.stale else Light.QUEUED
        case State.BLOCKED:
            return Light.STALE if was_approved or standing.circled else Light.NOTHING
