"""Checks that are one number held against a bar: exposure, a scene's light and place, and morphing along a clip."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from critic.calibration import Bar, sigmoid
from critic.continuity import light_apart, place_apart
from critic.exposure import exposure_of
from critic.morphing import melted
from critic.needs import Needs
from critic.subject import PictureSubject
from storage.domain.findings import Finding, FrameRange, Region, Verdict
from storage.domain.scene_graph import Constraint


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured.

    Attributes:
        value: higher is more drift.
        words: the measurement as a director reads it.
        message: what it was held against, or where it lies, as a sentence.
    """

    value: float
    words: str
    message: str = ""
    region: Region | None = None
    frame_range: FrameRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredCheck:
    """One number and the bar above which it is drift. Advice: its findings are never `must`.

    Attributes:
        bar: fitted by the calibration command; without one nothing is called drift or ok.
        expected: what it should be, in words.
        measure: None where there is nothing to measure in this picture.
    """

    name: str
    needs: Needs
    bar: Bar | None
    expected: str
    measure: Callable[[PictureSubject], Measured | None]

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        return False

    def findings(self, subject: PictureSubject) -> list[Finding]:
        found = self.measure(subject)
        if found is None:
            return []
        finding = Finding(
            key=f"check:{self.name}",
            label=self.name,
            constraint_id=None,
            check=self.name,
            verdict=Verdict.UNSEEN,
            must=False,
            expected=self.expected,
            observed=found.words,
            confidence=0.5,
            message="It was not calibrated, so nothing is made of it.",
        )
        if self.bar is None:
            return [finding]
        drift = sigmoid((found.value - self.bar.at) / self.bar.spread)
        is_drift = drift >= 0.5
        return [
            dataclasses.replace(
                finding,
                verdict=Verdict.DRIFT if is_drift else Verdict.OK,
                confidence=max(drift, 1 - drift),
                message=found.message if is_drift else "",
                region=found.region if is_drift else None,
                frame_range=found.frame_range if is_drift else None,
            )
        ]


def _exposure(subject: PictureSubject) -> Measured:
    worst = max(map(exposure_of, subject.first_and_middle), key=lambda each: each.value)
    return Measured(
        value=worst.value, words=worst.words, message=f"Lights or darks are lost in the exposure: {worst.words}."
    )


def _light(subject: PictureSubject) -> Measured | None:
    beside = [neighbour for neighbour in subject.neighbours if neighbour.in_scene]
    if not beside:
        return None
    nearest, apart = min(
        ((each, light_apart(subject.frames[0], each.frame)) for each in beside), key=lambda pair: pair[1].value
    )
    return Measured(
        value=apart.value,
        words=apart.words,
        message=f"The light is not that of {nearest.label}: {apart.words}.",
    )


def _place(subject: PictureSubject) -> Measured | None:
    nearest, apart = min(
        ((each, place_apart(subject.frames[0], each.frame)) for each in subject.neighbours), key=lambda pair: pair[1]
    )
    return Measured(
        value=apart,
        words=f"{100 * (1 - apart):.0f} % alike",
        message=f"The place does not look like {nearest.label}.",
    )


def _morphing(subject: PictureSubject) -> Measured | None:
    melt = melted(subject.frames)
    return Measured(
        value=melt.value,
        words=f"{melt.value:.1f} levels",
        message="Something changes its shape otherwise than by moving.",
        region=melt.region,
        frame_range=melt.frame_range,
    )


def exposure(bar: Bar | None) -> MeasuredCheck:
    """Neither burnt out nor without lights."""
    return MeasuredCheck(name="exposure", needs=Needs(), bar=bar, expected="a full range of tones", measure=_exposure)


def light_continuity(bar: Bar | None) -> MeasuredCheck:
    """The light of the circled neighbours of the same scene."""
    return MeasuredCheck(
        name="light continuity", needs=Needs(neighbours=1), bar=bar, expected="the scene's light", measure=_light
    )


def setting_continuity(bar: Bar | None) -> MeasuredCheck:
    """The same place, across the shots of a scene and across scenes, and in its looks."""
    return MeasuredCheck(
        name="setting continuity", needs=Needs(neighbours=1), bar=bar, expected="the same place", measure=_place
    )


def morphing(bar: Bar | None) -> MeasuredCheck:
    """Nothing melts: each frame is the one before it, moved."""
    return MeasuredCheck(
        name="morphing", needs=Needs(clip=True, frames=5), bar=bar, expected="shapes that hold", measure=_morphing
    )
