"""The command line as a person uses it: exit statuses, one sentence, nothing lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from pipeline.cli.commands import matchcut
from pipeline.policy import Approve
from storage.project import Project
from tests.e2e.conftest import Studio
from tests.e2e.test_queue import queue_keyframes

SCRIPT = """Title: Lamp

INT. KITCHEN - NIGHT

Brown-eyed MARA, in a yellow coat, waits by the window.

MARA
It is late.

CLOSE ON MARA

She listens.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(matchcut, [str(argument) for argument in arguments])


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.fountain"
    path.write_text(SCRIPT)
    return path


@pytest.fixture
def lamp(tmp_path: Path, script: Path) -> Path:
    film = tmp_path / "Lamp.matchcut"
    assert run("new", film, script, "--seed", 7, "--checkpoint", "artist").exit_code == 0
    return film


def test_a_film_goes_from_script_to_export_and_says_what_waits(lamp, tmp_path):
    first = run("produce", lamp, "--json")
    assert first.exit_code == 3
    assert json.loads(first.stdout)["waiting"] == ["script: the scene graph is to be approved"]
    graph = run("status", lamp, "--graph")
    assert "MARA/eyes: brown (line 5, must)" in graph.stdout
    assert run("decide", lamp, "settle", "all").exit_code == 0
    assert run("decide", lamp, "edit", "MARA/eyes", "green").exit_code == 0
    assert run("decide", lamp, "undo").exit_code == 0
    assert run("decide", lamp, "approve", "script").exit_code == 0
    waits = run("produce", lamp)
    assert waits.exit_code == 3
    assert "/keyframe/" in waits.stdout
    done = run("produce", lamp, "--approve", "all")
    assert done.exit_code == 0, done.stdout
    assert "end to end" in done.stdout
    told = json.loads(run("status", lamp, "--json").stdout)
    assert told["waiting"] == [] and told["pass_rate"]["counted"] == len(told["shots"]) > 0
    exported = run("export", lamp, "--mp4", tmp_path / "out" / "film.mp4", "--otio", tmp_path / "out" / "film.otio")
    assert exported.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"film.mp4", "film.otio"}
    assert run("verify", lamp).stdout == "Everything fits.\n"


def test_everything_about_the_queue_can_be_done_here(studio):
    queued = queue_keyframes(studio)
    film = studio.folder
    told = run("status", film).stdout
    assert f"queue: {len(queued)} to be made, not known yet" in told
    assert f"job {queued[0]}: 1A keyframe, waits" in told
    assert run("decide", film, "pause").stdout == "paused\n"
    assert "queue: paused" in run("status", film).stdout
    held = run("produce", film)
    assert held.exit_code == 3 and "paused. Go on with: matchcut decide FILM go-on" in held.stdout
    assert json.loads(run("status", film, "--json").stdout)["paused"] is True
    assert run("decide", film, "first", queued[2]).stdout == f"job {queued[2]} is now number 1 of 3\n"
    assert run("decide", film, "later", queued[2]).stdout == f"job {queued[2]} is now number 2 of 3\n"
    assert run("decide", film, "earlier", queued[2]).stdout == f"job {queued[2]} is now number 1 of 3\n"
    assert run("decide", film, "first", queued[2]).stdout == f"job {queued[2]} stays number 1 of 3\n"
    assert run("decide", film, "cancel", "1A/keyframe").exit_code == 0
    assert "1A keyframe, cancelled" in run("status", film).stdout
    assert run("decide", film, "cancel", queued[0]).exit_code == 2
    assert run("decide", film, "first", queued[0]).exit_code == 2
    assert run("decide", film, "cancel", "all").stdout == "cancel 2 jobs\n"
    for job_id in queued:
        assert run("decide", film, "retry", job_id).exit_code == 0
    assert run("decide", film, "retry", queued[0]).exit_code == 2
    assert run("decide", film, "go-on").stdout == "going on\n"
    assert run("decide", film, "go-on").stdout == "it is not paused\n"


