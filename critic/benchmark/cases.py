"""Pictures whose truth is known, the plans that they are held against, and what the critic should say."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from critic.subject import Neighbour, PictureSubject
from storage.domain.findings import Verdict
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import (
    Billing,
    Character,
    CharacterId,
    Constraint,
    ConstraintId,
    Evidence,
    Origin,
    Scene,
    SceneGraph,
    SceneId,
    Setting,
    SettingId,
    Shot,
    ShotId,
    ShotPerson,
)
from storage.domain.takes import Seam
from storage.domain.vocabulary import ABSENT, PRESENT, Attribute

UNSEEN = "unseen"
_SAID = Evidence(origin=Origin.DIRECTOR)
_SETTING, _SCENE, _SHOT = SettingId("setting:place"), SceneId("scene:1"), ShotId("shot:1A")
_ACCESSORY = "accessory:"
_HELD, _NOTHING = "held", "none"
_COLOUR = "garment colour"
_ATTRIBUTES = frozenset(attribute.value for attribute in Attribute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is asked of a picture, or what is seen in it, under the judge's names.

    Attributes:
        frame: "setting", "time of day", "shot size" and whatever else speaks of the whole frame.
        people: each person's attributes, from left to right; "unseen" for what cannot be seen.
    """

    frame: Mapping[str, str]
    people: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """A keyframe or clip with the truth about it.

    Attributes:
        frames: N×H×W×3 uint8.
        seen: what it shows.
        asked: what it should show; None where the benchmark is to choose.
        faults: check's own finding ("hidden cut", "motion") → whether it is at fault in this one.
        keyframe: what a clip should begin on.
        movement: what the camera was asked to do.
        actions: what each person was asked to do, from left to right.
        reference: another, right picture of the same people, for tools that compare pictures.
    """

    name: str
    frames: np.ndarray
    seen: Words
    asked: Words | None = None
    faults: Mapping[str, bool] = field(default_factory=dict[str, bool])
    frame_rate: Fraction = Fraction(0)
    keyframe: np.ndarray | None = None
    movement: str = "static"
    actions: tuple[str, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    reference: np.ndarray | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """Attributes: truth: finding's key → the verdict that is right; nothing is said of other findings."""

    name: str
    subject: PictureSubject
    truth: Mapping[str, Verdict]


def asked_of(seen: Words, alternatives: Mapping[str, tuple[str, ...]], rng: random.Random, share: float) -> Words:
    """Ask for what a picture shows, but for another value in a share of the attributes.

    Args:
        alternatives: the values of each attribute that may be asked for.
        share: 0 to 1, of each attribute being asked for otherwise.
    """

    def other(name: str, value: str) -> str:
        known = [word for word in alternatives.get(name, ()) if word not in (value, UNSEEN, _NOTHING)]
        if value == UNSEEN:
            return rng.choice(known) if known else ""
        return rng.choice(known) if known and rng.random() < share else value

    return Words(
        frame={name: other(name, value) for name, value in seen.frame.items() if name in alternatives},
        people=tuple(
            {name: other(name, value) for name, value in person.items() if name in alternatives}
            for person in seen.people
        ),
    )


def case_of(picture: Picture, asked: Words) -> Case:
    """Hold a picture against a plan of one shot made from what is asked."""
    constraints: dict[ConstraintId, Constraint] = {}
    truth: dict[str, Verdict] = {f"check:{name}": _verdict(not at_fault) for name, at_fault in picture.faults.items()}

    def ask(entity: str, attribute: Attribute, value: str, right: bool | None, part: str = "") -> None:
        key = f"{entity}/{attribute}/{part}"
        constraint = Constraint(
            id=ConstraintId(key), entity_id=entity, attribute=attribute, part=part, value=value, evidence=_SAID
        )
        constraints[constraint.id] = constraint
        truth[key] = Verdict.UNSEEN if right is None else _verdict(right)

    for name, value in asked.frame.items():
        entity = {"setting": _SETTING, "shot size": _SHOT, "people": _SHOT}.get(name, _SCENE)
        seen = picture.seen.frame.get(name, UNSEEN)
        if value and name in _ATTRIBUTES:
            ask(entity, Attribute(name), value, None if seen == UNSEEN else seen == value)
    cast = tuple(CharacterId(f"character:{place}") for place in range(len(asked.people)))
    for who, wanted, seen in zip(cast, asked.people, picture.seen.people, strict=False):
        _ask_person(ask, who, wanted, seen)
    view = _view(tuple(constraints.values()), cast, picture)
    visible = {constraint.key for constraint in view.visible_in(_SHOT)}
    return Case(
        name=picture.name,
        subject=PictureSubject(
            view=view,
            shot_id=_SHOT,
            seam=Seam.CLIP if picture.frame_rate else Seam.KEYFRAME,
            frames=picture.frames,
            frame_rate=picture.frame_rate,
            keyframe=picture.keyframe,
            neighbours=picture.neighbours,
        ),
        truth={key: right for key, right in truth.items() if key in visible or key.startswith("check:")},
    )


def _ask_person(ask, who: CharacterId, wanted: Mapping[str, str], seen: Mapping[str, str]) -> None:
    for name, value in wanted.items():
        found = seen.get(name, UNSEEN)
        right = None if found == UNSEEN else found == value
        if not value or name == _COLOUR or value in (UNSEEN, _NOTHING):
            continue
        if name.startswith(_ACCESSORY):
            ask(who, Attribute.ACCESSORY, PRESENT if value == PRESENT else ABSENT, right, name.removeprefix(_ACCESSORY))
        elif name == Attribute.GARMENT:
            colour, worn = wanted.get(_COLOUR, ""), seen.get(_COLOUR, UNSEEN)
            if colour and UNSEEN not in (colour, worn):
                ask(who, Attribute.GARMENT, colour, None if right is None else right and colour == worn, value)
        elif name == _HELD:
            ask(who, Attribute.HELD_PROP, PRESENT, right, value)
        elif name in _ATTRIBUTES:
            ask(who, Attribute(name), value, right)


def _view(constraints: tuple[Constraint, ...], cast: tuple[CharacterId, ...], picture: Picture) -> GraphView:
    people = tuple(
        ShotPerson(character_id=who, action=picture.actions[place] if place < len(picture.actions) else "")
        for place, who in enumerate(cast)
    )
    return GraphView(
        SceneGraph(
            characters={
                who: Character(id=who, names=(f"PERSON {place + 1}",), billing=Billing.LEAD, evidence=_SAID)
                for place, who in enumerate(cast)
            },
            settings={_SETTING: Setting(id=_SETTING, name="PLACE", interior=True, evidence=_SAID)},
            scenes={
                _SCENE: Scene(
                    id=_SCENE, number="1", order=0, heading="PLACE", setting_id=_SETTING, time_of_day="",
                    story_day=1, first_line=1, last_line=1,
                )
            },
            shots={
                _SHOT: Shot(
                    # What the plan says can be seen follows the size that the picture has.
                    id=_SHOT, scene_id=_SCENE, label="1A", order=0, size=picture.seen.frame.get("shot size", ""),
                    movement=picture.movement, people=people, duration_frames=24, evidence=_SAID,
                )
            },
            constraints={constraint.id: constraint for constraint in constraints},
        )
    )  # fmt: skip


def _verdict(right: bool) -> Verdict:
    return Verdict.OK if right else Verdict.DRIFT
