"""What is done with the revisions of a scene graph: listed, compared, restored, off the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.decision_words import decision_words, done_words
from desktop.graph.revisions import RestoreCost, all_revisions, side_by_side
from desktop.operations import Change, Operations
from storage.graph_commands import GraphCommands
from storage.project import Project


class GraphOperations(QObject):
    """Asks and does; answers come by signals.

    Signals:
        revisions_read: with a tuple of `Revision`, newest first.
        compared: with a `Comparison`.
        cost_known: with a `RestoreCost`.

    Args:
        operations: whose thread and connection are used; tells what was done, and what went wrong.
    """

    revisions_read = Signal(object)
    compared = Signal(object)
    cost_known = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations

    def read_revisions(self) -> None:
        """List the revisions; none where there is no scene graph yet."""

        def work(project: Project) -> None:
            has_any = project.graphs.latest_revision
            self.revisions_read.emit(all_revisions(GraphCommands(project)) if has_any else ())

        self._operations.run(work)

    def compare(self, before: int, after: int) -> None:
        """Compare two revisions."""
        self._with_commands(lambda commands: self.compared.emit(side_by_side(commands, before, after)))

    def ask_cost_of_restore(self, revision: int) -> None:
        """Work out what bringing a revision back would turn stale; changes nothing."""

        def work(commands: GraphCommands) -> None:
            edit = commands.restore(revision)
            on = commands.project.graphs.latest_revision
            self.cost_known.emit(RestoreCost(revision=revision, on=on, cost=commands.cost(edit)))

        self._with_commands(work)

    def restore(self, revision: int) -> None:
        """Bring a revision back, as a new one; Ctrl+Z takes it back."""

        def work(commands: GraphCommands) -> None:
            decision = commands.make(commands.restore(revision))
            view = commands.view
            words = done_words(decision, view)
            change = Change(sentence=words, undo_label=decision_words(decision, view), decision=decision)
            self._operations.changed.emit(change)

        self._with_commands(work)

    def _with_commands(self, work: Callable[[GraphCommands], None]) -> None:
        self._operations.run(lambda project: work(GraphCommands(project, self._operations.author)))
