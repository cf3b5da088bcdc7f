"""The looks that count now."""

from storage.domain.looks import Look, standing_looks
from storage.project import Project


def looks_of(project: Project) -> tuple[Look, ...]:
    """The looks that count now, of what is in the scene graph; oldest first."""
    made = project.looks.everything()
    looks = standing_looks(made, project.ledger.everything()) if made else ()
    if not looks:
        return ()
    graph = project.graphs.view().graph
    return tuple(look for look in looks if look.entity_id in graph.characters or look.entity_id in graph.settings)
