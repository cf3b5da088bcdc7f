"""Measurements on pixels that several checks share: likeness, light, and what a moving camera explains."""

# pyright: standard
# (the stubs of OpenCV and NumPy leave half of all types open)

import math
from dataclasses import dataclass

import cv2
import numpy as np

_SMALL = (128, 72)
# Finding the camera: corners enough for four numbers many times over, in any flat drawing.
_MAX_CORNERS = 400
_MIN_MATCHES = 12


def psnr_db(first: np.ndarray, second: np.ndarray) -> float:
    """Peak signal-to-noise ratio of two pictures of one size, in dB; 100 where they are equal.

    Args:
        first, second: H×W×3 uint8.

    Raises:
        ValueError: the sizes differ.
    """
    if first.shape != second.shape:
        raise ValueError(f"pictures of {first.shape} and {second.shape} cannot be compared")
    error = float(np.mean(np.square(first.astype(np.float32) - second.astype(np.float32))))
    return 100.0 if error == 0 else min(100.0, 10 * math.log10(255 * 255 / error))


def small(frames: np.ndarray) -> np.ndarray:
    """Frames N×H×W×3 uint8 shrunk to N×72×128×3 float32, for measures of the whole picture."""
    return np.stack([cv2.resize(frame, _SMALL, interpolation=cv2.INTER_AREA) for frame in frames]).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The light of a picture in CIE Lab.

    Attributes:
        lightness: mean L, 0 to 100.
        red: mean a; above 0 is red, below green.
        yellow: mean b; above 0 is yellow, below blue.
    """

    lightness: float
    red: float
    yellow: float


def light_of(frame: np.ndarray) -> Light:
    """Measure the light of one H×W×3 uint8 RGB picture."""
    lab = cv2.cvtColor(small(frame[None])[0] / 255, cv2.COLOR_RGB2LAB)
    return Light(
        lightness=float(lab[..., 0].mean()),
        red=float(lab[..., 1].mean()),
        yellow=float(lab[..., 2].mean()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """An affine move of the whole picture between two frames.

    Attributes:
        matrix: 2×3, from the first frame's pixels to the second's.
        right_px, down_px: where the picture's centre went.
        zoom: 1 is none.
    """

    matrix: np.ndarray
    right_px: float
    down_px: float
    zoom: float

    @classmethod
    def of(cls, matrix: np.ndarray, width_px: int, height_px: int) -> "Camera":
        """The move that a 2×3 matrix makes of a picture of this size."""
        centre = np.array([width_px / 2, height_px / 2, 1.0])
        right, down = matrix @ centre - centre[:2]
        zoom = math.sqrt(abs(float(np.linalg.det(matrix[:, :2]))))
        return cls(matrix=matrix, right_px=float(right), down_px=float(down), zoom=zoom)


def camera_between(first: np.ndarray, second: np.ndarray) -> Camera | None:
    """Find the one affine move of the whole picture that best explains two frames; None where there is none.

    Args:
        first, second: H×W×3 uint8 of one size.
    """
    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (first, second)]
    corners = cv2.goodFeaturesToTrack(grey[0], _MAX_CORNERS, 0.01, 5)
    if corners is None or len(corners) < _MIN_MATCHES:
        return None
    tracked, found, _ = cv2.calcOpticalFlowPyrLK(
        grey[0], grey[1], corners, np.zeros_like(corners), winSize=(21, 21), maxLevel=4
    )
    kept = found.ravel() == 1
    if kept.sum() < _MIN_MATCHES:
        return None
    matrix, _ = cv2.estimateAffine2D(
        corners[kept], tracked[kept], method=cv2.RANSAC, ransacReprojThreshold=1.5, maxIters=2000
    )
    if matrix is None:
        return None
    height, width = grey[0].shape
    return Camera.of(matrix, width, height)


def refined(first: np.ndarray, second: np.ndarray, camera: Camera) -> Camera:
    """A camera found between two frames, corrected by what is left between them once it is applied."""
    height, width = second.shape[:2]
    moved = cv2.warpAffine(first, camera.matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    rest = camera_between(_exposed_like(moved, second, np.ones((height, width), bool)), second)
    if rest is None:
        return camera
    whole = np.vstack([rest.matrix, (0, 0, 1)]) @ np.vstack([camera.matrix, (0, 0, 1)])
    return Camera.of(whole[:2], width, height)


def unexplained(first: np.ndarray, second: np.ndarray, camera: Camera | None, tolerance: float) -> np.ndarray:
    """Where the second frame is not the first one, moved by the camera and exposed anew.

    A pixel is explained when its value lies within `tolerance` of the values around its source
    pixel, 3×3, in each channel: resampling and compression move edges by up to a pixel.

    Args:
        first, second: H×W×3 uint8.
        camera: the move, or None for no move.
        tolerance: 0 to 255.

    Returns:
        H×W bool. False outside what the first frame shows.
    """
    height, width = second.shape[:2]
    inside = np.full((height, width), 255, np.uint8)
    if camera is not None:
        first = cv2.warpAffine(first, camera.matrix, (width, height), flags=cv2.INTER_LINEAR)
        inside = cv2.warpAffine(inside, camera.matrix, (width, height), flags=cv2.INTER_NEAREST)
        inside = cv2.erode(inside, np.ones((5, 5), np.uint8))
    first = _exposed_like(first, second, inside > 0)
    box = np.ones((3, 3), np.uint8)
    lowest, highest = cv2.erode(first, box).astype(np.int16), cv2.dilate(first, box).astype(np.int16)
    value = second.astype(np.int16)
    outside = ((value < lowest - tolerance) | (value > highest + tolerance)).any(axis=-1)
    mask = (outside & (inside > 0)).astype(np.uint8)
    # Single pixels and lines are resampling; a body that moves leaves patches.
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)).astype(bool)


def _exposed_like(first: np.ndarray, second: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """The first picture with each channel scaled and shifted to fit most of the second."""
    chosen = inside[::4, ::4]
    if chosen.sum() < 100:
        return first
    channels = []
    for channel in range(3):
        x = first[::4, ::4, channel][chosen].astype(np.float32)
        y = second[::4, ::4, channel][chosen].astype(np.float32)
        gain, offset = 1.0, float(np.median(y - x))
        for _ in range(3):
            error = np.abs(x * gain + offset - y)
            kept = error <= np.quantile(error, 0.7)
            spread = float(x[kept].var())
            if spread < 1.0:
                break
            covariance = float(np.mean((x[kept] - x[kept].mean()) * (y[kept] - y[kept].mean())))
            gain = float(np.clip(covariance / spread, 0.5, 2.0))
            offset = float(y[kept].mean() - gain * x[kept].mean())
        channels.append(np.clip(first[..., channel].astype(np.float32) * gain + offset, 0, 255))
    return np.stack(channels, axis=-1).round().astype(np.uint8)


def confidence_of(measured: float, threshold: float, spread: float) -> float:
    """How sure a measure is of its side of a threshold: 0.5 on it, 0.88 two spreads away, at most 0.99."""
    return min(0.99, 1 / (1 + math.exp(-abs(measured - threshold) / spread)))
