"""The command palette: every action of the window, found by some letters of it and done by Enter."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from desktop.actions import KeyAction
from desktop.fuzzy import score
from desktop.kept import Kept
from desktop.keymap import Keymap
from desktop.translating import tr
from desktop.views.action_list import ActionList, ActionRow, FindField
from desktop.views.parts import label

_MOST_RECENT = 6
_WIDTH_PX, _HEIGHT_PX = 620, 430
_ITSELF = "palette"


class Palette(QFrame):
    """Lies over the window while it is open; everything behind it stays alive, and a click there closes it.

    Args:
        window: over which it lies.
        actions: gives what can be done now, with the entries of the tables.
        keymap: which keys are shown.
        settings: of this user, where recent actions are kept.
        before_doing: called before an action is done, once the palette has closed.
    """

    def __init__(
        self,
        window: QWidget,
        actions: Callable[[], list[tuple[KeyAction, QAction]]],
        keymap: Keymap,
        settings: QSettings | None = None,
        before_doing: Callable[[KeyAction], object] = lambda entry: None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._keymap = keymap
        self._before_doing = before_doing
        self._recent: Kept[tuple[str, ...]] = Kept(settings, "palette/recent", tuple[str, ...], ())
        self._came_from: QWidget | None = None
        self.setObjectName("palette")
        self.setAccessibleName(tr("Command palette"))
        self.field = FindField()
        self.field.setPlaceholderText(tr("What do you want to do?"))
        self.field.setAccessibleName(tr("Find an action"))
        self.list = ActionList(tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.nothing = label("Nothing is called that.", "soft")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        self.hint = label("↑ ↓ choose · Enter does it · Esc closes", "faint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 8)
        for widget in (self.field, self.nothing, self.list, self.hint):
            layout.addWidget(widget)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 8)
        self.setGraphicsEffect(shadow)
        self.field.textChanged.connect(self.show_answers)
        self.field.stepped.connect(self.list.step)
        self.field.done.connect(self.do_chosen)
        self.field.left.connect(self.close_it)
        self.list.clicked.connect(lambda _: self.do_chosen())
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._leave)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
        self.hide()

    @Slot()
    def toggle(self) -> None:
        """Open it, or close it again."""
        if self.isVisible():
            self.close_it()
            return
        self._came_from = QApplication.focusWidget()
        self.field.clear()
        self.show_answers()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()

    @Slot()
    def close_it(self) -> None:
        """Close it and give the keys back to what had them."""
        came_from, self._came_from = self._came_from, None
        self.hide()
        if came_from is not None and came_from.isVisible():
            came_from.setFocus()

    @Slot()
    def show_answers(self) -> None:
        """Show what answers to the letters typed so far; without any, what was done last and then everything."""
        wanted = self.field.text().strip()
        recent = {name: place for place, name in enumerate(self._recent.read())}
        ranked: list[tuple[float, int, ActionRow]] = []
        for place, (entry, action) in enumerate(self._actions()):
            if entry.name == _ITSELF:
                continue
            points = score(wanted, entry.told) if wanted else 1
            if not points:
                continue
            lately = recent.get(entry.name)
            if lately is not None:
                points += (_MOST_RECENT - lately) * (4 if wanted else 1000)
            row = ActionRow(
                name=entry.name,
                words=entry.told,
                keys=self._keymap.told(entry.name),
                mark="" if lately is None or wanted else "recent",
                enabled=action.isEnabled(),
            )
            ranked.append((-points, place, row))
        rows = [row for _, _, row in sorted(ranked, key=lambda item: item[:2])]
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    @Slot()
    def do_chosen(self) -> None:
        """Close it and do what is chosen."""
        row = self.list.chosen
        if row is None or not row.enabled:
            return
        entry, action = next(pair for pair in self._actions() if pair[0].name == row.name)
        rest = tuple(name for name in self._recent.read() if name != row.name)
        self._recent.write((row.name, *rest)[:_MOST_RECENT])
        self.close_it()
        self._before_doing(entry)
        action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self._window
        width = min(_WIDTH_PX, window.width() - 40)
        height = min(_HEIGHT_PX, window.height() - 80)
        self.setGeometry((window.width() - width) // 2, min(70, (window.height() - height) // 2), width, height)

    @Slot(QWidget, QWidget)
    def _leave(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            # The director has gone elsewhere: the keys are there already.
            self._came_from = None
            self.hide()
