"""Light put into right pictures: too much or too little of it, or from one side of a face."""

from collections.abc import Iterable

import numpy as np

_GAMMA = 2.2


def exposed(frame: np.ndarray, stops: float) -> np.ndarray:
    """A frame, H×W×3 uint8, as it would be with so many stops more light; what does not fit is cut off."""
    return _lit(frame, np.full(frame.shape[:2], stops, np.float32))


def lit_from(frame: np.ndarray, heads: Iterable[tuple[float, float, float, float]], side: str) -> np.ndarray:
    """A frame in which each face is lit from one side: half a stop brighter there, half a stop darker opposite.

    Args:
        frame: H×W×3 uint8.
        heads: normalised left, top, right, bottom.
        side: "left" or "right".
    """
    height, width = frame.shape[:2]
    across, stops = np.arange(width) / width, np.zeros((height, width), np.float32)
    for left, top, right, bottom in heads:
        tipped = np.clip((across - (left + right) / 2) / ((right - left) / 2), -1, 1)
        rows = slice(round(top * height), round(bottom * height))
        columns = (across >= left) & (across <= right)
        stops[rows, columns] = tipped[columns] if side == "right" else -tipped[columns]
    return _lit(frame, stops)


def _lit(frame: np.ndarray, stops: np.ndarray) -> np.ndarray:
    linear = (frame.astype(np.float32) / 255) ** _GAMMA * 2.0 ** stops[..., None]
    return (255 * np.clip(linear, 0, 1) ** (1 / _GAMMA)).round().astype(np.uint8)
