"""The row above the picture while one draws: tools, colour, width, clear, and the notes of earlier takes."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop import theme
from desktop.pencil import Pencil
from desktop.translating import marked, tr
from desktop.views.choices import Choice
from desktop.views.icon_button import IconButton
from desktop.views.parts import ElidedLabel, quiet_button
from desktop.views.stroke_painter import colour_of
from storage.domain.strokes import Colour, Tool, Width

_TOOLS = (
    (Tool.PEN, marked("Pen: draw freely")),
    (Tool.ARROW, marked("Arrow: from tail to head")),
    (Tool.BOX, marked("Box: from corner to corner")),
    (Tool.TEXT, marked("Words on the picture: click where they begin")),
)
# How much room the row needs for each, those that keys and the row above do too last.
_PLACE_PX, _DONE_PX, _EARLIER_PX, _CLEAR_PX = 660, 540, 480, 410
_SWATCH_PX = 14


class DrawingBar(QWidget):
    """Buttons for the pencil.

    Signals:
        clear_wanted: what is drawn on the frame is to go.
        earlier_toggled: whether the notes of earlier takes are to be seen.

    Args:
        pencil: what the buttons speak to.
    """

    clear_wanted = Signal()
    earlier_toggled = Signal(bool)

    def __init__(self, pencil: Pencil, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pencil = pencil
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tools = {tool: _tool_button(tool, words) for tool, words in _TOOLS}
        for tool, button in self.tools.items():
            button.clicked.connect(lambda _=False, tool=tool: pencil.toggle(tool))
        self.colour = Choice()
        self.colour.setAccessibleName(tr("Colour"))
        self.colour.setToolTip(tr("Colour"))
        for colour in Colour:
            self.colour.addItem(_swatch(colour), tr(colour), colour)
        self.width_choice = Choice()
        self.width_choice.setAccessibleName(tr("Width of lines and letters"))
        self.width_choice.setToolTip(tr("Width of lines and letters"))
        for width in Width:
            self.width_choice.addItem(tr(width), width)
        self.colour.activated.connect(lambda index: pencil.dip(Colour(self.colour.itemData(index))))
        self.width_choice.activated.connect(lambda index: pencil.dip(width=Width(self.width_choice.itemData(index))))
        self.clear = quiet_button("Clear", "Clear what is drawn on this frame", action="note_clear")
        self.clear.clicked.connect(self.clear_wanted)
        self.earlier = quiet_button(
            "Earlier", "Notes on earlier takes of this shot, over this one", checkable=True, action="note_earlier"
        )
        self.earlier.toggled.connect(self.earlier_toggled)
        self.place = ElidedLabel()
        self.place.setObjectName("soft")
        self.close_button = quiet_button("Done", "Put the tool away  Esc")
        self.close_button.clicked.connect(lambda: pencil.take(None))
        for choice in (self.colour, self.width_choice):
            choice.setMinimumWidth(choice.sizeHint().width())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 3)
        layout.setSpacing(3)
        for widget in (*self.tools.values(), self.colour, self.width_choice, self.clear, self.earlier):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(self.place, 1)
        layout.addStretch(0)
        layout.addWidget(self.close_button)
        pencil.changed.connect(self.show_pencil)
        self.show_pencil()

    def minimumSizeHint(self) -> QSize:
        # It never makes the window wider than the picture wants it.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = (_PLACE_PX, _DONE_PX, _EARLIER_PX, _CLEAR_PX)
        shown = (self.place, self.close_button, self.earlier, self.clear)
        for widget, least_px in zip(shown, needed, strict=True):
            widget.setVisible(self.width() >= least_px)

    @Slot()
    def show_pencil(self) -> None:
        """Show which tool is in hand, and what it draws with."""
        pencil = self._pencil
        for tool, button in self.tools.items():
            button.setChecked(tool is pencil.tool)
        self.colour.setCurrentIndex(list(Colour).index(pencil.colour))
        self.width_choice.setCurrentIndex(list(Width).index(pencil.width))

    def show_place(self, words: str) -> None:
        """Say where a stroke would go."""
        self.place.show_text(words)


def _tool_button(tool: Tool, words: str) -> IconButton:
    button = IconButton(str(tool), words, f"note_{tool}")
    button.setCheckable(True)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def _swatch(colour: Colour) -> QIcon:
    pixmap = QPixmap(_SWATCH_PX * 2, _SWATCH_PX * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.faded(theme.TEXT, 110))
    painter.setBrush(colour_of(colour))
    painter.drawRoundedRect(1, 1, 2 * _SWATCH_PX - 3, 2 * _SWATCH_PX - 3, 6, 6)
    painter.end()
    return QIcon(pixmap)
