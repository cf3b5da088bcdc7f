"""Corruptions: who is hit, what changes, and that nothing else does."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.assembly.cut import CutPlan, CutShot
from pipeline.bench.films import FILM_RATE, films
from pipeline.bench.injections import Handoff, Injector, Kind
from pipeline.bench.misreadings import corrupt_graph
from pipeline.bench.mistakes import drawn_as, dropped, misread, said_slots
from pipeline.bench.retouching import recoloured, relit
from pipeline.pocket import artist, world
from pipeline.request import describe_shot
from storage.domain.graph_view import GraphView
from storage.domain.takes import Seam


def injector(film, probability=1.0, seed=1, kinds=()):
    return Injector(film, seed=seed, probability=probability, kinds=kinds)


def described(view, shot_id):
    return describe_shot(view, shot_id, Seam.KEYFRAME)


def plan_of(film, length=16):
    shots = tuple(
        CutShot(
            shot_id=shot.id, label=shot.label, scene_id=shot.scene_id, scene_number="1", heading="", take_id=number,
            take_number=1, media=f"medium {number}", media_path=Path(f"{number}"), num_frames=length,
            take_rate=FILM_RATE, duration_frames=length,
        )
        for number, shot in enumerate(film.shots)
    )  # fmt: skip
    return CutPlan(title="", revision=1, made_on="", film_rate=FILM_RATE, width_px=512, height_px=288, shots=shots)


def test_the_same_seed_gives_the_same_films_and_more_shots_only_add_some(film):
    first, second = list(films(1, 20))[:2]
    assert first.screenplay == film.screenplay and first.view.graph == film.view.graph
    assert second.screenplay != first.screenplay


def test_films_have_one_person_and_two_and_three_sizes(film):
    assert {len(shot.people) for shot in film.shots} >= {1, 2}
    assert {shot.size for shot in film.shots} == {"wide shot", "close-up", "medium shot"}


def test_a_shot_is_hit_alike_whatever_else_happens(film):
    one, other = injector(film, 0.5), injector(film, 0.5)
    shots = [shot.id for shot in film.shots]
    hits = [one.hit(Handoff.CLIP, shot) is not None for _ in range(8) for shot in shots]
    for shot in shots:
        other.hit(Handoff.CUT, shot)
    again = {shot: [other.hit(Handoff.CLIP, shot) is not None for _ in range(8)] for shot in reversed(shots)}
    assert hits == [again[shot][time] for time in range(8) for shot in shots]
    assert 5 < sum(hits) < 35


def test_hits_come_as_often_as_asked_for(film):
    counted = injector(film, 0.03)
    assert 60 < sum(counted.hit(Handoff.CUT, film.shots[0].id) is not None for _ in range(3000)) < 120
    assert injector(film, 0.0).hit(Handoff.CUT, film.shots[0].id) is None


def test_a_misread_or_dropped_slot_changes_nothing_else(film):
    rng = random.Random(1)
    for shot in film.shots:
        asked = drawn_as(described(film.view, shot.id))
        for slot in said_slots(asked):
            wrong, less = misread(asked, slot, rng), dropped(asked, slot)
            assert wrong != asked and less != asked and drawn_as(wrong) == wrong
            same = {s for s in said_slots(asked) if s[0] != slot[0]}
            assert same <= set(said_slots(less)) and slot not in said_slots(less)


@pytest.mark.parametrize("kind", [Kind.MISREAD, Kind.DROPPED, Kind.WRONG_PROMPT])
def test_a_request_arrives_otherwise_and_it_is_written_down(film, kind):
    corrupting = injector(film, kinds=[kind])
    shot_id = film.shots[1].id
    asked = drawn_as(described(film.view, shot_id))
    arrived, injection = corrupting.corrupt_request(shot_id, asked)
    assert arrived != asked
    assert injection is not None and (injection.kind, injection.attempt) == (kind, 1)
    assert corrupting.injections == [injection]


@pytest.mark.parametrize("kind", [Kind.MISREAD, Kind.DROPPED])
def test_the_script_agent_misreads_one_shot_and_no_other(film, kind):
    for seed in range(20):
        corrupting = injector(film, 0.2, seed, [kind])
        view = GraphView(corrupt_graph(film, corrupting))
        hit = {injection.shot_id for injection in corrupting.injections}
        changed = {
            shot.id
            for shot in film.view.shots
            if drawn_as(described(view, shot.id)) != drawn_as(described(film.view, shot.id))
        }
        assert changed == hit


def test_an_iris_is_recoloured_and_not_a_pixel_elsewhere(film):
    shot = next(shot for shot in film.shots if shot.size == "close-up")
    asked = drawn_as(described(film.view, shot.id))
    drawing = artist.draw(asked, 5)
    altered = recoloured(drawing.pixels, asked, 5, "eyes", random.Random(1))
    assert altered is not None
    rows, columns = np.nonzero((altered != drawing.pixels).any(axis=-1))
    left, top, right, bottom = drawing.people[0].eyes
    assert len(rows) > 30
    assert left * world.WIDTH_PX - 1 <= columns.min() and columns.max() <= right * world.WIDTH_PX + 1
    assert top * world.HEIGHT_PX - 1 <= rows.min() and rows.max() <= bottom * world.HEIGHT_PX + 1


def test_what_cannot_be_seen_is_not_recoloured(film):
    asked = drawn_as(described(film.view, film.shots[0].id))
    faceless = replace(asked, people=(replace(asked.people[0], eyes=""),))
    assert recoloured(artist.draw(faceless, 5).pixels, faceless, 5, "eyes", random.Random(1)) is None


def test_light_changes_the_whole_frame(film):
    asked = drawn_as(described(film.view, film.shots[1].id))
    pixels = artist.draw(asked, 5).pixels
    for seed in range(6):
        altered = relit(pixels, asked, random.Random(seed))
        assert np.abs(altered.astype(int) - pixels).mean() > 8


@pytest.mark.parametrize("handoff", [Handoff.CUT, Handoff.EXPORT])
def test_a_cut_has_another_take_or_another_order(film, handoff):
    plan = plan_of(film)
    for seed in range(12):
        corrupting = injector(film, 0.2, seed)
        arrived, injected = corrupting.corrupt_plan(handoff, plan)
        assert [each.shot_id for each in corrupting.injections] == list(injected)
        if not injected:
            assert arrived is plan
        elif len(injected) == 1:
            ((shot_id, injection),) = injected.items()
            ids = [shot.shot_id for shot in arrived.shots]
            if injection.kind is Kind.WRONG_ORDER:
                assert sorted(ids) == sorted(shot.id for shot in film.shots) and ids != [s.id for s in film.shots]
            else:
                (wrong,) = (a for a, b in zip(arrived.shots, plan.shots, strict=True) if a.media != b.media)
                assert wrong.shot_id == shot_id


def test_a_take_that_is_too_short_is_never_put_in_the_place_of_a_longer_one(film):
    plan = plan_of(film)
    first = replace(plan.shots[0], num_frames=8, duration_frames=8)
    plan = replace(plan, shots=(first, *plan.shots[1:]))
    place = Injector.corrupt_place(Kind.WRONG_TAKE, plan.shots[:2], film.shots[1].id, plan, random.Random(1))
    assert place is not None and place[1].media != first.media
