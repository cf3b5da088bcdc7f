"""The truth about a film that was made: held against what the artist draws of the true scene graph.

Each picture carries the seed that it was drawn from, and the seed decides everything that the scene graph leaves
open. So there is one right picture for it, which is drawn here and compared pixel by pixel. The critic is not asked.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from pipeline.bench.corrupting import Made
from pipeline.bench.films import BenchFilm
from pipeline.bench.injections import Handoff, Injection, frames_digest
from pipeline.bench.mistakes import drawn_as
from pipeline.pocket import artist
from pipeline.renderers.artist_renderer import marked_seed
from pipeline.renderers.base import Frame, Frames
from pipeline.request import describe_shot
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam

_TILE_PX = 16
# A mended region is blended in softly; the smallest iris in another colour changes its tile by more than twice this.
_SAME_LEVELS = 5.0

CAUGHT, ESCAPED, HARMLESS, HANDED_OVER = "caught", "escaped", "harmless", "handed over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotOutcome:
    """What became of one shot.

    Attributes:
        right: whether it left each seam as the true scene graph says, given what came in.
        agrees: whether keyframe, clip, its place in the cut and the export are all right.
        handed_over: the critic's loop could not solve it; the director got it unsolved.
        helped: how often the director put something right because the critic had named it.
        calls: generator calls.
        false_alarms: right takes of it that the critic sent back, or did not call clean.
    """

    shot_id: ShotId
    right: dict[str, bool]
    agrees: bool
    handed_over: bool
    helped: int = 0
    calls: int = 0
    false_alarms: int = 0

    @property
    def passed(self) -> bool:
        return self.agrees and not self.handed_over


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalShot:
    """What a film has of a shot in the end."""

    keyframe: Frame
    clip: Frames


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalFilm:
    """A film as it left an arm.

    Attributes:
        view: the scene graph that it was made from in the end.
        made: every picture and clip that left the renderer, by digest.
        cut, export: the shots that stand wrong in the cut that was approved, and in what was exported.
    """

    view: GraphView
    shots: Mapping[ShotId, FinalShot]
    made: Mapping[str, Made]
    cut: Mapping[ShotId, Injection]
    export: Mapping[ShotId, Injection]
    handed_over: frozenset[ShotId] = frozenset()
    helped: Mapping[ShotId, int] = field(default_factory=dict[ShotId, int])
    calls: Mapping[ShotId, int] = field(default_factory=dict[ShotId, int])
    false_alarms: Mapping[ShotId, int] = field(default_factory=dict[ShotId, int])


class Truth:
    """Judges pictures of one film by construction."""

    def __init__(self, film: BenchFilm, made: Mapping[str, Made]) -> None:
        self._film = film
        self._made = made

    def is_right_keyframe(self, shot_id: ShotId, frame: Frame) -> bool:
        """Whether a keyframe shows what the true scene graph says."""
        asked = drawn_as(describe_shot(self._film.view, shot_id, Seam.KEYFRAME))
        made = self._made.get(frames_digest(frame[None]))
        if made and not made.injections and made.drawn == asked:
            return True
        seed = marked_seed(frame, made.seed if made else 0)
        return is_same(frame[None], artist.draw(asked, seed).pixels[None])

    def is_right_clip(self, shot_id: ShotId, clip: Frames, keyframe: Frame) -> bool:
        """Whether a clip begins on its circled keyframe and goes on as the true scene graph says."""
        asked = drawn_as(describe_shot(self._film.view, shot_id, Seam.CLIP))
        made = self._made.get(frames_digest(clip))
        if not is_same(clip[:1], keyframe[None]):
            return False
        if made and not made.injections and made.drawn == asked:
            return True
        seed = marked_seed(keyframe, made.seed if made else 0)
        drawn = np.stack([drawing.pixels for drawing in artist.draw_clip(asked, seed, len(clip))])
        return is_same(clip[1:], drawn[1:])


def is_same(first: Frames, second: Frames) -> bool:
    """Whether frames are the same picture everywhere, but for what a soft blend leaves.

    Args:
        first, second: number x height x width x 3.
    """
    if first.shape != second.shape:
        return False
    if np.array_equal(first, second):
        return True
    apart = np.abs(first.astype(np.int16) - second).mean(axis=-1)
    number, height, width = apart.shape
    rows, columns = height // _TILE_PX * _TILE_PX, width // _TILE_PX * _TILE_PX
    tiles = apart[:, :rows, :columns].reshape(number, rows // _TILE_PX, _TILE_PX, columns // _TILE_PX, _TILE_PX)
    return bool(tiles.mean(axis=(2, 4)).max(initial=0.0) <= _SAME_LEVELS)


def outcomes(film: BenchFilm, final: FinalFilm) -> list[ShotOutcome]:
    """What became of each shot of a film."""
    truth = Truth(film, final.made)
    found: list[ShotOutcome] = []
    for shot in film.shots:
        made = final.shots[shot.id]
        right = {
            Seam.SCRIPT.value: all(
                describe_shot(final.view, shot.id, seam) == describe_shot(film.view, shot.id, seam)
                for seam in (Seam.KEYFRAME, Seam.CLIP)
            ),
            Seam.KEYFRAME.value: truth.is_right_keyframe(shot.id, made.keyframe),
            Seam.CLIP.value: truth.is_right_clip(shot.id, made.clip, made.keyframe),
            Seam.CUT.value: shot.id not in final.cut and shot.id not in final.export,
        }
        found.append(
            ShotOutcome(
                shot_id=shot.id,
                right=right,
                agrees=all(right[seam.value] for seam in (Seam.KEYFRAME, Seam.CLIP, Seam.CUT)),
                handed_over=shot.id in final.handed_over,
                helped=final.helped.get(shot.id, 0),
                calls=final.calls.get(shot.id, 0),
                false_alarms=final.false_alarms.get(shot.id, 0),
            )
        )
    return found


def fates(final: FinalFilm, injections: Collection[Injection], found: Collection[ShotOutcome]) -> list[dict[str, Any]]:
    """What became of each corruption: whether it is still in the film, and does harm there."""
    by_shot = {outcome.shot_id: outcome for outcome in found}
    return [{**asdict(each), "fate": _fate(final, each, by_shot[each.shot_id])} for each in injections]


def _fate(final: FinalFilm, injection: Injection, outcome: ShotOutcome) -> str:
    shot = final.shots[injection.shot_id]
    seam, is_there = {
        Handoff.SCRIPT: (Seam.KEYFRAME, not outcome.right[Seam.SCRIPT.value]),
        Handoff.REQUEST: (Seam.KEYFRAME, _bears_on(final, shot.keyframe[None], injection)),
        Handoff.KEYFRAME: (Seam.KEYFRAME, _bears_on(final, shot.keyframe[None], injection)),
        Handoff.CLIP: (Seam.CLIP, _bears_on(final, shot.clip, injection)),
        Handoff.CUT: (Seam.CUT, final.cut.get(injection.shot_id) == injection),
        Handoff.EXPORT: (Seam.CUT, final.export.get(injection.shot_id) == injection),
    }[injection.handoff]
    if not is_there:
        return CAUGHT
    if outcome.right[seam.value] and (injection.handoff is not Handoff.SCRIPT or outcome.right[Seam.CLIP.value]):
        made = final.made.get(frames_digest(shot.clip if seam is Seam.CLIP else shot.keyframe[None]))
        return CAUGHT if made and made.mended else HARMLESS
    return HANDED_OVER if outcome.handed_over else ESCAPED


def _bears_on(final: FinalFilm, frames: Frames, injection: Injection) -> bool:
    made = final.made.get(frames_digest(frames))
    return made is not None and injection in made.injections
