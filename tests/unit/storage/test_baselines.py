"""Films of every released schema still open.

When a migration is added, keep a database of the schema before it:
`python -m tests.unit.storage.test_baselines NAME` writes tests/baselines/NAME.db from the small film.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from storage.film_state import FilmState
from storage.project import DATABASE, Project
from tests.unit.storage.conftest import Film

BASELINES = Path(__file__).parents[2] / "baselines"


@pytest.mark.parametrize("baseline", sorted(BASELINES.glob("*.db")), ids=lambda path: path.stem)
def test_a_film_of_an_earlier_schema_opens_and_keeps_its_decisions(baseline: Path, tmp_path: Path):
    folder = tmp_path / "Old.matchcut"
    folder.mkdir()
    shutil.copy(baseline, folder / DATABASE)
    project = Project.open(folder)
    state = FilmState(project)
    assert state.pass_rate().passed == 3
    assert len(state.decisions) == 8
    project.close()


def write_baseline(name: str) -> None:
    """Write the small film, produced and approved, as a baseline."""
    with tempfile.TemporaryDirectory() as folder:
        film = Film(Path(folder) / "Film.matchcut")
        film.approve_everything()
        film.project.db.conn.execute(f"VACUUM INTO '{BASELINES / name}.db'")
        film.project.close()


if __name__ == "__main__":
    write_baseline(sys.argv[1])
