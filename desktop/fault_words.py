"""How the desk says what is marked as wrong in a scene graph."""

from collections import Counter
from collections.abc import Iterable

from desktop.translating import plural, tr
from storage.domain.open_ends import OpenEnd, Sort


def mark_word(end: OpenEnd) -> str:
    """One word for what is marked: "contradicts", "drift"."""
    return tr("contradicts") if end.sort is Sort.CONTRADICTION else tr("drift")


def fault_words(end: OpenEnd) -> str:
    """What is marked, as a sentence: "Drift: MARA: eyes is blue. Line 3 says “brown eyed”."."""
    if end.sort is Sort.CONTRADICTION:
        return tr("Contradiction: {sentence}", sentence=tr(end.sentence))
    return tr("Drift: {sentence}", sentence=tr(end.sentence))


def marked_words(ends: Iterable[OpenEnd]) -> str:
    """How much is marked: "2 contradictions · 1 drift"; empty for nothing."""
    numbers = Counter(end.sort for end in ends)
    contradictions, drifts = numbers[Sort.CONTRADICTION], numbers[Sort.DRIFT]
    told = [plural("{n} contradiction", "{n} contradictions", contradictions)] if contradictions else []
    told += [plural("{n} drift", "{n} drifts", drifts)] if drifts else []
    return " · ".join(told)
