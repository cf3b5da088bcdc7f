"""What each key of the timeline does, by the name of its action."""

from collections.abc import Callable

from desktop.timeline.panel import TimelinePanel

_ZOOM_STEP = 1.25
# The verbs in the menu of a shot; an empty name draws a line.
MENU = (
    "next_for_me", "approve", "approve_clean", "request_changes", "lock", "", "move_earlier", "move_later",
    "trim_shorter", "trim_longer", "undo", "", "select_shown", "find_shots", "match_after", "",
    "zoom_in", "zoom_out", "whole_film",
)  # fmt: skip


def timeline_slots(panel: TimelinePanel) -> dict[str, Callable[[], object]]:
    """Slots for the actions that find, select, move, trim and zoom."""
    timeline = panel.timeline
    return {
        "find_shots": panel.find_shots,
        **{f"filter_{number}": chip.toggle for number, chip in enumerate(panel.bar.chips.values(), start=1)},
        "hide_others": panel.bar.hide_others.toggle,
        "match_after": lambda: panel.step_match(1),
        "match_before": lambda: panel.step_match(-1),
        "select_shown": timeline.select_shown,
        "select_before": lambda: panel.extend_selection(-1),
        "select_after": lambda: panel.extend_selection(1),
        "toggle_selected": panel.toggle_selected,
        "move_earlier": lambda: timeline.key_edits.move(-1),
        "move_later": lambda: timeline.key_edits.move(1),
        "trim_shorter": lambda: timeline.key_edits.trim(-1),
        "trim_longer": lambda: timeline.key_edits.trim(1),
        "zoom_in": lambda: timeline.zoom(_ZOOM_STEP),
        "zoom_out": lambda: timeline.zoom(1 / _ZOOM_STEP),
        "whole_film": timeline.show_whole_film,
    }
