import io
from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace

from critic.cut_review import ExpectedShot, review_cut
from pipeline.pocket.world import CLIP_RATE
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import ShotId
from storage.frames import take_frame_at
from tests.unit.critic.drawn import clip_of, described, looks, pixels

FILM = Fraction(24)


def _take(seed: int, duration: int = 24, **more: str) -> ExpectedShot:
    frames = pixels(clip_of(described(looks(action="talking", **more), setting="street"), seed))
    label = f"1{chr(64 + seed)}"
    return ExpectedShot(
        shot_id=ShotId(f"shot:{label}"),
        label=label,
        frames=frames,
        take_rate=Fraction(CLIP_RATE),
        film_rate=FILM,
        duration_frames=duration,
    )


SHOTS = [_take(1, 30), _take(2, 24), _take(3, 45)]


def _play(*shots: ExpectedShot) -> list[np.ndarray]:
    return [
        shot.frames[take_frame_at(index, shot.take_rate, shot.film_rate)]
        for shot in shots
        for index in range(shot.duration_frames)
    ]


def _encoded(frames: list[np.ndarray], crf: int = 20) -> list[np.ndarray]:
    """Through H.264 and back, as an export does it."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FILM, options={"crf": str(crf), "preset": "veryfast"})
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.colorspace = 1
        for frame in frames:
            picture = av.VideoFrame.from_ndarray(frame, format="rgb24").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
            )
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    buffer.seek(0)
    with av.open(buffer) as container:
        return [
            frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709).to_ndarray()
            for frame in container.decode(video=0)
        ]


def _review(movie: list[np.ndarray], shots: list[ExpectedShot] | None = None) -> dict[str, Finding]:
    return {finding.label: finding for finding in review_cut(iter(movie), iter(shots or SHOTS))}


@pytest.mark.parametrize("crf", [14, 23, 28])
def test_a_movie_of_the_circled_takes_is_ok(crf: int) -> None:
    found = _review(_encoded(_play(*SHOTS), crf))
    assert {label: finding.verdict for label, finding in found.items()} == {
        "Shot 1A": Verdict.OK,
        "Shot 1B": Verdict.OK,
        "Shot 1C": Verdict.OK,
        "length": Verdict.OK,
    }


def test_shots_that_changed_places_are_named() -> None:
    shots = [_take(1, 24), _take(2, 24), _take(3, 24)]
    found = _review(_encoded(_play(shots[1], shots[0], shots[2])), shots)
    assert (found["Shot 1A"].verdict, found["Shot 1A"].observed) == (Verdict.DRIFT, "shot 1B")
    assert (found["Shot 1B"].verdict, found["Shot 1B"].observed) == (Verdict.DRIFT, "shot 1A")
    assert found["Shot 1C"].verdict is Verdict.OK
    assert all(finding.must for finding in found.values())


def test_another_take_of_the_same_shot_is_drift() -> None:
    found = _review(_encoded(_play(SHOTS[0], _take(9), SHOTS[2])))
    assert (found["Shot 1B"].verdict, found["Shot 1B"].observed) == (Verdict.DRIFT, "another take")


def test_a_near_twin_with_other_eyes_is_drift() -> None:
    found = _review(_encoded(_play(SHOTS[0], _take(2, 24, eyes="blue"), SHOTS[2])))
    assert found["Shot 1B"].verdict is Verdict.DRIFT
    assert found["Shot 1A"].verdict is Verdict.OK


def test_a_few_foreign_frames_are_drift_where_they_are() -> None:
    movie = _play(*SHOTS)
    movie[36:40] = _play(SHOTS[2])[:4]
    found = _review(_encoded(movie))["Shot 1B"]
    assert (found.verdict, found.observed) == (Verdict.DRIFT, "foreign frames")
    assert found.frame_range is not None
    assert (found.frame_range.start, found.frame_range.stop) == (36, 40)


@pytest.mark.parametrize(("edit", "observed"), [("drop", "1 frame early"), ("repeat", "1 frame late")])
def test_a_dropped_or_repeated_frame_moves_what_follows(edit: str, observed: str) -> None:
    movie = _play(*SHOTS)
    if edit == "drop":
        del movie[10]
    else:
        movie.insert(10, movie[10])
    found = _review(_encoded(movie))
    assert found["length"].verdict is Verdict.DRIFT
    assert (found["Shot 1B"].verdict, found["Shot 1B"].observed) == (Verdict.DRIFT, observed)


def test_a_shot_of_another_length_is_drift() -> None:
    found = _review(_encoded(_play(_take(1, 26), SHOTS[1], SHOTS[2])))
    assert found["Shot 1B"].observed == "4 frames early"
    assert found["length"].message == "The movie is 4 frames too short."


def test_black_frames_are_named() -> None:
    movie = _play(*SHOTS)
    movie[30:54] = [np.zeros_like(movie[0])] * 24
    assert _review(_encoded(movie))["Shot 1B"].observed == "black frames"


def test_a_movie_that_ends_early_is_drift() -> None:
    found = _review(_encoded(_play(*SHOTS)[:40]))
    assert found["Shot 1B"].observed == "cut short"
    assert found["Shot 1C"].observed == "missing"
    assert found["length"].is_open_drift


def test_a_take_of_another_size_is_fitted_as_the_export_does() -> None:
    small = SHOTS[1]
    half = ExpectedShot(
        shot_id=small.shot_id,
        label=small.label,
        frames=small.frames[:, ::2, ::2],
        take_rate=small.take_rate,
        film_rate=FILM,
        duration_frames=24,
    )
    canvas = np.zeros((24, 288, 640, 3), np.uint8)
    canvas[:, :, 64:576] = np.stack(_play(half)).repeat(2, axis=1).repeat(2, axis=2)
    found = _review(list(canvas), [half])
    assert found["Shot 1B"].verdict is Verdict.OK


def test_a_faster_take_is_thinned() -> None:
    frames = np.concatenate([SHOTS[0].frames, SHOTS[1].frames, SHOTS[2].frames])
    fast = ExpectedShot(
        shot_id=ShotId("shot:1A"), label="1A", frames=frames, take_rate=Fraction(48), film_rate=FILM, duration_frames=24
    )
    assert _review(_play(fast), [fast])["Shot 1A"].verdict is Verdict.OK
