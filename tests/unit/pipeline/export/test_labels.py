"""Labels as a dataset: whole, in a fixed order, never over what is there; and blind questions on the command line."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from pipeline.cli.commands import matchcut
from pipeline.export.labels import export_labels
from pipeline.media import decode_picture, encode_picture
from storage.commands import Commands
from storage.domain.takes import Seam
from storage.errors import KnownError, WrongUse
from storage.learning import answer_question, read_learning
from storage.learning_settings import set_question_share
from tests.unit.storage.conftest import Film
from tests.unit.storage.test_learning import EYES, FINDINGS, MARA


@pytest.fixture
def picture() -> np.ndarray:
    return np.arange(40 * 60 * 3, dtype=np.uint32).astype(np.uint8).reshape(40, 60, 3)


@pytest.fixture
def film(tmp_path: Path, picture: np.ndarray):
    """A keyframe with three findings, all of which are asked about."""
    made = Film(tmp_path / "Film.matchcut")
    made.commands.approve_script()
    set_question_share(made.project, "100")
    take = made.make("shot:1A", Seam.KEYFRAME, content=encode_picture(picture))
    made.project.takes.add_review(FINDINGS, take_id=take.id, graph_revision=1)
    yield made
    made.project.close()


def run(film: Film, *words: str) -> str:
    result = CliRunner().invoke(matchcut, [words[0], str(film.project.folder), *words[1:]])
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]


def label_everything(film: Film) -> None:
    """One label of each source."""
    anna = Commands(film.project, "director:Anna Weber")
    take = film.state.takes_of(Seam.KEYFRAME, "shot:1A")[0]
    asked = next(item for item in read_learning(film.project).waiting if item.question.kind == "eyes")
    answer_question(film.project, "director:Anna Weber", asked.question, "blue")
    anna.false_alarm(take.id, f"{MARA}/hair colour/")
    anna.missed_drift(take.id, f"{MARA}/skin/", "She is too pale.")
    anna.approve(take.id)
    anna.request_changes(take.id, "No.", f"{MARA}/garment/coat")
    anna.request_changes(take.id, "Nothing of it.")


def test_each_label_is_a_row_with_its_picture(film: Film, tmp_path: Path, picture: np.ndarray):
    label_everything(film)
    folder = export_labels(film.project, tmp_path / "labels")
    found = rows(folder)
    assert [(row["kind"], row["label"], row["source"], row["proves"]) for row in found] == [
        ("eyes", "drift", "blind", True),
        ("hair colour", "ok", "false alarm", True),
        ("skin", "drift", "missed", True),
        ("eyes", "ok", "approval", False),
        ("garment", "ok", "approval", False),
        ("garment", "drift", "rejection", True),
        ("whole take", "rejected", "rejection", True),
    ]
    eyes, hair, skin = found[:3]
    assert (eyes["expected"], eyes["seen_by_director"], eyes["observed_by_critic"]) == ("brown", "blue", "brown")
    assert (eyes["drift_probability"], hair["drift_probability"]) == (pytest.approx(0.1), pytest.approx(0.9))
    assert (eyes["who"], skin["note"]) == ("Anna Weber", "She is too pale.")
    for row in found:
        content = (folder / row["crop"]).read_bytes()
        assert row["crop"] == f"crops/{hashlib.sha256(content).hexdigest()}.png"
    rows_of, columns = slice(round(EYES.top * 40), round(EYES.bottom * 40)), slice(24, 36)
    assert np.array_equal(decode_picture(folder / eyes["crop"]), picture[rows_of, columns])
    assert np.array_equal(decode_picture(folder / skin["crop"]), picture), "no region: the whole frame"
    card = (folder / "README.md").read_text()
    assert "7 labels" in card and "| eyes | drift | blind | 1 |" in card


def test_the_same_film_gives_the_same_bytes_and_undone_labels_are_gone(film: Film, tmp_path: Path):
    label_everything(film)
    first, second = (export_labels(film.project, tmp_path / name) for name in ("first", "second"))
    for path in first.rglob("*.*"):
        assert (second / path.relative_to(first)).read_bytes() == path.read_bytes()
    Commands(film.project, "director:Anna Weber").undo()
    assert len(rows(export_labels(film.project, tmp_path / "third"))) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Film.matchcut", "first", "second", "third"]


def test_what_a_policy_decided_is_no_label(film: Film, tmp_path: Path):
    Commands(film.project, "policy:clean").approve(film.state.takes_of(Seam.KEYFRAME, "shot:1A")[0].id)
    assert rows(export_labels(film.project, tmp_path / "labels")) == []


def test_nothing_that_is_there_is_touched(film: Film, tmp_path: Path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "notes.txt").write_text("mine")
    with pytest.raises(WrongUse, match="not empty"):
        export_labels(film.project, taken)
    assert [path.name for path in taken.iterdir()] == ["notes.txt"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(WrongUse):
        export_labels(film.project, tmp_path / "file")
    with pytest.raises(KnownError, match="Not a directory"):
        export_labels(film.project, tmp_path / "file" / "below")


def test_questions_are_asked_and_answered_on_the_command_line(film: Film, tmp_path: Path):
    told = json.loads(run(film, "status", "--questions", "--json"))["questions"]
    assert len(told) == 3 and not any("verdict" in question or "drift" in str(question) for question in told)
    eyes = next(question for question in told if "eyes" in question["words"])
    crop = decode_picture(Path(eyes["picture"]))
    assert crop.shape[0] < 40 and crop.shape[1] < 60
    assert eyes["question"] in run(film, "status", "--questions")
    assert run(film, "decide", "answer", eyes["question"], "BLUE") == "What colour are MARA's eyes here? blue\n"
    status = json.loads(run(film, "status", "--json"))
    assert (status["questions"], status["promise"]["confirmed_drifts"], status["promise"]["missed"]) == (2, 1, 1)
    words = run(film, "status")
    assert "the critic: Cannot promise yet: 113 more confirmed drifts are needed." in words
    assert "2 blind questions wait" in words
    run(film, "decide", "undo")
    assert json.loads(run(film, "status", "--json"))["questions"] == 3
    assert run(film, "decide", "ask", "0").startswith("0 %")
    assert run(film, "status", "--questions") == "No blind question waits.\n"
    assert "at most 5 % of drift" in run(film, "decide", "promise", "5", "95")
    folder = tmp_path / "labels"
    assert run(film, "export", "--labels", str(folder)).strip() == str(folder)
    assert (folder / "labels.jsonl").read_bytes() == b""
    for wrong in (["answer", "nothing", "blue"], ["answer", "x"], ["ask", "many"], ["promise", "2"]):
        assert CliRunner().invoke(matchcut, ["decide", str(film.project.folder), *wrong]).exit_code == 2
