"""The critic at the script seam: does the scene graph hold together, and do the script's lines say what it claims."""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from critic.evidence import Support, is_quoted, quoted_lines, read_claim
from critic.omissions import holes, omissions
from critic.wording import label_of
from storage.domain.findings import Finding, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Billing, Constraint, Evidence, Origin, SceneGraph, Strength
from storage.domain.vocabulary import ABSENT, Attribute

_LOOKS = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.SKIN)


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
        *_contradictions(view),
        *_dangling(view.graph),
        *_scenes(view, lines),
        *_entities(view, lines),
        *_open_leads(view),
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
    if said is None:
        message = f"The script has no {where}." if evidence.first_line else "No line of the script is named."
        return _on(constraint, view, Verdict.DRIFT, must, "no such lines", 1.0, message)
    if not is_quoted(evidence, said):
        message = f"The words “{evidence.quote}” are not in {where}."
        return _on(constraint, view, Verdict.DRIFT, must, "other words", 0.99, message)
    reading = read_claim(constraint, said)
    if reading.support is Support.SAID:
        return _on(constraint, view, Verdict.OK, must, reading.found or constraint.value, 0.9, "")
    if reading.support is Support.DENIED:
        message = f"{where[0].upper()}{where[1:]} says “{reading.found}”."
        return _on(constraint, view, Verdict.DRIFT, must, reading.found, 0.9, message)
    message = f"{where[0].upper()}{where[1:]} does not say so in words that the critic knows."
    return _on(constraint, view, Verdict.UNSEEN, False, "", 0.5, message)


def _on(
    constraint: Constraint,
    view: GraphView,
    verdict: Verdict,
    must: bool,
    observed: str,
    confidence: float,
    message: str,
) -> Finding:
    return Finding(
        key=constraint.key,
        label=label_of(constraint, view),
        constraint_id=constraint.id,
        check="evidence",
        verdict=verdict,
        must=must,
        expected=constraint.value,
        observed=observed,
        confidence=confidence,
        message=message,
    )


def _contradictions(view: GraphView) -> Iterator[Finding]:
    by_place: dict[tuple[object, ...], list[Constraint]] = defaultdict(list)
    for constraint in view.graph.constraints.values():
        by_place[constraint.key, constraint.scope].append(constraint)
    for same in by_place.values():
        first = same[0]
        for other in same[1:]:
            if other.value == first.value:
                continue
            yield Finding(
                key=other.key,
                label=label_of(other, view),
                constraint_id=other.id,
                check="contradictions",
                verdict=Verdict.DRIFT,
                must=True,
                expected=first.value,
                observed=other.value,
                confidence=1.0,
                message=f"{_source(first)} says {first.value}, {_source(other)} says {other.value}.",
            )


def _dangling(graph: SceneGraph) -> Iterator[Finding]:
    entities: set[str] = {*graph.characters, *graph.settings, *graph.props, *graph.scenes, *graph.shots}
    for owner, label, kind, target, known in _references(graph, entities):
        if target not in known:
            yield _fault(
                f"dangling/{owner}/{target}",
                label,
                "dangling names",
                True,
                f"a {kind} of the film",
                str(target),
                f"{label} names the {kind} “{target}”, which does not exist.",
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


def _scenes(view: GraphView, lines: Sequence[str]) -> Iterator[Finding]:
    for scene in view.scenes:
        label = f"Scene {scene.number}"
        if scene.setting_id is None:
            yield _fault(
                f"no setting/{scene.id}",
                label,
                "settings",
                True,
                "a setting",
                "none",
                f"The heading “{scene.heading}” names no place.",
            )
        if not view.shots_of(scene.id):
            happens = any(line.strip() for line in lines[scene.first_line : scene.last_line])
            message = f"Nothing of scene {scene.number} would be seen." if happens else "Nothing happens in it."
            yield _fault(f"no shots/{scene.id}", label, "shots", happens, "at least one shot", "none", message)
        there = {presence.character_id: presence.on_screen for presence in scene.presences}
        for shot in view.shots_of(scene.id):
            for person in shot.people:
                character = view.graph.characters.get(person.character_id)
                if character is None or there.get(person.character_id):
                    continue
                is_voice = person.character_id in there
                yield _fault(
                    f"not there/{shot.id}/{person.character_id}",
                    f"Shot {shot.label}",
                    "presence",
                    not is_voice,
                    f"{character.name} on screen",
                    "a voice only" if is_voice else "not in the scene",
                    f"Shot {shot.label} shows {character.name}, who is "
                    f"{'only heard' if is_voice else 'not'} in scene {scene.number}.",
                )


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
            yield _fault(f"evidence/{entity_id}", label, "evidence", True, evidence.quote, "other words", message)


def _open_leads(view: GraphView) -> Iterator[Finding]:
    for character in view.graph.characters.values():
        if character.billing is not Billing.LEAD:
            continue
        settled = {c.attribute for c in view.constraints_of(character.id) if c.value != ABSENT}
        is_bald = any(c.value == "bald" for c in view.constraints_of(character.id))
        missing = [str(look) for look in _LOOKS if look not in settled and not (is_bald and look is _LOOKS[1])]
        if Attribute.GARMENT not in settled:
            missing.append("wardrobe")
        if missing:
            words = ", ".join(missing)
            yield Finding(
                key=f"check:open lead/{character.id}",
                label=character.name,
                constraint_id=None,
                check="leads",
                verdict=Verdict.UNSEEN,
                must=False,
                expected="a settled look",
                observed=f"open: {words}",
                confidence=1.0,
                message=f"Nothing says what {character.name} looks like in: {words}.",
            )


def _fault(key: str, label: str, check: str, must: bool, expected: str, observed: str, message: str) -> Finding:
    return Finding(
        key=f"check:{key}",
        label=label,
        constraint_id=None,
        check=check,
        verdict=Verdict.DRIFT,
        must=must,
        expected=expected,
        observed=observed,
        confidence=1.0,
        message=message,
    )


def _where(evidence: Evidence) -> str:
    if evidence.first_line == evidence.last_line:
        return f"line {evidence.first_line}"
    return f"lines {evidence.first_line} to {evidence.last_line}"


def _source(constraint: Constraint) -> str:
    evidence = constraint.evidence
    if evidence.origin is Origin.SCRIPT:
        where = _where(evidence)
        return f"{where[0].upper()}{where[1:]}"
    return {Origin.PROPOSED: "A proposal", Origin.DIRECTOR: "The director"}.get(evidence.origin, "A picture")
