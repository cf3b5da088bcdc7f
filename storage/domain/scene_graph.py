"""The scene graph: characters, settings, props, scenes, shots and the constraints between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from storage.domain.vocabulary import Attribute

CharacterId = NewType("CharacterId", str)
SettingId = NewType("SettingId", str)
PropId = NewType("PropId", str)
SceneId = NewType("SceneId", str)
ShotId = NewType("ShotId", str)
ConstraintId = NewType("ConstraintId", str)
EntityId = CharacterId | SettingId | PropId | SceneId | ShotId


class Origin(StrEnum):
    """Where a constraint comes from."""

    SCRIPT = "script"
    PROPOSED = "proposed"
    DIRECTOR = "director"
    PICTURE = "picture"


class Strength(StrEnum):
    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a claim rests on.

    Attributes:
        origin: who says so.
        first_line: first line of the screenplay file, from 1; 0 where no line says it.
        last_line: last line, inclusive.
        quote: the words themselves.
    """

    origin: Origin
    first_line: int = 0
    last_line: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a constraint holds: the film (both empty), one scene, or one shot."""

    scene_id: SceneId | None = None
    shot_id: ShotId | None = None

    @property
    def rank(self) -> int:
        """How narrow: 0 film, 1 scene, 2 shot. The narrowest wins."""
        return 2 if self.shot_id else 1 if self.scene_id else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One thing that must (or should) be so.

    Attributes:
        entity_id: the character, setting, prop, scene or shot that it is about.
        part: the garment, accessory or prop for the parted attributes; else empty.
        value: a word of the vocabulary where one fits, else the script's own.
    """

    id: ConstraintId
    entity_id: str
    attribute: Attribute
    part: str = ""
    value: str
    scope: Scope = Scope()
    strength: Strength = Strength.MUST
    evidence: Evidence

    @property
    def key(self) -> str:
        """What it speaks of, whatever its value and scope: "character:mara/garment/coat"."""
        return f"{self.entity_id}/{self.attribute}/{self.part}"

    @property
    def is_proposed(self) -> bool:
        return self.evidence.origin is Origin.PROPOSED


class Billing(StrEnum):
    """How large a part is."""

    LEAD = "lead"
    SUPPORTING = "supporting"
    BIT = "bit"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """Attributes: names: every spelling of the cue, the first is the one shown."""

    id: CharacterId
    names: tuple[str, ...]
    billing: Billing
    evidence: Evidence

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A place, the same one whenever its name comes back in a heading."""

    id: SettingId
    name: str
    interior: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    id: PropId
    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A character in a scene; `on_screen` is false for a voice only (V.O., O.S., on the phone)."""

    character_id: CharacterId
    on_screen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One place and time.

    Attributes:
        number: text, as printed ("12A"); made up from the order where the script has none.
        order: position in the film, from 0.
        setting_id: None where the heading names no place.
        story_day: day of the story, from 1.
        first_line: heading's line in the screenplay file, from 1.
        last_line: inclusive.
    """

    id: SceneId
    number: str
    order: int
    heading: str
    setting_id: SettingId | None
    time_of_day: str
    story_day: int
    presences: tuple[Presence, ...] = ()
    prop_ids: tuple[PropId, ...] = ()
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Dialogue spoken during a shot."""

    character_id: CharacterId
    text: str
    voice_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotPerson:
    """A character seen in a shot.

    Attributes:
        action: what the body does, a word of the motion vocabulary ("talking", "walking") or empty.
        turned_away: the face cannot be seen (the near shoulder of an over-the-shoulder).
    """

    character_id: CharacterId
    action: str = ""
    turned_away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """The planned picture between two cuts.

    Attributes:
        label: scene number and a letter ("12A").
        order: position within the scene, from 0.
        size, angle, movement: words of the vocabulary.
        people: who is seen, from left to right.
        prop_id: the prop that an insert shows.
        duration_frames: length at the film's frame rate, > 0.
        purpose: why the shot is there ("establishing", "coverage", "as written: CLOSE ON").
    """

    id: ShotId
    scene_id: SceneId
    label: str
    order: int
    size: str
    angle: str = "eye level"
    movement: str = "static"
    people: tuple[ShotPerson, ...] = ()
    prop_id: PropId | None = None
    action: str = ""
    lines: tuple[Line, ...] = ()
    duration_frames: int
    purpose: str = ""
    evidence: Evidence


Entity = Character | Setting | Prop | Scene | Shot
Item = Entity | Constraint


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneGraph:
    """Everything that is planned, at one revision, by id. `GraphView` has it in film order."""

    title: str = ""
    characters: Mapping[CharacterId, Character] = field(default_factory=dict[CharacterId, Character])
    settings: Mapping[SettingId, Setting] = field(default_factory=dict[SettingId, Setting])
    props: Mapping[PropId, Prop] = field(default_factory=dict[PropId, Prop])
    scenes: Mapping[SceneId, Scene] = field(default_factory=dict[SceneId, Scene])
    shots: Mapping[ShotId, Shot] = field(default_factory=dict[ShotId, Shot])
    constraints: Mapping[ConstraintId, Constraint] = field(default_factory=dict[ConstraintId, Constraint])
