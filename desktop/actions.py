"""Everything that a key does, in one table: what the window, its tooltips and a list of shortcuts are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.translating import marked, tr


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAction:
    """One thing that a key does."""

    name: str
    words: str
    keys: tuple[str, ...]
    repeats: bool = False

    @property
    def told(self) -> str:
        """What it does, in the user's language."""
        return tr(self.words)


WINDOW_ACTIONS = (
    KeyAction(name="palette", words="Find and do anything: the command palette", keys=("Ctrl+K", "Ctrl+Shift+P")),
    KeyAction(name="open_film", words="Open a film", keys=("Ctrl+O",)),
    KeyAction(name="open_screenplay", words="Open a screenplay", keys=("Ctrl+Shift+O",)),
    KeyAction(name="demo_film", words="Make the demo film and open it", keys=()),
    KeyAction(name="close_film", words="Close the film; recent films", keys=("Ctrl+W",)),
    KeyAction(name="shortcuts", words="Keys: what each does, and other keys for it", keys=("?", "Shift+?", "Shift+/")),
    KeyAction(name="checkpoints", words="Checkpoints: what can draw this film", keys=("Ctrl+Shift+C",)),
    KeyAction(name="settings", words="Settings", keys=("Ctrl+,",)),
    KeyAction(name="guide", words="Guide", keys=("F1",)),
    KeyAction(name="next_theme", words="The next theme: dark, neutral grey, light", keys=("Ctrl+Shift+L",)),
    KeyAction(name="quit", words="Close the desk", keys=("Ctrl+Q",)),
)

