"""The desk's benchmark runs on a tiny film and reports every figure; how fast it is, it alone may say."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.bench.big_film import make_big_film
from desktop.bench.figures import Spread
from pipeline.cli.benching import tell_bench
from storage.film_state import FilmState
from storage.project import Project
from storage.verify import verify

SPREADS = ("scroll", "zoom", "scrub", "next", "decision", "heartbeat_idle")
NUMBERS = ("window_up_s", "timeline_usable_s", "all_states_s", "memory_mib", "pictures_mib")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "Tiny.matchcut"
    make_big_film(folder, 25)
    return folder


def run(what: str, folder: Path) -> dict:
    command = (sys.executable, "-m", "desktop.bench", what, str(folder), "--tries", "3", "--seconds", "0.2")
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_the_big_film_is_a_whole_film(tiny: Path) -> None:
    project = Project.open(tiny)
    state = FilmState(project)
    assert verify(project) == []
    assert (len(state.planned_shots), len(state.takes)) == (25, 150)
    lights = {state.shot(shot.id).keyframe.state for shot in state.planned_shots}
    assert len(lights) >= 4 and state.waiting()
    project.close()


@pytest.mark.timeout(600)
def test_every_figure_is_reported(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = run("desk", tiny)
    assert [name for name in SPREADS if not figures[name]["count"]] == []
    assert [name for name in NUMBERS if not figures[name] >= 0] == []
    assert figures["memory_mib"] > 0 and "p99_ms" in figures["heartbeat_while_opening"]
    bare = run("bare", tiny.parent)
    assert bare["paint"]["count"] == bare["commit"]["count"] == 3 and bare["window_up_s"] > 0
    beside = {**bare["heartbeat"], "worker_rendered": False}
    film = {"shots": 25, **figures, "heartbeat_beside_worker": beside, "bare_beside_worker": bare["heartbeat"]}
    raven = {"loaded_s": None, "words": "raven is not installed.", "desk_of_raven": None}
    tell_bench({"machine": "this one", "bare": bare, "films": [film], "raven": raven})
    told = capsys.readouterr().out
    assert "25 shots" in told and "raven is not installed." in told and "did not come to render" in told


def test_what_a_director_decided_while_it_was_measured_is_undone_again(tiny: Path) -> None:
    project = Project.open(tiny)
    before = FilmState(project)
    project.close()
    run("desk", tiny)
    project = Project.open(tiny)
    after = FilmState(project)
    assert after.waiting() == before.waiting() and len(after.all_decisions) > len(before.all_decisions)
    project.close()


def test_a_spread_of_tries() -> None:
    spread = Spread.of([0.004, 0.001, 0.002, 0.003, 0.100])
    assert (spread.count, spread.p50_ms, spread.worst_ms) == (5, 3.0, 100.0)
    assert Spread.of([]).count == 0


def test_a_process_did_not_begin_before_it_was_started() -> None:
    program = "from desktop.bench.bare import since_process_began_s; print(since_process_began_s())"
    started = time.perf_counter()
    done = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, timeout=280, check=True)
    # The kernel tells of it in hundredths of a second.
    assert 0 < float(done.stdout) <= time.perf_counter() - started + 0.02
