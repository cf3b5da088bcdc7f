"""Final Draft XML to elements.

screenplay-tools reads only the first run of text in a paragraph and leaves dual dialogue
out, so that bold words and second speakers would be lost; the file is screened and read
with defusedxml instead.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from pipeline.script.calls import is_call
from pipeline.script.cues import TRANSITION, split_cue
from pipeline.script.screenplay import Element, Kind
from storage.errors import WrongUse

_KINDS = {
    "Scene Heading": Kind.HEADING,
    "Scene Heading (Top of Page)": Kind.HEADING,
    "Shot": Kind.CALL,
    "Character": Kind.CUE,
    "Dialogue": Kind.DIALOGUE,
    "Lyrics": Kind.DIALOGUE,
    "Singing": Kind.DIALOGUE,
    "Parenthetical": Kind.PARENTHETICAL,
    "Transition": Kind.TRANSITION,
}
_EXPORT = "Save it again from Final Draft as .fdx, or export it as Fountain."


def read_final_draft(data: bytes) -> tuple[str, tuple[str, ...], tuple[Element, ...]]:
    """Read a Final Draft document.

    Returns:
        Title (empty where the title page has none), one line for each paragraph, and elements.

    Raises:
        WrongUse: the file is not well formed, declares entities, or is another kind of XML.
    """
    root = _screened(data)
    if root.tag != "FinalDraft":
        raise WrongUse(f"This is XML, but not a Final Draft screenplay: it starts with <{root.tag[:40]}>.", _EXPORT)
    content = root.find("Content")
    if content is None:
        raise WrongUse("This Final Draft file has no content.", _EXPORT)
    lines: list[str] = []
    elements: list[Element] = []
    for paragraph, is_second_speaker in _paragraphs(content):
        text = _text(paragraph)
        lines.append(text)
        element = _element(paragraph, text, len(lines), dual=is_second_speaker)
        if element is not None:
            elements.append(element)
    return _title(root), tuple(lines), tuple(elements)


def _screened(data: bytes) -> ElementTree.Element:
    try:
        return defusedxml.ElementTree.fromstring(data)
    except DefusedXmlException as error:
        raise WrongUse(
            "This XML file declares entities, which a screenplay never needs and attacks do.", _EXPORT
        ) from error
    except (ElementTree.ParseError, ValueError, LookupError) as first:
        return _screened_as_windows_text(data, first)


def _screened_as_windows_text(data: bytes, first: Exception) -> ElementTree.Element:
    """Files that say UTF-8 and are cp1252 exist; one more reading before giving up."""
    broken = WrongUse("This Final Draft file is damaged: its XML cannot be read.", _EXPORT)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = re.sub(r"^\s*<\?xml[^>]*\?>", "", data.decode("cp1252"))
            return defusedxml.ElementTree.fromstring(text)
        except DefusedXmlException as error:
            raise WrongUse(
                "This XML file declares entities, which a screenplay never needs and attacks do.", _EXPORT
            ) from error
        except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
            raise broken from error
    raise broken from first


def _paragraphs(content: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, bool]]:
    for paragraph in content.findall("Paragraph"):
        dual = paragraph.find("DualDialogue")
        if dual is None:
            yield paragraph, False
            continue
        speakers = 0
        for inner in dual.findall("Paragraph"):
            speakers += inner.get("Type") == "Character"
            yield inner, speakers > 1


def _text(paragraph: ElementTree.Element) -> str:
    return " ".join("".join("".join(run.itertext()) for run in paragraph.findall("Text")).split())


def _element(paragraph: ElementTree.Element, text: str, number: int, *, dual: bool) -> Element | None:
    if not text:
        return None
    kind = _KINDS.get(paragraph.get("Type", "Action"), Kind.ACTION)
    if kind in (Kind.HEADING, Kind.ACTION) and TRANSITION.match(text):
        kind = Kind.TRANSITION
    elif kind is Kind.ACTION and paragraph.get("Alignment") == "Center":
        kind = Kind.CARD
    elif kind is Kind.ACTION and is_call(text):
        kind = Kind.CALL
    starts = ((0, number),)
    if kind is Kind.CUE:
        cue = split_cue(text)
        return (
            Element(kind=kind, text=cue.name, line_starts=starts, extensions=cue.extensions, dual=dual)
            if cue.name
            else None
        )
    if kind is Kind.PARENTHETICAL:
        text = text.strip("() ")
    number_printed = (paragraph.get("Number") or "").strip() if kind is Kind.HEADING else ""
    return Element(kind=kind, text=text, line_starts=starts, scene_number=number_printed)


def _title(root: ElementTree.Element) -> str:
    for paragraph in root.findall("TitlePage/Content/Paragraph"):
        text = _text(paragraph)
        if text:
            return text
    return ""
