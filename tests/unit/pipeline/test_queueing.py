"""The verbs of the queue, while a worker takes from it at the same moment."""

import pytest

from pipeline.cli.queueing import change_queue
from storage.domain.takes import Seam
from tests.unit.storage.conftest import Film


@pytest.fixture
def film(tmp_path):
    made = Film(tmp_path / "Film.matchcut")
    yield made
    made.project.close()


def test_a_job_that_the_worker_takes_while_it_is_moved_is_said_to_be_on_its_way(film, monkeypatch):
    jobs = film.project.jobs
    first, second = (
        jobs.ensure(seam=Seam.KEYFRAME, shot_id=shot_id, round="r", attempt=1, place=place)
        for place, shot_id in enumerate(("shot:1A", "shot:1B"))
    )
    move = jobs.move

    def taken_meanwhile(job_id, before):
        moved = move(job_id, before)
        jobs.start(job_id, 4)
        return moved

    assert change_queue(film.project, "first", str(second.id)) == f"job {second.id} is now number 1 of 2"
    monkeypatch.setattr(jobs, "move", taken_meanwhile)
    told = change_queue(film.project, "first", str(first.id))
    assert told == f"job {first.id} waits no longer: its turn has come"
