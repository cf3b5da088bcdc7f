"""The director's verbs: each runs off the GUI thread and says what it did and how it is undone."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.decision_words import (
    act_words,
    clean_approval_words,
    decision_words,
    disagreement_words,
    done_words,
    taken_back_words,
)
from desktop.look_wishes import LookWish
from desktop.shaping.wishes import CostOfEdit, GraphWish
from desktop.timeline.edits import ShotEdit
from desktop.translating import tr
from storage.commands import Commands
from storage.domain.decisions import DIRECTOR, Decision, Verb
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import ConstraintId, ShotId
from storage.domain.takes import TakeId
from storage.edit_cost import EditCost
from storage.errors import KnownError, WrongUse
from storage.graph_commands import GraphCommands
from storage.learning import Asked, answer_question
from storage.look_commands import LookCommands
from storage.note_commands import NoteCommands
from storage.project import Project
from storage.shot_commands import ShotCommands

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an operation did.

    Attributes:
        sentence: for the status strip.
        undo_label: what Ctrl+Z would take back now; empty for what is no decision (a job's cancel).
        edit: the edit of the scene graph that was made; None for anything else.
    """

    sentence: str
    undo_label: str = ""
    decision: Decision | None = None
    edit: CostOfEdit | None = None


class Operations(QObject):
    """Every change that the desk makes to a film.

    Signals:
        cost_known: answers `ask_cost`, with a `CostOfEdit`.
        look_cost_known: a change of looks and what it turns stale; it waits to be confirmed.
        edit_refused: answers `ask_cost` or `make_edit` with the wish, and why it cannot be done.

    Args:
        folder: of the film; opened on the operations' own thread and connection.
        author: who decides here.
    """

    changed = Signal(object)
    cost_known = Signal(object)
    edit_refused = Signal(object, str, str)
    shot_cost_known = Signal(object, object)
    look_cost_known = Signal(object, object)
    failed = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None, *, author: str = DIRECTOR) -> None:
        super().__init__(parent)
        self._folder = folder
        self.author = author
        self._project: Project | None = None
        self._background = Background("operations")

    def decide_as(self, author: str) -> None:
        """Let another name stand under what is decided from now on."""
        self.author = author

    def know_film(self, revision: int, view: GraphView, decisions: Sequence[Decision]) -> None:
        """Take what was read for the views, so that the first decision need not wait to read it.

        Args:
            decisions: the ledger, from its first entry on.
        """

        def work(project: Project) -> None:
            project.graphs.keep(revision, view)
            project.ledger.keep(decisions)

        self.run(work)

    def approve_script(self) -> None:
        self._decide(lambda commands: commands.approve_script())

    def approve(self, take_id: TakeId) -> None:
        self._decide(lambda commands: commands.approve(take_id))

    def request_changes(self, take_id: TakeId, note: str, key: str = "") -> None:
        self._decide(lambda commands: commands.request_changes(take_id, note, key))

    def false_alarm(self, take_id: TakeId, key: str) -> None:
        self._decide(lambda commands: commands.false_alarm(take_id, key))

    def missed_drift(self, take_id: TakeId, key: str) -> None:
        self._decide(lambda commands: commands.missed_drift(take_id, key))

    def lock(self, take_id: TakeId) -> None:
        self._decide(lambda commands: commands.lock(take_id))

    def unlock(self, take_id: TakeId) -> None:
        self._decide(lambda commands: commands.unlock(take_id))

    def settle(self, constraint_ids: Sequence[ConstraintId]) -> None:
        self._decide(lambda commands: commands.settle(constraint_ids))

    def set_stars(self, take_id: TakeId, stars: int) -> None:
        self._decide(lambda commands: commands.set_stars(take_id, stars))

    def change_looks(self, wish: LookWish, told: EditCost | None = None) -> None:
        """Make a change of looks, if it turns nothing stale or that was told; else `look_cost_known` tells it.

        Args:
            told: what the director was told that it turns stale.
        """

        def work(project: Project) -> None:
            cost = wish.cost(LookCommands(project, self.author))
            if cost.turns_stale and cost != told:
                self.look_cost_known.emit(wish, cost)
            else:
                self._decide_in(project, lambda project: wish.make(LookCommands(project, self.author)))

        self.run(work)

    def answer(self, asked: Asked, answer: str) -> None:
        """Answer a blind question: a label, which changes nothing else."""

        def work(project: Project) -> None:
            decision = answer_question(project, self.author, asked.question, answer)
            view = _view(project)
            sentence = f"{done_words(decision, view)}{disagreement_words(asked, answer, view)}"
            self.changed.emit(Change(sentence=sentence, undo_label=decision_words(decision, view), decision=decision))

        self.run(work)

    def on_notes(self, verb: Callable[[NoteCommands], Decision]) -> None:
        """Write, draw, answer, resolve or withdraw a note."""
        self._make(lambda project: verb(NoteCommands(project, self.author)))

    def undo(self) -> None:
        self._decide(lambda commands: commands.undo())

    def redo(self) -> None:
        self._decide(lambda commands: commands.redo())

    def approve_clean(self, shot_ids: Collection[ShotId] | None = None) -> None:
        """Approve every take that waits and is clean, in some shots or in all; one undo takes it all back."""

        def work(project: Project) -> None:
            done = Commands(project, self.author).approve_clean(shot_ids)
            self.changed.emit(
                Change(sentence=clean_approval_words(done), undo_label=act_words(done.approved, _view(project)))
            )

        self.run(work)

    def set_price(self, price_per_call: str, currency: str) -> None:
        """Say what a generator call costs; a setting, no decision."""

        def work(project: Project) -> None:
            project.set_price(price_per_call, currency)
            film = project.film
            sentence = tr(
                "A generator call costs {price} {currency} now.", price=film.price_per_call, currency=film.currency
            )
            self.changed.emit(Change(sentence=sentence))

        self.run(work)

    def edit_shots(self, edit: ShotEdit) -> None:
        """Move or trim shots."""
        self._make(lambda project: edit.make(ShotCommands(project, self.author)))

    def ask_cost_of_shots(self, edit: ShotEdit) -> None:
        """Work out what an edit of shots would turn stale; answers with `shot_cost_known`, None for no such edit."""

        def work(project: Project) -> None:
            cost = None
            try:
                cost = edit.cost(ShotCommands(project, self.author))
            except WrongUse:
                return
            finally:
                # Whoever asked waits for an answer before asking the next question.
                self.shot_cost_known.emit(edit, cost)

        self.run(work)

    def ask_cost(self, wish: GraphWish) -> None:
        """Work out what an edit of the scene graph would turn stale; changes nothing, answers with `cost_known`."""

        def work(project: Project) -> None:
            commands = GraphCommands(project, self.author)
            plan = wish.plan(commands)
            self.cost_known.emit(CostOfEdit(wish=wish, plan=plan, cost=commands.cost(plan)))

        self.run(lambda project: self._or_refuse(wish, work, project))

    def make_edit(self, edit: CostOfEdit) -> None:
        """Make an edit of the scene graph as it was costed; refused where the graph has changed meanwhile."""

        def work(project: Project) -> None:
            decision = GraphCommands(project, self.author).make(edit.plan)
            view = _view(project)
            self.changed.emit(
                Change(
                    sentence=done_words(decision, view),
                    undo_label=decision_words(decision, view),
                    decision=decision,
                    edit=edit,
                )
            )

        self.run(lambda project: self._or_refuse(edit.wish, work, project))

    def _or_refuse(self, wish: GraphWish, work: Callable[[Project], None], project: Project) -> None:
        try:
            work(project)
        except WrongUse as error:
            self.edit_refused.emit(wish, tr(error.sentence), tr(error.action))

    def stop(self) -> None:
        """Finish what was decided, then end the thread and close its connection."""
        self._background.submit(self._close)
        self._background.stop()

    def _decide(self, verb: Callable[[Commands], Decision]) -> None:
        self._make(lambda project: verb(Commands(project, self.author)))

    def _make(self, decide: Callable[[Project], Decision]) -> None:
        self.run(lambda project: self._decide_in(project, decide))

    def _decide_in(self, project: Project, decide: Callable[[Project], Decision]) -> None:
        decision = decide(project)
        view = _view(project)
        if decision.verb is Verb.UNDO:
            sentence, undo_label = taken_back_words(decision, project.ledger.everything(), view), ""
        else:
            sentence, undo_label = done_words(decision, view), decision_words(decision, view)
        self.changed.emit(Change(sentence=sentence, undo_label=undo_label, decision=decision))

    def run(self, work: Callable[[Project], None]) -> None:
        """Do something to the film off the GUI thread; what goes wrong is told with `failed`."""

        def guarded() -> None:
            try:
                if self._project is None:
                    self._project = Project.open(self._folder)
                work(self._project)
            except KnownError as error:
                self.failed.emit(tr(error.sentence), tr(error.action))
            except Exception:
                _logger.exception("an operation failed")
                self.failed.emit(
                    tr("That did not work: this is a bug in Matchcut."), tr("Nothing was changed; see the log.")
                )

        self._background.submit(guarded)

    def _close(self) -> None:
        if self._project is not None:
            self._project.close()
            self._project = None


def _view(project: Project) -> GraphView | None:
    return project.graphs.view() if project.graphs.latest_revision else None
