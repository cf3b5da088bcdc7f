"""What draws on the picture: which tool is in hand, in which colour and width."""

from PySide6.QtCore import QObject, QSettings, Signal

from desktop.kept import Kept
from storage.domain.strokes import Colour, Tool, Width


class Pencil(QObject):
    """One choice for the tool bar, the keys and the canvas.

    Signals:
        changed: another tool, none, another colour or width is in hand.

    Args:
        settings: this user's, where colour and width are kept.
    """

    changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: Kept[tuple[Colour, Width]] = Kept(
            settings, "notes/pencil", tuple[Colour, Width], (Colour.RED, Width.MEDIUM)
        )
        self.colour, self.width = self._kept.read()
        self.tool: Tool | None = None

    def take(self, tool: Tool | None) -> None:
        """Take a tool in hand; None puts it away."""
        if tool is not self.tool:
            self.tool = tool
            self.changed.emit()

    def toggle(self, tool: Tool) -> None:
        """Take a tool in hand, or put it away where it is."""
        self.take(None if tool is self.tool else tool)

    def dip(self, colour: Colour | None = None, width: Width | None = None) -> None:
        """Draw in another colour or width from now on."""
        before = (self.colour, self.width)
        self.colour, self.width = colour or self.colour, width or self.width
        if (self.colour, self.width) != before:
            self._kept.write((self.colour, self.width))
            self.changed.emit()
