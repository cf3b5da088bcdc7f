"""Every verb is taken back by a new entry and brought back by another, also after closing and opening again."""

import pytest

from storage.author import name_of, this_director
from storage.commands import Commands
from storage.domain.decisions import DIRECTOR, Verb, effective, next_redo, next_undo, stars_in
from storage.domain.findings import Region
from storage.domain.looks import standing_looks
from storage.domain.standing import State
from storage.domain.takes import Seam, Take
from storage.errors import WrongUse
from storage.look_commands import LookCommands
from storage.project import Project
from storage.shot_commands import ShotCommands
from storage.verify import verify
from tests.unit.storage.conftest import Film, finding

EYES = "character:mara/eyes/"
EYES_CONSTRAINT = "constraint:character:mara/eyes/@film"
THEO_EYES = "constraint:character:theo/eyes/@film"


def what_counts(film: Film) -> tuple[object, ...]:
    """All that decisions decide: the graph, where shots stand, and the director's word."""
    state = film.state
    counted = [(d.verb, d.take_id, d.key, d.note, dict(d.details)) for d in state.decisions]
    assert state.view is not None
    looks = standing_looks(film.project.looks.everything(), film.project.ledger.everything())
    return (counted, state.view.graph, [state.shot(shot.id) for shot in state.planned_shots], looks)


def promote(commands: Commands, take: Take, picture: bytes) -> None:
    region = Region(left=0, top=0, right=1, bottom=1)
    LookCommands(commands._project, DIRECTOR).promote(take.id, "character:mara", picture, region=region)


VERBS = {
    "approve the script": lambda commands, take: commands.approve_script(),
    "approve": lambda commands, take: commands.approve(take.id),
    "request changes": lambda commands, take: commands.request_changes(take.id, "warmer", EYES),
    "false alarm": lambda commands, take: commands.false_alarm(take.id, EYES),
    "missed drift": lambda commands, take: commands.missed_drift(take.id, "character:mara/garment/coat"),
    "lock": lambda commands, take: commands.lock(take.id),
    "unlock": lambda commands, take: commands.unlock(take.id),
    "settle": lambda commands, take: commands.settle([THEO_EYES]),
    "edit": lambda commands, take: commands.edit_constraint(EYES_CONSTRAINT, "green"),
    "edit a shot": lambda commands, take: commands.edit_shot("shot:1A", duration_frames=99),
    "stars": lambda commands, take: commands.set_stars(take.id, 4),
    "move": lambda commands, take: ShotCommands(commands._project, DIRECTOR).move(["shot:1B"], "scene:1", "shot:1A"),
    "trim": lambda commands, take: ShotCommands(commands._project, DIRECTOR).trim("shot:1B", 20),
    "promote a look": lambda commands, take: promote(commands, take, b"a crop"),
    "withdraw a look": lambda commands, take: LookCommands(commands._project, DIRECTOR).withdraw(1),
}


@pytest.mark.parametrize("verb", VERBS)
def test_undo_takes_a_verb_back_and_redo_brings_it_again_whatever_is_closed_between(film: Film, verb: str):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME, drift=EYES)
    film.commands.lock(take.id)
    promote(film.commands, take, b"the first crop")
    film.commands.false_alarm(take.id, EYES)
    film.commands.missed_drift(take.id, EYES)
    before = what_counts(film)
    VERBS[verb](film.commands, take)
    after = what_counts(film)
    assert after != before
    entries = len(film.project.ledger.everything())

    film.reopen()
    film.commands.undo()
    assert what_counts(film) == before
    film.reopen()
    film.commands.redo()
    assert what_counts(film) == after
    film.reopen()
    film.commands.undo()
    assert what_counts(film) == before
    assert len(film.project.ledger.everything()) == entries + 3
    assert verify(film.project) == []


