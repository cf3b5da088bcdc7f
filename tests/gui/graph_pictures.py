"""Pictures of the drawn scene graph, the revisions and a new draft; see `screenshots`."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.bench.big_graph import big_graph
from desktop.graph.draft import DraftAnswer
from storage.domain.scene_graph import Constraint, Evidence, Origin, Presence, Prop, SceneGraph, Scope
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute
from storage.graph_commands import GraphCommands
from tests.drafts import SECOND
from tests.gui.draft_films import make_drafted_film
from tests.gui.feature_films import make_feature
from tests.gui.film_maker import FilmMaker, graph, long_graph, make_busy_film, script
from tests.gui.photographer import Photographer

_TIGHT = (1100, 680)


def contradicting_graph() -> SceneGraph:
    """The film maker's scene graph, with people and a prop in its scenes and two lines that contradict each other."""
    made = graph()
    again = Constraint(
        id="constraint:mara/eyes/@film/2", entity_id="character:mara", attribute=Attribute.EYES, value="green",
        evidence=script(15, "her green eyes"),
    )  # fmt: skip
    lamp = Prop(id="prop:lamp", name="glass lamp", evidence=script(7, "a glass lamp"))
    scenes = dict(made.scenes)
    first, second = scenes["scene:1"], scenes["scene:2"]
    scenes["scene:1"] = replace(first, prop_ids=("prop:lamp",))
    scenes["scene:2"] = replace(second, presences=(Presence(character_id="character:mara", on_screen=True),))
    scenes["scene:3"] = replace(
        scenes["scene:3"], presences=(Presence(character_id="character:theo", on_screen=False),)
    )
    held = Constraint(
        id="constraint:theo/lamp@scene:1", entity_id="character:theo", attribute=Attribute.HELD_PROP, part="lamp",
        value="present", scope=Scope(scene_id="scene:1"), evidence=Evidence(origin=Origin.PROPOSED),
    )  # fmt: skip
    return replace(
        made, scenes=scenes, props={"prop:lamp": lamp},
        constraints={**made.constraints, again.id: again, held.id: held},
    )  # fmt: skip


def photograph(camera: Photographer, work: Path) -> None:
    """The drawing, the revisions, a new draft."""
    _photograph_drawing(camera, work)
    _photograph_revisions(camera, work)
    _photograph_draft(camera, work)
    photograph_feature_draft(camera, work)


def _photograph_drawing(camera: Photographer, work: Path) -> None:
    """Folded, walked, unfolded, found, of a feature, small, crowded."""
    maker = FilmMaker(work / "drawn.matchcut")
    maker.draft(contradicting_graph())
    maker.project.close()
    camera.open(work / "drawn.matchcut")
    desk = camera.desk
    desk.viewer.script_desk.show_page("graph")
    camera.take("folded", close=False)
    desk.stage.choose_item("character:mara")
    camera.take("somebody", close=False)
    board = desk.graph_views.page.board
    board.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(board, key)
    camera.take("unfolded", close=False)
    desk.stage.choose_item("constraint:mara/eyes/@film/2")
    camera.take("contradiction", close=False)
    QTest.keyClick(board, Qt.Key.Key_Slash)
    QTest.keyClicks(desk.graph_views.page.field, "coat")
    camera.take("found")

    make_busy_film(work / "busy.matchcut").project.close()
    camera.open(work / "busy.matchcut")
    camera.press(Qt.Key.Key_1)
    camera.desk.viewer.script_desk.show_page("graph")
    camera.desk.graph_views.page.board.unfold_all()
    camera.take("states")

    made, plans = long_graph(190, 8)
    feature = FilmMaker(work / "feature.matchcut", title=made.title, plan=plans)
    feature.draft(made)
    feature.commands.approve_script()
    feature.approved("1A", Seam.KEYFRAME)
    feature.project.close()
    camera.open(work / "feature.matchcut")
    desk = camera.desk
    camera.press(Qt.Key.Key_1)
    desk.viewer.script_desk.show_page("graph")
    desk.stage.choose_item("scene:90")
    camera.take("feature", close=False)
    desk.stage.choose_item("character:widow")
    camera.take("long_name", close=False)
    desk.graph_views.page.board.fit()
    camera.take("feature_fitted", close=False)
    camera.resize(*_TIGHT)
    desk.graph_views.page.board.fit_across()
    camera.take("small")

    crowd = FilmMaker(work / "crowd.matchcut")
    crowd.draft(big_graph(1500))
    crowd.project.close()
    camera.open(work / "crowd.matchcut")
    desk = camera.desk
    desk.viewer.script_desk.show_page("graph")
    desk.stage.choose_item("character:2")
    camera.take("crowd", close=False)
    desk.graph_views.page.board.unfold_all()
    desk.stage.choose_item("scene:40")
    camera.take("crowd_unfolded", close=False)
    desk.graph_views.page.board.fit()
    camera.take("crowd_fitted")


