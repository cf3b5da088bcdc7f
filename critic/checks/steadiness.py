"""Judges whether a clip runs on from frame to frame: no hidden cut, no broken join, no flicker."""

import itertools
from dataclasses import dataclass

import cv2
import numpy as np

from critic.measures import camera_between, confidence_of, small
from critic.needs import Needs
from critic.subject import PictureSubject
from storage.domain.findings import Finding, FrameRange, Verdict
from storage.domain.scene_graph import Constraint

_HALF = (256, 144)
_MOST_ZOOM = 0.2
# Fewer frames have no usual step, and no flicker.
_FEWEST = 5
# Below this mean difference two frames are the same one for anybody who watches.
_STILL = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """From one frame to the next: what the camera leaves unexplained (mean, 0 to 255), and its shift."""

    left_over: float
    right_px: float
    down_px: float


class Steadiness:
    """Looks for frames that do not follow from the one before.

    A cut is a step that differs from its neighbours: the pixels change much more than around it,
    after the camera's own move is taken out, or the camera itself jumps. Measured on 200 drawn
    clips of every action and camera move: no natural step has both a ratio of 2.2 and a difference
    of 3.5, and none jumps by more than 2.3 % of the width; of splices to another seed of the
    *same* description (the hardest kind) about nine in ten have one or the other.

    Args:
        cut_ratio: difference of a step over the greatest of its neighbours'.
        cut_difference: mean difference of that step, 0 to 255.
        jump_share: sudden shift of the picture, as a share of its width.
        flicker_levels: swing of the whole picture's brightness from frame to frame, 0 to 255.
            Drawn clips stay below 0.1; from 1.5 a person sees it.
    """

    name = "steadiness"
    needs = Needs(clip=True, frames=_FEWEST)

    def __init__(
        self,
        *,
        cut_ratio: float = 2.2,
        cut_difference: float = 3.5,
        jump_share: float = 0.028,
        flicker_levels: float = 1.5,
    ) -> None:
        self._cut_ratio = cut_ratio
        self._cut_difference = cut_difference
        self._jump_share = jump_share
        self._flicker_levels = flicker_levels

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return False

    def findings(self, subject: PictureSubject) -> list[Finding]:
        if self.needs.lacking(subject):
            return []
        steps = _steps(subject.frames)
        # Step i leads from frame i to frame i + 1.
        broken = {index: sure for index in range(len(steps)) if (sure := self._sudden(steps, index)) is not None}
        joins = {piece.start - 1 for piece in subject.pieces if 0 < piece.start < len(subject.frames)}
        found = [self._cuts("hidden cut", "no cut", {i: c for i, c in broken.items() if i not in joins}, subject)]
        if joins:
            found.append(self._cuts("joins", "pieces that join", {i: broken[i] for i in joins & set(broken)}, subject))
        return [*found, self._flicker(subject)]

    def _sudden(self, steps: list[_Step], index: int) -> float | None:
        """How sure it is that a step is a cut; None where it is none."""
        around = [steps[i].left_over for i in range(max(0, index - 2), min(len(steps), index + 3)) if i != index]
        # A foreign frame makes two large steps: one of them must not make the other look usual.
        usual = max(
            sorted(around)[-2] if len(around) > 1 else max(around),
            float(np.median([step.left_over for step in steps])),
            _STILL,
        )
        step, ratio = steps[index], steps[index].left_over / usual
        middle = [float(np.median([getattr(s, name) for s in steps])) for name in ("right_px", "down_px")]
        jump = float(np.hypot(step.right_px - middle[0], step.down_px - middle[1])) / _HALF[0]
        signs = []
        if ratio >= self._cut_ratio and step.left_over >= self._cut_difference:
            signs.append(confidence_of(ratio, self._cut_ratio, 0.6))
        if jump >= self._jump_share:
            signs.append(confidence_of(jump, self._jump_share, 0.008))
        return max(signs, default=None)

    def _cuts(self, name: str, expected: str, broken: dict[int, float], subject: PictureSubject) -> Finding:
        if not broken:
            return _finding(self.name, name, Verdict.OK, expected, expected, 0.9)
        first, last = min(broken) + 1, max(broken) + 1
        where = FrameRange(start=first, stop=last if last > first else len(subject.frames))
        if last - first == 1:
            observed, message = "a foreign frame", f"Frame {first} does not belong to its neighbours."
        else:
            observed = "a cut" if last == first else "cuts"
            places = ", ".join(str(index + 1) for index in sorted(broken))
            message = f"The picture changes suddenly at frame {places}."
        return _finding(self.name, name, Verdict.DRIFT, expected, observed, max(broken.values()), where, message)

    def _flicker(self, subject: PictureSubject) -> Finding:
        frames = small(subject.frames)
        tiles = frames.reshape(len(frames), 9, 8, 16, 8, 3).mean(axis=(2, 4, 5))
        bend = (tiles[:-2] - 2 * tiles[1:-1] + tiles[2:]) / 2
        # A body moves a few tiles, light moves them all: the median tile knows the difference.
        swing = np.median(bend, axis=(1, 2))
        # Flicker goes to and fro and to; a lamp that is switched on bends the curve once each way.
        sizes, turns = np.abs(swing), swing[:-1] * swing[1:] < 0
        to_and_fro = np.minimum(np.minimum(sizes[:-2], sizes[1:-1]), sizes[2:]) * (turns[:-1] & turns[1:])
        strength = float(to_and_fro.max(initial=0.0))
        sure = confidence_of(strength, self._flicker_levels, 0.5)
        observed = f"{strength:.1f} levels"
        if strength < self._flicker_levels:
            return _finding(self.name, "flicker", Verdict.OK, "steady light", observed, sure)
        at = np.flatnonzero(to_and_fro >= self._flicker_levels)
        where = FrameRange(start=int(at[0]) + 1, stop=int(at[-1]) + 4)
        message = "The brightness of the whole picture swings from frame to frame."
        return _finding(self.name, "flicker", Verdict.DRIFT, "steady light", observed, sure, where, message)


def _steps(frames: np.ndarray) -> list[_Step]:
    half = [cv2.resize(frame, _HALF, interpolation=cv2.INTER_AREA) for frame in frames]
    return [_step(first, second) for first, second in itertools.pairwise(half)]


def _step(first: np.ndarray, second: np.ndarray) -> _Step:
    plain = float(cv2.absdiff(first, second).mean())
    camera = camera_between(first, second) if plain > _STILL else None
    if camera is None or abs(camera.zoom - 1) > _MOST_ZOOM:
        return _Step(left_over=plain, right_px=0.0, down_px=0.0)
    moved = cv2.warpAffine(first, camera.matrix, _HALF, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    left_over = float(cv2.absdiff(moved, second).mean())
    if left_over >= plain:
        return _Step(left_over=plain, right_px=0.0, down_px=0.0)
    return _Step(left_over=left_over, right_px=camera.right_px, down_px=camera.down_px)


def _finding(
    check: str,
    name: str,
    verdict: Verdict,
    expected: str,
    observed: str,
    confidence: float,
    frame_range: FrameRange | None = None,
    message: str = "",
) -> Finding:
    return Finding(
        key=f"check:{name}",
        label=name,
        constraint_id=None,
        check=check,
        verdict=verdict,
        must=True,
        expected=expected,
        observed=observed,
        confidence=confidence,
        frame_range=frame_range,
        message=message,
    )
