"""Edits of the scene graph as values: each can be planned, which changes nothing, then costed and made."""

from dataclasses import dataclass
from typing import Protocol

from storage.domain.graph_split import Places
from storage.domain.scene_graph import Billing, CharacterId, SceneId, Scope, SettingId, ShotId
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import GraphEdit
from storage.edit_cost import EditCost
from storage.graph_commands import GraphCommands


class GraphWish(Protocol):
    """One edit that a director has in mind. Frozen, and equal to another that means the same."""

    def plan(self, commands: GraphCommands) -> GraphEdit:
        """Work out what it makes of the scene graph.

        Raises:
            WrongUse: it cannot be done, in one sentence for the person.
        """
        ...

    @property
    def chosen_after(self) -> str:
        """The id to be chosen once it is made, unless something new is; empty for whatever is near."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOfEdit:
    """What making a wish would do and turn stale.

    Attributes:
        plan: for the scene graph as it was then; making it is refused where that has changed meanwhile.
    """

    wish: GraphWish
    plan: GraphEdit
    cost: EditCost


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFields:
    """Other values for some fields of one thing. Attributes: changes: field and value, as `graph_fields` has them."""

    item_id: str
    changes: tuple[tuple[str, str], ...]

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.edit_fields(self.item_id, self.changes)

    @property
    def chosen_after(self) -> str:
        return self.item_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCharacter:
    name: str
    billing: Billing

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.add_character(self.name, self.billing)

    @property
    def chosen_after(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSetting:
    name: str
    interior: bool

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.add_setting(self.name, interior=self.interior)

    @property
    def chosen_after(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProp:
    name: str

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.add_prop(self.name)

    @property
    def chosen_after(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddScene:
    """A new scene. Attributes: after: the scene before it; None for the film's end."""

    setting_id: SettingId
    time_of_day: str
    after: SceneId | None

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.add_scene(self.setting_id, self.time_of_day, after=self.after)

    @property
    def chosen_after(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddShot:
    """A new shot. Attributes: before: the shot that follows it; None for the scene's end."""

    scene_id: SceneId
    size: str
    people: tuple[CharacterId, ...]
    before: ShotId | None
    duration_frames: int

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.add_shot(
            self.scene_id,
            size=self.size,
            people=self.people,
            before=self.before,
            duration_frames=self.duration_frames,
        )

    @property
    def chosen_after(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddConstraint:
    """Something new to say of an entity; see `Constraint`."""

    entity_id: str
    attribute: Attribute
    part: str
    value: str
    scope: Scope

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.add_constraint(self.entity_id, self.attribute, self.value, part=self.part, scope=self.scope)

    @property
    def chosen_after(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Make one of two; see `graph_merge`."""

    kept_id: str
    gone_id: str

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.merge(self.kept_id, self.gone_id)

    @property
    def chosen_after(self) -> str:
        return self.kept_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Let some scenes and shots have a new one; see `graph_split.split`."""

    item_id: str
    name: str
    scene_ids: tuple[SceneId, ...]
    shot_ids: tuple[ShotId, ...]

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.split(self.item_id, self.name, Places(scene_ids=self.scene_ids, shot_ids=self.shot_ids))

    @property
    def chosen_after(self) -> str:
        return self.item_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitScene:
    """A new scene from one of its shots on."""

    first_shot: ShotId

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.split_scene(self.first_shot)

    @property
    def chosen_after(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitShot:
    """Cut a shot in two. Attributes: at_frame: where the second begins, in frames of the film, from 1."""

    shot_id: ShotId
    at_frame: int

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.split_shot(self.shot_id, self.at_frame)

    @property
    def chosen_after(self) -> str:
        return self.shot_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Take one thing out, and what hangs on it."""

    item_id: str

    def plan(self, commands: GraphCommands) -> GraphEdit:
        return commands.delete(self.item_id)

    @property
    def chosen_after(self) -> str:
        return ""
