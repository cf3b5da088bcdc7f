"""How frames of the line lie on the screen: zoom, scroll, and what to write on the ruler."""

from fractions import Fraction
from math import ceil, exp, floor, log

MARGIN_PX = 8
MOST_PX_A_FRAME = 48.0
_LABEL_EVERY_PX = 92


class Scale:
    """Frames to pixels of the viewport and back. Scrolling is in pixels, so that it never jitters."""

    def __init__(self) -> None:
        self.px_a_frame = 1.0
        self.scroll_px = 0
        self.width_px = 100
        self.num_frames = 0

    @property
    def least_px_a_frame(self) -> float:
        """The zoom at which the whole line fits."""
        room = max(1, self.width_px - 2 * MARGIN_PX)
        return min(room / max(1, self.num_frames), MOST_PX_A_FRAME)

    @property
    def content_px(self) -> int:
        """How wide the whole line is, with its margins."""
        return ceil(self.num_frames * self.px_a_frame) + 2 * MARGIN_PX

    @property
    def most_scroll_px(self) -> int:
        return max(0, self.content_px - self.width_px)

    def x(self, frame: float) -> int:
        """Where a frame of the line begins in the viewport."""
        return self.content_x(frame) + MARGIN_PX - self.scroll_px

    def content_x(self, frame: float) -> int:
        """Where a frame begins, counted from the line's beginning."""
        return round(frame * self.px_a_frame)

    def frame(self, x: float) -> float:
        """The frame of the line at a place in the viewport, with its fraction; may lie outside the line."""
        return (x - MARGIN_PX + self.scroll_px) / self.px_a_frame

    def zoom_to(self, px_a_frame: float, around_px: float) -> None:
        """Take another zoom; the frame at `around_px` stays where it is, as far as the line's ends let it."""
        frame = self.frame(around_px)
        self.px_a_frame = max(self.least_px_a_frame, min(MOST_PX_A_FRAME, px_a_frame))
        self.scroll_to(round(frame * self.px_a_frame + MARGIN_PX - around_px))

    def scroll_to(self, scroll_px: int) -> None:
        """Scroll, held within the line."""
        self.scroll_px = max(0, min(self.most_scroll_px, scroll_px))

    @property
    def zoom_share(self) -> float:
        """How far in, from 0 (the whole line) to 1 (single frames); equal steps feel equal."""
        least, most = log(self.least_px_a_frame), log(MOST_PX_A_FRAME)
        return (log(self.px_a_frame) - least) / (most - least) if most > least else 1.0

    def px_at_share(self, share: float) -> float:
        """The zoom at a share from 0 to 1; see `zoom_share`."""
        least, most = log(self.least_px_a_frame), log(MOST_PX_A_FRAME)
        return exp(least + (most - least) * max(0.0, min(1.0, share)))


def ruler_step(px_a_frame: float, rate: Fraction) -> tuple[int, int]:
    """How far apart the ruler's labels and ticks are, in frames: round numbers of frames, seconds or minutes.

    Args:
        px_a_frame: > 0.
        rate: frames a second, > 0.

    Returns:
        frames between labels, and between ticks.
    """
    second = max(1, round(rate))
    steps = [step for step in (1, 2, 4, 6, 12) if step < second]
    steps += [second * seconds for seconds in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000)]
    label = next((step for step in steps if step * px_a_frame >= _LABEL_EVERY_PX), steps[-1])
    ticks = [step for step in steps if label % step == 0 and step * px_a_frame >= 7]
    return label, ticks[0] if ticks else label


def frames_between(first_frame: float, last_frame: float, step: int) -> range:
    """The multiples of a step between two frames; the first may lie before."""
    return range(max(0, floor(first_frame / step) * step), ceil(last_frame) + 1, step)
