"""Where the director was in each film: window, splitters, seam, shot, frame, filter, zoom; kept, and brought back."""

import hashlib
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.kept import Kept
from desktop.snapshot import Spot
from desktop.timeline.shot_filter import ShotFilter
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, TakeId

_KEEP_EVERY_MS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a film was left.

    Attributes:
        window_px, screen_px: width and height of the window, and of the screen that it was on.
        splitters: name → sizes, in pixels.
        zoom_px: of the timeline, pixels a frame; 0 for the whole film.
    """

    window_px: tuple[int, int] = (0, 0)
    screen_px: tuple[int, int] = (0, 0)
    maximised: bool = False
    splitters: dict[str, tuple[int, ...]] = field(default_factory=dict)
    seam: Seam = Seam.SCRIPT
    shot_id: ShotId | None = None
    take_id: TakeId | None = None
    frame_index: int = 0
    shot_filter: ShotFilter = field(default_factory=ShotFilter)
    zoom_px: float = 0.0
    scroll_px: int = 0


class LayoutKeeper(QObject):
    """Brings the layout of a film back when it has been read, and keeps it now and then, and when asked.

    Args:
        desk: of the film.
        window: around it.
        settings: of this user; None keeps nothing.
    """

    def __init__(self, desk: Desk, window: QWidget, settings: QSettings | None) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        digest = hashlib.sha256(str(desk.folder).encode()).hexdigest()[:16]
        self._kept: Kept[Layout | None] = Kept(settings, f"layout/{digest}", Layout | None, None)
        self._wanted = self._kept.read() if settings is not None else None
        self._written = self._wanted
        self._splitters = self._wanted.splitters if self._wanted else {}
        self._shown = False
        self._show_frame()
        # After the desk itself, whose stage is then where a newly opened film begins.
        desk.reader.film_read.connect(self._show_place)
        self._clock = QTimer(self)
        self._clock.setInterval(_KEEP_EVERY_MS)
        self._clock.timeout.connect(self.keep)
        self._clock.start()

    @property
    def _screen_px(self) -> tuple[int, int]:
        size = self._window.screen().availableSize()
        return size.width(), size.height()

    @property
    def _kept_splitters(self) -> dict[str, tuple[int, ...]]:
        return self._written.splitters if self._written else {}

    @Slot()
    def keep(self) -> None:
        """Keep the layout as it is, unless the film was never shown."""
        desk, stage = self._desk, self._desk.stage
        if stage.film is None or not stage.film.shots:
            return
        scale = desk.timeline.scale
        layout = Layout(
            window_px=(self._window.width(), self._window.height()),
            screen_px=self._screen_px,
            maximised=self._window.isMaximized(),
            splitters={**self._kept_splitters, **_sizes(desk)},
            seam=stage.spot.seam,
            shot_id=stage.spot.shot_id,
            take_id=stage.take.id if stage.take else None,
            frame_index=stage.frame_index,
            shot_filter=desk.timeline_panel.bar.filter,
            zoom_px=0.0 if scale.px_a_frame <= scale.least_px_a_frame * 1.0001 else scale.px_a_frame,
            scroll_px=scale.scroll_px,
        )
        if layout != self._written:
            self._written = layout
            self._kept.write(layout)

    def _show_frame(self) -> None:
        """Window and splitters, before anything is read."""
        layout = self._wanted
        if layout is None:
            return
        width, height = layout.window_px
        if self._screen_px != layout.screen_px:
            # Another screen than the one on which it was left.
            width, height = min(width, self._screen_px[0]), min(height, self._screen_px[1])
        if width and height and not layout.maximised:
            self._window.resize(width, height)
        elif layout.maximised and self._window.isVisible():
            self._window.showMaximized()
        # Sizes mean what they say once everything has its place in the window.
        QTimer.singleShot(0, self, self._show_splitters)

    @Slot()
    def _show_splitters(self) -> None:
        for name, sizes in self._splitters.items():
            splitter = self._desk.splitters.get(name)
            if splitter is not None and len(sizes) == splitter.count():
                splitter.setSizes(list(sizes))
        self._desk.keep_rows()

    @Slot()
    def _show_place(self) -> None:
        """Seam, shot, take and frame: as soon as they have been read, unless the director has gone elsewhere."""
        layout, stage = self._wanted, self._desk.stage
        if layout is None or stage.film is None:
            return
        spot = Spot(seam=layout.seam, shot_id=layout.shot_id)
        if not self._shown:
            if not stage.film.shots:
                return
            self._shown = True
            if spot.shot_id is not None and stage.film.card(spot.shot_id) is None:
                self._wanted = None
                return
            self._desk.timeline_panel.bar.use(layout.shot_filter)
            stage.show_spot(spot)
            if layout.zoom_px:
                self._desk.timeline.zoom_to(layout.zoom_px)
                self._desk.timeline.scroll_by(layout.scroll_px - self._desk.timeline.scale.scroll_px)
        elif stage.spot != spot:
            self._wanted = None
            return
        takes = stage.takes
        if not takes and stage.film.num_unread:
            return
        self._wanted = None
        if any(take.id == layout.take_id for take in takes) and layout.take_id is not None:
            stage.show_take(layout.take_id)
            stage.show_frame(layout.frame_index)


def _sizes(desk: Desk) -> dict[str, tuple[int, ...]]:
    """Of the splitters all of whose parts are shown: what is hidden for a while has no size to keep."""
    sizes = {name: tuple(splitter.sizes()) for name, splitter in desk.splitters.items()}
    return {name: each for name, each in sizes.items() if all(each)}
