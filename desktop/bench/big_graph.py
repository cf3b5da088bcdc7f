"""A scene graph of any size, as the script agent would draft one from a long screenplay."""

import random

from storage.domain.scene_graph import (
    Billing,
    Character,
    CharacterId,
    Constraint,
    ConstraintId,
    Evidence,
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
)
from storage.domain.vocabulary import EYES, HAIR_COLOURS, HAIR_STYLES, SKINS, Attribute

SHOTS_A_SCENE = 20
TIMES = ("day", "night", "dusk", "dawn")
SIZES = ("wide shot", "medium shot", "close-up", "close-up")
_PLACES = ("HARBOUR BEACH", "KITCHEN", "MARKET STREET", "CLOCK OFFICE", "STATION", "LIGHTHOUSE STAIRS", "CHAPEL")
_NAMES = ("MARA", "THEO", "IDA", "OLD JONAS", "THE WIDOW", "RUTH", "PIETRO", "ANSELM", "KAI", "LENE", "BO", "VERA")
_COLOURS = ("yellow", "blue", "red", "green", "grey", "black")


def big_graph(num_shots: int, *, seed: int = 7, shots_a_scene: int = SHOTS_A_SCENE) -> SceneGraph:
    """Scenes of so many shots, people who come back and change their coats from scene to scene."""
    rng = random.Random(seed)
    num_scenes = -(-num_shots // shots_a_scene)
    people = [CharacterId(f"character:{number}") for number in range(min(40, 3 + num_scenes // 4))]
    settings = [SettingId(f"setting:{number}") for number in range(min(60, 1 + num_scenes // 3))]
    constraints: dict[ConstraintId, Constraint] = {}

    def say(entity: str, attribute: Attribute, value: str, line: int, *, part: str = "", scope: Scope = _FILM) -> None:
        place = scope.shot_id or scope.scene_id or "film"
        key = ConstraintId(f"constraint:{entity}/{attribute}/{part}@{place}")
        evidence = _said(line, f"{part or attribute} {value}") if rng.random() < 0.8 else _PROPOSED
        constraints[key] = Constraint(
            id=key, entity_id=entity, attribute=attribute, part=part, value=value, scope=scope, evidence=evidence
        )

    for number, character in enumerate(people):
        say(character, Attribute.EYES, EYES[number % 3], number)
        say(character, Attribute.HAIR_COLOUR, HAIR_COLOURS[number % 6], number)
        say(character, Attribute.HAIR_STYLE, HAIR_STYLES[number % 5], number)
        say(character, Attribute.SKIN, SKINS[number % 4], number)
        say(character, Attribute.GARMENT, _COLOURS[number % 6], number, part="coat")
    for number, setting in enumerate(settings):
        say(setting, Attribute.LIGHT_WARMTH, "warm" if number % 2 else "cool", number)
    scenes: dict[SceneId, Scene] = {}
    shots: dict[ShotId, Shot] = {}
    for index in range(num_scenes):
        scene_id, line = SceneId(f"scene:{index + 1}"), index * 30 + 1
        here = rng.sample(people, 3)
        time = TIMES[index % len(TIMES)]
        scene_scope = Scope(scene_id=scene_id)
        say(scene_id, Attribute.TIME_OF_DAY, time, line, scope=scene_scope)
        say(here[0], Attribute.GARMENT, _COLOURS[index % 6], line, part="coat", scope=scene_scope)
        place = settings[index % len(settings)]
        heading = f"INT. {_PLACES[index % len(_PLACES)]} - {time.upper()}"
        scenes[scene_id] = Scene(
            id=scene_id, number=str(index + 1), order=index, heading=heading, setting_id=place, time_of_day=time,
            story_day=1 + index // 12, first_line=line, last_line=line + 28,
            presences=tuple(Presence(character_id=person, on_screen=True) for person in here),
        )  # fmt: skip
        for order in range(min(shots_a_scene, num_shots - index * shots_a_scene)):
            label = f"{index + 1}{chr(65 + order)}"
            shot_id = ShotId(f"shot:{label}")
            size = SIZES[order % len(SIZES)]
            seen = here[: 2 if size == "wide shot" else 1]
            shots[shot_id] = Shot(
                id=shot_id, scene_id=scene_id, label=label, order=order, size=size,
                people=tuple(ShotPerson(character_id=person) for person in seen),
                duration_frames=rng.randrange(30, 140), evidence=_said(line + order, heading),
            )  # fmt: skip
            shot_scope = Scope(shot_id=shot_id)
            say(shot_id, Attribute.SHOT_SIZE, size, line + order, scope=shot_scope)
            say(shot_id, Attribute.ANGLE, "eye level", line + order, scope=shot_scope)
            say(shot_id, Attribute.MOVEMENT, "static", line + order, scope=shot_scope)
            say(shot_id, Attribute.PEOPLE, str(len(seen)), line + order, scope=shot_scope)
    return SceneGraph(
        title="The Tide Clock, All of It",
        characters={
            person: Character(
                id=person,
                names=(_name(number),),
                billing=Billing.LEAD if number < 4 else Billing.SUPPORTING,
                evidence=_said(number + 1, _name(number)),
            )
            for number, person in enumerate(people)
        },
        settings={
            place: Setting(
                id=place,
                name=f"{_PLACES[number % len(_PLACES)]} {number // len(_PLACES) + 1}",
                interior=True,
                evidence=_said(number, ""),
            )
            for number, place in enumerate(settings)
        },
        scenes=scenes,
        shots=shots,
        constraints=constraints,
    )


_FILM = Scope()
_PROPOSED = Evidence(origin=Origin.PROPOSED)


def _said(line: int, quote: str) -> Evidence:
    return Evidence(origin=Origin.SCRIPT, first_line=line + 1, last_line=line + 1, quote=quote)


def _name(number: int) -> str:
    name = _NAMES[number % len(_NAMES)]
    return name if number < len(_NAMES) else f"{name} {number // len(_NAMES) + 1}"
