"""What the timeline says about a shot, and where it has nothing to show."""

from collections.abc import Sequence

from desktop.snapshot import FilmSnapshot, ShotCard
from desktop.timeline.rows import LANES
from desktop.wording import counted


def shot_tooltip(card: ShotCard) -> str:
    """All of a shot in a few lines."""
    lines = [f"{card.shot.label} · {card.shot.size} · {counted(card.shot.duration_frames, 'frame')}"]
    lines.append(f"{card.scene.number} {card.scene.heading}")
    if card.shot.action:
        lines.append(card.shot.action)
    if card.planned:
        lines += [f"{seam}: {light}" for seam, light in zip(LANES, card.lanes, strict=True)]
    else:
        lines.append("left out of this production")
    if card.num_flags:
        lines.append(counted(card.num_flags, "drift"))
    return "\n".join(lines)


def why_empty(film: FilmSnapshot | None, shown: Sequence[int] | None) -> str:
    """Why there is nothing on the timeline."""
    if film is None:
        return ""
    if shown is not None and film.shots:
        return "No shot matches. Esc clears the filter."
    return "No shots planned." if film.revision else "Shots appear here when the screenplay has been read."
