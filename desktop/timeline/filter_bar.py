"""The timeline's head: chips, people, places and words that filter shots, and filters kept by name."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from desktop import theme
from desktop.timeline.chips import ChosenChip, FacetChip
from desktop.timeline.saved_filters import SavedFilters
from desktop.timeline.shot_filter import Facet, FilterIndex, ShotFilter
from desktop.translating import tr
from desktop.views.parts import PressableButton, label, quiet_button
from storage.domain.scene_graph import CharacterId, SettingId

_REST_MS = 120
_SPACING_PX = 4
_FIELD_PX, _LEAST_FIELD_PX = 110, 52
_MOST_IN_MENU = 40


class FilterBar(QWidget):
    """Makes a filter, chip by chip.

    Args:
        index: whose counts, people and places are offered.
        saved: where filters are kept by name.

    Signals:
        filter_changed: carries the filter.
        hides_changed: carries whether what does not match is to be hidden.
        step_wanted: carries 1 for the next match, -1 for the one before.
        left: the director has finished typing; the keys go back to the film.
    """

    filter_changed = Signal(object)
    hides_changed = Signal(bool)
    step_wanted = Signal(int)
    left = Signal()

    def __init__(self, index: FilterIndex, saved: SavedFilters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._saved = saved
        self.filter = ShotFilter()
        self.chips = {facet: FacetChip(facet) for facet in Facet}
        self.characters = _menu_button(tr("People"), tr("All of the chosen are in the shot"), self._fill_characters)
        self.settings = _menu_button(tr("Places"), tr("The shot plays in any of the chosen"), self._fill_settings)
        self.saved = _menu_button(tr("Saved"), tr("Filters kept by name"), self._fill_saved)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find"))
        self.field.setToolTip(tr("Words in labels, headings, places, names, sizes, actions and dialogue"))
        self.field.setAccessibleName(tr("Find shots"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(_FIELD_PX)
        self.field.setMaximumWidth(220)
        self.name_field = QLineEdit()
        self.name_field.setPlaceholderText(tr("Name it, then Enter"))
        self.name_field.setAccessibleName(tr("Name of the filter"))
        self.name_field.hide()
        self.told = label("", "soft")
        self.told.setFont(theme.figures(theme.SMALL_PT))
        self.hide_others = quiet_button(
            "Only these", "Hide what does not match, or dim it", checkable=True, action="hide_others"
        )
        self._chosen = QHBoxLayout()
        self._chosen.setSpacing(4)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._take_text)
        self._lay_out()
        for chip in self.chips.values():
            chip.toggled.connect(self._take_facets)
        self.field.textChanged.connect(self._rest.start)
        self.field.returnPressed.connect(self._finish_typing)
        self.name_field.returnPressed.connect(self._save)
        self.hide_others.toggled.connect(self.hides_changed)
        for field in (self.field, self.name_field):
            field.installEventFilter(self)
        self._show_filter()

    def sizeHint(self) -> QSize:
        return QSize(600, 34)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 34)

    def show_counts(self) -> None:
        """Show how many shots have each state now."""
        for facet, chip in self.chips.items():
            chip.show_count(self._index.counts[facet])
        self._fit_chips()

    def show_matches(self, number: int | None, total: int) -> None:
        """Say how many shots match; None where no filter is set."""
        self.told.setText("" if number is None else tr("{n} of {all}", n=f"{number:,}", all=f"{total:,}"))
        self.told.setToolTip("" if number is None else tr("F3: next match, Shift+F3: the one before, Esc: clear"))
        self.told.setVisible(number is not None)
        self.hide_others.setVisible(number is not None)
        self._fit_chips()

    def use(self, wanted: ShotFilter) -> None:
        """Take a whole filter."""
        if wanted != self.filter:
            self.filter = wanted
            self._show_filter()
            self.filter_changed.emit(wanted)

    def clear(self) -> bool:
        """Filter nothing; says whether anything was filtered."""
        was_set = not self.filter.is_empty
        self.use(ShotFilter())
        return was_set

    @Slot()
    def focus_field(self) -> None:
        """Let the director type what to look for."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def ask_name(self) -> None:
        """Let the director name the filter, to keep it."""
        self.name_field.clear()
        self.name_field.show()
        self.name_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chips()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # While one types, letters are letters; Esc and F3 keep their meaning.
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._leave_field(watched)
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.setSpacing(_SPACING_PX)
        for chip in self.chips.values():
            layout.addWidget(chip)
        layout.addSpacing(4)
        layout.addWidget(self.characters)
        layout.addWidget(self.settings)
        layout.addLayout(self._chosen)
        layout.addWidget(self.field, 2)
        layout.addWidget(self.told)
        layout.addWidget(self.hide_others)
        layout.addWidget(self.saved)
        layout.addWidget(self.name_field)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _fit_chips(self) -> None:
        """Leave the chips' words out where the head has no room for them."""
        others = (self.characters, self.settings, self.told, self.hide_others, self.saved, self.name_field)
        taken = [widget.sizeHint().width() for widget in others if not widget.isHidden()]
        chosen = [chip.sizeHint().width() for chip in self.findChildren(ChosenChip) if not chip.isHidden()]
        chips = [chip.full_width for chip in self.chips.values()]
        parts = [*taken, *chosen, *chips, _FIELD_PX]
        is_compact = sum(parts) + _SPACING_PX * (len(parts) + 4) > self.width()
        for chip in self.chips.values():
            chip.show_compact(is_compact)
        # Nothing is cut short or laid over something else: the field gives way, its key is still there.
        for button in (self.characters, self.settings, self.saved):
            button.setMinimumWidth(button.sizeHint().width())
        short = [*taken, *chosen, *(chip.sizeHint().width() for chip in self.chips.values())]
        room = self.width() - sum(short) - _SPACING_PX * (len(short) + 5)
        self.field.setMinimumWidth(max(_LEAST_FIELD_PX, min(_FIELD_PX, room)))

    def _leave_field(self, field: QObject) -> None:
        if field is self.name_field:
            self.name_field.hide()
        elif not self.clear() and self.field.text():
            self.field.clear()
        self.left.emit()

    @Slot()
    def _take_facets(self) -> None:
        self.use(
            replace(self.filter, facets=frozenset(facet for facet, chip in self.chips.items() if chip.isChecked()))
        )

    @Slot()
    def _take_text(self) -> None:
        self.use(replace(self.filter, text=self.field.text()))

    @Slot()
    def _finish_typing(self) -> None:
        self._rest.stop()
        self._take_text()
        self.step_wanted.emit(1)
        self.left.emit()

    @Slot()
    def _save(self) -> None:
        if self.name_field.text().strip():
            self._saved.save(self.name_field.text(), self.filter)
            self.name_field.hide()
            self.left.emit()

    def _toggle_character(self, character_id: str) -> None:
        self.use(replace(self.filter, characters=self.filter.characters ^ {CharacterId(character_id)}))

    def _toggle_setting(self, setting_id: str) -> None:
        self.use(replace(self.filter, settings=self.filter.settings ^ {SettingId(setting_id)}))

    def _fill_characters(self, menu: QMenu) -> None:
        _fill(
            menu,
            self._index.characters(),
            self.filter.characters,
            self._toggle_character,
            tr("Nobody is in a shot yet."),
        )

    def _fill_settings(self, menu: QMenu) -> None:
        places = self._index.settings()
        _fill(menu, places, self.filter.settings, self._toggle_setting, tr("No shot has a place yet."))

    def _fill_saved(self, menu: QMenu) -> None:
        saved = self._saved.everything()
        for name, kept in saved.items():
            menu.addAction(name, lambda kept=kept: self.use(kept))
        if saved:
            menu.addSeparator()
        save = menu.addAction(tr("Save this filter…"), self.ask_name)
        save.setEnabled(not self.filter.is_empty)
        if saved:
            forget = menu.addMenu(tr("Forget"))
            for name in saved:
                forget.addAction(name, lambda name=name: self._saved.forget(name))

    def _show_filter(self) -> None:
        for facet, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(facet in self.filter.facets)
            chip.blockSignals(False)
        if self.field.text() != self.filter.text:
            self.field.blockSignals(True)
            self.field.setText(self.filter.text)
            self.field.blockSignals(False)
        while (item := self._chosen.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        chosen: list[tuple[str, Callable[[str], None]]] = [
            *((entity_id, self._toggle_character) for entity_id in sorted(self.filter.characters)),
            *((entity_id, self._toggle_setting) for entity_id in sorted(self.filter.settings)),
        ]
        for entity_id, drop in chosen:
            chip = ChosenChip(entity_id, self._index.name_of(entity_id))
            chip.dropped.connect(drop)
            self._chosen.addWidget(chip)
        if self.filter.is_empty:
            self.show_matches(None, 0)


def _menu_button(text: str, told: str, fill: Callable[[QMenu], None]) -> PressableButton:
    button = PressableButton(text)
    button.setObjectName("quiet")
    button.setToolTip(told)
    menu = QMenu(button)

    def refill() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(refill)
    button.setMenu(menu)
    return button


def _fill(menu: QMenu, items: list, chosen: frozenset, toggle: Callable[[str], None], nothing: str) -> None:
    if not items:
        menu.addAction(nothing).setEnabled(False)
    for entity_id, name, count in items[:_MOST_IN_MENU]:
        action = menu.addAction(f"{name}\t{count}")
        action.setCheckable(True)
        action.setChecked(entity_id in chosen)
        action.triggered.connect(lambda _, entity_id=entity_id: toggle(entity_id))
    if len(items) > _MOST_IN_MENU:
        menu.addAction(tr("and {n} more: type a name", n=len(items) - _MOST_IN_MENU)).setEnabled(False)
