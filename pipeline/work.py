"""What the nodes of the graphs do in project.db: draft, queue, review, assemble, export."""

import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from pipeline.assembly.cut import CutPlan, plan_cut
from pipeline.export.delivery import Delivery
from pipeline.export.movie import write_movie
from pipeline.graph.film_graph import FilmStep
from pipeline.handoffs import Handoffs
from pipeline.protocol import (
    Event,
    FilmFinished,
    GraphDrafted,
    JobEnded,
    JobProgressed,
    JobStarted,
    TakeMade,
    TakeReviewed,
)
from pipeline.redrafting import draft_film
from pipeline.renderers.base import Renderer
from pipeline.reviewing import Reviewing
from pipeline.script.reading import read_screenplay
from storage.database import write
from storage.domain.findings import Finding, is_clean
from storage.domain.jobs import JobId
from storage.domain.scene_graph import ShotId
from storage.domain.standing import State
from storage.domain.takes import Recipe, Seam, Take, TakeId
from storage.film_state import FilmState, ShotState
from storage.live_film import LiveFilm
from storage.project import Project


class FilmWorker:
    """The work of both graphs on one project; every method can be called twice without harm.

    Args:
        live: a reading of the project that is kept up.
        handoffs: carries the circled clips to the movie.
    """

    def __init__(
        self,
        project: Project,
        *,
        live: LiveFilm,
        renderer: Renderer,
        reviewing: Reviewing,
        emit: Callable[[Event], None],
        handoffs: Handoffs,
    ) -> None:
        self._handoffs = handoffs
        self._project = project
        self._live = live
        self._renderer = renderer
        self._reviewing = reviewing
        self._emit = emit
        self._delivery = Delivery(project)

    # The film

    def read_film(self) -> LiveFilm:
        """The film as it is now: what has changed since the last time is read."""
        self._live.catch_up()
        while self._live.num_unread:
            self._live.read_some(self._live.num_unread)
        return self._live

    def locate_film(self) -> FilmStep:
        """Where the film is, from project.db alone."""
        state = self.read_film()
        if not state.revision:
            return FilmStep.SCRIPT
        if state.graph_findings is None:
            return FilmStep.SCRIPT_CRITIC
        if not state.script_approved:
            return FilmStep.SCRIPT_DIRECTOR
        cut = state.cut()
        if cut.state is State.APPROVED and cut.take:
            return FilmStep.DONE if self._delivery.is_delivered(cut.take) else FilmStep.EXPORT
        return {
            State.BLOCKED: FilmStep.SHOTS,
            State.MAKE: FilmStep.ASSEMBLY,
            State.IN_WORK: FilmStep.ASSEMBLY,
            State.CHECK: FilmStep.CUT_CRITIC,
        }.get(cut.state, FilmStep.CUT_DIRECTOR)

    def draft_script(self) -> None:
        """Read the screenplay and store the first revision of the scene graph."""
        if self._project.graphs.latest_revision:
            return
        screenplay = read_screenplay(self._project.media.find(self._project.film.screenplay))
        graph = draft_film(self._project.film, screenplay, self._renderer.capabilities)
        revision = self._project.graphs.save(graph, label="draft from the screenplay", author="script agent")
        self._emit(GraphDrafted(revision=revision))

    def review_script(self) -> None:
        self._reviewing.review_script()

    def assemble(self) -> None:
        """Cut the circled clips into a movie, as a take of the cut."""
        state = FilmState(self._project)
        standing = state.cut()
        if standing.state not in (State.MAKE, State.IN_WORK):
            return
        attempt = standing.attempt
        job = self._project.jobs.ensure(seam=Seam.CUT, shot_id=None, round=standing.round, attempt=attempt)
        plan = self._handoffs.cut(self._plan(state))
        self._project.jobs.start(job.id, plan.total_frames)
        self._emit(JobStarted(job_ids=(job.id,), total=plan.total_frames))
        started = time.perf_counter()
        with tempfile.TemporaryDirectory(dir=self._project.folder) as folder:
            path = Path(folder) / "cut.mp4"
            write_movie(plan, path, lambda step, total: self._report(job.id, step, total))
            content = path.read_bytes()
        media = self._project.media.put(content, ".mp4")
        first = self._project.takes.get(plan.shots[0].take_id)
        with write(self._project.db):
            take = self._project.takes.add(
                seam=Seam.CUT,
                shot_id=None,
                round=standing.round,
                attempt=attempt,
                media=media,
                poster=first.poster,
                num_frames=plan.total_frames,
                frame_rate=plan.film_rate,
                width_px=plan.width_px,
                height_px=plan.height_px,
                recipe=_cut_recipe(plan),
                inputs=standing.inputs,
                graph_revision=state.revision,
                seconds=time.perf_counter() - started,
            )
            self._project.jobs.finish(job.id, take.id)
        self._emit(JobEnded(job_id=job.id, state="done"))
        self._emit(TakeMade(take_id=take.id, seam=Seam.CUT, shot_id=None, attempt=attempt))

    def review_cut(self) -> None:
        """Let the critic look at the newest cut, unless it has."""
        state = FilmState(self._project)
        standing = state.cut()
        if standing.state is State.CHECK and standing.take:
            self._told(standing.take, self._reviewing.review_cut(standing.take, self._plan(state)))

    def export(self) -> None:
        """Deliver the approved cut: movie and timeline in `exports/`."""
        state = FilmState(self._project)
        cut = state.cut()
        if cut.state is State.APPROVED and cut.take:
            paths = self._delivery.deliver(cut.take, self._plan(state), state)
            self._emit(FilmFinished(exports=tuple(str(path) for path in paths)))

    # A shot

    def locate_shot(self, shot_id: ShotId) -> ShotState:
        return FilmState(self._project, only=shot_id).shot(shot_id)

    def queue_shot(self, shot_id: ShotId) -> JobId | None:
        """Put the attempt that is due in the queue; the same job when asked again, None where none is due."""
        state = FilmState(self._project, only=shot_id)
        shot = state.shot(shot_id)
        standing = shot.clip if shot.keyframe.state is State.APPROVED else shot.keyframe
        if standing.state is not State.MAKE:
            return None
        order = next((index for index, planned in enumerate(state.planned_shots) if planned.id == shot_id), 0)
        return self._project.jobs.ensure(
            seam=standing.seam, shot_id=shot_id, round=standing.round, attempt=standing.attempt, place=order
        ).id

    def review_take(self, take_id: TakeId) -> None:
        take = self._project.takes.get(take_id)
        if take.shot_id is None or self._project.takes.findings(take_id) is not None:
            return
        shot = self.locate_shot(take.shot_id)
        keyframe = shot.keyframe.circled if take.seam is Seam.CLIP else None
        self._told(take, self._reviewing.review_take(take, keyframe))

    def _told(self, take: Take, findings: list[Finding]) -> None:
        drift = [finding for finding in findings if finding.is_open_drift]
        self._emit(
            TakeReviewed(
                take_id=take.id,
                seam=take.seam,
                shot_id=take.shot_id,
                attempt=take.attempt,
                clean=is_clean(findings),
                drift=tuple(f"{f.label}: {f.observed or 'wrong'}, should be {f.expected}" for f in drift),
            )
        )

    def _plan(self, state: FilmState) -> CutPlan:
        return cut_plan(self._project, state)

    def _report(self, job_id: JobId, step: int, total: int) -> None:
        self._project.jobs.progress([job_id], step, total)
        self._emit(JobProgressed(job_ids=(job_id,), step=step, total=total))


def cut_plan(project: Project, state: FilmState) -> CutPlan:
    """The cut of a film as it stands: its circled clips in film order."""
    assert state.view is not None
    circled = {shot.id: take for shot in state.planned_shots if (take := state.shot(shot.id).clip.circled) is not None}
    return plan_cut(
        state.view,
        circled,
        lambda take: project.media.path(take.media, take.media_suffix),
        revision=state.revision,
        made_on=state.film.created_at[:10],
        film_rate=state.film.frame_rate,
    )


def _cut_recipe(plan: CutPlan) -> Recipe:
    return Recipe(
        agent="assembly",
        pipeline="PyAV",
        scheduler_config={},
        width_px=plan.width_px,
        height_px=plan.height_px,
        num_frames=plan.total_frames,
        frame_rate=plan.film_rate,
        library_versions={name: version(name) for name in ("av", "numpy", "pillow")},
        extra={"cut_list": plan.cut_list, "slate_frames": plan.slate_frames, "title": plan.title},
    )
