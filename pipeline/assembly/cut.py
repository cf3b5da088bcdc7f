"""The cut: which take plays when, in whole frames of the film."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from storage.domain.findings import FrameRange
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import SceneId, ShotId
from storage.domain.takes import MediaDigest, Take, TakeId
from storage.errors import KnownError
from storage.frames import film_frames_filled

FILM_RATE = Fraction(24)
SLATE_FRAMES = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLine:
    """Words to be shown while a shot plays, and who says them."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutShot:
    """One shot of the cut.

    Attributes:
        take_number: of the circled clip, as the director counts.
        media: digest of the clip.
        media_path: where the clip lies.
        num_frames: length of the clip at its own rate.
        take_rate: frames a second of the clip.
        duration_frames: length of the shot at the film's rate, > 0.
        lines: what is said, in order.

    Raises:
        ValueError: the clip is too short for the shot.
    """

    shot_id: ShotId
    label: str
    scene_id: SceneId
    scene_number: str
    heading: str
    take_id: TakeId
    take_number: int
    media: MediaDigest
    media_path: Path
    num_frames: int
    take_rate: Fraction
    duration_frames: int
    lines: tuple[SpokenLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPlan:
    """A whole cut: a slate, then the shots without gaps.

    Attributes:
        revision: of the scene graph that the cut was planned from.
        made_on: the day on the slate, ISO 8601.
        film_rate: frames a second of the film.
        slate_frames: length of the slate at the film's rate; 0 for none.
        width_px, height_px: size of the picture; both even, as H.264 in 4:2:0 wants them.
    """

    title: str
    revision: int
    made_on: str
    film_rate: Fraction = FILM_RATE
    slate_frames: int = SLATE_FRAMES
    width_px: int
    height_px: int
    shots: tuple[CutShot, ...]

    def __post_init__(self) -> None:
        if self.width_px % 2 or self.height_px % 2:
            raise ValueError(f"a cut's size must be even, not {self.width_px} x {self.height_px}")
        for shot in self.shots:
            if shot.duration_frames > film_frames_filled(shot.num_frames, shot.take_rate, self.film_rate):
                raise ValueError(f"the take of shot {shot.label} is too short")

    @property
    def records(self) -> tuple[FrameRange, ...]:
        """Where each shot lies in the film, counted from the slate's first frame."""
        ranges: list[FrameRange] = []
        start = self.slate_frames
        for shot in self.shots:
            ranges.append(FrameRange(start=start, stop=start + shot.duration_frames))
            start += shot.duration_frames
        return tuple(ranges)

    @property
    def total_frames(self) -> int:
        """Length of the film, slate included."""
        return self.slate_frames + sum(shot.duration_frames for shot in self.shots)

    @property
    def cut_list(self) -> list[dict[str, Any]]:
        """The cut as JSON types, for a take's recipe: which take lies where."""
        return [
            {
                "shot": shot.shot_id,
                "take": shot.take_id,
                "media": shot.media,
                "record_in": record.start,
                "record_out": record.stop,
            }
            for shot, record in zip(self.shots, self.records, strict=True)
        ]


def plan_cut(
    view: GraphView,
    circled: Mapping[ShotId, Take],
    media_path: Callable[[Take], Path],
    *,
    revision: int,
    made_on: str,
    film_rate: Fraction = FILM_RATE,
    slate_frames: int = SLATE_FRAMES,
) -> CutPlan:
    """Put the circled clips in film order; a shot without one is left out.

    Args:
        view: the scene graph.
        circled: the circled clip of each shot that has one.
        media_path: says where a take's file lies.
        revision: of the scene graph.
        made_on: the day on the slate, ISO 8601.

    Raises:
        KnownError: no shot has a circled clip, or a clip is shorter than its shot.
    """
    shots: list[CutShot] = []
    for shot in view.shots:
        take = circled.get(shot.id)
        if take is None:
            continue
        filled = film_frames_filled(take.num_frames, take.frame_rate, film_rate)
        if shot.duration_frames > filled:
            raise KnownError(
                f"Shot {shot.label} lasts {shot.duration_frames} frames, its circled take fills only {filled}.",
                "Make the clip again, or shorten the shot.",
            )
        scene = view.scene_of(shot.id)
        shots.append(
            CutShot(
                shot_id=shot.id,
                label=shot.label,
                scene_id=scene.id,
                scene_number=scene.number,
                heading=scene.heading,
                take_id=take.id,
                take_number=take.number,
                media=take.media,
                media_path=media_path(take),
                num_frames=take.num_frames,
                take_rate=take.frame_rate,
                duration_frames=shot.duration_frames,
                lines=tuple(
                    SpokenLine(
                        speaker=view.graph.characters[line.character_id].name + (" (V.O.)" if line.voice_only else ""),
                        text=line.text,
                    )
                    for line in shot.lines
                ),
            )
        )
    if not shots:
        raise KnownError("No shot has a circled clip yet.", "Approve a clip first.")
    takes = [circled[shot.shot_id] for shot in shots]
    return CutPlan(
        title=view.graph.title,
        revision=revision,
        made_on=made_on,
        film_rate=film_rate,
        slate_frames=slate_frames,
        width_px=_even(max(take.width_px for take in takes)),
        height_px=_even(max(take.height_px for take in takes)),
        shots=tuple(shots),
    )


def _even(size_px: int) -> int:
    return size_px + size_px % 2
