"""Reads Final Draft's XML: screened, then one paragraph after another. What stands where is the script agent's to say.

screenplay-tools reads only the first run of text in a paragraph and leaves dual dialogue out, so that bold words and
second speakers would be lost; the file is screened and read with defusedxml instead.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from storage.domain.told import Told
from storage.errors import WrongUse

_EXPORT = "Save it again from Final Draft as .fdx, or export it as Fountain."


def content_of(data: bytes) -> tuple[ElementTree.Element, ElementTree.Element]:
    """The root of a Final Draft document, and what holds its paragraphs.

    Raises:
        WrongUse: the file is not well formed, declares entities, or is another kind of XML.
    """
    root = _screened(data)
    if root.tag != "FinalDraft":
        raise WrongUse(
            Told("This is XML, but not a Final Draft screenplay: it starts with <{tag}>.", tag=root.tag[:40]), _EXPORT
        )
    content = root.find("Content")
    if content is None:
        raise WrongUse("This Final Draft file has no content.", _EXPORT)
    return root, content


def _parsed(source: bytes | str) -> ElementTree.Element:
    return defusedxml.ElementTree.fromstring(source)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _screened(data: bytes) -> ElementTree.Element:
    try:
        return _parsed(data)
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
            return _parsed(text)
        except DefusedXmlException as error:
            raise WrongUse(
                "This XML file declares entities, which a screenplay never needs and attacks do.", _EXPORT
            ) from error
        except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
            raise broken from error
    raise broken from first


def paragraphs(content: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, bool]]:
    """Each paragraph, and whether somebody else speaks it at the same time; each is a line of the screenplay."""
    for paragraph in content.findall("Paragraph"):
        dual = paragraph.find("DualDialogue")
        if dual is None:
            yield paragraph, False
            continue
        speakers = 0
        for inner in dual.findall("Paragraph"):
            speakers += inner.get("Type") == "Character"
            yield inner, speakers > 1


def text_of(paragraph: ElementTree.Element) -> str:
    """The words of a paragraph, on one line."""
    return " ".join("".join("".join(run.itertext()) for run in paragraph.findall("Text")).split())
