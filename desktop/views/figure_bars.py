"""What the charts of a film's figures show: bars, and what is told of each."""

from collections import Counter
from collections.abc import Sequence

from desktop import theme
from desktop.translating import plural, tr
from desktop.views.charts import Bar, Part
from desktop.wording import length
from storage.domain.pass_rate import PassRate
from storage.domain.promise import Group, percent
from storage.film_figures import SeamFigures

_MOST_COLUMNS = 9


def group_lines(group: Group) -> list[str]:
    """Each kind's counts, and the threshold that a group has in common: as many lines as there are kinds."""
    flagged = (
        tr("flagged from {threshold} on", threshold=percent(group.threshold))
        if group.threshold
        else tr("nothing promised yet")
    )
    return [
        tr(
            "{kind}: {missed} of {drifts} missed, {flagged}",
            kind=tr(kind),
            missed=missed,
            drifts=drifts,
            flagged=flagged,
        )
        for kind, (drifts, missed) in group.by_kind.items()
    ]


def share_words(rate: PassRate) -> str:
    """A rate with its interval: "14 of 15 · 95 % interval 70–99 %"."""
    if rate.interval is None:
        return tr("0 of 0")
    low, high = rate.interval
    return tr(
        "{passed} of {counted} · 95 % interval {low}–{high} %",
        passed=rate.passed,
        counted=rate.counted,
        low=f"{low * 100:.0f}",
        high=f"{high * 100:.0f}",
    )


def yield_bar(seam: SeamFigures) -> Bar:
    """How much of a seam was clean at the first try."""
    rate = seam.first_pass
    share = (rate.share or 0.0) * 100
    told = (
        tr(
            "{seam}: {share} % clean at first, {counts}",
            seam=tr(seam.seam),
            share=f"{share:.0f}",
            counts=share_words(rate),
        )
        if rate.counted
        else ""
    )
    return Bar(
        name=tr(seam.seam),
        parts=(Part(value=share, colour=theme.GREEN),),
        words=tr("{passed} of {counted}", passed=f"{rate.passed:,}", counted=f"{rate.counted:,}")
        if rate.counted
        else "—",
        told=told or tr("{seam}: no first take has been checked yet", seam=tr(seam.seam)),
        interval=(rate.interval[0] * 100, rate.interval[1] * 100) if rate.interval else None,
    )


def drift_bar(seam: SeamFigures) -> Bar:
    """How much drift was found at a seam, and by whom."""
    return Bar(
        name=tr(seam.seam),
        parts=(Part(value=seam.drift, colour=theme.RED), Part(value=seam.missed, colour=theme.AMBER, hatched=True)),
        words=f"{seam.drift + seam.missed:,}",
        told=tr(
            "{seam}: {drift} found by the critic, {missed} by you; {alarms} aside; {flagged} of {takes} flagged",
            seam=tr(seam.seam),
            drift=seam.drift,
            missed=seam.missed,
            alarms=plural("{n} false alarm", "{n} false alarms", seam.false_alarms),
            flagged=seam.flagged,
            takes=plural("{n} take", "{n} takes", seam.takes),
        ),
    )


def call_bars(calls: Sequence[int]) -> list[Bar]:
    """How many shots took how many calls."""
    counts = Counter(calls)
    if not counts:
        return []
    last = max(counts)
    top = min(last, min(counts) + _MOST_COLUMNS - 1)
    bars: list[Bar] = []
    for number in range(min(counts), top + 1):
        more = number == top and last > top
        shots = sum(value for key, value in counts.items() if key >= number) if more else counts[number]
        name = f"{number}+" if more else str(number)
        bars.append(
            Bar(
                name=name,
                parts=(Part(value=shots, colour=theme.BLUE),),
                words=f"{shots:,}" if shots else "",
                told=tr(
                    "{shots} took {calls}",
                    shots=plural("{n} shot", "{n} shots", shots),
                    calls=tr("{n}+ calls", n=number) if more else plural("{n} call", "{n} calls", number),
                ),
            )
        )
    return bars


def time_bar(seam: SeamFigures) -> Bar:
    """How long a seam was drawn."""
    told = tr(
        "{seam}: {length} for {takes}",
        seam=tr(seam.seam),
        length=length(seam.seconds),
        takes=plural("{n} take", "{n} takes", seam.takes),
    )
    if seam.takes:
        told = tr("{what}, {seconds} s each", what=told, seconds=f"{seam.seconds / seam.takes:.1f}")
    return Bar(
        name=tr(seam.seam),
        parts=(Part(value=seam.seconds, colour=theme.VIOLET),),
        words=length(seam.seconds) if seam.seconds else "",
        told=told,
    )
