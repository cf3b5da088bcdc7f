"""The row above the picture: what to see of it and how large; below it, while comparing, with what and how."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from desktop.comparing import Comparison, Mode, take_name
from desktop.stage import Stage
from desktop.translating import marked, tr
from desktop.views.parts import ElidedLabel, PressableButton, label, quiet_button

_MODES = (
    (Mode.FLICK, marked("Flick"), "flick", marked("The one or the other, in place")),
    (Mode.WIPE, marked("Wipe"), "wipe", marked("Both, with a line to drag")),
    (Mode.SIDE, marked("Side"), "side_by_side", marked("Side by side")),
    (Mode.DIFFERENCE, marked("Differ"), "difference", marked("The difference, amplified")),
    (Mode.ONION, marked("Onion"), "onion_skin", marked("The one through the other")),
)
_SLIDER_STEPS = 100
_NARROW_PX = 600
_TIGHT_PX = 510


class ViewBar(QWidget):
    """Buttons for what the canvas shows: compare, all takes, regions, safe areas, zoom.

    Signals:
        compare_wanted, sheet_wanted, fit_wanted, pixels_wanted: the button was pressed.
        safe_areas_toggled: with whether they are to be shown.
    """

    compare_wanted = Signal()
    sheet_wanted = Signal()
    fit_wanted = Signal()
    pixels_wanted = Signal()
    safe_areas_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.compare = _whole_button("Compare", "Compare with another take of the shot", "compare", tells=True)
        self.sheet = _whole_button("Takes", "All takes of the shot", "contact_sheet", tells=True)
        self.regions = _whole_button("Regions", "Regions of drift, on or off", "regions", tells=True)
        self.regions.setChecked(True)
        self.safe = _whole_button("Safe", "Safe areas: action 93 %, title 90 %", "safe_areas", tells=True)
        self.draw = _whole_button("Draw", "Draw on the picture", "note_pen", tells=True)
        self.percent = label("", "soft")
        self.fit = _whole_button("Fit", "The whole picture", "fit")
        self.pixels = _whole_button("1:1", "Each pixel on one of the screen", "pixels")
        self.compare.clicked.connect(self.compare_wanted)
        self.sheet.clicked.connect(self.sheet_wanted)
        self.safe.toggled.connect(self.safe_areas_toggled)
        self.fit.clicked.connect(self.fit_wanted)
        self.pixels.clicked.connect(self.pixels_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 3)
        layout.setSpacing(3)
        for widget in (self.compare, self.sheet, self.regions, self.safe, self.draw):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self.percent, self.fit, self.pixels):
            layout.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in (self.compare, self.sheet, self.regions, self.safe, self.draw):
            button.tell_key(self.width() >= _TIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        # Without its keys it fits wherever the picture does.
        return QSize(0, super().minimumSizeHint().height())

    def show_zoom(self, percent: int | None, *, fitted: bool) -> None:
        """Say how large the picture is."""
        self.percent.setText(f"{percent} %" if percent is not None else "")
        self.fit.setChecked(fitted)
        self.pixels.setChecked(percent == 100)


class CompareBar(QWidget):
    """Modes, the other take, and how much of it.

    Args:
        stage: whose take is A.
        comparison: what the buttons speak to.
    """

    def __init__(self, stage: Stage, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._comparison = comparison
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.modes = {mode: _whole_button(word, words, action) for mode, word, action, words in _MODES}
        for mode, button in self.modes.items():
            button.clicked.connect(lambda _=False, mode=mode: comparison.show_mode(mode))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _SLIDER_STEPS)
        self.slider.setMinimumWidth(40)
        self.slider.setMaximumWidth(120)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.valueChanged.connect(lambda value: comparison.show_amount(value / _SLIDER_STEPS))
        self.before = _whole_button("‹", "Compare with the take before", "partner_before", checkable=False)
        self.after = _whole_button("›", "Compare with the take after", "partner_after", checkable=False)
        self.before.clicked.connect(lambda: comparison.step_partner(-1))
        self.after.clicked.connect(lambda: comparison.step_partner(1))
        self.partner = ElidedLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 3)
        layout.setSpacing(3)
        for widget in (*self.modes.values(), self.slider):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addWidget(self.before)
        layout.addWidget(self.partner, 1)
        layout.addWidget(self.after)
        comparison.changed.connect(self.show_comparison)
        self.show_comparison()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_PX
        for button in self.modes.values():
            button.tell_key(not narrow)

    def minimumSizeHint(self) -> QSize:
        # Without its keys it fits wherever the picture does.
        return QSize(0, super().minimumSizeHint().height())

    @Slot()
    def show_comparison(self) -> None:
        """Show how is compared, and with what."""
        comparison = self._comparison
        self.setVisible(comparison.is_on)
        for mode, button in self.modes.items():
            button.setChecked(comparison.is_on and comparison.mode is mode)
            button.setEnabled(comparison.partner is not None)
        self.slider.setEnabled(comparison.partner is not None and comparison.mode not in (Mode.FLICK, Mode.SIDE))
        self.slider.blockSignals(True)
        self.slider.setValue(round(comparison.amount * _SLIDER_STEPS))
        self.slider.blockSignals(False)
        self.slider.setToolTip(tr(_AMOUNT_WORDS.get(comparison.mode, "")))
        self.slider.setAccessibleName(tr(_AMOUNT_WORDS.get(comparison.mode, _AMOUNT)))
        partner = comparison.partner
        many = len(comparison.candidates) > 1
        self.before.setVisible(many)
        self.after.setVisible(many)
        self.partner.show_text(
            tr("B  {name}", name=take_name(partner, self._stage.spot)) if partner else tr("nothing to compare with")
        )


def _whole_button(
    text: str, words: str, action: str, *, checkable: bool = True, tells: bool = False
) -> PressableButton:
    """A button that is not squeezed where there is little room."""
    button = quiet_button(text, words, checkable=checkable, action=action)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.tell_key(tells)
    return button


_AMOUNT = marked("Amount")
_AMOUNT_WORDS = {
    Mode.WIPE: marked("Where the line is  Shift+← →"),
    Mode.DIFFERENCE: marked("How much differences are amplified  Shift+← →"),
    Mode.ONION: marked("How much of the other shows  Shift+← →"),
}
