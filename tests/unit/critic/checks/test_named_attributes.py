from dataclasses import replace

import numpy as np
import pytest

from critic.checks.named_attributes import NamedAttributes
from critic.questions import Certainty
from pipeline.description import Worn
from storage.domain.findings import Verdict
from storage.domain.scene_graph import ShotPerson, Strength
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import (
    CAFE,
    MARA,
    SCENE,
    SHOT,
    THEO,
    DrawnJudge,
    by_label,
    clip_of,
    clip_subject,
    constraint,
    described,
    draw_one,
    keyframe_subject,
    looks,
    mara,
    pixels,
    view_of,
)


def _review(view, drawing, known_as=None, probability=0.95):
    check = NamedAttributes(DrawnJudge(drawing, probability=probability))
    return by_label(check.findings(keyframe_subject(view, drawing, known_as)))


def test_a_picture_as_planned_is_ok_throughout() -> None:
    found = _review(view_of(*mara()), draw_one(described(looks())))
    assert {finding.verdict for finding in found.values()} == {Verdict.OK}
    assert found["MARA: eyes"].observed == "brown"
    assert found["MARA: coat"].observed == "red coat"


def test_blue_eyes_in_a_close_up_are_flagged_with_region_and_both_colours() -> None:
    drawing = draw_one(described(looks(eyes="blue")))
    eyes = _review(view_of(*mara()), drawing)["MARA: eyes"]
    assert (eyes.verdict, eyes.must, eyes.expected, eyes.observed) == (Verdict.DRIFT, True, "brown", "blue")
    assert eyes.is_open_drift
    assert eyes.confidence > 0.9
    assert eyes.region is not None
    box = drawing.people[0].eyes
    assert (eyes.region.left, eyes.region.top, eyes.region.right, eyes.region.bottom) == box


def test_an_altered_iris_changes_the_answer_about_eyes_alone() -> None:
    before = _review(view_of(*mara()), draw_one(described(looks())))
    after = _review(view_of(*mara()), draw_one(described(looks(eyes="green"))))
    changed = {label for label in before if before[label].verdict is not after[label].verdict}
    assert changed == {"MARA: eyes"}


def test_a_should_does_not_become_a_must() -> None:
    wish = constraint(MARA, Attribute.EYES, "brown", strength=Strength.SHOULD)
    eyes = _review(view_of(wish), draw_one(described(looks(eyes="blue"))))["MARA: eyes"]
    assert eyes.verdict is Verdict.DRIFT
    assert not eyes.is_open_drift


def test_eyes_that_are_shut_are_unseen_and_not_clean() -> None:
    drawing = next(frame for frame in clip_of(described(looks(action="blinking"))) if not frame.people[0].eyes_seen)
    eyes = _review(view_of(*mara()), drawing)["MARA: eyes"]
    assert (eyes.verdict, eyes.must) == (Verdict.UNSEEN, True)


def test_a_judge_that_is_not_sure_says_unseen() -> None:
    eyes = _review(view_of(*mara()), draw_one(described(looks())), probability=0.4)["MARA: eyes"]
    assert eyes.verdict is Verdict.UNSEEN
    assert eyes.message == "The judge is not sure."


@pytest.mark.parametrize(("worn", "verdict"), [((), Verdict.OK), (("hat",), Verdict.DRIFT)])
def test_what_must_be_absent_is_looked_for(worn: tuple[str, ...], verdict: Verdict) -> None:
    bare = constraint(MARA, Attribute.ACCESSORY, "absent", "hat")
    hat = _review(view_of(bare), draw_one(described(looks(accessories=worn))))["MARA: hat"]
    assert hat.verdict is verdict


@pytest.mark.parametrize(("worn", "verdict"), [(("glasses",), Verdict.OK), ((), Verdict.DRIFT)])
def test_what_must_be_present_is_looked_for(worn: tuple[str, ...], verdict: Verdict) -> None:
    there = constraint(MARA, Attribute.ACCESSORY, "present", "glasses")
    assert _review(view_of(there), draw_one(described(looks(accessories=worn))))["MARA: glasses"].verdict is verdict


