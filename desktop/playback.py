"""Frames of clips, decoded off the GUI thread ahead of where the director is."""

import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from desktop.decoding import ClipReader
from desktop.pictures import find_media
from desktop.snapshot import Media
from storage.domain.takes import Take

_logger = logging.getLogger(__name__)
_AHEAD_FRAMES = 24
_LEAST_KEPT_FRAMES = 4
_BACKWARD_FRAMES = 8
_WISHES_KEPT = 12
_OPEN_CLIPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameKey:
    """One frame of a clip, from 0."""

    media: Media
    frame_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a clip is being looked at, and which way it runs from there: 1 or -1."""

    take: Take
    frame_index: int
    direction: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Frames to decode next, both ends included."""

    take: Take
    first: int
    last: int


class Frames(QObject):
    """Keeps as many decoded frames as fit, those around the followed heads first.

    Signals:
        frame_ready: a frame that was asked for by name, or that a head stands on, is here.
        clip_unreadable: the medium of a clip that cannot be read.

    Args:
        media_folder: `media/` of the film.
        most_bytes: how much memory decoded frames may take.
    """

    frame_ready = Signal(object)
    clip_unreadable = Signal(object)

    def __init__(self, media_folder: Path, *, most_bytes: int = 128_000_000, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[FrameKey, QImage] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes
        self._condition = Condition()
        self._heads: tuple[Head, ...] = ()
        self._wishes: OrderedDict[FrameKey, Take] = OrderedDict()
        self._broken: set[Media] = set()
        self._leaving = False
        self._thread = _ClipDecoder(self, media_folder)
        self._thread.start()

    def get(self, take: Take, frame_index: int) -> QImage | None:
        """A frame, or None now and `frame_ready` soon. A null image: the clip is unreadable.

        Args:
            frame_index: from 0, below the take's num_frames.
        """
        key = frame_key(take, frame_index)
        with self._condition:
            image = self._look_up(key)
            if image is None:
                self._wishes[key] = take
                self._wishes.move_to_end(key)
                while len(self._wishes) > _WISHES_KEPT:
                    self._wishes.popitem(last=False)
                self._condition.notify()
        return image

    def peek(self, take: Take, frame_index: int) -> QImage | None:
        """A frame if it is here; asks for nothing. A null image: the clip is unreadable."""
        with self._condition:
            return self._look_up(frame_key(take, frame_index))

    def follow(self, heads: Sequence[Head]) -> None:
        """Decode from these places on, in their order; what was followed before is let go."""
        with self._condition:
            if tuple(heads) != self._heads:
                self._heads = tuple(heads)
                self._condition.notify()

    def stop(self) -> None:
        """End the decoder's thread."""
        with self._condition:
            self._leaving = True
            self._condition.notify()
        self._thread.wait()

    def next_piece(self) -> Piece | None:
        """Wait for something to decode; None when it is time to leave. For the decoder's thread."""
        with self._condition:
            while not self._leaving:
                piece = next(self._missing(), None)
                if piece is not None:
                    return piece
                self._condition.wait()
        return None

    def deliver(self, key: FrameKey, image: QImage) -> None:
        """Hand over a decoded frame. For the decoder's thread."""
        with self._condition:
            asked = self._wishes.pop(key, None) is not None
            asked = asked or any(frame_key(head.take, head.frame_index) == key for head in self._heads)
            if key not in self._kept:
                self._kept[key] = image
                self._bytes += image.sizeInBytes()
                while self._bytes > self._most_bytes and len(self._kept) > _LEAST_KEPT_FRAMES:
                    _, gone = self._kept.popitem(last=False)
                    self._bytes -= gone.sizeInBytes()
        if asked:
            self.frame_ready.emit(key)

    def give_up(self, media: Media) -> None:
        """Say that a clip cannot be read. For the decoder's thread."""
        with self._condition:
            self._broken.add(media)
            for key in [key for key in self._wishes if key.media == media]:
                del self._wishes[key]
        self.clip_unreadable.emit(media)

    def _look_up(self, key: FrameKey) -> QImage | None:
        if key.media in self._broken:
            return QImage()
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
        return image

    def _missing(self) -> Iterator[Piece]:
        heads = [head for head in self._heads if media_of(head.take) not in self._broken]
        for head in heads:
            yield from self._piece(head, 0)
        for key, take in reversed(self._wishes.items()):
            yield Piece(take=take, first=key.frame_index, last=key.frame_index)
        for offset in range(1, self._ahead(heads)):
            for head in heads:
                yield from self._piece(head, offset)

    def _piece(self, head: Head, offset: int) -> Iterator[Piece]:
        index = head.frame_index + offset * head.direction
        if not 0 <= index < head.take.num_frames or frame_key(head.take, index) in self._kept:
            return
        # Codecs only run forward: backward is read in runs.
        run = _BACKWARD_FRAMES if head.direction < 0 else 1
        yield Piece(take=head.take, first=max(0, index - run + 1), last=index)

    def _ahead(self, heads: Sequence[Head]) -> int:
        frame_bytes = max((4 * head.take.width_px * head.take.height_px for head in heads), default=1)
        fit = self._most_bytes // (max(1, frame_bytes) * (len(heads) + 1))
        # What is ahead must fit together, or it would be decoded and let go in turn.
        return max(1, min(_AHEAD_FRAMES, fit))


class _ClipDecoder(QThread):
    """Decodes piece after piece; keeps the clips that it reads open."""

    def __init__(self, frames: Frames, media_folder: Path) -> None:
        super().__init__()
        self.setObjectName("playback")
        self._frames = frames
        self._folder = media_folder
        self._open: OrderedDict[Media, ClipReader] = OrderedDict()

    def run(self) -> None:
        import av.error

        while (piece := self._frames.next_piece()) is not None:
            media = media_of(piece.take)
            try:
                self._decode(piece, self._reader(piece.take))
            except (av.error.FFmpegError, OSError, IndexError) as error:
                _logger.info("clip %s cannot be played: %s", media.digest, error)
                self._frames.give_up(media)
        while self._open:
            self._open.popitem()[1].close()

    def _reader(self, take: Take) -> ClipReader:
        media = media_of(take)
        if media not in self._open:
            path = find_media(self._folder, media)
            if path is None:
                raise FileNotFoundError(media.digest)
            self._open[media] = ClipReader(path, take.frame_rate)
        self._open.move_to_end(media)
        while len(self._open) > _OPEN_CLIPS:
            self._open.popitem(last=False)[1].close()
        return self._open[media]

    def _decode(self, piece: Piece, reader: ClipReader) -> None:
        last: QImage | None = None
        reached = piece.first - 1
        for index, image in reader.read(piece.first, piece.last):
            # Where a clip skips a frame, the one after stands for it: nothing is asked for twice.
            for skipped in range(reached + 1, min(index, piece.last + 1)):
                self._frames.deliver(frame_key(piece.take, skipped), image)
            self._frames.deliver(frame_key(piece.take, index), image)
            reached, last = index, image
        if reached < piece.last:
            if last is None:
                raise IndexError(f"no frame {piece.first} of {piece.take.num_frames}")
            for index in range(reached + 1, piece.last + 1):
                self._frames.deliver(frame_key(piece.take, index), last)


def media_of(take: Take) -> Media:
    return Media(digest=take.media, suffix=take.media_suffix)


def frame_key(take: Take, frame_index: int) -> FrameKey:
    return FrameKey(media=media_of(take), frame_index=frame_index)
