"""Reads frames out of one clip: on from where it stands where that is near, else from the key frame before."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from av import VideoFrame

_NEAR_FRAMES = 32


class ClipReader:
    """One open clip. Belongs to the thread that made it.

    Args:
        path: of a file that PyAV reads.
        rate: frames a second, > 0.

    Raises:
        av.error.FFmpegError: it is no clip.
        IndexError: it holds no pictures.
    """

    def __init__(self, path: Path, rate: Fraction) -> None:
        # PyAV brings numpy along: it is loaded on the thread that needs it, so that the window comes up sooner.
        import av
        from av.video.reformatter import VideoReformatter

        self._rate = rate
        self._container = av.open(path)
        try:
            self._stream = self._container.streams.video[0]
        except IndexError:
            self._container.close()
            raise
        self._stream.codec_context.thread_count = 1
        self._reformatter = VideoReformatter()
        self._time_base = self._stream.time_base or Fraction(1, 1000)
        self._start = self._stream.start_time or 0
        self._pictures: Iterator[VideoFrame] = iter(())
        self._next: int | None = 0
        self._is_fresh = True

    def read(self, first: int, last: int) -> Iterator[tuple[int, QImage]]:
        """The frames from `first` to `last`, both included, each with its index; fewer where the clip ends before."""
        if self._is_fresh or self._next is None or not self._next <= first <= self._next + _NEAR_FRAMES:
            self._seek(first)
        for picture in self._pictures:
            if picture.pts is None:
                continue
            # Matroska keeps whole milliseconds, so the nearest frame is the one meant.
            index = round((picture.pts - self._start) * self._time_base * self._rate)
            self._next = index + 1
            if index >= first:
                yield index, self._to_image(picture)
            if index >= last:
                return
        self._next = None

    def close(self) -> None:
        """Let go of the file, and of the threads that FFmpeg keeps for it."""
        self._pictures = iter(())
        self._container.close()
        del self._stream, self._container, self._reformatter

    def _seek(self, frame_index: int) -> None:
        if frame_index or not self._is_fresh:
            offset = self._start + int(frame_index / self._rate / self._time_base)
            self._container.seek(offset, stream=self._stream, backward=True, any_frame=False)
        self._pictures = self._container.decode(self._stream)
        self._next = frame_index
        self._is_fresh = False

    def _to_image(self, picture: "VideoFrame") -> QImage:
        # Left to itself, swscale starts threads anew for every frame.
        pixels = self._reformatter.reformat(picture, format="bgra", threads=1)
        plane = pixels.planes[0]
        data, line = memoryview(plane), plane.line_size
        # Qt paints this layout fastest; the copy lets go of PyAV's buffer.
        return QImage(data, pixels.width, pixels.height, line, QImage.Format.Format_RGB32).copy()
