"""A trim costs nothing while the clip fills the shot: what was made stands, what is to be made has the new length."""

import random
from dataclasses import replace

import pytest

from storage.domain.decisions import DIRECTOR
from storage.domain.jobs import JobState
from storage.domain.staleness import inputs_digest, stale_reasons
from storage.domain.standing import State
from storage.domain.takes import Seam, Take
from storage.errors import WrongUse
from storage.live_film import LiveFilm
from storage.shot_commands import ShotCommands
from storage.verify import verify

EYES = "character:mara/eyes/"
SHOT = "shot:1A"
# At 8 frames a second, against 24 of the film.
FILLS_48 = 16
FILLS_60 = 20


def make_clip(film, num_frames: int = FILLS_48, **more) -> Take:
    return film.make(SHOT, Seam.CLIP, num_frames=num_frames, **more)


def trim(film, frames: int) -> None:
    ShotCommands(film.project, DIRECTOR).trim(SHOT, frames)


def clips_that_a_trim_costs(film, frames: int) -> int:
    cost = ShotCommands(film.project, DIRECTOR).cost_of_trim(SHOT, frames)
    assert cost.seconds is None or bool(cost.seconds) == bool(cost.clips)
    return len(cost.clips)


@pytest.fixture
def begun(film):
    """The film, with the keyframe of 1A circled: a shot of 48 frames."""
    film.commands.approve_script()
    film.commands.approve(film.make(SHOT, Seam.KEYFRAME).id)
    return film


@pytest.fixture
def circled(begun) -> Take:
    """The circled clip of 1A."""
    take = make_clip(begun)
    begun.commands.approve(take.id)
    return take


def test_a_shorter_shot_keeps_its_circled_clip_and_the_cost_says_so(begun, circled):
    assert clips_that_a_trim_costs(begun, 30) == 0
    trim(begun, 30)
    clip = begun.clip(SHOT)
    assert (clip.state, clip.circled, clip.stale) == (State.APPROVED, circled, False)
    assert stale_reasons(begun.project.takes.inputs(circled.id), clip.inputs) == ()
    assert not begun.commands.is_stale(circled)
    assert verify(begun.project) == []


def test_trimmed_again_back_and_undone_it_is_the_same_clip(begun, circled):
    for frames in (30, 12, 47, 48):
        assert clips_that_a_trim_costs(begun, frames) == 0
        trim(begun, frames)
        assert begun.clip(SHOT).circled == circled and not begun.clip(SHOT).stale
    for _ in range(4):
        begun.commands.undo()
        assert (begun.clip(SHOT).state, begun.clip(SHOT).stale) == (State.APPROVED, False)
    assert begun.project.graphs.view().graph.shots[SHOT].duration_frames == 48


def test_a_shot_longer_than_its_clip_has_it_made_again(begun, circled):
    trim(begun, 30)
    assert clips_that_a_trim_costs(begun, 49) == 1
    trim(begun, 49)
    clip = begun.clip(SHOT)
    assert (clip.state, clip.stale, clip.attempt) == (State.MAKE, True, 1)
    longer = make_clip(begun, FILLS_60)
    begun.commands.approve(longer.id)
    assert begun.clip(SHOT).circled == longer
    trim(begun, 48)
    assert (begun.clip(SHOT).circled, begun.clip(SHOT).state) == (longer, State.APPROVED)


