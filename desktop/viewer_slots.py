"""What each key of the viewer does, by the name of its action."""

from collections.abc import Callable

from desktop.comparing import Mode
from desktop.views.viewer import Viewer

_ZOOM_STEP = 1.25


def viewer_slots(viewer: Viewer) -> dict[str, Callable[[], object]]:
    """Slots for the actions that play, zoom and compare."""
    player, canvas, comparison = viewer.player, viewer.canvas, viewer.comparison
    slots: dict[str, Callable[[], object]] = {
        "play": player.toggle,
        "play_back": lambda: player.play(-1),
        "pause": player.pause,
        "play_on": lambda: player.play(1),
        "step_back": player.step_back,
        "step_ahead": player.step_ahead,
        "first_frame": player.go_to_first,
        "last_frame": player.go_to_last,
        "mark_in": player.mark_in,
        "mark_out": player.mark_out,
        "clear_marks": player.clear_marks,
        "loop": player.toggle_loop,
        "slower": player.slower,
        "faster": player.faster,
        "regions": viewer.regions.toggle,
        "safe_areas": viewer.bar.safe.toggle,
        "fit": canvas.fit,
        "pixels": lambda: canvas.zoom_to_pixels(),
        "picture_closer": lambda: canvas.zoom_by(_ZOOM_STEP),
        "picture_wider": lambda: canvas.zoom_by(1 / _ZOOM_STEP),
        "pan_left": lambda: viewer.pan(-1, 0),
        "pan_right": lambda: viewer.pan(1, 0),
        "pan_up": lambda: viewer.pan(0, -1),
        "pan_down": lambda: viewer.pan(0, 1),
        "compare": comparison.toggle,
        "partner_before": lambda: comparison.step_partner(-1),
        "partner_after": lambda: comparison.step_partner(1),
        "compare_less": lambda: comparison.step_amount(-1),
        "compare_more": lambda: comparison.step_amount(1),
        "contact_sheet": viewer.toggle_sheet,
    }
    for name, mode in (
        ("flick", Mode.FLICK),
        ("wipe", Mode.WIPE),
        ("side_by_side", Mode.SIDE),
        ("difference", Mode.DIFFERENCE),
        ("onion_skin", Mode.ONION),
    ):
        slots[name] = lambda *, mode=mode: comparison.show_mode(mode)
    return slots
