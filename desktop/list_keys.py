"""The keys that views keep for themselves while they have the focus: what each view goes by, and what is listed."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.translating import marked


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """Keys that do one thing in one view.

    Attributes:
        words: what they do.
        keys: as tables of actions write them ("Shift+Up").
    """

    words: str
    keys: tuple[str, ...]


def _own(words: str, *keys: str) -> OwnKey:
    """Its words are marked for translators where they stand."""
    return OwnKey(words=words, keys=keys)


_ENTER = ("Return", "Enter")
_MOVE = (
    _own(marked("Row before, row after"), "Up", "Down"),
    _own(marked("A page up, a page down"), "PgUp", "PgDown"),
    _own(marked("First row, last row"), "Home", "End"),
)
OUTLINE = (
    *_MOVE,
    _own(marked("Fold, or go to what it stands under"), "Left"),
    _own(marked("Unfold, or go to what stands under it"), "Right"),
    _own(marked("Go to a shot, edit a constraint, fold or unfold the rest"), *_ENTER),
)
SCREENPLAY = (
    _own(marked("Line before, line after that something rests on"), "Up", "Down"),
    _own(marked("The next claim on the line"), *_ENTER),
    _own(marked("A page up, a page down"), "PgUp", "PgDown"),
    _own(marked("Beginning, end"), "Home", "End"),
)
DRAWING = (
    _own(marked("Before, after in its column"), "Up", "Down"),
    _own(marked("Along an edge to the left, to the right"), "Left", "Right"),
    _own(marked("The end before, the next end of the same edges"), "Shift+Up", "Shift+Down"),
    _own(marked("Eight up, eight down"), "PgUp", "PgDown"),
    _own(marked("First, last of its column"), "Home", "End"),
    _own(marked("Fold or unfold"), "Space"),
    _own(marked("Go to a shot, fold or unfold the rest"), *_ENTER),
    _own(marked("Unfold everything"), "*", "Shift+*"),
    _own(marked("Closer"), "+", "Shift++", "="),
    _own(marked("Wider"), "-"),
    _own(marked("Fit all of it"), "0"),
    _own(marked("Find"), "/", "Shift+/", "Ctrl+F"),
    _own(marked("Next match, match before"), "F3", "Shift+F3"),
)
OPEN_ENDS = (
    *_MOVE,
    _own(marked("Go to it: edit it"), *_ENTER),
    _own(marked("The edit that is offered first"), "Space"),
)
REVISIONS = (*_MOVE, _own(marked("Choose what is different, in the table"), *_ENTER))
NEW_DRAFT = (*_MOVE, _own(marked("Open it"), *_ENTER))
NOTES = (*_MOVE, _own(marked("Go to what it is on"), *_ENTER))
TAKES = (
    _own(marked("Take before, take after"), "Left", "Right"),
    _own(marked("Row before, row after"), "Up", "Down"),
    _own(marked("First, last take"), "Home", "End"),
    _own(marked("Put it on screen"), *_ENTER),
    _own(marked("Compare it with the take on screen"), "Shift+Return", "Shift+Enter"),
    _own(marked("Leave the takes"), "Esc"),
)
QUEUE = (
    *_MOVE,
    _own(marked("Choose several"), "Shift+Up", "Shift+Down", "Shift+PgUp", "Shift+PgDown", "Shift+Home", "Shift+End"),
    _own(marked("Cancel it"), "Del"),
    _own(marked("Cancel all of its kind"), "Shift+Del"),
    _own(marked("Try it again"), "T"),
    _own(marked("Try all again"), "Shift+T"),
    _own(marked("Go to its shot"), *_ENTER),
    _own(marked("Sooner, later"), "Alt+Up", "Alt+Down"),
    _own(marked("Before all others"), "Alt+Home"),
    _own(marked("Undo"), "Ctrl+Z"),
    _own(marked("Leave the queue"), "Esc"),
)

LIST_KEYS: Mapping[str, tuple[OwnKey, ...]] = {
    marked("Outline"): OUTLINE,
    marked("Screenplay"): SCREENPLAY,
    marked("Graph"): DRAWING,
    marked("Open ends"): OPEN_ENDS,
    marked("Revisions"): REVISIONS,
    marked("New draft"): NEW_DRAFT,
    marked("Notes"): NOTES,
    marked("All takes"): TAKES,
    marked("Queue"): QUEUE,
}
"""By the view, as it is called on screen."""
