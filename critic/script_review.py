"""The critic at the script seam: does the scene graph hold together, and do the script's lines say what it claims."""

from collections.abc import Container, Iterator, Sequence

from critic.answers import finding_on
from critic.evidence import Support, is_quoted, quoted_lines, read_claim
from critic.omissions import holes, omissions
from critic.wording import label_of
from storage.domain.findings import About, Finding, Remedy, RemedyVerb, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import name_in
from storage.domain.open_ends import ONLY_HEARD, Rule, open_ends
from storage.domain.scene_graph import Constraint, ConstraintId, Evidence, Origin, SceneGraph, SceneId, Strength
from storage.domain.vocabulary import Attribute

# What a line that says otherwise, in words that are no value, does not settle by itself.
_PERSONS_CALL = (Attribute.TIME_OF_DAY, Attribute.SETTING)


def review_scene_graph(view: GraphView, lines: Sequence[str]) -> list[Finding]:
    """Review a scene graph against itself and against the screenplay.

    `must` drift: two values for one thing in one scope, a name of something that does not exist, a scene
    without a setting or (if anything happens in it) without shots, a quote that is not in its lines,
    lines that say otherwise, and what lines say of somebody but no constraint does. Not `must`: what the
    lines say in words that are not known here, and what a lead's look leaves open.

    Args:
        view: the scene graph.
        lines: of the screenplay, line 1 first.

    Returns:
        One finding for each constraint that rests on the script, then one for each other fault.
    """
    return [
        *_claims(view, lines),
        *omissions(view, lines),
        *holes(view),
        *_dangling(view.graph),
        *_entities(view, lines),
        *_own_rules(view, lines),
    ]


def _claims(view: GraphView, lines: Sequence[str]) -> Iterator[Finding]:
    for constraint in view.graph.constraints.values():
        if constraint.evidence.origin is Origin.SCRIPT:
            yield _claim(constraint, view, lines)


def _claim(constraint: Constraint, view: GraphView, lines: Sequence[str]) -> Finding:
    evidence = constraint.evidence
    must = constraint.strength is Strength.MUST
    said = quoted_lines(evidence, lines)
    where = _where(evidence)
    delete = Remedy(verb=RemedyVerb.DELETE, item_id=constraint.id)
    if said is None:
        message = f"The script has no {where}." if evidence.first_line else "No line of the script is named."
        return _on(constraint, view, Verdict.DRIFT, must, "no such lines", 1.0, message, delete)
    if not is_quoted(evidence, said):
        message = f"The words “{evidence.quote}” are not in {where}."
        return _on(constraint, view, Verdict.DRIFT, must, "other words", 0.99, message, delete)
    reading = read_claim(constraint, said)
    if reading.support is Support.SAID:
        return _on(constraint, view, Verdict.OK, must, reading.found or constraint.value, 0.9)
    if reading.support is Support.DENIED:
        message = f"{where[0].upper()}{where[1:]} says “{reading.found}”."
        remedy = None if constraint.attribute in _PERSONS_CALL else delete
        if reading.value:
            remedy = Remedy(verb=RemedyVerb.EDIT, item_id=constraint.id, value=reading.value)
        return _on(constraint, view, Verdict.DRIFT, must, reading.found, 0.9, message, remedy)
    message = f"{where[0].upper()}{where[1:]} does not say so in words that the critic knows."
    return _on(constraint, view, Verdict.UNSEEN, False, "", 0.5, message)


def _on(
    constraint: Constraint,
    view: GraphView,
    verdict: Verdict,
    must: bool,
    observed: str,
    confidence: float,
    message: str = "",
    remedy: Remedy | None = None,
) -> Finding:
    about = About(item_id=constraint.id, line=constraint.evidence.first_line, remedy=remedy)
    return finding_on(
        constraint,
        view,
        "evidence",
        verdict=verdict,
        must=must,
        expected=constraint.value,
        observed=observed,
        confidence=confidence,
        message=message,
        about=about if verdict is Verdict.DRIFT else None,
    )


