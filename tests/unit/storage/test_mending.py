"""What was tried is stored with each take, said in words, counted, and changes nothing about what is stale."""

from dataclasses import replace

import pytest

from storage.domain.mending import kind_of, mending_words, tried_words
from storage.domain.staleness import MENDED_KEY, mended_input, stale_reasons
from storage.domain.standing import State
from storage.domain.takes import Means, Mending, Seam, TakeId
from storage.mending_record import read_mending
from storage.verify import verify
from tests.unit.storage.conftest import Film, finding

EYES, COAT = "character:mara/eyes/", "character:mara/garment/coat"


@pytest.fixture
def drifted(film: Film) -> Film:
    """Shot 1A with a first take whose eyes are wrong."""
    film.commands.approve_script()
    film.make("shot:1A", Seam.KEYFRAME, drift=EYES)
    return film


def mend(film: Film, means: Means, *drift: str, shot_id: str = "shot:1A"):
    base = film.keyframe(shot_id).base
    return film.make(
        shot_id,
        Seam.KEYFRAME,
        drift=drift[0] if drift else "",
        mending=Mending(means=means, of=base.id, missed=(EYES,)),
    )


@pytest.mark.parametrize(
    ("means", "missed", "words"),
    [
        (Means.INPAINT, (EYES,), "eyes inpainted"),
        (Means.INPAINT, (EYES, "character:theo/eyes/", COAT), "eyes and coat inpainted"),
        (Means.IMAGE_TO_IMAGE, (EYES, COAT, "check:light"), "image to image for eyes, coat and light"),
        (Means.LATER_FRAMES, ("check:freeze",), "later frames made again for freeze"),
        (Means.NEW_SEED, (EYES,), "a new seed"),
    ],
)
def test_what_was_done_is_said_in_words(means, missed, words):
    assert mending_words(Mending(means=means, of=TakeId(1), missed=missed)) == words


def test_what_was_tried_is_said_in_order(drifted):
    for means in (Means.INPAINT, Means.NEW_SEED, Means.NEW_SEED):
        mend(drifted, means, EYES)
    takes = drifted.state.takes_of(Seam.KEYFRAME, "shot:1A")
    assert tried_words(takes) == "eyes inpainted, then a new seed, 2 times"
    assert tried_words(takes[:1]) == ""


def test_a_kind_of_drift_is_the_attribute_or_the_check():
    assert [kind_of(key) for key in (EYES, COAT, "check:freeze", "check:likeness/character:mara")] == [
        "eyes",
        "garment",
        "freeze",
        "likeness",
    ]


def test_a_mended_take_keeps_what_it_was_mended_from_and_is_as_fresh_as_that(drifted):
    base = drifted.keyframe("shot:1A").base
    mended = mend(drifted, Means.INPAINT)
    drifted.reopen()
    kept = drifted.project.takes.get(mended.id)
    assert kept.mending == Mending(means=Means.INPAINT, of=base.id, missed=(EYES,))
    inputs = drifted.project.takes.inputs(mended.id)
    assert [item for item in inputs if item.key == MENDED_KEY] == [mended_input(base)]
    standing = drifted.keyframe("shot:1A")
    assert (standing.state, standing.take, standing.clean) == (State.DECIDE, mended, True)
    assert stale_reasons(inputs, standing.inputs) == ()
    drifted.commands.approve(mended.id)
    assert drifted.keyframe("shot:1A").state is State.APPROVED
    drifted.commands.edit_constraint("constraint:character:mara/eyes/@film", "green")
    stale = drifted.keyframe("shot:1A")
    assert stale.stale and stale.state is State.MAKE
    assert [reason.key for reason in stale_reasons(inputs, stale.inputs)] == [f"constraint:{EYES}"]


def test_verify_names_a_take_whose_base_was_altered(drifted):
    mended = mend(drifted, Means.INPAINT)
    assert verify(drifted.project) == []
    drifted.project.db.conn.execute(
        "UPDATE take_inputs SET digest = 'another' WHERE take_id = ? AND key = ?", (mended.id, MENDED_KEY)
    )
    assert [sentence for sentence in verify(drifted.project) if "mended from" in sentence]


def test_attempts_count_on_and_the_next_answers_the_best_take(drifted):
    first = drifted.keyframe("shot:1A").base
    worse = mend(drifted, Means.INPAINT)
    drifted.project.takes.add_review([finding(EYES), finding(COAT)], take_id=worse.id, graph_revision=1)
    standing = drifted.keyframe("shot:1A")
    assert (standing.state, standing.attempt, standing.base, standing.missed) == (State.MAKE, 3, first, (EYES,))
    surer = mend(drifted, Means.NEW_SEED)
    drifted.project.takes.add_review([replace(finding(EYES), confidence=0.6)], take_id=surer.id, graph_revision=1)
    assert drifted.keyframe("shot:1A").base == surer
    mend(drifted, Means.NEW_SEED, EYES)
    decided = drifted.keyframe("shot:1A")
    assert (decided.state, decided.take) == (State.DECIDE, surer)


def test_a_take_that_a_false_alarm_makes_clean_is_the_best_however_many_came_after(drifted):
    first = drifted.keyframe("shot:1A").base
    mend(drifted, Means.INPAINT, EYES)
    drifted.commands.false_alarm(first.id, EYES)
    standing = drifted.keyframe("shot:1A")
    assert (standing.state, standing.take) == (State.DECIDE, first)


def test_what_worked_is_counted_by_kind_and_breaking_something_else_is_no_success(drifted):
    spoilt = mend(drifted, Means.INPAINT)
    drifted.project.takes.add_review([finding(COAT)], take_id=spoilt.id, graph_revision=1)
    mend(drifted, Means.NEW_SEED)
    record = read_mending(drifted.project, Seam.KEYFRAME)
    assert record.counted(Means.INPAINT, "eyes") == (0, 1)
    assert record.counted(Means.NEW_SEED, "eyes") == (1, 1)
    assert record.counted(Means.NEW_SEED, "garment") == (0, 0)
    assert record.seconds(Means.INPAINT) == 2.0 and record.seconds(Means.IMAGE_TO_IMAGE) is None
    assert record.words() == ["eyes: inpaint 0 of 1, new seed 1 of 1"]


def test_the_directors_word_goes_before_the_critics(drifted):
    inpainted = mend(drifted, Means.INPAINT, EYES)
    assert read_mending(drifted.project, Seam.KEYFRAME).counted(Means.INPAINT, "eyes") == (0, 1)
    drifted.commands.false_alarm(inpainted.id, EYES)
    assert read_mending(drifted.project, Seam.KEYFRAME).counted(Means.INPAINT, "eyes") == (1, 1)
    drifted.commands.missed_drift(inpainted.id, COAT)
    assert read_mending(drifted.project, Seam.KEYFRAME).counted(Means.INPAINT, "eyes") == (0, 1)
    drifted.commands.undo()
    drifted.commands.false_alarm(drifted.state.takes_of(Seam.KEYFRAME, "shot:1A")[0].id, EYES)
    assert read_mending(drifted.project, Seam.KEYFRAME).trials == ()


def test_what_was_planted_teaches_nothing(film):
    film.commands.approve_script()
    film.make("shot:1A", Seam.KEYFRAME, drift=EYES, planted=True)
    mend(film, Means.INPAINT)
    assert read_mending(film.project, Seam.KEYFRAME).trials == ()
