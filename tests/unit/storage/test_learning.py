"""What a film teaches: questions drawn by ids, answers that are entries of the ledger, and labels that count."""

import random
from collections import Counter

import pytest

from storage.domain.blind_questions import CANNOT_TELL, CHANGES, draw, question_about
from storage.domain.findings import Finding, Region, Verdict
from storage.domain.labels import Source, Truth, labels_in
from storage.domain.promise import Drawn, Terms, promise_of
from storage.domain.takes import Seam
from storage.errors import WrongUse
from storage.learning import Learning, answer_question, promise_in_json, read_learning
from storage.learning_settings import learning_settings, set_question_share, set_terms
from storage.verify import verify
from tests.unit.storage.conftest import Film

MARA = "character:mara"
EYES = Region(left=0.4, top=0.4, right=0.6, bottom=0.5)


def said(attribute: str, verdict: Verdict = Verdict.OK, expected: str = "brown", **more: object) -> Finding:
    part = str(more.pop("part", ""))
    return Finding(
        key=f"{MARA}/{attribute}/{part}", label=f"MARA: {part or attribute}", constraint_id="constraint:1",
        check="judge", verdict=verdict, must=bool(more.pop("must", True)), expected=expected, observed=expected,
        confidence=0.9, region=EYES, **more,
    )  # fmt: skip


FINDINGS = [
    said("eyes"),
    said("hair colour", Verdict.DRIFT, "red"),
    said("garment", expected="yellow coat", part="coat"),
]


@pytest.fixture
def asked(film: Film):
    """A keyframe and a clip with three findings each, all of which are asked about."""
    film.commands.approve_script()
    set_question_share(film.project, "100")
    keyframe = film.make("shot:1A", Seam.KEYFRAME)
    film.project.takes.add_review(FINDINGS, take_id=keyframe.id, graph_revision=1)
    film.commands.approve(keyframe.id)
    clip = film.make("shot:1A", Seam.CLIP, num_frames=16)
    film.project.takes.add_review([said("eyes")], take_id=clip.id, graph_revision=1)
    return keyframe, clip


def test_a_question_tells_neither_what_was_seen_nor_what_should_be(film: Film, asked):
    keyframe, clip = asked
    questions = {(item.take.id, item.question.kind): item.question for item in read_learning(film.project).drawn}
    assert len(questions) == 4
    eyes = questions[keyframe.id, "eyes"]
    assert eyes.words == "What colour are MARA's eyes here?"
    assert eyes.options == ("brown", "blue", "green", "grey", "amber", "other")
    assert (eyes.wanted, eyes.frames) == ("brown", (0,))
    assert eyes.region.left < EYES.left and eyes.region.bottom > EYES.bottom
    assert questions[keyframe.id, "garment"].options[-1] == "no coat"
    moving = questions[clip.id, "eyes"]
    assert moving.frames == (0, 7, 15) and moving.options[-1] == CHANGES
    same = [question_about(7, keyframe, said("eyes", verdict), ()) for verdict in (Verdict.OK, Verdict.DRIFT)]
    assert same[0] == same[1], "what the critic saw changes nothing"


@pytest.mark.parametrize(
    ("finding", "words", "wanted"),
    [
        (said("eyes", expected="hazel (drawn as brown)"), "What colour are MARA's eyes here?", "brown"),
        (said("accessory", expected="absent", part="hat"), "Is there a hat on MARA here?", "no"),
        (said("accessory", expected="blue (drawn as present)", part="scarf"), "Is there a scarf on MARA here?", "yes"),
        (said("garment", expected="absent", part="coat"), "Does MARA wear a coat here?", "no"),
        (said("people", expected="two"), "How many people are seen here?", "2"),
        (said("setting", expected="kitchen"), "Where is this?", "MARA"),
    ],
)
def test_questions_of_every_kind(film: Film, asked, finding: Finding, words: str, wanted: str):
    question = question_about(7, asked[0], finding, ("KITCHEN", "BEACH", "MARA"))
    assert (question.words, question.wanted) == (words, wanted)
    assert wanted in question.options


@pytest.mark.parametrize(
    "finding",
    [
        said("eyes", Verdict.UNSEEN),
        said("eyes", must=False),
        said("eyes", expected="the colour of the sea"),
        said("movement", expected="static"),
    ],
)
def test_what_cannot_be_answered_from_a_picture_is_not_asked(film: Film, asked, finding: Finding):
    assert question_about(7, asked[0], finding, ()) is None


