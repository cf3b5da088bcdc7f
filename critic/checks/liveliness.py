"""Judges whether the bodies in a clip move as asked, and the camera: a pan over a still is no motion."""

import itertools

import numpy as np

from critic.measures import Camera, camera_between, confidence_of, refined, unexplained
from critic.needs import Needs
from critic.subject import PictureSubject
from storage.domain.findings import Finding, FrameRange, Verdict
from storage.domain.scene_graph import Constraint

# Odd steps, so that a gesture that comes round every two or four frames is met out of phase.
_AHEAD = (1, 3, 5, 7, 9)
_STRIDE = 4
_OF_THE_FACE = frozenset({"talking", "blinking"})


class Liveliness:
    """Asks what a moving camera cannot explain.

    Each frame of a stretch is compared with the stretch's first frame after the best single affine
    move and one change of exposure. Where that explains every frame, nobody moved.

    Args:
        patch_share: share of the picture that must be left unexplained, in patches, to count as a
            body's motion. Drawn stills that were panned, zoomed and encoded leave up to 0.0003;
            the smallest drawn gesture (talking in a wide shot) leaves 0.00016 under a still
            camera, so a still camera asks for a fifth of this.
        tolerance: difference of a channel, 0 to 255, that grain and compression may make.
        still_s: a stretch of so many seconds without motion is a freeze. Drawn people blink once a
            second; nobody who is asked to act is still for longer than this.
        moved_share: shift of the picture, as a share of its width, that counts as a camera move.
        zoomed: zoom, over 1, that counts as one.
    """

    name = "motion"
    needs = Needs(clip=True)

    def __init__(
        self,
        *,
        patch_share: float = 0.0004,
        tolerance: float = 24.0,
        still_s: float = 1.25,
        moved_share: float = 0.04,
        zoomed: float = 0.06,
    ) -> None:
        self._patch_share = patch_share
        self._tolerance = tolerance
        self._still_s = still_s
        self._moved_share = moved_share
        self._zoomed = zoomed

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return False

    def findings(self, subject: PictureSubject) -> list[Finding]:
        if self.needs.lacking(subject):
            return []
        return [self._body(subject), self._camera(subject)]

    def _body(self, subject: PictureSubject) -> Finding:
        asked = _asked_of_bodies(subject)
        if len(subject.frames) == 1:
            return self._say("motion", Verdict.DRIFT, True, asked, "one frame", 1.0, message="It is a still.")
        if not asked:
            return self._say("motion", Verdict.OK, False, "no one is asked to move", "not looked for", 1.0)
        still = [stretch for stretch in self._stretches(subject) if not self._moves(subject.frames, stretch)]
        if not still:
            return self._say("motion", Verdict.OK, True, asked, "motion", 0.9)
        if _too_small_to_see(subject):
            message = "A face so small cannot be followed while the camera moves."
            return self._say("motion", Verdict.UNSEEN, False, asked, "too small to see", 0.5, message=message)
        where = FrameRange(start=min(s.start for s in still), stop=max(s.stop for s in still))
        camera = camera_between(subject.frames[where.start], subject.frames[where.stop - 1])
        panned = camera is not None and (abs(camera.right_px) + abs(camera.down_px) > 2 or abs(camera.zoom - 1) > 0.01)
        observed = "a pan over a still" if panned else "a freeze"
        message = f"{'Only the camera moves' if panned else 'Nothing moves'} from frame {where.start} to {where.stop}."
        return self._say("motion", Verdict.DRIFT, True, asked, observed, 0.9, where, message)

    def _stretches(self, subject: PictureSubject) -> list[FrameRange]:
        """Overlapping stretches that must each have motion in them; none reaches over a join."""
        length = max(2, round(self._still_s * float(subject.frame_rate or 8)) + 1)
        found = []
        whole = FrameRange(start=0, stop=len(subject.frames))
        # The short end of a chain may be a pause.
        long_enough = [piece for piece in subject.pieces if piece.stop - piece.start >= length]
        for piece in long_enough or (whole,):
            stop = min(piece.stop, len(subject.frames))
            last = max(piece.start, stop - length)
            starts = {*range(piece.start, last, max(1, length // 3)), last}
            found += [FrameRange(start=start, stop=min(stop, start + length)) for start in sorted(starts)]
        return [stretch for stretch in found if stretch.stop - stretch.start > 1]

    def _moves(self, frames: np.ndarray, stretch: FrameRange) -> bool:
        length = stretch.stop - stretch.start
        ahead = sorted({step * max(1, length // 10) for step in _AHEAD} | {1}, reverse=True)
        return any(self._moved(frames[stretch.start : stretch.start + step + 1]) for step in ahead if step < length)

    def _moved(self, frames: np.ndarray) -> bool:
        """Whether something moved from the first frame to the last that no camera explains."""
        pixels = frames.shape[1] * frames.shape[2]
        if _patch(frames[0], frames[-1], None, self._tolerance) <= self._patch_share / 5 * pixels:
            return False
        direct = camera_between(frames[0], frames[-1])
        if direct is not None and _is_still(direct):
            return True
        for found in (direct, _step_by_step(frames)):
            if found is None:
                continue
            better = refined(frames[0], frames[-1], found)
            for camera in (found, better, refined(frames[0], frames[-1], better)):
                least = self._patch_share / 5 if _is_still(camera) else self._patch_share
                if _patch(frames[0], frames[-1], camera, self._tolerance) <= least * pixels:
                    return False
        return True

    def _camera(self, subject: PictureSubject) -> Finding:
        wanted = subject.movement
        camera = _step_by_step(subject.frames)
        if camera is None:
            return self._say("camera", Verdict.UNSEEN, False, wanted, "cannot be followed", 0.5)
        height, width = subject.frames.shape[1:3]
        least = self._moved_share
        strengths = {
            "pan left": camera.right_px / width / least,
            "pan right": -camera.right_px / width / least,
            "tilt up": camera.down_px / height / least,
            "tilt down": -camera.down_px / height / least,
            "push in": (camera.zoom - 1) / self._zoomed,
            "pull out": (1 - camera.zoom) / self._zoomed,
        }
        strongest = max(strengths, key=strengths.__getitem__)
        observed = strongest if strengths[strongest] >= 1 else "static"
        verdict = Verdict.OK if observed == wanted else Verdict.DRIFT
        if wanted != "static" and wanted not in strengths:
            verdict = Verdict.UNSEEN
        sure = min(0.9, confidence_of(strengths.get(wanted, strengths[strongest]), 1.0, 0.3))
        return self._say("camera", verdict, False, wanted, observed, sure)

    def _say(
        self,
        name: str,
        verdict: Verdict,
        must: bool,
        expected: str,
        observed: str,
        confidence: float,
        frame_range: FrameRange | None = None,
        message: str = "",
    ) -> Finding:
        return Finding(
            key=f"check:{name}",
            label=name,
            constraint_id=None,
            check=self.name,
            verdict=verdict,
            must=must,
            expected=expected or "no motion asked",
            observed=observed,
            confidence=confidence,
            frame_range=frame_range,
            message=message,
        )


def _asked_of_bodies(subject: PictureSubject) -> str:
    """What the people in the shot are asked to do; empty where nobody is."""
    view, shot = subject.view, subject.shot
    doing = {person.character_id: person.action for person in shot.people}
    for line in shot.lines:
        if not line.voice_only and line.character_id in doing:
            doing[line.character_id] = doing[line.character_id] or "talking"
    return ", ".join(f"{view.graph.characters[who].name} {action}" for who, action in doing.items() if action)


def _too_small_to_see(subject: PictureSubject) -> bool:
    actions = {person.action for person in subject.shot.people if person.action} or {"talking"}
    return subject.shot.size == "wide shot" and subject.movement != "static" and actions <= _OF_THE_FACE


def _step_by_step(frames: np.ndarray) -> Camera | None:
    """The camera's whole move, followed a few frames at a time, which large moves need."""
    indices = [*range(0, len(frames) - 1, _STRIDE), len(frames) - 1]
    whole = np.eye(3)
    for first, second in itertools.pairwise(indices):
        camera = camera_between(frames[first], frames[second])
        if camera is None:
            return None
        whole = np.vstack([camera.matrix, (0, 0, 1)]) @ whole
    height, width = frames.shape[1:3]
    return Camera.of(whole[:2], width, height)


def _is_still(camera: Camera) -> bool:
    return abs(camera.right_px) + abs(camera.down_px) < 0.5 and abs(camera.zoom - 1) < 0.003


def _patch(first: np.ndarray, second: np.ndarray, camera: Camera | None, tolerance: float) -> int:
    """Number of pixels that neither the camera's move nor a change of exposure explains."""
    return int(unexplained(first, second, camera, tolerance).sum())
