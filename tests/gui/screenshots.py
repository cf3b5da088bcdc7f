"""Makes pictures of the desk, area by area: `python -m tests.gui.screenshots OUT_DIR [AREA …]`, of all without AREA."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop import theme
from storage.author import SETTING
from tests.gui import (
    comfort_pictures,
    deciding_pictures,
    figures_pictures,
    graph_pictures,
    learning_pictures,
    long_film_pictures,
    notes_pictures,
    queue_pictures,
    shaping_pictures,
    tight_pictures,
    timeline_pictures,
    viewer_pictures,
    window_pictures,
)
from tests.gui.photographer import Photographer

# Qt reads the scale once, when the application starts.
SCALE = "QT_SCALE_FACTOR"
ENLARGED, DOUBLED = "enlarged", "doubled"
SCALED = {ENLARGED: "1.5", DOUBLED: "2"}
AREAS: dict[str, Callable[[Photographer, Path], None]] = {
    "window": window_pictures.photograph,
    "timeline": timeline_pictures.photograph,
    "viewer": viewer_pictures.photograph,
    "deciding": deciding_pictures.photograph,
    "queue": queue_pictures.photograph,
    "figures": figures_pictures.photograph,
    "graph": graph_pictures.photograph,
    "learning": learning_pictures.photograph,
    "notes": notes_pictures.photograph,
    "shaping": shaping_pictures.photograph,
    "tight": tight_pictures.photograph,
    "long": long_film_pictures.photograph,
    "comfort": comfort_pictures.photograph,
    ENLARGED: window_pictures.photograph_enlarged,
    DOUBLED: comfort_pictures.photograph_doubled,
}


@click.command()
@click.argument("out", metavar="OUT_DIR", type=click.Path(file_okay=False, path_type=Path))
@click.argument("areas", metavar="[AREA]...", nargs=-1, type=click.Choice(list(AREAS)))
def main(out: Path, areas: tuple[str, ...]) -> None:
    """Make pictures of some areas of the desk, or of all: window, timeline, viewer, deciding, queue, figures, graph,
    learning, notes, shaping, tight (little room), long (10,000 shots), comfort, enlarged (150 %), doubled (200 %).
    """
    out.mkdir(parents=True, exist_ok=True)
    os.environ[SETTING] = "Anna Weber"
    for area in areas or AREAS:
        if area in SCALED and SCALE not in os.environ:
            command = [sys.executable, "-m", "tests.gui.screenshots", str(out), area]
            subprocess.run(command, env={**os.environ, SCALE: SCALED[area]}, check=True)
        else:
            _photograph(area, out)


def _photograph(area: str, out: Path) -> None:
    app = QApplication.instance()
    theme.install(app if isinstance(app, QApplication) else QApplication(sys.argv[:1]))
    with tempfile.TemporaryDirectory() as folder:
        AREAS[area](Photographer(out, Path(folder), area), Path(folder))


if __name__ == "__main__":
    main()
