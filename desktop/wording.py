"""How the desk says numbers, times and decisions."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QLocale

from desktop.translating import marked, name_told, plural, tr
from storage.commands import EditCost
from storage.domain.findings import Finding, FrameRange
from storage.domain.graph_words import claim_words, name_in
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import Constraint, Evidence, Origin, SceneGraph
from storage.domain.takes import Seam
from storage.domain.vocabulary import ABSENT, PRESENT

_LINES_A_PAGE = 55
_WORK = {
    Seam.SCRIPT: marked("{label} script"),
    Seam.KEYFRAME: marked("{label} keyframe"),
    Seam.CLIP: marked("{label} clip"),
    Seam.CUT: marked("{label} cut"),
}
_TAKES = {
    Seam.SCRIPT: marked("{label} script, take {number}"),
    Seam.KEYFRAME: marked("{label} keyframe, take {number}"),
    Seam.CLIP: marked("{label} clip, take {number}"),
    Seam.CUT: marked("{label} cut, take {number}"),
}


def work_words(seam: Seam, label: str | None) -> str:
    """What is made somewhere: "2C keyframe", "the cut".

    Args:
        label: of the shot; None where there is none.
    """
    if label:
        return tr(_WORK[seam], label=label)
    return tr("the cut") if seam is Seam.CUT else tr(seam)


def place_of_take(seam: Seam, label: str | None, number: int) -> str:
    """A take by its place: "2B clip, take 2", "The cut, take 1"; label: of the shot, None where it is gone."""
    if seam is Seam.CUT:
        return tr("The cut, take {number}", number=number)
    return tr(_TAKES[seam], label=label or tr("A shot that is gone,"), number=number)


def length(seconds: float) -> str:
    """A length as a person says it: "40 s", "2 min 40 s", "1 h 12 min"."""
    whole = round(seconds)
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return (
            tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
            if rest
            else tr("{minutes} min", minutes=minutes)
        )
    return tr("{hours} h {minutes} min", hours=whole // 3600, minutes=whole // 60 % 60)


def ago(moment: str, now: datetime | None = None) -> str:
    """How long ago something was, from its time in ISO 8601."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    seconds = ((now or datetime.now(UTC)) - then).total_seconds()
    if seconds < 2:
        return tr("just now")
    if seconds < 120:
        return tr("{seconds} s ago", seconds=f"{seconds:.0f}")
    if seconds < 7200:
        return tr("{minutes} min ago", minutes=f"{seconds // 60:.0f}")
    if seconds < 48 * 3600:
        return tr("{hours} h ago", hours=f"{seconds // 3600:.0f}")
    return tr("{day} {month} {year}", day=f"{then.day:02}", month=_month(then, short=True), year=then.year)


def date_words(then: datetime) -> str:
    """A day: "3 November 2026"."""
    return tr("{day} {month} {year}", day=then.day, month=_month(then), year=then.year)


def _month(then: datetime, *, short: bool = False) -> str:
    width = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneMonthName(then.month, width)


def pass_rate_words(rate: PassRate) -> tuple[str, str]:
    """The number, and what it rests on: ("93 %", "14 of 15 · 70–99")."""
    share, interval = rate.share, rate.interval
    if share is None or interval is None:
        return "—", tr("nothing in the cut yet")
    low, high = interval
    of = tr("{passed} of {counted}", passed=rate.passed, counted=rate.counted)
    return f"{share * 100:.0f} %", f"{of} · {low * 100:.0f}–{high * 100:.0f}"


