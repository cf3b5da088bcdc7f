"""The whole chain in one process: gates, drift, policies, crashes, cancels."""

from dataclasses import replace
from fractions import Fraction
from itertools import islice

import numpy as np
import opentimelineio as otio
import pytest
from pypdf import PdfReader

from pipeline.assembly.cut import SLATE_FRAMES
from pipeline.export.movie import read_movie_frames
from pipeline.export.notes import export_notes
from pipeline.media import decode_clip, decode_picture
from pipeline.planting import Plant
from pipeline.policy import Approve
from pipeline.protocol import FilmFinished, TakeMade
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.report import report
from storage.commands import Commands
from storage.domain.decisions import Verb
from storage.domain.findings import FrameRange, Region
from storage.domain.jobs import JobState
from storage.domain.mending import tried_words
from storage.domain.standing import State
from storage.domain.takes import Means, Mending, Seam
from storage.domain.vocabulary import Attribute
from storage.film_state import FilmState
from storage.frames import take_frame_at
from storage.note_commands import NoteCommands
from storage.shot_commands import ShotCommands
from storage.verify import verify
from tests.unit.storage.conftest import finding

EYES = "character:mara/eyes/"


def approve_what_waits(studio) -> list[Seam]:
    """As a director who likes everything; returns the seams that waited."""
    state = FilmState(studio.project)
    commands = Commands(studio.project)
    waiting = state.waiting()
    for standing in waiting:
        if standing.seam is Seam.SCRIPT:
            commands.approve_script()
        elif standing.take:
            commands.approve(standing.take.id)
    return [standing.seam for standing in waiting]


def test_a_director_is_asked_at_four_seams_and_the_film_is_exported(studio):
    asked = []
    for _ in range(6):
        studio.run()
        asked.append(approve_what_waits(studio))
    assert [set(seams) for seams in asked] == [{"script"}, {"keyframe"}, {"clip"}, {"cut"}, set(), set()]
    assert {path.suffix for path in (studio.folder / "exports").iterdir()} == {".mp4", ".otio"}
    assert isinstance(studio.events[-1], FilmFinished)
    assert verify(studio.project) == []


def test_a_note_on_the_cut_leaves_with_its_frame(studio, tmp_path):
    studio.run(approve=Approve.ALL)
    cut = FilmState(studio.project).cut().take
    assert cut is not None
    at = FrameRange(start=SLATE_FRAMES + 20, stop=SLATE_FRAMES + 30)
    NoteCommands(studio.project, "director:Anna").add(cut.id, "Too dark.", at)
    (page,) = PdfReader(export_notes(studio.project, tmp_path / "notes.pdf")).pages
    assert "00:00:00:20" in page.extract_text()
    (image,) = page.images
    frame = next(islice(read_movie_frames(studio.project.media.find(cut.media)), at.start, None))
    shown = np.asarray(image.image.convert("RGB").resize((frame.shape[1], frame.shape[0])), float)
    assert np.abs(shown - frame).mean() < 8


def test_a_shorter_shot_is_cut_from_the_clip_that_there_is(studio):
    studio.run(approve=Approve.CLEAN)
    before = studio.takes()
    made = FilmState(studio.project).shot("shot:1A").clip.circled
    ShotCommands(studio.project, "director").trim("shot:1A", 31)
    studio.run(approve=Approve.CLEAN)
    assert studio.takes()[len(before) :] == [(Seam.CUT, None, 1)]
    cut = FilmState(studio.project).cut()
    assert cut.state is State.APPROVED and cut.take.num_frames == SLATE_FRAMES + 31 + 48 + 48
    movie = list(read_movie_frames(studio.project.media.find(cut.take.media)))[SLATE_FRAMES:]
    for shot_id, start, length in (("shot:1A", 0, 31), ("shot:1B", 31, 48)):
        clip = FilmState(studio.project).shot(shot_id).clip.circled
        frames = decode_clip(studio.project.media.find(clip.media))
        for index in range(length):
            wanted = frames[take_frame_at(index, clip.frame_rate, Fraction(24))]
            assert np.abs(movie[start + index].astype(int) - wanted).mean() < 4, (shot_id, index)
    (timeline,) = (studio.folder / "exports").glob("*.otio")
    first = next(iter(otio.adapters.read_from_file(str(timeline)).find_clips()))
    assert first.source_range.duration.value == 31
    assert first.available_range().duration.value == made.num_frames
    assert verify(studio.project) == []


