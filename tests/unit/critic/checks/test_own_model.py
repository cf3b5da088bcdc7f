from collections.abc import Sequence

import numpy as np

from critic.checks.own_model import OwnModel
from critic.people import FoundPerson, JudgedPeople
from critic.phrasing import Choice, choice_of
from critic.subject import PictureSubject
from storage.domain.findings import Finding, Region, Verdict
from storage.domain.scene_graph import Constraint, ShotPerson
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import (
    MARA,
    THEO,
    DrawnJudge,
    constraint,
    described,
    draw_one,
    keyframe_subject,
    looks,
    view_of,
)

EYES = constraint(MARA, Attribute.EYES, "violet")
TWO = (ShotPerson(character_id=MARA), ShotPerson(character_id=THEO))


class Chooses:
    """Says that the value at an index is so likely, and keeps what it was shown."""

    name = "own"

    def __init__(self, index: int, likely: float) -> None:
        self._said = index, likely
        self.shown: list[np.ndarray] = []

    def can_choose(self, choice: Choice) -> bool:
        return True

    def choose(self, picture: np.ndarray, choice: Choice) -> Sequence[float]:
        self.shown.append(picture)
        index, likely = self._said
        rest = (1 - likely) / (len(choice.values) - 1)
        return [likely if at == index else rest for at in range(len(choice.values))]


class Finds:
    def __init__(self, *people: FoundPerson) -> None:
        self._people = people

    def find(self, frame: np.ndarray) -> Sequence[FoundPerson]:
        return self._people


def _person(left: float, face_height: float | None) -> FoundPerson:
    body = Region(left=left, top=0.1, right=left + 0.4, bottom=1.0)
    face = None if face_height is None else Region(left=left, top=0.1, right=left + 0.2, bottom=0.1 + face_height)
    return FoundPerson(body=body, face=face)


def _ask(chooser: Chooses, finder: Finds, *asked: Constraint, people: tuple[ShotPerson, ...] = TWO[:1]) -> Finding:
    subject = _subject(*asked, people=people)
    (finding,) = OwnModel(chooser, finder).findings_on(asked, subject)
    return finding


def _subject(*asked: Constraint, people: tuple[ShotPerson, ...] = TWO[:1]) -> PictureSubject:
    return keyframe_subject(view_of(*asked, people=people), draw_one(described(looks())))


def test_what_is_likeliest_is_the_verdict() -> None:
    right = _ask(Chooses(0, 0.9), Finds(), EYES)
    assert (right.verdict, right.observed, round(right.confidence, 2)) == (Verdict.OK, "violet", 0.9)
    wrong = _ask(Chooses(2, 0.9), Finds(), EYES)
    assert wrong.verdict is Verdict.DRIFT
    assert wrong.observed != "violet"
    assert wrong.is_open_drift


def test_a_model_that_is_not_sure_stands_in_nobodys_way() -> None:
    unsure = _ask(Chooses(0, 0.4), Finds(), EYES)
    assert (unsure.verdict, unsure.must) == (Verdict.UNSEEN, False)
    assert "not sure" in unsure.message


def test_each_of_two_people_is_looked_for_where_it_stands() -> None:
    chooser = Chooses(0, 0.9)
    finder = Finds(_person(0.0, 0.5), _person(0.5, 0.5))
    theo = constraint(THEO, Attribute.EYES, "violet")
    found = _ask(chooser, finder, theo, people=TWO)
    assert found.region is not None
    assert found.region.left == 0.5
    assert chooser.shown[0].shape[0] < 288


def test_people_who_cannot_be_told_apart_are_unseen() -> None:
    found = _ask(Chooses(0, 0.9), Finds(_person(0.0, 0.5)), EYES, people=TWO)
    assert (found.verdict, found.message) == (Verdict.UNSEEN, "1 people were found instead of 2.")


def test_a_face_too_small_or_turned_away_is_unseen() -> None:
    small = _ask(Chooses(0, 0.9), Finds(_person(0.2, 0.05)), EYES)
    assert (small.verdict, small.must) == (Verdict.UNSEEN, False)
    assert "needs 40" in small.message
    away = _ask(Chooses(0, 0.9), Finds(_person(0.2, None)), EYES)
    assert away.message == "The face is turned away."
    coat = _ask(Chooses(0, 0.9), Finds(_person(0.2, None)), constraint(MARA, Attribute.GARMENT, "teal", "coat"))
    assert coat.verdict is Verdict.OK


def test_the_pocket_judge_finds_people() -> None:
    drawing = draw_one(described(looks(), looks()))
    left, right = JudgedPeople(DrawnJudge(drawing)).find(drawing.pixels)
    assert left.face is not None
    assert right.face is not None
    assert left.face.left < right.face.left
    assert left.body.left <= left.face.left


def test_questions_and_captions_are_made_by_rule() -> None:
    view = view_of(EYES)
    eyes = choice_of(EYES, "violet", view)
    assert eyes is not None
    assert eyes.captions[eyes.wanted] == "a person with violet eyes"
    assert eyes.question == "What color are the person's eyes?"
    assert "brown" in eyes.values
    bare = choice_of(constraint(MARA, Attribute.ACCESSORY, "absent", "monocle"), "absent", view)
    assert bare is not None
    assert (bare.question, bare.answers[bare.wanted]) == ("Is the person wearing a monocle?", "no")
    coat = choice_of(constraint(MARA, Attribute.GARMENT, "teal", "cape"), "teal", view)
    assert coat is not None
    assert coat.captions[0] == "a person wearing a teal cape"
    movement = constraint(MARA, Attribute.MOVEMENT, "static")
    assert choice_of(movement, "static", view) is None
