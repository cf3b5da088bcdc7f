"""Takes ready jobs of one kind from the queue, renders them in a batch, alone where need be, and stores the takes."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from critic.request_review import review_request
from pipeline.drawn_words import drawn_words
from pipeline.handoffs import Handoffs
from pipeline.media import (
    CLIP_SUFFIX,
    PICTURE_SUFFIX,
    decode_clip,
    decode_picture,
    encode_clip,
    encode_picture,
    thumbnail,
)
from pipeline.mending import Mender
from pipeline.pausing import Pausing
from pipeline.planting import Plant
from pipeline.protocol import Event, JobEnded, JobProgressed, JobStarted, MemoryShort, TakeMade
from pipeline.renderers.base import (
    Frames,
    RenderCancelled,
    Rendered,
    Renderer,
    RenderFailed,
    RenderOutcome,
    RenderProgress,
    RenderRequest,
)
from pipeline.request import describe_shot, pressed_phrases
from pipeline.shot import clip_request
from pipeline.storyboard import keyframe_request, references_for
from storage.database import write
from storage.domain.decisions import Verb
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.mending import mending_words
from storage.domain.scene_graph import ShotId
from storage.domain.staleness import mended_input
from storage.domain.standing import Standing
from storage.domain.takes import Mending, Seam, Take, TakeInput
from storage.errors import KnownError
from storage.film_state import FilmState
from storage.project import Project

_TELL_EVERY_S = 0.2
_WRITE_EVERY_S = 1.0
# How often a request is handed over before it is set aside for what it leaves out.
_HANDED_OVER_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Ready:
    """A job with what its take will be made from, as of when it was asked for."""

    job: Job
    request: RenderRequest
    inputs: tuple[TakeInput, ...]
    graph_revision: int
    planted: bool
    mending: Mending | None


class Dispatcher:
    """Renders what is queued.

    Args:
        leaving: asked between denoising steps; when true every picture of the batch goes back to the queue.
        pausing: holds between denoising steps while a director has paused the work.
        plants: drifts to put in as first attempts.
        handoffs: carries requests to the renderer.
    """

    def __init__(
        self,
        project: Project,
        *,
        renderer: Renderer,
        emit: Callable[[Event], None],
        leaving: Callable[[], bool],
        pausing: Pausing,
        plants: tuple[Plant, ...],
        handoffs: Handoffs,
    ) -> None:
        self._handoffs = handoffs
        self._project = project
        self._renderer = renderer
        self._emit = emit
        self._leaving = leaving
        self._pausing = pausing
        self._mender = Mender(project, renderer.capabilities)
        self._plants = {plant.shot_label: plant for plant in plants}
        self._batch: tuple[JobId, ...] = ()
        self._wishes: set[JobId] = set()
        self._noticed: set[JobId] = set()
        self._told_at: dict[int, float] = {}
        self._steps: dict[JobId, tuple[int, int]] = {}
        self._written_at = 0.0

    def render_batch(self) -> bool:
        """Render the first jobs of one kind together; False where none is ready."""
        batch = self._take_batch()
        if not batch:
            return False
        ready = {item.job.id: item for item in batch}
        self._batch = tuple(ready)
        self._wishes.clear()
        self._noticed.clear()
        self._told_at.clear()
        self._steps.clear()
        self._emit(JobStarted(job_ids=tuple(ready), total=0))
        try:
            for outcome in self._renderer.render(
                [item.request for item in batch], on_progress=self._report, is_cancelled=self._is_cancelled
            ):
                self._settle(ready.pop(JobId(outcome.job_id)), outcome)
        except KnownError as error:
            for item in ready.values():
                self._fail(item.job, error)
        return True

    def _take_batch(self) -> list[_Ready]:
        capabilities = self._renderer.capabilities
        chosen: list[_Ready] = []
        for job in self._project.jobs.in_state(JobState.QUEUED):
            if job.seam is Seam.CUT or job.shot_id is None:
                continue
            if chosen and (chosen[0].job.seam is not job.seam or job.alone):
                continue
            # The whole film would take long to read where it is long; a job is about one shot.
            state = FilmState(self._project, only=job.shot_id)
            standing = self._standing(state, job)
            if standing is None:
                self._project.jobs.withdraw(job.id)
                continue
            try:
                item = self._ready(state, job, standing)
            except KnownError as error:
                self._fail(job, error)
                continue
            if self._project.jobs.start(job.id, 0):
                chosen.append(item)
            # What was there when a worker died is drawn alone: the next death then tells whose fault it was.
            if chosen and chosen[0].job.alone:
                break
            if len(chosen) >= (capabilities.batch_size if job.seam is Seam.KEYFRAME else capabilities.clip_batch_size):
                break
        return chosen

    def _standing(self, state: FilmState, job: Job) -> Standing | None:
        """Where the job's shot stands; None where nothing needs the job any longer."""
        if state.view is None or job.shot_id not in {shot.id for shot in state.planned_shots}:
            return None
        standing = state.standing_at(job.seam, job.shot_id)
        return standing if standing and standing.job and standing.job.id == job.id else None

    def _ready(self, state: FilmState, job: Job, standing: Standing) -> _Ready:
        assert state.view is not None and job.shot_id is not None
        shot = state.shot(job.shot_id)
        decisions = state.decisions_on(job.seam, job.shot_id)
        generation = sum(decision.verb is Verb.REQUEST_CHANGES for decision in decisions)
        missed = [c for c in state.view.constraints_in(job.shot_id) if c.key in standing.pressed]
        pressed = pressed_phrases(missed)
        film = state.film
        if job.seam is Seam.KEYFRAME:
            looks = state.looks_for(job.shot_id) if self._renderer.capabilities.takes_references else ()
            pictures = {look.media: decode_picture(self._project.media.find(look.media)) for look in looks}
            request = keyframe_request(
                state.view,
                job,
                film_seed=film.seed,
                generation=generation,
                pressed=pressed,
                references=references_for(state.view, job.shot_id, looks, pictures),
            )
        else:
            assert shot.keyframe.circled is not None
            request = clip_request(
                state.view,
                job,
                film_seed=film.seed,
                generation=generation,
                keyframe=decode_picture(self._project.media.find(shot.keyframe.circled.media)),
                film_rate=film.frame_rate,
                clip_rate=self._renderer.capabilities.frame_rate,
                pressed=pressed,
            )
        request = self._handed_over(state.view, job.shot_id, request)
        plant = self._plants.get(shot.shot.label)
        earlier = state.takes_of(Seam.KEYFRAME, job.shot_id)
        planted = plant is not None and job.seam is Seam.KEYFRAME and not earlier
        if plant and planted:
            request = replace(request, description=plant.applied_to(request.description))
        plan = self._mender.plan(
            standing,
            takes=state.takes_of(job.seam, job.shot_id),
            findings=state.findings.get(standing.base.id, ()) if standing.base else (),
            last_attempt=1 + film.more_attempts,
        )
        inputs = standing.inputs
        if plan and plan.mending.means.builds_on:
            request = replace(request, mend=plan.mend(self._frames_of(plan.base)))
            inputs = (*inputs, mended_input(plan.base))
        return _Ready(
            job=job,
            request=request,
            inputs=inputs,
            graph_revision=state.revision,
            planted=planted,
            mending=plan.mending if plan else None,
        )

    def _frames_of(self, take: Take) -> Frames:
        path = self._project.media.find(take.media)
        return decode_picture(path)[None] if take.seam is Seam.KEYFRAME else decode_clip(path)

    def _handed_over(self, view: GraphView, shot_id: ShotId, request: RenderRequest) -> RenderRequest:
        """The handoff from graph to request: nothing is drawn that leaves a constraint out."""
        what = ""
        for _ in range(_HANDED_OVER_AT_MOST):
            arrived = self._handoffs.request(request)
            what = self._left_out(view, shot_id, arrived)
            if not what:
                return arrived
        raise KnownError(f"The request leaves out {what}.", "Edit the constraint, or report this.")

    def _left_out(self, view: GraphView, shot_id: ShotId, request: RenderRequest) -> str:
        drawn, _ = self._renderer.describe(request.description)
        # Another word than the plan's is excused only where the checkpoint cannot draw the plan's.
        asked = describe_shot(view, shot_id, request.seam)
        known_as = drawn_words(view, shot_id, asked, self._renderer.describe(asked)[0])
        missing = [f for f in review_request(view, shot_id, drawn.phrases, known_as) if f.is_open_drift]
        return ", ".join(f"{finding.label} {finding.expected}" for finding in missing)

    def _settle(self, item: _Ready, outcome: RenderOutcome) -> None:
        job = item.job
        if isinstance(outcome, Rendered):
            self._store(item, outcome)
        elif isinstance(outcome, RenderFailed):
            self._fail(job, outcome.error)
        elif isinstance(outcome, RenderCancelled) and not self._leaving():
            self._project.jobs.cancelled(job.id)
            self._emit(JobEnded(job_id=job.id, state="cancelled"))

    def _store(self, item: _Ready, rendered: Rendered) -> None:
        """Files first; then the take and the end of its job in one transaction."""
        project, job = self._project, item.job
        recipe = rendered.recipe
        if job.seam is Seam.KEYFRAME:
            content, suffix = encode_picture(rendered.frames[0]), PICTURE_SUFFIX
        else:
            content, suffix = encode_clip(rendered.frames, rendered.frame_rate), CLIP_SUFFIX
        media = project.media.put(content, suffix)
        poster = project.media.put(thumbnail(rendered.frames[0]), ".jpg")
        with write(project.db):
            take = project.takes.add(
                seam=job.seam,
                shot_id=job.shot_id,
                round=job.round,
                attempt=job.attempt,
                media=media,
                poster=poster,
                num_frames=len(rendered.frames),
                frame_rate=rendered.frame_rate,
                width_px=rendered.frames.shape[2],
                height_px=rendered.frames.shape[1],
                recipe=recipe,
                inputs=item.inputs,
                graph_revision=item.graph_revision,
                planted=item.planted,
                seconds=rendered.seconds,
                mending=item.mending,
            )
            project.jobs.finish(job.id, take.id)
        self._emit(JobEnded(job_id=job.id, state="done"))
        self._emit(
            TakeMade(
                take_id=take.id,
                seam=job.seam,
                shot_id=job.shot_id,
                attempt=job.attempt,
                drawn_as=recipe.drawn_as,
                how=mending_words(item.mending) if item.mending else "",
            )
        )

    def _fail(self, job: Job, error: KnownError) -> None:
        self._project.jobs.fail(job.id, str(error))
        self._emit(JobEnded(job_id=job.id, state="failed", message=str(error)))

    def _report(self, progress: RenderProgress) -> None:
        # A step was done since: who was told of a wish has had the time to obey, or finishes for the others' sake.
        self._noticed |= self._wishes
        now, ends = time.monotonic(), progress.step >= progress.total
        if progress.memory_short:
            self._emit(MemoryShort(job_ids=progress.job_ids, what=progress.memory_short))
            return
        for job_id in progress.job_ids:
            self._steps[JobId(job_id)] = (progress.step, progress.total)
            if progress.preview or ends or now - self._told_at.get(job_id, 0.0) >= _TELL_EVERY_S:
                self._told_at[job_id] = now
                preview = base64.b64encode(progress.preview).decode() if progress.preview else ""
                told = JobProgressed(job_ids=(job_id,), step=progress.step, total=progress.total, preview=preview)
                self._emit(told)
        if ends or now - self._written_at >= _WRITE_EVERY_S:
            self._written_at = now
            with write(self._project.db):
                for step, total in set(self._steps.values()):
                    at = [job_id for job_id, steps in self._steps.items() if steps == (step, total)]
                    self._project.jobs.progress(at, step, total)
            self._steps.clear()

    def _is_cancelled(self, job_id: int) -> bool:
        if self._leaving():
            return True
        self._pausing.hold(unless=self._has_new_wish)
        is_unwanted = self._is_unwanted(JobId(job_id))
        if is_unwanted:
            self._wishes.add(JobId(job_id))
        return self._leaving() or is_unwanted

    def _has_new_wish(self) -> bool:
        return any(self._is_unwanted(job_id) for job_id in self._batch if job_id not in self._noticed)

    def _is_unwanted(self, job_id: JobId) -> bool:
        return self._project.jobs.get(job_id).cancel_requested