def _own_rules(view: GraphView, lines: Sequence[str]) -> Iterator[Finding]:
    """What is against the rules that need no screenplay; the screenplay says how much it matters."""
    graph = view.graph
    for end in open_ends(view):
        must, verdict = True, Verdict.DRIFT
        label, constraint_id = name_in(graph, end.subject), None
        key = f"check:{end.rule}/{end.subject}"
        match end.rule:
            case Rule.CONTRADICTIONS:
                holds = graph.constraints[ConstraintId(end.constraint_ids[-1])]
                key, label, constraint_id = holds.key, label_of(holds, view), holds.id
            case Rule.SETTINGS:
                label = f"Scene {graph.scenes[SceneId(end.subject)].number}"
            case Rule.SHOTS:
                scene = graph.scenes[SceneId(end.subject)]
                label = f"Scene {scene.number}"
                must = any(line.strip() for line in lines[scene.first_line : scene.last_line])
            case Rule.PRESENCE:
                key, label, must = f"{key}/{end.expected}", f"Shot {label}", end.observed != ONLY_HEARD
            case Rule.LEADS:
                must, verdict = False, Verdict.UNSEEN
            case _:
                continue
        yield _fault(
            key, label, end.rule, end.expected, end.observed, end.sentence,
            must=must, verdict=verdict, constraint_id=constraint_id,
        )  # fmt: skip


def _dangling(graph: SceneGraph) -> Iterator[Finding]:
    entities: set[str] = {*graph.characters, *graph.settings, *graph.props, *graph.scenes, *graph.shots}
    for owner, label, kind, target, known in _references(graph, entities):
        if target not in known:
            is_claim = owner in graph.constraints
            yield _fault(
                f"check:dangling/{owner}/{target}",
                label,
                "dangling names",
                f"a {kind} of the film",
                str(target),
                f"{label} names the {kind} “{target}”, which does not exist.",
                about=About(item_id=owner, remedy=Remedy(verb=RemedyVerb.DELETE, item_id=owner) if is_claim else None),
            )


def _references(graph: SceneGraph, entities: Container[str]) -> Iterator[tuple[str, str, str, str, Container[str]]]:
    """Who names what: owner, its label, the kind of thing named, its id, and the ids that exist."""
    for scene in graph.scenes.values():
        label = f"Scene {scene.number}"
        if scene.setting_id is not None:
            yield scene.id, label, "setting", scene.setting_id, graph.settings
        for presence in scene.presences:
            yield scene.id, label, "character", presence.character_id, graph.characters
        for prop_id in scene.prop_ids:
            yield scene.id, label, "prop", prop_id, graph.props
    for shot in graph.shots.values():
        label = f"Shot {shot.label}"
        yield shot.id, label, "scene", shot.scene_id, graph.scenes
        for person in shot.people:
            yield shot.id, label, "character", person.character_id, graph.characters
        for line in shot.lines:
            yield shot.id, label, "character", line.character_id, graph.characters
        if shot.prop_id is not None:
            yield shot.id, label, "prop", shot.prop_id, graph.props
    for constraint in graph.constraints.values():
        label = f"The constraint on {constraint.attribute}"
        yield constraint.id, label, "thing", constraint.entity_id, entities
        if constraint.scope.scene_id is not None:
            yield constraint.id, label, "scene", constraint.scope.scene_id, graph.scenes
        if constraint.scope.shot_id is not None:
            yield constraint.id, label, "shot", constraint.scope.shot_id, graph.shots


def _entities(view: GraphView, lines: Sequence[str]) -> Iterator[Finding]:
    graph = view.graph
    claims: list[tuple[str, str, Evidence]] = [
        *((entity.id, entity.name, entity.evidence) for entity in graph.characters.values()),
        *((entity.id, entity.name, entity.evidence) for entity in graph.settings.values()),
        *((entity.id, entity.name, entity.evidence) for entity in graph.props.values()),
        *((shot.id, f"Shot {shot.label}", shot.evidence) for shot in graph.shots.values()),
    ]
    for entity_id, label, evidence in claims:
        if evidence.origin is not Origin.SCRIPT or not evidence.first_line:
            continue
        said = quoted_lines(evidence, lines)
        if said is None or not is_quoted(evidence, said):
            message = f"The words “{evidence.quote}” are not in {_where(evidence)}."
            about = About(item_id=entity_id, line=evidence.first_line)
            key = f"check:evidence/{entity_id}"
            yield _fault(key, label, "evidence", evidence.quote, "other words", f"{label}: {message}", about=about)


def _fault(
    key: str,
    label: str,
    check: str,
    expected: str,
    observed: str,
    message: str,
    *,
    must: bool = True,
    verdict: Verdict = Verdict.DRIFT,
    constraint_id: ConstraintId | None = None,
    about: About | None = None,
) -> Finding:
    return Finding(
        key=key,
        label=label,
        constraint_id=constraint_id,
        check=check,
        verdict=verdict,
        must=must,
        expected=expected,
        observed=observed,
        confidence=1.0,
        message=message,
        about=about,
    )


def _where(evidence: Evidence) -> str:
    if evidence.first_line == evidence.last_line:
        return f"line {evidence.first_line}"
    return f"lines {evidence.first_line} to {evidence.last_line}"
