"""The scenes of two drafts as rows of a list: kept, changed, new, cut, and what stays approved."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter

from desktop import theme
from desktop.graph.draft import SIGNS
from desktop.translating import tr
from desktop.views.parts import elided
from desktop.views.two_lines import TwoLineDelegate
from storage.domain.draft_merge import Fate, SceneRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLOURS = {Fate.KEPT: "FAINT", Fate.CHANGED: "AMBER", Fate.NEW: "GREEN", Fate.CUT: "RED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """One scene, and what stays approved of it in words."""

    scene: SceneRow
    survives: str

    @property
    def words(self) -> str:
        was = self.scene.heading_before
        return tr("was {was}", was=was) if self.scene.heading and was and was != self.scene.heading else ""


class DraftModel(QAbstractListModel):
    """Scenes in the order of the new draft; what is cut where it was."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[DraftRow, ...] = ()
        self.rows: tuple[DraftRow, ...] = ()

    def show_rows(self, rows: Sequence[DraftRow], *, only_changes: bool) -> None:
        """Show other scenes."""
        self._all = tuple(rows)
        self.show_only_changes(only_changes)

    def show_only_changes(self, only_changes: bool) -> None:
        """Leave out the scenes that are kept, or do not."""
        self.beginResetModel()
        self.rows = tuple(row for row in self._all if not only_changes or row.scene.fate is not Fate.KEPT)
        self.endResetModel()

    @property
    def num_kept(self) -> int:
        return sum(row.scene.fate is Fate.KEPT for row in self._all)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        scene = row.scene
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{scene.number}  {scene.heading or scene.heading_before}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            name = tr(
                "Scene {number}, {heading}: {fate}",
                number=scene.number,
                heading=scene.heading or scene.heading_before,
                fate=tr(scene.fate),
            )
            return ". ".join(filter(None, (name, row.words, row.survives)))
        return row if role == Qt.ItemDataRole.UserRole else None


class DraftDelegate(TwoLineDelegate):
    """Paints a scene in two lines: its number and heading with what becomes of it, and what stays approved."""

    def paint_lines(self, painter: QPainter, room: QRect, index: _Index) -> None:
        row: DraftRow = index.data(Qt.ItemDataRole.UserRole)
        upper, lower = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        colour = getattr(theme, _COLOURS[row.scene.fate])
        painter.setFont(theme.font(theme.SMALL_PT, strong=True))
        painter.setPen(colour)
        fate = f"{SIGNS[row.scene.fate]} {tr(row.scene.fate)}"
        width = painter.fontMetrics().horizontalAdvance(fate)
        painter.drawText(room.adjusted(room.width() - width - 1, 0, 0, 0), upper, fate)
        painter.setFont(theme.font())
        painter.setPen(theme.SOFT if row.scene.fate in (Fate.KEPT, Fate.CUT) else theme.TEXT)
        left = room.adjusted(0, 0, -width - 12, 0)
        painter.drawText(left, upper, elided(painter, str(index.data()), left.width()))
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.FAINT)
        under = " · ".join(filter(None, (row.survives, row.words)))
        painter.drawText(room, lower, elided(painter, under, room.width()))
