"""What canvas and inspector say of a place that shows nothing, or nothing yet: why, and what to do about it."""

from desktop.snapshot import FilmSnapshot, Spot
from desktop.standing_light import Light
from storage.domain.mending import tried_before
from storage.domain.standing import State
from storage.domain.takes import Seam, Take


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
        return (
            "Nothing is drawn until the scene graph is approved.",
            "Press {script_seam} to see it, {approve} there to approve.",
        )
    if state is State.BLOCKED and spot.seam is Seam.KEYFRAME:
        return "Reading where this shot stands…", ""
    if state is State.BLOCKED:
        waits = "every clip is approved" if spot.seam is Seam.CUT else "the keyframe is approved"
        return f"The {spot.seam} is made when {waits}.", ""
    if state is State.SET_ASIDE:
        message = card.standing.job.message if card and card.standing.job else ""
        return message or "This was cancelled.", "Press {queue} for the queue, then T to try it again."
    if state is State.IN_WORK:
        return "No take yet: drawing…", f"The {spot.seam} comes up here by itself."
    return "No take yet.", f"The {spot.seam} waits for the worker."


def standing_words(film: FilmSnapshot, spot: Spot, take: Take | None) -> str:
    """What the inspector says first of a place: why there are no findings, or that all is well; often nothing.

    Args:
        take: the one on screen.
    """
    card = film.seam_card(spot)
    if card is None:
        if film.script is Light.APPROVED:
            return "Approved."
        if film.view is None:
            return ""
        if film.script_findings is None:
            return "The critic has not read this revision yet."
        return "" if film.script_findings else "The critic found nothing wrong in the scene graph."
    if card.light is Light.STALE:
        return "It is made again when the worker gets to it."
    if take is None:
        return "Nothing to decide yet. The critic looks at a take as soon as it is made."
    if take.id not in film.findings:
        return "The critic has not looked at this take yet."
    standing = card.standing
    if standing.state is not State.DECIDE or take != standing.take:
        return ""
    tried = tried_before(card.takes, take)
    said = ["Everything that must hold does." if standing.clean else "The best of what was made." if tried else ""]
    return " ".join(filter(None, (*said, f"Tried: {tried}." if tried else "")))
