"""What of a clip no motion explains: each frame beside the one before it, moved along the optical flow."""

# pyright: standard
# (the stubs of OpenCV and NumPy leave half of all types open)

from dataclasses import dataclass

import cv2
import numpy as np

from storage.domain.findings import FrameRange, Region

_SIZE = (256, 144)
_GRID = (16, 9)
_MOST_STEPS = 15
_TILES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Melt:
    """Attributes: value: mean difference left over in the sixth worst tile, in its median step, 0 to 255."""

    value: float
    region: Region
    frame_range: FrameRange


def melted(frames: np.ndarray) -> Melt:
    """Find the part of a clip that changes its shape otherwise than by moving.

    Args:
        frames: N×H×W×3 uint8, N > 1; at most fifteen steps, evenly spread, are looked at.

    Returns:
        The sixth greatest flow-warped difference among 16×9 tiles, each in its median step, and where the greatest
        is. A mouth that opens fills fewer tiles than that, and no flow explains it either.
    """
    steps = sorted({round(at) for at in np.linspace(0, len(frames) - 2, min(_MOST_STEPS, len(frames) - 1))})
    grey = {
        index: cv2.cvtColor(cv2.resize(frames[index], _SIZE, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
        for index in {*steps, *(step + 1 for step in steps)}
    }
    solver = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    tiles = np.stack([_left_over(solver, grey[step], grey[step + 1]) for step in steps])
    usual = np.median(tiles, axis=0)
    row, column = np.unravel_index(int(usual.argmax()), usual.shape)
    over = [step for step, tile in zip(steps, tiles[:, row, column], strict=True) if tile >= usual[row, column] / 2]
    return Melt(
        value=float(np.sort(usual, axis=None)[-_TILES]),
        region=Region(
            left=float(column / _GRID[0]),
            top=float(row / _GRID[1]),
            right=float((column + 1) / _GRID[0]),
            bottom=float((row + 1) / _GRID[1]),
        ),
        frame_range=FrameRange(start=min(over), stop=max(over) + 2),
    )


def _left_over(solver: cv2.DISOpticalFlow, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Mean difference of each tile, 9×16, once the first frame is moved along the flow back from the second."""
    flow = solver.calc(second, first, np.zeros((*first.shape, 2), np.float32))
    down, across = np.mgrid[0 : _SIZE[1], 0 : _SIZE[0]].astype(np.float32)
    moved = cv2.remap(
        first, across + flow[..., 0], down + flow[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return cv2.resize(cv2.absdiff(moved, second).astype(np.float32), _GRID, interpolation=cv2.INTER_AREA)
