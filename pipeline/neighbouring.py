"""Finds the circled keyframes of a shot's place, so that the critic can hold a picture against them."""

from critic.subject import Neighbour
from pipeline.media import decode_picture
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Shot, ShotId
from storage.film_state import FilmState
from storage.project import Project

_MOST = 2
# A reading of each candidate costs some milliseconds, so not a whole feature is asked.
_MOST_ASKED = 8


def neighbours_of(project: Project, view: GraphView, shot_id: ShotId) -> tuple[Neighbour, ...]:
    """At most two: of the same scene the nearest shots first, then of other scenes in the same setting."""
    found: list[Neighbour] = []
    for shot in _candidates(view, shot_id)[:_MOST_ASKED]:
        take = FilmState(project, only=shot.id).shot(shot.id).keyframe.circled
        if take is None:
            continue
        found.append(
            Neighbour(
                label=shot.label,
                frame=decode_picture(project.media.find(take.media)),
                in_scene=shot.scene_id == view.graph.shots[shot_id].scene_id,
            )
        )
        if len(found) == _MOST:
            break
    return tuple(found)


def _candidates(view: GraphView, shot_id: ShotId) -> list[Shot]:
    scene = view.scene_of(shot_id)
    here = view.graph.shots[shot_id]
    same = [shot for shot in view.shots_of(scene.id) if shot.id != shot_id and shot.size != "insert"]
    same.sort(key=lambda shot: abs(shot.order - here.order))
    others = [other for other in view.scenes if other.id != scene.id and other.setting_id == scene.setting_id]
    if scene.setting_id is None:
        others = []
    others.sort(key=lambda other: abs(other.order - scene.order))
    return same + [shot for other in others for shot in view.shots_of(other.id)[:2] if shot.size != "insert"]
