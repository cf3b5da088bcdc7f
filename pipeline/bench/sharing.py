"""Draws and judges the same thing once for all arms, and charges each arm what it cost.

Only what is a function of all that goes in is shared, so that sharing changes no result.
"""

import dataclasses
import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from critic.panel import Panel
from critic.subject import PictureSubject
from pipeline.bench.forwarding import ForwardingRenderer
from pipeline.renderers.base import (
    Capabilities,
    IsCancelled,
    OnProgress,
    Rendered,
    Renderer,
    RenderOutcome,
    RenderRequest,
)
from storage.domain.digest import digest
from storage.domain.findings import Finding
from storage.domain.graph_view import GraphView
from storage.domain.takes import Seam


@dataclasses.dataclass(slots=True, kw_only=True)
class Bill:
    """What one arm has used; seconds are processor seconds."""

    calls: dict[Seam, int] = dataclasses.field(default_factory=lambda: {Seam.KEYFRAME: 0, Seam.CLIP: 0})
    drawing_s: dict[Seam, float] = dataclasses.field(default_factory=lambda: {Seam.KEYFRAME: 0.0, Seam.CLIP: 0.0})
    checks: dict[Seam, int] = dataclasses.field(default_factory=lambda: {Seam.KEYFRAME: 0, Seam.CLIP: 0})
    checking_s: dict[Seam, float] = dataclasses.field(default_factory=lambda: {Seam.KEYFRAME: 0.0, Seam.CLIP: 0.0})
    cuts: int = 0
    assembling_s: float = 0.0


class SharedWork:
    """What has been drawn and judged for one film."""

    def __init__(self) -> None:
        self.drawn: dict[str, tuple[Rendered, float]] = {}
        self.judged: dict[str, tuple[list[Finding], float]] = {}


class SharingRenderer(ForwardingRenderer):
    """Draws what no arm has asked for before.

    Args:
        renderer: deterministic; draws a request alike alone and in a batch.
        bill: of the arm that asks.
        mends: whether what drifted can be mended; else only drawn anew.
        timed: whether takes say how long they took. A planner weighs that, so where a run must come out the same
            on a busy machine they do not.
    """

    def __init__(
        self, renderer: Renderer, shared: SharedWork, bill: Bill, *, mends: bool = True, timed: bool = True
    ) -> None:
        self._mends = mends
        self._timed = timed
        super().__init__(renderer)
        self._shared = shared
        self._bill = bill

    @property
    def capabilities(self) -> Capabilities:
        able = super().capabilities
        return able if self._mends else dataclasses.replace(able, means=frozenset())

    def render(
        self, requests: Sequence[RenderRequest], *, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> Iterator[RenderOutcome]:
        """See `Renderer.render`; each request is drawn alone, so that its seconds are its own."""
        for request in requests:
            key = key_of(dataclasses.replace(request, job_id=0))
            if key not in self._shared.drawn:
                started = time.process_time()
                for outcome in self._renderer.render([request], on_progress=on_progress, is_cancelled=is_cancelled):
                    if isinstance(outcome, Rendered):
                        self._shared.drawn[key] = outcome, time.process_time() - started
                    else:
                        yield outcome
            if key in self._shared.drawn:
                rendered, seconds = self._shared.drawn[key]
                self._bill.calls[request.seam] += 1
                self._bill.drawing_s[request.seam] += seconds
                seconds = rendered.seconds if self._timed else 0.0
                yield dataclasses.replace(rendered, job_id=request.job_id, seconds=seconds)


class SharingPanel(Panel):
    """Judges what no arm has shown before.

    Args:
        panel: a function of the subject and its thresholds alone.
    """

    def __init__(self, panel: Panel, shared: SharedWork, bill: Bill) -> None:
        super().__init__(())
        self._panel = panel
        self._shared = shared
        self._bill = bill

    def review(self, subject: PictureSubject, spent_ms: dict[str, float] | None = None) -> list[Finding]:
        key = f"{key_of(subject)} {digest(self._thresholds)}"
        if key not in self._shared.judged:
            started = time.process_time()
            findings = self._panel.with_thresholds(self._thresholds).review(subject, spent_ms)
            self._shared.judged[key] = findings, time.process_time() - started
        findings, seconds = self._shared.judged[key]
        self._bill.checks[subject.seam] += 1
        self._bill.checking_s[subject.seam] += seconds
        return list(findings)


def key_of(value: Any) -> str:
    """A digest of everything that a request or subject holds, pixels and the whole scene graph included."""
    sha = hashlib.sha256()
    for field in dataclasses.fields(value):
        sha.update(f"{field.name}={_key(getattr(value, field.name))};".encode())
    return sha.hexdigest()


def _key(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.shape}{hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()}"
    if isinstance(value, GraphView):
        if "digest" not in value.memo:
            value.memo["digest"] = digest(value.graph)
        return value.memo["digest"]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return key_of(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_key(item)}" for key, item in sorted(value.items(), key=str)) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ",".join(map(_key, value)) + "]"
    return repr(value)
