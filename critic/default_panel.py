"""The panel that Matchcut ships."""

from critic.checks.first_frame import FirstFrame
from critic.checks.light import LightMeasure
from critic.checks.liveliness import Liveliness
from critic.checks.named_attributes import FrameJudge, NamedAttributes
from critic.checks.steadiness import Steadiness
from critic.panel import Panel


def default_panel(judge: FrameJudge) -> Panel:
    """Put together the checks that need nothing but a judge.

    Args:
        judge: reads frames; a `critic.judge.Judge`.
    """
    return Panel((NamedAttributes(judge), LightMeasure(), FirstFrame(), Steadiness(), Liveliness()))
