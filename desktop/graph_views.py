"""Puts the drawing, the revisions and the new draft of the open film's scene graph under the tabs of its page."""

from PySide6.QtCore import QObject

from desktop.graph.page import GraphPage
from desktop.graph_operations import GraphOperations
from desktop.operations import Operations
from desktop.stage import Stage
from desktop.views.parts import StatusStrip
from desktop.views.revisions_page import RevisionsPage
from desktop.views.script_desk import ScriptDesk


class GraphViews(QObject):
    """The views of the scene graph that stand under tabs.

    Args:
        stage: what is chosen.
        pages: where the views stand.
        operations: what changes the film.
        strip: where to say what was done.
    """

    def __init__(
        self,
        stage: Stage,
        pages: ScriptDesk,
        operations: Operations,
        strip: StatusStrip,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = GraphPage(stage)
        self.page.told.connect(strip.show_done)
        self.revisions = RevisionsPage(stage)
        self.operations = GraphOperations(operations, self)
        pages.add_page("graph", "Graph", self.page)
        pages.add_page("revisions", "Revisions", self.revisions)
        asks, answers = self.revisions, self.operations
        asks.wanted.connect(answers.read_revisions)
        asks.compare_wanted.connect(answers.compare)
        asks.cost_wanted.connect(answers.ask_cost_of_restore)
        asks.restore_wanted.connect(answers.restore)
        answers.revisions_read.connect(asks.show_revisions)
        answers.compared.connect(asks.show_comparison)
        answers.cost_known.connect(asks.show_cost)
