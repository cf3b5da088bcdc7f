"""What an edit of the plan turns stale, worked out before it is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Shot, ShotId
from storage.domain.staleness import cut_inputs
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCost:
    """What an edit turns stale, and what making it again will take.

    Attributes:
        seconds: estimated from how long the takes took; None where nothing was made yet.
        cut: whether the newest cut shows what is edited as it is now; only worked out for shots.
    """

    keyframes: tuple[ShotId, ...]
    clips: tuple[ShotId, ...]
    seconds: float | None
    cut: bool = False


def cost_between(before: FilmState, after: FilmState, shots: Iterable[Shot]) -> EditCost:
    """What turns stale among some shots when a film's plan changes.

    Args:
        before, after: the same film with the plan as it is, and as it would be.
    """
    keyframes: list[ShotId] = []
    clips: list[ShotId] = []
    for shot in shots:
        old, new = before.shot(shot.id), after.shot(shot.id)
        keyframe_goes = (
            old.keyframe.take is not None and not new.keyframe.locked and (new.keyframe.inputs != old.keyframe.inputs)
        )
        clip_goes = (
            old.clip.take is not None and not new.clip.locked and (keyframe_goes or new.clip.inputs != old.clip.inputs)
        )
        if keyframe_goes:
            keyframes.append(shot.id)
        if clip_goes:
            clips.append(shot.id)
    seconds = [
        number * sum(took) / len(took)
        for number, seam in ((len(keyframes), Seam.KEYFRAME), (len(clips), Seam.CLIP))
        if (took := [take.seconds for take in before.takes.values() if take.seam is seam])
    ]
    return EditCost(keyframes=tuple(keyframes), clips=tuple(clips), seconds=sum(seconds) if seconds else None)


def cost_of_shots(project: Project, shots: Sequence[Shot]) -> EditCost:
    """What planning some shots like this would turn stale.

    Reads only what is known of these shots, so that it can be asked while a mouse is dragged.
    """
    graph = project.graphs.view().graph
    after = GraphView(replace(graph, shots={**graph.shots, **{shot.id: shot for shot in shots}}))
    costs: list[EditCost] = []
    for shot in shots:
        old = graph.shots[shot.id]
        if replace(shot, order=old.order) == old:
            continue
        state = FilmState(project, only=shot.id)
        if any(planned.id == shot.id for planned in state.planned_shots):
            costs.append(cost_between(state, FilmState(project, after, only=shot.id), [old]))
    known = [cost.seconds for cost in costs if cost.seconds is not None]
    return EditCost(
        keyframes=tuple(shot_id for cost in costs for shot_id in cost.keyframes),
        clips=tuple(shot_id for cost in costs for shot_id in cost.clips),
        seconds=sum(known) if known else None,
        cut=bool(shots) and _newest_cut_shows(project, shots[0].id),
    )


def _newest_cut_shows(project: Project, shot_id: ShotId) -> bool:
    cuts = project.takes.of_shot(None, Seam.CUT)
    circled = FilmState(project, only=shot_id).shot(shot_id).clip.circled
    if not cuts or circled is None:
        return False
    now = next(item for item in cut_inputs(project.graphs.view(), [(shot_id, circled)]) if item.key.startswith("take:"))
    return any(item.key == now.key and item.digest == now.digest for item in project.takes.inputs(cuts[-1].id))
