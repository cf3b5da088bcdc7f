"""A cut as an OpenTimelineIO timeline, for an editor's own program."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from urllib.parse import quote

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from pipeline.assembly.cut import CutPlan, CutShot
from pipeline.export.replacing import replacing
from storage.domain.findings import Finding, FrameRange
from storage.domain.scene_graph import ShotId
from storage.frames import take_frames_needed

TIMELINE_SUFFIX = ".otio"
DRIFT_COLOUR = "red"
NOTE_COLOUR = "yellow"
RESOLVED_COLOUR = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutMarker:
    """Something to be seen on a shot in the editor's timeline.

    Attributes:
        name: short, shown on the marker.
        comment: the rest of it.
        colour: "red", "pink", "orange", "yellow", "green", "cyan", "blue", "purple",
            "magenta", "black" or "white".
        shot_id: None for a marker on the cut as a whole.
        frame_range: frames of the take, at the take's rate; None for the whole take.
    """

    shot_id: ShotId | None
    name: str
    comment: str = ""
    colour: str
    frame_range: FrameRange | None = None


def drift_marker(shot_id: ShotId, finding: Finding) -> CutMarker:
    """The marker that says what the critic saw: "drift: Mara's eyes blue, should be brown"."""
    seen = f"{finding.label} {finding.observed}".strip()
    return CutMarker(
        shot_id=shot_id,
        name=f"drift: {seen}, should be {finding.expected}" if finding.expected else f"drift: {seen}",
        comment=finding.message,
        colour=DRIFT_COLOUR,
        frame_range=finding.frame_range,
    )


def note_marker(
    shot_id: ShotId | None,
    author: str,
    text: str,
    *,
    frame_range: FrameRange | None = None,
    about: str = "",
    is_resolved: bool = False,
) -> CutMarker:
    """The marker for a note: "note: Anna", "note: Anna, on keyframe take 2, resolved".

    Args:
        author: as people read it.
        text: its words and what was replied.
        about: the take that it was made on, where that is not the one in the cut.
    """
    name = ", ".join(filter(None, (f"note: {author}", about, "resolved" if is_resolved else "")))
    colour = RESOLVED_COLOUR if is_resolved else NOTE_COLOUR
    return CutMarker(shot_id=shot_id, name=name, comment=text, colour=colour, frame_range=frame_range)


def write_otio(plan: CutPlan, path: Path, markers: Sequence[CutMarker] = ()) -> None:
    """Write a cut as an .otio file.

    One video track: a gap as long as the slate, then a clip for each shot, so that a
    frame has the same number here and in the movie. Takes are referred to relative to the
    file's own folder. A clip's `available_range` is at the take's rate, its `source_range`
    at the film's; metadata hold ids and digests only.

    Args:
        plan: the cut.
        path: where the file goes; replaced whole or not at all.
        markers: of the shots in the cut; those of other shots are left out.

    Raises:
        KnownError: the disk is full.
        WrongUse: the folder cannot be written to, or the path cannot be a file.
    """
    text = otio.adapters.otio_json.write_to_string(_timeline(plan, path.parent, markers))
    with replacing(path) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8")


def _timeline(plan: CutPlan, folder: Path, markers: Sequence[CutMarker]) -> otio.schema.Timeline:
    track = otio.schema.Track(name="Picture", kind=otio.schema.TrackKind.Video)
    if plan.slate_frames:
        track.append(otio.schema.Gap(name="Slate", source_range=_range(0, plan.slate_frames, plan.film_rate)))
    for shot in plan.shots:
        clip = otio.schema.Clip(
            name=f"{shot.label} take {shot.take_number}",
            media_reference=otio.schema.ExternalReference(
                target_url=quote(Path(os.path.relpath(shot.media_path, folder)).as_posix()),
                available_range=_range(0, shot.num_frames, shot.take_rate),
            ),
            source_range=_range(0, shot.duration_frames, plan.film_rate),
            metadata={
                "matchcut": {
                    "scene": shot.scene_id,
                    "shot": shot.shot_id,
                    "take": shot.take_id,
                    "media": shot.media,
                }
            },
        )
        clip.markers.extend(
            _marker(marker, shot.num_frames, shot.take_rate)
            for marker in markers
            if _is_in(shot, marker, plan.film_rate)
        )
        track.append(clip)
    timeline = otio.schema.Timeline(
        name=plan.title,
        global_start_time=RationalTime(0, float(plan.film_rate)),
        metadata={"matchcut": {"graph_revision": plan.revision}},
    )
    timeline.tracks.append(track)
    timeline.tracks.markers.extend(
        _marker(marker, plan.total_frames, plan.film_rate) for marker in markers if marker.shot_id is None
    )
    return timeline


def _is_in(shot: CutShot, marker: CutMarker, film_rate: Fraction) -> bool:
    """Whether the cut shows any of what is marked: of a clip that is longer than its shot, it shows the beginning."""
    if marker.shot_id != shot.shot_id:
        return False
    shown = take_frames_needed(shot.duration_frames, shot.take_rate, film_rate)
    return marker.frame_range is None or marker.frame_range.start < shown


def _marker(marker: CutMarker, num_frames: int, rate: Fraction) -> otio.schema.Marker:
    marked = marker.frame_range or FrameRange(start=0, stop=num_frames)
    return otio.schema.Marker(
        name=marker.name,
        comment=marker.comment,
        color=marker.colour.upper(),
        marked_range=_range(marked.start, marked.stop, rate),
    )


def _range(start: int, stop: int, rate: Fraction) -> TimeRange:
    return TimeRange(RationalTime(start, float(rate)), RationalTime(stop - start, float(rate)))
