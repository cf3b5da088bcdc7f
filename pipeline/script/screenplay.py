"""A screenplay as typed elements that know which lines of the file they stand on."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an element of a screenplay is. A call names a picture ("CLOSE ON MARA"); a card is centred text."""

    HEADING = "heading"
    ACTION = "action"
    CALL = "call"
    CARD = "card"
    CUE = "cue"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    TRANSITION = "transition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A paragraph, heading, cue or speech.

    Attributes:
        text: its words on one line, without markup.
        line_starts: for each line of the file that it stands on, where that line starts
            in `text` and the line's number (from 1). Never empty, ascending.
        scene_number: as printed beside a heading; else empty.
        extensions: what stands in parentheses after a cue ("V.O.").
        dual: spoken at the same time as the speech before.
    """

    kind: Kind
    text: str
    line_starts: tuple[tuple[int, int], ...]
    scene_number: str = ""
    extensions: tuple[str, ...] = ()
    dual: bool = False

    @property
    def first_line(self) -> int:
        return self.line_starts[0][1]

    @property
    def last_line(self) -> int:
        return self.line_starts[-1][1]

    def lines_between(self, start: int, stop: int) -> tuple[int, int]:
        """First and last line of the file (from 1, inclusive) under ``text[start:stop]``."""
        first, last = self.first_line, self.first_line
        for offset, number in self.line_starts:
            if offset <= start:
                first = number
            if offset < max(stop, start + 1):
                last = number
        return first, last


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenplay:
    """What was read.

    Attributes:
        title: from the title page, else the file's name.
        lines: the source, line 1 first. A Final Draft file has one line for each
            paragraph, because its own line breaks mean nothing.
        elements: in order; notes, boneyards, sections and page breaks are left out.
    """

    title: str
    lines: tuple[str, ...]
    elements: tuple[Element, ...]

    def quote(self, first_line: int, last_line: int) -> str:
        """The source from one line to another (from 1, inclusive), as one line of text."""
        return " ".join(line.strip() for line in self.lines[first_line - 1 : last_line] if line.strip())
