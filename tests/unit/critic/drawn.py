"""Drawn frames, a judge that knows what was drawn, and small scene graphs to hold them against."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from critic.subject import PictureSubject
from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import world
from pipeline.pocket.artist import draw, draw_clip
from pipeline.pocket.truth import NONE, Drawing, PersonTruth
from storage.domain.findings import Finding, FrameRange
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import (
    Billing,
    Character,
    CharacterId,
    Constraint,
    ConstraintId,
    Evidence,
    Line,
    Origin,
    Presence,
    Scene,
    SceneGraph,
    SceneId,
    Scope,
    Setting,
    SettingId,
    Shot,
    ShotId,
    ShotPerson,
    Strength,
)
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute

MARA, THEO = CharacterId("character:mara"), CharacterId("character:theo")
CAFE, SCENE, SHOT = SettingId("setting:cafe"), SceneId("scene:1"), ShotId("shot:1A")
UNSEEN = "unseen"
KNOWS: Mapping[str, tuple[str, ...]] = {
    "people": ("0", "1", "2"),
    "setting": world.SETTINGS,
    "time of day": world.TIMES_OF_DAY,
    "shot size": world.SHOT_SIZES,
    "weather": world.WEATHERS,
    "inserted": (NONE, *world.PROPS),
    "eyes": (*world.EYES, UNSEEN),
    "hair colour": (*world.HAIR_COLOURS, UNSEEN),
    "hair style": world.HAIR_STYLES,
    "skin": (*world.SKINS, UNSEEN),
    "age": (*world.AGES, UNSEEN),
    "facing": world.FACINGS,
    "garment": (*world.GARMENTS, UNSEEN),
    "garment colour": (*world.GARMENT_COLOURS, UNSEEN),
    "held": (*world.PROPS, NONE, UNSEEN),
    **{f"accessory:{kind}": ("present", "absent", UNSEEN) for kind in world.ACCESSORIES},
}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    value: str
    probability: float
    region: Box | None
    distribution: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReading:
    head: Box
    attributes: Mapping[str, Guess]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    people: Guess
    persons: tuple[PersonReading, ...]
    setting: Guess
    time_of_day: Guess
    shot_size: Guess
    weather: Guess | None = None
    inserted: Guess | None = None


def guess(name: str, value: str, probability: float = 0.95, region: Box | None = None) -> Guess:
    """A guess whose remaining probability is spread over the other values."""
    others = [word for word in KNOWS[name] if word != value]
    spread = {word: (1 - probability) / len(others) for word in others}
    return Guess(value=value, probability=probability, region=region, distribution={value: probability, **spread})


def person_reading(person: PersonTruth, probability: float = 0.95) -> PersonReading:
    where = {"eyes": person.eyes or person.head, "garment": person.garment, "garment colour": person.garment}
    return PersonReading(
        head=person.head,
        attributes={
            name: guess(name, value, probability, where.get(name, person.head))
            for name, value in person.attributes.items()
        },
    )


def reading(drawing: Drawing, probability: float = 0.95) -> Reading:
    return Reading(
        people=guess("people", str(len(drawing.people)), probability),
        persons=tuple(person_reading(person, probability) for person in drawing.people),
        setting=guess("setting", drawing.setting, probability),
        time_of_day=guess("time of day", drawing.time_of_day, probability),
        shot_size=guess("shot size", drawing.shot_size, probability),
        weather=guess("weather", drawing.weather, probability),
        inserted=guess("inserted", drawing.inserted or NONE, probability),
    )


def _digest(frame: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(frame).tobytes()).hexdigest()


class DrawnJudge:
    """A judge that is always right about the drawings it was shown, and counts the frames it reads."""

    knows = KNOWS

    def __init__(self, *drawings: Drawing, probability: float = 0.95) -> None:
        self._readings = {_digest(drawing.pixels): reading(drawing, probability) for drawing in drawings}
        self.frames_read = 0

    def read(self, frames: np.ndarray) -> list[Reading]:
        self.frames_read += len(frames)
        return [self._readings[_digest(frame)] for frame in frames]


def looks(
    eyes: str = "brown", coat: str = "red", accessories: Iterable[str] = (), action: str = "", **more: str
) -> PersonDescription:
    words = {"skin": "tan", "hair_style": "long", "hair_colour": "black", "facing": "front", **more}
    return PersonDescription(
        eyes=eyes,
        garments=(Worn(kind="coat", colour=coat),),
        accessories=tuple(Worn(kind=kind) for kind in accessories),
        action=action,
        **words,
    )


def described(*people: PersonDescription, shot_size: str = "close-up", **more: str) -> FrameDescription:
    words = {"setting": "kitchen", "time_of_day": "day", "movement": "static", **more}
    return FrameDescription(shot_size=shot_size, people=people, **words)


def draw_one(description: FrameDescription, seed: int = 7) -> Drawing:
    """A drawing in which every pair of eyes can be seen where the size allows it."""
    return draw(description, seed)


def constraint(
    entity: str,
    attribute: Attribute,
    value: str,
    part: str = "",
    *,
    scope: Scope = Scope(),  # noqa: B008 - frozen
    strength: Strength = Strength.MUST,
    evidence: Evidence = Evidence(origin=Origin.DIRECTOR),  # noqa: B008 - frozen
    name: str = "",
) -> Constraint:
    return Constraint(
        id=ConstraintId(name or f"{entity}/{attribute}/{part}/{value}/{scope.rank}"),
        entity_id=entity,
        attribute=attribute,
        part=part,
        value=value,
        scope=scope,
        strength=strength,
        evidence=evidence,
    )


def mara(eyes: str = "brown", coat: str = "red") -> tuple[Constraint, ...]:
    """What the scene graph says about Mara; `looks` draws the same by default."""
    return (
        constraint(MARA, Attribute.EYES, eyes),
        constraint(MARA, Attribute.HAIR_COLOUR, "black"),
        constraint(MARA, Attribute.HAIR_STYLE, "long"),
        constraint(MARA, Attribute.SKIN, "tan"),
        constraint(MARA, Attribute.GARMENT, coat, "coat"),
    )


def view_of(
    *constraints: Constraint,
    people: tuple[ShotPerson, ...] = (ShotPerson(character_id=MARA),),
    size: str = "close-up",
    movement: str = "static",
    lines: tuple[Line, ...] = (),
    time_of_day: str = "day",
) -> GraphView:
    """A film of one scene with one shot."""
    said = Evidence(origin=Origin.DIRECTOR)
    return GraphView(
        SceneGraph(
            title="Low Tide",
            characters={
                who: Character(id=who, names=(name,), billing=Billing.LEAD, evidence=said)
                for who, name in ((MARA, "MARA"), (THEO, "THEO"))
            },
            settings={CAFE: Setting(id=CAFE, name="HARBOUR CAFE", interior=True, evidence=said)},
            scenes={
                SCENE: Scene(
                    id=SCENE,
                    number="1",
                    order=0,
                    heading="INT. HARBOUR CAFE - DAY",
                    setting_id=CAFE,
                    time_of_day=time_of_day,
                    story_day=1,
                    first_line=1,
                    last_line=9,
                    presences=(
                        Presence(character_id=MARA, on_screen=True),
                        Presence(character_id=THEO, on_screen=True),
                    ),
                )
            },
            shots={
                SHOT: Shot(
                    id=SHOT,
                    scene_id=SCENE,
                    label="1A",
                    order=0,
                    size=size,
                    movement=movement,
                    people=people,
                    lines=lines,
                    duration_frames=48,
                    evidence=said,
                )
            },
            constraints={item.id: item for item in constraints},
        )
    )


def keyframe_subject(view: GraphView, drawing: Drawing, known_as: Mapping[str, str] | None = None) -> PictureSubject:
    return PictureSubject(
        view=view, shot_id=SHOT, seam=Seam.KEYFRAME, frames=drawing.pixels[None], known_as=known_as or {}
    )


def clip_subject(
    view: GraphView,
    frames: np.ndarray,
    keyframe: np.ndarray | None = None,
    pieces: tuple[FrameRange, ...] = (),
) -> PictureSubject:
    return PictureSubject(
        view=view,
        shot_id=SHOT,
        seam=Seam.CLIP,
        frames=frames,
        frame_rate=Fraction(world.CLIP_RATE),
        keyframe=frames[0] if keyframe is None else keyframe,
        pieces=pieces,
    )


def clip_of(description: FrameDescription, seed: int = 7) -> list[Drawing]:
    return draw_clip(description, seed)


def pixels(drawings: Iterable[Drawing]) -> np.ndarray:
    return np.stack([drawing.pixels for drawing in drawings])


def by_label(findings: Iterable[Finding]) -> dict[str, Finding]:
    found = {finding.label: finding for finding in findings}
    return found
