import dataclasses
from typing import Any

from critic.script_review import review_scene_graph
from storage.domain.findings import Finding, Remedy, RemedyVerb, Verdict
from storage.domain.graph_view import GraphView
from storage.domain.open_ends import OpenEnd, Rule, Sort, open_ends
from storage.domain.scene_graph import (
    CharacterId,
    Constraint,
    Evidence,
    Origin,
    Presence,
    PropId,
    SceneGraph,
    SceneId,
    Scope,
    SettingId,
    ShotPerson,
)
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import CAFE, MARA, SCENE, SHOT, THEO, constraint, mara, view_of

LINES = (
    "INT. HARBOUR CAFE - DAY",
    "",
    "Brown-eyed MARA hands THEO his blue scarf.",
    "",
    "THEO",
    "Keep it.",
)


def _script(line: int, quote: str | None = None) -> Evidence:
    return Evidence(
        origin=Origin.SCRIPT, first_line=line, last_line=line, quote=LINES[line - 1] if quote is None else quote
    )


def _said(*args: str, line: int = 3, quote: str | None = None, **more: Any) -> Constraint:
    entity, attribute, value, *part = args
    return constraint(entity, Attribute(attribute), value, *part, evidence=_script(line, quote), **more)


def _review(graph: SceneGraph) -> list[Finding]:
    return review_scene_graph(GraphView(graph), LINES)


def _drifts(findings: list[Finding]) -> list[Finding]:
    """Open drifts, but for what the bare graphs of these tests leave out on purpose (see test_omissions)."""
    return [finding for finding in findings if finding.is_open_drift and finding.check != "omissions"]


TRUE = (_said(MARA, "eyes", "brown"), _said(THEO, "accessory", "blue", "scarf"))


def test_a_true_graph_has_no_drift() -> None:
    findings = _review(view_of(*TRUE).graph)
    assert _drifts(findings) == []
    assert [finding.verdict for finding in findings if finding.constraint_id] == [Verdict.OK, Verdict.OK]


def test_a_misread_attribute_is_drift_with_the_line() -> None:
    (finding,) = _drifts(_review(view_of(_said(THEO, "eyes", "blue")).graph))
    assert (finding.label, finding.expected, finding.observed) == ("THEO: eyes", "blue", "brown eyed")
    assert finding.message == "Line 3 says “brown eyed”."


def test_a_quote_that_is_not_there_is_drift() -> None:
    (finding,) = _drifts(_review(view_of(_said(MARA, "eyes", "brown", quote="MARA's brown eyes")).graph))
    assert "not in line 3" in finding.message
    (finding,) = _drifts(_review(view_of(_said(MARA, "eyes", "brown", line=6, quote=LINES[2])).graph))
    assert "not in line 6" in finding.message


def test_lines_beyond_the_end_are_drift() -> None:
    evidence = Evidence(origin=Origin.SCRIPT, first_line=90, last_line=91, quote="brown eyes")
    (finding,) = _drifts(_review(view_of(constraint(MARA, Attribute.EYES, "brown", evidence=evidence)).graph))
    assert finding.message == "The script has no lines 90 to 91."


def test_a_claim_in_unknown_words_is_unseen_but_no_fault() -> None:
    finding = _review(view_of(_said(MARA, "age", "old")).graph)[0]
    assert (finding.verdict, finding.must) == (Verdict.UNSEEN, False)


def test_proposals_and_the_directors_words_need_no_line() -> None:
    proposed = constraint(MARA, Attribute.EYES, "green", evidence=Evidence(origin=Origin.PROPOSED))
    findings = _review(view_of(proposed, constraint(THEO, Attribute.EYES, "blue")).graph)
    assert not [finding for finding in findings if finding.check == "evidence"]


def test_two_values_for_one_thing_contradict() -> None:
    found = _drifts(_review(view_of(*TRUE, constraint(MARA, Attribute.EYES, "green")).graph))
    (finding,) = found
    assert (finding.check, {finding.expected, finding.observed}) == ("contradictions", {"brown", "green"})
    assert finding.message.startswith("MARA: eyes is brown (line 3) and green (by the director); ")


def test_a_narrower_scope_is_no_contradiction() -> None:
    later = constraint(MARA, Attribute.EYES, "green", scope=Scope(scene_id=SCENE))
    assert _drifts(_review(view_of(*TRUE, later).graph)) == []


def _with(graph: SceneGraph, **scene: Any) -> SceneGraph:
    return dataclasses.replace(graph, scenes={SCENE: dataclasses.replace(graph.scenes[SCENE], **scene)})


def test_a_scene_without_a_setting_is_drift() -> None:
    (finding,) = _drifts(_review(_with(view_of().graph, setting_id=None)))
    assert (finding.label, finding.check) == ("Scene 1", "settings")


