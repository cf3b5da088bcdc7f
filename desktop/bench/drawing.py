"""Draws small pictures and clips of flat people in flat places, for films that measure or test the desk."""

import io
from collections.abc import Sequence
from fractions import Fraction

import av
import numpy as np
from PIL import Image, ImageDraw

WIDTH_PX, HEIGHT_PX = 320, 180
SKIES = {"dusk": (214, 132, 82), "night": (38, 52, 92), "day": (150, 202, 232), "dawn": (206, 176, 190)}
FLOORS = {"dusk": (222, 170, 104), "night": (70, 58, 52), "day": (120, 122, 128), "dawn": (96, 104, 92)}
EYES = {"brown": (94, 56, 28), "blue": (46, 110, 214)}
_SCALES = {"wide shot": 0.32, "medium shot": 0.62}


def draw(
    time: str,
    size: str,
    people: Sequence[tuple[tuple[int, int, int], tuple[int, int, int], str]],
    *,
    shift_px: float = 0.0,
) -> np.ndarray:
    """A flat drawing of a shot as height × width × 3 bytes.

    Args:
        time: of day: "dusk", "night", "day" or "dawn".
        size: of the shot, a word of the vocabulary.
        people: of each, from left to right: colour of hair and coat, red, green and blue from 0 to 255, and
            the word for the eyes.
        shift_px: how far to the right they stand.
    """
    picture = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), SKIES[time])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, HEIGHT_PX * 0.66, WIDTH_PX, HEIGHT_PX), fill=FLOORS[time])
    scale = _SCALES.get(size, 1.0)
    for index, (hair, coat, eyes) in enumerate(people):
        x = WIDTH_PX * (index + 1) / (len(people) + 1) + shift_px
        head = 62 * scale
        top = HEIGHT_PX * 0.46 - head if scale == 1.0 else HEIGHT_PX * 0.4 - head * 0.4
        pen.ellipse((x - head, top - head * 0.2, x + head, top + head * 2.1), fill=hair)
        pen.rectangle((x - head * 1.1, top + head * 1.75, x + head * 1.1, HEIGHT_PX), fill=coat)
        pen.ellipse((x - head * 0.8, top, x + head * 0.8, top + head * 1.9), fill=(238, 198, 170))
        for side in (-0.4, 0.4):
            across, down, eye = x + side * head, top + head * 0.85, head * 0.2
            pen.ellipse((across - eye, down - eye, across + eye, down + eye), fill=(245, 245, 245))
            eye *= 0.6
            pen.ellipse((across - eye, down - eye, across + eye, down + eye), fill=EYES[eyes])
    return np.asarray(picture)


def png(frame: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(frame).save(buffer, format="PNG")
    return buffer.getvalue()


def jpeg(frame: np.ndarray) -> bytes:
    """A poster: at most 192 pixels a side."""
    picture = Image.fromarray(frame)
    picture.thumbnail((192, 192))
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=90)
    return buffer.getvalue()


def movie(frames: Sequence[np.ndarray], rate: Fraction, *, codec: str = "ffv1", container: str = "matroska") -> bytes:
    """A clip of these frames."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = frames[0].shape[1], frames[0].shape[0]
        stream.pix_fmt = "bgr0" if codec == "ffv1" else "yuv420p"
        stream.codec_context.thread_count = 1
        for index, frame in enumerate(frames):
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
            picture.pts, picture.time_base = index, 1 / rate
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    return buffer.getvalue()
