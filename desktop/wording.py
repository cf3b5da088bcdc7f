"""How the desk says numbers, times and decisions."""

from collections.abc import Sequence
from datetime import UTC, datetime

from storage.commands import EditCost
from storage.domain.findings import Finding, FrameRange
from storage.domain.pass_rate import PassRate
from storage.domain.takes import Seam

_LINES_A_PAGE = 55


def work_words(seam: Seam, label: str | None) -> str:
    """What is made somewhere: "2C keyframe", "the cut".

    Args:
        label: of the shot; None where there is none.
    """
    return f"{label} {seam}" if label else "the cut" if seam is Seam.CUT else str(seam)


def length(seconds: float) -> str:
    """A length as a person says it: "40 s", "2 min 40 s", "1 h 12 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    return f"{whole // 3600} h {whole // 60 % 60} min"


def ago(moment: str, now: datetime | None = None) -> str:
    """How long ago something was, from its time in ISO 8601."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    seconds = ((now or datetime.now(UTC)) - then).total_seconds()
    if seconds < 2:
        return "just now"
    if seconds < 120:
        return f"{seconds:.0f} s ago"
    if seconds < 7200:
        return f"{seconds // 60:.0f} min ago"
    if seconds < 48 * 3600:
        return f"{seconds // 3600:.0f} h ago"
    return f"{then:%d %b %Y}"


def pass_rate_words(rate: PassRate) -> tuple[str, str]:
    """The number, and what it rests on: ("93 %", "14 of 15 · 70–99")."""
    share, interval = rate.share, rate.interval
    if share is None or interval is None:
        return "—", "nothing in the cut yet"
    low, high = interval
    return f"{share * 100:.0f} %", f"{rate.passed} of {rate.counted} · {low * 100:.0f}–{high * 100:.0f}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 clip", "10,000 shots"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def cost_words(cost: EditCost) -> str:
    """What an edit turns stale: "4 keyframes and 3 clips turn stale, about 2 min to make again"."""
    parts = [counted(len(shots), noun) for shots, noun in ((cost.keyframes, "keyframe"), (cost.clips, "clip")) if shots]
    parts += ["the cut"] if cost.cut else []
    told = f"{listed(parts[:-1], 3)} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    verb = "turns" if len(cost.keyframes) + len(cost.clips) + cost.cut == 1 else "turn"
    sentences = [f"{told[0].upper()}{told[1:]} {verb} stale" if told else "Nothing that was made turns stale"]
    if cost.new:
        sentences.append(f"{counted(len(cost.new), 'shot')} {'is' if len(cost.new) == 1 else 'are'} new")
    if cost.seconds:
        sentences[-1] += f", about {length(cost.seconds)} to make{'' if cost.new else ' again'}"
    if cost.gone:
        sentences.append(f"{counted(len(cost.gone), 'shot')} {'goes' if len(cost.gone) == 1 else 'go'}, takes are kept")
    return f"{'. '.join(sentences)}."


def stars_words(stars: int) -> str:
    """A rating, 0 to 5: "★★★☆☆"; "no stars" for 0."""
    return "★" * stars + "☆" * (5 - stars) if stars else "no stars"


def page_words(first_line: int, last_line: int = 0) -> str:
    """Where words stand in the screenplay file, which has about 55 lines a page: "p 2 · lines 61–63"; empty for 0."""
    if not first_line:
        return ""
    lines = f"lines {first_line}–{last_line}" if last_line > first_line else f"line {first_line}"
    return f"p {(first_line - 1) // _LINES_A_PAGE + 1} · {lines}"


def frames_words(frames: FrameRange) -> str:
    """Some frames as a person counts them, from 1: "frame 9", "frames 9 to 14"."""
    last = frames.stop
    return f"frame {last}" if last - frames.start == 1 else f"frames {frames.start + 1} to {last}"


def finding_name(finding: Finding) -> str:
    """What a finding is about, without whose it is: "eyes" of "MARA: eyes"."""
    return finding.label.rpartition(": ")[2] or finding.label


def listed(words: Sequence[str], most: int) -> str:
    """Some words with commas; what is more than `most` as a number."""
    shown = ", ".join(words[:most])
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown
