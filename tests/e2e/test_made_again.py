"""After an edit exactly what it was said to cost is made again, and nothing else."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from PIL import Image

from pipeline.policy import Approve
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.renderers.base import Capabilities, Reference
from storage.commands import Commands
from storage.domain.graph_split import Places
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.graph_commands import GraphCommands
from storage.look_commands import LookCommands
from storage.verify import verify

EYES = "constraint:character:mara/eyes/@film"
COAT_IN_SCENE_2 = "constraint:character:mara/garment/coat@scene:2"


def made_again(studio, scope: set[tuple[str, str]], **how) -> Fraction:
    """Let the film be made, and divide the keyframes and clips that were made by those in scope; all are in scope."""
    before = len(studio.project.takes.everything())
    studio.run(approve=Approve.ALL, **how)
    made = [(take.seam.value, take.shot_id) for take in studio.project.takes.everything()[before:]]
    of_shots = [place for place in made if place[1] is not None]
    assert set(of_shots) <= scope
    assert [seam for seam, shot_id in made if shot_id is None] == ["cut"]
    assert FilmState(studio.project).waiting() == []
    assert verify(studio.project) == []
    return Fraction(len(of_shots), len(scope))


def scope_of(cost) -> set[tuple[str, str]]:
    keyframes = {("keyframe", shot_id) for shot_id in (*cost.keyframes, *cost.new)}
    return keyframes | {("clip", shot_id) for shot_id in (*cost.clips, *cost.new)}


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
    scope = scope_of(graphs.cost(edit))
    assert {shot_id.removeprefix("shot:") for _, shot_id in scope} == labels
    graphs.make(edit)
    assert made_again(produced, scope) == 1


def test_another_name_makes_nothing_again(produced):
    graphs = GraphCommands(produced.project)
    edit = graphs.edit("character:mara", "name", "MARIA")
    assert scope_of(graphs.cost(edit)) == set()
    graphs.make(edit)
    before = len(produced.project.takes.everything())
    produced.run(approve=Approve.ALL)
    assert len(produced.project.takes.everything()) == before


class GoesByLooks(ArtistRenderer):
    """Draws as the artist does, and keeps what looks it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[int, tuple[Reference, ...]] = {}

    @property
    def capabilities(self) -> Capabilities:
        return replace(super().capabilities, takes_references=True)

    def render(self, requests, **how):
        self.given |= {request.job_id: request.references for request in requests}
        return super().render(requests, **how)


def test_a_look_that_is_changed_has_exactly_her_keyframes_and_their_clips_made_again(studio):
    renderer = GoesByLooks()
    studio.run(approve=Approve.ALL, renderer=renderer)
    assert not any(renderer.given.values())
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), (90, 40, 20)).save(picture, "PNG")
    LookCommands(studio.project, "director").import_picture("character:mara", picture.getvalue())
    renderer.given.clear()
    scope = {(seam, shot_id) for seam in ("keyframe", "clip") for shot_id in ("shot:1A", "shot:2A")}
    assert made_again(studio, scope, renderer=renderer) == 1
    given = [reference for references in renderer.given.values() for reference in references]
    assert [reference.picture.shape for reference in given] == [(200, 300, 3)] * 2
    before = len(studio.project.takes.everything())
    studio.run(approve=Approve.ALL, renderer=renderer)
    assert len(studio.project.takes.everything()) == before


def test_a_look_makes_nothing_again_where_no_renderer_is_given_looks_and_the_critic_sees_it(produced):
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), (90, 40, 20)).save(picture, "PNG")
    LookCommands(produced.project, "director").import_picture("character:mara", picture.getvalue())
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
    circled = FilmState(produced.project).shot("shot:1A").keyframe.circled
    assert circled is not None
    Commands(produced.project).request_changes(circled.id)
    assert made_again(produced, {("keyframe", "shot:1A"), ("clip", "shot:1A")}) == 1
    clip = FilmState(produced.project).shot("shot:1A").clip.circled
    assert clip is not None and clip.seam is Seam.CLIP and clip.number == 2
