"""A reading of the whole film at one moment: each shot's standing at each seam, and the number."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.domain.decisions import Decision, Verb, effective
from storage.domain.findings import Finding
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job
from storage.domain.looks import Look, looks_shown
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import Shot, ShotId
from storage.domain.staleness import cut_inputs, shot_inputs, with_length
from storage.domain.standing import Standing, State, not_clean, open_drift, stand
from storage.domain.takes import Seam, Take, TakeId, TakeInput
from storage.frames import film_frames_filled
from storage.project import Film, Project
from storage.standing_looks import looks_of

Place = tuple[Seam, ShotId | None]
_GRAPH_VERBS = (Verb.EDIT, Verb.SETTLE, Verb.UNDO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotState:
    """Attributes: clip is BLOCKED until the keyframe is approved."""

    shot: Shot
    keyframe: Standing
    clip: Standing


class FilmReading:
    """What was read of a film, and what follows from it. How it is read is up to those that derive from it.

    Attributes:
        view: None where no scene graph has been drafted.
        all_decisions: the ledger; decisions: what still counts of it.
        looks: what keyframes go by, oldest first; none where the checkpoint takes no references.
    """

    film: Film
    revision: int
    view: GraphView | None
    all_decisions: list[Decision]
    decisions: list[Decision]
    findings: dict[TakeId, tuple[Finding, ...]]
    graph_findings: tuple[Finding, ...] | None
    looks: tuple[Look, ...]

    def __init__(self) -> None:
        self._takes: dict[Place, list[Take]] = {}
        self._jobs: dict[Place, list[Job]] = {}
        self._decided: dict[Place, list[Decision]] = {}
        self._shots: dict[ShotId, ShotState] = {}
        self._approved: bool | None = None
        self._planned: tuple[Shot, ...] | None = None

    def takes_of(self, seam: Seam, shot_id: ShotId | None) -> Sequence[Take]:
        return self._takes.get((seam, shot_id), ())

    def decisions_on(self, seam: Seam, shot_id: ShotId | None) -> Sequence[Decision]:
        """Effective decisions of a shot at a seam, in order."""
        return self._decided.get((seam, shot_id), ())

    @property
    def script_approved(self) -> bool:
        """A director approved the scene graph, and since then only directors changed it; a new draft asks again."""
        if self._approved is None:
            self._approved = self._is_approved()
        return self._approved

    def _is_approved(self) -> bool:
        approved = [d.graph_revision for d in self.decisions_on(Seam.SCRIPT, None) if d.verb is Verb.APPROVE]
        if not approved:
            return False
        of_script = [d for d in self.all_decisions if d.seam is Seam.SCRIPT]
        edited = {d.graph_revision for d in of_script if d.verb in _GRAPH_VERBS}
        counting = {d.seq for d in self.decisions_on(Seam.SCRIPT, None)}
        for draft in of_script:
            if draft.verb is Verb.DRAFT and draft.seq not in counting:
                before, after = draft.details["revisions"]
                edited.update(range(before + 1, after + 1))
        return all(revision in edited for revision in range(approved[-1] + 1, self.revision + 1))

    @property
    def planned_shots(self) -> tuple[Shot, ...]:
        """The shots to be produced, in film order: of the chosen scenes, and so many at most."""
        if self._planned is None:
            self._planned = self._plan()
        return self._planned

    def _plan(self) -> tuple[Shot, ...]:
        if self.view is None:
            return ()
        # Many readings of one shot ask this of the same scene graph.
        wanted = ("planned", self.film.scene_numbers, self.film.max_shots)
        if wanted not in self.view.memo:
            self.view.memo[wanted] = self._chosen_of(self.view)
        return self.view.memo[wanted]

    def _chosen_of(self, view: GraphView) -> tuple[Shot, ...]:
        chosen = set(self.film.scene_numbers)
        shots = tuple(
            shot for scene in view.scenes if not chosen or scene.number in chosen for shot in view.shots_of(scene.id)
        )
        return shots[: self.film.max_shots] if self.film.max_shots else shots

    def shot(self, shot_id: ShotId) -> ShotState:
        """Where a shot stands; worked out once."""
        if shot_id not in self._shots:
            assert self.view is not None
            keyframe = self._stand_keyframe(shot_id)
            if not self.script_approved:
                keyframe = Standing(seam=Seam.KEYFRAME, shot_id=shot_id, state=State.BLOCKED, circled=keyframe.circled)
            if keyframe.state is State.APPROVED:
                clip = self._stand_clip(shot_id, keyframe)
            else:
                clip = Standing(seam=Seam.CLIP, shot_id=shot_id, state=State.BLOCKED)
            self._shots[shot_id] = ShotState(shot=self.view.graph.shots[shot_id], keyframe=keyframe, clip=clip)
        return self._shots[shot_id]

    def standing_at(self, seam: Seam, shot_id: ShotId | None) -> Standing | None:
        """Where a shot stands at the keyframe or clip seam, or the cut where there is none; None for a shot gone."""
        if shot_id is None:
            return self.cut()
        if self.view is None or shot_id not in self.view.graph.shots:
            return None
        shot = self.shot(shot_id)
        return shot.keyframe if seam is Seam.KEYFRAME else shot.clip

    def cut(self) -> Standing:
        """Where the cut stands: blocked until every planned shot has its clip."""
        clips: list[tuple[ShotId, Take]] = []
        for shot in self.planned_shots:
            clip = self.shot(shot.id).clip
            if clip.state is not State.APPROVED or clip.circled is None:
                break
            clips.append((shot.id, clip.circled))
        if self.view is None or not clips or len(clips) < len(self.planned_shots):
            return Standing(seam=Seam.CUT, shot_id=None, state=State.BLOCKED)
        inputs = cut_inputs(self.view, clips)
        return self._stand_with(Seam.CUT, None, inputs, more_attempts=0)

    def _let_pass(self, standing: Standing) -> frozenset[str]:
        """What is not right in a circled take."""
        take = standing.circled
        if take is None:
            return frozenset()
        decisions = self.decisions_on(standing.seam, standing.shot_id)
        return frozenset(not_clean(self.findings.get(take.id, ()), decisions, take.id))

    def looks_for(self, shot_id: ShotId) -> tuple[Look, ...]:
        """What the next keyframe of a shot goes by."""
        return looks_shown(self.view, shot_id, self.looks) if self.view and self.looks else ()

    def _stand_keyframe(self, shot_id: ShotId) -> Standing:
        """Where a keyframe stands: what a look was cropped from need not go by that look."""
        looks = self.looks_for(shot_id)
        standing = self._stand(Seam.KEYFRAME, shot_id, looks=looks)
        circled = standing.circled
        others = tuple(look for look in looks if circled is None or look.take_id != circled.id)
        if not standing.stale or others == looks:
            return standing
        kept = self._stand(Seam.KEYFRAME, shot_id, looks=others)
        return standing if kept.stale else kept

    def _stand_clip(self, shot_id: ShotId, keyframe: Standing) -> Standing:
        """Where a clip stands: one made for another length of its shot keeps its place while it fills the shot.

        The cut shows no more of it than the shot is long, so a trim costs nothing. What is still to be made is made
        for the length of now.
        """
        accepted = self._let_pass(keyframe)
        standing = self._stand(Seam.CLIP, shot_id, keyframe.circled, accepted)
        if not standing.stale and standing.state is not State.MAKE:
            return standing
        filling = [take for take in reversed(self.takes_of(Seam.CLIP, shot_id)) if self._fills(take, shot_id)]
        waiting: Standing | None = None
        for length in dict.fromkeys(take.length_digest for take in filling):
            inputs = with_length(standing.inputs, length)
            if inputs == standing.inputs:
                continue
            kept = self._stand_with(
                Seam.CLIP, shot_id, inputs, more_attempts=self.film.more_attempts, accepted=accepted
            )
            if kept.circled in filling and not kept.stale:
                return kept
            if standing.state is State.MAKE and kept.take in filling:
                waiting = waiting or kept
        return waiting or standing

    def _fills(self, clip: Take, shot_id: ShotId) -> bool:
        assert self.view is not None
        duration_frames = self.view.graph.shots[shot_id].duration_frames
        filled = film_frames_filled(clip.num_frames, clip.frame_rate, self.film.frame_rate) if clip.frame_rate else 0
        return filled >= duration_frames

    def _stand(
        self,
        seam: Seam,
        shot_id: ShotId,
        circled_keyframe: Take | None = None,
        accepted: frozenset[str] = frozenset(),
        looks: Sequence[Look] = (),
    ) -> Standing:
        assert self.view is not None
        inputs = shot_inputs(
            self.view,
            shot_id,
            seam,
            checkpoint_digest=self.film.checkpoint_digest,
            circled_keyframe=circled_keyframe,
            looks=looks,
        )
        return self._stand_with(seam, shot_id, inputs, more_attempts=self.film.more_attempts, accepted=accepted)

    def _stand_with(
        self,
        seam: Seam,
        shot_id: ShotId | None,
        inputs: tuple[TakeInput, ...],
        *,
        more_attempts: int,
        accepted: frozenset[str] = frozenset(),
    ) -> Standing:
        return stand(
            seam,
            shot_id,
            inputs=inputs,
            takes=self._takes.get((seam, shot_id), ()),
            findings=self.findings,
            decisions=self._decided.get((seam, shot_id), ()),
            jobs=self._jobs.get((seam, shot_id), ()),
            more_attempts=more_attempts,
            accepted=accepted,
        )

    def waiting(self) -> list[Standing]:
        """What waits for the director, in the order in which deciding it frees the most work."""
        if self.view is None:
            return []
        if not self.script_approved:
            return [Standing(seam=Seam.SCRIPT, shot_id=None, state=State.DECIDE)]
        shots = [self.shot(shot.id) for shot in self.planned_shots]
        waiting = (State.DECIDE, State.SET_ASIDE)
        standings = [item.keyframe for item in shots] + [item.clip for item in shots] + [self.cut()]
        return [standing for standing in standings if standing.state in waiting]

    def pass_rate(self) -> PassRate:
        """The end-to-end pass rate, live, as design.md defines it."""
        cuts = self.takes_of(Seam.CUT, None)
        if not cuts or self.view is None:
            return PassRate(passed=0, counted=0)
        reached = [shot for shot in self.planned_shots if self.shot(shot.id).clip.circled]
        return PassRate(passed=sum(self._passes(shot.id) for shot in reached), counted=len(reached))

    def _passes(self, shot_id: ShotId) -> bool:
        state = self.shot(shot_id)
        for standing in (state.keyframe, state.clip):
            take = standing.circled
            if standing.state is not State.APPROVED or take is None:
                return False
            if open_drift(self.findings.get(take.id, ()), self.decisions_on(standing.seam, shot_id), take.id):
                return False
        return True


class OtherPlan(FilmReading):
    """What was read of a film, with another scene graph, or other looks.

    Args:
        read: stays as it is.
        view: what is planned instead.
        looks: what keyframes go by instead; None for those of now.
    """

    def __init__(self, read: "FilmState", view: GraphView, looks: Sequence[Look] | None = None) -> None:
        super().__init__()
        self.film, self.revision, self.view = read.film, read.revision, view
        self.all_decisions, self.decisions = read.all_decisions, read.decisions
        self.findings, self.graph_findings = read.findings, read.graph_findings
        self.looks = read.looks if looks is None else tuple(looks)
        self._takes, self._jobs, self._decided = read._takes, read._jobs, read._decided


class FilmState(FilmReading):
    """Everything that a decision or a next step depends on. Read once, then ask.

    Args:
        project: read at once; later changes do not show.
        view: a scene graph to look at instead of the latest (to see what an edit would do).
        only: read the takes, findings, jobs and decisions that bear on one shot; ask for no other then.
        to_count: leave out what the figures do not ask for, which is most: the jobs, and the findings that are
            right. Of a standing only `circled` and whether it is APPROVED tell then.
        not_right: leave out the findings that are right, on which no standing depends.
    """

    def __init__(
        self,
        project: Project,
        view: GraphView | None = None,
        only: ShotId | None = None,
        *,
        to_count: bool = False,
        not_right: bool = False,
    ) -> None:
        super().__init__()
        self.film = project.film
        self.revision = project.graphs.latest_revision
        self.view = view or (project.graphs.view() if self.revision else None)
        self.all_decisions = project.ledger.about(only) if only else project.ledger.everything()
        self.decisions = effective(self.all_decisions)
        self.findings = project.takes.all_findings(only, not_right=to_count or not_right)
        self.graph_findings = project.takes.graph_findings(self.revision) if self.revision else None
        self.looks = looks_of(project) if self.film.takes_references and self.revision else ()
        self.takes: dict[TakeId, Take] = {}
        for take in project.takes.everything(only):
            self._takes.setdefault((take.seam, take.shot_id), []).append(take)
            self.takes[take.id] = take
        for job in () if to_count else project.jobs.everything(only):
            self._jobs.setdefault((job.seam, job.shot_id), []).append(job)
        for decision in self.decisions:
            self._decided.setdefault((decision.seam, decision.shot_id), []).append(decision)
