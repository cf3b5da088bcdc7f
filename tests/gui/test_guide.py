"""The guide: whole, made from the code where it lists, with real pictures, and read inside the desk."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop.guide import PAGES
from desktop.tables import TABLES
from desktop.views.guide_page import GuidePage
from desktop.window import MainWindow
from tests.gui import guide

AGAIN = "run: python -m tests.gui.guide --lists"


def test_every_key_and_every_option_is_listed():
    assert (guide.GUIDE / "commands.md").read_text(encoding="utf-8") == guide.commands_text(), AGAIN
    assert (guide.GUIDE / "README.md").read_text(encoding="utf-8") == guide.readme_text(), AGAIN
    assert guide.undocumented() == []


def test_every_key_that_the_pages_speak_of_is_one():
    names = {entry.name for table in TABLES for entry in table}
    for page in ("a_film", "the_desk"):
        spoken = re.findall(r"\{(\w+)\}", (guide.GUIDE / f"{page}.md").read_text(encoding="utf-8"))
        assert spoken and set(spoken) <= names


def test_every_picture_is_there_and_none_is_left_over():
    wanted = set(re.findall(r"\]\((\w+\.png)\)", (guide.GUIDE / "README.md").read_text(encoding="utf-8")))
    assert wanted == {path.name for path in guide.GUIDE.glob("*.png")}
    for name in wanted:
        assert QImage(str(guide.GUIDE / name)).width() == guide.WIDTH_PX


def test_it_is_read_inside_the_desk_with_the_keys_of_its_user(make_window, qtbot) -> None:
    window: MainWindow = make_window()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_F1)
    page = window.pages.currentWidget()
    assert isinstance(page, GuidePage) and page.text.hasFocus()
    assert "N goes to what needs you next" in page.text.toPlainText()
    window.keymap.give("next_for_me", "F9")
    assert "F9 goes to what needs you next" in page.text.toPlainText()
    for place, name in enumerate(PAGES):
        QTest.mouseClick(page._tabs.button(place), Qt.MouseButton.LeftButton)
        assert page.text.toPlainText().startswith(PAGES[name])
    assert "--try-frame" in page.text.toPlainText()
    QTest.keyClick(page.text, Qt.Key.Key_Escape)
    assert window.pages.shown == ""