def test_a_clip_that_does_not_fill_what_it_was_made_for_is_not_kept_for_more_than_it_fills(begun):
    begun.commands.approve(make_clip(begun, FILLS_48 // 2).id)
    assert clips_that_a_trim_costs(begun, 25) == 1
    assert clips_that_a_trim_costs(begun, 24) == 0


def test_what_else_changed_still_turns_it_stale(begun, circled):
    trim(begun, 30)
    begun.commands.edit_shot(SHOT, action="She turns.")
    clip = begun.clip(SHOT)
    assert (clip.state, clip.stale) == (State.MAKE, True)
    # What is made now is made for the length of now, and keeps no other.
    assert begun.project.takes.inputs(make_clip(begun, 10).id) == clip.inputs
    assert inputs_digest(clip.inputs) != circled.inputs_digest


def test_a_clip_that_waits_for_a_decision_goes_on_waiting(begun):
    waiting = make_clip(begun)
    trim(begun, 30)
    clip = begun.clip(SHOT)
    assert (clip.state, clip.take, clip.clean) == (State.DECIDE, waiting, True)
    begun.commands.approve(waiting.id)
    assert begun.clip(SHOT).state is State.APPROVED


def test_a_clip_that_is_sent_back_is_made_again_for_the_length_of_now(begun, circled):
    trim(begun, 30)
    begun.commands.request_changes(circled.id)
    clip = begun.clip(SHOT)
    assert (clip.state, clip.attempt) == (State.MAKE, 1)
    assert inputs_digest(clip.inputs) != circled.inputs_digest
    shorter = make_clip(begun, 10)
    assert begun.clip(SHOT).take == shorter
    begun.commands.undo()
    assert (begun.clip(SHOT).state, begun.clip(SHOT).circled) == (State.APPROVED, circled)


def test_a_clip_that_the_critic_sends_back_is_made_again_for_the_length_of_now(begun):
    drifted = make_clip(begun, drift=EYES)
    assert begun.clip(SHOT).attempt == 2
    trim(begun, 30)
    clip = begun.clip(SHOT)
    assert (clip.state, clip.attempt) == (State.MAKE, 1)
    assert inputs_digest(clip.inputs) != drifted.inputs_digest


def test_a_job_for_the_length_of_before_is_not_needed_any_longer(begun, circled):
    trim(begun, 60)
    clip = begun.clip(SHOT)
    job = begun.project.jobs.ensure(seam=Seam.CLIP, shot_id=SHOT, round=clip.round, attempt=1)
    assert begun.clip(SHOT).state is State.IN_WORK
    trim(begun, 40)
    assert (begun.clip(SHOT).state, begun.clip(SHOT).round == job.round) == (State.APPROVED, False)
    assert begun.project.jobs.get(job.id).state is JobState.QUEUED


def test_the_cut_is_made_again_with_the_clips_that_there_are(film):
    film.commands.approve_script()
    for shot in film.state.planned_shots:
        film.commands.approve(film.make(shot.id, Seam.KEYFRAME).id)
        film.commands.approve(film.make(shot.id, Seam.CLIP, num_frames=FILLS_48).id)
    film.commands.approve(film.make(None, Seam.CUT).id)
    assert ShotCommands(film.project, DIRECTOR).cost_of_trim(SHOT, 30).cut
    trim(film, 30)
    assert (film.state.cut().state, film.state.cut().stale) == (State.MAKE, True)
    film.commands.undo()
    assert film.state.cut().state is State.APPROVED


@pytest.mark.parametrize("seed", range(3))
def test_a_reading_that_keeps_up_says_the_same(begun, circled, seed: int):
    rng = random.Random(seed)
    live = LiveFilm(begun.project)
    for _ in range(25):
        act = rng.choice(["trim", "trim", "undo", "make", "request", "approve"])
        clip = begun.clip(SHOT)
        length = begun.project.graphs.view().graph.shots[SHOT].duration_frames
        try:
            if act == "trim":
                trim(begun, rng.choice([12, 30, 48, 60, 72]))
            elif act == "make" and clip.state is State.MAKE:
                make_clip(begun, -(-length // 3), drift=rng.choice(["", EYES]))
            elif act == "request" and clip.take:
                begun.commands.request_changes(clip.take.id)
            elif act == "approve" and clip.take:
                begun.commands.approve(clip.take.id)
            elif act == "undo" and len(begun.state.decisions) > 3:
                begun.commands.undo()
        except WrongUse:
            continue
        live.catch_up()
        while live.num_unread:
            live.read_some(10)
        # A reading that keeps up leaves out the jobs of a shot where all are done.
        assert replace(live.shot(SHOT).clip, job=None) == replace(begun.clip(SHOT), job=None)
        shown = begun.clip(SHOT).take
        if begun.clip(SHOT).state is State.APPROVED and shown:
            assert shown.num_frames * 3 >= begun.project.graphs.view().graph.shots[SHOT].duration_frames
