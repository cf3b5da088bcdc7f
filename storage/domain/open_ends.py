"""What is not settled in a scene graph: contradictions, drift, gaps and proposals, each with something to jump to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage.domain.findings import Finding, Remedy, RemedyVerb, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import claim_words, counted, listed, name_in, place_words
from storage.domain.scene_graph import Billing, Constraint, ConstraintId, Origin
from storage.domain.vocabulary import ABSENT, Attribute

_FACE = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN)


class Sort(StrEnum):
    CONTRADICTION = "contradiction"
    DRIFT = "drift"
    GAP = "gap"
    PROPOSED = "proposed"


class Rule(StrEnum):
    """What a scene graph is held to by itself, without its screenplay. The critic goes by these too, by their names."""

    CONTRADICTIONS = "contradictions"
    SETTINGS = "settings"
    SHOTS = "shots"
    PRESENCE = "presence"
    LEADS = "leads"
    INSERTS = "inserts"
    USE = "use"
    PROPOSALS = "proposals"


ONLY_HEARD = "a voice only"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnd:
    """One thing that a director may want to settle.

    Attributes:
        rule: a `Rule`, or the critic's check that holds the scene graph against the screenplay.
        subject: the character, setting, prop, scene, shot or constraint to jump to.
        constraint_ids: the constraints that it is about: two that contradict each other, what is proposed.
        expected, observed: what the rule asks for, and what there is.
        sentence: what is open.
        way: what settles it.
        line: of the screenplay that it is about; 0 for none.
        remedy: the plain edit that settles it, where there is one.
        finding_key: of the critic's finding that it is.
    """

    sort: Sort
    rule: str
    subject: str
    constraint_ids: tuple[str, ...] = ()
    expected: str = ""
    observed: str = ""
    sentence: str
    way: str
    line: int = 0
    remedy: Remedy | None = None
    finding_key: str = ""


def open_ends(view: GraphView, findings: Iterable[Finding] = ()) -> tuple[OpenEnd, ...]:
    """Everything that is open: contradictions first, then drift, then gaps, then what is proposed.

    Args:
        findings: what the critic found in this revision. Of these only what the screenplay says otherwise is an end of
            its own: what is against the graph's own rules is known without the critic.
    """
    return (
        *_contradictions(view),
        *_drift(view, findings),
        *_gaps_of_scenes(view),
        *_gaps_of_people(view),
        *_unused(view),
        *_proposed(view),
    )


def _drift(view: GraphView, findings: Iterable[Finding]) -> Iterator[OpenEnd]:
    rules = {str(rule) for rule in Rule}
    for finding in findings:
        if finding.verdict is not Verdict.DRIFT or finding.check in rules:
            continue
        about = finding.about
        constraint = view.graph.constraints.get(ConstraintId(finding.constraint_id or ""))
        said = f"{claim_words(view.graph, constraint)} is {constraint.value}. " if constraint else ""
        remedy = about.remedy if about else None
        yield OpenEnd(
            sort=Sort.DRIFT,
            rule=finding.check,
            subject=about.item_id if about else constraint.entity_id if constraint else "",
            constraint_ids=(constraint.id,) if constraint else (),
            expected=finding.expected,
            observed=finding.observed,
            sentence=f"{said}{finding.message}",
            way=_way_of(view, remedy),
            line=about.line if about else 0,
            remedy=remedy,
            finding_key=finding.key,
        )


def _way_of(view: GraphView, remedy: Remedy | None) -> str:
    if remedy is None:
        return "Put the scene graph right, or the screenplay."
    if remedy.verb is RemedyVerb.EDIT:
        return f"Make it {remedy.value}, or change the screenplay."
    if remedy.verb is RemedyVerb.DELETE:
        return "Delete it, or edit it: then it rests on your word."
    return f"Add: {added_words(view, remedy)}."


def added_words(view: GraphView, remedy: Remedy) -> str:
    """What a remedy adds: "MARA: coat yellow in sc 2"."""
    where = place_words(view.graph, remedy.scope)
    what = f"{name_in(view.graph, remedy.item_id)}: {remedy.part or remedy.attribute} {remedy.value}"
    return f"{what} in {where}" if where else what


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
                rule=Rule.CONTRADICTIONS,
                subject=same[0].entity_id,
                constraint_ids=tuple(each.id for each in same),
                expected=same[-1].value,
                observed=next(value for value in values if value != same[-1].value),
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
            sentence = f"Scene {scene.number} has no setting."
            yield _gap(Rule.SETTINGS, scene.id, sentence, "Give it one.", expected="a setting", observed="none")
        shots = view.shots_of(scene.id)
        if not shots:
            sentence, way = f"Nothing of scene {scene.number} is seen.", "Add a shot, or delete the scene."
            yield _gap(Rule.SHOTS, scene.id, sentence, way, expected="at least one shot", observed="none")
        there = {presence.character_id: presence.on_screen for presence in scene.presences}
        for shot in shots:
            if shot.size == "insert" and shot.prop_id is None:
                yield _gap(Rule.INSERTS, shot.id, f"{shot.label} is an insert of nothing.", "Say what prop it shows.")
            for person in shot.people:
                character = graph.characters.get(person.character_id)
                if character is not None and not there.get(person.character_id):
                    is_heard = person.character_id in there
                    sentence = (
                        f"{shot.label} shows {character.name}, who is {'only heard' if is_heard else 'not'} in scene"
                        f" {scene.number}."
                    )
                    yield _gap(
                        Rule.PRESENCE,
                        shot.id,
                        sentence,
                        "Change whom it shows.",
                        expected=f"{character.name} on screen",
                        observed=ONLY_HEARD if is_heard else "not in the scene",
                    )


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
                words = ", ".join(missing)
                sentence = f"Nothing says what {character.name} looks like in: {words}."
                yield _gap(
                    Rule.LEADS,
                    character.id,
                    sentence,
                    "Add constraints.",
                    expected="a settled look",
                    observed=f"open: {words}",
                )
        if character.id not in seen and character.billing is not Billing.GROUP:
            heard = any(line.character_id == character.id for shot in view.shots for line in shot.lines)
            what = "is heard and never seen" if heard else "is in no shot"
            if not heard or character.billing is Billing.LEAD:
                way = "Add to a shot, merge with another, or delete."
                yield _gap(Rule.USE, character.id, f"{character.name} {what}.", way)


def _unused(view: GraphView) -> Iterator[OpenEnd]:
    graph = view.graph
    used = {scene.setting_id for scene in view.scenes}
    for setting in graph.settings.values():
        if setting.id not in used:
            yield _gap(Rule.USE, setting.id, f"No scene is set in {setting.name}.", "Set one there, or delete it.")
    handled = {prop_id for scene in view.scenes for prop_id in scene.prop_ids}
    handled |= {shot.prop_id for shot in view.shots if shot.prop_id}
    for prop in graph.props.values():
        if prop.id not in handled:
            yield _gap(Rule.USE, prop.id, f"{prop.name} is in no scene.", "Show it in one, or delete it.")


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
            rule=Rule.PROPOSALS,
            subject=entity_id,
            constraint_ids=tuple(each.id for each in proposed),
            sentence=f"{listed(told, 3)} {verb} proposed.",
            way=f"Settle {'it' if len(proposed) == 1 else counted(len(proposed), 'constraint')}, or edit.",
        )


def _gap(rule: Rule, subject: str, sentence: str, way: str, *, expected: str = "", observed: str = "") -> OpenEnd:
    return OpenEnd(
        sort=Sort.GAP, rule=rule, subject=subject, expected=expected, observed=observed, sentence=sentence, way=way
    )
