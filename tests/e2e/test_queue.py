"""The queue in one process: who is drawn first and with whom, pausing, blame, what is told."""

import threading
import time
from collections.abc import Callable

import pytest

from pipeline.opening import Crew, at_work
from pipeline.policy import Approve
from pipeline.protocol import JobEnded, JobProgressed, JobStarted, MemoryShort, WorkPaused, WorkWentOn
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.renderers.base import RenderCancelled, RenderProgress
from storage.commands import Commands
from storage.domain.jobs import JobId, JobState
from storage.domain.standing import State
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.project import Project
from tests.e2e.conftest import ScriptedPanel, Studio


class Watched(ArtistRenderer):
    """Says which jobs it was given together, and does something at a step."""

    def __init__(self, at_step: Callable[[RenderProgress], None] = lambda _progress: None, **how) -> None:
        super().__init__(**how)
        self.batches: list[list[int]] = []
        self.saved = 0
        self._at_step = at_step

    def render(self, requests, *, on_progress, is_cancelled):
        self.batches.append([request.job_id for request in requests])

        def report(progress: RenderProgress) -> None:
            on_progress(progress)
            self._at_step(progress)

        return super().render(requests, on_progress=report, is_cancelled=is_cancelled)

    def save_memory(self) -> str:
        self.saved += 1
        return "batches of 1"


class Killed(BaseException):
    """What a killed worker does not survive."""


def queue_keyframes(studio: Studio) -> list[JobId]:
    """Approve the scene graph and put every keyframe in the queue."""
    Commands(studio.project).approve_script()
    producer = studio.start()
    producer._advance_film()
    state = FilmState(studio.project)
    for shot in state.planned_shots:
        producer._advance_shot(state, shot.id)
    producer.close()
    return [job.id for job in studio.project.jobs.in_state(JobState.QUEUED)]


def draw_until_killed(studio: Studio, job_id: JobId, **how) -> Watched:
    """Work until this job is drawn, and die then as a crash would leave it."""

    def die(progress: RenderProgress) -> None:
        if job_id in progress.job_ids and progress.step == 2:
            raise Killed

    renderer = Watched(die)
    producer = studio.start(renderer=renderer, **how)
    with pytest.raises(Killed):
        while producer.advance():
            pass
    studio.kill()
    return renderer


def states(project: Project) -> dict[JobId, JobState]:
    return {job.id: job.state for job in project.jobs.everything()}


def test_jobs_are_drawn_in_the_order_that_a_director_gave_them(studio: Studio):
    first, second, third = queue_keyframes(studio)
    assert studio.project.jobs.move(third, before=first)
    renderer = Watched(batch_size=1)
    producer = studio.start(renderer=renderer)
    while producer.advance():
        pass
    producer.close()
    assert renderer.batches == [[third], [first], [second]]


def test_a_job_that_kills_the_worker_twice_is_set_aside_and_its_company_is_made(studio: Studio):
    first, guilty, third = queue_keyframes(studio)
    assert draw_until_killed(studio, guilty).batches == [[first, guilty, third]]
    renderer = draw_until_killed(studio, guilty, lost="SIGKILL")
    assert renderer.batches == [[first], [guilty]]
    renderer = Watched()
    studio.events.clear()
    producer = studio.start(renderer=renderer, lost="SIGKILL")
    while producer.advance():
        pass
    producer.close()
    assert renderer.batches == [[third]]
    assert states(studio.project) == {first: JobState.DONE, guilty: JobState.FAILED, third: JobState.DONE}
    aside = studio.project.jobs.get(guilty)
    assert "died twice" in aside.message and "SIGKILL: out of memory?" in aside.message
    ended = next(event for event in studio.events if isinstance(event, JobEnded))
    assert (ended.job_id, ended.state, ended.message) == (guilty, "failed", aside.message)
    assert FilmState(studio.project).shot(aside.shot_id).keyframe.state is State.SET_ASIDE
    assert studio.project.jobs.retry([guilty]) == [guilty]
    studio.run()
    assert states(studio.project)[guilty] is JobState.DONE


