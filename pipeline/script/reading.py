"""Opens a screenplay file, refuses what is not one, and hands its text to the right reader."""

import re
from pathlib import Path

from pipeline.script.final_draft import read_final_draft
from pipeline.script.fountain import read_fountain
from pipeline.script.screenplay import Kind, Screenplay
from storage.errors import WrongUse
from storage.screenplay_text import GIVE_A_SCREENPLAY, decoded, head_of, is_xml

LIMIT_BYTES = 20_000_000
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a packed document (Word, Fade In or another zip)"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)


def read_screenplay(path: Path) -> Screenplay:
    """Read a Fountain or Final Draft screenplay.

    Args:
        path: the file. UTF-8 (with or without a mark), UTF-16 and Windows-1252 are
            understood; what it is, is told from what is in it, not from its name.

    Returns:
        Title, source lines and typed elements; `lines` are what evidence lines count.

    Raises:
        WrongUse: the path cannot be read, or what is there is not a screenplay.
    """
    data = _bytes_of(path)
    _refuse_other_formats(path, data)
    if is_xml(data):
        title, lines, elements = read_final_draft(data)
    elif path.suffix.lower() == ".fdx":
        raise WrongUse(f"{path.name} is named .fdx but is not a Final Draft file.", GIVE_A_SCREENPLAY)
    else:
        title, lines, elements = read_fountain(decoded(data, path.name))
    if not any(element.kind in (Kind.HEADING, Kind.ACTION, Kind.DIALOGUE) for element in elements):
        raise WrongUse(
            f"{path.name} has no scene, action or dialogue in it.", "Give a screenplay with at least one scene."
        )
    return Screenplay(title=title or _title_from_name(path), lines=lines, elements=elements)


def _title_from_name(path: Path) -> str:
    """The file's name in words; a name that is a content digest says nothing."""
    return "Untitled" if re.fullmatch(r"[0-9a-f]{32,}", path.stem) else path.stem.replace("_", " ").strip()


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.exists():
            raise WrongUse(f"There is no file {path}.", "Check the spelling of the path.")
        if path.is_dir():
            raise WrongUse(f"{path} is a folder, not a screenplay.", GIVE_A_SCREENPLAY)
        if not path.is_file():
            raise WrongUse(f"{path} is not an ordinary file.", GIVE_A_SCREENPLAY)
        size = path.stat().st_size
        if size > LIMIT_BYTES:
            raise WrongUse(
                f"{path.name} has {size / 1e6:.0f} MB; a screenplay may have up to {LIMIT_BYTES / 1e6:.0f} MB.",
                "Take the embedded pictures out, or give the screenplay itself.",
            )
        data = path.read_bytes()
    except PermissionError as error:
        raise WrongUse(f"You may not read {path}.", "Ask its owner, or change its permissions.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise WrongUse(f"{path} cannot be read ({reason}).", "Copy it to a disk that works.") from error
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise WrongUse(f"{path.name} is empty.", "Give a screenplay with at least one scene.")
    return data


def _refuse_other_formats(path: Path, data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise WrongUse(f"{path.name} is {what}, not a screenplay.", "Export it as Fountain or Final Draft (.fdx).")
    head = head_of(data)
    if head.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in head[:1000]:
        raise WrongUse(f"{path.name} is a web page, not a screenplay.", GIVE_A_SCREENPLAY)
