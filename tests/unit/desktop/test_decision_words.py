"""What was decided, in the director's words."""

from dataclasses import replace
from pathlib import Path

from desktop.decision_words import act_words, clean_approval_words, decision_words, done_words, taken_back_words
from desktop.snapshot_maker import read_snapshot
from desktop.standing_words import num_clean
from storage.domain.decisions import NO_DIGEST, Decision, Verb
from storage.domain.takes import Seam
from storage.waiting_takes import CleanApproval, WaitingTakes
from tests.gui.film_maker import make_busy_film, shot_id


def decision(verb: Verb, seam: Seam = Seam.CUT, **more: object) -> Decision:
    fields = {"seq": 1, "graph_revision": 1, "author": "director", "details": {}, "created_at": ""} | more
    return Decision(verb=verb, seam=seam, previous_digest=NO_DIGEST, **fields)  # pyright: ignore[reportArgumentType]


def test_each_verb_has_words() -> None:
    for verb in Verb:
        if verb is not Verb.UNDO:
            made = decision(verb, note="Mara: eyes: brown → green", details={"stars": 3})
            assert decision_words(made, None) and done_words(made, None).endswith(".")
    assert done_words(decision(Verb.STARS, details={"stars": 3}), None) == "Rated the cut: ★★★☆☆."
    assert done_words(decision(Verb.APPROVE, Seam.SCRIPT), None) == "Approved the scene graph."
    assert done_words(decision(Verb.PROMOTE, note="promote Mara, look 2"), None) == "Kept as Mara, look 2."
    assert done_words(decision(Verb.PROMOTE, note="withdraw Mara, look 2"), None) == "Withdrew Mara, look 2."
    assert decision_words(decision(Verb.APPROVE, Seam.CLIP, shot_id="shot:gone"), None) == (
        "approve a shot that is gone, clip"
    )


def test_what_is_taken_back_and_done_again_is_named() -> None:
    approved = decision(Verb.APPROVE, seq=1)
    undone = decision(Verb.UNDO, seq=2, undoes=1)
    done_again = decision(Verb.UNDO, seq=3, undoes=2)
    assert taken_back_words(undone, (approved, undone), None) == "Undone: approve the cut."
    assert taken_back_words(done_again, (approved, undone, done_again), None) == "Done again: approve the cut."


def test_one_act_of_many_entries_is_said_once() -> None:
    approvals = (decision(Verb.APPROVE), decision(Verb.APPROVE))
    assert (act_words((), None), act_words(approvals[:1], None), act_words(approvals, None)) == (
        "",
        "approve the cut",
        "approve 2 clean takes",
    )


def test_what_was_approved_and_what_was_left() -> None:
    def words(approved: int, drifting: int = 0, unclear: int = 0, set_aside: int = 0) -> str:
        waited = WaitingTakes(clean=(), drifting=drifting, unclear=unclear, set_aside=set_aside)
        return clean_approval_words(CleanApproval(approved=(decision(Verb.APPROVE),) * approved, waited=waited))

    assert words(7, 3) == "Approved 7 clean takes; 3 with drift still need you."
    assert words(1) == "Approved 1 clean take."
    assert words(0, 1) == "No clean take waits here; 1 with drift still needs you."
    assert words(2, 1, 1, 1) == (
        "Approved 2 clean takes; 1 with drift and 1 not seen well enough and 1 set aside still need you."
    )


def test_clean_takes_are_counted_while_that_is_quick(tmp_path: Path) -> None:
    film = read_snapshot(make_busy_film(tmp_path / "busy.matchcut").project)
    assert num_clean(film, None) == 1
    assert num_clean(film, frozenset({shot_id("1A")})) == 0
    assert num_clean(replace(film, waiting=film.waiting * 200), None) is None
