"""The words of the guide: its two pages with keys filled in, and the list of keys made from the tables."""

from importlib.resources import files

from desktop.keymap import Keymap, told_keys
from desktop.list_keys import LIST_KEYS
from desktop.translating import marked, tr

PAGES = {
    "a_film": marked("A film"),
    "the_desk": marked("The desk"),
    "keys": marked("Keys"),
    "commands": marked("Command line"),
}


def page_text(name: str, keymap: Keymap) -> str:
    """A page of the guide as Markdown, with the keys that hold now."""
    if name == "keys":
        return keys_text(keymap)
    return keymap.in_words(files("resources").joinpath("guide", f"{name}.md").read_text(encoding="utf-8"))


def keys_text(keymap: Keymap) -> str:
    """Every action with its keys, as a Markdown table in the order of the tables."""
    rows = [f"| {entry.told} | {_cell(keymap.told(entry.name))} |" for entry in keymap.entries]
    own = [
        f"| {tr(place)} | {tr(each.words)} | {_cell(told_keys(each.keys))} |"
        for place, table in LIST_KEYS.items()
        for each in table
    ]
    return "\n".join(
        [
            *(f"# {tr('Keys')}", "", f"| {tr('what it does')} | {tr('keys')} |", "|---|---|", *rows, ""),
            *(tr("While a view has the keys, these are its own. They cannot be changed."), ""),
            *(f"| {tr('where')} | {tr('what it does')} | {tr('keys')} |", "|---|---|---|", *own, ""),
        ]
    )


def _cell(keys: str) -> str:
    return keys.replace("|", "\\|") or tr("by the palette")
