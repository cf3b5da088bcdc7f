"""Measures from which side the people of a picture are lit, as supporting evidence."""

import itertools
from typing import TYPE_CHECKING

import numpy as np

from critic.answers import finding_on
from critic.checks.named_attributes import FrameJudge
from critic.measures import confidence_of
from critic.needs import Needs
from critic.subject import PictureSubject
from critic.wording import expected_words
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import Constraint
from storage.domain.vocabulary import Attribute

if TYPE_CHECKING:
    from critic.judge import Region

_SIDES = ("left", "right")
# Rec. 709 luminance of linear red, green and blue.
_LUMINANCE = np.array((0.2126, 0.7152, 0.0722))
_GAMMA = 2.2
# The face within the head: without hair, hat, ears and chin.
_FACE_ACROSS, _FACE_DOWN = 0.6, (0.4, 0.95)
_DARKEST = 0.01


class LightDirection:
    """Holds "light from the left" and "from the right" against the faces: the side that is lit is the brighter one.

    Never more than supporting evidence, and never `must`: hair over a cheek or a head in profile tips a face too.
    What comes from the front or from behind leaves both cheeks alike, as a dark skin or a bright wall does, so this
    check has no word on it.

    Args:
        judge: finds the heads.
        surest: its highest confidence, 0.5 to 1.
        tipped_stops: from this difference of the two halves of a face on it is lit from one side. Of drawn faces
            that are lit evenly, 0.16 is exceeded by one in twenty.
        least_head: height of a head that can be measured, as a share of the frame's.
    """

    name = "light direction"
    needs = Needs()

    def __init__(
        self, judge: FrameJudge, *, surest: float = 0.7, tipped_stops: float = 0.2, least_head: float = 0.2
    ) -> None:
        self._judge = judge
        self._surest = surest
        self._tipped_stops = tipped_stops
        self._least_head = least_head

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return constraint.attribute is Attribute.LIGHT_DIRECTION and subject.word_for(constraint) in _SIDES

    def findings(self, subject: PictureSubject) -> list[Finding]:
        asked = [constraint for constraint in subject.constraints if self.judges(constraint, subject)]
        if not asked:
            return []
        tipped = self._tipped(subject.first_and_middle)
        return [self._finding(constraint, tipped, subject) for constraint in asked]

    def _tipped(self, frames: np.ndarray) -> float | None:
        """How many stops the right halves of all faces are brighter than the left; None where there is no face."""
        heads = [
            tipped_stops(frame, person.head)
            for frame, reading in zip(frames, self._judge.read(frames), strict=True)
            for person in reading.persons
            if person.head[3] - person.head[1] >= self._least_head
        ]
        return float(np.mean(heads)) if heads else None

    def _finding(self, constraint: Constraint, tipped: float | None, subject: PictureSubject) -> Finding:
        wanted = subject.word_for(constraint)
        observed, confidence, verdict = "", 1.0, Verdict.UNSEEN
        message = "No face is large enough to tell where the light comes from."
        if tipped is not None:
            side = _SIDES[int(tipped > 0)]
            is_tipped = abs(tipped) >= self._tipped_stops
            observed = side if is_tipped else "even"
            confidence = min(self._surest, confidence_of(abs(tipped), self._tipped_stops, 0.08))
            message = f"Measured: faces are {abs(tipped):.1f} stops brighter on the {side}."
            if is_tipped:
                verdict = Verdict.OK if side == wanted else Verdict.DRIFT
        return finding_on(
            constraint,
            subject.view,
            self.name,
            verdict=verdict,
            must=False,
            expected=expected_words(constraint.value, wanted),
            observed=observed,
            confidence=confidence,
            message=message,
        )


def tipped_stops(frame: np.ndarray, head: "Region") -> float:
    """How many stops the right half of a face is brighter than its left half; negative where the left one is.

    Args:
        frame: H×W×3 uint8.
        head: normalised left, top, right, bottom.
    """
    height, width = frame.shape[:2]
    left, top, right, bottom = head
    middle, half = (left + right) / 2 * width, max(1.0, _FACE_ACROSS * (right - left) / 2 * width)
    start, stop = (round((top + share * (bottom - top)) * height) for share in _FACE_DOWN)
    columns = [max(0, round(middle - half)), round(middle), round(middle + half)]
    halves = [
        frame[start : max(stop, start + 1), one : max(other, one + 1)] for one, other in itertools.pairwise(columns)
    ]
    return _stops(halves[1]) - _stops(halves[0])


def _stops(pixels: np.ndarray) -> float:
    """Mean luminance of pixels as powers of two."""
    if not pixels.size:
        return 0.0
    return float(np.log2((pixels.astype(np.float32) / 255) ** _GAMMA @ _LUMINANCE + _DARKEST).mean())
