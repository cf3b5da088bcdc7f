"""Corrupts what passes at the six handoffs, each with the same probability, and keeps the record that is the truth."""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from pipeline.assembly.cut import CutPlan, CutShot
from pipeline.bench.films import BenchFilm
from pipeline.bench.mistakes import drawn_as, dropped, misread, said_slots, slot_words
from pipeline.bench.retouching import recoloured, relit
from pipeline.description import FrameDescription
from pipeline.renderers.base import Frame, Frames
from pipeline.request import describe_shot
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam
from storage.frames import film_frames_filled

DrawOther = Callable[[FrameDescription, int], Frame]
DrawClip = Callable[[FrameDescription], Frames]


class Handoff(StrEnum):
    """Where work passes from one agent to the next, in order."""

    SCRIPT = "script → graph"
    REQUEST = "graph → request"
    KEYFRAME = "request → keyframe"
    CLIP = "keyframe → clip"
    CUT = "clips → cut"
    EXPORT = "cut → export"


class Kind(StrEnum):
    """What goes wrong."""

    MISREAD = "misread attribute"
    DROPPED = "dropped constraint"
    WRONG_PROMPT = "wrong prompt"
    WRONG_FRAME = "wrong frame"
    NEAR_TWIN = "near twin"
    IRIS = "iris altered"
    COAT = "coat altered"
    LIGHT = "light altered"
    SECOND_HALF = "second half drifts"
    LATER_IRIS = "iris altered midway"
    LATER_COAT = "coat altered midway"
    WRONG_TAKE = "wrong take"
    WRONG_ORDER = "wrong order"


