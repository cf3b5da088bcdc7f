"""The text of a screenplay file as its lines are counted: what it is is told from what is in it, not from its name."""

import codecs
from dataclasses import dataclass

from storage.domain.told import Told
from storage.errors import WrongUse
from storage.final_draft import content_of, paragraphs, text_of

GIVE_A_SCREENPLAY = "Give a Fountain (.fountain, .txt) or Final Draft (.fdx) file."


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """One line, which evidence lines count from 1.

    Attributes:
        style: what Final Draft calls its paragraph ("Scene Heading", "Character"); empty in Fountain, where the lines
            around it say what it is.
    """

    text: str
    style: str = ""


def script_lines(data: bytes, name: str) -> tuple[ScriptLine, ...]:
    """The lines of a screenplay: of text its own, of Final Draft one for each paragraph.

    Raises:
        WrongUse: the file is damaged or no text.
    """
    if is_xml(data):
        _, content = content_of(data)
        return tuple(
            ScriptLine(text=text_of(paragraph), style=paragraph.get("Type", "Action"))
            for paragraph, _ in paragraphs(content)
        )
    return tuple(ScriptLine(text=line) for line in lines_of(decoded(data, name)))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, any line endings."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def head_of(data: bytes) -> str:
    """The start of the file as small letters, whatever its encoding."""
    return data[:4000].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n").lower()


def is_xml(data: bytes) -> bool:
    """Whether a file is XML, as Final Draft's are."""
    return head_of(data).startswith(("<?xml", "<finaldraft", "<!doctype", "<!--"))


def decoded(data: bytes, name: str) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 or Windows-1252.

    Raises:
        WrongUse: it is none.
    """
    binary = WrongUse(Told("{name} is not text.", name=name), GIVE_A_SCREENPLAY)
    encodings = ["utf-8", "cp1252"]
    if data.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = _without_mark(data)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(1 for letter in text[:20_000] if ord(letter) < 32 and letter not in "\t\n\r\f\v")
        if odd > len(text[:20_000]) / 100:
            break
        return text.removeprefix("\ufeff")
    raise binary


def _without_mark(data: bytes) -> list[str]:
    """UTF-16 without a byte order mark shows as a zero in every second byte; other zeros mean binary."""
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 3:
        return ["utf-16-le"]
    if head[0::2].count(0) > len(head) // 3:
        return ["utf-16-be"]
    return []
