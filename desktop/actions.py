"""Everything that a key does, in one table: what the window, its tooltips and a list of shortcuts are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAction:
    """One thing that a key does."""

    name: str
    words: str
    keys: tuple[str, ...]
    repeats: bool = False


DESK_ACTIONS = (
    KeyAction(name="next_for_me", words="Next that needs me", keys=("N",)),
    KeyAction(name="approve", words="Approve the take on screen, or the scene graph", keys=("A",)),
    KeyAction(name="request_changes", words="Request changes, with a note", keys=("R",)),
    KeyAction(name="false_alarm", words="This drift is a false alarm", keys=("F",)),
    KeyAction(name="missed_drift", words="The critic missed this", keys=("M",)),
    KeyAction(name="lock", words="Lock the take, or unlock it", keys=("Ctrl+L",)),
    KeyAction(name="undo", words="Undo the last decision", keys=("Ctrl+Z",)),
    KeyAction(name="play", words="Play or pause", keys=("Space",)),
    KeyAction(name="play_back", words="Play backward; again: faster", keys=("J",)),
    KeyAction(name="pause", words="Pause", keys=("K",)),
    KeyAction(name="play_on", words="Play forward; again: faster", keys=("L",)),
    KeyAction(name="step_back", words="One frame back", keys=("Left",), repeats=True),
    KeyAction(name="step_ahead", words="One frame ahead", keys=("Right",), repeats=True),
    KeyAction(name="finding_before", words="Finding before", keys=("Up",), repeats=True),
    KeyAction(name="finding_after", words="Finding after", keys=("Down",), repeats=True),
    KeyAction(name="take_before", words="Take before", keys=("[",)),
    KeyAction(name="take_after", words="Take after", keys=("]",)),
    KeyAction(name="shot_before", words="Shot before", keys=("PgUp", ","), repeats=True),
    KeyAction(name="shot_after", words="Shot after", keys=("PgDown", "."), repeats=True),
    KeyAction(name="script_seam", words="Scene graph and screenplay", keys=("1",)),
    KeyAction(name="keyframe_seam", words="Keyframe", keys=("2",)),
    KeyAction(name="clip_seam", words="Clip", keys=("3",)),
    KeyAction(name="cut_seam", words="Cut", keys=("4",)),
    KeyAction(name="regions", words="Regions of drift, on or off", keys=("D",)),
    KeyAction(name="edit_constraint", words="Edit the chosen constraint", keys=("F2",)),
    KeyAction(name="settle", words="Settle what is proposed here", keys=("S",)),
    KeyAction(name="settle_all", words="Settle everything that is proposed", keys=("Shift+S",)),
    KeyAction(name="zoom_in", words="Timeline: closer", keys=("+", "="), repeats=True),
    KeyAction(name="zoom_out", words="Timeline: wider", keys=("-",), repeats=True),
    KeyAction(name="whole_film", words="Timeline: the whole film", keys=("0",)),
)


def add_actions(
    widget: QWidget, table: tuple[KeyAction, ...], slots: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """Give a widget the actions of a table.

    Raises:
        KeyError: an action of the table has no slot.
    """
    made: dict[str, QAction] = {}
    for entry in table:
        action = QAction(entry.words, widget)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.setAutoRepeat(entry.repeats)
        action.triggered.connect(slots[entry.name])
        widget.addAction(action)
        made[entry.name] = action
    return made
