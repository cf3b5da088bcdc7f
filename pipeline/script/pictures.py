"""Constraints on places and pictures: setting, time, weather, light, size, angle, movement, people, props in hand."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.script.breakdown import SceneDraft
from pipeline.script.facts import Change, Fact
from pipeline.script.ledger import PROPOSED, ConstraintList, evidence_of
from pipeline.script.planning import PlannedShot
from pipeline.script.proposals import Proposer
from pipeline.script.screenplay import Element, Kind, Screenplay
from pipeline.script.weather import read_light, read_weather
from storage.domain.scene_graph import Evidence, Origin, Prop, Setting, Strength
from storage.domain.vocabulary import Attribute


def add_setting_light(settings: Iterable[Setting], proposer: Proposer, out: ConstraintList) -> None:
    """Propose each setting's own light; a scene's light in the script goes before it."""
    for setting in settings:
        for attribute, value in proposer.light(setting.id).items():
            out.add(setting.id, attribute, value, evidence=PROPOSED, strength=Strength.SHOULD)


def add_scene_constraints(scene: SceneDraft, screenplay: Screenplay, proposer: Proposer, out: ConstraintList) -> None:
    """Where and when a scene is, and what weather and light the script gives it."""
    heading = scene.heading_element
    if heading is not None and scene.heading.setting:
        out.add(
            scene.scene_id,
            Attribute.SETTING,
            scene.heading.setting.lower(),
            scene_id=scene.scene_id,
            evidence=_of_element(heading),
        )
    out.add(
        scene.scene_id,
        Attribute.TIME_OF_DAY,
        scene.time_of_day or "day",
        scene_id=scene.scene_id,
        evidence=_of_element(scene.time_evidence) if scene.time_evidence else PROPOSED,
    )
    start, stop = scene.elements
    said = [
        (index, screenplay.elements[index].text)
        for index in range(start, stop)
        if screenplay.elements[index].kind in (Kind.ACTION, Kind.HEADING)
    ]
    weather = read_weather(said) if scene.heading.interior is not True else None
    if weather:
        out.add(
            scene.scene_id,
            Attribute.WEATHER,
            weather[1],
            scene_id=scene.scene_id,
            evidence=_of_element(screenplay.elements[weather[0]]),
            strength=Strength.SHOULD,
        )
    for index, attribute, word in read_light(said):
        out.add(
            scene.scene_id,
            attribute,
            word,
            scene_id=scene.scene_id,
            evidence=_of_element(screenplay.elements[index]),
            strength=Strength.SHOULD,
        )


def _of_element(element: Element) -> Evidence:
    return Evidence(
        origin=Origin.SCRIPT, first_line=element.first_line, last_line=element.last_line, quote=element.text
    )


def add_shot_constraints(
    scene: SceneDraft,
    shots: Sequence[PlannedShot],
    facts: Sequence[Fact],
    props: Mapping[str, Prop],
    out: ConstraintList,
) -> None:
    """How each picture of a scene is taken, how many people it shows, and what they hold."""
    start, stop = scene.elements
    held = [
        fact
        for fact in facts
        if fact.attribute is Attribute.HELD_PROP and fact.part in props and start <= fact.element_index < stop
    ]
    for planned in shots:
        shot = planned.shot
        is_called = planned.is_called and bool(shot.evidence.quote)
        said = shot.evidence if is_called else PROPOSED
        called = planned.beats[0].call if is_called and planned.beats else None
        size_said = said if called and called.size == shot.size else PROPOSED
        out.add(shot.id, Attribute.SHOT_SIZE, shot.size, shot_id=shot.id, evidence=size_said)
        angle_said = called is not None and called.angle == shot.angle
        out.add(
            shot.id,
            Attribute.ANGLE,
            shot.angle,
            shot_id=shot.id,
            evidence=said if angle_said else PROPOSED,
            strength=Strength.MUST if angle_said else Strength.SHOULD,
        )
        movement_said = called is not None and called.movement == shot.movement
        out.add(
            shot.id,
            Attribute.MOVEMENT,
            shot.movement,
            shot_id=shot.id,
            evidence=said if movement_said else PROPOSED,
            strength=Strength.MUST if movement_said else Strength.SHOULD,
        )
        if not planned.crowd:
            out.add(shot.id, Attribute.PEOPLE, str(len(shot.people)), shot_id=shot.id, evidence=PROPOSED)
        _add_held(planned, held, out)


def _add_held(planned: PlannedShot, held: Sequence[Fact], out: ConstraintList) -> None:
    seen = {person.character_id for person in planned.shot.people}
    covered = {(beat.element_index, beat.text) for beat in planned.beats}
    for fact in held:
        if (
            fact.character_id in seen
            and (fact.element_index, fact.quote) in covered
            and fact.change not in (Change.OFF, Change.GAVE, Change.NOT)
        ):
            out.add(
                fact.character_id,
                fact.attribute,
                fact.value,
                part=fact.part,
                shot_id=planned.shot.id,
                evidence=evidence_of(fact),
                strength=Strength.SHOULD,
            )
