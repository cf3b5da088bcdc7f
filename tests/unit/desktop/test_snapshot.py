"""A reading of a real film, without a window."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.decision_words import decision_words
from desktop.snapshot import Spot, read_detail, tells_the_same
from desktop.snapshot_maker import SnapshotMaker, read_snapshot
from desktop.standing_light import Light
from storage.commands import Commands
from storage.domain.decisions import Verb
from storage.domain.takes import Seam
from storage.live_film import LiveFilm
from tests.gui.film_maker import FilmMaker, clean_findings, make_busy_film, shot_id


@pytest.fixture
def busy(tmp_path: Path) -> FilmMaker:
    return make_busy_film(tmp_path / "busy.matchcut")


def test_each_state_of_a_film_in_the_making(busy: FilmMaker) -> None:
    film = read_snapshot(busy.project)
    lights = {card.shot.label: (card.keyframe.light, card.clip.light) for card in film.shots}
    assert lights == {
        "1A": (Light.APPROVED, Light.APPROVED),
        "1B": (Light.APPROVED, Light.APPROVED),
        "1C": (Light.APPROVED, Light.APPROVED),
        "2A": (Light.APPROVED, Light.NEEDS_YOU),
        "2B": (Light.DRIFT, Light.NOTHING),
        "2C": (Light.IN_WORK, Light.NOTHING),
        "3A": (Light.SET_ASIDE, Light.NOTHING),
        "3B": (Light.IN_WORK, Light.NOTHING),
    }
    assert [card.start_frame for card in film.shots][:4] == [0, 96, 168, 228]
    assert film.num_frames == 612
    assert film.waiting == (
        Spot(seam=Seam.KEYFRAME, shot_id=shot_id("2B")),
        Spot(seam=Seam.KEYFRAME, shot_id=shot_id("3A")),
        Spot(seam=Seam.CLIP, shot_id=shot_id("2A")),
    )
    assert film.undo_label == "approve 2A keyframe"
    assert [take.number for take in film.shots[4].keyframe.takes] == [1, 2, 3, 4]


def test_a_film_without_a_graph(tmp_path: Path) -> None:
    film = read_snapshot(FilmMaker(tmp_path / "fresh.matchcut").project)
    assert (film.view, film.script, film.shots, film.num_frames) == (None, Light.IN_WORK, (), 0)
    assert film.seam_card(Spot(seam=Seam.SCRIPT)) is None


def test_shots_left_out_of_a_production_are_shown_but_not_counted(busy: FilmMaker) -> None:
    busy.project.set_selection(("1",), 2)
    film = read_snapshot(busy.project)
    assert [card.planned for card in film.shots] == [True, True] + [False] * 6
    assert film.shots[4].keyframe.light is Light.NOTHING


def test_take_words_follow_what_the_director_said(busy: FilmMaker) -> None:
    film = read_snapshot(busy.project)
    take = film.shots[4].keyframe.standing.take
    assert take is not None and film.take_word(take) == "drift"
    busy.commands.false_alarm(take.id, "character:mara/eyes/")
    assert read_snapshot(busy.project).take_word(take) == "clean"
    unchecked = busy.project.takes.of_shot(shot_id("1A"), Seam.KEYFRAME)[0]
    assert film.take_word(unchecked) == "clean"


def test_detail_says_why_a_take_is_stale(busy: FilmMaker) -> None:
    busy.commands.edit_constraint("constraint:mara/eyes/@film", "green")
    film = read_snapshot(busy.project)
    card = film.shots[1]
    assert card.keyframe.light is Light.STALE
    take = card.keyframe.first_shown
    assert take is not None
    detail = read_detail(busy.project, take, card.keyframe.standing.inputs)
    assert detail.stale_because == ("MARA: eyes was brown, is green.",)
    assert detail.recipe.drawn_as


def test_history_keeps_what_was_undone(busy: FilmMaker) -> None:
    take = busy.add_take("2A", Seam.CLIP, clean_findings(busy.plans["2A"]))
    busy.commands.request_changes(take.id, "slower")
    busy.commands.undo()
    film = read_snapshot(busy.project)
    history = film.history(Spot(seam=Seam.CLIP, shot_id=shot_id("2A")))
    assert [decision.verb for decision in history] == [Verb.UNDO, Verb.REQUEST_CHANGES]
    assert decision_words(history[1], film.view) == "request changes 2A clip"


def test_a_snapshot_needs_no_qt() -> None:
    import subprocess

    program = "import sys, desktop.snapshot, desktop.swatches; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0


def test_readings_tell_the_same_of_every_place_but_the_one_where_something_happened(busy: FilmMaker) -> None:
    live = LiveFilm(busy.project)
    live.catch_up()
    live.read_some(100)
    maker = SnapshotMaker(live)
    before = maker.snapshot()
    here, there = (Spot(seam=Seam.KEYFRAME, shot_id=shot_id(label)) for label in ("2B", "3A"))
    assert tells_the_same(before, maker.snapshot(), here)
    card = before.seam_card(here)
    assert card is not None and card.standing.take is not None
    Commands(busy.project).request_changes(card.standing.take.id, "Brighter.")
    live.catch_up()
    live.read_some(100)
    after = maker.snapshot()
    assert not tells_the_same(before, after, here)
    # What Ctrl+Z would take back is shown everywhere, and is another.
    assert not tells_the_same(before, after, there)
    assert tells_the_same(before, replace(after, undo_label=before.undo_label), there)
    assert not tells_the_same(before, replace(after, undo_label=before.undo_label), here)
