"""A scene graph that says otherwise than its screenplay, as the critic found it."""

from dataclasses import replace

from critic.script_review import review_scene_graph
from storage.domain.scene_graph import ConstraintId
from storage.project import Project

EYES = ConstraintId("constraint:mara/eyes/@film")
HAIR = ConstraintId("constraint:mara/hair colour/@film")


def misread(project: Project, *, is_reviewed: bool = True) -> None:
    """Let Mara's eyes be misread and her hair be left out of the scene graph; then let the critic read it."""
    graph = project.graphs.view().graph
    constraints = {**graph.constraints, EYES: replace(graph.constraints[EYES], value="green")}
    del constraints[HAIR]
    project.graphs.save(replace(graph, constraints=constraints), label="misread", author="script agent")
    if is_reviewed:
        review(project)


def review(project: Project) -> None:
    """Let the critic hold the newest scene graph against the screenplay."""
    lines = project.media.find(project.film.screenplay).read_text().splitlines()
    revision = project.graphs.latest_revision
    findings = review_scene_graph(project.graphs.view(), lines)
    project.takes.add_review(findings, take_id=None, graph_revision=revision)
