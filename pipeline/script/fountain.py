"""Fountain text to elements: screenplay-tools classifies, and this module keeps it honest.

The parser is fed line by line, so that the line of each element is known. Lines that it
is known to read wrongly are marked with Fountain's own forcing characters beforehand.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screenplay_tools.fountain.parser import Parser
from screenplay_tools.screenplay import Element as ParsedElement
from screenplay_tools.screenplay import ElementType

from pipeline.script.calls import is_call
from pipeline.script.cues import TRANSITION, is_capitals, is_caseless, looks_like_cue, split_cue
from pipeline.script.screenplay import Element, Kind
from storage.screenplay_text import lines_of

_TITLE_KEYS = re.compile(
    r"^(title|credit|authors?|written by|source|draft ?date|draft|date|contact|copyright|notes?|revision|format"
    r"|font|episode|series|show)"
    r"\s*:\s*(.*)$",
    re.IGNORECASE,
)
_BONEYARD = re.compile(r"/\*.*?\*/", re.DOTALL)
_NOTE = re.compile(r"\[\[(?:(?!\n[ \t]?\n)[^\]]|\](?!\]))*\]\]")
_PRINTED_NUMBER = re.compile(
    r"^\s*(?P<number>[A-Z]?\d+[A-Z]{0,3})[.)]?\s+(?P<heading>(?:INT|EXT|EST|I/E)[./ ].*?)(?:\s+(?P=number)[.)]?)?\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(?:INT|EXT|EST|INT\./EXT|INT/EXT|EXT\./INT|EXT/INT|I/E)[. ]", re.IGNORECASE)
_NUMBER_AT_END = re.compile(r"\s*#([\w\-.]+)#\s*$")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_)(?=\S)([^*_\n]+?)(?<=\S)\1")
_FORCED = "!@>~#="
_KINDS = {
    ElementType.HEADING: Kind.HEADING,
    ElementType.ACTION: Kind.ACTION,
    ElementType.CHARACTER: Kind.CUE,
    ElementType.DIALOGUE: Kind.DIALOGUE,
    ElementType.LYRIC: Kind.DIALOGUE,
    ElementType.PARENTHETICAL: Kind.PARENTHETICAL,
    ElementType.TRANSITION: Kind.TRANSITION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """One classified line."""

    kind: Kind
    text: str
    line: int
    scene_number: str = ""
    raw_cue: str = ""


def read_fountain(text: str) -> tuple[str, tuple[str, ...], tuple[Element, ...]]:
    """Read Fountain.

    Args:
        text: the whole file, any line endings.

    Returns:
        Title (empty where the title page has none), source lines and elements.
    """
    lines = lines_of(text)
    text = "\n".join(lines)
    title, body_starts = _title_page(lines)
    kept = [(number, line) for number, line in _without_comments(text) if number > body_starts]
    return title, lines, tuple(_joined(list(_classified(kept))))


def _title_page(lines: Sequence[str]) -> tuple[str, int]:
    """The title and the number of the title page's last line (0 where there is none)."""
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or not _TITLE_KEYS.match(lines[first].strip()):
        return "", 0
    words: list[str] = []
    key = ""
    for index in range(first, len(lines)):
        line = lines[index]
        if not line.strip():
            return _plain(" ".join(words)), index
        entry = re.match(r"^([A-Za-z][A-Za-z ]{0,30}?)\s*:\s*(.*)$", line)
        if entry:
            key = entry.group(1).lower()
        elif not line[0].isspace():
            return _plain(" ".join(words)), index
        if key == "title":
            words.append(entry.group(2) if entry else line.strip())
    return _plain(" ".join(words)), len(lines)


def _plain(text: str) -> str:
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return " ".join(text.replace("\\*", "*").replace("\\_", "_").split())


