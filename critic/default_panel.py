"""The panel that Matchcut ships."""

from collections.abc import Sequence
from typing import Protocol

from critic.calibration import Calibration
from critic.checks.first_frame import FirstFrame
from critic.checks.light import LightMeasure
from critic.checks.light_direction import LightDirection
from critic.checks.likeness import HeadJudge, Likeness
from critic.checks.liveliness import Liveliness
from critic.checks.measured import exposure, light_continuity, morphing, setting_continuity
from critic.checks.named_attributes import FrameJudge, NamedAttributes
from critic.checks.steadiness import Steadiness
from critic.panel import CostlyCheck, Panel
from critic.thresholds import Thresholds


class PanelJudge(FrameJudge, HeadJudge, Protocol):
    """Reads frames and heads; `critic.judge.Judge` is one."""


def default_panel(
    judge: PanelJudge,
    *,
    calibration: Calibration = Calibration(),  # noqa: B008 - frozen
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
    costly: Sequence[CostlyCheck] = (),
) -> Panel:
    """Put together the checks that need nothing but a judge, and the user's own.

    Args:
        judge: reads frames; a `critic.judge.Judge`.
        calibration: what the checks' confidence is worth, and the bars of what is measured.
        thresholds: from what probability of drift on a finding is drift.
        costly: the user's own models, asked what none of the others can judge.
    """
    bars = calibration.bars
    return Panel(
        (
            NamedAttributes(judge),
            LightMeasure(),
            LightDirection(judge),
            FirstFrame(),
            Steadiness(),
            Liveliness(),
            exposure(bars.get("exposure")),
            light_continuity(bars.get("light continuity")),
            setting_continuity(bars.get("setting continuity")),
            morphing(bars.get("morphing")),
            Likeness(judge),
        ),
        costly=costly,
        calibration=calibration,
        thresholds=thresholds,
    )
