"""A button with a small picture that follows the colours of the desk."""

from PySide6.QtCore import QEvent, QSize

from desktop import theme
from desktop.translating import tr
from desktop.views.icons import icon
from desktop.views.parts import PressableButton

_SIZE_PX = 16


class IconButton(PressableButton):
    """A picture instead of a word.

    Args:
        name: of the picture, as `icon` has it.
        words: what the button does, for its tooltip and screen readers.
        action: name of the action whose key its tooltip tells.
    """

    def __init__(self, name: str, words: str, action: str) -> None:
        super().__init__(action=action)
        self.setObjectName("quiet")
        self.setToolTip(tr(words))
        self.setAccessibleName(tr(words))
        self.setIconSize(QSize(_SIZE_PX, _SIZE_PX))
        self.show_icon(name)

    def show_icon(self, name: str) -> None:
        """Show another picture."""
        self._name, self._painted_in = name, theme.painted_in()
        self.setIcon(icon(name))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._painted_in != theme.painted_in():
            self.show_icon(self._name)
        super().changeEvent(event)
