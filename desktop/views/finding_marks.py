"""Which findings are drawn over a frame, and what their tags say."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from desktop import theme
from desktop.translating import tr
from desktop.views.marks import Mark
from desktop.wording import finding_name
from storage.domain.findings import Finding, Verdict

_MOST_TAGS = 2


def finding_marks(
    findings: Sequence[Finding],
    *,
    drifts: Collection[str],
    picked: Collection[str],
    frame_index: int,
    shows_drifts: bool,
) -> tuple[Mark, ...]:
    """The marks over one frame: its drifts, and whatever is chosen or under the mouse.

    Args:
        drifts: keys that count as drift, after what the director said.
        picked: keys that are chosen or hovered.
        frame_index: of the take, from 0; findings on other frames are left out.
    """
    marks: list[Mark] = []
    for finding in findings:
        frames = finding.frame_range
        if finding.region is None or (frames and not frames.start <= frame_index < frames.stop):
            continue
        is_shown = shows_drifts and (finding.key in drifts or finding.verdict is Verdict.DRIFT)
        if not is_shown and finding.key not in picked:
            continue
        marks.append(
            Mark(
                key=finding.key,
                region=finding.region,
                words=mark_words(finding, is_drift=finding.key in drifts),
                colour=theme.RED if finding.key in drifts else theme.SOFT,
                strong=finding.key in picked,
            )
        )
    if len(marks) > _MOST_TAGS and any(mark.strong for mark in marks):
        marks = [mark if mark.strong else replace(mark, words="") for mark in marks]
    return tuple(marks)


def mark_words(finding: Finding, *, is_drift: bool) -> str:
    """What a region's tag says: "eyes: blue, should be brown"."""
    name, expected, observed = finding_name(finding), tr(finding.expected), tr(finding.observed)
    if is_drift and finding.verdict is not Verdict.DRIFT:
        return tr("{name}: you say it is not {expected}", name=name, expected=expected)
    if is_drift and finding.observed and finding.expected:
        return tr("{name}: {observed}, should be {expected}", name=name, observed=observed, expected=expected)
    if is_drift and finding.message:
        return finding.message
    if is_drift:
        return tr("{name}: not {expected}", name=name, expected=expected) if expected else name
    return f"{name}: {observed or expected}"
