"""Thumbnails and stills: decoded off the GUI thread, newest wish first, the least used let go."""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

from desktop.snapshot import Media
from storage.domain.takes import Take

_logger = logging.getLogger(__name__)
if TYPE_CHECKING:
    from av import VideoFrame

# What a view full of shots asks for; wishes before those are for what has been scrolled past.
_WISHES_KEPT = 96
_PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureKey:
    """A picture at a size; height_px 0 is its own size."""

    media: Media
    height_px: int = 0


def poster_key(take: Take, height_px: int) -> PictureKey:
    """The small picture of a take; its own medium where it has no poster."""
    media = Media(digest=take.poster) if take.poster else Media(digest=take.media, suffix=take.media_suffix)
    return PictureKey(media=media, height_px=height_px)


class Pictures(QObject):
    """Answers with a picture at once where it has it, and with `picture_ready` later where not.

    Args:
        media_folder: `media/` of the film.
        most_bytes: how much memory the pictures may take together.
    """

    picture_ready = Signal(object)
    _decoded = Signal(object, QImage)

    def __init__(self, media_folder: Path, *, most_bytes: int = 64_000_000, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[PictureKey, QImage] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes
        self._wishes: OrderedDict[PictureKey, None] = OrderedDict()
        self._condition = Condition()
        self._leaving = False
        self._thread = _Decoder(self, media_folder)
        self._decoded.connect(self._keep)
        self._thread.start()

    def get(self, key: PictureKey) -> QImage | None:
        """The picture, or None now and `picture_ready` when it has been decoded. A null image: unreadable."""
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
            return image
        with self._condition:
            self._wishes[key] = None
            self._wishes.move_to_end(key)
            while len(self._wishes) > _WISHES_KEPT:
                self._wishes.popitem(last=False)
            self._condition.notify()
        return None

    def stop(self) -> None:
        """End the decoder's thread."""
        with self._condition:
            self._leaving = True
            self._condition.notify()
        self._thread.wait()

    @property
    def num_bytes(self) -> int:
        return self._bytes

    def next_wish(self) -> PictureKey | None:
        """Wait for the newest wish; None when it is time to leave. For the decoder's thread."""
        with self._condition:
            while not self._wishes and not self._leaving:
                self._condition.wait()
            return None if self._leaving else self._wishes.popitem()[0]

    def deliver(self, key: PictureKey, image: QImage) -> None:
        """Hand over a decoded picture. For the decoder's thread."""
        self._decoded.emit(key, image)

    @Slot(object, QImage)
    def _keep(self, key: PictureKey, image: QImage) -> None:
        if key in self._kept:
            return
        self._kept[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= gone.sizeInBytes()
        self.picture_ready.emit(key)


class _Decoder(QThread):
    def __init__(self, pictures: Pictures, media_folder: Path) -> None:
        super().__init__()
        self.setObjectName("pictures")
        self._pictures = pictures
        self._folder = media_folder

    def run(self) -> None:
        while (key := self._pictures.next_wish()) is not None:
            self._pictures.deliver(key, read_picture(self._folder, key))


def find_media(media_folder: Path, media: Media) -> Path | None:
    """Where a medium lies; looks for the usual suffixes of a picture where its own is not known."""
    folder = media_folder / media.digest[:2]
    suffixes = (media.suffix,) if media.suffix else _PICTURE_SUFFIXES
    return next((path for suffix in suffixes if (path := folder / f"{media.digest}{suffix}").is_file()), None)


def read_picture(media_folder: Path, key: PictureKey) -> QImage:
    """Decode a picture, or the first frame of a clip, at a size. A null image where it cannot be read."""
    path = find_media(media_folder, key.media)
    if path is None:
        _logger.info("no medium %s", key.media.digest)
        return QImage()
    if path.suffix in _PICTURE_SUFFIXES:
        reader = QImageReader(str(path))
        size = reader.size()
        if key.height_px and size.height() > key.height_px:
            reader.setScaledSize(_fitted(size, key.height_px))
        return reader.read()
    return _fit(_first_frame(path), key.height_px)


def _first_frame(path: Path) -> QImage:
    # PyAV brings numpy along: it is loaded on the thread that needs it, so that the window comes up sooner.
    import av
    import av.error

    try:
        with av.open(path) as container:
            container.streams.video[0].codec_context.thread_count = 1
            return to_image(next(container.decode(video=0)))
    except (av.error.FFmpegError, OSError, StopIteration, IndexError) as error:
        _logger.info("%s cannot be read: %s", path, error)
        return QImage()


def _fit(image: QImage, height_px: int) -> QImage:
    if not height_px or image.height() <= height_px:
        return image
    size = _fitted(image.size(), height_px)
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def to_image(frame: "VideoFrame") -> QImage:
    """A decoded frame as an image that owns its pixels."""
    # Left to itself, swscale starts threads anew for every frame.
    rgb = frame.reformat(format="rgb24", threads=1)
    plane = rgb.planes[0]
    return QImage(bytes(plane), rgb.width, rgb.height, plane.line_size, QImage.Format.Format_RGB888).copy()


def _fitted(size: QSize, height_px: int) -> QSize:
    return QSize(max(1, round(size.width() * height_px / max(1, size.height()))), height_px)
