"""Looks: promoted from circled takes, numbered, withdrawn and never erased."""

import io
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple

import pytest
from PIL import Image

from storage.domain.findings import Finding, FrameRange, Region, Verdict
from storage.domain.looks import WHOLE_FRAME, look_region
from storage.domain.staleness import stale_reasons
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.errors import WrongUse
from storage.graph_commands import GraphCommands
from storage.live_film import LiveFilm
from storage.look_commands import LookCommands
from storage.pictures import read_picture
from storage.standing_looks import looks_of
from storage.verify import verify
from tests.unit.storage.test_live_film import assert_same, read_all

HEAD = Region(left=0.3, top=0.1, right=0.7, bottom=0.6)
AROUND_THE_HEAD = [0.252, 0.04, 0.748, 0.66]
EYES = Region(left=0.4, top=0.3, right=0.6, bottom=0.4)
AROUND_THE_EYES = [0.376, 0.288, 0.624, 0.412]
MARA = "character:mara"


@pytest.fixture
def circled(film):
    """The circled keyframe of 1A."""
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    film.commands.approve(take.id)
    return take


@pytest.fixture
def looks(film):
    return LookCommands(film.project, "director")


def test_a_promoted_crop_is_a_numbered_look_of_its_character(film, circled, looks):
    decision = looks.promote(circled.id, MARA, b"first crop", region=HEAD)
    looks.promote(circled.id, MARA, b"second crop", region=EYES)
    first, second = looks_of(film.project)
    assert (decision.note, decision.key) == ("promote Mara, look 1", MARA)
    assert (first.number, first.region, first.take_id, first.entity_id) == (1, HEAD, circled.id, MARA)
    assert second.number == 2
    assert film.project.media.find(first.media).read_bytes() == b"first crop"
    assert verify(film.project) == []


def test_a_look_makes_no_take_stale_where_the_checkpoint_takes_none(film, circled, looks):
    before = film.keyframe("shot:1A")
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    assert film.keyframe("shot:1A") == before


def test_keyframes_rest_on_looks_where_the_checkpoint_takes_them(film, looks):
    film.approve_everything()
    circled = film.keyframe("shot:1A").circled
    live = LiveFilm(film.project)
    read_all(live)
    film.project.set_checkpoint_digest("", takes_references=True)
    read_all(live)
    assert_same(live, film.project)
    assert not film.keyframe("shot:2A").stale
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    read_all(live)
    assert_same(live, film.project)
    assert not film.keyframe("shot:1A").stale, "the look was cropped from it"
    assert not film.keyframe("shot:1B").stale, "she is not in it"
    stands = film.keyframe("shot:2A")
    assert stands.stale and film.clip("shot:2A").state is State.BLOCKED
    (reason,) = stale_reasons(film.project.takes.inputs(stands.circled.id), stands.inputs)
    assert reason.sentence == "MARA: look applies now (1)."
    film.commands.approve(film.make("shot:2A", Seam.KEYFRAME).id)
    assert not film.keyframe("shot:2A").stale
    looks.import_picture("setting:kitchen", b"the kitchen")
    read_all(live)
    assert_same(live, film.project)
    assert [film.keyframe(f"shot:{label}").stale for label in ("1A", "1B", "2A")] == [True, True, True]
    film.commands.undo()
    read_all(live)
    assert_same(live, film.project)
    assert [film.keyframe(f"shot:{label}").stale for label in ("1A", "1B", "2A")] == [False, False, False]
    film.commands.undo()
    read_all(live)
    assert_same(live, film.project)
    assert verify(film.project) == []


