from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from pipeline.request import clip_length, describe_shot, seed_for
from pipeline.shot import clip_request
from pipeline.storyboard import keyframe_request
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.scene_graph import Evidence, Origin, Scene, SceneGraph, SceneId, Shot, ShotId
from storage.domain.takes import Seam
from storage.errors import WrongUse

SHOT = ShotId("shot:1A")
EVIDENCE = Evidence(origin=Origin.SCRIPT)
FRAME = np.zeros((288, 512, 3), np.uint8)


@pytest.fixture
def view() -> GraphView:
    scene = Scene(
        id=SceneId("scene:1"),
        number="1",
        order=0,
        heading="EXT. BEACH - DAY",
        setting_id=None,
        time_of_day="day",
        story_day=1,
        first_line=1,
        last_line=2,
    )
    shot = Shot(
        id=SHOT,
        scene_id=scene.id,
        label="1A",
        order=0,
        size="wide shot",
        movement="pan left",
        duration_frames=60,
        evidence=EVIDENCE,
    )
    return GraphView(SceneGraph(scenes={scene.id: scene}, shots={shot.id: shot}))


@pytest.fixture
def job() -> Job:
    return Job(
        id=JobId(5),
        seam=Seam.KEYFRAME,
        shot_id=SHOT,
        round="r1",
        attempt=2,
        state=JobState.QUEUED,
        created_at="",
        updated_at="",
    )


def test_a_keyframe_job_becomes_a_request(view: GraphView, job: Job):
    request = keyframe_request(view, job, film_seed=7, generation=1, pressed=("brown eyes",))
    assert (request.job_id, request.seam, request.pressed) == (5, Seam.KEYFRAME, ("brown eyes",))
    assert request.description == describe_shot(view, SHOT, Seam.KEYFRAME)
    assert request.seed == seed_for(7, SHOT, Seam.KEYFRAME, 2, 1)
    assert request.keyframe is None and request.num_frames == 1


def test_a_clip_job_becomes_a_request_at_the_clips_rate(view: GraphView, job: Job):
    rates = {"film_rate": Fraction(24), "clip_rate": Fraction(8)}
    clip_job = replace(job, seam=Seam.CLIP)
    request = clip_request(view, clip_job, film_seed=7, generation=1, keyframe=FRAME, **rates)
    assert request.seam is Seam.CLIP
    assert request.keyframe is FRAME
    assert request.num_frames == clip_length(60, Fraction(24), Fraction(8)) == 20
    assert request.description.movement == "pan left"
    assert request.seed == seed_for(7, SHOT, Seam.CLIP, 2, 1)


def test_a_job_of_another_agent_is_refused(view: GraphView, job: Job):
    with pytest.raises(WrongUse, match="no keyframe"):
        keyframe_request(view, replace(job, seam=Seam.CLIP), film_seed=7, generation=0)
    with pytest.raises(WrongUse, match="no clip"):
        clip_request(
            view, job, film_seed=7, generation=0, keyframe=FRAME, film_rate=Fraction(24), clip_rate=Fraction(8)
        )


def test_a_shot_that_is_no_longer_planned_is_refused(view: GraphView, job: Job):
    with pytest.raises(WrongUse, match="no longer planned"):
        keyframe_request(view, replace(job, shot_id=ShotId("shot:9Z")), film_seed=7, generation=0)


def test_a_checkpoint_without_clips_is_refused(view: GraphView, job: Job):
    with pytest.raises(WrongUse, match="makes no clips"):
        clip_request(
            view,
            replace(job, seam=Seam.CLIP),
            film_seed=7,
            generation=0,
            keyframe=FRAME,
            film_rate=Fraction(24),
            clip_rate=Fraction(0),
        )
