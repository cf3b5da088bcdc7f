"""The films that were open lately: where they are, what they showed, and what waited in them."""

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from desktop.background import Background
from desktop.kept import Kept
from desktop.pictures import find_media
from desktop.snapshot import FilmSnapshot, Media
from storage.project import DATABASE

_logger = logging.getLogger(__name__)
_MOST = 12
PICTURE_PX = QSize(112, 63)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentFilm:
    """A film as it was left.

    Attributes:
        opened_at: in seconds since 1970.
        waits: how many places waited for the director; None where the film had not been read to its end.
        num_shots: planned shots.
        poster: digest of its picture; empty for none.
        checkpoint: folder that draws it; empty for pocket.
    """

    folder: str
    title: str
    opened_at: float
    waits: int | None = None
    num_shots: int = 0
    poster: str = ""
    checkpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFilm:
    """A recent film, looked for. `there` is false where its folder is gone; `picture` may be null."""

    film: RecentFilm
    there: bool
    picture: QImage


class RecentFilms(QObject):
    """Remembers films, and looks for them off the GUI thread: a folder may lie on a disk that is slow or gone.

    Args:
        settings: of this user.
    """

    found = Signal(object)

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: Kept[tuple[RecentFilm, ...]] = Kept(settings, "films/recent", tuple[RecentFilm, ...], ())
        self._background: Background | None = None

    @property
    def films(self) -> tuple[RecentFilm, ...]:
        """The last one first."""
        return self._kept.read()

    def remember(self, folder: Path, film: FilmSnapshot, checkpoint: str = "") -> None:
        """Keep what a film is like now."""
        poster = next((card.poster for card in film.shots if card.poster is not None), None)
        kept = RecentFilm(
            folder=str(folder),
            title=film.title,
            opened_at=time.time(),
            waits=None if film.num_unread else len(film.waiting),
            num_shots=len(film.shots),
            poster=(poster.poster or "") if poster else "",
            checkpoint=checkpoint,
        )
        others = tuple(each for each in self.films if each.folder != kept.folder)
        self._kept.write((kept, *others)[:_MOST])

    def forget(self, folder: str) -> None:
        """Take a film off the list; nothing is deleted."""
        self._kept.write(tuple(each for each in self.films if each.folder != folder))
        self.look()

    def look(self) -> None:
        """Look for the films; answers with `found`, a tuple of `FoundFilm`."""
        films = self.films
        if not films:
            self.found.emit(())
            return
        if self._background is None:
            self._background = Background("recent films")
        self._background.submit(lambda: self.found.emit(tuple(_look_for(film) for film in films)))

    def stop(self) -> None:
        """End the thread that looks."""
        if self._background is not None:
            self._background.stop()
            self._background = None


def _look_for(film: RecentFilm) -> FoundFilm:
    folder = Path(film.folder)
    there = (folder / DATABASE).is_file()
    picture = QImage()
    path = find_media(folder / "media", Media(digest=film.poster)) if there and film.poster else None  # pyright: ignore[reportArgumentType]
    if path is not None:
        reader = QImageReader(str(path))
        reader.setScaledSize(reader.size().scaled(PICTURE_PX * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
        picture = reader.read()
    return FoundFilm(film=film, there=there, picture=picture)
