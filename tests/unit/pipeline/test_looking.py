"""Looks by name, as `matchcut decide` and `matchcut status --looks` take them."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from pipeline.cli.commands import matchcut
from pipeline.cli.deciding import decide_film
from pipeline.media import decode_picture, encode_picture
from storage.domain.findings import Finding, Region, Verdict
from storage.domain.takes import Seam
from storage.errors import WrongUse
from storage.standing_looks import looks_of
from storage.verify import verify
from tests.unit.storage.conftest import Film

HEAD = Region(left=0.25, top=0.0, right=0.75, bottom=0.5)
AROUND_THE_HEAD = Region(left=0.19, top=0.0, right=0.81, bottom=0.56)


@pytest.fixture
def film(tmp_path):
    made = Film(tmp_path / "Film.matchcut")
    made.commands.approve_script()
    picture = np.arange(4 * 16 * 3, dtype=np.uint8).reshape(4, 16, 3)
    take = made.make("shot:1A", Seam.KEYFRAME, content=encode_picture(picture))
    seen = Finding(
        key="character:mara/hair colour/", label="MARA: hair", constraint_id=None, check="judge", verdict=Verdict.OK,
        must=True, expected="", observed="", confidence=0.9, region=HEAD,
    )  # fmt: skip
    made.project.takes.add_review([seen], take_id=take.id, graph_revision=1)
    made.commands.approve(take.id)
    yield made
    made.project.close()


def decide(film: Film, verb: str, subject: str, value: str | None = None, **more) -> str:
    return decide_film(film.project.folder, verb, subject, value, **more)


def listed(film: Film, *options: str) -> str:
    return CliRunner().invoke(matchcut, ["status", str(film.project.folder), "--looks", *options]).output


def test_a_take_is_promoted_around_where_the_critic_saw_the_head_listed_and_withdrawn(film):
    assert "no looks yet" in listed(film)
    assert decide(film, "promote", "1A/keyframe", "mara") == "promote Mara, look 1"
    (look,) = looks_of(film.project)
    crop = decode_picture(film.project.media.find(look.media))
    picture = decode_picture(film.project.media.find(film.project.takes.get(look.take_id).media))
    assert np.array_equal(crop, picture[0:2, 3:13]) and look.region == AROUND_THE_HEAD
    assert listed(film).startswith("MARA/1: 1A/keyframe/1, ")
    assert [each["number"] for each in json.loads(listed(film, "--json"))["looks"]] == [1]
    assert decide(film, "withdraw", "Mara/1") == "withdraw Mara, look 1"
    assert looks_of(film.project) == () and verify(film.project) == []


def test_a_setting_has_looks_too(film):
    assert decide(film, "promote", "1A/keyframe/1", "kitchen") == "promote Kitchen, look 1"
    assert listed(film).startswith("KITCHEN/1: ")


def test_what_names_nothing_is_refused(film):
    for subject, value, more, sentence in (
        ("1A/keyframe", None, {}, "Whose look"),
        ("1A/keyframe", "NOBODY", {}, "There is no NOBODY"),
        ("1A/keyframe", "MARA", {"frame": 1}, "has no frame 1"),
        ("1B/keyframe", "MARA", {}, "There is no take"),
    ):
        with pytest.raises(WrongUse, match=sentence):
            decide(film, "promote", subject, value, **more)
    with pytest.raises(WrongUse, match="There is no look MARA/1"):
        decide(film, "withdraw", "MARA/1")
