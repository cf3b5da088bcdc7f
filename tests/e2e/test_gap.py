"""`matchcut bench gap`: every kind of corruption escapes where nobody looks, and what the critic finds is put right."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from critic.default_panel import default_panel
from critic.judge import Judge
from pipeline.bench.arms import Arm, Conditions, Tools, make_film
from pipeline.bench.films import films
from pipeline.bench.injections import KINDS, Handoff, Kind
from pipeline.bench.sharing import SharedWork
from pipeline.bench.truth import CAUGHT, ESCAPED, HANDED_OVER, HARMLESS
from pipeline.cli.commands import matchcut
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.resources import resources


@pytest.fixture(scope="module")
def film():
    """A wide shot, a close-up, a medium shot."""
    return replace(next(films(1, 1)), num_shots=3)


@pytest.fixture(scope="module")
def tools():
    panel = default_panel(Judge.load(resources() / "judge"))
    return Tools(renderer=ArtistRenderer(steps=1), panel=panel, shared=SharedWork())


def made(arm, film, tools, probability, kinds=(), seed=1):
    return make_film(arm, film, tools, Conditions(seed=seed, probability=probability, kinds=frozenset(kinds)))


@pytest.mark.parametrize("kind", list(Kind))
def test_in_a_chain_each_kind_of_corruption_escapes(film, tools, kind):
    found = made(Arm.CHAIN, film, tools, 1.0, [kind])
    fates = {injection["fate"] for injection in found["injections"]}
    put_in = {injection["kind"] for injection in found["injections"]}
    # Where nobody's eyes or coat can be seen, another half takes the place of an altered one.
    assert kind in put_in and put_in <= {kind, Kind.SECOND_HALF}
    assert ESCAPED in fates and fates <= {ESCAPED, HARMLESS}
    assert any(not shot["passed"] for shot in found["shots"])


def test_with_nothing_put_in_everything_passes_in_every_arm(film, tools):
    for arm in (Arm.CHAIN, Arm.STATE, Arm.CRITIC):
        found = made(arm, film, tools, 0.0)
        assert [shot["agrees"] for shot in found["shots"]] == [True] * 3, arm
        assert found["injections"] == []


def test_shared_state_alone_finds_a_wrong_export_by_its_digest_and_nothing_else(film, tools):
    found = made(Arm.STATE, film, tools, 0.3, seed=4)
    fates = {(i["handoff"], i["fate"]) for i in found["injections"] if i["attempt"] == 1}
    assert {handoff for handoff, fate in fates if fate == CAUGHT} <= {Handoff.EXPORT}
    assert ESCAPED in {fate for _, fate in fates}


@pytest.mark.parametrize(
    ("arm", "kind", "handoff"),
    [
        (Arm.CRITIC, Kind.DROPPED, Handoff.SCRIPT),
        (Arm.CRITIC, Kind.WRONG_PROMPT, Handoff.REQUEST),
        (Arm.CRITIC, Kind.WRONG_FRAME, Handoff.KEYFRAME),
        (Arm.CRITIC, Kind.SECOND_HALF, Handoff.CLIP),
        (Arm.CRITIC, Kind.WRONG_ORDER, Handoff.CUT),
        (Arm.MEND, Kind.WRONG_FRAME, Handoff.KEYFRAME),
    ],
)
def test_what_the_critic_finds_does_not_escape(film, tools, arm, kind, handoff):
    seed = next(seed for seed in range(1, 99) if _hit_once(film, tools, kind, handoff, seed))
    found = made(arm, film, tools, 0.2, [kind], seed)
    fates = [i["fate"] for i in found["injections"] if i["handoff"] == handoff]
    assert fates and set(fates) <= {CAUGHT, HANDED_OVER, HARMLESS}
    assert CAUGHT in fates


def _hit_once(film, tools, kind, handoff, seed):
    found = made(Arm.CHAIN, film, tools, 0.2, [kind], seed)
    return [(i["handoff"], i["fate"]) for i in found["injections"]] == [(handoff, ESCAPED)]


def test_the_same_seed_gives_the_same_result(film, tools):
    first = made(Arm.CHAIN, film, tools, 0.3)
    again = made(Arm.CHAIN, film, replace(tools, shared=SharedWork()), 0.3)
    assert first["shots"] == again["shots"] and first["injections"] == again["injections"]


def test_every_handoff_has_kinds_that_can_be_named_on_the_command_line():
    assert set(KINDS) == set(Handoff)
    result = CliRunner().invoke(matchcut, ["bench", "gap", "--kind", "wrong spelling"])
    assert result.exit_code == 2 and "misread attribute" in result.output
