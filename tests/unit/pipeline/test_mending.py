"""The planner takes what is likeliest for its time, by what this film has counted, and never repeats what failed."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.mending import Mender
from pipeline.renderers.base import Capabilities
from storage.domain.findings import FrameRange, Region
from storage.domain.takes import Means, Mending, Seam
from tests.unit.storage.conftest import Film, finding

EYES, HAIR, SETTING = "character:mara/eyes/", "character:mara/hair colour/", "scene:1/setting/"
FACE = Region(left=0.4, top=0.3, right=0.6, bottom=0.5)
ABLE = Capabilities(
    name="able",
    weights_digest="0" * 64,
    width_px=64,
    height_px=32,
    clip_frames=16,
    frame_rate=Fraction(8),
    batch_size=4,
    clip_batch_size=1,
    means=frozenset(Means) - {Means.NEW_SEED},
)


class Planned:
    """A film whose shot 1A drifts, and what the planner would do about it."""

    def __init__(self, film: Film) -> None:
        self.film = film
        film.commands.approve_script()

    def drift(self, *findings, means: Means | None = None, shot_id: str = "shot:1A", seam: Seam = Seam.KEYFRAME):
        standing = self.standing(shot_id, seam)
        missed = tuple(each.key for each in findings) if not standing.missed else standing.missed
        mending = Mending(means=means, of=standing.base.id, missed=missed) if means else None
        num_frames = 31 if seam is Seam.CLIP else 1
        take = self.film.make(shot_id, seam, mending=mending, num_frames=num_frames)
        self.film.project.takes.add_review(findings, take_id=take.id, graph_revision=1)

    def standing(self, shot_id: str = "shot:1A", seam: Seam = Seam.KEYFRAME):
        return self.film.state.standing_at(seam, shot_id)

    def plan(self, able: Capabilities = ABLE, *, last_attempt: int = 4, shot_id="shot:1A", seam=Seam.KEYFRAME):
        state, standing = self.film.state, self.standing(shot_id, seam)
        return Mender(self.film.project, able).plan(
            standing,
            takes=state.takes_of(seam, shot_id),
            findings=state.findings[standing.base.id] if standing.base else (),
            last_attempt=last_attempt,
        )

    def means(self, **how) -> Means:
        return self.plan(**how).mending.means


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Planned]:
    film = Film(tmp_path / "Film.matchcut")
    yield Planned(film)
    film.project.close()


def seen(key: str, region: Region | None = FACE, **more):
    return replace(finding(key), region=region, **more)


def test_the_first_attempt_of_a_round_answers_nothing(planned):
    assert planned.plan() is None


def test_a_job_whose_drift_was_called_a_false_alarm_answers_nothing(planned):
    planned.drift(seen(EYES))
    standing = planned.standing()
    jobs = planned.film.project.jobs
    jobs.ensure(seam=Seam.KEYFRAME, shot_id="shot:1A", round=standing.round, attempt=standing.attempt)
    planned.film.commands.false_alarm(standing.base.id, EYES)
    assert planned.plan() is None


def test_unless_the_film_says_otherwise_it_goes_from_what_changes_least_to_what_changes_most(planned):
    planned.drift(seen(EYES))
    plan = planned.plan()
    assert plan.mending == Mending(means=Means.INPAINT, of=plan.base.id, missed=(EYES,))
    assert (plan.regions, plan.strength) == ((FACE,), 0.75)
    for means in (Means.INPAINT, Means.IMAGE_TO_IMAGE):
        assert planned.means() is means
        planned.drift(seen(EYES), means=means)
    assert planned.means() is Means.NEW_SEED


def test_skin_is_drawn_anew_on_the_whole_face(planned):
    planned.drift(seen("character:mara/skin/"))
    (region,) = planned.plan().regions
    assert (
        region.left < FACE.left and region.top < FACE.top and region.right > FACE.right and region.bottom > FACE.bottom
    )


def test_what_has_worked_for_this_kind_of_drift_on_this_film_goes_first(planned):
    for shot_id in ("shot:1B", "shot:2A"):
        for means in (Means.INPAINT, Means.IMAGE_TO_IMAGE):
            if planned.standing(shot_id).base is None:
                planned.drift(seen(EYES), shot_id=shot_id)
            planned.drift(*([seen(EYES)] if means is Means.INPAINT else []), means=means, shot_id=shot_id)
    planned.drift(seen(EYES))
    assert planned.means() is Means.IMAGE_TO_IMAGE
    planned.film.project.takes.add_review([seen(HAIR)], take_id=planned.standing().base.id, graph_revision=1)
    assert planned.means() is Means.INPAINT


def test_the_last_attempt_before_the_director_is_the_likeliest_whatever_it_costs(planned):
    planned.drift(seen(EYES), shot_id="shot:1B")
    planned.drift(means=Means.NEW_SEED, shot_id="shot:1B")
    planned.drift(seen(EYES))
    assert planned.means(last_attempt=2) is Means.NEW_SEED


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([seen(SETTING, None)], Means.IMAGE_TO_IMAGE),
        ([seen(EYES), seen(SETTING, None)], Means.IMAGE_TO_IMAGE),
        ([seen(EYES, Region(left=0, top=0, right=1, bottom=0.9))], Means.IMAGE_TO_IMAGE),
        ([seen("check:shot size", None)], Means.NEW_SEED),
        ([seen("scene:1/people/", None), seen(EYES)], Means.NEW_SEED),
    ],
)
def test_only_what_lies_in_one_place_is_inpainted_and_a_wrong_composition_begins_anew(planned, findings, expected):
    planned.drift(*findings)
    assert planned.means() is expected


def test_a_renderer_that_cannot_mend_gets_a_new_seed(planned):
    planned.drift(seen(EYES))
    assert planned.means(able=replace(ABLE, means=frozenset())) is Means.NEW_SEED


def test_a_clip_keeps_the_pieces_before_the_one_that_drifts(planned):
    film = planned.film
    film.commands.approve(film.make("shot:1A", Seam.KEYFRAME).id)
    drifting = seen(EYES, frame_range=FrameRange(start=20, stop=24))
    planned.drift(drifting, seam=Seam.CLIP)
    plan = planned.plan(seam=Seam.CLIP)
    assert (plan.mending.means, plan.kept_frames) == (Means.LATER_FRAMES, 16)
    base = planned.standing(seam=Seam.CLIP).base
    early = seen(EYES, frame_range=FrameRange(start=3, stop=24))
    film.project.takes.add_review([early], take_id=base.id, graph_revision=1)
    assert planned.means(seam=Seam.CLIP) is Means.NEW_SEED