def test_a_scene_without_shots_is_drift_if_anything_happens_in_it() -> None:
    graph = dataclasses.replace(view_of().graph, shots={})
    (finding,) = _drifts(_review(graph))
    assert finding.check == "shots"
    empty = _review(_with(graph, first_line=1, last_line=2))
    assert [finding.must for finding in empty if finding.check == "shots"] == [False]


def test_dangling_names_are_drift() -> None:
    graph = view_of(
        constraint("character:ghost", Attribute.EYES, "blue", scope=Scope(scene_id=SceneId("scene:9"))),
        people=(ShotPerson(character_id=CharacterId("character:nobody")),),
    ).graph
    graph = _with(
        graph,
        setting_id=SettingId("setting:gone"),
        prop_ids=(PropId("prop:gone"),),
        presences=(Presence(character_id=CharacterId("character:lost"), on_screen=True),),
    )
    observed = {finding.observed for finding in _drifts(_review(graph)) if finding.check == "dangling names"}
    assert observed == {"character:ghost", "scene:9", "character:nobody", "setting:gone", "prop:gone", "character:lost"}


def test_who_is_shown_must_be_there() -> None:
    graph = _with(view_of().graph, presences=(Presence(character_id=THEO, on_screen=True),))
    (finding,) = _drifts(_review(graph))
    assert finding.message == "1A shows MARA, who is not in scene 1."
    heard = _with(view_of().graph, presences=(Presence(character_id=MARA, on_screen=False),))
    (finding,) = [finding for finding in _review(heard) if finding.check == "presence"]
    assert (finding.must, finding.observed) == (False, "a voice only")


def test_a_setting_or_shot_with_a_false_quote_is_drift() -> None:
    graph = view_of().graph
    settings = {CAFE: dataclasses.replace(graph.settings[CAFE], evidence=_script(1, "INT. BOATHOUSE - DAY"))}
    shots = {SHOT: dataclasses.replace(graph.shots[SHOT], evidence=_script(3))}
    (finding,) = _drifts(_review(dataclasses.replace(graph, settings=settings, shots=shots)))
    assert finding.label == "HARBOUR CAFE"


def test_a_lead_with_an_open_look_is_said_but_no_fault() -> None:
    findings = {finding.label: finding for finding in _review(view_of(*mara()).graph)}
    assert "MARA" not in findings
    assert findings["THEO"].observed == "open: eyes, hair colour, hair style, skin, wardrobe"
    assert not findings["THEO"].must


def _opened(graph: SceneGraph) -> list[tuple[Sort, str]]:
    return [
        (end.sort, end.rule) for end in open_ends(GraphView(graph), _review(graph)) if end.sort is not Sort.PROPOSED
    ]


def test_nothing_is_told_twice_where_the_critics_findings_are_listed_with_the_graphs_own_rules() -> None:
    graph = _with(view_of(*TRUE, constraint(MARA, Attribute.EYES, "green")).graph, setting_id=None)
    told = _opened(graph)
    assert len([rule for _, rule in told if rule == "contradictions"]) == 1
    assert len([rule for _, rule in told if rule == "settings"]) == 1
    assert not [rule for sort, rule in told if sort is Sort.DRIFT and rule in set(Rule)]
    by_itself = [(end.sort, end.rule) for end in open_ends(GraphView(graph)) if end.sort is not Sort.PROPOSED]
    assert [each for each in told if each[0] is not Sort.DRIFT] == by_itself


def _drift_ends(graph: SceneGraph) -> list[OpenEnd]:
    ends = open_ends(GraphView(graph), _review(graph))
    return [end for end in ends if end.sort is Sort.DRIFT and end.rule == "evidence"]


def test_drift_from_the_screenplay_comes_with_its_line_and_the_edit_that_settles_it() -> None:
    claim = _said(THEO, "eyes", "blue")
    (end,) = _drift_ends(view_of(claim).graph)
    assert (end.subject, end.line) == (claim.id, 3)
    assert end.remedy == Remedy(verb=RemedyVerb.EDIT, item_id=claim.id, value="brown")
    assert end.sentence == "THEO: eyes is blue. Line 3 says “brown eyed”."
    (end,) = _drift_ends(view_of(_said(MARA, "eyes", "brown", quote="MARA's brown eyes")).graph)
    assert end.remedy is not None and end.remedy.verb is RemedyVerb.DELETE


def test_what_lines_say_and_nothing_claims_is_added_to_whom_the_line_names() -> None:
    lines = ("INT. HARBOUR CAFE - DAY", "", "MARA waits, wearing a yellow raincoat.")
    findings = review_scene_graph(view_of(), lines)
    (end,) = [end for end in open_ends(view_of(), findings) if end.sort is Sort.DRIFT and end.line == 3]
    assert (end.subject, end.way) == (MARA, "Add: MARA: coat yellow in sc 1.")
    assert end.remedy is not None and (end.remedy.value, end.remedy.scope.scene_id) == ("yellow", SCENE)
