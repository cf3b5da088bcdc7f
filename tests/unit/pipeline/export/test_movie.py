"""A movie that is written is read back: pictures, length, subtitles, chapters; and what happens when it cannot be."""

import dataclasses
import errno
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.assembly.cut import CutPlan
from pipeline.export.dialogue import cues_of
from pipeline.export.movie import read_movie_frames, write_movie
from pipeline.export.slate import draw_slate
from pipeline.media import decode_clip, encode_clip
from storage.errors import KnownError, WrongUse
from storage.frames import take_frame_at


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def written(plan: CutPlan, tmp_path: Path) -> Path:
    path = tmp_path / "exports" / "film.mp4"
    write_movie(plan, path, quiet)
    return path


def test_each_frame_is_the_take_frame_that_the_plan_says(plan: CutPlan, written: Path) -> None:
    frames = list(read_movie_frames(written))
    assert len(frames) == plan.total_frames == 6 + 24 + 11 + 13
    slate = draw_slate(plan).astype(int)
    assert all(np.abs(frame - slate).mean() < 4 for frame in frames[: plan.slate_frames])
    for shot, record in zip(plan.shots, plan.records, strict=True):
        clip = decode_clip(shot.media_path)
        for k, frame in enumerate(frames[record.start : record.stop]):
            shown = int(clip[take_frame_at(k, shot.take_rate, plan.film_rate), 0, 0, 0])
            # Takes here differ by 6 levels from frame to frame, so 2.5 cannot be the neighbour.
            assert abs(frame.mean() - shown) < 2.5, (shot.label, k)


def test_it_plays_at_the_film_rate_and_each_shot_begins_on_a_key_frame(plan: CutPlan, written: Path) -> None:
    with av.open(written, "r") as container:
        stream = container.streams.video[0]
        assert (stream.codec.canonical_name, stream.pix_fmt) == ("h264", "yuv420p")
        assert stream.average_rate == plan.film_rate
        assert stream.frames == plan.total_frames
        key_frames = {index for index, frame in enumerate(container.decode(stream)) if frame.key_frame}
    assert key_frames >= {0, *(record.start for record in plan.records)}


def test_colours_come_back(plan: CutPlan, tmp_path: Path) -> None:
    red = np.zeros((8, 36, 64, 3), np.uint8)
    red[..., 0], red[..., 1] = 220, 20
    path = tmp_path / "red.mkv"
    path.write_bytes(encode_clip(red, plan.shots[0].take_rate))
    shot = dataclasses.replace(plan.shots[0], media_path=path)
    write_movie(dataclasses.replace(plan, shots=(shot,)), tmp_path / "red.mp4", quiet)
    *_, last = read_movie_frames(tmp_path / "red.mp4")
    assert np.abs(last.astype(int) - (220, 20, 0)).max() <= 6


def test_the_dialogue_is_a_subtitle_track(plan: CutPlan, written: Path) -> None:
    with av.open(written, "r") as container:
        (stream,) = container.streams.subtitles
        assert stream.codec_context.name == "mov_text"
        assert stream.time_base is not None
        found = [
            (
                round((packet.pts or 0) * stream.time_base * 1000),
                round(((packet.pts or 0) + (packet.duration or 0)) * stream.time_base * 1000),
                bytes(packet)[2:].decode(),
            )
            for packet in container.demux(stream)
            if packet.size > 2
        ]
    assert found == [(cue.start_ms, cue.stop_ms, cue.text) for cue in cues_of(plan)]
    assert [text for _, _, text in found] == [
        "MARA: You said {nine} \\N.",
        "THEO: Ça va?",
        "MARA (V.O.): 海の向こう側",
    ]


def test_a_silent_film_has_no_subtitle_track(plan: CutPlan, tmp_path: Path) -> None:
    silent = tuple(dataclasses.replace(shot, lines=()) for shot in plan.shots)
    write_movie(dataclasses.replace(plan, shots=silent), tmp_path / "silent.mp4", quiet)
    with av.open(tmp_path / "silent.mp4", "r") as container:
        assert not container.streams.subtitles


def test_there_is_a_chapter_for_each_scene(written: Path) -> None:
    with av.open(written, "r") as container:
        chapters = [(chapter["start"], chapter["metadata"]["title"]) for chapter in container.chapters()]
        assert container.metadata["title"] == "The Lighthouse: Élodie"
    assert chapters == [(0, "Slate"), (250, "1. INT. CAFÉ - DAY"), (1708, "2. EXT. ROAD - NIGHT")]


def test_it_can_be_played_before_it_is_loaded_whole(written: Path) -> None:
    content = written.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_same_cut_gives_the_same_bytes(plan: CutPlan, written: Path, tmp_path: Path) -> None:
    write_movie(plan, tmp_path / "again.mp4", quiet)
    assert (tmp_path / "again.mp4").read_bytes() == written.read_bytes()


def test_a_take_of_another_shape_is_shown_whole_on_black(plan: CutPlan, make_shot, tmp_path: Path) -> None:
    square = make_shot("2A", duration_frames=6, first=200, size=(32, 32))
    write_movie(dataclasses.replace(plan, slate_frames=0, shots=(square,)), tmp_path / "square.mp4", quiet)
    frame = next(read_movie_frames(tmp_path / "square.mp4"))
    assert frame.shape == (36, 64, 3)
    assert frame[:, :10].max() < 20
    assert abs(frame[10:26, 24:40].mean() - 200) < 4


def test_progress_counts_every_frame(plan: CutPlan, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_movie(plan, tmp_path / "film.mp4", lambda done, total: seen.append((done, total)))
    assert seen == [(done, plan.total_frames) for done in range(1, plan.total_frames + 1)]


class _Cancelled(Exception):
    pass


def _cancel_at_10(done: int, _total: int) -> None:
    if done == 10:
        raise _Cancelled


def test_cancelling_leaves_what_was_there(plan: CutPlan, tmp_path: Path) -> None:
    path = tmp_path / "exports" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(b"the cut of yesterday")
    with pytest.raises(_Cancelled):
        write_movie(plan, path, _cancel_at_10)
    assert path.read_bytes() == b"the cut of yesterday"
    assert [file.name for file in path.parent.iterdir()] == ["film.mp4"]


def test_a_full_disk_is_said_in_one_sentence(plan: CutPlan, tmp_path: Path) -> None:
    def full(done: int, _total: int) -> None:
        if done == 10:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(KnownError, match=r"no room for film\.mp4"):
        write_movie(plan, tmp_path / "exports" / "film.mp4", full)
    assert not list((tmp_path / "exports").iterdir())


def test_a_folder_is_refused_before_any_work(plan: CutPlan, tmp_path: Path) -> None:
    seen: list[int] = []
    with pytest.raises(WrongUse, match="cannot be a file"):
        write_movie(plan, tmp_path, lambda done, _total: seen.append(done))
    assert not seen


def test_a_clip_that_ends_early_is_named(plan: CutPlan, tmp_path: Path) -> None:
    clip = decode_clip(plan.shots[1].media_path)
    plan.shots[1].media_path.write_bytes(encode_clip(clip[:3], plan.shots[1].take_rate))
    with pytest.raises(KnownError, match="shot 1B ends before its 6 frames"):
        write_movie(plan, tmp_path / "film.mp4", quiet)


def test_a_clip_that_is_gone_is_named(plan: CutPlan, tmp_path: Path) -> None:
    plan.shots[2].media_path.unlink()
    with pytest.raises(KnownError, match=r"2A\.mkv cannot be read"):
        write_movie(plan, tmp_path / "film.mp4", quiet)
    assert not (tmp_path / "film.mp4").exists()
