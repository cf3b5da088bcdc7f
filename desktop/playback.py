"""Frames of a clip, decoded off the GUI thread around the one that is asked for."""

import logging
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtGui import QImage

from desktop.pictures import find_media, to_image
from desktop.snapshot import Media
from storage.domain.takes import Take

_logger = logging.getLogger(__name__)
_AHEAD_FRAMES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameKey:
    """One frame of a clip, from 0."""

    media: Media
    frame_index: int


class Frames(QObject):
    """Decodes the frames of the clip on screen; keeps as many as fit.

    Args:
        media_folder: `media/` of the film.
        most_bytes: how much memory decoded frames may take.
    """

    frame_ready = Signal(object)
    clip_unreadable = Signal(object)
    _decoded = Signal(object, QImage)

    def __init__(self, media_folder: Path, *, most_bytes: int = 64_000_000, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[FrameKey, QImage] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes
        self._condition = Condition()
        self._wish: tuple[Take, int] | None = None
        self._leaving = False
        self._decoded.connect(self._keep)
        self._thread = _ClipDecoder(self, media_folder)
        self._thread.start()

    def get(self, take: Take, frame_index: int) -> QImage | None:
        """A frame, or None now and `frame_ready` soon. Asking also fetches the frames that follow.

        Args:
            frame_index: from 0, below the take's num_frames.
        """
        key = FrameKey(media=media_of(take), frame_index=frame_index)
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
        soon = FrameKey(media=key.media, frame_index=min(frame_index + _AHEAD_FRAMES // 3, take.num_frames - 1))
        if image is None or soon not in self._kept:
            with self._condition:
                self._wish = (take, frame_index)
                self._condition.notify()
        return image

    def has(self, key: FrameKey) -> bool:
        """Whether a frame is kept. Also asked by the decoder's thread, which a wrong answer only costs time."""
        return key in self._kept

    def stop(self) -> None:
        """End the decoder's thread."""
        with self._condition:
            self._leaving = True
            self._condition.notify()
        self._thread.wait()

    def wait_for_wish(self) -> tuple[Take, int] | None:
        """Wait for a wish and take it; None when it is time to leave. For the decoder's thread."""
        with self._condition:
            while self._wish is None and not self._leaving:
                self._condition.wait()
            wish, self._wish = self._wish, None
            return None if self._leaving else wish

    @property
    def has_new_wish(self) -> bool:
        """Whether the decoder should turn to something else."""
        return self._wish is not None or self._leaving

    def deliver(self, key: FrameKey, image: QImage) -> None:
        """Hand over a decoded frame. For the decoder's thread."""
        self._decoded.emit(key, image)

    @Slot(object, QImage)
    def _keep(self, key: FrameKey, image: QImage) -> None:
        if key not in self._kept:
            self._kept[key] = image
            self._bytes += image.sizeInBytes()
            while self._bytes > self._most_bytes and len(self._kept) > _AHEAD_FRAMES:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= gone.sizeInBytes()
        self.frame_ready.emit(key)


class _ClipDecoder(QThread):
    """Reads on from where it is where that is near; else seeks."""

    def __init__(self, frames: Frames, media_folder: Path) -> None:
        super().__init__()
        self.setObjectName("playback")
        self._frames = frames
        self._folder = media_folder

    def run(self) -> None:
        import av.error

        while (wish := self._frames.wait_for_wish()) is not None:
            take, frame_index = wish
            media = media_of(take)
            path = find_media(self._folder, media)
            try:
                if path is None:
                    raise FileNotFoundError(media.digest)
                self._decode(path, media, take, frame_index)
            except (av.error.FFmpegError, OSError, IndexError) as error:
                _logger.info("clip %s cannot be played: %s", media.digest, error)
                self._frames.clip_unreadable.emit(media)

    def _decode(self, path: Path, media: Media, take: Take, frame_index: int) -> None:
        stop = min(frame_index + _AHEAD_FRAMES, take.num_frames)
        wanted = [
            index
            for index in range(frame_index, stop)
            if not self._frames.has(FrameKey(media=media, frame_index=index))
        ]
        if not wanted:
            return
        for index, image in read_frames(path, wanted[0], take.frame_rate):
            if index >= stop:
                break
            self._frames.deliver(FrameKey(media=media, frame_index=index), image)
            # The wanted frame itself always comes out, so that scrubbing shows something.
            if self._frames.has_new_wish and index >= frame_index:
                break


def media_of(take: Take) -> Media:
    return Media(digest=take.media, suffix=take.media_suffix)


def read_frames(path: Path, first: int, rate: Fraction) -> Iterator[tuple[int, QImage]]:
    """Frames of a clip from one on, each with its index.

    Args:
        first: index of the first frame wanted, from 0.
        rate: frames a second, > 0.
    """
    import av

    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        time_base = stream.time_base or Fraction(1, 1000)
        start = stream.start_time or 0
        if first:
            container.seek(start + int(first / rate / time_base), stream=stream, backward=True, any_frame=False)
        for picture in container.decode(video=0):
            if picture.pts is None:
                continue
            # Matroska keeps whole milliseconds, so the nearest frame is the one meant.
            index = round((picture.pts - start) * time_base * rate)
            if index >= first:
                yield index, to_image(picture)
