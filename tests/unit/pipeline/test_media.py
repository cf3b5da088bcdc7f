"""Pictures and clips come back as they were, and the same frames are the same bytes."""

import io
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.media import (
    decode_clip,
    decode_frame,
    decode_picture,
    encode_clip,
    encode_picture,
    read_clip,
    thumbnail,
)
from storage.errors import KnownError

RATES = st.sampled_from([Fraction(8), Fraction(12), Fraction(24), Fraction(25), Fraction(24000, 1001)])


def noise(num_frames: int, height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (num_frames, height, width, 3), np.uint8)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.integers(2, 40), st.integers(2, 40), RATES)
def test_a_clip_loses_nothing(num_frames: int, height: int, width: int, rate: Fraction) -> None:
    frames = noise(num_frames, height, width)
    encoded = encode_clip(frames, rate)
    assert np.array_equal(np.stack(list(read_clip(io.BytesIO(encoded)))), frames)
    assert encoded == encode_clip(frames, rate)


def test_the_same_clip_is_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, numpy, fractions\n"
        "from pipeline.media import encode_clip, encode_picture\n"
        "frames = numpy.random.default_rng(5).integers(0, 256, (4, 36, 64, 3), numpy.uint8)\n"
        "print(hashlib.sha256(encode_clip(frames, fractions.Fraction(8)) + encode_picture(frames[0])).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


@pytest.mark.parametrize("frame_index", [0, 7, 19])
@pytest.mark.parametrize("rate", [Fraction(8), Fraction(24000, 1001)])
def test_one_frame_can_be_read_alone(tmp_path: Path, frame_index: int, rate: Fraction) -> None:
    frames = noise(20, 36, 64)
    path = tmp_path / "clip.mkv"
    path.write_bytes(encode_clip(frames, rate))
    assert np.array_equal(decode_frame(path, frame_index), frames[frame_index])


@pytest.mark.parametrize("frame_index", [-1, 3, 400])
def test_a_frame_that_is_not_there_is_an_index_error(tmp_path: Path, frame_index: int) -> None:
    path = tmp_path / "clip.mkv"
    path.write_bytes(encode_clip(noise(3, 36, 64), Fraction(8)))
    with pytest.raises(IndexError):
        decode_frame(path, frame_index)


def test_a_clip_keeps_its_rate(tmp_path: Path) -> None:
    path = tmp_path / "clip.mkv"
    path.write_bytes(encode_clip(noise(3, 36, 64), Fraction(12)))
    with av.open(path, "r") as container:
        assert container.streams.video[0].average_rate == 12


def test_a_picture_loses_nothing(tmp_path: Path) -> None:
    frame = noise(1, 33, 47)[0]
    path = tmp_path / "keyframe.png"
    path.write_bytes(encode_picture(frame))
    assert np.array_equal(decode_picture(path), frame)
    assert encode_picture(frame) == encode_picture(frame.copy())


def test_a_view_that_is_not_contiguous_is_kept_too() -> None:
    frames = noise(4, 32, 64)[:, ::2, ::-2]
    assert np.array_equal(np.stack(list(read_clip(io.BytesIO(encode_clip(frames, Fraction(8)))))), frames)
    assert encode_picture(frames[0]) == encode_picture(np.ascontiguousarray(frames[0]))


def test_a_thumbnail_keeps_proportions_and_is_never_larger() -> None:
    with Image.open(io.BytesIO(thumbnail(noise(1, 288, 512)[0]))) as picture:
        assert picture.size == (256, 144)
    with Image.open(io.BytesIO(thumbnail(noise(1, 36, 64)[0]))) as picture:
        assert picture.size == (64, 36)


@pytest.mark.parametrize("content", [b"", b"<html>", encode_clip(noise(2, 16, 16), Fraction(8))[:400]])
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.mkv"
    path.write_bytes(content)
    with pytest.raises(KnownError, match=r"broken\.mkv cannot be read"):
        decode_clip(path)
    with pytest.raises(KnownError, match=r"broken\.mkv cannot be read"):
        decode_picture(path)


def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"gone\.png cannot be read"):
        decode_picture(tmp_path / "gone.png")
    with pytest.raises(KnownError, match=r"gone\.mkv cannot be read"):
        decode_frame(tmp_path / "gone.mkv", 0)


@pytest.mark.parametrize("shape", [(4, 36, 64), (0, 36, 64, 3), (2, 36, 64, 4)])
def test_only_rgb_clips_are_kept(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"height|clip"):
        encode_clip(np.zeros(shape, np.uint8), Fraction(8))


def test_floats_are_refused() -> None:
    with pytest.raises(ValueError, match="uint8"):
        encode_picture(np.zeros((4, 4, 3)))  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="above 0"):
        encode_clip(noise(1, 4, 4), Fraction(0))