def test_a_coat_that_was_taken_off_must_not_be_worn() -> None:
    off = constraint(MARA, Attribute.GARMENT, "absent", "coat")
    coat = _review(view_of(off), draw_one(described(looks())))["MARA: coat"]
    assert (coat.verdict, coat.expected, coat.observed) == (Verdict.DRIFT, "absent", "coat")


def test_the_colour_of_an_accessory_is_not_called_ok() -> None:
    red = constraint(MARA, Attribute.ACCESSORY, "red", "scarf")
    scarf = _review(view_of(red), draw_one(described(looks(accessories=("scarf",)))))["MARA: scarf"]
    assert (scarf.verdict, scarf.must) == (Verdict.UNSEEN, False)
    assert "colour" in scarf.message
    missing = _review(view_of(red), draw_one(described(looks())))["MARA: scarf"]
    assert missing.is_open_drift


def test_another_colour_of_coat_is_drift_with_both_words() -> None:
    coat = _review(view_of(*mara()), draw_one(described(looks(coat="blue"))))["MARA: coat"]
    assert (coat.verdict, coat.expected, coat.observed) == (Verdict.DRIFT, "red coat", "blue coat")
    assert coat.region is not None


def test_a_word_that_was_drawn_as_another_is_judged_as_drawn() -> None:
    teal = constraint(MARA, Attribute.GARMENT, "teal", "coat")
    coat = _review(view_of(teal), draw_one(described(looks(coat="blue"))), {teal.key: "blue coat"})["MARA: coat"]
    assert (coat.verdict, coat.expected) == (Verdict.OK, "teal coat (drawn as blue coat)")
    unknown = _review(view_of(teal), draw_one(described(looks(coat="blue"))))["MARA: coat"]
    assert (unknown.verdict, unknown.must) == (Verdict.UNSEEN, False)


def test_another_kind_of_garment_is_judged_as_drawn() -> None:
    robe = constraint(MARA, Attribute.GARMENT, "red", "robe")
    found = _review(view_of(robe), draw_one(described(looks())), {robe.key: "red coat"})["MARA: robe"]
    assert (found.verdict, found.expected) == (Verdict.OK, "red robe (drawn as red coat)")


def test_what_is_worn_under_a_coat_is_not_looked_for() -> None:
    shirt = constraint(MARA, Attribute.GARMENT, "white", "shirt")
    found = _review(view_of(*mara(), shirt), draw_one(described(looks())), {shirt.key: ""})
    assert found["MARA: coat"].verdict is Verdict.OK
    assert (found["MARA: shirt"].verdict, found["MARA: shirt"].must) == (Verdict.UNSEEN, False)
    assert "under the coat" in found["MARA: shirt"].message


def test_what_cannot_be_drawn_is_said() -> None:
    boots = constraint(MARA, Attribute.GARMENT, "black", "boots")
    view = view_of(boots, size="wide shot")
    found = _review(view, draw_one(described(looks(), shot_size="wide shot")), {boots.key: ""})["MARA: boots"]
    assert (found.verdict, found.must, found.expected) == (Verdict.UNSEEN, False, "black boots (cannot be drawn)")


def test_setting_time_size_and_people_are_judged() -> None:
    view = view_of(
        constraint(CAFE, Attribute.SETTING, "HARBOUR CAFE"),
        constraint(SCENE, Attribute.TIME_OF_DAY, "night"),
        constraint(SHOT, Attribute.SHOT_SIZE, "medium shot"),
        constraint(SHOT, Attribute.PEOPLE, "two people"),
    )
    drawing = draw_one(described(looks()))
    found = _review(view, drawing, {f"{CAFE}/setting/": "diner"})
    assert {label: (finding.verdict, finding.expected, finding.observed) for label, finding in found.items()} == {
        "HARBOUR CAFE: setting": (Verdict.DRIFT, "HARBOUR CAFE (drawn as diner)", "kitchen"),
        "time of day": (Verdict.DRIFT, "night", "day"),
        "shot size": (Verdict.DRIFT, "medium shot", "close-up"),
        "people": (Verdict.DRIFT, "two people", "1"),
    }


