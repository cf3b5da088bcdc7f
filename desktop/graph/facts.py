"""What is said of a node in words: who is in it, where, wearing what, what holds and what contradicts."""

from desktop.faults import MARK, Faults, fault_words
from desktop.graph.net import GraphNet, Sort, Tie, value_words
from desktop.wording import counted, listed, page_words
from storage.domain.graph_words import claim_words, name_in
from storage.domain.scene_graph import CharacterId, ConstraintId, SettingId, ShotId

_MOST = 8


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
    return ", ".join(f"{each.part or each.attribute} {value_words(each)}" for each in net.worn_in(character, scene_id))


def where_words(net: GraphNet, entity: str) -> str:
    """How many scenes somebody or something is in, seen or heard."""
    number = len(net.scenes_of(entity))
    return counted(number, "scene") if number else "in no scene"


def _of_character(net: GraphNet, node: str) -> str:
    character = net.graph.characters[CharacterId(node)]
    return f"{character.name}, {character.billing}: {_claims(net, node)} {_scenes(net, node)}"


def _of_setting(net: GraphNet, node: str) -> str:
    setting = net.graph.settings[SettingId(node)]
    return f"{setting.name}, {'inside' if setting.interior else 'outside'}: {_claims(net, node)} {_scenes(net, node)}"


def _of_entity(net: GraphNet, node: str) -> str:
    return f"{name_in(net.graph, node)}: {_claims(net, node)} {_scenes(net, node)}"


def _of_scene(net: GraphNet, node: str) -> str:
    scene = net.scene(node)
    heard = {edge.one for edge in net.edges.get(node, ()) if edge.tie is Tie.IS_HEARD}
    people: list[str] = []
    for who in net.people_of(node):
        wears = wardrobe_words(net, who, node)
        known = "heard" if who in heard else wears
        people.append(name_in(net.graph, who) + (f" ({known})" if known else ""))
    place = name_in(net.graph, scene.setting_id) if scene.setting_id else "no setting"
    told = [f"Scene {scene.number}: {listed(people, _MOST) if people else 'nobody'} in {place}, {scene.time_of_day}."]
    props = [name_in(net.graph, e.one) for e in net.edges.get(node, ()) if net.sort(e.one) is Sort.PROP]
    if props:
        told.append(f"With {listed(props, _MOST)}.")
    told.append(f"{counted(len(net.shots(node)), 'shot')}.")
    return " ".join(told)


def _of_shot(net: GraphNet, node: str) -> str:
    shot = net.graph.shots[ShotId(node)]
    people: list[str] = []
    for person in shot.people:
        wears = wardrobe_words(net, person.character_id, shot.scene_id)
        people.append(name_in(net.graph, person.character_id) + (f" ({wears})" if wears else ""))
    whom = listed(people, _MOST) if people else name_in(net.graph, shot.prop_id) if shot.prop_id else "nobody"
    setting = net.scene(shot.scene_id).setting_id
    place = f" in {name_in(net.graph, setting)}" if setting else ""
    return f"{shot.label}, {shot.size}, {shot.angle}, {shot.movement}: {whom}{place}."


def _of_constraint(net: GraphNet, node: str) -> str:
    constraint = net.graph.constraints[ConstraintId(node)]
    evidence = constraint.evidence
    source = page_words(evidence.first_line, evidence.last_line) or str(evidence.origin)
    quote = " ".join(evidence.quote.split())
    rest = f"“{quote}”, {source}" if quote else source
    return f"{claim_words(net.graph, constraint)} {constraint.strength} be {value_words(constraint)}: {rest}."


def _claims(net: GraphNet, node: str) -> str:
    told: list[str] = []
    for each in net.children(node):
        constraint = net.graph.constraints.get(ConstraintId(each))
        if constraint is None:
            continue
        place = constraint.scope.shot_id or constraint.scope.scene_id
        where = f" in {name_in(net.graph, place)}" if place else ""
        proposed = " (proposed)" if constraint.is_proposed else ""
        told.append(f"{constraint.part or constraint.attribute} {value_words(constraint)}{where}{proposed}")
    return f"{listed(told, _MOST)}." if told else "nothing says more."


def _scenes(net: GraphNet, node: str) -> str:
    numbers = [net.scene(each).number for each in net.scenes_of(node)]
    if not numbers:
        return "In no scene."
    return f"In {'scene' if len(numbers) == 1 else 'scenes'} {listed(numbers, _MOST * 2)}."
