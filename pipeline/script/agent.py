"""The script agent: drafts the scene graph of a film from its screenplay, by rules."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.script.appearance import read_facts
from pipeline.script.breakdown import SceneDraft, break_down, thing_of
from pipeline.script.casting import Cast, find_cast, slug
from pipeline.script.drafts import Beat
from pipeline.script.facts import Change, Fact
from pipeline.script.identity import add_identities
from pipeline.script.ledger import ConstraintList
from pipeline.script.pictures import add_scene_constraints, add_setting_light, add_shot_constraints
from pipeline.script.planning import PlannedShot, ScenePlan, ShotPlanner
from pipeline.script.proposals import Proposer
from pipeline.script.screenplay import Screenplay
from pipeline.script.sentences import cut_into_sentences
from pipeline.script.wardrobe import DressedScene, dress
from storage.domain.scene_graph import (
    Billing,
    CharacterId,
    Evidence,
    Origin,
    Presence,
    Prop,
    PropId,
    Scene,
    SceneGraph,
    Setting,
    SettingId,
    Shot,
    ShotId,
)
from storage.domain.vocabulary import Attribute

_WORN = (Attribute.GARMENT, Attribute.ACCESSORY)
_GROWN = ("beard", "moustache")


def draft_scene_graph(
    screenplay: Screenplay,
    *,
    film_seed: int,
    frame_rate: Fraction,
    max_clip_s: Fraction,
    lexicon: Mapping[str, Sequence[str]] | None,
) -> SceneGraph:
    """Draft the scene graph that the director then settles and edits.

    Args:
        screenplay: as read; its line numbers become evidence.
        film_seed: what the script leaves open is proposed from it.
        frame_rate: of the film, frames a second, > 0.
        max_clip_s: what one clip can hold, seconds, > 0; coverage splits longer speeches.
        lexicon: the words that the checkpoint knows, by attribute ("eyes", "garment",
            "garment colour"); proposals are chosen among them. None where it takes any word.

    Returns:
        Characters, settings, props, scenes, shots and constraints. The same arguments give
        the same graph.
    """
    cast = find_cast(screenplay.elements)
    facts = read_facts(cut_into_sentences(screenplay.elements, cast), cast.gender)
    scenes = list(break_down(screenplay, cast))
    props = _props(screenplay, scenes, facts)
    proposer = Proposer(film_seed=film_seed, lexicon=lexicon)
    planner = ShotPlanner(frame_rate=frame_rate, max_clip_s=max_clip_s)
    out = ConstraintList()
    settings: dict[SettingId, Setting] = {}
    planned: list[tuple[SceneDraft, tuple[PlannedShot, ...]]] = []
    for scene in scenes:
        is_new = scene.setting_id is None or scene.setting_id not in settings
        if scene.setting_id and is_new:
            settings[scene.setting_id] = _setting(scene)
        planned.append((scene, planner.plan(_plan_of(scene, facts, props, is_new=is_new))))
    seen = {person.character_id for _, shots in planned for shot in shots for person in shot.shot.people}
    add_identities(cast, facts, planned, seen, proposer, out)
    _dress_everyone(cast, facts, planned, seen, proposer, out)
    add_setting_light(settings.values(), proposer, out)
    for scene, shots in planned:
        add_scene_constraints(scene, screenplay, proposer, out)
        add_shot_constraints(scene, shots, facts, props, out)
    return SceneGraph(
        title=screenplay.title,
        characters=dict(cast.characters),
        settings=settings,
        props={prop.id: prop for prop in props.values()},
        scenes={scene.scene_id: _scene(scene, order, cast, facts, props) for order, scene in enumerate(scenes)},
        shots=_shots(planned),
        constraints=out.constraints,
    )


def _setting(scene: SceneDraft) -> Setting:
    assert scene.setting_id and scene.heading_element
    return Setting(
        id=scene.setting_id,
        name=scene.heading.setting,
        interior=scene.heading.interior is not False,
        evidence=Evidence(
            origin=Origin.SCRIPT,
            first_line=scene.first_line,
            last_line=scene.first_line,
            quote=scene.heading_element.text,
        ),
    )


def _props(screenplay: Screenplay, scenes: Sequence[SceneDraft], facts: Sequence[Fact]) -> dict[str, Prop]:
    """Things that matter, by name: shown by a call, handled and in capitals, or handled more than once."""
    handled = Counter(fact.part for fact in facts if fact.attribute is Attribute.HELD_PROP)
    props: dict[str, Prop] = {}
    for scene in scenes:
        for beat in scene.beats:
            if (
                beat.call
                and not beat.people
                and beat.call.size in ("close-up", "insert")
                and (thing := thing_of(beat.call))
            ):
                _add_prop(props, thing, beat.first_line, beat.last_line, beat.text)
    for fact in facts:
        if fact.attribute is Attribute.HELD_PROP and (
            handled[fact.part] > 1 or fact.part.split()[-1].upper() in fact.quote
        ):
            _add_prop(props, fact.part, fact.first_line, fact.last_line, fact.quote)
    return props


def _add_prop(props: dict[str, Prop], name: str, first_line: int, last_line: int, quote: str) -> None:
    if name in props:
        return
    evidence = Evidence(origin=Origin.SCRIPT, first_line=first_line, last_line=last_line, quote=quote)
    wanted, number = slug(name), 2
    while any(prop.id == f"prop:{wanted}" for prop in props.values()):
        wanted, number = f"{slug(name)}-{number}", number + 1
    props[name] = Prop(id=PropId(f"prop:{wanted}"), name=name, evidence=evidence)


def _plan_of(scene: SceneDraft, facts: Sequence[Fact], props: Mapping[str, Prop], *, is_new: bool) -> ScenePlan:
    start, stop = scene.elements
    inside = [fact for fact in facts if start <= fact.element_index < stop]
    changes = {
        (fact.element_index, fact.quote)
        for fact in inside
        if fact.attribute in _WORN and fact.change in (Change.ON, Change.OFF, Change.GOT)
    }
    shown = {
        (fact.element_index, fact.quote): props[fact.part].id
        for fact in inside
        if fact.attribute is Attribute.HELD_PROP and fact.part in props and fact.part.split()[-1].upper() in fact.quote
    }
    return ScenePlan(
        scene_id=scene.scene_id,
        number=scene.key,
        label=scene.key if scene.key[-1:].isdigit() else f"{scene.key}-",
        beats=[_marked(beat, changes, shown, props) for beat in scene.beats],
        is_new_setting=is_new,
        heading_line=scene.first_line,
    )


def _marked(
    beat: Beat, changes: set[tuple[int, str]], shown: Mapping[tuple[int, str], PropId], props: Mapping[str, Prop]
) -> Beat:
    if beat.speaks:
        return beat
    where = (beat.element_index, beat.text)
    if beat.call:
        thing = thing_of(beat.call)
        return replace(beat, prop_id=props[thing].id if thing in props else None)
    return replace(beat, closes=where in changes, prop_id=shown.get(where))


def _dress_everyone(
    cast: Cast,
    facts: Sequence[Fact],
    planned: Sequence[tuple[SceneDraft, tuple[PlannedShot, ...]]],
    seen: set[CharacterId],
    proposer: Proposer,
    out: ConstraintList,
) -> None:
    characters = cast.characters
    principal = {
        person: cast.gender[person]
        for person in sorted(seen)
        if characters[person].billing in (Billing.LEAD, Billing.SUPPORTING)
    }
    worn = [
        fact
        for fact in facts
        if fact.attribute in _WORN
        and fact.part not in _GROWN
        and characters[fact.character_id].billing is not Billing.GROUP
    ]
    dress(
        [
            DressedScene(
                scene_id=scene.scene_id,
                story_day=scene.story_day,
                on_screen=scene.present,
                shots=shots,
                facts=tuple(fact for fact in worn if scene.elements[0] <= fact.element_index < scene.elements[1]),
            )
            for scene, shots in planned
        ],
        cast_to_propose=principal,
        leads=frozenset(person for person in principal if characters[person].billing is Billing.LEAD),
        proposer=proposer,
        out=out,
    )


def _scene(scene: SceneDraft, order: int, cast: Cast, facts: Sequence[Fact], props: Mapping[str, Prop]) -> Scene:
    start, stop = scene.elements
    prop_ids = [
        props[fact.part].id
        for fact in facts
        if fact.attribute is Attribute.HELD_PROP and fact.part in props and start <= fact.element_index < stop
    ]
    prop_ids += [props[thing].id for beat in scene.beats if beat.call and (thing := thing_of(beat.call)) in props]
    return Scene(
        id=scene.scene_id,
        number=scene.number,
        order=order,
        heading=scene.heading.text,
        setting_id=scene.setting_id,
        time_of_day=scene.time_of_day or "day",
        story_day=scene.story_day,
        presences=tuple(
            [Presence(character_id=person, on_screen=True) for person in scene.present]
            + [Presence(character_id=person, on_screen=False) for person in scene.heard_only]
        ),
        prop_ids=tuple(dict.fromkeys(prop_ids)),
        first_line=scene.first_line,
        last_line=scene.last_line,
    )


def _shots(planned: Sequence[tuple[SceneDraft, tuple[PlannedShot, ...]]]) -> dict[ShotId, Shot]:
    return {shot.shot.id: shot.shot for _, shots in planned for shot in shots}
