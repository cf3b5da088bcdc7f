"""What a director did at a seam, as entries of an append-only ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from storage.domain.digest import digest
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, TakeId


class Verb(StrEnum):
    APPROVE = "approve"
    REQUEST_CHANGES = "request changes"
    FALSE_ALARM = "false alarm"
    MISSED_DRIFT = "missed drift"
    LOCK = "lock"
    UNLOCK = "unlock"
    SETTLE = "settle"
    EDIT = "edit"
    DRAFT = "draft"
    PROMOTE = "promote"
    STARS = "stars"
    ANSWER = "answer"
    NOTE = "note"
    DRAW = "draw"
    CLEAR = "clear"
    REPLY = "reply"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the ledger.

    Attributes:
        seq: position in the ledger, from 1, without gaps.
        author: "director", or "director:" and a name, or the policy that decided ("policy:clean").
        key: for false alarm, missed drift, answer, settle and edit: the constraint's key.
        undoes: for undo: the entry that no longer counts. A redo is an undo of an undo.
        details: for stars: "stars", 0 to 5. For a note "frames" of its take, half-open, and "strokes"; "on": the entry
            that began the note which this one goes on. For clear "cleared", the entries whose strokes are gone. For an
            answer to a blind question: "answer", one of its options. For an edit or a draft: "revisions", the one
            before and the one that it made (until 2026-11-22 the items "before" and "after" it); for a merge "merged",
            the id that is gone and the one that is kept. "together": entries with the same value were one act of the
            director, and are undone together. For an undo: "act", where it took back an entry that was not the last
            one (a look that is withdrawn, or a note), so that undo takes it back in turn.
        created_at: UTC, ISO 8601.
        previous_digest: digest of the entry before; 64 zeros for the first.
    """

    seq: int
    verb: Verb
    seam: Seam
    shot_id: ShotId | None = None
    take_id: TakeId | None = None
    graph_revision: int
    author: str
    note: str = ""
    key: str = ""
    undoes: int | None = None
    details: Mapping[str, Any]
    created_at: str
    previous_digest: str

    @property
    def digest(self) -> str:
        return digest(self)


NO_DIGEST = "0" * 64
DIRECTOR = "director"


def role_of(author: str) -> str:
    """Who an author decides as: every person is the director, a policy is itself."""
    return DIRECTOR if author.partition(":")[0] == DIRECTOR else author


def effective(decisions: "list[Decision] | tuple[Decision, ...]") -> list[Decision]:
    """The decisions that still count, in order: no undo and nothing undone.

    An undo can itself be undone, which brings back what it took away.
    """
    undone: set[int] = set()
    for decision in reversed(decisions):
        if decision.verb is Verb.UNDO and decision.seq not in undone and decision.undoes is not None:
            undone.add(decision.undoes)
    return [decision for decision in decisions if decision.verb is not Verb.UNDO and decision.seq not in undone]


def is_act(decision: Decision) -> bool:
    """Whether an entry is something that the director did, and no undo or redo of it."""
    return decision.verb is not Verb.UNDO or bool(decision.details.get("act"))


def next_undo(decisions: Sequence[Decision], author: str) -> tuple[Decision, ...]:
    """What an undo by this author would take back: the last act in the author's role that still counts.

    Args:
        decisions: the whole ledger, oldest first.

    Returns:
        one entry, or all that were one act, newest first; empty where nothing is left.
    """
    undone: set[int] = set()
    for decision in _newest_by(decisions, author):
        if decision.seq in undone:
            continue
        if is_act(decision):
            return _together(decisions, decision, undone)
        if decision.undoes is not None:
            undone.add(decision.undoes)
    return ()


def next_redo(decisions: Sequence[Decision], author: str) -> tuple[Decision, ...]:
    """The undos that a redo by this author would undo: of the last act taken back, if nothing was decided since.

    Args:
        decisions: the whole ledger, oldest first.

    Returns:
        newest first; empty where there is nothing to bring back.
    """
    undone: set[int] = set()
    for decision in _newest_by(decisions, author):
        if decision.seq in undone:
            continue
        if is_act(decision) or decision.undoes is None:
            return ()
        if is_act(decisions[decision.undoes - 1]):
            return _together(decisions, decision, undone)
        undone.add(decision.undoes)
    return ()


def stars_in(decisions: Iterable[Decision]) -> dict[TakeId, int]:
    """The stars of each take that has any, 1 to 5, from decisions that still count."""
    stars: dict[TakeId, int] = {}
    for decision in decisions:
        if decision.verb is Verb.STARS and decision.take_id is not None:
            stars[decision.take_id] = int(decision.details["stars"])
    return {take_id: number for take_id, number in stars.items() if number}


def _newest_by(decisions: Sequence[Decision], author: str) -> Iterable[Decision]:
    role = role_of(author)
    return (decision for decision in reversed(decisions) if role_of(decision.author) == role)


def _together(decisions: Sequence[Decision], last: Decision, undone: set[int]) -> tuple[Decision, ...]:
    mark = last.details.get("together")
    if mark is None:
        return (last,)
    act: list[Decision] = []
    for decision in reversed(decisions[: last.seq]):
        if decision.seq < mark:
            break
        if decision.details.get("together") == mark and decision.seq not in undone:
            act.append(decision)
    return tuple(act)
