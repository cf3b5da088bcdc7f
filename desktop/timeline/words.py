"""What the timeline says about a shot, and where it has nothing to show."""

from collections.abc import Sequence

from desktop.snapshot import FilmSnapshot, ShotCard
from desktop.timeline.rows import LANES
from desktop.translating import plural, tr


def shot_tooltip(card: ShotCard) -> str:
    """All of a shot in a few lines."""
    frames = plural("{n} frame", "{n} frames", card.shot.duration_frames)
    lines = [f"{card.shot.label} · {tr(card.shot.size)} · {frames}"]
    lines.append(f"{card.scene.number} {card.scene.heading}")
    if card.shot.action:
        lines.append(card.shot.action)
    if card.planned:
        lines += [f"{tr(seam)}: {tr(light)}" for seam, light in zip(LANES, card.lanes, strict=True)]
    else:
        lines.append(tr("left out of this production"))
    if card.num_flags:
        lines.append(plural("{n} drift", "{n} drifts", card.num_flags))
    return "\n".join(lines)


def why_empty(film: FilmSnapshot | None, shown: Sequence[int] | None) -> str:
    """Why there is nothing on the timeline."""
    if film is None:
        return ""
    if shown is not None and film.shots:
        return tr("No shot matches. Esc clears the filter.")
    return tr("No shots planned.") if film.revision else tr("Shots appear here when the screenplay has been read.")
