"""One immutable reading of a film: everything that the views show, worked out off the GUI thread."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from desktop.standing_light import Light, light_of
from storage.domain.decisions import Decision, Verb
from storage.domain.findings import Finding
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job, JobState
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import Constraint, Scene, Shot, ShotId
from storage.domain.staleness import stale_reasons
from storage.domain.standing import Standing, State, not_clean, open_drift
from storage.domain.takes import MediaDigest, Recipe, Seam, Take, TakeId
from storage.film_state import FilmState
from storage.project import Project

_SHOWN_JOBS = (JobState.RUNNING, JobState.QUEUED, JobState.FAILED, JobState.LOST, JobState.CANCELLED)

_NO_LANES = (Light.NOTHING, Light.NOTHING, Light.NOTHING, Light.NOTHING)
_DONE = {
    Verb.APPROVE: "Approved",
    Verb.REQUEST_CHANGES: "Requested changes to",
    Verb.FALSE_ALARM: "Called a false alarm on",
    Verb.MISSED_DRIFT: "Noted missed drift in",
    Verb.LOCK: "Locked",
    Verb.UNLOCK: "Unlocked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or clip on disk; `suffix` is empty where only its digest is known."""

    digest: MediaDigest
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeamCard:
    """One shot (or the film) at one seam.

    Attributes:
        takes: all of them, by number.
        drifts: keys that are not right in the take that the standing is about.
    """

    standing: Standing
    light: Light
    takes: tuple[Take, ...] = ()
    drifts: tuple[str, ...] = ()

    @property
    def first_shown(self) -> Take | None:
        """The take to look at unless the director chooses another."""
        return self.standing.take or self.standing.circled or (self.takes[-1] if self.takes else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotCard:
    """One shot on the timeline.

    Attributes:
        start_frame: where it begins in the film, in frames of the film.
        planned: false for shots that were left out of this production.
        lanes: the states at the script, keyframe, clip and cut seams, as the timeline shows them.
        poster: the take whose thumbnail stands for it.
    """

    shot: Shot
    scene: Scene
    start_frame: int
    planned: bool
    keyframe: SeamCard
    clip: SeamCard
    lanes: tuple[Light, Light, Light, Light]
    poster: Take | None

    def at(self, seam: Seam) -> SeamCard:
        return self.clip if seam is Seam.CLIP else self.keyframe

    @property
    def stop_frame(self) -> int:
        return self.start_frame + self.shot.duration_frames

    @property
    def num_flags(self) -> int:
        """Drifts that wait for the director."""
        return sum(len(card.drifts) for card in (self.keyframe, self.clip) if card.light is Light.DRIFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place where a director decides: a seam of a shot, or of the film where there is none."""

    seam: Seam
    shot_id: ShotId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSnapshot:
    """A film at one moment. Nothing in it changes, so that any thread may read it.

    Attributes:
        script_findings: None where the critic has not read this revision of the scene graph.
        decisions: the whole ledger; effective: what still counts, by place.
        undo_label: what Ctrl+Z would take back; empty for nothing.
    """

    folder: Path
    title: str
    frame_rate: Fraction
    revision: int
    view: GraphView | None
    script: Light
    script_findings: tuple[Finding, ...] | None
    shots: tuple[ShotCard, ...]
    cut: SeamCard
    waiting: tuple[Spot, ...]
    pass_rate: PassRate
    jobs: tuple[Job, ...]
    findings: Mapping[TakeId, tuple[Finding, ...]]
    decisions: tuple[Decision, ...]
    effective: Mapping[tuple[Seam, ShotId | None], tuple[Decision, ...]]
    undo_label: str
    index_of: Mapping[ShotId, int] = field(default_factory=dict)

    @property
    def num_frames(self) -> int:
        """Length of the film as planned, in frames."""
        return self.shots[-1].stop_frame if self.shots else 0

    def card(self, shot_id: ShotId | None) -> ShotCard | None:
        index = self.index_of.get(shot_id) if shot_id else None
        return self.shots[index] if index is not None else None

    def seam_card(self, spot: Spot) -> SeamCard | None:
        """What is known at a place; None at the script seam and where the shot is gone."""
        if spot.seam is Seam.CUT:
            return self.cut
        card = self.card(spot.shot_id)
        return card.at(spot.seam) if card and spot.seam is not Seam.SCRIPT else None

    def take_drifts(self, take: Take) -> tuple[str, ...]:
        """Keys that are not right in any take, after what the director said of the critic's findings."""
        decisions = self.effective.get((take.seam, take.shot_id), ())
        return open_drift(self.findings.get(take.id, ()), decisions, take.id)

    def take_word(self, take: Take) -> str:
        """What a take strip says under a take."""
        if take.id not in self.findings:
            return "not checked"
        drifts = self.take_drifts(take)
        if drifts:
            return "drift"
        decisions = self.effective.get((take.seam, take.shot_id), ())
        return "unseen" if not_clean(self.findings[take.id], decisions, take.id) else "clean"

    def history(self, spot: Spot) -> tuple[Decision, ...]:
        """Every entry of the ledger about a place, newest first, undone ones and undos included."""
        return tuple(d for d in reversed(self.decisions) if (d.seam, d.shot_id) == (spot.seam, spot.shot_id))

    def proposed(self) -> tuple[Constraint, ...]:
        """The constraints that nobody has settled yet, by id."""
        if self.view is None:
            return ()
        return tuple(item for _, item in sorted(self.view.graph.constraints.items()) if item.is_proposed)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDetail:
    """What is only read for the take on screen.

    Attributes:
        stale_because: one sentence for each input that has changed since.
    """

    take_id: TakeId
    recipe: Recipe
    stale_because: tuple[str, ...]


def read_snapshot(project: Project) -> FilmSnapshot:
    """Read the whole film. Takes about a millisecond a shot: not for the GUI thread."""
    state = FilmState(project)
    planned = {shot.id for shot in state.planned_shots}
    effective: dict[tuple[Seam, ShotId | None], list[Decision]] = defaultdict(list)
    for decision in state.decisions:
        effective[decision.seam, decision.shot_id].append(decision)
    cards: list[ShotCard] = []
    frame = 0
    script, cut = _script_light(state), _seam_card(state, state.cut())
    for shot in state.view.shots if state.view else ():
        cards.append(_shot_card(state, shot, frame, script if shot.id in planned else None, cut.light))
        frame += shot.duration_frames
    undoable = [decision for decision in state.decisions if decision.author == "director"]
    return FilmSnapshot(
        folder=project.folder,
        title=state.film.title,
        frame_rate=state.film.frame_rate,
        revision=state.revision,
        view=state.view,
        script=script,
        script_findings=state.graph_findings,
        shots=tuple(cards),
        cut=cut,
        waiting=tuple(Spot(seam=standing.seam, shot_id=standing.shot_id) for standing in state.waiting()),
        pass_rate=state.pass_rate(),
        jobs=tuple(job for job in project.jobs.in_state(*_SHOWN_JOBS) if _is_shown(job, state)),
        findings=state.findings,
        decisions=tuple(state.all_decisions),
        effective={key: tuple(items) for key, items in effective.items()},
        undo_label=decision_words(undoable[-1], state.view) if undoable else "",
        index_of={card.shot.id: index for index, card in enumerate(cards)},
    )


def read_detail(project: Project, take: Take, inputs_now: Sequence) -> TakeDetail:
    """Read what is only shown for one take.

    Args:
        inputs_now: what a take would be made from now; empty where an earlier seam is open.
    """
    reasons = stale_reasons(project.takes.inputs(take.id), inputs_now) if inputs_now else ()
    return TakeDetail(
        take_id=take.id,
        recipe=project.takes.recipe(take.id),
        stale_because=tuple(reason.sentence for reason in reasons),
    )


def decision_words(decision: Decision, view: GraphView | None) -> str:
    """A decision as a director says it: "approve 13C keyframe", "Mara: eyes: brown → green"."""
    if decision.verb in (Verb.EDIT, Verb.SETTLE):
        return decision.note
    shot = view.graph.shots.get(decision.shot_id) if view and decision.shot_id else None
    what = f"{shot.label if shot else 'the film'} {decision.seam}"
    if decision.seam is Seam.SCRIPT:
        what = "the scene graph"
    elif decision.seam is Seam.CUT:
        what = "the cut"
    return f"{decision.verb} {what}"


def done_words(decision: Decision, view: GraphView | None) -> str:
    """A decision that was made, as a sentence: "Approved 13C keyframe.", "Mara: eyes: brown → green."."""
    words = decision_words(decision, view)
    told = words.removeprefix(f"{decision.verb} ")
    if told == words:
        return f"{words}."
    return f"{_DONE[decision.verb]} {told}."


def _script_light(state: FilmState) -> Light:
    if state.view is None:
        return Light.IN_WORK
    return Light.APPROVED if state.script_approved else Light.NEEDS_YOU


def _shot_card(state: FilmState, shot: Shot, frame: int, script: Light | None, cut: Light) -> ShotCard:
    assert state.view is not None
    if script is not None:
        standings = state.shot(shot.id)
        keyframe, clip = _seam_card(state, standings.keyframe), _seam_card(state, standings.clip)
    else:
        keyframe, clip = (
            SeamCard(standing=Standing(seam=seam, shot_id=shot.id, state=State.BLOCKED), light=Light.NOTHING)
            for seam in (Seam.KEYFRAME, Seam.CLIP)
        )
    return ShotCard(
        shot=shot,
        scene=state.view.graph.scenes[shot.scene_id],
        start_frame=frame,
        planned=script is not None,
        keyframe=keyframe,
        clip=clip,
        lanes=(script, keyframe.light, clip.light, cut) if script is not None else _NO_LANES,
        poster=clip.standing.circled or keyframe.first_shown or clip.first_shown,
    )


def _seam_card(state: FilmState, standing: Standing) -> SeamCard:
    decisions = state.decisions_on(standing.seam, standing.shot_id)
    drifts: tuple[str, ...] = ()
    if standing.take:
        drifts = open_drift(state.findings.get(standing.take.id, ()), decisions, standing.take.id)
    was_approved = any(decision.verb in (Verb.APPROVE, Verb.LOCK) for decision in decisions)
    return SeamCard(
        standing=standing,
        light=light_of(standing, drifts=drifts, was_approved=was_approved),
        takes=tuple(state.takes_of(standing.seam, standing.shot_id)),
        drifts=drifts,
    )


def _is_shown(job: Job, state: FilmState) -> bool:
    if job.state in (JobState.QUEUED, JobState.RUNNING, JobState.LOST):
        return True
    if job.shot_id is None or state.view is None or job.shot_id not in state.view.graph.shots:
        return False
    shot = state.shot(job.shot_id)
    standing = shot.keyframe if job.seam is Seam.KEYFRAME else shot.clip
    return standing.job is not None and standing.job.id == job.id