def test_what_is_drawn_follows_from_ids_alone_and_a_larger_share_keeps_it():
    places = [draw(seed, take, key) for seed in (1, 2) for take in range(500) for key in ("a", "b")]
    assert places == [draw(seed, take, key) for seed in (1, 2) for take in range(500) for key in ("a", "b")]
    tenths = Counter(int(place * 10) for place in places)
    assert all(150 <= tenths[tenth] <= 250 for tenth in range(10)), "uniform: 200 each, give or take 3.7 deviations"


def test_a_share_draws_about_so_many_and_the_same_ones_again(film: Film, asked):
    drawn = {}
    for percent in ("0", "30", "60", "100"):
        set_question_share(film.project, percent)
        drawn[percent] = [item.question.name for item in read_learning(film.project).drawn]
    assert drawn["0"] == [] and len(drawn["100"]) == 4
    for less, more in (("30", "60"), ("60", "100")):
        assert drawn[less] == drawn[more][: len(drawn[less])]


def test_an_answer_is_a_label_that_moves_nothing_and_can_be_undone(film: Film, asked):
    keyframe, _ = asked
    learning = Learning(film.project)
    learning.catch_up()
    question = next(
        item.question for item in learning.waiting if item.question.kind == "eyes" and item.take == keyframe
    )
    before = film.keyframe("shot:1A")
    answer_question(film.project, "director:Anna", question, "blue")
    learning.catch_up()
    assert question not in [item.question for item in learning.waiting]
    assert (learning.promise.drifts, learning.promise.missed, learning.promise.num_answered) == (1, 1, 1)
    assert film.keyframe("shot:1A") == before
    assert film.commands.undo().note == "undo: answer"
    learning.catch_up()
    assert question in [item.question for item in learning.waiting]
    assert learning.promise.drifts == 0
    film.commands.redo()
    film.reopen()
    assert read_learning(film.project).promise.missed == 1
    assert verify(film.project) == []


def test_cannot_tell_puts_a_question_away_and_is_no_label(film: Film, asked):
    learning = read_learning(film.project)
    for item in list(learning.waiting):
        answer_question(film.project, "director", item.question, CANNOT_TELL)
    learning.catch_up()
    assert list(learning.waiting) == []
    assert (learning.promise.drifts, learning.promise.num_answered) == (0, 0)


def test_an_answer_must_be_one(film: Film, asked):
    question = read_learning(film.project).waiting[0].question
    with pytest.raises(WrongUse, match="is no answer to"):
        answer_question(film.project, "director", question, "plaid")


def test_what_was_said_already_is_not_asked_and_counts(film: Film, asked):
    keyframe, _ = asked
    film.commands.request_changes(keyframe.id, key=f"{MARA}/hair colour/")
    film.commands.missed_drift(keyframe.id, f"{MARA}/garment/coat")
    learning = read_learning(film.project)
    assert {item.question.kind for item in learning.waiting} == {"eyes"}
    assert (learning.promise.drifts, learning.promise.missed) == (2, 1)
    assert learning.promise.num_answered == 0, "what was said unasked is no answer"


def test_labels_say_how_they_came_about_and_approvals_prove_nothing(film: Film, asked):
    keyframe, _ = asked
    film.commands.false_alarm(keyframe.id, f"{MARA}/hair colour/")
    film.commands.request_changes(keyframe.id, note="No.")
    labels = labels_in(film.state.decisions, film.state.findings, {})
    assert [(label.truth, label.source, label.key) for label in labels] == [
        (Truth.OK, Source.APPROVAL, f"{MARA}/eyes/"),
        (Truth.OK, Source.APPROVAL, f"{MARA}/garment/coat"),
        (Truth.OK, Source.FALSE_ALARM, f"{MARA}/hair colour/"),
        (Truth.REJECTED, Source.REJECTION, ""),
    ]
    assert read_learning(film.project).promise.drifts == 0


def test_settings_are_checked_and_kept(film: Film):
    assert learning_settings(film.project).question_share == 0.1
    set_question_share(film.project, "25 %")
    set_terms(film.project, "5", "95")
    film.reopen()
    settings = learning_settings(film.project)
    assert (settings.question_share, settings.terms) == (0.25, Terms(most=0.05, confidence=0.95))
    for wrong in ("-1", "101", "some"):
        with pytest.raises(WrongUse, match="is no share"):
            set_question_share(film.project, wrong)
    with pytest.raises(WrongUse, match="is no confidence"):
        set_terms(film.project, "2", "100")


