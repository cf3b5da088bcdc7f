"""What the canvas says where there is no picture: why, and what to do about it."""

from desktop.snapshot import FilmSnapshot, Spot
from desktop.standing_light import Light
from storage.domain.standing import State
from storage.domain.takes import Seam


def why_empty(film: FilmSnapshot | None, spot: Spot, *, playing: bool = False) -> tuple[str, str]:
    """A sentence and a hint for a place that has no take on screen.

    Args:
        playing: the film runs through this place; it says only where one is.
    """
    if film is None:
        return "Opening the film…", ""
    if film.view is None:
        return "Reading the screenplay…", "The scene graph comes up here when it is drafted."
    card = film.seam_card(spot)
    state = card.standing.state if card else State.BLOCKED
    shot = film.card(spot.shot_id)
    if playing and shot is not None:
        return shot.shot.label, "Nothing is made of this shot yet."
    if shot is not None and not shot.planned:
        return "Left out of this production.", "Choose scenes and shots with: matchcut produce."
    if state is State.BLOCKED and film.script is not Light.APPROVED:
        return "Nothing is drawn until the scene graph is approved.", "Press 1 to see it, A there to approve."
    if state is State.BLOCKED and spot.seam is Seam.KEYFRAME:
        return "Reading where this shot stands…", ""
    if state is State.BLOCKED:
        waits = "every clip is approved" if spot.seam is Seam.CUT else "the keyframe is approved"
        return f"The {spot.seam} is made when {waits}.", ""
    if state is State.SET_ASIDE:
        message = card.standing.job.message if card and card.standing.job else ""
        return message or "This was cancelled.", "Retry it in the queue."
    if state is State.IN_WORK:
        return "No take yet: drawing…", f"The {spot.seam} comes up here by itself."
    return "No take yet.", f"The {spot.seam} waits for the worker."
