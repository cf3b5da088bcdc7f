"""After an edit exactly what it was said to cost is made again, and nothing else."""

from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.bench.again import (
    Edit,
    GoesByLooks,
    bench_again,
    imported_look,
    measure,
    picture_of,
    replaced_keyframe,
    takes_told,
)
from pipeline.policy import Approve
from storage.commands import Commands
from storage.domain.graph_split import Places
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.graph_commands import GraphCommands
from storage.look_commands import LookCommands
from storage.verify import verify

EYES = "constraint:character:mara/eyes/@film"
COAT_IN_SCENE_2 = "constraint:character:mara/garment/coat@scene:2"


def made_again(studio, edit: Edit, **how) -> Fraction:
    """Make an edit, let the film be made, and divide what was made by what is in scope; all are in scope."""
    found = measure(studio.project, edit, lambda: studio.run(approve=Approve.ALL, **how))
    assert (found.outside, found.cuts) == (0, 1)
    assert edit.said == edit.scope, "the director was told of exactly these"
    assert FilmState(studio.project).waiting() == []
    assert verify(studio.project) == []
    return found.ratio


@pytest.fixture
def produced(studio):
    studio.run(approve=Approve.ALL)
    return studio


EDITS = {
    "eyes": (lambda graphs: graphs.edit(EYES, "value", "green"), {"1A", "2A"}),
    "a coat scoped to a scene": (lambda graphs: graphs.edit(COAT_IN_SCENE_2, "value", "green"), {"2A"}),
    "a merge": (lambda graphs: graphs.merge("character:mara", "character:theo"), {"1B"}),
    "a split": (lambda graphs: graphs.split("character:mara", "YOUNG", Places(scene_ids=["scene:2"])), {"2A"}),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_an_edit_costs_is_what_is_made_again(produced, what):
    plan, labels = EDITS[what]
    graphs = GraphCommands(produced.project)
    edit = plan(graphs)
    scope = takes_told(graphs.cost(edit))
    assert {shot_id.removeprefix("shot:") for _, shot_id in scope} == labels
    assert made_again(produced, Edit(name=what, told="", scope=scope, said=scope, make=lambda: graphs.make(edit))) == 1


def test_another_name_makes_nothing_again(produced):
    graphs = GraphCommands(produced.project)
    edit = graphs.edit("character:mara", "name", "MARIA")
    assert takes_told(graphs.cost(edit)) == set()
    graphs.make(edit)
    before = len(produced.project.takes.everything())
    produced.run(approve=Approve.ALL)
    assert len(produced.project.takes.everything()) == before


def test_a_look_that_is_changed_has_exactly_her_keyframes_and_their_clips_made_again(studio):
    renderer = GoesByLooks()
    studio.run(approve=Approve.ALL, renderer=renderer)
    assert not any(renderer.given.values())
    renderer.given.clear()
    edit = imported_look(studio.project, "character:mara", picture_of((90, 40, 20)))
    assert {shot_id for _, shot_id in edit.scope} == {"shot:1A", "shot:2A"}
    assert made_again(studio, edit, renderer=renderer) == 1
    given = [reference for references in renderer.given.values() for reference in references]
    assert [reference.picture.shape for reference in given] == [(200, 300, 3)] * 2
    before = len(studio.project.takes.everything())
    studio.run(approve=Approve.ALL, renderer=renderer)
    assert len(studio.project.takes.everything()) == before


def test_a_look_makes_nothing_again_where_no_renderer_is_given_looks_and_the_critic_sees_it(produced):
    LookCommands(produced.project, "director").import_picture("character:mara", picture_of((90, 40, 20)))
    before = len(produced.project.takes.everything())
    produced.run(approve=Approve.ALL)
    assert len(produced.project.takes.everything()) == before
    circled = FilmState(produced.project).shot("shot:1A").keyframe.circled
    assert circled is not None
    Commands(produced.project).request_changes(circled.id)
    seen = []
    produced.run(critic=lambda subject: seen.append((subject.shot_id, subject.looks)) or [])
    shot_id, looks = seen[0]
    assert shot_id == "shot:1A" and [frame.shape for frame in looks["character:mara"]] == [(200, 300, 3)]


def test_a_circled_keyframe_that_is_replaced_has_its_clip_made_again(produced):
    assert made_again(produced, replaced_keyframe(produced.project, "shot:1A")) == 1
    clip = FilmState(produced.project).shot("shot:1A").clip.circled
    assert clip is not None and clip.seam is Seam.CLIP and clip.number == 2


SCREENPLAY = """INT. KITCHEN - NIGHT

Brown-eyed MARA (34), red hair in a bun, waits in a yellow coat.

EXT. BEACH - DUSK

Empty boats.
"""


def test_the_benchmark_edits_a_real_film_in_every_way_and_makes_again_what_is_in_scope(tmp_path: Path):
    (tmp_path / "short.fountain").write_text(SCREENPLAY)
    told: list[str] = []
    found = bench_again(tmp_path / "Film.matchcut", tmp_path / "short.fountain", told.append)
    assert [row["name"] for row in found["edits"]] == [
        "eyes", "a coat scoped to a scene", "a circled keyframe replaced", "a look imported", "a look changed",
    ]  # fmt: skip
    assert all(row["in_scope"] == row["said"] == row["made"] > 0 for row in found["edits"])
    assert all((row["outside"], row["cuts"], row["ratio"]) == (0, 1, 1.0) for row in found["edits"])
    assert len(told) == 6
