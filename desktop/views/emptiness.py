"""What canvas and inspector say of a place that shows nothing, or nothing yet: why, and what to do about it."""

from desktop.snapshot import FilmSnapshot, Spot
from desktop.standing_light import Light
from desktop.translating import marked, tr
from storage.domain.mending import tried_before
from storage.domain.standing import State
from storage.domain.takes import Seam, Take

_COMES_UP = {
    Seam.KEYFRAME: marked("The keyframe comes up here by itself."),
    Seam.CLIP: marked("The clip comes up here by itself."),
    Seam.CUT: marked("The cut comes up here by itself."),
}
_WAITS = {
    Seam.KEYFRAME: marked("The keyframe waits for the worker."),
    Seam.CLIP: marked("The clip waits for the worker."),
    Seam.CUT: marked("The cut waits for the worker."),
}


def why_empty(film: FilmSnapshot | None, spot: Spot, *, playing: bool = False) -> tuple[str, str]:
    """A sentence and a hint for a place that has no take on screen.

    Args:
        playing: the film runs through this place; it says only where one is.
    """
    if film is None:
        return tr("Opening the film…"), ""
    if film.view is None:
        return tr("Reading the screenplay…"), tr("The scene graph comes up here when it is drafted.")
    card = film.seam_card(spot)
    state = card.standing.state if card else State.BLOCKED
    shot = film.card(spot.shot_id)
    if playing and shot is not None:
        return shot.shot.label, tr("Nothing is made of this shot yet.")
    if shot is not None and not shot.planned:
        return tr("Left out of this production."), tr("Choose scenes and shots with: matchcut produce.")
    if state is State.BLOCKED and film.script is not Light.APPROVED:
        return (
            tr("Nothing is drawn until the scene graph is approved."),
            tr("Press {script_seam} to see it, {approve} there to approve."),
        )
    if state is State.BLOCKED and spot.seam is Seam.KEYFRAME:
        return tr("Reading where this shot stands…"), ""
    if state is State.BLOCKED:
        if spot.seam is Seam.CUT:
            return tr("The cut is made when every clip is approved."), ""
        return tr("The clip is made when the keyframe is approved."), ""
    if state is State.SET_ASIDE:
        message = card.standing.job.message if card and card.standing.job else ""
        return tr(message) or tr("This was cancelled."), tr("Press {queue} for the queue, then T to try it again.")
    if state is State.IN_WORK:
        return tr("No take yet: drawing…"), tr(_COMES_UP[spot.seam])
    return tr("No take yet."), tr(_WAITS[spot.seam])


def standing_words(film: FilmSnapshot, spot: Spot, take: Take | None) -> str:
    """What the inspector says first of a place: why there are no findings, or that all is well; often nothing.

    Args:
        take: the one on screen.
    """
    card = film.seam_card(spot)
    if card is None:
        if film.script is Light.APPROVED:
            return tr("Approved.")
        if film.view is None:
            return ""
        if film.script_findings is None:
            return tr("The critic has not read this revision yet.")
        return "" if film.script_findings else tr("The critic found nothing wrong in the scene graph.")
    if card.light is Light.STALE:
        return tr("It is made again when the worker gets to it.")
    if take is None:
        return tr("Nothing to decide yet. The critic looks at a take as soon as it is made.")
    if take.id not in film.findings:
        return tr("The critic has not looked at this take yet.")
    standing = card.standing
    if standing.state is not State.DECIDE or take != standing.take:
        return ""
    tried = tried_before(card.takes, take)
    said = [
        tr("Everything that must hold does.") if standing.clean else tr("The best of what was made.") if tried else ""
    ]
    return " ".join(filter(None, (*said, tr("Tried: {what}.", what=tr(tried)) if tried else "")))