def test_undo_and_redo_go_through_several_acts_in_order(film: Film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    for stars in (1, 2, 3):
        film.commands.set_stars(take.id, stars)
    seen = [stars_in(film.state.decisions).get(take.id, 0)]
    for step in (film.commands.undo, film.commands.undo, film.commands.redo, film.commands.undo, film.commands.undo):
        step()
        seen.append(stars_in(film.state.decisions).get(take.id, 0))
    assert seen == [3, 2, 1, 2, 1, 0]
    for _ in range(3):
        film.commands.redo()
    assert stars_in(film.state.decisions) == {take.id: 3}
    with pytest.raises(WrongUse, match="nothing to redo"):
        film.commands.redo()


def test_a_new_decision_ends_what_could_be_redone(film: Film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.set_stars(take.id, 1)
    film.commands.undo()
    film.commands.set_stars(take.id, 5)
    with pytest.raises(WrongUse, match="nothing to redo"):
        film.commands.redo()
    film.commands.undo()
    film.commands.redo()
    assert stars_in(film.state.decisions) == {take.id: 5}


def test_undo_takes_back_what_any_person_decided_but_not_what_a_policy_did(film: Film):
    Commands(film.project, "director:Anna").approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    Commands(film.project, "policy:clean").approve(take.id)
    ledger = film.project.ledger.everything()
    assert [decision.verb for decision in next_undo(ledger, "director:Ben")] == [Verb.APPROVE]
    undo = Commands(film.project, "director:Ben").undo()
    assert (undo.undoes, undo.author) == (1, "director:Ben")
    assert [d.author for d in effective(film.project.ledger.everything())] == ["policy:clean"]
    Commands(film.project, "policy:clean").undo()
    assert effective(film.project.ledger.everything()) == []
    assert len(next_redo(film.project.ledger.everything(), DIRECTOR)) == 1


def test_everything_clean_is_approved_as_one_act_that_one_undo_takes_back(film: Film):
    film.commands.approve_script()
    clean = film.make("shot:1A", Seam.KEYFRAME)
    second = film.make("shot:1B", Seam.KEYFRAME)
    for _ in range(4):
        film.make("shot:2A", Seam.KEYFRAME, drift=EYES)
    before = what_counts(film)
    done = film.commands.approve_clean()
    assert [decision.take_id for decision in done.approved] == [clean.id, second.id]
    assert (done.waited.drifting, done.waited.unclear, done.waited.set_aside) == (1, 0, 0)
    assert film.keyframe("shot:1A").state is State.APPROVED
    after = what_counts(film)
    film.commands.undo()
    assert what_counts(film) == before
    film.reopen()
    film.commands.redo()
    assert what_counts(film) == after
    film.commands.undo()
    assert what_counts(film) == before
    assert verify(film.project) == []


def test_only_the_selected_shots_are_approved(film: Film):
    film.commands.approve_script()
    film.make("shot:1A", Seam.KEYFRAME)
    film.make("shot:1B", Seam.KEYFRAME)
    done = film.commands.approve_clean({"shot:1B"})
    assert [decision.shot_id for decision in done.approved] == ["shot:1B"]
    assert film.commands.approve_clean({"shot:1B"}).approved == ()


def test_what_should_be_seen_and_was_not_is_left_to_the_director(film: Film):
    from storage.domain.findings import Verdict

    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.project.takes.add_review([finding(EYES, Verdict.UNSEEN)], take_id=take.id, graph_revision=1)
    for _ in range(3):
        later = film.make("shot:1A", Seam.KEYFRAME)
        film.project.takes.add_review([finding(EYES, Verdict.UNSEEN)], take_id=later.id, graph_revision=1)
    done = film.commands.approve_clean()
    assert (done.approved, done.waited.unclear) == ((), 1)


def test_stars_are_0_to_5_and_said_once(film: Film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.set_stars(take.id, 2)
    with pytest.raises(WrongUse, match="2 stars already"):
        film.commands.set_stars(take.id, 2)
    with pytest.raises(WrongUse, match="no number of stars"):
        film.commands.set_stars(take.id, 6)
    film.commands.set_stars(take.id, 0)
    assert stars_in(film.state.decisions) == {}


def test_who_decides_is_named():
    assert this_director({"MATCHCUT_DIRECTOR": " Anna Weber "}) == "director:Anna Weber"
    assert this_director({}).startswith("director")
    assert [name_of(author) for author in ("director", "director:Anna", "policy:clean", "script")] == [
        "director",
        "Anna",
        "policy “clean”",
        "script",
    ]


def test_a_film_reopened_has_its_stars(film: Film):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.set_stars(take.id, 3)
    folder = film.project.folder
    project = Project.open(folder)
    assert stars_in(effective(project.ledger.everything())) == {take.id: 3}
    project.close()
