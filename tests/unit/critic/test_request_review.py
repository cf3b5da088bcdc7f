import pytest

from critic.request_review import review_request
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import Constraint, ShotPerson
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import CAFE, MARA, SCENE, SHOT, THEO, by_label, constraint, described, looks, mara, view_of


def _review(phrases: tuple[str, ...], *constraints: Constraint, **known_as: str) -> dict[str, Finding]:
    words = {
        item.key: known_as[item.attribute.replace(" ", "_")]
        for item in constraints
        if item.attribute.replace(" ", "_") in known_as
    }
    return by_label(review_request(view_of(*constraints), SHOT, phrases, words))


def test_a_compiled_description_asks_for_every_constraint() -> None:
    asked = (
        *mara(),
        constraint(CAFE, Attribute.SETTING, "kitchen"),
        constraint(SCENE, Attribute.TIME_OF_DAY, "day"),
        constraint(SHOT, Attribute.SHOT_SIZE, "close-up"),
        constraint(SHOT, Attribute.PEOPLE, "1"),
        constraint(MARA, Attribute.ACCESSORY, "present", "glasses"),
        constraint(MARA, Attribute.ACCESSORY, "absent", "hat"),
    )
    found = _review(described(looks(accessories=("glasses",))).phrases, *asked)
    assert {label: finding.verdict for label, finding in found.items() if finding.verdict is not Verdict.OK} == {}
    assert len(found) == len(asked) + 1


@pytest.mark.parametrize(
    ("change", "label", "observed"),
    [
        ({"eyes": "blue"}, "MARA: eyes", "blue eyes"),
        ({"coat": "green"}, "MARA: coat", "green coat"),
        ({"hair_colour": "red"}, "MARA: hair colour", "long red hair"),
    ],
)
def test_another_value_is_named(change: dict[str, str], label: str, observed: str) -> None:
    found = _review(described(looks(**change)).phrases, *mara())
    drifted = {name: finding.observed for name, finding in found.items() if finding.is_open_drift}
    assert drifted == {label: observed}


def test_a_dropped_constraint_is_drift() -> None:
    phrases = tuple(phrase for phrase in described(looks()).phrases if "eyes" not in phrase)
    eyes = _review(phrases, *mara())["MARA: eyes"]
    assert (eyes.is_open_drift, eyes.observed) == (True, "not asked for")


def test_what_must_be_absent_may_not_be_asked_for() -> None:
    bare = constraint(MARA, Attribute.ACCESSORY, "absent", "hat")
    assert _review(described(looks(accessories=("hat",))).phrases, bare)["MARA: hat"].is_open_drift


def test_the_drawn_word_is_looked_for() -> None:
    teal = constraint(MARA, Attribute.GARMENT, "teal", "robe")
    phrases = described(looks(coat="blue")).phrases
    assert _review(phrases, teal, garment="blue coat")["MARA: robe"].verdict is Verdict.OK
    assert _review(phrases, teal)["MARA: robe"].is_open_drift
    left_out = _review(phrases, teal, garment="")["MARA: robe"]
    assert (left_out.verdict, left_out.must) == (Verdict.UNSEEN, False)


def test_it_must_be_asked_of_the_right_person() -> None:
    people = (ShotPerson(character_id=THEO), ShotPerson(character_id=MARA))
    view = view_of(constraint(MARA, Attribute.EYES, "brown"), constraint(THEO, Attribute.EYES, "blue"), people=people)
    right = review_request(view, SHOT, described(looks(eyes="blue"), looks(eyes="brown")).phrases, {})
    assert {finding.verdict for finding in right if finding.must} == {Verdict.OK}
    swapped = review_request(view, SHOT, described(looks(eyes="brown"), looks(eyes="blue")).phrases, {})
    assert {finding.verdict for finding in swapped} == {Verdict.DRIFT}


def test_nothing_but_what_is_asked_is_requested() -> None:
    asked = (*mara(), constraint(CAFE, Attribute.SETTING, "kitchen"))
    phrases = described(looks(action="")).phrases
    assert _review(phrases, *asked)["nothing else"].verdict is Verdict.OK
    beyond = _review((*phrases, "red hat", "snow"), *asked)["nothing else"]
    assert (beyond.verdict, beyond.observed, beyond.must) == (Verdict.DRIFT, "red hat, snow", False)


def test_what_one_person_should_wear_is_too_much_on_another() -> None:
    two = (ShotPerson(character_id=MARA), ShotPerson(character_id=THEO))
    asked = (constraint(MARA, Attribute.EYES, "brown"), constraint(THEO, Attribute.EYES, "blue"))
    phrases = ("close-up", "day", "two people", "on the left", "brown eyes", "on the right", "brown eyes")
    found = by_label(review_request(view_of(*asked, people=two), SHOT, phrases, {}))
    assert found["nothing else"].observed == "brown eyes"
