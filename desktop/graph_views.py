"""Puts the drawing, the revisions and the new draft of the open film's scene graph beside its page."""

from PySide6.QtCore import QObject

from desktop.graph.page import GraphPage
from desktop.stage import Stage
from desktop.views.parts import StatusStrip
from desktop.views.script_desk import ScriptDesk


class GraphViews(QObject):
    """The views of the scene graph that stand under tabs.

    Args:
        stage: what is chosen.
        pages: where the views stand.
        strip: where to say what was done.
    """

    def __init__(self, stage: Stage, pages: ScriptDesk, strip: StatusStrip, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = GraphPage(stage)
        pages.add_page("graph", "Graph", self.page)
        self.page.told.connect(strip.show_done)
