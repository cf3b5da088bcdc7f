"""The screenplay laid out as on a page: each line of the file as rows of a fixed width, by what it is."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.screenplay_text import ScriptLine

PAGE_COLUMNS = 62


class Style(StrEnum):
    """What a line of a screenplay is. An aside is in the file and not in the film: title page, section, synopsis."""

    HEADING = "heading"
    ACTION = "action"
    CUE = "cue"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    TRANSITION = "transition"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRow:
    """A row of the page. Attributes: line: of the file, from 1; 0 for a row that only makes room."""

    text: str
    line: int
    style: Style = Style.ACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A laid-out screenplay. Attributes: row_of: the first row of each line of the file."""

    rows: tuple[ScriptRow, ...]
    row_of: Mapping[int, int]


_INDENTS = {Style.CUE: 22, Style.PARENTHETICAL: 16, Style.DIALOGUE: 11}
_WIDTHS = {Style.CUE: 38, Style.PARENTHETICAL: 28, Style.DIALOGUE: 38}
_ROOM_BEFORE = (Style.HEADING, Style.ACTION, Style.CUE, Style.TRANSITION, Style.ASIDE)
_OF_FINAL_DRAFT = {
    "Scene Heading": Style.HEADING,
    "Scene Heading (Top of Page)": Style.HEADING,
    "Shot": Style.HEADING,
    "Character": Style.CUE,
    "Dialogue": Style.DIALOGUE,
    "Lyrics": Style.DIALOGUE,
    "Singing": Style.DIALOGUE,
    "Parenthetical": Style.PARENTHETICAL,
    "Transition": Style.TRANSITION,
}
_HEADING = re.compile(r"^\s*(?:[A-Z]?\d+[A-Z]{0,3}[.)]?\s+)?(?:INT|EXT|EST|I/E)[./ ]", re.IGNORECASE)
_TITLE_KEY = re.compile(r"^[A-Za-z ]{3,20}:")


def lay_out(lines: Sequence[ScriptLine]) -> Script:
    """Lay a screenplay out."""
    styles = _styles(lines)
    rows: list[ScriptRow] = []
    row_of: dict[int, int] = {}
    for number, (line, style) in enumerate(zip(lines, styles, strict=True), start=1):
        if line.style and rows and rows[-1].text and style in _ROOM_BEFORE:
            rows.append(ScriptRow(text="", line=0))
        row_of[number] = len(rows)
        rows.extend(ScriptRow(text=text, line=number, style=style) for text in _wrapped(line.text, style))
    return Script(rows=tuple(rows), row_of=row_of)


def _wrapped(text: str, style: Style) -> list[str]:
    words = text.strip()
    if style is Style.TRANSITION:
        return [words.removeprefix(">").strip().rjust(PAGE_COLUMNS)]
    width = _WIDTHS.get(style, PAGE_COLUMNS)
    indent = " " * _INDENTS.get(style, 0)
    if len(words) <= width:
        return [indent + words if words else ""]
    return [indent + row for row in textwrap.wrap(words, width)] or [""]


def _styles(lines: Sequence[ScriptLine]) -> list[Style]:
    if any(line.style for line in lines):
        return [_OF_FINAL_DRAFT.get(line.style, Style.ACTION) for line in lines]
    return list(_fountain_styles([line.text.strip() for line in lines]))


def _fountain_styles(lines: Sequence[str]) -> Iterator[Style]:
    """What the lines of a Fountain file look like; how they are read is the script agent's to say."""
    in_title = bool(lines) and _TITLE_KEY.match(next((line for line in lines if line), "")) is not None
    speaks = False
    for index, line in enumerate(lines):
        if not line:
            in_title = speaks = False
            yield Style.ACTION
        elif in_title or line.startswith(("#", "=")):
            yield Style.ASIDE
        elif speaks:
            yield Style.PARENTHETICAL if line.startswith("(") else Style.DIALOGUE
        elif _HEADING.match(line) or (line.startswith(".") and not line.startswith("..")):
            yield Style.HEADING
        elif line.startswith(">") or (line.isupper() and line.endswith("TO:")):
            yield Style.ACTION if line.endswith("<") else Style.TRANSITION
        elif _is_cue(lines, index):
            speaks = True
            yield Style.CUE
        else:
            yield Style.ACTION


def _is_cue(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    alone = index > 0 and lines[index - 1] != ""
    followed = index + 1 < len(lines) and lines[index + 1] != ""
    name = re.sub(r"\(.*?\)", "", line).strip(" ^")
    return not alone and followed and (line.startswith("@") or (name.isupper() and len(name) > 1))