def test_what_a_look_would_turn_stale_is_known_beforehand(film, looks):
    film.approve_everything()
    circled = film.keyframe("shot:1A").circled
    nothing = looks.cost_of_keeping(MARA)
    assert (nothing.keyframes, nothing.clips, nothing.cut) == ((), (), False), "this checkpoint takes no looks"
    film.project.set_checkpoint_digest("", takes_references=True)
    imported, promoted = looks.cost_of_keeping(MARA), looks.cost_of_keeping(MARA, circled.id)
    assert (imported.keyframes, imported.clips) == (("shot:1A", "shot:2A"),) * 2 and imported.cut
    assert (promoted.keyframes, promoted.clips) == (("shot:2A",),) * 2, "but for the take that it is cropped from"
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    assert not film.keyframe("shot:1A").stale and film.keyframe("shot:2A").stale
    (look,) = looks_of(film.project)
    film.commands.approve(film.make("shot:2A", Seam.KEYFRAME).id)
    assert looks.cost_of_withdrawing(look.id).keyframes == ("shot:2A",)
    with pytest.raises(WrongUse, match="There is no character:nobody"):
        looks.cost_of_keeping("character:nobody")


def test_undo_withdraws_a_look_and_its_number_is_never_used_again(film, circled, looks):
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    film.commands.undo()
    assert looks_of(film.project) == ()
    assert len(film.project.looks.everything()) == 1
    assert film.keyframe("shot:1A").circled == circled
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    assert [look.number for look in looks_of(film.project)] == [2]
    assert verify(film.project) == []


def test_one_look_is_withdrawn_whatever_was_decided_since(film, circled, looks):
    looks.promote(circled.id, MARA, b"first", region=HEAD)
    looks.promote(circled.id, MARA, b"second", region=HEAD)
    first, second = looks_of(film.project)
    looks.withdraw(first.id)
    assert looks_of(film.project) == (second,)
    with pytest.raises(WrongUse, match="withdrawn already"):
        looks.withdraw(first.id)


def test_only_a_circled_take_of_this_film_becomes_a_look(film, looks):
    film.commands.approve_script()
    take = film.make("shot:1A", Seam.KEYFRAME)
    with pytest.raises(WrongUse, match="not approved"):
        looks.promote(take.id, MARA, b"crop", region=HEAD)
    film.commands.approve(take.id)
    with pytest.raises(WrongUse, match="There is no character:nobody"):
        looks.promote(take.id, "character:nobody", b"crop", region=HEAD)
    looks.promote(take.id, MARA, b"crop", region=HEAD)
    with pytest.raises(WrongUse, match="Mara, look 1 already"):
        looks.promote(take.id, MARA, b"crop", region=HEAD)
    assert len(film.project.looks.everything()) == 1


def test_rows_of_looks_can_be_neither_changed_nor_removed(film, circled, looks):
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    for statement in ("UPDATE looks SET number = 7", "DELETE FROM looks"):
        with pytest.raises(sqlite3.IntegrityError):
            film.project.db.conn.execute(statement)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE looks SET media = (SELECT screenplay FROM film)", "its decision says otherwise"),
        ("UPDATE looks SET entity_id = 'character:theo'", "no decision made it"),
        ("DELETE FROM looks", "is gone"),
    ],
)
def test_verify_names_looks_that_were_altered(film, circled, looks, statement, named):
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    for trigger in ("looks_are_never_changed", "looks_are_never_removed"):
        film.project.db.conn.execute(f"DROP TRIGGER {trigger}")
    film.project.db.conn.execute(statement)
    assert any(named in sentence for sentence in verify(film.project))


def test_verify_names_the_picture_of_a_look_that_is_lost(film, circled, looks):
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    film.project.media.find(looks_of(film.project)[0].media).unlink()
    assert any("is gone" in sentence for sentence in verify(film.project))


def _seen(attribute: str, region: Region | None, frames: FrameRange | None = None) -> Finding:
    return Finding(
        key=f"{MARA}/{attribute}/", label=attribute, constraint_id=None, check="judge", verdict=Verdict.OK, must=True,
        expected="", observed="", confidence=0.9, region=region, frame_range=frames,
    )  # fmt: skip


