"""Where a shot (or the film) stands at a seam, worked out anew from takes, findings, decisions and jobs.

Nothing here is remembered between calls: an undo, a stale take or a crash changes what
is stored, and the next step follows from that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from storage.domain.decisions import Decision, Verb
from storage.domain.digest import digest_of_json
from storage.domain.findings import Finding, Verdict
from storage.domain.jobs import Job, JobState
from storage.domain.scene_graph import ShotId
from storage.domain.staleness import inputs_digest
from storage.domain.takes import Seam, Take, TakeId, TakeInput


class State(StrEnum):
    """What happens next.

    BLOCKED: an earlier seam is not decided. MAKE: an attempt is to be made. IN_WORK: its job is
    queued or running. CHECK: the critic has not looked. DECIDE: waits for the director.
    SET_ASIDE: its job failed or was cancelled. APPROVED: a take is circled and fresh.
    """

    BLOCKED = "blocked"
    MAKE = "make"
    IN_WORK = "in work"
    CHECK = "check"
    DECIDE = "decide"
    SET_ASIDE = "set aside"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One shot at one seam.

    Attributes:
        take: what the state is about: the circled take, the best one to decide on, or the one to check.
        attempt: for MAKE and IN_WORK: the attempt to be made, from 1.
        pressed: for MAKE and IN_WORK: keys of constraints that were missed, to be asked for with more weight.
        base: for MAKE and IN_WORK: the best take of this round so far, whose drift the next one answers.
        missed: keys that are not right in `base`.
        accepted: of those, what the director let pass at the seam before.
        round: which attempts count together; see `Take.round`.
        inputs: what a take would be made from now; empty where BLOCKED.
        circled: the circled take, fresh or stale.
        stale: a take was circled and no longer matches.
        locked: the director keeps the circled take whatever changes.
        clean: the take has every must constraint ok.
    """

    seam: Seam
    shot_id: ShotId | None
    state: State
    take: Take | None = None
    attempt: int = 0
    pressed: tuple[str, ...] = ()
    base: Take | None = None
    missed: tuple[str, ...] = ()
    accepted: frozenset[str] = frozenset()
    round: str = ""
    inputs: tuple[TakeInput, ...] = ()
    job: Job | None = None
    circled: Take | None = None
    stale: bool = False
    locked: bool = False
    clean: bool = False


def spoken_on(decisions: Sequence[Decision], take_id: TakeId) -> dict[str, Verb]:
    """What the director said last of the critic's findings in a take: key → FALSE_ALARM or MISSED_DRIFT."""
    verbs = (Verb.FALSE_ALARM, Verb.MISSED_DRIFT)
    return {d.key: d.verb for d in decisions if d.take_id == take_id and d.verb in verbs}


def open_drift(findings: Sequence[Finding], decisions: Sequence[Decision], take_id: TakeId) -> tuple[str, ...]:
    """Keys that are not right in a take: `must` drift that is no false alarm, and drift the critic missed."""
    spoken = spoken_on(decisions, take_id)
    found = [f.key for f in findings if f.is_open_drift and spoken.get(f.key) is not Verb.FALSE_ALARM]
    missed = [key for key, verb in spoken.items() if verb is Verb.MISSED_DRIFT and key not in found]
    return (*found, *missed)


def not_clean(findings: Sequence[Finding], decisions: Sequence[Decision], take_id: TakeId) -> tuple[str, ...]:
    """Keys that keep a take from being clean: open drift, and `must` that should be seen and was not."""
    unseen = tuple(f.key for f in findings if f.must and f.verdict is Verdict.UNSEEN)
    return (*open_drift(findings, decisions, take_id), *unseen)


