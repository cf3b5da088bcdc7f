"""The figures of a film: how much came out right the first time, where drift was found, what a shot took to make."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storage.domain.decisions import Verb
from storage.domain.findings import Finding
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import ShotId
from storage.domain.standing import State, not_clean, open_drift, spoken_on
from storage.domain.takes import Seam, Take
from storage.film_state import FilmState

DRAWN = (Seam.KEYFRAME, Seam.CLIP)
"""The seams at which a generator is called. A cut is put together, not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeamFigures:
    """Counts at one seam. What was planted is counted apart and nowhere else.

    Attributes:
        takes: made as asked. At the script seam the takes are revisions, of which the newest counts.
        flagged: of those, not clean, after what the director said of the critic's findings.
        made_again: takes after the first of their round.
        first_pass: shots whose first take was clean, of those whose first take was checked and not planted.
        approved: shots with a circled take that is fresh.
        drift: `must` drifts that the critic found and the director did not call false alarms, take by take.
        false_alarms: drifts that the critic found and the director called false alarms.
        missed: drifts that the director found and the critic did not.
        seconds: drawing all takes took.
        planted: takes put in with a drift on purpose.
        planted_flagged: of those, flagged.
        approved_by: decisions to approve that count, by author.
    """

    seam: Seam
    takes: int
    flagged: int
    made_again: int
    first_pass: PassRate
    approved: int
    drift: int
    false_alarms: int
    missed: int
    seconds: float
    planted: int
    planted_flagged: int
    approved_by: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFigures:
    """A film in figures.

    Attributes:
        pass_rate: end to end; see `FilmState.pass_rate`.
        seams: script, keyframe, clip, cut.
        calls_of_shots: for each shot with an approved clip, in film order: how many keyframes and clips were
            drawn for it, all attempts.
        drifts: what drifted and how, in words → how often, most often first; false alarms are not among them.
    """

    planned_shots: int
    pass_rate: PassRate
    seams: tuple[SeamFigures, ...]
    calls_of_shots: tuple[int, ...]
    drifts: Mapping[str, int]

    @property
    def calls(self) -> int:
        """Keyframes and clips that were drawn."""
        return sum(figures.takes for figures in self.seams if figures.seam in DRAWN)

    @property
    def calls_per_shot(self) -> float | None:
        """Generator calls per approved shot; None where no shot is approved."""
        return sum(self.calls_of_shots) / len(self.calls_of_shots) if self.calls_of_shots else None

    @property
    def seconds(self) -> float:
        """What drawing keyframes and clips took."""
        return sum(figures.seconds for figures in self.seams if figures.seam in DRAWN)

    def spent(self, price_per_call: Decimal) -> Decimal:
        """What all calls cost, at a price each."""
        return price_per_call * self.calls

    def spent_per_shot(self, price_per_call: Decimal) -> Decimal | None:
        """What the calls for an approved shot cost on average; None where no shot is approved."""
        if not self.calls_of_shots:
            return None
        return price_per_call * sum(self.calls_of_shots) / len(self.calls_of_shots)

    def at(self, seam: Seam) -> SeamFigures:
        return next(figures for figures in self.seams if figures.seam is seam)


def film_figures(state: FilmState) -> FilmFigures:
    """Count a film as it stands. Takes time in proportion to its takes."""
    natural = [take for take in state.takes.values() if not take.planted]
    drifts: Counter[str] = Counter()
    for take in natural:
        if take.seam in DRAWN:
            findings = state.findings.get(take.id, ())
            stands = open_drift(findings, state.decisions_on(take.seam, take.shot_id), take.id)
            found = (item for item in findings if item.is_open_drift and item.key in stands)
            drifts.update(f"{item.label}: {item.observed}, should be {item.expected}" for item in found)
    return FilmFigures(
        planned_shots=len(state.planned_shots),
        pass_rate=state.pass_rate(),
        seams=(_script_figures(state), *(_seam_figures(state, seam) for seam in (*DRAWN, Seam.CUT))),
        calls_of_shots=_calls_of_shots(state, natural),
        drifts=dict(drifts.most_common()),
    )


