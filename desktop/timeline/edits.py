"""Moves and trims on their way: what is proposed, what it would cost, and whether it is being written."""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QObject, Signal, Slot

from desktop.snapshot import ShotCard
from desktop.translating import marked, plural, tr
from desktop.wording import cost_words
from storage.domain.decisions import Decision
from storage.domain.scene_graph import SceneId, ShotId
from storage.edit_cost import EditCost
from storage.frames import film_frames_filled
from storage.shot_commands import ShotCommands

_ASKING = marked("Working out what turns stale…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trim:
    """Another length for a shot, in frames of the film."""

    shot_id: ShotId
    duration_frames: int

    def make(self, commands: ShotCommands) -> Decision:
        return commands.trim(self.shot_id, self.duration_frames)

    def cost(self, commands: ShotCommands) -> EditCost:
        return commands.cost_of_trim(self.shot_id, self.duration_frames)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Another place for shots: before a shot of a scene, or at its end."""

    shot_ids: tuple[ShotId, ...]
    scene_id: SceneId
    before: ShotId | None

    def make(self, commands: ShotCommands) -> Decision:
        return commands.move(self.shot_ids, self.scene_id, self.before)

    def cost(self, commands: ShotCommands) -> EditCost:
        return commands.cost_of_move(self.shot_ids, self.scene_id, self.before)


ShotEdit = Trim | Move


class ShotEdits(QObject):
    """One edit at a time, from the first touch until the film has been read again.

    Signals:
        edit_wanted: carries a ShotEdit that is to be made now.
        cost_wanted: carries a ShotEdit; `take_cost` is to be called with what it costs.
        changed: something else is proposed, or its cost is known.
    """

    edit_wanted = Signal(object)
    cost_wanted = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.proposed: ShotEdit | None = None
        self.pending: ShotEdit | None = None
        self._costs: dict[ShotEdit, EditCost] = {}
        self._asked: ShotEdit | None = None
        self._is_answer_old = False

    def propose(self, edit: ShotEdit | None) -> None:
        """Hold an edit up before it is made; its cost is asked for."""
        if edit != self.proposed:
            self.proposed = edit
            self._ask()
            self.changed.emit()

    def make_proposed(self) -> None:
        """Make the edit that is held up."""
        if self.proposed is not None and self.pending is None:
            self.pending, self.proposed = self.proposed, None
            self.edit_wanted.emit(self.pending)
            self.changed.emit()

    def make(self, edit: ShotEdit) -> None:
        """Make an edit at once."""
        self.proposed = edit
        self.make_proposed()

    @Slot(object, object)
    def take_cost(self, edit: ShotEdit, cost: EditCost | None) -> None:
        """Take what an edit costs; None where it cannot be made."""
        is_old, self._asked, self._is_answer_old = self._is_answer_old, None, False
        if cost is None and edit == self.proposed:
            self.proposed = None
        elif cost is not None and not is_old:
            self._costs[edit] = cost
        self._ask()
        self.changed.emit()

    def settle(self) -> None:
        """The film was read again, or the edit failed: nothing is under way, and costs may differ."""
        showed = self.pending is not None or self.proposed is not None
        self.pending = None
        self._costs.clear()
        self._is_answer_old = self._asked is not None
        self._ask()
        if showed:
            self.changed.emit()

    @property
    def cost_words(self) -> str:
        """What the edit that is held up turns stale; while that is worked out, that it is."""
        cost = self._costs.get(self.proposed) if self.proposed is not None else None
        return cost_words(cost) if cost else tr(_ASKING)

    def _ask(self) -> None:
        # One question at a time: what the mouse only passed over is never asked.
        if self.proposed is not None and self._asked is None and self.proposed not in self._costs:
            self._asked = self.proposed
            self.cost_wanted.emit(self.proposed)


def trim_words(card: ShotCard, frames: int, film_rate: float, made_frames: int | None) -> str:
    """What a trim does: "1C  72 → 60 frames (−12)  2.50 s".

    Args:
        made_frames: the longest shot that its clip fills; None where there is no clip.
    """
    by = frames - card.shot.duration_frames
    sign = "+" if by > 0 else "−" if by < 0 else "±"
    length = plural(
        "{before} → {n} frames ({by})",
        "{before} → {n} frames ({by})",
        frames,
        before=card.shot.duration_frames,
        by=f"{sign}{abs(by)}",
    )
    words = [card.shot.label, length, tr("{seconds} s", seconds=f"{frames / film_rate:.2f}")]
    if made_frames is not None and frames > made_frames:
        words.append(tr("longer than its clip ({frames})", frames=made_frames))
    return "  ".join(words)


def move_words(labels: list[str], where: str) -> str:
    """What a move does: "1B before 1A", "3 shots to the end of sc 2"."""
    what = labels[0] if len(labels) == 1 else plural("{n} shot", "{n} shots", len(labels))
    return f"{what}  {where}"


def made_frames(card: ShotCard, film_rate: Fraction) -> int | None:
    """The longest shot, in frames of the film, that the clip shown for it fills; None where there is none."""
    take = card.clip.standing.circled or card.clip.first_shown
    return film_frames_filled(take.num_frames, take.frame_rate, film_rate) if take and take.frame_rate else None