def test_what_was_retried_after_crashes_puts_no_other_job_in_danger(studio: Studio):
    first, guilty, third = queue_keyframes(studio)
    for _ in range(2):
        draw_until_killed(studio, guilty)
    studio.start().close()
    studio.project.jobs.retry([guilty])
    assert draw_until_killed(studio, guilty).batches[-1] == [guilty]
    studio.start().close()
    assert {job.crashes for job in map(studio.project.jobs.get, (first, third))} <= {0, 1}
    assert studio.project.jobs.get(guilty).crashes == 1


def test_a_worker_that_memory_ran_out_under_needs_less_the_next_time(studio: Studio):
    first, *_ = queue_keyframes(studio)
    draw_until_killed(studio, first)
    renderer = Watched()
    studio.start(renderer=renderer, lost="SIGKILL").close()
    assert renderer.saved == 1
    assert any(isinstance(event, MemoryShort) and event.what == "batches of 1" for event in studio.events)
    again = Watched()
    studio.start(renderer=again, lost="SIGKILL").close()
    assert again.saved == 0


def test_paused_work_begins_nothing_and_goes_on(studio: Studio):
    queued = queue_keyframes(studio)
    studio.project.jobs.pause()
    studio.events.clear()
    renderer = Watched()
    producer = studio.start(renderer=renderer)
    assert not producer.advance() and not producer.advance()
    assert producer.is_paused and renderer.batches == []
    assert [type(event) for event in studio.events] == [WorkPaused]
    studio.project.jobs.go_on()
    while producer.advance():
        pass
    producer.close()
    assert [type(event) for event in studio.events][:3] == [WorkPaused, WorkWentOn, JobStarted]
    assert renderer.batches == [queued]


def test_a_pause_holds_between_two_steps_and_nothing_half_drawn_is_lost(studio: Studio):
    queue_keyframes(studio)
    paused_for_s = 1.0
    desk = Project.open(studio.folder)

    def pause(progress: RenderProgress) -> None:
        if progress.step == 2 and desk.jobs.pause():
            threading.Timer(paused_for_s, desk.jobs.go_on).start()

    began = time.monotonic()
    studio.run(renderer=Watched(pause, steps=4))
    desk.close()
    kinds = [type(event) for event in studio.events]
    assert kinds.count(JobStarted) == 1 and kinds.count(WorkPaused) == kinds.count(WorkWentOn) == 1
    between = studio.events[kinds.index(WorkPaused) + 1 : kinds.index(WorkWentOn)]
    assert between == []
    takes = studio.project.takes.everything()
    assert len(takes) == 3
    # What was waited for is not what drawing took.
    assert sum(take.seconds for take in takes) <= time.monotonic() - began - paused_for_s


class AsksFirst(Watched):
    """Asks whether to go on before it begins to count its seconds."""

    def render(self, requests, *, on_progress, is_cancelled):
        for request in requests:
            is_cancelled(request.job_id)
        return super().render(requests, on_progress=on_progress, is_cancelled=is_cancelled)


def test_a_pause_before_the_first_step_does_not_make_drawing_look_shorter(studio: Studio):
    queue_keyframes(studio)
    desk = Project.open(studio.folder)
    renderer = AsksFirst(step_s=0.02)
    producer = studio.start(renderer=renderer)
    genuine = renderer.render

    def render(requests, **how):
        desk.jobs.pause()
        threading.Timer(0.6, desk.jobs.go_on).start()
        return genuine(requests, **how)

    renderer.render = render
    producer.advance()
    producer.close()
    desk.close()
    takes = studio.project.takes.everything()
    assert len(takes) == 3 and all(0.02 <= take.seconds < 0.6 for take in takes)


class FinishesForTheOthers(Watched):
    """Keeps what is cancelled in its batch to the end, as one does that is nearly done."""

    def render(self, requests, *, on_progress, is_cancelled):
        unwanted = set()

        def ask(job_id: int) -> bool:
            if is_cancelled(job_id):
                unwanted.add(job_id)
            return False

        for outcome in super().render(requests, on_progress=on_progress, is_cancelled=ask):
            yield RenderCancelled(job_id=outcome.job_id) if outcome.job_id in unwanted else outcome


