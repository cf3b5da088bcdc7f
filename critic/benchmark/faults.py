"""Faults put into right clips, each of which one check should find."""

# pyright: standard
# (the stubs of OpenCV and NumPy leave half of all types open)

import dataclasses
import random
from collections.abc import Callable, Mapping

import cv2
import numpy as np

from critic.benchmark.cases import Picture

Fault = Callable[[np.ndarray, np.ndarray, random.Random], np.ndarray]


def with_fault(picture: Picture, name: str, twin: np.ndarray, rng: random.Random) -> Picture:
    """A right clip with one fault of `FAULTS` put in.

    Args:
        twin: a clip of the same description from another seed, N×H×W×3 uint8.
    """
    key, fault = FAULTS[name]
    frames = fault(picture.frames, twin, rng)
    # What follows from the fault beside what it is made for is nobody's error.
    told = {"first frame", key} | ({"morphing"} if key in ("motion", "first frame") else set())
    faults = {each: each == key for each in picture.faults if each in told}
    return dataclasses.replace(picture, name=f"{picture.name}, {name}", frames=frames, faults=faults)


def _freeze(frames: np.ndarray, twin: np.ndarray, rng: random.Random) -> np.ndarray:
    return np.repeat(frames[:1], len(frames), axis=0)


def _pan_over_a_still(frames: np.ndarray, twin: np.ndarray, rng: random.Random) -> np.ndarray:
    height, width = frames.shape[1:3]
    right, zoom = rng.choice((-1, 1)) * rng.uniform(0.04, 0.1) * width, rng.choice((1.0, 1.12))
    panned = []
    for index in range(len(frames)):
        share = index / (len(frames) - 1)
        scale = zoom**share
        matrix = np.array(
            [[scale, 0, right * share + width / 2 * (1 - scale)], [0, scale, height / 2 * (1 - scale)]], np.float32
        )
        panned.append(cv2.warpAffine(frames[0], matrix, (width, height), borderMode=cv2.BORDER_REPLICATE))
    return np.stack(panned)


def _hidden_cut(frames: np.ndarray, twin: np.ndarray, rng: random.Random) -> np.ndarray:
    at = rng.randrange(4, len(frames) - 4)
    return np.concatenate([frames[:at], twin[at : len(frames)]])


def _foreign_frame(frames: np.ndarray, twin: np.ndarray, rng: random.Random) -> np.ndarray:
    changed, at = frames.copy(), rng.randrange(3, len(frames) - 3)
    changed[at] = twin[at]
    return changed


def _flicker(frames: np.ndarray, twin: np.ndarray, rng: random.Random) -> np.ndarray:
    gain = rng.uniform(0.05, 0.12)
    swing = 1 + gain * np.where(np.arange(len(frames)) % 2, -1, 1)
    swing[0] = 1
    return np.clip(frames * swing[:, None, None, None], 0, 255).astype(np.uint8)


def _morph(frames: np.ndarray, twin: np.ndarray, rng: random.Random) -> np.ndarray:
    """A part of the picture that melts: it is pulled about more and more, otherwise in each frame."""
    height, width = frames.shape[1:3]
    x, y = rng.uniform(0.35, 0.65) * width, rng.uniform(0.3, 0.6) * height
    reach = 0.22 * height
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    weight = np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * reach**2)).astype(np.float32)
    melted = [frames[0]]
    for index in range(1, len(frames)):
        strength = 0.05 * height * min(1.0, 2 * index / len(frames))
        noise = np.random.default_rng(rng.randrange(2**32)).normal(size=(2, 9, 16)).astype(np.float32)
        pull = [cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC) * strength * weight for part in noise]
        melted.append(
            cv2.remap(
                frames[index], across + pull[0], down + pull[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
        )
    return np.stack(melted)


def _begins_elsewhere(frames: np.ndarray, twin: np.ndarray, rng: random.Random) -> np.ndarray:
    return twin[: len(frames)].copy()


# Name → the finding that should tell of it, and how it is made.
FAULTS: Mapping[str, tuple[str, Fault]] = {
    "freeze": ("motion", _freeze),
    "pan over a still": ("motion", _pan_over_a_still),
    "hidden cut": ("hidden cut", _hidden_cut),
    "foreign frame": ("hidden cut", _foreign_frame),
    "flicker": ("flicker", _flicker),
    "morph": ("morphing", _morph),
    "begins elsewhere": ("first frame", _begins_elsewhere),
}