def test_the_plan_is_judged_where_no_constraint_says_it() -> None:
    found = _review(view_of(size="medium shot", time_of_day="NIGHT"), draw_one(described(looks())))
    assert {finding.key: finding.verdict for finding in found.values()} == {
        "check:shot size": Verdict.DRIFT,
        "check:time of day": Verdict.DRIFT,
    }
    assert all(finding.must for finding in found.values())


def test_a_crowd_is_not_counted() -> None:
    assert "people" not in _review(view_of(*mara()), draw_one(described(looks(), looks())))


def _two(left: str, right: str):
    people = (ShotPerson(character_id=THEO), ShotPerson(character_id=MARA))
    view = view_of(
        constraint(MARA, Attribute.EYES, "brown"),
        constraint(THEO, Attribute.EYES, "blue"),
        constraint(MARA, Attribute.GARMENT, "red", "coat"),
        constraint(THEO, Attribute.GARMENT, "green", "coat"),
        constraint(SHOT, Attribute.PEOPLE, "2"),
        people=people,
    )
    coats = {"blue": "green", "brown": "red"}
    return view, draw_one(described(looks(eyes=left, coat=coats[left]), looks(eyes=right, coat=coats[right])))


def test_two_people_are_matched_from_left_to_right() -> None:
    found = _review(*_two("blue", "brown"))
    assert {finding.verdict for finding in found.values()} == {Verdict.OK}


def test_two_people_who_changed_places_are_drift() -> None:
    found = _review(*_two("brown", "blue"))
    assert found["MARA: eyes"].observed == "blue"
    assert found["THEO: coat"].observed == "red coat"


def test_one_person_of_two_is_recognised_and_the_other_is_unseen() -> None:
    view, _ = _two("blue", "brown")
    found = _review(view, draw_one(described(looks())))
    assert found["people"].verdict is Verdict.DRIFT
    assert found["MARA: eyes"].verdict is Verdict.OK
    assert (found["THEO: eyes"].verdict, found["THEO: eyes"].must) == (Verdict.UNSEEN, True)


TALK = described(looks(action="talking"))


def test_a_clip_that_holds_is_read_at_a_few_frames_only() -> None:
    clip = clip_of(TALK)
    judge = DrawnJudge(*clip)
    found = NamedAttributes(judge).findings(clip_subject(view_of(*mara()), pixels(clip)))
    assert {finding.verdict for finding in found} == {Verdict.OK}
    assert judge.frames_read == 6


def test_drift_along_a_clip_has_its_frame_range() -> None:
    clip, other = clip_of(TALK), clip_of(described(looks(eyes="blue", action="talking")))
    mixed = [*clip[:9], *other[9:]]
    check = NamedAttributes(DrawnJudge(*clip, *other))
    eyes = by_label(check.findings(clip_subject(view_of(*mara()), pixels(mixed))))["MARA: eyes"]
    assert (eyes.verdict, eyes.observed) == (Verdict.DRIFT, "blue")
    assert eyes.frame_range is not None
    assert (eyes.frame_range.start, eyes.frame_range.stop) == (9, len(clip))


def test_drift_in_the_middle_of_a_clip_is_found_to_the_frame() -> None:
    clip, other = clip_of(TALK), clip_of(described(looks(coat="green", action="talking")))
    mixed = [*clip[:5], *other[5:11], *clip[11:]]
    check = NamedAttributes(DrawnJudge(*clip, *other))
    coat = by_label(check.findings(clip_subject(view_of(*mara()), pixels(mixed))))["MARA: coat"]
    assert coat.frame_range is not None
    assert (coat.frame_range.start, coat.frame_range.stop) == (5, 11)


