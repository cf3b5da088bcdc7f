"""The window's words go through the translation: shown by a language in which every text is in brackets."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from desktop.desk import Desk
from desktop.window import MainWindow
from tests.gui.words import catalogue, words_of_the_desk

# Parts of the desk that still have words of their own.
LATER = (
    "desktop.graph",
    "desktop.shaping",
    "desktop.views.draft",
    "desktop.views.edit_panel",
    "desktop.views.graph",
    "desktop.views.open_ends",
    "desktop.views.revisions",
    "desktop.views.search_line",
)
LRELEASE = Path(PySide6.__file__).parent / "lrelease"


def bracketed(words: str) -> str:
    return f"⟦{words}⟧"


@pytest.fixture
def brackets(themed: QApplication, tmp_path: Path) -> Iterator[QTranslator]:
    """A translation as a translator would make one, by Qt's own tools."""
    source, made = tmp_path / "desk_xx.ts", tmp_path / "desk_xx.qm"
    source.write_bytes(catalogue({words: bracketed(words) for words in words_of_the_desk()}))
    subprocess.run([LRELEASE, "-silent", source, "-qm", made], check=True)
    translator = QTranslator()
    assert translator.load(str(made))
    themed.installTranslator(translator)
    yield translator
    themed.removeTranslator(translator)


def texts_of(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    for widget in root.findChildren(QWidget):
        told = [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QAbstractButton):
            told.append(widget.text())
        if isinstance(widget, QLineEdit):
            told.append(widget.placeholderText())
        yield from ((widget, text) for text in told if text)


def is_later(widget: QWidget) -> bool:
    above: list[QWidget] = []
    while widget is not None:
        above.append(widget)
        widget = widget.parentWidget()
    return any(type(each).__module__.startswith(LATER) for each in above)


def test_words_are_collected_from_code_and_tables():
    words = words_of_the_desk()
    assert {
        "Approve the take on screen, or the scene graph",
        "Make the demo film",
        "Find shots",
        "Settings",
    } <= words.keys()
    assert len(words) > 300 and all(path.startswith("desktop/") for path in words.values())


def test_no_word_of_the_catalogue_is_shown_untranslated(film, open_desk, brackets: QTranslator, qtbot) -> None:
    desk: Desk = open_desk(film("busy"))
    window = desk.window()
    assert isinstance(window, MainWindow)
    for page in ("settings", "shortcuts", "checkpoints", "guide"):
        window.pages.open(page)
    window.pages.go_home()
    window.palette_of_actions.toggle()
    known = words_of_the_desk()
    shown = [(widget, text) for widget, text in texts_of(window) if not is_later(widget)]
    plain = {
        f"{type(widget).__name__} in {type(widget.parent()).__name__}: {text}"
        for widget, text in shown
        if text in known
    }
    assert not plain, "\n".join(sorted(plain))
    assert sum("⟦" in text for _, text in texts_of(window)) > 150
    rows = window.palette_of_actions.list.rows.rows
    assert all(row.words.startswith("⟦") for row in rows)
    assert desk.inspector.verbs.approve.accessibleName().startswith("⟦")
    desk.strip.show_problem("There is no take on screen.", "Press {next_for_me} for the next that needs you.")
    assert desk.strip.text == "⟦There is no take on screen.⟧ ⟦Press N for the next that needs you.⟧"
