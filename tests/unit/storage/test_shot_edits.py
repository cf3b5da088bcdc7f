"""Moving and trimming shots: a new plan, said beforehand what it costs, taken back as it was."""

import pytest

from storage.domain.decisions import DIRECTOR
from storage.domain.shot_order import moved, scenes_in_reach
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.shot_commands import ShotCommands

ONE, TWO = "scene:1", "scene:2"


def shots(film) -> ShotCommands:
    return ShotCommands(film.project, DIRECTOR)


def order(film) -> list[str]:
    return [shot.label for shot in film.project.graphs.view().shots]


def stale(film, seam: Seam) -> set[str]:
    state = film.state
    return {shot.label for shot in state.planned_shots if getattr(state.shot(shot.id), seam).stale}


def test_a_shot_moves_within_its_scene_and_only_the_cut_is_stale(film):
    film.approve_everything()
    cost = shots(film).cost_of_move(["shot:1B"], ONE, "shot:1A")
    assert (cost.keyframes, cost.clips, cost.cut) == ((), (), True)
    decision = shots(film).move(["shot:1B"], ONE, "shot:1A")
    assert order(film) == ["1B", "1A", "2A"]
    assert decision.note == "1B moved before 1A"
    assert stale(film, Seam.KEYFRAME) | stale(film, Seam.CLIP) == set()
    assert film.state.cut().stale and film.state.script_approved


def test_a_shot_that_goes_to_another_scene_takes_on_what_holds_there(film):
    film.approve_everything()
    cost = shots(film).cost_of_move(["shot:1A"], TWO, None)
    # Mara's coat is blue in scene 2.
    assert (cost.keyframes, cost.clips, cost.cut) == (("shot:1A",), ("shot:1A",), True)
    # A keyframe took 2 s, and an eighth of a second of clip did: 16 s for each of the shot's two seconds.
    assert cost.seconds == 2.0 + 2 * 16.0
    shots(film).move(["shot:1A"], TWO)
    assert order(film) == ["1B", "2A", "1A"]
    assert [shot.order for shot in film.project.graphs.view().shots] == [0, 0, 1]
    assert stale(film, Seam.KEYFRAME) == {"1A"}


def test_a_cut_that_shows_any_of_the_moved_shots_is_stale(film):
    film.approve_everything()
    for shot_id in ("shot:1B", "shot:1A"):
        take = film.clip(shot_id).circled
        film.commands.request_changes(take.id)
        assert shots(film).cost_of_move(["shot:1B"], ONE, "shot:1A").cut
        film.commands.undo()
    for shot_id in ("shot:1B", "shot:1A"):
        film.commands.request_changes(film.clip(shot_id).circled.id)
    assert not shots(film).cost_of_move(["shot:1B"], ONE, "shot:1A").cut


def test_what_a_move_costs_is_not_known_where_nobody_knows_how_long_a_clip_took(film, monkeypatch):
    film.commands.approve_script()
    film.commands.approve(film.make("shot:1A", Seam.KEYFRAME).id)
    add = film.project.takes.add
    monkeypatch.setattr(film.project.takes, "add", lambda **how: add(**(how | {"seconds": 0.0})))
    film.make("shot:1A", Seam.CLIP)
    cost = shots(film).cost_of_move(["shot:1A"], TWO)
    assert (cost.keyframes, cost.clips, cost.seconds) == (("shot:1A",), ("shot:1A",), None)


def test_a_move_is_undone_as_it_was(film):
    film.approve_everything()
    before = film.project.graphs.view().graph
    shots(film).move(["shot:1A"], TWO, "shot:2A")
    assert order(film) == ["1B", "1A", "2A"]
    film.commands.undo()
    assert film.project.graphs.view().graph == before
    assert film.state.cut().state is State.APPROVED


def test_what_would_leave_a_scene_empty_or_go_nowhere_is_refused(film):
    with pytest.raises(WrongUse, match="Scene 2 would be left without a shot"):
        shots(film).move(["shot:2A"], ONE)
    with pytest.raises(WrongUse, match="there already"):
        shots(film).move(["shot:1A"], ONE, "shot:1B")
    with pytest.raises(WrongUse, match="out of reach"):
        shots(film).move(["shot:1A", "shot:2A"], ONE)
    with pytest.raises(WrongUse, match="out of reach"):
        shots(film).move(["shot:1A"], ONE, "shot:2A")
    with pytest.raises(WrongUse, match="gone"):
        shots(film).move(["shot:9"], ONE)
    assert film.project.graphs.latest_revision == 1


def test_shots_that_move_together_keep_their_order(film):
    view = film.project.graphs.view()
    assert scenes_in_reach(view, ["shot:1A", "shot:2A"]) == ()
    assert scenes_in_reach(view, ["shot:2A"]) == (ONE, TWO)
    assert moved(view, ["shot:1B", "shot:1A"], ONE, "shot:1A") == ()
    changed = moved(view, ["shot:1B", "shot:1A"], TWO, "shot:2A")
    assert [(shot.label, shot.scene_id, shot.order) for shot in changed] == [
        ("1A", TWO, 0),
        ("1B", TWO, 1),
        ("2A", TWO, 2),
    ]


@pytest.mark.parametrize("frames", [36, 60])
def test_a_trim_to_more_than_its_clip_fills_turns_clip_and_cut_stale_and_says_so(film, frames: int):
    film.approve_everything()
    cost = shots(film).cost_of_trim("shot:1A", frames)
    # A second of clip took 16 s.
    assert (cost.keyframes, cost.clips, cost.seconds, cost.cut) == ((), ("shot:1A",), frames / 24 * 16.0, True)
    decision = shots(film).trim("shot:1A", frames)
    assert decision.note == f"1A: 48 → {frames} frames"
    assert stale(film, Seam.CLIP) == {"1A"} and stale(film, Seam.KEYFRAME) == set()
    film.commands.undo()
    assert film.state.cut().state is State.APPROVED


def test_a_trim_to_the_length_that_it_has_costs_nothing(film):
    film.approve_everything()
    cost = shots(film).cost_of_trim("shot:1A", 48)
    assert (cost.keyframes, cost.clips) == ((), ())
    with pytest.raises(WrongUse):
        shots(film).trim("shot:1A", 0)


def test_a_cut_that_a_trim_made_stale_is_not_named_again(film):
    film.approve_everything()
    shots(film).trim("shot:1A", 40)
    assert not shots(film).cost_of_trim("shot:1A", 30).cut
    assert FilmState(film.project).shot("shot:1A").clip.stale