def _without_comments(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without boneyards and notes; a line that was nothing else is left out."""
    mark = "\x00"

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", mark, found.group())

    text = text.replace(mark, " ")
    text = _NOTE.sub(blank, _BONEYARD.sub(blank, text)) if "*/" in text or "]]" in text else text
    for number, line in enumerate(text.split("\n"), start=1):
        if mark in line:
            line = line.replace(mark, "")
            if not line.strip():
                continue
        yield number, line.replace("/*", "/ *").replace("[[", "[ [")


def _classified(lines: Sequence[tuple[int, str]]) -> Iterator[_Piece]:
    parser = Parser()
    parser.mergeActions = False
    parser.mergeDialogue = False
    parser.add_line("")
    seen = 0
    caseless = Counter(line.strip() for _, line in lines if is_caseless(line) and len(line.strip()) <= 12)
    previous_blank = True
    for index, (number, line) in enumerate(lines):
        next_blank = index + 1 == len(lines) or not lines[index + 1][1].strip()
        fed, scene_number, is_heading = _marked(
            line, previous_blank=previous_blank, next_blank=next_blank, caseless=caseless
        )
        parser.add_line(fed)
        previous_blank = not line.strip()
        if is_heading:
            text = _plain(_NUMBER_AT_END.sub("", fed[1:]))
            yield _Piece(kind=Kind.HEADING, text=text, line=number, scene_number=scene_number)
        else:
            # The parser also adds the blank lines between paragraphs here; they say nothing.
            pieces = (_piece(parsed, line, number) for parsed in parser.script.elements[seen:])
            yield from (piece for piece in pieces if piece and piece.text)
        seen = len(parser.script.elements)


def _marked(line: str, *, previous_blank: bool, next_blank: bool, caseless: Counter[str]) -> tuple[str, str, bool]:
    """What to feed for a line, the scene number printed on it, and whether it is a heading whatever the parser says."""
    stripped = line.strip()
    if not stripped:
        return ("  " if line == "  " and not previous_blank else ""), "", False
    plain = _plain(stripped)
    printed = _PRINTED_NUMBER.match(plain)
    if printed:
        return "!" + printed.group("heading"), printed.group("number"), True
    if _HEADING.match(plain) and (previous_blank or plain == plain.upper()):
        number = _NUMBER_AT_END.search(plain)
        return "!" + plain, number.group(1) if number else "", True
    if stripped[0] == "." and len(stripped) > 1 and stripped[1].isalnum():
        if stripped[1].isdigit() and any(letter.islower() for letter in stripped):
            return "!" + stripped, "", False
        number = _NUMBER_AT_END.search(stripped)
        return "!" + stripped[1:], number.group(1) if number else "", True
    if _HEADING.match(plain):
        return ("!" if previous_blank else "") + " " + stripped, "", False
    if stripped[0] in _FORCED:
        return stripped, "", False
    if TRANSITION.match(plain) and (previous_blank or next_blank):
        return ">" + plain, "", False
    if is_call(plain) and previous_blank:
        return "!" + plain, "", False
    if previous_blank and not next_blank and (looks_like_cue(plain) or (caseless[stripped] > 1)):
        return "@" + plain, "", False
    if previous_blank and is_capitals(plain):
        return "!" + stripped, "", False
    return stripped, "", False


def _piece(parsed: ParsedElement, line: str, number: int) -> _Piece | None:
    kind = _KINDS.get(parsed.type)
    if kind is None:
        return None
    if kind is Kind.CUE:
        raw = line.strip().lstrip("@")
        return _Piece(kind=kind, text=split_cue(_plain(raw)).name, line=number, raw_cue=_plain(raw))
    text = _plain(parsed.text)
    if kind is Kind.ACTION and getattr(parsed, "centered", False):
        kind = Kind.CARD
    elif kind is Kind.ACTION and is_call(text):
        kind = Kind.CALL
    if kind is Kind.HEADING and TRANSITION.match(text.upper()):
        kind = Kind.TRANSITION
    return _Piece(kind=kind, text=text, line=number)


def _joined(pieces: Sequence[_Piece]) -> Iterator[Element]:
    """Lines that follow each other directly and are of a kind become one paragraph or speech."""
    group: list[_Piece] = []
    for piece in pieces:
        joins = (
            group
            and piece.kind is group[-1].kind
            and piece.kind in (Kind.ACTION, Kind.DIALOGUE)
            and piece.line - group[-1].line <= (1 if piece.kind is Kind.ACTION else 2)
            and not piece.text.startswith(("-", "–", "—", "•"))
        )
        if group and not joins:
            yield _element(group)
            group = []
        group.append(piece)
    if group:
        yield _element(group)


def _element(group: Sequence[_Piece]) -> Element:
    starts: list[tuple[int, int]] = []
    text = ""
    for piece in group:
        text = f"{text} " if text else ""
        starts.append((len(text), piece.line))
        text += piece.text
    head = group[0]
    cue = split_cue(head.raw_cue) if head.raw_cue else None
    return Element(
        kind=head.kind,
        text=text,
        line_starts=tuple(starts),
        scene_number=head.scene_number,
        extensions=cue.extensions if cue else (),
        dual=bool(cue and cue.dual),
    )
