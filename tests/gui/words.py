"""Collects the words of the desk for translators: `python -m tests.gui.words OUT.ts`, a file for Qt Linguist.

`lrelease OUT.ts -qm resources/translations/desk_de.qm` makes of it what the desk loads.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import click

from desktop.tables import TABLES
from desktop.translating import CONTEXT

DESK = Path(__file__).parents[2] / "desktop"
# Whose arguments are words of the desk: positions, and names of keywords.
TOLD: dict[str, tuple[int | str, ...]] = {
    "tr": (0,),
    "label": (0,),
    "KeyButton": (0,),
    "PressableButton": (0,),
    "RecordButton": (0,),
    "quiet_button": (0, 1),
    "_whole_button": (0, 1),
    "_IconButton": (1,),
    "show_done": (0,),
    "show_problem": (0, 1, 2, "button"),
    "show_words": (0, 1),
    "_head": (0,),
    "_row": (0, 2),
    "_box": (0,),
}
# Classes whose constructor gets a title and a sentence, or a text, from the classes below them.
_TITLED = ("Page",)


def words_of_the_desk() -> dict[str, str]:
    """Every word that goes through a translation → the file that it is in."""
    found = {entry.words: "desktop/tables.py" for table in TABLES for entry in table}
    for path in sorted(DESK.rglob("*.py")):
        name = path.relative_to(DESK.parent).as_posix()
        for words in _words_in(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(words, name)
    return found


def catalogue(translated: dict[str, str] | None = None) -> bytes:
    """The words as a TS file.

    Args:
        translated: words → translation, for those that have one.
    """
    root = ElementTree.Element("TS", version="2.1", sourcelanguage="en_GB")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for words, place in words_of_the_desk().items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=place)
        ElementTree.SubElement(message, "source").text = words
        known = (translated or {}).get(words)
        told = ElementTree.SubElement(message, "translation", {} if known else {"type": "unfinished"})
        told.text = known
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _words_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(
            isinstance(base, ast.Name) and base.id in _TITLED for base in node.bases
        ):
            for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
                if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__":
                    yield from (words for each in call.args for words in _constants(each))
        if isinstance(node, ast.Call):
            places = TOLD.get(_name_of(node.func), ())
            for place in places:
                if isinstance(place, int) and place < len(node.args):
                    yield from _constants(node.args[place])
            for keyword in node.keywords:
                if keyword.arg in places:
                    yield from _constants(keyword.value)


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