def test_an_edit_says_first_what_turns_stale(lamp):
    run("produce", lamp, "--approve", "all")
    refused = run("decide", lamp, "edit", "MARA/eyes", "green")
    assert refused.exit_code == 2
    assert "This turns stale:" in refused.stderr and "keyframe" in refused.stderr
    assert "--yes" in refused.stderr
    assert "MARA/eyes: brown" in run("status", lamp, "--graph").stdout
    assert run("decide", lamp, "edit", "MARA/eyes", "green", "--yes").exit_code == 0
    assert "MARA/eyes: green" in run("status", lamp, "--graph").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("approve", "9Z/keyframe"),
        ("approve", "nonsense"),
        ("edit", "MARA/eyes"),
        ("edit", "NOBODY/eyes", "blue"),
        ("false-alarm", "1A/keyframe"),
        ("retry", "77"),
        ("cancel", "x"),
        ("undo",),
        ("approve",),
    ],
)
def test_a_decision_that_cannot_be_is_one_sentence_and_one_action(lamp, arguments):
    run("produce", lamp)
    answer = run("decide", lamp, *arguments)
    assert answer.exit_code == 2
    assert len(answer.stderr.strip().splitlines()) == 2
    assert "Traceback" not in answer.output


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><FinalDraft>&a9;</FinalDraft>'.encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.fountain", b""),
        ("binary.fountain", bytes(range(256)) * 64),
        ("page.html", b"<!DOCTYPE html><html><body>INT. KITCHEN - DAY</body></html>"),
        ("page.fountain", b"<!DOCTYPE html><html><body>INT. KITCHEN - DAY</body></html>"),
        ("huge.fountain", b"a line of action\n" * (51 * 2**20 // 17)),
        ("bomb.fdx", billion_laughs()),
        ("broken.fdx", b"<FinalDraft><Content>"),
    ],
)
def test_bad_screenplays_are_refused_and_nothing_is_made(tmp_path, name, content):
    script = tmp_path / name
    script.write_bytes(content)
    answer = run("new", tmp_path / "Film.matchcut", script)
    assert answer.exit_code == 2
    assert len(answer.stderr.strip().splitlines()) == 2, answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_a_missing_file_and_a_film_that_is_there_are_refused(tmp_path, script, lamp):
    for arguments in (
        ("new", tmp_path / "A.matchcut", tmp_path),
        ("new", tmp_path / "B.matchcut", tmp_path / "missing.fountain"),
        ("new", lamp, script),
        ("new", tmp_path / "no-suffix", script),
        ("new", tmp_path / "C.matchcut", script, "--frame-rate", "0"),
        ("new", tmp_path / "C.matchcut", script, "--checkpoint", tmp_path / "none"),
        ("status", tmp_path / "missing.matchcut"),
        ("produce", tmp_path),
        ("produce", lamp, "--plant", "nonsense"),
        ("export", lamp),
    ):
        answer = run(*arguments)
        assert answer.exit_code == 2, arguments
        assert len(answer.stderr.strip().splitlines()) == 2, answer.stderr


def test_a_film_that_another_worker_holds_is_refused(tmp_path):
    from pipeline.holding import hold

    studio = Studio(tmp_path / "Film.matchcut")
    with hold(studio.folder):
        answer = run("produce", studio.folder)
    assert answer.exit_code == 2
    assert "another Matchcut" in answer.stderr
    studio.project.close()


def test_verify_ends_with_status_1_when_something_does_not_fit(lamp):
    project = Project.open(lamp)
    _, path, _ = project.media.everything()[0]
    path.write_bytes(b"altered")
    project.close()
    answer = run("verify", lamp)
    assert answer.exit_code == 1
    assert "was altered" in answer.stdout


def test_doctor_says_what_was_chosen_and_why():
    told = json.loads(run("doctor", "--json").stdout)
    assert {"device", "precision", "memory", "why", "checkpoint", "critic"} <= told.keys()


