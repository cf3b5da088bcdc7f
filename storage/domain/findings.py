"""The critic's words: findings on one constraint in one subject."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from storage.domain.scene_graph import Scope
from storage.domain.vocabulary import Attribute

FindingId = NewType("FindingId", int)

_OWN = "check:"


class Verdict(StrEnum):
    OK = "ok"
    DRIFT = "drift"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle in a picture, each edge from 0 (left, top) to 1 (right, bottom)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRange:
    """Frames of a clip, from 0, half-open."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What one check said of a constraint, before the panel put the checks together.

    Attributes:
        confidence: probability that its verdict is right, 0 to 1.
    """

    check: str
    verdict: Verdict
    observed: str
    confidence: float


class RemedyVerb(StrEnum):
    """What a remedy does."""

    EDIT = "edit"
    ADD = "add"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A plain edit of the scene graph that puts a finding right.

    Attributes:
        item_id: the constraint that is edited, what is deleted, or of whom a constraint is added.
        value: of the constraint from then on.
        attribute, part, scope: of a constraint that is added.
    """

    verb: RemedyVerb
    item_id: str
    value: str = ""
    attribute: Attribute | None = None
    part: str = ""
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a finding at the script seam is about.

    Attributes:
        item_id: of the scene graph.
        line: of the screenplay, from 1; 0 where no line speaks of it.
        remedy: None where only a person can tell.
    """

    item_id: str
    line: int = 0
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check saw.

    Attributes:
        key: the constraint's key, or "check:<name>" where no constraint is judged (first frame, freeze).
        constraint_id: None where no constraint is judged.
        check: name of the check that says so.
        must: whether a drift here is open `must` drift.
        expected, observed: words a director reads ("brown", "blue").
        confidence: calibrated or raw probability that the verdict is right, 0 to 1.
        message: one sentence where expected and observed do not say enough.
        said: every check that spoke, where more than one did.
        about: of a finding on a scene graph, where it is neither right nor a matter of the graph's own rules.
    """

    key: str
    label: str
    constraint_id: str | None
    check: str
    verdict: Verdict
    must: bool
    expected: str
    observed: str
    confidence: float
    region: Region | None = None
    frame_range: FrameRange | None = None
    message: str = ""
    said: tuple[Witness, ...] = ()
    about: About | None = None

    @property
    def kind(self) -> str:
        """What it speaks of, whoever it is about: an attribute ("eyes") or a check's own name ("first frame")."""
        if self.key.startswith(_OWN):
            return self.key.removeprefix(_OWN).split("/")[0]
        return self.key.rsplit("/", 2)[1] if self.key.count("/") > 1 else self.key

    @property
    def drift_probability(self) -> float | None:
        """How likely it is that this is drift, 0 to 1; None where nothing could be seen."""
        if self.verdict is Verdict.UNSEEN:
            return None
        return self.confidence if self.verdict is Verdict.DRIFT else 1 - self.confidence

    @property
    def is_open_drift(self) -> bool:
        return self.must and self.verdict is Verdict.DRIFT


def is_clean(findings: "list[Finding] | tuple[Finding, ...]") -> bool:
    """Every `must` finding is `ok`. An `unseen` on what the plan says can be seen is not clean."""
    return all(finding.verdict is Verdict.OK for finding in findings if finding.must)
