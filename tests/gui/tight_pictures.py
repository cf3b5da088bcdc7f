"""Pictures of the pages that shape a film where there is little room: a screen of 1920 × 1080 at 200 %, a window of
1280 × 720 at 150 %.
"""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.graph_desk import SCREENPLAY
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute
from storage.graph_commands import GraphCommands
from storage.project import Project
from tests.drafts import SECOND
from tests.gui.draft_films import make_drafted_film
from tests.gui.photographer import Photographer

SIZES = {"200": (960, 540), "150": (853, 480)}


def photograph(camera: Photographer, work: Path) -> None:
    """Outline, screenplay, drawing, revisions, new draft, open ends."""
    folder = work / "lamp.matchcut"
    make_drafted_film(folder)
    second = work / "lamp_second_draft.fountain"
    second.write_text(SECOND)
    project = Project.open(folder)
    graph = GraphCommands(project)
    lead = next(iter(graph.view.graph.characters))
    graph.make(graph.add_constraint(lead, Attribute.EYES, "violet"))
    graph.make(graph.edit(lead, "name", "THE WIDOW OF THE LIGHTHOUSE KEEPER AT THE END OF THE LONG PIER"))
    project.close()
    camera.open(folder, size=SIZES["200"])
    desk = camera.desk
    pages = desk.viewer.script_desk

    def take(name: str) -> None:
        for scale, size in SIZES.items():
            camera.resize(*size)
            camera.take(f"{name}_{scale}", close=False)

    desk.stage.show_seam(Seam.SCRIPT)
    desk.stage.choose_item(lead)
    pages.show_page(SCREENPLAY)
    take("screenplay")
    camera.press(Qt.Key.Key_F2)
    take("edit")
    camera.press(Qt.Key.Key_Escape)
    pages.show_page("graph")
    take("graph")
    camera.press(Qt.Key.Key_F11)
    take("graph_with_panels")
    camera.press(Qt.Key.Key_F11)
    desk.graph.show_open_ends()
    take("open_ends")
    pages.show_page("revisions")
    camera.wait(lambda: desk.graph_views.revisions.list.model().rowCount() > 1)
    take("revisions")
    desk.graph_views.read_draft(second)
    camera.wait(desk.graph_views.draft.list.isVisible, 180)
    take("draft")
    desk.stage.show_seam(Seam.KEYFRAME)
    take("keyframe")
    camera.resize(*SIZES["200"])
    camera.take("last")
