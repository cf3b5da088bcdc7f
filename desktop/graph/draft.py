"""What a new draft of the screenplay would make of the film, as the command line tells it, and how that is said."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from pydantic import BaseModel, ConfigDict

from desktop import theme
from desktop.snapshot import FilmSnapshot, ShotCard
from desktop.translating import marked_plural, plural, tr
from desktop.wording import joined
from storage.domain.draft_merge import Fate, SceneRow
from storage.domain.scene_graph import SceneId
from storage.edit_cost import EditCost

SIGNS = {Fate.KEPT: "=", Fate.CHANGED: "~", Fate.NEW: "+", Fate.CUT: "−"}
_COUNTED = {
    Fate.KEPT: marked_plural("{n} kept", "{n} kept"),
    Fate.CHANGED: marked_plural("{n} changed", "{n} changed"),
    Fate.NEW: marked_plural("{n} new", "{n} new"),
    Fate.CUT: marked_plural("{n} cut", "{n} cut"),
}
_KEYFRAMES = marked_plural("{kept} of {n} approved keyframe", "{kept} of {n} approved keyframes")
_CLIPS = marked_plural("{kept} of {n} approved clip", "{kept} of {n} approved clips")


class DraftAnswer(BaseModel):
    """What `matchcut graph draft --json` answers.

    Attributes:
        done: what was done; None where it was only worked out.
        scenes: of both drafts, side by side.
        contradictions: where the director and the new draft both changed the same.
        cost: of taking it in.
    """

    model_config = ConfigDict(frozen=True)

    done: str | None
    scenes: tuple[SceneRow, ...]
    contradictions: tuple[str, ...]
    cost: EditCost


def scenes_words(scenes: Sequence[SceneRow]) -> str:
    """How many scenes are what: "187 kept, 2 changed, 1 new, 1 cut"."""
    counts = Counter(row.fate for row in scenes)
    told = (plural(*_COUNTED[fate], counts[fate]) for fate in Fate if counts[fate])
    return ", ".join(told) or tr("no scenes")


def survival_words(film: FilmSnapshot, cost: EditCost) -> str:
    """How many approvals stay: "3 of 5 approved keyframes and 2 of 4 approved clips stay approved."."""
    parts: list[str] = []
    gone = set(cost.gone)
    for words, stale, approved in (
        (_KEYFRAMES, cost.keyframes, [card for card in film.shots if card.keyframe.standing.circled]),
        (_CLIPS, cost.clips, [card for card in film.shots if card.clip.standing.circled]),
    ):
        if approved:
            kept = sum(card.shot.id not in gone and card.shot.id not in set(stale) for card in approved)
            parts.append(plural(*words, len(approved), kept=f"{kept:,}"))
    return tr("{what} stay approved.", what=joined(parts)) if parts else tr("Nothing is approved yet.")


def scene_survival_words(film: FilmSnapshot, cost: EditCost, scene_id: SceneId) -> str:
    """How many approvals of one scene stay; empty where it has none."""
    span = next((span for span in film.scenes if span.scene.id == scene_id), None)
    cards = film.shots[span.first : span.stop] if span else ()
    approved = list(_approvals(cards))
    lost = {*cost.gone}
    kept = sum(
        card.shot.id not in lost and card.shot.id not in (cost.clips if is_clip else cost.keyframes)
        for card, is_clip in approved
    )
    if not approved:
        return ""
    return plural("keeps {kept} of {n} approval", "keeps {kept} of {n} approvals", len(approved), kept=kept)


def texts_side_by_side(row: SceneRow) -> str:
    """The old and the new text of a scene as rich text: line by line beside each other, what differs marked."""
    if row.fate is Fate.NEW:
        head = (tr("not in the last draft"), escape(row.heading))
    elif row.fate is Fate.CUT:
        head = (escape(row.heading_before), tr("cut"))
    else:
        head = (escape(row.heading_before), escape(row.heading))
    rows = [_row(f"<b>{head[0]}</b>", f"<b>{head[1]}</b>", ("", ""), theme.TEXT.name())]
    before, after = [line for line in row.lines_before if line.strip()], [line for line in row.lines if line.strip()]
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_row(escape(line), escape(line), ("", ""), theme.SOFT.name()) for line in before[i:j]]
            continue
        for offset in range(max(j - i, n - m)):
            old = before[i + offset] if i + offset < j else ""
            new = after[m + offset] if m + offset < n else ""
            told = _words_that_differ(old, new) if old and new else (escape(old), escape(new))
            rows.append(_row(*told, ("−" if old else "", "+" if new else ""), theme.TEXT.name()))
    return f'<table width="100%" cellspacing="0" cellpadding="5">{"".join(rows)}</table>'


def plain_rows(row: SceneRow) -> Collection[str]:
    """What differs in a scene in plain text, for a screen reader: "− old line", "+ new line"."""
    matcher = SequenceMatcher(None, row.lines_before, row.lines, autojunk=False)
    told: list[str] = []
    for tag, i, j, m, n in matcher.get_opcodes():
        if tag != "equal":
            told += [f"− {line}" for line in row.lines_before[i:j] if line.strip()]
            told += [f"+ {line}" for line in row.lines[m:n] if line.strip()]
    return told


def _approvals(cards: Sequence[ShotCard]) -> Iterator[tuple[ShotCard, bool]]:
    for card in cards:
        if card.keyframe.standing.circled:
            yield card, False
        if card.clip.standing.circled:
            yield card, True


def _row(left: str, right: str, signs: tuple[str, str], colour: str) -> str:
    grounds = (_ground(theme.RED.name()), _ground(theme.GREEN.name()))
    cells: list[str] = []
    for text, sign, ground in zip((left, right), signs, grounds, strict=True):
        shade = f' bgcolor="{ground}"' if sign else ""
        mark = f'<span style="color:{theme.FAINT.name()}">{sign}&nbsp;</span>' if sign else ""
        cells.append(f'<td width="50%" valign="top"{shade}><span style="color:{colour}">{mark}{text}</span></td>')
    return f"<tr>{''.join(cells)}</tr>"


def _ground(colour: str) -> str:
    """A colour so faint that text on it reads as on the stage itself."""
    channels = ((int(colour[k : k + 2], 16), int(theme.STAGE.name()[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(one * 0.2 + other * 0.8):02x}" for one, other in channels)


def _words_that_differ(old: str, new: str) -> tuple[str, str]:
    """Two lines in which the words that differ are strong and underlined."""
    before, after = old.split(), new.split()
    told: tuple[list[str], list[str]] = ([], [])
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for words, out in ((before[i:j], told[0]), (after[m:n], told[1])):
            text = escape(" ".join(words))
            if text:
                out.append(text if tag == "equal" else f"<b><u>{text}</u></b>")
    return " ".join(told[0]), " ".join(told[1])
