"""The figures of a film: planted drift is never counted with drift that happened, and each share has its count."""

import random
from dataclasses import replace

import pytest

from storage.domain.digest import plain
from storage.domain.standing import State
from storage.domain.takes import Seam, Take
from storage.errors import WrongUse
from storage.film_figures import film_figures, read_figures
from tests.unit.storage.conftest import RECIPE, Film, finding

EYES = "character:mara/eyes/"
COAT = "character:mara/garment/coat"


def plant(film: Film, shot_id: str) -> Take:
    """Put in a take with wrong eyes as the first attempt of a shot."""
    standing = film.keyframe(shot_id)
    project = film.project
    take = project.takes.add(
        seam=Seam.KEYFRAME, shot_id=shot_id, round=standing.round, attempt=standing.attempt,
        media=project.media.put(b"planted", ".png"), poster=None, num_frames=1, frame_rate=0, width_px=4, height_px=2,
        recipe=replace(RECIPE, seed=99), inputs=standing.inputs, graph_revision=1, planted=True, seconds=50.0,
    )  # fmt: skip
    project.takes.add_review([finding(EYES)], take_id=take.id, graph_revision=1)
    return take


def go_on(film: Film, rng: random.Random) -> None:
    """Do one thing that a worker or a director may do next."""
    state = film.state
    if not state.script_approved:
        film.commands.approve_script()
        return
    seams = [(seam, shot.id) for shot in state.planned_shots for seam in (Seam.KEYFRAME, Seam.CLIP)]
    seam, shot_id = rng.choice([*seams, (Seam.CUT, None)])
    standing = state.standing_at(seam, shot_id)
    takes = state.takes_of(seam, shot_id)
    if standing.state is State.MAKE and seam is Seam.KEYFRAME and rng.random() < 0.1:
        plant(film, shot_id)
    elif standing.state is State.MAKE and rng.random() < 0.8:
        num_frames = 20 if seam is Seam.CLIP else 1
        film.make(shot_id, seam, drift=rng.choice(["", "", EYES, COAT]), num_frames=num_frames)
    elif standing.state is State.MAKE:
        job = film.project.jobs.ensure(seam=seam, shot_id=shot_id, round=standing.round, attempt=standing.attempt)
        film.project.jobs.fail(job.id, "It failed.")
    elif takes:
        take = rng.choice(takes)
        say = rng.choice(["approve", "approve", "approve", "lock", "request", "alarm", "missed", "edit", "undo"])
        try:
            {
                "approve": lambda: film.commands.approve((standing.take or take).id),
                "lock": lambda: film.commands.lock(take.id),
                "request": lambda: film.commands.request_changes(take.id, key=EYES),
                "alarm": lambda: film.commands.false_alarm(take.id, rng.choice([EYES, COAT])),
                "missed": lambda: film.commands.missed_drift(take.id, rng.choice([EYES, COAT])),
                "edit": lambda: film.commands.edit_shot("shot:1B", duration_frames=rng.choice([36, 48, 60, 72])),
                "undo": film.commands.undo,
            }[say]()
        except WrongUse:
            return


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_the_same_to_the_last_digit_however_little_is_read(film: Film, seed: int):
    rng = random.Random(seed)
    most_approved = 0
    for _ in range(150):
        go_on(film, rng)
        little, everything = read_figures(film.project), film_figures(film.state)
        assert little == everything
        assert list(little.drifts) == list(everything.drifts)
        most_approved = max(most_approved, little.at(Seam.CLIP).approved)
    assert most_approved


def test_an_untouched_film_claims_nothing(film: Film):
    figures = film_figures(film.state)
    assert (figures.planned_shots, figures.calls, figures.seconds) == (3, 0, 0)
    assert figures.pass_rate.share is None
    assert figures.calls_per_shot is None
    assert all(seam.first_pass.share is None for seam in figures.seams)


def test_a_clean_film(film: Film):
    film.approve_everything()
    figures = film_figures(film.state)
    assert (figures.pass_rate.passed, figures.pass_rate.counted) == (3, 3)
    assert figures.calls_of_shots == (2, 2, 2)
    assert figures.calls_per_shot == 2
    assert (figures.calls, figures.seconds) == (6, 12.0)
    assert figures.at(Seam.CUT).approved == 1
    assert figures.at(Seam.KEYFRAME).approved_by == {"director": 3}