KINDS: Mapping[Handoff, tuple[Kind, ...]] = {
    Handoff.SCRIPT: (Kind.MISREAD, Kind.DROPPED),
    Handoff.REQUEST: (Kind.MISREAD, Kind.DROPPED, Kind.WRONG_PROMPT),
    Handoff.KEYFRAME: (Kind.WRONG_FRAME, Kind.NEAR_TWIN, Kind.IRIS, Kind.COAT, Kind.LIGHT),
    Handoff.CLIP: (
        Kind.WRONG_FRAME,
        Kind.WRONG_PROMPT,
        Kind.DROPPED,
        Kind.SECOND_HALF,
        Kind.LATER_IRIS,
        Kind.LATER_COAT,
    ),
    Handoff.CUT: (Kind.WRONG_TAKE, Kind.WRONG_ORDER),
    Handoff.EXPORT: (Kind.WRONG_TAKE, Kind.WRONG_ORDER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """One corruption that was put in.

    Attributes:
        number: within its film and arm, from 0.
        attempt: which passing of this shot at this handoff it was, from 1.
        what: of the attribute where one is hit ("eyes"), else empty.
    """

    number: int
    handoff: Handoff
    kind: Kind
    shot_id: ShotId
    attempt: int
    what: str = ""


class Injector:
    """Decides, alters and remembers, for one film in one arm.

    Whether a shot is hit at a handoff depends on the seed, the film, the shot, the handoff and how often it has
    passed there: so every arm is hit alike the first time, whatever it does afterwards.

    Args:
        probability: of a corruption, each time that a shot passes a handoff, 0 to 1.
        kinds: only these; all where empty.
    """

    def __init__(self, film: BenchFilm, *, seed: int, probability: float, kinds: Collection[Kind] = ()) -> None:
        self._film = film
        self._seed = seed
        self._probability = probability
        self._kinds = frozenset(kinds)
        self._passed: Counter[tuple[Handoff, ShotId]] = Counter()
        self.injections: list[Injection] = []

    # Deciding

    def hit(self, handoff: Handoff, shot_id: ShotId) -> random.Random | None:
        """Let a shot pass a handoff once more; where it is hit, the random numbers to corrupt it by."""
        self._passed[handoff, shot_id] += 1
        words = f"{self._seed}/{self._film.number}/{handoff}/{shot_id}/{self._passed[handoff, shot_id]}"
        rng = random.Random(words)
        return rng if rng.random() < self._probability else None

    def note(self, handoff: Handoff, kind: Kind, shot_id: ShotId, what: str = "") -> Injection:
        """Write down a corruption that was put in."""
        injection = Injection(
            number=len(self.injections),
            handoff=handoff,
            kind=kind,
            shot_id=shot_id,
            attempt=self._passed[handoff, shot_id],
            what=what,
        )
        self.injections.append(injection)
        return injection

    def kinds_of(self, handoff: Handoff, rng: random.Random) -> list[Kind]:
        """The kinds of a handoff in a random order: the first that can be put in is."""
        kinds = [kind for kind in KINDS[handoff] if not self._kinds or kind in self._kinds]
        return rng.sample(kinds, len(kinds))

    def asked(self, shot_id: ShotId, seam: Seam) -> FrameDescription:
        """What a shot should truly show, in the artist's words."""
        return drawn_as(describe_shot(self._film.view, shot_id, seam))

    # graph → request, and what a clip is asked to show

    def corrupt_request(self, shot_id: ShotId, asked: FrameDescription) -> tuple[FrameDescription, Injection | None]:
        """What arrives of a keyframe's request."""
        rng = self.hit(Handoff.REQUEST, shot_id)
        if rng is None:
            return asked, None
        for kind in self.kinds_of(Handoff.REQUEST, rng):
            slots = said_slots(asked)
            if kind is Kind.WRONG_PROMPT and (other := self.other_shot(shot_id, rng)):
                return self.asked(other, Seam.KEYFRAME), self.note(Handoff.REQUEST, kind, shot_id)
            if kind is Kind.WRONG_PROMPT or not slots:
                continue
            slot = rng.choice(slots)
            wrong = misread(asked, slot, rng) if kind is Kind.MISREAD else dropped(asked, slot)
            return wrong, self.note(Handoff.REQUEST, kind, shot_id, slot_words(slot))
        return asked, None

    def other_shot(self, shot_id: ShotId, rng: random.Random) -> ShotId | None:
        """Another shot that should look different."""
        mine = self.asked(shot_id, Seam.KEYFRAME)
        others = [shot.id for shot in self._film.shots if self.asked(shot.id, Seam.KEYFRAME) != mine]
        return rng.choice(others) if others else None

    # request → keyframe

    def corrupt_keyframe(
        self, shot_id: ShotId, asked: FrameDescription, seed: int, frame: Frame, draw_other: DrawOther
    ) -> tuple[Frame, Injection | None]:
        """What arrives of a finished keyframe.

        Args:
            asked: what was drawn.
            seed: that it was drawn from.
        """
        rng = self.hit(Handoff.KEYFRAME, shot_id)
        if rng is None:
            return frame, None
        for kind in self.kinds_of(Handoff.KEYFRAME, rng):
            altered, what = self._altered_keyframe(kind, shot_id, asked, seed, frame, draw_other, rng)
            if altered is not None:
                return altered, self.note(Handoff.KEYFRAME, kind, shot_id, what)
        return frame, None

    def _altered_keyframe(
        self,
        kind: Kind,
        shot_id: ShotId,
        asked: FrameDescription,
        seed: int,
        frame: Frame,
        draw_other: DrawOther,
        rng: random.Random,
    ) -> tuple[Frame | None, str]:
        if kind is Kind.WRONG_FRAME:
            other = self.other_shot(shot_id, rng)
            return (draw_other(self.asked(other, Seam.KEYFRAME), seed), "") if other else (None, "")
        if kind is Kind.NEAR_TWIN:
            slots = [slot for slot in said_slots(asked) if slot[0] is not None]
            if not slots:
                return None, ""
            slot = rng.choice(slots)
            return draw_other(misread(asked, slot, rng), seed), slot_words(slot)
        if kind is Kind.LIGHT:
            return relit(frame, asked, rng), ""
        return recoloured(frame, asked, seed, "eyes" if kind is Kind.IRIS else "cloth", rng), ""

    # keyframe → clip

    def corrupt_second_half(
        self, kind: Kind, asked: FrameDescription, seed: int, frames: Frames, redrawn: DrawClip, rng: random.Random
    ) -> tuple[Frames | None, str]:
        """A clip whose later half is not what was asked for; None where this kind cannot be put in."""
        half = len(frames) // 2
        if kind is Kind.SECOND_HALF:
            slots = [slot for slot in said_slots(asked) if slot[0] is not None]
            if not slots:
                return None, ""
            slot = rng.choice(slots)
            what, later = slot_words(slot), redrawn(misread(asked, slot, rng))[half:]
        else:
            part, what = ("eyes", "eyes") if kind is Kind.LATER_IRIS else ("cloth", "garment colour")
            # One wrong colour for the whole half, so each frame is drawn from the same choice.
            choice = rng.random()
            altered = [
                recoloured(frame, asked, seed, part, random.Random(choice), frame_index=half + index, total=len(frames))
                for index, frame in enumerate(frames[half:])
            ]
            if any(frame is None for frame in altered):
                return None, ""
            later = np.stack([frame for frame in altered if frame is not None])
        return np.concatenate([frames[:half], later]), what

    # clips → cut, cut → export

    def corrupt_plan(self, handoff: Handoff, plan: CutPlan) -> tuple[CutPlan, dict[ShotId, Injection]]:
        """What arrives of a cut: which clip stands where."""
        shots, injected = list(plan.shots), dict[ShotId, Injection]()
        for shot in plan.shots:
            rng = self.hit(handoff, shot.shot_id)
            for kind in self.kinds_of(handoff, rng) if rng else ():
                changed = self.corrupt_place(kind, shots, shot.shot_id, plan, rng or random.Random())
                if changed:
                    shots = changed
                    injected[shot.shot_id] = self.note(handoff, kind, shot.shot_id)
                    break
        return (replace(plan, shots=tuple(shots)) if injected else plan), injected

    @staticmethod
    def corrupt_place(
        kind: Kind, shots: Sequence[CutShot], shot_id: ShotId, plan: CutPlan, rng: random.Random
    ) -> list[CutShot] | None:
        """The shots of a cut with one in the wrong place, or another's clip in its place; None where neither can be."""
        changed = list(shots)
        index = next(i for i, shot in enumerate(changed) if shot.shot_id == shot_id)
        if kind is Kind.WRONG_ORDER:
            if len(changed) < 2:
                return None
            changed.insert(index + 1 if index + 1 < len(changed) else index - 1, changed.pop(index))
            return changed
        mine = changed[index]
        fitting = [
            shot
            for shot in plan.shots
            if shot.media != mine.media
            and film_frames_filled(shot.num_frames, shot.take_rate, plan.film_rate) >= mine.duration_frames
        ]
        if not fitting:
            return None
        other = rng.choice(fitting)
        changed[index] = replace(
            mine,
            take_id=other.take_id,
            media=other.media,
            media_path=other.media_path,
            num_frames=other.num_frames,
            take_rate=other.take_rate,
        )
        return changed


def frames_digest(frames: np.ndarray) -> str:
    """SHA-256 of pixels."""
    return hashlib.sha256(np.ascontiguousarray(frames).tobytes()).hexdigest()