def test_every_decision_of_a_policy_is_in_the_ledger_under_its_name(studio):
    studio.run(approve=Approve.CLEAN)
    decisions = studio.project.ledger.everything()
    assert {decision.author for decision in decisions} == {"policy:clean"}
    assert len(decisions) == 1 + 3 + 3 + 1


def test_the_clean_policy_leaves_drift_to_the_director_after_the_attempts_are_spent(studio):
    def critic(subject):
        return [finding(EYES)] if subject.shot_id == "shot:1A" else []

    studio.run(critic=critic, approve=Approve.CLEAN)
    waiting = FilmState(studio.project).waiting()
    assert [(standing.seam, standing.shot_id) for standing in waiting] == [(Seam.KEYFRAME, "shot:1A")]
    assert [take.attempt for take in studio.project.takes.of_shot("shot:1A", Seam.KEYFRAME)] == [1, 2, 3, 4]


def test_attempts_differ_in_seed_and_press_what_was_missed(studio):
    studio.run(critic=lambda s: [finding(EYES)] if s.shot_id == "shot:1A" else [], approve=Approve.CLEAN)
    takes = studio.project.takes.of_shot("shot:1A", Seam.KEYFRAME)
    recipes = [studio.project.takes.recipe(take.id) for take in takes]
    assert len({recipe.seed for recipe in recipes}) == 4
    assert [recipe.pressed for recipe in recipes] == [(), *[("brown eyes",)] * 3]


@pytest.mark.parametrize("forget", [False, True], ids=["with graph.db", "without graph.db"])
def test_killed_at_every_pass_it_goes_on_and_makes_no_take_twice(studio, forget):
    for _ in range(60):
        producer = studio.start(approve=Approve.CLEAN)
        moved = producer.advance()
        studio.kill()
        if forget:
            studio.forget_graph_checkpoints()
        if not moved:
            break
    takes = studio.takes()
    assert len(takes) == len(set(takes)) == 7
    assert FilmState(studio.project).cut().state is State.APPROVED


def test_killed_between_the_take_and_the_end_of_its_job_nothing_is_lost_or_made_twice(studio, monkeypatch):
    from storage.job_store import JobStore

    class Killed(BaseException):
        pass

    def die(*_arguments):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(JobStore, "finish", die)
        with pytest.raises(Killed):
            studio.run(approve=Approve.CLEAN)
    studio.kill()
    assert studio.takes() == []
    studio.run(approve=Approve.CLEAN)
    assert len(studio.takes()) == len(set(studio.takes())) == 7


def test_leaving_in_the_middle_of_a_batch_puts_its_jobs_back(studio):
    class Leaving(ArtistRenderer):
        def render(self, requests, *, on_progress, is_cancelled):
            studio.leaving = True
            return super().render(requests, on_progress=on_progress, is_cancelled=is_cancelled)

    producer = studio.start(approve=Approve.CLEAN, renderer=Leaving())
    while not studio.leaving:
        producer.advance()
    producer.close()
    assert {job.state for job in studio.project.jobs.everything()} == {JobState.QUEUED}
    studio.leaving = False
    studio.run(approve=Approve.CLEAN)
    assert FilmState(studio.project).cut().state is State.APPROVED


def test_a_cancelled_job_leaves_the_batch_alone_and_can_be_retried(studio):
    Commands(studio.project).approve_script()
    producer = studio.start()
    producer._advance_film()
    state = FilmState(studio.project)
    for shot in state.planned_shots:
        producer._advance_shot(state, shot.id)
    cancelled = studio.project.jobs.in_state(JobState.QUEUED)[0]
    studio.project.jobs.cancel([cancelled.id])
    while producer.advance():
        pass
    states = {job.id: job.state for job in studio.project.jobs.everything()}
    assert states.pop(cancelled.id) is JobState.CANCELLED
    assert set(states.values()) == {JobState.DONE}
    assert FilmState(studio.project).shot(cancelled.shot_id).keyframe.state is State.SET_ASIDE
    studio.project.jobs.retry([cancelled.id])
    while producer.advance():
        pass
    assert FilmState(studio.project).shot(cancelled.shot_id).keyframe.state is State.DECIDE
    producer.close()