def test_first_pass_counts_first_takes_only_and_follows_the_directors_word(film: Film):
    film.commands.approve_script()
    drifted = film.make("shot:1A", Seam.KEYFRAME, drift=EYES)
    film.make("shot:1A", Seam.KEYFRAME)
    clean = film.make("shot:1B", Seam.KEYFRAME)
    figures = film_figures(film.state)
    keyframe = figures.at(Seam.KEYFRAME)
    assert figures.drifts == {f"{EYES}: blue, should be brown": 1}
    assert (keyframe.takes, keyframe.flagged, keyframe.made_again) == (3, 1, 1)
    assert (keyframe.first_pass.passed, keyframe.first_pass.counted) == (1, 2)
    low, high = keyframe.first_pass.interval
    assert (low, high) == pytest.approx((0.0945, 0.9055), abs=1e-3)
    assert (keyframe.drift, keyframe.false_alarms, keyframe.missed) == (1, 0, 0)

    film.commands.false_alarm(drifted.id, EYES)
    film.commands.missed_drift(clean.id, COAT)
    figures = film_figures(film.state)
    keyframe = figures.at(Seam.KEYFRAME)
    assert figures.drifts == {}
    assert (keyframe.first_pass.passed, keyframe.first_pass.counted) == (1, 2)
    assert (keyframe.drift, keyframe.false_alarms, keyframe.missed) == (0, 1, 1)
    film.commands.undo()
    film.commands.undo()
    assert film_figures(film.state).at(Seam.KEYFRAME).drift == 1


def test_what_was_planted_is_counted_apart(film: Film):
    film.commands.approve_script()
    plant(film, "shot:1A")
    film.make("shot:1A", Seam.KEYFRAME)
    figures = film_figures(film.state)
    keyframe = figures.at(Seam.KEYFRAME)
    assert (keyframe.planted, keyframe.planted_flagged) == (1, 1)
    assert (keyframe.takes, keyframe.flagged, keyframe.drift, keyframe.seconds) == (1, 0, 0, 2.0)
    assert keyframe.first_pass.counted == 0  # its first take was the planted one
    assert figures.drifts == {}
    assert (figures.calls, figures.seconds) == (1, 2.0)


def test_calls_are_counted_for_the_shots_that_are_approved(film: Film):
    film.commands.approve_script()
    film.make("shot:1A", Seam.KEYFRAME, drift=EYES)
    film.commands.approve(film.make("shot:1A", Seam.KEYFRAME).id)
    film.commands.approve(film.make("shot:1A", Seam.CLIP).id)
    film.make("shot:1B", Seam.KEYFRAME)
    figures = film_figures(film.state)
    assert figures.calls == 4
    assert figures.calls_of_shots == (3,)
    assert figures.calls_per_shot == 3


def test_drift_of_the_scene_graph_is_found_at_the_script_seam(film: Film):
    film.project.takes.add_review([finding(EYES), finding(COAT, must=False)], take_id=None, graph_revision=1)
    script = film_figures(film.state).at(Seam.SCRIPT)
    assert (script.takes, script.drift, script.flagged, script.approved) == (1, 1, 1, 0)


def test_figures_can_be_written_as_json(film: Film):
    film.approve_everything()
    told = plain(film_figures(film.state))
    assert told["pass_rate"] == {"passed": 3, "counted": 3}
    assert [seam["seam"] for seam in told["seams"]] == ["script", "keyframe", "clip", "cut"]


def test_a_price_is_a_number_and_stays(film: Film):
    assert (film.project.film.price_per_call, film.project.film.currency) == ("0", "EUR")
    film.project.set_price(" 0,040 ", "CHF")
    film.reopen()
    assert (film.project.film.price_per_call, film.project.film.currency) == ("0.040", "CHF")
    for price, currency in (("-1", "EUR"), ("much", "EUR"), ("NaN", "EUR"), ("Infinity", "EUR"), ("1", " ")):
        with pytest.raises(WrongUse):
            film.project.set_price(price, currency)
    assert film.project.film.currency == "CHF"


def test_what_words_were_drawn_as_is_told_once_and_in_order(film: Film):
    assert film.project.takes.drawn_as((Seam.KEYFRAME, Seam.CLIP)) == ()
    film.commands.approve_script()
    for shot_id, words in (
        ("shot:1A", ("quay → street", "oilskin → coat")),
        ("shot:1B", ("brass → metal", "quay → street")),
    ):
        film.commands.approve(film.make(shot_id, Seam.KEYFRAME, drawn_as=words).id)
    film.make("shot:1A", Seam.CLIP, drawn_as=("slow push → push",))
    drawn_as = film.project.takes.drawn_as
    assert drawn_as((Seam.KEYFRAME,)) == ("quay → street", "oilskin → coat", "brass → metal")
    assert drawn_as((Seam.KEYFRAME, Seam.CLIP))[-1] == "slow push → push"
