"""An edit turns stale exactly what was made from the edited thing, and says so before and after."""

import pytest

from storage.domain.staleness import stale_reasons
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.errors import WrongUse

EYES = "constraint:character:mara/eyes/@film"
COAT_IN_SCENE_2 = "constraint:character:mara/garment/coat@scene:2"


def stale_shots(film, seam=Seam.KEYFRAME):
    return {shot.label for shot in film.state.planned_shots if getattr(film.state.shot(shot.id), seam).stale}


def test_one_characters_eyes_touch_the_shots_that_show_the_character(film):
    film.approve_everything()
    cost = film.commands.cost_of_edit(EYES, "green")
    assert (cost.keyframes, cost.clips, cost.seconds) == (("shot:1A", "shot:2A"), ("shot:1A", "shot:2A"), 68.0)
    film.commands.edit_constraint(EYES, "green")
    assert stale_shots(film) == {"1A", "2A"}
    assert film.keyframe("shot:1B").state is State.APPROVED


def test_a_coat_scoped_to_a_scene_touches_that_scene(film):
    film.approve_everything()
    film.commands.edit_constraint(COAT_IN_SCENE_2, "green")
    assert stale_shots(film) == {"2A"}


def test_the_film_wide_coat_does_not_touch_the_scene_that_has_its_own(film):
    film.approve_everything()
    film.commands.edit_constraint("constraint:character:mara/garment/coat@film", "green")
    assert stale_shots(film) == {"1A"}


def test_an_edit_that_is_undone_brings_the_takes_back(film):
    film.approve_everything()
    film.commands.edit_constraint(EYES, "green")
    assert film.state.script_approved
    film.commands.undo()
    assert stale_shots(film) == set()
    assert film.state.cut().state is State.APPROVED


def test_a_new_circled_keyframe_turns_its_clip_stale_and_nothing_else(film):
    film.approve_everything()
    film.commands.request_changes(film.keyframe("shot:1A").circled.id)
    film.commands.approve(film.make("shot:1A", Seam.KEYFRAME).id)
    assert stale_shots(film, Seam.CLIP) == {"1A"}
    assert film.state.cut().state is State.BLOCKED


def test_a_locked_take_is_kept_whatever_changes(film):
    film.approve_everything()
    film.commands.lock(film.keyframe("shot:1A").circled.id)
    assert film.commands.cost_of_edit(EYES, "green").keyframes == ("shot:2A",)
    film.commands.edit_constraint(EYES, "green")
    assert film.keyframe("shot:1A").state is State.APPROVED


def test_a_stale_take_cannot_be_approved(film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.edit_constraint(EYES, "green")
    with pytest.raises(WrongUse, match="stale"):
        film.commands.approve(take.id)


def test_the_reason_names_what_changed_in_words(film):
    film.approve_everything()
    take = film.keyframe("shot:1A").circled
    film.commands.edit_constraint(EYES, "green")
    reasons = stale_reasons(film.project.takes.inputs(take.id), film.keyframe("shot:1A").inputs)
    assert [reason.sentence for reason in reasons] == ["MARA: eyes was brown, is green."]


def test_another_checkpoint_turns_everything_stale(film):
    film.approve_everything()
    film.project.set_checkpoint_digest("f" * 64)
    assert stale_shots(film) == {"1A", "1B", "2A"}


def test_a_longer_shot_keeps_its_keyframe(film):
    film.approve_everything()
    film.commands.edit_shot("shot:1A", duration_frames=96)
    assert stale_shots(film) == set()
    assert stale_shots(film, Seam.CLIP) == {"1A"}


def test_another_size_changes_the_shot_and_its_constraint_together(film):
    film.commands.edit_shot("shot:1A", size="medium shot")
    graph = film.project.graphs.view().graph
    assert graph.shots["shot:1A"].size == "medium shot"
    assert graph.constraints["constraint:shot:1A/shot size/@shot:1A"].value == "medium shot"
    film.commands.edit_constraint("constraint:shot:1A/shot size/@shot:1A", "wide shot")
    assert film.project.graphs.view().graph.shots["shot:1A"].size == "wide shot"
