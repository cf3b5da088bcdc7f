"""Measures the light of a picture (time of day, key, warmth) as supporting evidence, from CIE Lab."""

import math

import numpy as np

from critic.answers import finding_on
from critic.measures import Light, confidence_of, light_of
from critic.needs import Needs
from critic.subject import PictureSubject
from critic.wording import expected_words
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import Constraint
from storage.domain.vocabulary import Attribute

# Mean and standard deviation of (lightness, red, yellow), measured on 150 drawn frames of each
# time of day over all settings, shot sizes and people; deviations are widened by half for pictures
# that are not drawn.
_TIMES = {
    "dawn": ((59.2, 17.2, 2.0), (8.0, 10.0, 11.0)),
    "day": ((66.3, 0.5, 2.0), (9.0, 12.0, 11.0)),
    "dusk": ((53.9, 18.0, 36.0), (7.5, 10.0, 8.0)),
    "night": ((27.0, 10.7, -17.0), (7.0, 8.5, 9.5)),
}
# A lilac bedroom by day has the numbers of a dawn.
_ALIKE = {"dawn", "day"}


class LightMeasure:
    """Time of day, light key and warmth by three numbers: never more than supporting evidence.

    Its findings are never `must`: a yellow kitchen is warm at any hour. Where the judge speaks
    about the same time of day, the panel combines the two.

    Args:
        surest: its highest confidence, 0.5 to 1. Three numbers of a whole picture tell four drawn
            times of day apart nearly always; how often they do so elsewhere is not known, so 0.7.
        low_below, high_above: mean lightness (L, 0 to 100) of a low-key and of a high-key picture.
            Drawn nights lie below 36, drawn days above 55.
        warm_above, cool_below: mean yellow (Lab b) of a warm and of a cool picture.
    """

    name = "light"
    needs = Needs()

    def __init__(
        self,
        *,
        surest: float = 0.7,
        low_below: float = 42.0,
        high_above: float = 55.0,
        warm_above: float = 10.0,
        cool_below: float = -8.0,
    ) -> None:
        self._surest = surest
        self._low_below = low_below
        self._high_above = high_above
        self._warm_above = warm_above
        self._cool_below = cool_below

    def judges(self, constraint: Constraint, subject: PictureSubject) -> bool:
        if constraint.attribute is Attribute.TIME_OF_DAY:
            return subject.word_for(constraint) in _TIMES
        return constraint.attribute in (Attribute.LIGHT_KEY, Attribute.LIGHT_WARMTH)

    def findings(self, subject: PictureSubject) -> list[Finding]:
        asked = [constraint for constraint in subject.constraints if self.judges(constraint, subject)]
        if not asked:
            return []
        light = _middle([light_of(frame) for frame in subject.first_and_middle])
        return [self._finding(constraint, light, subject) for constraint in asked]

    def _finding(self, constraint: Constraint, light: Light, subject: PictureSubject) -> Finding:
        wanted = subject.word_for(constraint)
        if constraint.attribute is Attribute.TIME_OF_DAY:
            observed, confidence, verdict = self._time(light, wanted)
            said = f"lightness {light.lightness:.0f}, red {light.red:+.0f}, yellow {light.yellow:+.0f}"
        else:
            if constraint.attribute is Attribute.LIGHT_KEY:
                measured, low, high = light.lightness, self._low_below, self._high_above
                words, said = ("low", "middling", "high"), f"mean lightness {measured:.0f} of 100"
            else:
                measured, low, high = light.yellow, self._cool_below, self._warm_above
                words, said = ("cool", "neutral", "warm"), f"mean yellow {measured:+.0f}"
            observed = words[0] if measured < low else words[2] if measured > high else words[1]
            nearest = min((low, high), key=lambda edge: abs(measured - edge))
            confidence = confidence_of(measured, nearest, 5.0)
            verdict = Verdict.OK if observed == wanted else Verdict.DRIFT
            if wanted not in words or observed == "middling":
                verdict = Verdict.UNSEEN
        return finding_on(
            constraint,
            subject.view,
            self.name,
            verdict=verdict,
            must=False,
            expected=expected_words(constraint.value, wanted),
            observed=observed,
            confidence=min(self._surest, confidence),
            message=f"Measured: {said}.",
        )

    def _time(self, light: Light, wanted: str) -> tuple[str, float, Verdict]:
        seen = (light.lightness, light.red, light.yellow)
        likely = {
            word: math.exp(
                -0.5 * sum(((s - mean) / spread) ** 2 for s, mean, spread in zip(seen, means, spreads, strict=True))
            )
            / math.prod(spreads)
            for word, (means, spreads) in _TIMES.items()
        }
        total = sum(likely.values())
        if total == 0:
            return "unlike any time of day", 0.5, Verdict.UNSEEN
        best = max(likely, key=likely.__getitem__)
        share = likely[best] / total
        if share < 0.6:
            return best, 1 - share, Verdict.UNSEEN
        if best != wanted and {best, wanted} == _ALIKE:
            return best, 1 - share, Verdict.UNSEEN
        return best, share, Verdict.OK if best == wanted else Verdict.DRIFT


def _middle(lights: list[Light]) -> Light:
    """The mean of a few measurements."""
    return Light(
        lightness=float(np.mean([light.lightness for light in lights])),
        red=float(np.mean([light.red for light in lights])),
        yellow=float(np.mean([light.yellow for light in lights])),
    )
