"""What an edit of the plan turns stale, worked out before it is made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from storage.domain.graph_view import GraphView, carry_over, shots_touched
from storage.domain.looks import Look
from storage.domain.pace import Pace, time_left
from storage.domain.scene_graph import SceneGraph, Shot, ShotId
from storage.domain.staleness import cut_inputs, inputs_digest
from storage.domain.standing import Standing
from storage.domain.takes import Seam, TakeInput
from storage.film_state import FilmReading, FilmState, OtherPlan
from storage.pace_store import read_pace
from storage.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCost:
    """What an edit turns stale, and what making it again will take.

    Attributes:
        seconds: as `Pace` knows them, of the takes that turn stale and of new shots; None where it does not know all.
        cut: whether the newest cut shows what is edited as it is now.
        new: shots that are planned then and are not now.
        gone: shots that are not planned any longer; their takes are kept.
    """

    keyframes: tuple[ShotId, ...]
    clips: tuple[ShotId, ...]
    seconds: float | None
    cut: bool = False
    new: tuple[ShotId, ...] = ()
    gone: tuple[ShotId, ...] = ()

    @property
    def turns_stale(self) -> bool:
        """Whether anything that was made would not count any longer."""
        return bool(self.keyframes or self.clips or self.cut)


def cost_between(before: FilmReading, after: FilmReading, shots: Iterable[Shot], pace: Pace) -> EditCost:
    """What turns stale among some shots when a film's plan changes.

    Args:
        before, after: the same film with the plan as it is, and as it would be.
        pace: of making its takes.
    """
    keyframes: list[ShotId] = []
    clips: list[ShotId] = []
    for shot in shots:
        old, new = before.shot(shot.id), after.shot(shot.id)
        keyframe_goes = (
            old.keyframe.take is not None and not new.keyframe.locked and _differ(new.keyframe, old.keyframe)
        )
        clip_goes = old.clip.take is not None and not new.clip.locked and (keyframe_goes or _differ(new.clip, old.clip))
        if keyframe_goes:
            keyframes.append(shot.id)
        if clip_goes:
            clips.append(shot.id)
    seconds = _seconds(after, keyframes, clips, pace)
    return EditCost(keyframes=tuple(keyframes), clips=tuple(clips), seconds=seconds)


def _differ(one: Standing, other: Standing) -> bool:
    """Whether takes would be made from something else; under what names is of no matter."""
    return inputs_digest(one.inputs) != inputs_digest(other.inputs)


def _seconds(film: FilmReading, keyframes: Sequence[ShotId], clips: Sequence[ShotId], pace: Pace) -> float | None:
    left = time_left(
        pace.of(seam, float(film.shot(shot_id).shot.duration_frames / film.film.frame_rate))
        for seam, shot_ids in ((Seam.KEYFRAME, keyframes), (Seam.CLIP, clips))
        for shot_id in shot_ids
    )
    return left.seconds if left.known else None


def cost_of_graph(project: Project, graph: SceneGraph) -> EditCost:
    """What another scene graph would turn stale, all over the film."""
    before = FilmState(project, not_right=True)
    if before.view is None:
        return EditCost(keyframes=(), clips=(), seconds=0.0)
    view = GraphView(graph)
    touched = shots_touched(before.view, view)
    carry_over(before.view, view, touched)
    after = OtherPlan(before, view)
    pace = read_pace(project)
    old = {shot.id for shot in before.planned_shots}
    new = {shot.id for shot in after.planned_shots}
    both = [shot for shot in before.planned_shots if shot.id in new]
    cost = cost_between(before, after, [shot for shot in both if shot.id in touched], pace)
    added = tuple(shot.id for shot in after.planned_shots if shot.id not in old)
    return replace(
        cost,
        seconds=_seconds(after, (*cost.keyframes, *added), (*cost.clips, *added), pace),
        cut=_cut_turns_stale(before, after, cost),
        new=added,
        gone=tuple(shot.id for shot in before.planned_shots if shot.id not in new),
    )


def cost_of_looks(project: Project, entity_id: str, change: Callable[[Sequence[Look]], Sequence[Look]]) -> EditCost:
    """What other looks would turn stale; nothing where the checkpoint in use takes no references.

    Args:
        entity_id: whose looks they are.
        change: the looks that count then, from those that count now.
    """
    if not project.film.takes_references:
        return EditCost(keyframes=(), clips=(), seconds=0.0)
    before = FilmState(project, not_right=True)
    if before.view is None:
        return EditCost(keyframes=(), clips=(), seconds=0.0)
    after = OtherPlan(before, before.view, change(before.looks))
    shown = [
        shot
        for shot in before.planned_shots
        if entity_id == before.view.scene_of(shot.id).setting_id
        or any(person.character_id == entity_id for person in shot.people)
    ]
    cost = cost_between(before, after, shown, read_pace(project))
    return replace(cost, cut=_cut_turns_stale(before, after, cost))


def _cut_turns_stale(before: FilmReading, after: FilmReading, cost: EditCost) -> bool:
    """Whether a cut of now, whatever its standing, would not be what is planned any longer."""
    cut = before.cut()
    if cut.take is None and cut.circled is None:
        return False
    return bool(cost.keyframes or cost.clips) or _differ(after.cut(), cut)


def cost_of_shots(project: Project, shots: Sequence[Shot]) -> EditCost:
    """What planning some shots like this would turn stale.

    Reads only what is known of these shots, so that it can be asked while a mouse is dragged.
    """
    graph = project.graphs.view().graph
    after = GraphView(replace(graph, shots={**graph.shots, **{shot.id: shot for shot in shots}}))
    pace = read_pace(project)
    costs: list[EditCost] = []
    for shot in shots:
        old = graph.shots[shot.id]
        if replace(shot, order=old.order) == old:
            continue
        state = FilmState(project, only=shot.id)
        if any(planned.id == shot.id for planned in state.planned_shots):
            costs.append(cost_between(state, FilmState(project, after, only=shot.id), [old], pace))
    left = time_left(cost.seconds for cost in costs)
    return EditCost(
        keyframes=tuple(shot_id for cost in costs for shot_id in cost.keyframes),
        clips=tuple(shot_id for cost in costs for shot_id in cost.clips),
        seconds=left.seconds if left.known else None,
        cut=_newest_cut_shows(project, [shot.id for shot in shots]),
    )


def _newest_cut_shows(project: Project, shot_ids: Sequence[ShotId]) -> bool:
    """Whether the newest cut has the circled clip of one of these shots, as the shot is planned now."""
    cuts = project.takes.of_shot(None, Seam.CUT)
    if not cuts:
        return False
    shown = {(item.key, item.digest) for item in project.takes.inputs(cuts[-1].id)}
    return any((item.key, item.digest) in shown for shot_id in shot_ids for item in _clip_now(project, shot_id))


def _clip_now(project: Project, shot_id: ShotId) -> list[TakeInput]:
    """What a cut would be made from now because of a shot; nothing where it has no circled clip."""
    circled = FilmState(project, only=shot_id).shot(shot_id).clip.circled
    inputs = cut_inputs(project.graphs.view(), [(shot_id, circled)]) if circled else ()
    return [item for item in inputs if item.key.startswith("take:")]
