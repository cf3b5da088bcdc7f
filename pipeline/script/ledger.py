"""Collects the constraints of a draft under ids that say what they are about."""

from pipeline.script.facts import Fact
from storage.domain.scene_graph import Constraint, ConstraintId, Evidence, Origin, SceneId, Scope, ShotId, Strength
from storage.domain.vocabulary import Attribute

PROPOSED = Evidence(origin=Origin.PROPOSED)


class ConstraintList:
    """Constraints in the order in which they were added, each with its own id."""

    def __init__(self) -> None:
        self.constraints: dict[ConstraintId, Constraint] = {}

    def add(
        self,
        entity_id: str,
        attribute: Attribute,
        value: str,
        *,
        evidence: Evidence,
        part: str = "",
        scene_id: SceneId | None = None,
        shot_id: ShotId | None = None,
        strength: Strength = Strength.MUST,
    ) -> None:
        """Add one; a second one about the same thing in the same scope stands beside it, for the critic to see."""
        scope = Scope(scene_id=None if shot_id else scene_id, shot_id=shot_id)
        where = shot_id or scene_id or "film"
        wanted = f"{entity_id}/{attribute.value}{f'/{part}' if part else ''}@{where}".replace(" ", "-")
        constraint_id, number = ConstraintId(wanted), 2
        while constraint_id in self.constraints:
            if self.constraints[constraint_id].value == value:
                return
            constraint_id, number = ConstraintId(f"{wanted}#{number}"), number + 1
        self.constraints[constraint_id] = Constraint(
            id=constraint_id,
            entity_id=entity_id,
            attribute=attribute,
            part=part,
            value=value,
            scope=scope,
            strength=strength,
            evidence=evidence,
        )


def evidence_of(fact: Fact) -> Evidence:
    """The script's own words for a fact."""
    return Evidence(origin=Origin.SCRIPT, first_line=fact.first_line, last_line=fact.last_line, quote=fact.quote)
