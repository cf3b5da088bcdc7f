"""Looks on the desk: kept, imported and withdrawn, once it was said what that turns stale."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Slot
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog

from desktop.actions import KeyAction
from desktop.look_wishes import LookWish, wish_to_import, wish_to_keep, wish_to_withdraw
from desktop.operations import Operations
from desktop.pinned_looks import name_of_entity, whose_look
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.looks_overlay import LooksOverlay
from desktop.views.parts import StatusStrip
from desktop.wording import cost_words
from storage.domain.findings import Region
from storage.domain.looks import Look
from storage.domain.takes import Take
from storage.edit_cost import EditCost

LOOK_ACTIONS = (
    KeyAction(name="promote_look", words="Keep the approved take on screen as a look", keys=("P",)),
    KeyAction(name="import_look", words="Take a picture file as a look", keys=("Ctrl+P",)),
    KeyAction(name="enlarge_look", words="Enlarge a look; again: the next", keys=("Alt+P",)),
)
_PICTURES = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff"


class LooksDesk(QObject):
    """Lets looks be changed, and asks first where that turns something stale.

    Args:
        stage: what is on screen and chosen.
        operations: what changes looks.
        looks: where they are shown, and asked about.
        strip: where problems are told.
    """

    def __init__(
        self,
        stage: Stage,
        operations: Operations,
        looks: LooksOverlay,
        strip: StatusStrip,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._operations = operations
        self._looks = looks
        self._asked: tuple[LookWish, EditCost] | None = None
        looks.look_wanted.connect(self._keep)
        looks.look_refused.connect(strip.show_problem)
        looks.import_wanted.connect(self.ask_for_picture)
        looks.withdraw_wanted.connect(self._withdraw)
        looks.ask.confirmed.connect(self._confirm)
        looks.ask.cancelled.connect(self._let_be)
        operations.look_cost_known.connect(self._tell_cost)
        stage.here_changed.connect(self._let_be)

    def slots(self) -> dict[str, Callable[[], object]]:
        """What each of `LOOK_ACTIONS` does."""
        return {
            "promote_look": self._looks.promote,
            "import_look": self.ask_for_picture,
            "enlarge_look": self._looks.enlarge_next,
        }

    @Slot(str)
    def ask_for_picture(self, entity_id: str = "") -> None:
        """Ask for a picture file of somebody: who is named, else chosen in the scene graph, else in the shot."""
        name = self._name(entity_id)
        if not name:
            entity_id = self._stage.item_id
            name = self._name(entity_id)
        if not name:
            entity_id = whose_look(self._stage) or ""
            name = self._name(entity_id)
        if not name:
            self._looks.look_refused.emit(
                tr("Nobody is chosen."), tr("Choose a character or setting, or go to a shot.")
            )
            return
        dialog = QFileDialog(self._looks.window, tr("A picture of {name}", name=name))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{tr('Pictures')} ({_PICTURES})")
        dialog.setModal(False)
        dialog.fileSelected.connect(lambda path: self.import_picture(Path(path), entity_id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def import_picture(self, path: Path, entity_id: str) -> None:
        """Take a picture file as a look of a character or setting."""
        self._operations.change_looks(wish_to_import(path, entity_id, self._name(entity_id)))

    @Slot(object, str, QImage, object, int)
    def _keep(self, take: Take, entity_id: str, crop: QImage, region: Region, frame_index: int) -> None:
        name = self._name(entity_id)
        self._operations.change_looks(wish_to_keep(take, entity_id, name, _png(crop), region, frame_index))

    @Slot(object)
    def _withdraw(self, look: Look) -> None:
        self._operations.change_looks(wish_to_withdraw(look, self._name(look.entity_id)))

    @Slot(object, object)
    def _tell_cost(self, wish: LookWish, cost: EditCost) -> None:
        self._asked = (wish, cost)
        self._looks.ask_about(wish.words, cost_words(cost), wish.verb)

    @Slot()
    def _confirm(self) -> None:
        asked, self._asked = self._asked, None
        self._looks.leave_question()
        if asked is not None:
            self._operations.change_looks(*asked)

    @Slot()
    def _let_be(self) -> None:
        if self._asked is not None:
            self._asked = None
            self._looks.leave_question()

    def _name(self, entity_id: str) -> str:
        return name_of_entity(self._stage.film, entity_id) if self._stage.film else ""


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(picture)
    return bytes(buffer.data().data())