def _script_figures(state: FilmState) -> SeamFigures:
    findings = state.graph_findings
    flagged = sum(item.is_open_drift for item in findings or ())
    return SeamFigures(
        seam=Seam.SCRIPT,
        takes=int(state.revision > 0),
        flagged=int(flagged > 0),
        made_again=0,
        first_pass=PassRate(passed=0, counted=0),
        approved=int(state.script_approved),
        drift=flagged,
        false_alarms=0,
        missed=0,
        seconds=0.0,
        planted=0,
        planted_flagged=0,
        approved_by=_approved_by(state, Seam.SCRIPT),
    )


def _seam_figures(state: FilmState, seam: Seam) -> SeamFigures:
    takes = [take for take in state.takes.values() if take.seam is seam]
    natural = [take for take in takes if not take.planted]
    planted = [take for take in takes if take.planted]
    firsts: dict[ShotId | None, Take] = {}
    for take in takes:
        firsts.setdefault(take.shot_id, take)
    first_takes = [take for take in firsts.values() if not take.planted and take.id in state.findings]
    drift = false_alarms = missed = 0
    for take in natural:
        found = _drift_of(state, take)
        drift, false_alarms, missed = drift + found[0], false_alarms + found[1], missed + found[2]
    return SeamFigures(
        seam=seam,
        takes=len(natural),
        flagged=sum(_is_flagged(state, take) for take in natural),
        made_again=sum(take.attempt > 1 for take in natural),
        first_pass=PassRate(passed=sum(not _is_flagged(state, take) for take in first_takes), counted=len(first_takes)),
        approved=_num_approved(state, seam),
        drift=drift,
        false_alarms=false_alarms,
        missed=missed,
        seconds=sum(take.seconds for take in natural),
        planted=len(planted),
        planted_flagged=sum(_is_flagged(state, take) for take in planted),
        approved_by=_approved_by(state, seam),
    )


def _num_approved(state: FilmState, seam: Seam) -> int:
    if seam is Seam.CUT:
        return int(state.cut().state is State.APPROVED)
    shots = [state.shot(shot.id) for shot in state.planned_shots]
    standings = [shot.keyframe if seam is Seam.KEYFRAME else shot.clip for shot in shots]
    return sum(standing.state is State.APPROVED for standing in standings)


def _is_flagged(state: FilmState, take: Take) -> bool:
    findings = state.findings.get(take.id)
    return findings is not None and bool(not_clean(findings, state.decisions_on(take.seam, take.shot_id), take.id))


def _drift_of(state: FilmState, take: Take) -> tuple[int, int, int]:
    """Drifts of a take that stand, false alarms, and drifts that only the director saw."""
    findings: Sequence[Finding] = state.findings.get(take.id, ())
    spoken = spoken_on(state.decisions_on(take.seam, take.shot_id), take.id)
    found = {item.key for item in findings if item.is_open_drift}
    alarms = {key for key, verb in spoken.items() if verb is Verb.FALSE_ALARM} & found
    missed = {key for key, verb in spoken.items() if verb is Verb.MISSED_DRIFT} - found
    return len(found - alarms), len(alarms), len(missed)


def _calls_of_shots(state: FilmState, natural: Sequence[Take]) -> tuple[int, ...]:
    drawn = Counter(take.shot_id for take in natural if take.seam in DRAWN)
    approved = [shot for shot in state.planned_shots if state.shot(shot.id).clip.state is State.APPROVED]
    return tuple(drawn[shot.id] for shot in approved)


def _approved_by(state: FilmState, seam: Seam) -> dict[str, int]:
    return dict(Counter(d.author for d in state.decisions if d.seam is seam and d.verb is Verb.APPROVE))