def stand(
    seam: Seam,
    shot_id: ShotId | None,
    *,
    inputs: tuple[TakeInput, ...],
    takes: Sequence[Take],
    findings: Mapping[TakeId, tuple[Finding, ...]],
    decisions: Sequence[Decision],
    jobs: Sequence[Job],
    more_attempts: int,
    accepted: frozenset[str] = frozenset(),
) -> Standing:
    """Work out where a shot stands at a seam whose earlier seams are decided.

    Args:
        takes, jobs: those of this shot and seam.
        decisions: effective ones of this shot and seam, in order.
        more_attempts: how often the critic may send a take back.
        accepted: keys that the director let pass at the seam before. What a clip inherits from its
            keyframe is reported, but no new seed can mend it.
    """
    by_id = {take.id: take for take in takes}
    now = inputs_digest(inputs)
    circled_id, locked = _circled(decisions)
    circled = by_id.get(circled_id) if circled_id else None
    requests = [d for d in decisions if d.verb is Verb.REQUEST_CHANGES]
    round = digest_of_json((seam, shot_id, now, [d.seq for d in requests]))[:16]

    def standing(state: State, take: Take | None = None, **more: object) -> Standing:
        clean = take is not None and take.id in findings and not not_clean(findings[take.id], decisions, take.id)
        return Standing(
            seam=seam, shot_id=shot_id, state=state, take=take, round=round, inputs=inputs, circled=circled,
            stale=circled is not None and circled.inputs_digest != now, locked=locked, clean=clean,
            **more,  # pyright: ignore[reportArgumentType]
        )  # fmt: skip

    if circled and (locked or circled.inputs_digest == now):
        return standing(State.APPROVED, circled)
    candidates = sorted((take for take in takes if take.round == round), key=lambda take: take.attempt)
    newest = candidates[-1] if candidates else None
    job = max((job for job in jobs if job.round == round), key=lambda job: job.attempt, default=None)
    best = _best(candidates, findings, decisions)
    wrong = not_clean(findings[best.id], decisions, best.id) if best else ()
    due: dict[str, Any] = {
        "pressed": tuple(dict.fromkeys((*(d.key for d in requests if d.key), *wrong))),
        "base": best,
        "missed": wrong,
        "accepted": accepted.intersection(wrong),
    }
    if job and job.state in (JobState.QUEUED, JobState.RUNNING):
        return standing(State.IN_WORK, attempt=job.attempt, job=job, **due)
    if newest and newest.id not in findings:
        return standing(State.CHECK, newest)
    if best and not wrong:
        return standing(State.DECIDE, best)
    if job and job.state in (JobState.FAILED, JobState.CANCELLED):
        return standing(State.DECIDE, best, job=job) if best else standing(State.SET_ASIDE, job=job)
    attempt = newest.attempt + 1 if newest else 1
    if attempt <= 1 + more_attempts and (best is None or not accepted.issuperset(wrong)):
        return standing(State.MAKE, attempt=attempt, **due)
    return standing(State.DECIDE, best)


def _circled(decisions: Sequence[Decision]) -> tuple[TakeId | None, bool]:
    circled: TakeId | None = None
    locked = False
    for decision in decisions:
        if decision.verb is Verb.APPROVE:
            circled = decision.take_id
        elif decision.verb is Verb.REQUEST_CHANGES and decision.take_id == circled:
            circled, locked = None, False
        elif decision.verb is Verb.LOCK:
            circled, locked = decision.take_id, True
        elif decision.verb is Verb.UNLOCK:
            locked = False
    return circled, locked


def _best(
    candidates: Sequence[Take], findings: Mapping[TakeId, tuple[Finding, ...]], decisions: Sequence[Decision]
) -> Take | None:
    """The take to show a director and to mend: fewest open drifts, then fewest unseen, then the least sure drifts.

    How sure the critic is of a take's drifts is their confidences' sum; what a director has seen is sure. Among
    equals the newest. None where the critic has looked at none.
    """

    def badness(take: Take) -> tuple[int, int, float, int]:
        found = findings[take.id]
        drifting = open_drift(found, decisions, take.id)
        unseen = len(not_clean(found, decisions, take.id)) - len(drifting)
        sure = {finding.key: finding.confidence for finding in found if finding.is_open_drift}
        return len(drifting), unseen, sum(sure.get(key, 1.0) for key in drifting), -take.attempt

    return min((take for take in candidates if take.id in findings), key=badness, default=None)
