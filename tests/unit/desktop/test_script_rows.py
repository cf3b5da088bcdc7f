"""How a screenplay is laid out: every line of the file is found, by what it is."""

from desktop.script_rows import PAGE_COLUMNS, Style, lay_out
from storage.screenplay_text import ScriptLine, script_lines
from tests.gui.scripts import final_draft

FOUNTAIN = """Title: The Tide Clock
Author: Nobody

INT. KITCHEN - NIGHT

Mara waits, and the whole of the harbour with her, for the clock to strike as it did when she was a child.

MARA (V.O.)
(quietly)
It stopped.

CUT TO:
"""


def test_a_fountain_file_looks_like_a_page() -> None:
    script = lay_out(script_lines(FOUNTAIN.encode(), "a.fountain"))
    by_line = {number: script.rows[row] for number, row in script.row_of.items()}
    assert [by_line[number].style for number in (1, 2, 4, 6, 8, 9, 10, 12)] == [
        Style.ASIDE, Style.ASIDE, Style.HEADING, Style.ACTION, Style.CUE, Style.PARENTHETICAL, Style.DIALOGUE,
        Style.TRANSITION,
    ]  # fmt: skip
    assert sum(row.line == 6 for row in script.rows) == 2, "long lines take two rows"
    assert all(len(row.text) <= PAGE_COLUMNS for row in script.rows)
    assert by_line[12].text == "CUT TO:".rjust(PAGE_COLUMNS)


def test_final_draft_is_counted_by_its_paragraphs() -> None:
    lines = script_lines(final_draft("INT. KITCHEN - NIGHT\nMara waits.\nMARA\nIt stopped."), "a.fdx")
    assert [(line.text, line.style) for line in lines] == [
        ("INT. KITCHEN - NIGHT", "Scene Heading"),
        ("Mara waits.", "Action"),
        ("MARA", "Character"),
        ("It stopped.", "Dialogue"),
    ]
    script = lay_out(lines)
    assert [(row.text.strip(), row.line) for row in script.rows] == [
        ("INT. KITCHEN - NIGHT", 1), ("", 0), ("Mara waits.", 2), ("", 0), ("MARA", 3), ("It stopped.", 4),
    ]  # fmt: skip


def test_a_script_without_capitals_is_laid_out_too() -> None:
    script = lay_out([ScriptLine(text=text) for text in ("场景 厨房", "", "玛拉等着。", "", "مارا تنتظر الساعة")])
    assert [row.text.strip() for row in script.rows] == ["场景 厨房", "", "玛拉等着。", "", "مارا تنتظر الساعة"]
