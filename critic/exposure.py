"""Whether a picture is exposed so that its lights and darks can still be told apart."""

from dataclasses import dataclass

import numpy as np

# A channel from here on is burnt out; so many per cent of the pixels are where overexposure begins: of 200 drawn
# frames of two artists one in twenty has 5, of the same a stop and more over one in twenty has less than 7.
_BURNT, _BURNT_SHARE = 254, 6.0
# The brightest two in a hundred pixels end here in an underexposed picture: never below 154 in those frames, never
# above 134 two stops under.
_TOP_PER_CENT, _DARK_TOP = 98, 144.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Attributes: value: 0 where all is well, 1 where it begins to be wrong; words: what is wrong most."""

    value: float
    words: str


def exposure_of(frame: np.ndarray) -> Exposure:
    """Measure one H×W×3 uint8 picture: how much of it is burnt out, and whether it has any lights at all."""
    brightest = frame.max(axis=-1)
    burnt = 100 * float((brightest >= _BURNT).mean())
    top = float(np.percentile(brightest, _TOP_PER_CENT))
    over, under = burnt / _BURNT_SHARE, max(0.0, 255 - top) / (255 - _DARK_TOP)
    if over >= under:
        return Exposure(value=over, words=f"{burnt:.0f} % burnt out")
    return Exposure(value=under, words=f"nothing brighter than {top / 2.55:.0f} %")