def cost_words(cost: EditCost) -> str:
    """What an edit turns stale: "4 keyframes and 3 clips turn stale, about 2 min to make again"."""
    keyframes, clips, new, gone = len(cost.keyframes), len(cost.clips), len(cost.new), len(cost.gone)
    parts = [plural("{n} keyframe", "{n} keyframes", keyframes)] if keyframes else []
    parts += [plural("{n} clip", "{n} clips", clips)] if clips else []
    parts += [tr("the cut")] if cost.cut else []
    told = _capital(joined(parts))
    stale = plural("{things} turns stale", "{things} turn stale", keyframes + clips + cost.cut, things=told)
    sentences = [stale if parts else tr("Nothing that was made turns stale")]
    if new:
        sentences.append(plural("{n} shot is new", "{n} shots are new", new))
    if cost.seconds and new:
        sentences[-1] = tr("{sentence}, about {length} to make", sentence=sentences[-1], length=length(cost.seconds))
    elif cost.seconds:
        sentences[-1] = tr(
            "{sentence}, about {length} to make again", sentence=sentences[-1], length=length(cost.seconds)
        )
    if gone:
        sentences.append(plural("{n} shot goes, takes are kept", "{n} shots go, takes are kept", gone))
    return f"{'. '.join(sentences)}."


def stars_words(stars: int) -> str:
    """A rating, 0 to 5: "★★★☆☆"; "no stars" for 0."""
    return "★" * stars + "☆" * (5 - stars) if stars else tr("no stars")


def page_words(first_line: int, last_line: int = 0) -> str:
    """Where words stand in the screenplay file, which has about 55 lines a page: "p 2 · lines 61–63"; empty for 0."""
    if not first_line:
        return ""
    page = tr("p {page}", page=(first_line - 1) // _LINES_A_PAGE + 1)
    return f"{page} · {lines_words(first_line, last_line)}"


def lines_words(first_line: int, last_line: int = 0) -> str:
    """Lines of the screenplay: "line 14", "lines 14–16"."""
    if last_line > first_line:
        return tr("lines {first}–{last}", first=first_line, last=last_line)
    return tr("line {line}", line=first_line)


def evidence_words(evidence: Evidence) -> str:
    """Where a claim comes from: "line 14", "lines 14–16", "proposed"."""
    return lines_words(evidence.first_line, evidence.last_line) if evidence.first_line else tr(evidence.origin)


def short_source(evidence: Evidence) -> str:
    """Where a claim comes from, where there is little room: "l.14", "you"; empty where the script proposes it."""
    if evidence.first_line:
        return tr("l.{line}", line=evidence.first_line)
    return tr("you") if evidence.origin is Origin.DIRECTOR else ""


def frames_words(frames: FrameRange) -> str:
    """Some frames as a person counts them, from 1: "frame 9", "frames 9 to 14"."""
    last = frames.stop
    if last - frames.start == 1:
        return tr("frame {frame}", frame=last)
    return tr("frames {first} to {last}", first=frames.start + 1, last=last)


def finding_label(finding: Finding) -> str:
    """What a finding is about: "MARA: eyes"."""
    who, colon, what = finding.label.rpartition(": ")
    return f"{who}{colon}{tr(what)}"


def finding_name(finding: Finding) -> str:
    """What a finding is about, without whose it is: "eyes" of "MARA: eyes"."""
    return tr(finding.label.rpartition(": ")[2] or finding.label)


def value_words(constraint: Constraint) -> str:
    """A value as a person says it: "blue", "yes" for something that is there, "none" for what is not."""
    if constraint.value == PRESENT:
        return tr("yes")
    return tr("none") if constraint.value == ABSENT else tr(constraint.value)


def attribute_words(constraint: Constraint) -> str:
    """What of something a constraint speaks of: "eyes", "coat"."""
    return tr(constraint.part or constraint.attribute)


def item_name(graph: SceneGraph, item_id: str) -> str:
    """An item of the scene graph as a director says it: "MARA", "sc 14", "2C"."""
    return name_told(name_in(graph, item_id))


def claim_name(graph: SceneGraph, constraint: Constraint) -> str:
    """What a constraint speaks of, and where: "MARA: coat in sc 14"."""
    return tr(claim_words(graph, constraint))


def joined(words: Sequence[str]) -> str:
    """Some words as a list with its last "and": "4 keyframes, 3 clips and the cut"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{some} and {last}", some=", ".join(words[:-1]), last=words[-1])


def listed(words: Sequence[str], most: int) -> str:
    """Some words with commas; what is more than `most` as a number."""
    shown = ", ".join(words[:most])
    return tr("{some} and {n} more", some=shown, n=len(words) - most) if len(words) > most else shown


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
