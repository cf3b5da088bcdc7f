"""Pictures of the scene graph being shaped: outline, edits and their cost, the screenplay, open ends; a feature."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.bench.big_graph import big_graph
from desktop.graph_desk import SCREENPLAY
from desktop.looks import Look
from storage.domain.open_ends import OpenEnd, Sort
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute
from storage.graph_commands import GraphCommands
from storage.project import Project
from tests.gui.drift_films import misread
from tests.gui.film_maker import FilmMaker, make_busy_film
from tests.gui.photographer import Photographer
from tests.gui.scripts import FEATURE_SHOTS, feature_script, final_draft

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MARA, _THEO, _COAT = "character:mara", "character:theo", ConstraintId("constraint:mara/garment/coat@film")


def photograph(camera: Photographer, work: Path) -> None:
    """Every state."""
    _photograph_outline(camera, work)
    photograph_drift(camera, work)
    _photograph_screenplay(camera, work)
    _photograph_feature(camera, work)
    _photograph_other_scripts(camera, work)


def _photograph_outline(camera: Photographer, work: Path) -> None:
    maker = make_busy_film(work / "busy.matchcut")
    graph = GraphCommands(maker.project)
    graph.make(graph.add_character("YOUNG MARA OF THE LIGHTHOUSE AT THE END OF THE LONG PIER"))
    graph.make(graph.add_constraint(_MARA, Attribute.EYES, "grey"))
    maker.project.close()
    camera.open(work / "busy.matchcut")
    desk = camera.desk
    panel = desk.tree.panel
    desk.stage.show_seam(Seam.SCRIPT)
    desk.stage.choose_item(_COAT)
    camera.take("chosen", close=False)
    camera.press(Qt.Key.Key_F2)
    QTest.keyClicks(panel.fields["value"], "re")
    camera.take("suggested", close=False)
    QTest.keyClick(panel.fields["value"], Qt.Key.Key_Return)
    QTest.keyClick(panel.fields["value"], Qt.Key.Key_Return)
    camera.wait(panel.confirm.isEnabled)
    camera.take("cost_of_value", close=False)
    camera.press(Qt.Key.Key_Escape)
    desk.stage.choose_item("shot:1B")
    camera.press(Qt.Key.Key_F2)
    camera.take("edit_shot", close=False)
    camera.press(Qt.Key.Key_Escape)
    desk.stage.choose_item(_MARA)
    camera.press(Qt.Key.Key_Insert)
    QTest.keyClicks(panel.fields["claim"], "gl")
    camera.take("add_constraint", close=False)
    camera.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_M, modifier=_CONTROL)
    QTest.keyClicks(panel.fields["other"], "young")
    QTest.keyClick(panel.fields["other"], Qt.Key.Key_Return)
    camera.wait(panel.confirm.isEnabled)
    camera.take("merge", close=False)
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_D, modifier=_CONTROL)
    QTest.keyClicks(panel.fields["name"], "YOUNGER MARA")
    QTest.keyClicks(panel.fields["places"].line, "1B, 3")
    camera.wait(panel.confirm.isEnabled)
    camera.take("split", close=False)
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_Delete)
    camera.wait(panel.confirm.isEnabled)
    camera.take("delete", close=False)
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_O, modifier=_SHIFT)
    camera.take("open_ends", close=False)
    desk.tree.search.take_keys()
    QTest.keyClicks(desk.tree.search.line, "mara coat")
    camera.wait(lambda: desk.tree.items.found is not None)
    camera.take("search", close=False)
    camera.resize(1100, 680)
    camera.press(Qt.Key.Key_F2)
    camera.take("small")


def photograph_drift(camera: Photographer, work: Path) -> None:
    """What the critic holds against the screenplay, in every view."""
    folder = work / "misread.matchcut"
    maker = make_busy_film(folder)
    graph = GraphCommands(maker.project)
    graph.make(graph.add_constraint(_THEO, Attribute.EYES, "grey"))
    misread(maker.project)
    maker.project.close()
    camera.open(folder)
    desk = camera.desk
    camera.press(Qt.Key.Key_O, modifier=_SHIFT)
    page = desk.graph.open_ends
    row = next(row for row, end in enumerate(page.model.rows) if isinstance(end, OpenEnd) and end.sort is Sort.DRIFT)
    page.list.setCurrentIndex(page.model.index(row))
    camera.take("drift_open_ends", close=False)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    camera.wait(desk.tree.panel.confirm.isEnabled)
    camera.take("drift_remedy", close=False)
    camera.press(Qt.Key.Key_Escape)
    desk.viewer.script_desk.show_page(SCREENPLAY)
    desk.viewer.script_page.show_line(5)
    camera.take("drift_screenplay", close=False)
    camera.press(Qt.Key.Key_G, modifier=_SHIFT)
    desk.graph_views.page.board.unfold_all()
    camera.take("drift_graph")


def _photograph_other_scripts(camera: Photographer, work: Path) -> None:
    """Names and lines from right to left, in the light look."""
    folder = work / "arabic.matchcut"
    maker = FilmMaker(folder)
    maker.draft()
    script = maker.project.media.find(maker.project.film.screenplay).read_text()
    script = script.replace("THEO waits by the boat with a glass lamp", "ينتظر ثيو بجانب القارب مع مصباح زجاجي")
    medium = maker.project.media.put(script.encode(), ".fountain")
    view = maker.project.graphs.view()
    maker.project.graphs.save(view.graph, label="draft 2", author="script", screenplay=(medium, "tide.fountain"))
    graph = GraphCommands(maker.project)
    graph.make(graph.edit(_THEO, "name", "ثيو حارس المنارة القديمة"))
    maker.project.close()
    camera.open(folder)
    camera.the_window.show_look(Look.LIGHT)
    camera.desk.stage.choose_item("constraint:theo/accessory/scarf@film")
    camera.press(Qt.Key.Key_D, modifier=_CONTROL)
    camera.take("right_to_left", close=False)
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_O, modifier=_SHIFT)
    camera.take("open_ends_light")


def _photograph_screenplay(camera: Photographer, work: Path) -> None:
    folder = work / "final.matchcut"
    maker = FilmMaker(folder)
    maker.draft()
    screenplay = final_draft(maker.project.media.find(maker.project.film.screenplay).read_text())
    medium = maker.project.media.put(screenplay, ".fdx")
    view = maker.project.graphs.view()
    maker.project.graphs.save(view.graph, label="draft 2", author="script", screenplay=(medium, "tide.fdx"))
    maker.project.close()
    camera.open(folder)
    page = camera.desk.viewer.script_page
    camera.wait(lambda: page.page.document().blockCount() > 10)
    page.step(1)
    page.step(1)
    camera.take("final_draft")


def _photograph_feature(camera: Photographer, work: Path) -> None:
    folder = work / "feature.matchcut"
    graph = big_graph(FEATURE_SHOTS, shots_a_scene=8)
    project = Project.create(
        folder, title=graph.title, screenplay=feature_script(graph), screenplay_name="tide.fountain"
    )
    project.graphs.save(graph, label="draft", author="script")
    project.close()
    camera.open(folder, seconds=120)
    desk = camera.desk
    camera.wait(lambda: desk.stage.film is not None and not desk.stage.film.num_unread, 120)
    desk.stage.choose_item("scene:60")
    camera.take("feature", close=False)
    camera.press(Qt.Key.Key_O, modifier=_SHIFT)
    camera.take("feature_open_ends", close=False)
    desk.viewer.script_desk.show_page(SCREENPLAY)
    desk.tree.search.take_keys()
    QTest.keyClicks(desk.tree.search.line, "widow coat")
    camera.wait(lambda: desk.tree.items.found is not None)
    camera.take("feature_search")
