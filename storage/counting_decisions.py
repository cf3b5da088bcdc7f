"""Which entries of a growing ledger still count: each new entry costs what it changes, whatever came before."""

from bisect import bisect_left
from collections.abc import Generator, Iterable

from storage.domain.decisions import Decision, Verb
from storage.film_state import Place


class CountingDecisions:
    """The whole ledger as far as it has been taken in, and by place what still counts of it, as `effective` has it.

    Attributes:
        everything: all entries, oldest first; entries_on: the same by place.
        counting: those that are no undo and that none took back; counting_on: the same by place.
    """

    def __init__(self) -> None:
        self.everything: list[Decision] = []
        self.counting: list[Decision] = []
        self.entries_on: dict[Place, list[Decision]] = {}
        self.counting_on: dict[Place, list[Decision]] = {}
        self._undos_of: dict[int, set[int]] = {}

    def take(self, new: Iterable[Decision]) -> set[Place]:
        """Take the next entries; returns the places where something may count that did not, or no longer."""
        places: set[Place] = set()
        for decision in new:
            place = (decision.seam, decision.shot_id)
            places.add(place)
            self.everything.append(decision)
            self.entries_on.setdefault(place, []).append(decision)
            if decision.verb is Verb.UNDO:
                places.update((other.seam, other.shot_id) for other in self._undo(decision))
            else:
                self.counting.append(decision)
                self.counting_on.setdefault(place, []).append(decision)
        return places

    def _undo(self, undo: Decision) -> Generator[Decision]:
        """Work out anew whether what an undo is about counts; gives that, and what it was about in its turn."""
        while undo.undoes is not None:
            self._undos_of.setdefault(undo.undoes, set()).add(undo.seq)
            undo = self.everything[undo.undoes - 1]
            if undo.verb is not Verb.UNDO:
                self._let_count(undo, counts=not self._is_undone(undo.seq))
            yield undo

    def _is_undone(self, seq: int) -> bool:
        return any(not self._is_undone(undo) for undo in self._undos_of.get(seq, ()))

    def _let_count(self, decision: Decision, *, counts: bool) -> None:
        for held in (self.counting, self.counting_on.setdefault((decision.seam, decision.shot_id), [])):
            at = bisect_left(held, decision.seq, key=_seq)
            counted = at < len(held) and held[at].seq == decision.seq
            if counts and not counted:
                held.insert(at, decision)
            elif counted and not counts:
                del held[at]


def _seq(decision: Decision) -> int:
    return decision.seq
