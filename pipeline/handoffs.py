"""What passes from one agent to the next inside the worker, so that a benchmark can stand in between."""

from typing import Protocol

from pipeline.assembly.cut import CutPlan
from pipeline.renderers.base import RenderRequest


class Handoffs(Protocol):
    """Carries what one agent made to the next one; a faithful one changes nothing."""

    def request(self, request: RenderRequest) -> RenderRequest:
        """A compiled request on its way to the renderer; called again where what arrived left something out."""
        ...

    def cut(self, plan: CutPlan) -> CutPlan:
        """The circled clips on their way into a movie; called once for each cut that is assembled."""
        ...


class FaithfulHandoffs:
    """Passes everything on as it is."""

    def request(self, request: RenderRequest) -> RenderRequest:
        return request

    def cut(self, plan: CutPlan) -> CutPlan:
        return plan
