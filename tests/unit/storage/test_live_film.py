"""A reading that keeps up always says what a reading of the whole film would say."""

import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from desktop.bench.big_film import make_big_film
from storage.commands import Commands
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.live_film import LiveFilm
from storage.project import Project
from tests.unit.storage.conftest import Film

EYES = "constraint:character:mara/eyes/@film"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big") / "Big.matchcut"
    make_big_film(folder, 30)
    return folder


def read_all(live: LiveFilm, most: int = 7) -> None:
    live.catch_up()
    while live.num_unread:
        live.read_some(most)


def assert_same(live: LiveFilm, project: Project) -> None:
    whole = FilmState(project)
    assert live.planned_shots == whole.planned_shots
    for shot in whole.planned_shots:
        assert live.shot(shot.id) == whole.shot(shot.id), shot.label
    assert live.waiting() == whole.waiting()
    assert live.cut() == whole.cut()
    assert live.pass_rate() == whole.pass_rate()
    assert live.decisions == whole.decisions
    assert live.script_approved == whole.script_approved


def test_every_step_of_a_film(film: Film) -> None:
    live = LiveFilm(film.project)

    def step(shots: set[str] | None = None) -> None:
        live.catch_up()
        while live.num_unread:
            live.read_some(1)
        assert_same(live, film.project)
        news = live.take_news()
        assert shots is None or news.shots == shots

    step()
    film.commands.approve_script()
    step({"shot:1A", "shot:1B", "shot:2A"})
    drifting = film.make("shot:1A", Seam.KEYFRAME, drift="character:mara/eyes/")
    step({"shot:1A"})
    film.commands.false_alarm(drifting.id, "character:mara/eyes/")
    step({"shot:1A"})
    film.commands.undo()
    step({"shot:1A"})
    film.commands.redo()
    step({"shot:1A"})
    film.commands.request_changes(drifting.id, "closer")
    step({"shot:1A"})
    for shot in film.state.planned_shots:
        for seam in (Seam.KEYFRAME, Seam.CLIP):
            film.commands.approve(film.make(shot.id, seam).id)
            step({shot.id})
    film.commands.approve(film.make(None, Seam.CUT).id)
    step(set())
    film.commands.edit_constraint(EYES, "green")
    step({"shot:1A", "shot:2A"})
    film.commands.undo()
    step({"shot:1A", "shot:2A"})
    film.project.set_selection(("1",), None)
    step()
    film.project.set_selection((), None)
    step()
    film.project.set_checkpoint_digest("another")
    step()


def test_jobs_as_they_come_and_go(film: Film) -> None:
    live = LiveFilm(film.project)
    film.commands.approve_script()
    read_all(live)
    standing = film.keyframe("shot:1B")
    job = film.project.jobs.ensure(seam=Seam.KEYFRAME, shot_id="shot:1B", round=standing.round, attempt=1)
    for change in (
        lambda: None,
        lambda: film.project.jobs.start(job.id, 16),
        lambda: film.project.jobs.progress([job.id], 3, 16),
        lambda: film.project.jobs.fail(job.id, "no"),
        lambda: film.project.jobs.retry([job.id]),
    ):
        live.take_news()
        change()
        read_all(live)
        assert_same(live, film.project)
        assert live.take_news().shots == {"shot:1B"}
    film.make("shot:1B", Seam.KEYFRAME)
    read_all(live)
    assert_same(live, film.project)
    assert not live.unfinished


def test_a_plan_that_is_drafted_anew(film: Film) -> None:
    film.approve_everything()
    live = LiveFilm(film.project)
    read_all(live)
    film.commands.edit_shot("shot:1B", duration_frames=30)
    read_all(live)
    assert_same(live, film.project)
    assert live.take_news().shots is None
    graph = film.project.graphs.view().graph
    without = {key: shot for key, shot in graph.shots.items() if key != "shot:1A"}
    film.project.graphs.save(replace(graph, shots=without), label="draft", author="script agent")
    read_all(live)
    assert not live.script_approved
    assert_same(live, film.project)


def test_the_wanted_shots_come_first_and_those_that_something_happened_to_before_them(big: Path) -> None:
    project = Project.open(big)
    live = LiveFilm(project)
    live.catch_up()
    shots = live.planned_shots
    live.want([shot.id for shot in shots[20:24]])
    live.read_some(4)
    assert [live.known(shot.id) is not None for shot in shots] == [20 <= index < 24 for index in range(30)]
    live.read_some(6)
    assert live.known(shots[0].id) is not None and live.num_unread == 20
    read_all(live)
    assert_same(live, project)
    project.close()


def test_of_most_takes_only_what_is_not_right_is_kept(big: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.live_film._WHOLE_FINDINGS_KEPT", 20)
    project = Project.open(big)
    live = LiveFilm(project)
    read_all(live)
    assert live.partly_read and len(live.findings) - len(live.partly_read) <= 20
    whole = FilmState(project)
    for take_id in live.partly_read:
        assert live.findings[take_id] == tuple(item for item in whole.findings[take_id] if item.is_open_drift)
    assert_same(live, project)
    project.close()


@pytest.mark.parametrize("again", [False, True])
def test_a_decision_asks_as_much_of_a_long_film_as_of_a_short_one(big: Path, tmp_path: Path, again: bool) -> None:
    long = tmp_path / "Long.matchcut"
    make_big_film(long, 240)
    calls = [_calls_after_a_decision(folder, again) for folder in (big, long)]
    assert calls[1] < 1.5 * calls[0]


def _calls_after_a_decision(folder: Path, again: bool) -> int:
    """How many functions are called to take in that a keyframe was locked, or that this was undone."""
    project = Project.open(folder)
    live = LiveFilm(project)
    read_all(live)
    waiting = next(standing for standing in live.waiting() if standing.take and standing.clean)
    assert waiting.take is not None
    commands = Commands(project)
    commands.lock(waiting.take.id)
    if again:
        read_all(live)
    commands.undo()
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    read_all(live)
    sys.setprofile(None)
    assert_same(live, project)
    project.close()
    return calls
