"""A film with a full queue: a batch at work, a job set aside, others that wait."""

from pathlib import Path

from storage.domain.jobs import Job, JobState
from storage.domain.takes import Seam
from storage.film_state import FilmState
from tests.gui.film_maker import FilmMaker, clean_findings, shot_id

AT_WORK = ("2B", "2C")
WAITING = ("3A", "3B")


def make_working_film(folder: Path) -> FilmMaker:
    """1A approved whole, 1B its clip waits, 1C set aside after two crashes, 2A to be decided, 2B and 2C at work,
    3A and 3B wait. Keyframes took 9 s, clips 9 s each.
    """
    maker = FilmMaker(folder)
    maker.draft()
    maker.project.takes.add_review([], take_id=None, graph_revision=1)
    maker.commands.approve_script()
    maker.approved("1A", Seam.KEYFRAME, Seam.CLIP)
    maker.approved("1B", Seam.KEYFRAME)
    maker.add_take("2A", Seam.KEYFRAME, clean_findings(maker.plans["2A"]))
    for place, label in enumerate(maker.plans):
        if label not in ("1A", "2A"):
            _queue(maker, label, place)
    jobs = maker.project.jobs
    crashed = job_of(maker, "1C")
    for _ in range(2):
        jobs.start(crashed.id, 16)
        jobs.recover("SIGKILL")
    for label in AT_WORK:
        jobs.start(job_of(maker, label).id, 16)
    return maker


def job_of(maker: FilmMaker, label: str) -> Job:
    """The job of a shot that is not done."""
    return next(job for job in maker.project.jobs.everything(shot_id(label)) if job.state is not JobState.DONE)


def _queue(maker: FilmMaker, label: str, place: int) -> None:
    shot = FilmState(maker.project).shot(shot_id(label))
    seam = Seam.CLIP if shot.keyframe.circled else Seam.KEYFRAME
    standing = shot.clip if seam is Seam.CLIP else shot.keyframe
    maker.project.jobs.ensure(seam=seam, shot_id=shot_id(label), round=standing.round, attempt=1, place=place)
