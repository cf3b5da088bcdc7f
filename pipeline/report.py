"""What was drawn, flagged, made again and approved in a film, counted from project.db."""

from collections import Counter
from dataclasses import dataclass

from storage.domain.decisions import Verb
from storage.domain.pass_rate import PassRate
from storage.domain.standing import State, not_clean
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.project import Project

_PICTURES = (Seam.KEYFRAME, Seam.CLIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeamReport:
    """Counts at one seam. What was planted is counted apart and nowhere else.

    Attributes:
        takes: made by the renderer as asked.
        flagged: of those, not clean to the critic.
        made_again: takes after the first of their round.
        first_clean: shots whose first take was clean, of `shots` that have one.
        approved: circled now.
        planted: takes put in with a drift on purpose.
        planted_flagged: of those, flagged.
        approved_by: decisions to approve, by author.
    """

    seam: Seam
    takes: int
    flagged: int
    made_again: int
    first_clean: int
    shots: int
    approved: int
    planted: int
    planted_flagged: int
    approved_by: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What happened in a film.

    Attributes:
        drifts: label of each drift that happened → how often.
        drawn_as: each substitution of a word, once.
    """

    title: str
    planned_shots: int
    seams: tuple[SeamReport, ...]
    drifts: dict[str, int]
    drawn_as: tuple[str, ...]
    pass_rate: PassRate


def report(project: Project, state: FilmState) -> Report:
    """Count a film as it stands."""
    drifts: Counter[str] = Counter()
    for take_id, findings in state.findings.items():
        take = state.takes[take_id]
        if take.seam in _PICTURES and not take.planted:
            drifts.update(f"{f.label}: {f.observed}, should be {f.expected}" for f in findings if f.is_open_drift)
    drawn_as = {
        words: None
        for take in state.takes.values()
        if take.seam in _PICTURES
        for words in project.takes.recipe(take.id).drawn_as
    }
    return Report(
        title=state.film.title,
        planned_shots=len(state.planned_shots),
        seams=tuple(_seam_report(state, seam) for seam in (*_PICTURES, Seam.CUT)),
        drifts=dict(drifts.most_common()),
        drawn_as=tuple(drawn_as),
        pass_rate=state.pass_rate(),
    )


def _seam_report(state: FilmState, seam: Seam) -> SeamReport:
    takes = [take for take in state.takes.values() if take.seam is seam]
    natural = [take for take in takes if not take.planted]
    planted = [take for take in takes if take.planted]

    def is_flagged(take_id: int) -> bool:
        take = state.takes[take_id]  # pyright: ignore[reportArgumentType]
        findings = state.findings.get(take.id)
        return findings is not None and bool(not_clean(findings, state.decisions_on(seam, take.shot_id), take.id))

    firsts = {}
    for take in natural:
        if take.id in state.findings:
            firsts.setdefault(take.shot_id, take)
    if seam is Seam.CUT:
        approved = int(state.cut().state is State.APPROVED)
    else:
        shots = [state.shot(shot.id) for shot in state.planned_shots]
        standings = [shot.keyframe if seam is Seam.KEYFRAME else shot.clip for shot in shots]
        approved = sum(standing.state is State.APPROVED for standing in standings)
    return SeamReport(
        seam=seam,
        takes=len(natural),
        flagged=sum(is_flagged(take.id) for take in natural),
        made_again=sum(take.attempt > 1 for take in natural),
        first_clean=sum(not is_flagged(take.id) for take in firsts.values()),
        shots=len(firsts),
        approved=approved,
        planted=len(planted),
        planted_flagged=sum(is_flagged(take.id) for take in planted),
        approved_by=dict(Counter(d.author for d in state.decisions if d.seam is seam and d.verb is Verb.APPROVE)),
    )
