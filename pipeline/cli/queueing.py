"""The queue on the command line: what is in it, how long it takes; pausing, cancelling, retrying, putting in order."""

from storage.domain.jobs import Job, JobState
from storage.domain.pace import left_of, time_left
from storage.domain.standing import Standing
from storage.domain.takes import Seam
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.pace_store import read_pace
from storage.project import Project

PAUSED = "Work on this film is paused. Go on with: matchcut decide FILM go-on."
QUEUE_VERBS = ("pause", "go-on", "cancel", "retry", "first", "earlier", "later")
_EVERY = "all"
_SET_ASIDE = (JobState.FAILED, JobState.CANCELLED)


def change_queue(project: Project, verb: str, subject: str | None) -> str:
    """Carry out one verb on the queue; returns what was done, in words.

    Args:
        verb: one of `QUEUE_VERBS`.
        subject: a job's number, or a shot's place ("2C/keyframe"), or "all" where that makes sense.

    Raises:
        WrongUse: the subject is missing or names nothing, or the verb does not fit its state.
    """
    if verb == "pause":
        return "paused" if project.jobs.pause() else "it is paused already"
    if verb == "go-on":
        return "going on" if project.jobs.go_on() else "it is not paused"
    if subject is None:
        raise WrongUse(f"What is there to {verb}?", "Name a job that `matchcut status` lists.")
    if verb in ("cancel", "retry"):
        return _cancel_or_retry(project, verb, subject)
    return _put_in_order(project, verb, _find(project, subject))


def shown_jobs(project: Project, state: FilmState) -> list[Job]:
    """What is at work, waits, or was set aside and is still needed; in that order, the first to be done first."""
    under_way = project.jobs.in_state(JobState.RUNNING)
    waiting = project.jobs.in_state(JobState.QUEUED)
    needed = {standing.job.id for standing in _standings(state) if standing.job}
    aside = [job for job in project.jobs.in_state(*_SET_ASIDE) if job.id in needed]
    return [*under_way, *waiting, *aside]


def queue_in_words(project: Project, state: FilmState) -> list[str]:
    """The queue as lines of text: how long it will take, whether it is paused, and a line for each job."""
    jobs = shown_jobs(project, state)
    pace = read_pace(project)
    lines: list[str] = []
    to_do = [job for job in jobs if job.state not in _SET_ASIDE]
    if to_do:
        left = time_left(left_of(job, pace.of(job.seam, _length_s(state, job))) for job in to_do)
        lines.append(f"queue: {len(to_do)} to be made, {left.words}")
    if project.jobs.is_paused:
        lines.append("queue: paused")
    lines += [f"job {job.id}: {job_name(state, job)}, {_standing_words(job)}" for job in jobs]
    return lines


def job_name(state: FilmState, job: Job) -> str:
    """A job as a person says it: "2C keyframe", "2C keyframe, attempt 2", "the cut"."""
    shot = state.view.graph.shots.get(job.shot_id) if state.view and job.shot_id else None
    name = f"{shot.label} {job.seam}" if shot else "the cut" if job.seam is Seam.CUT else str(job.seam)
    return f"{name}, attempt {job.attempt}" if job.attempt > 1 else name


def _standing_words(job: Job) -> str:
    if job.state is JobState.RUNNING:
        words = f"step {job.progress} of {job.total}" if job.total else "begins"
        return f"{words}, being cancelled" if job.cancel_requested else words
    if job.state is JobState.FAILED:
        return f"set aside: {job.message}"
    words = "waits" if job.state is JobState.QUEUED else str(job.state)
    return f"{words}: {job.message}" if job.message else words


def _cancel_or_retry(project: Project, verb: str, subject: str) -> str:
    if subject == _EVERY:
        state = FilmState(project)
        wanted = JobState.QUEUED if verb == "cancel" else JobState.FAILED
        ids = [job.id for job in shown_jobs(project, state) if job.state is wanted]
        changed = project.jobs.cancel(ids) if verb == "cancel" else project.jobs.retry(ids)
        return f"{verb} {len(changed)} job{'s' if len(changed) != 1 else ''}"
    job = _find(project, subject)
    if verb == "cancel" and not project.jobs.cancel([job.id]):
        raise WrongUse(f"Job {job.id} is {job.state}.", "Only a job that waits or is being drawn can be cancelled.")
    if verb == "retry" and not project.jobs.retry([job.id]):
        raise WrongUse(f"Job {job.id} is {job.state}.", "Only a job that failed or was cancelled can be retried.")
    return f"{verb} job {job.id}"


def _put_in_order(project: Project, verb: str, job: Job) -> str:
    waiting = [each.id for each in project.jobs.in_state(JobState.QUEUED)]
    if job.id not in waiting:
        raise WrongUse(f"Job {job.id} is {job.state}.", "Only what waits can be put in order.")
    place = waiting.index(job.id)
    if verb == "first":
        before = waiting[0]
    elif verb == "earlier":
        before = waiting[max(0, place - 1)]
    else:
        before = waiting[place + 2] if place + 2 < len(waiting) else None
    moved = project.jobs.move(job.id, before) if before != job.id else False
    now = [each.id for each in project.jobs.in_state(JobState.QUEUED)]
    if job.id not in now:
        return f"job {job.id} waits no longer: its turn has come"
    return f"job {job.id} {'is now' if moved else 'stays'} number {now.index(job.id) + 1} of {len(now)}"


def _find(project: Project, subject: str) -> Job:
    """A job by its number, or the newest one of a place ("2C/keyframe", "cut")."""
    if subject.isdecimal():
        found = [job for job in project.jobs.everything() if job.id == int(subject)]
    else:
        label, _, seam = subject.partition("/")
        graph = project.graphs.view().graph if project.graphs.latest_revision else None
        shots = graph.shots.values() if graph else ()
        shot_id = next((shot.id for shot in shots if shot.label.lower() == label.lower()), None)
        wanted = seam.lower() or label.lower()
        jobs = project.jobs.everything()
        found = [job for job in jobs if job.seam == wanted and job.shot_id == shot_id]
    if not found:
        raise WrongUse(f"There is no job {subject}.", "Name one that `matchcut status` lists.")
    return found[-1]


def _standings(state: FilmState) -> list[Standing]:
    if state.view is None:
        return []
    shots = [state.shot(shot.id) for shot in state.planned_shots]
    return [each for shot in shots for each in (shot.keyframe, shot.clip)] + [state.cut()]


def _length_s(state: FilmState, job: Job) -> float:
    """Of the job's shot, or of the film, in seconds."""
    if state.view is None:
        return 0.0
    shot = state.view.graph.shots.get(job.shot_id) if job.shot_id else None
    frames = shot.duration_frames if shot else sum(each.duration_frames for each in state.planned_shots)
    return float(frames / state.film.frame_rate)
