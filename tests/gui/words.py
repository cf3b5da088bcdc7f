"""Collects the words of the desk for translators: `python -m tests.gui.words OUT.ts`, a file for Qt Linguist.

`lrelease OUT.ts -qm resources/translations/desk_de.qm` makes of it what the desk loads.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

import click

from desktop.graph.net import Sort
from desktop.list_keys import LIST_KEYS
from desktop.standing_light import Light
from desktop.tables import TABLES
from desktop.timeline.shot_filter import Facet
from desktop.translating import CONTEXT
from desktop.views.take_strip import TakeOrder
from storage.domain.draft_merge import Fate
from storage.domain.findings import Verdict
from storage.domain.graph_difference import Kind
from storage.domain.jobs import JobState
from storage.domain.open_ends import Sort as OpenSort
from storage.domain.scene_graph import Billing, Origin, Strength
from storage.domain.strokes import Colour, Width
from storage.domain.takes import Seam
from storage.domain.vocabulary import ACCESSORIES, GARMENTS, STANDARD_VALUES, Attribute

ROOT = Path(__file__).parents[2]
FOLDERS = ("desktop", "storage")
# Whose arguments are words of the desk: positions, and names of keywords.
TOLD: dict[str, tuple[int | str, ...]] = {
    "tr": (0,),
    "marked": (0,),
    "Told": (0,),
    "KnownError": (0, 1),
    "WrongUse": (0, 1),
    "label": (0,),
    "KeyButton": (0,),
    "PressableButton": (0,),
    "RecordButton": (0,),
    "SearchLine": (0,),
    "quiet_button": (0, 1),
    "_whole_button": (0, 1),
    "IconButton": (1,),
    "show_done": (0,),
    "show_problem": (0, 1, 2, "button"),
    "show_words": (0, 1),
    "_head": (0,),
    "_row": (0, 2),
    "_box": (0,),
}
# Who gets words in two forms, for one and for any other number.
COUNTED = ("plural", "marked_plural", "Counted")
# Classes whose constructor gets a title and a sentence, or a text, from the classes below them.
_TITLED = ("Page",)
# Words that are stored or compared, and translated where they are shown.
SHOWN: tuple[type[StrEnum], ...] = (
    Attribute, Billing, Colour, Facet, Fate, JobState, Kind, Light, OpenSort, Origin, Seam, Sort, Strength, TakeOrder,
    Verdict, Width,
)  # fmt: skip
VALUES = (
    *chain(*STANDARD_VALUES.values()), *GARMENTS, *ACCESSORIES, "not checked", "clean", "keyframes and clips",
    "keyframes", "clips", "yes", "no", "cannot tell", "it changes", "other", "another place", "more",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of the desk. Attributes: one: their English form for one, where they are about a number of things."""

    text: str
    one: str = ""


@cache
def words_of_the_desk() -> dict[Words, str]:
    """Every word that goes through a translation → the file that it is in."""
    found = {Words(text=entry.words): "desktop/tables.py" for table in TABLES for entry in table}
    for place, table in LIST_KEYS.items():
        found |= {Words(text=each): "desktop/list_keys.py" for each in (place, *(entry.words for entry in table))}
    for shown in SHOWN:
        found |= {Words(text=str(each)): f"{shown.__module__.replace('.', '/')}.py" for each in shown}
    found |= {Words(text=value): "storage/domain/vocabulary.py" for value in VALUES}
    for path in chain(*((ROOT / folder).rglob("*.py") for folder in FOLDERS)):
        name = path.relative_to(ROOT).as_posix()
        for words in _words_in(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(words, name)
    counted = {words.text for words in found if words.one}
    told = {words: place for words, place in found.items() if words.one or words.text not in counted}
    return dict(sorted(told.items(), key=lambda each: (each[1], each[0].text)))


def catalogue(translated: dict[str, tuple[str, ...]] | None = None, language: str = "") -> bytes:
    """The words as a TS file, for Qt Linguist; what is about a number of things has as many forms as the language.

    Args:
        translated: words → translation, or its forms, for those that have one.
        language: as Qt names it: "de"; empty until a translator says.
    """
    root = ElementTree.Element("TS", version="2.1", sourcelanguage="en_GB")
    if language:
        root.set("language", language)
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for words, place in words_of_the_desk().items():
        message = ElementTree.SubElement(context, "message", {"numerus": "yes"} if words.one else {})
        ElementTree.SubElement(message, "location", filename=place)
        ElementTree.SubElement(message, "source").text = words.text
        if words.one:
            ElementTree.SubElement(message, "extracomment").text = f"For one: {words.one}"
        known = (translated or {}).get(words.text, ())
        told = ElementTree.SubElement(message, "translation", {} if known else {"type": "unfinished"})
        if words.one:
            for form in known or ("",):
                ElementTree.SubElement(told, "numerusform").text = form
        elif known:
            told.text = known[0]
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _words_in(tree: ast.Module) -> Iterator[Words]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(
            isinstance(base, ast.Name) and base.id in _TITLED for base in node.bases
        ):
            for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
                if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__":
                    yield from _plain(words for each in call.args for words in _constants(each))
        if isinstance(node, ast.Call):
            name = _name_of(node.func)
            if name in COUNTED and len(node.args) > 1:
                for one, many in zip(_constants(node.args[0]), _constants(node.args[1]), strict=False):
                    yield Words(text=many, one=one)
            for place in TOLD.get(name, ()):
                if isinstance(place, int) and place < len(node.args):
                    yield from _plain(_constants(node.args[place]))
            for keyword in node.keywords:
                if keyword.arg in TOLD.get(name, ()):
                    yield from _plain(_constants(keyword.value))


def _plain(texts: Iterable[str]) -> Iterator[Words]:
    return (Words(text=text) for text in texts)


def _name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and any(each.isalpha() for each in node.value):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def main(out: Path) -> None:
    """Write the words of the desk into OUT."""
    out.write_bytes(catalogue())
    click.echo(f"{len(words_of_the_desk())} texts in {out}")


if __name__ == "__main__":
    main()
