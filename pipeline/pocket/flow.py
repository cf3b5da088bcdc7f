"""Tells a camera's movement in a clip from a body's, by optical flow and affine fits to it."""

import itertools
from dataclasses import dataclass

import cv2
import numpy as np

Region = tuple[float, float, float, float]

_STEP_PX = 8
_NEAR_PX = 1.0
_BLUR_PX = 5
_CHANGED = 28
_LEAST_CHANGED_PX = 30
_MARGIN = 0.08
# What a camera that was asked to move must have done by the end of a clip: px, or a factor.
_LEAST_ACROSS_PX, _LEAST_DOWN_PX, _LEAST_ZOOM = 12.0, 8.0, 0.05
_STILL_PX, _STILL_ZOOM = 6.0, 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraMotion:
    """What the picture as a whole did from the first frame to the last.

    Attributes:
        across: px at the middle of the frame, positive to the right.
        down: the same, positive down.
        zoom: factor by which things grew.
    """

    across: float
    down: float
    zoom: float

    def follows(self, movement: str) -> bool:
        """Whether this is one of ``world.MOVEMENTS``."""
        return {
            "pan left": self.across > _LEAST_ACROSS_PX,
            "pan right": self.across < -_LEAST_ACROSS_PX,
            "tilt up": self.down > _LEAST_DOWN_PX,
            "tilt down": self.down < -_LEAST_DOWN_PX,
            "push in": self.zoom > 1 + _LEAST_ZOOM,
            "pull out": self.zoom < 1 - _LEAST_ZOOM,
            "static": max(abs(self.across), abs(self.down)) < _STILL_PX and abs(self.zoom - 1) < _STILL_ZOOM,
        }[movement]


def camera_motion(frames: np.ndarray) -> CameraMotion:
    """Sum up the affine part of the flow from each frame to the next.

    Args:
        frames: N x H x W x 3, uint8.
    """
    middle = np.array([frames.shape[2] / 2, frames.shape[1] / 2, 1.0])
    across, down, zoom = 0.0, 0.0, 1.0
    for first, second in itertools.pairwise(frames):
        matrix = _affine(_flow(first, second), (0.0, 0.0, 1.0, 1.0))
        moved = matrix @ middle - middle[:2]
        across, down = across + float(moved[0]), down + float(moved[1])
        zoom *= float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    return CameraMotion(across=across, down=down, zoom=zoom)


def has_body_motion(frames: np.ndarray, person: Region) -> bool:
    """Whether something in a person's region changes in a way that no affine warp of the first frame explains.

    Args:
        frames: N x H x W x 3, uint8.
        person: where the person is in the first frame, normalised.
    """
    height, width = frames.shape[1:3]
    left, top, right, bottom = person
    region = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
    for later in frames[1:]:
        matrix = _affine(_flow(frames[0], later), region)
        warped = cv2.warpAffine(frames[0], matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        blurred = [cv2.blur(picture, (_BLUR_PX, _BLUR_PX)).astype(np.int16) for picture in (warped, later)]
        changed = np.abs(blurred[0] - blurred[1]).max(-1) > _CHANGED
        rows, columns = _window(region, height, width)
        if int(changed[rows, columns].sum()) >= _LEAST_CHANGED_PX:
            return True
    return False


def mean_flow_px(frames: np.ndarray) -> float:
    """Mean length of the flow from each frame to the next, in px."""
    fields = [_flow(first, second) for first, second in itertools.pairwise(frames)]
    return float(np.mean([np.linalg.norm(field, axis=-1).mean() for field in fields]))


def _flow(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    solver = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (first, second)]
    return solver.calc(grey[0], grey[1], None)


def _window(region: Region, height: int, width: int) -> tuple[slice, slice]:
    left, top, right, bottom = region
    return (
        slice(max(0, int(top * height)), max(1, min(height, int(bottom * height)))),
        slice(max(0, int(left * width)), max(1, min(width, int(right * width)))),
    )


def _affine(field: np.ndarray, region: Region) -> np.ndarray:
    """The 2 x 3 similarity that most of the flow in a region agrees with."""
    height, width = field.shape[:2]
    rows, columns = _window(region, height, width)
    y, x = np.mgrid[rows, columns][:, ::_STEP_PX, ::_STEP_PX]
    start = np.stack([x.ravel(), y.ravel()], 1).astype(np.float32)
    moved = start + field[y.ravel(), x.ravel()]
    if len(start) < 3:
        return np.eye(2, 3)
    matrix, _ = cv2.estimateAffinePartial2D(start, moved, ransacReprojThreshold=_NEAR_PX)
    return np.eye(2, 3) if matrix is None else matrix
