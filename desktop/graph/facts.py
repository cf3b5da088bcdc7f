"""What is said of a node in words: who is in it, where, wearing what, what holds and what contradicts."""

from desktop.fault_words import fault_words
from desktop.faults import MARK, Faults
from desktop.graph.net import GraphNet, Sort, Tie
from desktop.translating import marked, plural, tr
from desktop.wording import (
    attribute_words,
    claim_name,
    evidence_words,
    item_name,
    listed,
    page_words,
    value_words,
)
from storage.domain.graph_words import name_in
from storage.domain.scene_graph import CharacterId, ConstraintId, SettingId, ShotId, Strength

_MOST = 8
_HOLDS = {
    Strength.MUST: marked("{claim} must be {value}: {source}."),
    Strength.SHOULD: marked("{claim} should be {value}: {source}."),
}


def facts(net: GraphNet, node: str, faults: Faults) -> str:
    """One paragraph on a node, what is marked of it first; empty where there is none."""
    sort = net.sort(node)
    if sort is None:
        return ""
    said = {
        Sort.CHARACTER: _of_character,
        Sort.SETTING: _of_setting,
        Sort.PROP: _of_entity,
        Sort.SCENE: _of_scene,
        Sort.SHOT: _of_shot,
        Sort.CONSTRAINT: _of_constraint,
    }[sort](net, node)
    fault = faults.by_item.get(node)
    return f"{MARK} {fault_words(fault)} {said}" if fault else said


def wardrobe_words(net: GraphNet, character: str, scene_id: str) -> str:
    """What somebody wears and holds in a scene: "coat blue, scarf red"; empty where nothing says."""
    return ", ".join(f"{attribute_words(each)} {value_words(each)}" for each in net.worn_in(character, scene_id))


def where_words(net: GraphNet, entity: str) -> str:
    """How many scenes somebody or something is in, seen or heard."""
    number = len(net.scenes_of(entity))
    return plural("{n} scene", "{n} scenes", number) if number else tr("in no scene")


def _of_character(net: GraphNet, node: str) -> str:
    character = net.graph.characters[CharacterId(node)]
    return f"{character.name}, {tr(character.billing)}: {_claims(net, node)} {_scenes(net, node)}"


def _of_setting(net: GraphNet, node: str) -> str:
    setting = net.graph.settings[SettingId(node)]
    side = tr("inside") if setting.interior else tr("outside")
    return f"{setting.name}, {side}: {_claims(net, node)} {_scenes(net, node)}"


def _of_entity(net: GraphNet, node: str) -> str:
    return f"{name_in(net.graph, node)}: {_claims(net, node)} {_scenes(net, node)}"


def _of_scene(net: GraphNet, node: str) -> str:
    scene = net.scene(node)
    heard = {edge.one for edge in net.edges.get(node, ()) if edge.tie is Tie.IS_HEARD}
    people: list[str] = []
    for who in net.people_of(node):
        known = tr("heard") if who in heard else wardrobe_words(net, who, node)
        people.append(name_in(net.graph, who) + (f" ({known})" if known else ""))
    told = [
        tr(
            "Scene {number}: {people} in {place}, {time}.",
            number=scene.number,
            people=listed(people, _MOST) if people else tr("nobody"),
            place=name_in(net.graph, scene.setting_id) if scene.setting_id else tr("no setting"),
            time=tr(scene.time_of_day),
        )
    ]
    props = [name_in(net.graph, e.one) for e in net.edges.get(node, ()) if net.sort(e.one) is Sort.PROP]
    if props:
        told.append(tr("With {things}.", things=listed(props, _MOST)))
    told.append(f"{plural('{n} shot', '{n} shots', len(net.shots(node)))}.")
    return " ".join(told)


def _of_shot(net: GraphNet, node: str) -> str:
    shot = net.graph.shots[ShotId(node)]
    people: list[str] = []
    for person in shot.people:
        wears = wardrobe_words(net, person.character_id, shot.scene_id)
        people.append(name_in(net.graph, person.character_id) + (f" ({wears})" if wears else ""))
    whom = listed(people, _MOST) if people else name_in(net.graph, shot.prop_id) if shot.prop_id else tr("nobody")
    setting = net.scene(shot.scene_id).setting_id
    how = f"{shot.label}, {tr(shot.size)}, {tr(shot.angle)}, {tr(shot.movement)}"
    if not setting:
        return f"{how}: {whom}."
    return tr("{how}: {people} in {place}.", how=how, people=whom, place=name_in(net.graph, setting))


def _of_constraint(net: GraphNet, node: str) -> str:
    constraint = net.graph.constraints[ConstraintId(node)]
    evidence = constraint.evidence
    source = page_words(evidence.first_line, evidence.last_line) or evidence_words(evidence)
    quote = " ".join(evidence.quote.split())
    return tr(
        _HOLDS[constraint.strength],
        claim=claim_name(net.graph, constraint),
        value=value_words(constraint),
        source=f"“{quote}”, {source}" if quote else source,
    )


def _claims(net: GraphNet, node: str) -> str:
    told: list[str] = []
    for each in net.children(node):
        constraint = net.graph.constraints.get(ConstraintId(each))
        if constraint is None:
            continue
        place = constraint.scope.shot_id or constraint.scope.scene_id
        words = f"{attribute_words(constraint)} {value_words(constraint)}"
        if place:
            words = tr("{claim} in {place}", claim=words, place=item_name(net.graph, place))
        told.append(f"{words} ({tr('proposed')})" if constraint.is_proposed else words)
    return f"{listed(told, _MOST)}." if told else tr("nothing says more.")


def _scenes(net: GraphNet, node: str) -> str:
    numbers = [net.scene(each).number for each in net.scenes_of(node)]
    if not numbers:
        return tr("In no scene.")
    return plural("In scene {numbers}.", "In scenes {numbers}.", len(numbers), numbers=listed(numbers, _MOST * 2))