def test_a_pause_holds_though_one_of_the_batch_was_cancelled_before(studio: Studio):
    first, second, third = queue_keyframes(studio)
    desk = Project.open(studio.folder)

    def cancel_then_pause(progress: RenderProgress) -> None:
        if progress.step == 2:
            desk.jobs.cancel([second])
        if progress.step == 4 and desk.jobs.pause():
            threading.Timer(0.5, desk.jobs.go_on).start()

    studio.run(renderer=FinishesForTheOthers(cancel_then_pause, steps=6))
    desk.close()
    kinds = [type(event) for event in studio.events]
    assert studio.events[kinds.index(WorkPaused) + 1 : kinds.index(WorkWentOn)] == []
    assert states(studio.project) == {first: JobState.DONE, second: JobState.CANCELLED, third: JobState.DONE}


def test_what_is_cancelled_while_work_is_paused_leaves_at_once(studio: Studio):
    first, second, third = queue_keyframes(studio)
    desk = Project.open(studio.folder)

    def pause(progress: RenderProgress) -> None:
        if progress.step == 2 and desk.jobs.pause():
            desk.jobs.cancel([second])
            threading.Timer(0.5, desk.jobs.go_on).start()

    studio.run(renderer=Watched(pause))
    desk.close()
    ended, went_on = (
        next(index for index, event in enumerate(studio.events) if isinstance(event, kind) and wanted(event))
        for kind, wanted in ((JobEnded, lambda event: event.job_id == second), (WorkWentOn, lambda _event: True))
    )
    assert ended < went_on
    assert states(studio.project) == {first: JobState.DONE, second: JobState.CANCELLED, third: JobState.DONE}


def test_a_worker_that_leaves_while_paused_puts_everything_back(studio: Studio):
    queued = queue_keyframes(studio)
    desk = Project.open(studio.folder)

    def leave() -> None:
        studio.leaving = True

    def pause(progress: RenderProgress) -> None:
        if progress.step == 2 and desk.jobs.pause():
            threading.Timer(0.3, leave).start()

    producer = studio.start(renderer=Watched(pause))
    while not studio.leaving:
        producer.advance()
    producer.close()
    desk.close()
    jobs = studio.project.jobs.everything()
    assert [(job.id, job.state, job.crashes) for job in jobs] == [(each, JobState.QUEUED, 0) for each in queued]
    assert studio.project.jobs.is_paused


def test_every_job_of_a_batch_tells_its_progress(studio: Studio):
    queued = queue_keyframes(studio)
    studio.run(renderer=Watched(step_s=0.25, steps=4))
    for job_id in queued:
        told = [e for e in studio.events if isinstance(e, JobProgressed) and e.job_ids == (job_id,)]
        assert [event.step for event in told] == [1, 2, 3, 4]
        assert all(event.preview for event in told)
    assert {(job.progress, job.total) for job in studio.project.jobs.everything()} == {(4, 4)}


def test_memory_that_ran_out_is_told(studio: Studio):
    class Short(ArtistRenderer):
        def render(self, requests, *, on_progress, is_cancelled):
            short = RenderProgress(job_ids=(requests[0].job_id,), step=0, total=0, memory_short="batches of 1")
            on_progress(short)
            return super().render(requests, on_progress=on_progress, is_cancelled=is_cancelled)

    first, *_ = queue_keyframes(studio)
    studio.run(renderer=Short())
    assert [e for e in studio.events if isinstance(e, MemoryShort)] == [
        MemoryShort(job_ids=(first,), what="batches of 1")
    ]


def test_a_policy_decides_nothing_while_work_is_paused(studio: Studio):
    studio.project.jobs.pause()
    studio.run(approve=Approve.ALL)
    assert studio.project.ledger.everything() == []


def test_an_error_that_nobody_knows_is_blamed_on_what_was_drawn_and_the_crew_is_let_go(studio: Studio):
    first, *_ = queue_keyframes(studio)
    closed: list[bool] = []
    renderer = Watched()
    renderer.close = lambda: closed.append(True)
    crew = Crew(renderer=renderer, panel=ScriptedPanel(lambda _subject: []), device="CPU")
    how = {"approve": Approve.NONE, "emit": studio.events.append, "leaving": lambda: False}
    for error, crashes in ((WrongUse("The disk is gone.", "Find it."), 0), (RuntimeError("shapes\nmore"), 1)):
        with pytest.raises(type(error)), at_work(studio.project, crew, **how):
            studio.project.jobs.start(first, 4)
            raise error
        job = studio.project.jobs.get(first)
        assert (job.state, job.crashes) == (JobState.QUEUED, crashes)
    assert "(RuntimeError: shapes)" in job.message and closed == [True, True]
