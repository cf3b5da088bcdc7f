"""Sorts the takes that wait for a director: clean, drifting, unclear, set aside."""

from collections.abc import Collection
from dataclasses import dataclass

from storage.domain.decisions import Decision
from storage.domain.scene_graph import ShotId
from storage.domain.standing import State, open_drift
from storage.domain.takes import Take
from storage.film_state import FilmState


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTakes:
    """Keyframes and clips that wait for a director.

    Attributes:
        clean: the takes in which every `must` is ok.
        drifting: how many others have drift.
        unclear: how many have no drift, but something that should be seen and was not.
        set_aside: how many shots wait because their work failed or was cancelled.
    """

    clean: tuple[Take, ...]
    drifting: int
    unclear: int
    set_aside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanApproval:
    """Attributes: approved: the new entries, one a take, that one undo takes back; waited: what there was before."""

    approved: tuple[Decision, ...]
    waited: WaitingTakes


def waiting_takes(state: FilmState, shot_ids: Collection[ShotId] | None = None) -> WaitingTakes:
    """Sort what waits in some shots; in all of them where shot_ids is None. The cut is not among them."""
    clean: list[Take] = []
    drifting = unclear = set_aside = 0
    for standing in state.waiting():
        if standing.shot_id is None or (shot_ids is not None and standing.shot_id not in shot_ids):
            continue
        take = standing.take
        if standing.state is State.SET_ASIDE or take is None:
            set_aside += 1
        elif standing.clean:
            clean.append(take)
        elif open_drift(state.findings.get(take.id, ()), state.decisions_on(take.seam, take.shot_id), take.id):
            drifting += 1
        else:
            unclear += 1
    return WaitingTakes(clean=tuple(clean), drifting=drifting, unclear=unclear, set_aside=set_aside)
