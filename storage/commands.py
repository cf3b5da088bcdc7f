"""The verbs that change a film. The desk, the command line and policies call the same ones."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from storage.database import write
from storage.domain.decisions import Decision, Verb, effective, next_redo, next_undo, stars_in
from storage.domain.graph_adding import add_constraint
from storage.domain.scene_graph import (
    Constraint,
    ConstraintId,
    Origin,
    Scope,
    Shot,
    ShotId,
)
from storage.domain.staleness import constraint_label, inputs_digest
from storage.domain.standing import State
from storage.domain.takes import Seam, Take, TakeId
from storage.domain.told import Counted, Told
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import MIRRORED, WorkingGraph, by_director
from storage.edit_cost import EditCost, cost_of_graph
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.graph_changes import GraphChanges, with_items
from storage.waiting_takes import CleanApproval, waiting_takes

MOST_STARS = 5


class Commands(GraphChanges):
    """All verbs on one project but those on looks and on the places of shots; see `GraphChanges`."""

    def approve_script(self, note: str = "") -> Decision:
        """Approve the scene graph as it stands.

        Raises:
            WrongUse: there is none yet.
        """
        revision = self._project.graphs.latest_revision
        if not revision:
            raise WrongUse("There is no scene graph yet.", "Run: matchcut produce.")
        return self._decide(Verb.APPROVE, Seam.SCRIPT, note=note)

    def approve(self, take_id: TakeId, note: str = "") -> Decision:
        """Circle a take.

        Raises:
            WrongUse: the take is stale; lock it to keep it all the same.
        """
        take = self._take(take_id)
        if self.is_stale(take):
            raise WrongUse(
                Told("Take {number} is stale: the plan has changed since.", number=take.number),
                "Lock it to keep it, or wait for a new take.",
            )
        return self._decide(Verb.APPROVE, take.seam, take=take, note=note)

    def approve_clean(self, shot_ids: Collection[ShotId] | None = None) -> CleanApproval:
        """Circle every keyframe and clip that waits and is clean, as one act; one undo takes all of it back.

        Args:
            shot_ids: only in these shots; None for all.
        """
        with write(self._project.db):
            waited = waiting_takes(FilmState(self._project), shot_ids)
            together = {"together": self._project.ledger.written + 1}
            approved = [self._decide(Verb.APPROVE, take.seam, take=take, details=together) for take in waited.clean]
        return CleanApproval(approved=tuple(approved), waited=waited)

    def set_stars(self, take_id: TakeId, stars: int) -> Decision:
        """Rate a take.

        Args:
            stars: 1 to 5; 0 takes them away.

        Raises:
            WrongUse: there are no so many stars, or the take has them already.
        """
        take = self._take(take_id)
        if not 0 <= stars <= MOST_STARS:
            raise WrongUse(
                Told("{stars} is no number of stars.", stars=stars),
                Told("Give 1 to {most}, or 0 for none.", most=MOST_STARS),
            )
        if stars_in(effective(self._project.ledger.everything())).get(take_id, 0) == stars:
            told = Counted(
                "Take {number} has {n} star already.", "Take {number} has {n} stars already.", stars, number=take.number
            )
            none = Told("Take {number} has no stars already.", number=take.number)
            raise WrongUse(told if stars else none, "Choose another number.")
        return self._decide(Verb.STARS, take.seam, take=take, details={"stars": stars})

    def request_changes(self, take_id: TakeId, note: str = "", key: str = "") -> Decision:
        """Send a take back. A new round of attempts begins.

        Args:
            key: the constraint that it misses, to be asked for with more weight.
        """
        take = self._take(take_id)
        return self._decide(Verb.REQUEST_CHANGES, take.seam, take=take, note=note, key=key)

    def false_alarm(self, take_id: TakeId, key: str) -> Decision:
        """The critic's drift on this constraint is none."""
        take = self._take(take_id)
        found = self._project.takes.findings(take_id) or ()
        if all(finding.key != key for finding in found):
            raise WrongUse(
                Told("Take {number} has no finding on {key}.", number=take.number, key=key),
                "Name one that `matchcut status` lists.",
            )
        return self._decide(Verb.FALSE_ALARM, take.seam, take=take, key=key)

    def missed_drift(self, take_id: TakeId, key: str, note: str = "") -> Decision:
        """The critic missed that this constraint is not met."""
        take = self._take(take_id)
        return self._decide(Verb.MISSED_DRIFT, take.seam, take=take, key=key, note=note)

    def lock(self, take_id: TakeId) -> Decision:
        """Circle a take and keep it, whatever changes."""
        take = self._take(take_id)
        return self._decide(Verb.LOCK, take.seam, take=take)

    def unlock(self, take_id: TakeId) -> Decision:
        take = self._take(take_id)
        return self._decide(Verb.UNLOCK, take.seam, take=take)

    def settle(self, constraint_ids: Sequence[ConstraintId]) -> Decision:
        """Make proposed constraints the director's own, as they are.

        Raises:
            WrongUse: one of them does not exist, or none is proposed.
        """
        proposed = [constraint for constraint in map(self._constraint, constraint_ids) if constraint.is_proposed]
        if not proposed:
            raise WrongUse("Nothing there is proposed.", "Choose a proposed constraint.")
        settled = [replace(item, evidence=replace(item.evidence, origin=Origin.DIRECTOR)) for item in proposed]
        what = self._label(proposed[0]) if len(proposed) == 1 else f"{len(proposed)} proposed constraints"
        return self._change(Verb.SETTLE, f"settle {what}", settled)

    def edit_constraint(self, constraint_id: ConstraintId, value: str) -> Decision:
        """Give a constraint another value. Takes that were made from it turn stale.

        Raises:
            WrongUse: there is no such constraint, or the value is empty.
        """
        items = self._edited_constraint(constraint_id, value)
        old = self._constraint(constraint_id)
        return self._change(Verb.EDIT, f"{self._label(old)}: {old.value} → {value.strip()}", items, key=old.key)

    def add_constraint(
        self, entity_id: str, attribute: Attribute, value: str, *, part: str = "", scope: Scope | None = None
    ) -> Decision:
        """State something new about an entity.

        Raises:
            WrongUse: as `graph_adding.add_constraint`.
        """
        edit = add_constraint(self._view.graph, entity_id, attribute, value, part=part, scope=scope)
        key = edit.after.constraints[ConstraintId(edit.made)].key
        return self._put(Verb.EDIT, edit.label, edit.after, key=key)

    def edit_shot(self, shot_id: ShotId, **changes: Any) -> Decision:
        """Change the plan of a shot (size, angle, movement, people, action, lines, duration_frames).

        Raises:
            WrongUse: there is no such shot, or its duration is not positive.
        """
        graph = self._view.graph
        if shot_id not in graph.shots:
            raise WrongUse(
                Told("There is no shot {shot_id}.", shot_id=shot_id), "Name one that `matchcut status` lists."
            )
        shot = replace(graph.shots[shot_id], **changes)
        if shot.duration_frames <= 0:
            raise WrongUse("A shot lasts at least one frame.", "Give it a positive duration.")
        work = WorkingGraph(graph)
        work.change_shot(shot)
        what = ", ".join(f"{name} {value}" for name, value in changes.items() if isinstance(value, (str, int)))
        return self._put(Verb.EDIT, f"{shot.label}: {what or 'people'}", work.graph, shot_id=shot_id)

    def cost_of_edit(self, constraint_id: ConstraintId, value: str) -> EditCost:
        """What `edit_constraint` would turn stale; changes nothing."""
        graph = with_items(self._view.graph, self._edited_constraint(constraint_id, value))
        return cost_of_graph(self._project, graph)

    def undo(self) -> Decision:
        """Take back the last act of this author's role that still counts, as new entries.

        Returns:
            the last new entry; where an act had several, all have its `details["together"]`.

        Raises:
            WrongUse: there is nothing to undo.
        """
        with write(self._project.db):
            everything = self._project.ledger.everything()
            act = next_undo(everything, self._author)
            if not act:
                raise WrongUse("There is nothing to undo.", "Decide something first.")
            for decision in act:
                self._put_back(decision, before=True, label=f"undo: {decision.note}")
            return self._append_undos([(decision, f"undo: {decision.verb}") for decision in act])

    def redo(self) -> Decision:
        """Bring back the act that the last undo took away, as new entries that undo the undo.

        Returns:
            as `undo`.

        Raises:
            WrongUse: nothing was undone, or something was decided since.
        """
        with write(self._project.db):
            everything = self._project.ledger.everything()
            undos = next_redo(everything, self._author)
            if not undos:
                raise WrongUse("There is nothing to redo.", "Undo something first.")
            act = [everything[(undo.undoes or 0) - 1] for undo in undos]
            for decision in act:
                self._put_back(decision, before=False, label=f"redo: {decision.note}")
            return self._append_undos(
                [(undo, f"redo: {decision.verb}") for undo, decision in zip(undos, act, strict=True)]
            )

    def is_stale(self, take: Take) -> bool:
        """Whether something that a take was made from has changed since."""
        standing = FilmState(self._project, only=take.shot_id).standing_at(take.seam, take.shot_id)
        if standing is None or standing.state is State.BLOCKED:
            return True
        return take.inputs_digest != inputs_digest(standing.inputs)

    def _label(self, constraint: Constraint) -> str:
        return constraint_label(self._view, constraint)

    def _take(self, take_id: TakeId) -> Take:
        try:
            return self._project.takes.get(take_id)
        except KeyError:
            raise WrongUse(
                Told("There is no take {take_id}.", take_id=take_id), "Name one that `matchcut status` lists."
            ) from None

    def _constraint(self, constraint_id: ConstraintId) -> Constraint:
        try:
            return self._view.graph.constraints[constraint_id]
        except KeyError:
            raise WrongUse(
                Told("There is no constraint {constraint_id}.", constraint_id=constraint_id),
                "Name one that `matchcut status --graph` lists.",
            ) from None

    def _edited_constraint(self, constraint_id: ConstraintId, value: str) -> list[Any]:
        old = self._constraint(constraint_id)
        value = value.strip()
        if not value:
            raise WrongUse("A constraint needs a value.", "Write one, or undo.")
        items: list[Any] = [replace(old, value=value, evidence=by_director(old.evidence))]
        name = next((name for name, attribute in MIRRORED.items() if attribute is old.attribute), None)
        shot: Shot | None = self._view.graph.shots.get(ShotId(old.entity_id))
        if name and shot:
            items.append(replace(shot, **{name: value}))
        return items

    def _append_undos(self, undone: Sequence[tuple[Decision, str]]) -> Decision:
        ledger = self._project.ledger
        together = {"together": ledger.written + 1} if len(undone) > 1 else {}
        return [
            ledger.append(
                Verb.UNDO,
                decision.seam,
                author=self._author,
                graph_revision=self._project.graphs.latest_revision,
                shot_id=decision.shot_id,
                take_id=decision.take_id,
                undoes=decision.seq,
                note=note,
                details=together,
            )
            for decision, note in undone
        ][-1]
