"""Judges whether a clip begins on the keyframe that it should begin on."""

import cv2
import numpy as np

from critic.measures import confidence_of, psnr_db
from critic.needs import Needs
from critic.subject import PictureSubject
from storage.domain.findings import Finding, FrameRange, Region, Verdict
from storage.domain.scene_graph import Constraint

_GRID = (16, 9)


class FirstFrame:
    """Compares the first frame of a clip with its circled keyframe.

    Args:
        least_psnr_db: below, the clip begins elsewhere. A keyframe that went through a small
            autoencoder once more, or through H.264 at good quality, stays above 28 dB; another
            seed of the same description lies below 22.
        least_tile_psnr_db: the same for the worst of 16×9 tiles, so that a recoloured iris in an
            otherwise equal frame is found.
    """

    name = "first frame"
    needs = Needs(clip=True)

    def __init__(self, *, least_psnr_db: float = 28.0, least_tile_psnr_db: float = 15.0) -> None:
        self._least_psnr_db = least_psnr_db
        self._least_tile_psnr_db = least_tile_psnr_db

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return False

    def findings(self, subject: PictureSubject) -> list[Finding]:
        if self.needs.lacking(subject):
            return []
        if subject.keyframe is None:
            return [self._say(Verdict.UNSEEN, "no keyframe", 1.0, "There is no keyframe to compare with.")]
        first = subject.frames[0]
        if first.shape != subject.keyframe.shape:
            observed = f"{first.shape[1]}×{first.shape[0]} px"
            message = f"The keyframe has {subject.keyframe.shape[1]}×{subject.keyframe.shape[0]} px."
            return [self._say(Verdict.DRIFT, observed, 1.0, message)]
        likeness = psnr_db(first, subject.keyframe)
        worst, region = _worst_tile(first, subject.keyframe)
        observed = f"{likeness:.1f} dB"
        if likeness < self._least_psnr_db:
            message = "The clip does not begin on the circled keyframe."
            sure = confidence_of(likeness, self._least_psnr_db, 1.5)
            return [self._say(Verdict.DRIFT, observed, sure, message, region)]
        if worst < self._least_tile_psnr_db:
            message = f"One part differs from the circled keyframe ({worst:.1f} dB)."
            sure = confidence_of(worst, self._least_tile_psnr_db, 1.5)
            return [self._say(Verdict.DRIFT, observed, sure, message, region)]
        return [self._say(Verdict.OK, observed, confidence_of(likeness, self._least_psnr_db, 1.5), "")]

    def _say(
        self, verdict: Verdict, observed: str, confidence: float, message: str, region: Region | None = None
    ) -> Finding:
        return Finding(
            key="check:first frame",
            label="first frame",
            constraint_id=None,
            check=self.name,
            verdict=verdict,
            must=True,
            expected="the circled keyframe",
            observed=observed,
            confidence=confidence,
            region=region,
            frame_range=FrameRange(start=0, stop=1) if verdict is Verdict.DRIFT else None,
            message=message,
        )


def _worst_tile(first: np.ndarray, second: np.ndarray) -> tuple[float, Region]:
    """The least likeness (dB) of 16×9 tiles, edges softened by a pixel, and where it is."""
    soft = [cv2.GaussianBlur(frame, (5, 5), 0).astype(np.float32) for frame in (first, second)]
    error = cv2.resize(np.square(soft[0] - soft[1]).mean(axis=-1), _GRID, interpolation=cv2.INTER_AREA)
    row, column = np.unravel_index(int(error.argmax()), error.shape)
    region = Region(
        left=float(column / _GRID[0]),
        top=float(row / _GRID[1]),
        right=float((column + 1) / _GRID[0]),
        bottom=float((row + 1) / _GRID[1]),
    )
    return float(10 * np.log10(255 * 255 / max(float(error.max()), 1e-5))), region
