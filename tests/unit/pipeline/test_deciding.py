"""The director's verbs by name, as `matchcut decide` takes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli.deciding import decide_film
from pipeline.cli.telling import report_in_words
from pipeline.report import report
from storage.author import this_director
from storage.domain.decisions import effective, stars_in
from storage.domain.takes import Seam
from storage.errors import WrongUse
from tests.unit.storage.conftest import Film


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Film]:
    made = Film(tmp_path / "Film.matchcut")
    made.commands.approve_script()
    yield made
    made.project.close()


def decide(film: Film, verb: str, subject: str | None = None, value: str | None = None) -> str:
    return decide_film(film.project.folder, verb, subject, value, note="", constraint="", yes=False)


def test_stars_undo_and_redo(film: Film) -> None:
    take = film.make("shot:1A", Seam.KEYFRAME)
    assert decide(film, "stars", "1A/keyframe", "4") == "4 of 5 stars for 1A/keyframe/1"
    assert film.project.ledger.everything()[-1].author == this_director()
    assert decide(film, "undo") == "undo: stars"
    assert stars_in(effective(film.project.ledger.everything())) == {}
    assert decide(film, "redo") == "redo: stars"
    assert stars_in(effective(film.project.ledger.everything())) == {take.id: 4}
    for wrong in (None, "six", "6"):
        with pytest.raises(WrongUse, match="no number of stars"):
            decide(film, "stars", "1A/keyframe", wrong)


def test_everything_clean_is_approved(film: Film) -> None:
    film.make("shot:1A", Seam.KEYFRAME)
    for _ in range(4):
        film.make("shot:1B", Seam.KEYFRAME, drift="character:theo/eyes/")
    assert decide(film, "approve", "clean") == "approved 1 clean take; 1 still waits for you"


def test_a_price_is_counted_in_the_report(film: Film) -> None:
    film.commands.approve(film.make("shot:1A", Seam.KEYFRAME).id)
    film.commands.approve(film.make("shot:1A", Seam.CLIP).id)
    assert "generator calls: 2 in 4 s, 2 per approved shot" in report_in_words(report(film.project, film.state))
    assert decide(film, "price", "0.25", "CHF") == "a generator call costs 0.25 CHF now"
    told = report_in_words(report(film.project, film.state))
    assert "generator calls: 2 in 4 s, 2 per approved shot, 0.50 CHF" in told
    assert "keyframe: 1 drawn, 0 flagged, 0 made again, 1 approved; first take clean in 1 of 1" in told
