"""Lets panels of the desk give way where the window is small, so that what is worked on is not squeezed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtWidgets import QWidget

from desktop.actions import KeyAction
from desktop.stage import Stage
from desktop.views.script_desk import ScriptDesk
from storage.domain.takes import Seam

ROOM_ACTIONS = (
    KeyAction(name="room", words="Panels beside and under the page, or all the room for it", keys=("F11",)),
)
# Of the desk, in pixels: a screen of 1920 × 1080 at 200 % has 960 × 540, a window of 1280 × 720 at 150 % 853 × 480.
_NARROW_PX, _LOW_PX = 1060, 600
_LEAST_PX = QSize(720, 430)


class Room(QObject):
    """Hides panels by itself in a small window, or as the director says: what is beside and under the views of the
    scene graph at the script seam, the outline at the others.

    Args:
        desk: whose size tells.
        stage: at which seam it is.
        pages: the views of the scene graph, with the button for it.
        beside_pages, beside_takes: what gives way at the script seam, and at the others.
    """

    def __init__(
        self,
        desk: QWidget,
        stage: Stage,
        pages: ScriptDesk,
        *,
        beside_pages: Sequence[QWidget],
        beside_takes: Sequence[QWidget],
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._stage = stage
        self._pages = pages
        self._panels = {True: tuple(beside_pages), False: tuple(beside_takes)}
        self._wanted: dict[bool, bool | None] = {True: None, False: None}
        pages.room_wanted.connect(self.toggle)
        for signal in (stage.moved, stage.here_changed, stage.film_changed):
            signal.connect(self.fit)

    def slots(self) -> dict[str, Callable[[], object]]:
        """What each of `ROOM_ACTIONS` does."""
        return {"room": self.toggle}

    @property
    def is_given(self) -> bool:
        """Whether panels give way now."""
        wanted = self._wanted[self._shapes]
        if wanted is not None:
            return wanted
        size = self._desk.size()
        return size.width() < _NARROW_PX or (self._shapes and size.height() < _LOW_PX)

    def least_size(self, with_panels: QSize) -> QSize:
        """How small the desk may become: panels give way only once it is small.

        Args:
            with_panels: what it needs with those panels that are shown now.
        """
        if self._wanted[self._shapes] is False:
            return with_panels
        least = QSize(_LEAST_PX.width(), _LEAST_PX.height() if self._shapes else with_panels.height())
        return with_panels.boundedTo(least)

    @Slot()
    def fit(self) -> None:
        """Show or hide the panels as the size of the desk and its seam ask for."""
        given, shapes = self.is_given, self._shapes
        for panel in (*self._panels[True], *self._panels[False]):
            hidden = given and panel in self._panels[shapes]
            if panel.isHidden() is not hidden:
                panel.setVisible(not hidden)
        self._pages.show_room(is_given=given)
        self._desk.updateGeometry()

    @Slot()
    def toggle(self) -> None:
        """Bring the panels back, or give the page their room."""
        self._wanted[self._shapes] = not self.is_given
        self.fit()

    @property
    def _shapes(self) -> bool:
        film = self._stage.film
        return self._stage.spot.seam is Seam.SCRIPT and film is not None and film.view is not None
