"""What is not settled in a scene graph: proposals, contradictions and gaps, each with something to jump to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage.domain.graph_view import GraphView
from storage.domain.graph_words import claim_words, counted, listed
from storage.domain.scene_graph import Billing, Constraint, Origin
from storage.domain.vocabulary import ABSENT, Attribute

_FACE = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN)


class Sort(StrEnum):
    CONTRADICTION = "contradiction"
    GAP = "gap"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnd:
    """One thing that a director may want to settle.

    Attributes:
        subject: the character, setting, prop, scene or shot to jump to.
        constraint_ids: the constraints that it is about: two that contradict each other, what is proposed.
        sentence: what is open.
        way: what settles it.
    """

    sort: Sort
    subject: str
    constraint_ids: tuple[str, ...] = ()
    sentence: str
    way: str


def open_ends(view: GraphView) -> tuple[OpenEnd, ...]:
    """Everything that is open: contradictions first, then gaps, then what is proposed, by what it is about."""
    return (*_contradictions(view), *_gaps_of_scenes(view), *_gaps_of_people(view), *_unused(view), *_proposed(view))


def _contradictions(view: GraphView) -> Iterator[OpenEnd]:
    said: dict[tuple[object, ...], list[Constraint]] = defaultdict(list)
    for constraint in view.graph.constraints.values():
        said[constraint.key, constraint.scope].append(constraint)
    for each_said in said.values():
        # Of two in one scope the one with the later id holds: see `GraphView.constraints_in`.
        same = sorted(each_said, key=lambda each: each.id)
        values = list(dict.fromkeys(constraint.value for constraint in same))
        if len(values) > 1:
            told = " and ".join(f"{each.value} ({_source(each)})" for each in same)
            yield OpenEnd(
                sort=Sort.CONTRADICTION,
                subject=same[0].entity_id,
                constraint_ids=tuple(each.id for each in same),
                sentence=f"{claim_words(view.graph, same[0])} is {told}; {same[-1].value} holds for now.",
                way="Delete one, or merge them.",
            )


def _source(constraint: Constraint) -> str:
    if constraint.evidence.origin is Origin.SCRIPT and constraint.evidence.first_line:
        return f"line {constraint.evidence.first_line}"
    return "proposed" if constraint.is_proposed else f"by the {constraint.evidence.origin}"


def _gaps_of_scenes(view: GraphView) -> Iterator[OpenEnd]:
    graph = view.graph
    for scene in view.scenes:
        if scene.setting_id is None:
            yield _gap(scene.id, f"Scene {scene.number} has no setting.", "Give it one.")
        shots = view.shots_of(scene.id)
        if not shots:
            yield _gap(scene.id, f"Nothing of scene {scene.number} is seen.", "Add a shot, or delete the scene.")
        there = {presence.character_id: presence.on_screen for presence in scene.presences}
        for shot in shots:
            if shot.size == "insert" and shot.prop_id is None:
                yield _gap(shot.id, f"{shot.label} is an insert of nothing.", "Say what prop it shows.")
            for person in shot.people:
                if not there.get(person.character_id):
                    name = graph.characters[person.character_id].name
                    heard = "only heard" if person.character_id in there else "not"
                    sentence = f"{shot.label} shows {name}, who is {heard} in scene {scene.number}."
                    yield _gap(shot.id, sentence, "Change whom it shows.")


def _gaps_of_people(view: GraphView) -> Iterator[OpenEnd]:
    seen = {person.character_id for shot in view.shots for person in shot.people}
    for character in view.graph.characters.values():
        if character.billing is Billing.LEAD:
            said = view.constraints_of(character.id)
            settled = {each.attribute for each in said if each.value != ABSENT}
            is_bald = any(each.value == "bald" for each in said)
            missing = [
                str(attribute)
                for attribute in _FACE
                if attribute not in settled and not (is_bald and attribute is Attribute.HAIR_COLOUR)
            ]
            missing += [] if Attribute.GARMENT in settled else ["wardrobe"]
            if missing:
                sentence = f"Nothing says what {character.name} looks like in: {', '.join(missing)}."
                yield _gap(character.id, sentence, "Add constraints.")
        if character.id not in seen and character.billing is not Billing.GROUP:
            heard = any(line.character_id == character.id for shot in view.shots for line in shot.lines)
            what = "is heard and never seen" if heard else "is in no shot"
            if not heard or character.billing is Billing.LEAD:
                yield _gap(character.id, f"{character.name} {what}.", "Add to a shot, merge with another, or delete.")


def _unused(view: GraphView) -> Iterator[OpenEnd]:
    graph = view.graph
    used = {scene.setting_id for scene in view.scenes}
    for setting in graph.settings.values():
        if setting.id not in used:
            yield _gap(setting.id, f"No scene is set in {setting.name}.", "Set one there, or delete it.")
    handled = {prop_id for scene in view.scenes for prop_id in scene.prop_ids}
    handled |= {shot.prop_id for shot in view.shots if shot.prop_id}
    for prop in graph.props.values():
        if prop.id not in handled:
            yield _gap(prop.id, f"{prop.name} is in no scene.", "Show it in one, or delete it.")


def _proposed(view: GraphView) -> Iterator[OpenEnd]:
    by_entity: dict[str, list[Constraint]] = defaultdict(list)
    for constraint in view.graph.constraints.values():
        if constraint.is_proposed:
            by_entity[constraint.entity_id].append(constraint)
    for entity_id, proposed in by_entity.items():
        told = [f"{claim_words(view.graph, each)} {each.value}" for each in proposed]
        verb = "is" if len(proposed) == 1 else "are"
        yield OpenEnd(
            sort=Sort.PROPOSED,
            subject=entity_id,
            constraint_ids=tuple(each.id for each in proposed),
            sentence=f"{listed(told, 3)} {verb} proposed.",
            way=f"Settle {'it' if len(proposed) == 1 else counted(len(proposed), 'constraint')}, or edit.",
        )


def _gap(subject: str, sentence: str, way: str) -> OpenEnd:
    return OpenEnd(sort=Sort.GAP, subject=subject, sentence=sentence, way=way)
