"""Drafts the scene graph of a film, and works out what a new draft of its screenplay would make of it."""

from fractions import Fraction
from pathlib import Path

from pipeline.renderers.base import Capabilities
from pipeline.script.agent import draft_scene_graph
from pipeline.script.reading import read_screenplay
from pipeline.script.screenplay import Screenplay
from storage.domain.draft_merge import DraftMerge
from storage.domain.scene_graph import SceneGraph
from storage.graph_commands import GraphCommands
from storage.project import Film, Project


def draft_film(film: Film, screenplay: Screenplay, capabilities: Capabilities) -> SceneGraph:
    """Draft a scene graph, for what a renderer can make."""
    max_clip_s = capabilities.clip_frames / capabilities.frame_rate if capabilities.clip_frames else Fraction(2)
    return draft_scene_graph(
        screenplay,
        film_seed=film.seed,
        frame_rate=film.frame_rate,
        max_clip_s=Fraction(max_clip_s),
        lexicon=capabilities.lexicon,
    )


def read_new_draft(project: Project, commands: GraphCommands, path: Path, capabilities: Capabilities) -> DraftMerge:
    """Read a new draft of a film's screenplay and merge it with the scene graph, in memory.

    Raises:
        WrongUse: the file is no screenplay, or the film has no scene graph yet.
    """
    film = project.film
    screenplay = read_screenplay(path)
    last = read_screenplay(project.media.find(film.screenplay))
    return commands.merge_draft(
        draft_film(film, screenplay, capabilities),
        last_lines=last.lines,
        new_lines=screenplay.lines,
        name=path.name,
    )