DESK_ACTIONS = (
    KeyAction(name="next_for_me", words="Next that needs me", keys=("N",)),
    KeyAction(name="approve", words="Approve the take on screen, or the scene graph", keys=("A",)),
    KeyAction(name="approve_clean", words="Approve all clean takes in the selection", keys=("Shift+A",)),
    KeyAction(name="request_changes", words="Request changes, with a note", keys=("R",)),
    KeyAction(name="false_alarm", words="This drift is a false alarm", keys=("F",)),
    KeyAction(name="missed_drift", words="The critic missed this", keys=("M",)),
    KeyAction(name="question", words="The blind question takes the keys: 1 to 9 answer it", keys=("E",)),
    KeyAction(name="lock", words="Lock the take, or unlock it", keys=("Ctrl+L",)),
    *(
        KeyAction(
            name=f"stars_{number}",
            words=words,
            keys=(f"Ctrl+{number}", f"Shift+{number}"),
        )
        for number, words in enumerate(
            (
                marked("No stars"),
                marked("Give the take 1 star"),
                marked("Give the take 2 stars"),
                marked("Give the take 3 stars"),
                marked("Give the take 4 stars"),
                marked("Give the take 5 stars"),
            )
        )
    ),
    KeyAction(name="sort_takes", words="Sort the takes by the next thing", keys=("Shift+T",)),
    KeyAction(name="unseen", words="What cannot be seen here, open or folded", keys=("U",)),
    KeyAction(name="figures", words="Figures of the film", keys=("G",)),
    KeyAction(name="undo", words="Undo the last decision", keys=("Ctrl+Z",)),
    KeyAction(name="redo", words="Bring back what was undone", keys=("Ctrl+Shift+Z", "Ctrl+Y")),
    KeyAction(name="play", words="Play or pause", keys=("Space",)),
    KeyAction(name="play_back", words="Play backward; again: faster", keys=("J",)),
    KeyAction(name="pause", words="Pause", keys=("K",)),
    KeyAction(name="play_on", words="Play forward; again: faster", keys=("L",)),
    KeyAction(name="step_back", words="One frame back", keys=("Left",), repeats=True),
    KeyAction(name="step_ahead", words="One frame ahead", keys=("Right",), repeats=True),
    KeyAction(name="first_frame", words="First frame, or the in point", keys=("Home",)),
    KeyAction(name="last_frame", words="Last frame, or the out point", keys=("End",)),
    KeyAction(name="mark_in", words="In point here", keys=("I",)),
    KeyAction(name="mark_out", words="Out point here", keys=("O",)),
    KeyAction(name="clear_marks", words="Clear in and out", keys=("Alt+X",)),
    KeyAction(name="loop", words="Loop the take, or in to out; else run across shots", keys=("Shift+L",)),
    KeyAction(name="slower", words="Play slower", keys=("<", "Shift+<", "Shift+,")),
    KeyAction(name="faster", words="Play faster", keys=(">", "Shift+>", "Shift+.")),
    KeyAction(name="safe_areas", words="Safe areas, on or off", keys=("V",)),
    KeyAction(name="fit", words="Fit the picture", keys=("Shift+F",)),
    KeyAction(name="pixels", words="Picture 1:1", keys=("Z",)),
    KeyAction(name="picture_closer", words="Picture: closer", keys=("Ctrl++", "Ctrl+="), repeats=True),
    KeyAction(name="picture_wider", words="Picture: wider", keys=("Ctrl+-",), repeats=True),
    KeyAction(name="pan_left", words="Picture: look to the left", keys=("Ctrl+Left",), repeats=True),
    KeyAction(name="pan_right", words="Picture: look to the right", keys=("Ctrl+Right",), repeats=True),
    KeyAction(name="pan_up", words="Picture: look up", keys=("Ctrl+Up",), repeats=True),
    KeyAction(name="pan_down", words="Picture: look down", keys=("Ctrl+Down",), repeats=True),
    KeyAction(name="compare", words="Compare with another take, or no longer", keys=("C",)),
    KeyAction(name="flick", words="Compare: flick to the other take and back", keys=("B",)),
    KeyAction(name="wipe", words="Compare: wipe", keys=("W",)),
    KeyAction(name="side_by_side", words="Compare: side by side", keys=("H",)),
    KeyAction(name="difference", words="Compare: difference", keys=("X",)),
    KeyAction(name="onion_skin", words="Compare: onion skin", keys=("Y",)),
    KeyAction(name="compare_less", words="Compare: line, strength or gain down", keys=("Shift+Left",), repeats=True),
    KeyAction(name="compare_more", words="Compare: line, strength or gain up", keys=("Shift+Right",), repeats=True),
    KeyAction(name="partner_before", words="Compare with the take before", keys=("Ctrl+[",)),
    KeyAction(name="partner_after", words="Compare with the take after", keys=("Ctrl+]",)),
    KeyAction(name="contact_sheet", words="All takes of the shot", keys=("T",)),
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
    KeyAction(name="edit_item", words="Edit what is chosen in the scene graph", keys=("F2",)),
    KeyAction(name="add_item", words="Add to the scene graph", keys=("Ins",)),
    KeyAction(name="merge_items", words="Merge what is chosen with another", keys=("Ctrl+M",)),
    KeyAction(name="split_item", words="Split what is chosen", keys=("Ctrl+D",)),
    KeyAction(name="delete_item", words="Delete what is chosen from the scene graph", keys=("Del",)),
    KeyAction(name="find_item", words="Find in the scene graph", keys=("Ctrl+Shift+F",)),
    KeyAction(name="open_ends", words="What is open: contradictions, drift, gaps, proposals", keys=("Shift+O",)),
    KeyAction(name="item_line", words="Its line in the screenplay", keys=("Ctrl+J",)),
    KeyAction(name="line_after", words="Next line of the screenplay that is rested on", keys=("F4",), repeats=True),
    KeyAction(
        name="line_before", words="Line before of the screenplay that is rested on", keys=("Shift+F4",), repeats=True
    ),
    KeyAction(name="settle", words="Settle what is proposed here", keys=("S",)),
    KeyAction(name="settle_all", words="Settle everything that is proposed", keys=("Shift+S",)),
    KeyAction(name="find_shots", words="Find shots", keys=("Ctrl+F",)),
    *(
        KeyAction(name=f"filter_{number}", words=words, keys=(f"Alt+{number}",))
        for number, words in enumerate(
            (
                marked("Show only shots that need me, or all again"),
                marked("Show only shots that drift, or all again"),
                marked("Show only shots that are stale, or all again"),
                marked("Show only shots that are in work or queued, or all again"),
                marked("Show only shots that are approved, or all again"),
            ),
            start=1,
        )
    ),
    KeyAction(name="hide_others", words="Hide shots that do not match, or dim them", keys=("Alt+H",)),
    KeyAction(name="match_after", words="Next shot that matches, or drifts", keys=("F3",), repeats=True),
    KeyAction(name="match_before", words="Shot before that matches, or drifts", keys=("Shift+F3",), repeats=True),
    KeyAction(name="select_shown", words="Select every shot that matches", keys=("Ctrl+A",)),
    KeyAction(name="select_before", words="Select on to the shot before", keys=("Shift+PgUp",), repeats=True),
    KeyAction(name="select_after", words="Select on to the shot after", keys=("Shift+PgDown",), repeats=True),
    KeyAction(name="toggle_selected", words="The shot on screen into the selection, or out", keys=("Ctrl+Space",)),
    KeyAction(name="move_earlier", words="Move the shot earlier", keys=("Alt+Left",)),
    KeyAction(name="move_later", words="Move the shot later", keys=("Alt+Right",)),
    KeyAction(name="trim_shorter", words="A frame shorter", keys=("Alt+Shift+Left",), repeats=True),
    KeyAction(name="trim_longer", words="A frame longer", keys=("Alt+Shift+Right",), repeats=True),
    KeyAction(name="zoom_in", words="Timeline: closer", keys=("+", "="), repeats=True),
    KeyAction(name="zoom_out", words="Timeline: wider", keys=("-",), repeats=True),
    KeyAction(name="whole_film", words="Timeline: the whole film", keys=("0",)),
)


def add_actions(
    widget: QWidget, table: tuple[KeyAction, ...], slots: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """Give a widget the actions of a table. The window gives them this user's keys; see `Keymap.bind`.

    Raises:
        KeyError: an action of the table has no slot.
    """
    made: dict[str, QAction] = {}
    for entry in table:
        action = QAction(entry.told, widget)
        action.setData(entry)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.setAutoRepeat(entry.repeats)
        action.triggered.connect(slots[entry.name])
        widget.addAction(action)
        made[entry.name] = action
    return made


def actions_in(root: QWidget) -> list[tuple[KeyAction, QAction]]:
    """The actions of tables that a widget and everything in it have, each with its entry."""
    found = ((action.data(), action) for action in root.findChildren(QAction))
    return [(entry, action) for entry, action in found if isinstance(entry, KeyAction)]
