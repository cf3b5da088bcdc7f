"""How far two pictures of one place are apart: in their light, and in what is to be seen of the place."""

# pyright: standard
# (the stubs of OpenCV and NumPy leave half of all types open)

from dataclasses import dataclass

import cv2
import numpy as np

_SMALL = (128, 72)
# People stand in the middle of most pictures; the place is to be seen beside them.
_BESIDE = 0.3
_BINS = 6
# A close-up shows a part of what a wide shot shows.
_ZOOMS = (1.0, 1.18, 1.4, 1.65)


@dataclass(frozen=True, slots=True, kw_only=True)
class LightApart:
    """Attributes: value: Euclidean distance in CIE Lab; words: what differs most."""

    value: float
    words: str


def light_apart(first: np.ndarray, second: np.ndarray) -> LightApart:
    """Compare the light at both sides of two pictures, H×W×3 uint8: its amount, its colour and its direction."""
    one, other = _sides(_lab(first)), _sides(_lab(second))
    change = one.mean(axis=0) - other.mean(axis=0)
    turned = float((one[1, 0] - one[0, 0]) - (other[1, 0] - other[0, 0])) / 2
    parts = {
        f"{abs(change[0]):.0f} levels {'lighter' if change[0] > 0 else 'darker'}": abs(float(change[0])),
        f"{abs(change[2]):.0f} levels {'warmer' if change[2] > 0 else 'cooler'}": abs(float(change[2])),
        f"{abs(change[1]):.0f} levels {'redder' if change[1] > 0 else 'greener'}": abs(float(change[1])),
        f"more light from the {'right' if turned > 0 else 'left'}": abs(turned),
    }
    return LightApart(
        value=float(np.sqrt(np.square(change).sum() + turned * turned)), words=max(parts, key=parts.__getitem__)
    )


def place_apart(first: np.ndarray, second: np.ndarray) -> float:
    """How unlike two pictures' places are, 0 to 1, whatever their light, from nearer or farther.

    The Hellinger distance of the colours at both sides, each channel divided by its mean there, which takes the
    light's colour out; the best of several zooms of either picture.
    """
    zoomed = [(zoom, 1.0) for zoom in _ZOOMS] + [(1.0, zoom) for zoom in _ZOOMS[1:]]
    one = {zoom: _colours(_nearer(first, zoom)) for zoom in _ZOOMS}
    other = {zoom: _colours(_nearer(second, zoom)) for zoom in _ZOOMS}
    return min(_hellinger(one[near], other[far]) for near, far in zoomed)


def _lab(frame: np.ndarray) -> np.ndarray:
    reduced = cv2.resize(frame, _SMALL, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return cv2.cvtColor(reduced, cv2.COLOR_RGB2LAB)


def _sides(lab: np.ndarray) -> np.ndarray:
    """Mean Lab of the left and of the right side: 2×3."""
    width = round(_BESIDE * lab.shape[1])
    return np.stack([lab[:, :width].mean(axis=(0, 1)), lab[:, -width:].mean(axis=(0, 1))])


def _nearer(frame: np.ndarray, zoom: float) -> np.ndarray:
    height, width = frame.shape[:2]
    down, across = round(height * (1 - 1 / zoom) / 2), round(width * (1 - 1 / zoom) / 2)
    return frame[down : height - down, across : width - across]


def _colours(frame: np.ndarray) -> np.ndarray:
    reduced = cv2.resize(frame, _SMALL, interpolation=cv2.INTER_AREA).astype(np.float32) + 1
    width = round(_BESIDE * reduced.shape[1])
    beside = np.concatenate([reduced[:, :width].reshape(-1, 3), reduced[:, -width:].reshape(-1, 3)])
    logs = np.log2(beside / beside.mean(axis=0))
    opposed = np.stack([logs.mean(axis=1), logs[:, 0] - logs[:, 1], logs[:, 2] - logs[:, 1]], axis=1)
    counted, _ = np.histogramdd(opposed.clip(-1.49, 1.49), bins=_BINS, range=((-1.5, 1.5),) * 3)
    smooth = counted + 0.5
    return smooth / smooth.sum()


def _hellinger(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.sqrt(max(0.0, 1 - np.sqrt(first * second).sum())))