def confirmed(number: int, *, probability: float = 0.9, kind: str = "eyes", drift: bool = True) -> list[Drawn]:
    return [Drawn(kind=kind, drift_probability=probability, is_drift=drift, is_answered=True)] * number


def test_what_a_director_is_told():
    fine = confirmed(40, probability=0.05, drift=False)
    assert promise_of([], Terms()).sentence == "Cannot promise yet: 114 more confirmed drifts are needed."
    lacking = promise_of(confirmed(27) + fine, Terms())
    assert lacking.sentence == "Cannot promise yet: 87 more confirmed drifts are needed."
    assert promise_of(confirmed(113) + fine, Terms()).lacking == 1
    kept = promise_of(confirmed(131) + fine, Terms())
    assert kept.sentence == "Misses at most 2 % of drift, with 90 % confidence (131 confirmed drifts, 0 missed)."
    assert kept.groups[0].at_most < 0.02
    assert kept.thresholds == {"eyes": 0.9}, "as high as the labels allow, and no higher"


def test_drift_that_the_panel_holds_unlikely_lowers_the_threshold_below_it():
    sample = confirmed(150) + confirmed(3, probability=0.3) + confirmed(200, probability=0.1, drift=False)
    promise = promise_of(sample, Terms())
    assert promise.thresholds == {"eyes": 0.3}
    assert promise.missed == 0


def test_unanswered_questions_weigh():
    silent = [Drawn(kind="eyes", drift_probability=0.01)] * 60
    half = promise_of(confirmed(131) + silent + confirmed(60, probability=0.01, drift=False), Terms())
    assert not half.is_kept and half.lacking > 90
    nobody = promise_of(confirmed(400) + silent, Terms())
    assert nobody.sentence == "Cannot promise yet: blind questions about what it let pass are to be answered first."


def test_kinds_with_labels_enough_stand_alone_and_the_others_are_pooled():
    sample = confirmed(200) + confirmed(90, kind="skin", probability=0.6) + confirmed(80, kind="hair colour")
    promise = promise_of(sample, Terms())
    assert [group.kinds for group in promise.groups] == [("eyes",), ("hair colour", "skin")]
    assert promise.thresholds == {"eyes": 0.9, "hair colour": 0.6, "skin": 0.6}
    assert [group.kinds for group in promise_of(sample[:220], Terms()).groups] == [("eyes", "skin")]
    assert promise.groups[1].by_kind == {"hair colour": (80, 0), "skin": (90, 0)}


def test_the_promise_in_plain_values(film: Film, asked):
    told = promise_in_json(read_learning(film.project))
    assert (told["kept"], told["lacking"], told["drawn"], told["answered"]) == (False, 114, 4, 0)


@pytest.mark.parametrize("seed", range(3))
def test_keeping_up_comes_to_the_same_as_reading_anew(film: Film, asked, seed: int):
    rng = random.Random(seed)
    following = Learning(film.project)
    for _ in range(25):
        take = rng.choice(asked)
        key = rng.choice(FINDINGS).key
        waiting = read_learning(film.project).waiting
        choice = rng.choice(["answer", "answer", "review", "missed", "undo", "redo", "share"])
        try:
            if choice == "answer" and waiting:
                answer_question(film.project, "director", waiting[0].question, rng.choice(waiting[0].question.options))
            elif choice == "review":
                film.project.takes.add_review(rng.sample(FINDINGS, 2), take_id=take.id, graph_revision=1)
            elif choice == "missed":
                film.commands.missed_drift(take.id, key)
            elif choice == "share":
                set_question_share(film.project, rng.choice(["50", "100"]))
            elif choice in ("undo", "redo"):
                getattr(film.commands, choice)()
        except WrongUse:
            continue
        while following.catch_up(1):
            pass
        anew = read_learning(film.project)
        assert list(following.waiting) == list(anew.waiting)
        assert following.promise == anew.promise


def test_keeping_up_reads_no_scene_graph(film: Film, monkeypatch: pytest.MonkeyPatch):
    film.commands.approve_script()
    film.make("shot:1A", Seam.KEYFRAME)
    views: list[int | None] = []
    monkeypatch.setattr(film.project.graphs, "view", views.append)
    learning = Learning(film.project)
    while learning.catch_up(1):
        pass
    assert views == []