def _photograph_revisions(camera: Photographer, work: Path) -> None:
    """Against the one before, against another, about to be restored."""
    maker = make_busy_film(work / "revised.matchcut")
    commands = GraphCommands(maker.project, "director:Anna Weber")
    commands.make(commands.edit("constraint:mara/eyes/@film", "value", "green"))
    commands.make(commands.edit("scene:2", "heading", "INT. KITCHEN OF THE LIGHTHOUSE - NIGHT"))
    commands.make(commands.add_character("ADA"))
    commands.make(commands.delete("shot:1C"))
    maker.project.close()
    camera.open(work / "revised.matchcut")
    desk = camera.desk
    camera.press(Qt.Key.Key_1)
    page = desk.graph_views.revisions
    desk.viewer.script_desk.show_page("revisions")
    camera.wait(lambda: page.comparison.rowCount() > 0)
    camera.take("revisions", close=False)
    page.list.setFocus()
    page.against.setCurrentIndex(3)
    page.against.activated.emit(3)
    camera.wait(lambda: page.comparison.rowCount() > 2)
    page.table.setCurrentIndex(page.comparison.index(0, 0))
    camera.take("side_by_side", close=False)
    page.list.setCurrentIndex(page.revisions.index(4))
    page.restore.click()
    camera.wait(page.ask.isVisible)
    camera.take("restore")


def _photograph_draft(camera: Photographer, work: Path) -> None:
    """Asked about, read, in a small window, none."""
    make_drafted_film(work / "lamp.matchcut")
    second = work / "lamp 2.fountain"
    second.write_text(SECOND)
    camera.open(work / "lamp.matchcut")
    views = camera.desk.graph_views
    views.ask_about(second)
    camera.take("draft_asked", close=False)
    views.read_draft(second)
    camera.take("draft_reading", close=False)
    camera.wait(views.draft.list.isVisible, 120.0)
    camera.take("draft_new_scene", close=False)
    views.draft.list.setCurrentIndex(views.draft.scenes.index(2))
    camera.take("draft_changed_scene", close=False)
    camera.resize(*_TIGHT)
    camera.take("draft_small", close=False)
    QTest.keyClick(views.draft.list, Qt.Key.Key_Escape)
    views.show_page("draft")
    camera.take("draft_none")


def photograph_feature_draft(camera: Photographer, work: Path) -> None:
    """A new draft of a feature: 190 scenes, of which three differ; then all of them."""
    folder = work / "feature.matchcut"
    make_feature(folder)
    camera.open(folder, seconds=120)
    desk = camera.desk
    views = desk.graph_views
    screenplay = work / "long, second draft.fountain"
    screenplay.write_text("INT. ROOM - DAY\n")
    views.show_page("draft")
    drafted = subprocess.run(
        [sys.executable, "-m", "tests.gui.feature_films", str(folder), str(screenplay), "--json", "--dry-run"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    camera.wait(lambda: desk.stage.film is not None and not desk.stage.film.num_unread, 120)
    views.draft.show_reading(screenplay.name)
    views.draft.show_answer(DraftAnswer.model_validate_json(drafted.stdout.splitlines()[-1]))
    camera.take("feature_draft", close=False)
    views.draft.only_changes.click()
    camera.take("feature_draft_all", close=False)
    camera.resize(960, 540)
    camera.take("feature_draft_small")
