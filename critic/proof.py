"""The crop that proves a finding: where and when it was seen, with a little around it."""

import numpy as np

from storage.domain.findings import Finding

_AROUND = 0.15
_LEAST_PX = 16


def proof_of(finding: Finding, frames: np.ndarray) -> np.ndarray:
    """Cut out of a picture what a finding speaks of.

    Args:
        frames: the take, N×H×W×3 uint8; one frame for a keyframe.

    Returns:
        H×W×3 uint8: the finding's region and a little around it, or the whole picture where it names none, of
        the frame in the middle of its range, or of the take where it names no range.
    """
    span = finding.frame_range
    start, stop = (span.start, min(span.stop, len(frames))) if span else (0, len(frames))
    frame = frames[min(len(frames) - 1, max(start, (start + stop - 1) // 2))]
    region = finding.region
    if region is None:
        return frame.copy()
    height, width = frame.shape[:2]
    columns = _reach(region.left, region.right, width)
    rows = _reach(region.top, region.bottom, height)
    return frame[rows, columns].copy()


def _reach(first: float, last: float, size_px: int) -> slice:
    """From one edge to the other in px, with a margin, and never less than can be looked at."""
    margin = max(_AROUND * (last - first) * size_px, (_LEAST_PX - (last - first) * size_px) / 2)
    start = max(0, min(size_px - 1, round(first * size_px - margin)))
    return slice(start, max(start + 1, min(size_px, round(last * size_px + margin))))