def test_a_job_that_fails_is_set_aside_with_its_sentence_and_the_others_go_on(studio):
    studio.run(approve=Approve.CLEAN, renderer=ArtistRenderer(crash_on=(1,)))
    failed = studio.project.jobs.in_state(JobState.FAILED)
    assert len(failed) == 1 and failed[0].message
    waiting = FilmState(studio.project).waiting()
    assert [(standing.seam, standing.state) for standing in waiting] == [(Seam.KEYFRAME, State.SET_ASIDE)]


def test_an_edit_makes_exactly_what_it_turned_stale_again(studio):
    studio.run(approve=Approve.CLEAN)
    before = len(studio.takes())
    Commands(studio.project).edit_constraint("constraint:character:mara/garment/coat@scene:2", "green")
    studio.run(approve=Approve.CLEAN)
    made = studio.takes()[before:]
    assert [(seam, shot_id) for seam, shot_id, _ in made] == [
        (Seam.KEYFRAME, "shot:2A"),
        (Seam.CLIP, "shot:2A"),
        (Seam.CUT, None),
    ]


def test_an_undone_approval_has_a_way_back(studio):
    studio.run(approve=Approve.CLEAN)
    keyframe = FilmState(studio.project).shot("shot:1A").keyframe.circled
    Commands(studio.project).request_changes(keyframe.id, note="look left")
    studio.run()
    assert FilmState(studio.project).shot("shot:1A").keyframe.state is State.DECIDE
    Commands(studio.project).undo()
    studio.run(approve=Approve.CLEAN)
    assert FilmState(studio.project).shot("shot:1A").keyframe.circled == keyframe
    assert FilmState(studio.project).cut().state is State.APPROVED


def test_what_is_planted_is_flagged_and_never_counted_with_what_happened(studio):
    def critic(subject):
        seen.append(subject.shot_id)
        return [finding(EYES)] if subject.shot_id == "shot:1A" and seen.count("shot:1A") == 1 else []

    seen: list[str] = []
    plant = Plant(shot_label="1A", attribute=Attribute.EYES, value="blue")
    studio.run(critic=critic, approve=Approve.CLEAN, plants=[plant])
    takes = studio.project.takes.of_shot("shot:1A", Seam.KEYFRAME)
    assert [take.planted for take in takes] == [True, False]
    assert "blue eyes" in studio.project.takes.recipe(takes[0].id).prompt
    keyframes = report(studio.project, FilmState(studio.project)).seams[0]
    assert (keyframes.planted, keyframes.planted_flagged, keyframes.takes, keyframes.flagged) == (1, 1, 3, 0)
    assert report(studio.project, FilmState(studio.project)).drifts == {}


def test_only_the_chosen_scenes_and_shots_are_produced(studio):
    studio.project.set_selection(("1",), 1)
    studio.run(approve=Approve.CLEAN)
    assert {shot_id for _, shot_id, _ in studio.takes() if shot_id} == {"shot:1A"}
    assert FilmState(studio.project).cut().state is State.APPROVED


def test_state_of_the_graph_threads_is_ids_only(studio):
    studio.run(approve=Approve.CLEAN)
    assert (studio.folder / "graph.db").stat().st_size < 2_000_000
    from pipeline.graph.threads import open_checkpointer

    saver = open_checkpointer(studio.folder)
    for checkpoint in saver.list(None):
        values = checkpoint.checkpoint["channel_values"]
        assert all(isinstance(values.get(name, ""), (str, int, type(None))) for name in ("shot_id", "step", "take_id"))
    saver.conn.close()


def test_a_graph_checkpoint_that_is_damaged_is_made_anew(studio):
    studio.run(approve=Approve.NONE)
    (studio.folder / "graph.db").write_bytes(b"damaged" * 1000)
    studio.run(approve=Approve.CLEAN)
    assert FilmState(studio.project).cut().state is State.APPROVED


def test_decisions_by_hand_and_by_policy_stand_side_by_side(studio):
    studio.run()
    approve_what_waits(studio)
    studio.run(approve=Approve.CLEAN)
    verbs = [(decision.author, decision.verb) for decision in studio.project.ledger.everything()]
    assert verbs[0] == ("director", Verb.APPROVE)
    assert {author for author, _ in verbs[1:]} == {"policy:clean"}


