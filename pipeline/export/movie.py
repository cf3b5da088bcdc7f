"""A cut as one movie file: H.264, the dialogue as a subtitle track, a chapter for each scene, a slate at the head."""

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream
from PIL import Image, ImageOps

from pipeline.assembly.cut import CutPlan, CutShot
from pipeline.export.dialogue import Cue, cues_of
from pipeline.export.replacing import replacing
from pipeline.export.slate import draw_slate
from pipeline.media import read_clip
from pipeline.renderers.base import Frame
from storage.errors import KnownError
from storage.frames import take_frame_at

if TYPE_CHECKING:
    from av.container.core import Chapter

MOVIE_SUFFIX = ".mp4"
_MS = Fraction(1, 1000)
# A fixed number, not the machine's: x264 gives other bytes for other numbers of threads.
_THREADS = 2
_BT709 = 1
# How mov_text wants its style said; players put their own in its place.
_SUBTITLE_STYLE = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, BackColour, Bold, Italic, Underline, Alignment
Style: Default,Sans,16,&Hffffff,&H0,0,0,0,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def write_movie(plan: CutPlan, path: Path, on_progress: Callable[[int, int], None]) -> None:
    """Write a cut as an MP4 movie; the same plan and clips give the same bytes.

    Args:
        plan: the cut.
        path: where the movie goes; what lies there is replaced only once the movie is whole.
        on_progress: called with the frames done and the frames in all. An exception that
            it raises stops the work and leaves nothing behind.

    Raises:
        KnownError: a clip is missing, damaged or too short, or the disk is full.
        WrongUse: the folder cannot be written to, or the path cannot be a file.
    """
    with replacing(path) as temporary:
        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        with av.open(temporary, "w", format="mp4", options=options) as container:
            container.metadata.update({"title": plan.title, "date": plan.made_on, "comment": "made with Matchcut"})
            container.set_chapters(_chapters(plan))
            video = _add_video(container, plan)
            cues = cues_of(plan)
            if cues:
                _write_subtitles(container, cues)
            done = 0
            for frame, count, is_cut in _pictures(plan):
                picture = av.VideoFrame.from_ndarray(_fit(frame, plan), format="rgb24").reformat(
                    format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
                )
                picture.time_base = 1 / plan.film_rate
                for held in range(count):
                    picture.pts = done
                    # A shot begins on a picture that needs no other, so that an editor can cut there.
                    picture.pict_type = PictureType.I if is_cut and not held else PictureType.NONE
                    container.mux(video.encode(picture))
                    done += 1
                    on_progress(done, plan.total_frames)
            container.mux(video.encode(None))


def read_movie_frames(path: Path) -> Iterator[Frame]:
    """The frames of a movie one after the other, slate first, each height x width x 3, uint8, RGB.

    Raises:
        KnownError: the file is missing or damaged.
    """
    return read_clip(path)


def _add_video(container: OutputContainer, plan: CutPlan) -> VideoStream:
    stream = container.add_stream("libx264", rate=plan.film_rate, options={"crf": "14", "preset": "medium"})
    stream.width, stream.height, stream.pix_fmt = plan.width_px, plan.height_px, "yuv420p"
    codec = stream.codec_context
    codec.time_base = 1 / plan.film_rate
    codec.thread_count = _THREADS
    codec.gop_size = round(2 * plan.film_rate)
    codec.colorspace = codec.color_primaries = codec.color_trc = _BT709
    codec.color_range = ColorRange.MPEG
    return stream


def _write_subtitles(container: OutputContainer, cues: tuple[Cue, ...]) -> None:
    stream = container.add_stream("mov_text")
    stream.time_base = stream.codec_context.time_base = _MS
    stream.codec_context.subtitle_header = _SUBTITLE_STYLE
    stream.metadata["title"] = "Dialogue"
    stream.disposition = Disposition.default
    for cue in cues:
        text = cue.text.encode()
        # A sample of mov_text is its length in two bytes and the words. Going through the
        # encoder would read braces and backslashes of the dialogue as commands.
        packet = Packet(len(text).to_bytes(2, "big") + text)
        packet.stream = stream
        packet.time_base = _MS
        packet.pts = packet.dts = cue.start_ms
        packet.duration = cue.stop_ms - cue.start_ms
        container.mux(packet)


def _chapters(plan: CutPlan) -> "list[Chapter]":
    starts = [("Slate", 0)] if plan.slate_frames else []
    for shot, record in zip(plan.shots, plan.records, strict=True):
        name = f"{shot.scene_number}. {shot.heading}"
        if not starts or starts[-1][0] != name:
            starts.append((name, record.start))
    stops = [start for _, start in starts[1:]] + [plan.total_frames]
    return [
        {
            "id": number,
            "start": round(start / plan.film_rate * 1000),
            "end": round(stop / plan.film_rate * 1000),
            "time_base": _MS,
            "metadata": {"title": name},
        }
        for number, ((name, start), stop) in enumerate(zip(starts, stops, strict=True), start=1)
    ]


def _pictures(plan: CutPlan) -> Iterator[tuple[Frame, int, bool]]:
    """Each different picture of the film, for how many frames it is held, and whether a shot begins with it."""
    if plan.slate_frames:
        yield draw_slate(plan), plan.slate_frames, True
    for shot in plan.shots:
        yield from _pictures_of(shot, plan.film_rate)


def _pictures_of(shot: CutShot, film_rate: Fraction) -> Iterator[tuple[Frame, int, bool]]:
    held = Counter(take_frame_at(k, shot.take_rate, film_rate) for k in range(shot.duration_frames))
    for index, frame in enumerate(read_clip(shot.media_path)):
        if index in held:
            yield frame, held.pop(index), index == 0
        if not held:
            return
    raise KnownError(
        f"The clip of shot {shot.label} ends before its {shot.num_frames} frames.",
        "Run `matchcut verify` to see what is damaged.",
    )


def _fit(frame: Frame, plan: CutPlan) -> Frame:
    """The whole frame in the size of the cut, with black beside it where the proportions differ."""
    size = (plan.width_px, plan.height_px)
    if frame.shape[:2] == size[::-1]:
        return frame
    return np.asarray(ImageOps.pad(Image.fromarray(frame), size, Image.Resampling.LANCZOS))
