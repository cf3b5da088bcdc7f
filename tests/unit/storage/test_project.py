"""Films on disk: opened, refused, verified, never half written."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from storage.database import write
from storage.domain.findings import Verdict, Witness
from storage.domain.pass_rate import wilson_interval
from storage.domain.takes import Seam
from storage.errors import KnownError, WrongUse
from storage.naming import find_constraint, find_take
from storage.project import Project
from storage.verify import verify
from tests.unit.storage.conftest import finding


def test_what_is_stored_comes_back(film):
    film.approve_everything()
    folder = film.project.folder
    take = film.keyframe("shot:1A").circled
    recipe, inputs = film.project.takes.recipe(take.id), film.project.takes.inputs(take.id)
    graph, decisions = film.project.graphs.view().graph, film.project.ledger.everything()
    film.project.close()
    film.project = Project.open(folder)
    assert film.project.graphs.load(1) == graph
    assert film.project.takes.get(take.id) == take
    assert (film.project.takes.recipe(take.id), film.project.takes.inputs(take.id)) == (recipe, inputs)
    assert film.project.ledger.everything() == decisions


def test_an_untouched_film_verifies(film):
    film.approve_everything()
    assert verify(film.project) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE decisions SET author = 'somebody' WHERE seq = 2", "Decision 2 was altered"),
        ("UPDATE decisions SET details = 'not json' WHERE seq = 2", "cannot be read"),
        ("DELETE FROM decisions WHERE seq = 3", "lost entries before 4"),
        ("DELETE FROM decisions WHERE seq = (SELECT max(seq) FROM decisions)", "lost its last 1"),
        ("UPDATE takes SET recipe = replace(recipe, 'storyboard', 'stunt') WHERE id = 1", "its recipe was altered"),
        ("UPDATE take_inputs SET digest = 'x' WHERE take_id = 1 AND key LIKE 'shot:size'", "its inputs were altered"),
        ("UPDATE graph_items SET body = replace(body, 'brown', 'blue')", "Revision 1 of the scene graph was altered"),
        ("DELETE FROM media WHERE digest = (SELECT media FROM takes WHERE id = 2)", "refers to a row of media"),
    ],
)
def test_verify_names_what_was_altered_in_the_database(film, statement, named):
    film.approve_everything()
    connection = film.project.db.conn
    connection.execute("PRAGMA foreign_keys = OFF")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    assert any(named in sentence for sentence in verify(film.project))


def test_verify_names_media_that_were_altered_lost_or_belong_to_nothing(film):
    film.approve_everything()
    (_, altered, _), (_, lost, _), *_ = film.project.media.everything()
    altered.write_bytes(b"x")
    lost.unlink()
    (altered.parent / ("0" * 64 + ".png")).write_bytes(b"stray")
    sentences = " ".join(verify(film.project))
    assert "was altered" in sentences and "is gone" in sentences and "belongs to nothing" in sentences


def test_the_ledger_and_takes_cannot_be_changed(film):
    film.approve_everything()
    for statement in ("UPDATE decisions SET note = 'x'", "DELETE FROM decisions", "UPDATE takes SET seconds = 0"):
        with pytest.raises(sqlite3.IntegrityError):
            film.project.db.conn.execute(statement)


def test_a_transaction_that_fails_leaves_nothing(film):
    with pytest.raises(RuntimeError), write(film.project.db):
        film.commands.approve_script()
        raise RuntimeError
    assert film.project.ledger.everything() == []


def test_a_film_that_a_newer_version_wrote_is_refused(film):
    folder = film.project.folder
    film.project.db.conn.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('matchcut', '2099-01-01-x', 'x')"
    )
    with pytest.raises(WrongUse, match="newer Matchcut") as refusal:
        Project.open(folder)
    assert refusal.value.action.startswith("Update")


def test_what_is_no_film_is_refused_in_a_sentence(tmp_path: Path):
    (tmp_path / "broken.matchcut").mkdir()
    (tmp_path / "broken.matchcut" / "project.db").write_bytes(b"no database" * 200)
    (tmp_path / "empty.matchcut").mkdir()
    for name in ("missing.matchcut", "empty.matchcut", "broken.matchcut"):
        with pytest.raises(WrongUse):
            Project.open(tmp_path / name)


def test_a_film_is_made_whole_or_not_at_all(tmp_path: Path):
    with pytest.raises(WrongUse):
        Project.create(tmp_path / "film", title="x", screenplay=b"", screenplay_name="x.fountain")
    (tmp_path / "there.matchcut").mkdir()
    with pytest.raises(WrongUse):
        Project.create(tmp_path / "there.matchcut", title="x", screenplay=b"", screenplay_name="x.fountain")
    assert [path.name for path in tmp_path.iterdir()] == ["there.matchcut"]


def test_a_full_disk_is_a_known_error(film, monkeypatch):
    import errno

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    before = {path for path in film.project.folder.rglob("*")}
    with pytest.raises(KnownError, match="disk is full"):
        film.project.media.put(b"a new picture", ".png")
    assert {path for path in film.project.folder.rglob("*.p*")} <= before


def test_the_same_bytes_are_kept_once(film):
    assert film.project.media.put(b"same", ".png") == film.project.media.put(b"same", ".png")


def test_take_numbers_are_never_used_again(film):
    film.commands.approve_script()
    first = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.request_changes(first.id)
    second = film.make("shot:1A", Seam.KEYFRAME)
    assert (first.number, second.number, second.attempt) == (1, 2, 1)


def test_names_that_people_write_are_understood(film):
    view = film.project.graphs.view()
    assert find_constraint(view, "mara/eyes").value == "brown"
    assert find_constraint(view, "MARA/coat@2").value == "blue"
    with pytest.raises(WrongUse, match="2 constraints"):
        find_constraint(view, "character:mara/garment/coat")
    with pytest.raises(WrongUse, match="no constraint"):
        find_constraint(view, "MARA/boots")
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    assert find_take(film.state, "1a/keyframe") == find_take(film.state, "1A/keyframe/1") == take
    for wrong in ("1A", "9Z/keyframe", "1A/keyframe/7", "cut/3"):
        with pytest.raises(WrongUse):
            find_take(film.state, wrong)


def test_settling_makes_a_proposal_the_directors_own(film):
    proposed = [c.id for c in film.project.graphs.view().graph.constraints.values() if c.is_proposed]
    film.commands.settle(proposed)
    assert not any(c.is_proposed for c in film.project.graphs.view().graph.constraints.values())
    with pytest.raises(WrongUse, match="Nothing there is proposed"):
        film.commands.settle(proposed)
    film.commands.undo()
    assert any(c.is_proposed for c in film.project.graphs.view().graph.constraints.values())


def test_wilson_interval_agrees_with_published_values():
    low, high = wilson_interval(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson_interval(0, 10)[0] == 0.0


def test_what_each_check_said_is_kept_with_its_finding(film):
    film.approve_everything()
    take = film.keyframe("shot:1A").circled
    said = (
        Witness(check="judge", verdict=Verdict.OK, observed="brown", confidence=0.6),
        Witness(check="iris", verdict=Verdict.DRIFT, observed="blue", confidence=0.9),
    )
    found = replace(finding("character:mara/eyes/"), said=said)
    film.project.takes.add_review([found], take_id=take.id, graph_revision=1)
    assert film.project.takes.findings(take.id) == (found,)


def test_the_folders_of_own_judges_are_kept(film):
    assert film.project.film.own_judges == ()
    film.project.set_own_judges(("/models/siglip", "/models/vilt"))
    assert film.project.film.own_judges == ("/models/siglip", "/models/vilt")


def test_attempts_can_be_changed_and_are_no_fewer_than_none(film):
    film.project.set_attempts(5)
    assert film.project.film.more_attempts == 5
    with pytest.raises(WrongUse, match="-1"):
        film.project.set_attempts(-1)
