"""Which shots are selected on the timeline: one place that the views and the verbs for many shots share."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from storage.domain.scene_graph import ShotId


class ShotSelection(QObject):
    """The selected shots, in film order. Empty where only the shot on screen is meant.

    Signals:
        selection_changed: other shots are selected; carries `shot_ids`.
    """

    selection_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: Mapping[ShotId, int] = {}
        self._chosen: frozenset[ShotId] = frozenset()
        self._shot_ids: tuple[ShotId, ...] = ()
        self._anchor: ShotId | None = None

    @property
    def shot_ids(self) -> tuple[ShotId, ...]:
        """The selected shots, in film order."""
        return self._shot_ids

    @property
    def anchor(self) -> ShotId | None:
        """Where a stretch of shots that is selected with Shift begins."""
        return self._anchor

    def __contains__(self, shot_id: ShotId | None) -> bool:
        return shot_id in self._chosen

    def show_order(self, index_of: Mapping[ShotId, int]) -> None:
        """Take the film's shots, each with its place; those that are gone are no longer selected."""
        self._order = index_of
        self._choose(self._chosen)

    def select(self, shot_ids: Iterable[ShotId]) -> None:
        """Select these and no others; the first of them is the anchor."""
        chosen = list(shot_ids)
        self._anchor = chosen[0] if chosen else None
        self._choose(chosen)

    def toggle(self, shot_id: ShotId) -> None:
        """Add a shot, or take it out."""
        self._anchor = shot_id
        self._choose(self._chosen ^ {shot_id})

    def extend_to(self, shot_id: ShotId, among: Iterable[ShotId]) -> None:
        """Select from the anchor to a shot.

        Args:
            among: the shots that are shown, in film order; what a filter hides is left out.
        """
        shown = list(among)
        anchor = self._anchor if self._anchor in self._order else shot_id
        self._anchor = anchor
        assert anchor is not None
        first, last = sorted((self._order.get(anchor, 0), self._order.get(shot_id, 0)))
        self._choose(item for item in shown if first <= self._order.get(item, -1) <= last)

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = None
        self._choose(())

    def _choose(self, shot_ids: Iterable[ShotId]) -> None:
        chosen = frozenset(shot_id for shot_id in shot_ids if shot_id in self._order)
        before = self._shot_ids
        self._chosen = chosen
        self._shot_ids = tuple(sorted(chosen, key=self._order.__getitem__))
        if self._shot_ids != before:
            self.selection_changed.emit(self._shot_ids)