def test_a_blink_is_no_drift() -> None:
    clip = clip_of(described(looks(action="blinking")))
    found = by_label(NamedAttributes(DrawnJudge(*clip)).findings(clip_subject(view_of(*mara()), pixels(clip))))
    assert found["MARA: eyes"].verdict is Verdict.OK


def test_one_misread_frame_is_no_drift() -> None:
    clip = clip_of(TALK)
    other = clip_of(described(looks(eyes="blue", action="talking")))
    mixed = [*clip[:6], other[6], *clip[7:]]
    found = by_label(NamedAttributes(DrawnJudge(*clip, *other)).findings(clip_subject(view_of(*mara()), pixels(mixed))))
    assert found["MARA: eyes"].verdict is Verdict.OK


def test_a_zoom_may_change_the_shot_size() -> None:
    start = clip_of(TALK)
    far = draw_one(described(looks(), shot_size="medium shot"))
    frames = np.concatenate([pixels(start[:8]), np.repeat(far.pixels[None], 8, axis=0)])
    judge = DrawnJudge(*start, far)
    zoomed = NamedAttributes(judge).findings(clip_subject(view_of(movement="pull out"), frames))
    assert by_label(zoomed)["shot size"].verdict is Verdict.OK
    still = NamedAttributes(judge).findings(clip_subject(view_of(), frames))
    assert by_label(still)["shot size"].verdict is Verdict.DRIFT


def test_certainty_decides_what_is_called_unseen() -> None:
    drawing = draw_one(described(looks(eyes="blue")))
    subject = keyframe_subject(view_of(*mara()), drawing)
    strict = NamedAttributes(DrawnJudge(drawing), certainty=Certainty(drift_at=0.99))
    assert by_label(strict.findings(subject))["MARA: eyes"].verdict is Verdict.UNSEEN


def test_it_judges_what_the_judge_knows() -> None:
    drawing = draw_one(described(looks()))
    subject = keyframe_subject(view_of(), drawing)
    check = NamedAttributes(DrawnJudge(drawing))
    assert check.judges(constraint(MARA, Attribute.EYES, "brown"), subject)
    assert check.judges(constraint(MARA, Attribute.ACCESSORY, "present", "hat"), subject)
    assert not check.judges(constraint(MARA, Attribute.ACCESSORY, "present", "gloves"), subject)
    assert check.judges(constraint(MARA, Attribute.AGE, "old"), subject)
    assert check.judges(constraint(MARA, Attribute.HELD_PROP, "present", "letter"), subject)
    assert not check.judges(constraint(MARA, Attribute.BUILD, "slim"), subject)


def test_a_prop_in_hand_is_looked_for() -> None:
    holding = replace(looks(), held=(Worn(kind="letter"),))
    drawing = draw_one(described(holding, shot_size="medium shot"))
    wanted = [constraint(MARA, Attribute.HELD_PROP, "present", prop) for prop in ("letter", "cup")]
    found = _review(view_of(*wanted, size="medium shot"), drawing)
    assert {finding.verdict for label, finding in found.items() if "letter" in label} == {Verdict.OK}
    assert {finding.verdict for label, finding in found.items() if "cup" in label} == {Verdict.DRIFT}


def test_weather_is_looked_for() -> None:
    drawing = draw_one(described(looks(), setting="street", weather="rain"))
    for asked, verdict in (("rain", Verdict.OK), ("fog", Verdict.DRIFT)):
        found = _review(view_of(constraint(SCENE, Attribute.WEATHER, asked)), drawing)
        (finding,) = (finding for label, finding in found.items() if label.endswith("weather"))
        assert finding.verdict is verdict


def test_a_reading_of_somebody_else_is_matched_by_what_fits() -> None:
    drawing = draw_one(described(looks(eyes="green", coat="white"), looks()))
    found = _review(view_of(*mara(), constraint(SHOT, Attribute.PEOPLE, "1")), drawing)
    assert found["people"].verdict is Verdict.DRIFT
    assert found["MARA: eyes"].verdict is Verdict.OK
    assert found["MARA: coat"].region is not None
    assert found["MARA: coat"].region.left > 0.4