def cropped(findings: Sequence[Finding], frame_index: int = 0) -> list[float]:
    """Left, top, right, bottom of the look of Mara."""
    return list(astuple(look_region(findings, MARA, frame_index)))


def test_a_look_is_cropped_around_the_head_where_the_critic_saw_one():
    found = [_seen("eyes", EYES), _seen("hair colour", HEAD)]
    assert cropped(found) == pytest.approx(AROUND_THE_HEAD)
    assert cropped(found[:1]) == pytest.approx(AROUND_THE_EYES)
    assert look_region(found, "character:theo") == WHOLE_FRAME
    assert look_region([_seen("eyes", None)], MARA) == WHOLE_FRAME


def test_the_margin_around_a_head_ends_where_the_frame_does():
    at_the_edge = _seen("hair colour", Region(left=0.0, top=0.0, right=0.5, bottom=1.0))
    assert look_region([at_the_edge], MARA) == Region(left=0.0, top=0.0, right=0.56, bottom=1.0)


def test_what_was_seen_on_other_frames_says_nothing_of_this_one():
    found = [_seen("hair colour", HEAD, FrameRange(start=4, stop=8))]
    assert cropped(found, 5) == pytest.approx(AROUND_THE_HEAD)
    assert look_region(found, MARA, 8) == WHOLE_FRAME


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "mara.jpg"
    Image.new("RGB", (300, 200), (90, 40, 20)).save(path)
    return path


def test_an_imported_picture_is_a_look_like_any_other(film, looks, picture):
    decision = looks.import_picture(MARA, read_picture(picture))
    (look,) = looks_of(film.project)
    assert (decision.note, look.take_id, look.region) == ("import Mara, look 1", None, WHOLE_FRAME)
    kept = Image.open(film.project.media.find(look.media))
    assert (kept.format, kept.size) == ("PNG", (300, 200))
    with pytest.raises(WrongUse, match="look 1 already"):
        looks.import_picture(MARA, read_picture(picture))
    assert looks.withdraw(look.id).note == "withdraw Mara, look 1"
    film.commands.undo()
    assert looks_of(film.project) == (look,)
    film.commands.undo()
    assert looks_of(film.project) == ()
    assert verify(film.project) == []


def test_a_large_picture_is_made_smaller_and_turned_upright(tmp_path):
    path = tmp_path / "wide.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # Turn a quarter.
    Image.new("RGB", (4000, 1000)).save(path, exif=exif)
    assert Image.open(io.BytesIO(read_picture(path))).size == (512, 2048)


def test_what_is_no_picture_is_refused_in_one_sentence(tmp_path, picture):
    texts = {"none.png": None, "text.png": b"not a picture", "cut.jpg": picture.read_bytes()[:200], "empty.jpg": b""}
    for name, content in texts.items():
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(WrongUse):
            read_picture(path)
    small = tmp_path / "small.png"
    Image.new("RGB", (20, 300)).save(small)
    with pytest.raises(WrongUse, match="20 × 300 pixels"):
        read_picture(small)


def test_who_becomes_part_of_another_brings_the_looks_along_as_one_act(film, looks, picture, circled):
    looks.import_picture("character:theo", read_picture(picture))
    looks.promote(circled.id, MARA, b"crop", region=HEAD)
    graphs = GraphCommands(film.project)
    graphs.make(graphs.merge(MARA, "character:theo"))
    assert [(look.entity_id, look.number, look.take_id) for look in looks_of(film.project)] == [
        (MARA, 1, circled.id),
        (MARA, 2, None),
    ]
    assert verify(film.project) == []
    film.commands.undo()
    assert {look.entity_id for look in looks_of(film.project)} == {MARA, "character:theo"}
    film.commands.redo()
    assert [look.number for look in looks_of(film.project)] == [1, 2]
    assert "character:theo" not in film.project.graphs.view().graph.characters
    assert verify(film.project) == []
