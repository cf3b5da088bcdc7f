"""Puts the drawing, the revisions and the new draft of the open film's scene graph under the tabs of its page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.actions import KeyAction
from desktop.graph.draft import DraftAnswer, scenes_words
from desktop.graph.page import GraphPage
from desktop.graph_operations import GraphOperations
from desktop.new_draft import NewDraft
from desktop.new_film import SCREENPLAY_SUFFIXES
from desktop.operations import Change, Operations
from desktop.snapshot import Spot
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.draft_page import DraftPage
from desktop.views.parts import StatusStrip
from desktop.views.revisions_page import RevisionsPage
from desktop.views.script_desk import ScriptDesk
from storage.domain.takes import Seam

GRAPH_VIEW_ACTIONS = (
    KeyAction(name="graph_page", words="Scene graph: the drawing", keys=("Shift+G",)),
    KeyAction(name="revisions_page", words="Scene graph: revisions, to compare and restore", keys=("Shift+V",)),
    KeyAction(name="draft_page", words="New draft of the screenplay", keys=("Ctrl+Shift+N",)),
)


class GraphViews(QObject):
    """The views of the scene graph that stand under tabs.

    Signals:
        viewer_wanted: one of them is to be seen, whatever stands over it.
        film_wanted: a screenplay is to become a film of its own.

    Args:
        folder: of the film.
        stage: what is chosen.
        pages: where the views stand.
        operations: what changes the film.
        strip: where to say what was done.
    """

    viewer_wanted = Signal()
    film_wanted = Signal(Path)

    def __init__(
        self,
        folder: Path,
        stage: Stage,
        pages: ScriptDesk,
        operations: Operations,
        strip: StatusStrip,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pages = pages
        self._film_operations = operations
        self._came_from: Spot | None = None
        self.page = GraphPage(stage)
        self.page.told.connect(strip.show_done)
        self.revisions = RevisionsPage(stage)
        self.operations = GraphOperations(operations, self)
        self.draft = DraftPage(stage)
        self.new_draft = NewDraft(folder, lambda: operations.author, parent=self)
        for name, words, page in (
            ("graph", tr("Graph"), self.page),
            ("revisions", tr("Revisions"), self.revisions),
            ("draft", tr("New draft"), self.draft),
        ):
            pages.add_page(name, words, page)
        self._connect_revisions()
        self._connect_draft()

    def slots(self) -> dict[str, Callable[[], object]]:
        """What each of `GRAPH_VIEW_ACTIONS` does."""
        return {
            "graph_page": lambda: self.show_page("graph", self.page.board),
            "revisions_page": lambda: self.show_page("revisions", self.revisions.list),
            "draft_page": lambda: self.show_page("draft", self.draft.choose),
        }

    def show_page(self, name: str, focus=None) -> None:
        """Show one of the views, and give it the keys."""
        self.viewer_wanted.emit()
        if self._stage.spot.seam is not Seam.SCRIPT:
            self._stage.show_seam(Seam.SCRIPT)
        self._pages.show_page(name)
        if focus is not None:
            focus.setFocus()

    def ask_about(self, screenplay: Path) -> None:
        """Ask whether a screenplay is a new draft of the open film or a new film."""
        if self.new_draft.is_busy:
            return
        self._came_from = self._stage.spot
        self.show_page("draft")
        self.draft.ask(screenplay)

    def read_draft(self, screenplay: Path) -> None:
        """Read a new draft and show what it would make of the film."""
        self.show_page("draft")
        self.draft.show_reading(screenplay.name)
        self.new_draft.read_draft(screenplay)

    def stop(self) -> None:
        """End the reading of a draft."""
        self.new_draft.stop()

    def _connect_revisions(self) -> None:
        asks, answers = self.revisions, self.operations
        asks.wanted.connect(answers.read_revisions)
        asks.compare_wanted.connect(answers.compare)
        asks.cost_wanted.connect(self._film_operations.ask_cost)
        asks.restore_wanted.connect(self._film_operations.make_edit)
        self._film_operations.cost_known.connect(asks.show_cost)
        self._film_operations.edit_refused.connect(asks.show_refusal)
        answers.revisions_read.connect(asks.show_revisions)
        answers.compared.connect(asks.show_comparison)

    def _connect_draft(self) -> None:
        page, reading = self.draft, self.new_draft
        page.choose_wanted.connect(self._choose)
        page.read_wanted.connect(self.read_draft)
        page.film_wanted.connect(self._make_film)
        page.cancel_wanted.connect(reading.cancel)
        page.take_wanted.connect(self._take)
        page.left.connect(self._go_back)
        reading.read.connect(page.show_answer)
        reading.failed.connect(page.show_failure)
        reading.taken.connect(self._tell_taken)

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self.draft.window(), tr("A new draft of the screenplay"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(
            tr("Screenplays ({patterns})", patterns=" ".join(f"*{suffix}" for suffix in SCREENPLAY_SUFFIXES))
        )
        dialog.setModal(False)
        dialog.fileSelected.connect(lambda path: self.read_draft(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot(Path)
    def _make_film(self, screenplay: Path) -> None:
        self._go_back()
        self.film_wanted.emit(screenplay)

    @Slot()
    def _take(self) -> None:
        self.draft.show_taking()
        self.new_draft.take()

    @Slot(object)
    def _tell_taken(self, answer: DraftAnswer) -> None:
        self._came_from = None
        self.draft.show_nothing()
        name = self.new_draft.screenplay.name
        sentence = tr(
            "Took in {name}: {scenes}. Approve the scene graph again: A.", name=name, scenes=scenes_words(answer.scenes)
        )
        self._film_operations.changed.emit(Change(sentence=sentence, undo_label=answer.done or ""))

    @Slot()
    def _go_back(self) -> None:
        """To where the director was before a screenplay was dropped."""
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.seam is not Seam.SCRIPT:
            self._stage.show_spot(came_from)
