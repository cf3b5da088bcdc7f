"""A worker on a film too long to read at once."""

import pipeline.producer
from storage.commands import Commands
from storage.domain.jobs import JobState
from storage.domain.standing import State
from storage.film_state import FilmState


def test_what_waits_is_drawn_before_a_long_film_is_read_and_all_of_it_comes_to_be_made(studio, monkeypatch):
    Commands(studio.project).approve_script()
    first = studio.start()
    first._advance_film()
    state = FilmState(studio.project)
    first._advance_shot(state, state.planned_shots[0].id)
    assert len(studio.project.jobs.in_state(JobState.QUEUED)) == 1
    studio.kill()

    monkeypatch.setattr(pipeline.producer, "_SHARE_S", 0.0)
    producer = studio.start()
    assert producer.advance()
    assert len(studio.takes()) == 1
    assert len(studio.project.jobs.everything()) == 1
    for _ in range(60):
        if not producer.advance():
            break
    state = FilmState(studio.project)
    assert {state.shot(shot.id).keyframe.state for shot in state.planned_shots} == {State.DECIDE}
    assert producer.num_waiting == len(state.planned_shots)
    producer.close()