def test_a_request_that_leaves_a_constraint_out_is_never_drawn(studio, monkeypatch):
    import pipeline.storyboard as storyboard

    def forgetful(view, shot_id, seam, *, describe=storyboard.describe_shot):
        description = describe(view, shot_id, seam)
        people = tuple(replace(person, eyes="") for person in description.people)
        return replace(description, people=people)

    monkeypatch.setattr(storyboard, "describe_shot", forgetful)
    studio.run(approve=Approve.CLEAN)
    failed = studio.project.jobs.in_state(JobState.FAILED)
    assert {job.shot_id for job in failed} == {"shot:1A", "shot:2A"}
    assert all("leaves out MARA: eyes brown" in job.message for job in failed)


def drifting_once():
    """A critic that finds the eyes of 1A wrong in what was not mended."""
    region = Region(left=0.4, top=0.2, right=0.6, bottom=0.5)

    def critic(subject):
        is_first = not seen and subject.shot_id == "shot:1A"
        seen.extend([subject.shot_id] if subject.shot_id == "shot:1A" else [])
        return [replace(finding(EYES), region=region)] if is_first else []

    seen: list[str] = []
    return critic


def test_a_drift_is_mended_where_it_is_and_the_recipe_makes_it_again(studio):
    studio.run(critic=drifting_once(), approve=Approve.CLEAN)
    first, mended = studio.project.takes.of_shot("shot:1A", Seam.KEYFRAME)
    assert mended.mending == Mending(means=Means.INPAINT, of=first.id, missed=(EYES,))
    assert FilmState(studio.project).shot("shot:1A").keyframe.circled == mended
    before, after = (decode_picture(studio.project.media.find(take.media)) for take in (first, mended))
    recipe = studio.project.takes.recipe(mended.id)
    ((left, top, right, bottom),) = recipe.extra["mended"]["boxes_px"]
    changed = np.argwhere((before != after).any(axis=-1))
    assert not len(changed) or (changed.min(axis=0) >= (top - 8, left - 8)).all()
    assert not len(changed) or (changed.max(axis=0) < (bottom + 8, right + 8)).all()
    assert np.array_equal(ArtistRenderer().replay(recipe, base=before[None])[0], after)
    assert "eyes inpainted" in [event.how for event in studio.events if isinstance(event, TakeMade)]
    assert verify(studio.project) == []


def test_what_is_tried_goes_from_cheap_to_dear_and_never_beyond_the_budget(studio):
    region = Region(left=0.4, top=0.2, right=0.6, bottom=0.5)

    def critic(subject):
        return [replace(finding(EYES), region=region)] if subject.shot_id == "shot:1A" else []

    studio.run(critic=critic, approve=Approve.CLEAN)
    takes = studio.project.takes.of_shot("shot:1A", Seam.KEYFRAME)
    assert [take.mending and take.mending.means for take in takes] == [
        None,
        Means.INPAINT,
        Means.IMAGE_TO_IMAGE,
        Means.NEW_SEED,
    ]
    assert tried_words(takes) == "eyes inpainted, then image to image for eyes, then a new seed"
    (standing,) = FilmState(studio.project).waiting()
    assert standing.state is State.DECIDE and standing.take in takes


def test_a_worker_killed_in_the_middle_of_a_mend_makes_it_again_and_harms_nothing(studio):
    class Killed(BaseException):
        pass

    class Dying(ArtistRenderer):
        def render(self, requests, *, on_progress, is_cancelled):
            def die(progress):
                on_progress(progress)
                if progress.step > 1 and any(request.mend for request in requests):
                    raise Killed

            return super().render(requests, on_progress=die, is_cancelled=is_cancelled)

    critic = drifting_once()
    producer = studio.start(critic=critic, approve=Approve.CLEAN, renderer=Dying())
    with pytest.raises(Killed):
        while producer.advance():
            pass
    studio.kill()
    (first,) = studio.project.takes.of_shot("shot:1A", Seam.KEYFRAME)
    (running,) = studio.project.jobs.in_state(JobState.RUNNING)
    assert (running.shot_id, running.attempt) == ("shot:1A", 2)
    assert verify(studio.project) == []
    studio.run(critic=critic, approve=Approve.CLEAN, lost="SIGKILL")
    takes = studio.project.takes.of_shot("shot:1A", Seam.KEYFRAME)
    assert [take.attempt for take in takes] == [1, 2]
    assert takes[1].mending == Mending(means=Means.INPAINT, of=first.id, missed=(EYES,))
    assert studio.project.jobs.get(running.id).state is JobState.DONE
    assert FilmState(studio.project).cut().state is State.APPROVED
    assert verify(studio.project) == []
