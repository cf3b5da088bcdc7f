"""What is not settled in a scene graph: contradictions, drift, gaps and proposals, each with something to jump to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage.domain.findings import Finding, Remedy, RemedyVerb, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import claim_words, listed, name_in, place_words
from storage.domain.scene_graph import Billing, Constraint, ConstraintId, Origin
from storage.domain.told import Counted, Told, joined, marked, together
from storage.domain.vocabulary import ABSENT, Attribute

_FACE = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN)

_HEARD = marked("{label} shows {name}, who is only heard in scene {number}.")
_NOT_THERE = marked("{label} shows {name}, who is not in scene {number}.")
_NEVER_SEEN = marked("{name} is heard and never seen.")
_IN_NO_SHOT = marked("{name} is in no shot.")


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
    sentence: Told
    way: Told
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
        remedy = about.remedy if about else None
        yield OpenEnd(
            sort=Sort.DRIFT,
            rule=finding.check,
            subject=about.item_id if about else constraint.entity_id if constraint else "",
            constraint_ids=(constraint.id,) if constraint else (),
            expected=finding.expected,
            observed=finding.observed,
            sentence=_drift_told(view, constraint, finding.message),
            way=_way_of(view, remedy),
            line=about.line if about else 0,
            remedy=remedy,
            finding_key=finding.key,
        )


def _drift_told(view: GraphView, constraint: Constraint | None, message: str) -> Told:
    if constraint is None:
        return Told(message)
    claim = claim_words(view.graph, constraint)
    return Told("{claim} is {value}. {message}", claim=claim, value=Told(constraint.value), message=Told(message))


def _way_of(view: GraphView, remedy: Remedy | None) -> Told:
    if remedy is None:
        return Told("Put the scene graph right, or the screenplay.")
    if remedy.verb is RemedyVerb.EDIT:
        return Told("Make it {value}, or change the screenplay.", value=Told(remedy.value))
    if remedy.verb is RemedyVerb.DELETE:
        return Told("Delete it, or edit it: then it rests on your word.")
    return Told("Add: {what}.", what=added_words(view, remedy))


def added_words(view: GraphView, remedy: Remedy) -> Told:
    """What a remedy adds: "MARA: coat yellow in sc 2"."""
    where = place_words(view.graph, remedy.scope)
    places = {
        "who": name_in(view.graph, remedy.item_id),
        "what": Told(remedy.part or str(remedy.attribute)),
        "value": Told(remedy.value),
    }
    return (
        Told("{who}: {what} {value} in {place}", **places, place=where)
        if where
        else Told("{who}: {what} {value}", **places)
    )


def _contradictions(view: GraphView) -> Iterator[OpenEnd]:
    said: dict[tuple[object, ...], list[Constraint]] = defaultdict(list)
    for constraint in view.graph.constraints.values():
        scope = constraint.scope
        said[constraint.key, scope.scene_id, scope.shot_id].append(constraint)
    for each_said in said.values():
        if len(each_said) == 1:
            continue
        # Of two in one scope the one with the later id holds: see `GraphView.constraints_in`.
        same = sorted(each_said, key=lambda each: each.id)
        values = list(dict.fromkeys(constraint.value for constraint in same))
        if len(values) > 1:
            told = [Told("{value} ({source})", value=Told(each.value), source=_source(each)) for each in same]
            yield OpenEnd(
                sort=Sort.CONTRADICTION,
                rule=Rule.CONTRADICTIONS,
                subject=same[0].entity_id,
                constraint_ids=tuple(each.id for each in same),
                expected=same[-1].value,
                observed=next(value for value in values if value != same[-1].value),
                sentence=Told(
                    "{claim} is {values}; {value} holds for now.",
                    claim=claim_words(view.graph, same[0]),
                    values=joined(told),
                    value=Told(same[-1].value),
                ),
                way=Told("Delete one, or merge them."),
            )


def _source(constraint: Constraint) -> Told:
    if constraint.evidence.origin is Origin.SCRIPT and constraint.evidence.first_line:
        return Told("line {line}", line=constraint.evidence.first_line)
    return (
        Told("proposed") if constraint.is_proposed else Told("by the {origin}", origin=Told(constraint.evidence.origin))
    )


def _gaps_of_scenes(view: GraphView) -> Iterator[OpenEnd]:
    graph = view.graph
    for scene in view.scenes:
        if scene.setting_id is None:
            sentence = Told("Scene {number} has no setting.", number=scene.number)
            way = Told("Give it one.")
            yield _gap(Rule.SETTINGS, scene.id, sentence, way, expected="a setting", observed="none")
        shots = view.shots_of(scene.id)
        if not shots:
            sentence = Told("Nothing of scene {number} is seen.", number=scene.number)
            way = Told("Add a shot, or delete the scene.")
            yield _gap(Rule.SHOTS, scene.id, sentence, way, expected="at least one shot", observed="none")
        there = {presence.character_id: presence.on_screen for presence in scene.presences}
        for shot in shots:
            if shot.size == "insert" and shot.prop_id is None:
                sentence = Told("{label} is an insert of nothing.", label=shot.label)
                yield _gap(Rule.INSERTS, shot.id, sentence, Told("Say what prop it shows."))
            for person in shot.people:
                character = graph.characters.get(person.character_id)
                if character is not None and not there.get(person.character_id):
                    is_heard = person.character_id in there
                    words = _HEARD if is_heard else _NOT_THERE
                    yield _gap(
                        Rule.PRESENCE,
                        shot.id,
                        Told(words, label=shot.label, name=character.name, number=scene.number),
                        Told("Change whom it shows."),
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
                Told(attribute)
                for attribute in _FACE
                if attribute not in settled and not (is_bald and attribute is Attribute.HAIR_COLOUR)
            ]
            missing += [] if Attribute.GARMENT in settled else [Told("wardrobe")]
            if missing:
                sentence = Told(
                    "Nothing says what {name} looks like in: {things}.", name=character.name, things=together(missing)
                )
                yield _gap(
                    Rule.LEADS,
                    character.id,
                    sentence,
                    Told("Add constraints."),
                    expected="a settled look",
                    observed=f"open: {', '.join(missing)}",
                )
        if character.id not in seen and character.billing is not Billing.GROUP:
            heard = any(line.character_id == character.id for shot in view.shots for line in shot.lines)
            words = _NEVER_SEEN if heard else _IN_NO_SHOT
            if not heard or character.billing is Billing.LEAD:
                way = Told("Add to a shot, merge with another, or delete.")
                yield _gap(Rule.USE, character.id, Told(words, name=character.name), way)


def _unused(view: GraphView) -> Iterator[OpenEnd]:
    graph = view.graph
    used = {scene.setting_id for scene in view.scenes}
    for setting in graph.settings.values():
        if setting.id not in used:
            sentence = Told("No scene is set in {name}.", name=setting.name)
            yield _gap(Rule.USE, setting.id, sentence, Told("Set one there, or delete it."))
    handled = {prop_id for scene in view.scenes for prop_id in scene.prop_ids}
    handled |= {shot.prop_id for shot in view.shots if shot.prop_id}
    for prop in graph.props.values():
        if prop.id not in handled:
            sentence = Told("{name} is in no scene.", name=prop.name)
            yield _gap(Rule.USE, prop.id, sentence, Told("Show it in one, or delete it."))


def _proposed(view: GraphView) -> Iterator[OpenEnd]:
    by_entity: dict[str, list[Constraint]] = defaultdict(list)
    for constraint in view.graph.constraints.values():
        if constraint.is_proposed:
            by_entity[constraint.entity_id].append(constraint)
    for entity_id, proposed in by_entity.items():
        told = [
            Told("{claim} {value}", claim=claim_words(view.graph, each), value=Told(each.value)) for each in proposed
        ]
        yield OpenEnd(
            sort=Sort.PROPOSED,
            rule=Rule.PROPOSALS,
            subject=entity_id,
            constraint_ids=tuple(each.id for each in proposed),
            sentence=Counted("{claims} is proposed.", "{claims} are proposed.", len(proposed), claims=listed(told, 3)),
            way=Counted("Settle it, or edit.", "Settle {n} constraints, or edit.", len(proposed)),
        )


def _gap(rule: Rule, subject: str, sentence: Told, way: Told, *, expected: str = "", observed: str = "") -> OpenEnd:
    return OpenEnd(
        sort=Sort.GAP, rule=rule, subject=subject, expected=expected, observed=observed, sentence=sentence, way=way
    )
