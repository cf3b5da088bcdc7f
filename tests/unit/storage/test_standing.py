"""What happens next follows from what is stored, whatever happened in between."""

from storage.domain.standing import State
from storage.domain.takes import Seam
from tests.unit.storage.conftest import finding

EYES = "character:mara/eyes/"


def test_nothing_is_drawn_before_the_script_is_approved(film):
    assert film.keyframe("shot:1A").state is State.BLOCKED
    assert [standing.seam for standing in film.state.waiting()] == [Seam.SCRIPT]
    film.commands.approve_script()
    assert film.keyframe("shot:1A").state is State.MAKE
    assert film.clip("shot:1A").state is State.BLOCKED


def test_drift_goes_back_with_the_missed_attribute_pressed_until_the_attempts_are_spent(film):
    film.commands.approve_script()
    for attempt in range(1, 5):
        standing = film.keyframe("shot:1A")
        assert (standing.state, standing.attempt) == (State.MAKE, attempt)
        assert standing.pressed == ((EYES,) if attempt > 1 else ())
        film.make("shot:1A", Seam.KEYFRAME, drift=EYES)
    decided = film.keyframe("shot:1A")
    assert decided.state is State.DECIDE
    assert not decided.clean


def test_a_clean_attempt_waits_for_the_director(film):
    film.commands.approve_script()
    film.make("shot:1A", Seam.KEYFRAME, drift=EYES)
    clean = film.make("shot:1A", Seam.KEYFRAME)
    standing = film.keyframe("shot:1A")
    assert (standing.state, standing.take, standing.clean) == (State.DECIDE, clean, True)


def test_the_best_attempt_is_offered_when_none_is_clean(film):
    film.commands.approve_script()
    project = film.project
    for keys in ([EYES, "other"], [EYES], [EYES, "other"], [EYES, "other", "third"]):
        take = film.make("shot:1A", Seam.KEYFRAME, drift=keys[0])
        project.takes.add_review([finding(key) for key in keys], take_id=take.id, graph_revision=1)
    assert film.keyframe("shot:1A").take.attempt == 2


def test_a_request_for_changes_begins_a_new_round_and_its_undo_ends_it(film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.approve(take.id)
    assert film.clip("shot:1A").state is State.MAKE
    film.commands.request_changes(take.id, note="warmer", key=EYES)
    again = film.keyframe("shot:1A")
    assert (again.state, again.attempt, again.pressed) == (State.MAKE, 1, (EYES,))
    film.commands.undo()
    assert film.keyframe("shot:1A").circled == take


def test_an_undone_approval_waits_again(film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.approve(take.id)
    film.commands.undo()
    standing = film.keyframe("shot:1A")
    assert (standing.state, standing.take) == (State.DECIDE, take)


def test_a_false_alarm_makes_a_take_clean_and_a_missed_drift_takes_that_away(film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME, drift=EYES)
    film.commands.false_alarm(take.id, EYES)
    assert film.keyframe("shot:1A").clean
    film.commands.missed_drift(take.id, "character:mara/garment/coat")
    assert film.keyframe("shot:1A").state is State.MAKE


def test_a_job_that_failed_is_set_aside_until_it_is_retried(film):
    film.commands.approve_script()
    standing = film.keyframe("shot:1A")
    job = film.project.jobs.ensure(seam=Seam.KEYFRAME, shot_id="shot:1A", round=standing.round, attempt=1)
    assert film.keyframe("shot:1A").state is State.IN_WORK
    film.project.jobs.fail(job.id, "Out of memory.")
    assert film.keyframe("shot:1A").state is State.SET_ASIDE
    assert film.project.jobs.retry([job.id]) == [job.id]
    assert film.keyframe("shot:1A").state is State.IN_WORK


def test_a_job_that_kills_the_worker_twice_is_set_aside(film):
    film.commands.approve_script()
    standing = film.keyframe("shot:1A")
    jobs = film.project.jobs
    job = jobs.ensure(seam=Seam.KEYFRAME, shot_id="shot:1A", round=standing.round, attempt=1)
    for crashes in (1, 2):
        assert jobs.start(job.id, 10)
        jobs.recover()
        assert jobs.get(job.id).crashes == crashes
    assert film.keyframe("shot:1A").state is State.SET_ASIDE
    assert "twice" in jobs.get(job.id).message


def test_the_whole_way_ends_with_an_approved_cut_and_a_pass_rate(film):
    assert film.state.pass_rate().share is None
    film.approve_everything()
    state = film.state
    assert state.cut().state is State.APPROVED
    assert state.waiting() == []
    assert (state.pass_rate().passed, state.pass_rate().counted) == (3, 3)
    keyframe = film.keyframe("shot:1A").circled
    film.commands.missed_drift(keyframe.id, EYES)
    assert (film.state.pass_rate().passed, film.state.pass_rate().counted) == (2, 3)


def test_what_a_clip_inherits_from_its_approved_keyframe_does_not_send_it_back(film):
    film.commands.approve_script()
    film.commands.approve(film.make("shot:1A", Seam.KEYFRAME, drift=EYES).id)
    film.make("shot:1A", Seam.CLIP, drift=EYES)
    standing = film.clip("shot:1A")
    assert (standing.state, standing.clean) == (State.DECIDE, False)
    film.commands.request_changes(standing.take.id)
    film.make("shot:1A", Seam.CLIP, drift="check:freeze")
    assert film.clip("shot:1A").state is State.MAKE
