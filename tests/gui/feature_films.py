"""A feature of 190 scenes and 1,520 shots, some of it approved, and the next draft of its screenplay.

`python -m tests.gui.feature_films FOLDER SCREENPLAY --json --dry-run|--yes` does what `matchcut graph draft` does, but
for the reading: the next draft's scene graph is known, and no language model is loaded.
"""

import sys
from dataclasses import replace
from pathlib import Path

from desktop.bench.big_graph import big_graph
from pipeline.cli.redraft_words import tell_draft
from storage.commands import Commands
from storage.domain.scene_graph import Evidence, Origin, SceneGraph, SceneId
from storage.domain.takes import Recipe, Seam
from storage.domain.vocabulary import Attribute
from storage.film_state import FilmState
from storage.graph_commands import GraphCommands
from storage.note_commands import NoteCommands
from storage.project import Project
from tests.gui.scripts import FEATURE_SHOTS, feature_script

CHANGED, CUT = SceneId("scene:50"), SceneId("scene:190")
APPROVED = ("shot:49A", "shot:50A", "shot:190A")
_NEW = ("EXT. RAILWAY STATION - DAY", "", "Snow. IDA reads a letter on the platform, and burns it.", "", "A whistle.")
_OTHER_WORDS = "She lets the lamp go out, and says nothing of the office or of its clock."


def feature() -> SceneGraph:
    """The scene graph of the first draft."""
    return big_graph(FEATURE_SHOTS, shots_a_scene=8)


def first_draft() -> list[str]:
    """Its screenplay, in which no scene reads like another."""
    graph = feature()
    lines = feature_script(graph).decode().split("\n")
    for scene in graph.scenes.values():
        lines[scene.first_line + 4] = f"A bell strikes. On the wall hangs picture {scene.number} of the sea."
    return lines


def make_feature(folder: Path) -> None:
    """The feature, approved, with an approved keyframe in a scene that is kept, one that is changed and one cut."""
    graph = feature()
    project = Project.create(
        folder, title="Long", screenplay="\n".join(first_draft()).encode(), screenplay_name="long.fountain"
    )
    project.graphs.save(graph, label="draft", author="script")
    project.takes.add_review([], take_id=None, graph_revision=1)
    commands = Commands(project)
    commands.approve_script()
    for shot_id in APPROVED:
        standing = FilmState(project, only=shot_id).shot(shot_id).keyframe
        job = project.jobs.ensure(seam=Seam.KEYFRAME, shot_id=shot_id, round=standing.round, attempt=1)
        medium = project.media.put(shot_id.encode(), ".png")
        take = project.takes.add(
            seam=Seam.KEYFRAME, shot_id=shot_id, round=standing.round, attempt=1, media=medium, poster=medium,
            num_frames=1, frame_rate=0, width_px=64, height_px=36, inputs=standing.inputs, graph_revision=1,
            recipe=Recipe(
                agent="storyboard", scheduler_config={}, width_px=64, height_px=36, library_versions={}, extra={}
            ),
        )  # fmt: skip
        project.jobs.finish(job.id, take.id)
        project.takes.add_review([], take_id=take.id, graph_revision=1)
        commands.approve(take.id)
    NoteCommands(project, "director").add(take.id, "Hold this longer.")
    project.close()


def next_draft() -> tuple[SceneGraph, bytes]:
    """The next draft: one scene has other words and another coat in it, the last is cut, and a new one ends it."""
    graph = feature()
    lines = first_draft()
    changed, cut = graph.scenes[CHANGED], graph.scenes[CUT]
    lines[changed.first_line + 2] = _OTHER_WORDS
    lines[cut.first_line - 1 :] = _NEW
    coat = next(
        each for each in graph.constraints.values()
        if each.scope.scene_id == CHANGED and each.attribute is Attribute.GARMENT
    )  # fmt: skip
    gone = {shot.id for shot in graph.shots.values() if shot.scene_id == CUT}
    constraints = {
        key: each for key, each in graph.constraints.items()
        if CUT not in (each.entity_id, each.scope.scene_id) and not {each.entity_id, each.scope.shot_id} & gone
    }  # fmt: skip
    # What a line says goes before what was proposed.
    line = changed.first_line + 3
    said = Evidence(origin=Origin.SCRIPT, first_line=line, last_line=line, quote=_OTHER_WORDS)
    constraints[coat.id] = replace(coat, value="black" if coat.value == "white" else "white", evidence=said)
    shots = {key: shot for key, shot in graph.shots.items() if key not in gone}
    first = graph.shots["shot:190A"]
    last_line = cut.first_line + len(_NEW) - 1
    scene = replace(cut, heading=_NEW[0], last_line=last_line, time_of_day="day", presences=())
    shots[first.id] = replace(first, people=(), action="A letter burns.")
    drafted = replace(graph, scenes={**graph.scenes, CUT: scene}, shots=shots, constraints=constraints)
    return drafted, "\n".join(lines).encode()


def main(folder: Path, screenplay: Path, *, is_taken: bool) -> None:
    """Merge the next draft into a film, or only say what that makes of it."""
    project = Project.open(folder)
    commands = GraphCommands(project)
    drafted, content = next_draft()
    merge = commands.merge_draft(
        drafted, last_lines=first_draft(), new_lines=content.decode().split("\n"), name=screenplay.name
    )
    cost = commands.cost(merge.edit)
    if is_taken:
        commands.take_draft(merge, content, screenplay.name)
    tell_draft(merge, cost, is_made=is_taken, as_json=True)
    project.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), is_taken="--yes" in sys.argv)
