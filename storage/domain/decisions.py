"""What a director did at a seam, as entries of an append-only ledger."""

from collections.abc import Mapping
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
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the ledger.

    Attributes:
        seq: position in the ledger, from 1, without gaps.
        author: "director", or the name of the policy that decided ("policy:clean").
        key: for false alarm, missed drift, settle and edit: the constraint's key.
        undoes: for undo: the entry that no longer counts.
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


def effective(decisions: "list[Decision] | tuple[Decision, ...]") -> list[Decision]:
    """The decisions that still count, in order: no undo and nothing undone.

    An undo can itself be undone, which brings back what it took away.
    """
    undone: set[int] = set()
    for decision in reversed(decisions):
        if decision.verb is Verb.UNDO and decision.seq not in undone and decision.undoes is not None:
            undone.add(decision.undoes)
    return [decision for decision in decisions if decision.verb is not Verb.UNDO and decision.seq not in undone]
