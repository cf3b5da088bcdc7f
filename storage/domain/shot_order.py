"""Which shots change when some are moved to another place in the film, and where they may go."""

from collections.abc import Sequence
from dataclasses import replace

from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import SceneId, Shot, ShotId


def scenes_in_reach(view: GraphView, shot_ids: Sequence[ShotId]) -> tuple[SceneId, ...]:
    """The scenes that shots may be moved to, in film order: their own, and the ones right before and after.

    Empty where the shots come from more than one scene: they are moved scene by scene.
    """
    own = {view.graph.shots[shot_id].scene_id for shot_id in shot_ids}
    if len(own) != 1:
        return ()
    scenes = [scene.id for scene in view.scenes]
    here = scenes.index(own.pop())
    return tuple(scenes[max(0, here - 1) : here + 2])


def moved(view: GraphView, shot_ids: Sequence[ShotId], scene_id: SceneId, before: ShotId | None) -> tuple[Shot, ...]:
    """The shots whose place changes, as they are then planned; empty where nothing moves.

    A shot keeps its label wherever it goes: the label names the shot and its takes, not its place.

    Args:
        shot_ids: what is moved; they stay in the order that they have in the film.
        scene_id: where to.
        before: the shot of that scene that follows them then; None for the scene's end. One of
            `shot_ids` stands for the place where it is.
    """
    going = set(shot_ids)
    moving = [shot for shot in view.shots if shot.id in going]
    staying = [shot for shot in view.shots_of(scene_id) if shot.id not in going]
    place = len(staying)
    if before is not None:
        order = [shot.id for shot in view.shots_of(scene_id)]
        place = sum(shot_id not in going for shot_id in order[: order.index(before)])
    after = {scene_id: [*staying[:place], *moving, *staying[place:]]}
    for source in {shot.scene_id for shot in moving} - {scene_id}:
        after[source] = [shot for shot in view.shots_of(source) if shot.id not in going]
    planned = [
        replace(shot, scene_id=scene, order=order) for scene, shots in after.items() for order, shot in enumerate(shots)
    ]
    return tuple(shot for shot in planned if shot != view.graph.shots[shot.id])
