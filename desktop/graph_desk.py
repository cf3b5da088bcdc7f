"""Shaping the scene graph: outline, screenplay and open ends on one side, operations on the other."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from desktop.claims import lines_behind
from desktop.operations import Change, Operations
from desktop.shaping.join_forms import merge_form
from desktop.shaping.remedy_forms import remedy_form
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.graph_tree import GraphTree
from desktop.views.open_ends_page import OpenEndsPage
from desktop.views.parts import StatusStrip
from desktop.views.viewer import Viewer
from storage.domain.findings import Remedy
from storage.domain.takes import Seam

SCREENPLAY, OPEN_ENDS = "page", "open ends"
# The verbs in the menu of a row of the outline; an empty name draws a line.
OUTLINE_MENU = (
    "edit_item", "add_item", "merge_items", "split_item", "delete_item", "", "settle", "settle_all", "", "open_ends",
    "find_item", "undo",
)  # fmt: skip


class GraphDesk(QObject):
    """Lets edits of the scene graph be costed and made, and keeps its views on the same item.

    Signals:
        viewer_wanted: a page of the viewer is to be seen.

    Args:
        stage: what is chosen.
        operations: what costs and makes edits.
        tree: the outline.
        viewer: whose script desk gets the pages.
        strip: where problems are told.
    """

    viewer_wanted = Signal()

    def __init__(
        self,
        stage: Stage,
        operations: Operations,
        tree: GraphTree,
        viewer: Viewer,
        strip: StatusStrip,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._tree = tree
        self._viewer = viewer
        self._strip = strip
        self.open_ends = OpenEndsPage(stage)
        viewer.script_desk.add_page(OPEN_ENDS, tr("Open ends"), self.open_ends)
        panel = tree.panel
        panel.cost_wanted.connect(operations.ask_cost)
        panel.confirmed.connect(operations.make_edit)
        panel.refused.connect(strip.show_problem)
        operations.cost_known.connect(panel.show_cost)
        operations.edit_refused.connect(panel.show_refusal)
        operations.failed.connect(panel.show_failure)
        operations.changed.connect(self._show_change)
        tree.settle_wanted.connect(operations.settle)
        tree.open_ends_wanted.connect(self.show_open_ends)
        self.open_ends.settle_wanted.connect(operations.settle)
        self.open_ends.keep_wanted.connect(self._keep_one)
        self.open_ends.remedy_wanted.connect(self._remedy)
        self.open_ends.line_wanted.connect(self.show_line)
        self.open_ends.item_opened.connect(self._open_item)

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the keys that shape the scene graph do."""
        tree = self._tree
        return {
            "edit_item": tree.edit_current,
            "add_item": tree.add_here,
            "merge_items": tree.merge_current,
            "split_item": tree.split_current,
            "delete_item": tree.delete_current,
            "find_item": tree.search.take_keys,
            "settle": tree.settle_current,
            "settle_all": tree.settle_everything,
            "open_ends": self.show_open_ends,
            "item_line": self.show_line,
            "line_before": lambda: self.step_line(-1),
            "line_after": lambda: self.step_line(1),
        }

    def show_film(self, film: FilmSnapshot) -> None:
        """Say on its tab how much is open."""
        number = len(film.open_ends())
        self._viewer.script_desk.name_page(
            OPEN_ENDS, tr("Open ends  {n}", n=f"{number:,}") if number else tr("Open ends")
        )

    @Slot()
    def show_open_ends(self) -> None:
        """Show what is open, and give it the keys."""
        self._show_page(OPEN_ENDS)
        self.open_ends.take_keys()

    @Slot()
    def show_line(self) -> None:
        """Show the line of the screenplay that what is chosen rests on, or that says otherwise."""
        view = self._stage.film.view if self._stage.film else None
        line = self.open_ends.chosen_line if self.open_ends.isVisible() else 0
        if view is not None and not line:
            line = next(iter(lines_behind(view, self._stage.item_id)), 0)
        if line:
            self._show_page(SCREENPLAY)
            self._viewer.script_page.show_line(line)
        else:
            self._strip.show_problem("No line of the screenplay speaks of it.", "Choose something that has one.")

    def step_line(self, by: int) -> None:
        """Show the screenplay's next line that something rests on, or the one before."""
        self._show_page(SCREENPLAY)
        self._viewer.script_page.step(by)

    def _show_page(self, name: str) -> None:
        self.viewer_wanted.emit()
        if self._stage.spot.seam is not Seam.SCRIPT:
            self._stage.show_seam(Seam.SCRIPT)
        self._viewer.script_desk.show_page(name)

    @Slot(object)
    def _show_change(self, change: Change) -> None:
        if change.edit is not None:
            self._tree.choose_after(change.edit.plan.made or change.edit.wish.chosen_after)
            self._tree.panel.show_made()

    @Slot(str, str)
    def _keep_one(self, kept: str, gone: str) -> None:
        self._tree.ask(lambda film: merge_form(film, gone, kept))

    @Slot(object)
    def _remedy(self, remedy: Remedy) -> None:
        self._tree.ask(lambda film: remedy_form(film, remedy))

    @Slot(str)
    def _open_item(self, item_id: str) -> None:
        self._stage.choose_item(item_id)
        self._tree.edit_current()
