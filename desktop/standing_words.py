"""What a director should know of the take on screen beside its findings, in words and numbers."""

from desktop.snapshot import FilmSnapshot, Spot
from desktop.translating import marked, tr
from storage.author import name_of
from storage.domain.decisions import Verb
from storage.domain.scene_graph import ShotId
from storage.domain.standing import State
from storage.domain.takes import Take

_MOST_COUNTED = 400
_APPROVED = marked("Approved on revision {revision} by {author}")
_LOCKED = marked("Locked on revision {revision} by {author}")


def num_clean(film: FilmSnapshot, shot_ids: frozenset[ShotId] | None) -> int | None:
    """How many keyframes and clips wait and are clean, in some shots or in all (None).

    Returns:
        None where so many wait that counting them at every step would be felt.
    """
    if len(film.waiting) > _MOST_COUNTED:
        return None
    number = 0
    for spot in film.waiting:
        if spot.shot_id is not None and (shot_ids is None or spot.shot_id in shot_ids):
            card = film.seam_card(spot)
            number += bool(card and card.standing.state is State.DECIDE and card.standing.clean)
    return number


def approval_words(film: FilmSnapshot, spot: Spot, take: Take | None, reasons: tuple[str, ...]) -> str:
    """On which revision the take on screen was approved, and whether the scene graph has moved on since.

    Args:
        reasons: why it no longer matches the scene graph, in sentences; empty where it does or is not known yet.
    """
    card = film.seam_card(spot)
    if card is None or take is None or card.standing.circled != take:
        return ""
    decisions = film.effective.get((spot.seam, spot.shot_id), ())
    approvals = [d for d in decisions if d.take_id == take.id and d.verb in (Verb.APPROVE, Verb.LOCK)]
    if not approvals:
        return ""
    last = approvals[-1]
    locked = card.standing.locked
    places = {"revision": last.graph_revision, "author": name_of(last.author)}
    if last.graph_revision == film.revision and locked:
        return tr("Locked on revision {revision} by {author}, kept whatever changes.", **places)
    words = tr(_LOCKED if locked else _APPROVED, **places)
    if last.graph_revision == film.revision:
        return f"{words}."
    if reasons:
        return tr(
            "{what}; the scene graph is at {now}: {reasons}", what=words, now=film.revision, reasons=" ".join(reasons)
        )
    if card.standing.stale or not card.standing.inputs:
        return tr("{what}; the scene graph is at {now}.", what=words, now=film.revision)
    return tr(
        "{what}; the scene graph is at {now}: nothing that this take was made from has changed.",
        what=words,
        now=film.revision,
    )