def test_help_and_status_start_without_loading_models():
    program = (
        "import sys; from pipeline.cli.commands import matchcut; import pipeline.cli.telling;"
        "heavy = {'torch', 'diffusers', 'transformers', 'cv2', 'langgraph', 'spacy', 'PySide6'} & sys.modules.keys();"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_option_and_command_is_in_the_readme_or_its_help():
    readme = Path("README.md").read_text()
    for name in matchcut.commands:
        assert f"matchcut {name}" in readme, f"README does not show `matchcut {name}`"


def test_the_scene_graph_is_shaped_here_and_every_verb_says_first_what_it_costs(studio):
    studio.run(approve=Approve.ALL)
    film = studio.folder

    def shape(*arguments: object) -> dict:
        done = run("graph", arguments[0], film, *arguments[1:], "--json", "--yes")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    dry = run("graph", "merge", film, "MARA", "THEO", "--dry-run")
    assert dry.exit_code == 0
    assert dry.stdout.startswith("merge THEO into MARA would turn stale: 1 keyframe and 1 clip, about ")
    assert "  1B shows MARA, showed THEO." in dry.stdout
    assert "  THEO: eyes was green; brown of MARA holds." in dry.stdout
    refused = run("graph", "merge", film, "MARA", "THEO")
    assert refused.exit_code == 2 and "--yes" in refused.stderr
    assert shape("merge", "MARA", "THEO")["done"] == "merge THEO into MARA"
    young = shape("split", "MARA", "YOUNG MARA", "--scenes", "2")
    assert young["cost"]["keyframes"] == ["shot:2A"]
    assert shape("add", "prop", "lamp")["made"] == "prop:lamp"
    shape("add", "constraint", "lamp/held prop/lamp", "red")
    red = shape("add", "constraint", "MARA/garment/coat", "red", "--in", "1A")
    assert red["cost"]["keyframes"] == ["shot:1A"]
    scene = shape("add", "scene", "KITCHEN", "--time", "dusk", "--after", "1")
    assert scene["cost"]["new"] and "1 new shot" in scene["cost"]["words"]
    shape("add", "shot", "1", "--people", "MARA", "--size", "close-up", "--before", "1B")
    shape("split", "1", "1B")
    shape("split", "shot 1A", "--frame", "12")
    shape("edit", "shot 1A", "size", "wide shot")
    shape("edit", "scene 2", "time", "dawn")
    shape("add", "character", "IDA", "--billing", "bit")
    shape("add", "setting", "PIER", "--outside")
    shape("delete", "IDA")
    shape("delete", "MARA/eyes")
    listed = run("graph", "revisions", film).stdout.splitlines()
    assert listed[0].endswith("draft") and "merge THEO into MARA" in listed[1]
    compared = run("graph", "compare", film, 1)
    assert "THEO is gone." in compared.stdout
    assert json.loads(run("graph", "compare", film, 1, 2, "--json").stdout)["changes"]
    assert "contradiction" not in run("graph", "open-ends", film).stdout
    assert json.loads(run("graph", "open-ends", film, "--json").stdout)["open"]
    shape("restore", 1)
    assert run("graph", "compare", film, 1).stdout == "Nothing is different.\n"
    for _ in range(len(listed)):
        run("decide", film, "undo")
    assert run("decide", film, "settle", "theo").stdout == "settle THEO: eyes\n"
    assert run("verify", film).stdout == "Everything fits.\n"


def test_a_new_draft_is_told_beforehand_merged_and_undone(lamp, tmp_path):
    run("produce", lamp)
    second = tmp_path / "second.fountain"
    second.write_text(SCRIPT.replace("It is late.", "It is much too late.") + "\nEXT. PIER - DAY\n\nTHEO waits.\n")
    dry = run("graph", "draft", lamp, second, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "changed  1     INT. KITCHEN - NIGHT" in dry.stdout and "+ It is much too late." in dry.stdout
    assert "new      2     EXT. PIER - DAY" in dry.stdout and "nothing was changed" in dry.stdout
    told = json.loads(run("graph", "draft", lamp, second, "--yes", "--json").stdout)
    assert [row["fate"] for row in told["scenes"]] == ["changed", "new"] and told["done"] == "merge second.fountain"
    again = run("graph", "draft", lamp, second, "--yes")
    assert again.exit_code == 2 and "changes nothing" in again.stderr
    assert run("decide", lamp, "undo").exit_code == 0
    assert run("graph", "compare", lamp, 1).stdout == "Nothing is different.\n"
    assert run("verify", lamp).stdout == "Everything fits.\n"
    assert run("graph", "draft", lamp, tmp_path / "none.fountain").exit_code == 2


def test_a_picture_is_imported_as_a_look(studio, tmp_path):
    path = tmp_path / "mara.png"
    Image.new("RGB", (100, 100)).save(path)
    assert run("decide", studio.folder, "import", path, "mara").stdout == "import Mara, look 1\n"
    assert run("status", studio.folder, "--looks").stdout.startswith("MARA/1: imported, ")
    for wrong in ((path, "NOBODY"), (tmp_path / "none.png", "MARA"), (path,)):
        refused = run("decide", studio.folder, "import", *wrong)
        assert refused.exit_code == 2 and len(refused.stderr.strip().splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "MARA", "NOBODY"),
        ("merge", "MARA", "KITCHEN"),
        ("split", "1"),
        ("split", "1A"),
        ("split", "MARA", "X", "--scenes", "99"),
        ("split", "MARA", "X"),
        ("delete", "2A"),
        ("edit", "MARA", "colour", "red"),
        ("add", "constraint", "MARA", "red"),
        ("add", "constraint", "MARA/garment", "red"),
        ("add", "constraint", "MARA/mood", "red"),
        ("add", "scene", "NOWHERE"),
        ("add", "shot", "1", "--people", "NOBODY"),
        ("add", "character", "MARA", "--billing", "star"),
        ("restore", "9"),
        ("compare", "9"),
    ],
)
def test_what_cannot_be_shaped_is_said_in_one_sentence(studio, arguments):
    result = run("graph", arguments[0], studio.folder, *arguments[1:])
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 2 and "Traceback" not in result.output
    assert studio.project.graphs.latest_revision == 1
