"""What is asked about the revisions of a scene graph: they are listed and compared off the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.graph.revisions import all_revisions, side_by_side
from desktop.operations import Operations
from storage.graph_commands import GraphCommands
from storage.project import Project


class GraphOperations(QObject):
    """Asks; answers come by signals.

    Signals:
        revisions_read: with a tuple of `Revision`, newest first.
        compared: with a `Comparison`.

    Args:
        operations: whose thread and connection are used; tells what went wrong.
    """

    revisions_read = Signal(object)
    compared = Signal(object)

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

    def _with_commands(self, work: Callable[[GraphCommands], None]) -> None:
        self._operations.run(lambda project: work(GraphCommands(project, self._operations.author)))
