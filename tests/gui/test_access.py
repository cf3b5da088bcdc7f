"""What a screen reader is told, and the way of the Tab key."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QScrollBar, QWidget

from desktop.desk import Desk
from desktop.window import MainWindow

Open = Callable[..., Desk]
Film = Callable[[str], Path]


def focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget, QScrollBar):
            yield widget


def name_of(widget: QWidget) -> str:
    buddies = [label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    said = QAccessible.queryAccessibleInterface(widget)
    told = said.text(QAccessible.Text.Name) if said is not None and not isinstance(widget, QAbstractButton) else ""
    return next((name for name in (widget.accessibleName(), *buddies, text, told) if name.strip()), "")


def nameless(root: QWidget) -> list[str]:
    found = []
    for widget in focusable(root):
        inside = widget.parentWidget()
        # The parts of one widget (the field in a spin box, the list of a choice) speak by that widget.
        popup = widget.window().windowType() == Qt.WindowType.Popup
        viewport = isinstance(inside, QAbstractScrollArea) and inside.viewport() is widget
        hidden = widget.isHidden() and isinstance(widget, QAbstractButton) and not widget.text()
        part = widget.objectName().startswith("qt_") or popup or viewport or hidden
        name = name_of(widget)
        readable = any(letter.isalnum() for letter in name)
        if not readable and not part and not isinstance(widget, MainWindow | Desk):
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {type(inside).__name__}: {name!r}")
    return found


def test_everything_that_takes_the_focus_has_a_name(film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    window = desk.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: bool(desk.stage.findings), timeout=20_000)
    without: set[str] = set()
    for name in ("compare", "contact_sheet", "contact_sheet", "compare", "question", "script_seam", "figures"):
        desk.actions_by_name[name].trigger()
        QTest.qWait(50)
        without.update(nameless(window))
    qtbot.waitUntil(lambda: desk.pages.panel is not None, timeout=20_000)
    without.update(nameless(window))
    for page in ("shortcuts", "settings"):
        window.pages.open(page)
        without.update(nameless(window))
    window.palette_of_actions.toggle()
    without.update(nameless(window))
    assert not without, "\n".join(sorted(without))


def test_the_welcome_and_the_checkpoints_have_names(make_window, qtbot) -> None:
    window: MainWindow = make_window()
    assert not nameless(window)
    window.pages.open("checkpoints")
    assert not nameless(window)


@pytest.mark.parametrize("forward", [True, False])
def test_tab_goes_through_the_desk_and_comes_round(forward: bool, film: Film, open_desk: Open, qtbot) -> None:
    desk = open_desk(film("busy"))
    qtbot.waitUntil(lambda: bool(desk.inspector.rows), timeout=20_000)
    desk.top_bar.needs.setFocus()
    order: list[QWidget] = []
    for _ in range(200):
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in order:
            break
        order.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab if forward else Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is order[0], "it comes back to where it began"
    parts = [desk.tree, desk.viewer, desk.inspector, desk.timeline_panel, desk.queue]
    seen = [next((part for part in parts if part.isAncestorOf(widget)), None) for widget in order]
    visited = [part for place, part in enumerate(seen) if part is not None and part not in seen[:place]]
    assert visited == (parts if forward else parts[::-1]), "from left to right, from top to bottom"
