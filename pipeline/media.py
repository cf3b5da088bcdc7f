"""Pictures and clips to bytes and back, without loss: PNG for a keyframe, FFV1 in Matroska for a clip.

The critic judges what is on disk and media are named by their digest, so the same frames
must give the same bytes, and the bytes the same frames. FFV1 with intra frames only
keeps every pixel and can be read from any frame. Damage is found by the digest, not here:
FFmpeg shows the frame before in place of a slice whose checksum is wrong.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, cast

import av
import av.error
import numpy as np
from PIL import Image, UnidentifiedImageError

from pipeline.renderers.base import Frame, Frames
from storage.errors import KnownError

PICTURE_SUFFIX = ".png"
CLIP_SUFFIX = ".mkv"


def encode_picture(frame: Frame) -> bytes:
    """A picture as PNG.

    Args:
        frame: height x width x 3, uint8, RGB.

    Raises:
        ValueError: the array is not such a picture.
    """
    _check_frame(frame)
    buffer = io.BytesIO()
    Image.fromarray(frame).save(buffer, format="PNG")
    return buffer.getvalue()


def decode_picture(path: Path) -> Frame:
    """A picture file as height x width x 3, uint8, RGB.

    Raises:
        KnownError: the file is missing or damaged.
    """
    with _readable(path), Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def thumbnail(frame: Frame, width_px: int = 256) -> bytes:
    """A small JPEG of a picture, in its proportions; never larger than the picture.

    Args:
        frame: height x width x 3, uint8, RGB.
        width_px: the most pixels across, > 0.

    Raises:
        ValueError: the array is not such a picture.
    """
    _check_frame(frame)
    picture = Image.fromarray(frame)
    picture.thumbnail((width_px, max(1, width_px * 4)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=88, subsampling=0)
    return buffer.getvalue()


def encode_clip(frames: Frames, frame_rate: Fraction) -> bytes:
    """A clip as FFV1 in Matroska: every pixel kept, every frame a place to start from.

    Args:
        frames: number x height x width x 3, uint8, RGB; at least one.
        frame_rate: frames a second, > 0.

    Returns:
        The file. The same frames and rate give the same bytes.

    Raises:
        ValueError: the array is not such a clip, or the rate is not above 0.
    """
    if frames.ndim != 4 or not len(frames):
        raise ValueError(f"a clip must be number x height x width x 3, not {frames.shape}")
    _check_frame(frames[0])
    if frame_rate <= 0:
        raise ValueError(f"a frame rate must be above 0, not {frame_rate}")
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("ffv1", rate=frame_rate, options={"level": "3", "slices": "4", "g": "1"})
        stream.width, stream.height, stream.pix_fmt = frames.shape[2], frames.shape[1], "bgr0"
        stream.codec_context.time_base = 1 / frame_rate
        stream.codec_context.thread_count = 1
        for index, frame in enumerate(frames):
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24").reformat(format="bgr0")
            picture.pts, picture.time_base = index, 1 / frame_rate
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def read_clip(source: Path | BinaryIO) -> Iterator[Frame]:
    """The frames of a clip or movie file one after the other, each height x width x 3, uint8, RGB.

    Raises:
        KnownError: the file is missing or damaged.
    """
    with _readable(source), av.open(source, "r") as container:
        for picture in container.decode(video=0):
            yield _rgb(picture)


def decode_clip(path: Path) -> Frames:
    """A clip file as number x height x width x 3, uint8, RGB.

    Raises:
        KnownError: the file is missing or damaged.
    """
    frames = list(read_clip(path))
    if not frames:
        raise _unreadable(path)
    return np.stack(frames)


def decode_frame(path: Path, frame_index: int) -> Frame:
    """One frame of a clip that `encode_clip` made, without decoding the others.

    Args:
        frame_index: from 0.

    Raises:
        IndexError: the clip has no such frame.
        KnownError: the file is missing or damaged.
    """
    if frame_index < 0:
        raise IndexError(frame_index)
    with _readable(path), av.open(path, "r") as container:
        # A frame that is its own packet is found by counting, which no rounding of time stamps can upset.
        container.streams.video[0].codec_context.thread_count = 1
        for index, packet in enumerate(container.demux(video=0)):
            if index == frame_index and packet.size:
                return _rgb(cast(av.VideoFrame, packet.decode()[0]))
    raise IndexError(frame_index)


def _rgb(picture: av.VideoFrame) -> Frame:
    return cast(Frame, picture.to_ndarray(format="rgb24"))


def _check_frame(frame: Frame) -> None:
    if frame.ndim != 3 or frame.shape[-1] != 3 or frame.dtype != np.uint8:
        raise ValueError(f"a picture must be height x width x 3, uint8, not {frame.shape}, {frame.dtype}")


def _unreadable(source: Path | BinaryIO) -> KnownError:
    name = source.name if isinstance(source, Path) else "A clip"
    return KnownError(f"{name} cannot be read as a picture or clip.", "Run `matchcut verify` to see what is damaged.")


@contextmanager
def _readable(source: Path | BinaryIO) -> Iterator[None]:
    try:
        yield
    except (av.error.FFmpegError, UnidentifiedImageError, OSError) as error:
        raise _unreadable(source) from error
