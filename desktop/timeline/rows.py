"""Which row of the timeline is where, from its height."""

from dataclasses import dataclass

from storage.domain.takes import Seam

RULER_PX = 18
SCENE_PX = 20
FLAG_PX = 6
LANE_PX = 6
LANE_PITCH_PX = 10
LABEL_PX = 16
_GAP_PX = 4
_LEAST_THUMB_PX, _MOST_THUMB_PX = 24, 144
# Thumbnails are decoded at the height at which they are shown; few heights make few decodings.
_THUMB_STEP_PX = 8
LANES = (Seam.SCRIPT, Seam.KEYFRAME, Seam.CLIP, Seam.CUT)
FIXED_PX = RULER_PX + SCENE_PX + FLAG_PX + _GAP_PX + len(LANES) * LANE_PITCH_PX + LABEL_PX + 2
LEAST_HEIGHT_PX = FIXED_PX + _LEAST_THUMB_PX
LIKED_HEIGHT_PX = FIXED_PX + 64


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a timeline that is `height_px` high: ruler, scenes, flags, thumbnails, lanes, labels."""

    height_px: int

    @property
    def thumb_px(self) -> int:
        """How high thumbnails are."""
        room = (self.height_px - FIXED_PX) // _THUMB_STEP_PX * _THUMB_STEP_PX
        return max(_LEAST_THUMB_PX, min(_MOST_THUMB_PX, room))

    @property
    def scene_top(self) -> int:
        return RULER_PX

    @property
    def flag_top(self) -> int:
        return RULER_PX + SCENE_PX

    @property
    def thumb_top(self) -> int:
        return self.flag_top + FLAG_PX

    @property
    def thumb_bottom(self) -> int:
        return self.thumb_top + self.thumb_px

    @property
    def lanes_top(self) -> int:
        return self.thumb_bottom + _GAP_PX

    @property
    def label_top(self) -> int:
        return self.lanes_top + len(LANES) * LANE_PITCH_PX

    @property
    def bottom(self) -> int:
        return self.label_top + LABEL_PX

    def lane_top(self, lane: int) -> int:
        return self.lanes_top + lane * LANE_PITCH_PX

    def lane_at(self, y: float) -> Seam | None:
        """The seam whose lane is at a height; None above and below the lanes."""
        lane = int((y - self.lanes_top + 1) // LANE_PITCH_PX)
        return LANES[lane] if 0 <= lane < len(LANES) and y >= self.lanes_top - 1 else None
