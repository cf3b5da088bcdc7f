"""The verbs that change a shot's place and length in the film."""

from collections.abc import Sequence
from dataclasses import replace

from storage.domain.decisions import Decision, Verb
from storage.domain.scene_graph import SceneId, Shot, ShotId
from storage.domain.shot_order import moved, scenes_in_reach
from storage.domain.told import Told
from storage.edit_cost import EditCost, cost_of_shots
from storage.errors import WrongUse
from storage.graph_changes import GraphChanges


class ShotCommands(GraphChanges):
    """Verbs on the shots of one project; `Commands.undo` takes them back. See `GraphChanges`."""

    def trim(self, shot_id: ShotId, duration_frames: int) -> Decision:
        """Give a shot another length, in frames of the film.

        Raises:
            WrongUse: there is no such shot, the length is not positive, or the shot has it already.
        """
        old, new = self._view.graph.shots.get(shot_id), self._trimmed(shot_id, duration_frames)
        if old is None or old == new:
            raise WrongUse(
                Told(
                    "{label} is {duration_frames} frames long already.",
                    label=new.label,
                    duration_frames=duration_frames,
                ),
                "Give it another length.",
            )
        what = f"{new.label}: {old.duration_frames} → {duration_frames} frames"
        return self._change(Verb.EDIT, what, [new], shot_id=shot_id)

    def move(self, shot_ids: Sequence[ShotId], scene_id: SceneId, before: ShotId | None = None) -> Decision:
        """Move shots within their scene, or to the scene before or after it. Their labels stay.

        Args:
            before: the shot that follows them then; None for the end of the scene.

        Raises:
            WrongUse: a shot or the scene does not exist or is out of reach, a scene would be left
                without a shot, or nothing would move.
        """
        changed = self._moved(shot_ids, scene_id, before)
        graph = self._view.graph
        first = next(shot for shot in self._view.shots if shot.id in shot_ids)
        what = first.label if len(shot_ids) == 1 else f"{len(shot_ids)} shots"
        if not changed:
            raise WrongUse(Told("{what}: there already.", what=what), "Choose another place.")
        where = f"before {graph.shots[before].label}" if before else f"to the end of sc {graph.scenes[scene_id].number}"
        return self._change(Verb.EDIT, f"{what} moved {where}", changed, shot_id=first.id)

    def cost_of_trim(self, shot_id: ShotId, duration_frames: int) -> EditCost:
        """What `trim` would turn stale; changes nothing. Raises as `trim` does."""
        return cost_of_shots(self._project, [self._trimmed(shot_id, duration_frames)])

    def cost_of_move(self, shot_ids: Sequence[ShotId], scene_id: SceneId, before: ShotId | None = None) -> EditCost:
        """What `move` would turn stale; changes nothing. Raises as `move` does."""
        return cost_of_shots(self._project, self._moved(shot_ids, scene_id, before))

    def _trimmed(self, shot_id: ShotId, duration_frames: int) -> Shot:
        shot = self._view.graph.shots.get(shot_id)
        if shot is None:
            raise WrongUse(
                Told("There is no shot {shot_id}.", shot_id=shot_id), "Name one that `matchcut status` lists."
            )
        if duration_frames <= 0:
            raise WrongUse("A shot lasts at least one frame.", "Give it a positive duration.")
        return replace(shot, duration_frames=duration_frames)

    def _moved(self, shot_ids: Sequence[ShotId], scene_id: SceneId, before: ShotId | None) -> tuple[Shot, ...]:
        view = self._view
        shots = view.graph.shots
        named = (*shot_ids, *([before] if before else []))
        if not shot_ids or any(shot_id not in shots for shot_id in named):
            raise WrongUse("One of these shots is gone.", "Choose again.")
        if scene_id not in scenes_in_reach(view, shot_ids) or (before and shots[before].scene_id != scene_id):
            raise WrongUse("That place is out of reach.", "Move shots within a scene, or to the one before or after.")
        source = shots[shot_ids[0]].scene_id
        if source != scene_id and len(set(shot_ids)) == len(view.shots_of(source)):
            number = view.graph.scenes[source].number
            raise WrongUse(Told("Scene {number} would be left without a shot.", number=number), "Leave one there.")
        return moved(view, shot_ids, scene_id, before)
