"""A new draft of the screenplay: scenes found again, the director's own work kept, approvals kept, undone as it was."""

from pathlib import Path

import pytest

from pipeline.redrafting import draft_film, read_new_draft
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.script.reading import read_screenplay
from storage.commands import Commands
from storage.domain.draft_merge import Fate
from storage.domain.graph_view import GraphView
from storage.domain.open_ends import Sort, open_ends
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.errors import WrongUse
from storage.graph_commands import GraphCommands
from storage.project import Project
from storage.verify import verify
from tests.drafts import FIRST, SECOND
from tests.unit.storage.conftest import Film

EYES = "character:mara/eyes@film"
JACKET = "character:theo/garment/jacket@"


class Drafts(Film):
    """A film drafted from the first screenplay, by the agent itself."""

    def __init__(self, folder: Path) -> None:
        self.place = folder.parent
        self.capabilities = ArtistRenderer().capabilities
        self.project = Project.create(
            folder, title="Lamp", screenplay=FIRST.encode(), screenplay_name="lamp.fountain", seed=7
        )
        screenplay = read_screenplay(self.project.media.find(self.project.film.screenplay))
        graph = draft_film(self.project.film, screenplay, self.capabilities)
        self.project.graphs.save(graph, label="draft", author="script agent")
        self.commands = Commands(self.project)
        self.graphs = GraphCommands(self.project)

    @property
    def graph(self):
        return self.project.graphs.view().graph

    def read(self, text: str = SECOND):
        path = self.place / "lamp 2.fountain"
        path.write_text(text)
        return read_new_draft(self.project, self.graphs, path, self.capabilities)

    def take(self, text: str = SECOND):
        merge = self.read(text)
        self.graphs.take_draft(merge, text.encode(), "lamp 2.fountain")
        return merge


@pytest.fixture
def drafts(tmp_path: Path):
    made = Drafts(tmp_path / "Film.matchcut")
    yield made
    made.project.close()


def test_scenes_are_found_again_and_keep_their_numbers(drafts):
    merge = drafts.take()
    rows = [(row.fate, row.number, row.heading or row.heading_before) for row in merge.scenes]
    assert rows == [
        (Fate.KEPT, "1", "INT. KITCHEN - NIGHT"),
        (Fate.NEW, "1A", "INT. STATION - DAY"),
        (Fate.CHANGED, "2", "EXT. PIER - DAY"),
        (Fate.CUT, "3", "INT. CHAPEL - NIGHT"),
    ]
    view = drafts.project.graphs.view()
    assert [scene.number for scene in view.scenes] == ["1", "1A", "2"]
    assert view.shots_of("scene:1A")[0].label == "1A-A"
    assert "character:young-mara" not in view.graph.characters and "character:ida" in view.graph.characters
    assert "THEO: jacket" in "".join(drafts.graphs.compare(1).sentences)
    assert drafts.project.film.screenplay_name == "lamp 2.fountain"
    assert verify(drafts.project) == []


def test_approvals_stay_where_nothing_that_they_rest_on_has_changed(drafts):
    drafts.approve_everything()
    kitchen = [shot.id for shot in drafts.project.graphs.view().shots_of("scene:1")]
    merge = drafts.read()
    cost = drafts.graphs.cost(merge.edit)
    assert not set(kitchen) & {*cost.keyframes, *cost.clips}
    assert cost.keyframes and cost.new and cost.gone
    drafts.take()
    assert not drafts.state.script_approved
    drafts.commands.approve_script()
    assert {drafts.clip(shot_id).state for shot_id in kitchen} == {State.APPROVED}
    assert {drafts.keyframe(shot_id).stale for shot_id in cost.keyframes} == {True}
    drafts.commands.undo()
    drafts.commands.undo()
    assert drafts.state.cut().state is State.APPROVED and drafts.state.script_approved
    assert drafts.project.film.screenplay_name == "lamp.fountain"
    assert drafts.graph == drafts.graphs.at(1)
    drafts.commands.redo()
    assert drafts.project.film.screenplay_name == "lamp 2.fountain"
    assert not drafts.state.script_approved
    assert verify(drafts.project) == []


def test_the_directors_own_work_stays_unless_the_draft_has_it_otherwise(drafts):
    jacket = next(each for each in drafts.graph.constraints if each.startswith(JACKET))
    assert drafts.graph.constraints[jacket].value == "black"
    graphs = drafts.graphs
    graphs.make(graphs.edit(EYES, "value", "green"))
    graphs.make(graphs.edit(jacket, "value", "red"))
    first = drafts.project.graphs.view().shots_of("scene:1")[0]
    graphs.make(graphs.edit(first.id, "size", "close-up"))
    own = graphs.add_shot("scene:2", people=["character:mara"])
    graphs.make(own)
    graphs.make(graphs.add_prop("anchor"))
    merge = drafts.take()
    graph = drafts.graph
    assert graph.constraints[EYES].value == "green"
    assert graph.shots[first.id].size == "close-up"
    assert own.made in graph.shots and "prop:anchor" in graph.props
    assert merge.contradictions == ("THEO: jacket in sc 2: you say red, line 16 of the new draft says white.",)
    open_now = [each for each in open_ends(GraphView(graph)) if each.sort is Sort.CONTRADICTION]
    assert [each.subject for each in open_now] == ["character:theo"]
    graphs.make(graphs.merge(*open_now[0].constraint_ids))


def test_what_was_made_one_stays_one_and_what_was_deleted_stays_deleted(drafts):
    graphs = drafts.graphs
    graphs.make(graphs.merge("character:mara", "character:young-mara"))
    graphs.make(graphs.delete("character:theo"))
    text = FIRST.replace("lights a candle", "lights two candles")
    drafts.take(text)
    assert "character:young-mara" not in drafts.graph.characters and "character:theo" not in drafts.graph.characters
    chapel = drafts.project.graphs.view().shots_of("scene:3")
    assert {person.character_id for shot in chapel for person in shot.people} == {"character:mara"}
    assert "two candles" in " ".join(shot.action for shot in chapel)


def test_a_third_draft_is_compared_with_the_second(drafts):
    drafts.take()
    merge = drafts.take(SECOND.replace("reads a letter", "tears a letter up"))
    assert [row.fate for row in merge.scenes] == [Fate.KEPT, Fate.CHANGED, Fate.KEPT]
    assert merge.contradictions == ()
    drafts.commands.undo()
    drafts.commands.undo()
    assert drafts.graph == drafts.graphs.at(1)


def test_the_same_draft_changes_nothing_and_scenes_that_moved_are_found(drafts):
    with pytest.raises(WrongUse, match="changes nothing"):
        drafts.take(FIRST)
    kitchen, pier = FIRST.index("INT. KITCHEN"), FIRST.index("EXT. PIER")
    chapel = FIRST.index("INT. CHAPEL")
    moved = FIRST[:kitchen] + FIRST[pier:chapel] + FIRST[kitchen:pier] + FIRST[chapel:]
    merge = drafts.take(moved)
    assert {row.fate for row in merge.scenes} == {Fate.KEPT}
    assert [scene.number for scene in drafts.project.graphs.view().scenes] == ["2", "1", "3"]


def test_takes_of_a_cut_scene_are_kept_and_count_again_after_undo(drafts):
    drafts.approve_everything()
    gone = drafts.project.graphs.view().shots_of("scene:3")[0].id
    drafts.take()
    assert drafts.state.standing_at(Seam.KEYFRAME, gone) is None
    drafts.commands.undo()
    assert drafts.keyframe(gone).state is State.APPROVED
