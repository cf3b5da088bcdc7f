"""Findings on one constraint, as every check gives them."""

from critic.wording import label_of
from storage.domain.findings import About, Finding, Region, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint


def finding_on(
    constraint: Constraint,
    view: GraphView,
    check: str,
    *,
    verdict: Verdict,
    must: bool,
    expected: str,
    observed: str,
    confidence: float,
    message: str = "",
    region: Region | None = None,
    about: About | None = None,
) -> Finding:
    """What a check says of a constraint, under the constraint's own key and name; see `Finding` for the rest."""
    return Finding(
        key=constraint.key,
        label=label_of(constraint, view),
        constraint_id=constraint.id,
        check=check,
        verdict=verdict,
        must=must,
        expected=expected,
        observed=observed,
        confidence=confidence,
        message=message,
        region=region,
        about=about,
    )
