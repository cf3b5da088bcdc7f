"""Final Draft XML to elements."""

import xml.etree.ElementTree as ElementTree

from pipeline.script.calls import is_call
from pipeline.script.cues import TRANSITION, split_cue
from pipeline.script.screenplay import Element, Kind
from storage.final_draft import content_of, paragraphs, text_of

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


def read_final_draft(data: bytes) -> tuple[str, tuple[str, ...], tuple[Element, ...]]:
    """Read a Final Draft document.

    Returns:
        Title (empty where the title page has none), one line for each paragraph, and elements.

    Raises:
        WrongUse: the file is not well formed, declares entities, or is another kind of XML.
    """
    root, content = content_of(data)
    lines: list[str] = []
    elements: list[Element] = []
    for paragraph, is_second_speaker in paragraphs(content):
        text = text_of(paragraph)
        lines.append(text)
        element = _element(paragraph, text, len(lines), dual=is_second_speaker)
        if element is not None:
            elements.append(element)
    return _title(root), tuple(lines), tuple(elements)


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
        text = text_of(paragraph)
        if text:
            return text
    return ""
