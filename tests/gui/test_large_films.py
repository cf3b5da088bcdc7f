"""A film of many shots: shown at once, read in slices, its tree made where it is looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.bench.big_film import make_big_film
from desktop.desk import Desk
from desktop.film_reader import FilmReader
from desktop.snapshot import FilmSnapshot, Spot
from desktop.snapshot_maker import read_snapshot
from desktop.views.graph_items import GraphItemModel
from storage.commands import Commands
from storage.domain.scene_graph import ConstraintId
from storage.domain.takes import Seam
from storage.project import Project

NUM_SHOTS = 120
WAIT_MS = 120_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "Large.matchcut"
    make_big_film(folder, NUM_SHOTS)
    return folder


def is_read(film: FilmSnapshot, index: int) -> bool:
    return film.shots[index].keyframe.standing.shot_id is not None


@pytest.mark.timeout(600)
def test_shots_come_first_then_their_states_then_only_what_changes(large: Path, qtbot) -> None:
    reader = FilmReader(large, look_every_ms=600_000)
    films: list[FilmSnapshot] = []
    reader.film_read.connect(films.append)
    try:
        project = Project.open(large)
        reader.look_at(tuple(shot.id for shot in project.graphs.view().shots[100:108]))
        reader.refresh()
        qtbot.waitUntil(lambda: bool(films), timeout=WAIT_MS)
        first = films[0]
        assert (len(first.shots), first.num_unread, first.changed) == (NUM_SHOTS, NUM_SHOTS, None)
        assert first.index_at(first.starts[7]) == 7 and first.index_at(first.num_frames) is None
        qtbot.waitUntil(lambda: not films[-1].num_unread, timeout=WAIT_MS)
        partly = next((film for film in films if 0 < film.num_unread < NUM_SHOTS), None)
        assert partly is None or is_read(partly, 100)
        whole, fresh = films[-1], read_snapshot(project)
        assert whole.shots == fresh.shots and whole.waiting == fresh.waiting and whole.jobs == fresh.jobs
        assert whole.starts is first.starts and whole.scenes[1].first == 20

        spot = next(spot for spot in whole.waiting if whole.seam_card(spot).standing.clean)
        Commands(project).approve(whole.seam_card(spot).standing.take.id)
        number = len(films)
        reader.refresh()
        qtbot.waitUntil(lambda: len(films) > number, timeout=WAIT_MS)
        after, fresh = films[-1], read_snapshot(project)
        assert after.changed == {spot.shot_id}
        assert after.shots == fresh.shots and after.history(spot) == fresh.history(spot) != ()
        assert (after.undo_label, after.effective) == (fresh.undo_label, fresh.effective)
        assert spot not in after.waiting and after.starts is first.starts
        project.close()
    finally:
        reader.stop()


def test_rows_of_the_tree_are_made_when_they_are_looked_at(large: Path) -> None:
    project = Project.open(large)
    film = read_snapshot(project)
    model = GraphItemModel()
    assert model.show_film(film)
    made = model.num_made
    assert made < NUM_SHOTS
    last = film.shots[-1].shot.id
    row = model.row_at(model.index_of(last))
    assert (row.shot_id, row.parent.id) == (last, film.shots[-1].scene.id)
    assert made < model.num_made < made + NUM_SHOTS
    size = model.constraint_row(ConstraintId(f"constraint:{last}/shot size/@{last}"))
    assert size is not None and size.parent is row
    assert not model.index_of("nothing").isValid()
    assert not model.show_film(film)
    project.close()


@pytest.mark.timeout(600)
def test_the_desk_goes_where_something_waits_as_soon_as_that_is_known(
    large: Path, open_desk: Callable[..., Desk], qtbot
) -> None:
    desk = open_desk(large)
    qtbot.waitUntil(lambda: not desk.stage.film.num_unread, timeout=WAIT_MS)
    film = desk.stage.film
    assert desk.stage.spot in film.waiting
    assert len(desk.stage.shown) > 0
    far = Spot(seam=Seam.KEYFRAME, shot_id=film.shots[110].shot.id)
    desk.stage.show_spot(far)
    if desk.stage.take is not None:
        qtbot.waitUntil(lambda: desk.stage.detail is not None, timeout=WAIT_MS)
        project = Project.open(large)
        assert set(desk.stage.findings) == set(project.takes.findings(desk.stage.take.id))
        project.close()
