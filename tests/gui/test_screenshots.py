"""The one command that makes pictures of the desk: its areas are what it says, and it makes files."""

import os
import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from tests.gui.screenshots import AREAS, SCALE

_COMMAND = (sys.executable, "-m", "tests.gui.screenshots")
_README = Path(__file__).parents[2] / "README.md"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != SCALE}
    command = [*_COMMAND, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_readme_names_every_area_and_no_other():
    named = re.search(
        r"`python -m tests\.gui\.screenshots OUT_DIR \[AREA …\]`\s+\(AREA: ([^)]+)\)", _README.read_text()
    )
    assert named is not None
    assert named[1].replace("\n", " ").split(", ") == list(AREAS)


def test_an_area_that_does_not_exist_is_refused_and_all_that_do_are_named(tmp_path: Path):
    refused = _run(str(tmp_path), "garden")
    assert refused.returncode == 2
    assert all(f"'{area}'" in refused.stderr for area in AREAS)
    assert not list(tmp_path.iterdir())


def test_an_enlarged_picture_has_half_as_many_pixels_again_each_way(tmp_path: Path):
    made = _run(str(tmp_path), "enlarged")
    assert made.returncode == 0, made.stderr
    sizes = {path.name: QImage(str(path)).size().toTuple() for path in tmp_path.iterdir()}
    assert sizes == {"enlarged_01_busy.png": (1920, 1080)}
