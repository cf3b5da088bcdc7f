"""The figures of a film: how much came out right the first time, where drift was found, what a shot took to make."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storage.domain.decisions import Decision, Verb
from storage.domain.findings import Verdict
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import ShotId
from storage.domain.standing import State, not_clean, spoken_on
from storage.domain.takes import Seam, Take, TakeId
from storage.film_state import FilmState
from storage.project import Project

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tally:
    """What counts of one take.

    Attributes:
        drifts: `must` drifts that the critic found and the director did not call false alarms, in words.
        num_stand, num_false_alarms: of the constraints on which the critic found a drift.
        num_missed: drifts that only the director saw.
    """

    take: Take
    reviewed: bool
    flagged: bool
    drifts: tuple[str, ...]
    num_stand: int
    num_false_alarms: int
    num_missed: int


def read_figures(project: Project) -> FilmFigures:
    """Count a film as it stands now, reading no more of it than counting takes."""
    return film_figures(FilmState(project, to_count=True))


def film_figures(state: FilmState) -> FilmFigures:
    """Count a film as it was read. Takes time in proportion to its takes."""
    spoken: dict[TakeId, list[Decision]] = defaultdict(list)
    for decision in state.decisions:
        if decision.take_id is not None and decision.verb in (Verb.FALSE_ALARM, Verb.MISSED_DRIFT):
            spoken[decision.take_id].append(decision)
    tallies = [_tally(state, take, spoken.get(take.id, ())) for take in state.takes.values()]
    drifts: Counter[str] = Counter()
    for tally in tallies:
        if tally.take.seam in DRAWN and not tally.take.planted:
            drifts.update(tally.drifts)
    # Nothing is circled where nothing was decided: most shots of a film that has just begun.
    shots = [state.shot(shot.id) for shot in state.planned_shots if state.decisions_on(Seam.KEYFRAME, shot.id)]
    approved = {
        Seam.KEYFRAME: sum(shot.keyframe.state is State.APPROVED for shot in shots),
        Seam.CLIP: sum(shot.clip.state is State.APPROVED for shot in shots),
        Seam.CUT: int(state.cut().state is State.APPROVED),
    }
    drawn = Counter(tally.take.shot_id for tally in tallies if tally.take.seam in DRAWN and not tally.take.planted)
    return FilmFigures(
        planned_shots=len(state.planned_shots),
        pass_rate=state.pass_rate(),
        seams=(
            _script_figures(state),
            *(
                _seam_figures(state, seam, [tally for tally in tallies if tally.take.seam is seam], approved[seam])
                for seam in (*DRAWN, Seam.CUT)
            ),
        ),
        calls_of_shots=tuple(drawn[shot.shot.id] for shot in shots if shot.clip.state is State.APPROVED),
        drifts=dict(drifts.most_common()),
    )


def _tally(state: FilmState, take: Take, spoken: Sequence[Decision]) -> _Tally:
    findings = state.findings.get(take.id)
    wrong = [item for item in findings or () if item.must and item.verdict is not Verdict.OK]
    found = [item for item in wrong if item.is_open_drift]
    said = spoken_on(spoken, take.id)
    keys = {item.key for item in found}
    alarms = {key for key in keys if said.get(key) is Verb.FALSE_ALARM}
    missed = {key for key, verb in said.items() if verb is Verb.MISSED_DRIFT} - keys
    return _Tally(
        take=take,
        reviewed=findings is not None,
        flagged=findings is not None and bool(not_clean(wrong, spoken, take.id)),
        drifts=tuple(
            f"{item.label}: {item.observed}, should be {item.expected}" for item in found if item.key not in alarms
        ),
        num_stand=len(keys - alarms),
        num_false_alarms=len(alarms),
        num_missed=len(missed),
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


def _seam_figures(state: FilmState, seam: Seam, tallies: Sequence[_Tally], approved: int) -> SeamFigures:
    natural = [tally for tally in tallies if not tally.take.planted]
    planted = [tally for tally in tallies if tally.take.planted]
    firsts: dict[ShotId | None, _Tally] = {}
    for tally in tallies:
        firsts.setdefault(tally.take.shot_id, tally)
    checked = [tally for tally in firsts.values() if tally.reviewed and not tally.take.planted]
    return SeamFigures(
        seam=seam,
        takes=len(natural),
        flagged=sum(tally.flagged for tally in natural),
        made_again=sum(tally.take.attempt > 1 for tally in natural),
        first_pass=PassRate(passed=sum(not tally.flagged for tally in checked), counted=len(checked)),
        approved=approved,
        drift=sum(tally.num_stand for tally in natural),
        false_alarms=sum(tally.num_false_alarms for tally in natural),
        missed=sum(tally.num_missed for tally in natural),
        seconds=sum(tally.take.seconds for tally in natural),
        planted=len(planted),
        planted_flagged=sum(tally.flagged for tally in planted),
        approved_by=_approved_by(state, seam),
    )


def _approved_by(state: FilmState, seam: Seam) -> dict[str, int]:
    return dict(Counter(d.author for d in state.decisions if d.seam is seam and d.verb is Verb.APPROVE))
